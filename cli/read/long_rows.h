/* long_rows.h - the rows of a layout as a long table: one for each cell of figures. */
#ifndef BEHOV_CLI_LONG_ROWS_H
#define BEHOV_CLI_LONG_ROWS_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <stdbool.h>

#include "long_layout.h"
#include "long_parts.h"

/* Marks for missing values as the cells have them, each with its count. */
enum { LONG_MOST_MARKS = 16 };
typedef struct long_marks {
    grid_cell marks[LONG_MOST_MARKS];
    size_t n_cells[LONG_MOST_MARKS], n;
} long_marks;

typedef struct long_rows_told {
    long_marks marks;
    char decimal;       /* that the figures have, 0 = none has any */
    size_t n_thousands; /* figures with a point or comma between thousands */
    bool has_labels;    /* code and name were parted in some column */
    size_t n_mixed;     /* columns with figures with (1) and without (0) a per cent sign; the first of them: */
    size_t mixed_column, n_mixed_cells[2];
    grid_cell mixed[2]; /* its first figures, and their lines */
    uint32_t mixed_lines[2];
} long_rows_told;

/* Makes the table (free with behov_long_table_free in any case); its rows know their lines.
 * \param decimal  '.' or ','; 0 = as the figures tell
 * Errors: BEHOV_E_TYPE for a cell that is no figure, with its place and how many there are; BEHOV_E_DATA where points and
 * commas may be read in two ways. */
behov_status long_rows_make(const long_layout *layout, const long_parts *parts, char decimal, bool has_labels,
                            long_rows_told *told, behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
