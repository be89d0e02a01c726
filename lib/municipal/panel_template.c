/* panel_template.c - from a formula to the columns it reads. What study.c finds in a panel's header is asked here of
 * the model alone, so that a file filled by this list has every column that a fit will look for. */
#include <behov/panel_template.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <behov/clustering.h>

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_TEMPLATE_NO_MEMORY);
}

void behov_panel_template_free(behov_panel_template *panel_template)
{
    for (size_t i = 0; i < panel_template->n_columns; i++)
        free(panel_template->columns[i].name);
    free(panel_template->columns), free(panel_template->years);
    behov_municipality_list_free(&panel_template->places);
    behov_table_free(panel_template->list);
    *panel_template = (behov_panel_template){0};
}

/* ---- columns -------------------------------------------------------------------------------------------------------
 */

static const behov_role roles[] = {[BEHOV_TEMPLATE_CODE] = BEHOV_ROLE_CODE,
                                   [BEHOV_TEMPLATE_MUNICIPALITY] = BEHOV_ROLE_MUNICIPALITY,
                                   [BEHOV_TEMPLATE_YEAR] = BEHOV_ROLE_YEAR};

/* The column that a name means: its own, or that of its role, whose name the model may spell otherwise. */
static behov_panel_template_column *find(const behov_panel_template *panel_template, const char *name)
{
    behov_role role = behov_role_of_name(name);
    for (size_t i = 0; i < panel_template->n_columns; i++)
        if (strcmp(panel_template->columns[i].name, name) == 0 || (i <= BEHOV_TEMPLATE_YEAR && role == roles[i]))
            return &panel_template->columns[i];
    return NULL;
}

static behov_status add(behov_panel_template *out, const char *name, behov_panel_template_use use, bool is_number,
                        behov_error *err)
{
    behov_panel_template_column *panel_template_column = find(out, name);
    char *copy = strdup(name);
    if (!copy)
        return out_of_memory(err);
    if (panel_template_column) {
        bool is_role = panel_template_column->use <= BEHOV_TEMPLATE_YEAR;
        panel_template_column->is_number = panel_template_column->is_number || (is_number && !is_role);
        if (is_role && strcmp(panel_template_column->name, behov_role_name(roles[panel_template_column->use])) == 0) {
            free(panel_template_column->name);
            panel_template_column->name = copy;
        } else {
            free(copy);
        }
        return BEHOV_OK;
    }
    behov_panel_template_column *grown_panel_template_column =
        realloc(out->columns, (out->n_columns + 1) * sizeof *grown_panel_template_column);
    if (!grown_panel_template_column) {
        free(copy);
        return out_of_memory(err);
    }
    out->columns = grown_panel_template_column;
    out->columns[out->n_columns++] =
        (behov_panel_template_column){copy, use, is_number, behov_model_limits_of(&out->study->model, name), NULL};
    return BEHOV_OK;
}

static behov_status add_expression(behov_panel_template *out, const behov_expression *expression,
                                   behov_panel_template_use use, bool is_factor, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; expression && i < behov_expression_n_columns(expression) && !status; i++)
        status = add(out, behov_expression_column(expression, i), use,
                     !is_factor && behov_expression_wants_number(expression, i), err);
    return status;
}

static behov_status add_formula(behov_panel_template *out, behov_error *err)
{
    const behov_formula *formula = out->study->formula;
    behov_status status = add_expression(out, behov_formula_outcome(formula), BEHOV_TEMPLATE_OUTCOME, false, err);
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !status; i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            status = add_expression(out, piece.expression, BEHOV_TEMPLATE_REGRESSOR, piece.is_factor, err);
            if (!status && piece.is_factor && piece.reference && behov_formula_uses_reference(formula, t, i))
                find(out, piece.name)->reference = piece.reference;
        }
    return status;
}

/* A key is a column or arithmetic; one that does not parse is a column with odd letters, as study.c has it. */
static behov_status add_key(behov_panel_template *out, const char *key, behov_error *err)
{
    behov_expression *expression = NULL;
    behov_status status = behov_expression_parse(key, strlen(key), PHRASE_CLUSTER_WHERE, &expression, err);
    if (status == BEHOV_E_MEMORY)
        return status;
    if (status)
        return add(out, key, BEHOV_TEMPLATE_CLUSTER, false, err);
    status =
        add_expression(out, expression, BEHOV_TEMPLATE_CLUSTER, behov_expression_sole_column(expression) != NULL, err);
    behov_expression_free(expression);
    return status;
}

behov_status behov_panel_template_columns(const behov_study *study, const behov_cluster_options *clusters,
                                          const char *population, behov_panel_template *out, behov_error *err)
{
    out->study = study;
    behov_status status = BEHOV_OK;
    for (int use = BEHOV_TEMPLATE_CODE; use <= BEHOV_TEMPLATE_YEAR && !status; use++)
        status = add(out, behov_role_name(roles[use]), (behov_panel_template_use)use, false, err);
    size_t n_before = out->n_columns;
    if (!status)
        status = add_formula(out, err);
    if (!status && out->n_columns == n_before)
        return behov_error_say(err, BEHOV_E_SYNTAX, "formula", SAY_TEMPLATE_NO_COLUMNS,
                               behov_cut(behov_formula_text(study->formula), 120).text);
    population = population ? population : study->model.population;
    if (!status && population)
        status = add(out, population, BEHOV_TEMPLATE_POPULATION, true, err);
    const char *key_of_model = behov_clustering_of_model(&study->model);
    const char *const *keys = clusters->is_given ? clusters->keys : &key_of_model;
    size_t n_keys = clusters->is_given ? clusters->n : key_of_model != NULL;
    for (size_t i = 0; i < n_keys && !status; i++)
        status = add_key(out, keys[i], err);
    if (!status)
        status = add_expression(out, study->weights, BEHOV_TEMPLATE_WEIGHT, false, err);
    return status ? status : add_expression(out, study->exclude, BEHOV_TEMPLATE_CONDITION, false, err);
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

behov_read_kind behov_panel_template_column_of_list(void *context, const char *name)
{
    (void)context;
    switch (role_in_list(name)) {
    case BEHOV_ROLE_CODE: return BEHOV_READ_AS_CODE;
    case BEHOV_ROLE_MUNICIPALITY: return BEHOV_READ_AS_TEXT;
    case BEHOV_ROLE_YEAR: return BEHOV_READ_AS_NUMBER;
    default: return BEHOV_READ_NOT;
    }
}

/* A row that is no municipality by its code and name, or without a code by its name alone. */
static bool is_other(const char *code, const char *name)
{
    return code[0] ? behov_code_and_name_mark(code, name) != 0 : name && behov_name_mark(name, strlen(name)) != 0;
}

/* Every code is one, and none stands twice where no year tells the rows apart. */
static behov_status check_list(const behov_panel_template *panel_template, const behov_panel *panel, behov_error *err)
{
    size_t n_rows = behov_table_n_rows(panel_template->list);
    size_t *first = calloc(panel_template->places.n + 1, sizeof *first); /* row + 1 */
    behov_status status = first ? BEHOV_OK : out_of_memory(err);
    char where[BEHOV_PLACE_SIZE];
    for (size_t row = 0; row < n_rows && !status; row++) {
        const char *code = behov_panel_code(panel, row);
        behov_table_where(panel_template->list, row, panel->columns[BEHOV_ROLE_CODE], where);
        if (is_other(code, behov_panel_municipality(panel, row)))
            continue;
        if (strlen(code) != 4 || strspn(code, "0123456789") != 4) {
            status = behov_error_say(err, BEHOV_E_DATA, where, SAY_TEMPLATE_NO_CODE, behov_cut(code, 40).text);
            continue;
        }
        size_t index =
            behov_municipality_list_position(&panel_template->places, code, behov_panel_municipality(panel, row));
        if (first[index] && panel->columns[BEHOV_ROLE_YEAR] < 0) {
            uint32_t line = behov_table_line(panel_template->list, first[index] - 1); /* lists of JSON have none */
            status = (line ? behov_error_say(err, BEHOV_E_DATA, where, SAY_TEMPLATE_TWICE_LINE, code,
                                             line ? (unsigned long)line : (unsigned long)first[index])
                           : behov_error_say(err, BEHOV_E_DATA, where, SAY_TEMPLATE_TWICE_ROW, code,
                                             line ? (unsigned long)line : (unsigned long)first[index]));
        }
        first[index] = row + 1;
    }
    free(first);
    return status;
}

/* Lists as published have rows that are no municipality, 9999 Uoppgitt or the country's, which has no number: they are
 * left out, and that is reported. */
static void leave_out_others(behov_panel_template *out, const behov_notice *notice)
{
    const char *source = behov_table_source(out->list);
    size_t n_kept = 0, n_out = 0;
    for (size_t i = 0; i < out->places.n; i++) {
        const behov_municipality *place = &out->places.all[i];
        if (is_other(place->code, place->name)) {
            if (n_out++ > 0)
                continue;
            if (place->code[0])
                behov_notice_tell(notice, SAY_TEMPLATE_LEFT_OUT, source, place->code, place->name);
            else
                behov_notice_tell(notice, SAY_TEMPLATE_LEFT_OUT_NAMED, source, place->name);
        } else {
            out->places.all[n_kept++] = *place;
        }
    }
    out->places.n = n_kept;
    if (n_out > 1)
        behov_notice_tell(notice, SAY_TEMPLATE_LEFT_OUT_MORE, source, (unsigned long)n_out - 1);
}

behov_status behov_panel_template_list(behov_panel_template *out, behov_table *list, const behov_notice *notice,
                                       behov_error *err)
{
    out->list = list;
    behov_status status;
    behov_panel panel = {.table = list};
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        panel.columns[role] = -1;
    for (size_t j = behov_table_n_columns(out->list); j-- > 0;)
        panel.columns[role_in_list(behov_table_name(out->list, j))] = (ptrdiff_t)j;
    if (panel.columns[BEHOV_ROLE_CODE] < 0)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(list), SAY_TEMPLATE_LIST_NEEDS_CODE);
    if ((status = behov_municipality_list_of_panel(&panel, &out->places, err)) ||
        (status = check_list(out, &panel, err)))
        return status;
    leave_out_others(out, notice);
    return out->places.n ? BEHOV_OK
                         : behov_error_say(err, BEHOV_E_DATA, behov_table_source(list), SAY_TEMPLATE_LIST_EMPTY);
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

static behov_status add_year(behov_panel_template *out, int year, const char *text, behov_error *err)
{
    for (size_t i = 0; i < out->n_years; i++)
        if (out->years[i] == year)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEARS, SAY_TEMPLATE_YEAR_TWICE, text, year);
    int *grown_positions = realloc(out->years, (out->n_years + 1) * sizeof *grown_positions);
    if (!grown_positions)
        return out_of_memory(err);
    out->years = grown_positions;
    out->years[out->n_years++] = year;
    return BEHOV_OK;
}

behov_status behov_panel_template_years(behov_panel_template *out, const char *text, behov_error *err)
{
    const char *cursor = text;
    behov_status status = BEHOV_OK;
    do {
        int start = read_year(&cursor), end_number = start;
        if (start && *cursor == '-') {
            cursor++;
            end_number = read_year(&cursor);
        }
        if (!start || !end_number || (*cursor && *cursor != ','))
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEARS, SAY_TEMPLATE_NO_YEARS,
                                   behov_cut(text, 60).text);
        if (end_number < start)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEARS, SAY_TEMPLATE_YEARS_BACKWARDS, start,
                                   end_number, end_number, start);
        if (start < BEHOV_TEMPLATE_FIRST_YEAR || end_number > BEHOV_TEMPLATE_LAST_YEAR)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_YEARS, SAY_TEMPLATE_YEARS_RANGE,
                                   behov_cut(text, 60).text, BEHOV_TEMPLATE_FIRST_YEAR, BEHOV_TEMPLATE_LAST_YEAR);
        for (int year = start; year <= end_number && !status; year++)
            status = add_year(out, year, text, err);
    } while (!status && *cursor++ == ',');
    return status;
}

size_t behov_panel_template_n_rows(const behov_panel_template *panel_template)
{
    return panel_template->places.n * (panel_template->n_years ? panel_template->n_years : 1);
}

const behov_municipality *behov_panel_template_municipality(const behov_panel_template *panel_template, size_t row)
{
    return &panel_template->places.all[row / (panel_template->n_years ? panel_template->n_years : 1)];
}

int behov_panel_template_year(const behov_panel_template *panel_template, size_t row)
{
    return panel_template->n_years ? panel_template->years[row % panel_template->n_years] : 0;
}

bool behov_panel_template_has_reference_year(const behov_panel_template *panel_template)
{
    const char *reference = panel_template->columns[BEHOV_TEMPLATE_YEAR].reference;
    bool is_there = !reference || !panel_template->n_years;
    for (size_t i = 0; i < panel_template->n_years && !is_there; i++)
        is_there = panel_template->years[i] == atoi(reference);
    return is_there;
}
