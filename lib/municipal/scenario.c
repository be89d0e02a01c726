/* scenario.c - columns of a municipality changed: see behov/scenario.h.
 *
 * A count in a column of per cent is turned by the figure that the share is of, as it is when that has changed too. What
 * is not changed stays, so the share is what it was, and the persons come on top of it:
 *   share1 = share0 + 100 count / D1, of a level 100 count / D1
 * A row for every number of columns changed, in the order that is given, says what each adds; the last is the scenario. */
#include <behov/scenario.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/number.h>
#include <behov/study_findings.h>
#include <behov/word.h>

#include "scenario_parts.h"

void behov_scenarios_free(behov_scenarios *scenarios)
{
    for (size_t i = 0; scenarios->all && i < scenarios->n; i++)
        free(scenarios->all[i].steps);
    free(scenarios->all), free(scenarios->figures);
    behov_municipality_list_free(&scenarios->places);
    *scenarios = (behov_scenarios){0};
}

/* A scenario while it is made: its row of the panel, the first of its rows that are evaluated, and the formula's column
 * of each step, n_columns where it names none. */
typedef struct draft {
    size_t place, row, first;
    size_t *columns;
} draft;

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static bool is_unread(const behov_table *table, const char *name)
{
    for (size_t i = 0; i < behov_table_n_unread(table); i++)
        if (strcmp(behov_table_unread(table, i), name) == 0)
            return true;
    return false;
}

static behov_status unknown_column(const behov_table *table, const char *name, const char *where, behov_error *err)
{
    const char *nearest = behov_table_nearest_name(table, name);
    char list[BEHOV_COLUMN_LIST];
    if (nearest)
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_SCENARIO_NO_COLUMN_NEAR, behov_cut(name, 80).text,
                               behov_cut(nearest, 80).text);
    behov_table_list(table, list);
    return behov_error_say(err, BEHOV_E_NAME, where, SAY_SCENARIO_NO_COLUMN, behov_cut(name, 80).text, list);
}

/* What may not be changed. */
static behov_status check_column(const scenario_basis *basis, size_t column, const behov_scenario_step *step,
                                 const char *where, behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    const scenario_column *named = &basis->columns[column];
    behov_excerpt name = behov_cut(named->name, 80);
    if (named->is_in_outcome)
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_OUTCOME, name.text);
    if ((ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_YEAR])
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_YEAR);
    bool is_population = (ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_POPULATION];
    if (is_population && step->kind != BEHOV_STEP_PER_CENT && step->amount != floor(step->amount))
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_PERSONS_WHOLE,
                               behov_cut(step->text, 60).text);
    if (named->is_factor && (step->kind != BEHOV_STEP_LEVEL || step->unit))
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_FACTOR, name.text);
    return BEHOV_OK;
}

/* What the figures of a column are: a share in per cent of another column, a count, or neither. */
static behov_status find_denominator(const scenario_basis *basis, const scenario_column *named,
                                     behov_scenario_step *step, const char *where, behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    behov_model_limits limits = behov_model_limits_of(&study->model, named->name);
    behov_merge_rule rule;
    behov_status status =
        behov_merge_rule_find(basis->choices->rules, basis->choices->n_rules, &study->model, named->name, &rule, err);
    if (status)
        return status;
    bool is_per_cent = limits.low == 0 && limits.high == 100;
    bool is_count =
        rule.kind == BEHOV_MERGE_SUM || (ptrdiff_t)named->position == study->panel.columns[BEHOV_ROLE_POPULATION];
    step->is_share = is_per_cent;
    ptrdiff_t weight = is_per_cent && rule.kind == BEHOV_MERGE_RATE ? behov_table_find(study->table, rule.weight) : -1;
    if (weight >= 0 && behov_table_numbers(study->table, (size_t)weight))
        step->denominator = rule.weight;
    if (step->unit == BEHOV_STEP_PERSONS && !step->denominator && !is_count)
        return is_per_cent && rule.kind == BEHOV_MERGE_MEAN
                   ? behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_PERSONS_OF_COHORT,
                                     behov_cut(named->name, 80).text)
                   : behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_PERSONS_OF_NO_SHARE,
                                     behov_cut(named->name, 80).text);
    if (step->unit != BEHOV_STEP_OF_COLUMN && is_per_cent && behov_findings_look_like_fractions(study, named->position))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_FRACTIONS, behov_cut(named->name, 80).text,
                               behov_cut(step->text, 60).text);
    if (step->unit == BEHOV_STEP_POINTS && !is_per_cent)
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_POINTS_OF_NO_SHARE,
                               behov_cut(named->name, 80).text);
    return BEHOV_OK;
}

static behov_status read_step(const scenario_basis *basis, const behov_scenario_change *change,
                              behov_scenario *scenario, draft *draft, behov_error *err)
{
    const behov_table *table = basis->fit_results->study->table;
    behov_scenario_step *step = &scenario->steps[scenario->n_steps];
    const char *where = change->where ? change->where : change->column;
    ptrdiff_t position = behov_table_find(table, change->column);
    *step = (behov_scenario_step){.column = change->column,
                                  .text = change->text,
                                  .before = NAN,
                                  .after = NAN,
                                  .persons_before = NAN,
                                  .persons_after = NAN,
                                  .low = NAN,
                                  .high = NAN};
    if (position < 0 && !is_unread(table, change->column))
        return unknown_column(table, change->column, where, err);
    if (position >= 0 && !behov_table_numbers(table, (size_t)position))
        return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_TEXT_COLUMN,
                               behov_cut(change->column, 80).text);
    behov_status status = behov_scenario_step_parse(change->text, where, &step->kind, &step->unit, &step->amount, err);
    if (status)
        return status;
    size_t column = position < 0 ? basis->n_columns : scenario_basis_column(basis, (size_t)position);
    for (size_t i = 0; i < scenario->n_steps; i++)
        if (column < basis->n_columns ? draft->columns[i] == column
                                      : strcmp(scenario->steps[i].column, change->column) == 0)
            return behov_error_say(err, BEHOV_E_ARGUMENT, where, SAY_SCENARIO_COLUMN_TWICE,
                                   behov_cut(change->column, 80).text);
    draft->columns[scenario->n_steps++] = column;
    if (column == basis->n_columns)
        return BEHOV_OK;
    const scenario_column *named = &basis->columns[column];
    step->is_in_model = true;
    step->column = named->name;
    step->before = scenario_basis_value(basis, column, draft->row);
    step->low = named->low;
    step->high = named->high;
    status = check_column(basis, column, step, where, err);
    return status ? status : find_denominator(basis, named, step, where, err);
}

/* What is wrong with a change is the call's fault, or that of the file in which it has a place. */
static behov_status recode(behov_status status, const behov_scenario_change *change, behov_error *err)
{
    if (status == BEHOV_E_SYNTAX && !change->where)
        status = BEHOV_E_ARGUMENT;
    else if (status == BEHOV_E_ARGUMENT && change->where)
        status = BEHOV_E_DATA;
    if (status && err)
        err->code = status;
    return status;
}

/* ---- figures of the columns -------------------------------------------------------------------------------------- */

static double changed(const behov_scenario_step *step, double before)
{
    return step->kind == BEHOV_STEP_LEVEL ? step->amount
           : step->kind == BEHOV_STEP_ADD ? before + step->amount
                                          : before * (1 + step->amount / 100);
}

/* What a share is of, before and after: a column that may have a step of its own. */
static void find_denominators(const scenario_basis *basis, const behov_scenario *scenario, const draft *draft,
                              const behov_scenario_step *step, double *before, double *after)
{
    const behov_table *table = basis->fit_results->study->table;
    size_t position = (size_t)behov_table_find(table, step->denominator);
    *before = *after = behov_table_numbers(table, position)[draft->row];
    for (size_t i = 0; i < scenario->n_steps; i++)
        if (draft->columns[i] < basis->n_columns && basis->columns[draft->columns[i]].position == position)
            *after = changed(&scenario->steps[i], *before);
}

/* What a panel may not hold no scenario may make of it: the limits of plausibility.h, which --allow limit lets through
 * there too. A figure that no municipality can have is refused without exception, unless it is there already. */
static behov_status check_size(const behov_study *study, const behov_scenario_step *step, bool is_population,
                               const char *where, behov_error *err)
{
    bool are_limits_allowed = (study->n_allowed >> BEHOV_ODD_LIMIT) & 1u;
    behov_excerpt column = behov_cut(step->column, 80);
    behov_said after = behov_phrase_number(step->after);
    if (is_population && step->after > BEHOV_MOST_INHABITANTS && step->after > step->before && !are_limits_allowed)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_TOO_MANY_INHABITANTS, column.text, after.text,
                               behov_phrase_number(BEHOV_MOST_INHABITANTS).text);
    if (fabs(step->after) >= BEHOV_ABSURD_AMOUNT && fabs(step->after) > fabs(step->before))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_ABSURD_FIGURE, column.text, after.text);
    if (step->is_share && step->is_outside_limits && !are_limits_allowed)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_SCENARIO_IMPOSSIBLE_SHARE, column.text, after.text);
    return BEHOV_OK;
}

static behov_status change_column(const scenario_basis *basis, const behov_scenario *scenario, const draft *draft,
                                  size_t i, behov_error *err)
{
    const behov_study *study = basis->fit_results->study;
    behov_scenario_step *step = &scenario->steps[i];
    bool is_population =
        (ptrdiff_t)basis->columns[draft->columns[i]].position == study->panel.columns[BEHOV_ROLE_POPULATION];
    step->after = changed(step, step->before);
    if (step->denominator) {
        double before, after;
        find_denominators(basis, scenario, draft, step, &before, &after);
        step->persons_before = step->before * before / 100;
        if (step->unit == BEHOV_STEP_PERSONS) {
            double points = 100 * step->amount / after;
            step->after = step->kind == BEHOV_STEP_LEVEL ? points : step->before + points;
        }
        step->denominator_changes = after != before;
        step->persons_after = step->after * after / 100;
    }
    behov_model_limits limits = behov_model_limits_of(&study->model, step->column);
    char name[BEHOV_MUNICIPALITY_NAME];
    if (step->kind == BEHOV_STEP_LEVEL && is_population && !(step->after > 0))
        return behov_error_say(
            err, BEHOV_E_DATA, behov_municipality_list_name(&basis->places->all[draft->place], name, sizeof name),
            SAY_SCENARIO_NO_POPULATION_LEVEL, behov_cut(step->column, 80).text, behov_cut(step->text, 60).text);
    if (!isfinite(step->after) || (is_population && !(step->after > 0)))
        return behov_error_say(err, BEHOV_E_DATA,
                               behov_municipality_list_name(&basis->places->all[draft->place], name, sizeof name),
                               SAY_SCENARIO_NO_FIGURE, behov_cut(step->column, 80).text, behov_cut(step->text, 60).text,
                               behov_phrase_number(step->before).text);
    step->is_outside_data = step->after < step->low || step->after > step->high;
    step->is_outside_limits = step->after < limits.low || step->after > limits.high;
    return check_size(study, step, is_population,
                      behov_municipality_list_name(&basis->places->all[draft->place], name, sizeof name), err);
}

/* Whether some term has several of the columns. */
static bool depends_on_order(const scenario_basis *basis, const behov_scenario *scenario, const draft *draft)
{
    const behov_formula *formula = basis->fit_results->study->formula;
    const behov_table *table = basis->fit_results->study->table;
    for (size_t term = 0; term < behov_formula_n_terms(formula); term++) {
        size_t n_changed = 0;
        for (size_t i = 0; i < scenario->n_steps; i++) {
            bool is_named = false;
            for (size_t c = 0; c < behov_formula_n_components(formula, term); c++) {
                const behov_expression *expression = behov_formula_component(formula, term, c).expression;
                for (size_t j = 0; j < behov_expression_n_columns(expression); j++)
                    is_named = is_named || (scenario->steps[i].is_in_model &&
                                            behov_table_find(table, behov_expression_column(expression, j)) ==
                                                (ptrdiff_t)basis->columns[draft->columns[i]].position);
            }
            n_changed += is_named;
        }
        if (n_changed > 1)
            return true;
    }
    return false;
}

/* ---- one scenario ------------------------------------------------------------------------------------------------ */

/* Its rows: as it is, with the first column changed, with the first two ... */
static behov_status add_rows(const behov_scenario *scenario, draft *draft, scenario_rows *rows, behov_error *err)
{
    draft->first = rows->n;
    behov_status status = scenario_rows_add(rows, draft->row, err);
    for (size_t i = 0; i < scenario->n_steps && !status; i++) {
        status = scenario_rows_add(rows, draft->row, err);
        for (size_t j = 0; j <= i && !status; j++)
            if (scenario->steps[j].is_in_model)
                status = scenario_rows_set(rows, draft->columns[j], scenario->steps[j].after, err);
    }
    return status;
}

static behov_status read_request(const scenario_basis *basis, const behov_scenario_request *request,
                                 behov_scenario *scenario, draft *draft, scenario_rows *rows, behov_error *err)
{
    scenario->name = request->name;
    scenario->steps = calloc(request->n_changes + 1, sizeof *scenario->steps);
    draft->columns = calloc(request->n_changes + 1, sizeof *draft->columns);
    if (!scenario->steps || !draft->columns)
        return scenario_no_memory(err);
    behov_status status =
        scenario_basis_find(basis, request->municipality, request->where, &draft->place, &draft->row, err);
    if (!status && !request->n_changes)
        status = behov_error_say(err, BEHOV_E_ARGUMENT, request->municipality, SAY_SCENARIO_WITHOUT_CHANGE);
    for (size_t i = 0; i < request->n_changes && !status; i++)
        status = recode(read_step(basis, &request->changes[i], scenario, draft, err), &request->changes[i], err);
    for (size_t i = 0; i < scenario->n_steps && !status; i++)
        if (scenario->steps[i].is_in_model)
            status = change_column(basis, scenario, draft, i, err);
    if (status)
        return status;
    scenario->municipality = &basis->places->all[draft->place];
    scenario->depends_on_order = depends_on_order(basis, scenario, draft);
    return add_rows(scenario, draft, rows, err);
}

static void fill_steps(const scenario_basis *basis, const draft *draft, const scenario_rows *rows,
                       behov_scenario *scenario)
{
    size_t n = basis->n_regressors;
    for (size_t i = 0; i < scenario->n_steps; i++) {
        behov_scenario_step *step = &scenario->steps[i];
        const double *before = rows->regressors + (draft->first + i) * n, *after = before + n;
        for (size_t k = 0; k < n; k++)
            basis->contrast[k] = after[k] - before[k];
        step->need_change = scenario_sum(basis, basis->contrast);
        step->need_change_interval = scenario_interval(basis, step->need_change, basis->contrast);
    }
}

static void fill_changes(const scenario_basis *basis, behov_scenario *scenario)
{
    const double *before = scenario->before.regressors, *after = scenario->after.regressors;
    double p0 = scenario->before.population, p1 = scenario->after.population;
    for (size_t k = 0; k < basis->n_regressors; k++)
        basis->contrast[k] = after[k] - before[k];
    scenario->need_change = scenario_sum(basis, basis->contrast);
    scenario->need_change_interval = scenario_interval(basis, scenario->need_change, basis->contrast);
    scenario->need_change_1000kr = NAN;
    scenario->need_change_1000kr_interval = (behov_interval){NAN, NAN};
    if (isnan(basis->per_1000kr) || isnan(p0) || isnan(p1))
        return;
    for (size_t k = 0; k < basis->n_regressors; k++)
        basis->contrast[k] = (p1 * after[k] - p0 * before[k]) / basis->per_1000kr;
    scenario->need_change_1000kr = scenario_sum(basis, basis->contrast);
    scenario->need_change_1000kr_interval = scenario_interval(basis, scenario->need_change_1000kr, basis->contrast);
}

static behov_status fill_scenario(const scenario_basis *basis, const draft *draft, const scenario_rows *rows,
                                  double *figures, behov_scenario *scenario, behov_error *err)
{
    size_t n = basis->n_regressors, last = draft->first + scenario->n_steps;
    const behov_study *study = basis->fit_results->study;
    double population = behov_panel_population(&study->panel, draft->row), changed_population = population;
    double actual = rows->outcomes[draft->first];
    for (size_t i = 0; i < scenario->n_steps; i++)
        if (scenario->steps[i].is_in_model &&
            (ptrdiff_t)basis->columns[draft->columns[i]].position == study->panel.columns[BEHOV_ROLE_POPULATION]) {
            changed_population = scenario->steps[i].after;
            scenario->changes_population = changed_population != population;
        }
    memcpy(figures, rows->regressors + draft->first * n, n * sizeof *figures);
    memcpy(figures + n, rows->regressors + last * n, n * sizeof *figures);
    double per_inhabitant =
        basis->choices->keeps_total && scenario->changes_population ? actual * population / changed_population : actual;
    scenario->before = (behov_scenario_figures){.population = population, .actual = actual, .regressors = figures};
    scenario->after =
        (behov_scenario_figures){.population = changed_population, .actual = per_inhabitant, .regressors = figures + n};
    scenario_figures_fill(basis, &draft->row, 1, &scenario->before);
    scenario_figures_fill(basis, &draft->row, 1, &scenario->after);
    char name[BEHOV_MUNICIPALITY_NAME];
    if (isnan(scenario->after.need))
        return behov_error_say(err, BEHOV_E_DATA,
                               behov_municipality_list_name(scenario->municipality, name, sizeof name),
                               SAY_SCENARIO_LEVEL_UNKNOWN);
    scenario->is_beyond_leverage = scenario->after.leverage > basis->leverage_most;
    fill_steps(basis, draft, rows, scenario);
    fill_changes(basis, scenario);
    return BEHOV_OK;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

/* One municipality twice in what is asked for as one, or under one name: its rows would be there twice. */
static behov_status refuse_twice(const scenario_basis *basis, const behov_scenario_request *requests,
                                 const draft *drafts, size_t last, behov_error *err)
{
    for (size_t i = 0; i < last; i++) {
        const behov_scenario_request *earlier = &requests[i], *request = &requests[last];
        bool is_same_name = earlier->name && request->name && strcmp(earlier->name, request->name) == 0;
        if (drafts[i].place != drafts[last].place || !(is_same_name || earlier->changes == request->changes))
            continue;
        char name[BEHOV_MUNICIPALITY_NAME];
        return behov_error_say(err, BEHOV_E_ARGUMENT,
                               behov_municipality_list_name(&basis->places->all[drafts[i].place], name, sizeof name),
                               SAY_SCENARIO_TWICE);
    }
    return BEHOV_OK;
}

static behov_status compute(const scenario_basis *basis, const behov_scenario_request *requests, draft *drafts,
                            scenario_rows *rows, behov_scenarios *scenarios, behov_error *err)
{
    size_t n = basis->n_regressors;
    behov_status status = BEHOV_OK;
    if (basis->choices->keeps_total && isnan(basis->per_1000kr))
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(basis->fit_results->study->table),
                               SAY_SCENARIO_TOTAL_NEEDS_UNIT);
    for (size_t i = 0; i < scenarios->n && !status; i++) {
        status = read_request(basis, &requests[i], &scenarios->all[i], &drafts[i], rows, err);
        if (!status)
            status = refuse_twice(basis, requests, drafts, i, err);
    }
    if (!status && rows->n)
        status = scenario_rows_evaluate(basis, rows, err);
    scenarios->figures = calloc(2 * scenarios->n * n + 1, sizeof *scenarios->figures);
    if (!status && !scenarios->figures)
        status = scenario_no_memory(err);
    for (size_t i = 0; i < scenarios->n && !status; i++)
        status = fill_scenario(basis, &drafts[i], rows, scenarios->figures + 2 * i * n, &scenarios->all[i], err);
    return status;
}

behov_status behov_scenarios_new(const behov_fit_results *fit_results, const behov_scenario_request *requests,
                                 size_t n_requests, const behov_scenario_choices *choices, behov_scenarios *scenarios,
                                 behov_error *err)
{
    *scenarios = (behov_scenarios){.fit_results = fit_results, .choices = *choices};
    scenario_basis basis = {0};
    scenario_rows rows = {0};
    draft *drafts = calloc(n_requests + 1, sizeof *drafts);
    scenarios->all = calloc(n_requests + 1, sizeof *scenarios->all);
    behov_status status = drafts && scenarios->all ? BEHOV_OK : scenario_no_memory(err);
    if (!status)
        status = behov_municipality_list_of_panel(&fit_results->study->panel, &scenarios->places, err);
    if (!status)
        status = scenario_basis_new(fit_results, &scenarios->choices, &scenarios->places, &basis, err);
    if (!status) {
        scenarios->n = n_requests;
        scenarios->year = basis.year;
        scenarios->country_need = basis.country_need;
        scenarios->leverage_most = basis.leverage_most;
        status = compute(&basis, requests, drafts, &rows, scenarios, err);
    }
    for (size_t i = 0; drafts && i < n_requests; i++)
        free(drafts[i].columns);
    free(drafts);
    scenario_rows_free(&rows);
    scenario_basis_free(&basis);
    return status;
}
