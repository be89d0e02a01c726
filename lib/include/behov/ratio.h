/* ratio.h - what a ratio is called: its level in a year and its change over the years (table 6-1 of the report).
 *
 * Ratios are taken as print shows them, in whole per cent, so that a reader finds the same level from the table:
 * 110.3 is printed 110 and is not above 110. Source: Proba 2017-08, chapter 2 and table 6-1. */
#ifndef BEHOV_RATIO_H
#define BEHOV_RATIO_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_ratio_level {
    BEHOV_LEVEL_NONE = 0, /* no ratio */
    BEHOV_LEVEL_LOW,      /* below limits.low */
    BEHOV_LEVEL_MIDDLE,
    BEHOV_LEVEL_HIGH /* above limits.high */
} behov_ratio_level;

typedef enum behov_ratio_change {
    BEHOV_CHANGE_NONE = 0, /* less than limits.change, or one of the ratios is missing */
    BEHOV_CHANGE_INCREASE,
    BEHOV_CHANGE_DECREASE
} behov_ratio_change;

typedef struct behov_ratio_limits {
    double low, high; /* per cent of need; both 0 = 90 and 110 */
    double change;    /* points; 0 = 5 */
} behov_ratio_limits;

/// Actual in per cent of need, both per inhabitant: those of a year, or their sums or means over several. NaN where the need
/// is not above `floor`, below which no ratio means anything, or the actual is below 0.
BEHOV_API double behov_ratio_of_levels(double actual, double need, double floor);

/// The ratio as print shows it: to the nearest whole number, as behov_number_fixed shows it (110.5 is 111); NaN stays.
BEHOV_API double behov_ratio_printed(double ratio_pct);

/// \param limits  NULL = all defaults
BEHOV_API behov_ratio_level behov_ratio_level_of(double ratio_pct, const behov_ratio_limits *limits);

/// Change from one ratio to a later one; exactly `change` points count.
BEHOV_API behov_ratio_change behov_ratio_change_of(double first_pct, double last_pct, const behov_ratio_limits *limits);

#ifdef __cplusplus
}
#endif
#endif
