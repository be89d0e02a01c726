/* study.c - a model's formula and conditions bound to a panel in memory.
 *
 * Only the columns that the formula, the conditions, the clustering and the roles need are asked for; the others cost
 * nothing and cannot fail. */
#include <behov/study.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/country.h>
#include <behov/panel_findings.h>
#include "model_keys.h"
#include "roles.h"
#include <behov/study_findings.h>

/* ---- which columns are read, and how ---------------------------------------------------------------------------- */

/* Whether an expression names this column: by its name, or by the name of its role. */
static bool names_column(const behov_expression *expression, const char *name, const char *role_name, bool *as_number)
{
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++) {
        const char *column = behov_expression_column(expression, i);
        if (strcmp(column, name) == 0 || (role_name && strcmp(column, role_name) == 0)) {
            *as_number = *as_number || behov_expression_wants_number(expression, i);
            return true;
        }
    }
    return false;
}

static behov_role find_role(const behov_panel_request *request, const char *name)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        if (request->role_columns[role] && strcmp(request->role_columns[role], name) == 0)
            return (behov_role)role;
    behov_role role = behov_role_of_name(name);
    return role < BEHOV_N_ROLES && !request->role_columns[role] ? role : BEHOV_N_ROLES;
}

behov_read_kind behov_panel_request_column(behov_panel_request *request, const char *name)
{
    const char *population = request->study->model.population;
    if (population && !request->role_columns[BEHOV_ROLE_POPULATION] && strcmp(population, name) == 0 &&
        strcmp(population, behov_role_name(BEHOV_ROLE_POPULATION)) !=
            0) /* which the role has by itself, and others beside it */
        request->role_columns[BEHOV_ROLE_POPULATION] = population; /* the model's own name, where the file has it */
    behov_role role = find_role(request, name);
    if (role == BEHOV_ROLE_CODE) /* let through, codes are what stands there */
        return (request->study->n_allowed >> BEHOV_ODD_CODE) & 1u ? BEHOV_READ_AS_TEXT : BEHOV_READ_AS_CODE;
    if (role == BEHOV_ROLE_MUNICIPALITY)
        return BEHOV_READ_AS_TEXT;
    if (role < BEHOV_N_ROLES)
        return BEHOV_READ_AS_NUMBER;
    if (behov_roles_gives_way(request->role_columns, name))
        return BEHOV_READ_NOT;
    bool is_found = false, as_number = false, is_key = false;
    const behov_formula *formula = request->study->formula;
    for (size_t t = 0; t < behov_formula_n_terms(formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t); i++) {
            behov_component piece = behov_formula_component(formula, t, i);
            bool number = false;
            if (names_column(piece.expression, name, NULL, &number)) {
                is_found = true;
                as_number = as_number || (number && !piece.is_factor); /* I(f == "u") compares a text */
                is_key = is_key || piece.is_factor;
            }
        }
    for (size_t i = 0; i < request->n_expressions; i++)
        is_found = names_column(request->expressions[i], name, NULL, &as_number) || is_found;
    for (size_t i = 0; i < request->n_cluster_keys; i++)
        is_key = is_key || strcmp(request->cluster_keys[i], name) == 0;
    if (is_found || is_key)
        return !as_number ? BEHOV_READ_AS_KEY : is_key ? BEHOV_READ_AS_BOTH : BEHOV_READ_AS_NUMBER;
    for (size_t i = 0; i < request->n_more_numbers; i++)
        if (strcmp(request->more_numbers[i], name) == 0)
            return BEHOV_READ_AS_NUMBER;
    return strcmp(name, "source") == 0 ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

/* A key that is arithmetic names its columns inside; one that does not parse may be a column with odd letters. */
static behov_status add_key(behov_panel_request *request, const char *text, behov_error *err)
{
    behov_expression *key = NULL;
    behov_status status = behov_expression_parse(text, strlen(text), PHRASE_CLUSTER_WHERE, &key, err);
    if (status)
        return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
    if (behov_expression_n_columns(key) == 1 && strcmp(behov_expression_column(key, 0), text) == 0)
        behov_expression_free(key); /* a plain column may be text */
    else
        request->expressions[request->n_expressions++] = key;
    return BEHOV_OK;
}

behov_status behov_panel_request_prepare(behov_panel_request *request, behov_error *err)
{
    const behov_study *study = request->study;
    const size_t n_conditions = 4; /* the outcome, two conditions, the weights */
    if (request->n_cluster_keys == 0 && study->model.cluster && study->model.cluster[0]) {
        request->cluster_keys = (const char *const *)&study->model.cluster;
        request->n_cluster_keys = 1;
    }
    request->expressions = calloc(n_conditions + request->n_cluster_keys + 1, sizeof *request->expressions);
    if (!request->expressions)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COEFFICIENTS_NO_MEMORY_FORMULA);
    request->expressions[request->n_expressions++] = behov_formula_outcome(study->formula);
    behov_expression *const conditions[] = {study->exclude, study->set_aside, study->weights};
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (conditions[i])
            request->expressions[request->n_expressions++] = conditions[i];
    request->first_owned = request->n_expressions;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < request->n_cluster_keys && !status; i++)
        status = add_key(request, request->cluster_keys[i], err);
    return status;
}

void behov_panel_request_free(behov_panel_request *request)
{
    for (size_t i = request->first_owned; i < request->n_expressions; i++)
        behov_expression_free(request->expressions[i]);
    free(request->expressions);
    *request = (behov_panel_request){0};
}

bool behov_study_formula_names(const behov_formula *formula, const char *column)
{
    bool as_number = false, is_named = names_column(behov_formula_outcome(formula), column, NULL, &as_number);
    for (size_t t = 0; t < behov_formula_n_terms(formula) && !is_named; t++)
        for (size_t i = 0; i < behov_formula_n_components(formula, t) && !is_named; i++)
            is_named = names_column(behov_formula_component(formula, t, i).expression, column, NULL, &as_number);
    return is_named;
}

bool behov_study_is_year(const behov_study *study, const char *column)
{
    ptrdiff_t year = study->panel.columns[BEHOV_ROLE_YEAR];
    return strcmp(column, "year") == 0 || (year >= 0 && behov_table_find(study->table, column) == year);
}

/* ---- the model -------------------------------------------------------------------------------------------------- */

/* An error of the formula that stands in the model file, whose place in the formula is not all of where. */
static behov_status in_model_file(const behov_study *study, const behov_error *inner, behov_error *err)
{
    behov_said where;
    behov_excerpt cut = behov_cut(inner->where, 60);
    const char *place = strlen(inner->where) > 60 ? cut.text : inner->place;
    behov_phrase_list(&where, behov_cut(study->model_path, 90).text, ", ", place, NULL);
    return behov_error_forward(err, inner->code, where.text, inner);
}

static behov_status parse_condition(const char *text, const char *origin, behov_expression **condition,
                                    behov_error *err)
{
    if (!text || !text[0])
        return BEHOV_OK;
    behov_status status = behov_expression_parse(text, strlen(text), origin, condition, err);
    if (!status && !behov_expression_is_condition(*condition))
        status = behov_error_say(err, BEHOV_E_SYNTAX, origin, SAY_STUDY_NO_CONDITION, text);
    return status;
}

behov_status behov_study_set_model(behov_study *study, const behov_model_request *request, behov_error *err)
{
    bool is_the_files = !request->formula;
    behov_error inner;
    if (behov_formula_parse(is_the_files ? study->model.formula : request->formula, &study->formula, &inner)) {
        if (is_the_files)
            return in_model_file(study, &inner, err);
        *err = inner;
        return inner.code;
    }
    behov_status bare = behov_model_keys_show_bare(&study->model, study->formula, err);
    if (bare)
        return bare;
    if (study->model_path && is_the_files) {
        behov_status status = behov_model_keys_check(&study->model, study->formula, study->model_path, err);
        if (status)
            return status;
    }
    study->exclude_text = request->exclude && request->exclude[0] ? request->exclude : NULL;
    behov_status status = parse_condition(study->exclude_text, request->exclude_origin, &study->exclude, err);
    if (!status)
        status = parse_condition(request->set_aside, request->set_aside_origin, &study->set_aside, err);
    study->weight_kind = request->weight_kind;
    study->working = request->working;
    if (!status && request->weights)
        status = behov_expression_parse(request->weights, strlen(request->weights), request->weights_origin,
                                        &study->weights, err);
    return status;
}

/* ---- the panel ----------------------------------------------------------------------------------------------------
 */

bool behov_study_says_simulated(const behov_table *table)
{
    ptrdiff_t column = behov_table_find(table, "source");
    if (column < 0 || behov_table_kind(table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return false;
    const behov_dictionary *levels = behov_table_levels(table, (size_t)column);
    int32_t code = behov_dictionary_find(levels, "simulated", strlen("simulated"));
    for (size_t row = 0; code >= 0 && row < behov_table_n_rows(table); row++)
        if (behov_table_codes(table, (size_t)column)[row] == code)
            return true; /* one simulated row is enough to call the panel so */
    return false;
}

static bool lacks_codes(const behov_study *study, const behov_expression *expression)
{
    bool is_named = false;
    for (size_t i = 0; i < behov_expression_n_columns(expression); i++)
        is_named = is_named || strcmp(behov_expression_column(expression, i), behov_role_name(BEHOV_ROLE_CODE)) == 0;
    return is_named && study->panel.columns[BEHOV_ROLE_CODE] < 0;
}

/* The bundled model's condition names the codes, so it is the first to miss them. */
static behov_status say_no_codes(const behov_study *study, const char *place, behov_error *err)
{
    const char *nearest = behov_panel_nearest_code_heading(study->table), *source = behov_table_source(study->table);
    if (nearest)
        return behov_error_say(err, BEHOV_E_NAME, place, SAY_STUDY_NO_CODES_NEAREST, behov_cut(source, 120).text,
                               behov_cut(nearest, 60).text);
    return behov_error_say(err, BEHOV_E_NAME, place, SAY_STUDY_NO_CODES, behov_cut(source, 120).text);
}

static behov_status bind_exclude(const behov_study *study, const char *hint, behov_error *err)
{
    behov_error inner;
    behov_status status = behov_expression_bind(study->exclude, study->table, &inner);
    if (status == BEHOV_E_NAME && lacks_codes(study, study->exclude))
        return say_no_codes(study, inner.place, err);
    if (status && hint)
        return behov_error_set(err, status, inner.place, "%s; %s", behov_error_phrase(&inner).text, hint);
    if (status)
        *err = inner;
    return status;
}

bool behov_study_is_transformed(const behov_study *study)
{
    return study->formula && behov_expression_is_transformed(behov_formula_outcome(study->formula));
}

behov_quantity behov_study_amount_quantity(const behov_study *study)
{
    return study->unit == BEHOV_UNIT_KR_PER_INHABITANT ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

bool behov_study_meets_a_row(const behov_study *study, const behov_expression *condition)
{
    size_t n_rows = behov_table_n_rows(study->table);
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double values[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(condition, study->table, first, values);
        for (size_t i = 0; i < n; i++)
            if (values[i] == 1)
                return true;
    }
    return false;
}

size_t behov_study_n_undecided(const behov_study *study, const behov_expression *condition)
{
    size_t n_rows = behov_table_n_rows(study->table), n_undecided = 0;
    for (size_t first = 0; first < n_rows; first += BEHOV_EXPRESSION_BLOCK) {
        double values[BEHOV_EXPRESSION_BLOCK];
        size_t n = behov_expression_evaluate_block(condition, study->table, first, values);
        for (size_t i = 0; i < n; i++)
            n_undecided += isnan(values[i]) && !behov_table_row_mark(study->table, first + i);
    }
    return n_undecided;
}

/* ---- years of the panel and of the bundled model ----------------------------------------------------------------- */

typedef struct panel_years {
    double first, last;
    bool has_reference;
} panel_years;

static panel_years find_years(const behov_study *study, size_t column, double reference)
{
    const double *years = behov_table_numbers(study->table, column);
    panel_years panel_years = {NAN, NAN, false};
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++) {
        if (isnan(years[row]) || behov_table_row_mark(study->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        panel_years.first = fmin(panel_years.first, years[row]);
        panel_years.last = fmax(panel_years.last, years[row]);
        panel_years.has_reference = panel_years.has_reference || years[row] == reference;
    }
    return panel_years;
}

/* The bundled model measures years against that of the report. A panel without it is measured against its first year,
 * and one of a single year has no effects of years. Models of the user are left as they are written. */
static behov_status suit_reference_year(behov_study *study, behov_error *err)
{
    static const char term[] = "factor(year, ref = ";
    const char *formula = study->model.formula,
               *start = study->is_bundled_model && formula ? strstr(formula, term) : NULL;
    ptrdiff_t column = study->panel.columns[BEHOV_ROLE_YEAR];
    const char *end = start ? strchr(start, ')') : NULL;
    if (!end || column < 0)
        return BEHOV_OK;
    int reference = atoi(start + strlen(term));
    panel_years years = find_years(study, (size_t)column, reference);
    bool is_one = years.first == years.last;
    if (isnan(years.first) || (years.has_reference && !is_one))
        return BEHOV_OK;
    size_t length = (size_t)(start - formula);
    while (is_one && length && strchr(" \t\n+", formula[length - 1]))
        length--;
    size_t size = strlen(formula) + 1;
    char *text = malloc(size);
    behov_formula *suited = NULL;
    if (!text)
        return behov_error_say(err, BEHOV_E_MEMORY, study->panel_path, SAY_COEFFICIENTS_NO_MEMORY_FORMULA);
    snprintf(text, size, "%.*s%s%s", (int)length, formula, is_one ? "" : "factor(year)", end + 1);
    behov_status status = behov_formula_parse(text, &suited, err);
    free(text);
    if (status)
        return status;
    behov_formula_free(study->formula);
    study->formula = suited;
    study->reference_change = (behov_reference_change){true, is_one, reference, (int)years.first};
    return BEHOV_OK;
}

static behov_status name_own_municipalities(behov_study *study, behov_error *err)
{
    bool is_country;
    behov_status status = behov_country_is_in(&study->panel, study->table, study->exclude, &is_country, err);
    if (!status && !is_country) /* they are spoken of where the country would be */
        study->lang = behov_language_of_file(study->lang);
    return status;
}

/* A panel may set rows aside by itself: column estimated_on with 0. */
static behov_status set_aside_by_panel(behov_study *study, behov_error *err)
{
    if (study->set_aside || study->panel.columns[BEHOV_ROLE_ESTIMATED_ON] < 0)
        return BEHOV_OK;
    behov_status status = behov_expression_parse("estimated_on == 0", 17, "estimated_on", &study->set_aside, err);
    return status ? status : behov_expression_bind(study->set_aside, study->table, err);
}

behov_status behov_study_set_table(behov_study *study, behov_panel_request *request, behov_table *table,
                                   behov_error *err)
{
    study->table = table;
    behov_status status = behov_panel_find(table, request->role_columns, &study->panel, err);
    if (!status && !((study->n_allowed >> BEHOV_ODD_NO_MUNICIPALITY) & 1u))
        status = behov_plausibility_mark(table, &study->panel, err);
    if (!status)
        status = behov_roles_settle(study, request, err);
    if (!status && !request->collects)
        status = behov_panel_check(&study->panel, err);
    if (!status && study->exclude)
        status = bind_exclude(study, request->exclude_hint, err);
    if (!status && study->set_aside)
        status = behov_expression_bind(study->set_aside, table, err);
    if (!status && study->weights)
        status = behov_expression_bind(study->weights, table, err);
    if (behov_study_is_transformed(study))
        study->unit = BEHOV_UNIT_UNKNOWN; /* its unit is that of no amount */
    if (!status)
        status = behov_findings_look(study, err);
    const behov_panel_findings_options codes = {.history = request->history};
    if (!status)
        status = behov_panel_findings_look_beside_fit(study, &codes, err);
    if (status)
        return status;
    study->is_simulated = behov_study_says_simulated(table);
    status = name_own_municipalities(study, err);
    if (!status && !request->keeps_formula)
        status = suit_reference_year(study, err);
    return status ? status : set_aside_by_panel(study, err);
}

behov_status behov_study_add_caution(behov_study *study, const char *text, behov_error *err)
{
    char *sentence = malloc(strlen(text) + 1);
    char **cautions = realloc(study->cautions, (study->n_cautions + 1) * sizeof *cautions);
    study->cautions = cautions ? cautions : study->cautions;
    if (!sentence || !cautions) {
        free(sentence);
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_CAUTIONS);
    }
    strcpy(sentence, text);
    study->cautions[study->n_cautions++] = sentence;
    return BEHOV_OK;
}

behov_status behov_study_note_unread(behov_study *study, const char *name, behov_error *err)
{
    const size_t most = 20;
    if (study->n_unread_columns++ > most)
        return BEHOV_OK;
    behov_excerpt cut = behov_cut(study->n_unread_columns > most ? "\xE2\x80\xA6" : name, 60);
    size_t length = study->unread_columns ? strlen(study->unread_columns) : 0;
    size_t size = length + strlen(cut.text) + sizeof ", ";
    char *longer = realloc(study->unread_columns, size);
    if (!longer)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_STUDY_NO_MEMORY_NAME);
    snprintf(longer + length, size - length, "%s%s", length ? ", " : "", cut.text);
    study->unread_columns = longer;
    return BEHOV_OK;
}

void behov_study_close(behov_study *study)
{
    behov_plausibility_free(study->plausibility);
    for (size_t i = 0; i < study->n_cautions; i++)
        free(study->cautions[i]);
    free(study->cautions);
    behov_formula_free(study->formula);
    behov_expression_free(study->exclude);
    behov_expression_free(study->set_aside);
    behov_expression_free(study->weights);
    behov_table_free(study->table);
    behov_model_free(&study->model);
    free(study->assumed_reference);
    free(study->unread_columns);
    free(study->panel_path);
    free(study->model_path);
    memset(study, 0, sizeof *study);
}
