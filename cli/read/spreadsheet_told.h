/* spreadsheet_told.h - what is reported of a sheet that was read: what its cells are besides figures and texts. */
#ifndef BEHOV_CLI_SPREADSHEET_TOLD_H
#define BEHOV_CLI_SPREADSHEET_TOLD_H

#include <stddef.h>
#include <stdint.h>

#include "read_csv.h"
#include "sheet_cells.h"
#include "sheet_list.h"
#include "table_rows.h"
#include "text_source.h"

/* What a column has had so far; rows from 1, 0 = none. */
typedef struct column_told {
    size_t n_percent, n_plain, n_boolean;
    uint32_t percent_row, plain_row, boolean_row;
    double percent, plain;
} column_told;

typedef struct spreadsheet_told {
    const read_csv_options *options; /* borrowed, as the others */
    const text_source *source;
    const sheet_cells *cells;
    column_told *columns; /* one a column of the sheet; NULL without memory, then nothing is told of them */
} spreadsheet_told;

void spreadsheet_told_start(spreadsheet_told *told, const read_csv_options *options, const text_source *source,
                            const sheet_cells *cells);
void spreadsheet_told_free(spreadsheet_told *told);
/* Which sheet is read, where there are others. */
void spreadsheet_told_sheet(const spreadsheet_told *told, const sheet_list *list, size_t index, const char *wanted);
/* A cell below the header, in the row of that number. */
void spreadsheet_told_cell(spreadsheet_told *told, const table_rows *rows, const sheet_cell *cell, uint32_t number);
/* At the end: per cent, true and false, hidden rows and columns, merged cells. */
void spreadsheet_told_rest(const spreadsheet_told *told, const table_rows *rows, size_t header_line);

#endif
