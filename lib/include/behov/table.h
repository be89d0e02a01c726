/* table.h - a table in memory: named columns of numbers or of text, rows that know their line.
 *
 * A missing value keeps the mark that the file had (empty, ".", "..", ":", "NA", "NULL"): in a column of numbers
 * as the payload of a quiet NaN, in a column of text as a negative code. */
#ifndef BEHOV_TABLE_H
#define BEHOV_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "code.h"
#include "dictionary.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_table behov_table;

typedef enum behov_column_kind { BEHOV_COLUMN_NUMBER, BEHOV_COLUMN_TEXT } behov_column_kind;

typedef enum behov_missing {
    BEHOV_PRESENT = 0,
    BEHOV_MISSING_EMPTY,
    BEHOV_MISSING_DOT,      /* "."  : not applicable, or none (SSB, IMDi) */
    BEHOV_MISSING_TWO_DOTS, /* ".." : not available */
    BEHOV_MISSING_COLON,    /* ":"  : confidential, not published */
    BEHOV_MISSING_NA,       /* "NA" */
    BEHOV_MISSING_NULL,     /* "NULL" */
    BEHOV_MISSING_OTHER,    /* a mark that the user named */
    BEHOV_MISSING_DECLARED, /* a number that the file itself declares to be missing (SPSS) */
    BEHOV_MISSING_A,        /* ".a": the first of Stata's 26 extended missing values, which follow each other */
    BEHOV_MISSING_Z = BEHOV_MISSING_A + 25,
    BEHOV_N_MISSING
} behov_missing;

/// The mark as the file has it: ".", "..", ":", "NA", "NULL", ".a" to ".z"; "empty"; a phrase (phrase.h) for a user's mark
/// and for declared missing: for messages alone.
BEHOV_API const char *behov_missing_text(behov_missing mark);
/// The same for files that programs read, where the phrases are "user_mark" and "declared_missing".
BEHOV_API const char *behov_missing_key(behov_missing mark);
/// The mark of a text, BEHOV_PRESENT when it is none of the marks above (spaces around it are passed over).
BEHOV_API behov_missing behov_missing_of_text(const char *text, size_t length);
/// A quiet NaN that carries the mark.
BEHOV_API double behov_missing_number(behov_missing mark);
/// The mark of a number: BEHOV_PRESENT for every number that is not NaN, BEHOV_MISSING_EMPTY for a foreign NaN.
BEHOV_API behov_missing behov_missing_of_number(double value);
/// The code that stands for the mark in a column of text: -(mark).
BEHOV_API int32_t behov_missing_code(behov_missing mark);
BEHOV_API behov_missing behov_missing_of_code(int32_t code);

/// A table of n_rows rows and no columns (returned, free with behov_table_free). At most 2^32 - 2 rows.
/// \param source  what messages call it, "panel.csv" (copied; NULL for "")
BEHOV_API behov_status behov_table_new(size_t n_rows, const char *source, behov_table **table,
                                       behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_table_free(behov_table *table);

/// Adds a column of numbers. `values` (n_rows, from malloc) is taken on success; on failure the caller keeps it.
/// \return BEHOV_E_NAME when the name is there already or empty
BEHOV_API behov_status behov_table_add_numbers(behov_table *table, const char *name, double *values,
                                               behov_error *err) BEHOV_MUST_CHECK;
enum { BEHOV_TABLE_DECIMALS_UNKNOWN = 255 };
/// How many decimals each figure of a column of numbers was written with, zeros at its end counted.
/// \param decimals  n_rows, BEHOV_TABLE_DECIMALS_UNKNOWN where it is not known (from malloc, taken); NULL = of none
BEHOV_API void behov_table_set_decimals(behov_table *table, size_t column, uint8_t *decimals);
/// Those of one figure, 12.0 having one; -1 = not known: a workbook's cell, or a table that was not asked to keep them.
BEHOV_API int behov_table_decimals(const behov_table *table, size_t column, size_t row);
/// Adds a column of text. `codes` (n_rows, from malloc) and `levels` are taken on success.
BEHOV_API behov_status behov_table_add_text(behov_table *table, const char *name, int32_t *codes,
                                            behov_dictionary *levels, behov_error *err) BEHOV_MUST_CHECK;
/// Adds a column of numbers by copy: n_rows values (borrowed for the call; a NaN is a missing value).
/// \return BEHOV_E_NAME as above, BEHOV_E_MEMORY
BEHOV_API behov_status behov_table_copy_numbers(behov_table *table, const char *name, const double *values,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Adds a column of numbers that stay the caller's: n_rows values, which must neither move nor change while the table
/// lives. For memory of another language, which must not be freed here.
/// \return BEHOV_E_NAME as above, BEHOV_E_MEMORY
BEHOV_API behov_status behov_table_borrow_numbers(behov_table *table, const char *name, const double *values,
                                                  behov_error *err) BEHOV_MUST_CHECK;
/// Adds a column of text by copy: n_rows texts in UTF-8 (borrowed for the call). NULL and the marks of missing values
/// ("", "..", "NA") are missing. O(n_rows + characters).
/// \return BEHOV_E_NAME as above, BEHOV_E_MEMORY
BEHOV_API behov_status behov_table_copy_text(behov_table *table, const char *name, const char *const *texts,
                                             behov_error *err) BEHOV_MUST_CHECK;
/// Gives every row its line in the source, counted from 1 (n_rows, from malloc; taken).
BEHOV_API void behov_table_set_lines(behov_table *table, uint32_t *lines);

/// Says that these are no lines of a text but rows of a sheet or of a data file: messages say "row 12".
BEHOV_API void behov_table_count_rows(behov_table *table);
/// Whether they are such rows; false for lines of a text.
BEHOV_API bool behov_table_counts_rows(const behov_table *table);
/// The same of a sheet: places are "sheet "Data", row 12", and "cell C12 (new_refugees)" in a column of the sheet.
/// \param sheet  its name (copied)
/// \param positions  of the columns in the sheet, from 0, in the order of the table (n_columns, from malloc; taken, also
///                   after a failure); columns that are added later have no cells
BEHOV_API behov_status behov_table_count_cells(behov_table *table, const char *sheet, uint32_t *positions,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// Says that a row is no municipality: it is left out of every design, with that as its reason. The row keeps its cells.
BEHOV_API behov_status behov_table_mark_row(behov_table *table, size_t row, behov_row_mark mark,
                                            behov_error *err) BEHOV_MUST_CHECK;
/// What a row is; BEHOV_ROW_MUNICIPALITY when nothing was said.
BEHOV_API behov_row_mark behov_table_row_mark(const behov_table *table, size_t row);
/// How many rows are marked.
BEHOV_API size_t behov_table_n_marked(const behov_table *table);

/// A second name by which behov_table_find knows a column (copied); ignored when a column or alias has it already.
BEHOV_API behov_status behov_table_add_alias(behov_table *table, const char *alias, size_t column,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// Makes a name mean this column, even where another column is called so, which has no name to be found by from then on.
BEHOV_API behov_status behov_table_lend_name(behov_table *table, const char *name, size_t column,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// Remembers a column that the file has but that was not read (name copied): messages list it beside the others.
BEHOV_API behov_status behov_table_add_unread(behov_table *table, const char *name, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API size_t behov_table_n_unread(const behov_table *table);
BEHOV_API const char *behov_table_unread(const behov_table *table, size_t i);

BEHOV_API const char *behov_table_source(const behov_table *table);
BEHOV_API size_t behov_table_n_rows(const behov_table *table);
BEHOV_API size_t behov_table_n_columns(const behov_table *table);
/// The position of a column, or -1.
BEHOV_API ptrdiff_t behov_table_find(const behov_table *table, const char *name);
BEHOV_API const char *behov_table_name(const behov_table *table, size_t column);
BEHOV_API behov_column_kind behov_table_kind(const behov_table *table, size_t column);
/// The values of a column of numbers (borrowed, n_rows), NULL for a column of text.
BEHOV_API const double *behov_table_numbers(const behov_table *table, size_t column);
/// The codes of a column of text (borrowed, n_rows), NULL for a column of numbers.
BEHOV_API const int32_t *behov_table_codes(const behov_table *table, size_t column);
/// The levels of a column of text (borrowed), NULL for a column of numbers.
BEHOV_API const behov_dictionary *behov_table_levels(const behov_table *table, size_t column);
/// The line of a row in the source, 0 when not known.
BEHOV_API uint32_t behov_table_line(const behov_table *table, size_t row);
/// The mark of one cell.
BEHOV_API behov_missing behov_table_missing(const behov_table *table, size_t column, size_t row);

/* ---- lists of rows ----
 * Of a list that has every row in order nothing is kept, since a number a row is much for a table of millions: NULL is the
 * list 0, 1, 2 ... */

/// The row at a position of a list.
static inline uint32_t behov_row_at(const uint32_t *rows, size_t position)
{
    return rows ? rows[position] : (uint32_t)position;
}

/// The rows at n positions from `first` on: in the list, or written into `room` (n rows) where there is none.
static inline const uint32_t *behov_rows_block(const uint32_t *rows, size_t first, size_t n, uint32_t *room)
{
    if (rows)
        return rows + first;
    for (size_t i = 0; i < n; i++)
        room[i] = (uint32_t)(first + i);
    return room;
}

/// "panel.csv, line 1812, column new_refugees" for messages; column -1 leaves it out.
BEHOV_API void behov_table_where(const behov_table *table, size_t row, ptrdiff_t column, char where[BEHOV_PLACE_SIZE]);

/// The names of the columns, read or not, as far as they fit, separated by ", ". \return how many they are
enum { BEHOV_COLUMN_LIST = 280 };
BEHOV_API size_t behov_table_list(const behov_table *table, char list[BEHOV_COLUMN_LIST]);

/// The column, read or not, whose name is nearest to `name` in spelling (borrowed), NULL when none is near: "did you mean ...?".
BEHOV_API const char *behov_table_nearest_name(const behov_table *table, const char *name);

#ifdef __cplusplus
}
#endif
#endif
