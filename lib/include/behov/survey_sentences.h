/* survey_sentences.h - what is said of traits of offices against ratios: no sentence is bolder than its interval. */
#ifndef BEHOV_SURVEY_SENTENCES_H
#define BEHOV_SURVEY_SENTENCES_H

#include "phrase.h"
#include "survey_tables.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How many offices answered, and how many units they are.
BEHOV_API void behov_survey_say_counts(const behov_survey_page *page, behov_wording *words);
/// What a trait shows, or why it is not tested.
BEHOV_API void behov_survey_say_trait(const behov_survey_page *page, size_t trait, behov_wording *words);
/// That the highest or the lowest answer to a trait's question may be a code for no answer; "" without such.
BEHOV_API void behov_survey_say_doubt(const behov_survey_page *page, size_t trait, behov_wording *words);
/// Correlations that are tested and have no interval, and why; "" where all have one.
BEHOV_API void behov_survey_say_no_intervals(const behov_survey_page *page, behov_wording *words);
/// The i-th note about all of them, i < BEHOV_SURVEY_NOTES; "" where there is nothing to say.
enum { BEHOV_SURVEY_NOTES = 11 };
BEHOV_API void behov_survey_say_note(const behov_survey_page *page, size_t i, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
