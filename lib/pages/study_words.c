/* study_words.c - see study_words.h. */
#include <behov/study_words.h>

#include <string.h>

#include <behov/labels.h>
#include <behov/model_labels.h>
#include "sentence_parts.h"
#include <behov/wording.h>

void behov_study_say_title(const behov_study *study, const char *title, behov_wording *words)
{
    behov_wording_clear(words);
    behov_wording_add(words, title);
    if (study->is_simulated)
        behov_sentence_simulated_title(words, study->lang);
}

const char *behov_study_label_by_unit(const behov_study *study, behov_word in_1000kr, behov_word in_kr,
                                      behov_word other)
{
    return behov_label(study->lang, study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? in_1000kr
                                    : study->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? in_kr
                                                                                    : other);
}

const char *behov_study_key_in_sentence(const behov_study *study, const char *key)
{
    if (study->shows_names || !key[0])
        return key;
    if (strcmp(key, "municipality_code") == 0 || strcmp(key, "municipality") == 0)
        return behov_label(study->lang, BEHOV_WORD_KEY_MUNICIPALITY);
    return strcmp(key, "year") == 0 ? behov_label(study->lang, BEHOV_WORD_KEY_YEAR) : key;
}

void behov_study_say_term(const behov_study *study, const char *term, behov_wording *words)
{
    behov_wording_clear(words);
    behov_wording_add(words, behov_study_term(study, term));
    if (study->shows_names || !words->length)
        return;
    behov_model_label_without_unit(words->text, behov_model_unit(&study->model, study->lang, term));
    words->length = strlen(words->text);
}

const char *behov_study_term(const behov_study *study, const char *term)
{
    return study->shows_names ? term : behov_model_label(&study->model, study->lang, term);
}

const char *const *behov_study_skipped_terms(const behov_study *study)
{
    static const char *const names[] = {"variable", NULL}, *const labels[] = {"term", NULL};
    return study->shows_names ? names : labels;
}
