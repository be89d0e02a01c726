/* merge_tables.h - a panel in the municipalities of another year, and what became of each, as tables and sections. */
#ifndef BEHOV_MERGE_TABLES_H
#define BEHOV_MERGE_TABLES_H

#include "error.h"
#include "language.h"
#include "panel_merge.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The word for a kind of fact: "skiftet nummer".
BEHOV_API const char *behov_merge_fact_label(behov_language lang, behov_merge_fact_kind kind);
/// Its name in JSON and CSV: "renumbered".
BEHOV_API const char *behov_merge_fact_name(behov_merge_fact_kind kind);
/// The merged panel: its columns under their names (returned, free with behov_report_free; borrows the merge).
BEHOV_API behov_status behov_merge_panel_table(const behov_panel_merge *merge, behov_report **report,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// A sentence for all that was read, kept, left out and estimated.
BEHOV_API void behov_merge_say_counts(const behov_panel_merge *merge, behov_language lang, behov_wording *words);
/// What became of the municipalities and columns, one row each, but for those that stayed as they were; a workbook has
/// the panel itself before it.
BEHOV_API behov_status behov_merge_add(const behov_panel_merge *merge, behov_language lang, bool is_workbook,
                                       behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
