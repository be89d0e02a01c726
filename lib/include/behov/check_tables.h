/* check_tables.h - what a look at a panel found, as a table and as a section. */
#ifndef BEHOV_CHECK_TABLES_H
#define BEHOV_CHECK_TABLES_H

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A row for each finding (returned, free with behov_report_free): grade, kind, line, column, municipality, value,
/// sentence.
BEHOV_API behov_status behov_check_table(const behov_study *study, behov_report **report,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// The same as a section, with how many there are and whether they stop a verb.
BEHOV_API behov_status behov_check_add(const behov_study *study, behov_section_list *list,
                                       behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
