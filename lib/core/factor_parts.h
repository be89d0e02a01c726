/* factor_parts.h - what else stands on clusters of whole groups. */
#ifndef BEHOV_SRC_FACTOR_PARTS_H
#define BEHOV_SRC_FACTOR_PARTS_H

#include <behov/cluster.h>
#include <behov/design.h>
#include <behov/error.h>

/// BEHOV_E_ARGUMENT where the groups of absorbed effects, or rows of other numbers, part the clusters.
behov_status factor_check_nested(const behov_design *design, const behov_clusters *clusters,
                                 behov_error *err) BEHOV_MUST_CHECK;

#endif
