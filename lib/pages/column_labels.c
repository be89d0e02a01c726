/* column_labels.c - see column_labels.h. */
#include <behov/column_labels.h>

#include <string.h>

#include <behov/labels.h>
#include <behov/model_labels.h>
#include "name.h"

typedef struct search {
    const behov_study *study;
    const char *text, *outcome;
    bool (*is_wanted)(void *context, const char *column);
    void *context;
    const char *column; /* found so far */
} search;

/* A text in two parts: the name, and the unit behind a comma or in brackets at its end; none has length 0. */
typedef struct unit_parts {
    size_t n_name, n_unit;
    const char *unit;
} unit_parts;

static unit_parts in_brackets(const char *text)
{
    size_t length = strlen(text);
    const char *bracket = strstr(text, " (");
    unit_parts parts = {length, 0, text + length};
    for (const char *next = bracket; next; next = strstr(next + 2, " ("))
        bracket = next;
    if (bracket && bracket > text && text[length - 1] == ')') {
        parts.n_name = (size_t)(bracket - text);
        parts.unit = bracket + 2;
        parts.n_unit = length - parts.n_name - 3;
    }
    return parts;
}

static unit_parts behind_comma(const char *text)
{
    size_t length = strlen(text);
    unit_parts parts = {length, 0, text + length};
    for (const char *next = text; (next = strstr(next, ", ")) != NULL; next += 2)
        if (next > text)
            parts = (unit_parts){(size_t)(next - text), length - (size_t)(next - text) - 2, next + 2};
    return parts;
}

/* "..., per cent of inhabitants", "... (per cent)". */
static unit_parts parts_of_label(const search *search, behov_language lang, const char *name, const char *label)
{
    const char *unit = behov_model_unit(&search->study->model, lang, name);
    unit_parts parts = behind_comma(label);
    return parts.n_unit && unit[0] && strcmp(parts.unit, unit) == 0 ? parts : in_brackets(label);
}

static const behov_word unit_words[] = {[BEHOV_UNIT_1000KR_PER_INHABITANT] = BEHOV_WORD_UNIT_1000KR_PER_INHABITANT,
                                        [BEHOV_UNIT_KR_PER_INHABITANT] = BEHOV_WORD_UNIT_KR_PER_INHABITANT};

/* The unit of an outcome that a text is, in either language. */
static behov_outcome_unit read_unit(const unit_parts *stated)
{
    for (int unit = BEHOV_UNIT_1000KR_PER_INHABITANT; unit <= BEHOV_UNIT_KR_PER_INHABITANT; unit++)
        for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
            const char *words = behov_label((behov_language)lang, unit_words[unit]);
            if (behov_name_is_label(stated->unit, stated->n_unit, words, strlen(words)))
                return (behov_outcome_unit)unit;
        }
    return BEHOV_UNIT_UNKNOWN;
}

/* Whether a heading's unit is that of the column: as the label or the model says it, or, of the outcome, as the call. */
static bool is_its_unit(const search *search, const char *name, const unit_parts *stated, const unit_parts *of_label)
{
    const behov_study *study = search->study;
    bool is_outcome = strcmp(name, search->outcome) == 0;
    if (is_outcome && study->unit != BEHOV_UNIT_UNKNOWN && read_unit(stated) == study->unit)
        return true;
    if (is_outcome && study->unit != study->model.unit)
        return study->unit == BEHOV_UNIT_UNKNOWN;
    if (of_label->n_unit && behov_name_is_label(stated->unit, stated->n_unit, of_label->unit, of_label->n_unit))
        return true;
    for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
        const char *unit = behov_model_unit(&study->model, (behov_language)lang, name);
        if (unit[0] && behov_name_is_label(stated->unit, stated->n_unit, unit, strlen(unit)))
            return true;
    }
    return false;
}

typedef enum label_match { NO_LABEL, LABEL, LABEL_OF_OTHER_UNIT } label_match;

/* An amount whose heading says kr where it is 1000 kr would be wrong a thousand times over. */
static label_match match_label(const search *search, behov_language lang, const char *name, const char *label)
{
    unit_parts of_label = parts_of_label(search, lang, name, label);
    size_t n_text = strlen(search->text);
    if (behov_name_is_label(search->text, n_text, label, of_label.n_name))
        return LABEL;
    const unit_parts readings[] = {in_brackets(search->text), behind_comma(search->text)};
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        const unit_parts *stated = &readings[i];
        if (!stated->n_unit || !behov_name_is_label(search->text, stated->n_name, label, of_label.n_name))
            continue;
        if (is_its_unit(search, name, stated, &of_label))
            return LABEL;
        if (strcmp(name, search->outcome) == 0 && (i == 0 || read_unit(stated)))
            return LABEL_OF_OTHER_UNIT;
    }
    return behov_name_is_label(search->text, n_text, label, strlen(label)) ? LABEL : NO_LABEL;
}

static behov_status refuse_unit(const search *search, behov_language lang, const char *name, behov_error *err)
{
    static const char *const options[] = {[BEHOV_UNIT_1000KR_PER_INHABITANT] = "1000kr_per_inhabitant",
                                          [BEHOV_UNIT_KR_PER_INHABITANT] = "kr_per_inhabitant"};
    const unit_parts bracket = in_brackets(search->text), comma = behind_comma(search->text);
    behov_outcome_unit unit = read_unit(bracket.n_unit ? &bracket : &comma), expected = search->study->unit;
    const char *expected_words =
        expected ? behov_label(lang, unit_words[expected]) : behov_model_unit(&search->study->model, lang, name);
    behov_excerpt where = behov_cut(search->text, 120), stated = behov_cut(bracket.unit, 60);
    stated.text[strcspn(stated.text, ")")] = '\0';
    if (unit)
        return behov_error_say(err, BEHOV_E_DATA, where.text, SAY_COLUMN_LABEL_UNIT_KNOWN, behov_cut(name, 60).text,
                               behov_label(lang, unit_words[unit]), behov_cut(expected_words, 60).text, options[unit]);
    return behov_error_say(err, BEHOV_E_DATA, where.text, SAY_COLUMN_LABEL_UNIT, behov_cut(name, 60).text, stated.text,
                           behov_cut(expected_words, 60).text, behov_cut(name, 60).text);
}

static behov_status try_column(search *search, const char *name, const char *label, behov_language lang,
                               behov_error *err)
{
    label_match match = strcmp(name, label) == 0 ? NO_LABEL : match_label(search, lang, name, label);
    if (match == NO_LABEL || !search->is_wanted(search->context, name))
        return BEHOV_OK;
    if (search->column && strcmp(search->column, name) != 0)
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(search->text, 80).text, SAY_COLUMN_LABEL_OF_TWO,
                               behov_cut(search->column, 60).text, behov_cut(name, 60).text);
    search->column = name;
    return match == LABEL ? BEHOV_OK : refuse_unit(search, search->study->lang, name, err);
}

behov_status behov_column_of_label(const behov_study *study, const char *text,
                                   bool (*is_wanted)(void *context, const char *column), void *context,
                                   const char **column, behov_error *err)
{
    static const char *const own_names[] = {"clustering_index",
                                            "disabled_18_49",
                                            "municipality",
                                            "municipality_code",
                                            "net_expenditure",
                                            "new_refugees",
                                            "non_western_immigrants",
                                            "population",
                                            "population_16_66",
                                            "upper_secondary_completion",
                                            "year"};
    static const behov_language languages[] = {BEHOV_LANGUAGE_NB, BEHOV_LANGUAGE_EN};
    const behov_model *model = &study->model;
    const char *outcome = study->formula ? behov_formula_outcome_name(study->formula) : NULL;
    search search = {
        .study = study, .text = text, .outcome = outcome ? outcome : "", .is_wanted = is_wanted, .context = context};
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < sizeof languages / sizeof *languages; k++) {
        behov_language lang = languages[k];
        for (size_t i = 0; i < model->n_labels[lang] && status == BEHOV_OK; i++)
            status = try_column(&search, model->labels[lang][i].key, model->labels[lang][i].value, lang, err);
        for (size_t i = 0; i < sizeof own_names / sizeof *own_names && status == BEHOV_OK; i++)
            if (!behov_model_find_pair(model->labels[lang], model->n_labels[lang], own_names[i]))
                status = try_column(&search, own_names[i], behov_model_label(model, lang, own_names[i]), lang, err);
    }
    *column = search.column;
    return status;
}
