/* fit_notes.h - what standard error says of a fit that is no error. */
#ifndef BEHOV_CLI_FIT_NOTES_H
#define BEHOV_CLI_FIT_NOTES_H

#include <behov/fit_results.h>

/* Years with one row, rows without a ratio, columns that are nearly collinear, an outcome that is constant. */
void fit_notes_print(const behov_fit_results *fit_results);

#endif
