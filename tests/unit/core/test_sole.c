/* test_sole.c - coefficients that one cluster, or one row, alone identifies have no robust standard error. */
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
#include "failing_malloc.h"
#include "tables.h"

enum { CLUSTERS = 6, ROWS = 3 * CLUSTERS };

/* d is 1 in the first cluster, e in the first two, f in one row. */
static behov_table *panel(void)
{
    dice random = dice_of(5);
    double g[ROWS], h[ROWS], d[ROWS], e[ROWS], f[ROWS], x[ROWS], y[ROWS], w[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        g[i] = 101 + (double)(i / 3);
        h[i] = (double)(i % 3);
        d[i] = i / 3 == 0;
        e[i] = i / 3 < 2;
        f[i] = i == 7;
        x[i] = dice_normal(&random);
        y[i] = 1 + x[i] + dice_normal(&random);
        w[i] = 1 + (double)dice_below(&random, 4);
    }
    behov_table *table = table_of_rows(ROWS);
    table_add(table, "g", g), table_add(table, "h", h), table_add(table, "d", d), table_add(table, "e", e);
    table_add(table, "f", f), table_add(table, "x", x), table_add(table, "y", y), table_add(table, "w", w);
    return table;
}

static void fit(estimation *estimation, const behov_table *table, const char *formula, estimation_options options)
{
    if (estimate(estimation, table, formula, options))
        fail_msg("%s: %s", formula, estimation->err.what);
}

static void no_error(const estimation *estimation, const char *term, const char *label)
{
    behov_coefficient coefficient[CLUSTERS + 3];
    size_t k = position_of(estimation, term);
    assert_int_equal(behov_inference(estimation->fit, estimation->vcov, NULL, coefficient, NULL), BEHOV_OK);
    assert_non_null(behov_vcov_sole(estimation->vcov, k));
    assert_string_equal(behov_vcov_sole(estimation->vcov, k), label);
    assert_true(isnan(coefficient[k].se) && isnan(coefficient[k].t) && isnan(coefficient[k].p) &&
                isnan(coefficient[k].ci_low) && isnan(coefficient[k].ci_high));
    assert_string_equal(coefficient[k].stars, "");
    assert_true(isfinite(coefficient[k].estimate));
}

static void an_error(const estimation *estimation, const char *term)
{
    behov_coefficient coefficient[CLUSTERS + 3];
    size_t k = position_of(estimation, term);
    assert_int_equal(behov_inference(estimation->fit, estimation->vcov, NULL, coefficient, NULL), BEHOV_OK);
    assert_null(behov_vcov_sole(estimation->vcov, k));
    assert_true(behov_vcov_sole_share(estimation->vcov, k) == 0);
    assert_true(coefficient[k].se > 0 && isfinite(coefficient[k].ci_low));
}

static const behov_vcov_kind clustered[] = {BEHOV_VCOV_CV0, BEHOV_VCOV_CV1, BEHOV_VCOV_CV2};

static void a_dummy_of_one_cluster(void **state)
{
    behov_table *table = *state;
    estimation estimation;
    for (size_t i = 0; i < 3; i++)
        for (int variant = 0; variant < 4; variant++) {
            estimation_options options = {.kind = clustered[i],
                                          .cluster = "g",
                                          .fit = {.double_only = variant & 1},
                                          .weights = variant & 2 ? "w" : NULL};
            fit(&estimation, table, "y ~ d", options);
            no_error(&estimation, "d", "g = 101");
            /* 1/3 of the 1/3 + 1/15 that is the variance of d */
            if (!(variant & 2))
                assert_digits(behov_vcov_sole_share(estimation.vcov, position_of(&estimation, "d")), 5.0 / 6, 14);
            an_error(&estimation, "(Intercept)");
            assert_false(behov_vcov_dof(estimation.vcov) < 1);
            estimation_free(&estimation);
            fit(&estimation, table, "y ~ x + d + d:x", options);
            no_error(&estimation, "d", "g = 101"), no_error(&estimation, "d:x", "g = 101");
            an_error(&estimation, "x");
            estimation_free(&estimation);
            /* of two clusters: no longer */
            fit(&estimation, table, "y ~ x + e", options);
            an_error(&estimation, "e"), an_error(&estimation, "x"), an_error(&estimation, "(Intercept)");
            estimation_free(&estimation);
        }
}

static void effects_of_the_clusters(void **state)
{
    behov_table *table = *state;
    estimation estimation;
    for (size_t i = 0; i < 3; i++) {
        fit(&estimation, table, "y ~ x + factor(g)", (estimation_options){.kind = clustered[i], .cluster = "g"});
        no_error(&estimation, "g=102",
                 "g = 101"); /* the reference and the level have equal parts: the first is named */
        no_error(&estimation, "g=106", "g = 101");
        no_error(&estimation, "(Intercept)", "g = 101");
        assert_true(behov_vcov_sole_share(estimation.vcov, position_of(&estimation, "g=103")) >= BEHOV_SOLE_NO_ERROR);
        an_error(&estimation, "x");
        double f;
        size_t q;
        assert_int_equal(behov_vcov_model_f(estimation.vcov, estimation.fit, &f, &q, &(double){0}, NULL), BEHOV_OK);
        assert_true(isnan(f));
        estimation_free(&estimation);
        /* absorbed they are no coefficients, and x is as before */
        if (clustered[i] == BEHOV_VCOV_CV2)
            continue;
        fit(&estimation, table, "y ~ x", (estimation_options){.kind = clustered[i], .cluster = "g", .absorb = "g"});
        an_error(&estimation, "x");
        estimation_free(&estimation);
    }
}

/* The other rows of a large cluster hold the share down to 1/2 (its 12 rows against 12 of three others), and still no
 * other cluster says anything of the coefficient. CV2 has degrees of freedom for what it sees. */
static void a_cluster_of_half_the_rows(void **state)
{
    (void)state;
    dice random = dice_of(7);
    double g[24], h[24], d[24], y[24];
    for (size_t i = 0; i < 24; i++) {
        g[i] = i < 12 ? 1 : 2 + (double)((i - 12) / 4);
        h[i] = (double)(i % 4);
        d[i] = i < 12;
        y[i] = 1 + d[i] + dice_normal(&random);
    }
    behov_table *table = table_of_rows(24);
    table_add(table, "g", g), table_add(table, "h", h), table_add(table, "d", d), table_add(table, "y", y);
    for (size_t i = 0; i < 3; i++) {
        estimation estimation;
        fit(&estimation, table, "y ~ d", (estimation_options){.kind = clustered[i], .cluster = "g"});
        size_t k = position_of(&estimation, "d");
        assert_digits(behov_vcov_sole_share(estimation.vcov, k), 0.5, 14);
        assert_true(behov_vcov_has_no_error(estimation.vcov, k) == (clustered[i] != BEHOV_VCOV_CV2));
        if (clustered[i] != BEHOV_VCOV_CV2)
            no_error(&estimation, "d", "g = 1");
        an_error(&estimation, "(Intercept)");
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

static void one_row(void **state)
{
    behov_table *table = *state;
    estimation estimation;
    for (int kind = BEHOV_VCOV_HC0; kind <= BEHOV_VCOV_HC2; kind++) {
        fit(&estimation, table, "y ~ x + f", (estimation_options){.kind = (behov_vcov_kind)kind});
        no_error(&estimation, "f", "test.csv, row 8");
        an_error(&estimation, "x");
        estimation_free(&estimation);
    }
    /* the classical error knows: one variance for all rows */
    fit(&estimation, table, "y ~ x + f", (estimation_options){0});
    an_error(&estimation, "f");
    estimation_free(&estimation);
}

static void two_ways(void **state)
{
    behov_table *table = *state;
    estimation estimation;
    const char *const formulas[] = {"y ~ x + d", "y ~ x + I((h == 1) * 1)"}, *const terms[] = {"d", "I((h == 1) * 1)"},
                      *const labels[] = {"g = 101", "h = 1"};
    for (int i = 0; i < 2; i++) {
        fit(&estimation, table, formulas[i], (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "g"});
        behov_clusters *second = NULL;
        size_t n_rows;
        const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
        assert_int_equal(behov_clusters_new(table, "h", rows, n_rows, &second, NULL), BEHOV_OK);
        behov_vcov_free(estimation.vcov);
        estimation.vcov = NULL;
        assert_int_equal(behov_vcov_two_way(estimation.fit, estimation.design, estimation.clusters, second,
                                            BEHOV_VCOV_CV1, &estimation.vcov, NULL),
                         BEHOV_OK);
        no_error(&estimation, terms[i], labels[i]);
        behov_clusters_free(second);
        estimation_free(&estimation);
    }
}

/* A restriction stands when the parts of one cluster cancel, and is refused when they do not. */
static void hypotheses(void **state)
{
    behov_table *table = *state;
    estimation estimation;
    fit(&estimation, table, "y ~ x + d", (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "g"});
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result;
    behov_boot_result boot_result;
    behov_error err;
    assert_int_equal(behov_hypothesis_parse("d = 0", estimation.design, &hypothesis, NULL), BEHOV_OK);
    assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &result, &err), BEHOV_E_RANK);
    assert_contains(err.what, "d depends on g = 101 alone");
    assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis,
                                     &(behov_boot_options){.n_draws = 99}, &boot_result, &err),
                     BEHOV_E_RANK);
    assert_contains(err.what, "one cluster alone identifies");
    behov_hypothesis_free(hypothesis);
    assert_int_equal(behov_hypothesis_parse("x = 0", estimation.design, &hypothesis, NULL), BEHOV_OK);
    assert_int_equal(behov_wald(estimation.vcov, estimation.fit, hypothesis, &result, &err), BEHOV_OK);
    assert_true(result.sole_share == 0);
    assert_int_equal(behov_boot_wild(estimation.fit, estimation.factors, hypothesis,
                                     &(behov_boot_options){.n_draws = 99}, &boot_result, &err),
                     BEHOV_OK);
    behov_hypothesis_free(hypothesis);
    estimation_free(&estimation);
}

static void without_memory(void **state)
{
    behov_table *table = *state;
    for (size_t n = 1;; n++) {
        estimation estimation;
        fit(&estimation, table, "y ~ x + factor(g)",
            (estimation_options){.kind = BEHOV_VCOV_CLASSICAL, .cluster = "g"});
        behov_vcov *vcov = NULL;
        behov_error err;
        failing_malloc_start(n);
        behov_status status =
            behov_vcov_new(estimation.fit, estimation.design, estimation.clusters, BEHOV_VCOV_CV1, &vcov, &err);
        bool was_reached = failing_malloc_stop();
        if (status)
            assert_int_equal(status, BEHOV_E_MEMORY);
        behov_vcov_free(vcov);
        estimation_free(&estimation);
        if (!was_reached) {
            assert_int_equal(status, BEHOV_OK);
            break;
        }
    }
}

static int set_up(void **state)
{
    gsl_set_error_handler_off();
    *state = panel();
    return 0;
}

static int tear_down(void **state)
{
    behov_table_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dummy_of_one_cluster),
        cmocka_unit_test(effects_of_the_clusters),
        cmocka_unit_test(a_cluster_of_half_the_rows),
        cmocka_unit_test(one_row),
        cmocka_unit_test(two_ways),
        cmocka_unit_test(hypotheses),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
