/* panel_findings.h - what a whole panel says as data, whatever is to be fitted to it: every column of figures over years
 * and municipalities, and every code against the history of municipalities.
 *
 * Beside all that behov/plausibility.h finds: changes that are large among the changes of their column, years and rows that
 * are copied, one figure for all, a country's row that its municipalities do not add up to, codes outside their life,
 * municipalities that come and go. Thresholds are robust (medians) and stand beside their tests. Nothing is changed. */
#ifndef BEHOV_PANEL_FINDINGS_H
#define BEHOV_PANEL_FINDINGS_H

#include <stdbool.h>

#include "error.h"
#include "municipality_history.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_panel_findings_options {
    const behov_municipality_history *history; /* borrowed; NULL = codes are not held against anything */
    bool needs_model;                          /* a column of the model that is not there is an error */
} behov_panel_findings_options;

/// Fills study->plausibility of a study whose table and panel are set, rows that are no municipality marked, and whose
/// conditions are none (exclude == NULL); the model gives limits, the outcome, and which columns matter most: what is
/// an error in one of them is a warning in another column.
/// O(rows log rows x columns). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_panel_findings_look(behov_study *study, const behov_panel_findings_options *options,
                                                 behov_error *err) BEHOV_MUST_CHECK;

/// A look beside a fit: rows at the most (fifty years of the country, with room: what is larger is not kept waiting), and
/// municipalities at the least for one at their codes, which asks for the history.
#define BEHOV_BESIDE_FIT_MOST_ROWS 30000
#define BEHOV_BESIDE_FIT_LEAST_CODES 20

/// Adds to study->plausibility, beside what behov_findings_look has found, what would be an error of the outcome's or a
/// regressor's order, of an outcome or rows that are copied, or of codes: as warnings, which stop no fit. Rows that the study
/// leaves out are not looked at. Of a panel without years, or of more than BEHOV_BESIDE_FIT_MOST_ROWS rows, nothing is.
/// Cost and errors as behov_panel_findings_look.
BEHOV_API behov_status behov_panel_findings_look_beside_fit(behov_study *study,
                                                            const behov_panel_findings_options *options,
                                                            behov_error *err) BEHOV_MUST_CHECK;
/// Whether it looks at the study's panel at all.
BEHOV_API bool behov_panel_findings_are_beside_fit(const behov_study *study);

#ifdef __cplusplus
}
#endif
#endif
