/* plausibility_levels.h - the level of each municipality in the outcome, and whether these lie near each other. */
#ifndef BEHOV_SRC_PLAUSIBILITY_LEVELS_H
#define BEHOV_SRC_PLAUSIBILITY_LEVELS_H

#include "plausibility_units.h"

/* No smaller municipality is known by its expenditure: of a few inhabitants one case makes or unmakes a figure. */
#define PLAUSIBILITY_FEW_INHABITANTS 1000.0

/// The sizes of a municipality: the least, the largest, the one in the middle of its years.
typedef struct level_range {
    double low, high, middle; /* NaN middle = it has none */
    uint32_t n, n_zero;
} level_range;

/// Those of all municipalities.
typedef struct outcome_levels {
    const unit_column *unit_column;
    level_range *ranges; /* of each group */
    size_t n, n_zero;    /* municipalities that have a level; figures that are 0 */
    double middle;       /* the median of the levels, NaN of none */
} outcome_levels;

/// Whether 97 per cent of the municipalities, and all but one at the least, are between a third and three times the middle,
/// those of is_told (NULL = none) apart. What is far from them is then far from everything.
bool plausibility_levels_are_near(const outcome_levels *levels, const bool *is_told);

/// The first population of a municipality that is known; NaN = none is.
double plausibility_inhabitants(const unit_column *unit_column, size_t group);

/// 0 in a municipality that has expenditure, as a mark for missing: warnings.
behov_status plausibility_look_at_zeros(const outcome_levels *levels, behov_error *err);

#endif
