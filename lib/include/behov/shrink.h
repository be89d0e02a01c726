/* shrink.h - how sure a ratio is: three different things, which are kept apart.
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

/* What a lasting level is estimated from. Everything is borrowed for the call of behov_shrink_new. */
typedef struct behov_shrink_data {
    size_t n_rows, n_municipalities, n_regressors;
    const uint32_t *municipalities; /* of each row, 0 .. n_municipalities - 1 */
    const double *residuals;        /* y - x'b of each row */
    const double *populations;      /* above 0; NULL = not known: s1 = 0 */
    const double *regressors;       /* n_rows x n_regressors, row-major, independent columns; NULL with 0: b is known */
    const bool *is_estimated;       /* whether b and the variances are estimated on the row; NULL = on all */
    const double *root_weights;     /* roots of the weights b was estimated with; NULL = 1 */
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
} behov_shrink_variances;

typedef struct behov_shrink behov_shrink;

/// Estimates the variances on the rows b was estimated on, and the lasting level of each municipality from all its
/// rows.
/// \return BEHOV_E_ARGUMENT for a municipality out of range; BEHOV_E_DATA for a residual that is not finite or a
///         population that is not above 0; BEHOV_E_RANK for regressors that depend on each other; BEHOV_E_TOO_FEW with
///         no more rows estimated on than regressors
/// Cost O(N K^2) a step, 10 to 30 steps. Method and its source: shrink.c.
BEHOV_API behov_status behov_shrink_new(const behov_shrink_data *data, behov_shrink **shrink,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_shrink_free(behov_shrink *shrink);

BEHOV_API behov_shrink_variances behov_shrink_variances_of(const behov_shrink *shrink);
/// Per municipality (borrowed), NaN without rows or variances: u_i; its share 0 .. 1 of the mean residual; its
/// variance, the uncertainty of b and of the variances included.
BEHOV_API const double *behov_shrink_effects(const behov_shrink *shrink);
BEHOV_API const double *behov_shrink_shares(const behov_shrink *shrink);
BEHOV_API const double *behov_shrink_uncertainties(const behov_shrink *shrink);

typedef struct behov_lasting {
    double ratio;             /* 100 (need + u) / need */
    behov_interval interval;  /* of the ratio */
    double probability_above; /* that the lasting level is above the need */
} behov_lasting;

/// The shrunk ratio against a need above 0: its own of one year, or its mean over years.
/// \param regressors  of that need: x, or the mean of the x (K; borrowed); NULL with K = 0
/// All NaN for a need that is not above 0, or without an effect.
BEHOV_API behov_lasting behov_shrink_ratio(const behov_shrink *shrink, size_t municipality, double need,
                                           const double *regressors, double level);

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
    const uint32_t *groups; /* n_groupings x n_municipalities: places are within them; BEHOV_NO_GROUP takes no place
                               * in that grouping; NULL = all in one */
    size_t n_groupings;     /* groupings that share the draws; 0 = 1 */
    const double *vcov;     /* K x K, to draw b from; NULL = b's covariance under the estimated variances */
    size_t n_draws;         /* 0 = 10 000 */
    uint64_t seed;          /* the same seed gives the same places whatever the number of threads */
    double level;           /* 0 = 0.90 */
    size_t n_threads;       /* 0 = 1 */
    void (*progress)(void *context, double part); /* called now and then, by one thread; NULL = not */
    void *context;
} behov_shrink_ranking;

/// Intervals of the places, largest first, from draws of (b, u) together: the places in each draw, then
/// behov_rank_interval.
/// \param[out] low, high  n_groupings x n_municipalities places each, NaN for one that is not ranked (caller's)
/// \return BEHOV_E_TOO_FEW for ratio or gap when the variances are not known; BEHOV_E_ARGUMENT for a level outside
///         (0, 1) or more than BEHOV_SHRINK_RANKED_MAX municipalities
/// Cost O(n_draws M (K + log M)), memory 4 M^2 bytes for each grouping, up to 1 000 municipalities 32 M^2.
BEHOV_API behov_status behov_shrink_ranks(const behov_shrink *shrink, const behov_shrink_ranking *ranking, double *low,
                                          double *high, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
