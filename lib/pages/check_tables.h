/* check_tables.h - what a look at a panel found, as a table and as a section. */
#ifndef BEHOV_CHECK_TABLES_H
#define BEHOV_CHECK_TABLES_H

#include "section.h"
#include "study.h"

/* A row for each finding (returned, free with behov_report_free): grade, kind, line, column, municipality, value,
 * sentence. */
behov_status behov_check_table(const behov_study *study, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* The same as a section, with how many there are and whether they stop a verb. */
behov_status behov_check_add(const behov_study *study, behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#endif
