/* sheet_ods.h - a sheet of an .ods workbook (OpenDocument 1.0 to 1.3) into its cells. */
#ifndef BEHOV_CLI_SHEET_ODS_H
#define BEHOV_CLI_SHEET_ODS_H

#include <behov/error.h>

#include "progress.h"
#include "sheet_cells.h"
#include "sheet_list.h"
#include "xml_package.h"

/* As sheet_xlsx_read. */
behov_status sheet_ods_read(xml_package *package, const text_source *source, const char *wanted, progress *bar,
                            sheet_list *list, size_t *index, sheet_cells *cells, behov_error *err) BEHOV_MUST_CHECK;

#endif
