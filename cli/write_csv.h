/* write_csv.h - a report table as comma-separated text: keys as header, decimal point, shortest exact numbers. */
#ifndef BEHOV_CLI_WRITE_CSV_H
#define BEHOV_CLI_WRITE_CSV_H

#include <behov/error.h>
#include <behov/report.h>

#include "progress.h"

/* Writes beside `path` and renames into place (target.h). UTF-8 without BOM, LF; an empty cell is empty. */
behov_status write_csv(const char *path, const behov_report *report, progress *bar, behov_error *err) BEHOV_MUST_CHECK;

#endif
