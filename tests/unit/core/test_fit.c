/* test_fit.c - least squares by hand, refusals, and columns that say nothing new. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

/* x: 1 2 3 4 5, y: 2 4 5 4 5. mean x 3, y 4; Sxx 10, Sxy 6, Syy 6: b = 0.6, a = 2.2, rss = 2.4 */
static const char hand[] = "y,x,c,z,w,half\n2,1,7,0,2,0.5\n4,2,7,0,3,1\n5,3,7,0,4,1.5\n4,4,7,0,5,2\n5,5,7,0,6,2.5\n";

static void by_hand(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        behov_table *table = table_of_text(hand);
        estimation estimation;
        assert_int_equal(
            estimate(&estimation, table, "y ~ x", (estimation_options){.fit = {.double_only = double_only}}), BEHOV_OK);
        const behov_fit *fit = estimation.fit;
        assert_int_equal(behov_fit_is_extended(fit), !double_only);
        assert_int_equal(behov_fit_n_rows(fit), 5);
        assert_int_equal(behov_fit_n_regressors(fit), 2);
        assert_int_equal(behov_fit_rank(fit), 2);
        assert_digits(coefficient_of(&estimation, "(Intercept)"), 2.2, 14);
        assert_digits(coefficient_of(&estimation, "x"), 0.6, 14);
        assert_digits(behov_fit_rss(fit), 2.4, 14);
        assert_digits(behov_fit_tss(fit), 6, 14);
        assert_digits(behov_fit_r2(fit), 0.6, 14);
        assert_digits(behov_fit_adj_r2(fit), 1 - 0.4 * 4 / 3, 14);
        assert_digits(behov_fit_rmse(fit), sqrt(0.8), 14);
        assert_digits(behov_fit_f(fit), 3.6 / 0.8, 14);
        /* (X'X)^-1 = 1/50 [55 -15; -15 5] */
        static const double bread[4] = {1.1, -0.3, -0.3, 0.1};
        for (size_t i = 0; i < 4; i++)
            assert_digits(behov_fit_bread(fit)[i], bread[i], 14);
        assert_digits(error_of(&estimation, "x"), sqrt(0.08), 14);
        /* columns scaled to length 1 have cosine 15 / sqrt(5 x 55) */
        double c = 15 / sqrt(275);
        assert_digits(behov_fit_condition(fit), sqrt((1 + c) / (1 - c)), 13);
        double fitted[5], residuals[5];
        fitted_rows(&estimation, fitted, residuals);
        static const double want[5] = {2.8, 3.4, 4, 4.6, 5.2}, left[5] = {-0.8, 0.6, 1, -0.6, -0.2};
        for (size_t i = 0; i < 5; i++) {
            assert_digits(fitted[i], want[i], 14);
            assert_digits(residuals[i], left[i], 13);
        }
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

static void without_constant(void **state)
{
    (void)state;
    behov_table *table = table_of_text(hand);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x - 1", (estimation_options){0}), BEHOV_OK);
    /* Sxy 66, Sxx 55, Syy 86: about 0, not the mean */
    double rss = 86 - 66.0 * 66 / 55;
    assert_digits(coefficient_of(&estimation, "x"), 1.2, 15);
    assert_digits(behov_fit_rss(estimation.fit), rss, 14);
    assert_digits(behov_fit_tss(estimation.fit), 86, 15);
    assert_digits(behov_fit_r2(estimation.fit), 1 - rss / 86, 14);
    assert_digits(behov_fit_adj_r2(estimation.fit), 1 - rss / 86 * 5 / 4, 14);
    assert_digits(behov_fit_f(estimation.fit), (86 - rss) / (rss / 4), 13);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void constant_alone(void **state)
{
    (void)state;
    behov_table *table = table_of_text(hand);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ 1", (estimation_options){0}), BEHOV_OK);
    assert_digits(coefficient_of(&estimation, "(Intercept)"), 4, 15);
    assert_true(behov_fit_r2(estimation.fit) == 0);
    assert_true(isnan(behov_fit_f(estimation.fit)));
    assert_digits(error_of(&estimation, "(Intercept)"), sqrt(6 / 4.0 / 5), 15);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void refuse(const char *text, const char *formula, behov_status status, const char *const *subject)
{
    behov_table *table = table_of_text(text);
    estimation estimation;
    behov_status got = estimate(&estimation, table, formula, (estimation_options){0});
    if (got != status)
        fail_msg("%s: %s, wanted %s (%s)", formula, behov_status_name(got), behov_status_name(status),
                 estimation.err.what);
    assert_null(estimation.fit);
    assert_contains(estimation.err.where, "test.csv");
    for (; *subject; subject++)
        assert_contains(estimation.err.what, *subject);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void too_few_rows(void **state)
{
    (void)state;
    refuse("y,x,z\n1,2,3\n2,5,4\n", "y ~ x + z", BEHOV_E_TOO_FEW,
           (const char *const[]){"2 rows", "3 coefficients", NULL});
    refuse("y,x,z\n1,2,3\n2,5,4\n0,1,1\n", "y ~ x + z", BEHOV_E_TOO_FEW,
           (const char *const[]){"3 rows", "3 coefficients", NULL});
}

static void collinear_columns_are_named_with_partners(void **state)
{
    (void)state;
    refuse(hand, "y ~ x + w", BEHOV_E_RANK, (const char *const[]){"w is", "(Intercept), x", "have it dropped", NULL});
    refuse(hand, "y ~ x + half", BEHOV_E_RANK, (const char *const[]){"half is a linear combination of x;", NULL});
    refuse(hand, "y ~ x + c", BEHOV_E_RANK, (const char *const[]){"c has the same value in every row", NULL});
    refuse(hand, "y ~ x + z", BEHOV_E_RANK, (const char *const[]){"z is 0 in every row", NULL});
    refuse(hand, "y ~ z - 1", BEHOV_E_RANK, (const char *const[]){"z is 0 in every row", NULL});
    /* without a constant a constant column is an honest regressor; two of them are not */
    refuse(hand, "y ~ c + I(c * 2) - 1", BEHOV_E_RANK,
           (const char *const[]){"I(c * 2) is a linear combination of c", NULL});
}

/* Near, but not the same: no false alarm. */
static void nearly_collinear_is_fitted(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,w\n1,1,1.000000001\n2,2,2\n4,3,3\n1,4,4\n5,5,5\n");
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + w", (estimation_options){0}), BEHOV_OK);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void drop_collinear_is_the_fit_without_them(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        behov_table *table =
            table_of_text("y,x,c,z,w,v,g\n2,1,7,0,2,1,1\n4,2,7,0,3,3,1\n5,3,7,0,4,-2,2\n4,4,7,0,5,4,2\n"
                          "5,5,7,0,6,4,3\n9,8,7,0,9,1,3\n");
        static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC0, BEHOV_VCOV_HC1, BEHOV_VCOV_CV0,
                                                BEHOV_VCOV_CV1};
        for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
            estimation_options options = {.cluster = "g", .kind = kinds[kind], .fit = {.double_only = double_only}};
            estimation all, estimation;
            assert_int_equal(estimate(&estimation, table, "y ~ x + v", options), BEHOV_OK);
            options.fit.drop_collinear = true;
            assert_int_equal(estimate(&all, table, "y ~ c + x + z + w + v", options), BEHOV_OK);
            assert_int_equal(behov_fit_rank(all.fit), 3);
            assert_int_equal(behov_fit_n_regressors(all.fit), 6);
            static const bool dropped[6] = {false, true, false, true, true, false};
            size_t n = 6;
            for (size_t k = 0; k < n; k++) {
                assert_int_equal(behov_fit_is_dropped(all.fit, k), dropped[k]);
                if (!dropped[k])
                    continue;
                assert_true(behov_fit_coefficients(all.fit)[k] == 0);
                for (size_t l = 0; l < n; l++)
                    assert_true(behov_fit_bread(all.fit)[k * n + l] == 0 && behov_fit_bread(all.fit)[l * n + k] == 0 &&
                                behov_vcov_matrix(all.vcov)[k * n + l] == 0 &&
                                behov_vcov_matrix(all.vcov)[l * n + k] == 0);
            }
            static const char *const names[3] = {"(Intercept)", "x", "v"};
            for (size_t i = 0; i < 3; i++) {
                assert_digits(coefficient_of(&all, names[i]), coefficient_of(&estimation, names[i]), 13);
                assert_digits(error_of(&all, names[i]), error_of(&estimation, names[i]), 13);
            }
            assert_digits(behov_fit_rss(all.fit), behov_fit_rss(estimation.fit), 13);
            assert_digits(behov_fit_adj_r2(all.fit), behov_fit_adj_r2(estimation.fit), 13);
            assert_digits(behov_fit_f(all.fit), behov_fit_f(estimation.fit), 13);
            assert_digits(behov_fit_condition(all.fit), behov_fit_condition(estimation.fit), 13);
            assert_digits(behov_vcov_factor(all.vcov), behov_vcov_factor(estimation.vcov), 13);
            assert_true(behov_vcov_dof(all.vcov) == behov_vcov_dof(estimation.vcov));
            estimation_free(&all);
            estimation_free(&estimation);
        }
        behov_table_free(table);
    }
}

static void an_outcome_that_does_not_vary(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        behov_table *table = table_of_text("y,x\n0.1,1\n0.1,2\n0.1,4\n0.1,7\n");
        estimation estimation;
        assert_int_equal(
            estimate(&estimation, table, "y ~ x", (estimation_options){.fit = {.double_only = double_only}}), BEHOV_OK);
        assert_digits(coefficient_of(&estimation, "(Intercept)"), 0.1, 14);
        assert_true(fabs(coefficient_of(&estimation, "x")) < 1e-16);
        assert_true(behov_fit_rss(estimation.fit) == 0 && behov_fit_tss(estimation.fit) == 0);
        assert_true(isnan(behov_fit_r2(estimation.fit)) && isnan(behov_fit_adj_r2(estimation.fit)) &&
                    isnan(behov_fit_f(estimation.fit)));
        estimation_free(&estimation);
        behov_table_free(table);
        table = table_of_text("y,x\n0,1\n0,2\n0,4\n0,7\n");
        assert_int_equal(
            estimate(&estimation, table, "y ~ x", (estimation_options){.fit = {.double_only = double_only}}), BEHOV_OK);
        assert_true(coefficient_of(&estimation, "x") == 0 && behov_fit_rss(estimation.fit) == 0 &&
                    isnan(behov_fit_r2(estimation.fit)));
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* Rounding leaves something of a third in a hundred rows; it is not to be divided by itself. */
static void an_outcome_that_does_not_vary_in_many_rows(void **state)
{
    (void)state;
    enum { N = 100 };
    double y[N], x[N], z[N];
    dice random = dice_of(8);
    for (size_t i = 0; i < N; i++) {
        y[i] = 1.0 / 3;
        x[i] = dice_uniform(&random);
        z[i] = dice_normal(&random);
    }
    behov_table *table = table_of_rows(N);
    table_add(table, "y", y);
    table_add(table, "x", x);
    table_add(table, "z", z);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        assert_int_equal(
            estimate(&estimation, table, "y ~ x + z", (estimation_options){.fit = {.double_only = double_only}}),
            BEHOV_OK);
        assert_true(behov_fit_rss(estimation.fit) == 0 && behov_fit_tss(estimation.fit) == 0 &&
                    isnan(behov_fit_r2(estimation.fit)) && isnan(behov_fit_f(estimation.fit)));
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

static void a_perfect_fit(void **state)
{
    (void)state;
    for (int double_only = 0; double_only < 2; double_only++) {
        behov_table *table = table_of_text("y,x\n5,1\n8,2\n14,4\n23,7\n");
        estimation estimation;
        assert_int_equal(
            estimate(&estimation, table, "y ~ x", (estimation_options){.fit = {.double_only = double_only}}), BEHOV_OK);
        assert_digits(coefficient_of(&estimation, "(Intercept)"), 2, 14);
        assert_digits(coefficient_of(&estimation, "x"), 3, 14);
        assert_true(behov_fit_r2(estimation.fit) == 1 || 1 - behov_fit_r2(estimation.fit) < 1e-15);
        assert_true(behov_fit_rmse(estimation.fit) < 1e-13);
        assert_true(behov_fit_adj_r2(estimation.fit) <= 1);
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* 0.1 x + 0.3 z has rounded products: both arithmetics, ten digits apart at the most. */
static void both_arithmetics_agree(void **state)
{
    (void)state;
    enum { N = 60 };
    double y[N], x[N], z[N], group[N];
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dice random = dice_of(seed);
        for (size_t i = 0; i < N; i++) {
            x[i] = 1e4 * dice_uniform(&random);
            z[i] = 60 + dice_normal(&random);
            group[i] = (double)(i % 9);
            y[i] = 0.1 * x[i] + 0.3 * z[i] + 20 * dice_normal(&random);
        }
        behov_table *table = table_of_rows(N);
        table_add(table, "y", y);
        table_add(table, "x", x);
        table_add(table, "z", z);
        table_add(table, "g", group);
        estimation a, b;
        estimation_options options = {.cluster = "g", .kind = BEHOV_VCOV_CV1};
        assert_int_equal(estimate(&a, table, "y ~ I(x^1.2) + z", options), BEHOV_OK);
        options.fit.double_only = true;
        assert_int_equal(estimate(&b, table, "y ~ I(x^1.2) + z", options), BEHOV_OK);
        assert_true(behov_fit_is_extended(a.fit) && !behov_fit_is_extended(b.fit));
        for (size_t k = 0; k < 3; k++) {
            const char *name = behov_design_regressor(a.design, k);
            assert_digits(coefficient_of(&b, name), coefficient_of(&a, name), 10);
            assert_digits(error_of(&b, name), error_of(&a, name), 10);
        }
        assert_digits(behov_fit_rss(b.fit), behov_fit_rss(a.fit), 12);
        assert_digits(behov_fit_r2(b.fit), behov_fit_r2(a.fit), 12);
        estimation_free(&a);
        estimation_free(&b);
        behov_table_free(table);
    }
}

static void large_problems_are_solved_in_double(void **state)
{
    (void)state;
    enum { N = 150000 }; /* x 4^2 is above the limit, x 3^2 below */
    double *y = malloc(N * sizeof *y), *x = malloc(N * sizeof *x);
    assert_true(y && x);
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(i % 1000);
        y[i] = 3 + 2 * x[i] + ((i & 1) ? 1 : -1);
    }
    behov_table *table = table_of_rows(N);
    table_add(table, "y", y);
    table_add(table, "x", x);
    free(y);
    free(x);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + I(x^2)", (estimation_options){0}), BEHOV_OK);
    assert_false(behov_fit_is_extended(estimation.fit));
    assert_digits(coefficient_of(&estimation, "x"), 2, 3);
    estimation_free(&estimation);
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_true(behov_fit_is_extended(estimation.fit));
    estimation_free(&estimation);
    behov_table_free(table);
}

static void predictions_of_rows_without_outcome(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x\n2,1\n4,2\n5,3\n4,4\n5,5\n.,10\n");
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation;
        assert_int_equal(
            estimate(&estimation, table, "y ~ x", (estimation_options){.fit = {.double_only = double_only}}), BEHOV_OK);
        double fitted, residual;
        static const uint32_t row = 5;
        assert_int_equal(behov_fit_predict(estimation.fit, estimation.design, &row, 1, &fitted, &residual, NULL),
                         BEHOV_OK);
        assert_digits(fitted, 8.2, 14);
        assert_true(isnan(residual));
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(without_constant),
        cmocka_unit_test(constant_alone),
        cmocka_unit_test(too_few_rows),
        cmocka_unit_test(collinear_columns_are_named_with_partners),
        cmocka_unit_test(nearly_collinear_is_fitted),
        cmocka_unit_test(drop_collinear_is_the_fit_without_them),
        cmocka_unit_test(an_outcome_that_does_not_vary),
        cmocka_unit_test(an_outcome_that_does_not_vary_in_many_rows),
        cmocka_unit_test(a_perfect_fit),
        cmocka_unit_test(both_arithmetics_agree),
        cmocka_unit_test(large_problems_are_solved_in_double),
        cmocka_unit_test(predictions_of_rows_without_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
