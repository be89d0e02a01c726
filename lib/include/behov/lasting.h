/* lasting.h - lasting levels: of what, by how many draws and how surely they are asked for, and how one is shown. */
#ifndef BEHOV_LASTING_H
#define BEHOV_LASTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a level is of and when it is called clear. All 0: chance lasts where two years are known, the next three years.
typedef struct behov_lasting_choices {
    bool is_independent; /* chance of one year knows nothing of the last: the level is the permanent part itself */
    unsigned horizon;    /* years ahead, 0 = 3 */
    double clear;        /* probability from which a difference is called clear, 0 = 0.95 */
    bool ranks_together; /* intervals that hold all places at once, not each by itself */
} behov_lasting_choices;

typedef struct behov_lasting_options {
    size_t n_draws;
    uint64_t seed;
    double level_pct, floor;
    behov_lasting_choices choices;
} behov_lasting_options;

/// The probability from which a difference is called clear.
BEHOV_API double behov_lasting_clear(const behov_lasting_choices *choices);
/// Whether the level is that of the years ahead: chance lasts. Otherwise it is the permanent part.
BEHOV_API bool behov_lasting_is_ahead(const behov_shrink_variances *shrink_variances);
/// Whether the permanent part is worth showing beside the level ahead: it is told from long chance by the model's form
/// alone, and at a border, or with two years, not even by that.
BEHOV_API bool behov_lasting_has_permanent(const behov_shrink_variances *shrink_variances);
/// Whether how much of chance lasts is assumed rather than estimated: of two years alone only a decrease of chance with
/// population tells it from what is permanent, and there is no clear one (s1^2 below two standard errors). Levels then rest
/// on the flat prior of phi.
BEHOV_API bool behov_lasting_is_assumed(const behov_shrink_variances *shrink_variances);
/// Whether the variances did not converge: levels and rank intervals are unreliable then, and every page begins with it.
BEHOV_API bool behov_lasting_is_unsettled(const behov_shrink_variances *shrink_variances);
/// Whether there are lasting levels to show. Under independence, where the variance of what lasts is estimated as 0 every
/// level would be 100, and intervals that take the 0 for certain hold 82 to 86 of a hundred true levels where 90 are meant
/// (simulated): there is none then, and no place by it. Levels ahead take no border for certain.
BEHOV_API bool behov_lasting_is_at_border(const behov_shrink_variances *shrink_variances);
/// What the panel shows against the form of the model, each by a rise of the log likelihood above 1.35 (half the 5 per
/// cent limit of half chi-squared): part of chance is white noise on top, so that intervals are too narrow, most of all of
/// the permanent part; the permanent part differs by more in small municipalities, or in large ones.
BEHOV_API bool behov_lasting_has_white_noise(const behov_shrink_variances *shrink_variances);
BEHOV_API bool behov_lasting_goes_by_size(const behov_shrink_variances *shrink_variances);
/// Whether a level is called clearly above (below) 100: by its probability, and its interval in whole per cent agrees, so
/// that no sentence is bolder than the interval beside it.
BEHOV_API bool behov_lasting_is_clearly_above(behov_lasting level, const behov_lasting_choices *choices);
BEHOV_API bool behov_lasting_is_clearly_below(behov_lasting level, const behov_lasting_choices *choices);
/// With fewer, variances and chance that lasts are uncertain themselves, and so are levels and their intervals.
enum { BEHOV_FEW_MUNICIPALITIES = 60 };
/// Whether the spread of chance is estimated, of years and of enough municipalities: without that no level is called
/// clear or likely, whatever its interval, and no place or difference by it.
BEHOV_API bool behov_lasting_is_firm(const behov_shrink_variances *shrink_variances, size_t n_municipalities);

/// What may be said of a level: one rule for every sentence, table and picture.
typedef enum behov_lasting_claim {
    BEHOV_LEVEL_IS_UNKNOWN = 0,
    BEHOV_LEVEL_IS_CLEARLY_ABOVE,
    BEHOV_LEVEL_IS_CLEARLY_BELOW,
    BEHOV_LEVEL_IS_LIKELY_ABOVE, /* the interval is above 100, but the probability is not what is called clear */
    BEHOV_LEVEL_IS_LIKELY_BELOW,
    BEHOV_LEVEL_IS_UNCERTAIN
} behov_lasting_claim;
/// \param is_firm  behov_lasting_is_firm; without it a level with an interval is uncertain
BEHOV_API behov_lasting_claim behov_lasting_claim_find(behov_lasting level, const behov_lasting_choices *choices,
                                                       bool is_firm);
/// behov_shrink_ratio; none at the border.
BEHOV_API behov_lasting behov_lasting_level(const behov_shrink *source, size_t place, double need,
                                            const double *regressors, double level);
/// The same of n needs, best in the order of their municipalities, and of the permanent part; that has none where
/// behov_lasting_has_permanent says no.
/// \param[out] levels, permanents  n each (caller's)
BEHOV_API void behov_lasting_levels(const behov_shrink *source, const behov_shrink_need *needs, size_t n, double level,
                                    behov_lasting *levels, behov_lasting *permanents);

/// Variance of the outcome, about its need, of a new row of which nothing is known but its regressors and population:
/// level_variance + Var u + s0^2 + s1^2 / population, of the estimated variances. Their sum is that of the residuals by
/// size, whatever part is at a border. NaN when the variances are not known, or the population is not where they go by it;
/// behov_prediction_variance then takes one variance for all.
BEHOV_API double behov_lasting_new_row_variance(const behov_shrink_variances *shrink_variances, double level_variance,
                                                double population);

/// Per cent of a lasting level as it is shown: the estimate has no lower bound, so what lies below 0 is shown as 0. CSV
/// and JSON have it as it was computed. NaN stays.
BEHOV_API double behov_lasting_shown(double per_cent);
BEHOV_API behov_interval behov_lasting_interval_shown(behov_interval interval);
/// Whether a level or its interval is shown as 0 for that reason; then "lasting_below_zero" says so.
BEHOV_API bool behov_lasting_is_cut(behov_lasting level);

#ifdef __cplusplus
}
#endif
#endif
