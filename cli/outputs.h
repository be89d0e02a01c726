/* outputs.h - the -o options of a verb: checked before anything is computed, written when all is computed. */
#ifndef BEHOV_CLI_OUTPUTS_H
#define BEHOV_CLI_OUTPUTS_H

#include <stdbool.h>

#include "options.h"
#include "results.h"

/* Whether every -o names a kind of file that can be written, and none the panel itself. Prints and returns 2 if not. */
int outputs_check(const command_line *line, const char *panel_path);

/* The date that the workbook says it was made on: --date, else SOURCE_DATE_EPOCH, else today (UTC); seconds since 1970
 * at the start of the day. Prints and returns false for a date that is none. */
bool outputs_date(const command_line *line, long long *seconds);

/* Writes every -o file. Prints "Wrote ..." to standard error; returns the exit code. */
int outputs_write(const command_line *line, results *of, long long date);

#endif
