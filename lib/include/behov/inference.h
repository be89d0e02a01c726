/* inference.h - one object from which standard errors, t, p, interval and stars are read.
 *
 * Everything about a coefficient comes from the same covariance and the same degrees of freedom, so the stars that are
 * printed are those of the standard error that is printed. */
#ifndef BEHOV_INFERENCE_H
#define BEHOV_INFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_STAR_MARKS = 3 };

/// Star thresholds: p below levels[0] *, below levels[1] **, below levels[2] ***; falling, and 0 from the first mark on
/// that is not used.
typedef struct behov_stars {
    double levels[BEHOV_STAR_MARKS];
    bool is_none; /* no coefficient has any */
} behov_stars;

/// 10, 5 and 1 per cent, as the report prints them.
BEHOV_API behov_stars behov_stars_default(void);
/// Those of options: the default where all is 0.
BEHOV_API behov_stars behov_stars_chosen(behov_stars stars);
/// Marks that are used, 0 to BEHOV_STAR_MARKS.
BEHOV_API size_t behov_stars_count(behov_stars stars);
/// Whether levels fall and lie between 0 and 1, with no gap before the last that is used.
BEHOV_API bool behov_stars_are_valid(behov_stars stars);
/// "", "*", "**" or "***".
BEHOV_API const char *behov_stars_of(behov_stars stars, double p);

/// One coefficient. A quantity that does not exist (se 0, column dropped, a fit without residuals) is NaN.
typedef struct behov_coefficient {
    double estimate, se, t, dof, p, ci_low, ci_high;
    const char *stars; /* static */
} behov_coefficient;

typedef struct behov_inference_options {
    double level;      /* of the interval; 0 = 0.95 */
    behov_stars stars; /* all 0 = behov_stars_default() */
} behov_inference_options;

/// Fills K coefficients: t = estimate / se, two-sided p from t(dof), interval estimate -+ se * quantile.
/// Two-way covariance: a coefficient whose variance was negative before the cut has a standard error but no t, p,
/// interval or stars.
/// \param[out] coefficients  room for K = behov_vcov_n_regressors (caller's)
/// \return BEHOV_E_ARGUMENT for a level outside (0, 1) or star levels that do not fall
BEHOV_API behov_status behov_inference(const behov_fit *fit, const behov_vcov *vcov,
                                       const behov_inference_options *options, behov_coefficient *coefficients,
                                       behov_error *err) BEHOV_MUST_CHECK;

/// Two-sided p of a t statistic; upper tail of F; quantile of |t|: P(|T| <= q) = level.
BEHOV_API double behov_t_p(double t, double dof);
BEHOV_API double behov_f_p(double f, double dof1, double dof2);
BEHOV_API double behov_t_quantile(double level, double dof);

#ifdef __cplusplus
}
#endif
#endif
