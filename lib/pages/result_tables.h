/* result_tables.h - the report tables of a fit or an application: built once, printed by every writer. */
#ifndef BEHOV_CLI_RESULT_TABLES_H
#define BEHOV_CLI_RESULT_TABLES_H

#include "results.h"

/* Each returns a report (free with behov_report_free). */
/* Annex 1: label, term, coefficient, stars, standard error, t, p, interval. */
behov_status results_regression(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* The same without the terms, which are names for programs. */
behov_status results_regression_in_print(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Table 5-4: label, term if wanted, sign of the coefficient (in bold where it is significant), stars; without the
 * constant. */
behov_status results_signs(const results *of, bool has_terms, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Annex 2: code, name, a column per year; rows in the order of the codes. */
behov_status results_ratios(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* The same with the index of need, and with the need itself. */
behov_status results_indices(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
behov_status results_needs(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* The last year: actual, need, ratio, index, gap, rank by index, basis, note. */
behov_status results_municipalities(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* The rows used, with the columns of the model. */
behov_status results_data(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/* Every row of the panel: code, name, year, actual, need, ratio, index, gap, estimated_on, note. Borrows from the
 * results: they must outlive the report. */
behov_status results_rows(const results *of, behov_report **report, behov_error *err) BEHOV_MUST_CHECK;

#endif
