/* template.c - from a formula to the columns it reads. What study.c finds in a panel's header is asked here of the
 * model alone, so that a file filled by this list has every column that a fit will look for. */
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json_file.h"
#include "messages.h"
#include "read_csv.h"
#include "read_klass.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the template");
}

void template_free(template *of)
{
    for (size_t i = 0; i < of->n_columns; i++)
        free(of->columns[i].name);
    free(of->columns), free(of->years);
    directory_free(&of->places);
    behov_table_free(of->list);
    *of = (template){0};
}

/* ---- columns -------------------------------------------------------------------------------------------------------
 */

static const behov_role roles[] = {[TEMPLATE_CODE] = BEHOV_ROLE_CODE,
                                   [TEMPLATE_MUNICIPALITY] = BEHOV_ROLE_MUNICIPALITY,
                                   [TEMPLATE_YEAR] = BEHOV_ROLE_YEAR};

/* The column that a name means: its own, or that of its role, whose name the model may spell otherwise. */
static template_column *find(const template *of, const char *name)
{
    behov_role role = behov_role_of_name(name);
    for (size_t i = 0; i < of->n_columns; i++)
        if (strcmp(of->columns[i].name, name) == 0 || (i <= TEMPLATE_YEAR && role == roles[i]))
            return &of->columns[i];
    return NULL;
}

static behov_status add(template *to, const char *name, template_use use, bool is_number, behov_error *err)
{
    template_column *known = find(to, name);
    char *copy = strdup(name);
    if (!copy)
        return out_of_memory(err);
    if (known) {
        bool is_role = known->use <= TEMPLATE_YEAR;
        known->is_number = known->is_number || (is_number && !is_role);
        if (is_role && strcmp(known->name, behov_role_name(roles[known->use])) == 0) {
            free(known->name);
            known->name = copy;
        } else {
            free(copy);
        }
        return BEHOV_OK;
    }
    template_column *grown = realloc(to->columns, (to->n_columns + 1) * sizeof *grown);
    if (!grown) {
        free(copy);
        return out_of_memory(err);
    }
    to->columns = grown;
    to->columns[to->n_columns++] = (template_column){copy, use, is_number, model_limits_of(&to->of->model, name), NULL};
    return BEHOV_OK;
}

static behov_status add_expression(template *to, const behov_expression *expression, template_use use, bool is_factor,
                                   behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; expression && i < behov_expression_n_columns(expression) && !status; i++)
        status = add(to, behov_expression_column(expression, i), use,
                     !is_factor && behov_expression_wants_number(expression, i), err);
    return status;
}

static behov_status add_formula(template *to, behov_error *err)
{
    const behov_formula *formula = to->of->formula;
    behov_status status = add_expression(to, behov_formula_outcome(formula), TEMPLATE_OUTCOME, false, err);
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !status; i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            status = add_expression(to, piece.expression, TEMPLATE_REGRESSOR, piece.is_factor, err);
            if (!status && piece.is_factor && piece.reference && behov_formula_uses_reference(formula, t, i))
                find(to, piece.name)->reference = piece.reference;
        }
    return status;
}

/* A key is a column or arithmetic; one that does not parse is a column with odd letters, as study.c has it. */
static behov_status add_key(template *to, const char *key, behov_error *err)
{
    behov_expression *parsed = NULL;
    behov_status status = behov_expression_parse(key, strlen(key), "--cluster", &parsed, err);
    if (status == BEHOV_E_MEMORY)
        return status;
    if (status)
        return add(to, key, TEMPLATE_CLUSTER, false, err);
    status = add_expression(to, parsed, TEMPLATE_CLUSTER, behov_expression_sole_column(parsed) != NULL, err);
    behov_expression_free(parsed);
    return status;
}

behov_status template_columns(const behov_study *of, const cluster_options *clusters, const char *population, template *out,
                              behov_error *err)
{
    out->of = of;
    behov_status status = BEHOV_OK;
    for (int use = TEMPLATE_CODE; use <= TEMPLATE_YEAR && !status; use++)
        status = add(out, behov_role_name(roles[use]), (template_use)use, false, err);
    size_t n_before = out->n_columns;
    if (!status)
        status = add_formula(out, err);
    if (!status && out->n_columns == n_before)
        return behov_error_set(err, BEHOV_E_SYNTAX, "formula",
                               "%s names no column to fill; write outcome ~ regressor with the names of columns",
                               behov_cut(behov_formula_text(of->formula), 120).text);
    population = population ? population : of->model.population;
    if (!status && population)
        status = add(out, population, TEMPLATE_POPULATION, true, err);
    const char *key_of_model = of->model.cluster;
    const char *const *keys = clusters->is_given ? clusters->keys : &key_of_model;
    size_t n_keys = clusters->is_given ? clusters->n : key_of_model != NULL;
    for (size_t i = 0; i < n_keys && !status; i++)
        status = add_key(out, keys[i], err);
    if (!status)
        status = add_expression(out, of->weights, TEMPLATE_WEIGHT, false, err);
    return status ? status : add_expression(out, of->exclude, TEMPLATE_CONDITION, false, err);
}

/* ---- rows ----------------------------------------------------------------------------------------------------------
 */

/* A list may have the headings of KLASS or of a panel. */
static behov_role role_in_list(const char *name)
{
    static const struct {
        const char *name;
        behov_role role;
    } others[] = {{"code", BEHOV_ROLE_CODE},
                  {"kode", BEHOV_ROLE_CODE},
                  {"name", BEHOV_ROLE_MUNICIPALITY},
                  {"navn", BEHOV_ROLE_MUNICIPALITY}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(others[i].name, name) == 0)
            return others[i].role;
    return behov_role_of_name(name);
}

static read_kind choose(void *context, const char *name)
{
    (void)context;
    switch (role_in_list(name)) {
    case BEHOV_ROLE_CODE: return READ_AS_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return READ_AS_TEXT;
    case BEHOV_ROLE_YEAR: return READ_AS_NUMBER;
    default: return READ_NOT;
    }
}

/* Every code is one, and none stands twice where no year tells the rows apart. */
static behov_status check_list(const template *of, const behov_panel *panel, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(of->list);
    size_t *first = calloc(of->places.n + 1, sizeof *first); /* row + 1 */
    behov_status status = first ? BEHOV_OK : out_of_memory(err);
    char where[160];
    for (size_t row = 0; row < n_rows && !status; row++) {
        const char *code = behov_panel_code(panel, row);
        behov_table_where(of->list, row, panel->columns[BEHOV_ROLE_CODE], where);
        if (strlen(code) != 4 || strspn(code, "0123456789") != 4) {
            status = behov_error_set(err, BEHOV_E_DATA, where,
                                     "\"%s\" is no municipality code; write its four digits, as 0301",
                                     behov_cut(code, 40).text);
            continue;
        }
        size_t at = directory_position(&of->places, code, behov_panel_municipality(panel, row));
        if (first[at] && panel->columns[BEHOV_ROLE_YEAR] < 0) {
            uint32_t line = behov_table_line(of->list, first[at] - 1); /* lists of JSON have none */
            status = behov_error_set(err, BEHOV_E_DATA, where,
                                     "municipality %s stands in the list twice (the first is on %s %lu); keep one", code,
                                     line ? "line" : "row", line ? (unsigned long)line : (unsigned long)first[at]);
        }
        first[at] = row + 1;
    }
    free(first);
    return status;
}

/* Lists as published have rows that are no municipality, 9999 Uoppgitt: they are left out, and that is told. */
static void leave_out_others(template *to, const char *path)
{
    size_t kept = 0, n_out = 0;
    for (size_t i = 0; i < to->places.n; i++) {
        const municipality *place = &to->places.all[i];
        if (behov_code_and_name_mark(place->code, place->name)) {
            if (n_out++ == 0)
                note("%s: %s %s is no municipality and is left out", path, place->code, place->name);
        } else {
            to->places.all[kept++] = *place;
        }
    }
    to->places.n = kept;
    if (n_out > 1)
        note("%s: %lu more such rows are left out", path, (unsigned long)n_out - 1);
}

behov_status template_list(template *to, const char *path, behov_error *err)
{
    read_csv_options options = {.choose = choose, .notice = note_beside, .is_beside = true, .may_be_short = true};
    behov_status status =
        json_file_is_object(path) ? read_klass(path, &to->list, err) : read_csv(path, &options, &to->list, err);
    if (status)
        return status;
    behov_panel panel = {.table = to->list};
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        panel.columns[role] = -1;
    for (size_t j = behov_table_n_columns(to->list); j-- > 0;)
        panel.columns[role_in_list(behov_table_name(to->list, j))] = (ptrdiff_t)j;
    if (panel.columns[BEHOV_ROLE_CODE] < 0)
        return behov_error_set(
            err, BEHOV_E_NAME, path,
            "a list of municipalities needs a column municipality_code (or code, kode, as in the lists of "
            "KLASS)");
    if ((status = directory_of_panel(&panel, &to->places, err)) || (status = check_list(to, &panel, err)))
        return status;
    leave_out_others(to, path);
    return to->places.n ? BEHOV_OK : behov_error_set(err, BEHOV_E_DATA, path, "no row of the list is a municipality");
}

/* A year of four digits at *text, which moves behind it; 0 when there is none. */
static int read_year(const char **text)
{
    int year = 0;
    if (strspn(*text, "0123456789") == 4)
        year = atoi(*text);
    *text += year ? 4 : 0;
    return year;
}

static behov_status add_year(template *to, int year, const char *text, behov_error *err)
{
    for (size_t i = 0; i < to->n_years; i++)
        if (to->years[i] == year)
            return behov_error_set(err, BEHOV_E_ARGUMENT, "--years", "%s names %d twice", text, year);
    int *grown = realloc(to->years, (to->n_years + 1) * sizeof *grown);
    if (!grown)
        return out_of_memory(err);
    to->years = grown;
    to->years[to->n_years++] = year;
    return BEHOV_OK;
}

behov_status template_years(template *to, const char *text, behov_error *err)
{
    const char *at = text;
    behov_status status = BEHOV_OK;
    do {
        int from = read_year(&at), until = from;
        if (from && *at == '-') {
            at++;
            until = read_year(&at);
        }
        if (!from || !until || (*at && *at != ','))
            return behov_error_set(err, BEHOV_E_ARGUMENT, "--years",
                                   "\"%s\" is no list of years; write 2017-2021, or years separated by commas",
                                   behov_cut(text, 60).text);
        if (until < from)
            return behov_error_set(err, BEHOV_E_ARGUMENT, "--years", "%d-%d runs backwards; write %d-%d", from, until,
                                   until, from);
        if (from < TEMPLATE_FIRST_YEAR || until > TEMPLATE_LAST_YEAR)
            return behov_error_set(err, BEHOV_E_ARGUMENT, "--years", "%s: years go from %d to %d",
                                   behov_cut(text, 60).text, TEMPLATE_FIRST_YEAR, TEMPLATE_LAST_YEAR);
        for (int year = from; year <= until && !status; year++)
            status = add_year(to, year, text, err);
    } while (!status && *at++ == ',');
    return status;
}

size_t template_n_rows(const template *of) { return of->places.n * (of->n_years ? of->n_years : 1); }

const municipality *template_municipality(const template *of, size_t row)
{
    return &of->places.all[row / (of->n_years ? of->n_years : 1)];
}

int template_year(const template *of, size_t row) { return of->n_years ? of->years[row % of->n_years] : 0; }

bool template_has_reference_year(const template *of)
{
    const char *reference = of->columns[TEMPLATE_YEAR].reference;
    bool is_there = !reference || !of->n_years;
    for (size_t i = 0; i < of->n_years && !is_there; i++)
        is_there = of->years[i] == atoi(reference);
    return is_there;
}
