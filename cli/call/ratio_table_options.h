/* ratio_table_options.h - --ratios, a table of ratios that takes the place of a panel. */
#ifndef BEHOV_CLI_RATIO_TABLE_OPTIONS_H
#define BEHOV_CLI_RATIO_TABLE_OPTIONS_H

#include "options.h"
#include <behov/ratio_table.h>

#define RATIOS_OPTION                                                                                                  \
    {                                                                                                                  \
        "ratios", 'r', ARGUMENT(FILE), HELP(OPTION_RATIOS), ".csv .tsv .txt"                                           \
    }

/* Whether the options of a call go with --ratios, where it is given; prints and returns 2 if not. */
int ratio_table_options_check(const command_line *line);
/* Reads the file of --ratios and reports rows and columns that were left out. Prints what went wrong; returns the exit
 * code. Free with behov_ratio_table_free in any case. */
int ratio_table_options_open(const command_line *line, behov_ratio_table *out);
/* What a line of a subtotal is called, in both languages, for read_ratio_table. */
void ratio_table_options_subtotals(const char *names[2]);

#endif
