/* cautions.h - the sentences that every output of a study carries (study->cautions). */
#ifndef BEHOV_CAUTIONS_H
#define BEHOV_CAUTIONS_H

#include "error.h"
#include "phrase.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Once the panel is read: the doubt about the outcome's unit first, columns of per cent that hold shares, then "Let through with --allow limit: figures
/// outside the model's limits. Findings: 3.", an outcome that is transformed, what conditions cannot decide. What was
/// said before is gone. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_cautions_say(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
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
