/* shrink.h - how sure a ratio is: different things, which are kept apart.
 *
 *   1 of the normal level      need = x'b from x'Vx, V the covariance of b; the ratio's interval is 100 y / high ..
 *                              100 y / low
 *   2 of a new row             the same with the residual variance added
 *   3 of the lasting level     y_it - need_it = u_i + e_it: what a municipality lies above or below its need year after
 *                              year, apart from chance
 *
 * The third: u_i ~ N(0, Var u), e_it ~ N(0, s0^2 + s1^2 / population_it), all independent. The three variances are
 * estimated by restricted maximum likelihood (REML), then
 *   share_i  = Var u sum_t a_it / (1 + Var u sum_t a_it),   a_it = 1 / Var e_it
 *   effect_i = share_i (mean of its y_it - need_it weighted by a_it)
 *   shrunk ratio = 100 (need_i + effect_i) / need_i
 * so a small municipality, or one with few years, is drawn nearer to 100.
 *
 * Chance that lasts (BEHOV_CHANCE_AR1): Corr(e_it, e_is) = phi^|t - s|. What lasts for ever and what lasts long are told
 * apart by the model's form alone, so the level reported is that of the next H years,
 *   L_i = u_i + m e_iT,   m = mean of phi^k, k = 1 .. H     (phi = 0 gives u_i)
 * from a grid over phi and Var u, on which s0^2 and s1^2 are at their maximum: no variance at a border is taken for
 * certain, and the uncertainty of phi is in every interval. One year, or none known: independence.
 *
 * Sources: Morris (1983) for empirical Bayes intervals; Goldstein & Spiegelhalter (1996) and Lockwood, Louis &
 * McCaffrey (2002) for ranks with intervals from the joint posterior distribution. */
#ifndef BEHOV_SHRINK_H
#define BEHOV_SHRINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "driver.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Most municipalities whose places are drawn: memory is 4 bytes times their number squared.
#define BEHOV_SHRINK_RANKED_MAX 10000

typedef struct behov_interval {
    double low, high; /* NaN where there is none */
} behov_interval;

/// x'Vx of a K x K covariance; a mean of rows x gives that of a mean need. Never below 0.
BEHOV_API double behov_level_variance(const double *vcov, const double *regressors, size_t n_regressors);
/// Variance of the outcome of a new row about its need: x'Vx + s^2 / weight, with s^2 = rss / (N - K).
///
/// One residual variance s^2 for all rows is assumed, or s^2 / weight with precision weights: then s and the weight must
/// be of one scale, as behov_fit_rmse and behov_design_weight are; where weights are populations a large municipality
/// thus gets a narrow interval, too narrow by what lasts, which does not fall with the population. Without weights, and
/// with frequencies, the weight is 1, and if chance is in truth larger in small municipalities, intervals of new rows are
/// too narrow for those and too wide for large ones. s^2 holds what lasts and chance alike: the row is one of a
/// municipality of which nothing is known but x.
/// \param level_variance  x'Vx, of whatever covariance; with the classical one and dof = N - K the interval is the
///                        textbook's
/// \return NaN for a weight that is not above 0: nothing is known of the chance of such a row
BEHOV_API double behov_prediction_variance(double level_variance, double rmse, double weight);
/// Interval of a need from its variance, need -+ t(dof) sqrt(variance): of the normal level with behov_level_variance, of
/// a new row's outcome with behov_prediction_variance. A dof that is not finite takes the normal distribution.
/// \param level  0.90: the share of such intervals that hold the true level
BEHOV_API behov_interval behov_level_interval(double need, double variance, double dof, double level);
/// actual - need.high .. actual - need.low: what is spent beyond the normal level; none when something is missing.
BEHOV_API behov_interval behov_gap_interval(double actual, behov_interval need);
/// 100 actual / need.high .. 100 actual / need.low for actual >= 0, the ends changed over below 0; none when
/// need.low <= 0 or something is missing.
BEHOV_API behov_interval behov_ratio_interval(double actual, behov_interval need);

/* ---- the lasting level ---------------------------------------------------------------------------------------- */

/* How chance of one year goes with that of the next. */
typedef enum behov_chance {
    BEHOV_CHANCE_INDEPENDENT = 0, /* it knows nothing of it */
    BEHOV_CHANCE_AR1              /* Corr(e_it, e_is) = phi^|t - s|, 0 <= phi < 0.98, estimated with the variances */
} behov_chance;

/* Which b the need stands on when chance lasts; with independence always least squares. */
typedef enum behov_shrink_coefficients {
    BEHOV_LEVELS_OLS = 0, /* the caller's, least squares with its weights: the printed need stays as it is; levels are
                           * up to 2 per cent wider than by GLS with 5 years */
    BEHOV_LEVELS_GLS /* generalised least squares under the estimated variances: the need moves by x'(change of b) */
} behov_shrink_coefficients;

/* What a lasting level is estimated from. Everything is borrowed for the call of behov_shrink_new. */
typedef struct behov_shrink_data {
    size_t n_rows, n_municipalities, n_regressors;
    const uint32_t *municipalities; /* of each row, 0 .. n_municipalities - 1 */
    const double *residuals;        /* y - x'b of each row */
    const double *populations;      /* above 0; NULL = not known: s1 = 0 */
    const double *regressors;       /* n_rows x n_regressors, row-major, independent columns; NULL with 0: b is known */
    const bool *is_estimated;       /* whether b and the variances are estimated on the row; NULL = on all */
    const double *root_weights;     /* roots of the weights b was estimated with, above 0; their scale does not matter,
                                     * NULL = 1 */
    behov_chance chance;
    const int32_t
        *years;       /* of each row, for AR(1): each once a municipality, in any order, with gaps; NULL = not known:
                           * independence */
    unsigned horizon; /* years ahead, H; 0 = 3 */
    behov_shrink_coefficients coefficients;
    size_t n_threads; /* 0 = 1; the figures do not depend on it */
} behov_shrink_data;

typedef struct behov_shrink_variances {
    double lasting;   /* Var u, in the outcome's unit squared */
    double row;       /* s0^2 */
    double person;    /* s1^2: times 1 / population */
    bool is_known;    /* false with one row each and no populations: nothing tells u from e; all are NaN */
    bool is_one_year; /* one row for each municipality: s0 = 0 is assumed */
    bool has_person;  /* false without populations or when all are equal: s1 = 0 is assumed */
    bool is_converged;
    size_t n_steps;
    double log_likelihood; /* REML, without its constants: comparable between variances on the same rows alone */

    /* Which model: INDEPENDENT was asked for, or years are not known, or no municipality has two. Then phi = 0 and what
     * follows it is NaN, false or 0. */
    behov_chance chance;
    unsigned horizon;              /* H */
    size_t n_years;                /* most rows estimated on of one municipality: T */
    int32_t first_year, last_year; /* of all rows; levels ahead begin after the last */
    bool is_named_by_years; /* the level is called by its years, "2017-2019", not "the next three" (for who sets it) */
    double phi;             /* REML, as lasting, row and person above */
    double lasting_error, row_error, person_error, phi_error; /* standard errors, from the expected information of those
                                                               * that are not at a border; NaN of one that is */
    bool is_lasting_at_border, is_row_at_border, is_person_at_border; /* estimated at 0 */
    bool is_phi_at_border;                                            /* at 0 or 0.98 */
    double independent_log_likelihood;                                /* largest with phi = 0 */
    double
        likelihood_ratio; /* 2 (l - l with phi = 0) >= 0; above 2.71 phi = 0 is rejected at 5 per cent (half chi^2) */
    bool is_inseparable;  /* Var u = 0 or phi = 0.98: the permanent part and lasting chance cannot be told apart */
    bool is_permanent_known; /* whether u is told by more than what is assumed: false with two years, unless s1^2 is
                              * above two standard errors */
    double white_gain;       /* by how much l rises when a share of chance is white noise on top of AR(1): above 1.35
                              * intervals are too narrow, chiefly of u; NaN with fewer than 4 years */
    double white_share;      /* that share, 0 .. 1 */
    double small_gain;     /* by how much l rises when Var u = tau + t / population; NaN where populations are alike */
    double small_person;   /* that t */
    double lasting_chance; /* mean over the grid of (phi + .. + phi^H) / H: the share of the last year's chance that is
                              * expected of each year ahead, on the average */
    /* Posterior means and standard deviations over the grid, which hold at a border too. */
    size_t n_points;
    double grid_lasting, grid_phi, grid_lasting_sd, grid_phi_sd;
} behov_shrink_variances;

typedef struct behov_shrink behov_shrink;

/// Estimates the variances on the rows b was estimated on, and the lasting level of each municipality from all its
/// rows.
/// \return BEHOV_E_ARGUMENT for a municipality out of range; BEHOV_E_DATA for a residual that is not finite, a
///         population or weight that is not above 0, or weights so unequal that rounding would be in the covariance of b; BEHOV_E_RANK for regressors that depend on each other; BEHOV_E_TOO_FEW with
///         no more rows estimated on than regressors
/// Cost O(N K^2) a step, 10 to 30 steps. Method and its source: shrink.c.
BEHOV_API behov_status behov_shrink_new(const behov_shrink_data *data, behov_shrink **shrink,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_shrink_free(behov_shrink *shrink);

BEHOV_API behov_shrink_variances behov_shrink_variances_of(const behov_shrink *shrink);
/// Per municipality (borrowed), NaN without rows or variances: the level u_i, under AR(1) that of the H years ahead, L_i;
/// its share 0 .. 1 of the mean residual (under AR(1): what it rises by when all its residuals rise by 1); its variance,
/// the uncertainty of b and of the variances included.
BEHOV_API const double *behov_shrink_effects(const behov_shrink *shrink);
BEHOV_API const double *behov_shrink_shares(const behov_shrink *shrink);
BEHOV_API const double *behov_shrink_uncertainties(const behov_shrink *shrink);

/* What of a municipality. Under independence the first three are u. m_i is the mean of phi^(k + gap_i), k = 1 .. H,
 * gap_i the years from its last row to the panel's last: all levels are of the years after the panel's last year. */
typedef enum behov_shrink_target {
    BEHOV_TARGET_AHEAD = 0, /* L_i = u_i + m_i e_iT: expected level of the next H years */
    BEHOV_TARGET_PERMANENT, /* u_i: told from long chance by the model's form alone */
    BEHOV_TARGET_NEXT,      /* u_i + phi^(1 + gap_i) e_iT: expected level of the next year */
    BEHOV_TARGET_NEXT_ROW,  /* the next year's own row about its need: chance of that year included */
    BEHOV_TARGET_AHEAD_ROWS /* the mean of the next H years' own rows about their need */
} behov_shrink_target;
enum { BEHOV_N_TARGETS = 5 };

/// Per municipality (borrowed), NaN without rows or variances: expected value of the target, and its variance, the
/// uncertainty of b and of the variances included; the population of years to come is the last row's.
BEHOV_API const double *behov_shrink_levels(const behov_shrink *shrink, behov_shrink_target target);
BEHOV_API const double *behov_shrink_level_variances(const behov_shrink *shrink, behov_shrink_target target);
/// What GLS adds to b, K (borrowed), the mean over the grid; zeros with BEHOV_LEVELS_OLS or independence.
BEHOV_API const double *behov_shrink_change(const behov_shrink *shrink);

typedef struct behov_lag_correlation {
    int32_t lag;     /* years */
    size_t n_pairs;  /* of rows estimated on of one municipality */
    double observed; /* Pearson's, of the residuals of both rows; NaN with fewer than 3 pairs */
    double fitted;   /* by the estimated variances and phi, of the same pairs */
} behov_lag_correlation;

/// Correlations of residuals at lag 1 .. the longest (borrowed), lags without a pair left out; none without years or
/// under independence.
/// \return how many
BEHOV_API size_t behov_shrink_correlations(const behov_shrink *shrink, const behov_lag_correlation **correlations);

typedef struct behov_lasting {
    double ratio;             /* 100 (need + u) / need, under AR(1) L for u */
    behov_interval interval;  /* of the ratio */
    double probability_above; /* that the lasting level is above the need */
} behov_lasting;

/* A municipality's need: of one year, or a mean over years. */
typedef struct behov_shrink_need {
    size_t municipality;
    double need;
    const double *regressors; /* of the need, K (borrowed); NULL with K = 0 */
} behov_shrink_need;

/// The ratio of a target, 100 (need + target) / need, for a need above 0. Under AR(1) ratio and interval are mean -+
/// normal quantile x standard deviation over the grid, with GLS about the need that is moved with b; the probability is
/// that of the mixture itself, sum of w Phi, the limit of what draws give: it says what is clear, and may part from the
/// interval by a hair.
BEHOV_API behov_lasting behov_shrink_target_ratio(const behov_shrink *shrink, behov_shrink_target target,
                                                  const behov_shrink_need *need, double level);
/// The same of n needs; those of one municipality that follow one another take less time than each by itself.
/// \param[out] ratios  n (caller's)
BEHOV_API void behov_shrink_target_ratios(const behov_shrink *shrink, behov_shrink_target target,
                                          const behov_shrink_need *needs, size_t n, double level,
                                          behov_lasting *ratios);
/// Need + target in the outcome's unit with its interval: with BEHOV_TARGET_NEXT_ROW and next year's need the
/// prediction interval of this municipality's next year. The need may have any sign.
/// \param[out] interval  caller's
BEHOV_API double behov_shrink_outcome(const behov_shrink *shrink, behov_shrink_target target,
                                      const behov_shrink_need *need, double level, behov_interval *interval);
/// Probability that the ratio of the first lies above that of the second, from the posterior of both together: b and
/// the variances are the same for both. NaN where either has no ratio; 0.5 for one and the same.
BEHOV_API double behov_shrink_probability(const behov_shrink *shrink, behov_shrink_target target,
                                          const behov_shrink_need *first, const behov_shrink_need *second);
/// How many others of its group are not clearly different: neither lies above the other with the probability asked for.
/// \param needs, regressors  M, NaN = left out; M x K
/// \param groups             M, others are of the same group; BEHOV_NO_GROUP = left out; NULL = all in one
/// \param probability        0 = 0.95
/// \param[out] n_unclear     M (caller's), 0 for those left out
/// Cost O(M^2 K points) at the worst.
BEHOV_API behov_status behov_shrink_unclear(const behov_shrink *shrink, behov_shrink_target target, const double *needs,
                                            const double *regressors, const uint32_t *groups, double probability,
                                            size_t n_threads, size_t *n_unclear, behov_error *err) BEHOV_MUST_CHECK;

/// The shrunk ratio against a need above 0: its own of one year, or its mean over years.
/// \param regressors  of that need: x, or the mean of the x (K; borrowed); NULL with K = 0
/// All NaN for a need that is not above 0, or without an effect.
BEHOV_API behov_lasting behov_shrink_ratio(const behov_shrink *shrink, size_t municipality, double need,
                                           const double *regressors, double level);
/// The same of n needs, as behov_shrink_target_ratios.
BEHOV_API void behov_shrink_ratios(const behov_shrink *shrink, const behov_shrink_need *needs, size_t n, double level,
                                   behov_lasting *ratios);

typedef enum behov_ranked_by {
    BEHOV_BY_RATIO = 0, /* 100 (need + u) / need */
    BEHOV_BY_NEED,      /* need / scale: the index */
    BEHOV_BY_GAP        /* u times scale: inhabitants */
} behov_ranked_by;

typedef struct behov_shrink_ranking {
    behov_ranked_by by;
    const double *needs;            /* per municipality; NaN = not ranked */
    const double *regressors;       /* of the needs, n_municipalities x K */
    const double *scales;           /* per municipality, see above; NULL = 1 */
    const double *scale_regressors; /* by need: those that the scales are needs of, n_municipalities x K, drawn with the
                                     * needs; NULL = the scales are certain */
    const uint32_t *groups;     /* n_groupings x n_municipalities: places are within them; BEHOV_NO_GROUP takes no place
                               * in that grouping; NULL = all in one */
    size_t n_groupings;         /* groupings that share the draws; 0 = 1 */
    const double *vcov;         /* K x K, to draw b from; NULL = b's covariance under the estimated variances */
    size_t n_draws;             /* 0 = 10 000 */
    uint64_t seed;              /* the same seed gives the same places whatever the number of threads */
    double level;               /* 0 = 0.90 */
    behov_shrink_target target; /* by ratio and gap: AHEAD, PERMANENT or NEXT */
    bool is_together; /* all places at once within their intervals in `level` of the draws, not each by itself */
    size_t n_threads; /* 0 = 1 */
    void (*progress)(void *context, double part); /* called now and then, by one thread; NULL = not */
    void *context;
} behov_shrink_ranking;

/// Intervals of the places, largest first, from draws of (b, u) together, under AR(1) of the point of the grid too: the
/// places in each draw, then behov_rank_interval.
///
/// Together: every interval by itself is stretched about its median place by one and the same number, the smallest with
/// which all places of a draw lie within theirs in `level` of the draws (a band calibrated on the largest deviation:
/// Besag, Green, Higdon & Mengersen 1995; Montiel Olea & Plagborg-Moller 2019). The Bayesian counterpart of the joint
/// confidence sets of ranks of Klein, Wright & Wieczorek (2020) and Mogstad, Romano, Shaikh & Wilhelm (2024), which hold
/// for every true order, not on the average over those that the model finds likely, and are wider. For claims on many
/// municipalities at once ('the ten highest are all among the 60 highest'). Costs the draws twice.
/// \param[out] low, high  n_groupings x n_municipalities places each, NaN for one that is not ranked (caller's)
/// \return BEHOV_E_TOO_FEW for ratio or gap when the variances are not known; BEHOV_E_ARGUMENT for a level outside
///         (0, 1) or more than BEHOV_SHRINK_RANKED_MAX municipalities
/// Cost O(n_draws M (K + log M)), memory 4 M^2 bytes for each grouping, up to 1 000 municipalities 32 M^2.
BEHOV_API behov_status behov_shrink_ranks(const behov_shrink *shrink, const behov_shrink_ranking *ranking, double *low,
                                          double *high, behov_error *err) BEHOV_MUST_CHECK;

/// How many others of its group, in each grouping, are not clearly different in what is ranked (behov_shrink_unclear is
/// this by ratio, with one grouping): neither lies above the other with the probability asked for. By ratio and gap from the posterior of
/// both together; by need the index is taken for normal, with the variance of the difference of two indices from `vcov`,
/// (g_i - g_j)'V(g_i - g_j), g = (x - index x_country) / country's need.
/// \param probability     0 = 0.95; from 0.5 on
/// \param[out] n_unclear  n_groupings x M (caller's), 0 for one that is not ranked
/// \return BEHOV_E_ARGUMENT for a probability out of range, or by need without regressors and vcov
/// Cost O(M^2 K points) at the worst.
BEHOV_API behov_status behov_shrink_unclear_ranked(const behov_shrink *shrink, const behov_shrink_ranking *ranking,
                                                   double probability, size_t *n_unclear,
                                                   behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
