/* absorbed_fit_tables.h - the fit with absorbed effects beside the one without, as a table with its notes. */
#ifndef BEHOV_ABSORBED_FIT_TABLES_H
#define BEHOV_ABSORBED_FIT_TABLES_H

#include "absorbed_fit.h"
#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Both fits side by side, with the sentence on what the effects do to a ratio.
BEHOV_API behov_status behov_absorbed_fit_add(const behov_fit_results *fit_results,
                                              const behov_absorbed_fit *absorbed_fit, behov_section_list *list,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
