/* model.c - see model.h. Reading a model file is read_model.c's. */
#include "model.h"

#include <behov/number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

behov_status read_outcome_unit(const char *text, const char *where, behov_outcome_unit *unit, behov_error *err)
{
    if (strcmp(text, "1000kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    else if (strcmp(text, "kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_KR_PER_INHABITANT;
    else if (strcmp(text, "other") == 0)
        *unit = BEHOV_UNIT_UNKNOWN;
    else
        return behov_error_set(
            err, BEHOV_E_SYNTAX, where,
            "\"%s\" is no outcome unit; there are 1000kr_per_inhabitant, kr_per_inhabitant and other", text);
    return BEHOV_OK;
}

static bool read_limit(const char *text, size_t length, double *limit)
{
    *limit = NAN;
    return length == 0 || behov_number_parse(text, length, '.', limit) == BEHOV_NUMBER_OK;
}

bool model_limits_parse(const char *text, model_limits *limits)
{
    *limits = (model_limits){NAN, NAN, strncmp(text, "whole", 5) == 0};
    text += limits->is_whole ? 5 : 0;
    text += strspn(text, " ");
    const char *dots = strstr(text, "..");
    if (!dots)
        return limits->is_whole && !text[0];
    return read_limit(text, (size_t)(dots - text), &limits->low) &&
           read_limit(dots + 2, strlen(dots + 2), &limits->high) && !(limits->low > limits->high);
}

static void free_pairs(model_pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(pairs[i].key);
        free(pairs[i].value);
    }
    free(pairs);
}

void model_free(model *of)
{
    free(of->title), free(of->formula), free(of->cluster);
    free(of->exclude), free(of->population), free(of->source);
    free_pairs(of->terms, of->n_terms);
    free_pairs(of->labels[0], of->n_labels[0]);
    free_pairs(of->labels[1], of->n_labels[1]);
    free_pairs(of->units[0], of->n_units[0]);
    free_pairs(of->units[1], of->n_units[1]);
    free_pairs(of->limits, of->n_limits);
    free_pairs(of->proxies[0], of->n_proxies[0]);
    free_pairs(of->proxies[1], of->n_proxies[1]);
    *of = (model){0};
}

size_t model_bare_name(const char **name)
{
    size_t length = strlen(*name);
    if (length < 3 || (*name)[0] != '`' || strchr(*name + 1, '`') != *name + length - 1)
        return length;
    ++*name;
    return length - 2;
}

/* A name that has blanks stands between backticks in a formula, and without them in the file's header. */
static bool is_same_name(const char *a, const char *b)
{
    size_t n_a = model_bare_name(&a), n_b = model_bare_name(&b);
    return n_a == n_b && memcmp(a, b, n_a) == 0;
}

const char *model_find_pair(const model_pair *pairs, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (is_same_name(pairs[i].key, key))
            return pairs[i].value;
    return NULL;
}

static behov_status add_bare_label(model_pair **pairs, size_t *n, const char *name, behov_error *err)
{
    if (!strchr(name, '`') || model_find_pair(*pairs, *n, name))
        return BEHOV_OK;
    model_pair *larger = realloc(*pairs, (*n + 1) * sizeof *larger);
    if (!larger)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the labels of the model");
    *pairs = larger;
    model_pair *added = &larger[*n];
    *added = (model_pair){.key = strdup(name), .value = strdup(name)};
    ++*n;
    if (!added->key || !added->value)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the labels of the model");
    char *end = added->value;
    for (const char *c = name; *c; c++)
        if (*c != '`')
            *end++ = *c;
    *end = '\0';
    return BEHOV_OK;
}

behov_status model_show_bare(model *of, const char *name, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int lang = 0; lang < 2 && !status; lang++)
        status = add_bare_label(&of->labels[lang], &of->n_labels[lang], name, err);
    return status;
}

const model_pair *model_proxy(const model *of, behov_language lang, size_t i)
{
    lang = language_alone(lang);
    behov_language other = lang == LANGUAGE_NB ? LANGUAGE_EN : LANGUAGE_NB;
    if (i < of->n_proxies[lang])
        return &of->proxies[lang][i];
    i -= of->n_proxies[lang];
    for (size_t j = 0; j < of->n_proxies[other]; j++)
        if (!model_find_pair(of->proxies[lang], of->n_proxies[lang], of->proxies[other][j].key) && i-- == 0)
            return &of->proxies[other][j];
    return NULL;
}

const char *model_term(const model *of, const char *printed_name)
{
    const char *found = model_find_pair(of->terms, of->n_terms, printed_name);
    return found ? found : printed_name;
}

const char *model_unit(const model *of, behov_language lang, const char *column)
{
    lang = language_alone(lang);
    const char *found = model_find_pair(of->units[lang], of->n_units[lang], column);
    return found ? found : "";
}

model_limits model_limits_of(const model *of, const char *column)
{
    model_limits limits = {NAN, NAN, false};
    const char *found = model_find_pair(of->limits, of->n_limits, column);
    if (found)
        model_limits_parse(found, &limits); /* was looked at when the file was read */
    return limits;
}
