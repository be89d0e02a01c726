/* cases_sentences.h - cases in sentences: why the others were left out, and which last. */
#ifndef BEHOV_CASES_SENTENCES_H
#define BEHOV_CASES_SENTENCES_H

#include "cases.h"
#include "error.h"
#include "level_words.h"
#include "select.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Each takes the place of what the words said, with every name whole; nothing where there is nothing to say. A heading
/// with the years after it.
BEHOV_API void behov_cases_title(const behov_cases *cases, const char *heading, behov_wording *words);
/// Those before the first explanation are answers; what the data have to say of themselves (remarks.h) stands after one
/// of them.
enum {
    BEHOV_CASES_FIRST_EXPLANATION = 8,
    BEHOV_CASES_CHANCE = 8, /* the first of BEHOV_CHANCE_SENTENCES */
    BEHOV_CASES_NOTES = 15 + BEHOV_CHANCE_SENTENCES,
    BEHOV_CASES_REMARKS_AFTER = 12 + BEHOV_CHANCE_SENTENCES
};
BEHOV_API void behov_cases_note(const behov_cases *cases, size_t i, behov_wording *words);
/// What there is to say of one pick, for the last cell of its row.
BEHOV_API void behov_cases_pick_note(const behov_cases *cases, const behov_pick *pick, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
