/* sheet_xlsx.h - a sheet of an .xlsx workbook (ECMA-376, transitional and strict) into its cells. */
#ifndef BEHOV_CLI_SHEET_XLSX_H
#define BEHOV_CLI_SHEET_XLSX_H

#include <behov/error.h>

#include "progress.h"
#include "sheet_cells.h"
#include "sheet_list.h"
#include "xml_package.h"

/* The sheets of the book into `list`, and the cells of the one that is wanted (NULL = the first that is not hidden) into
 * `cells`. *index is its place in the list. Errors: BEHOV_E_NAME for a sheet that is not there, BEHOV_E_DATA. */
behov_status sheet_xlsx_read(xml_package *package, const text_source *source, const char *wanted, progress *bar,
                             sheet_list *list, size_t *index, sheet_cells *cells, behov_error *err) BEHOV_MUST_CHECK;

#endif
