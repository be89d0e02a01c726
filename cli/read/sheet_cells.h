/* sheet_cells.h - the cells of one sheet in memory, as a spreadsheet file holds them: by rows, empty ones left out.
 *
 * A row may stand for many that are alike (.ods). Rows and cells may come in any order; they are sorted at the end. */
#ifndef BEHOV_CLI_SHEET_CELLS_H
#define BEHOV_CLI_SHEET_CELLS_H

#include <behov/error.h>
#include <behov/number.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text_source.h"

enum {
    SHEET_MOST_ROWS = 1048576, /* of Excel and LibreOffice */
    SHEET_MOST_COLUMNS = 16384,
    SHEET_MOST_CELLS = 40000000 /* that are not empty: about a GB */
};

typedef enum sheet_cell_kind {
    SHEET_TEXT = 0,
    SHEET_NUMBER,
    SHEET_PERCENT,    /* a number that is shown in per cent; `number` is what is shown: 12.3 for a stored 0.123 */
    SHEET_BOOLEAN,    /* number 0 or 1 */
    SHEET_DATE,       /* a number that is shown as a date or a time: `text` is that */
    SHEET_ERROR,      /* #DIV/0! */
    SHEET_UNCOMPUTED, /* a formula without its value */
} sheet_cell_kind;

typedef struct sheet_cell {
    uint32_t column; /* from 0 */
    sheet_cell_kind kind;
    size_t text, length; /* among the texts, of the kinds that have one */
    double number;
} sheet_cell;

typedef struct sheet_row {
    uint32_t number;    /* from 1 */
    uint32_t n_repeats; /* rows that are like it, itself with them */
    size_t first, n_cells;
    bool is_hidden;
} sheet_row;

typedef struct sheet_cells {
    const text_source *source; /* for places (borrowed) */
    sheet_row *rows;
    size_t n_rows, rows_room;
    sheet_cell *cells;
    size_t n_cells, cells_room;
    char *texts;
    size_t n_bytes, bytes_room;
    uint32_t n_columns; /* up to the last that has a cell */
    uint64_t n_expanded;
    bool is_out_of_order;
    uint8_t *is_hidden_column; /* SHEET_MOST_COLUMNS of them, NULL = none is hidden */
    size_t n_merged;           /* areas of merged cells that run over several rows */
    char merged[24];           /* the first of them: "A2:A6" */
    uint32_t merged_last_row;  /* of the lowest of them */
} sheet_cells;

/* Begins a row; BEHOV_E_DATA outside of a sheet. A row without cells is forgotten when the next begins. */
behov_status sheet_cells_begin_row(sheet_cells *cells, uint64_t number, uint64_t n_repeats, bool is_hidden,
                                   behov_error *err) BEHOV_MUST_CHECK;
/* Adds a cell to the row at hand; its text is of sheet_cells_keep_text. */
behov_status sheet_cells_add(sheet_cells *cells, uint64_t column, sheet_cell cell, behov_error *err) BEHOV_MUST_CHECK;
/* A text among the texts; the first byte is `*first`. Control characters become blanks. */
behov_status sheet_cells_keep_text(sheet_cells *cells, const char *text, size_t length, size_t *first,
                                   behov_error *err) BEHOV_MUST_CHECK;
behov_status sheet_cells_hide_columns(sheet_cells *cells, uint64_t first, uint64_t last,
                                      behov_error *err) BEHOV_MUST_CHECK;
/* An area of merged cells, rows from 1 and columns from 0. */
void sheet_cells_merge(sheet_cells *cells, uint32_t first_row, uint32_t first_column, uint32_t last_row,
                       uint32_t last_column);
/* Sorts what came out of order. BEHOV_E_DATA: a cell that is there twice. */
behov_status sheet_cells_finish(sheet_cells *cells, behov_error *err) BEHOV_MUST_CHECK;
void sheet_cells_clear(sheet_cells *cells);

/* How a number stands in a column of texts: 101 is "101", whatever double it is. \return its bytes */
size_t sheet_number_text(double number, char text[BEHOV_NUMBER_SIZE]);

/* "C12"; columns from 0, rows from 1, row 0 = the letters alone. */
void sheet_cell_name(uint32_t column, uint32_t row, char name[16]);
/* The other way: false for anything else. The row is 0 where there is none. */
bool sheet_cell_of_name(const char *name, uint32_t *column, uint32_t *row);

#endif
