/* test_absorbed.c - laws of absorbed effects: the fit is the one with a dummy for each group, factor(town) in the
 * formula, in coefficients, residual squares and every covariance; without a cluster it is the fit of the other rows.
 *
 * Towns lie in regions (nested) and are seen in some of six years (crossing); some are seen once. */
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

enum { TOWNS = 24, REGIONS = 6, YEARS = 6, ROWS_MAX = TOWNS * YEARS, SEEDS = 6, K = 7, WIDE = K + TOWNS };
enum { Y, X1, X2, TOWN, REGION, YEAR, WEIGHT, FAR, STEADY, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"y", "x1", "x2", "town", "region", "year", "weight", "far", "steady"};
static const char formula[] = "y ~ x1 + x2 + factor(year)", dummies[] = "y ~ x1 + x2 + factor(year) + factor(town)";

typedef struct problem {
    size_t n, n_singletons;
    double columns[N_COLUMNS][ROWS_MAX];
} problem;

/* Rows in no order. "far" is x1 in whole 16384ths, 2e11 away: exact, but the sum of a town is not; "steady" never
 * varies within a town. */
static problem draw(uint64_t seed)
{
    problem problem = {0};
    dice random = dice_of(seed + 5);
    for (size_t town = 0; town < TOWNS; town++) {
        double level = 3 * dice_normal(&random), trait = dice_normal(&random);
        size_t n_years = town < 2 ? 1 : 2 + dice_below(&random, YEARS - 1),
               start = dice_below(&random, YEARS - n_years + 1);
        problem.n_singletons += n_years == 1;
        for (size_t t = start; t < start + n_years; t++) {
            size_t i = problem.n++;
            problem.columns[TOWN][i] = 100 + (double)town;
            problem.columns[REGION][i] = (double)(town % REGIONS);
            problem.columns[YEAR][i] = 2012 + (double)t;
            problem.columns[X1][i] = floor(16384 * (level / 2 + dice_normal(&random))) / 16384;
            problem.columns[X2][i] = 5000 * exp(0.2 * dice_normal(&random));
            problem.columns[WEIGHT][i] = 1 + (double)dice_below(&random, 4);
            problem.columns[FAR][i] = problem.columns[X1][i] + 2e11;
            problem.columns[STEADY][i] = trait;
            problem.columns[Y][i] = level + 0.4 * problem.columns[X1][i] + 1e-4 * problem.columns[X2][i] +
                                    0.3 * (double)t + dice_normal(&random) * (1 + fabs(problem.columns[X1][i]));
        }
    }
    for (size_t i = problem.n - 1; i > 0; i--) {
        size_t j = dice_below(&random, i + 1);
        for (size_t c = 0; c < N_COLUMNS; c++) {
            double kept_value = problem.columns[c][i];
            problem.columns[c][i] = problem.columns[c][j];
            problem.columns[c][j] = kept_value;
        }
    }
    return problem;
}

/* Row i as often as copies[i] says; NULL = once. */
static behov_table *table_of(const problem *problem, const size_t *copies)
{
    size_t n = 0;
    for (size_t i = 0; i < problem->n; i++)
        n += copies ? copies[i] : 1;
    behov_table *table = table_of_rows(n);
    double *values = calloc(n, sizeof *values);
    assert_non_null(values);
    for (size_t c = 0; c < N_COLUMNS; c++) {
        for (size_t i = 0, row = 0; i < problem->n; i++)
            for (size_t copy = copies ? copies[i] : 1; copy > 0; copy--)
                values[row++] = problem->columns[c][i];
        table_add(table, names[c], values);
    }
    free(values);
    return table;
}

static void run(estimation *estimation, const behov_table *table, const char *text, estimation_options options)
{
    if (estimate(estimation, table, text, options))
        fail_msg("%s, %s: %s: %s", text, behov_vcov_kind_name(options.kind), estimation->err.where,
                 estimation->err.what);
}

/* Slope k of the fit with dummies stands behind its constant. */
static double entry(const estimation *estimation, size_t i, size_t j)
{
    size_t n = behov_vcov_n_regressors(estimation->vcov),
           first = behov_design_has_intercept(estimation->design) ? 1 : 0;
    return behov_vcov_matrix(estimation->vcov)[(i + first) * n + j + first];
}

/* Slopes and their covariance times `factor`, against the size that an entry has by nature, se_i se_j. */
static void same_slopes(const estimation *got, const estimation *want, double factor, double digits,
                        const char *subject)
{
    size_t n = behov_fit_n_regressors(got->fit), first = behov_design_has_intercept(want->design) ? 1 : 0;
    if (behov_design_has_intercept(got->design))
        fail_msg("%s: absorbed effects leave no constant", subject);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(behov_design_regressor(got->design, i), behov_design_regressor(want->design, i + first));
        assert_digits(behov_fit_coefficients(got->fit)[i], behov_fit_coefficients(want->fit)[i + first], digits);
        for (size_t j = 0; j < n; j++) {
            double size = factor * sqrt(entry(want, i, i)) * sqrt(entry(want, j, j));
            if (!(fabs(entry(got, i, j) - factor * entry(want, i, j)) <= pow(10, -digits) * size))
                fail_msg("%s (%lu, %lu): got %.17g, want %.17g", subject, (unsigned long)i, (unsigned long)j,
                         entry(got, i, j), factor * entry(want, i, j));
        }
    }
}

/* ---- dummies ---------------------------------------------------------------------------------------------------- */

/* N - K with K = slopes and groups over that with K = slopes and a constant: what nesting changes in CV1. */
static double nested_factor(const estimation *estimation)
{
    double n = behov_fit_n_observations(estimation->fit), rank = (double)behov_fit_rank(estimation->fit);
    return (n - rank - (double)behov_fit_n_absorbed(estimation->fit)) / (n - rank - 1);
}

static void effects_are_dummies(void **state)
{
    (void)state;
    static const struct {
        const char *cluster;
        behov_vcov_kind kind;
    } kinds[] = {{NULL, BEHOV_VCOV_CLASSICAL}, {NULL, BEHOV_VCOV_HC0},       {NULL, BEHOV_VCOV_HC1},
                 {NULL, BEHOV_VCOV_HC2},       {NULL, BEHOV_VCOV_HC3},       {"region", BEHOV_VCOV_CV0},
                 {"region", BEHOV_VCOV_CV1},   {"region", BEHOV_VCOV_CV2},   {"town", BEHOV_VCOV_CV0},
                 {"town", BEHOV_VCOV_CV1},     {"town", BEHOV_VCOV_CV2},     {"year", BEHOV_VCOV_CV0},
                 {"year", BEHOV_VCOV_CV1},     {"x2 > 5000", BEHOV_VCOV_CV1}};
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            for (int weights = 0; weights < 3; weights++) {
                problem problem = draw(seed);
                behov_table *table = table_of(&problem, NULL);
                estimation got, want;
                estimation_options options = {.kind = kinds[i].kind,
                                              .cluster = kinds[i].cluster,
                                              .weights = weights ? "weight" : NULL,
                                              .weight_kind =
                                                  weights == 2 ? BEHOV_WEIGHT_FREQUENCY : BEHOV_WEIGHT_PRECISION,
                                              .fit = {.double_only = seed % 2}};
                if (kinds[i].kind == BEHOV_VCOV_HC3)
                    options.exclude = "town < 102"; /* a town of one row has no HC3 */
                run(&want, table, dummies, options);
                options.absorb = "town";
                run(&got, table, formula, options);
                bool is_nested = kinds[i].cluster && (kinds[i].cluster[0] == 'r' || kinds[i].cluster[0] == 't');
                bool is_scaled = is_nested && kinds[i].kind == BEHOV_VCOV_CV1;
                same_slopes(&got, &want, is_scaled ? nested_factor(&got) : 1, 10.5,
                            behov_vcov_kind_name(kinds[i].kind));
                assert_true(behov_vcov_n_parameters(got.vcov) ==
                            (double)K + (is_nested ? 1 : (double)behov_fit_n_absorbed(got.fit)));
                assert_digits(behov_fit_rss(got.fit), behov_fit_rss(want.fit), 11);
                assert_digits(behov_fit_rmse(got.fit), behov_fit_rmse(want.fit), 11);
                for (size_t k = 0; k < K; k++)
                    assert_digits(behov_vcov_dof_of(got.vcov, k), behov_vcov_dof_of(want.vcov, k + 1), 10);
                estimation_free(&got), estimation_free(&want);
                behov_table_free(table);
            }
}

/* R2, adjusted R2 and F are about the effects alone. */
static void squares_are_within(void **state)
{
    (void)state;
    for (int weighted = 0; weighted < 2; weighted++) {
        problem problem = draw(3);
        behov_table *table = table_of(&problem, NULL);
        estimation got, full, effects;
        estimation_options options = {.weights = weighted ? "weight" : NULL};
        run(&full, table, dummies, options);
        run(&effects, table, "y ~ factor(town)", options);
        options.absorb = "town";
        run(&got, table, formula, options);
        double n = (double)problem.n, rss = behov_fit_rss(full.fit), tss = behov_fit_rss(effects.fit);
        assert_digits(behov_fit_tss(got.fit), tss, 11);
        assert_digits(behov_fit_r2(got.fit), 1 - rss / tss, 10);
        assert_digits(behov_fit_adj_r2(got.fit), 1 - rss / (n - K - TOWNS) / (tss / (n - TOWNS)), 10);
        double f = (tss - rss) / K / (rss / (n - K - TOWNS)), model_f;
        size_t n_restrictions;
        assert_digits(behov_fit_f(got.fit), f, 10);
        assert_int_equal(behov_vcov_model_f(got.vcov, got.fit, &model_f, &n_restrictions, &(double){0}, &got.err),
                         BEHOV_OK);
        assert_digits(model_f, f, 10);
        assert_int_equal(n_restrictions, K);
        assert_true(behov_vcov_dof(got.vcov) == n - K - TOWNS);
        assert_int_equal(behov_clusters_count(behov_design_absorbed(got.design)), TOWNS);
        assert_int_equal(behov_design_n_absorbed(got.design), TOWNS);
        estimation_free(&got), estimation_free(&full), estimation_free(&effects);
        behov_table_free(table);
    }
}

/* A town of one row says nothing of the slopes; it takes its own degree of freedom with it. */
static void single_rows_contribute_nothing(void **state)
{
    (void)state;
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC0, BEHOV_VCOV_HC2, BEHOV_VCOV_CV0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        problem new_problem = draw(4);
        size_t copies[ROWS_MAX];
        for (size_t row = 0; row < new_problem.n; row++)
            copies[row] = new_problem.columns[TOWN][row] >= 102;
        behov_table *all = table_of(&new_problem, NULL), *excluding_table = table_of(&new_problem, copies);
        estimation got, want;
        estimation_options options = {.kind = kinds[i], .cluster = "region", .absorb = "town"};
        run(&got, all, formula, options);
        run(&want, excluding_table, formula, options);
        assert_int_equal(new_problem.n_singletons, 2);
        assert_int_equal(behov_design_n_singleton_groups(got.design), 2);
        assert_int_equal(behov_design_n_singleton_groups(want.design), 0);
        assert_int_equal(behov_fit_n_rows(got.fit), new_problem.n);
        same_slopes(&got, &want, 1, 13, behov_vcov_kind_name(kinds[i]));
        estimation_free(&got), estimation_free(&want);
        behov_table_free(all), behov_table_free(excluding_table);
    }
    problem problem = draw(4);
    behov_table *table = table_of(&problem, NULL);
    estimation estimation;
    assert_int_equal(
        estimate(&estimation, table, formula, (estimation_options){.kind = BEHOV_VCOV_HC3, .absorb = "town"}),
        BEHOV_E_RANK);
    assert_contains(estimation.err.what, "alone in its group of town");
    estimation_free(&estimation);
    behov_table_free(table);
}

/* ---- without a cluster ------------------------------------------------------------------------------------------- */

static void jackknife_is_a_refit(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < effort(SEEDS); seed++)
        for (int about_mean = 0; about_mean < 2; about_mean++)
            for (int weighted = 0; weighted < 2; weighted++) {
                problem problem = draw(seed);
                behov_table *table = table_of(&problem, NULL);
                estimation got;
                estimation_options options = {.kind = about_mean ? BEHOV_VCOV_CV3J : BEHOV_VCOV_CV3,
                                              .cluster = "region",
                                              .absorb = "town",
                                              .weights = weighted ? "weight" : NULL,
                                              .fit = {.double_only = seed % 2}};
                run(&got, table, formula, options);
                double b[REGIONS][K], centre[K] = {0};
                for (size_t g = 0; g < REGIONS; g++) {
                    size_t copies[ROWS_MAX];
                    for (size_t i = 0; i < problem.n; i++)
                        copies[i] = problem.columns[REGION][i] != (double)g;
                    behov_table *rest = table_of(&problem, copies);
                    estimation refit; /* with dummies: nothing is absorbed there */
                    run(&refit, rest, dummies, (estimation_options){.weights = options.weights});
                    for (size_t k = 0; k < K; k++) {
                        b[g][k] = behov_fit_coefficients(refit.fit)[k + 1] - behov_fit_coefficients(got.fit)[k];
                        centre[k] += about_mean ? b[g][k] / REGIONS : 0;
                    }
                    estimation_free(&refit);
                    behov_table_free(rest);
                }
                for (size_t k = 0; k < K; k++) {
                    double want = 0;
                    for (size_t g = 0; g < REGIONS; g++)
                        want += (b[g][k] - centre[k]) * (b[g][k] - centre[k]) * (REGIONS - 1) / REGIONS;
                    assert_digits(entry(&got, k, k), want, 9.5);
                }
                estimation_free(&got);
                behov_table_free(table);
            }
}

/* Clusters that part a town: what would need the factor of a cluster is refused in a sentence. */
static void crossing_clusters_are_refused(void **state)
{
    (void)state;
    problem problem = draw(1);
    behov_table *table = table_of(&problem, NULL);
    for (int kind = BEHOV_VCOV_CV2; kind < BEHOV_N_VCOV_KINDS; kind++) {
        estimation estimation;
        estimation_options options = {.kind = (behov_vcov_kind)kind, .cluster = "year", .absorb = "town"};
        assert_int_equal(estimate(&estimation, table, formula, options), BEHOV_E_ARGUMENT);
        assert_null(estimation.vcov);
        assert_contains(estimation.err.what, "the absorbed effects of town cross the clusters of year");
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

/* V_a + V_b - V_ab with one K: towns lie within regions, so they are not counted in any term. */
static void two_ways_count_once(void **state)
{
    (void)state;
    problem problem = draw(2);
    behov_table *table = table_of(&problem, NULL);
    static const char *const pairs[2][2] = {{"region", "year"}, {"year", "x2 > 5000"}};
    for (size_t p = 0; p < 2; p++)
        for (int swap = 0; swap < 2; swap++) {
            estimation a, b;
            run(&a, table, formula,
                (estimation_options){.kind = BEHOV_VCOV_CV0, .cluster = pairs[p][swap], .absorb = "town"});
            run(&b, table, formula,
                (estimation_options){.kind = BEHOV_VCOV_CV0, .cluster = pairs[p][!swap], .absorb = "town"});
            behov_clusters *both;
            behov_vcov *ab, *got;
            behov_error *err = &a.err;
            assert_int_equal(behov_clusters_intersect(a.clusters, b.clusters, &both, err), BEHOV_OK);
            assert_int_equal(behov_vcov_new(a.fit, a.design, both, BEHOV_VCOV_CV0, &ab, err), BEHOV_OK);
            assert_int_equal(behov_vcov_two_way(a.fit, a.design, a.clusters, b.clusters, BEHOV_VCOV_CV1, &got, err),
                             BEHOV_OK);
            double n = (double)problem.n, free_rows = n - K - (p == 0 ? 1 : TOWNS),
                   g_a = (double)behov_clusters_count(a.clusters);
            double g_b = (double)behov_clusters_count(b.clusters), g_ab = (double)behov_clusters_count(both);
            for (size_t k = 0; k < K; k++) {
                double want = (n - 1) / free_rows *
                              (g_a / (g_a - 1) * entry(&a, k, k) + g_b / (g_b - 1) * entry(&b, k, k) -
                               g_ab / (g_ab - 1) * behov_vcov_matrix(ab)[k * K + k]);
                assert_digits(behov_vcov_uncut(got)[k], want, 10);
            }
            behov_vcov_free(got), behov_vcov_free(ab);
            behov_clusters_free(both);
            estimation_free(&a), estimation_free(&b);
        }
    behov_table_free(table);
}

/* ---- bootstrap -------------------------------------------------------------------------------------------------- */

/* y* = X b + effects + w_g u_g fitted again with dummies; t* differs by the factor in which dummies count. */
static void every_draw_is_a_refit_with_dummies(void **state)
{
    (void)state;
    enum { VECTORS = 1 << REGIONS };
    for (int is_unrestricted = 0; is_unrestricted < 2; is_unrestricted++) {
        problem new_problem = draw(7);
        behov_table *table = table_of(&new_problem, NULL);
        estimation got, all, lower_estimation;
        estimation_options options = {.kind = BEHOV_VCOV_CV1, .cluster = "region", .weights = "weight"};
        double less[ROWS_MAX], fitted[ROWS_MAX], residuals[ROWS_MAX], drawn_values[ROWS_MAX], got_t[VECTORS];
        for (size_t i = 0; i < new_problem.n; i++)
            less[i] = new_problem.columns[Y][i] - 0.25 * new_problem.columns[X1][i];
        table_add(table, "less", less);
        run(&all, table, dummies, options);
        run(&lower_estimation, table, "less ~ x2 + factor(year) + factor(town)", options);
        fitted_rows(is_unrestricted ? &all : &lower_estimation, fitted, residuals);
        double null = is_unrestricted ? coefficient_of(&all, "x1") : 0.25;
        options.absorb = "town";
        run(&got, table, formula, options);
        behov_hypothesis *hypothesis;
        behov_boot_options draw_all = {.n_draws = VECTORS,
                                       .draws = BEHOV_BOOT_RADEMACHER,
                                       .is_unrestricted = is_unrestricted,
                                       .statistics = got_t};
        behov_boot_result result;
        assert_int_equal(behov_hypothesis_parse("x1 = 0.25", got.design, &hypothesis, &got.err), BEHOV_OK);
        assert_int_equal(behov_boot_wild(got.fit, got.factors, hypothesis, &draw_all, &result, &got.err), BEHOV_OK);
        assert_digits(result.se, error_of(&got, "x1"), 12);
        options.absorb = NULL;
        for (size_t d = 0; d < VECTORS; d++) {
            problem copy = new_problem;
            for (size_t i = 0; i < new_problem.n; i++) {
                double sign = d >> (REGIONS - 1 - (size_t)new_problem.columns[REGION][i]) & 1 ? -1 : 1;
                drawn_values[i] =
                    fitted[i] + (is_unrestricted ? 0 : 0.25 * new_problem.columns[X1][i]) + sign * residuals[i];
            }
            memcpy(copy.columns[Y], drawn_values, sizeof drawn_values);
            behov_table *again = table_of(&copy, NULL);
            estimation refit;
            run(&refit, again, dummies, options);
            double want = (coefficient_of(&refit, "x1") - null) / error_of(&refit, "x1") / sqrt(nested_factor(&got));
            assert_true(fabs(got_t[d] - want) < 1e-8 * (1 + fabs(want))); /* what drawing and fitting again leave */
            estimation_free(&refit);
            behov_table_free(again);
        }
        behov_hypothesis_free(hypothesis);
        estimation_free(&got), estimation_free(&all), estimation_free(&lower_estimation);
        behov_table_free(table);
    }
}

/* ---- digits, order, copies ----------------------------------------------------------------------------------------
 */

/* x1 + 2e11 has the same deviations to the last digit. Means of sums in double would keep four digits of them. */
static void far_away_regressors_keep_their_digits(void **state)
{
    (void)state;
    for (int weighted = 0; weighted < 2; weighted++)
        for (int double_only = 0; double_only < 2; double_only++) {
            problem problem = draw(6);
            behov_table *table = table_of(&problem, NULL);
            estimation got, want;
            estimation_options options = {
                .absorb = "town", .weights = weighted ? "weight" : NULL, .fit = {.double_only = double_only}};
            run(&want, table, "y ~ x1 + x2", options);
            run(&got, table, "y ~ far + x2", options);
            for (size_t k = 0; k < 2; k++) {
                assert_digits(behov_fit_coefficients(got.fit)[k], behov_fit_coefficients(want.fit)[k], 14);
                assert_digits(entry(&got, k, k), entry(&want, k, k), 13);
            }
            assert_int_equal(behov_design_exponent(got.design, 0), behov_design_exponent(want.design, 0));
            estimation_free(&got), estimation_free(&want);
            behov_table_free(table);
        }
}

/* A column that varies in one town alone is exactly 0 elsewhere, whatever the means are rounded to. */
static void what_does_not_vary_in_a_town_is_0_there(void **state)
{
    (void)state;
    problem problem = draw(9);
    behov_table *table = table_of(&problem, NULL);
    estimation estimation;
    run(&estimation, table, "y ~ I(0.1 + (town == 110) * x1) + x2",
        (estimation_options){.absorb = "town", .weights = "weight / 3"});
    double regressors[ROWS_MAX * 2], outcome[ROWS_MAX];
    behov_design_fill_weighted(estimation.design, 0, problem.n, regressors, 2, outcome);
    for (size_t i = 0; i < problem.n; i++) {
        assert_true((regressors[2 * i] != 0) == (problem.columns[TOWN][i] == 110));
        if (problem.columns[TOWN][i] < 102) /* one row: nothing of it is left */
            assert_true(regressors[2 * i + 1] == 0 && outcome[i] == 0);
    }
    estimation_free(&estimation);
    behov_table_free(table);
}

static void frequencies_are_repeated_rows(void **state)
{
    (void)state;
    static const behov_vcov_kind kinds[] = {BEHOV_VCOV_CLASSICAL, BEHOV_VCOV_HC1, BEHOV_VCOV_HC2,
                                            BEHOV_VCOV_CV1,       BEHOV_VCOV_CV2, BEHOV_VCOV_CV3};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        problem problem = draw(8);
        size_t copies[ROWS_MAX];
        for (size_t row = 0; row < problem.n; row++)
            copies[row] = (size_t)problem.columns[WEIGHT][row];
        behov_table *table = table_of(&problem, NULL), *repeated_table = table_of(&problem, copies);
        estimation got, want;
        estimation_options options = {.kind = kinds[i], .cluster = "region", .absorb = "town"};
        run(&want, repeated_table, formula, options);
        options.weights = "weight";
        options.weight_kind = BEHOV_WEIGHT_FREQUENCY;
        run(&got, table, formula, options);
        same_slopes(&got, &want, 1, 11, behov_vcov_kind_name(kinds[i]));
        assert_digits(behov_fit_adj_r2(got.fit), behov_fit_adj_r2(want.fit), 11);
        estimation_free(&got), estimation_free(&want);
        behov_table_free(table), behov_table_free(repeated_table);
    }
}

/* ---- what is absorbed, what is refused --------------------------------------------------------------------------- */

static void steady_regressors_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *formula, *name;
    } cases[] = {{"y ~ x1 + steady + x2", "steady does not vary within town"},
                 {"y ~ x1 + I(steady^2 / 3)", "I(steady^2 / 3) does not vary within town"},
                 {"y ~ x1 + I(1e6 * steady / year * year)", "does not vary within town"}, /* but for rounding */
                 {"y ~ factor(region) + x1", "region=1 does not vary within town"},
                 {"y ~ x1 + steady:x1 + I(3 * x1 + steady)",
                  "I(3 * x1 + steady) is a linear combination of x1 and the effects of"}};
    problem problem = draw(0);
    behov_table *table = table_of(&problem, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int double_only = 0; double_only < 2; double_only++) {
            estimation new_estimation;
            estimation_options options = {.absorb = "town", .fit = {.double_only = double_only}};
            assert_int_equal(estimate(&new_estimation, table, cases[i].formula, options), BEHOV_E_RANK);
            assert_contains(new_estimation.err.what, cases[i].name);
            assert_contains(new_estimation.err.what, "have it dropped");
            estimation_free(&new_estimation);
        }
    estimation got, want;
    estimation_options options = {
        .absorb = "town", .kind = BEHOV_VCOV_CV3, .cluster = "region", .fit = {.drop_collinear = true}};
    run(&got, table, "y ~ steady + x1 + x2", options);
    run(&want, table, "y ~ x1 + x2", options);
    assert_true(behov_fit_is_dropped(got.fit, 0) && behov_design_is_absorbed(got.design, 0));
    assert_false(behov_fit_is_dropped(got.fit, 1) || behov_design_is_absorbed(got.design, 1));
    for (size_t k = 0; k < 2; k++) {
        assert_digits(behov_fit_coefficients(got.fit)[k + 1], behov_fit_coefficients(want.fit)[k], 14);
        assert_digits(behov_vcov_matrix(got.vcov)[(k + 1) * 3 + k + 1], entry(&want, k, k), 13);
    }
    assert_true(behov_vcov_n_parameters(got.vcov) == 3);
    estimation_free(&got), estimation_free(&want);
    assert_int_equal(estimate(&got, table, "y ~ steady", options), BEHOV_E_RANK);
    assert_contains(got.err.what, "no column of the formula varies within town");
    estimation_free(&got);
    behov_table_free(table);
}

static void what_needs_the_effects_is_refused(void **state)
{
    (void)state;
    problem problem = draw(0);
    behov_table *table = table_of(&problem, NULL);
    estimation estimation;
    run(&estimation, table, formula,
        (estimation_options){.absorb = "town", .cluster = "region", .kind = BEHOV_VCOV_CV1});
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(estimation.design, &n_rows);
    double fitted[1], residuals[1];
    behov_error err;
    behov_cluster_diagnosis *by_cluster = NULL;
    behov_row_diagnosis *by_row = NULL;
    behov_need *need = NULL;
    behov_panel panel;
    assert_int_equal(behov_fit_predict(estimation.fit, estimation.design, &(uint32_t){behov_row_at(rows, 0)}, 1, fitted,
                                       residuals, &err),
                     BEHOV_E_ARGUMENT);
    assert_contains(err.what, "the effects of town absorb what a need and a ratio measure");
    assert_int_equal(behov_panel_identify(table, (const char *[BEHOV_N_ROLES]){0}, &panel, &err), BEHOV_OK);
    assert_int_equal(
        behov_need_new(estimation.design, &panel, behov_fit_coefficients(estimation.fit), NULL, &need, &err),
        BEHOV_E_ARGUMENT);
    assert_contains(err.what, "the effects of town absorb what a need and a ratio measure");
    assert_int_equal(
        behov_cluster_diagnosis_new(estimation.fit, estimation.design, estimation.clusters, &by_cluster, &err),
        BEHOV_E_ARGUMENT);
    assert_contains(err.what, "with the effects of town absorbed");
    assert_int_equal(behov_row_diagnosis_new(estimation.fit, estimation.design, &by_row, &err), BEHOV_E_ARGUMENT);
    assert_true(!by_cluster && !by_row && !need);
    estimation_free(&estimation);
    behov_formula *parsed_formula = NULL;
    behov_design *design = NULL;
    behov_design_options options = {.absorb = "town", .outcome_is_optional = true};
    assert_int_equal(behov_formula_parse(formula, &parsed_formula, &err), BEHOV_OK);
    assert_int_equal(behov_design_new(parsed_formula, table, &options, &design, &err), BEHOV_E_ARGUMENT);
    assert_null(design);
    behov_formula_free(parsed_formula);

    static const struct {
        const char *formula, *absorb, *where, *subject;
        behov_status status;
    } faults[] = {{formula, "twon", "absorbed effects", "no column is called", BEHOV_E_NAME},
                  {formula, "town +", "absorbed effects", "", BEHOV_E_SYNTAX},
                  {"y ~ 1", "town", "formula", "no term beside the absorbed effects", BEHOV_E_SYNTAX},
                  {"y ~ x1", "10 * town + year", "test.csv", "no column of the formula varies within 10 * town + year",
                   BEHOV_E_RANK}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        behov_status status =
            estimate(&estimation, table, faults[i].formula,
                     (estimation_options){.absorb = faults[i].absorb, .fit = {.drop_collinear = true}});
        assert_int_equal(status, faults[i].status);
        assert_contains(estimation.err.where, faults[i].where);
        assert_contains(estimation.err.what, faults[i].subject);
        estimation_free(&estimation);
    }
    behov_table_free(table);
}

/* Two slopes and two effects fit four rows exactly, whatever the outcome. */
static void too_few_rows_for_slopes_and_effects(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,z,g\n1,2,1,1\n3,1,1,1\n2,5,2,2\n6,4,7,2\n");
    estimation estimation;
    assert_int_equal(estimate(&estimation, table, "y ~ x + z", (estimation_options){.absorb = "g"}), BEHOV_E_TOO_FEW);
    assert_contains(estimation.err.what,
                    "4 rows for 2 coefficients and 2 effects of g leave nothing to judge the errors by");
    estimation_free(&estimation);
    behov_table_free(table);
}

/* A row without its group is not estimated on, and said to be so; arithmetic names groups as a column does. */
static void keys_of_effects(void **state)
{
    (void)state;
    behov_table *table = table_of_text("y,x,g\n1,2,1\n3,1,1\n2,5,2\n6,4,2\n4,4,..\n7,1,3\n5,3,3\n9,9,3\n");
    estimation got, want;
    run(&got, table, "y ~ x", (estimation_options){.absorb = "g"});
    assert_int_equal(behov_fit_n_rows(got.fit), 7);
    behov_reason reason = behov_design_reason(got.design, 0);
    assert_int_equal(reason.kind, BEHOV_REASON_CLUSTER_MISSING);
    assert_int_equal(reason.fate, BEHOV_ROW_PREDICTED_ONLY);
    assert_string_equal(reason.subject, "g");
    run(&want, table, "y ~ x", (estimation_options){.absorb = "3 * g + 1"});
    assert_string_equal(behov_clusters_key(behov_design_absorbed(want.design)), "3 * g + 1");
    assert_true(behov_fit_coefficients(got.fit)[0] == behov_fit_coefficients(want.fit)[0]);
    /* by hand: 9 / (107/3) */
    assert_digits_text(behov_fit_coefficients(got.fit)[0], "0.252336448598130841121495327102803738", 15.5);
    estimation_free(&got), estimation_free(&want);
    behov_table_free(table);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_are_dummies),
        cmocka_unit_test(squares_are_within),
        cmocka_unit_test(single_rows_contribute_nothing),
        cmocka_unit_test(jackknife_is_a_refit),
        cmocka_unit_test(crossing_clusters_are_refused),
        cmocka_unit_test(two_ways_count_once),
        cmocka_unit_test(every_draw_is_a_refit_with_dummies),
        cmocka_unit_test(far_away_regressors_keep_their_digits),
        cmocka_unit_test(what_does_not_vary_in_a_town_is_0_there),
        cmocka_unit_test(frequencies_are_repeated_rows),
        cmocka_unit_test(steady_regressors_are_named),
        cmocka_unit_test(what_needs_the_effects_is_refused),
        cmocka_unit_test(too_few_rows_for_slopes_and_effects),
        cmocka_unit_test(keys_of_effects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
