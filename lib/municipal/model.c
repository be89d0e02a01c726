/* model.c - see model.h. Reading a model file is read_model.c's. */
#include <behov/model.h>

#include <behov/number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

behov_status behov_read_outcome_unit(const char *text, const char *where, behov_outcome_unit *unit, behov_error *err)
{
    if (strcmp(text, "1000kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    else if (strcmp(text, "kr_per_inhabitant") == 0)
        *unit = BEHOV_UNIT_KR_PER_INHABITANT;
    else if (strcmp(text, "other") == 0)
        *unit = BEHOV_UNIT_UNKNOWN;
    else
        return behov_error_say(err, BEHOV_E_SYNTAX, where, SAY_MODEL_UNIT_UNKNOWN, text);
    return BEHOV_OK;
}

static bool read_limit(const char *text, size_t length, double *limit)
{
    *limit = NAN;
    return length == 0 || behov_number_parse(text, length, '.', limit) == BEHOV_NUMBER_OK;
}

bool behov_model_limits_parse(const char *text, behov_model_limits *limits)
{
    *limits = (behov_model_limits){NAN, NAN, strncmp(text, "whole", 5) == 0};
    text += limits->is_whole ? 5 : 0;
    text += strspn(text, " ");
    const char *dots = strstr(text, "..");
    if (!dots)
        return limits->is_whole && !text[0];
    return read_limit(text, (size_t)(dots - text), &limits->low) &&
           read_limit(dots + 2, strlen(dots + 2), &limits->high) && !(limits->low > limits->high);
}

static void free_pairs(behov_model_pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(pairs[i].key);
        free(pairs[i].value);
    }
    free(pairs);
}

void behov_model_free(behov_model *model)
{
    free(model->title), free(model->formula), free(model->cluster);
    free(model->exclude), free(model->population), free(model->source);
    free_pairs(model->terms, model->n_terms);
    free_pairs(model->limits, model->n_limits);
    free_pairs(model->merging, model->n_merging);
    for (int lang = 0; lang < BEHOV_N_LANGUAGES; lang++) {
        free_pairs(model->labels[lang], model->n_labels[lang]);
        free_pairs(model->units[lang], model->n_units[lang]);
        free_pairs(model->proxies[lang], model->n_proxies[lang]);
    }
    *model = (behov_model){0};
}

size_t behov_model_bare_name(const char **name)
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
    size_t n_a = behov_model_bare_name(&a), n_b = behov_model_bare_name(&b);
    return n_a == n_b && memcmp(a, b, n_a) == 0;
}

const char *behov_model_find_pair(const behov_model_pair *pairs, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (is_same_name(pairs[i].key, key))
            return pairs[i].value;
    return NULL;
}

/* A term without backticks, and what stands between them as the header has it: "`a\\b`" is a\b. A text in quotes stays. */
static void show_bare(const char *name, char *bare)
{
    char quote = '\0';
    for (; *name; name++) {
        bool is_escaped = quote && *name == '\\' && name[1];
        if (!is_escaped && (quote ? *name == quote : *name == '`' || *name == '"')) {
            quote = quote ? '\0' : *name;
            if (*name == '`')
                continue;
        }
        if (is_escaped && quote == '"')
            *bare++ = *name;
        name += is_escaped;
        bool is_blank = is_escaped && quote == '`' && strchr("nrt", *name);
        *bare++ = is_blank ? ' ' : *name;
    }
    *bare = '\0';
}

static behov_status add_bare_label(behov_model_pair **pairs, size_t *n, const char *name, behov_error *err)
{
    if (!strchr(name, '`') || behov_model_find_pair(*pairs, *n, name))
        return BEHOV_OK;
    behov_model_pair *larger = realloc(*pairs, (*n + 1) * sizeof *larger);
    if (!larger)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_MODEL_NO_MEMORY);
    *pairs = larger;
    behov_model_pair *model_pair = &larger[*n];
    *model_pair = (behov_model_pair){.key = strdup(name), .value = strdup(name)};
    ++*n;
    if (!model_pair->key || !model_pair->value)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_MODEL_NO_MEMORY);
    show_bare(name, model_pair->value);
    return BEHOV_OK;
}

behov_status behov_model_show_bare(behov_model *model, const char *name, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (int lang = 0; lang < BEHOV_N_LANGUAGES && !status; lang++)
        status = add_bare_label(&model->labels[lang], &model->n_labels[lang], name, err);
    return status;
}

const behov_model_pair *behov_model_proxy(const behov_model *model, behov_language lang, size_t i)
{
    lang = behov_language_alone(lang);
    behov_language other = lang == BEHOV_LANGUAGE_NB ? BEHOV_LANGUAGE_EN : BEHOV_LANGUAGE_NB;
    if (i < model->n_proxies[lang])
        return &model->proxies[lang][i];
    i -= model->n_proxies[lang];
    for (size_t j = 0; j < model->n_proxies[other]; j++)
        if (!behov_model_find_pair(model->proxies[lang], model->n_proxies[lang], model->proxies[other][j].key) &&
            i-- == 0)
            return &model->proxies[other][j];
    return NULL;
}

const char *behov_model_term(const behov_model *model, const char *printed_name)
{
    const char *match = behov_model_find_pair(model->terms, model->n_terms, printed_name);
    return match ? match : printed_name;
}

const char *behov_model_unit(const behov_model *model, behov_language lang, const char *column)
{
    lang = behov_language_alone(lang);
    const char *match = behov_model_find_pair(model->units[lang], model->n_units[lang], column);
    return match ? match : "";
}

behov_model_limits behov_model_limits_of(const behov_model *model, const char *column)
{
    behov_model_limits limits = {NAN, NAN, false};
    const char *match = behov_model_find_pair(model->limits, model->n_limits, column);
    if (match)
        behov_model_limits_parse(match, &limits); /* was looked at when the file was read */
    return limits;
}
