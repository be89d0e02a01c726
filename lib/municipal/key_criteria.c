/* key_criteria.c - a table of criteria into the arrays that a key is computed of: which rows, which columns. */
#include <behov/key_criteria.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/country.h>
#include <behov/near_word.h>
#include <behov/number.h>
#include <behov/phrase.h>

#include "key_columns.h"
#include "key_contradictions.h"
#include "key_doubts.h"
#include "key_names.h"

void behov_key_criteria_free(behov_key_criteria *criteria)
{
    behov_municipality_list_free(&criteria->municipalities);
    free(criteria->codes);
    free(criteria->rows);
    free(criteria->population);
    free(criteria->figures);
    free(criteria->criteria);
    free(criteria->modified_criteria);
    free(criteria->unused);
    *criteria = (behov_key_criteria){0};
}

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_KEY_NO_MEMORY);
}

/* ---- the year ---------------------------------------------------------------------------------------------------- */

/* The years of a table as "2025, 2026", how many they are, and whether one is among them. */
static size_t list_years(const behov_panel *panel, int year, bool *is_there, int *only, behov_said *list)
{
    bool is_seen[10000] = {false};
    size_t n = 0;
    for (size_t row = 0; row < behov_table_n_rows(panel->table); row++)
        is_seen[behov_panel_year(panel, row)] = true;
    for (int candidate = 1; candidate < 10000; candidate++) {
        behov_said before = *list;
        if (!is_seen[candidate])
            continue;
        *only = candidate;
        if (++n <= 40)
            behov_phrase_list(list, before.text, n > 1 ? ", " : "", behov_phrase_number(candidate).text, NULL);
    }
    *is_there = year > 0 && year < 10000 && is_seen[year];
    return n;
}

static behov_status choose_year(const behov_panel *panel, const behov_key_request *request,
                                behov_key_criteria *criteria, behov_error *err)
{
    const char *source = behov_table_source(panel->table);
    int wanted = request->year ? request->year : criteria->weights_year, only = 0;
    behov_said list = {""};
    bool is_there = false;
    criteria->year = wanted;
    if (panel->columns[BEHOV_ROLE_YEAR] < 0) {
        if (!request->year)
            return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_NO_YEAR, criteria->weights_year);
        criteria->is_year_stated = true;
    } else {
        size_t n_years = list_years(panel, wanted, &is_there, &only, &list);
        if (!is_there && request->year)
            return behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_YEAR_NOT_THERE, request->year, list.text);
        if (!is_there && request->allows_year_mismatch && n_years != 1)
            return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_SEVERAL_YEARS, list.text);
        if (!is_there && !request->allows_year_mismatch)
            return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_OTHER_YEARS, criteria->weights_year, list.text);
        criteria->year = is_there ? wanted : only;
    }
    if (criteria->year != criteria->weights_year && !request->allows_year_mismatch)
        return behov_error_say(err, BEHOV_E_DATA, source, SAY_KEY_YEAR_MISMATCH, criteria->weights_year,
                               criteria->year);
    return BEHOV_OK;
}

/* ---- the rows ---------------------------------------------------------------------------------------------------- */

static bool is_of_year(const behov_panel *panel, const behov_key_criteria *criteria, size_t row)
{
    return criteria->is_year_stated || behov_panel_year(panel, row) == criteria->year;
}

/* Sorted by code; `order` is then the row that each came from. */
static behov_status take_rows(const behov_panel *panel, behov_key_criteria *criteria, size_t *country_row,
                              behov_error *err)
{
    const behov_table *table = panel->table;
    size_t n_rows = behov_table_n_rows(table);
    behov_municipality_list *list = &criteria->municipalities;
    char where[BEHOV_PLACE_SIZE];
    list->source = behov_table_source(table);
    list->all = calloc(n_rows + 1, sizeof *list->all);
    criteria->rows = calloc(n_rows + 1, sizeof *criteria->rows);
    criteria->codes = calloc(n_rows + 1, sizeof *criteria->codes);
    uint32_t *given = calloc(n_rows + 1, sizeof *given);
    behov_status status = list->all && criteria->rows && criteria->codes && given ? BEHOV_OK : out_of_memory(err);
    for (size_t row = 0; row < n_rows && !status; row++) {
        behov_row_mark mark = behov_table_row_mark(table, row);
        if (!is_of_year(panel, criteria, row)) {
            criteria->n_other_years++;
        } else if (mark &&
                   key_names_are_the_country(behov_panel_code(panel, row), behov_panel_municipality(panel, row))) {
            behov_table_where(table, row, -1, where);
            if (*country_row < n_rows)
                status = behov_error_say(err, BEHOV_E_DATA, where, SAY_KEY_TWO_COUNTRIES);
            *country_row = row;
        } else if (mark != BEHOV_ROW_MUNICIPALITY) {
            criteria->n_no_municipality++;
        } else {
            given[list->n] = (uint32_t)row;
            list->all[list->n++] =
                (behov_municipality){behov_panel_code(panel, row), behov_panel_municipality(panel, row),
                                     behov_panel_population(panel, row), 0};
        }
    }
    if (!status && !list->n)
        status = behov_error_say(err, BEHOV_E_DATA, list->source, SAY_KEY_NO_MUNICIPALITY, criteria->year);
    if (!status)
        behov_municipality_list_settle(list);
    for (size_t i = 0; i < list->n && !status; i++) {
        criteria->rows[i] = given[list->all[i].order];
        criteria->codes[i] = list->all[i].code;
    }
    free(given);
    return status;
}

/* A code that nobody has, with those that it became or the one that is nearest in spelling. */
static behov_status refuse_code(const behov_municipality_history *history, const char *code, const char *where,
                                int year, behov_error *err)
{
    int date = behov_municipality_history_date(year);
    ptrdiff_t former = behov_municipality_history_nearest(history, code, date);
    behov_variant_list list = {0};
    behov_near_word near = behov_near_word_start(code);
    behov_said codes = {""};
    if (former >= 0 && behov_municipality_history_follow(history, (size_t)former, date, &list, err))
        return BEHOV_E_MEMORY;
    for (size_t i = 0; i < list.n && i < 6; i++) {
        behov_said before = codes;
        behov_municipality_variant variant = behov_municipality_history_variant(history, list.all[i]);
        behov_phrase_list(&codes, before.text, i ? ", " : "", variant.code, " ", behov_cut(variant.name, 60).text,
                          NULL);
    }
    free(list.all);
    for (size_t i = 0; i < behov_municipality_history_n_variants(history); i++) {
        behov_municipality_variant variant = behov_municipality_history_variant(history, i);
        if (variant.valid_from <= date && date < variant.valid_to)
            behov_near_word_try(&near, variant.code);
    }
    if (codes.text[0])
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_KEY_CODE_OF_ANOTHER_YEAR, code, year, codes.text);
    return near.nearest ? behov_error_say(err, BEHOV_E_NAME, where, SAY_KEY_CODE_NEAR, code, year, near.nearest)
                        : behov_error_say(err, BEHOV_E_NAME, where, SAY_KEY_CODE_UNKNOWN, code, year);
}

static behov_status check_codes(const behov_panel *panel, const behov_key_request *request,
                                behov_key_criteria *criteria, behov_error *err)
{
    int date = behov_municipality_history_date(criteria->year);
    behov_status status = BEHOV_OK;
    criteria->n_in_country = (size_t)behov_country_n_municipalities(criteria->year);
    for (size_t i = 0; request->history && i < criteria->municipalities.n && !status; i++) {
        char where[BEHOV_PLACE_SIZE];
        if (behov_municipality_history_find(request->history, criteria->codes[i], date) >= 0)
            continue;
        criteria->n_foreign++;
        behov_table_where(panel->table, criteria->rows[i], panel->columns[BEHOV_ROLE_CODE], where);
        if (!request->allows_codes)
            status = refuse_code(request->history, criteria->codes[i], where, criteria->year, err);
    }
    return status;
}

static behov_status check_roles(const behov_panel *panel, behov_error *err)
{
    const char *source = behov_table_source(panel->table);
    if (panel->columns[BEHOV_ROLE_CODE] < 0) {
        const char *nearest = behov_panel_nearest_code_heading(panel->table);
        return nearest
                   ? behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_NO_CODES_NEAREST, behov_cut(nearest, 80).text)
                   : behov_error_say(err, BEHOV_E_NAME, source, SAY_KEY_NO_CODES);
    }
    return BEHOV_OK;
}

static behov_status check_population(const behov_panel *panel, const behov_key_criteria *criteria, behov_error *err)
{
    behov_key_input input = behov_key_criteria_input(criteria, false);
    return panel->columns[BEHOV_ROLE_POPULATION] < 0 && behov_key_needs_population(&input)
               ? behov_error_say(err, BEHOV_E_NAME, behov_table_source(panel->table), SAY_KEY_NO_POPULATION_COLUMN)
               : BEHOV_OK;
}

/* ---- the arrays -------------------------------------------------------------------------------------------------- */

static void take_column(const behov_key_criteria *criteria, ptrdiff_t column, double *values)
{
    const double *numbers = column < 0 ? NULL : behov_table_numbers(criteria->table, (size_t)column);
    for (size_t i = 0; i < criteria->municipalities.n; i++)
        values[i] = numbers ? numbers[criteria->rows[i]] : NAN;
}

/* What the country's row has, which what the call says goes before; NaN where it has none. */
static double given_of(const behov_key_criteria *criteria, size_t country_row, ptrdiff_t column)
{
    return criteria->has_country_row && column >= 0 ? behov_table_numbers(criteria->table, (size_t)column)[country_row]
                                                    : NAN;
}

static behov_status fill_arrays(const behov_panel *panel, const behov_key_weights *weights, const key_columns *columns,
                                size_t country_row, behov_key_criteria *criteria, behov_error *err)
{
    size_t n = criteria->municipalities.n, n_criteria = weights->n;
    criteria->n_criteria = n_criteria;
    criteria->population = calloc(n + 1, sizeof *criteria->population);
    criteria->figures = calloc((n + 1) * (n_criteria + 1), sizeof *criteria->figures);
    criteria->criteria = calloc(n_criteria + 1, sizeof *criteria->criteria);
    criteria->modified_criteria = columns->has_modified ? calloc(n_criteria + 1, sizeof *criteria->criteria) : NULL;
    if (!criteria->population || !criteria->figures || !criteria->criteria ||
        (columns->has_modified && !criteria->modified_criteria))
        return out_of_memory(err);
    ptrdiff_t population = panel->columns[BEHOV_ROLE_POPULATION];
    take_column(criteria, population, criteria->population);
    criteria->given_population = given_of(criteria, country_row, population);
    for (size_t k = 0; k <= n_criteria; k++) {
        double *figures = criteria->figures + k * n;
        if (k == n_criteria && !columns->has_modified)
            break;
        ptrdiff_t column = k < n_criteria ? columns->columns[k] : columns->modified_column;
        take_column(criteria, column, figures);
        behov_key_criterion criterion = {.name = k < n_criteria ? weights->all[k].criterion
                                                                : behov_table_name(criteria->table, (size_t)column),
                                         .kind = columns->kinds[k],
                                         .weight = weights->all[k < n_criteria ? k : columns->modified].weight,
                                         .figures = figures,
                                         .given = given_of(criteria, country_row, column),
                                         .column = column};
        if (k < n_criteria) {
            criteria->criteria[k] = criterion;
        } else {
            memcpy(criteria->modified_criteria, criteria->criteria, n_criteria * sizeof criterion);
            criteria->modified_criteria[columns->modified] = criterion;
        }
    }
    criteria->modified = columns->modified;
    return BEHOV_OK;
}

/* Totals that the call gives, by the criterion, its column, or the column of the modified one. */
static behov_status take_totals(const behov_key_request *request, behov_key_criteria *criteria, behov_error *err)
{
    for (size_t i = 0; i < request->n_totals; i++) {
        const behov_key_said *said = &request->totals[i];
        bool is_known = key_names_are_same(said->name, "population");
        if (is_known)
            criteria->given_population = said->total;
        for (size_t k = 0; k < criteria->n_criteria; k++) {
            behov_key_criterion *both[] = {&criteria->criteria[k],
                                           criteria->modified_criteria ? &criteria->modified_criteria[k] : NULL};
            for (int j = 0; j < 2; j++)
                if (both[j] && key_columns_is_called(criteria->table, both[j]->name, both[j]->column, said->name)) {
                    both[j]->given = said->total;
                    is_known = true;
                }
        }
        if (!is_known)
            return behov_error_say(err, BEHOV_E_ARGUMENT, PHRASE_PLACE_KEY_TOTAL, SAY_KEY_SAID_OF_NONE,
                                   behov_cut(said->name, 80).text);
    }
    return BEHOV_OK;
}

/* A criterion against the country and the modified one in its place against the file, or the other way round: two keys
 * of which one is not what the other is. */
static behov_status check_modified(const behov_key_criteria *criteria, behov_error *err)
{
    if (!criteria->modified_criteria || !behov_key_criteria_are_a_part(criteria))
        return BEHOV_OK;
    const behov_key_criterion *original = &criteria->criteria[criteria->modified],
                              *modified = &criteria->modified_criteria[criteria->modified];
    bool is_one_given = isnan(original->given) != isnan(modified->given);
    if (original->weight == 0 || !is_one_given || original->kind == BEHOV_CRITERION_RELATIVE ||
        modified->kind == BEHOV_CRITERION_RELATIVE)
        return BEHOV_OK;
    const behov_key_criterion *with = isnan(original->given) ? modified : original,
                              *without = isnan(original->given) ? original : modified;
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(criteria->table), SAY_KEY_MODIFIED_BASIS,
                           behov_cut(with->name, 80).text, behov_cut(without->name, 80).text,
                           behov_cut(without->name, 80).text);
}

behov_status behov_key_criteria_find(const behov_panel *panel, const behov_key_weights *weights,
                                     const behov_key_request *request, behov_key_criteria *criteria, behov_error *err)
{
    size_t country_row = behov_table_n_rows(panel->table);
    behov_key_criteria found = {
        .table = panel->table, .weights_year = weights->year, .allows_missing = request->allows_missing};
    key_columns columns = {0};
    behov_status status = check_roles(panel, err);
    if (!status)
        status = choose_year(panel, request, &found, err);
    if (!status)
        status = take_rows(panel, &found, &country_row, err);
    found.has_country_row = country_row < behov_table_n_rows(panel->table);
    if (!status)
        status = check_codes(panel, request, &found, err);
    if (!status)
        status = key_columns_find(panel, weights, request, &columns, err);
    if (!status)
        status = fill_arrays(panel, weights, &columns, country_row, &found, err);
    if (!status)
        status = check_population(panel, &found, err);
    if (!status)
        status = take_totals(request, &found, err);
    if (!status)
        status = check_modified(&found, err);
    if (!status)
        status = key_doubts_check(panel, &found, &columns, err);
    if (!status)
        status = key_contradictions_check(&found, &columns, err);
    found.unused = columns.unused;
    found.n_unused = columns.n_unused;
    columns.unused = NULL;
    key_columns_free(&columns);
    if (status)
        behov_key_criteria_free(&found);
    else
        *criteria = found;
    return status;
}

bool behov_key_criteria_are_a_part(const behov_key_criteria *criteria)
{
    size_t n = criteria->municipalities.n - criteria->n_foreign;
    double inhabitants = 0;
    for (size_t i = 0; i < criteria->municipalities.n; i++)
        inhabitants += isnan(criteria->population[i]) ? 0 : criteria->population[i];
    bool is_most_missing = 100 * inhabitants < BEHOV_LEAST_PER_CENT_OF_COUNTRY * criteria->given_population;
    return criteria->n_in_country &&
           (!behov_country_is_nearly(n, inhabitants, criteria->year) || (inhabitants > 0 && is_most_missing));
}

behov_key_input behov_key_criteria_input(const behov_key_criteria *criteria, bool is_modified)
{
    return (behov_key_input){.criteria = is_modified ? criteria->modified_criteria : criteria->criteria,
                             .n_criteria = criteria->n_criteria,
                             .population = criteria->population,
                             .n = criteria->municipalities.n,
                             .given_population = criteria->given_population,
                             .allows_missing = criteria->allows_missing,
                             .codes = criteria->codes,
                             .table = criteria->table,
                             .rows = criteria->rows};
}
