/* far_sentences.h - figures far from those that coefficients were estimated on (behov/far_figures.h), in words. */
#ifndef BEHOV_FAR_SENTENCES_H
#define BEHOV_FAR_SENTENCES_H

#include "error.h"
#include "far_figures.h"
#include "language.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// In the place of what the words say, of columns[i]: "Outside what the model is estimated on: Disabled aged 18-49, per cent
/// of inhabitants, 1860 Vestvågøy, 9.566 in 2024. ...", the farthest rows by name and how many more.
BEHOV_API void behov_far_say(const behov_far_figures *far_figures, size_t i, behov_language lang, behov_wording *words);
/// The note of one row, in the study's language: its columns that are far; empty where none is. O(columns).
BEHOV_API void behov_far_note(const behov_far_figures *far_figures, size_t row, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
