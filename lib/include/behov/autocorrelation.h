/* autocorrelation.h - how figures of one unit go together over the years, by the distance between the years.
 *
 *   r_l = Pearson's correlation of the pairs (e_it, e_i,t+l) of all units i and years t that have both
 *
 * Pooled over units and years; a gap of a unit costs its pairs alone. */
#ifndef BEHOV_AUTOCORRELATION_H
#define BEHOV_AUTOCORRELATION_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_lag {
    size_t n_pairs;
    double correlation; /* NaN with fewer than three pairs, or where one side does not vary */
} behov_lag;

/// \param units   of each row, 0 .. n_units - 1
/// \param times   of each row; a unit has a time once
/// \param values  n_rows (all borrowed for the call)
/// \param[out] lags  n_lags (caller's): lags[0] is that of times next to one another
/// \return BEHOV_E_MEMORY
/// Cost O(n_rows log n_rows + n_rows n_lags).
BEHOV_API behov_status behov_autocorrelation(const uint32_t *units, const int *times, const double *values,
                                             size_t n_rows, size_t n_lags, behov_lag *lags,
                                             behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
