/* factor_merge_parts.h - what the files that merge parts have in common. */
#ifndef BEHOV_SRC_FACTOR_MERGE_PARTS_H
#define BEHOV_SRC_FACTOR_MERGE_PARTS_H

#include <behov/design.h>
#include <behov/error.h>
#include <behov/factor_part.h>
#include <stdbool.h>
#include <stddef.h>

/// Columns of the whole, the counts of its rows and why some are not estimated on, of a design that has its formula and its
/// table. Errors as behov_factor_parts_merge.
behov_status factor_merge_columns(behov_design *design, const behov_factor_part *parts, size_t n_parts,
                                  behov_error *err) BEHOV_MUST_CHECK;
/// Whether no part holds the rows of another, in whatever order; BEHOV_E_DATA names the two.
/// \param[in,out] n_copies  counts them where they are allowed
/// Cost O(values) of parts with as many rows and clusters as another.
behov_status factor_check_parts_once(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                     bool allows_copies, size_t *n_copies, behov_error *err) BEHOV_MUST_CHECK;
/// Whether no group of a part is there twice, as UNION ALL of the same groups gives them: key, size and figures.
behov_status factor_check_clusters_once(const behov_factor_part *part, const char *name, bool allows_copies,
                                        size_t *n_copies, behov_error *err) BEHOV_MUST_CHECK;

#endif
