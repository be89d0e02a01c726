/* about.h - the sheet that says what was done. */
#ifndef BEHOV_CLI_ABOUT_H
#define BEHOV_CLI_ABOUT_H

#include "results.h"

/* What was done, as two columns of text. */
behov_status about_table(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;

#endif
