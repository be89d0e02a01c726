/* council_whatif.c - what changed columns do to a need and its interval, as figures that a page can reckon with:
 * behov/council.h. A regressor is offered where it is a product of arithmetic on columns of numbers; one with a factor in
 * it, or with a text that is compared, stays what it is, and so do the columns that such a regressor is made of. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

#include "council_whatif.h"
#include "scenario_parts.h"

/* ---- which columns ----------------------------------------------------------------------------------------------- */

static bool is_arithmetic(const behov_expression *expression)
{
    for (size_t i = 0; i < behov_expression_n_nodes(expression); i++) {
        behov_operation operation = behov_expression_node_at(expression, i).operation;
        if (operation == BEHOV_OPERATION_TEXT_EQUAL || operation == BEHOV_OPERATION_TEXT_UNEQUAL ||
            operation == BEHOV_OPERATION_TEXT_IN)
            return false;
    }
    return true;
}

static bool term_is_arithmetic(const behov_formula *formula, size_t term)
{
    for (size_t i = 0; i < behov_formula_n_components(formula, term); i++) {
        behov_component component = behov_formula_component(formula, term, i);
        if (component.is_factor || !is_arithmetic(component.expression))
            return false;
    }
    return true;
}

static bool term_has_column(const behov_formula *formula, size_t term, const char *name)
{
    for (size_t i = 0; i < behov_formula_n_components(formula, term); i++) {
        behov_component component = behov_formula_component(formula, term, i);
        for (size_t k = 0; k < behov_expression_n_columns(component.expression); k++)
            if (strcmp(behov_expression_column(component.expression, k), name) == 0)
                return true;
    }
    return false;
}

/* Neither the outcome, the year, a factor, a text, nor in a term that is no arithmetic. */
static bool can_slide(const scenario_basis *basis, const scenario_column *column)
{
    const behov_study *study = basis->fit_results->study;
    if (!column->is_in_terms || column->is_in_outcome || column->is_factor ||
        behov_table_kind(study->table, column->position) != BEHOV_COLUMN_NUMBER ||
        (ptrdiff_t)column->position == study->panel.columns[BEHOV_ROLE_YEAR])
        return false;
    for (size_t term = 0; term < behov_formula_n_terms(study->formula); term++)
        if (term_has_column(study->formula, term, column->name) && !term_is_arithmetic(study->formula, term))
            return false;
    return true;
}

static void find_range(const scenario_basis *basis, size_t column, behov_council_variable *variable)
{
    variable->low = variable->high = NAN;
    for (size_t i = 0; i < basis->n_rows_of_year; i++) { /* fmin passes over what is not a number */
        double value = scenario_basis_value(basis, column, basis->rows[i]);
        variable->low = fmin(variable->low, value);
        variable->high = fmax(variable->high, value);
    }
}

/* All columns of numbers that terms are made of, in the order of the formula. */
static behov_status list_variables(behov_council *council, const scenario_basis *basis, size_t *columns,
                                   behov_error *err)
{
    behov_council_whatif *whatif = &council->whatif;
    const behov_study *study = council->fit_results->study;
    whatif->variables = calloc(basis->n_columns + 1, sizeof *whatif->variables);
    if (!whatif->variables)
        return council_no_memory(err);
    for (size_t i = 0; i < basis->n_columns; i++) {
        const scenario_column *column = &basis->columns[i];
        if (!column->is_in_terms || behov_table_kind(study->table, column->position) != BEHOV_COLUMN_NUMBER)
            continue;
        columns[whatif->n_variables] = i;
        behov_council_variable *variable = &whatif->variables[whatif->n_variables++];
        *variable = (behov_council_variable){.name = column->name,
                                             .position = column->position,
                                             .is_slider = can_slide(basis, column),
                                             .is_population = (ptrdiff_t)column->position ==
                                                              study->panel.columns[BEHOV_ROLE_POPULATION],
                                             .estimated_low = column->low,
                                             .estimated_high = column->high};
        find_range(basis, i, variable);
    }
    return BEHOV_OK;
}

/* ---- which regressors -------------------------------------------------------------------------------------------- */

/* Whether a name is "x:z", as the design calls the regressor of a term without factors. */
static bool is_regressor_of(const behov_formula *formula, size_t term, const char *name)
{
    size_t n = behov_formula_n_components(formula, term);
    for (size_t i = 0; i < n; i++) {
        const char *component = behov_formula_component(formula, term, i).name;
        size_t length = strlen(component);
        if (strncmp(name, component, length) != 0 || name[length] != (i + 1 < n ? ':' : '\0'))
            return false;
        name += length + (i + 1 < n);
    }
    return n > 0;
}

static bool term_can_change(const behov_council_whatif *whatif, const behov_formula *formula, size_t term)
{
    bool has_slider = false;
    for (size_t i = 0; i < whatif->n_variables; i++)
        has_slider =
            has_slider || (whatif->variables[i].is_slider && term_has_column(formula, term, whatif->variables[i].name));
    return has_slider && term_is_arithmetic(formula, term);
}

static behov_status list_regressors(behov_council *council, behov_error *err)
{
    behov_council_whatif *whatif = &council->whatif;
    const behov_fit_results *results = council->fit_results;
    const behov_formula *formula = results->study->formula;
    size_t n = behov_fit_n_regressors(results->fit);
    whatif->regressors = calloc(n + 1, sizeof *whatif->regressors);
    if (!whatif->regressors)
        return council_no_memory(err);
    for (size_t term = 0; term < behov_formula_n_terms(formula); term++) {
        if (!term_can_change(whatif, formula, term))
            continue;
        for (size_t k = 0; k < n; k++)
            if (!behov_fit_is_dropped(results->fit, k) &&
                is_regressor_of(formula, term, behov_design_regressor(results->design, k)))
                whatif->regressors[whatif->n_regressors++] = (behov_council_regressor){
                    .regressor = k, .term = term, .coefficient = behov_fit_coefficients(results->fit)[k]};
    }
    return BEHOV_OK;
}

/* A column that no regressor with a coefficient is made of moves nothing. */
static void drop_idle_sliders(behov_council *council)
{
    behov_council_whatif *whatif = &council->whatif;
    for (size_t i = 0; i < whatif->n_variables; i++) {
        bool is_used = false;
        for (size_t k = 0; k < whatif->n_regressors; k++)
            is_used = is_used || term_has_column(council->fit_results->study->formula, whatif->regressors[k].term,
                                                 whatif->variables[i].name);
        whatif->variables[i].is_slider = whatif->variables[i].is_slider && is_used;
    }
}

/* ---- figures ----------------------------------------------------------------------------------------------------- */

/* Those with a coefficient, in the order in which covariances take them. */
static const double *keep(const behov_council *council, const double *regressors, double *kept)
{
    const behov_fit *fit = council->fit_results->fit;
    for (size_t k = 0, i = 0; k < behov_fit_n_regressors(fit); k++)
        if (!behov_fit_is_dropped(fit, k))
            kept[i++] = regressors[k];
    return kept;
}

static void unit_vector(const behov_council *council, size_t regressor, double *kept)
{
    const behov_fit *fit = council->fit_results->fit;
    for (size_t k = 0, i = 0; k < behov_fit_n_regressors(fit); k++)
        if (!behov_fit_is_dropped(fit, k))
            kept[i++] = k == regressor;
}

/* t is one for all changes unless degrees of freedom are those of each combination; none where some coefficient of the
 * row or of a change has no error. */
static double find_t(const behov_council *council)
{
    const behov_fit_results *results = council->fit_results;
    behov_vcov_kind kind = behov_vcov_kind_of(results->vcov);
    if (kind == BEHOV_VCOV_CV2)
        return NAN;
    for (size_t k = 0; k < behov_fit_n_regressors(results->fit); k++)
        if (!behov_fit_is_dropped(results->fit, k) && behov_vcov_has_no_error(results->vcov, k))
            return NAN;
    return behov_level_interval(0, 1, behov_vcov_dof(results->vcov), council->choices.profile.level).high;
}

static void fill_covariance(const behov_council *council, const behov_vcov *vcov, double scale, double *first,
                            double *second, double *covariance)
{
    const behov_council_whatif *whatif = &council->whatif;
    const behov_fit_results *results = council->fit_results;
    for (size_t i = 0; i < whatif->n_regressors; i++)
        for (size_t j = 0; j <= i; j++) {
            unit_vector(council, whatif->regressors[i].regressor, first);
            unit_vector(council, whatif->regressors[j].regressor, second);
            covariance[i * whatif->n_regressors + j] = covariance[j * whatif->n_regressors + i] =
                scale * behov_vcov_level_covariance(vcov, results->fit, first, second);
        }
}

/* The classical covariance times this is (X'X)^-1. */
static double per_variance(const scenario_basis *basis)
{
    double s = behov_fit_rmse(basis->fit_results->fit);
    return 1 / (s * s);
}

static void fill_page(behov_council *council, const scenario_basis *basis, const size_t *columns,
                      const double *regressors, double *kept, double *unit, behov_council_page *page)
{
    const behov_council_whatif *whatif = &council->whatif;
    const behov_fit_results *results = council->fit_results;
    for (size_t i = 0; i < whatif->n_variables; i++)
        page->values[i] = scenario_basis_value(basis, columns[i], page->row);
    page->need = scenario_sum(basis, regressors);
    keep(council, regressors, kept);
    page->variance = behov_vcov_level_variance(results->vcov, results->fit, kept);
    for (size_t i = 0; i < whatif->n_regressors; i++) {
        unit_vector(council, whatif->regressors[i].regressor, unit);
        page->covariances[i] = behov_vcov_level_covariance(results->vcov, results->fit, kept, unit);
        page->spreads[i] =
            per_variance(basis) * behov_vcov_level_covariance(basis->classical, results->fit, kept, unit);
    }
    page->leverage = per_variance(basis) * behov_vcov_level_variance(basis->classical, results->fit, kept);
}

static behov_status fill_pages(behov_council *council, const scenario_basis *basis, const size_t *columns,
                               behov_error *err)
{
    behov_council_whatif *whatif = &council->whatif;
    size_t n = basis->n_regressors, width = whatif->n_variables + 2 * whatif->n_regressors;
    scenario_rows rows = {0};
    double *scratch = calloc(2 * n + 1, sizeof *scratch);
    council->figures = calloc(council->n * width + 1, sizeof *council->figures);
    whatif->covariance = calloc(whatif->n_regressors * whatif->n_regressors + 1, sizeof *whatif->covariance);
    whatif->spread = calloc(whatif->n_regressors * whatif->n_regressors + 1, sizeof *whatif->spread);
    behov_status status =
        scratch && council->figures && whatif->covariance && whatif->spread ? BEHOV_OK : council_no_memory(err);
    for (size_t i = 0; i < council->n && !status; i++)
        status = scenario_rows_add(&rows, council->pages[i].row, err);
    if (!status)
        status = scenario_rows_evaluate(basis, &rows, err);
    if (!status) {
        fill_covariance(council, council->fit_results->vcov, 1, scratch, scratch + n, whatif->covariance);
        fill_covariance(council, basis->classical, per_variance(basis), scratch, scratch + n, whatif->spread);
        whatif->leverage_most = basis->leverage_most;
    }
    for (size_t i = 0; i < council->n && !status; i++) {
        council->pages[i].values = council->figures + i * width;
        council->pages[i].covariances = council->pages[i].values + whatif->n_variables;
        council->pages[i].spreads = council->pages[i].covariances + whatif->n_regressors;
        fill_page(council, basis, columns, rows.regressors + i * n, scratch, scratch + n, &council->pages[i]);
    }
    scenario_rows_free(&rows);
    free(scratch);
    return status;
}

behov_status council_whatif_fill(behov_council *council, behov_error *err)
{
    const behov_scenario_choices choices = {.year = council->year, .level = council->choices.profile.level};
    scenario_basis basis = {0};
    size_t *columns = NULL;
    behov_status status = scenario_basis_new(council->fit_results, &choices, &council->ranking.places, &basis, err);
    if (!status && !(columns = calloc(basis.n_columns + 1, sizeof *columns)))
        status = council_no_memory(err);
    if (!status)
        status = list_variables(council, &basis, columns, err);
    if (!status)
        status = list_regressors(council, err);
    if (!status) {
        drop_idle_sliders(council);
        status = fill_pages(council, &basis, columns, err);
        council->whatif.t = find_t(council);
    }
    free(columns);
    scenario_basis_free(&basis);
    return status;
}
