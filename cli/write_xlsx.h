/* write_xlsx.h - report tables as an Excel workbook. write_xlsx.c is the only file that includes xlsxwriter.h. */
#ifndef BEHOV_CLI_WRITE_XLSX_H
#define BEHOV_CLI_WRITE_XLSX_H

#include <behov/error.h>
#include <behov/report.h>
#include <stdbool.h>

#include "labels.h"
#include "progress.h"

/* One sheet: title in A1, what the sheet holds in A2, a table with one header row, then the notes. */
typedef struct workbook_sheet {
    const char *name;              /* "Forhold"; at most 31 characters, unique */
    const char *title;             /* A1 */
    const char *subtitle;          /* A2, one sentence */
    const behov_report *table;     /* marked up as an Excel table with filter */
    const char *table_name;        /* unique in the workbook: "Forhold" */
    size_t n_frozen_columns;       /* columns that stay when scrolling sideways; the header row always stays */
    bool landscape;
    const char *const *notes;      /* paragraphs under the table */
    size_t n_notes;
} workbook_sheet;

typedef struct workbook_properties {
    const char *title, *subject, *comments; /* document properties; NULL = none */
    long long created;                      /* seconds since 1970 UTC, 0 = 1980-01-01: the same input, the same bytes */
} workbook_properties;

/* Writes the workbook beside `path` and renames it into place (target.h). Numbers are true numbers with a format taken
 * from the column's quantity; NaN is an empty cell; text is always text, also when it begins with = + - @.
 * Ratio columns get a data bar or colour scale beside their figures. Rows past Excel's limit of 1 048 576 are an error
 * before anything is written. */
behov_status write_xlsx(const char *path, const workbook_sheet *sheets, size_t n_sheets,
                        const workbook_properties *properties, language lang, progress *bar, behov_error *err)
    BEHOV_MUST_CHECK;

#endif
