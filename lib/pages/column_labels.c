/* column_labels.c - see column_labels.h. */
#include <behov/column_labels.h>

#include <string.h>

#include <behov/model_labels.h>
#include "name.h"

typedef struct search {
    const behov_model *model;
    const char *text;
    bool (*is_wanted)(void *context, const char *column);
    void *context;
    const char *column; /* found so far */
} search;

/* The length of a label without its unit: "..., per cent of inhabitants", "... (per cent)". */
static size_t length_without_unit(const behov_model *model, behov_language lang, const char *name, const char *label)
{
    size_t length = strlen(label);
    const char *unit = behov_model_unit(model, lang, name), *bracket = strstr(label, " (");
    size_t n_unit = strlen(unit);
    if (n_unit && length > n_unit + 2 && strcmp(label + length - n_unit, unit) == 0 &&
        strncmp(label + length - n_unit - 2, ", ", 2) == 0)
        return length - n_unit - 2;
    if (bracket && bracket > label && label[length - 1] == ')' && !strstr(bracket + 2, " ("))
        return (size_t)(bracket - label);
    return length;
}

static bool is_label(const search *search, behov_language lang, const char *name, const char *label)
{
    size_t n_text = strlen(search->text), length = strlen(label);
    size_t n_short = length_without_unit(search->model, lang, name, label);
    return behov_name_is_label(search->text, n_text, label, length) ||
           (n_short < length && behov_name_is_label(search->text, n_text, label, n_short));
}

static behov_status try_column(search *search, const char *name, const char *label, behov_language lang,
                               behov_error *err)
{
    if (strcmp(name, label) == 0 || !is_label(search, lang, name, label) || !search->is_wanted(search->context, name))
        return BEHOV_OK;
    if (search->column && strcmp(search->column, name) != 0)
        return behov_error_say(err, BEHOV_E_DATA, behov_cut(search->text, 80).text, SAY_COLUMN_LABEL_OF_TWO,
                               behov_cut(search->column, 60).text, behov_cut(name, 60).text);
    search->column = name;
    return BEHOV_OK;
}

behov_status behov_column_of_label(const behov_model *model, const char *text,
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
    search search = {.model = model, .text = text, .is_wanted = is_wanted, .context = context};
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < sizeof languages / sizeof *languages; k++) {
        behov_language lang = languages[k];
        for (size_t i = 0; i < model->n_labels[lang] && status == BEHOV_OK; i++)
            status = try_column(&search, model->labels[lang][i].key, model->labels[lang][i].value, lang, err);
        for (size_t i = 0; i < sizeof own_names / sizeof *own_names && status == BEHOV_OK; i++)
            if (!behov_model_find_pair(model->labels[lang], model->n_labels[lang], own_names[i]))
                status = try_column(&search, own_names[i], behov_model_label(model, lang, own_names[i]), lang, err);
    }
    if (status == BEHOV_OK)
        *column = search.column;
    return status;
}
