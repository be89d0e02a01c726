/* pxweb_table.c - see pxweb_table.h. */
#include "pxweb_table.h"

#include <stdlib.h>
#include <string.h>

#include "json_build.h"

static behov_status out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FETCH_NO_MEMORY);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text && text[0] ? text : NULL;
}

static char lower(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

bool pxweb_is_same_code(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

pxweb_variable *pxweb_table_find(const pxweb_table *table, const char *code)
{
    pxweb_variable *found = NULL;
    for (size_t i = 0; i < table->n_variables; i++) {
        pxweb_variable *variable = &table->variables[i];
        if (strcmp(variable->code, code) == 0)
            return variable;
        if (!found && pxweb_is_same_code(variable->code, code))
            found = variable;
    }
    return found;
}

/* ---- version 2: JSON-stat ---------------------------------------------------------------------------------------- */

/* A dimension alone as a cube of one, so that the rules of JSON-stat are those of cli/read; the whole table may have more
 * cells than a cube may hold. */
static json_t *cube_alone(const char *id, json_t *dimension, json_t *size)
{
    json_t *cube = json_object(), *dimensions = json_object(), *ids = json_array(), *sizes = json_array();
    json_add(ids, json_text(id));
    json_add(sizes, json_incref(size));
    json_put(dimensions, id, json_incref(dimension));
    json_put(cube, "version", json_text("2.0"));
    json_put(cube, "class", json_text("dataset"));
    json_put(cube, "id", ids);
    json_put(cube, "size", sizes);
    json_put(cube, "dimension", dimensions);
    json_put(cube, "value", json_object());
    return cube;
}

static behov_status read_dimension(pxweb_variable *variable, const char *id, json_t *dimension, json_t *size,
                                   const char *where, behov_error *err)
{
    json_stat_cube cube = {0};
    variable->document = cube_alone(id, dimension, size);
    if (!json_build_is_whole())
        return out_of_memory(where, err);
    behov_status status = json_stat_open(variable->document, where, 0, &cube, err);
    if (!status && cube.n_dimensions == 1) {
        variable->code = id;
        variable->label = text_of(dimension, "label");
        variable->n_values = cube.dimensions[0].size;
        variable->values = malloc((variable->n_values + 1) * sizeof *variable->values);
        if (!variable->values)
            status = out_of_memory(where, err);
        else if (variable->n_values)
            memcpy(variable->values, cube.dimensions[0].categories, variable->n_values * sizeof *variable->values);
        variable->may_be_left_out =
            json_is_true(json_object_get(json_object_get(dimension, "extension"), "elimination"));
    }
    json_stat_free(&cube);
    return status;
}

static bool is_in_role(const json_t *document, const char *role, const char *id)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(json_object_get(document, "role"), role), i, name)
    {
        const char *text = json_string_value(name);
        if (text && strcmp(text, id) == 0)
            return true;
    }
    return false;
}

static behov_status read_dimensions(pxweb_table *table, const json_t *ids, const char *where, behov_error *err)
{
    const json_t *sizes = json_object_get(table->document, "size");
    const json_t *dimensions = json_object_get(table->document, "dimension");
    behov_status status = BEHOV_OK;
    size_t n = json_array_size(ids);
    if (json_array_size(sizes) != n || !json_is_object(dimensions))
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_METADATA);
    for (size_t i = 0; i < n && !status; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        json_t *dimension = id ? json_object_get(dimensions, id) : NULL;
        if (!dimension)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_METADATA);
        pxweb_variable *variable = &table->variables[table->n_variables++];
        status = read_dimension(variable, id, dimension, json_array_get(sizes, i), where, err);
        variable->is_time = is_in_role(table->document, "time", id);
    }
    table->title = text_of(table->document, "label");
    table->updated = text_of(table->document, "updated");
    table->source = text_of(table->document, "source");
    return status;
}

/* ---- version 0: a list of variables ------------------------------------------------------------------------------ */

static behov_status read_variable(pxweb_variable *variable, const json_t *entry, const char *where, behov_error *err)
{
    const json_t *values = json_object_get(entry, "values"), *labels = json_object_get(entry, "valueTexts");
    size_t n = json_array_size(values);
    variable->code = text_of(entry, "code");
    variable->label = text_of(entry, "text");
    variable->is_time = json_is_true(json_object_get(entry, "time"));
    variable->may_be_left_out = json_is_true(json_object_get(entry, "elimination"));
    if (!variable->code)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_METADATA);
    variable->values = malloc((n + 1) * sizeof *variable->values);
    if (!variable->values)
        return out_of_memory(where, err);
    for (size_t i = 0; i < n; i++) {
        const char *code = json_string_value(json_array_get(values, i));
        if (!code)
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_METADATA);
        variable->values[variable->n_values++] =
            (json_stat_category){code, json_string_value(json_array_get(labels, i))};
    }
    return BEHOV_OK;
}

static behov_status read_variables(pxweb_table *table, const json_t *list, const char *where, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < json_array_size(list) && !status; i++)
        status = read_variable(&table->variables[table->n_variables++], json_array_get(list, i), where, err);
    table->title = text_of(table->document, "title");
    return status;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

behov_status pxweb_table_read(json_t *document, const char *where, pxweb_table *table, behov_error *err)
{
    const json_t *ids = json_object_get(document, "id"), *list = json_object_get(document, "variables");
    *table = (pxweb_table){.document = document};
    const json_t *known = json_array_size(ids) ? ids : list;
    size_t n = json_array_size(known);
    if (!n || n > JSON_STAT_MOST_DIMENSIONS)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_METADATA);
    table->variables = calloc(n, sizeof *table->variables);
    if (!table->variables)
        return out_of_memory(where, err);
    return known == ids ? read_dimensions(table, ids, where, err) : read_variables(table, list, where, err);
}

void pxweb_table_free(pxweb_table *table)
{
    for (size_t i = 0; i < table->n_variables; i++) {
        free(table->variables[i].values);
        json_decref(table->variables[i].document);
    }
    free(table->variables);
    json_decref(table->document);
    *table = (pxweb_table){0};
}

behov_status pxweb_table_use_code_list(pxweb_variable *variable, json_t *document, const char *where, behov_error *err)
{
    const json_t *list = json_object_get(document, "values");
    size_t n = json_array_size(list);
    json_stat_category *values = malloc((n + 1) * sizeof *values);
    behov_status status = values ? BEHOV_OK : out_of_memory(where, err);
    if (!status && !n)
        status = behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_CODE_LIST);
    for (size_t i = 0; i < n && !status; i++) {
        const json_t *entry = json_array_get(list, i);
        values[i] = (json_stat_category){text_of(entry, "code"), text_of(entry, "label")};
        if (!values[i].code)
            status = behov_error_say(err, BEHOV_E_DATA, where, SAY_FETCH_NO_CODE_LIST);
    }
    if (status) {
        free(values);
        json_decref(document);
        return status;
    }
    free(variable->values);
    variable->values = values;
    variable->n_values = n;
    /* The code is borrowed from the table's own metadata, which live on. */
    json_decref(variable->document);
    variable->document = document;
    return BEHOV_OK;
}
