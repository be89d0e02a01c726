/* specification_county.c - what municipalities of one county have in common beyond the model, and what errors are when
 * that is allowed for. */
#include "specification_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "missing_numbers.h"

enum { COUNTIES = 100 };

/* The number that the first two digits of a code make; -1 when they are no digits. */
static int county_of(const char *code)
{
    bool is_code = strlen(code) >= 4 && isdigit((unsigned char)code[0]) && isdigit((unsigned char)code[1]);
    return is_code ? 10 * (code[0] - '0') + (code[1] - '0') : -1;
}

/* County of each row, 0 .. n_counties - 1; 0 counties when a row has none. */
static size_t number_counties(const specification_rows *rows, uint32_t *counties)
{
    const behov_panel *panel = &rows->fit_results->study->panel;
    bool is_there[COUNTIES] = {false};
    uint32_t numbers[COUNTIES] = {0};
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        int county = county_of(behov_panel_code(panel, behov_row_at(rows->rows, i)));
        if (county < 0)
            return 0;
        is_there[county] = true;
        counties[i] = (uint32_t)county;
    }
    for (size_t c = 0; c < COUNTIES; c++)
        numbers[c] = is_there[c] ? (uint32_t)n++ : 0;
    for (size_t i = 0; i < rows->n; i++)
        counties[i] = numbers[counties[i]];
    return n;
}

static behov_status test_means(const specification_rows *rows, const uint32_t *counties, behov_county_check *check,
                               behov_error *err)
{
    double *means = calloc(rows->n_units + 1, sizeof *means), *counts = calloc(rows->n_units + 1, sizeof *counts);
    uint32_t *county_of_unit = calloc(rows->n_units + 1, sizeof *county_of_unit);
    behov_status status = means && counts && county_of_unit ? BEHOV_OK : specification_no_memory(err);
    for (size_t i = 0; i < rows->n && !status; i++) {
        size_t unit = rows->units[i];
        county_of_unit[unit] = counties[i];
        means[unit] += (rows->residuals[i] - means[unit]) / ++counts[unit];
    }
    if (!status)
        status = behov_anova_test(means, county_of_unit, rows->n_units, check->n_counties, &check->means, err);
    free(means);
    free(counts);
    free(county_of_unit);
    return status;
}

/* Standard errors of the columns, put where their regressors are. */
static void spread_out(const specification_rows *rows, const double *of_columns, double *of_regressors)
{
    for (size_t j = 0; j < rows->n_columns; j++)
        of_regressors[rows->regressors[j]] = of_columns[j];
}

static behov_status compute_errors(const specification_rows *rows, const uint32_t *counties, behov_county_check *check,
                                   behov_error *err)
{
    double *errors = behov_missing_numbers(rows->n_columns);
    check->by_municipality = behov_missing_numbers(rows->n_regressors);
    check->by_county = behov_missing_numbers(rows->n_regressors);
    check->by_county_cv3 = behov_missing_numbers(rows->n_regressors);
    behov_status status = errors && check->by_municipality && check->by_county && check->by_county_cv3
                              ? behov_least_squares_errors(rows->fit, rows->units, rows->n_units, errors, err)
                              : specification_no_memory(err);
    if (!status) {
        spread_out(rows, errors, check->by_municipality);
        status = behov_least_squares_errors(rows->fit, counties, check->n_counties, errors, err);
    }
    if (!status) {
        spread_out(rows, errors, check->by_county);
        status = behov_least_squares_jackknife(rows->fit, counties, check->n_counties, errors, err);
    }
    if (!status)
        spread_out(rows, errors, check->by_county_cv3);
    free(errors);
    return status;
}

static void count_lost(const specification_rows *rows, behov_county_check *check)
{
    const double *coefficients = behov_fit_coefficients(rows->fit_results->fit);
    size_t first = behov_design_has_intercept(rows->fit_results->design);
    for (size_t k = 0; k < rows->n_regressors; k++)
        check->has_cv3 = check->has_cv3 || !isnan(check->by_county_cv3[k]);
    for (size_t k = first; k < rows->n_regressors; k++) {
        double own = behov_t_p(coefficients[k] / check->by_municipality[k], (double)rows->n_units - 1),
               other = behov_t_p(coefficients[k] / check->by_county_cv3[k], (double)check->n_counties - 1);
        check->n_lost += own < 0.05 && other >= 0.05;
    }
}

behov_status specification_county(const specification_rows *rows, behov_county_check *check, behov_error *err)
{
    *check = (behov_county_check){0};
    uint32_t *counties = calloc(rows->n + 1, sizeof *counties);
    if (!counties)
        return specification_no_memory(err);
    behov_status status = BEHOV_OK;
    check->n_counties = number_counties(rows, counties);
    if (!rows->has_municipalities) {
        check->absence = BEHOV_ABSENT_MUNICIPALITY;
    } else if (check->n_counties < 2) {
        check->absence = BEHOV_ABSENT_COUNTY;
    } else {
        status = test_means(rows, counties, check, err);
        if (!status)
            status = compute_errors(rows, counties, check, err);
        if (!status)
            count_lost(rows, check);
    }
    free(counties);
    return status;
}
