/* specification_stability.c - the same model on other rows: without groups of municipalities, and on the years so far. */
#include "specification_parts.h"

#include <behov/diagnose.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"

/* ---- without groups ---------------------------------------------------------------------------------------------- */

/* Rows where the condition does not hold; a condition without a value leaves its row in. */
static behov_status choose_rows(const specification_rows *rows, const char *condition, const char *origin, bool *is_in,
                                behov_without_group *group, behov_error *err)
{
    behov_expression *expression = NULL;
    double values[BEHOV_EXPRESSION_BLOCK];
    behov_status status = behov_expression_parse(condition, strlen(condition), origin, &expression, err);
    if (!status && !behov_expression_is_condition(expression))
        status = behov_error_say(err, BEHOV_E_SYNTAX, origin, SAY_STUDY_NO_CONDITION, condition);
    if (!status)
        status = behov_expression_bind(expression, rows->fit_results->study->table, err);
    for (size_t first = 0; first < rows->n && !status; first += BEHOV_EXPRESSION_BLOCK) {
        size_t n = rows->n - first < BEHOV_EXPRESSION_BLOCK ? rows->n - first : BEHOV_EXPRESSION_BLOCK;
        uint32_t room[BEHOV_EXPRESSION_BLOCK];
        behov_expression_evaluate(expression, behov_rows_block(rows->rows, first, n, room), n, values);
        for (size_t i = 0; i < n; i++) {
            is_in[first + i] = values[i] != 1;
            group->n_undecided += isnan(values[i]);
        }
    }
    behov_expression_free(expression);
    return status;
}

/* The units with the most inhabitants, in their last year with a figure. */
static behov_status choose_largest(const specification_rows *rows, bool *is_in, behov_without_group *group,
                                   behov_error *err)
{
    enum { LARGEST = sizeof group->units / sizeof *group->units };
    double *populations = behov_missing_numbers(rows->n_units);
    int *years = calloc(rows->n_units + 1, sizeof *years);
    if (!populations || !years) {
        free(populations);
        free(years);
        return specification_no_memory(err);
    }
    for (size_t i = 0; i < rows->n; i++) {
        size_t unit = rows->units[i];
        if (!isnan(populations[unit]) && rows->years[i] <= years[unit])
            continue;
        populations[unit] = rows->population[i];
        years[unit] = rows->years[i];
    }
    for (size_t found = 0; found < LARGEST; found++) {
        size_t largest = rows->n_units;
        for (size_t u = 0; u < rows->n_units; u++)
            if (!isnan(populations[u]) && (largest == rows->n_units || populations[u] > populations[largest]))
                largest = u;
        if (largest == rows->n_units)
            break;
        populations[largest] = NAN;
        group->units[found] = largest;
        for (size_t i = 0; i < rows->n; i++)
            is_in[i] = is_in[i] && rows->units[i] != largest;
    }
    free(populations);
    free(years);
    return BEHOV_OK;
}

static behov_status count_left_out(const specification_rows *rows, const bool *is_in, behov_without_group *group,
                                   behov_error *err)
{
    bool *is_left_out = calloc(rows->n_units + 1, sizeof *is_left_out);
    if (!is_left_out)
        return specification_no_memory(err);
    for (size_t i = 0; i < rows->n; i++) {
        group->n_rows += !is_in[i];
        is_left_out[rows->units[i]] = is_left_out[rows->units[i]] || !is_in[i];
    }
    for (size_t u = 0; u < rows->n_units; u++)
        group->n_units += is_left_out[u];
    free(is_left_out);
    return BEHOV_OK;
}

/* Clusters of some of the rows, numbered anew, for clusters without rows would count. */
static size_t number_clusters(const specification_rows *rows, const bool *is_in, uint32_t *numbers, uint32_t *clusters)
{
    size_t n = 0, n_rows = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (!is_in[i])
            continue;
        uint32_t *number = &numbers[rows->units[i]]; /* 0 = not seen */
        if (!*number)
            *number = (uint32_t)++n;
        clusters[n_rows++] = *number - 1;
    }
    return n;
}

static behov_status errors_without(const specification_rows *rows, const bool *is_in, const behov_least_squares *fit,
                                   double *errors, behov_error *err)
{
    uint32_t *numbers = calloc(rows->n_units + 1, sizeof *numbers), *clusters = calloc(rows->n + 1, sizeof *clusters);
    behov_status status = numbers && clusters ? BEHOV_OK : specification_no_memory(err);
    if (!status) {
        size_t n_clusters = number_clusters(rows, is_in, numbers, clusters);
        status = behov_least_squares_errors(fit, rows->has_municipalities ? clusters : NULL, n_clusters, errors, err);
    }
    free(numbers);
    free(clusters);
    return status;
}

static void find_mover(const specification_rows *rows, const double *own_errors, behov_without_group *group)
{
    const double *coefficients = behov_fit_coefficients(rows->fit_results->fit);
    group->change_in_se = NAN;
    for (size_t k = behov_design_has_intercept(rows->fit_results->design); k < rows->n_regressors; k++) {
        double change = (group->coefficients[k] - coefficients[k]) / own_errors[k];
        if (isfinite(change) && !(fabs(change) <= fabs(group->change_in_se))) {
            group->mover = k;
            group->change_in_se = change;
        }
    }
}

static behov_status refit_without(const specification_rows *rows, const bool *is_in, const double *own_errors,
                                  behov_without_group *group, behov_error *err)
{
    behov_least_squares *fit = NULL;
    double *errors = behov_missing_numbers(rows->n_columns), *needs = behov_missing_numbers(rows->n);
    group->coefficients = behov_missing_numbers(rows->n_regressors);
    group->errors = behov_missing_numbers(rows->n_regressors);
    behov_status status = errors && needs && group->coefficients && group->errors
                              ? specification_fit(rows, rows->columns, rows->outcome, is_in, rows->n_columns, &fit, err)
                              : specification_no_memory(err);
    if (!status)
        status = errors_without(rows, is_in, fit, errors, err);
    for (size_t j = 0; j < rows->n_columns && !status; j++) {
        group->coefficients[rows->regressors[j]] = behov_least_squares_coefficients(fit)[j];
        group->errors[rows->regressors[j]] = errors[j];
    }
    for (size_t i = 0; i < rows->n && !status; i++)
        needs[i] = specification_need(rows->plain + i * rows->n_columns, behov_least_squares_coefficients(fit),
                                      rows->n_columns);
    if (!status) {
        find_mover(rows, own_errors, group);
        status = specification_changes(rows, rows->fitted, needs, &group->changes, err);
    }
    behov_least_squares_free(fit);
    free(errors);
    free(needs);
    return status;
}

static behov_status leave_out_group(const specification_rows *rows, const behov_specification_choices *choices,
                                    const double *own_errors, bool *is_in, behov_without_group *group, behov_error *err)
{
    for (size_t i = 0; i < rows->n; i++)
        is_in[i] = true;
    behov_error inner;
    behov_status status = group->condition ? choose_rows(rows, group->condition, choices->origin, is_in, group, err)
                                           : choose_largest(rows, is_in, group, err);
    if (!status)
        status = count_left_out(rows, is_in, group, err);
    if (status)
        return status;
    if (group->n_rows == 0) {
        group->absence = BEHOV_ABSENT_NO_ROW;
        return BEHOV_OK;
    }
    status = refit_without(rows, is_in, own_errors, group, &inner);
    return specification_absent(status, &inner, &group->absence, &group->why, err);
}

behov_status specification_without(const specification_rows *rows, const behov_specification_choices *choices,
                                   const double *own_errors, behov_specification *specification, behov_error *err)
{
    bool is_named = choices && choices->n_without;
    size_t n = is_named ? choices->n_without : 1;
    bool *is_in = malloc((rows->n + 1) * sizeof *is_in);
    specification->without = calloc(n, sizeof *specification->without);
    behov_status status = is_in && specification->without ? BEHOV_OK : specification_no_memory(err);
    for (size_t g = 0; g < n && !status; g++) {
        behov_without_group *group = &specification->without[specification->n_without++];
        group->condition = is_named ? choices->without[g] : NULL;
        if (!is_named && (!rows->has_municipalities || !rows->has_population))
            group->absence = rows->has_population ? BEHOV_ABSENT_MUNICIPALITY : BEHOV_ABSENT_POPULATION;
        else
            status = leave_out_group(rows, choices, own_errors, is_in, group, err);
    }
    free(is_in);
    return status;
}

/* ---- forward ----------------------------------------------------------------------------------------------------- */

static int compare_years(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

/* Whether a product holds the factor of the year. */
static bool has_products_with_year(const behov_study *study)
{
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++)
        for (size_t i = 0; i < behov_formula_n_components(study->formula, t); i++) {
            behov_component piece = behov_formula_component(study->formula, t, i);
            if (behov_formula_n_components(study->formula, t) > 1 && piece.is_factor &&
                behov_study_is_year(study, piece.name))
                return true;
        }
    return false;
}

/* The year that a column is the dummy of; 0 for another column. */
static int year_of_column(const specification_rows *rows, size_t column)
{
    const behov_study *study = rows->fit_results->study;
    const char *name = behov_design_regressor(rows->fit_results->design, rows->regressors[column]);
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++) {
        behov_component piece = behov_formula_component(study->formula, t, 0);
        size_t length = strlen(piece.name);
        if (piece.is_factor && behov_study_is_year(study, piece.name) && strncmp(name, piece.name, length) == 0 &&
            name[length] == '=')
            return atoi(name + length + 1);
    }
    return 0;
}

/* x'b of a row as if it were of the year before it that the fit ends with. */
static double forward_need(const specification_rows *rows, const int *years_of_columns, size_t i, int last,
                           const double *coefficients)
{
    double sum = 0;
    for (size_t j = 0; j < rows->n_columns; j++) {
        double x = years_of_columns[j] ? years_of_columns[j] == last : rows->plain[i * rows->n_columns + j];
        sum += isnan(coefficients[j]) ? 0 : x * coefficients[j];
    }
    return sum;
}

/* A column other than a year's that the years so far say nothing of, while the next has something in it. */
static bool lacks_column(const specification_rows *rows, const int *years_of_columns, const bool *is_in, int next,
                         const double *coefficients)
{
    for (size_t j = 0; j < rows->n_columns; j++) {
        if (years_of_columns[j] || !isnan(coefficients[j]))
            continue;
        bool is_zero = true;
        for (size_t i = 0; i < rows->n && is_zero; i++)
            is_zero = !is_in[i] || rows->plain[i * rows->n_columns + j] == 0;
        for (size_t i = 0; i < rows->n; i++)
            if (rows->years[i] == next && (!is_zero || rows->plain[i * rows->n_columns + j] != 0))
                return true;
    }
    return false;
}

/* Errors about their weighted mean; the mean. */
static double take_mean_out(const specification_rows *rows, int year, double *errors)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double root = rows->roots ? rows->roots[i] : 1;
        if (rows->years[i] == year && !isnan(errors[i])) {
            sum += root * errors[i];
            weights += root * root;
        }
    }
    double mean = weights > 0 ? sum / weights : NAN;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->years[i] == year)
            errors[i] -= (rows->roots ? rows->roots[i] : 1) * mean;
    return mean;
}

/* Room for one year at a time, and what all years have in common. */
typedef struct forward_work {
    bool *is_in, *is_next;
    int *years_of_columns;
    double *errors, *net, *own, *left_out; /* weighted; NaN for rows of no predicted year, but for left_out */
} forward_work;

static void measure_forward(const specification_rows *rows, const forward_work *work, const bool *is_in,
                            behov_forward_year *out)
{
    for (size_t i = 0; i < rows->n; i++)
        out->n_rows += (!is_in || is_in[i]) && !isnan(work->errors[i]);
    out->rmse = specification_rms(rows, work->errors, is_in);
    out->net_rmse = specification_rms(rows, work->net, is_in);
    out->in_sample_rmse = specification_rms(rows, work->own, is_in);
    out->left_out_rmse = specification_rms(rows, work->left_out, is_in);
}

static behov_status predict_next(const specification_rows *rows, int last, int next, forward_work *work,
                                 behov_forward_year *out, behov_error *err)
{
    behov_least_squares *fit = NULL;
    behov_error inner;
    *out = (behov_forward_year){
        .year = next, .rmse = NAN, .mean_error = NAN, .net_rmse = NAN, .left_out_rmse = NAN, .in_sample_rmse = NAN};
    for (size_t i = 0; i < rows->n; i++) {
        work->is_in[i] = rows->years[i] <= last;
        work->is_next[i] = rows->years[i] == next;
    }
    behov_status status =
        specification_fit(rows, rows->columns, rows->outcome, work->is_in, rows->n_columns, &fit, &inner);
    if (status == BEHOV_E_MEMORY)
        *err = inner;
    if (status) /* too few rows so far: this year is not measured */
        return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
    const double *coefficients = behov_least_squares_coefficients(fit);
    if (!lacks_column(rows, work->years_of_columns, work->is_in, next, coefficients)) {
        for (size_t i = 0; i < rows->n; i++) {
            double root = rows->roots ? rows->roots[i] : 1;
            if (!work->is_next[i])
                continue;
            work->errors[i] =
                root * (rows->actual[i] - forward_need(rows, work->years_of_columns, i, last, coefficients));
            work->net[i] = work->errors[i];
            work->own[i] = root * rows->residuals[i];
        }
        out->is_there = true;
        out->mean_error = take_mean_out(rows, next, work->net);
        measure_forward(rows, work, work->is_next, out);
    }
    behov_least_squares_free(fit);
    return BEHOV_OK;
}

/* What `behov diagnose` says of rows whose year, or municipality, is left out. */
static behov_status left_out_rmse(const specification_rows *rows, const char *key, double *rmse, behov_error *err)
{
    behov_clusters *clusters = NULL;
    behov_cluster_diagnosis *diagnosis = NULL;
    *rmse = NAN;
    if (!key)
        return BEHOV_OK;
    behov_status status = behov_clusters_new(rows->fit_results->study->table, key, rows->rows, rows->n, &clusters, err);
    if (!status && behov_clusters_count(clusters) > 1)
        status =
            behov_cluster_diagnosis_new(rows->fit_results->fit, rows->fit_results->design, clusters, &diagnosis, err);
    if (!status && diagnosis)
        *rmse = behov_cluster_diagnosis_left_out(diagnosis).rmse;
    behov_cluster_diagnosis_free(diagnosis);
    behov_clusters_free(clusters);
    return status;
}

static behov_status forward_years(const specification_rows *rows, forward_work *work, behov_forward_check *check,
                                  behov_error *err)
{
    int *years = malloc((rows->n + 1) * sizeof *years);
    size_t n_years = 0;
    if (!years)
        return specification_no_memory(err);
    memcpy(years, rows->years, rows->n * sizeof *years);
    qsort(years, rows->n, sizeof *years, compare_years);
    for (size_t i = 0; i < rows->n; i++)
        if (i == 0 || years[i] != years[i - 1])
            years[n_years++] = years[i];
    check->years = calloc(n_years, sizeof *check->years);
    behov_status status = check->years ? BEHOV_OK : specification_no_memory(err);
    for (size_t t = 0; t + 1 < n_years && !status; t++)
        status = predict_next(rows, years[t], years[t + 1], work, &check->years[check->n_years++], err);
    free(years);
    return status;
}

behov_status specification_forward(const specification_rows *rows, const char *key, behov_forward_check *check,
                                   behov_error *err)
{
    *check = (behov_forward_check){0};
    if (!rows->has_years || has_products_with_year(rows->fit_results->study)) {
        check->absence = rows->has_years ? BEHOV_ABSENT_YEAR_PRODUCTS : BEHOV_ABSENT_YEARS;
        return BEHOV_OK;
    }
    forward_work work = {.is_in = calloc(rows->n, sizeof *work.is_in),
                         .is_next = calloc(rows->n, sizeof *work.is_next),
                         .years_of_columns = calloc(rows->n_columns + 1, sizeof *work.years_of_columns),
                         .errors = behov_missing_numbers(rows->n),
                         .net = behov_missing_numbers(rows->n),
                         .own = behov_missing_numbers(rows->n),
                         .left_out = behov_missing_numbers(rows->n)};
    behov_status status =
        work.is_in && work.is_next && work.years_of_columns && work.errors && work.net && work.own && work.left_out
            ? BEHOV_OK
            : specification_no_memory(err);
    for (size_t j = 0; j < rows->n_columns && !status; j++)
        work.years_of_columns[j] = year_of_column(rows, j);
    if (!status)
        status = behov_least_squares_left_out(rows->fit, rows->units, rows->n_units, work.left_out, NULL, err);
    if (!status)
        status = forward_years(rows, &work, check, err);
    if (!status) {
        for (size_t i = 0; i < rows->n; i++) /* those of years that are not predicted take no part in the mean of all */
            work.left_out[i] = isnan(work.errors[i]) ? NAN : work.left_out[i];
        check->all.mean_error = NAN;
        measure_forward(rows, &work, NULL, &check->all);
        check->all.is_there = check->all.n_rows > 0;
        status = left_out_rmse(rows, behov_role_name(BEHOV_ROLE_YEAR), &check->left_out_year, err);
    }
    if (!status)
        status = left_out_rmse(rows, key, &check->left_out_municipality, err);
    free(work.is_in);
    free(work.is_next);
    free(work.years_of_columns);
    free(work.errors);
    free(work.net);
    free(work.own);
    free(work.left_out);
    return status;
}
