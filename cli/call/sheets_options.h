/* sheets_options.h - --sheets: which sheets a workbook of `behov fit` has. */
#ifndef BEHOV_CLI_SHEETS_OPTIONS_H
#define BEHOV_CLI_SHEETS_OPTIONS_H

#include "options.h"

#define SHEETS_OPTION                                                                                                  \
    {                                                                                                                  \
        "sheets", 0, ARGUMENT(LIST), HELP(FIT_SHEETS), NULL                                                            \
    }

/* The sheets that --sheets names, in bokmål or English, as bits of fit_outputs.h; 0 = all. Prints what is wrong, a name
 * that the workbook does not have or no workbook at all, and returns the exit code. */
int sheets_options_read(const command_line *line, unsigned *sheets);

#endif
