/* comparison_tables.h - one fit under several kinds of errors or clusterings, as a table with its notes. */
#ifndef BEHOV_COMPARISON_TABLES_H
#define BEHOV_COMPARISON_TABLES_H

#include "comparison.h"
#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A section with a column per reading: standard errors with stars, and under several clusterings p, degrees of
/// freedom, clusters and effective clusters; warnings as notes.
BEHOV_API behov_status behov_comparison_add(const behov_fit_results *fit_results, const behov_comparison *comparison,
                                            behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
