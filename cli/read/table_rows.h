/* table_rows.h - rows of cells into a table, whatever the cells were read from: the lines of a delimited text, or the
 * rows of a sheet.
 *
 * A reader gives the cells of the header and of every row below it, one by one; here it is found what is a row of the
 * table, what stands below it, and what kinds of columns they are. Some columns are known at the end alone, and then the
 * reader is asked for all rows once more. */
#ifndef BEHOV_CLI_TABLE_ROWS_H
#define BEHOV_CLI_TABLE_ROWS_H

#include <behov/error.h>
#include <behov/table.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csv_column.h"
#include "csv_layout.h"
#include "csv_notes.h"
#include "csv_told.h"
#include "number_marks.h"
#include "read_csv.h"
#include "text_source.h"

/* A quoted field with line breaks inside. Where a quote was left open by mistake, every line of the file would be a row
 * by itself: the first up to its end, those between, and the last with the fields behind the closing quote. */
typedef struct swallowed {
    size_t first_line, last_line; /* 0 = there is none */
    size_t n_last_fields;         /* that the last line has up to the closing quote */
    size_t field;                 /* from 0 */
    bool lines_are_rows;          /* the first line and those between */
} swallowed;

enum { TABLE_ROWS_LOOKED_AT = 200 /* of columns that are not read, for their marks */ };

typedef struct table_rows {
    const read_csv_options *options; /* borrowed, as source and layout */
    const text_source *source;
    const csv_layout *layout; /* separator 0: the cells are those of a sheet */
    csv_rules rules;
    marks_told marks_told;
    csv_column *columns;
    size_t n_columns, room;
    bool has_header, is_second_pass;
    bool is_part; /* some rows of a table that is read in parts: table_parts.h */
    uint32_t *lines;
    size_t row, capacity; /* rows so far and those with room */
    size_t n_rows;        /* of the first pass */
    /* the row at hand */
    size_t field;
    size_t line;         /* where it starts */
    bool is_row;         /* it is sure that it is a row of the table, and its cells are stored */
    bool is_after_blank; /* the line before it was empty, or nothing but separators */
    csv_notes notes;     /* what may stand below the table: kept until a row of the table follows, or none */
    size_t text_bytes;   /* 0 while all fields are empty */
    size_t extra_bytes;  /* of fields past the header */
    size_t n_empty_rows;
    swallowed suspect; /* the quoted field of this row that may hold whole rows */
    swallowed broken;  /* the first quoted field of all that runs over lines with separators */
    size_t n_broken;
    behov_error unreadable; /* of the first cell that is no number: the reader goes on, to list the others */
    size_t n_unreadable;
    behov_said more_cells; /* those after the first, as far as they are listed */
    behov_status status;   /* the first failure: nothing more is done */
    behov_error *err;
} table_rows;

/* All rows of the source, from the header on, by table_rows_field and table_rows_end; `rows` has its lines set before. A
 * failure is left in rows->status. */
typedef void table_rows_pass(table_rows *rows, void *context);

/* Begins: the options, the source and the layout are borrowed until table_rows_free. */
void table_rows_start(table_rows *rows, const read_csv_options *options, const text_source *source,
                      const csv_layout *layout, behov_error *err);
/* Room for so many rows, once before the header. */
void table_rows_expect(table_rows *rows, size_t n_rows);
/* The next cell of the row at hand, header or not (text borrowed until the call ends). */
void table_rows_field(table_rows *rows, const csv_cell *cell);
/* The row at hand has all its cells; the caller then sets rows->line. */
void table_rows_end(table_rows *rows);
/* Whether a row begins here, and none of those before waits for what follows. */
bool table_rows_is_between(const table_rows *rows);
/* Reads the rows by `pass`, once or twice, and makes the table (returned, free with behov_table_free), with all that is
 * to be reported of it. */
behov_status table_rows_read(table_rows *rows, table_rows_pass *pass, void *context,
                             behov_table **table) BEHOV_MUST_CHECK;
void table_rows_free(table_rows *rows);

/* Sets the error of the row at hand, with its line and, when `column` is not NULL, its column. */
void table_rows_fail(table_rows *rows, size_t line, const char *column, behov_word word, const char *format, ...)
    BEHOV_PRINTF(5, 6);
void table_rows_fail_out_of_memory(table_rows *rows);

/* ---- parts of it: table_header.c, table_rows.c ---- */

/* Room for more rows, half as many again. */
void table_rows_make_room(table_rows *rows);
void table_header_take_name(table_rows *rows, const char *text, size_t length);
void table_header_forget_names(table_rows *rows);
/* Every name once, and what is asked of each column. */
void table_header_end(table_rows *rows);
/* The first cell that is no number becomes the error, unless memory or the file itself failed. */
void table_rows_fail_unreadable(table_rows *rows);

#endif
