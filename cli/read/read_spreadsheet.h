/* read_spreadsheet.h - a sheet of a workbook (.xlsx, .ods) into a table. */
#ifndef BEHOV_CLI_READ_SPREADSHEET_H
#define BEHOV_CLI_READ_SPREADSHEET_H

#include <behov/error.h>
#include <behov/table.h>
#include <stdbool.h>
#include <stddef.h>

#include "read_csv.h"
#include "sheet_cells.h"
#include "sheet_list.h"
#include "text_source.h"

/* Whether a file is a workbook, or one that cannot be read (.xls, behind a password, a text that is called .xlsx): by its
 * first bytes and the ending of its name. */
bool read_spreadsheet_is_it(const char *path, const unsigned char *head, size_t n_head);

/* Reads a sheet into a table whose rows know their rows in the sheet (returned, free with behov_table_free). Values are
 * those that the book holds: no formula is computed. Errors: BEHOV_E_DATA (no workbook, behind a password, broken, too
 * large, no rows, ...), BEHOV_E_NAME (no such sheet), BEHOV_E_TYPE (an error of a formula, a date or a text where a
 * number should stand); where = "panel.xlsx, sheet "Data", cell C12 (new_refugees)". */
behov_status read_spreadsheet(text_source *source, const read_csv_options *options, behov_table **table,
                              behov_error *err) BEHOV_MUST_CHECK;

/* The sheets of a workbook into `list`, and the cells of the one that is wanted (NULL = the first that is not hidden) into
 * `cells`; both zero-initialised, and freed by the caller in any case. Errors as above. */
behov_status read_spreadsheet_cells(text_source *source, const char *wanted, progress *bar, sheet_list *list,
                                    size_t *index, sheet_cells *cells, behov_error *err) BEHOV_MUST_CHECK;

#endif
