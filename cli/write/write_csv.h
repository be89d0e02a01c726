/* write_csv.h - a report table as text with separators: keys as header, shortest exact numbers. */
#ifndef BEHOV_CLI_WRITE_CSV_H
#define BEHOV_CLI_WRITE_CSV_H

#include <behov/error.h>
#include <behov/report.h>
#include <stdbool.h>

#include "progress.h"

typedef enum write_csv_style {
    WRITE_CSV_PLAIN,   /* comma, decimal point, no BOM; texts as they are */
    WRITE_CSV_EXCEL_NB /* semicolon, decimal comma, BOM; what would be a formula is a text */
} write_csv_style;

/* Writes beside `path` and renames into place (target.h). UTF-8, LF; an empty cell is empty. */
behov_status write_csv(const char *path, const behov_report *report, write_csv_style style, progress *bar,
                       behov_error *err) BEHOV_MUST_CHECK;

#endif
