/* factor_merge_parts.h - what the files that merge parts have in common. */
#ifndef BEHOV_SRC_FACTOR_MERGE_PARTS_H
#define BEHOV_SRC_FACTOR_MERGE_PARTS_H

#include <behov/design.h>
#include <behov/error.h>
#include <behov/factor_part.h>
#include <stddef.h>

/// Columns of the whole, the counts of its rows and why some are not estimated on, of a design that has its formula and its
/// table. Errors as behov_factor_parts_merge.
behov_status factor_merge_columns(behov_design *design, const behov_factor_part *parts, size_t n_parts,
                                  behov_error *err) BEHOV_MUST_CHECK;

#endif
