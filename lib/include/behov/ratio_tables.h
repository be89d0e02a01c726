/* ratio_tables.h - ratios by municipality and year as report tables. */
#ifndef BEHOV_RATIO_TABLES_H
#define BEHOV_RATIO_TABLES_H

#include "error.h"
#include "language.h"
#include "phrase.h"
#include "ratio_table.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each gives a table that is freed with behov_report_free.

/// Annex 2: code, name, a column for each year; with groups a group's municipalities and its own ratio beneath them, in
/// bold, and at last that of all that are shown. The ratio of several municipalities is the sum of their expenditure
/// over the sum of their needs; of printed ratios, their mean weighted by population. BEHOV_E_DATA for subtotals
/// without population.
BEHOV_API behov_status behov_ratio_tables_ratios(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                                 behov_language lang, behov_report **report,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// Table 6-1: the same with level in the last year and change since the first, in words.
BEHOV_API behov_status behov_ratio_tables_levels(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                                 behov_language lang, behov_report **report,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// A row for each municipality and year: the ratio, its level, the points from the year before and from the first year
/// between ratios as they are printed; with the last year the change in words, as in the table of levels.
BEHOV_API behov_status behov_ratio_tables_trend(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                                behov_language lang, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
