/* read_json_stat.c - see read_json_stat.h. */
#include "read_json_stat.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/dictionary.h>
#include <behov/number.h>

#include "cube_column.h"
#include "json_file.h"
#include "json_stat.h"

typedef struct unfolding {
    const json_stat_cube *cube;
    behov_long_table *out;
    const char *path;
    behov_error *err;
} unfolding;

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_JSON_STAT_NO_MEMORY);
}

/* ---- dimensions -------------------------------------------------------------------------------------------------- */

/* A column of a dimension's codes, or labels, repeated as the cells need them: each stands for `block` cells in a row. */
static behov_status add_dimension(const unfolding *unfolding, const json_stat_dimension *dimension, size_t block,
                                  bool is_label)
{
    char name[300];
    snprintf(name, sizeof name, "%s%s", behov_cut(dimension->id, 200).text, is_label ? "_label" : "");
    const char **texts = malloc((dimension->size + 1) * sizeof *texts);
    if (!texts)
        return out_of_memory(unfolding->path, unfolding->err);
    for (size_t i = 0; i < dimension->size; i++)
        texts[i] = is_label ? dimension->categories[i].label : dimension->categories[i].code;
    behov_status status =
        cube_column_add(unfolding->out->table, is_label || strlen(dimension->id) > 200 ? name : dimension->id, texts,
                        dimension->size, block, unfolding->err);
    free(texts);
    return status;
}

static bool has_labels(const json_stat_dimension *dimension)
{
    for (size_t i = 0; i < dimension->size; i++)
        if (dimension->categories[i].label)
            return true;
    return false;
}

static behov_status add_dimensions(const unfolding *unfolding, bool wants_labels)
{
    const json_stat_cube *cube = unfolding->cube;
    behov_status status = BEHOV_OK;
    size_t block = cube->n_cells;
    for (size_t i = 0; i < cube->n_dimensions && !status; i++) {
        const json_stat_dimension *dimension = &cube->dimensions[i];
        block /= dimension->size ? dimension->size : 1;
        status = add_dimension(unfolding, dimension, block ? block : 1, false);
        if (!status && wants_labels && has_labels(dimension))
            status = add_dimension(unfolding, dimension, block ? block : 1, true);
    }
    return status;
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

/* The mark that a value itself is: ".." is one; "A1" and a number are none, BEHOV_PRESENT. */
static behov_missing own_mark(const json_t *value)
{
    return json_is_string(value) ? behov_missing_of_text(json_string_value(value), json_string_length(value))
                                 : BEHOV_PRESENT;
}

static bool is_text(const json_t *value)
{
    return json_is_string(value) && !own_mark(value);
}

/* The mark of a cell as it stands: that of its status, else the value that is one; "" for none. */
static const char *mark_text(const json_stat_cube *cube, size_t cell)
{
    const char *mark = json_stat_mark(cube, cell);
    const json_t *value = json_stat_value(cube, cell);
    return !mark[0] && own_mark(value) > BEHOV_MISSING_EMPTY ? json_string_value(value) : mark;
}

/* Why a cell without a value has none. A value that is a mark says more than a status that is none. */
static behov_missing mark_of(const json_stat_cube *cube, size_t cell)
{
    const char *mark = json_stat_mark(cube, cell);
    behov_missing missing = behov_missing_of_text(mark, strlen(mark)), own = own_mark(json_stat_value(cube, cell));
    if (mark[0] && missing)
        return missing;
    return own ? own : mark[0] ? BEHOV_MISSING_OTHER : BEHOV_MISSING_EMPTY;
}

static behov_missing count_missing(const unfolding *unfolding, size_t cell)
{
    behov_missing mark = mark_of(unfolding->cube, cell);
    unfolding->out->n_missing++;
    unfolding->out->n_marked[mark]++;
    return mark;
}

static behov_status add_numbers(const unfolding *unfolding)
{
    const json_stat_cube *cube = unfolding->cube;
    behov_long_table *facts = unfolding->out;
    double *values = malloc((cube->n_cells + 1) * sizeof *values);
    if (!values)
        return out_of_memory(unfolding->path, unfolding->err);
    for (size_t cell = 0; cell < cube->n_cells; cell++) {
        const json_t *value = json_stat_value(cube, cell);
        if (json_is_number(value)) {
            values[cell] = json_number_value(value);
            facts->n_values++;
            continue;
        }
        values[cell] = behov_missing_number(count_missing(unfolding, cell));
    }
    behov_status status = behov_table_add_numbers(unfolding->out->table, "value", values, unfolding->err);
    if (status)
        free(values);
    return status;
}

static behov_status add_texts(const unfolding *unfolding)
{
    const json_stat_cube *cube = unfolding->cube;
    const char **texts = malloc((cube->n_cells + 1) * sizeof *texts);
    char(*numbers)[BEHOV_NUMBER_SIZE] = malloc((cube->n_cells + 1) * sizeof *numbers);
    behov_status status = texts && numbers ? BEHOV_OK : out_of_memory(unfolding->path, unfolding->err);
    for (size_t cell = 0; cell < cube->n_cells && !status; cell++) {
        const json_t *value = json_stat_value(cube, cell);
        texts[cell] = is_text(value) ? json_string_value(value) : NULL;
        if (json_is_number(value)) {
            behov_number_shortest(json_number_value(value), numbers[cell]);
            texts[cell] = numbers[cell];
        }
        if (texts[cell])
            unfolding->out->n_values++;
        else
            (void)count_missing(unfolding, cell);
    }
    if (!status)
        status = behov_table_copy_text(unfolding->out->table, "value", texts, unfolding->err);
    free(numbers);
    free(texts);
    return status;
}

/* The marks as they stand: "." is one, not a text that is missing. None where no cell has one. */
static behov_status add_marks(const unfolding *unfolding)
{
    const json_stat_cube *cube = unfolding->cube;
    int32_t *codes = malloc((cube->n_cells + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status =
        codes ? behov_dictionary_new(&levels, unfolding->err) : out_of_memory(unfolding->path, unfolding->err);
    for (size_t cell = 0; cell < cube->n_cells && !status; cell++) {
        const char *mark = mark_text(cube, cell);
        codes[cell] = behov_missing_code(BEHOV_MISSING_EMPTY);
        if (mark[0])
            status = behov_dictionary_intern(levels, mark, strlen(mark), &codes[cell], unfolding->err);
    }
    bool is_empty = !status && behov_dictionary_count(levels) == 0;
    if (!status && !is_empty)
        status = behov_table_add_text(unfolding->out->table, "mark", codes, levels, unfolding->err);
    if (status || is_empty) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

static behov_status add_cells(const unfolding *unfolding)
{
    bool any_text = false;
    for (size_t cell = 0; cell < unfolding->cube->n_cells && !any_text; cell++)
        any_text = is_text(json_stat_value(unfolding->cube, cell));
    behov_status status = any_text ? add_texts(unfolding) : add_numbers(unfolding);
    return status ? status : add_marks(unfolding);
}

/* ---- the document ------------------------------------------------------------------------------------------------ */

static behov_status choose_dataset(const json_t *document, const char *path, size_t *dataset, behov_error *err)
{
    size_t n = json_stat_n_datasets(document);
    if (!json_stat_is_it(document))
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_JSON_STAT_IS_NONE);
    if (n == 0)
        return behov_error_say(err, BEHOV_E_DATA, path, SAY_JSON_STAT_NO_DATA);
    if (*dataset == 0 && n > 1) {
        char *list = json_stat_list(document);
        behov_status status =
            list ? behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_JSON_STAT_SEVERAL, list) : out_of_memory(path, err);
        free(list);
        return status;
    }
    *dataset = *dataset ? *dataset : 1;
    return BEHOV_OK;
}

static behov_status keep_text(const char *text, const char *path, char **out, behov_error *err)
{
    *out = text ? strdup(text) : NULL;
    return text && !*out ? out_of_memory(path, err) : BEHOV_OK;
}

static behov_status unfold(const json_stat_cube *cube, const char *path, bool wants_labels, behov_long_table *out,
                           behov_error *err)
{
    unfolding unfolding = {cube, out, path, err};
    out->n_dimensions = cube->n_dimensions;
    behov_status status = behov_table_new(cube->n_cells, path, &out->table, err);
    if (!status)
        status = add_dimensions(&unfolding, wants_labels);
    if (!status)
        status = add_cells(&unfolding);
    if (!status)
        status = keep_text(cube->label, path, &out->label, err);
    if (!status)
        status = keep_text(cube->source, path, &out->source, err);
    if (!status)
        status = keep_text(cube->table_id, path, &out->table_id, err);
    return status ? status : keep_text(cube->updated, path, &out->updated, err);
}

behov_status read_json_stat_tree(const json_t *document, const char *name, size_t dataset, bool wants_labels,
                                 const behov_notice *notice, behov_long_table *out, behov_error *err)
{
    json_stat_cube cube = {0};
    behov_status status = choose_dataset(document, name, &dataset, err);
    if (!status)
        status = json_stat_open(document, name, dataset - 1, &cube, err);
    if (!status && cube.is_bundle)
        behov_notice_tell(notice, SAY_JSON_STAT_BUNDLE, name);
    if (!status && cube.lacks_units)
        behov_notice_tell(notice, SAY_JSON_STAT_NO_UNIT, name);
    if (!status)
        status = unfold(&cube, name, wants_labels, out, err);
    json_stat_free(&cube);
    return status;
}

behov_status read_json_stat(const char *path, size_t dataset, bool wants_labels, const behov_notice *notice,
                            behov_long_table *out, behov_error *err)
{
    json_t *document = NULL;
    *out = (behov_long_table){0};
    behov_status status = json_file_read(path, PHRASE_JSON_FILE_JSON_STAT, &document, err);
    path = strcmp(path, "-") == 0 ? PHRASE_STANDARD_INPUT : path;
    if (!status)
        status = read_json_stat_tree(document, path, dataset, wants_labels, notice, out, err);
    json_decref(document);
    return status;
}
