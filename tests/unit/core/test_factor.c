/* test_factor.c - the triangle of all rows and of each cluster, by hand where a hand can do it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "tables.h"

static const char text[] = "g,y,x\n\"b\",3,1\n\"a\",5,2\n\"b\",-7,4\n\"c\",1,0\n\"b\",2,3\n\"b\",6,-4\n";

static void sizes_and_scale(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    assert_int_equal(behov_factors_width(estimation.factors), 3);
    assert_int_equal(behov_factors_n_rows(estimation.factors), 6);
    assert_int_equal(behov_factors_n_clusters(estimation.factors), 3);
    static const size_t sizes[] = {1, 4, 1}, factor_rows[] = {1, 3, 1};
    for (size_t g = 0; g < 3; g++) {
        size_t n = 0;
        assert_int_equal(behov_factors_cluster_size(estimation.factors, g), sizes[g]);
        assert_non_null(behov_factors_cluster(estimation.factors, g, &n));
        assert_int_equal(n, factor_rows[g]);
    }
    static const int exponents[] = {1, 3, 3}; /* 1, 4 and 7 */
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(behov_factors_exponent(estimation.factors, k), exponents[k]);
    /* a cluster of one row keeps it: 1, 2, 5 scaled */
    size_t n;
    const double *a = behov_factors_cluster(estimation.factors, 0, &n);
    assert_true(a[0] == 0.5 && a[1] == 0.25 && a[2] == 0.625);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* Unscaled (R'R)_ij of a factor. */
static double cross(const behov_factors *factors, const double *rows, size_t n, size_t i, size_t j)
{
    size_t width = behov_factors_width(factors);
    double sum = 0;
    for (size_t r = 0; r < n; r++)
        sum += rows[r * width + i] * rows[r * width + j];
    return ldexp(sum, behov_factors_exponent(factors, i) + behov_factors_exponent(factors, j));
}

static void cross_products_of_whole_numbers(void **state)
{
    (void)state;
    /* columns 1, x, y: all rows, and cluster b with rows (1 3) (4 -7) (3 2) (-4 6) */
    static const double all[3][3] = {{6, 6, 10}, {6, 46, -33}, {10, -33, 124}};
    static const double b[3][3] = {{4, 4, 4}, {4, 42, -43}, {4, -43, 98}};
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    size_t n;
    const double *of_b = behov_factors_cluster(estimation.factors, 1, &n);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            assert_digits(cross(estimation.factors, behov_factors_triangle(estimation.factors), 3, i, j), all[i][j],
                          14);
            assert_digits(cross(estimation.factors, of_b, n, i, j), b[i][j], 14);
            if (j < i)
                assert_true(of_b[i * 3 + j] == 0 && behov_factors_triangle(estimation.factors)[i * 3 + j] == 0);
        }
    estimation_free(&estimation);
    behov_table_free(table);
}

static void the_triangle_does_not_depend_on_the_clusters(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation estimation, excluding_estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    assert_int_equal(estimate(&excluding_estimation, table, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(behov_factors_n_clusters(excluding_estimation.factors), 0);
    assert_memory_equal(behov_factors_triangle(estimation.factors),
                        behov_factors_triangle(excluding_estimation.factors), 9 * sizeof(double));
    estimation_free(&estimation);
    estimation_free(&excluding_estimation);
    behov_table_free(table);
}

static void other_scales_or_clusters_are_refused(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text), *other = table_of_text("g,y,x\n1,3,100\n1,5,2\n1,-7,3\n1,0,9\n");
    estimation a, b, c;
    assert_int_equal(estimate(&a, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    assert_int_equal(estimate(&b, other, "y ~ x", (estimation_options){0}), BEHOV_OK);
    assert_int_equal(estimate(&c, table, "y ~ 1", (estimation_options){.exclude = "x == 0"}), BEHOV_OK);
    double previous_values[9];
    memcpy(previous_values, behov_factors_triangle(a.factors), sizeof previous_values);
    behov_error err;
    assert_int_equal(behov_factors_merge(a.factors, b.factors, &err), BEHOV_E_ARGUMENT);
    assert_int_equal(behov_factors_merge(a.factors, c.factors, &err), BEHOV_E_ARGUMENT);
    assert_memory_equal(behov_factors_triangle(a.factors), previous_values, sizeof previous_values);
    assert_int_equal(behov_factors_n_rows(a.factors), 6);
    /* clusters of six rows on a design of five */
    behov_factors *factors = NULL;
    assert_int_equal(behov_factors_new(c.design, a.clusters, &factors, &err), BEHOV_E_ARGUMENT);
    assert_null(factors);
    behov_fit *fit = NULL;
    assert_int_equal(behov_fit_new(c.design, a.factors, NULL, &fit, &err), BEHOV_E_ARGUMENT);
    assert_null(fit);
    estimation_free(&a);
    estimation_free(&b);
    estimation_free(&c);
    behov_table_free(table);
    behov_table_free(other);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_scale),
        cmocka_unit_test(cross_products_of_whole_numbers),
        cmocka_unit_test(the_triangle_does_not_depend_on_the_clusters),
        cmocka_unit_test(other_scales_or_clusters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
