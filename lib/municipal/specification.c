/* specification.c - all checks of a fit, several at once by threads; those of a single step stand here. */
#include "specification_parts.h"

#include <behov/holm.h>
#include <behov/parallel.h>
#include <behov/reset.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"

void behov_specification_free(behov_specification *specification)
{
    for (size_t g = 0; g < specification->n_without; g++) {
        free(specification->without[g].coefficients);
        free(specification->without[g].errors);
    }
    free(specification->without);
    free(specification->county.by_municipality);
    free(specification->county.by_county);
    free(specification->county.by_county_cv3);
    free(specification->lags.lags);
    free(specification->forward.years);
    free(specification->equality.adjusted);
    behov_by_year_free(&specification->equality.by_year);
    free(specification->first_rows);
    free(specification->errors);
    *specification = (behov_specification){0};
}

static double root_of(const specification_rows *rows, size_t i)
{
    return rows->roots ? rows->roots[i] : 1;
}

/* ---- spread ------------------------------------------------------------------------------------------------------ */

static behov_status test_spread(const specification_rows *rows, int kind, behov_spread_test *out, behov_error *err)
{
    *out = (behov_spread_test){0};
    if (kind != BEHOV_SPREAD_BY_REGRESSORS && !rows->has_population) {
        out->absence = BEHOV_ABSENT_POPULATION;
        return BEHOV_OK;
    }
    double *residuals = malloc(rows->n * sizeof *residuals), *sizes = malloc(rows->n * sizeof *sizes);
    behov_error inner;
    behov_status status = residuals && sizes ? BEHOV_OK : specification_no_memory(&inner);
    for (size_t i = 0; i < rows->n && !status; i++) {
        /* by size the residuals as they are, for that is what a ratio is read by */
        residuals[i] = (kind == BEHOV_SPREAD_BY_REGRESSORS ? root_of(rows, i) : 1) * rows->residuals[i];
        sizes[i] = kind == BEHOV_SPREAD_BY_LOG_POPULATION ? log(rows->population[i]) : 1 / rows->population[i];
    }
    if (!status && kind == BEHOV_SPREAD_BY_REGRESSORS)
        status = behov_breusch_pagan_test(residuals, rows->plain, rows->n, rows->n_columns, &out->test, &inner);
    else if (!status)
        status = behov_breusch_pagan_test(residuals, sizes, rows->n, 1, &out->test, &inner);
    free(residuals);
    free(sizes);
    return specification_absent(status, &inner, &out->absence, &out->why, err);
}

static size_t size_class_of(double population)
{
    size_t size_class = 0;
    while (size_class + 1 < BEHOV_SIZE_CLASSES && population >= behov_size_class_limits[size_class])
        size_class++;
    return size_class;
}

/* Standard deviation about the mean of the rows of a class, BEHOV_SIZE_CLASSES = all. */
static behov_status spread_of_class(const specification_rows *rows, size_t size_class, behov_size_spread *out,
                                    behov_error *err)
{
    bool *is_seen = calloc(rows->n_units + 1, sizeof *is_seen);
    double mean = 0, squares = 0;
    if (!is_seen)
        return specification_no_memory(err);
    *out = (behov_size_spread){0};
    for (size_t i = 0; i < rows->n; i++) {
        if (size_class < BEHOV_SIZE_CLASSES && size_class_of(rows->population[i]) != size_class)
            continue;
        double deviation = rows->residuals[i] - mean;
        mean += deviation / (double)++out->n_rows;
        squares += deviation * (rows->residuals[i] - mean);
        out->n_municipalities += !is_seen[rows->units[i]];
        is_seen[rows->units[i]] = true;
    }
    free(is_seen);
    out->mean = out->n_rows > 1 ? mean : NAN;
    out->sd = out->n_rows > 1 ? sqrt(squares / (double)(out->n_rows - 1)) : NAN;
    return BEHOV_OK;
}

static behov_status spread_by_size(const specification_rows *rows, behov_spread_by_size *out, behov_error *err)
{
    *out = (behov_spread_by_size){.absence = rows->has_population ? BEHOV_NOT_ABSENT : BEHOV_ABSENT_POPULATION};
    behov_status status = BEHOV_OK;
    for (size_t size_class = 0; size_class < BEHOV_SIZE_CLASSES && !status && !out->absence; size_class++)
        status = spread_of_class(rows, size_class, &out->classes[size_class], err);
    return status ? status : spread_of_class(rows, BEHOV_SIZE_CLASSES, &out->all, err);
}

/* ---- form, years ------------------------------------------------------------------------------------------------- */

static behov_status check_reset(const specification_rows *rows, behov_reset_check *out, behov_error *err)
{
    behov_error inner;
    *out = (behov_reset_check){0};
    behov_status status = behov_reset_test(rows->columns, rows->outcome, rows->fitted, rows->roots, rows->n,
                                           rows->n_columns, !behov_fit_is_from_zero(rows->fit_results->fit),
                                           specification_clusters(rows), rows->n_units, &out->test, &inner);
    if (!status && out->test.n_tested == 0)
        out->absence = BEHOV_ABSENT_DUMMIES;
    return specification_absent(status, &inner, &out->absence, &out->why, err);
}

static behov_status check_lags(const specification_rows *rows, behov_lag_check *out, behov_error *err)
{
    enum { MOST_LAGS = 10 };
    int first = rows->years[0], last = rows->years[0];
    for (size_t i = 0; i < rows->n; i++) {
        first = rows->years[i] < first ? rows->years[i] : first;
        last = rows->years[i] > last ? rows->years[i] : last;
    }
    *out = (behov_lag_check){.n_lags = (size_t)(last - first)};
    if (!rows->has_municipalities || !rows->has_years) {
        out->absence = rows->has_years ? BEHOV_ABSENT_MUNICIPALITY : BEHOV_ABSENT_YEARS;
        return BEHOV_OK;
    }
    out->n_lags = out->n_lags < MOST_LAGS ? out->n_lags : MOST_LAGS;
    out->lags = calloc(out->n_lags, sizeof *out->lags);
    return out->lags
               ? behov_autocorrelation(rows->units, rows->years, rows->residuals, rows->n, out->n_lags, out->lags, err)
               : specification_no_memory(err);
}

static behov_status adjust(behov_equality_check *out, behov_error *err)
{
    size_t n = out->by_year.n_terms;
    double *p = behov_missing_numbers(n);
    out->adjusted = behov_missing_numbers(n);
    behov_status status = p && out->adjusted ? BEHOV_OK : specification_no_memory(err);
    for (size_t i = 0; i < n && !status; i++)
        p[i] = out->by_year.terms[i].wald.p;
    if (!status)
        status = behov_holm(p, n, out->adjusted, err);
    for (size_t i = 0; i < n && !status; i++)
        out->n_equal_rejected += out->adjusted[i] < 0.05;
    free(p);
    return status;
}

/* Clusters hold a municipality's years together, whatever the fit's own are. */
static behov_status check_equality(const specification_rows *rows, const char *key, behov_equality_check *out,
                                   behov_error *err)
{
    const behov_fit_results *fit_results = rows->fit_results;
    behov_fit_choices choices = {.cluster = key,
                                 .kind = key ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL,
                                 .level = 0.95,
                                 .floor = fit_results->floor,
                                 .drop_collinear =
                                     behov_fit_rank(fit_results->fit) < behov_fit_n_regressors(fit_results->fit)};
    behov_error inner;
    *out = (behov_equality_check){0};
    if (!rows->has_years) {
        out->absence = BEHOV_ABSENT_YEARS;
        return BEHOV_OK;
    }
    behov_status status = behov_by_year_compute(fit_results->study, &choices, fit_results, &out->by_year, &inner);
    status = specification_absent(status, &inner, &out->absence, &out->why, err);
    return status || out->absence ? status : adjust(out, err);
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

static behov_status own_errors(const specification_rows *rows, behov_specification *out, behov_error *err)
{
    double *errors = behov_missing_numbers(rows->n_columns);
    out->errors = behov_missing_numbers(rows->n_regressors);
    behov_status status = errors && out->errors ? behov_least_squares_errors(rows->fit, specification_clusters(rows),
                                                                             rows->n_units, errors, err)
                                                : specification_no_memory(err);
    for (size_t j = 0; j < rows->n_columns && !status; j++)
        out->errors[rows->regressors[j]] = errors[j];
    free(errors);
    return status;
}

/* Longest first, so that the last ones fill what is left of the threads' time. */
enum {
    CHECK_LOGS,
    CHECK_EQUALITY,
    CHECK_FORWARD,
    CHECK_POPULATION,
    CHECK_SPREAD,
    CHECK_RESET,
    CHECK_WITHOUT,
    CHECK_COUNTY,
    CHECK_LAGS,
    N_CHECKS
};

/* Each check writes its own part of the specification. */
typedef struct checks {
    const specification_rows *rows;
    const behov_specification_choices *choices;
    behov_specification *specification;
    behov_status statuses[N_CHECKS];
    behov_error errors[N_CHECKS];
} checks;

static behov_status check_spread(const specification_rows *rows, behov_specification *out, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_SPREAD_TESTS && !status; kind++)
        status = test_spread(rows, kind, &out->spread_tests[kind], err);
    return status ? status : spread_by_size(rows, &out->spread, err);
}

static behov_status check(const checks *checks, size_t number, behov_error *err)
{
    const specification_rows *rows = checks->rows;
    behov_specification *out = checks->specification;
    switch (number) {
    case CHECK_LOGS: return specification_logs(rows, &out->logs, err);
    case CHECK_EQUALITY: return check_equality(rows, out->cluster, &out->equality, err);
    case CHECK_FORWARD: return specification_forward(rows, out->cluster, &out->forward, err);
    case CHECK_POPULATION: return specification_population(rows, &out->population, err);
    case CHECK_SPREAD: return check_spread(rows, out, err);
    case CHECK_RESET: return check_reset(rows, &out->reset, err);
    case CHECK_WITHOUT: return specification_without(rows, checks->choices, out->errors, out, err);
    case CHECK_COUNTY: return specification_county(rows, &out->county, err);
    default: return check_lags(rows, &out->lags, err);
    }
}

static void run_check(void *context, size_t number)
{
    checks *checks = context;
    checks->statuses[number] = check(checks, number, &checks->errors[number]);
}

/* Of many rows one check after the other, so that no two have copies of the rows at the same time. */
static behov_status compute(const specification_rows *rows, const behov_specification_choices *choices,
                            behov_specification *out, behov_error *err)
{
    checks checks = {.rows = rows, .choices = choices, .specification = out};
    behov_status status = own_errors(rows, out, err);
    if (!status)
        behov_parallel(behov_parts(rows->n) > 1 ? 1 : rows->fit_results->study->n_threads, N_CHECKS, run_check,
                       &checks);
    for (size_t i = 0; i < N_CHECKS && !status; i++) {
        status = checks.statuses[i];
        if (status && err)
            *err = checks.errors[i];
    }
    return status;
}

const char *behov_specification_key(const behov_study *study)
{
    const behov_panel *panel = &study->panel;
    return panel->columns[BEHOV_ROLE_CODE] >= 0           ? behov_role_name(BEHOV_ROLE_CODE)
           : panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0 ? behov_role_name(BEHOV_ROLE_MUNICIPALITY)
                                                          : NULL;
}

/* A row stands for its copies there, which are none of the units of the checks. */
static behov_status refuse_frequencies(behov_specification *out, behov_error *err)
{
    for (int kind = 0; kind < BEHOV_SPREAD_TESTS; kind++)
        out->spread_tests[kind].absence = BEHOV_ABSENT_FREQUENCIES;
    out->spread.absence = out->reset.absence = out->logs.absence = out->population.form.absence = out->county.absence =
        out->lags.absence = out->forward.absence = out->equality.absence = BEHOV_ABSENT_FREQUENCIES;
    out->without = calloc(1, sizeof *out->without);
    if (!out->without)
        return specification_no_memory(err);
    out->n_without = 1;
    out->without[0].absence = BEHOV_ABSENT_FREQUENCIES;
    return BEHOV_OK;
}

behov_status behov_specification_compute(const behov_fit_results *fit_results,
                                         const behov_specification_choices *choices, behov_specification *specification,
                                         behov_error *err)
{
    const behov_study *study = fit_results->study;
    specification_rows rows = {0};
    *specification = (behov_specification){.fit_results = fit_results, .cluster = behov_specification_key(study)};
    behov_status status = behov_estimation_has_residuals(study, fit_results->fit, err);
    if (status)
        return status;
    specification->n_rows = behov_fit_n_rows(fit_results->fit);
    if (study->weights && study->weight_kind == BEHOV_WEIGHT_FREQUENCY)
        return refuse_frequencies(specification, err);
    status = specification_rows_new(fit_results, specification->cluster, &rows, &specification->first_rows, err);
    if (!status) {
        specification->n_units = rows.n_units;
        specification->n_clusters = rows.has_municipalities ? rows.n_units : 0;
        status = compute(&rows, choices, specification, err);
    }
    specification_rows_free(&rows);
    return status;
}
