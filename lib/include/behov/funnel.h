/* funnel.h - ratios of a year against population, and between which limits they are expected.
 *
 * The model is that of shrink.h: y - need = u + e, Var u the lasting differences, Var e = s0^2 + s1^2 / population what
 * chance makes of one year. A ratio 100 y / need is expected at 100, and by the normal distribution
 *
 *   chance alone                     100 -+ z 100 sqrt(s0^2 + s1^2 / population) / need
 *   chance and lasting differences   100 -+ z 100 sqrt(Var u + s0^2 + s1^2 / population) / need
 *
 * The second allows for over-dispersion: a ratio differs from 100 by more than chance because municipalities differ.
 * Lines that are drawn against population stand at one need, the country's mean need of the year; a municipality's own
 * are wider where its need is lower, in proportion. What coefficients leave open of the need is not in them.
 *
 * BEHOV_SPREAD_WINSORISED takes the over-dispersion from the ratios of that year alone, in place of Var u: z_i = (ratio_i
 * - 100) / s_i, s_i what chance alone gives at its own need and population; the z_i winsorised at their 10 and 90 per
 * cent quantiles; and, by the moments of DerSimonian & Laird (1986) with w_i = 1 / s_i^2,
 *
 *   tau^2 = max(0, (sum z_i^2 - (N - 1)) / (sum w_i - sum w_i^2 / sum w_i))      percentage points squared
 *   limits 100 -+ z sqrt(s^2 + tau^2)
 *
 * A few ratios far out do not widen these, and they are narrower than the spread itself: of ratios that are normal the
 * squares of winsorised z have mean 0.68, so limits of 90 hold 82 to 90 of a hundred.
 *
 * Sources: Spiegelhalter (2005a), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
 * 1185-1202; Spiegelhalter (2005b), Handling over-dispersion of performance indicators, Quality and Safety in Health
 * Care 14, 347-351: the additive random effects and the winsorised z. The outcome is an amount and not a count, so
 * nothing is transformed. */
#ifndef BEHOV_FUNNEL_H
#define BEHOV_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "lasting.h"
#include "municipality_list.h"
#include "phrase.h"
#include "progress_step.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the outer limits hold beside chance.
typedef enum behov_funnel_spread {
    BEHOV_SPREAD_MODEL = 0, /* Var u of the model, from all years */
    BEHOV_SPREAD_WINSORISED /* tau^2, from the ratios of the year */
} behov_funnel_spread;

typedef struct behov_funnel_choices {
    int year;                             /* 0 = the last that has a ratio and a population */
    const behov_municipality_names *list; /* these are marked (borrowed for the call); NULL = none */
    double level;                         /* 0.90: the share that is expected within the limits */
    behov_funnel_spread spread;
    behov_lasting_choices lasting;
    behov_progress progress;
} behov_funnel_choices;

/// Where a ratio lies.
typedef enum behov_funnel_side {
    BEHOV_WITHIN_CHANCE = 0, /* within the inner limits */
    BEHOV_WITHIN_SPREAD,     /* between the two */
    BEHOV_BEYOND_BELOW,      /* under the outer limits */
    BEHOV_BEYOND_ABOVE       /* over them */
} behov_funnel_side;
enum { BEHOV_N_FUNNEL_SIDES = 4 };

typedef struct behov_funnel_limits {
    behov_interval chance, spread; /* in per cent; as computed, a lower end may lie below 0 */
} behov_funnel_limits;

typedef struct behov_funnel_point {
    size_t place; /* among places */
    double population, need, actual, ratio;
    behov_funnel_limits limits, own_limits; /* at the country's need; at its own */
    double deviation;                       /* (ratio - 100) by what one standard deviation of own_limits.spread is */
    behov_funnel_side side, own_side;       /* by limits, by own_limits */
    bool is_marked;
} behov_funnel_point;

typedef struct behov_funnel {
    const behov_fit_results *fit_results; /* borrowed */
    behov_funnel_choices choices;
    int year; /* 0 without years */
    behov_municipality_list places;
    behov_shrink_variances variances;
    bool is_flat;        /* chance does not fall with population: the limits are the same for all */
    bool is_one;         /* the outer limits are the inner: no over-dispersion is found */
    double country_need; /* of the year, in the outcome's unit */
    double tau2;         /* percentage points squared; NaN by the model */
    behov_funnel_point *points;
    size_t n_points;
    size_t n_marked;            /* of them */
    size_t *lacking, n_lacking; /* marked ones that cannot be drawn, as places */
    size_t n_without_ratio, n_without_population;
    size_t n_of_side[BEHOV_N_FUNNEL_SIDES], n_of_own_side[BEHOV_N_FUNNEL_SIDES];
} behov_funnel;

/// The funnel of a fit with its need (borrowed, must outlive it). Free with behov_funnel_free in any case.
///
/// Errors: those of behov_ranking_new; BEHOV_E_NAME for a year or a municipality that is not there; BEHOV_E_DATA without
/// a column of population, without a ratio to show, or with a country's need that is not above 0; BEHOV_E_TOO_FEW where
/// nothing tells what lasts from chance, or tau^2 is asked for and there is one ratio.
/// Cost: that of behov_shrink_new, and O(N).
BEHOV_API behov_status behov_funnel_new(const behov_fit_results *fit_results, const behov_funnel_choices *choices,
                                        behov_funnel *funnel, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_funnel_free(behov_funnel *funnel);

/// The limits of a municipality with this population and need, both above 0.
BEHOV_API behov_funnel_limits behov_funnel_limits_at(const behov_funnel *funnel, double population, double need);
/// How many lie within the outer limits, by the country's need or by their own.
BEHOV_API size_t behov_funnel_n_within(const behov_funnel *funnel, bool by_own_need);

/// tau^2 of ratios about 100, as above.
/// \param ratios, deviations  n each: ratios, and what chance alone gives of each as a standard deviation, above 0
/// \return 0 with fewer than two
BEHOV_API behov_status behov_funnel_tau2(const double *ratios, const double *deviations, size_t n, double *tau2,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
