/* scenario_basis.c - a fit looked at from one of its years: who has a need, what the formula names, how far a row lies
 * from the data. The leverage is x'(X'X)^-1 x without weights, from the classical variance of a level over s^2, which
 * is made in the orthonormal basis of the columns. */
#include "scenario_parts.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <behov/left_out.h>
#include <behov/ratio.h>
#include <behov/word.h>

behov_status scenario_no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SCENARIO_NO_MEMORY);
}

void scenario_basis_free(scenario_basis *basis)
{
    free(basis->row_of_place), free(basis->rows), free(basis->columns);
    free(basis->kept_values), free(basis->contrast);
    behov_vcov_free(basis->classical);
    behov_vcov_contrasts_free(basis->contrasts);
    *basis = (scenario_basis){0};
}

/* ---- the year ---------------------------------------------------------------------------------------------------- */

static behov_status find_rows(scenario_basis *basis, behov_error *err)
{
    const behov_fit_results *results = basis->fit_results;
    const behov_panel *panel = &results->study->panel;
    size_t n_rows = behov_table_n_rows(panel->table), n_places = basis->places->n;
    basis->row_of_place = malloc((n_places + 1) * sizeof *basis->row_of_place);
    basis->rows = malloc((n_rows + 1) * sizeof *basis->rows);
    if (!basis->row_of_place || !basis->rows)
        return scenario_no_memory(err);
    for (size_t place = 0; place < n_places; place++)
        basis->row_of_place[place] = n_rows;
    for (size_t row = 0; row < n_rows; row++) {
        if (behov_panel_year(panel, row) != basis->year ||
            behov_table_row_mark(panel->table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        size_t place = behov_municipality_list_position(basis->places, behov_panel_code(panel, row),
                                                        behov_panel_municipality(panel, row));
        if (place < n_places)
            basis->row_of_place[place] = row;
        if (!isnan(behov_need_need(results->need, row)))
            basis->rows[basis->n_rows_of_year++] = (uint32_t)row;
    }
    return BEHOV_OK;
}

/* Why a row of the year has no need, as far as the design says. */
static behov_status refuse_without_need(const scenario_basis *basis, const char *name, size_t row, behov_error *err)
{
    const behov_design *design = basis->fit_results->design;
    ptrdiff_t position = behov_design_reason_of(design, row);
    behov_reason reason = position < 0 ? (behov_reason){0} : behov_design_reason(design, (size_t)position);
    bool is_missing = position >= 0 && reason.kind == BEHOV_REASON_REGRESSOR_MISSING;
    return is_missing ? behov_error_say(err, BEHOV_E_DATA, name, SAY_SCENARIO_COLUMN_MISSING,
                                        behov_cut(reason.subject, 80).text, basis->year)
                      : behov_error_say(err, BEHOV_E_DATA, name, SAY_SCENARIO_NO_NEED, basis->year);
}

behov_status scenario_basis_find(const scenario_basis *basis, const char *text, const char *where, size_t *place,
                                 size_t *row, behov_error *err)
{
    char name[BEHOV_MUNICIPALITY_NAME];
    behov_status status = behov_municipality_list_find(basis->places, text,
                                                       where ? where : PHRASE_HELP_ARGUMENT_MUNICIPALITY, place, err);
    if (status)
        return status;
    const behov_municipality *municipality = &basis->places->all[*place];
    status =
        behov_left_out_refuse(basis->fit_results, municipality, where ? where : PHRASE_HELP_ARGUMENT_MUNICIPALITY, err);
    if (status)
        return status;
    behov_municipality_list_name(municipality, name, sizeof name);
    *row = basis->row_of_place[*place];
    if (*row >= behov_table_n_rows(basis->fit_results->study->table))
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_SCENARIO_NO_ROW, basis->year);
    return isnan(behov_need_need(basis->fit_results->need, *row)) ? refuse_without_need(basis, name, *row, err)
                                                                  : BEHOV_OK;
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

size_t scenario_basis_column(const scenario_basis *basis, size_t position)
{
    size_t i = 0;
    while (i < basis->n_columns && basis->columns[i].position != position)
        i++;
    return i;
}

double scenario_basis_value(const scenario_basis *basis, size_t column, size_t row)
{
    const double *numbers = behov_table_numbers(basis->fit_results->study->table, basis->columns[column].position);
    return numbers ? numbers[row] : NAN;
}

/* One more column, which is there once; what it is of adds up. */
static behov_status add_column(scenario_basis *basis, const char *name, scenario_column kind, behov_error *err)
{
    ptrdiff_t position = behov_table_find(basis->fit_results->study->table, name);
    if (position < 0)
        return BEHOV_OK; /* the fit would have refused it */
    size_t i = scenario_basis_column(basis, (size_t)position);
    if (i == basis->n_columns) {
        scenario_column *columns = realloc(basis->columns, (i + 1) * sizeof *columns);
        if (!columns)
            return scenario_no_memory(err);
        basis->columns = columns;
        basis->columns[basis->n_columns++] =
            (scenario_column){.name = name, .position = (size_t)position, .low = NAN, .high = NAN};
    }
    basis->columns[i].is_in_terms = basis->columns[i].is_in_terms || kind.is_in_terms;
    basis->columns[i].is_in_outcome = basis->columns[i].is_in_outcome || kind.is_in_outcome;
    basis->columns[i].is_factor = basis->columns[i].is_factor || kind.is_factor;
    return BEHOV_OK;
}

static behov_status add_columns(scenario_basis *basis, const behov_expression *expression, scenario_column kind,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < behov_expression_n_columns(expression) && !status; i++)
        status = add_column(basis, behov_expression_column(expression, i), kind, err);
    return status;
}

static behov_status list_columns(scenario_basis *basis, behov_error *err)
{
    const behov_formula *formula = basis->fit_results->study->formula;
    behov_status status = BEHOV_OK;
    for (size_t term = 0; term < behov_formula_n_terms(formula) && !status; term++)
        for (size_t i = 0; i < behov_formula_n_components(formula, term) && !status; i++) {
            behov_component component = behov_formula_component(formula, term, i);
            status = add_columns(basis, component.expression,
                                 (scenario_column){.is_in_terms = true, .is_factor = component.is_factor}, err);
        }
    return status ? status
                  : add_columns(basis, behov_formula_outcome(formula), (scenario_column){.is_in_outcome = true}, err);
}

/* ---- what the data reach ----------------------------------------------------------------------------------------- */

static void find_ranges(scenario_basis *basis)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(basis->fit_results->design, &n_rows);
    for (size_t i = 0; i < basis->n_columns; i++) {
        scenario_column *column = &basis->columns[i];
        const double *numbers = behov_table_numbers(basis->fit_results->study->table, column->position);
        for (size_t k = 0; k < n_rows && numbers; k++) { /* fmin passes over what is not a number */
            column->low = fmin(column->low, numbers[behov_row_at(rows, k)]);
            column->high = fmax(column->high, numbers[behov_row_at(rows, k)]);
        }
    }
}

static const double *keep(const scenario_basis *basis, const double *regressors)
{
    const behov_fit *fit = basis->fit_results->fit;
    for (size_t k = 0, i = 0; k < basis->n_regressors; k++)
        if (!behov_fit_is_dropped(fit, k))
            basis->kept_values[i++] = regressors[k];
    return basis->kept_values;
}

static double leverage(const scenario_basis *basis, const double *regressors)
{
    double s = behov_fit_rmse(basis->fit_results->fit);
    return behov_vcov_level_variance(basis->classical, basis->fit_results->fit, keep(basis, regressors)) / (s * s);
}

static behov_status find_leverage(scenario_basis *basis, behov_error *err)
{
    size_t n_rows, n = basis->n_regressors;
    const uint32_t *rows = behov_design_estimated(basis->fit_results->design, &n_rows);
    double *block = malloc(BEHOV_DESIGN_BLOCK * n * sizeof *block);
    if (!block)
        return scenario_no_memory(err);
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(basis->fit_results->design, block_rows, count, block, n, NULL);
        for (size_t i = 0; i < count; i++)
            basis->leverage_most = fmax(basis->leverage_most, leverage(basis, block + i * n));
    }
    free(block);
    return BEHOV_OK;
}

behov_status scenario_basis_new(const behov_fit_results *fit_results, const behov_scenario_choices *choices,
                                const behov_municipality_list *places, scenario_basis *basis, behov_error *err)
{
    size_t n = behov_fit_n_regressors(fit_results->fit);
    *basis = (scenario_basis){.fit_results = fit_results,
                              .choices = choices,
                              .places = places,
                              .n_regressors = n,
                              .per_1000kr = !behov_need_gap_is_1000kr(fit_results->need)               ? NAN
                                            : fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT ? 1000
                                                                                                       : 1};
    behov_status status = behov_fit_results_refuse_transformed(fit_results, err);
    if (!status && choices->year)
        status = behov_fit_results_check_year(fit_results, choices->year, err);
    basis->year = choices->year ? choices->year : behov_fit_results_last_year(fit_results);
    size_t n_years, position = behov_need_year_position(fit_results->need, basis->year);
    behov_need_years(fit_results->need, &n_years);
    basis->country_need = position < n_years ? behov_need_country(fit_results->need, position) : NAN;
    basis->kept_values = calloc(n + 1, sizeof *basis->kept_values);
    basis->contrast = calloc(n + 1, sizeof *basis->contrast);
    if (!status && (!basis->kept_values || !basis->contrast))
        status = scenario_no_memory(err);
    if (!status)
        status = find_rows(basis, err);
    if (!status)
        status = list_columns(basis, err);
    if (!status)
        status =
            behov_vcov_new(fit_results->fit, fit_results->design, NULL, BEHOV_VCOV_CLASSICAL, &basis->classical, err);
    if (!status)
        status = behov_vcov_contrasts_new(fit_results->vcov, fit_results->fit, &basis->contrasts, err);
    if (!status)
        status = find_leverage(basis, err);
    if (!status)
        find_ranges(basis);
    return status;
}

/* ---- figures of a row -------------------------------------------------------------------------------------------- */

double scenario_sum(const scenario_basis *basis, const double *contrast)
{
    const double *coefficients = behov_fit_coefficients(basis->fit_results->fit);
    double sum = 0;
    for (size_t k = 0; k < basis->n_regressors; k++)
        sum += coefficients[k] * contrast[k];
    return sum;
}

behov_interval scenario_interval(const scenario_basis *basis, double value, const double *contrast)
{
    const behov_fit_results *results = basis->fit_results;
    bool is_zero = true;
    for (size_t k = 0; k < basis->n_regressors; k++) {
        if (contrast[k] == 0 || behov_fit_is_dropped(results->fit, k))
            continue;
        is_zero = false;
        if (behov_vcov_has_no_error(results->vcov, k))
            return (behov_interval){NAN, NAN};
    }
    if (is_zero)
        return (behov_interval){value, value};
    const double *kept_values = keep(basis, contrast);
    return behov_level_interval(value, behov_vcov_level_variance(results->vcov, results->fit, kept_values),
                                behov_vcov_contrast_dof(basis->contrasts, kept_values), basis->choices->level);
}

double scenario_in_all(const scenario_basis *basis, double amount, double population)
{
    return amount * population / basis->per_1000kr;
}

/* A place among the values of others: equal ones share the best, and rounding (rank.h) makes no difference. */
static double place_among(const scenario_basis *basis, behov_need_figure *figure, double value, const size_t *left_out,
                          size_t n_left_out, size_t *n_ranked)
{
    double rank = 1;
    size_t n = 1;
    for (size_t i = 0; i < basis->n_rows_of_year; i++) {
        bool is_left_out = false;
        for (size_t k = 0; k < n_left_out; k++)
            is_left_out = is_left_out || left_out[k] == basis->rows[i];
        double other = figure(basis->fit_results->need, basis->rows[i]);
        if (is_left_out || isnan(other))
            continue;
        n++;
        rank += other - value > 1e-12 * fmax(fabs(other), fabs(value));
    }
    *n_ranked = isnan(value) ? n - 1 : n;
    return isnan(value) ? NAN : rank;
}

void scenario_figures_amounts(const scenario_basis *basis, behov_scenario_figures *figures)
{
    figures->need = scenario_sum(basis, figures->regressors);
    figures->need_interval = scenario_interval(basis, figures->need, figures->regressors);
    figures->index =
        basis->country_need > 0 && !isnan(figures->population) ? 100 * figures->need / basis->country_need : NAN;
    figures->ratio = behov_ratio_of_levels(figures->actual, figures->need, basis->fit_results->floor);
    figures->ratio_interval = isnan(figures->ratio) ? (behov_interval){NAN, NAN}
                                                    : behov_ratio_interval(figures->actual, figures->need_interval);
    figures->gap = figures->actual - figures->need;
    figures->gap_interval = behov_gap_interval(figures->actual, figures->need_interval);
    figures->gap_1000kr = scenario_in_all(basis, figures->gap, figures->population);
    figures->gap_1000kr_interval =
        (behov_interval){scenario_in_all(basis, figures->gap_interval.low, figures->population),
                         scenario_in_all(basis, figures->gap_interval.high, figures->population)};
}

void scenario_figures_fill(const scenario_basis *basis, const size_t *left_out, size_t n_left_out,
                           behov_scenario_figures *figures)
{
    size_t n_needs;
    scenario_figures_amounts(basis, figures);
    figures->rank = place_among(basis, behov_need_ratio, figures->ratio, left_out, n_left_out, &figures->n_ranked);
    figures->need_rank = place_among(basis, behov_need_need, figures->need, left_out, n_left_out, &n_needs);
    figures->leverage = leverage(basis, figures->regressors);
}
