/* test_vcov.c - every kind against its definition, written out for two coefficients; factors, degrees of freedom. */
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

enum { N = 8, G = 3 };
static const char text[] = "g,y,x,one\n1,2,1,5\n1,4,2,5\n2,5,3,5\n2,4,4,5\n3,5,5,5\n3,1,9,5\n3,8,7,5\n3,2,-3,5\n";
static const double x[N] = {1, 2, 3, 4, 5, 9, 7, -3}, y[N] = {2, 4, 5, 4, 5, 1, 8, 2};
static const size_t cluster[N] = {0, 0, 1, 1, 2, 2, 2, 2};

/* B (sum_g s_g s_g') B by closed forms for a constant and one regressor; `by_row`: every row its own group. */
static void unscaled(bool by_row, double v[4], double *rss)
{
    double sx = 0, sxx = 0, sy = 0, sxy = 0;
    for (size_t i = 0; i < N; i++)
        sx += x[i], sxx += x[i] * x[i], sy += y[i], sxy += x[i] * y[i];
    double det = N * sxx - sx * sx, b[4] = {sxx / det, -sx / det, -sx / det, N / det};
    double c0 = b[0] * sy + b[1] * sxy, c1 = b[2] * sy + b[3] * sxy, meat[4] = {0}, score[N][2] = {{0}};
    *rss = 0;
    for (size_t i = 0; i < N; i++) {
        double u = y[i] - c0 - c1 * x[i];
        size_t g = by_row ? i : cluster[i];
        *rss += u * u;
        score[g][0] += u;
        score[g][1] += u * x[i];
    }
    for (size_t g = 0; g < N; g++)
        for (size_t i = 0; i < 2; i++)
            for (size_t j = 0; j < 2; j++)
                meat[2 * i + j] += score[g][i] * score[g][j];
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++) {
            v[2 * i + j] = 0;
            for (size_t k = 0; k < 2; k++)
                for (size_t l = 0; l < 2; l++)
                    v[2 * i + j] += b[2 * i + k] * meat[2 * k + l] * b[2 * l + j];
        }
}

static void every_kind_is_its_definition(void **state)
{
    (void)state;
    static const struct {
        behov_vcov_kind kind;
        const char *name;
        bool by_row;
        double factor, dof;
        size_t n_clusters;
    } kinds[] = {{BEHOV_VCOV_HC0, "hc0", true, 1, N - 2, 0},
                 {BEHOV_VCOV_HC1, "hc1", true, 8.0 / 6, N - 2, 0},
                 {BEHOV_VCOV_CV0, "cv0", false, 1, G - 1, G},
                 {BEHOV_VCOV_CV1, "cv1", false, 3.0 / 2 * 7 / 6, G - 1, G}};
    behov_table *table = table_of_text(text);
    for (int double_only = 0; double_only < 2; double_only++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            estimation estimation;
            estimation_options options = {.kind = kinds[i].kind, .cluster = "g", .fit = {.double_only = double_only}};
            assert_int_equal(estimate(&estimation, table, "y ~ x", options), BEHOV_OK);
            double want[4], rss;
            unscaled(kinds[i].by_row, want, &rss);
            const double *got = behov_vcov_matrix(estimation.vcov);
            for (size_t e = 0; e < 4; e++)
                assert_digits(got[e], want[e] * kinds[i].factor, 13);
            assert_true(got[1] == got[2]);
            assert_digits(behov_vcov_factor(estimation.vcov), kinds[i].factor, 15);
            assert_true(behov_vcov_dof(estimation.vcov) == kinds[i].dof);
            assert_int_equal(behov_vcov_n_clusters(estimation.vcov), kinds[i].n_clusters);
            assert_int_equal(behov_vcov_kind_of(estimation.vcov), kinds[i].kind);
            assert_int_equal(behov_vcov_n_regressors(estimation.vcov), 2);
            assert_string_equal(behov_vcov_kind_name(kinds[i].kind), kinds[i].name);
            assert_int_equal(behov_vcov_kind_of_name(kinds[i].name), kinds[i].kind);
            double f;
            size_t q;
            assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, NULL), BEHOV_OK);
            assert_int_equal(q, 1);
            double b = coefficient_of(&estimation, "x");
            assert_digits(f, b * b / got[3], 14); /* one restriction: t^2 */
            estimation_free(&estimation);
        }
    behov_table_free(table);
}

static void classical(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    double want[4], rss, f;
    size_t q;
    unscaled(true, want, &rss);
    assert_digits(behov_vcov_factor(estimation.vcov), rss / 6, 14);
    for (size_t e = 0; e < 4; e++)
        assert_digits(behov_vcov_matrix(estimation.vcov)[e], rss / 6 * behov_fit_bread(estimation.fit)[e], 14);
    assert_true(behov_vcov_dof(estimation.vcov) == 6);
    assert_int_equal(behov_vcov_n_clusters(estimation.vcov), 0);
    assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, NULL), BEHOV_OK);
    assert_true(f == behov_fit_f(estimation.fit) && q == 1);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(behov_vcov_kind_name(BEHOV_VCOV_CLASSICAL), "classical");
    assert_int_equal(behov_vcov_kind_of_name("hc4"), BEHOV_N_VCOV_KINDS);
    assert_int_equal(behov_vcov_kind_of_name(""), BEHOV_N_VCOV_KINDS);
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++) {
        const char *name = behov_vcov_kind_name((behov_vcov_kind)kind);
        assert_int_equal(behov_vcov_kind_of_name(name), kind);
        assert_int_equal(!!behov_vcov_kind_is_clustered((behov_vcov_kind)kind), strncmp(name, "cv", 2) == 0);
    }
}

static void refuse(const char *cluster_key, behov_vcov_kind kind, behov_status status, const char *subject)
{
    behov_table *table = table_of_text(text);
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = cluster_key, .kind = kind}),
                     status);
    assert_null(estimation.vcov);
    assert_contains(estimation.err.where, "test.csv");
    assert_contains(estimation.err.what, subject);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void refusals(void **state)
{
    (void)state;
    refuse("one", BEHOV_VCOV_CV1, BEHOV_E_TOO_FEW, "one cluster");
    refuse("one", BEHOV_VCOV_CV1, BEHOV_E_TOO_FEW, "one is the same in every row");
    refuse("one", BEHOV_VCOV_CV0, BEHOV_E_TOO_FEW, "use other clusters");
    refuse(NULL, BEHOV_VCOV_CV1, BEHOV_E_ARGUMENT, "cv1 needs clusters");
    refuse(NULL, BEHOV_N_VCOV_KINDS, BEHOV_E_ARGUMENT, "");
    /* clusters of other rows */
    behov_table *table = table_of_text(text);
    estimation all, some;
    assert_int_equal(estimate(&all, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    assert_int_equal(estimate(&some, table, "y ~ x", (estimation_options){.cluster = "g", .exclude = "x > 8"}),
                     BEHOV_OK);
    behov_vcov *vcov = NULL;
    behov_error err;
    assert_int_equal(behov_vcov_new(all.fit, all.design, some.clusters, BEHOV_VCOV_CV0, &vcov, &err), BEHOV_E_ARGUMENT);
    assert_null(vcov);
    estimation_free(&all);
    estimation_free(&some);
    behov_table_free(table);
}

/* Three clusters cannot test three slopes together; with one slope they can. No slope: nothing to test. */
static void a_wald_test_needs_clusters(void **state)
{
    (void)state;
    behov_table *table = table_of_text(text);
    static const struct {
        const char *formula;
        size_t q;
        bool there;
    } cases[] = {{"y ~ x + I(x^2) + I(x^3)", 3, false},
                 {"y ~ x + I(x^2)", 2, true},
                 {"y ~ 1", 0, false},
                 {"y ~ x - 1", 1, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        estimation estimation;
        double f = 0;
        size_t q = 99;
        assert_int_equal(estimate(&estimation, table, cases[i].formula,
                                  (estimation_options){.cluster = "g", .kind = BEHOV_VCOV_CV1}),
                         BEHOV_OK);
        assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, NULL), BEHOV_OK);
        assert_int_equal(q, cases[i].q);
        assert_int_equal(!isnan(f), cases[i].there);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

enum { MANY = 140000 }; /* rows, more than are two parts */

/* Clusters of 1 to 23 rows, one of 9000 in the middle, in the order of the rows and turned; returns how many. `last`: a
 * dummy of a cluster of the last part. */
static size_t many_rows(behov_table **table, double *columns[5])
{
    static const char *const names[] = {"in_order", "turned", "a", "b", "last"};
    *table = table_of_rows(MANY);
    for (size_t j = 0; j < 5; j++)
        assert_non_null(columns[j] = calloc(MANY, sizeof(double)));
    size_t g = 0;
    for (size_t i = 0, left = 1; i < MANY; i++, left--) {
        if (!left)
            left = ++g == 5800 ? 9000 : 1 + g * 7 % 23;
        columns[0][i] = (double)g;
        columns[1][i] = -(double)g;
        columns[2][i] = sin((double)i) + 0.1 * (double)(g % 5);
        columns[3][i] = 1 + 2 * columns[2][i] + cos(3.0 * (double)i) + 0.3 * (double)(g % 3);
        columns[4][i] = g == 10000;
    }
    behov_error err;
    for (size_t j = 0; j < 5; j++)
        assert_int_equal(behov_table_copy_numbers(*table, names[j], columns[j], &err), BEHOV_OK);
    return g + 1;
}

static void free_rows(behov_table *table, double *columns[5])
{
    for (size_t j = 0; j < 5; j++)
        free(columns[j]);
    behov_table_free(table);
}

/* Clusters in the order of the rows are scored piece by piece, others all at once: the variances are the same whichever
 * way they lie, and those of the definition. */
static void many_clusters_in_any_order(void **state)
{
    (void)state;
    behov_table *table;
    double *columns[5], definition[4] = {0}, se[2][2];
    static const char *const names[] = {"in_order", "turned"};
    size_t n_clusters = many_rows(&table, columns);
    for (size_t k = 0; k < 2; k++) {
        estimation estimation;
        if (estimate(&estimation, table, "b ~ a", (estimation_options){.kind = BEHOV_VCOV_CV0, .cluster = names[k]}))
            fail_msg("%s", estimation.err.what);
        assert_int_equal(behov_clusters_count(estimation.clusters), n_clusters);
        const double *coefficients = behov_fit_coefficients(estimation.fit);
        const double *v = behov_vcov_matrix(estimation.vcov);
        for (size_t i = 0; i < 2; i++)
            se[k][i] = sqrt(v[3 * i]);
        double sums[3] = {0}, meat[3] = {0}, score[2] = {0};
        for (size_t i = 0; i < MANY && !k; i++) {
            double u = columns[3][i] - coefficients[0] - coefficients[1] * columns[2][i];
            score[0] += u, score[1] += u * columns[2][i];
            sums[0] += 1, sums[1] += columns[2][i], sums[2] += columns[2][i] * columns[2][i];
            if (i + 1 < MANY && columns[0][i + 1] == columns[0][i])
                continue;
            meat[0] += score[0] * score[0], meat[1] += score[0] * score[1], meat[2] += score[1] * score[1];
            score[0] = score[1] = 0;
        }
        if (!k) {
            double det = sums[0] * sums[2] - sums[1] * sums[1], b[3] = {sums[2] / det, -sums[1] / det, sums[0] / det};
            definition[0] = b[0] * b[0] * meat[0] + 2 * b[0] * b[1] * meat[1] + b[1] * b[1] * meat[2];
            definition[1] = b[1] * b[1] * meat[0] + 2 * b[1] * b[2] * meat[1] + b[2] * b[2] * meat[2];
        }
        for (size_t i = 0; i < 2; i++)
            assert_digits(se[k][i] * se[k][i], definition[i], 9);
        estimation_free(&estimation);
    }
    for (size_t i = 0; i < 2; i++)
        assert_digits(se[1][i], se[0][i], 12);
    free_rows(table, columns);
}

/* b of sums n, x, xx, y, xy */
static void line(const double sums[5], double b[2])
{
    double det = sums[0] * sums[2] - sums[1] * sums[1];
    b[0] = (sums[2] * sums[3] - sums[1] * sums[4]) / det;
    b[1] = (sums[0] * sums[4] - sums[1] * sums[3]) / det;
}

static void add_row(double sums[5], double x_row, double y_row)
{
    double row[5] = {1, x_row, x_row * x_row, y_row, x_row * y_row};
    for (size_t i = 0; i < 5; i++)
        sums[i] += row[i];
}

/* (G - 1) / G times the squares of b(-g) - b, and of b(-g) about their mean. */
static void jackknife(double *columns[5], size_t n_clusters, double cv3[2], double cv3j[2])
{
    double all[5] = {0}, own[5] = {0}, rest[5], b[2], without[2], squares[2] = {0}, mean[2] = {0};
    for (size_t i = 0; i < MANY; i++)
        add_row(all, columns[2][i], columns[3][i]);
    line(all, b);
    for (size_t i = 0; i < MANY; i++) {
        add_row(own, columns[2][i], columns[3][i]);
        if (i + 1 < MANY && columns[0][i + 1] == columns[0][i])
            continue;
        for (size_t j = 0; j < 5; j++)
            rest[j] = all[j] - own[j], own[j] = 0;
        line(rest, without);
        for (size_t j = 0; j < 2; j++) {
            squares[j] += (without[j] - b[j]) * (without[j] - b[j]);
            mean[j] += (without[j] - b[j]) / (double)n_clusters;
        }
    }
    double count = (double)n_clusters, factor = (count - 1) / count;
    for (size_t j = 0; j < 2; j++) {
        cv3[j] = factor * squares[j];
        cv3j[j] = factor * (squares[j] - count * mean[j] * mean[j]);
    }
}

/* Clusters are left out in parts of them: the sums are those of the definition, to the last digit whatever the number of
 * threads, and a cluster that decides alone is told in whichever part it lies. */
static void a_jackknife_of_many_parts(void **state)
{
    (void)state;
    behov_table *table;
    double *columns[5], definition[2][2], variance[2];
    size_t n_clusters = many_rows(&table, columns);
    jackknife(columns, n_clusters, definition[0], definition[1]);
    for (size_t about_mean = 0; about_mean < 2; about_mean++)
        for (size_t n_threads = 1; n_threads <= 3; n_threads++) {
            estimation estimation;
            estimation_options options = {.kind = about_mean ? BEHOV_VCOV_CV3J : BEHOV_VCOV_CV3,
                                          .cluster = n_threads == 2 ? "in_order" : "turned",
                                          .n_threads = n_threads};
            if (estimate(&estimation, table, "b ~ a", options))
                fail_msg("%s", estimation.err.what);
            for (size_t i = 0; i < 2; i++) {
                double v = behov_vcov_matrix(estimation.vcov)[3 * i];
                assert_digits(v, definition[about_mean][i], 8); /* of differences of sums over all rows */
                if (n_threads == 3)
                    assert_memory_equal(&v, &variance[i], sizeof v);
                if (n_threads == 1)
                    variance[i] = v;
            }
            estimation_free(&estimation);
        }
    estimation estimation;
    estimation_options options = {.kind = BEHOV_VCOV_CV3, .cluster = "in_order", .n_threads = 2};
    assert_int_equal(estimate(&estimation, table, "b ~ a + last", options), BEHOV_E_RANK);
    assert_contains(estimation.err.where, "in_order = 10000");
    assert_contains(estimation.err.what, "last");
    estimation_free(&estimation);
    free_rows(table, columns);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_its_definition),
        cmocka_unit_test(classical),
        cmocka_unit_test(many_clusters_in_any_order),
        cmocka_unit_test(a_jackknife_of_many_parts),
        cmocka_unit_test(names),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_wald_test_needs_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
