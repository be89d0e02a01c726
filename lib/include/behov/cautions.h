/* cautions.h - the sentences that every output of a study carries (study->cautions). */
#ifndef BEHOV_CAUTIONS_H
#define BEHOV_CAUTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "far_figures.h"
#include "labels.h"
#include "need.h"
#include "phrase.h"
#include "plausibility.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Once the panel is read: the doubt about the outcome's unit first, columns of per cent that hold shares, figures that
/// may be wrong (behov/doubt_cautions.h), then "Let through with --allow limit: figures
/// outside the model's limits. Findings: 3.", an outcome that is transformed, what conditions cannot decide. What was
/// said before is gone. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// Adds those alone that a part of a panel keeps of its figures: the doubt about the unit, the first finding of each kind
/// that behov_caution_is_of_part, with its column, figures that may be wrong, a unit that is not given. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_figures(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// Whether a finding stops a fit of a whole panel and is a note of a part: it comes from comparing rows, and of few rows much
/// is far from the others that is not far in the whole.
BEHOV_API bool behov_caution_is_of_part(const behov_study *study, const behov_oddity *finding);
/// Adds the sentence, and frees it. BEHOV_E_MEMORY, also where the sentence found no room.
BEHOV_API behov_status behov_cautions_add(behov_study *study, behov_wording *sentence,
                                          behov_error *err) BEHOV_MUST_CHECK;
/// Adds that the outcome is a function of an amount, where it is. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_transformed(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// What a kind of findings is called where it is let through; whether its findings are counted before a fit; their number.
BEHOV_API behov_word behov_caution_allowed_word(behov_oddity_kind kind);
BEHOV_API bool behov_caution_is_counted(behov_oddity_kind kind);
BEHOV_API size_t behov_caution_n_allowed(const behov_study *study, behov_oddity_kind kind);
/// Once given coefficients have a need: that actual expenditure is so far from it that units or columns can hardly be those
/// of the estimation (behov/agreement.h). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_agreement(behov_study *study, const behov_need *need,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// Likewise: figures far from those of the estimation, a sentence for each column. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_far(behov_study *study, const behov_far_figures *far_figures,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// Once levels did not converge: the last caution from then on, which pages begin with (study->doubts_the_levels).
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_unsettled(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/// Once given coefficients have settled the reference levels: which were assumed, for all figures depend on them.
/// `source` is where the coefficients came from. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say_reference(behov_study *study, const char *source,
                                                    behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
