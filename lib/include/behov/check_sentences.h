/* check_sentences.h - what a look at a panel found, counted and said. */
#ifndef BEHOV_CHECK_SENTENCES_H
#define BEHOV_CHECK_SENTENCES_H

#include <stdbool.h>

#include "error.h"
#include "plausibility.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How many findings have a severity; how many are errors that --allow does not let through.
BEHOV_API size_t behov_check_count(const behov_study *study, behov_severity severity);
BEHOV_API size_t behov_check_n_errors(const behov_study *study);
/// Whether anything found is a fault or may be one; information is not, but that a column may hold shares.
BEHOV_API bool behov_check_has_remark(const behov_study *study);

/// "2 errors, 1 warning, 3 mended", in the place of what was said.
BEHOV_API void behov_check_say_counts(const behov_study *study, behov_wording *words);
/// That errors stop every verb, and whether --allow helps (static); "" without errors.
BEHOV_API const char *behov_check_stop(const behov_study *study);
/// What a finding is about in a word or two: "jump" (static).
BEHOV_API const char *behov_check_kind(const behov_study *study, const behov_oddity *finding);
/// How many findings of each kind there are, where there are more than ten; else nothing. In the place of what was said.
BEHOV_API void behov_check_say_kinds(const behov_study *study, behov_wording *words);
/// Adds " [limit]", the kind as --allow takes it; nothing where it takes none.
BEHOV_API void behov_check_add_allowed_name(const behov_oddity *finding, behov_wording *words);
/// "error", "error (let through)", behind what was said.
BEHOV_API void behov_check_add_grade(const behov_study *study, const behov_oddity *finding, behov_wording *words);
/// A finding as a line: grade, place, sentence, in the place of what was said.
BEHOV_API void behov_check_say_finding(const behov_study *study, const behov_oddity *finding, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
