/* table_report.h - a table as it is, for the writers of result tables. */
#ifndef BEHOV_TABLE_REPORT_H
#define BEHOV_TABLE_REPORT_H

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// All columns under their names (returned, free with behov_report_free; borrows the table).
BEHOV_API behov_status behov_table_report(const behov_table *table, const char *key, behov_report **report,
                                          behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
