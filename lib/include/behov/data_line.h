/* data_line.h - what the figures of a file rest on, in one line. */
#ifndef BEHOV_DATA_LINE_H
#define BEHOV_DATA_LINE_H

#include "fit_results.h"
#include "phrase.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "Data: panel.csv, 2 120 rader, 424 kommuner, 2012–2016; koeffisienter estimert på 1 935 rader; 185 rader er ..."; nothing
/// for a study without a panel. O(rows).
/// \param fit_results  of the study, for the rows behind the coefficients and the reasons of the others; NULL = none
/// \param words  added to; its memory is looked at by the caller
BEHOV_API void behov_data_line_say(const behov_study *study, const behov_fit_results *fit_results,
                                   behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
