/* by_year_tables.h - fits of single years beside all years together, as a table with its notes. */
#ifndef BEHOV_BY_YEAR_TABLES_H
#define BEHOV_BY_YEAR_TABLES_H

#include "by_year.h"
#include "error.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A section: a column per year beside the pooled fit, the p-value of equality per term, the answer as a note.
BEHOV_API behov_status behov_by_year_add(const behov_fit_results *pooled, const behov_by_year *by_year,
                                         behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
