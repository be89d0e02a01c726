/* printed_comparison_sentences.h - what a fit has in common with printed tables, in sentences. */
#ifndef BEHOV_PRINTED_COMPARISON_SENTENCES_H
#define BEHOV_PRINTED_COMPARISON_SENTENCES_H

#include "error.h"
#include "printed_comparison.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The answer: its i-th sentence in the place of what was said; false when there are no more, or no memory for them
/// (behov_wording_status).
BEHOV_API bool behov_printed_comparison_answer(const behov_printed_comparison *comparison, size_t i,
                                               behov_wording *words);

/// Single sentences of it, which tables have above or below them; "" where there is nothing to say.
BEHOV_API void behov_printed_comparison_say_coefficients(const behov_printed_comparison *comparison,
                                                         behov_wording *words);
/// Whether rows and adjusted R2 are those of the print.
BEHOV_API void behov_printed_comparison_say_sample(const behov_printed_comparison *comparison, behov_wording *words);
/// The clustering whose standard errors are nearest to the printed ones.
BEHOV_API void behov_printed_comparison_say_reading(const behov_printed_comparison *comparison, behov_wording *words);
BEHOV_API void behov_printed_comparison_say_ratios(const behov_printed_comparison *comparison, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
