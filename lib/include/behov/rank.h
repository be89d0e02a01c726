/* rank.h - places in an order, ties and missing values included, and how sure a place is.
 *
 *   rank_i = 1 + number of values above value_i       competition ranks: equal values share the best place
 *
 * Values that differ by less than 1e-12 of the larger, which is rounding, count as equal.
 * A missing value (NaN) has no place and takes none. With groups the places are within each group. */
#ifndef BEHOV_RANK_H
#define BEHOV_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Places of n values, 1 = the largest.
/// \param groups     group of each value (borrowed); NULL = all in one
/// \param[out] ranks n places, NaN for a value that is NaN (caller's; may not be `values`)
/// Cost O(n log n).
BEHOV_API behov_status behov_rank_values(const double *values, size_t n, const uint32_t *groups, double *ranks,
                                         behov_error *err) BEHOV_MUST_CHECK;

/// The places that a share `level` of the draws lies within, equal tails: `low` is the best place of which no more
/// than (1 - level) / 2 of the draws are better, `high` the worst of which no more are worse.
/// \param counts  n counts: in how many draws the place was 1, 2, ... n (borrowed)
/// \param[out] low, high  NaN without a draw
BEHOV_API void behov_rank_interval(const uint32_t *counts, size_t n, double level, double *low, double *high);

/// A quantile of n values in rising order, n above 0: linear between the two nearest, R's type 7.
/// \param share  0 .. 1
BEHOV_API double behov_rank_quantile(const double *sorted_values, size_t n, double share);

#ifdef __cplusplus
}
#endif
#endif
