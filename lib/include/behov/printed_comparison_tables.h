/* printed_comparison_tables.h - a fit beside printed tables, as tables and sections. */
#ifndef BEHOV_PRINTED_COMPARISON_TABLES_H
#define BEHOV_PRINTED_COMPARISON_TABLES_H

#include "error.h"
#include "phrase.h"
#include "printed_comparison.h"
#include "report.h"
#include "section.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each table is returned (free with behov_report_free). One line per coefficient.
BEHOV_API behov_status behov_printed_comparison_coefficients_table(const behov_printed_comparison *comparison,
                                                                   behov_report **report,
                                                                   behov_error *err) BEHOV_MUST_CHECK;
/// One line per ratio that differs, at most n_most; 0 = all.
BEHOV_API behov_status behov_printed_comparison_ratios_table(const behov_printed_comparison *comparison, size_t n_most,
                                                             behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// Coefficients, standard errors by reading, readings, ratios that differ; what there is of them.
BEHOV_API behov_status behov_printed_comparison_add(const behov_printed_comparison *comparison, size_t n_most,
                                                    behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;
/// The same for a file, which has a table also where all ratios are equal, and says that figures are simulated.
BEHOV_API behov_status behov_printed_comparison_add_all(const behov_printed_comparison *comparison, size_t n_most,
                                                        behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
