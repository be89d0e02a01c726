/* cases_tables.h - cases as tables and as sections. */
#ifndef BEHOV_CASES_TABLES_H
#define BEHOV_CASES_TABLES_H

#include "cases.h"
#include "error.h"
#include "phrase.h"
#include "report.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Every pick with its kind, for programs: kinds by their names ("low"), levels as they were computed.
BEHOV_API behov_status behov_cases_table(const behov_cases *cases, behov_report **report,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// Utvalg: for a workbook one table of all picks; for a page how many of each kind there are and why others were left
/// out, then a table for each kind.
BEHOV_API behov_status behov_cases_add(const behov_cases *cases, bool is_workbook, behov_section_list *list,
                                       behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
