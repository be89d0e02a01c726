/* study_words.h - what a study's terms and titles are called on a page. */
#ifndef BEHOV_STUDY_WORDS_H
#define BEHOV_STUDY_WORDS_H

#include "error.h"
#include "study.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A term as pages show it: its label, or its name in the formula when the study shows names.
BEHOV_API const char *behov_study_term(const behov_study *study, const char *term);
/// The key of the column that a table of terms does without on a page, ended by NULL.
BEHOV_API const char *const *behov_study_skipped_terms(const behov_study *study);
/// A term within a sentence, in the place of what was said: a label without the unit that ends it ("..., per cent of
/// inhabitants"); a name is never cut.
BEHOV_API void behov_study_say_term(const behov_study *study, const char *term, behov_wording *words);

/// A label by the outcome's unit: in 1000 kr per inhabitant, in kr per inhabitant, or in another. Kroner are an
/// expenditure, and the unit is said; another outcome is called by no such name.
BEHOV_API const char *behov_study_label_by_unit(const behov_study *study, behov_word in_1000kr, behov_word in_kr,
                                                behov_word other);

/// A key of clusters within a sentence: "kommune" for the column of codes, "år", else its name.
BEHOV_API const char *behov_study_key_in_sentence(const behov_study *study, const char *key);

/// A title in the place of what was said; that the data are simulated it says itself: " – SIMULERTE DATA, ikke virkelige
/// tall" stands behind it.
BEHOV_API void behov_study_say_title(const behov_study *study, const char *title, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
