/* survey_scales.h - words of answers as figures: yes and no, figures, and words in an order. */
#ifndef BEHOV_SURVEY_SCALES_H
#define BEHOV_SURVEY_SCALES_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/error.h>

/* A scale while a column is read. Zero-initialise; free with behov_survey_scale_free in any case. */
typedef struct behov_survey_scale {
    enum { BEHOV_SCALE_YES_NO, BEHOV_SCALE_FIGURES, BEHOV_SCALE_WORDS } kind;
    char **words; /* folded, from the lowest; owned */
    size_t n_words;
    size_t order; /* which of the call's orders it is, from 1; 0 = none of them */
} behov_survey_scale;

void behov_survey_scale_free(behov_survey_scale *scale);

/* Whether a folded text is no answer: "vet ikke". */
bool behov_survey_is_no_answer(const char *folded_text);

/* The value of a folded text on a scale; false when it has none there. */
bool behov_survey_value(const behov_survey_scale *scale, const char *folded_text, double *value);

/* BEHOV_E_ARGUMENT for an order of fewer than two words, a word that stands twice in one, and two orders of the same words. */
behov_status behov_survey_orders_check(const char *const *orders, size_t n_orders, behov_error *err) BEHOV_MUST_CHECK;

/* The scale that understands the most of some folded texts, which are not empty: the orders of the call before others, then yes
 * and no, figures, common scales.
 * BEHOV_E_ARGUMENT for an order of fewer than two words, BEHOV_E_MEMORY. */
behov_status behov_survey_scale_find(const char *const *texts, size_t n_texts, const char *const *orders,
                                     size_t n_orders, behov_survey_scale *scale, behov_error *err) BEHOV_MUST_CHECK;

#endif
