/* outputs.h - the -o options of a verb: checked before anything is computed, written when all is computed. */
#ifndef BEHOV_CLI_OUTPUTS_H
#define BEHOV_CLI_OUTPUTS_H

#include <stdbool.h>

#include <behov/fit_results.h>
#include "options.h"
#include "output_writers.h"

/* Options that several verbs have, each declared once. */
#define FILES_OPTION                                                                                                   \
    {                                                                                                                  \
        "output", 'o', ARGUMENT(FILE), HELP(OPTION_OUTPUT), NULL                                                       \
    }
#define JSON_OPTION                                                                                                    \
    {                                                                                                                  \
        "json", 'j', NO_ARGUMENT, HELP(OPTION_JSON), NULL                                                              \
    }
#define QUIET_OPTION                                                                                                   \
    {                                                                                                                  \
        "quiet", 'q', NO_ARGUMENT, HELP(OPTION_QUIET), NULL                                                            \
    }

/* Of every verb that writes .csv by outputs_write. */
#define CSV_STYLE_OPTION                                                                                               \
    {                                                                                                                  \
        "csv-style", 0, ARGUMENT(STYLE), HELP(OPTION_CSV_STYLE), "plain excel-nb"                                      \
    }

/* The options of a verb that writes sections, rows and JSON. */
#define OUTPUT_OPTIONS                                                                                                 \
    FILES_OPTION, CSV_STYLE_OPTION, JSON_OPTION, {"date", 0, ARGUMENT(DATE), HELP(OPTION_DATE), NULL}, QUIET_OPTION

/* What the files of a verb can hold, see writers.h. */
unsigned outputs_holds(const output_writers *writers);
/* Whether every -o names a kind of file that the verb writes, where it can be written. Prints and returns 2 or 1 if
 * not. That none is an input, and none is given twice, has been looked at before a verb runs (inputs.h). */
int outputs_check(const command_line *line, const output_writers *writers);
/* Whether a file of this name is a workbook. */
bool outputs_is_workbook(const char *path);

/* The date that the workbook says it was made on: --date, else SOURCE_DATE_EPOCH, else today (UTC); seconds since 1970
 * at the start of the day. Prints and returns false for a date that is none. */
bool outputs_date(const command_line *line, long long *seconds);

/* "2026-11-22" */
void outputs_date_text(long long seconds, char text[16]);

/* Begins the page with what makes its figures unusable: levels that did not converge, shares where per cent is meant. */
void outputs_begin_page(const behov_study *study);
/* Ends the page, which the verb has printed, with what every output carries (study.cautions), and writes every -o file
 * with them; documents say at their head what the figures rest on (data_line.h).
 * fit_results: without a design = the panel alone; NULL = of several studies, which
 * say their data themselves. Prints "wrote ..." to standard error; returns the exit code. */
int outputs_write(const command_line *line, const behov_study *study, const behov_fit_results *fit_results,
                  const output_writers *writers, const void *context, long long date);

#endif
