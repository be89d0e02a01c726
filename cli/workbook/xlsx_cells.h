/* xlsx_cells.h - the cells of a table with the numbers that libxlsxwriter would give their formats and texts, for rows that
 * are written beside it and are the same bytes. Include xlsx.h first. */
#ifndef BEHOV_CLI_XLSX_CELLS_H
#define BEHOV_CLI_XLSX_CELLS_H

#include <stdint.h>

#include "xlsx.h"

enum { XLSX_NO_CELL = -1, XLSX_FIGURE = -1, XLSX_BLANK = -2 };

typedef struct xlsx_numbered_cell {
    int32_t style; /* XLSX_NO_CELL: empty, and not written */
    int32_t text;  /* among the texts of the workbook; XLSX_FIGURE; XLSX_BLANK: a format and nothing else */
} xlsx_numbered_cell;

typedef struct xlsx_cells {
    size_t n_rows, n_columns;
    xlsx_numbered_cell *cells; /* row by row; from malloc */
} xlsx_cells;

/* Numbers the first rows, and all that the library was given before them; tells the writer what the notes will say. The head
 * of the sheet is not in the library yet. False when memory is short. */
bool xlsx_cells_number(xlsx_writer *w, const lxw_worksheet *sheet, const behov_report *table,
                       const shown_column *columns, size_t n_rows, xlsx_cells *out);
/* The first and last column, from 1, of the sixteen rows of the sheet that a row stands in. */
void xlsx_cells_span(const xlsx_cells *cells, size_t row, size_t *first, size_t *last);

#endif
