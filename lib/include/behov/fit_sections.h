/* fit_sections.h - the sections of a fit or an application, each a table with its notes. */
#ifndef BEHOV_FIT_SECTIONS_H
#define BEHOV_FIT_SECTIONS_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_fit_section {
    BEHOV_FIT_ABOUT,
    BEHOV_FIT_REGRESSION,
    BEHOV_FIT_REGRESSION_IN_PRINT, /* annex 1: terms by their labels alone */
    BEHOV_FIT_RATIOS,
    BEHOV_FIT_MUNICIPALITIES,
    BEHOV_FIT_DATA
} behov_fit_section;

/// Adds one of them. \param fit_results  its need must be there but for the regression (borrowed)
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_fit_sections_add(const behov_fit_results *fit_results, behov_fit_section which,
                                              behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;
/// What there is to say of the clusters behind errors and stars, as notes. \param fit_results  of a fit (borrowed)
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_fit_sections_cluster_notes(const behov_fit_results *fit_results, behov_section_list *list,
                                                        behov_error *err) BEHOV_MUST_CHECK;
/// The notes under a table of ratios, for one that is not Forhold. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_fit_sections_ratio_notes(const behov_fit_results *fit_results, behov_section_list *list,
                                                      behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
