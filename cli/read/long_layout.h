/* long_layout.h - where a table lies in rows of cells: its header lines, the columns that name a row and those that hold
 * figures, its rows and what stands between and below them.
 *
 * What publishers send differs in all of it; the rules are in long_layout.c and long_header.c, each with its reason. A
 * layout that may be read in two ways is refused. */
#ifndef BEHOV_CLI_LONG_LAYOUT_H
#define BEHOV_CLI_LONG_LAYOUT_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "grid.h"
#include "read_long_table.h"

enum { LONG_MOST_HEADERS = 8 };

typedef enum long_role { LONG_NONE, LONG_STUB, LONG_VALUE } long_role;

typedef struct long_column {
    long_role role;
    /* cells of the rows below the header, of rows with several cells */
    size_t n_filled, n_number, n_year, n_mark, n_text, n_zero /* "0101" */, n_region, n_labelled /* "0101 Halden" */;
    grid_cell name;             /* the lowest text of the header */
    bool is_split;              /* code and name stand in one cell */
    grid_cell last;             /* that is not empty, while rows are filled down */
    size_t n_filled_down;       /* cells that took the text above */
    uint32_t first_filled_down; /* line of the first */
} long_column;

/* Lines of one sort, told together. */
enum { LONG_LINES_TOLD = 6 };
typedef struct long_lines {
    size_t n;
    uint32_t first, last, lines[LONG_LINES_TOLD]; /* the first of them, in order */
    grid_cell text;                               /* of the first: its first cell that is not empty */
} long_lines;

typedef struct long_layout {
    cell_grid *grid; /* borrowed; labels that are printed once for a group are filled down in it */
    size_t header[LONG_MOST_HEADERS], n_header; /* rows of the grid */
    bool is_numbering[LONG_MOST_HEADERS];       /* a header line that only numbers the columns */
    size_t body;                                /* the first row below */
    long_column *columns;
    size_t n_columns, n_values, n_stubs;
    uint32_t *rows; /* those that are data */
    size_t n_rows;
    grid_cell title;
    size_t n_titles;
    long_lines texts; /* rows of a category that holds texts in the place of figures: */
    size_t text_column;
    grid_cell text_category;
    long_lines unnamed; /* rows that lack the first of their names and go on with no group */
    long_lines narrow;  /* rows of a text that end before the last column */
    long_lines notes, headings, sums, repeated, totals, nameless /* columns, by number */;
} long_layout;

/* Finds it; free with long_layout_free in any case.
 * Errors: BEHOV_E_DATA without a header or figures, or where columns of numbers may be figures or not; BEHOV_E_NAME for a
 * column that is not there. */
behov_status long_layout_find(cell_grid *grid, const long_table_choices *choices, long_layout *layout,
                              behov_error *err) BEHOV_MUST_CHECK;
void long_layout_free(long_layout *layout);

/* Rows that have the names of an earlier one, and the line of the first. */
behov_status long_layout_count_twins(const long_layout *layout, size_t *n_twins, uint32_t *first_line,
                                     behov_error *err) BEHOV_MUST_CHECK;

/* ---- parts of it: long_header.c ---- */

/* Titles, header lines and the first row of the body, unless the choices say them. */
behov_status long_header_find(long_layout *layout, const long_table_choices *choices,
                              behov_error *err) BEHOV_MUST_CHECK;
/* Whether a row repeats a line of the header. */
bool long_header_is_repeated(const long_layout *layout, size_t row);

#endif
