/* notebook.c - see notebook.h. */
#include "notebook.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>

#include "json_build.h"
#include "markdown_text.h"
#include "notebook_results.h"
#include "script.h"
#include "write_json.h"

enum { ID_SIZE = 65 };

typedef struct cell {
    bool is_code, is_hidden; /* hidden: its source is folded until a reader opens it, as that of the data */
    char id[ID_SIZE];
    notebook_output needs, output; /* NOTEBOOK_N_OUTPUTS = none */
    template_text text;
} cell;

/* ---- values that notebooks alone ask for -------------------------------------------------------------------------- */

static const notebook_results *results_of(const void *context)
{
    return ((const script *)context)->more;
}

static behov_status say_municipality(const void *context, behov_wording *out, behov_error *err)
{
    const notebook_results *results = results_of(context);
    behov_wording_print(out, "%s%s%s", results->code, results->code[0] && results->name[0] ? " " : "", results->name);
    return behov_wording_status(out, err);
}

static behov_status say_choice(const void *context, behov_wording *out, behov_error *err)
{
    const notebook_results *results = results_of(context);
    if (results->has_levels && !results->is_chosen)
        behov_wording_add(out, behov_label(((const script *)context)->fit->lang, BEHOV_WORD_EXPORT_MIDDLE_RATIO));
    return behov_wording_status(out, err);
}

static behov_status say_lacking(const void *context, behov_wording *out, behov_error *err)
{
    const notebook_results *results = results_of(context);
    if (!results->has_levels)
        behov_wording_fill(out, ((const script *)context)->fit->lang, BEHOV_WORD_EXPORT_WITHOUT_LEVELS, "why",
                           behov_wording_text(&results->why), NULL);
    return behov_wording_status(out, err);
}

/* The key of municipalities in the data, and the value that the profile's has there. */
static behov_status say_key(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    size_t key = fit->code < fit->n_columns ? fit->code : fit->name;
    ((const script *)context)->dialect->text(out, key < fit->n_columns ? fit->columns[key].identifier : "");
    return behov_wording_status(out, err);
}

static behov_status say_key_value(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    const notebook_results *results = results_of(context);
    ((const script *)context)->dialect->text(out, fit->code < fit->n_columns ? results->code : results->name);
    return behov_wording_status(out, err);
}

static behov_status say_name_column(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    size_t key = fit->name < fit->n_columns ? fit->name : fit->code;
    ((const script *)context)->dialect->text(out, key < fit->n_columns ? fit->columns[key].identifier : "");
    return behov_wording_status(out, err);
}

static behov_status say_year_column(const void *context, behov_wording *out, behov_error *err)
{
    const export_fit *fit = ((const script *)context)->fit;
    ((const script *)context)
        ->dialect->text(out, fit->year < fit->n_columns ? fit->columns[fit->year].identifier : "in_sample");
    return behov_wording_status(out, err);
}

static behov_status say_levels(const void *context, behov_wording *out, behov_error *err)
{
    ((const script *)context)->dialect->lines(out, behov_wording_text(&results_of(context)->levels));
    return behov_wording_status(out, err);
}

static const template_value notebook_values[] = {
    {"municipality", TEMPLATE_PROSE, say_municipality},
    {"municipality_choice", TEMPLATE_PROSE, say_choice}, /* nothing where the user chose */
    {"lacking", TEMPLATE_PROSE, say_lacking},            /* why there is no ranking; nothing where there is */
    {"key_column", TEMPLATE_CODE, say_key},
    {"key_value", TEMPLATE_CODE, say_key_value},
    {"name_column", TEMPLATE_CODE, say_name_column},
    {"year_column", TEMPLATE_CODE, say_year_column},
    {"levels", TEMPLATE_CODE, say_levels},
    {NULL, TEMPLATE_CODE, NULL},
};

/* ---- parting a template ------------------------------------------------------------------------------------------- */

static bool begins(const char *word, size_t length, const char *start)
{
    return length >= strlen(start) && strncmp(word, start, strlen(start)) == 0;
}

static bool take_id(cell *out, const char *word, size_t length)
{
    if (out->id[0] || length >= ID_SIZE ||
        strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") < length)
        return false;
    memcpy(out->id, word, length);
    out->id[length] = '\0';
    return true;
}

/* The words behind %%. */
static bool read_head(const char *line, const char *end, cell *out)
{
    *out = (cell){.needs = NOTEBOOK_N_OUTPUTS, .output = NOTEBOOK_N_OUTPUTS};
    bool has_kind = false, is_right = true;
    for (const char *word = line + 2; word < end && is_right;) {
        if (*word == ' ' || *word == '\r') {
            word++;
            continue;
        }
        size_t n = 0;
        while (word + n < end && word[n] != ' ' && word[n] != '\r')
            n++;
        if (!has_kind) {
            out->is_code = n == 4 && strncmp(word, "code", 4) == 0;
            is_right = out->is_code || (n == 8 && strncmp(word, "markdown", 8) == 0);
            has_kind = true;
        } else if (n == 6 && strncmp(word, "hidden", 6) == 0) {
            out->is_hidden = true;
        } else if (begins(word, n, "needs:")) {
            out->needs = notebook_output_find(word + 6, n - 6);
            is_right = out->needs < NOTEBOOK_N_OUTPUTS;
        } else if (begins(word, n, "output:")) {
            out->output = notebook_output_find(word + 7, n - 7);
            is_right = out->output < NOTEBOOK_N_OUTPUTS && out->is_code;
        } else {
            is_right = take_id(out, word, n);
        }
        word += n;
    }
    return has_kind && is_right && out->id[0];
}

static bool is_head(const char *line, const char *end)
{
    return end - line >= 2 && line[0] == '%' && line[1] == '%';
}

static behov_status fault(const template_text *source, size_t line, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_SYNTAX, behov_phrase(SAY_EXPORT_FILE_LINE, source->file, line).text,
                           SAY_EXPORT_CELL_WRONG);
}

/* The next cell of a template, from *rest on, which moves behind it; blank lines around its text are left out. */
static behov_status next_cell(const template_text *source, template_text *rest, cell *out, behov_error *err)
{
    const char *end = rest->text + rest->n, *stop = memchr(rest->text, '\n', rest->n);
    stop = stop ? stop : end;
    if (!is_head(rest->text, stop) || !read_head(rest->text, stop, out))
        return fault(source, rest->first_line, err);
    const char *text = stop < end ? stop + 1 : end, *line = text;
    size_t number = rest->first_line + 1;
    while (text < end && *text == '\n') {
        text++;
        number++;
    }
    size_t n_lines = 0;
    for (line = text; line < end && !is_head(line, end); n_lines++) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        line = next ? next + 1 : end;
    }
    const char *last = line;
    while (last > text && last[-1] == '\n')
        last--;
    out->text = (template_text){source->file, number, text, (size_t)(last - text)};
    *rest = (template_text){source->file, number + n_lines, line, (size_t)(end - line)};
    return BEHOV_OK;
}

/* ---- JSON --------------------------------------------------------------------------------------------------------- */

static void add_base64(const char *bytes, size_t n, behov_wording *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *byte = (const unsigned char *)bytes;
    for (size_t i = 0; i < n; i += 3) {
        unsigned long three = (unsigned long)byte[i] << 16 | (i + 1 < n ? (unsigned long)byte[i + 1] << 8 : 0) |
                              (i + 2 < n ? byte[i + 2] : 0);
        char four[4] = {digits[three >> 18 & 63], digits[three >> 12 & 63], i + 1 < n ? digits[three >> 6 & 63] : '=',
                        i + 2 < n ? digits[three & 63] : '='};
        behov_wording_add_bytes(out, four, 4);
    }
}

/* A picture for two kinds of readers: SVG, and an image in HTML, for a notebook that is not yet trusted shows no SVG. */
static void put_picture(const notebook_shown *shown, json_t *data)
{
    const char *svg = strstr(behov_wording_text(&shown->svg), "<svg");
    behov_wording image = {0};
    behov_wording_add(&image, "<img alt=\"");
    html_text(&image, behov_wording_text(&shown->title), strlen(behov_wording_text(&shown->title)));
    behov_wording_add(&image, "\" style=\"max-width:100%\" src=\"data:image/svg+xml;base64,");
    add_base64(svg, strlen(svg), &image);
    behov_wording_add(&image, "\">");
    json_put(data, "image/svg+xml", json_text(svg));
    json_put(data, "text/html", json_said(&image));
}

static json_t *outputs_of(const notebook_results *results, notebook_output output)
{
    json_t *outputs = json_array();
    const notebook_shown *shown = output < NOTEBOOK_N_OUTPUTS ? &results->shown[output] : NULL;
    if (!shown || (!shown->html.length && !shown->svg.length))
        return outputs;
    json_t *object = json_object(), *data = json_object();
    json_put(object, "output_type", json_text("display_data"));
    json_put(object, "metadata", json_object());
    if (shown->svg.length)
        put_picture(shown, data);
    else
        json_put(data, "text/html", json_text(behov_wording_text(&shown->html)));
    json_put(data, "text/plain", json_text(behov_wording_text(&shown->title)));
    json_put(object, "data", data);
    json_add(outputs, object);
    return outputs;
}

static json_t *cell_metadata(const cell *source)
{
    json_t *metadata = json_object();
    if (source->is_hidden) {
        json_t *jupyter = json_object(), *tags = json_array();
        json_put(jupyter, "source_hidden", json_true());
        json_put(metadata, "jupyter", jupyter);
        json_add(tags, json_text("hide-input"));
        json_put(metadata, "tags", tags);
    }
    return metadata;
}

static json_t *cell_of(const cell *source, behov_wording *text, const notebook_results *results)
{
    json_t *object = json_object();
    json_put(object, "cell_type", json_text(source->is_code ? "code" : "markdown"));
    json_put(object, "id", json_text(source->id));
    json_put(object, "metadata", cell_metadata(source));
    json_put(object, "source", json_said(text));
    if (source->is_code) {
        json_put(object, "execution_count", json_null());
        json_put(object, "outputs", outputs_of(results, source->output));
    }
    return object;
}

static json_t *metadata_of(const export_fit *fit, const export_format *format)
{
    bool is_r = strcmp(format->kernel, "r") == 0;
    json_t *metadata = json_object(), *kernel = json_object(), *language = json_object(), *own = json_object();
    json_put(kernel, "display_name", json_text(is_r ? "R" : "Python 3 (ipykernel)"));
    json_put(kernel, "language", json_text(is_r ? "R" : "python"));
    json_put(kernel, "name", json_text(is_r ? "ir" : "python3"));
    json_put(language, "name", json_text(is_r ? "R" : "python"));
    json_put(language, "file_extension", json_text(is_r ? ".r" : ".py"));
    json_put(language, "mimetype", json_text(is_r ? "text/x-r-source" : "text/x-python"));
    json_put(language, "codemirror_mode", json_text(is_r ? "r" : "python"));
    json_put(language, "pygments_lexer", json_text(is_r ? "r" : "ipython3"));
    json_put(own, "version", json_text(behov_version()));
    json_put(own, "data_sha256", json_text(fit->sha256));
    json_put(metadata, "kernelspec", kernel);
    json_put(metadata, "language_info", language);
    json_put(metadata, "title", json_text(fit->title));
    json_put(metadata, "behov", own);
    return metadata;
}

/* ---- the notebook ------------------------------------------------------------------------------------------------- */

static behov_status add_cell(const cell *source, const script *script, json_t *cells, behov_error *err)
{
    const notebook_results *results = script->more;
    const template_value *const tables[] = {notebook_values, script->dialect->values, script_values, NULL};
    const notebook_shown *needed = source->needs < NOTEBOOK_N_OUTPUTS ? &results->shown[source->needs] : NULL;
    if (needed && !needed->html.length && !needed->svg.length)
        return BEHOV_OK;
    behov_wording text = {0};
    template_filling filling = {.values = tables,
                                .context = script,
                                .escape = source->is_code ? script->dialect->comment : markdown_text,
                                .folder = script->templates};
    behov_status status = template_fill(&source->text, &filling, &text, err);
    bool is_empty = !status && !text.length && !text.has_no_memory; /* what there is nothing to say of */
    if (status || is_empty)
        behov_wording_free(&text);
    else
        json_add(cells, cell_of(source, &text, results));
    return status;
}

static bool is_taken(const json_t *cells, const char *id)
{
    for (size_t i = 0; i < json_array_size(cells); i++)
        if (strcmp(json_string_value(json_object_get(json_array_get(cells, i), "id")), id) == 0)
            return true;
    return false;
}

static behov_status add_cells(const template_text *source, const script *script, json_t *cells, behov_error *err)
{
    template_text rest = *source;
    behov_status status = BEHOV_OK;
    while (rest.n && !status) {
        cell cell;
        size_t line = rest.first_line;
        status = next_cell(source, &rest, &cell, err);
        if (!status && is_taken(cells, cell.id))
            status = fault(source, line, err);
        if (!status)
            status = add_cell(&cell, script, cells, err);
    }
    return status;
}

static behov_status write_filled(const script *script, const export_format *format, const template_text *source,
                                 const char *path, behov_error *err)
{
    json_t *notebook = json_object(), *cells = json_array();
    behov_status status = add_cells(source, script, cells, err);
    json_put(notebook, "cells", cells);
    json_put(notebook, "metadata", metadata_of(script->fit, format));
    json_put(notebook, "nbformat", json_count(4));
    json_put(notebook, "nbformat_minor", json_count(5));
    if (!status)
        return write_json_object(path, notebook, err); /* which it takes */
    (void)json_build_is_whole();
    json_decref(notebook);
    return status;
}

behov_status notebook_write(const export_fit *fit, const export_format *format, const export_choices *choices,
                            const char *path, behov_error *err)
{
    char *owned = NULL, *data_path = NULL;
    notebook_results results = {0};
    template_text source;
    if (choices->is_beside && !(data_path = formats_data_path(format, path)))
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_EXPORT_NO_MEMORY);
    script script = {.fit = fit,
                     .dialect = format->dialect,
                     .data_file = data_path ? script_file_name(data_path) : NULL,
                     .templates = choices->templates,
                     .more = &results};
    behov_status status = template_find_in(choices->templates, fit->lang, format->template, &owned, &source, err);
    if (!status)
        status = notebook_results_new(fit, choices->municipality, &results, err);
    if (!status && data_path)
        status = script_write_text(data_path, &fit->csv, err);
    if (!status)
        status = write_filled(&script, format, &source, path, err);
    notebook_results_free(&results);
    free(data_path);
    free(owned);
    return status;
}
