/* csv_odd_cell.h - what a cell that should be a number looks like, and what to do about it. */
#ifndef BEHOV_CLI_CSV_ODD_CELL_H
#define BEHOV_CLI_CSV_ODD_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/phrase.h>

/* A sentence about a cell that is no number: a date that a spreadsheet made of a figure, a per cent sign, a dash, an
 * error of a formula, blanks that part no thousands, a figure with something around it. False when it looks like none
 * of them. \param decimal_mark  that of the column, 0 = not known yet */
bool csv_odd_cell_explain(const char *text, size_t length, char decimal_mark, behov_said *sentence);

#endif
