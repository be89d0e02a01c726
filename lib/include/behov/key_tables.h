/* key_tables.h - cost keys, weights out of a regression, and one's own index as tables and sections. */
#ifndef BEHOV_KEY_TABLES_H
#define BEHOV_KEY_TABLES_H

#include <stdbool.h>

#include "error.h"
#include "key_clustering.h"
#include "key_regression.h"
#include "key_results.h"
#include "report.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Tables are returned, free with behov_report_free; they own what is in them. */

/// A row for each municipality that is shown: key, modified key, and each criterion's contribution (w relative), which add
/// up to the key; yardsticks where there are some. For programs.
BEHOV_API behov_status behov_key_table(const behov_key_results *results, behov_report **report,
                                       behov_error *err) BEHOV_MUST_CHECK;
/// Keys; contributions to the distance from the country; criteria; groups; yardsticks: a section each.
BEHOV_API behov_status behov_key_add(const behov_key_results *results, behov_section_list *list,
                                     behov_error *err) BEHOV_MUST_CHECK;
/// A row for each criterion of each fit, with what behov_key_weights_read asks for: a file of weights.
BEHOV_API behov_status behov_key_regression_table(const behov_key_regression *regression,
                                                  const behov_fit_results *results, behov_report **report,
                                                  behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_key_regression_add(const behov_key_regression *regression,
                                                const behov_fit_results *results, behov_section_list *list,
                                                behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_clustering_index_table(const behov_clustering_index *index, behov_language lang,
                                                    behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_clustering_index_add(const behov_clustering_index *index, bool is_simulated,
                                                  behov_language lang, behov_section_list *list,
                                                  behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
