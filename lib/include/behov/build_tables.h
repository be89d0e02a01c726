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

/// The word for a kind of fact (what stands under a code of another time is joined where the panel is merged), for why a
/// row was left out, and their names in JSON: "outside_life", "county".
BEHOV_API const char *behov_build_fact_label(const behov_panel_build *build, behov_language lang,
                                             behov_build_fact_kind kind);
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
/// Whether a fact is of the kind and the column of the one before it: those are counted together, and a page shows the
/// first BEHOV_BUILD_FACTS_SHOWN of them.
BEHOV_API bool behov_build_is_like_before(const behov_panel_build *build, size_t position);
enum { BEHOV_BUILD_FACTS_SHOWN = 20 };
/// The panel (of a workbook), figures and gaps by column and year with the remarks of its making as notes, and facts, as
/// sections: all of them in a workbook, counted and with the first of each kind and column on a page.
BEHOV_API behov_status behov_build_add(const behov_panel_build *build, const behov_recipe *recipe, behov_language lang,
                                       bool is_workbook, behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
