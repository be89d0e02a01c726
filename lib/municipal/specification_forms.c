/* specification_forms.c - the same model in another form: the outcome in logs, population in logs. */
#include "specification_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"

/* Leaving each municipality out of the smearing costs rows times municipalities. */
static const double MOST_PAIRS = 3e7; /* about half a second */

/* Errors of left-out rows of the model as it is, in the outcome's unit times the root of the weight. */
static behov_status left_out_of_own(const specification_rows *rows, double *errors, behov_error *err)
{
    return behov_least_squares_left_out(rows->fit, rows->units, rows->n_units, errors, NULL, err);
}

static void measure(const specification_rows *rows, const double *errors, const bool *is_in, size_t form,
                    behov_form_check *check)
{
    check->left_out_rmse[form] = specification_rms(rows, errors, is_in);
    check->left_out_mae[form] = specification_mae(rows, errors, is_in);
}

/* ---- logs -------------------------------------------------------------------------------------------------------- */

/* A fit of the logs, on rows of their own. */
typedef struct log_rows {
    size_t n, *positions; /* among the rows */
    uint32_t *units;
    behov_least_squares *fit;
    double *errors, *steps; /* left out */
} log_rows;

static void log_rows_free(log_rows *logs)
{
    free(logs->positions);
    free(logs->units);
    free(logs->errors);
    free(logs->steps);
    behov_least_squares_free(logs->fit);
}

static double root_of(const specification_rows *rows, size_t i)
{
    return rows->roots ? rows->roots[i] : 1;
}

static behov_status fit_logs(const specification_rows *rows, const bool *is_in, log_rows *logs, behov_error *err)
{
    double *outcomes = behov_missing_numbers(rows->n);
    logs->positions = malloc((rows->n + 1) * sizeof *logs->positions);
    logs->units = malloc((rows->n + 1) * sizeof *logs->units);
    behov_status status = outcomes && logs->positions && logs->units ? BEHOV_OK : specification_no_memory(err);
    for (size_t i = 0; i < rows->n && !status; i++) {
        if (!is_in[i])
            continue;
        outcomes[i] = root_of(rows, i) * log(rows->actual[i]);
        logs->units[logs->n] = rows->units[i];
        logs->positions[logs->n++] = i;
    }
    if (!status)
        status = specification_fit(rows, rows->columns, outcomes, is_in, rows->n_columns, &logs->fit, err);
    free(outcomes);
    return status;
}

/* Duan's factor: the mean of exp(e), weighted. */
static double smearing_of(const specification_rows *rows, const log_rows *logs)
{
    const double *residuals = behov_least_squares_residuals(logs->fit);
    double sum = 0, weights = 0;
    for (size_t i = 0; i < logs->n; i++) {
        double root = root_of(rows, logs->positions[i]);
        sum += root * root * exp(residuals[i] / root);
        weights += root * root;
    }
    return sum / weights;
}

/* The factor of the fit without a unit, whose step its errors moved by: those of the other rows. */
static double smearing_without(const specification_rows *rows, const log_rows *logs, uint32_t unit)
{
    size_t rank = behov_least_squares_rank(logs->fit);
    const double *residuals = behov_least_squares_residuals(logs->fit), *step = logs->steps + unit * rank;
    double sum = 0, weights = 0;
    for (size_t i = 0; i < logs->n; i++) {
        const double *q = behov_least_squares_orthonormal(logs->fit) + i * rank;
        double root = root_of(rows, logs->positions[i]), error = residuals[i];
        if (logs->units[i] == unit)
            continue;
        for (size_t p = 0; p < rank; p++)
            error += q[p] * step[p];
        sum += root * root * exp(error / root);
        weights += root * root;
    }
    return sum / weights;
}

/* Errors of left-out rows in the outcome's unit, weighted; the rest is NaN. */
static behov_status left_out_of_logs(const specification_rows *rows, log_rows *logs, double *errors, behov_error *err)
{
    size_t rank = behov_least_squares_rank(logs->fit);
    if ((double)logs->n * (double)rows->n_units > MOST_PAIRS)
        return BEHOV_OK;
    double *factors = behov_missing_numbers(rows->n_units);
    logs->errors = behov_missing_numbers(logs->n);
    logs->steps = calloc(rows->n_units * rank + 1, sizeof *logs->steps);
    behov_status status =
        factors && logs->errors && logs->steps
            ? behov_least_squares_left_out(logs->fit, logs->units, rows->n_units, logs->errors, logs->steps, err)
            : specification_no_memory(err);
    for (size_t i = 0; i < logs->n && !status; i++) {
        size_t position = logs->positions[i];
        double root = root_of(rows, position), *factor = &factors[logs->units[i]];
        if (isnan(*factor))
            *factor = smearing_without(rows, logs, logs->units[i]);
        double need = *factor * exp(log(rows->actual[position]) - logs->errors[i] / root);
        errors[position] = root * (rows->actual[position] - need);
    }
    free(factors);
    return status;
}

static behov_status compare_logs(const specification_rows *rows, const bool *is_in, log_rows *logs,
                                 behov_form_check *check, behov_error *err)
{
    const double *coefficients = behov_least_squares_coefficients(logs->fit);
    double *needs = behov_missing_numbers(rows->n), *errors = behov_missing_numbers(rows->n),
           *own = behov_missing_numbers(rows->n);
    behov_status status = needs && errors && own ? BEHOV_OK : specification_no_memory(err);
    check->smearing = smearing_of(rows, logs);
    for (size_t i = 0; i < rows->n && !status; i++) {
        needs[i] =
            check->smearing * exp(specification_need(rows->plain + i * rows->n_columns, coefficients, rows->n_columns));
        own[i] = root_of(rows, i) * rows->residuals[i];
        errors[i] = root_of(rows, i) * (rows->actual[i] - needs[i]);
    }
    if (!status) {
        check->rmse[0] = specification_rms(rows, own, is_in);
        check->rmse[1] = specification_rms(rows, errors, is_in);
        status = specification_changes(rows, rows->fitted, needs, &check->changes, err);
    }
    if (!status)
        status = left_out_of_own(rows, own, err);
    for (size_t i = 0; i < rows->n && !status; i++)
        errors[i] = NAN;
    if (!status)
        status = left_out_of_logs(rows, logs, errors, err);
    if (!status) {
        measure(rows, own, is_in, 0, check);
        measure(rows, errors, is_in, 1, check);
    }
    free(needs);
    free(errors);
    free(own);
    return status;
}

behov_status specification_logs(const specification_rows *rows, behov_form_check *check, behov_error *err)
{
    *check = (behov_form_check){.adj_r2 = {NAN, NAN}};
    if (behov_study_is_transformed(rows->fit_results->study)) {
        check->absence = BEHOV_ABSENT_TRANSFORMED;
        return BEHOV_OK;
    }
    bool *is_in = calloc(rows->n + 1, sizeof *is_in);
    log_rows logs = {0};
    if (!is_in)
        return specification_no_memory(err);
    for (size_t i = 0; i < rows->n; i++) {
        is_in[i] = rows->actual[i] > 0;
        check->n_rows += is_in[i];
    }
    check->n_left_out = rows->n - check->n_rows;
    behov_error inner;
    behov_status status = fit_logs(rows, is_in, &logs, &inner);
    if (!status)
        status = compare_logs(rows, is_in, &logs, check, &inner);
    if (status == BEHOV_E_TOO_FEW) {
        check->absence = BEHOV_ABSENT_POSITIVE;
        status = BEHOV_OK;
    }
    status = specification_absent(status, &inner, &check->absence, &check->why, err);
    log_rows_free(&logs);
    free(is_in);
    return status;
}

/* ---- population -------------------------------------------------------------------------------------------------- */

/* Whether a term is population alone, in whatever form. */
static bool is_population(const behov_study *study, size_t t)
{
    behov_component piece = behov_formula_component(study->formula, t, 0);
    return behov_formula_n_components(study->formula, t) == 1 && !piece.is_factor &&
           behov_expression_n_columns(piece.expression) == 1 && !behov_expression_is_condition(piece.expression) &&
           behov_table_find(study->table, behov_expression_column(piece.expression, 0)) ==
               study->panel.columns[BEHOV_ROLE_POPULATION];
}

/* Marks the columns that are terms of population alone; *is_log: the only one is the logarithm. */
static size_t find_population_columns(const specification_rows *rows, bool *is_found, size_t *first, bool *is_log)
{
    const behov_study *study = rows->fit_results->study;
    size_t n_found = 0;
    *is_log = false;
    for (size_t t = 0; t < behov_formula_n_terms(study->formula); t++) {
        if (!is_population(study, t))
            continue;
        const char *name = behov_formula_component(study->formula, t, 0).name;
        for (size_t j = 0; j < rows->n_columns; j++) {
            if (strcmp(behov_design_regressor(rows->fit_results->design, rows->regressors[j]), name) != 0)
                continue;
            is_found[j] = true;
            *first = n_found ? *first : rows->regressors[j];
            *is_log = n_found++ == 0 && strncmp(name, "log(", 4) == 0;
        }
    }
    return n_found;
}

/* The columns without those of population, and one in their place as the last. */
static void replace_columns(const specification_rows *rows, const bool *is_found, size_t width, bool is_log,
                            double *plain, double *columns)
{
    for (size_t i = 0; i < rows->n; i++) {
        double population = rows->population[i];
        size_t position = i * width;
        for (size_t j = 0; j < rows->n_columns; j++)
            if (!is_found[j])
                plain[position++] = rows->plain[i * rows->n_columns + j];
        plain[position] = is_log ? pow(population, 1.2) : log(population);
        for (size_t j = i * width; j < (i + 1) * width; j++)
            columns[j] = root_of(rows, i) * plain[j];
    }
}

static behov_status compare_forms(const specification_rows *rows, const behov_least_squares *fit, const double *plain,
                                  size_t width, behov_form_check *check, behov_error *err)
{
    const behov_fit *own = rows->fit_results->fit;
    double n = (double)rows->n, *needs = behov_missing_numbers(rows->n), *errors = behov_missing_numbers(rows->n);
    behov_status status = needs && errors ? BEHOV_OK : specification_no_memory(err);
    check->n_rows = rows->n;
    check->rmse[0] = behov_fit_rmse(own);
    check->rmse[1] = behov_least_squares_rmse(fit);
    check->adj_r2[0] = behov_fit_adj_r2(own);
    check->adj_r2[1] = 1 - behov_least_squares_rss(fit) / behov_fit_tss(own) *
                               (n - (behov_fit_is_from_zero(own) ? 0 : 1)) /
                               (n - (double)behov_least_squares_rank(fit));
    for (size_t i = 0; i < rows->n && !status; i++)
        needs[i] = specification_need(plain + i * width, behov_least_squares_coefficients(fit), width);
    if (!status)
        status = specification_changes(rows, rows->fitted, needs, &check->changes, err);
    if (!status && !(status = left_out_of_own(rows, errors, err)))
        measure(rows, errors, NULL, 0, check);
    if (!status && !(status = behov_least_squares_left_out(fit, rows->units, rows->n_units, errors, NULL, err)))
        measure(rows, errors, NULL, 1, check);
    free(needs);
    free(errors);
    return status;
}

static behov_status refit_population(const specification_rows *rows, const bool *is_found, bool is_log,
                                     behov_population_check *check, behov_error *err)
{
    size_t width = rows->n_columns - check->n_terms + 1;
    double *plain = malloc(rows->n * width * sizeof *plain), *columns = malloc(rows->n * width * sizeof *columns);
    behov_least_squares *fit = NULL;
    behov_status status = plain && columns ? BEHOV_OK : specification_no_memory(err);
    if (!status) {
        replace_columns(rows, is_found, width, is_log, plain, columns);
        status = behov_least_squares_new(columns, rows->outcome, rows->n, width, &fit, err);
    }
    if (!status)
        status = compare_forms(rows, fit, plain, width, &check->form, err);
    behov_least_squares_free(fit);
    free(plain);
    free(columns);
    return status;
}

behov_status specification_population(const specification_rows *rows, behov_population_check *check, behov_error *err)
{
    *check = (behov_population_check){.form = {.smearing = NAN}};
    bool *is_found = calloc(rows->n_columns + 1, sizeof *is_found), is_log;
    if (!is_found)
        return specification_no_memory(err);
    behov_status status = BEHOV_OK;
    if (rows->has_population)
        check->n_terms = find_population_columns(rows, is_found, &check->first_regressor, &is_log);
    if (!rows->has_population) {
        check->form.absence = BEHOV_ABSENT_POPULATION;
    } else if (check->n_terms == 0) {
        check->form.absence = BEHOV_ABSENT_POPULATION_TERM;
    } else {
        behov_error inner;
        check->new_term = is_log ? "population^1.2" : "log(population)";
        status = specification_absent(refit_population(rows, is_found, is_log, check, &inner), &inner,
                                      &check->form.absence, &check->form.why, err);
    }
    free(is_found);
    return status;
}
