/* given_levels.h - levels of factors whose coefficients are given: which of them is the reference, and whose effect a
 * year borrows that has none. */
#ifndef BEHOV_GIVEN_LEVELS_H
#define BEHOV_GIVEN_LEVELS_H

#include "error.h"
#include "fit_results.h"
#include "given_coefficients.h"
#include "phrase.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Names the reference level of every factor for which the formula names none: the one level of the panel that has no
/// coefficient and is before all that have, as the reference of a fit is by default. Those stand in
/// study->assumed_reference, for every output to say. With `may_lend` years behind them may lack one, too:
/// behov_given_levels_lend comes next. BEHOV_E_NAME when no level may be it, or several.
BEHOV_API behov_status behov_given_levels_reference(behov_study *study, const behov_given_coefficients *given,
                                                    const char *source, bool may_lend,
                                                    behov_error *err) BEHOV_MUST_CHECK;

/// Gives years of the panel that have no coefficient one more in `given`, as --year-effect asks: "last" (of the last
/// year that has an effect, the reference's being 0), "mean" (of all that have), or a number. With `requested_text`
/// NULL nothing is added: BEHOV_E_DATA when no year of the panel has an effect, else `lent_effects` tells which have
/// none. Free that with behov_lent_effects_free in any case. Errors: BEHOV_E_ARGUMENT for another word, or a formula
/// without year effects or with products of them.
BEHOV_API behov_status behov_given_levels_lend(const behov_study *study, behov_given_coefficients *given,
                                               const char *source, const char *requested_text,
                                               behov_lent_effects *lent_effects, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_lent_effects_free(behov_lent_effects *lent_effects);

#ifdef __cplusplus
}
#endif
#endif
