/* write_report_tables.h - the report's tables, by kind of file. */
#ifndef BEHOV_CLI_WRITE_REPORT_TABLES_H
#define BEHOV_CLI_WRITE_REPORT_TABLES_H

#include "output_writers.h"
#include <behov/report_tables.h>

/* Their context is a behov_report_tables. A .csv has the first of those that are wanted; JSON a list of rows for each. */
extern const output_writers report_tables_writers;

#endif
