/* test_shrink.c - intervals of need and ratio, variances and lasting levels where a hand can follow, and how often a
 * municipality is drawn before another. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "digits.h"
#include "failing_malloc.h"
#include "tables.h"

/* Three municipalities, two years: means 4, -4, 0, within each a sum of squares of 2. */
static const uint32_t threes[] = {0, 0, 1, 1, 2, 2};
static const double balanced[] = {3, 5, -5, -3, 1, -1};

static behov_shrink *shrink_of(behov_shrink_data data)
{
    behov_shrink *shrink = NULL;
    behov_error err;
    if (behov_shrink_new(&data, &shrink, &err))
        fail_msg("%s", err.what);
    return shrink;
}

/* Known b: s0^2 = 6/3 = 2; 2 Var u + s0^2 = 2 (16 + 16) / 3, so Var u = 29/3; the share is 1 - 2 / (64/3) = 29/32. What
 * the estimated variances add: Var(share) Var(mean) = (3/32)^2 (2/3 + 2/3) 32/3 = 1/8, twice. */
static void balanced_with_known_coefficients(void **state)
{
    (void)state;
    behov_shrink *shrink = shrink_of(
        (behov_shrink_data){.n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = balanced});
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.is_known && got.is_converged && !got.is_one_year && !got.has_person);
    assert_digits(got.row, 2, 10);
    assert_digits(got.lasting, 29.0 / 3, 10);
    assert_true(got.person == 0);
    for (size_t m = 0; m < 3; m++) {
        assert_digits(behov_shrink_shares(shrink)[m], 29.0 / 32, 10);
        assert_digits(behov_shrink_effects(shrink)[m], m == 2 ? 0 : (m ? -4 : 4) * 29.0 / 32, 10);
        assert_digits(behov_shrink_uncertainties(shrink)[m], 29.0 / 32 + 0.25, 10);
    }
    behov_lasting lasting = behov_shrink_ratio(shrink, 0, 10, NULL, 0.9);
    assert_digits(lasting.ratio, 136.25, 10);
    double far = 1.6448536269514722 * sqrt(29.0 / 32 + 0.25); /* R: qnorm(0.95) */
    assert_digits(lasting.interval.low, 136.25 - 10 * far, 10);
    assert_digits(lasting.interval.high, 136.25 + 10 * far, 10);
    assert_digits(lasting.probability_above, 0.999625767387, 10); /* R: pnorm(3.625 / sqrt(37/32)) */
    assert_digits(behov_shrink_ratio(shrink, 2, 10, NULL, 0.9).probability_above, 0.5, 15);
    assert_true(isnan(behov_shrink_ratio(shrink, 0, 0, NULL, 0.9).ratio));
    behov_shrink_free(shrink);
}

/* A constant estimated: between 2 (16 + 16) / 2 = 32, so Var u = 15, share 15/16; Var(b) = (15 + 1) / 3. The variances
 * add twice (2/32)^2 4/3 16 = 1/12. */
static void balanced_with_a_constant(void **state)
{
    (void)state;
    static const double ones[] = {1, 1, 1, 1, 1, 1};
    behov_shrink *shrink = shrink_of((behov_shrink_data){.n_rows = 6,
                                                         .n_municipalities = 3,
                                                         .n_regressors = 1,
                                                         .municipalities = threes,
                                                         .residuals = balanced,
                                                         .regressors = ones});
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_digits(got.row, 2, 10);
    assert_digits(got.lasting, 15, 10);
    double known_value = 15.0 / 16, of_variances = 1.0 / 6, of_b = 16.0 / 3;
    assert_digits(behov_shrink_effects(shrink)[0], 3.75, 10);
    assert_digits(behov_shrink_uncertainties(shrink)[0], known_value + of_variances + 225.0 / 256 * of_b, 10);
    /* ratio = 100 (1 + u / need): the constant moves u by -15/16 and the need by 1 */
    behov_lasting lasting = behov_shrink_ratio(shrink, 0, 10, ones, 0.9);
    double by_b = -15.0 / 16 - 3.75 / 10;
    assert_digits(lasting.interval.high - lasting.ratio,
                  16.448536269514722 * sqrt(known_value + of_variances + by_b * by_b * of_b), 10);
    behov_shrink_free(shrink);
}

/* One year: what falls with the population is chance, the rest lasts. */
static void one_year_shrinks_the_small(void **state)
{
    (void)state;
    enum { M = 200 };
    uint32_t each[M];
    double residuals[M], populations[M];
    dice random = dice_of(3);
    for (uint32_t m = 0; m < M; m++) {
        each[m] = m;
        populations[m] = 500 * pow(200, (double)m / M);
        residuals[m] = 0.5 * dice_normal(&random) + sqrt(400 / populations[m]) * dice_normal(&random);
    }
    behov_shrink *shrink = shrink_of((behov_shrink_data){.n_rows = M,
                                                         .n_municipalities = M,
                                                         .municipalities = each,
                                                         .residuals = residuals,
                                                         .populations = populations});
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.is_known && got.is_one_year && got.has_person && got.row == 0);
    assert_true(got.lasting > 0.15 && got.lasting < 0.35 && got.person > 200 && got.person < 800);
    for (size_t m = 0; m < M; m++) {
        assert_digits(behov_shrink_shares(shrink)[m], got.lasting / (got.lasting + got.person / populations[m]), 12);
        assert_digits(behov_shrink_effects(shrink)[m], behov_shrink_shares(shrink)[m] * residuals[m], 12);
        assert_true(m == 0 || behov_shrink_shares(shrink)[m] > behov_shrink_shares(shrink)[m - 1]);
    }
    behov_shrink_free(shrink);
}

static void nothing_varies(void **state)
{
    (void)state;
    static const double zeros[6] = {0}, fixed[] = {2, 2, -1, -1, -1, -1};
    behov_shrink *shrink = shrink_of(
        (behov_shrink_data){.n_rows = 6, .n_municipalities = 4, .municipalities = threes, .residuals = zeros});
    behov_shrink_variances got = behov_shrink_variances_of(shrink);
    assert_true(got.lasting == 0 && got.row == 0 && got.person == 0 && got.is_converged);
    assert_true(behov_shrink_effects(shrink)[0] == 0 && behov_shrink_uncertainties(shrink)[0] == 0);
    assert_true(isnan(behov_shrink_effects(shrink)[3])); /* no rows */
    behov_lasting lasting = behov_shrink_ratio(shrink, 0, 2, NULL, 0.9);
    assert_true(lasting.ratio == 100 && lasting.interval.low == 100 && lasting.interval.high == 100);
    behov_shrink_free(shrink);

    shrink = shrink_of(/* differences that last and no chance: nothing to shrink */
                       (behov_shrink_data){
                           .n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = fixed});
    assert_true(behov_shrink_variances_of(shrink).row < 1e-8);
    assert_digits(behov_shrink_variances_of(shrink).lasting, 2, 6); /* (4 + 1 + 1) / 3 */
    assert_digits(behov_shrink_effects(shrink)[0], 2, 7);
    behov_shrink_free(shrink);

    static const double noise[] = {3, -3, -2, 2, 1, -1}; /* chance alone: everything is shrunk */
    shrink = shrink_of(
        (behov_shrink_data){.n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = noise});
    assert_true(behov_shrink_variances_of(shrink).lasting == 0);
    assert_digits(behov_shrink_variances_of(shrink).row, 28.0 / 6, 10);
    assert_true(behov_shrink_effects(shrink)[0] == 0 && behov_shrink_uncertainties(shrink)[0] > 0);
    behov_shrink_free(shrink);
}

static void what_cannot_be_told_is_not_told(void **state)
{
    (void)state;
    static const uint32_t each[] = {0, 1, 2, 3};
    static const double residuals[] = {1, -1, 2, -2}, equal[] = {50, 50, 50, 50}, ones[] = {1, 1, 1, 1};
    behov_shrink_data data = {.n_rows = 4,
                              .n_municipalities = 4,
                              .n_regressors = 1,
                              .municipalities = each,
                              .residuals = residuals,
                              .regressors = ones};
    for (int n_with = 0; n_with < 2; n_with++) {
        data.populations = n_with ? equal : NULL;
        behov_shrink *shrink = shrink_of(data);
        behov_shrink_variances got = behov_shrink_variances_of(shrink);
        assert_true(!got.is_known && isnan(got.lasting) && isnan(behov_shrink_effects(shrink)[0]));
        double needs[] = {1, 2, 3, 4}, low[4], high[4], vcov = 1;
        behov_shrink_ranking how = {.needs = needs, .regressors = ones};
        behov_error err;
        assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, &err), BEHOV_E_TOO_FEW);
        assert_contains(err.what, "cannot be told from chance");
        how.by = BEHOV_BY_NEED; /* all move together: the order is sure */
        how.vcov = &vcov;
        assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, &err), BEHOV_OK);
        for (int m = 0; m < 4; m++)
            assert_true(low[m] == 4 - m && high[m] == 4 - m);
        behov_shrink_free(shrink);
    }
}

static void wrong_input(void **state)
{
    (void)state;
    static const uint32_t beyond[] = {0, 0, 1, 1, 3, 2};
    static const double infinite[] = {1, 2, INFINITY, 1, 1, 1}, none[] = {1, 1, 1, 1, 0, 1},
                        twice[] = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
    behov_shrink_data good = {.n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = balanced},
                      data;
    behov_shrink *shrink = NULL;
    behov_error err;
    data = good, data.municipalities = beyond;
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_ARGUMENT);
    data = good, data.residuals = infinite;
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_DATA);
    assert_contains(err.what, "row 3");
    data = good, data.populations = none;
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_DATA);
    assert_contains(err.what, "row 5");
    data = good, data.regressors = twice, data.n_regressors = 2;
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_RANK);
    data = good, data.regressors = twice, data.n_regressors = 1, data.n_rows = 1;
    assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_TOO_FEW);
    assert_null(shrink);
    behov_shrink_free(NULL);
    shrink = shrink_of(good);
    double needs[] = {1, 1, 1}, low[3] = {7, 7, 7}, high[3];
    behov_shrink_ranking how = {.needs = needs, .level = 1};
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, &err), BEHOV_E_ARGUMENT);
    assert_true(low[0] == 7);
    behov_shrink_free(shrink);
}

/* The scale of weights does not matter, however near the ends of a double; a weight of 0 is no weight of a row estimated
 * on; and one that leaves the others no digits gives no figure. */
static void weights_are_of_a_size_that_can_be_borne(void **state)
{
    (void)state;
    static const double x[] = {1, 0, 1, 1, 1, 0.5, 1, 3, 1, 2, 1, 2.5}, scales[] = {1, 1e150, 1e-150, 3};
    static const bool is_estimated[] = {true, true, true, true, true, false};
    double roots[] = {1, 1.5, 0.5, 1, 2, 1}, scaled[6], first[3], variances[3], log_likelihood = NAN;
    behov_shrink_data data = {.n_rows = 6,
                              .n_municipalities = 3,
                              .n_regressors = 2,
                              .municipalities = threes,
                              .residuals = balanced,
                              .regressors = x,
                              .root_weights = scaled};
    behov_shrink *shrink = NULL;
    behov_error err;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        for (size_t row = 0; row < 6; row++)
            scaled[row] = roots[row] * scales[i];
        shrink = shrink_of(data);
        double found = behov_shrink_variances_of(shrink).log_likelihood;
        log_likelihood = i == 0 ? found : log_likelihood; /* log|Q'S^-1 Q| / 2 falls by K log of the scale */
        assert_true(fabs(found - 2 * log(scales[i]) - log_likelihood) <= 1e-11);
        for (size_t m = 0; m < 3; m++) {
            double effect = behov_shrink_effects(shrink)[m], variance = behov_shrink_uncertainties(shrink)[m];
            assert_true(isfinite(effect) && variance > 0);
            if (i == 0)
                first[m] = effect, variances[m] = variance;
            assert_true(fabs(effect - first[m]) <= 1e-12 && fabs(variance - variances[m]) <= 1e-12 * variances[m]);
        }
        behov_shrink_free(shrink);
    }
    data.root_weights = roots;
    static const double refused[] = {0, -1, NAN, INFINITY, 1e8};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        roots[5] = refused[i];
        shrink = NULL;
        data.is_estimated = NULL;
        assert_int_equal(behov_shrink_new(&data, &shrink, &err), BEHOV_E_DATA);
        assert_null(shrink);
        assert_non_null(strstr(err.what, "weight"));
        data.is_estimated = is_estimated; /* nothing is asked of the weight of a row that b is not from */
        behov_shrink_free(shrink_of(data));
    }
    roots[5] = 100;
    data.is_estimated = NULL;
    behov_shrink_free(shrink_of(data));
}

static void intervals_of_need_and_ratio(void **state)
{
    (void)state;
    const double vcov[] = {4, 1, 1, 9}, x[] = {2, -1};
    assert_true(behov_level_variance(vcov, x, 2) == 21); /* 16 - 4 + 9 */
    behov_interval need = behov_level_interval(10, 4, 7, 0.9);
    assert_digits(need.low, 10 - 2 * 1.8945786050900069, 13); /* R: qt(0.95, 7) */
    assert_digits(need.high, 10 + 2 * 1.8945786050900069, 13);
    need = behov_level_interval(10, 4, INFINITY, 0.9);
    assert_digits(need.high, 10 + 2 * 1.6448536269514722, 13);
    assert_true(isnan(behov_level_interval(NAN, 4, 7, 0.9).low));
    assert_true(behov_prediction_variance(21, 3, 1) == 30);
    assert_true(behov_prediction_variance(21, 3, 4) == 21 + 9 / 4.0); /* an outcome of four times the weight */
    assert_true(isnan(behov_prediction_variance(21, 3, 0)) && isnan(behov_prediction_variance(21, 3, NAN)));
    assert_true(isnan(behov_level_interval(10, NAN, 7, 0.9).high));
    behov_interval gap = behov_gap_interval(5, (behov_interval){4, 20});
    assert_true(gap.low == -15 && gap.high == 1);
    assert_true(isnan(behov_gap_interval(NAN, (behov_interval){4, 20}).low));
    assert_true(isnan(behov_gap_interval(5, (behov_interval){NAN, NAN}).high));
    behov_interval ratio = behov_ratio_interval(5, (behov_interval){4, 20});
    assert_true(ratio.low == 25 && ratio.high == 125);
    ratio = behov_ratio_interval(-5, (behov_interval){4, 20});
    assert_true(ratio.low == -125 && ratio.high == -25);
    assert_true(isnan(behov_ratio_interval(5, (behov_interval){0, 20}).high));
    assert_true(isnan(behov_ratio_interval(NAN, (behov_interval){4, 20}).high));
}

/* How often the second comes before the first is a tail of the normal distribution: its place is sure at a level just
 * below that, and not at one just above. 200 000 draws know a share of 0.05 to 0.0005. */
static void assert_share(const behov_shrink *shrink, behov_shrink_ranking how, double share)
{
    double low[3], high[3];
    how.n_draws = 200000;
    how.level = 1 - 2 * (share + 0.003);
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, NULL), BEHOV_OK);
    assert_true(low[0] == 1 && high[0] == 1);
    how.level = 1 - 2 * (share - 0.003);
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, NULL), BEHOV_OK);
    assert_true(low[0] == 1 && high[0] == 2);
}

static void draws_have_the_posterior_distribution(void **state)
{
    (void)state;
    behov_shrink *shrink = shrink_of(
        (behov_shrink_data){.n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = balanced});
    double needs[] = {10, NAN, 10}, scales[] = {1, 1, 1};
    behov_shrink_ranking how = {.needs = needs, .scales = scales, .seed = 11};
    /* effects 3.625 and 0, variance 37/32 each: pnorm(-3.625 / sqrt(37/16)) */
    assert_share(shrink, how, 0.00856780);
    /* ratios 136.25 and 100 (1 + 0 / need), whose spread falls with the need */
    how.by = BEHOV_BY_GAP;
    scales[0] = 0.5; /* half the inhabitants: gaps 1.8125 and 0, variances 37/128 and 37/32: pnorm(-1.8125 / 1.2023) */
    assert_share(shrink, how, 0.06582);
    behov_shrink_free(shrink);

    /* One constant, needs 20 and 10: b moves need and effect against each other. P(ratio of the second above the first)
     * = integral over b ~ N(0, 16/3) of pnorm(-m / s), m = (3.75 - 15/16 b) / (20 + b) + 15/16 b / (10 + b), s^2 =
     * (15/16 + 1/6) (1 / (20 + b)^2 + 1 / (10 + b)^2): R's integrate. */
    static const double ones[] = {1, 1, 1, 1, 1, 1};
    double unlike[] = {20, NAN, 10};
    shrink = shrink_of((behov_shrink_data){.n_rows = 6,
                                           .n_municipalities = 3,
                                           .n_regressors = 1,
                                           .municipalities = threes,
                                           .residuals = balanced,
                                           .regressors = ones});
    assert_share(shrink, (behov_shrink_ranking){.needs = unlike, .regressors = ones}, 0.16486);
    behov_shrink_free(shrink);

    /* needs 1 and 0.5 with independent coefficients of variance 0.04 and 0.09: pnorm(-0.5 / sqrt(0.13)) = 0.0827 */
    static const double x[] = {1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 2}, rows[] = {1, 0, 0, 0, 0, 1},
                        vcov[] = {0.04, 0, 0, 0.09};
    double levels[] = {1, NAN, 0.5};
    shrink = shrink_of((behov_shrink_data){.n_rows = 6,
                                           .n_municipalities = 3,
                                           .n_regressors = 2,
                                           .municipalities = threes,
                                           .residuals = balanced,
                                           .regressors = x});
    assert_share(shrink, (behov_shrink_ranking){.by = BEHOV_BY_NEED, .needs = levels, .regressors = rows, .vcov = vcov},
                 0.08276);

    /* The index (5 + t1) / (4 + t2) beside one of 1: t1 - t2 < -1 of variance 0.2 + 0.3, pnorm(-sqrt(2)). And need and
     * country drawn as one, 11 of 10 in a year, 20 of 20 in another: the order is sure however unsure the years are. */
    static const double first[] = {1, 0, 0, 0, 0, 0}, country[] = {0, 1, 0, 0, 0, 0}, unsure[] = {0.2, 0, 0, 0.3},
                        own[] = {1.1, 0, 0, 0, 0, 1}, years[] = {1, 0, 0, 0, 0, 1}, wide[] = {4, 0, 0, 9};
    double indexed[] = {5, NAN, 10}, against[] = {4, 1, 10}, apart[] = {11, NAN, 20}, of_year[] = {10, 1, 20};
    double low[3], high[3];
    how = (behov_shrink_ranking){.by = BEHOV_BY_NEED, .needs = indexed, .regressors = first, .vcov = unsure};
    how.scales = against, how.scale_regressors = country;
    assert_share(shrink, how, 0.07865);
    how =
        (behov_shrink_ranking){.by = BEHOV_BY_NEED, .needs = apart, .regressors = own, .vcov = wide, .scales = of_year};
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, NULL), BEHOV_OK);
    assert_true(high[0] == 2);
    how.scale_regressors = years;
    assert_int_equal(behov_shrink_ranks(shrink, &how, low, high, NULL), BEHOV_OK);
    assert_true(low[0] == 1 && high[0] == 1 && low[2] == 2 && high[2] == 2);
    behov_shrink_free(shrink);
}

static void places_are_within_groups_and_follow_the_seed(void **state)
{
    (void)state;
    enum { M = 40, T = 3 };
    uint32_t municipalities[M * T], groups[M];
    double residuals[M * T], needs[M], low[4][M], high[4][M];
    dice random = dice_of(8);
    for (size_t i = 0; i < M * T; i++)
        municipalities[i] = (uint32_t)(i / T);
    for (size_t m = 0; m < M; m++) {
        groups[m] = m % 4 == 0 ? 70 : 3;
        needs[m] = m == 5 ? -1 : 2;
        double u = dice_normal(&random);
        for (size_t t = 0; t < T; t++)
            residuals[m * T + t] = u + dice_normal(&random);
    }
    behov_shrink *shrink = shrink_of((behov_shrink_data){
        .n_rows = M * T, .n_municipalities = M, .municipalities = municipalities, .residuals = residuals});
    behov_shrink_ranking how = {.needs = needs, .n_draws = 1000, .seed = 5};
    for (size_t i = 0; i < 4; i++) {
        how.seed = i == 2 ? 6 : 5;
        how.groups = i == 3 ? groups : NULL;
        assert_int_equal(behov_shrink_ranks(shrink, &how, low[i], high[i], NULL), BEHOV_OK);
    }
    bool is_other = false;
    for (size_t m = 0; m < M; m++) {
        if (m == 5) { /* no ratio */
            assert_true(isnan(low[0][m]) && isnan(low[3][m]));
            continue;
        }
        assert_true(low[0][m] == low[1][m] && high[0][m] == high[1][m]);
        is_other = is_other || low[0][m] != low[2][m] || high[0][m] != high[2][m];
        assert_true(low[3][m] >= 1 && high[3][m] <= (groups[m] == 70 ? 10 : 29) && low[3][m] <= low[0][m]);
    }
    assert_true(is_other);

    /* Both groupings from the same draws: the places of each alone; who is in no group takes no place there. */
    uint32_t both[2 * M];
    double low_of_two[2 * M], high_of_two[2 * M];
    for (size_t m = 0; m < M; m++) {
        both[m] = 0;
        both[M + m] = m == 7 ? BEHOV_NO_GROUP : groups[m];
    }
    groups[7] = 1000; /* alone: the others' places are as if it were not there */
    how.seed = 5;
    how.groups = groups;
    assert_int_equal(behov_shrink_ranks(shrink, &how, low[3], high[3], NULL), BEHOV_OK);
    how.groups = both;
    how.n_groupings = 2;
    assert_int_equal(behov_shrink_ranks(shrink, &how, low_of_two, high_of_two, NULL), BEHOV_OK);
    for (size_t m = 0; m < M; m++) {
        if (m != 5)
            assert_true(low_of_two[m] == low[0][m] && high_of_two[m] == high[0][m]);
        if (m == 5 || m == 7)
            assert_true(isnan(low_of_two[M + m]) && isnan(high_of_two[M + m]));
        else
            assert_true(low_of_two[M + m] == low[3][m] && high_of_two[M + m] == high[3][m]);
    }
    behov_shrink_free(shrink);
}

/* Who is clearly above whom, from the formula of two independent normal levels; shared coefficients by hand. */
static void what_is_not_clearly_different(void **state)
{
    (void)state;
    behov_shrink *shrink = shrink_of(
        (behov_shrink_data){.n_rows = 6, .n_municipalities = 3, .municipalities = threes, .residuals = balanced});
    static const double needs[] = {10, 10, 10}, persons[] = {1, 1, 4}, few[] = {0.1, 1, 4};
    size_t n[3];
    behov_shrink_ranking by_gap = {.by = BEHOV_BY_GAP, .needs = needs, .scales = persons};
    /* levels 3.625, -3.625, 0 with variance 37/32: gap 1 against 3 is 3.625 / sqrt(37/32 (1 + 16)) = 0.818, Phi 0.793; 1
     * against 2 is 7.25 / sqrt(37/16) = 4.77 */
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.95, n, NULL), BEHOV_OK);
    assert_true(n[0] == 1 && n[1] == 1 && n[2] == 2);
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.79, n, NULL), BEHOV_OK);
    assert_true(n[0] == 0 && n[1] == 0 && n[2] == 0);
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.80, n, NULL), BEHOV_OK);
    assert_true(n[0] == 1 && n[1] == 1 && n[2] == 2);
    by_gap.scales = few; /* 0.3625 against -3.625: 3.9875 / sqrt(37/32 1.01) = 3.69 */
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.999, n, NULL), BEHOV_OK);
    assert_true(n[0] == 1 && n[1] == 1 && n[2] == 2);
    by_gap.groups = (const uint32_t[]){1, 1, BEHOV_NO_GROUP};
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.9999, n, NULL), BEHOV_OK);
    assert_true(n[0] == 1 && n[1] == 1 && n[2] == 0); /* Phi(3.69) = 0.99989 */
    /* two groupings at once: the first as alone, in the second the first and the third beside each other */
    size_t of_two[6];
    by_gap.groups = (const uint32_t[]){1, 1, BEHOV_NO_GROUP, 4, BEHOV_NO_GROUP, 4};
    by_gap.n_groupings = 2;
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 0.9999, of_two, NULL), BEHOV_OK);
    assert_true(of_two[0] == 1 && of_two[1] == 1 && of_two[2] == 0);
    assert_true(of_two[3] == 1 && of_two[4] == 0 && of_two[5] == 1);
    by_gap.n_groupings = 0;
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_gap, 1, n, NULL), BEHOV_E_ARGUMENT);
    behov_shrink_free(shrink);
}

/* Needs 2 b1, 2 b1 + b2, b1 + 4 b2 of b = (5, 1); the country's is b1 + b2. Gradients (x - index (1, 1)) / 6; with V by
 * exact arithmetic the difference of the first two has variance 0.0131172840, z 1.4552, Phi 0.9272; first and third 0.6145;
 * second and third 0.7666. With a country that is certain 0.8413, 0.6253, 0.8245. */
static void indices_share_the_coefficients(void **state)
{
    (void)state;
    static const double x[] = {1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 2}, of_needs[] = {2, 0, 2, 1, 1, 4},
                        country[] = {1, 1, 1, 1, 1, 1}, needs[] = {10, 11, 9}, scales[] = {6, 6, 6},
                        vcov[] = {1, 0.9, 0.9, 1};
    behov_shrink *shrink = shrink_of((behov_shrink_data){.n_rows = 6,
                                                         .n_municipalities = 3,
                                                         .n_regressors = 2,
                                                         .municipalities = threes,
                                                         .residuals = balanced,
                                                         .regressors = x});
    behov_shrink_ranking by_need = {.by = BEHOV_BY_NEED,
                                    .needs = needs,
                                    .regressors = of_needs,
                                    .scales = scales,
                                    .scale_regressors = country,
                                    .vcov = vcov};
    size_t n[3];
    static const struct {
        double probability;
        bool is_certain;
        size_t n[3];
    } checks[] = {{0.95, false, {2, 2, 2}}, {0.92, false, {1, 1, 2}}, {0.75, false, {1, 0, 1}},
                  {0.61, false, {0, 0, 0}}, {0.92, true, {2, 2, 2}},  {0.83, true, {1, 1, 2}},
                  {0.82, true, {1, 0, 1}}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        by_need.scale_regressors = checks[i].is_certain ? NULL : country;
        assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_need, checks[i].probability, n, NULL), BEHOV_OK);
        for (size_t m = 0; m < 3; m++)
            assert_int_equal(n[m], checks[i].n[m]);
    }
    by_need.vcov = NULL;
    assert_int_equal(behov_shrink_unclear_ranked(shrink, &by_need, 0.9, n, NULL), BEHOV_E_ARGUMENT);
    behov_shrink_free(shrink);
}

/* All that is called between rows and what is not clear, with the n-th allocation failing for every n. */
static behov_status whole_way(behov_error *err)
{
    static const double x[] = {1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 2}, rows[] = {1, 0, 0, 0, 0, 1}, needs[] = {1, 2, 3};
    behov_shrink *shrink = NULL;
    double low[3], high[3], ranks[3];
    size_t unclear[3];
    behov_status status = behov_shrink_new(&(behov_shrink_data){.n_rows = 6,
                                                                .n_municipalities = 3,
                                                                .n_regressors = 2,
                                                                .municipalities = threes,
                                                                .residuals = balanced,
                                                                .regressors = x},
                                           &shrink, err);
    if (!status)
        status = behov_shrink_ranks(shrink, &(behov_shrink_ranking){.needs = needs, .regressors = rows, .n_draws = 10},
                                    low, high, err);
    if (!status)
        status = behov_rank_values(low, 3, NULL, ranks, err);
    if (!status)
        status = behov_shrink_unclear_ranked(shrink, &(behov_shrink_ranking){.needs = needs, .regressors = rows}, 0,
                                             unclear, err);
    behov_shrink_free(shrink);
    return status;
}

static void every_failing_allocation_is_told(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        behov_error err = {0};
        failing_malloc_start(n);
        behov_status status = whole_way(n % 2 ? &err : NULL);
        if (!failing_malloc_stop()) {
            assert_int_equal(status, BEHOV_OK);
            assert_true(n > 40);
            break;
        }
        assert_int_equal(status, BEHOV_E_MEMORY);
        assert_true(n % 2 == 0 || err.what[0]);
    }
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balanced_with_known_coefficients),
        cmocka_unit_test(balanced_with_a_constant),
        cmocka_unit_test(one_year_shrinks_the_small),
        cmocka_unit_test(nothing_varies),
        cmocka_unit_test(what_cannot_be_told_is_not_told),
        cmocka_unit_test(wrong_input),
        cmocka_unit_test(weights_are_of_a_size_that_can_be_borne),
        cmocka_unit_test(intervals_of_need_and_ratio),
        cmocka_unit_test(draws_have_the_posterior_distribution),
        cmocka_unit_test(places_are_within_groups_and_follow_the_seed),
        cmocka_unit_test(what_is_not_clearly_different),
        cmocka_unit_test(indices_share_the_coefficients),
        cmocka_unit_test(every_failing_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
