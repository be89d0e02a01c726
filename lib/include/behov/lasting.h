/* lasting.h - lasting levels: by how many draws and how surely they are asked for, and how one is shown. */
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

typedef struct behov_lasting_options {
    size_t n_draws;
    uint64_t seed;
    double level_pct, floor;
} behov_lasting_options;

/// Whether there are lasting levels to show. Where the variance of what lasts is estimated as 0 every level would be
/// 100, and intervals that take the 0 for certain hold 82 to 86 of a hundred true levels where 90 are meant
/// (simulated): there is none then, and no place by it.
BEHOV_API bool behov_lasting_is_at_border(const behov_shrink_variances *shrink_variances);
/// behov_shrink_ratio; none at the border.
BEHOV_API behov_lasting behov_lasting_level(const behov_shrink *source, size_t place, double need,
                                            const double *regressors, double level);

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
