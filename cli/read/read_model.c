/* read_model.c - the lines of a model file into a model.
 *
 * A reader of our own: inih, which was used once, ends a key at its first colon and joins what is given twice without a
 * word, so that the label of x:z became that of x. */
#include "read_model.h"

#include <behov/phrase.h>

#include <behov/dictionary.h>
#include <behov/number.h>
#include <behov/panel_merge.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ini_lines.h"
#include "letters.h"

typedef struct model_reading {
    behov_model *out;
    const char *path;
    behov_error *err;
    behov_status status;
    size_t line;
    int section; /* position in the list of sections, -1 before the first */
    size_t section_lines[16];
    size_t key_lines[16]; /* of [model] */
    char **value;         /* that an indented line goes on, its length and room */
    size_t value_length, value_room;
    behov_dictionary *keys[16]; /* of each section; the code of a key is the position of its pair */
    size_t key_indent;
    bool goes_on_freely; /* false for limits */
} model_reading;

static bool fail(model_reading *r, behov_word word, const char *format, ...) BEHOV_PRINTF(3, 4);

static bool fail(model_reading *r, behov_word word, const char *format, ...)
{
    if (!r->status) {
        behov_said where = ini_lines_where(r->path, r->line);
        va_list arguments;
        va_start(arguments, format);
        r->status = behov_error_say_list(r->err, BEHOV_E_SYNTAX, where.text, word, format, arguments);
        va_end(arguments);
    }
    return false;
}

static bool out_of_memory(model_reading *r)
{
    if (!r->status)
        r->status = behov_error_say(r->err, BEHOV_E_MEMORY, r->path, SAY_MODEL_FILE_NO_MEMORY);
    return false;
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

enum {
    IN_MODEL,
    IN_TERMS,
    IN_LABELS_NB,
    IN_LABELS_EN,
    IN_PROXIES_NB,
    IN_PROXIES_EN,
    IN_UNITS_NB,
    IN_UNITS_EN,
    IN_LIMITS,
    IN_MERGING,
    N_SECTIONS
};

static const char *const sections[N_SECTIONS] = {"model",      "terms",    "labels_nb", "labels_en", "proxies_nb",
                                                 "proxies_en", "units_nb", "units_en",  "limits",    "merging"};

/* The pairs of a section, NULL for [model]. */
static behov_model_pair **pairs_of(behov_model *model, int section, size_t **n)
{
    switch (section) {
    case IN_TERMS: *n = &model->n_terms; return &model->terms;
    case IN_LABELS_NB:
    case IN_LABELS_EN: *n = &model->n_labels[section - IN_LABELS_NB]; return &model->labels[section - IN_LABELS_NB];
    case IN_PROXIES_NB:
    case IN_PROXIES_EN:
        *n = &model->n_proxies[section - IN_PROXIES_NB];
        return &model->proxies[section - IN_PROXIES_NB];
    case IN_UNITS_NB:
    case IN_UNITS_EN: *n = &model->n_units[section - IN_UNITS_NB]; return &model->units[section - IN_UNITS_NB];
    case IN_LIMITS: *n = &model->n_limits; return &model->limits;
    case IN_MERGING: *n = &model->n_merging; return &model->merging;
    default: return NULL;
    }
}

static bool start_section(model_reading *r, const char *line)
{
    const char *end = strchr(line, ']');
    if (!end)
        return fail(r, SAY_MODEL_FILE_NO_BRACKET);
    r->value = NULL;
    for (int i = 0; i < N_SECTIONS; i++) {
        size_t length = strlen(sections[i]);
        if ((size_t)(end - line) != length + 1 || memcmp(line + 1, sections[i], length) != 0)
            continue;
        if (r->section_lines[i])
            return fail(r, SAY_MODEL_FILE_SECTION_AGAIN, sections[i], (unsigned long)r->section_lines[i]);
        r->section_lines[i] = r->line;
        r->section = i;
        return true;
    }
    return fail(r, SAY_MODEL_FILE_SECTION_UNKNOWN,
                behov_letters_clip(line + 1, (size_t)(end - line) - 1 < 60 ? (size_t)(end - line) - 1 : 60), line + 1);
}

/* ---- keys ----------------------------------------------------------------------------------------------------------
 */

/* The column of [model] that a key names, NULL when there is none; *position counts them. */
static char **text_of_key(behov_model *model, const char *key, size_t *position)
{
    const struct {
        const char *name;
        char **text;
    } texts[] = {{"title", &model->title},     {"formula", &model->formula},       {"cluster", &model->cluster},
                 {"exclude", &model->exclude}, {"population", &model->population}, {"source", &model->source}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, key) == 0) {
            *position = i;
            return texts[i].text;
        }
    return NULL;
}

static bool take_key_of_model(model_reading *r, const char *key, const char *value)
{
    size_t position = 6; /* outcome_unit */
    bool is_unit = strcmp(key, "outcome_unit") == 0;
    char **text = is_unit ? NULL : text_of_key(r->out, key, &position);
    if (!text && !is_unit)
        return fail(r, SAY_MODEL_FILE_KEY_UNKNOWN, behov_letters_clip(key, 60), key);
    if (r->key_lines[position])
        return fail(r, SAY_MODEL_FILE_KEY_TWICE, key, (unsigned long)r->key_lines[position]);
    r->key_lines[position] = r->line;
    r->value = text;
    r->goes_on_freely = !is_unit;
    if (is_unit) {
        behov_said where =
            behov_phrase(SAY_MODEL_FILE_WHERE_UNIT, behov_letters_clip(r->path, 90), r->path, (unsigned long)r->line);
        r->status = behov_read_outcome_unit(value, where.text, &r->out->unit, r->err);
        return !r->status;
    }
    r->value_length = strlen(value);
    r->value_room = r->value_length + 1;
    return (*text = strdup(value)) ? true : out_of_memory(r);
}

static bool take_pair(model_reading *r, const char *key, const char *value)
{
    size_t *n = NULL;
    behov_model_pair **pairs = pairs_of(r->out, r->section, &n);
    int32_t known_index = 0;
    behov_model_limits limits;
    behov_merge_rule rule;
    if (r->section == IN_LIMITS && !behov_model_limits_parse(value, &limits))
        return fail(r, SAY_MODEL_FILE_LIMITS, behov_letters_clip(key, 80), key);
    if (r->section == IN_MERGING && behov_merge_rule_parse(key, value, &rule, NULL))
        return fail(r, SAY_MODEL_FILE_MERGING, behov_letters_clip(key, 80), key);
    if (!r->keys[r->section])
        r->status = behov_dictionary_new(&r->keys[r->section], r->err);
    if (!r->status)
        r->status = behov_dictionary_intern(r->keys[r->section], key, strlen(key), &known_index, r->err);
    if (r->status)
        return false;
    if ((size_t)known_index < *n)
        return fail(r, SAY_MODEL_FILE_PAIR_TWICE, sections[r->section], behov_letters_clip(key, 80), key,
                    (unsigned long)(*pairs)[known_index].line);
    behov_model_pair *model_pair =
        (*n & (*n - 1)) == 0 ? realloc(*pairs, (*n ? 2 * *n : 1) * sizeof *model_pair) : *pairs;
    if (model_pair)
        *pairs = model_pair;
    char *own_key = strdup(key), *text = strdup(value);
    if (!model_pair || !own_key || !text) {
        free(own_key), free(text);
        return out_of_memory(r);
    }
    model_pair[*n] = (behov_model_pair){own_key, text, r->line};
    r->value = &model_pair[(*n)++].value;
    r->value_length = strlen(text);
    r->value_room = r->value_length + 1;
    r->goes_on_freely = r->section != IN_LIMITS && r->section != IN_MERGING;
    return true;
}

/* Whether a text can be a key: brackets and quotes closed, something in it. */
static bool is_whole(const char *text, size_t length)
{
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'' || c == '`')
            quote = c;
        else
            depth += (c == '(') - (c == ')');
        if (depth < 0)
            return false;
    }
    return length && depth == 0 && !quote;
}

/* Where the key ends and the mark behind it stands, NULL when the line has none. */
static const char *end_of_key(const char *line)
{
    for (const char *cursor = strchr(line, '='); cursor; cursor = strchr(cursor + 1, '='))
        if (cursor > line && ini_lines_is_blank(cursor[-1]) && (ini_lines_is_blank(cursor[1]) || !cursor[1]) &&
            is_whole(line, (size_t)(cursor - line)))
            return cursor;
    for (const char *cursor = strchr(line, '='); cursor; cursor = strchr(cursor + 1, '='))
        if (cursor > line && is_whole(line, (size_t)(cursor - line)))
            return cursor;
    const char *colon = strchr(line, ':'), *equals = strchr(line, '=');
    return colon && colon > line && (!equals || colon < equals) ? colon : equals && equals > line ? equals : NULL;
}

/* A key in double quotes, "" standing for one of them; returns where its mark stands, NULL when it is not closed. */
static const char *take_quoted_key(char *line, char **key)
{
    char *out = line + 1;
    const char *cursor = line + 1;
    *key = out;
    for (; *cursor && !(*cursor == '"' && cursor[1] != '"'); cursor++) {
        *out++ = *cursor;
        cursor += *cursor == '"';
    }
    if (!*cursor)
        return NULL;
    cursor++;
    while (ini_lines_is_blank(*cursor))
        cursor++;
    *out = '\0'; /* not behind the closing quote */
    return *cursor == '=' ? cursor : NULL;
}

static bool take_key(model_reading *r, char *line)
{
    char *key = line;
    const char *mark = *line == '"' ? take_quoted_key(line, &key) : end_of_key(line);
    if (!mark)
        return fail(r, SAY_MODEL_FILE_NO_LINE_OF_IT);
    const char *value = mark + 1;
    while (ini_lines_is_blank(*value))
        value++;
    if (key == line) {
        size_t n = (size_t)(mark - line);
        while (n && ini_lines_is_blank(line[n - 1]))
            n--;
        line[n] = '\0';
    }
    if (!*key)
        return fail(r, SAY_MODEL_FILE_EMPTY_NAME);
    if (r->section < 0)
        return fail(r, SAY_MODEL_FILE_BEFORE_SECTION, behov_letters_clip(key, 80), key);
    return r->section == IN_MODEL ? take_key_of_model(r, key, value) : take_pair(r, key, value);
}

/* One more piece of the value before: joined by a line break, which a formula reads as a space and counts lines by, by a
 * blank where the value is words. */
static bool go_on(model_reading *r, const char *line)
{
    const char *mark = end_of_key(line);
    size_t n_word = strcspn(line, " \t=");
    if (mark && ini_lines_is_blank(mark[-1]) && mark[0] == '=' && line + n_word + strspn(line + n_word, " \t") == mark)
        return fail(r, SAY_MODEL_FILE_INDENTED, behov_letters_clip(line, n_word < 60 ? n_word : 60), line);
    if (!r->goes_on_freely)
        return fail(r, SAY_MODEL_FILE_ONE_LINE);
    size_t n_line = strlen(line), n_needed = r->value_length + n_line + 2;
    if (n_needed > r->value_room) {
        char *larger = realloc(*r->value, 2 * n_needed);
        if (!larger)
            return out_of_memory(r);
        *r->value = larger;
        r->value_room = 2 * n_needed;
    }
    bool is_words = r->value == &r->out->title || r->value == &r->out->source || r->section > IN_TERMS;
    (*r->value)[r->value_length] = is_words ? ' ' : '\n';
    memcpy(*r->value + r->value_length + 1, line, n_line + 1);
    r->value_length += n_line + 1;
    return true;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------
 */

static behov_status take_line(void *context, char *text, size_t length, size_t indent, size_t line, behov_error *err)
{
    model_reading *r = context;
    (void)length, (void)err; /* that of the reading */
    r->line = line;
    if (text && r->value && indent > r->key_indent)
        go_on(r, text);
    else if (text && *text == '[')
        start_section(r, text);
    else if (text) {
        r->key_indent = indent;
        take_key(r, text);
    }
    return r->status;
}

behov_status read_model(const char *path, behov_model *out, behov_error *err)
{
    *out = (behov_model){0};
    model_reading r = {.out = out, .path = path, .err = err, .section = -1};
    behov_status status = ini_lines_each(path, take_line, &r, &out->encoding_is_guess, err);
    for (size_t i = 0; i < N_SECTIONS; i++)
        behov_dictionary_free(r.keys[i]);
    if (status)
        return status;
    if (out->cluster && strcmp(out->cluster, "none") == 0)
        out->cluster[0] = '\0'; /* no clusters, and that is said */
    if (!out->formula)
        return behov_error_say(err, BEHOV_E_SYNTAX, path, SAY_MODEL_FILE_NO_FORMULA);
    return BEHOV_OK;
}
