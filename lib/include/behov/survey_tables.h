/* survey_tables.h - traits of offices against ratios, as tables. */
#ifndef BEHOV_SURVEY_TABLES_H
#define BEHOV_SURVEY_TABLES_H

#include <stdbool.h>

#include "error.h"
#include "language.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "survey.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is shown; all borrowed.
typedef struct behov_survey_page {
    const behov_survey *survey;
    const char *path;  /* of the answers */
    bool is_simulated; /* the ratios are of simulated data */
    behov_language lang;
} behov_survey_page;

/// "clear", "single", "not_clear", "not_tested": what programs know a verdict by; "no_answers" ... a reason, "" without one.
BEHOV_API const char *behov_survey_verdict_name(behov_survey_verdict verdict);
BEHOV_API const char *behov_survey_reason_name(behov_survey_reason reason);
/// A row for each trait (returned, free with behov_report_free).
BEHOV_API behov_status behov_survey_rows(const behov_survey_page *page, behov_report **report,
                                         behov_error *err) BEHOV_MUST_CHECK;
/// A row for each unit, with its answers to every trait.
BEHOV_API behov_status behov_survey_units_table(const behov_survey_page *page, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Yes and no, ordered traits, rank correlations of all, means by answer, and for a workbook the units.
BEHOV_API behov_status behov_survey_add(const behov_survey_page *page, bool is_workbook, behov_section_list *list,
                                        behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
