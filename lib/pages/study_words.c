/* study_words.c - see study_words.h. */
#include "study_words.h"

#include <stdio.h>
#include <string.h>

#include "labels.h"
#include "model_labels.h"

void title_mark_simulated(behov_language language, char *title, size_t size)
{
    size_t length = strlen(title);
    snprintf(title + length, size - length, " – %s", label(language, "profile_simulated"));
}

void study_mark_title(const behov_study *study, char *title, size_t size)
{
    if (study->is_simulated)
        title_mark_simulated(study->lang, title, size);
}

void study_mark_sentence(const behov_study *study, char *text, size_t size)
{
    size_t length = strlen(text);
    if (study->is_simulated && length)
        snprintf(text + length, size - length, " %s.", label(study->lang, "profile_simulated"));
}

const char *study_key_in_sentence(const behov_study *study, const char *key)
{
    if (study->shows_names || !key[0])
        return key;
    if (strcmp(key, "municipality_code") == 0)
        return label(study->lang, "key_municipality");
    return strcmp(key, "year") == 0 ? label(study->lang, "key_year") : key;
}

void study_say_term(const behov_study *study, const char *term, wording *words)
{
    wording_clear(words);
    wording_add(words, study_term(study, term));
    if (study->shows_names || !words->length)
        return;
    model_label_without_unit(words->text, model_unit(&study->model, study->lang, term));
    words->length = strlen(words->text);
}

const char *study_term(const behov_study *study, const char *term)
{
    return study->shows_names ? term : model_label(&study->model, study->lang, term);
}

const char *study_term_in_sentence(const behov_study *study, const char *term, char text[STUDY_TERM])
{
    const char *shown = study_term(study, term), *unit = model_unit(&study->model, study->lang, term);
    snprintf(text, STUDY_TERM, "%.*s", label_clip(shown, STUDY_TERM - 1), shown);
    if (!study->shows_names)
        model_label_without_unit(text, unit);
    return text;
}

const char *const *study_skipped_terms(const behov_study *study)
{
    static const char *const names[] = {"variable", NULL}, *const labels[] = {"term", NULL};
    return study->shows_names ? names : labels;
}
