/* grid.h - rows of cells as a file has them, whatever it is: delimited text or a sheet. What they mean is found later.
 *
 * Cells are kept small, for files have millions: a text of a cell that is the same as in the row above is kept once. Rows
 * without any text are left out; a row ends with its last cell that is not empty. */
#ifndef BEHOV_CLI_GRID_H
#define BEHOV_CLI_GRID_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text_source.h"

enum { GRID_MOST_CELLS = 60000000, GRID_MOST_COLUMNS = 16384 };

typedef enum grid_kind {
    GRID_TEXT = 0,
    GRID_NUMBER,    /* of a sheet, written with a decimal point; one in per cent as it is shown, 12.3 */
    GRID_ERROR,     /* #DIV/0! */
    GRID_UNCOMPUTED /* a formula without its value */
} grid_kind;

typedef struct grid_cell {
    uint32_t first; /* among the texts; equal for two cells of which the lower has the text of the upper */
    uint32_t length : 25;
    uint32_t kind : 3;
    uint32_t sort : 3;      /* a long_cell_class */
    uint32_t is_region : 1; /* long_cell_is_region */
} grid_cell;

typedef struct grid_row {
    size_t first;      /* among the cells */
    uint32_t line;     /* of the text, or row of the sheet, from 1 */
    uint32_t n_fields; /* of a text, with the empty ones at the line's end; 0 in a sheet */
    uint32_t n_cells : 31;
    uint32_t is_after_blank : 1; /* one or more empty rows stand before it */
} grid_row;

typedef struct cell_grid {
    const text_source *source; /* for places (borrowed) */
    grid_row *rows;
    size_t n_rows, rows_room;
    grid_cell *cells;
    size_t n_cells, cells_room;
    char *texts;
    size_t n_bytes, bytes_room;
    size_t n_columns;    /* of the longest row */
    size_t first;        /* the cell at which the row at hand begins */
    size_t n_filled;     /* its cells up to the last that is not empty */
    bool is_after_blank; /* an empty row was before it */
    bool is_sheet;
    char separator;     /* of a text */
    uint32_t n_percent; /* cells of a sheet that are shown in per cent */
} cell_grid;

/* Room for so many bytes of text at once. */
behov_status grid_expect(cell_grid *grid, size_t n_bytes, behov_error *err) BEHOV_MUST_CHECK;
/* The next cell of the row at hand (text borrowed for the call); blanks around it are taken off, line breaks in it become
 * blanks. BEHOV_E_DATA above the most cells or columns, or for the marks of a phrase. */
behov_status grid_add(cell_grid *grid, const char *text, size_t length, grid_kind kind,
                      behov_error *err) BEHOV_MUST_CHECK;
/* The row at hand has all its cells. A reader that leaves out empty lines sets is_after_blank itself. */
behov_status grid_end_row(cell_grid *grid, size_t line, behov_error *err) BEHOV_MUST_CHECK;
void grid_free(cell_grid *grid);

/* A cell; an empty one beyond the end of its row. */
static inline grid_cell grid_at(const cell_grid *grid, size_t row, size_t column)
{
    const grid_row *of_row = &grid->rows[row];
    return column < of_row->n_cells ? grid->cells[of_row->first + column] : (grid_cell){0};
}
/* Its text, not ended by zero. */
static inline const char *grid_text(const cell_grid *grid, grid_cell cell)
{
    return cell.length ? grid->texts + cell.first : "";
}
/* Whether two cells have one text. */
bool grid_is_same(const cell_grid *grid, grid_cell a, grid_cell b);

#endif
