/* factor_part_inner.h - what the making, merging and reading of parts have in common. */
#ifndef BEHOV_SRC_FACTOR_PART_INNER_H
#define BEHOV_SRC_FACTOR_PART_INNER_H

#include <behov/error.h>
#include <behov/factor_part.h>
#include <stddef.h>

#include "extended.h"

/// Room for the keys, sizes and starts of so many clusters, all zero.
behov_status factor_part_reserve(behov_factor_part *part, size_t n_clusters, behov_error *err) BEHOV_MUST_CHECK;
/// Why rows of the design are not estimated on. A design that is a part has not judged their levels.
behov_status factor_part_take_reasons(const behov_design *design, behov_factor_part *part,
                                      behov_error *err) BEHOV_MUST_CHECK;
void factor_part_reason_free(behov_part_reason *reason);
/// Rows to their triangle where there are more than columns; returns how many there are then.
/// \param rows     n_rows x width, row-major; room for at least width rows where n_rows is more
/// \param columns  n_rows x (width + 1) of work
size_t factor_part_reduce(extended *rows, size_t n_rows, size_t width, extended *columns);
/// Rows as doubles and what these lack.
void factor_part_keep(const extended *rows, size_t n_rows, size_t width, double *values, double *rests);

#endif
