/* diagnosis_tables.h - what a fit depends on, as report tables. */
#ifndef BEHOV_DIAGNOSIS_TABLES_H
#define BEHOV_DIAGNOSIS_TABLES_H

#include "diagnosis.h"
#include "error.h"
#include "phrase.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Report tables (free with behov_report_free).
/// A row per coefficient: range without each cluster, largest partial leverage and whose, G*, VIF.
BEHOV_API behov_status behov_diagnosis_coefficients(const behov_diagnosis *diagnosis, behov_report **report,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// Smallest, median, mean, largest and coefficient of variation of sizes, leverage and each partial leverage.
BEHOV_API behov_status behov_diagnosis_summary(const behov_diagnosis *diagnosis, behov_report **report,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// A row per cluster: size, leverage, what it moves most, and every coefficient without it.
BEHOV_API behov_status behov_diagnosis_clusters(const behov_diagnosis *diagnosis, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Rows estimated on; n_most = 0: all, in the order of the panel; else those with the largest Cook's distance.
BEHOV_API behov_status behov_diagnosis_rows(const behov_diagnosis *diagnosis, size_t n_most, behov_report **report,
                                            behov_error *err) BEHOV_MUST_CHECK;
/// In sample, each year left out, each municipality (and cluster) left out.
BEHOV_API behov_status behov_diagnosis_left_out(const behov_diagnosis *diagnosis, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
