/* test_conditioning.c - a model and its centred twin are one model: the same column space in columns that are nearly
 * collinear (year and year^2 as they are; z = x / 2 but for its last digits) and in columns that are not.
 *
 * Powers, differences and products are carried to 30 digits, so the twins are equal but for what the arithmetic loses:
 * every kind of variance, the degrees of freedom of CV2 and CV3, joint tests, the F of the model, what a cluster moves,
 * with weights and without, agree to 9 digits or more (double-double arithmetic; 11 and more are usual). The wild
 * bootstrap stands on factors in double: 5. */
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

enum { CLUSTERS = 4, YEARS = 4, ROWS = CLUSTERS * YEARS, SEEDS = 300 };

/* Few clusters, one of which carries d; now and then a year is missing. */
static behov_table *few_clusters(uint64_t seed)
{
    dice random = dice_of(seed);
    size_t n_clusters = 3 + dice_below(&random, 2), n_years = 3 + dice_below(&random, 2), n = n_clusters * n_years;
    double g[ROWS], year[ROWS], x[ROWS], z[ROWS], d[ROWS], y[ROWS], w[ROWS], h[ROWS];
    for (size_t i = 0; i < n; i++) {
        g[i] = (double)(i / n_years);
        year[i] = 2012 + (double)(i % n_years);
        h[i] = (double)dice_below(&random, 4);
        x[i] = rint(1000 * (4 + 2 * dice_normal(&random))) / 1000;
        z[i] = x[i] / 2 + rint(1e8 * 1e-6 * dice_normal(&random)) / 1e8;
        d[i] = g[i] == 0;
        w[i] = rint(10 + 90 * dice_uniform(&random)) / 10;
        y[i] = rint(1000 * (3 + 0.3 * x[i] + d[i] + dice_normal(&random))) / 1000;
    }
    behov_table *table = table_of_rows(n);
    table_add(table, "g", g), table_add(table, "year", year), table_add(table, "x", x), table_add(table, "z", z);
    table_add(table, "d", d), table_add(table, "y", y), table_add(table, "w", w), table_add(table, "h", h);
    return table;
}

typedef struct twins {
    behov_table *table;
    estimation estimation[2];
} twins;

/* false when one of them has no answer; then neither may have one. */
static bool estimate_twins(twins *new_twins, uint64_t seed, const char *raw, const char *centred,
                           estimation_options options)
{
    *new_twins = (twins){.table = few_clusters(seed)};
    behov_status first = estimate(&new_twins->estimation[0], new_twins->table, raw, options);
    behov_status second = estimate(&new_twins->estimation[1], new_twins->table, centred, options);
    if (first != second)
        fail_msg("seed %lu, %s: %s | %s: %s", (unsigned long)seed, raw,
                 first ? new_twins->estimation[0].err.what : "fits", centred,
                 second ? new_twins->estimation[1].err.what : "fits");
    return !first;
}

static void twins_free(twins *twins)
{
    estimation_free(&twins->estimation[0]), estimation_free(&twins->estimation[1]);
    behov_table_free(twins->table);
}

static void same(double value, double other, double digits, uint64_t seed, const char *subject)
{
    double right = correct_digits(value, other);
    if (!(right >= digits))
        fail_msg("seed %lu: %s is %.17g and %.17g, the same to %.1f digits", (unsigned long)seed, subject, value, other,
                 right);
}

static const char raw_years[] = "y ~ x + year + I(year^2) + d + d:x";
static const char centred_years[] = "y ~ x + I(year - 2013) + I((year - 2013)^2) + d + d:x";
static const char *const shared_terms[] = {"x", "d", "d:x"};

static void errors_and_degrees_of_freedom(void **state)
{
    (void)state;
    size_t n_compared = 0;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++)
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++)
            for (int weighted = 0; weighted < 2; weighted++) {
                twins twins;
                estimation_options options = {
                    .kind = (behov_vcov_kind)kind, .cluster = "g", .weights = weighted ? "w" : NULL};
                const char *raw =
                    kind == BEHOV_VCOV_CV3 || kind == BEHOV_VCOV_CV3J ? "y ~ x + year + I(year^2)" : raw_years;
                const char *centred = raw == raw_years ? centred_years : "y ~ x + I(year - 2013) + I((year - 2013)^2)";
                if (estimate_twins(&twins, seed, raw, centred, options)) {
                    for (size_t i = 0; i < (raw == raw_years ? 3 : 1); i++) {
                        size_t k = position_of(&twins.estimation[0], shared_terms[i]),
                               l = position_of(&twins.estimation[1], shared_terms[i]);
                        same(error_of(&twins.estimation[0], shared_terms[i]),
                             error_of(&twins.estimation[1], shared_terms[i]), 10, seed,
                             behov_vcov_kind_name((behov_vcov_kind)kind));
                        same(behov_vcov_dof_of(twins.estimation[0].vcov, k),
                             behov_vcov_dof_of(twins.estimation[1].vcov, l), 9, seed, "dof");
                        assert_false(behov_vcov_dof_of(twins.estimation[0].vcov, k) <
                                     0.99); /* NaN: one cluster alone identifies it */
                    }
                    n_compared++;
                }
                twins_free(&twins);
            }
    assert_true(n_compared > effort(SEEDS) * 15);
}

static void satterthwaite_of_the_jackknife(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        twins twins;
        double dof[2][6];
        if (estimate_twins(&twins, seed, raw_years, centred_years,
                           (estimation_options){.kind = BEHOV_VCOV_CV0, .cluster = "g"})) {
            for (int t = 0; t < 2; t++)
                assert_int_equal(behov_vcov_satterthwaite(twins.estimation[t].fit, twins.estimation[t].design,
                                                          twins.estimation[t].clusters, BEHOV_VCOV_CV3, dof[t], NULL),
                                 BEHOV_OK);
            same(dof[0][position_of(&twins.estimation[0], "x")], dof[1][position_of(&twins.estimation[1], "x")], 9,
                 seed, "dof of CV3");
        }
        twins_free(&twins);
    }
}

static double wald(const estimation *estimation, const char *text, bool *is_there)
{
    behov_hypothesis *hypothesis = NULL;
    behov_wald_result result = {.f = NAN};
    assert_int_equal(behov_hypothesis_parse(text, estimation->design, &hypothesis, NULL), BEHOV_OK);
    *is_there = !behov_wald(estimation->vcov, estimation->fit, hypothesis, &result, NULL);
    behov_hypothesis_free(hypothesis);
    return result.f;
}

static void joint_tests(void **state)
{
    (void)state;
    size_t n_compared = 0;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++)
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++)
            for (int weighted = 0; weighted < 2; weighted++) {
                twins twins;
                estimation_options options = {
                    .kind = (behov_vcov_kind)kind, .cluster = "g", .weights = weighted ? "w" : NULL};
                if (estimate_twins(&twins, seed, "y ~ x + z", "y ~ x + I(z - x / 2)", options)) {
                    bool first, second;
                    const char *name = behov_vcov_kind_name((behov_vcov_kind)kind);
                    double value = wald(&twins.estimation[0], "x = 0, z = 0", &first),
                           other = wald(&twins.estimation[1], "x = 0, I(z - x / 2) = 0", &second), f[2];
                    assert_int_equal(first, second);
                    if (first)
                        same(value, other, 9, seed, name);
                    n_compared += first;
                    /* x + z/2 of one is x of the other */
                    value = wald(&twins.estimation[0], "x + z / 2 = 1", &first),
                    other = wald(&twins.estimation[1], "x = 1", &second);
                    assert_true(first && second);
                    same(value, other, 9, seed, name);
                    for (int t = 0; t < 2; t++) {
                        size_t q;
                        assert_int_equal(behov_vcov_model_f(twins.estimation[t].vcov, twins.estimation[t].fit, &f[t],
                                                            &q, &(double){0}, NULL),
                                         BEHOV_OK);
                    }
                    same(f[0], f[1], 9, seed, "the F of the model");
                }
                twins_free(&twins);
            }
    assert_true(n_compared > effort(SEEDS) * 18);
}

static void two_way(void **state)
{
    (void)state;
    size_t n_compared = 0;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        twins twins;
        if (estimate_twins(&twins, seed, "y ~ x + z", "y ~ x + I(z - x / 2)",
                           (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "g"})) {
            double f[2];
            bool is_there[2];
            size_t n_cut[2];
            for (int t = 0; t < 2; t++) {
                estimation *estimation = &twins.estimation[t];
                behov_clusters *second = NULL;
                size_t n_rows;
                const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
                assert_int_equal(behov_clusters_new(twins.table, "h", rows, n_rows, &second, NULL), BEHOV_OK);
                behov_vcov_free(estimation->vcov);
                estimation->vcov = NULL;
                assert_int_equal(behov_vcov_two_way(estimation->fit, estimation->design, estimation->clusters, second,
                                                    BEHOV_VCOV_CV1, &estimation->vcov, NULL),
                                 BEHOV_OK);
                n_cut[t] = behov_vcov_n_cut(estimation->vcov);
                f[t] = wald(estimation, t ? "x = 0, I(z - x / 2) = 0" : "x = 0, z = 0", &is_there[t]);
                behov_clusters_free(second);
            }
            assert_int_equal(n_cut[0], n_cut[1]);
            if (!n_cut[0] && is_there[0]) {
                same(f[0], f[1], 9, seed, "two-way");
                n_compared++;
            }
        }
        twins_free(&twins);
    }
    assert_true(effort(100) < 100 || n_compared > effort(SEEDS) / 10);
}

/* What a cluster moves, its leverage, what its rows are predicted by the others. */
static void diagnosis_of_clusters(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        twins twins;
        behov_cluster_diagnosis *cluster_diagnosis[2] = {NULL, NULL};
        estimation_options options = {.kind = BEHOV_VCOV_CV1, .cluster = "g", .weights = seed % 2 ? "w" : NULL};
        if (estimate_twins(&twins, seed, "y ~ x + year + I(year^2)", "y ~ x + I(year - 2013) + I((year - 2013)^2)",
                           options)) {
            size_t k[2];
            for (int t = 0; t < 2; t++) {
                k[t] = position_of(&twins.estimation[t], "x");
                assert_int_equal(behov_cluster_diagnosis_new(twins.estimation[t].fit, twins.estimation[t].design,
                                                             twins.estimation[t].clusters, &cluster_diagnosis[t], NULL),
                                 BEHOV_OK);
            }
            size_t n = behov_cluster_diagnosis_n_regressors(cluster_diagnosis[0]);
            for (size_t g = 0; g < behov_cluster_diagnosis_n_clusters(cluster_diagnosis[0]); g++) {
                same(behov_cluster_diagnosis_leverage(cluster_diagnosis[0])[g],
                     behov_cluster_diagnosis_leverage(cluster_diagnosis[1])[g], 12, seed, "leverage");
                same(behov_cluster_diagnosis_changes(cluster_diagnosis[0])[g * n + k[0]],
                     behov_cluster_diagnosis_changes(cluster_diagnosis[1])[g * n + k[1]], 9, seed, "change");
                same(behov_cluster_diagnosis_partial_leverage(cluster_diagnosis[0])[g * n + k[0]],
                     behov_cluster_diagnosis_partial_leverage(cluster_diagnosis[1])[g * n + k[1]], 10, seed,
                     "partial leverage");
                same(behov_cluster_diagnosis_left_out_rmse(cluster_diagnosis[0])[g],
                     behov_cluster_diagnosis_left_out_rmse(cluster_diagnosis[1])[g], 10, seed, "left-out error");
            }
            for (int t = 0; t < 2; t++)
                behov_cluster_diagnosis_free(cluster_diagnosis[t]);
        }
        twins_free(&twins);
    }
}

static void bootstrap(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++) {
        twins twins;
        if (estimate_twins(&twins, seed, "y ~ x + year + I(year^2)", "y ~ x + I(year - 2013) + I((year - 2013)^2)",
                           (estimation_options){.kind = BEHOV_VCOV_CV1, .cluster = "g"})) {
            behov_boot_result boot_result[2];
            for (int t = 0; t < 2; t++) {
                behov_hypothesis *hypothesis = NULL;
                assert_int_equal(behov_hypothesis_parse("x = 0", twins.estimation[t].design, &hypothesis, NULL),
                                 BEHOV_OK);
                assert_int_equal(behov_boot_wild(twins.estimation[t].fit, twins.estimation[t].factors, hypothesis,
                                                 &(behov_boot_options){.n_draws = 99, .is_unrestricted = true},
                                                 &boot_result[t], NULL),
                                 BEHOV_OK);
                behov_hypothesis_free(hypothesis);
            }
            same(boot_result[0].se, boot_result[1].se, 5, seed, "standard error of the bootstrap");
            same(boot_result[0].se, error_of(&twins.estimation[0], "x"), 5, seed,
                 "standard error of the bootstrap beside CV1");
        }
        twins_free(&twins);
    }
}

/* QR in double: good to the condition number, and no worse. */
static void double_arithmetic(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++)
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++) {
            twins twins;
            estimation_options options = {.kind = (behov_vcov_kind)kind, .cluster = "g", .fit = {.double_only = true}};
            if (estimate_twins(&twins, seed, "y ~ x + z", "y ~ x + I(z - x / 2)", options)) {
                bool first, second;
                double value = wald(&twins.estimation[0], "x = 0, z = 0", &first),
                       other = wald(&twins.estimation[1], "x = 0, I(z - x / 2) = 0", &second);
                assert_int_equal(first, second);
                if (first)
                    same(value, other, 4, seed, behov_vcov_kind_name((behov_vcov_kind)kind));
            }
            twins_free(&twins);
        }
}

/* x'V x, what the interval of a need stands on: terms of 1e7 that leave 1. */
static void variance_of_a_level(void **state)
{
    (void)state;
    size_t n_compared = 0;
    for (uint64_t seed = 1; seed <= effort(SEEDS); seed++)
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++) {
            twins twins;
            if (estimate_twins(&twins, seed, "y ~ x + year + I(year^2)", "y ~ x + I(year - 2013) + I((year - 2013)^2)",
                               (estimation_options){.kind = (behov_vcov_kind)kind, .cluster = "g"})) {
                double raw[] = {1, 4.5, 2014, 2014.0 * 2014}, centred[] = {1, 4.5, 1, 1};
                same(behov_vcov_level_variance(twins.estimation[0].vcov, twins.estimation[0].fit, raw),
                     behov_vcov_level_variance(twins.estimation[1].vcov, twins.estimation[1].fit, centred), 9, seed,
                     "x'V x");
                n_compared++;
            }
            twins_free(&twins);
        }
    assert_true(n_compared > effort(SEEDS) * 7);
}

/* Dummies of all levels, and shares that add up to 1, are a constant in other columns: R2, F and the tests of the model
 * are those with one. */
static void a_constant_in_other_columns(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= effort(SEEDS) / 4; seed++)
        for (int kind = 0; kind < BEHOV_N_VCOV_KINDS; kind++)
            for (int variant = 0; variant < 8; variant++) {
                twins new_twins;
                estimation_options options = {.kind = (behov_vcov_kind)kind,
                                              .cluster = "g",
                                              .weights = variant & 1 ? "w" : NULL,
                                              .fit = {.double_only = variant & 2}};
                const char *excluding_text = variant & 4 ? "y ~ I(x / 7) + I(1 - x / 7) - 1" : "y ~ x + factor(h) - 1";
                const char *including_text = variant & 4 ? "y ~ I(x / 7)" : "y ~ x + factor(h)";
                if (estimate_twins(&new_twins, seed, excluding_text, including_text, options)) {
                    double f[2], digits = variant & 2 ? 7 : 11;
                    size_t q[2];
                    for (int t = 0; t < 2; t++) {
                        assert_int_equal(behov_vcov_model_f(new_twins.estimation[t].vcov, new_twins.estimation[t].fit,
                                                            &f[t], &q[t], &(double){0}, NULL),
                                         BEHOV_OK);
                        assert_false(behov_fit_is_from_zero(new_twins.estimation[t].fit));
                    }
                    same(behov_fit_r2(new_twins.estimation[0].fit), behov_fit_r2(new_twins.estimation[1].fit), digits,
                         seed, "R2");
                    same(behov_fit_adj_r2(new_twins.estimation[0].fit), behov_fit_adj_r2(new_twins.estimation[1].fit),
                         digits - 1, seed, "adjusted R2");
                    same(behov_fit_f(new_twins.estimation[0].fit), behov_fit_f(new_twins.estimation[1].fit), digits,
                         seed, "F");
                    same(f[0], f[1], digits - 2, seed, behov_vcov_kind_name((behov_vcov_kind)kind));
                    assert_int_equal(q[0], q[1]);
                }
                twins_free(&new_twins);
            }
    twins twins;
    assert_true(estimate_twins(&twins, 1, "y ~ x - 1", "y ~ x + d - 1", (estimation_options){0}));
    assert_true(behov_fit_is_from_zero(twins.estimation[0].fit) && behov_fit_is_from_zero(twins.estimation[1].fit));
    twins_free(&twins);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_and_degrees_of_freedom),
        cmocka_unit_test(satterthwaite_of_the_jackknife),
        cmocka_unit_test(joint_tests),
        cmocka_unit_test(two_way),
        cmocka_unit_test(diagnosis_of_clusters),
        cmocka_unit_test(bootstrap),
        cmocka_unit_test(double_arithmetic),
        cmocka_unit_test(a_constant_in_other_columns),
        cmocka_unit_test(variance_of_a_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
