/* read_coefficients.c - coefficients by term. */
#include "read_coefficients.h"

#include <behov/table.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json_file.h"
#include "read_beside.h"
#include "read_model.h"
#include "saved_fit.h"

static behov_status make_room(behov_given_coefficients *out, size_t n, behov_error *err)
{
    out->terms = calloc(n ? n : 1, sizeof *out->terms);
    out->estimates = calloc(n ? n : 1, sizeof *out->estimates);
    if (!out->terms || !out->estimates)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COEFFICIENTS_NO_MEMORY);
    return behov_dictionary_new(&out->dictionary, err);
}

static behov_status add(behov_given_coefficients *out, const char *term, double estimate, const char *where,
                        behov_error *err)
{
    int32_t code;
    behov_status status = behov_dictionary_intern(out->dictionary, term, strlen(term), &code, err);
    if (status)
        return status;
    if ((size_t)code < out->n)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_COEFFICIENTS_TERM_TWICE, behov_cut(term, 200).text);
    if (!(out->terms[out->n] = strdup(term)))
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COEFFICIENTS_NO_MEMORY);
    out->estimates[out->n++] = estimate;
    return BEHOV_OK;
}

/* "factor_levels": {"g": ["a", "b"]}; files of earlier versions have none. */
static behov_status take_levels(const char *path, json_t *factors, behov_given_coefficients *out, behov_error *err)
{
    const char *factor;
    json_t *list;
    size_t n = 0;
    json_object_foreach(factors, factor, list) n += json_array_size(list);
    if (!(out->levels = calloc(n ? n : 1, sizeof *out->levels)))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_LEVELS);
    json_object_foreach(factors, factor, list) for (size_t i = 0; i < json_array_size(list); i++)
    {
        const char *level = json_string_value(json_array_get(list, i));
        if (!level)
            return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_LEVEL_NO_TEXT, behov_cut(factor, 60).text);
        behov_factor_level *factor_level = &out->levels[out->n_levels++];
        factor_level->factor = strdup(factor);
        factor_level->level = strdup(level);
        if (!factor_level->factor || !factor_level->level)
            return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_LEVELS);
    }
    return BEHOV_OK;
}

/* The entry of a column, a new one at the end. NULL when memory is short; there is room for one more. */
static behov_saved_column *column_named(behov_given_coefficients *out, const char *name)
{
    for (size_t i = 0; i < out->n_columns; i++)
        if (strcmp(out->columns[i].name, name) == 0)
            return &out->columns[i];
    behov_saved_column *column = &out->columns[out->n_columns];
    *column = (behov_saved_column){.name = strdup(name), .limits = {NAN, NAN, false}};
    out->n_columns += column->name != NULL;
    return column->name ? column : NULL;
}

/* A number, or null for none. */
static bool take_figure(const json_t *object, const char *key, double *value)
{
    const json_t *found_object = json_object_get(object, key);
    *value = json_is_number(found_object) ? json_number_value(found_object) : NAN;
    return json_is_number(found_object) || json_is_null(found_object);
}

static behov_status take_limits(const char *path, const char *name, const json_t *entry, behov_saved_column *column,
                                behov_error *err)
{
    behov_model_limits *limits = &column->limits;
    const json_t *is_whole = json_object_get(entry, "is_whole");
    if (!take_figure(entry, "low", &limits->low) || !take_figure(entry, "high", &limits->high) ||
        !json_is_boolean(is_whole) || limits->low > limits->high)
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_LIMITS, behov_cut(name, 60).text);
    limits->is_whole = json_is_true(is_whole);
    column->has_limits = true;
    return BEHOV_OK;
}

static behov_status take_range(const char *path, const char *name, const json_t *entry, behov_saved_column *column,
                               behov_error *err)
{
    if (!take_figure(entry, "low", &column->low) || !take_figure(entry, "mean", &column->mean) ||
        !take_figure(entry, "high", &column->high))
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_FIGURES, behov_cut(name, 60).text);
    column->has_range = !isnan(column->low) && !isnan(column->mean) && !isnan(column->high);
    return BEHOV_OK;
}

/* "limits": {"x": {"low": 0, "high": 100, "is_whole": false}}, "columns": {"x": {"low": 1, "mean": 2, "high": 3}} */
static behov_status take_columns(const char *path, const json_t *object, behov_given_coefficients *out,
                                 behov_error *err)
{
    json_t *limits = json_object_get(object, "limits"), *ranges = json_object_get(object, "columns"), *entry;
    const char *name;
    if ((limits && !json_is_object(limits)) || (ranges && !json_is_object(ranges)))
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_NO_OBJECT,
                               limits && !json_is_object(limits) ? "limits" : "columns");
    if (!(out->columns = calloc(json_object_size(limits) + json_object_size(ranges) + 1, sizeof *out->columns)))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_COLUMNS);
    behov_status status = BEHOV_OK;
    json_object_foreach(limits, name, entry)
    {
        behov_saved_column *column = status ? NULL : column_named(out, name);
        if (!status)
            status = column ? take_limits(path, name, entry, column, err)
                            : behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_COLUMNS);
    }
    json_object_foreach(ranges, name, entry)
    {
        behov_saved_column *column = status ? NULL : column_named(out, name);
        if (!status)
            status = column ? take_range(path, name, entry, column, err)
                            : behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_COLUMNS);
    }
    return status;
}

static behov_status take_pairs(const char *path, const char *key, const json_t *list, behov_model_pair **pairs,
                               size_t *n_pairs, behov_error *err)
{
    const char *name;
    json_t *entry;
    if (list && !json_is_object(list))
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_NO_NAMES, key);
    if (!(*pairs = calloc(json_object_size(list) + 1, sizeof **pairs)))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_COLUMNS);
    json_object_foreach((json_t *)list, name, entry)
    {
        const char *text = json_string_value(entry);
        if (!text || strpbrk(text, "\002\003\037") || strpbrk(name, "\002\003\037")) /* marks of a phrase */
            return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_NO_NAMES, key);
        behov_model_pair *pair = &(*pairs)[(*n_pairs)++];
        *pair = (behov_model_pair){.key = strdup(name), .value = strdup(text)};
        if (!pair->key || !pair->value)
            return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_COEFFICIENTS_NO_MEMORY_COLUMNS);
    }
    return BEHOV_OK;
}

/* "labels": {"nb": {"x": "Arbeidsledige"}, "en": {...}}, "units": the same; files of before have neither. */
static behov_status take_names(const char *path, const json_t *object, behov_given_coefficients *out, behov_error *err)
{
    static const char *const languages[BEHOV_N_LANGUAGES] = {[BEHOV_LANGUAGE_NB] = "nb", [BEHOV_LANGUAGE_EN] = "en"};
    const json_t *labels = json_object_get(object, "labels"), *units = json_object_get(object, "units");
    if ((labels && !json_is_object(labels)) || (units && !json_is_object(units)))
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_NO_NAMES,
                               labels && !json_is_object(labels) ? "labels" : "units");
    behov_status status = BEHOV_OK;
    for (int lang = 0; lang < BEHOV_N_LANGUAGES && !status; lang++) {
        status = take_pairs(path, "labels", json_object_get(labels, languages[lang]), &out->names.labels[lang],
                            &out->names.n_labels[lang], err);
        if (!status)
            status = take_pairs(path, "units", json_object_get(units, languages[lang]), &out->names.units[lang],
                                &out->names.n_units[lang], err);
    }
    return status;
}

static behov_status read_json(const char *path, behov_given_coefficients *out, behov_error *err)
{
    json_t *object = NULL;
    behov_status status = json_file_read(path, PHRASE_JSON_FILE_SAVED_FIT, &object, err);
    if (status)
        return status;
    const json_t *list = json_object_get(object, "coefficients");
    const char *formula = json_string_value(json_object_get(object, "formula"));
    const char *unit = json_string_value(json_object_get(object, "outcome_unit"));
    if (!json_is_array(list) || json_array_size(list) == 0 || !formula) {
        status = behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_NO_SAVED_FIT);
    } else {
        status = saved_fit_check(path, object, err);
        if (!status)
            status = make_room(out, json_array_size(list), err);
        const char *exclude = json_string_value(json_object_get(object, "exclude"));
        if (!status && (!(out->formula = strdup(formula)) || (exclude && !(out->exclude = strdup(exclude)))))
            status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COEFFICIENTS_NO_MEMORY_FORMULA);
        if (!status)
            status = take_levels(path, json_object_get(object, "factor_levels"), out, err);
        if (!status)
            status = take_columns(path, object, out, err);
        if (!status)
            status = take_names(path, object, out, err);
        if (!status && unit) {
            status = behov_read_outcome_unit(unit, path, &out->unit, err);
            out->has_unit = true;
        }
    }
    for (size_t i = 0; !status && i < json_array_size(list); i++) {
        const json_t *single_object = json_array_get(list, i);
        const char *term = json_string_value(json_object_get(single_object, "term"));
        const json_t *estimate = json_object_get(single_object, "estimate");
        if (!term)
            status = behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_ENTRY_NO_TERM, (unsigned long)i + 1);
        else if (json_is_null(estimate)) /* dropped as collinear when the model was fitted: it takes no part */
            status = add(out, term, 0, path, err);
        else if (!json_is_number(estimate))
            status = behov_error_say(err, BEHOV_E_DATA, path, SAY_COEFFICIENTS_ENTRY_NO_ESTIMATE, term);
        else
            status = add(out, term, json_number_value(estimate), path, err);
    }
    json_decref(object);
    return status;
}

static behov_read_kind choose(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "term") == 0          ? BEHOV_READ_AS_TEXT
           : strcmp(name, "coefficient") == 0 ? BEHOV_READ_AS_NUMBER
                                              : BEHOV_READ_NOT;
}

static behov_status read_table(const char *path, const behov_notice *notice, behov_given_coefficients *out,
                               behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_beside(path, choose, notice, &table, err);
    if (status)
        return status;
    ptrdiff_t terms = behov_table_find(table, "term"), coefficients = behov_table_find(table, "coefficient");
    size_t n = behov_table_n_rows(table);
    if (terms < 0 || coefficients < 0)
        status = behov_error_say(err, BEHOV_E_NAME, path, SAY_COEFFICIENTS_NEEDS_COLUMNS,
                                 terms < 0 ? "term" : "coefficient");
    if (!status)
        status = make_room(out, n, err);
    for (size_t row = 0; row < n && !status; row++) {
        char where[BEHOV_PLACE_SIZE];
        int32_t code = behov_table_codes(table, (size_t)terms)[row];
        double value = behov_table_numbers(table, (size_t)coefficients)[row];
        behov_table_where(table, row, -1, where);
        if (code < 0 || isnan(value))
            status = (code < 0 ? behov_error_say(err, BEHOV_E_DATA, where, SAY_COEFFICIENTS_TERM_MISSING)
                               : behov_error_say(err, BEHOV_E_DATA, where, SAY_COEFFICIENTS_COEFFICIENT_MISSING));
        else
            status = add(out, behov_dictionary_text(behov_table_levels(table, (size_t)terms), code), value, where, err);
    }
    behov_table_free(table);
    return status;
}

behov_status read_coefficients(const char *path, const behov_notice *notice, behov_given_coefficients *out,
                               behov_error *err)
{
    *out = (behov_given_coefficients){0};
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ".json") == 0 ? read_json(path, out, err) : read_table(path, notice, out, err);
}
