/* about.h - the sheet that says what was done. */
#ifndef BEHOV_ABOUT_H
#define BEHOV_ABOUT_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What was done, as two columns of text.
BEHOV_API behov_status behov_about_table(const behov_fit_results *fit_results, behov_report **report,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
