/* audit_sentences.h - what an audit of a printed table found, in sentences.
 *
 * Printed figures, and what would fit in their place, have the decimal mark and the minus sign of the page's language.
 * */
#ifndef BEHOV_AUDIT_SENTENCES_H
#define BEHOV_AUDIT_SENTENCES_H

#include "audit.h"
#include "audit_results.h"
#include "error.h"
#include "number.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each replaces what the words said before. How many entries cannot be right; which, "" when all can.
BEHOV_API void behov_audit_results_say_answer(const behov_audit_results *audit_results, behov_wording *words);
BEHOV_API void behov_audit_results_say_names(const behov_audit_results *audit_results, behov_wording *words);
/// A finding: what is printed, why it cannot be, what would fit.
BEHOV_API void behov_audit_results_say_finding(const behov_audit_results *audit_results, const behov_finding *finding,
                                               behov_wording *words);

/// What the table was held against.
typedef enum behov_audit_basis {
    BEHOV_AUDIT_BASIS_LEGEND,
    BEHOV_AUDIT_BASIS_DOF,
    BEHOV_AUDIT_BASIS_SIGNS,
    BEHOV_AUDIT_BASIS_OBSERVATIONS,
    BEHOV_N_AUDIT_BASES
} behov_audit_basis;

/// Its caption (static), and what there was of it.
BEHOV_API const char *behov_audit_results_caption(const behov_audit_results *audit_results, behov_audit_basis basis);
BEHOV_API void behov_audit_results_say_basis(const behov_audit_results *audit_results, behov_audit_basis basis,
                                             behov_wording *words);

/// "* 10%, ** 5%, *** 1%" behind what was said.
BEHOV_API void behov_legend_say(const behov_legend *legend, char decimal_mark, behov_wording *words);
/// The limits of the standard errors that would fit, "" = none. Two digits, more when the limits are nearer to each
/// other than that.
BEHOV_API void behov_finding_limits(const behov_finding *finding, char decimal_mark, char low[BEHOV_NUMBER_SIZE],
                                    char high[BEHOV_NUMBER_SIZE]);

#ifdef __cplusplus
}
#endif
#endif
