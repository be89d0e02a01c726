/* figures.h - the sheet *Figurer*: how ratios are spread, as a table and as charts that Excel draws. */
#ifndef BEHOV_FIGURES_H
#define BEHOV_FIGURES_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Adds the sheet; `municipalities` is the name of the section with a row per municipality (keys need, actual, ratio),
/// already in the list; `ranking` that of one with places and their intervals (rank, rank_low, rank_high), or NULL.
/// Nothing is added when no municipality has a ratio in the last year.
BEHOV_API behov_status behov_figures_add(const behov_fit_results *fit_results, const char *municipalities,
                                         const char *ranking, behov_section_list *list,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
