/* write_xlsx.h - report tables as an Excel workbook. write_xlsx.c is the only file that includes xlsxwriter.h. */
#ifndef BEHOV_CLI_WRITE_XLSX_H
#define BEHOV_CLI_WRITE_XLSX_H

#include <behov/error.h>
#include <behov/report.h>
#include <stdbool.h>

#include <behov/sections_document.h>
#include <behov/labels.h>
#include "progress.h"
#include <behov/section.h>

/* A sheet for each section: title in A1, what the sheet holds in A2, a table with one header row, then the notes.
 * Writes the workbook beside `path` and renames it into place (target.h). Numbers are true numbers with a format taken
 * from the column's quantity; NaN is an empty cell; text is always text, also when it begins with = + - @.
 * Ratio columns get a data bar or colour scale beside their figures. Rows past Excel's limit of 1 048 576 are an error
 * before anything is written. */
behov_status write_xlsx(const char *path, const behov_section *sheets, size_t n_sheets,
                        const behov_document_properties *properties, behov_language lang, progress *bar,
                        behov_error *err) BEHOV_MUST_CHECK;

#endif
