/* test_exact_fit.c - an outcome that is a combination of its regressors as they were written fits exactly, whatever its
 * size, its distance from 0, its weights and the arithmetic; one that is off by a billionth does not. Such an outcome
 * that is rounded to a decimal is found to be rounded.
 *
 * Regressors are whole thousandths, coefficients whole hundredths, so the outcome is a whole number of 1e-5 that is
 * divided once: every number is the double nearest to a decimal, as a reader gives it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "effort.h"
#include "tables.h"

enum { ROWS_MAX = 400, COLUMNS_MAX = 6 };

typedef struct exact_problem {
    size_t n_rows, n_columns;
    int64_t thousandths[COLUMNS_MAX][ROWS_MAX], hundredths[COLUMNS_MAX + 1], outcome[ROWS_MAX];
    double parts_over_outcome; /* (|y| + sum |b x|) / |y - mean|: how much larger the parts are than what varies */
    char formula[200];
} exact_problem;

/* Columns of sizes from thousandths to millions, some far from 0, some nearly a multiple of the one before. */
static void draw(exact_problem *exact_problem, uint64_t seed)
{
    dice random = dice_of(seed);
    exact_problem->n_columns = 1 + dice_below(&random, COLUMNS_MAX);
    exact_problem->n_rows = exact_problem->n_columns + 3 + dice_below(&random, ROWS_MAX - COLUMNS_MAX - 4);
    strcpy(exact_problem->formula, "y ~ x0");
    exact_problem->hundredths[COLUMNS_MAX] = (int64_t)dice_below(&random, 3) * 123457;
    for (size_t k = 0; k < exact_problem->n_columns; k++) {
        int64_t size = (int64_t)pow(10, 1 + (double)dice_below(&random, 7));
        int64_t offset = dice_below(&random, 3) == 0 ? 1000000 : 0;
        bool follows = k > 0 && dice_below(&random, 4) == 0;
        exact_problem->hundredths[k] = (int64_t)dice_below(&random, 2000) - 1000;
        for (size_t i = 0; i < exact_problem->n_rows; i++)
            exact_problem->thousandths[k][i] =
                follows ? 3 * exact_problem->thousandths[k - 1][i] + (int64_t)dice_below(&random, 10)
                        : offset + (int64_t)dice_below(&random, (size_t)size + 3);
        if (k > 0)
            snprintf(exact_problem->formula + strlen(exact_problem->formula), 30, " + x%zu", k);
    }
    double parts = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < exact_problem->n_rows; i++) {
        exact_problem->outcome[i] = 1000 * exact_problem->hundredths[COLUMNS_MAX];
        double size = fabs((double)exact_problem->outcome[i]);
        for (size_t k = 0; k < exact_problem->n_columns; k++) {
            exact_problem->outcome[i] += exact_problem->hundredths[k] * exact_problem->thousandths[k][i];
            size += fabs((double)(exact_problem->hundredths[k] * exact_problem->thousandths[k][i]));
        }
        parts += size * size;
        sum += (double)exact_problem->outcome[i];
        squares += (double)exact_problem->outcome[i] * (double)exact_problem->outcome[i];
    }
    exact_problem->parts_over_outcome = sqrt(parts / (squares - sum * sum / (double)exact_problem->n_rows));
}

static behov_table *table_of(const exact_problem *exact_problem, uint64_t seed)
{
    behov_table *table = table_of_rows(exact_problem->n_rows);
    double values[ROWS_MAX];
    for (size_t k = 0; k < exact_problem->n_columns; k++) {
        char name[32];
        snprintf(name, sizeof name, "x%zu", k);
        for (size_t i = 0; i < exact_problem->n_rows; i++)
            values[i] = (double)exact_problem->thousandths[k][i] / 1000;
        table_add(table, name, values);
    }
    for (size_t i = 0; i < exact_problem->n_rows; i++)
        values[i] = (double)exact_problem->outcome[i] / 100000;
    table_add(table, "y", values);
    dice random = dice_of(seed + 1);
    for (size_t i = 0; i < exact_problem->n_rows; i++)
        values[i] = 0.1 + dice_uniform(&random);
    table_add(table, "w", values);
    return table;
}

static bool fit(const exact_problem *exact_problem, uint64_t seed, bool is_double, bool is_weighted, bool *is_exact,
                double *rss)
{
    behov_table *table = table_of(exact_problem, seed);
    estimation estimation = {0};
    behov_status status =
        estimate(&estimation, table, exact_problem->formula,
                 (estimation_options){.fit = {.double_only = is_double}, .weights = is_weighted ? "w" : NULL});
    if (!status) {
        *is_exact = behov_fit_is_exact(estimation.fit);
        *rss = behov_fit_rss(estimation.fit);
    }
    estimation_free(&estimation);
    behov_table_free(table);
    return !status; /* collinear columns now and then */
}

static void what_the_regressors_make_fits_exactly(void **state)
{
    (void)state;
    size_t n_fits = 0;
    for (uint64_t seed = 1; seed <= effort(400); seed++)
        for (int variant = 0; variant < 4; variant++) {
            exact_problem exact_problem;
            bool is_exact;
            double rss;
            draw(&exact_problem, seed);
            if (!fit(&exact_problem, seed, variant & 1, variant & 2, &is_exact, &rss))
                continue;
            n_fits++;
            if (!is_exact || rss != 0)
                fail_msg("seed %lu, variant %d, %s: rss %.3g", (unsigned long)seed, variant, exact_problem.formula,
                         rss);
        }
    assert_true(n_fits > effort(400) * 3);
}

static void a_billionth_off_is_not_exact(void **state)
{
    (void)state;
    size_t n_fits = 0;
    for (uint64_t seed = 1; seed <= effort(400); seed++)
        for (int variant = 0; variant < 4; variant++) {
            exact_problem exact_problem;
            bool is_exact;
            double rss, mean = 0, spread = 0;
            draw(&exact_problem, seed);
            for (size_t i = 0; i < exact_problem.n_rows; i++)
                mean += (double)exact_problem.outcome[i] / (double)exact_problem.n_rows;
            for (size_t i = 0; i < exact_problem.n_rows; i++)
                spread += pow((double)exact_problem.outcome[i] - mean, 2) / (double)exact_problem.n_rows;
            double step = 1e-9 * sqrt(spread);
            if (step < 3 || exact_problem.parts_over_outcome > ((variant & 1) ? 1e4 : 1e5))
                continue;
            dice random = dice_of(seed + 7);
            for (size_t i = 0; i < exact_problem.n_rows; i++)
                exact_problem.outcome[i] += (int64_t)(step * dice_normal(&random));
            if (!fit(&exact_problem, seed, variant & 1, variant & 2, &is_exact, &rss))
                continue;
            n_fits++;
            if (is_exact)
                fail_msg("seed %lu, variant %d, %s: called exact", (unsigned long)seed, variant, exact_problem.formula);
        }
    assert_true(effort(100) < 100 || n_fits > effort(400) / 4);
}

/* Whole numbers are read exactly, so 1 in 1e15 is a residual; in decimals it is the rounding of the figures. */
static void whole_numbers_are_exact_as_read(void **state)
{
    (void)state;
    double y[] = {1e15 + 1, 1e15 + 3, 1e15 + 2, 1e15 + 5, 1e15 + 4}, x[] = {1e14, 2e14, 4e14, 7e14, 9e14};
    double decimal_y[5], decimal_x[5];
    behov_table *table = table_of_rows(5);
    for (size_t i = 0; i < 5; i++) {
        y[i] += x[i];
        decimal_y[i] = y[i] / 1e15 + 0.0;
        decimal_x[i] = x[i] / 1e15;
    }
    table_add(table, "y", y), table_add(table, "x", x);
    table_add(table, "decimal_y", decimal_y), table_add(table, "decimal_x", decimal_x);
    estimation whole = {0}, decimal = {0};
    assert_int_equal(estimate(&whole, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_false(behov_fit_is_exact(whole.fit));
    assert_true(behov_fit_rss(whole.fit) > 1);
    for (size_t i = 0; i < 5; i++)
        decimal_y[i] = 1.1 + 0.1 * decimal_x[i];
    table_add(table, "near_y", decimal_y);
    assert_int_equal(estimate(&decimal, table, "near_y ~ decimal_x", (estimation_options){0}), BEHOV_OK);
    assert_true(behov_fit_is_exact(decimal.fit));
    estimation_free(&whole), estimation_free(&decimal);
    behov_table_free(table);
}

/* No error, test or interval is made of rounding, and no coefficient. */
static void nothing_is_tested_by_rounding(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,z,g\n5,1,1,1\n7,2,1,1\n12,3,2,2\n11,4,1,2\n19,5,3,3\n");
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++) {
        estimation estimation = {0};
        behov_status status = estimate(&estimation, table, "y ~ x + z",
                                       (estimation_options){.kind = (behov_vcov_kind)kind, .cluster = "g"});
        if (status == BEHOV_E_RANK) { /* a cluster decides */
            estimation_free(&estimation);
            continue;
        }
        assert_int_equal(status, BEHOV_OK);
        behov_coefficient coefficient[3];
        assert_int_equal(behov_inference(estimation.fit, estimation.vcov, NULL, coefficient, NULL), BEHOV_OK);
        assert_true(coefficient[0].estimate == 0);
        assert_digits(coefficient[1].estimate, 2, 15), assert_digits(coefficient[2].estimate, 3, 15);
        for (size_t k = 0; k < 3; k++)
            assert_true(isnan(coefficient[k].se) && isnan(coefficient[k].t) && isnan(coefficient[k].p) &&
                        isnan(coefficient[k].ci_low) && !coefficient[k].stars[0]);
        assert_true(behov_fit_r2(estimation.fit) == 1 && behov_fit_rmse(estimation.fit) == 0);
        double f;
        size_t q;
        assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, NULL), BEHOV_OK);
        assert_true(isnan(f));
        behov_hypothesis *hypothesis = NULL;
        behov_wald_result wald;
        behov_error err;
        assert_int_equal(behov_hypothesis_parse("x = 0", estimation.design, &hypothesis, &err), BEHOV_OK);
        assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &wald, &err), BEHOV_E_RANK);
        assert_contains(err.what, "exactly");
        behov_boot_result boot_result;
        assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis,
                                         &(behov_boot_options){.n_draws = 99}, &boot_result, &err),
                         BEHOV_E_RANK);
        assert_contains(err.what, "exactly");
        behov_hypothesis_free(hypothesis);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

/* ---- rounded outcomes ---------------------------------------------------------------------------------------------- */

static int decimals_found(behov_table *table, const char *formula, estimation_options options)
{
    estimation estimation = {0};
    int decimals = -2;
    assert_int_equal(estimate(&estimation, table, formula, options), BEHOV_OK);
    assert_int_equal(behov_fit_find_rounding(estimation.fit, estimation.design, &decimals, &estimation.err), BEHOV_OK);
    estimation_free(&estimation);
    behov_table_free(table);
    return decimals;
}

/* y = 5 + sum b x + noise, written with `decimals`; noise in units of the last. */
static behov_table *rounded_table(uint64_t seed, size_t n_rows, size_t n_columns, int decimals, double noise)
{
    dice random = dice_of(seed);
    behov_table *table = table_of_rows(n_rows);
    double *y = malloc(n_rows * sizeof *y), *x = malloc(n_rows * sizeof *x), unit = pow(10, -decimals);
    assert_true(y && x);
    for (size_t i = 0; i < n_rows; i++)
        y[i] = 5;
    for (size_t k = 0; k < n_columns; k++) {
        char name[32];
        double slope = unit * (20 + 100 * dice_uniform(&random));
        snprintf(name, sizeof name, "x%zu", k);
        for (size_t i = 0; i < n_rows; i++) {
            x[i] = (double)dice_below(&random, 10000) / 1000;
            y[i] += slope * x[i];
        }
        table_add(table, name, x);
    }
    for (size_t i = 0; i < n_rows; i++) {
        y[i] = nearbyint(y[i] / unit + noise * dice_normal(&random)) / pow(10, decimals);
        x[i] = (double)(1 + dice_below(&random, 5));
    }
    table_add(table, "y", y), table_add(table, "w", x);
    free(y), free(x);
    return table;
}

static void an_outcome_that_was_computed_and_rounded_is_found(void **state)
{
    (void)state;
    static const size_t sizes[] = {12, 30, 120, 1000}, widths[] = {1, 3, 5};
    static const char *const formulas[] = {"y ~ x0", "y ~ x0 + x1 + x2", "y ~ x0 + x1 + x2 + x3 + x4"};
    for (uint64_t seed = 1; seed <= effort(10) + 2; seed++)
        for (int decimals = 0; decimals <= 6; decimals++)
            for (size_t i = 0; i < 3; i++) {
                size_t n_rows = sizes[(seed + (uint64_t)decimals) % 4];
                estimation_options options = {.weights = seed % 3 ? NULL : "w",
                                              .weight_kind = seed % 2 ? BEHOV_WEIGHT_PRECISION : BEHOV_WEIGHT_FREQUENCY,
                                              .fit = {.double_only = seed % 5 == 0}};
                int found_number =
                    decimals_found(rounded_table(seed, n_rows, widths[i], decimals, 0), formulas[i], options);
                if (found_number != decimals)
                    fail_msg("seed %lu, %lu rows, %s, %d decimals: %d", (unsigned long)seed, (unsigned long)n_rows,
                             formulas[i], decimals, found_number);
                found_number =
                    decimals_found(rounded_table(seed, n_rows, widths[i], decimals, 3), formulas[i], options);
                if (found_number != -1)
                    fail_msg("seed %lu, %lu rows, %s, %d decimals and noise of three units: %d", (unsigned long)seed,
                             (unsigned long)n_rows, formulas[i], decimals, found_number);
            }
}

/* Three points on a line at x = 0, 2, 5 are missed by |3 y0 - 5 y2 + 2 y5| / 10 at the least (Chebyshev): here by half a
 * tenth, and by 0.6 of one. Each stands there four times; rows on the line that misses them by 0.6, 1.4 - 0.4 x, keep the
 * mean square of the residuals below that of a half. */
static void half_a_unit_is_rounding_and_more_is_not(void **state)
{
    (void)state;
    static const double places[] = {0, 2, 5, 1, 6, 11}, half[] = {1, 0, 1}, more[] = {2, 0, 0, 1, -1, -3};
    for (int is_more = 0; is_more <= 1; is_more++) {
        size_t n_places = is_more ? 6 : 3, n_rows = 4 * n_places;
        behov_table *table = table_of_rows(n_rows);
        double x[24], y[24];
        for (size_t i = 0; i < n_rows; i++) {
            x[i] = places[i % n_places];
            y[i] = (100 * x[i] + (is_more ? more : half)[i % n_places]) / 10;
        }
        table_add(table, "x", x), table_add(table, "y", y);
        assert_int_equal(decimals_found(table, "y ~ x", (estimation_options){0}), is_more ? -1 : 1);
    }
}

/* 200 whole outcomes that spread over 8 units cannot be 0.9 x by chance; with noise of a unit they are not, and among few
 * rows of few values nearly none of 1 000 are said to be: the bound is a thousandth. */
static void small_whole_outcomes_and_few_rows_are_no_rounding(void **state)
{
    (void)state;
    behov_table *small = table_of_rows(200), *few = table_of_rows(6);
    double x[200], y[200];
    for (size_t i = 0; i < 200; i++) {
        x[i] = (double)(i % 30);
        y[i] = nearbyint(0.9 * x[i]); /* its standard deviation is 8 */
    }
    dice random = dice_of(7);
    size_t n_found = 0;
    for (size_t trial = 0; trial < 1000; trial++) {
        size_t n_rows = 8 + trial % 8;
        behov_table *chance = table_of_rows(n_rows);
        double u[16], v[16], outcome[16];
        for (size_t i = 0; i < n_rows; i++) {
            u[i] = dice_normal(&random), v[i] = dice_normal(&random);
            outcome[i] = (double)dice_below(&random, 4) + (trial % 2 ? nearbyint(2 * u[i]) : 0);
        }
        table_add(chance, "u", u), table_add(chance, "v", v), table_add(chance, "y", outcome);
        n_found += decimals_found(chance, "y ~ u + v", (estimation_options){0}) >= 0;
    }
    assert_true(n_found <= 3);
    table_add(small, "x", x), table_add(small, "y", y);
    assert_int_equal(decimals_found(small, "y ~ x", (estimation_options){0}), 0);
    for (size_t i = 0; i < 6; i++)
        y[i] = nearbyint(90.3 * x[i]);
    table_add(few, "x", x), table_add(few, "y", y);
    assert_int_equal(decimals_found(few, "y ~ x", (estimation_options){0}), -1);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_regressors_make_fits_exactly),
        cmocka_unit_test(a_billionth_off_is_not_exact),
        cmocka_unit_test(whole_numbers_are_exact_as_read),
        cmocka_unit_test(nothing_is_tested_by_rounding),
        cmocka_unit_test(an_outcome_that_was_computed_and_rounded_is_found),
        cmocka_unit_test(half_a_unit_is_rounding_and_more_is_not),
        cmocka_unit_test(small_whole_outcomes_and_few_rows_are_no_rounding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
