/* study_findings.h - what a look at a study finds (behov/plausibility.h): in its panel, its model, its fit. Figures and
 * kinds; the sentences stand in lib/pages/findings.h. */
#ifndef BEHOV_STUDY_FINDINGS_H
#define BEHOV_STUDY_FINDINGS_H

#include <stdbool.h>

#include "design.h"
#include "error.h"
#include "fit.h"
#include "phrase.h"
#include "plausibility.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "no_municipality", "code", "row", "limit", "unit", "total", "jump", "two_codes", "missing", "influence",
/// "exact_fit", "model", "empty", "life", "copied", "constant", "country": as JSON and the user's choices write them.
BEHOV_API const char *behov_finding_kind_word(behov_oddity_kind kind);
/// "mended", "warning", "error", "information"
BEHOV_API const char *behov_finding_severity_name(behov_severity severity);

/// Looks at the panel of a study that is read and whose conditions are bound; fills study->plausibility.
BEHOV_API behov_status behov_findings_look(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// The same for who tells by other means what became of a code (behov/panel_findings.h).
BEHOV_API behov_status behov_findings_look_knowing(behov_study *study, bool knows_codes,
                                                   behov_error *err) BEHOV_MUST_CHECK;
/// For who goes on without a fit: an error when the panel lacks columns that the model names.
BEHOV_API behov_status behov_findings_add_model(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// For who made no fit: an error with the sentence of why it was refused (copied into study->refusal).
BEHOV_API behov_status behov_findings_add_refusal(behov_study *study, const behov_error *refusal,
                                                  behov_error *err) BEHOV_MUST_CHECK;
/// What a fit adds: rows with leverage above 1/2 or Cook's distance above 1 (where that is three times the mean
/// leverage and more: of six rows a coefficient), an outcome that the regressors give exactly, or rounded.
BEHOV_API behov_status behov_findings_add_fit(behov_study *study, const behov_design *design, const behov_fit *fit,
                                              behov_error *err) BEHOV_MUST_CHECK;

/// The columns that the formula names and the panel lacks, each once (borrowed from the formula). Returns how many
/// there are; of more than BEHOV_LACKING_COLUMNS the first are named.
enum { BEHOV_LACKING_COLUMNS = 128 };
BEHOV_API size_t behov_findings_lacking_columns(const behov_study *study, const char *names[BEHOV_LACKING_COLUMNS]);

/// Fails with BEHOV_E_NAME and all their names where the panel lacks several columns of the formula; one alone is for
/// behov_design_new to refuse, which knows where it stands and what may have been meant.
/// \param needs_outcome  false = the columns of the outcome may be missing
BEHOV_API behov_status behov_findings_refuse_lacking(const behov_study *study, bool needs_outcome,
                                                     behov_error *err) BEHOV_MUST_CHECK;
/// Rows that are no municipality and are kept because that is let through.
BEHOV_API size_t behov_findings_n_kept_rows(const behov_study *study);
/// The finding that the outcome as a whole can hardly have its unit, NULL when there is none or it is let through. It
/// stops no fit, whose ratios do not depend on the unit; given coefficients are of another unit, then.
BEHOV_API const behov_oddity *behov_findings_unit_doubt(const behov_study *study);

/// Whether it is let through (study->n_allowed).
BEHOV_API bool behov_finding_is_allowed(const behov_study *study, const behov_oddity *finding);
/// Whether it is about the unit of the outcome as a whole.
BEHOV_API bool behov_finding_is_of_unit(const behov_oddity *finding);
/// Whether it is about a column of per cent with nothing but figures between 0 and 1: a warning, or an information.
BEHOV_API bool behov_finding_is_of_fractions(const behov_oddity *finding);
/// Whether a column in per cent is to be taken for shares: all its figures are between 0 and 1, which is not allowed, and
/// it is warned of for that, or nothing is known of its figures and a term of the formula has it. Cost O(findings).
BEHOV_API bool behov_findings_look_like_fractions(const behov_study *study, size_t column);
/// The line of the finding's row in the file, 0 when it has none; its municipality's code, "" when it has none.
BEHOV_API unsigned long behov_finding_line(const behov_study *study, const behov_oddity *finding);
BEHOV_API const char *behov_finding_code(const behov_study *study, const behov_oddity *finding);

#ifdef __cplusplus
}
#endif
#endif
