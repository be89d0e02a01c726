/* about.h - the sheet that says what was done. */
#ifndef BEHOV_ABOUT_H
#define BEHOV_ABOUT_H

#include "fit_results.h"

/* What was done, as two columns of text. */
behov_status behov_about_table(const behov_fit_results *fit_results, behov_report **report,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
