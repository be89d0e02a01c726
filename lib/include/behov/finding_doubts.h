/* finding_doubts.h - which findings say that a figure may be wrong though nothing is refused for it: a claim that rests on
 * the figure hangs on it. */
#ifndef BEHOV_FINDING_DOUBTS_H
#define BEHOV_FINDING_DOUBTS_H

#include <stdbool.h>

#include "plausibility.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether it is a warning about figures that may be wrong: a row that may be a sum, a year far from the others, figures
/// outside their limits, in another unit, totals, jumps, marks for missing, copies, one figure for many, a country's figure.
/// Not: municipalities that change their code, come and go, empty cells, what a fit says of its rows.
BEHOV_API bool behov_finding_doubts_a_figure(const behov_oddity *finding);

/// The first finding of another unit, a jump, a limit or a mark for missing in a column of the outcome in a row of the
/// municipality: a warning that is not let through, or an error (which is, or there were no figures). Borrowed; NULL = none,
/// and where no rows have been looked at. Of more than fifty of one kind and column the first fifty count. O(findings).
BEHOV_API const behov_oddity *behov_findings_outcome_doubt(const behov_study *study, const char *code);

/// Whether the figure of a year is one that the finding doubts: of a jump either may be the wrong one.
BEHOV_API bool behov_finding_touches_year(const behov_study *study, const behov_oddity *finding, int year);

#ifdef __cplusplus
}
#endif
#endif
