/* test_vcov_contrasts.c - degrees of freedom of many levels under CV2 against those of the same contrasts tested one by one,
 * which tests/cross/test_hotelling.c holds to clubSandwich: sums made before, and clusters one by one where few
 * clusters have many columns. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

enum { K = 12, ROWS_MAX = 400 };

/* The last cluster alone has a column above 0, nearly: its adjustment is large. */
static behov_table *simulate(size_t n_clusters, size_t rows_each, bool has_weights)
{
    static double columns[K + 2][ROWS_MAX];
    dice dice = dice_of(7 + n_clusters);
    size_t n_rows = n_clusters * rows_each;
    assert_true(n_rows <= ROWS_MAX);
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t k = 1; k < K; k++)
            columns[k][i] = dice_normal(&dice);
        columns[K - 1][i] = i >= n_rows - rows_each ? 1 : 1e-4 * dice_normal(&dice);
        columns[0][i] = (double)(i / rows_each);
        columns[K][i] = columns[1][i] + dice_normal(&dice);
        columns[K + 1][i] = has_weights ? 0.2 + dice_uniform(&dice) : 1;
    }
    behov_table *table = table_of_rows(n_rows);
    static const char *const names[K + 2] = {"g",  "x1", "x2", "x3",  "x4",  "x5", "x6",
                                             "x7", "x8", "x9", "x10", "x11", "y",  "w"};
    for (size_t k = 0; k < K + 2; k++)
        table_add(table, names[k], columns[k]);
    return table;
}

static void compare(size_t n_clusters, size_t rows_each, behov_working_variance working)
{
    estimation estimation;
    bool has_weights = working == BEHOV_WORKING_EQUAL;
    behov_table *table = simulate(n_clusters, rows_each, has_weights);
    behov_vcov_contrasts *contrasts = NULL;
    assert_int_equal(
        estimate(&estimation, table, "y ~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11",
                 (estimation_options){
                     .kind = BEHOV_VCOV_CV2, .cluster = "g", .weights = has_weights ? "w" : NULL, .working = working}),
        BEHOV_OK);
    assert_int_equal(behov_vcov_contrasts_new(estimation.vcov, estimation.fit, &contrasts, NULL), BEHOV_OK);
    dice dice = dice_of(n_clusters);
    for (size_t i = 0; i < 20; i++) {
        double level[K] = {1}, null = 0;
        for (size_t k = 1; k < K; k++)
            level[k] = i % 2 && k < K - 1 ? 0 : dice_normal(&dice); /* every second: nearly the one cluster's column */
        behov_hypothesis *hypothesis = NULL;
        behov_wald_result result;
        assert_int_equal(behov_hypothesis_new(estimation.design, 1, level, &null, &hypothesis, NULL), BEHOV_OK);
        assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &result, NULL), BEHOV_OK);
        assert_digits(behov_vcov_contrast_dof(contrasts, level), result.dof2, 8);
        behov_hypothesis_free(hypothesis);
    }
    behov_vcov_contrasts_free(contrasts);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void sums_made_before(void **state)
{
    (void)state;
    compare(60, 4, BEHOV_WORKING_INVERSE_WEIGHTS);
    compare(60, 4, BEHOV_WORKING_EQUAL);
}

static void clusters_one_by_one(void **state)
{
    (void)state;
    compare(6, 8, BEHOV_WORKING_INVERSE_WEIGHTS);
    compare(6, 8, BEHOV_WORKING_EQUAL);
}

static void other_kinds(void **state)
{
    (void)state;
    estimation estimation;
    behov_table *table = simulate(20, 4, false);
    behov_vcov_contrasts *contrasts = NULL;
    const double level[2] = {1, 1};
    assert_int_equal(
        estimate(&estimation, table, "y ~ x1", (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "g"}), BEHOV_OK);
    assert_int_equal(behov_vcov_contrasts_new(estimation.vcov, estimation.fit, &contrasts, NULL), BEHOV_OK);
    assert_true(behov_vcov_contrast_dof(contrasts, level) == 19);
    behov_vcov_contrasts_free(contrasts);
    behov_vcov_contrasts_free(NULL);
    estimation_free(&estimation);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {cmocka_unit_test(sums_made_before), cmocka_unit_test(clusters_one_by_one),
                                       cmocka_unit_test(other_kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
