/* read_coefficients.c - coefficients by term. */
#include "read_coefficients.h"

#include <behov/table.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "inputs.h"
#include "read_csv.h"
#include "read_model.h"
#include "saved_fit.h"

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    return made ? strcpy(made, text) : NULL;
}

void coefficient_list_free(coefficient_list *of)
{
    for (size_t i = 0; i < of->n; i++)
        free(of->terms[i]);
    for (size_t i = 0; i < of->n_levels; i++) {
        free((char *)of->levels[i].factor);
        free((char *)of->levels[i].level);
    }
    behov_dictionary_free(of->known);
    free(of->levels);
    free(of->terms);
    free(of->estimates);
    free(of->formula);
    free(of->exclude);
    *of = (coefficient_list){0};
}

static behov_status make_room(coefficient_list *out, size_t n, behov_error *err)
{
    out->terms = calloc(n ? n : 1, sizeof *out->terms);
    out->estimates = calloc(n ? n : 1, sizeof *out->estimates);
    if (!out->terms || !out->estimates)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    return behov_dictionary_new(&out->known, err);
}

static behov_status add(coefficient_list *out, const char *term, double estimate, const char *where, behov_error *err)
{
    int32_t code;
    behov_status status = behov_dictionary_intern(out->known, term, strlen(term), &code, err);
    if (status)
        return status;
    if ((size_t)code < out->n)
        return behov_error_set(err, BEHOV_E_DATA, where, "the term %s stands twice; keep one of them",
                               behov_cut(term, 200).text);
    if (!(out->terms[out->n] = copy(term)))
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    out->estimates[out->n++] = estimate;
    return BEHOV_OK;
}

/* "factor_levels": {"g": ["a", "b"]}; files of earlier versions have none. */
static behov_status take_levels(const char *path, json_t *factors, coefficient_list *out, behov_error *err)
{
    const char *factor;
    json_t *list;
    size_t n = 0;
    json_object_foreach(factors, factor, list) n += json_array_size(list);
    if (!(out->levels = calloc(n ? n : 1, sizeof *out->levels)))
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the levels of its factors");
    json_object_foreach(factors, factor, list) for (size_t i = 0; i < json_array_size(list); i++)
    {
        const char *level = json_string_value(json_array_get(list, i));
        if (!level)
            return behov_error_set(err, BEHOV_E_DATA, path, "a level of factor(%s) is no text", behov_cut(factor, 60).text);
        behov_factor_level *added = &out->levels[out->n_levels++];
        added->factor = copy(factor);
        added->level = copy(level);
        if (!added->factor || !added->level)
            return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the levels of its factors");
    }
    return BEHOV_OK;
}

/* A saved fit has a hundred bytes for each coefficient; what never ends is not read to its end. */
enum { MOST_BYTES = 500000000 };

typedef struct limited_file {
    FILE *file;
    size_t n_left;
} limited_file;

static size_t read_limited(void *buffer, size_t size, void *context)
{
    limited_file *from = context;
    size_t n = from->n_left ? fread(buffer, 1, size < from->n_left ? size : from->n_left, from->file) : (size_t)-1;
    from->n_left -= n <= from->n_left ? n : 0;
    return n;
}

static behov_status open_json(const char *path, FILE **file, behov_error *err)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return behov_error_set(err, BEHOV_E_FILE, path, "does not exist or cannot be read");
    if (S_ISDIR(about.st_mode))
        return behov_error_set(err, BEHOV_E_FILE, path, "this is a folder; name a file in it");
    if (S_ISBLK(about.st_mode) || S_ISCHR(about.st_mode))
        return behov_error_set(err, BEHOV_E_FILE, path, "this is a device and no file; name a file");
    if (!(*file = fopen(path, "rb")))
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot be opened: %s", strerror(errno));
    return BEHOV_OK;
}

static behov_status read_json(const char *path, coefficient_list *out, behov_error *err)
{
    json_error_t at;
    FILE *file = NULL;
    behov_status opened = open_json(path, &file, err);
    if (opened)
        return opened;
    inputs_note(path);
    limited_file limited = {file, MOST_BYTES};
    json_t *object = json_load_callback(read_limited, &limited, JSON_REJECT_DUPLICATES, &at);
    fclose(file);
    if (!object && limited.n_left == 0)
        return behov_error_set(err, BEHOV_E_FILE, path, "has more than %d million bytes; no saved fit is so large",
                               MOST_BYTES / 1000000);
    if (!object) {
        char where[160];
        snprintf(where, sizeof where, "%s, line %d", path, at.line);
        return behov_error_set(err, BEHOV_E_SYNTAX, where, "is no JSON: %s", at.text);
    }
    behov_status status = BEHOV_OK;
    const json_t *list = json_object_get(object, "coefficients");
    const char *formula = json_string_value(json_object_get(object, "formula"));
    const char *unit = json_string_value(json_object_get(object, "outcome_unit"));
    if (!json_is_array(list) || json_array_size(list) == 0 || !formula) {
        status = behov_error_set(err, BEHOV_E_DATA, path,
                                 "is no saved fit: it lacks \"formula\" or \"coefficients\"; make one with "
                                 "`behov fit -o fit.json`");
    } else {
        status = saved_fit_check(path, object, err);
        if (!status)
            status = make_room(out, json_array_size(list), err);
        const char *exclude = json_string_value(json_object_get(object, "exclude"));
        if (!status && (!(out->formula = copy(formula)) || (exclude && !(out->exclude = copy(exclude)))))
            status = behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the formula");
        if (!status)
            status = take_levels(path, json_object_get(object, "factor_levels"), out, err);
        if (!status && unit) {
            status = read_outcome_unit(unit, path, &out->unit, err);
            out->has_unit = true;
        }
    }
    for (size_t i = 0; !status && i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *term = json_string_value(json_object_get(one, "term"));
        const json_t *estimate = json_object_get(one, "estimate");
        if (!term)
            status = behov_error_set(err, BEHOV_E_DATA, path, "coefficient %lu has no \"term\"", (unsigned long)i + 1);
        else if (json_is_null(estimate)) /* dropped as collinear when the model was fitted: it takes no part */
            status = add(out, term, 0, path, err);
        else if (!json_is_number(estimate))
            status = behov_error_set(err, BEHOV_E_DATA, path, "the coefficient of %s has no \"estimate\"", term);
        else
            status = add(out, term, json_number_value(estimate), path, err);
    }
    json_decref(object);
    return status;
}

static read_kind choose(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "term") == 0 ? READ_AS_TEXT : strcmp(name, "coefficient") == 0 ? READ_AS_NUMBER : READ_NOT;
}

static behov_status read_table(const char *path, coefficient_list *out, behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_csv(path, &(read_csv_options){.choose = choose}, &table, err);
    if (status)
        return status;
    ptrdiff_t terms = behov_table_find(table, "term"), coefficients = behov_table_find(table, "coefficient");
    size_t n = behov_table_n_rows(table);
    if (terms < 0 || coefficients < 0)
        status = behov_error_set(err, BEHOV_E_NAME, path, "a table of coefficients needs the columns term and coefficient; "
                                 "%s is not there", terms < 0 ? "term" : "coefficient");
    if (!status)
        status = make_room(out, n, err);
    for (size_t row = 0; row < n && !status; row++) {
        char where[160];
        int32_t code = behov_table_codes(table, (size_t)terms)[row];
        double value = behov_table_numbers(table, (size_t)coefficients)[row];
        behov_table_where(table, row, -1, where);
        if (code < 0 || isnan(value))
            status = behov_error_set(err, BEHOV_E_DATA, where, "the %s is missing", code < 0 ? "term" : "coefficient");
        else
            status = add(out, behov_dictionary_text(behov_table_levels(table, (size_t)terms), code), value, where, err);
    }
    behov_table_free(table);
    return status;
}

behov_status read_coefficients(const char *path, coefficient_list *out, behov_error *err)
{
    *out = (coefficient_list){0};
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ".json") == 0 ? read_json(path, out, err) : read_table(path, out, err);
}
