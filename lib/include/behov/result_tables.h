/* result_tables.h - the report tables of a fit or an application: built once, printed by every writer. */
#ifndef BEHOV_RESULT_TABLES_H
#define BEHOV_RESULT_TABLES_H

#include "error.h"
#include "fit_results.h"
#include "phrase.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each returns a report (free with behov_report_free).
/// Annex 1: label, term, coefficient, stars, standard error, t, p, interval.
BEHOV_API behov_status behov_fit_results_regression(const behov_fit_results *fit_results, behov_report **report,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// The same without the terms, which are names for programs.
BEHOV_API behov_status behov_fit_results_regression_in_print(const behov_fit_results *fit_results,
                                                             behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// The same in two columns: a coefficient with its stars, beneath it in brackets what the study's conventions say; then
/// N, clusters, adjusted R2, the kind of errors. Of a fit, not of given coefficients.
BEHOV_API behov_status behov_fit_results_regression_in_brackets(const behov_fit_results *fit_results,
                                                                behov_report **report,
                                                                behov_error *err) BEHOV_MUST_CHECK;
/// Table 5-4: label, term if wanted, sign of the coefficient (in bold where it is significant), stars; without the
/// constant.
BEHOV_API behov_status behov_fit_results_signs(const behov_fit_results *fit_results, bool has_terms,
                                               behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// Annex 2: code, name, a column per year; rows in the order of the codes.
BEHOV_API behov_status behov_fit_results_ratios(const behov_fit_results *fit_results, behov_report **report,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// The same with the index of need, and with the need itself.
BEHOV_API behov_status behov_fit_results_indices(const behov_fit_results *fit_results, behov_report **report,
                                                 behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_fit_results_needs(const behov_fit_results *fit_results, behov_report **report,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// The last year: actual, need, ratio, index, gap, rank by index, basis, note.
BEHOV_API behov_status behov_fit_results_municipalities(const behov_fit_results *fit_results, behov_report **report,
                                                        behov_error *err) BEHOV_MUST_CHECK;
/// The rows used, with the columns of the model.
BEHOV_API behov_status behov_fit_results_data(const behov_fit_results *fit_results, behov_report **report,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// Every row of the panel: code, name, year, actual, need, ratio, index, gap, estimated_on, note. Borrows from the
/// results: they must outlive the report.
BEHOV_API behov_status behov_fit_results_rows(const behov_fit_results *fit_results, behov_report **report,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
