/* text_table.h - a report as an aligned table of characters. */
#ifndef BEHOV_CLI_TEXT_TABLE_H
#define BEHOV_CLI_TEXT_TABLE_H

#include <behov/report.h>
#include <stdbool.h>
#include <stdio.h>

#include <behov/labels.h>

/* Text to the left, numbers to the right, empty cells empty. A table that is wider than the terminal gets headings of
 * several lines; when that is not enough it is written in pieces below one another, each with the columns that say
 * which row it is. No figure is left out, and elsewhere than on a terminal every row is one line.
 * \param skip  keys of columns that are not printed, ended by NULL; NULL = none
 * False without memory, with nothing written. */
bool text_table(const behov_report *report, const char *const *skip, behov_language lang, FILE *out);
/* The same for a terminal of `width` columns; 0 = no terminal. */
bool text_table_within(const behov_report *report, const char *const *skip, behov_language lang, size_t width,
                       FILE *out);

#endif
