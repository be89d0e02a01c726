/* case_kinds.h - the kinds of cases in words: what each is called, what it asks for, how many there are. */
#ifndef BEHOV_CASE_KINDS_H
#define BEHOV_CASE_KINDS_H

#include "cases.h"
#include "error.h"
#include "select.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// "Low in all years" (static).
BEHOV_API const char *behov_case_kind_words(behov_language lang, behov_case_kind kind);
/// Each takes the place of what the words said. "below 90% of need in every year"; how many were found and are shown.
BEHOV_API void behov_case_kind_rule(const behov_cases *cases, behov_case_kind kind, behov_wording *words);
BEHOV_API void behov_case_kind_answer(const behov_cases *cases, behov_case_kind kind, behov_wording *words);
/// The first of a kind, "Vestvågøy (1860)"; nothing without one.
BEHOV_API void behov_case_kind_first(const behov_cases *cases, behov_case_kind kind, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
