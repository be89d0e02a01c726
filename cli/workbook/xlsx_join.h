/* xlsx_join.h - a workbook whose large tables have no rows yet, and the rows beside it, as one workbook. */
#ifndef BEHOV_CLI_XLSX_JOIN_H
#define BEHOV_CLI_XLSX_JOIN_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "xlsx_rows.h"

/* The end of the file of rows: what stands in it, for the process that joins. False and errno when it cannot be written. */
bool xlsx_join_write_list(FILE *rows_file, const xlsx_packed_rows *rows, size_t n_rows);

/* Puts the rows of `rows_path` into the sheets of `book_path`, as the new contents of `joined_path`, and looks at that.
 * \param n_large  tables whose rows stand in the file
 * BEHOV_E_FILE with where = path when anything cannot be read or written or is not whole; BEHOV_E_MEMORY. */
behov_status xlsx_join(const char *path, const char *book_path, const char *rows_path, const char *joined_path,
                       size_t n_sheets, size_t n_large, behov_error *err) BEHOV_MUST_CHECK;

#endif
