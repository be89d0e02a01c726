/* test_least_squares.c - least squares in memory: exact fractions, columns that follow from others, groups, what is left
 * out against real refits, the tests that stand on it, and no memory. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include <behov/anova.h>
#include <behov/autocorrelation.h>
#include <behov/heteroskedasticity.h>
#include <behov/holm.h>
#include <behov/least_squares.h>
#include <behov/reset.h>
#include "digits.h"
#include "failing_malloc.h"

static behov_error err;

/* y on a constant and x = 0, 1, 2, 3: b = (3/10, 6/5), residuals (-3, 5, -1, -1) / 10 ... by hand below. */
enum { N = 4, WIDTH = 2 };
static const double columns[N * WIDTH] = {1, 0, 1, 1, 1, 2, 1, 3};
static const double outcome[N] = {0, 2, 3, 4};
static const uint32_t pairs[N] = {0, 0, 1, 1};

static void exact_fractions(void **state)
{
    (void)state;
    behov_least_squares *fit;
    double errors[WIDTH];
    assert_int_equal(behov_least_squares_new(columns, outcome, N, WIDTH, &fit, &err), BEHOV_OK);
    /* x'x = 14, sum x = 6, sum y = 9, sum xy = 20: slope (4 20 - 6 9) / (4 14 - 36) = 13/10, constant 9/4 - 39/20 */
    assert_digits(behov_least_squares_coefficients(fit)[0], 0.3, 14);
    assert_digits(behov_least_squares_coefficients(fit)[1], 1.3, 14);
    assert_digits(behov_least_squares_residuals(fit)[0], -0.3, 14);
    assert_digits(behov_least_squares_residuals(fit)[1], 0.4, 14);
    assert_digits(behov_least_squares_rss(fit), 0.3, 14);
    assert_digits(behov_least_squares_explained(fit), 29 - 0.3, 14);
    assert_digits(behov_least_squares_rmse(fit), sqrt(0.15), 14);
    /* s^2 / sum (x - mean)^2 = 0.15 / 5 */
    assert_int_equal(behov_least_squares_errors(fit, NULL, 0, errors, &err), BEHOV_OK);
    assert_digits(errors[1], sqrt(0.03), 14);
    /* residuals -3, 4, 1, -2 tenths, x - mean -3, -1, 1, 3 halves: scores of the slope by pair 5/20 and -5/20, summed
     * squares 1/8, over 25, times 2 (3/2) */
    assert_int_equal(behov_least_squares_errors(fit, pairs, 2, errors, &err), BEHOV_OK);
    assert_digits(errors[1], sqrt(0.125 / 25 * 3), 14);
    behov_least_squares_free(fit);
}

static void columns_that_follow_from_others(void **state)
{
    (void)state;
    /* constant, x, 2 x - 1, 0 */
    const double wide[N * 4] = {1, 0, -1, 0, 1, 1, 1, 0, 1, 2, 3, 0, 1, 3, 5, 0};
    behov_least_squares *fit;
    behov_last_columns test;
    double errors[4];
    assert_int_equal(behov_least_squares_new(wide, outcome, N, 4, &fit, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_rank(fit), 2);
    assert_digits(behov_least_squares_coefficients(fit)[1], 1.3, 14);
    assert_true(isnan(behov_least_squares_coefficients(fit)[2]) && isnan(behov_least_squares_coefficients(fit)[3]));
    assert_int_equal(behov_least_squares_errors(fit, pairs, 2, errors, &err), BEHOV_OK);
    assert_true(isnan(errors[2]) && isnan(errors[3]));
    assert_int_equal(behov_least_squares_test_last(fit, 2, pairs, 2, &test, &err), BEHOV_OK);
    assert_int_equal(test.n_tested, 0);
    assert_true(isnan(test.f) && isnan(test.f_robust));
    /* of the last three columns x has a coefficient: F = t^2 = 1.69 / 0.03 */
    assert_int_equal(behov_least_squares_test_last(fit, 3, NULL, 0, &test, &err), BEHOV_OK);
    assert_int_equal(test.n_tested, 1);
    assert_digits(test.f, 1.69 / 0.03, 13);
    behov_least_squares_free(fit);
}

static void too_few(void **state)
{
    (void)state;
    behov_least_squares *fit;
    const double zeros[N] = {0};
    double errors[WIDTH];
    assert_int_equal(behov_least_squares_new(columns, outcome, 2, WIDTH, &fit, &err), BEHOV_E_TOO_FEW);
    assert_int_equal(behov_least_squares_new(zeros, outcome, N, 1, &fit, &err), BEHOV_E_TOO_FEW);
    assert_int_equal(behov_least_squares_new(columns, outcome, N, WIDTH, &fit, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_errors(fit, pairs, 1, errors, &err), BEHOV_E_TOO_FEW);
    assert_int_equal(behov_least_squares_jackknife(fit, pairs, 1, errors, &err), BEHOV_E_TOO_FEW);
    behov_least_squares_free(fit);
}

/* Leaving the first pair out leaves two points: the line through (2, 3) and (3, 4). */
static void left_out_as_refitted(void **state)
{
    (void)state;
    const uint32_t each[N] = {0, 1, 2, 2};
    behov_least_squares *fit;
    double errors[N], jackknife[WIDTH];
    assert_int_equal(behov_least_squares_new(columns, outcome, N, WIDTH, &fit, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_left_out(fit, pairs, 2, errors, NULL, &err), BEHOV_OK);
    assert_digits(errors[0], -1, 13); /* 0 - 1 */
    assert_digits(errors[1], 0, 13);  /* 2 - 2 */
    assert_digits(errors[2], -1, 13); /* 3 - 4 by the line through (0, 0) and (1, 2) */
    assert_digits(errors[3], -2, 13); /* 4 - 6 */
    /* slopes without each: 1 and 2, about 1.3; (G-1)/G (0.09 + 0.49) */
    assert_int_equal(behov_least_squares_jackknife(fit, pairs, 2, jackknife, &err), BEHOV_OK);
    assert_digits(jackknife[1], sqrt(0.29), 13);
    /* rows alone: without (0, 0) the line 1 + x through the three others */
    assert_int_equal(behov_least_squares_left_out(fit, each, 3, errors, NULL, &err), BEHOV_OK);
    assert_digits(errors[0], -1, 13);
    assert_int_equal(behov_least_squares_left_out(fit, NULL, 0, errors, NULL, &err), BEHOV_OK);
    assert_digits(errors[0], -1, 13);
    behov_least_squares_free(fit);
}

/* A row that alone has a column is not measured without itself; the others are. */
static void row_that_alone_has_a_column(void **state)
{
    (void)state;
    const double dummy[N * WIDTH] = {1, 0, 1, 0, 1, 0, 1, 1};
    behov_least_squares *fit;
    double errors[N];
    assert_int_equal(behov_least_squares_new(dummy, outcome, N, WIDTH, &fit, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_left_out(fit, NULL, 0, errors, NULL, &err), BEHOV_OK);
    assert_digits(errors[0], -2.5, 13);
    assert_true(isnan(errors[3]));
    behov_least_squares_free(fit);
}

/* Raw year and year^2: condition 1e13. The rows of Q stay orthonormal, so the residuals are right where b is not. */
static void nearly_collinear(void **state)
{
    (void)state;
    enum { YEARS = 12 };
    double years[YEARS * 3], centred[YEARS * 3], values[YEARS];
    behov_least_squares *raw, *same;
    for (size_t t = 0; t < YEARS; t++) {
        double year = 2005 + (double)t, x = (double)t - 5;
        memcpy(years + 3 * t, (double[]){1, year, year * year}, 3 * sizeof *years);
        memcpy(centred + 3 * t, (double[]){1, x, x * x}, 3 * sizeof *years);
        values[t] = (double)(t * t * 7 % 11);
    }
    assert_int_equal(behov_least_squares_new(centred, values, YEARS, 3, &same, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_new(years, values, YEARS, 3, &raw, &err), BEHOV_OK);
    assert_int_equal(behov_least_squares_rank(raw), 3);
    assert_digits(behov_least_squares_rss(raw), behov_least_squares_rss(same), 8);
    behov_least_squares_free(raw);
    behov_least_squares_free(same);
}

static void residuals_of_one_size(void **state)
{
    (void)state;
    const double residuals[N] = {1, -1, 1, -1}, x[N] = {0, 1, 2, 3}, same[N] = {5, 5, 5, 5};
    behov_breusch_pagan test;
    assert_int_equal(behov_breusch_pagan_test(residuals, x, N, 1, &test, &err), BEHOV_OK);
    assert_true(isnan(test.studentised) && isnan(test.original_p));
    const double growing[N] = {0, 1, 2, 3};
    assert_int_equal(behov_breusch_pagan_test(growing, same, N, 1, &test, &err), BEHOV_OK);
    assert_int_equal(test.dof, 0);
    assert_true(isnan(test.studentised));
}

static void lags_with_gaps(void **state)
{
    (void)state;
    /* unit 0 lacks 2013; unit 1 has one year: pairs at distance 1 are (2014, 2015) of 0 and 2 x 2 of unit 2 */
    const uint32_t units[] = {2, 0, 0, 0, 1, 2, 2};
    const int times[] = {2014, 2012, 2014, 2015, 2012, 2012, 2013};
    const double values[] = {3, 1, 2, 5, 9, 1, 1};
    behov_lag lags[4];
    assert_int_equal(behov_autocorrelation(units, times, values, 7, 4, lags, &err), BEHOV_OK);
    assert_int_equal(lags[0].n_pairs, 3); /* (2,5) (1,1) (1,3): r = 3/sqrt(12) */
    assert_digits(lags[0].correlation, sqrt(0.75), 14);
    assert_int_equal(lags[1].n_pairs, 2);
    assert_true(isnan(lags[1].correlation));
    assert_int_equal(lags[3].n_pairs, 0);
}

static void anova_by_hand(void **state)
{
    (void)state;
    const double values[] = {1, 3, 4, 8};
    const uint32_t groups[] = {0, 0, 2, 2};
    behov_anova test; /* means 2 and 6, mean 4: between 16, within 2 + 8 */
    assert_int_equal(behov_anova_test(values, groups, 4, 3, &test, &err), BEHOV_OK);
    assert_int_equal(test.n_groups, 2);
    assert_digits(test.f, 3.2, 15);
    assert_digits(test.share, 16.0 / 26, 15);
    assert_digits(test.adjusted_share, 1 - 10.0 / 26 * 1.5, 14);
    assert_int_equal(behov_anova_test(values, (const uint32_t[]){0, 0, 0, 0}, 4, 1, &test, &err), BEHOV_OK);
    assert_true(isnan(test.f));
}

static behov_status all_of_it(void)
{
    behov_least_squares *fit = NULL;
    behov_breusch_pagan spread;
    behov_last_columns last;
    behov_anova means;
    behov_lag lags[2];
    double errors[N], adjusted[N];
    const double y[N] = {1, 2, 4, 7};
    behov_status status = behov_least_squares_new(columns, outcome, N, WIDTH, &fit, &err);
    if (!status)
        status = behov_least_squares_errors(fit, pairs, 2, errors, &err);
    if (!status)
        status = behov_least_squares_jackknife(fit, pairs, 2, errors, &err);
    if (!status)
        status = behov_least_squares_test_last(fit, 1, pairs, 2, &last, &err);
    behov_least_squares_free(fit);
    if (!status)
        status = behov_breusch_pagan_test(y, columns, N, WIDTH, &spread, &err);
    if (!status)
        status = behov_reset_test(columns, y, outcome, NULL, N, 1, true, pairs, 2, &last, &err);
    if (!status)
        status = behov_anova_test(y, pairs, N, 2, &means, &err);
    if (!status)
        status = behov_autocorrelation(pairs, (const int[]){1, 2, 1, 2}, y, N, 2, lags, &err);
    return status ? status : behov_holm(y, N, adjusted, &err);
}

static void no_memory(void **state)
{
    (void)state;
    size_t n = 1;
    for (;; n++) {
        failing_malloc_start(n);
        behov_status status = all_of_it();
        bool was_reached = failing_malloc_stop();
        assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
        if (!was_reached)
            break;
    }
    assert_true(n > 20);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_fractions),
        cmocka_unit_test(columns_that_follow_from_others),
        cmocka_unit_test(too_few),
        cmocka_unit_test(left_out_as_refitted),
        cmocka_unit_test(row_that_alone_has_a_column),
        cmocka_unit_test(nearly_collinear),
        cmocka_unit_test(residuals_of_one_size),
        cmocka_unit_test(lags_with_gaps),
        cmocka_unit_test(anova_by_hand),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
