/* comparison_notes.h - what printed tables have and the fit has not, on standard error. */
#ifndef BEHOV_CLI_COMPARISON_NOTES_H
#define BEHOV_CLI_COMPARISON_NOTES_H

#include <stdbool.h>

#include <behov/printed_comparison.h>

/* Terms that the model lacks, municipalities that the panel lacks. Returns whether there is any. */
bool comparison_notes_print(const behov_printed_comparison *comparison);

#endif
