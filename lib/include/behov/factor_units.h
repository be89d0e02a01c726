/* factor_units.h - whether a column of some parts is 100 or 1000 times that of the others: kr among 1000 kr, shares among per
 * cent.
 *
 * What a cluster's factor tells of a column is its size there, the root of the mean of squares. Where clusters lie in
 * several parts, each piece is held against the lower median of the pieces of its cluster, as plausibility.h holds the years
 * of a municipality: a part is off when more than half of its pieces, three at least, are off the same way. Parts that share
 * no clusters are put in the order of their sizes (the median of their clusters'): they are of two units where a gap of ten
 * times parts them and the clusters on its sides have medians that are about 100 or 1000 times apart.
 *
 * Columns that stand for a level, or compare (I(x == 1)), are not looked at. */
#ifndef BEHOV_FACTOR_UNITS_H
#define BEHOV_FACTOR_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "factor_part.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A column whose unit differs between parts.
typedef struct behov_unit_difference {
    const char *column; /* borrowed from the first part; NULL = the outcome */
    double times;       /* 100, 1000, 0.01 or 0.001: figures of the parts are as many times those of the others */
    bool *is_of_part;   /* of each part; owned */
    bool is_within;     /* in the same clusters; else between clusters */
    size_t n_parts;     /* those that are off */
} behov_unit_difference;

typedef struct behov_unit_differences {
    behov_unit_difference *list;
    size_t n;
} behov_unit_differences;

/// \param parts  of one model (behov_factor_parts_check)
/// \param[out] differences  free with behov_unit_differences_free in any case
/// \return BEHOV_E_MEMORY. Cost O(values of the factors), and that of sorting the pieces of clusters for each column.
BEHOV_API behov_status behov_factor_parts_units(const behov_factor_part *parts, size_t n_parts,
                                                behov_unit_differences *differences, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_unit_differences_free(behov_unit_differences *differences);

#ifdef __cplusplus
}
#endif
#endif
