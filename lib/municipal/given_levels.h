/* given_levels.h - levels of factors whose coefficients are given: which of them is the reference, and whose effect a
 * year borrows that has none. */
#ifndef BEHOV_CLI_GIVEN_LEVELS_H
#define BEHOV_CLI_GIVEN_LEVELS_H

#include "read_coefficients.h"
#include "results.h"
#include "study.h"

/* Names the reference level of every factor for which the formula names none: the one level of the panel that has no
 * coefficient and is before all that have, as the reference of a fit is by default. Every output says so. With `may_lend`
 * years behind them may lack one, too: given_levels_lend comes next. BEHOV_E_NAME when no level may be it, or several. */
behov_status given_levels_reference(behov_study *of, const coefficient_list *given, const char *source, bool may_lend,
                                    behov_error *err) BEHOV_MUST_CHECK;

/* Gives years of the panel that have no coefficient one more in `given`, as --year-effect asks: "last" (of the last
 * year that has an effect, the reference's being 0), "mean" (of all that have), or a number. With `wanted` NULL nothing
 * is added: BEHOV_E_DATA when no year of the panel has an effect, else `lent` tells which have none.
 * Free lent with lent_effects_free in any case. Errors: BEHOV_E_ARGUMENT for another word, or a formula without year
 * effects or with products of them. */
behov_status given_levels_lend(const behov_study *of, coefficient_list *given, const char *source, const char *wanted,
                               lent_effects *lent, behov_error *err) BEHOV_MUST_CHECK;
void lent_effects_free(lent_effects *lent);

#endif
