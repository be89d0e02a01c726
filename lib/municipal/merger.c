/* merger.c - municipalities as one: see behov/scenario.h. Columns are merged as panel_merge.h has it, in the order of the
 * codes and with compensated sums, so that neither the order of the call nor its length shows in a digit. */
#include <behov/scenario.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

#include "scenario_parts.h"

void behov_mergers_free(behov_mergers *mergers)
{
    for (size_t i = 0; mergers->all && i < mergers->n; i++) {
        behov_merger *merger = &mergers->all[i];
        free(merger->municipalities), free(merger->parts), free(merger->terms), free(merger->columns);
    }
    free(mergers->all), free(mergers->figures);
    behov_municipality_list_free(&mergers->places);
    *mergers = (behov_mergers){0};
}

/* The rows of one merger: of the panel, by place; and the first of its rows among those that are evaluated. */
typedef struct parts {
    size_t *places, *rows, n, first;
} parts;

/* ---- who --------------------------------------------------------------------------------------------------------- */

static behov_status find_parts(const scenario_basis *basis, const behov_merger_request *request, parts *parts,
                               behov_error *err)
{
    if (request->n_municipalities < 2)
        return behov_error_say(err, BEHOV_E_ARGUMENT, request->n_municipalities ? request->municipalities[0] : "",
                               SAY_SCENARIO_MERGE_ONE);
    parts->places = malloc((request->n_municipalities + 1) * sizeof *parts->places);
    parts->rows = malloc((request->n_municipalities + 1) * sizeof *parts->rows);
    if (!parts->places || !parts->rows)
        return scenario_no_memory(err);
    for (; parts->n < request->n_municipalities; parts->n++) {
        size_t place, row, i = parts->n;
        behov_status status = scenario_basis_find(basis, request->municipalities[parts->n], NULL, &place, &row, err);
        if (status)
            return status;
        for (size_t k = 0; k < parts->n; k++) {
            char name[BEHOV_MUNICIPALITY_NAME];
            if (parts->places[k] == place)
                return behov_error_say(err, BEHOV_E_ARGUMENT,
                                       behov_municipality_list_name(&basis->places->all[place], name, sizeof name),
                                       SAY_SCENARIO_MERGE_TWICE);
        }
        for (; i > 0 && parts->places[i - 1] > place; i--) { /* the places are in the order of codes */
            parts->places[i] = parts->places[i - 1];
            parts->rows[i] = parts->rows[i - 1];
        }
        parts->places[i] = place;
        parts->rows[i] = row;
    }
    return BEHOV_OK;
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

typedef struct sum {
    double high, low;
} sum;

static void add(sum *sum, double value)
{
    double total = sum->high + value;
    sum->low += fabs(sum->high) >= fabs(value) ? (sum->high - total) + value : (value - total) + sum->high;
    sum->high = total;
}

/* sum w x / sum w; without weights sum x. */
static double merged_value(const double *values, size_t stride, const double *weights, size_t n)
{
    sum numerator = {0, 0}, denominator = {0, 0};
    for (size_t i = 0; i < n; i++) {
        add(&numerator, weights ? weights[i] * values[i * stride] : values[i * stride]);
        add(&denominator, weights ? weights[i] : 0);
    }
    double total = numerator.high + numerator.low;
    return weights ? total / (denominator.high + denominator.low) : total;
}

/* A category has no sum: it has to be the same in all of them. */
static behov_status check_category(const scenario_basis *basis, size_t column, const parts *parts, behov_error *err)
{
    const behov_table *table = basis->fit_results->study->table;
    size_t position = basis->columns[column].position;
    const int32_t *codes = behov_table_codes(table, position);
    const double *numbers = behov_table_numbers(table, position);
    for (size_t i = 1; i < parts->n; i++) {
        size_t first = parts->rows[0], other = parts->rows[i];
        if (codes ? codes[first] == codes[other] : numbers[first] == numbers[other])
            continue;
        char name[BEHOV_MUNICIPALITY_NAME], other_name[BEHOV_MUNICIPALITY_NAME];
        return behov_error_say(
            err, BEHOV_E_ARGUMENT, behov_table_source(table), SAY_SCENARIO_CATEGORY_DIFFERS,
            behov_cut(basis->columns[column].name, 80).text,
            behov_municipality_list_name(&basis->places->all[parts->places[0]], name, sizeof name),
            behov_municipality_list_name(&basis->places->all[parts->places[i]], other_name, sizeof other_name));
    }
    return BEHOV_OK;
}

/* A rule of the call that the figures cannot bear: the sum of amounts per inhabitant, or of shares, and the mean of a
 * count. */
static behov_status check_rule(const scenario_basis *basis, const scenario_column *named, const behov_merge_rule *rule,
                               behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    const char *source = behov_table_source(study->table);
    behov_merge_rule usual;
    behov_status status = behov_merge_rule_find(NULL, 0, &study->model, named->name, &usual, err);
    if (status)
        return status;
    behov_model_limits limits = behov_model_limits_of(&study->model, named->name);
    bool is_rate = usual.kind == BEHOV_MERGE_RATE || usual.kind == BEHOV_MERGE_MEAN ||
                   (limits.low == 0 && limits.high == 100) || (named->is_in_outcome && !isnan(basis->per_1000kr));
    bool is_count = (ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_POPULATION];
    if (rule->kind == BEHOV_MERGE_SUM && is_rate && usual.kind != BEHOV_MERGE_SUM)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_SCENARIO_SUM_OF_RATE, behov_cut(named->name, 80).text,
                               behov_cut(named->name, 80).text);
    if (rule->weight && (is_count || strcmp(rule->weight, named->name) == 0))
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_SCENARIO_RATE_OF_COUNT,
                               behov_cut(named->name, 80).text, behov_cut(rule->weight, 80).text);
    return BEHOV_OK;
}

static behov_status find_rule(const scenario_basis *basis, size_t column, behov_merge_rule *rule, behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    const behov_scenario_choices *choices = basis->choices;
    const scenario_column *named = &basis->columns[column];
    behov_status status =
        behov_merge_rule_find(choices->rules, choices->n_rules, &study->model, named->name, rule, err);
    if (!status && !rule->kind && (ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_POPULATION])
        rule->kind = BEHOV_MERGE_SUM;
    if (!status && !rule->kind)
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(study->table), SAY_SCENARIO_NO_RULE,
                               behov_cut(named->name, 80).text, behov_cut(named->name, 80).text,
                               behov_cut(named->name, 80).text);
    return status ? status : check_rule(basis, named, rule, err);
}

/* The weights of a rate or a mean in the rows of the parts; NULL for a sum. */
static behov_status find_weights(const scenario_basis *basis, const behov_merge_rule *rule, const parts *parts,
                                 double *weights, behov_error *err)
{
    const behov_table *table = basis->fit_results->study->table;
    ptrdiff_t position = behov_table_find(table, rule->weight);
    const double *numbers = position < 0 ? NULL : behov_table_numbers(table, (size_t)position);
    if (!numbers)
        return behov_error_say(err, BEHOV_E_NAME, behov_table_source(table), SAY_SCENARIO_NO_WEIGHT,
                               behov_cut(rule->column, 80).text, behov_cut(rule->weight, 80).text);
    for (size_t i = 0; i < parts->n; i++) {
        char name[BEHOV_MUNICIPALITY_NAME];
        weights[i] = numbers[parts->rows[i]];
        if (!(weights[i] > 0))
            return behov_error_say(
                err, BEHOV_E_DATA,
                behov_municipality_list_name(&basis->places->all[parts->places[i]], name, sizeof name),
                SAY_SCENARIO_WEIGHT_MISSING, behov_cut(rule->column, 80).text, behov_cut(rule->weight, 80).text);
    }
    return BEHOV_OK;
}

static behov_status merge_column(const scenario_basis *basis, size_t column, const parts *parts, double *scratch,
                                 behov_merger *merger, scenario_rows *rows, behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    const scenario_column *named = &basis->columns[column];
    if ((ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_YEAR])
        return BEHOV_OK;
    if (named->is_factor || !behov_table_numbers(study->table, named->position))
        return check_category(basis, column, parts, err);
    behov_merger_column *merged = &merger->columns[merger->n_columns];
    *merged = (behov_merger_column){.column = named->name, .low = named->low, .high = named->high};
    double *weights = scratch, *values = scratch + parts->n;
    behov_status status = find_rule(basis, column, &merged->rule, err);
    if (!status && merged->rule.weight)
        status = find_weights(basis, &merged->rule, parts, weights, err);
    if (status)
        return status;
    double smallest = INFINITY;
    for (size_t i = 0; i < parts->n; i++) {
        values[i] = scenario_basis_value(basis, column, parts->rows[i]);
        smallest = values[i] < smallest ? values[i] : smallest;
    }
    merged->merged = merged->rule.kind == BEHOV_MERGE_EVERY
                         ? smallest
                         : merged_value(values, 1, merged->rule.weight ? weights : NULL, parts->n);
    merged->is_outside_data = named->is_in_terms && (merged->merged < named->low || merged->merged > named->high);
    merger->n_columns++;
    return scenario_rows_set(rows, column, merged->merged, err);
}

/* Rows of the parts, and then that of all of them. */
static behov_status add_rows(const scenario_basis *basis, parts *parts, behov_merger *merger, scenario_rows *rows,
                             behov_error *err)
{
    double *scratch = malloc((2 * parts->n + 1) * sizeof *scratch);
    merger->columns = calloc(basis->n_columns + 1, sizeof *merger->columns);
    behov_status status = scratch && merger->columns ? BEHOV_OK : scenario_no_memory(err);
    parts->first = rows->n;
    for (size_t i = 0; i < parts->n && !status; i++)
        status = scenario_rows_add(rows, parts->rows[i], err);
    if (!status)
        status = scenario_rows_add(rows, parts->rows[0], err);
    for (size_t column = 0; column < basis->n_columns && !status; column++)
        status = merge_column(basis, column, parts, scratch, merger, rows, err);
    free(scratch);
    return status;
}

/* ---- figures ----------------------------------------------------------------------------------------------------- */

static void fill_terms(const scenario_basis *basis, behov_merger *merger)
{
    const double *coefficients = behov_fit_coefficients(basis->fit_results->fit);
    double population = merger->merged.population;
    for (size_t k = 0; k < basis->n_regressors; k++) {
        double merged = merger->merged.regressors[k], mean = merger->apart.regressors[k];
        double coefficient = coefficients[k], difference = coefficient * (merged - mean);
        memset(basis->contrast, 0, basis->n_regressors * sizeof *basis->contrast);
        basis->contrast[k] = merged - mean;
        behov_interval interval = scenario_interval(basis, difference, basis->contrast);
        merger->terms[k] = (behov_merger_term){
            merged,
            mean,
            coefficient,
            difference,
            scenario_in_all(basis, difference, population),
            interval,
            {scenario_in_all(basis, interval.low, population), scenario_in_all(basis, interval.high, population)}};
    }
    for (size_t k = 0; k < basis->n_regressors; k++)
        basis->contrast[k] = merger->merged.regressors[k] - merger->apart.regressors[k];
    merger->difference = scenario_sum(basis, basis->contrast);
    merger->difference_interval = scenario_interval(basis, merger->difference, basis->contrast);
    merger->difference_1000kr = scenario_in_all(basis, merger->difference, population);
    merger->difference_1000kr_interval =
        (behov_interval){scenario_in_all(basis, merger->difference_interval.low, population),
                         scenario_in_all(basis, merger->difference_interval.high, population)};
}

/* The parts in all: means weighted by population, of actual spending and of each regressor. */
static void fill_apart(const scenario_basis *basis, const double *populations, const double *actuals,
                       behov_merger *merger)
{
    size_t n = basis->n_regressors;
    behov_scenario_figures *apart = &merger->apart;
    for (size_t k = 0; k < n; k++)
        apart->regressors[k] = merged_value(merger->parts[0].regressors + k, n, populations, merger->n_parts);
    apart->population = merged_value(populations, 1, NULL, merger->n_parts);
    apart->actual = merged_value(actuals, 1, populations, merger->n_parts);
    apart->rank = apart->need_rank = apart->leverage = NAN;
    scenario_figures_amounts(basis, apart);
}

static behov_status fill_merger(const scenario_basis *basis, const parts *parts, const scenario_rows *rows,
                                double *figures, behov_merger *merger, behov_error *err)
{
    size_t n = basis->n_regressors, n_parts = parts->n;
    double *populations = malloc((2 * n_parts + 1) * sizeof *populations),
           *actuals = populations ? populations + n_parts : NULL;
    if (!populations)
        return scenario_no_memory(err);
    memcpy(figures, rows->regressors + parts->first * n, (n_parts + 1) * n * sizeof *figures);
    for (size_t i = 0; i < n_parts; i++) {
        behov_scenario_figures *part = &merger->parts[i];
        merger->municipalities[i] = &basis->places->all[parts->places[i]];
        populations[i] = behov_panel_population(&basis->fit_results->study->panel, parts->rows[i]);
        actuals[i] = rows->outcomes[parts->first + i];
        *part =
            (behov_scenario_figures){.population = populations[i], .actual = actuals[i], .regressors = figures + i * n};
        scenario_figures_fill(basis, &parts->rows[i], 1, part);
    }
    merger->merged = (behov_scenario_figures){.population = merged_value(populations, 1, NULL, n_parts),
                                              .actual = rows->outcomes[parts->first + n_parts],
                                              .regressors = figures + n_parts * n};
    merger->apart.regressors = figures + (n_parts + 1) * n;
    fill_apart(basis, populations, actuals, merger);
    scenario_figures_fill(basis, parts->rows, n_parts, &merger->merged);
    merger->is_beyond_leverage = merger->merged.leverage > basis->leverage_most;
    fill_terms(basis, merger);
    free(populations);
    bool has_need = !isnan(merger->merged.need) && !isnan(merger->merged.population);
    return has_need ? BEHOV_OK
                    : behov_error_say(err, BEHOV_E_DATA, behov_table_source(basis->fit_results->study->table),
                                      SAY_SCENARIO_MERGED_WITHOUT_NEED);
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static behov_status make_room(const scenario_basis *basis, const parts *parts, const behov_merger_request *requests,
                              behov_mergers *mergers, behov_error *err)
{
    size_t n_figures = 0, n = basis->n_regressors;
    for (size_t i = 0; i < mergers->n; i++) {
        behov_merger *merger = &mergers->all[i];
        merger->name = requests[i].name;
        merger->n_parts = parts[i].n;
        merger->municipalities = calloc(parts[i].n + 1, sizeof(behov_municipality *));
        merger->parts = calloc(parts[i].n + 1, sizeof *merger->parts);
        merger->terms = calloc(n + 1, sizeof *merger->terms);
        if (!merger->municipalities || !merger->parts || !merger->terms)
            return scenario_no_memory(err);
        n_figures += (parts[i].n + 2) * n;
    }
    mergers->figures = calloc(n_figures + 1, sizeof *mergers->figures);
    return mergers->figures ? BEHOV_OK : scenario_no_memory(err);
}

static behov_status compute(const scenario_basis *basis, const behov_merger_request *requests, parts *parts,
                            scenario_rows *rows, behov_mergers *mergers, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < mergers->n && !status; i++) {
        status = find_parts(basis, &requests[i], &parts[i], err);
        if (!status)
            status = add_rows(basis, &parts[i], &mergers->all[i], rows, err);
    }
    if (!status)
        status = scenario_rows_evaluate(basis, rows, err);
    if (!status)
        status = make_room(basis, parts, requests, mergers, err);
    double *figures = mergers->figures;
    for (size_t i = 0; i < mergers->n && !status; i++) {
        status = fill_merger(basis, &parts[i], rows, figures, &mergers->all[i], err);
        figures += (parts[i].n + 2) * basis->n_regressors;
    }
    return status;
}

behov_status behov_mergers_new(const behov_fit_results *fit_results, const behov_merger_request *requests,
                               size_t n_requests, const behov_scenario_choices *choices, behov_mergers *mergers,
                               behov_error *err)
{
    *mergers = (behov_mergers){.fit_results = fit_results, .choices = *choices};
    scenario_basis basis = {0};
    scenario_rows rows = {0};
    parts *all_parts = calloc(n_requests + 1, sizeof *all_parts);
    mergers->all = calloc(n_requests + 1, sizeof *mergers->all);
    behov_status status = all_parts && mergers->all ? BEHOV_OK : scenario_no_memory(err);
    if (!status && fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] < 0)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(fit_results->study->table),
                                 SAY_SCENARIO_NO_POPULATION);
    if (!status)
        status = behov_municipality_list_of_panel(&fit_results->study->panel, &mergers->places, err);
    if (!status)
        status = scenario_basis_new(fit_results, &mergers->choices, &mergers->places, &basis, err);
    if (!status) {
        mergers->n = n_requests;
        mergers->year = basis.year;
        mergers->country_need = basis.country_need;
        mergers->leverage_most = basis.leverage_most;
        status = compute(&basis, requests, all_parts, &rows, mergers, err);
    }
    for (size_t i = 0; all_parts && i < n_requests; i++) {
        free(all_parts[i].places);
        free(all_parts[i].rows);
    }
    free(all_parts);
    scenario_rows_free(&rows);
    scenario_basis_free(&basis);
    return status;
}
