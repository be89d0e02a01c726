/* merge_doubts.h - what a look at a whole panel finds of figures that a merging joins with others: a sum or a mean hides
 * what is wrong with one of its parts. */
#ifndef BEHOV_MERGE_DOUBTS_H
#define BEHOV_MERGE_DOUBTS_H

#include <stdbool.h>

#include "error.h"
#include "municipality_history.h"
#include "panel_merge.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether a row of the panel, by its code and year, is one of several parts of a row of the merging. `year_column` is the
/// panel's; NULL = it has none. O(rows of the outcome).
BEHOV_API bool behov_panel_merge_joins(const behov_panel_merge *merge, const char *year_column, const char *code,
                                       int year);

/// Adds a caution for each kind and column of behov_panel_findings_look that has a warning, or what would be an error of a
/// check, about a figure in a row that the merging joins, unless the study's own look has found the same.
/// \param study  its table is the merging's panel, and has no conditions; its findings are the same afterwards
/// BEHOV_E_MEMORY. Cost that of behov_panel_findings_look.
BEHOV_API behov_status behov_cautions_say_merged(behov_study *study, const behov_municipality_history *history,
                                                 const behov_panel_merge *merge, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
