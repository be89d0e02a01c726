/* ranking_tables.h - a ranking as a table and as a section. */
#ifndef BEHOV_RANKING_TABLES_H
#define BEHOV_RANKING_TABLES_H

#include "error.h"
#include "phrase.h"
#include "ranking_sentences.h"
#include "report.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Those that are shown, with levels as they were computed, for programs.
/// \param is_whole  every figure; else what a page has room for
BEHOV_API behov_status behov_ranking_table(const behov_ranking *ranking, bool is_whole, behov_report **report,
                                           behov_error *err) BEHOV_MUST_CHECK;
/// Rangering: the table, the answers and how it was computed as notes.
BEHOV_API behov_status behov_ranking_add(const behov_ranking *ranking, bool is_whole, behov_section_list *list,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
