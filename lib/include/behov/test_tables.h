/* test_tables.h - a tested hypothesis, as a table and as sections. */
#ifndef BEHOV_TEST_TABLES_H
#define BEHOV_TEST_TABLES_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "test_results.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The results hold study, design, fit, covariance, cluster and level; no need. The table of the Wald test alone
/// (returned, free with behov_report_free).
BEHOV_API behov_status behov_test_table(const behov_fit_results *fit_results, const behov_test_results *test,
                                        behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// The Wald test and, where there is one, the bootstrap, with their notes.
BEHOV_API behov_status behov_test_add(const behov_fit_results *fit_results, const behov_test_results *test,
                                      behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
