/* long_cell.h - what the text of a cell may be: a figure, a year, a mark for a missing one, a code of a municipality. */
#ifndef BEHOV_CLI_LONG_CELL_H
#define BEHOV_CLI_LONG_CELL_H

#include <behov/table.h>
#include <stdbool.h>
#include <stddef.h>

#include "grid.h"

typedef enum long_cell_class { CELL_EMPTY, CELL_MARK, CELL_NUMBER, CELL_YEAR, CELL_TEXT } long_cell_class;

/* A year is a whole number of four digits from 1900 to 2100, which a figure may be as well. Numbers with marks for
 * decimals or thousands of any kind count as numbers here. */
static inline long_cell_class long_cell_class_of(grid_cell cell)
{
    return (long_cell_class)cell.sort;
}
/* Finds class and region of a cell that was added: asked once for each text, not for each cell. */
void long_cell_look(const cell_grid *grid, grid_cell *cell);
/* The missing value that a mark is: those of behov_missing_of_text; BEHOV_MISSING_OTHER for - * ... and their like;
 * BEHOV_PRESENT when it is none. */
behov_missing long_cell_mark(const char *text, size_t length);
/* Whether a number is written as codes are: zeros before other digits, "0101". */
bool long_cell_has_leading_zero(const char *text, size_t length);
/* Whether a cell looks like a region: "0101", "K-3001", "0101 Halden", "000101"; *has_label when a name is behind it. */
bool long_cell_is_region(const char *text, size_t length, bool *has_label);
/* The bytes of the code before a name in one cell, "0101 Halden", "K-Rest Divided municipalities", "EAK Landet"; 0 where
 * the first word is none. *label is where the name begins. */
size_t long_cell_code(const char *text, size_t length, size_t *label);
/* The year in a text, alone or a span ("2014-2016", "2014/15"): its first byte and length; false when there is none, or
 * two that are no span. */
/* Bytes of the mark of a footnote at the beginning of a text: "*", "1)", " 2)", a raised digit, a dagger; 0 = none. */
size_t long_cell_note_mark(const char *text, size_t length);
bool long_cell_find_year(const char *text, size_t length, size_t *first, size_t *n);

/* Whether a text is one of some words, whatever its case (Norwegian letters too). */
bool long_cell_is_word(const char *text, size_t length, const char *const words[], size_t n);
/* Whether the name of a column is that of a dimension whose figures are codes: age, year, municipality number, ... */
bool long_cell_names_dimension(const char *text, size_t length);
/* Whether a label is that of a sum: "I alt", "Hele landet". */
bool long_cell_names_total(const char *text, size_t length);

#endif
