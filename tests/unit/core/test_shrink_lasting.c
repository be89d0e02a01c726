/* test_shrink_lasting.c - levels under chance that lasts: borders, few years, bad rows; probabilities and draws agree;
 * figures are in tests/cross/test_lasting.c. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <behov/shrink.h>
#include <gsl/gsl_cdf.h>

#include "digits.h"
#include "shrink_lasting.h"

enum { MOST = 4000, WIDTH = 2 };
static uint32_t municipalities[MOST];
static int32_t years[MOST];
static double residuals[MOST], populations[MOST], regressors[MOST * WIDTH];

static double deviate(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t x = *state;
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return gsl_cdf_ugaussian_Pinv(((double)((x ^ (x >> 31)) >> 11) + 0.5) * 0x1p-53);
}

/* A panel of n municipalities and so many years. */
static behov_shrink_data panel_of(size_t n, size_t n_years, double tau, double s0, double s1, double phi, uint64_t seed)
{
    size_t row = 0;
    for (size_t m = 0; m < n; m++) {
        double u = sqrt(tau) * deviate(&seed), z = deviate(&seed), population = exp(8.3 + 1.1 * deviate(&seed)) + 200;
        for (size_t t = 0; t < n_years; t++, row++) {
            z = t == 0 ? z : phi * z + sqrt(1 - phi * phi) * deviate(&seed);
            municipalities[row] = (uint32_t)m;
            years[row] = 2012 + (int32_t)t;
            populations[row] = floor(population);
            residuals[row] = u + sqrt(s0 + s1 / population) * z;
            regressors[row * WIDTH] = 1;
            regressors[row * WIDTH + 1] = deviate(&seed);
        }
    }
    return (behov_shrink_data){.n_rows = row,
                               .n_municipalities = n,
                               .municipalities = municipalities,
                               .residuals = residuals,
                               .populations = populations,
                               .chance = BEHOV_CHANCE_AR1,
                               .years = years};
}

static behov_shrink *shrink_of(const behov_shrink_data *data)
{
    behov_error err;
    behov_shrink *shrink;
    if (behov_shrink_new(data, &shrink, &err))
        fail_msg("%s", err.what);
    return shrink;
}

/* Every municipality with a row has every level, with a variance. */
static void assert_complete(const behov_shrink *shrink, const behov_shrink_data *data)
{
    for (size_t i = 0; i < data->n_rows; i++)
        for (int target = 0; target < BEHOV_N_TARGETS; target++) {
            size_t m = data->municipalities[i];
            assert_true(isfinite(behov_shrink_levels(shrink, (behov_shrink_target)target)[m]));
            assert_true(behov_shrink_level_variances(shrink, (behov_shrink_target)target)[m] >= 0);
        }
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(isfinite(got.lasting) && isfinite(got.row) && isfinite(got.person) && isfinite(got.phi));
}

static void independence_when_years_tell_nothing(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(30, 4, 0.25, 0.05, 300, 0.6, 1), plain = data, single;
    plain.chance = BEHOV_CHANCE_INDEPENDENT;
    data.years = NULL;
    behov_shrink *a = shrink_of(&data), *b = shrink_of(&plain);
    assert_int_equal(behov_shrink_variances_of(a).chance, BEHOV_CHANCE_INDEPENDENT);
    for (size_t m = 0; m < 30; m++)
        assert_true(behov_shrink_effects(a)[m] == behov_shrink_effects(b)[m] &&
                    behov_shrink_uncertainties(a)[m] == behov_shrink_uncertainties(b)[m]);
    behov_shrink_free(a), behov_shrink_free(b);
    single = panel_of(30, 1, 0.25, 0.05, 300, 0.6, 2); /* one year */
    a = shrink_of(&single);
    assert_int_equal(behov_shrink_variances_of(a).chance, BEHOV_CHANCE_INDEPENDENT);
    assert_true(behov_shrink_variances_of(a).is_one_year);
    assert_complete(a, &single);
    const behov_lag_correlation *correlations;
    assert_int_equal(behov_shrink_correlations(a, &correlations), 0);
    behov_shrink_free(a);
}

static void two_rows_of_a_year_are_refused(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(10, 3, 0.25, 0.05, 300, 0.6, 1);
    behov_error err;
    behov_shrink *shrink;
    years[5] = years[4];
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_DATA);
    assert_non_null(strstr(err.what, "6"));
}

static void borders(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(25, 4, 0, 0.1, 0, 0, 3); /* white noise alone */
    behov_shrink *shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
    data = panel_of(25, 4, 0, 0.1, 300, 0.97, 4); /* long chance alone */
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.is_inseparable);
    for (size_t m = 0; m < 25; m++) /* the permanent part is not said to be 0 for certain */
        assert_true(behov_shrink_level_variances(shrink, BEHOV_TARGET_PERMANENT)[m] > 1e-3);
    behov_shrink_free(shrink);
    for (size_t i = 0; i < data.n_rows; i++) /* what a municipality is, it is for ever */
        residuals[i] = residuals[i - i % 4];
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
    for (size_t i = 0; i < data.n_rows; i++)
        residuals[i] = 0.25;
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
    memset(residuals, 0, sizeof residuals);
    shrink = shrink_of(&data);
    for (size_t m = 0; m < 25; m++)
        assert_true(behov_shrink_effects(shrink)[m] == 0 && behov_shrink_uncertainties(shrink)[m] == 0);
    behov_shrink_free(shrink);
}

static void few_years_and_odd_rows(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(40, 2, 0.25, 0.05, 0, 0.6, 5);
    data.populations = NULL; /* nothing tells phi from Var u */
    behov_shrink *shrink = shrink_of(&data);
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_complete(shrink, &data);
    assert_false(got.is_permanent_known);
    assert_false(got.has_person);
    assert_true(isnan(got.white_gain) && isnan(got.small_gain));
    behov_shrink_free(shrink);
    data = panel_of(40, 3, 0.25, 0.05, 300, 0.6, 6);
    for (size_t i = 0; i < data.n_rows; i++) {
        if (i % 3 == 2)
            years[i] += 30;
        populations[i] = 5000;
    }
    data.n_rows -= 2; /* the last has one row, of the first year */
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    got = behov_shrink_variances_of(shrink);
    assert_int_equal(got.last_year, 2044);
    const behov_lag_correlation *correlations;
    assert_int_equal(behov_shrink_correlations(shrink, &correlations), 3);
    assert_int_equal(correlations[1].lag, 31);
    assert_int_equal(correlations[1].n_pairs, 39);
    /* 32 years after its last row no chance is left of it: the level is the permanent part */
    assert_digits(behov_shrink_levels(shrink, BEHOV_TARGET_AHEAD)[39],
                  behov_shrink_levels(shrink, BEHOV_TARGET_PERMANENT)[39], 1.5);
    behov_shrink_free(shrink);
    data = panel_of(1, 200, 0.25, 0.05, 300, 0.6, 7); /* one with many rows, and no other */
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
    data = panel_of(2, 2, 0.25, 0.05, 300, 0.6, 8); /* barely more rows than regressors */
    data.n_rows = 3;
    data.regressors = regressors;
    data.n_regressors = WIDTH;
    shrink = shrink_of(&data);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
}

static void unit_and_threads(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(40, 4, 0.25, 0.05, 300, 0.6, 9);
    data.regressors = regressors;
    data.n_regressors = WIDTH;
    data.coefficients = BEHOV_LEVELS_GLS;
    behov_shrink *a = shrink_of(&data);
    data.n_threads = 4;
    for (size_t i = 0; i < data.n_rows; i++)
        residuals[i] *= 1024;
    behov_shrink *b = shrink_of(&data);
    for (int target = 0; target < BEHOV_N_TARGETS; target++)
        for (size_t m = 0; m < 40; m++) {
            const double *levels = behov_shrink_levels(a, (behov_shrink_target)target);
            assert_true(1024 * levels[m] == behov_shrink_levels(b, (behov_shrink_target)target)[m]);
        }
    assert_true(1024 * behov_shrink_change(a)[1] == behov_shrink_change(b)[1]);
    behov_shrink_free(a), behov_shrink_free(b);
}

/* No chance by population, so that s1^2 is estimated as 0 at many points of the grid: they weigh the same in kr as in 1000
 * kr. Digits: what the last step of a search leaves. */
static void unit_at_the_border(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(12, 3, 0.25, 0.2, 0, 0.5, 5);
    data.regressors = regressors;
    data.n_regressors = WIDTH;
    behov_shrink *a = shrink_of(&data);
    for (size_t i = 0; i < data.n_rows; i++)
        residuals[i] *= 1000;
    behov_shrink *b = shrink_of(&data);
    for (size_t m = 0; m < 12; m++)
        assert_true(fabs(1000 * behov_shrink_effects(a)[m] - behov_shrink_effects(b)[m]) <
                    1e-6 * fabs(behov_shrink_effects(b)[m]));
    behov_shrink_free(a), behov_shrink_free(b);
}

static bool is_same(behov_lasting a, behov_lasting b)
{
    return isnan(a.ratio) ? isnan(b.ratio)
                          : a.ratio == b.ratio && a.interval.low == b.interval.low &&
                                a.interval.high == b.interval.high && a.probability_above == b.probability_above;
}

/* Many needs of a municipality, some not above 0, others between them: each as if it were asked for alone. */
static void needs_together(void **state)
{
    (void)state;
    enum { N = 40 };
    behov_shrink_data data = panel_of(20, 4, 0.25, 0.05, 300, 0.6, 12);
    data.regressors = regressors;
    data.n_regressors = WIDTH;
    for (int chance = 0; chance < 2; chance++) {
        data.chance = chance ? BEHOV_CHANCE_AR1 : BEHOV_CHANCE_INDEPENDENT;
        behov_shrink *shrink = shrink_of(&data);
        behov_shrink_need needs[N];
        behov_lasting together[N], permanent[N];
        for (size_t i = 0; i < N; i++)
            needs[i] = (behov_shrink_need){i < 13 ? 3 : i % 7, i % 6 == 4 ? 0 : 1 + (double)i / 8,
                                           i % 6 == 4 ? NULL : regressors + i * WIDTH};
        behov_shrink_ratios(shrink, needs, N, 0.9, together);
        behov_shrink_target_ratios(shrink, BEHOV_TARGET_PERMANENT, needs, N, 0.9, permanent);
        for (size_t i = 0; i < N; i++) {
            behov_shrink_need need = needs[i];
            assert_true(isnan(together[i].ratio) == !(need.need > 0));
            assert_true(
                is_same(together[i], behov_shrink_ratio(shrink, need.municipality, need.need, need.regressors, 0.9)));
            assert_true(is_same(permanent[i], behov_shrink_target_ratio(shrink, BEHOV_TARGET_PERMANENT, &need, 0.9)));
        }
        behov_shrink_free(shrink);
    }
}

/* x'Cx by its definition, in more digits than a double has; for every number of columns beside the fours. */
static void quadratic_forms(void **state)
{
    (void)state;
    enum { N = 13 };
    uint64_t seed = 4;
    for (size_t n = 0; n <= N; n++) {
        double matrix[N * N], x[N];
        long double sum = 0;
        for (size_t i = 0; i < n; i++) {
            x[i] = deviate(&seed);
            for (size_t j = 0; j <= i; j++) /* a heavy diagonal: it is never below 0 */
                matrix[i * n + j] = matrix[j * n + i] = deviate(&seed) + (i == j ? 4 * N : 0);
        }
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                sum += (long double)x[i] * matrix[i * n + j] * x[j];
        assert_digits(shrink_quadratic(matrix, x, n), (double)sum, 14);
    }
}

/* A pair's places by draws lie as its probability says, and so many are unclear as pairs by themselves. */
static void probabilities(void **state)
{
    (void)state;
    enum { M = 40 };
    behov_shrink_data data = panel_of(M, 4, 0.25, 0.05, 300, 0.6, 10);
    behov_shrink *shrink = shrink_of(&data);
    double needs[M], low[M], high[M];
    uint32_t groups[M];
    size_t unclear[M], counted[M] = {0}, n_tried = 0;
    behov_error err;
    for (size_t m = 0; m < M; m++)
        needs[m] = 2;
    assert_int_equal(behov_shrink_unclear(shrink, BEHOV_TARGET_AHEAD, needs, NULL, NULL, 0.95, 2, unclear, &err),
                     BEHOV_OK);
    for (size_t i = 0; i < M; i++)
        for (size_t j = 0; j < M; j++) {
            double above = behov_shrink_probability(shrink, BEHOV_TARGET_AHEAD, &(behov_shrink_need){i, 2, NULL},
                                                    &(behov_shrink_need){j, 2, NULL});
            double below = behov_shrink_probability(shrink, BEHOV_TARGET_AHEAD, &(behov_shrink_need){j, 2, NULL},
                                                    &(behov_shrink_need){i, 2, NULL});
            assert_digits(above + below, 1, 12);
            counted[i] += i != j && above < 0.95 && below < 0.95;
            if (i >= j || !(above > 0.6 && above < 0.97) || n_tried >= 12)
                continue;
            n_tried++;
            for (size_t m = 0; m < M; m++)
                groups[m] = m == i || m == j ? 0 : UINT32_MAX;
            for (int side = -1; side <= 1; side += 2) { /* the other place's share, a little more and a little less */
                behov_shrink_ranking ranking = {.needs = needs,
                                                .groups = groups,
                                                .level = 1 - 2 * (1 - above + 0.015 * side),
                                                .n_draws = 20000,
                                                .seed = 3};
                assert_int_equal(behov_shrink_ranks(shrink, &ranking, low, high, &err), BEHOV_OK);
                assert_int_equal((int)high[i], side > 0 ? 1 : 2);
            }
        }
    assert_true(n_tried == 12);
    for (size_t m = 0; m < M; m++)
        assert_int_equal(unclear[m], counted[m]);
    behov_shrink_free(shrink);
}

/* Draws of one's own from independent levels: all places lie within in 90 of a hundred, a little more because places are
 * whole, and within those of each by itself in far fewer. */
static void places_together(void **state)
{
    (void)state;
    enum { M = 40, DRAWS = 4000 };
    behov_shrink_data data = panel_of(M, 3, 0.25, 0.02, 200, 0, 11);
    data.chance = BEHOV_CHANCE_INDEPENDENT;
    behov_shrink *shrink = shrink_of(&data);
    double needs[M], low[2][M], high[2][M];
    int within[2] = {0, 0};
    uint64_t seed = 77;
    behov_error err;
    for (size_t m = 0; m < M; m++)
        needs[m] = 2;
    for (int together = 0; together < 2; together++) {
        behov_shrink_ranking ranking = {.needs = needs, .is_together = together, .seed = 5, .n_threads = 2};
        assert_int_equal(behov_shrink_ranks(shrink, &ranking, low[together], high[together], &err), BEHOV_OK);
    }
    for (int draw = 0; draw < DRAWS; draw++) {
        double levels[M];
        bool is_within[2] = {true, true};
        for (size_t m = 0; m < M; m++)
            levels[m] = behov_shrink_effects(shrink)[m] + sqrt(behov_shrink_uncertainties(shrink)[m]) * deviate(&seed);
        for (size_t m = 0; m < M; m++) {
            int place = 1;
            for (size_t other = 0; other < M; other++)
                place += levels[other] > levels[m];
            for (int together = 0; together < 2; together++)
                is_within[together] = is_within[together] && place >= low[together][m] && place <= high[together][m];
        }
        within[0] += is_within[0];
        within[1] += is_within[1];
    }
    assert_true(within[1] > 0.88 * DRAWS && within[1] < 0.96 * DRAWS);
    assert_true(within[0] < 0.5 * DRAWS);
    behov_shrink_free(shrink);
}

/* Residuals of every municipality sum to 0: the average information of Var u is 0, so no step is solved for by it. With
 * 60 rows whose squares sum to 120 the maximum is at Var u = 0, Var e = 2: l = -(60 log 2 + 60) / 2, by hand. */
static void residuals_that_sum_to_0(void **state)
{
    (void)state;
    static const double turn[] = {2, -2, 1, -1, 0};
    behov_shrink_data data = panel_of(12, 5, 0, 1, 0, 0, 1);
    for (size_t i = 0; i < data.n_rows; i++)
        residuals[i] = turn[(i % 5 + i / 5) % 5];
    data.populations = NULL;
    behov_shrink *shrink = shrink_of(&data);
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.is_converged && got.is_lasting_at_border && got.is_phi_at_border && got.is_inseparable);
    assert_true(got.lasting == 0 && got.phi == 0);
    assert_true(fabs(got.row - 2) < 1e-12);
    assert_true(fabs(got.log_likelihood + 30 * log(2) + 30) < 1e-12);
    assert_true(got.log_likelihood >= got.independent_log_likelihood);
    assert_complete(shrink, &data);
    behov_shrink_free(shrink);
}

/* The score is the slope of the likelihood, by differences; with gaps, one municipality of a single row, with and without
 * white noise. */
static void score_is_the_slope(void **state)
{
    (void)state;
    behov_shrink_data data = panel_of(30, 6, 0.3, 0.1, 300, 0.6, 21);
    data.n_regressors = WIDTH;
    data.regressors = regressors;
    size_t n = 0;
    for (size_t i = 0; i < data.n_rows; i++) { /* some years are not there; of the first municipality but one is */
        if (i % 7 == 3 || (municipalities[i] == 0 && i > 0))
            continue;
        municipalities[n] = municipalities[i], years[n] = years[i], residuals[n] = residuals[i];
        populations[n] = populations[i];
        memcpy(regressors + n++ * WIDTH, regressors + i * WIDTH, WIDTH * sizeof *regressors);
    }
    data.n_rows = n;
    behov_shrink *shrink = shrink_of(&data);
    lasting_likelihood likelihood;
    assert_true(shrink_lasting_new(&likelihood, shrink->lasting));
    const bool may_move[N_THETA] = {true, true, true, true, true, true};
    for (int noisy = 0; noisy < 2; noisy++) {
        double theta[N_THETA] = {0.05, 0.03, 0.02, 0.5, noisy ? 0.2 : 0, 0.01}, score[N_THETA];
        assert_true(shrink_lasting_evaluate(&likelihood, theta, may_move, AVERAGE));
        memcpy(score, likelihood.score, sizeof score);
        for (int k = 0; k < N_THETA; k++) {
            double middle = theta[k], step = 1e-5, value[2];
            if (k == WHITE && !noisy)
                continue; /* no likelihood below 0 */
            for (int side = 0; side < 2; side++) {
                theta[k] = middle + (side ? step : -step);
                assert_true(shrink_lasting_evaluate(&likelihood, theta, may_move, VALUE));
                value[side] = likelihood.value;
            }
            theta[k] = middle;
            assert_true(fabs((value[1] - value[0]) / (2 * step) - score[k]) < 1e-5 * (1 + fabs(score[k])));
        }
    }
    shrink_lasting_free(&likelihood);
    behov_shrink_free(shrink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(independence_when_years_tell_nothing),
        cmocka_unit_test(two_rows_of_a_year_are_refused),
        cmocka_unit_test(borders),
        cmocka_unit_test(residuals_that_sum_to_0),
        cmocka_unit_test(score_is_the_slope),
        cmocka_unit_test(few_years_and_odd_rows),
        cmocka_unit_test(unit_and_threads),
        cmocka_unit_test(unit_at_the_border),
        cmocka_unit_test(probabilities),
        cmocka_unit_test(needs_together),
        cmocka_unit_test(quadratic_forms),
        cmocka_unit_test(places_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
