/* build_tables.h - a panel made of published files, and what it was made of, as tables and sections. */
#ifndef BEHOV_BUILD_TABLES_H
#define BEHOV_BUILD_TABLES_H

#include "error.h"
#include "language.h"
#include "panel_build.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The word for a kind of fact and for why a row was left out, and their names in JSON: "outside_life", "county".
BEHOV_API const char *behov_build_fact_label(behov_language lang, behov_build_fact_kind kind);
BEHOV_API const char *behov_build_fact_name(behov_build_fact_kind kind);
BEHOV_API const char *behov_build_reason_label(behov_language lang, int reason);
BEHOV_API const char *behov_build_reason_name(int reason);
/// The panel: its columns under their names (returned, free with behov_report_free; borrows the build).
BEHOV_API behov_status behov_build_panel_table(const behov_panel_build *build, behov_report **report,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// Sentences: what was read of a file; what a column has in a year; a fact.
BEHOV_API void behov_build_say_file(const behov_panel_build *build, const behov_recipe *recipe, size_t file,
                                    behov_language lang, behov_wording *words);
BEHOV_API void behov_build_say_column_year(const behov_panel_build *build, const behov_recipe *recipe, size_t position,
                                           behov_language lang, behov_wording *words);
BEHOV_API void behov_build_say_fact(const behov_build_fact *fact, behov_language lang, behov_wording *words);
/// The years that the panel has rows of, or (is_absent) those that were asked for and that no file has: "2012, 2014–2016";
/// nothing is said where there are none.
BEHOV_API void behov_build_say_years(const behov_panel_build *build, bool is_absent, behov_wording *words);
/// The panel (of a workbook), figures and gaps by column and year, and facts, as sections.
BEHOV_API behov_status behov_build_add(const behov_panel_build *build, const behov_recipe *recipe, behov_language lang,
                                       bool is_workbook, behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
