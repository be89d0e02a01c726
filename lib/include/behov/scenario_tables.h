/* scenario_tables.h - scenarios and mergers as tables and as sections. */
#ifndef BEHOV_SCENARIO_TABLES_H
#define BEHOV_SCENARIO_TABLES_H

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "scenario.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A row per municipality and scenario with every figure; a row per changed column.
BEHOV_API behov_status behov_scenarios_table(const behov_scenarios *scenarios, behov_report **report,
                                             behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_scenario_steps_table(const behov_scenarios *scenarios, behov_report **report,
                                                  behov_error *err) BEHOV_MUST_CHECK;
/// A workbook has a sheet of all figures and one of the changes; a page has needs, ratios and changes apart.
BEHOV_API behov_status behov_scenarios_add(const behov_scenarios *scenarios, bool is_workbook, behov_section_list *list,
                                           behov_error *err) BEHOV_MUST_CHECK;

/// Rows of the parts, of the parts in all, and as one; a row per regressor that makes a difference, and their sum.
BEHOV_API behov_status behov_mergers_table(const behov_mergers *mergers, behov_report **report,
                                           behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_merger_terms_table(const behov_mergers *mergers, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_mergers_add(const behov_mergers *mergers, bool is_workbook, behov_section_list *list,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
