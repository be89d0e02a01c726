/* test_diagnose.c - clusters against real refits and figures worked by hand, rows and VIF against their definitions. */
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

static void need_ok(behov_status status, const behov_error *err)
{
    if (status)
        fail_msg("%s: %s: %s", behov_status_name(status), err->where, err->what);
}

static void diagnose(estimation *estimation, behov_cluster_diagnosis **cluster_diagnosis, const behov_table *table,
                     const char *formula, estimation_options options)
{
    behov_status status = estimate(estimation, table, formula, options);
    need_ok(status, &estimation->err);
    need_ok(behov_cluster_diagnosis_new(estimation->fit, estimation->design, estimation->clusters, cluster_diagnosis,
                                        &estimation->err),
            &estimation->err);
}

/* ---- panels --------------------------------------------------------------------------------------------------------
 */

enum { ROWS = 180, YEARS = 5 };

/* Clusters g of 1 to 24 rows, years, two regressors, one of them on the scale of population^1.2, an outcome. */
static behov_table *random_panel(uint64_t seed)
{
    dice dice = dice_of(seed);
    double g[ROWS], year[ROWS], x[ROWS], z[ROWS], y[ROWS], f[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        g[i] = floor(13 * dice_uniform(&dice) * dice_uniform(&dice));
        year[i] = 2012 + (double)dice_below(&dice, YEARS);
        x[i] = 60 + 3 * dice_normal(&dice) + 0.3 * g[i];
        z[i] = 1e5 * exp(2 * dice_normal(&dice));
        y[i] = 0.1 * x[i] - 2e-7 * z[i] + 0.05 * (year[i] - 2012) + (0.2 + 0.05 * g[i]) * dice_normal(&dice);
        f[i] = 1 + (double)dice_below(&dice, 3);
    }
    behov_table *table = table_of_rows(ROWS);
    table_add(table, "g", g), table_add(table, "year", year), table_add(table, "f", f);
    table_add(table, "x", x), table_add(table, "z", z), table_add(table, "y", y);
    return table;
}

static const char small[] = "g,y,x,one\n1,2,-2,5\n1,4,1,5\n2,5,1,5\n2,4,1,5\n3,5,-1,5\n";

/* ---- sums ----------------------------------------------------------------------------------------------------------
 */

static void leverages_add_up(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        behov_table *table = random_panel(seed);
        estimation estimation;
        behov_cluster_diagnosis *cluster_diagnosis = NULL;
        diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + z + factor(year)",
                 (estimation_options){.cluster = "g", .fit = {.double_only = seed % 2}});
        size_t n = behov_cluster_diagnosis_n_clusters(cluster_diagnosis),
               k = behov_cluster_diagnosis_n_regressors(cluster_diagnosis);
        assert_int_equal(n, behov_clusters_count(estimation.clusters));
        const double *sizes = behov_cluster_diagnosis_sizes(cluster_diagnosis),
                     *leverage = behov_cluster_diagnosis_leverage(cluster_diagnosis);
        const double *partial = behov_cluster_diagnosis_partial_leverage(cluster_diagnosis);
        double rows = 0, all = 0;
        for (size_t g = 0; g < n; g++)
            rows += sizes[g], all += leverage[g];
        assert_true(rows == ROWS);
        assert_digits(all, (double)k, 13);
        for (size_t j = 0; j < k; j++) {
            double share = 0;
            for (size_t g = 0; g < n; g++) {
                assert_true(partial[g * k + j] >= 0);
                share += partial[g * k + j];
            }
            assert_digits(share, 1, 13);
        }
        behov_row_diagnosis *row_by_row = NULL;
        need_ok(behov_row_diagnosis_new(estimation.fit, estimation.design, &row_by_row, &estimation.err),
                &estimation.err);
        const double *h = behov_row_diagnosis_values(row_by_row, BEHOV_ROW_LEVERAGE);
        const uint32_t *of_rows = behov_clusters_of_rows(estimation.clusters);
        double by_cluster[32] = {0};
        for (size_t i = 0; i < ROWS; i++)
            by_cluster[of_rows[i]] += h[i];
        for (size_t g = 0; g < n; g++)
            assert_digits(by_cluster[g], leverage[g], 12);
        behov_row_diagnosis_free(row_by_row);
        behov_cluster_diagnosis_free(cluster_diagnosis);
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* Rows 2, 2, 1 with x = -2 1 | 1 1 | -1, which add up to 0, so x'x = 8 and the constant is apart from x. */
static void by_hand(void **state)
{
    (void)state;
    behov_table *table = table_of_text(small);
    estimation estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x", (estimation_options){.cluster = "g"});
    static const double leverage[3] = {2 / 5.0 + 5 / 8.0, 2 / 5.0 + 2 / 8.0, 1 / 5.0 + 1 / 8.0};
    static const double partial[6] = {2 / 5.0, 5 / 8.0, 2 / 5.0, 2 / 8.0, 1 / 5.0, 1 / 8.0};
    for (size_t g = 0; g < 3; g++)
        assert_digits(behov_cluster_diagnosis_leverage(cluster_diagnosis)[g], leverage[g], 15);
    for (size_t i = 0; i < 6; i++)
        assert_digits(behov_cluster_diagnosis_partial_leverage(cluster_diagnosis)[i], partial[i], 15);
    /* constant: gamma(0) ~ 2 2 1, gamma(1) ~ 4 4 1, half and half 3 3 1 */
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 0, 0), 25 / 9.0, 14);
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 0, 1), 81 / 33.0, 14);
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 0, 0.5), 49 / 19.0, 14);
    /* x: gamma(0) ~ 5 2 1, gamma(1) ~ (-1)^2 2^2 (-1)^2, half and half 3 3 1 */
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0), 64 / 30.0, 14);
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 1), 36 / 18.0, 14);
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0.5), 49 / 19.0, 14);
    double effective[2]; /* alone: the smaller of the first two, where gamma(1) adds up to more than gamma(0) */
    assert_int_equal(behov_effective_clusters(estimation.fit, estimation.design, estimation.clusters, effective, NULL),
                     BEHOV_OK);
    assert_digits(effective[0], 81 / 33.0, 14);
    assert_digits(effective[1], 64 / 30.0, 14); /* x: gamma(1) adds up to 6 eighths, gamma(0) to 8 */
    /* b = (4, (-4 + 4 + 5 + 4 - 5) / 8) = (4, 1/2); without the third, y 2 4 5 4 on x -2 1 1 1:
     * mean x 1/4, sxx 27/4, sxy 39/4 - 0 ... slope 7/9 by (sum xy - 4 mx my) / sxx = (9 - 15/4) / (27/4) */
    assert_digits(behov_cluster_diagnosis_changes(cluster_diagnosis)[2 * 2 + 1], 7 / 9.0 - 1 / 2.0, 14);
    assert_digits(behov_cluster_diagnosis_without(cluster_diagnosis, 2, 1), 7 / 9.0, 14);
    assert_digits(behov_cluster_diagnosis_without(cluster_diagnosis, 2, 0), 15 / 4.0 - 7 / 36.0, 14);
    /* its left-out error: 5 - (15/4 - 7/36 - 7/9) */
    assert_digits(behov_cluster_diagnosis_left_out_rmse(cluster_diagnosis)[2], 5 - (15 / 4.0 - 7 / 36.0 - 7 / 9.0), 14);
    assert_digits(behov_coefficient_of_variation(behov_cluster_diagnosis_sizes(cluster_diagnosis), 3),
                  sqrt(1 / 3.0) / (5 / 3.0), 15);
    size_t n_warnings;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(cluster_diagnosis, &n_warnings);
    /* 3 clusters; the first holds 5/8 of x; without it x is 1 1 -1: still there; without the second too */
    assert_int_equal(n_warnings, 2);
    assert_int_equal(warnings[0].kind, BEHOV_WARN_FEW_CLUSTERS);
    assert_true(warnings[0].value == 3 && warnings[0].threshold == BEHOV_FEW_CLUSTERS);
    assert_int_equal(warnings[1].kind, BEHOV_WARN_CLUSTER_DOMINATES);
    assert_true(warnings[1].cluster == 0 && warnings[1].regressor == 1 && fabs(warnings[1].value - 0.625) < 1e-15);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- real refits ---------------------------------------------------------------------------------------------------
 */

/* The left-out errors of cluster g, from coefficients of a real refit. */
static void left_out_by_refit(const estimation *new_estimation, const estimation *refit, size_t g, bool own_level,
                              double *squares, double *absolutes, size_t *n_rows)
{
    size_t n = behov_design_n_regressors(new_estimation->design);
    double *x = malloc(ROWS * n * sizeof *x), y[ROWS], error[ROWS], mean = 0;
    design_rows(new_estimation, x, y);
    const uint32_t *of_rows = behov_clusters_of_rows(new_estimation->clusters);
    size_t count = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (of_rows[i] != g)
            continue;
        error[count] = y[i];
        for (size_t k = 0; k < n; k++)
            for (size_t l = 0; l < behov_design_n_regressors(refit->design); l++)
                if (strcmp(behov_design_regressor(new_estimation->design, k),
                           behov_design_regressor(refit->design, l)) == 0)
                    error[count] -= x[i * n + k] * behov_fit_coefficients(refit->fit)[l];
        mean += error[count++];
    }
    for (size_t i = 0; i < count; i++) {
        double value = own_level ? error[i] - (mean - error[i]) / (double)(count - 1) : error[i];
        *squares += value * value;
        *absolutes += fabs(value);
    }
    *n_rows += count;
    free(x);
}

static void equals_refits(uint64_t seed, const char *formula, const char *key, bool double_only, double digits)
{
    behov_table *table = random_panel(seed);
    estimation new_estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&new_estimation, &cluster_diagnosis, table, formula,
             (estimation_options){.cluster = key, .fit = {.double_only = double_only}});
    size_t n_clusters = behov_cluster_diagnosis_n_clusters(cluster_diagnosis),
           n = behov_cluster_diagnosis_n_regressors(cluster_diagnosis);
    double squares = 0, absolutes = 0, lowest = DIGITS_ALL, fitted[ROWS], residuals[ROWS];
    size_t n_rows = 0, n_own = 0;
    fitted_rows(&new_estimation, fitted, residuals);
    for (size_t g = 0; g < n_clusters; g++) {
        char label[400], excluding_text[500];
        behov_clusters_label(new_estimation.clusters, g, label);
        snprintf(excluding_text, sizeof excluding_text, "%s == %s", key, label);
        estimation refit;
        need_ok(estimate(&refit, table, formula,
                         (estimation_options){.exclude = excluding_text, .fit = {.drop_collinear = true}}),
                &refit.err);
        size_t own = 0;
        for (size_t k = 0; k < n; k++) {
            double got = behov_cluster_diagnosis_without(cluster_diagnosis, g, k);
            if (isnan(got)) {
                own++;
                continue;
            }
            double found_value =
                correct_digits(got, coefficient_of(&refit, behov_design_regressor(new_estimation.design, k)));
            lowest = found_value < lowest ? found_value : lowest;
        }
        bool own_level = behov_cluster_diagnosis_measure(cluster_diagnosis, g) == BEHOV_LEFT_OUT_LEVEL_FROM_OWN;
        assert_int_equal(own_level, own > 0);
        n_own += own_level;
        double own_squares = 0;
        size_t own_rows = 0;
        left_out_by_refit(&new_estimation, &refit, g, own_level, &own_squares, &absolutes, &own_rows);
        assert_digits(behov_cluster_diagnosis_left_out_rmse(cluster_diagnosis)[g], sqrt(own_squares / (double)own_rows),
                      digits - 1);
        double residual_squares = 0;
        for (size_t i = 0; i < ROWS; i++)
            residual_squares +=
                behov_clusters_of_rows(new_estimation.clusters)[i] == g ? residuals[i] * residuals[i] : 0;
        assert_digits(behov_cluster_diagnosis_in_sample_rmse(cluster_diagnosis)[g],
                      sqrt(residual_squares / (double)own_rows), 12);
        squares += own_squares;
        n_rows += own_rows;
        estimation_free(&refit);
    }
    print_message("  %s, left out by %s: %.2f digits (floor %.0f)\n", formula, key, lowest, digits);
    assert_true(lowest >= digits);
    behov_left_out all = behov_cluster_diagnosis_left_out(cluster_diagnosis);
    assert_int_equal(all.n_rows, n_rows);
    assert_int_equal(all.n_level_from_own, n_own);
    assert_int_equal(all.n_measured + all.n_level_from_own, n_clusters);
    assert_digits(all.rmse, sqrt(squares / (double)n_rows), digits - 1);
    assert_digits(all.mae, absolutes / (double)n_rows, digits - 1);
    assert_digits(all.in_sample_rmse, sqrt(behov_fit_rss(new_estimation.fit) / ROWS), 12);
    assert_true(strcmp(key, "year") != 0 || n_own == (strstr(formula, "year") ? n_clusters : 0));
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&new_estimation);
    behov_table_free(table);
}

static void left_out_equals_refits(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        equals_refits(seed, "y ~ x + z + factor(year)", "g", false, 10);
        equals_refits(seed, "y ~ x + z + factor(year)", "year", false, 10);
        equals_refits(seed, "y ~ x + z + factor(year)", "g", true, 10);
        equals_refits(seed, "y ~ x + z", "year", false, 10);
        equals_refits(seed, "y ~ x - 1", "g", false, 10);
    }
}

/* Only cluster 3 has w != 0, and an interaction by cluster holds more than a level. */
static void what_a_cluster_alone_holds(void **state)
{
    (void)state;
    static const char text[] =
        "g,y,x,w\n1,2,1,0\n1,4,2,0\n2,5,3,0\n2,4,4,0\n3,5,5,1\n3,1,9,2\n3,8,7,0\n4,2,3,0\n4,6,1,0\n";
    behov_table *table = table_of_text(text);
    estimation estimation, refit;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + w", (estimation_options){.cluster = "g"});
    const double *changes = behov_cluster_diagnosis_changes(cluster_diagnosis);
    need_ok(estimate(&refit, table, "y ~ x", (estimation_options){.exclude = "g == 3"}), &refit.err);
    assert_true(isnan(changes[2 * 3 + 2]));
    assert_digits(behov_cluster_diagnosis_without(cluster_diagnosis, 2, 0), coefficient_of(&refit, "(Intercept)"), 12);
    assert_digits(behov_cluster_diagnosis_without(cluster_diagnosis, 2, 1), coefficient_of(&refit, "x"), 12);
    assert_false(isnan(changes[0 * 3 + 2]) || isnan(changes[1 * 3 + 2]) || isnan(changes[3 * 3 + 2]));
    /* rows of weight 1, 2 and 0 on w: not a level */
    assert_int_equal(behov_cluster_diagnosis_measure(cluster_diagnosis, 2), BEHOV_LEFT_OUT_NOT_MEASURED);
    assert_true(isnan(behov_cluster_diagnosis_left_out_rmse(cluster_diagnosis)[2]));
    behov_left_out all = behov_cluster_diagnosis_left_out(cluster_diagnosis);
    assert_true(all.n_measured == 3 && all.n_level_from_own == 0 && all.n_not_measured == 1 && all.n_rows == 6);
    size_t n_warnings, n_found = 0;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(cluster_diagnosis, &n_warnings);
    for (size_t i = 0; i < n_warnings; i++)
        if (warnings[i].kind == BEHOV_WARN_UNIDENTIFIED) {
            assert_true(warnings[i].cluster == 2 && warnings[i].regressor == 2);
            n_found++;
        }
    assert_int_equal(n_found, 1);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&refit);
    estimation_free(&estimation);

    /* two directions at once; a level that one row alone holds has no other row to take it from */
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + w + I(w^2)", (estimation_options){.cluster = "g"});
    assert_int_equal(behov_cluster_diagnosis_measure(cluster_diagnosis, 2), BEHOV_LEFT_OUT_NOT_MEASURED);
    assert_true(isnan(behov_cluster_diagnosis_changes(cluster_diagnosis)[2 * 4 + 2]));
    assert_true(isnan(behov_cluster_diagnosis_changes(cluster_diagnosis)[2 * 4 + 3]));
    assert_false(isnan(behov_cluster_diagnosis_changes(cluster_diagnosis)[2 * 4 + 1]));
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
    /* a level, but not alone: another direction that is orthogonal to it */
    table = table_of_text("g,y,x,a,b\n1,2,1,0,0\n1,4,2,0,0\n2,5,3,0,0\n2,4,4,0,0\n3,5,5,1,1\n3,1,9,1,-1\n3,7,2,1,1\n"
                          "3,3,8,1,-1\n4,2,3,0,0\n4,6,1,0,0\n");
    static const char *const orders[] = {"y ~ x + a + b", "y ~ x + b + a", "y ~ a + b + x", "y ~ b + x + a"};
    for (size_t i = 0; i < 4; i++) {
        diagnose(&estimation, &cluster_diagnosis, table, orders[i], (estimation_options){.cluster = "g"});
        assert_int_equal(behov_cluster_diagnosis_measure(cluster_diagnosis, 2), BEHOV_LEFT_OUT_NOT_MEASURED);
        behov_cluster_diagnosis_free(cluster_diagnosis);
        estimation_free(&estimation);
    }
    behov_table_free(table);
    table = table_of_text("g,y,x,w\n1,2,1,0\n1,4,2,0\n2,5,3,0\n2,4,4,0\n3,5,5,1\n4,2,3,0\n4,6,1,0\n");
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + w", (estimation_options){.cluster = "g"});
    assert_int_equal(behov_cluster_diagnosis_measure(cluster_diagnosis, 2), BEHOV_LEFT_OUT_NOT_MEASURED);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* With an effect for each cluster the rest of x adds up to 0 within each: errors that are wholly common say nothing. */
static void no_effective_number(void **state)
{
    (void)state;
    behov_table *table = random_panel(4);
    estimation estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + factor(g)", (estimation_options){.cluster = "g"});
    assert_true(isnan(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 1)));
    double effective[64];
    assert_true(behov_design_n_regressors(estimation.design) <= 64);
    assert_int_equal(behov_effective_clusters(estimation.fit, estimation.design, estimation.clusters, effective, NULL),
                     BEHOV_OK);
    assert_digits(effective[1], behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0), 12);
    assert_true(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0) > 1);
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0.5),
                  behov_cluster_diagnosis_effective(cluster_diagnosis, 1, 0), 14);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* A dropped column has no figures, and those of the others are as without it. */
static void dropped_columns(void **state)
{
    (void)state;
    behov_table *table = random_panel(5);
    estimation estimation, plain;
    behov_cluster_diagnosis *cluster_diagnosis = NULL, *want = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + I(2 * x) + z",
             (estimation_options){.cluster = "g", .fit = {.drop_collinear = true}});
    diagnose(&plain, &want, table, "y ~ x + z", (estimation_options){.cluster = "g"});
    double vif[4], vif_plain[3];
    behov_diagnose_vif(estimation.fit, estimation.factors, vif);
    behov_diagnose_vif(plain.fit, plain.factors, vif_plain);
    static const size_t cursor[3] = {0, 1, 3};
    for (size_t g = 0; g < behov_cluster_diagnosis_n_clusters(cluster_diagnosis); g++) {
        assert_true(isnan(behov_cluster_diagnosis_changes(cluster_diagnosis)[g * 4 + 2]));
        assert_true(isnan(behov_cluster_diagnosis_partial_leverage(cluster_diagnosis)[g * 4 + 2]));
        for (size_t k = 0; k < 3; k++)
            assert_digits(behov_cluster_diagnosis_changes(cluster_diagnosis)[g * 4 + cursor[k]],
                          behov_cluster_diagnosis_changes(want)[g * 3 + k], 9);
    }
    assert_true(isnan(behov_cluster_diagnosis_effective(cluster_diagnosis, 2, 0)) && isnan(vif[2]));
    assert_digits(behov_cluster_diagnosis_effective(cluster_diagnosis, 3, 1),
                  behov_cluster_diagnosis_effective(want, 2, 1), 12);
    assert_digits(vif[3], vif_plain[2], 13);
    size_t n_warnings;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(cluster_diagnosis, &n_warnings);
    for (size_t i = 0; i < n_warnings; i++)
        assert_true(warnings[i].regressor != 2);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    behov_cluster_diagnosis_free(want);
    estimation_free(&estimation);
    estimation_free(&plain);
    behov_table_free(table);
}

static void movers(void **state)
{
    (void)state;
    behov_table *table = random_panel(6);
    estimation estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x + z", (estimation_options){.cluster = "g"});
    size_t n_clusters = behov_cluster_diagnosis_n_clusters(cluster_diagnosis);
    double errors[3] = {1e-9}; /* the constant would always win */
    for (size_t k = 1; k < 3; k++)
        errors[k] = sqrt(behov_vcov_matrix(estimation.vcov)[k * 3 + k]);
    bool moves_z = false, moves_x = false;
    behov_mover all[32], three[3];
    size_t n_all = behov_cluster_diagnosis_movers(cluster_diagnosis, errors, 32, all);
    assert_int_equal(n_all, n_clusters);
    assert_int_equal(behov_cluster_diagnosis_movers(cluster_diagnosis, errors, 3, three), 3);
    assert_int_equal(behov_cluster_diagnosis_movers(cluster_diagnosis, errors, 0, three), 0);
    bool seen_positions[32] = {false};
    for (size_t i = 0; i < n_all; i++) {
        const behov_mover *mover = &all[i];
        assert_false(seen_positions[mover->cluster]);
        seen_positions[mover->cluster] = true;
        assert_true(mover->regressor > 0);
        moves_x = moves_x || mover->regressor == 1;
        moves_z = moves_z || mover->regressor == 2;
        assert_true(i == 0 || fabs(mover->change_in_se) <= fabs(all[i - 1].change_in_se));
        assert_digits(mover->change_in_se * errors[mover->regressor],
                      behov_cluster_diagnosis_changes(cluster_diagnosis)[mover->cluster * 3 + mover->regressor], 14);
        assert_digits(mover->without,
                      behov_cluster_diagnosis_without(cluster_diagnosis, mover->cluster, mover->regressor), 16);
        assert_true(mover->coefficient == behov_fit_coefficients(estimation.fit)[mover->regressor]);
        for (size_t k = 1; k < 3; k++)
            assert_true(fabs(behov_cluster_diagnosis_changes(cluster_diagnosis)[mover->cluster * 3 + k] / errors[k]) <=
                        fabs(mover->change_in_se));
        if (i < 3)
            assert_memory_equal(mover, &three[i], sizeof *mover);
    }
    assert_true(moves_x && moves_z);
    /* a coefficient without a standard error takes no part */
    double none[3] = {1, 0, NAN};
    assert_int_equal(behov_cluster_diagnosis_movers(cluster_diagnosis, none, 3, three), 0);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void few_effective_clusters(void **state)
{
    (void)state;
    double g[200], x[200], y[200];
    dice of_dice = dice_of(3);
    for (size_t i = 0; i < 200; i++) {
        g[i] = (double)(i / 4);
        x[i] = i < 8 ? 30 + dice_normal(&of_dice) : dice_normal(&of_dice); /* two of 50 clusters hold x */
        y[i] = dice_normal(&of_dice);
    }
    behov_table *table = table_of_rows(200);
    table_add(table, "g", g), table_add(table, "x", x), table_add(table, "y", y);
    estimation estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    diagnose(&estimation, &cluster_diagnosis, table, "y ~ x", (estimation_options){.cluster = "g"});
    size_t n_warnings;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(cluster_diagnosis, &n_warnings);
    assert_int_equal(n_warnings, 1);
    assert_int_equal(warnings[0].kind, BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS);
    assert_int_equal(warnings[0].regressor, 1);
    assert_true(warnings[0].value > 1.5 && warnings[0].value < 3);
    behov_cluster_diagnosis_free(cluster_diagnosis);
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- frequencies ---------------------------------------------------------------------------------------------------
 */

/* A frequency of 3 is three equal rows: every figure that both have is the same. */
static void frequencies_are_copies(void **state)
{
    (void)state;
    behov_table *table = random_panel(7);
    const double *f = table_numbers(table, "f");
    size_t total = 0, index = 0;
    for (size_t i = 0; i < ROWS; i++)
        total += (size_t)f[i];
    static const char *const names[] = {"g", "year", "x", "z", "y"};
    behov_table *copies = table_of_rows(total);
    double *column = malloc(total * sizeof *column);
    for (size_t c = 0; c < 5; c++) {
        index = 0;
        for (size_t i = 0; i < ROWS; i++)
            for (size_t copy = 0; copy < (size_t)f[i]; copy++)
                column[index++] = table_numbers(table, names[c])[i];
        table_add(copies, names[c], column);
    }
    free(column);
    const char formula[] = "y ~ x + z + factor(year)";
    estimation estimation, want;
    behov_cluster_diagnosis *clusters = NULL, *want_clusters = NULL;
    behov_row_diagnosis *rows = NULL, *want_rows = NULL;
    diagnose(&want, &want_clusters, copies, formula, (estimation_options){.cluster = "g"});
    memset(&estimation, 0, sizeof estimation);
    behov_expression *weights = NULL;
    behov_error *err = &estimation.err;
    need_ok(behov_expression_parse("f", 1, "--weights", &weights, err), err);
    need_ok(behov_expression_bind(weights, table, err), err);
    need_ok(behov_formula_parse(formula, &estimation.formula, err), err);
    need_ok(behov_design_new(estimation.formula, table,
                             &(behov_design_options){.weights = weights, .weight_kind = BEHOV_WEIGHT_FREQUENCY},
                             &estimation.design, err),
            err);
    size_t n_rows;
    const uint32_t *estimated = behov_design_estimated(estimation.design, &n_rows);
    need_ok(behov_clusters_new(table, "g", estimated, n_rows, &estimation.clusters, err), err);
    need_ok(behov_factors_new(estimation.design, estimation.clusters, &estimation.factors, err), err);
    need_ok(behov_fit_new(estimation.design, estimation.factors, NULL, &estimation.fit, err), err);
    need_ok(behov_cluster_diagnosis_new(estimation.fit, estimation.design, estimation.clusters, &clusters, err), err);
    need_ok(behov_row_diagnosis_new(estimation.fit, estimation.design, &rows, err), err);
    need_ok(behov_row_diagnosis_new(want.fit, want.design, &want_rows, err), err);
    for (int measure = 0; measure < BEHOV_N_ROW_MEASURES; measure++) {
        index = 0;
        for (size_t i = 0; i < ROWS; index += (size_t)f[i], i++)
            assert_digits(behov_row_diagnosis_values(rows, (behov_row_measure)measure)[i],
                          behov_row_diagnosis_values(want_rows, (behov_row_measure)measure)[index], 11);
    }
    size_t n = behov_cluster_diagnosis_n_regressors(clusters);
    for (size_t g = 0; g < behov_cluster_diagnosis_n_clusters(clusters); g++) {
        assert_true(behov_cluster_diagnosis_sizes(clusters)[g] == behov_cluster_diagnosis_sizes(want_clusters)[g]);
        assert_digits(behov_cluster_diagnosis_leverage(clusters)[g], behov_cluster_diagnosis_leverage(want_clusters)[g],
                      12);
        assert_digits(behov_cluster_diagnosis_left_out_rmse(clusters)[g],
                      behov_cluster_diagnosis_left_out_rmse(want_clusters)[g], 11);
        for (size_t k = 0; k < n; k++)
            assert_digits(behov_cluster_diagnosis_without(clusters, g, k),
                          behov_cluster_diagnosis_without(want_clusters, g, k), 10);
    }
    double vif[7], want_vif[7];
    behov_diagnose_vif(estimation.fit, estimation.factors, vif);
    behov_diagnose_vif(want.fit, want.factors, want_vif);
    for (size_t k = 0; k < n; k++) {
        assert_digits(behov_cluster_diagnosis_effective(clusters, k, 0),
                      behov_cluster_diagnosis_effective(want_clusters, k, 0), 11);
        assert_digits(behov_cluster_diagnosis_effective(clusters, k, 1),
                      behov_cluster_diagnosis_effective(want_clusters, k, 1), 11);
        if (k)
            assert_digits(vif[k], want_vif[k], 12);
    }
    behov_left_out got = behov_cluster_diagnosis_left_out(clusters),
                   all = behov_cluster_diagnosis_left_out(want_clusters);
    assert_digits(got.rmse, all.rmse, 11);
    assert_digits(got.mae, all.mae, 11);
    assert_digits(got.in_sample_mae, all.in_sample_mae, 11);
    behov_cluster_diagnosis_free(clusters), behov_cluster_diagnosis_free(want_clusters);
    /* a year's level is a level with weights too */
    behov_clusters *years = NULL;
    need_ok(behov_clusters_new(table, "year", estimated, n_rows, &years, err), err);
    need_ok(behov_cluster_diagnosis_new(estimation.fit, estimation.design, years, &clusters, err), err);
    assert_int_equal(behov_cluster_diagnosis_left_out(clusters).n_level_from_own, YEARS);
    behov_cluster_diagnosis_free(clusters);
    behov_clusters_free(years);
    behov_row_diagnosis_free(rows), behov_row_diagnosis_free(want_rows);
    estimation_free(&estimation);
    estimation_free(&want);
    behov_expression_free(weights);
    behov_table_free(table);
    behov_table_free(copies);
}

/* ---- rows ----------------------------------------------------------------------------------------------------------
 */

/* Each row left out in truth: studentised = (y - x'b_(-i)) / its standard error, Cook's distance by the moved fit. */
static void rows_equal_refits(void **state)
{
    (void)state;
    behov_table *table = random_panel(8);
    static double number[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        number[i] = (double)i;
    table_add(table, "number", number);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation new_estimation;
        behov_row_diagnosis *rows = NULL;
        need_ok(
            estimate(&new_estimation, table, "y ~ x + z", (estimation_options){.fit = {.double_only = double_only}}),
            &new_estimation.err);
        need_ok(behov_row_diagnosis_new(new_estimation.fit, new_estimation.design, &rows, &new_estimation.err),
                &new_estimation.err);
        double fitted[ROWS], residuals[ROWS], h = 0;
        fitted_rows(&new_estimation, fitted, residuals);
        for (size_t i = 0; i < ROWS; i++) {
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_FITTED)[i], fitted[i], 16);
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_RESIDUAL)[i], residuals[i], 16);
            h += behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE)[i];
        }
        assert_digits(h, 3, 14);
        for (size_t i = 0; i < ROWS; i += 20) {
            estimation refit;
            char excluding_text[60];
            snprintf(excluding_text, sizeof excluding_text, "number == %lu", (unsigned long)i);
            need_ok(estimate(&refit, table, "y ~ x + z", (estimation_options){.exclude = excluding_text}), &refit.err);
            double leverage = behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE)[i];
            double s = behov_fit_rmse(new_estimation.fit), s_without = behov_fit_rmse(refit.fit), moved_value = 0,
                   all[ROWS * 3], y[ROWS];
            design_rows(&new_estimation, all, y);
            double own = 0;
            for (size_t r = 0; r < ROWS; r++) {
                double step = 0;
                for (size_t k = 0; k < 3; k++)
                    step += all[r * 3 + k] *
                            (behov_fit_coefficients(new_estimation.fit)[k] - behov_fit_coefficients(refit.fit)[k]);
                moved_value += step * step;
                own = r == i ? step : own;
            }
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_STANDARDISED)[i],
                          residuals[i] / s / sqrt(1 - leverage), 12);
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_STUDENTISED)[i],
                          residuals[i] / s_without / sqrt(1 - leverage), 11);
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_COOKS_DISTANCE)[i], moved_value / 3 / (s * s), 8);
            assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_DFFITS)[i], own / s_without / sqrt(leverage), 9);
            estimation_free(&refit);
        }
        size_t five[5], n = behov_row_diagnosis_largest(rows, BEHOV_ROW_COOKS_DISTANCE, 5, five);
        const double *cook = behov_row_diagnosis_values(rows, BEHOV_ROW_COOKS_DISTANCE);
        assert_int_equal(n, 5);
        size_t n_above = 0;
        for (size_t i = 0; i < ROWS; i++)
            n_above += cook[i] > cook[five[4]];
        assert_int_equal(n_above, 4);
        assert_true(cook[five[0]] >= cook[five[1]] && cook[five[3]] >= cook[five[4]]);
        behov_row_diagnosis_free(rows);
        estimation_free(&new_estimation);
    }
    behov_table_free(table);
}

/* Row 3 alone has w = 1: leverage 1, residual 0, the rest does not exist. */
static void a_row_with_leverage_1(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,w\n2,1,0\n4,2,0\n5,3,0\n4,4,1\n9,5,0\n1,9,0\n");
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation new_estimation;
        behov_row_diagnosis *rows = NULL;
        need_ok(
            estimate(&new_estimation, table, "y ~ x + w", (estimation_options){.fit = {.double_only = double_only}}),
            &new_estimation.err);
        need_ok(behov_row_diagnosis_new(new_estimation.fit, new_estimation.design, &rows, &new_estimation.err),
                &new_estimation.err);
        assert_digits(behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE)[3], 1, 14);
        assert_true(fabs(behov_row_diagnosis_values(rows, BEHOV_ROW_RESIDUAL)[3]) < 1e-14);
        for (int measure = BEHOV_ROW_STANDARDISED; measure < BEHOV_N_ROW_MEASURES; measure++)
            for (size_t i = 0; i < 6; i++)
                assert_int_equal(isnan(behov_row_diagnosis_values(rows, (behov_row_measure)measure)[i]) != 0, i == 3);
        size_t all[6];
        assert_int_equal(behov_row_diagnosis_largest(rows, BEHOV_ROW_DFFITS, 6, all), 5);
        behov_row_diagnosis_free(rows);
        estimation_free(&new_estimation);
    }
    behov_table_free(table);
    /* one row off a line; no degree of freedom to spare; a perfect fit */
    static const struct {
        const char *text;
        bool standardised, studentised;
    } cases[] = {{"y,x\n1,1\n2,2\n3,3\n9,4\n5,5\n", true, false},
                 {"y,x\n1,1\n2,2\n4,3\n", true, false},
                 {"y,x\n1,1\n2,2\n3,3\n4,4\n", false, false}};
    for (size_t c = 0; c < 3; c++) {
        estimation estimation;
        behov_row_diagnosis *rows = NULL;
        table = table_of_text(cases[c].text);
        need_ok(estimate(&estimation, table, "y ~ x", (estimation_options){0}), &estimation.err);
        need_ok(behov_row_diagnosis_new(estimation.fit, estimation.design, &rows, &estimation.err), &estimation.err);
        size_t last = behov_row_diagnosis_n_rows(rows) - 1, index = c == 0 ? 3 : last;
        assert_int_equal(!isnan(behov_row_diagnosis_values(rows, BEHOV_ROW_STANDARDISED)[index]),
                         cases[c].standardised);
        assert_int_equal(!isnan(behov_row_diagnosis_values(rows, BEHOV_ROW_STUDENTISED)[index]), cases[c].studentised);
        behov_row_diagnosis_free(rows);
        estimation_free(&estimation);
        behov_table_free(table);
    }
}

/* ---- columns -------------------------------------------------------------------------------------------------------
 */

static void variance_inflation(void **state)
{
    (void)state;
    behov_table *table = random_panel(9);
    for (int double_only = 0; double_only < 2; double_only++) {
        estimation estimation, of_x, of_z, excluding_estimation;
        double vif[7];
        behov_fit_options fit = {.double_only = double_only};
        need_ok(estimate(&estimation, table, "y ~ x + z + factor(year, ref = 2012)", (estimation_options){.fit = fit}),
                &estimation.err);
        need_ok(estimate(&of_x, table, "x ~ z + factor(year)", (estimation_options){0}), &of_x.err);
        need_ok(estimate(&of_z, table, "z ~ x + factor(year)", (estimation_options){0}), &of_z.err);
        behov_diagnose_vif(estimation.fit, estimation.factors, vif);
        assert_true(isnan(vif[0]));
        assert_digits(vif[1], 1 / (1 - behov_fit_r2(of_x.fit)), 12);
        assert_digits(vif[2], 1 / (1 - behov_fit_r2(of_z.fit)), 12);
        estimation_free(&estimation);
        estimation_free(&of_x);
        estimation_free(&of_z);
        /* without a constant R2 is about 0 */
        need_ok(estimate(&estimation, table, "y ~ x + z - 1", (estimation_options){.fit = fit}), &estimation.err);
        need_ok(estimate(&excluding_estimation, table, "x ~ z - 1", (estimation_options){0}),
                &excluding_estimation.err);
        behov_diagnose_vif(estimation.fit, estimation.factors, vif);
        assert_digits(vif[0], 1 / (1 - behov_fit_r2(excluding_estimation.fit)), 12);
        estimation_free(&estimation);
        estimation_free(&excluding_estimation);
    }
    behov_table_free(table);
}

/* ---- refusals, memory ----------------------------------------------------------------------------------------------
 */

static void refusals(void **state)
{
    (void)state;
    behov_table *table = table_of_text(small);
    estimation all, some, estimation;
    behov_cluster_diagnosis *cluster_diagnosis = NULL;
    behov_row_diagnosis *rows = NULL;
    behov_error err;
    assert_int_equal(estimate(&all, table, "y ~ x", (estimation_options){.cluster = "g"}), BEHOV_OK);
    assert_int_equal(estimate(&some, table, "y ~ x", (estimation_options){.cluster = "g", .exclude = "y == 5"}),
                     BEHOV_OK);
    assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.cluster = "one"}), BEHOV_OK);
    assert_int_equal(behov_cluster_diagnosis_new(all.fit, all.design, some.clusters, &cluster_diagnosis, &err),
                     BEHOV_E_ARGUMENT);
    assert_int_equal(
        behov_cluster_diagnosis_new(estimation.fit, estimation.design, estimation.clusters, &cluster_diagnosis, &err),
        BEHOV_E_TOO_FEW);
    assert_contains(err.what, "one is the same in every row");
    assert_int_equal(behov_row_diagnosis_new(all.fit, some.design, &rows, &err), BEHOV_E_ARGUMENT);
    assert_null(cluster_diagnosis);
    assert_null(rows);
    behov_cluster_diagnosis_free(NULL);
    behov_row_diagnosis_free(NULL);
    double same[2] = {3, 3}, zero[2] = {1, -1};
    assert_true(behov_coefficient_of_variation(same, 2) == 0);
    assert_true(isnan(behov_coefficient_of_variation(same, 1)) && isnan(behov_coefficient_of_variation(zero, 2)));
    estimation_free(&all);
    estimation_free(&some);
    estimation_free(&estimation);
    behov_table_free(table);
}

static void every_failing_allocation_is_told(void **state)
{
    (void)state;
    behov_table *table =
        table_of_text("g,y,x,w\n1,2,1,0\n1,4,2,0\n2,5,3,0\n2,4,4,0\n3,5,5,1\n3,1,9,2\n3,8,7,0\n4,2,3,0\n");
    estimation estimation;
    need_ok(estimate(&estimation, table, "y ~ x + w", (estimation_options){.cluster = "g"}), &estimation.err);
    for (int which = 0; which < 2; which++)
        for (size_t n = 1;; n++) {
            behov_cluster_diagnosis *cluster_diagnosis = NULL;
            behov_row_diagnosis *rows = NULL;
            behov_error err = {0};
            failing_malloc_start(n);
            behov_status status = which ? behov_row_diagnosis_new(estimation.fit, estimation.design, &rows, &err)
                                        : behov_cluster_diagnosis_new(estimation.fit, estimation.design,
                                                                      estimation.clusters, &cluster_diagnosis, &err);
            bool was_reached = failing_malloc_stop();
            assert_int_equal(status, was_reached ? BEHOV_E_MEMORY : BEHOV_OK);
            assert_true(was_reached == (!cluster_diagnosis && !rows));
            assert_true(!was_reached || strlen(err.what) > 10);
            behov_cluster_diagnosis_free(cluster_diagnosis);
            behov_row_diagnosis_free(rows);
            if (!was_reached) {
                assert_true(n > 8);
                break;
            }
        }
    estimation_free(&estimation);
    behov_table_free(table);
}

/* No row is passed over: the screen in double says no only where the diagnosis in extended arithmetic has nothing above. */
static void the_screen_of_rows_passes_over_none(void **state)
{
    (void)state;
    size_t n_passed = 0, n_above = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dice random = dice_of(seed);
        double x[40], y[40], w[40];
        behov_table *table = table_of_rows(40);
        for (size_t i = 0; i < 40; i++) {
            x[i] = dice_normal(&random);
            y[i] = 2 + x[i] + dice_normal(&random);
            w[i] = (double)(1 + dice_below(&random, 3));
        }
        if (seed % 3 == 0)
            x[7] = 5.5 + 3 * dice_uniform(&random), y[7] = 2 + x[7]; /* leverage 0.45 to 0.7, little else */
        if (seed % 3 == 1)
            x[5] = 3, y[5] = 5 + 5 * dice_uniform(&random); /* Cook's distance 0 to 4 */
        table_add(table, "x", x), table_add(table, "y", y), table_add(table, "w", w);
        estimation estimation = {0};
        assert_int_equal(estimate(&estimation, table, "y ~ x", (estimation_options){.weights = seed % 10 ? NULL : "w"}),
                         BEHOV_OK);
        bool may_exceed;
        behov_row_diagnosis *rows = NULL;
        assert_int_equal(behov_rows_may_exceed(estimation.fit, estimation.design, 0.5, 1, &may_exceed, NULL), BEHOV_OK);
        assert_int_equal(behov_row_diagnosis_new(estimation.fit, estimation.design, &rows, NULL), BEHOV_OK);
        bool is_above = false;
        for (size_t i = 0; i < 40; i++)
            is_above = is_above || behov_row_diagnosis_values(rows, BEHOV_ROW_LEVERAGE)[i] > 0.5 ||
                       behov_row_diagnosis_values(rows, BEHOV_ROW_COOKS_DISTANCE)[i] > 1;
        if (seed % 10) /* weights are always looked at */
            assert_int_equal(may_exceed, is_above);
        else
            assert_true(may_exceed);
        n_passed += !may_exceed, n_above += is_above;
        behov_row_diagnosis_free(rows);
        estimation_free(&estimation);
        behov_table_free(table);
    }
    assert_true(n_passed > 10 && n_above > 10);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leverages_add_up),
        cmocka_unit_test(by_hand),
        cmocka_unit_test(left_out_equals_refits),
        cmocka_unit_test(what_a_cluster_alone_holds),
        cmocka_unit_test(no_effective_number),
        cmocka_unit_test(dropped_columns),
        cmocka_unit_test(movers),
        cmocka_unit_test(few_effective_clusters),
        cmocka_unit_test(frequencies_are_copies),
        cmocka_unit_test(rows_equal_refits),
        cmocka_unit_test(a_row_with_leverage_1),
        cmocka_unit_test(variance_inflation),
        cmocka_unit_test(refusals),
        cmocka_unit_test(every_failing_allocation_is_told),
        cmocka_unit_test(the_screen_of_rows_passes_over_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
