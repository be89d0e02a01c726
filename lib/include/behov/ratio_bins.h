/* ratio_bins.h - how many municipalities have which ratio: the bars of the sheet *Figurer* and of `behov plot ratios`.
 * */
#ifndef BEHOV_RATIO_BINS_H
#define BEHOV_RATIO_BINS_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_RATIO_BINS_MAX = 40 };

typedef struct behov_ratio_bins {
    double first,
        width;          /* bin i holds the printed ratios from first + i width up to, not with, first + (i + 1) width */
    size_t n, n_ratios; /* bins, the first and last of them not empty; ratios counted, 0 = there are no bins */
    size_t n_beyond;    /* of those in the last bin, how many lie beyond its end; 0 = it has one */
    size_t counts[BEHOV_RATIO_BINS_MAX];
} behov_ratio_bins;

/// Counts ratios by the bin that their printed figure falls in, so that whoever counts in a table finds the same. Whole
/// per cents wide, 100 at an edge, at most RATIO_BINS_MAX of them: the narrowest that hold all, up to 25 wide; else the
/// narrowest from 10 that hold all but one ratio or one in twenty, which the last bin takes too. What is no finite
/// number is not counted.
BEHOV_API void behov_ratio_bins_count(const double *ratios, size_t n_ratios, behov_ratio_bins *bins);

#ifdef __cplusplus
}
#endif
#endif
