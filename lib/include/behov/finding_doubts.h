/* finding_doubts.h - which findings say that a figure may be wrong though nothing is refused for it: a claim that rests on
 * the figure hangs on it. */
#ifndef BEHOV_FINDING_DOUBTS_H
#define BEHOV_FINDING_DOUBTS_H

#include <stdbool.h>

#include "municipality_list.h"
#include "plausibility.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether it is a warning about figures that may be wrong: a row that may be a sum, a year far from the others, figures
/// outside their limits, in another unit, totals, jumps, marks for missing, copies, one figure for many, a country's figure.
/// Not: municipalities that change their code, come and go, empty cells, what a fit says of its rows.
BEHOV_API bool behov_finding_doubts_a_figure(const behov_oddity *finding);

/// Whether it is an error about figures in rows that was let through: what a warning says it says too, and louder.
BEHOV_API bool behov_finding_is_let_through(const behov_study *study, const behov_oddity *finding);

/// The finding that a figure may be wrong which level, ratio or need of a municipality rest on: in any of its rows, in a
/// column of the outcome, of a term, of the weights, or the population. A warning that is not let through, or an error
/// (which is, or there were no figures). No claim is "clear" or "likely", and no place is named, where there is one: every
/// page asks this. \param year  one that touches it is found before others; 0 = any
/// Borrowed; NULL = none, and where no rows have been looked at. Of more than fifty of one kind and column the first fifty
/// count. O(findings), times rows for those that name the first of several municipalities.
BEHOV_API const behov_oddity *behov_findings_doubt(const behov_study *study, const behov_municipality *who, int year);

/// Whether the finding is about a column of the outcome.
BEHOV_API bool behov_finding_is_in_outcome(const behov_study *study, const behov_oddity *finding);

/// Whether a figure of the municipality in a year (0 = any) is one that the finding doubts: of a jump either may be wrong.
BEHOV_API bool behov_finding_touches(const behov_study *study, const behov_oddity *finding,
                                     const behov_municipality *who, int year);

#ifdef __cplusplus
}
#endif
#endif
