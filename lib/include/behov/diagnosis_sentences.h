/* diagnosis_sentences.h - what a fit depends on, in sentences. Names stand whole, as long as they are.
 *
 * Each sentence takes the place of what its words said. */
#ifndef BEHOV_DIAGNOSIS_SENTENCES_H
#define BEHOV_DIAGNOSIS_SENTENCES_H

#include "diagnose.h"
#include "diagnosis.h"
#include "error.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Does anything depend on a few municipalities? What stands on the narrowest base? Empty when there are no clusters.
BEHOV_API void behov_diagnosis_answer(const behov_diagnosis *diagnosis, behov_wording *words);
BEHOV_API void behov_diagnosis_narrowest(const behov_diagnosis *diagnosis, behov_wording *words);
/// "Without 1151 Utsira the coefficient of new_refugees is 0.71 instead of 0.79 (-0.9 standard errors)."
BEHOV_API void behov_diagnosis_mover(const behov_diagnosis *diagnosis, const behov_mover *mover, behov_wording *words);
/// Warnings beyond the answer: few clusters, what cannot be estimated without a cluster. Returns whether there is an
/// i-th one.
BEHOV_API bool behov_diagnosis_warning(const behov_diagnosis *diagnosis, size_t i, behov_wording *words);
/// How many more there are than the first n_shown; false for none.
BEHOV_API bool behov_diagnosis_more_warnings(const behov_diagnosis *diagnosis, size_t n_shown, behov_wording *words);
/// How the left-out errors were measured; whether there is an i-th sentence.
BEHOV_API bool behov_diagnosis_left_out_note(const behov_diagnosis *diagnosis, size_t i, behov_wording *words);
/// "0301 Oslo", "0301 Oslo, 2014" or "population = 5000".
BEHOV_API void behov_diagnosis_cluster_name(const behov_diagnosis *diagnosis, size_t cluster, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
