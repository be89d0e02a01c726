/* typed_columns.h - the columns of a file whose cells know what they are, numbers or texts, while they are read: of
 * statistics programs and spreadsheets. What becomes of a cell is what read_csv makes of it: missing marks, codes of
 * municipalities, keys, texts that should be numbers, and what is reported of it all. */
#ifndef BEHOV_CLI_TYPED_COLUMNS_H
#define BEHOV_CLI_TYPED_COLUMNS_H

#include <behov/error.h>
#include <behov/table.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read_csv.h"
#include "text_source.h"

typedef struct typed_columns typed_columns;

/* No columns yet (returned, free with typed_columns_free). `source` and `options` are borrowed as long as it lives;
 * places are rows from here on (text_source_count_rows). BEHOV_E_MEMORY. */
behov_status typed_columns_new(text_source *source, const read_csv_options *options, typed_columns **columns,
                               behov_error *err) BEHOV_MUST_CHECK;
void typed_columns_free(typed_columns *columns);

/* Adds the next column, before the first cell. "" is one without a name, which no term can name. What it is wanted as is
 * asked of options->choose. BEHOV_E_DATA when a column before it has the name, BEHOV_E_MEMORY. */
behov_status typed_columns_add(typed_columns *columns, const char *name, behov_error *err) BEHOV_MUST_CHECK;
/* The same for a column that is called otherwise in the file: `kind` is what was asked already. */
behov_status typed_columns_add_as(typed_columns *columns, const char *name, behov_read_kind kind,
                                  behov_error *err) BEHOV_MUST_CHECK;
size_t typed_columns_count(const typed_columns *columns);
/* Whether its cells are wanted; BEHOV_READ_NOT for one that is not. */
behov_read_kind typed_columns_kind(const typed_columns *columns, size_t column);
const char *typed_columns_name(const typed_columns *columns, size_t column);

/* Begins the next row, whose cells are all empty; `line` is its number in the file, for messages. */
behov_status typed_columns_begin_row(typed_columns *columns, size_t line, behov_error *err) BEHOV_MUST_CHECK;
/* Takes back the row that was begun last: nothing stood in it. */
void typed_columns_drop_row(typed_columns *columns);
size_t typed_columns_n_rows(const typed_columns *columns);

/* One cell of the row: a number, to the last bit. BEHOV_E_RANGE when it is not finite, or a key above 2^53. */
behov_status typed_columns_number(typed_columns *columns, size_t column, double number,
                                  behov_error *err) BEHOV_MUST_CHECK;
/* A text in UTF-8, without the blanks around it; missing marks are taken as such. BEHOV_E_TYPE where a number is wanted
 * and the text is none, BEHOV_E_DATA for control characters that no text may hold. */
behov_status typed_columns_text(typed_columns *columns, size_t column, const char *text, size_t length,
                                behov_error *err) BEHOV_MUST_CHECK;
void typed_columns_missing(typed_columns *columns, size_t column, behov_missing mark);

/* Mends codes, reports, and makes the table (returned, free with behov_table_free). BEHOV_E_DATA without rows. */
behov_status typed_columns_finish(typed_columns *columns, behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

#endif
