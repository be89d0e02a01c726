/* key_sentences.h - the sentences about a cost key, about weights out of a regression, and about one's own index. */
#ifndef BEHOV_KEY_SENTENCES_H
#define BEHOV_KEY_SENTENCES_H

#include "error.h"
#include "key_clustering.h"
#include "key_regression.h"
#include "key_results.h"
#include "language.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "Cost key, sosiale tjenester 2026"; who is highest and lowest, and what 1 means.
BEHOV_API void behov_key_title(const behov_key_results *results, behov_wording *words);
BEHOV_API void behov_key_answer(const behov_key_results *results, behov_wording *words);
/// What every output says of the key, a sentence on each line: the method, that years cannot be compared, the sum of the
/// weights, their source, another year, whom the country is made of, kinds, what is missing, unused or let through.
BEHOV_API void behov_key_notes(const behov_key_results *results, behov_wording *words);
/// What the yardsticks are, a sentence on each line.
BEHOV_API void behov_key_yardstick_notes(const behov_key_results *results, behov_wording *words);
/// Why a municipality has no key, or no modified one; nothing where it has both.
BEHOV_API void behov_key_municipality_note(const behov_key_results *results, size_t position, behov_wording *words);

/// What the weights of a regression are, how they were made, what is odd in them: a sentence on each line.
BEHOV_API void behov_key_regression_notes(const behov_key_regression *regression, const behov_fit_results *results,
                                          behov_wording *words);
/// What is said of one's own index in every output: a sentence on each line.
BEHOV_API void behov_clustering_index_notes(const behov_clustering_index *index, behov_language lang,
                                            behov_wording *words);
/// "Own computation ...": the title.
BEHOV_API void behov_clustering_index_title(const behov_clustering_index *index, behov_language lang,
                                            behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
