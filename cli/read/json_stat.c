/* json_stat.c - see json_stat.h. */
#include "json_stat.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

typedef struct reading {
    const char *where;
    json_stat_cube *cube;
    behov_error *err;
} reading;

static behov_status out_of_memory(const reading *reading)
{
    return behov_error_say(reading->err, BEHOV_E_MEMORY, reading->where, SAY_JSON_STAT_NO_MEMORY);
}

/* A rule that is broken, with its code, and where in the document. */
static behov_status broken(const reading *reading, const char *code, const char *place)
{
    return behov_error_say(reading->err, BEHOV_E_DATA, reading->where, SAY_JSON_STAT_BROKEN, behov_cut(place, 120).text,
                           code);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* ---- which dataset ----------------------------------------------------------------------------------------------- */

static bool is_dataset(const json_t *node)
{
    return json_is_object(node) && json_object_get(node, "value") && json_object_get(node, "dimension");
}

static bool is_bundle_member(const char *name, const json_t *node)
{
    return strcmp(name, "version") != 0 && is_dataset(node);
}

/* The i-th dataset of a document and its name, NULL when there are not as many. */
static const json_t *find_dataset(const json_t *document, size_t which, const char **name)
{
    size_t n = 0, i;
    const char *key;
    json_t *node;
    *name = NULL;
    if (is_dataset(document))
        return which == 0 ? document : NULL;
    json_array_foreach(json_object_get(json_object_get(document, "link"), "item"), i,
                       node) if (is_dataset(node) && n++ == which)
    {
        *name = text_of(node, "label");
        return node;
    }
    json_object_foreach((json_t *)(uintptr_t)document, key, node) if (is_bundle_member(key, node) && n++ == which)
    {
        *name = key;
        return node;
    }
    return NULL;
}

size_t json_stat_n_datasets(const json_t *document)
{
    size_t n = 0;
    const char *name;
    while (find_dataset(document, n, &name) && !(n == 0 && is_dataset(document)))
        n++;
    return is_dataset(document) ? 1 : n;
}

bool json_stat_is_it(const json_t *document)
{
    const char *class = text_of(document, "class");
    return json_stat_n_datasets(document) > 0 ||
           (class &&
            (strcmp(class, "dataset") == 0 || strcmp(class, "collection") == 0 || strcmp(class, "dimension") == 0));
}

char *json_stat_list(const json_t *document)
{
    char *list = calloc(1, 1);
    size_t length = 0, n = json_stat_n_datasets(document);
    for (size_t i = 0; list && i < n; i++) {
        const char *name;
        (void)find_dataset(document, i, &name);
        behov_excerpt shown = behov_cut(name ? name : "", 80);
        char *longer = realloc(list, length + strlen(shown.text) + 32);
        if (!longer) {
            free(list);
            return NULL;
        }
        list = longer;
        length += (size_t)sprintf(list + length, "%s%lu%s%s", i ? ", " : "", (unsigned long)i + 1,
                                  shown.text[0] ? ": " : "", shown.text);
    }
    return list;
}

/* ---- dimensions -------------------------------------------------------------------------------------------------- */

/* A size is a whole number; SSB's older tables have it as text. */
static bool read_size(const json_t *node, size_t *size)
{
    long long value = json_is_integer(node) ? json_integer_value(node) : -1;
    if (json_is_string(node)) {
        const char *text = json_string_value(node);
        char *end = NULL;
        value = text[0] >= '0' && text[0] <= '9' && strlen(text) < 10 ? strtoll(text, &end, 10) : -1;
        if (end && *end)
            value = -1;
    }
    *size = value > 0 ? (size_t)value : 0;
    return value >= 0 && value <= JSON_STAT_MOST_CELLS;
}

/* Codes by their position: an array, an object of positions in any order, or, of one category, its label alone. */
static behov_status read_index(const reading *reading, const json_t *category, json_stat_dimension *dimension)
{
    const json_t *index = json_object_get(category, "index");
    const char *code;
    size_t i;
    json_t *node;
    if (json_is_array(index)) {
        if (json_array_size(index) != dimension->size)
            return broken(reading, "INDEX_COUNT_MISMATCH", dimension->id);
        json_array_foreach(index, i, node)
        {
            if (!(dimension->categories[i].code = json_string_value(node)))
                return broken(reading, "STRUCTURAL_VIOLATION", dimension->id);
        }
        return BEHOV_OK;
    }
    if (json_is_object(index)) {
        if (json_object_size(index) != dimension->size)
            return broken(reading, "INDEX_COUNT_MISMATCH", dimension->id);
        json_object_foreach((json_t *)(uintptr_t)index, code, node)
        {
            json_int_t position = json_is_integer(node) ? json_integer_value(node) : -1;
            if (position < 0 || (size_t)position >= dimension->size || dimension->categories[position].code)
                return broken(reading, "INDEX_POSITIONS_INVALID", dimension->id);
            dimension->categories[position].code = code;
        }
        return BEHOV_OK;
    }
    const json_t *label = json_object_get(category, "label");
    if (index || dimension->size != 1 || json_object_size(label) != 1)
        return broken(reading, "INDEX_COUNT_MISMATCH", dimension->id);
    dimension->categories[0].code = json_object_iter_key(json_object_iter((json_t *)(uintptr_t)label));
    return BEHOV_OK;
}

/* A code stands in the index once: two of one name could not be told apart. */
static int by_code(const void *a, const void *b)
{
    return strcmp(((const json_stat_category *)a)->code, ((const json_stat_category *)b)->code);
}

/* Codes in order, to be looked up; NULL without memory. */
static json_stat_category *sorted_categories(const json_stat_dimension *dimension)
{
    json_stat_category *sorted = malloc((dimension->size + 1) * sizeof *sorted);
    if (sorted && dimension->size) {
        memcpy(sorted, dimension->categories, dimension->size * sizeof *sorted);
        qsort(sorted, dimension->size, sizeof *sorted, by_code);
    }
    return sorted;
}

static bool is_known(const json_stat_category *sorted, size_t n, const char *code)
{
    json_stat_category key = {code, NULL};
    return n && bsearch(&key, sorted, n, sizeof *sorted, by_code) != NULL;
}

/* Labels, units, coordinates and notes speak of codes of the index alone. */
static behov_status check_keys(const reading *reading, const json_t *category, const json_stat_dimension *dimension,
                               const json_stat_category *sorted)
{
    static const struct {
        const char *key, *code;
    } rules[] = {{"label", "LABEL_KEY_UNKNOWN"},
                 {"unit", "UNIT_KEY_UNKNOWN"},
                 {"coordinates", "COORD_KEY_UNKNOWN"},
                 {"note", "NOTE_KEY_UNKNOWN"}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const char *code;
        json_t *node;
        json_object_foreach(json_object_get(category, rules[i].key), code,
                            node) if (!is_known(sorted, dimension->size, code)) return broken(reading, rules[i].code,
                                                                                              dimension->id);
    }
    return BEHOV_OK;
}

/* Children are codes of the index, and nobody is its own ancestor: from each, a walk of more steps than there are
 * categories has met one twice. */
static bool has_cycle(const json_t *children, const char *code, size_t depth, size_t most)
{
    size_t i;
    json_t *node;
    if (depth > most)
        return true;
    json_array_foreach(json_object_get(children, code), i,
                       node) if (json_is_string(node) &&
                                 has_cycle(children, json_string_value(node), depth + 1, most)) return true;
    return false;
}

static behov_status check_children(const reading *reading, const json_t *category, const json_stat_dimension *dimension,
                                   const json_stat_category *sorted)
{
    enum { MOST_DEPTH = 64 };
    const json_t *children = json_object_get(category, "child");
    const char *code;
    size_t i;
    json_t *list, *node;
    json_object_foreach((json_t *)(uintptr_t)children, code, list)
    {
        if (!is_known(sorted, dimension->size, code))
            return broken(reading, "CHILD_ID_UNKNOWN", dimension->id);
        json_array_foreach(list, i, node) if (!json_is_string(node) ||
                                              !is_known(sorted, dimension->size,
                                                        json_string_value(node))) return broken(reading,
                                                                                                "CHILD_ID_UNKNOWN",
                                                                                                dimension->id);
    }
    size_t most = dimension->size < MOST_DEPTH ? dimension->size : MOST_DEPTH;
    json_object_foreach((json_t *)(uintptr_t)children, code,
                        list) if (has_cycle(children, code, 0, most)) return broken(reading, "CHILD_CYCLE",
                                                                                    dimension->id);
    return BEHOV_OK;
}

static behov_status read_labels(const reading *reading, const json_t *category, json_stat_dimension *dimension)
{
    json_stat_category *sorted = sorted_categories(dimension);
    behov_status status = sorted ? BEHOV_OK : out_of_memory(reading);
    for (size_t i = 1; !status && i < dimension->size; i++)
        if (strcmp(sorted[i - 1].code, sorted[i].code) == 0)
            status = broken(reading, "INDEX_POSITIONS_INVALID", dimension->id);
    if (!status)
        status = check_keys(reading, category, dimension, sorted);
    if (!status)
        status = check_children(reading, category, dimension, sorted);
    free(sorted);
    const json_t *labels = json_object_get(category, "label");
    for (size_t i = 0; !status && labels && i < dimension->size; i++) {
        dimension->categories[i].label = text_of(labels, dimension->categories[i].code);
        reading->cube->lacks_labels = reading->cube->lacks_labels || !dimension->categories[i].label;
    }
    return status;
}

static behov_status read_dimension(const reading *reading, const json_t *node, json_stat_dimension *dimension)
{
    const json_t *category = json_object_get(node, "category");
    if (!json_is_object(category))
        return broken(reading, "STRUCTURAL_VIOLATION", dimension->id);
    dimension->label = text_of(node, "label");
    dimension->categories = calloc(dimension->size + 1, sizeof *dimension->categories);
    if (!dimension->categories)
        return out_of_memory(reading);
    behov_status status = read_index(reading, category, dimension);
    if (!status)
        status = read_labels(reading, category, dimension);
    if (!status && dimension->is_metric && json_object_size(json_object_get(category, "unit")) == 0)
        reading->cube->lacks_units = true;
    return status;
}

/* ---- the cube ---------------------------------------------------------------------------------------------------- */

static behov_status read_sizes(const reading *reading, const json_t *ids, const json_t *sizes)
{
    json_stat_cube *cube = reading->cube;
    size_t n = json_array_size(ids);
    if (!json_is_array(ids) || !json_is_array(sizes) || n == 0 || n > JSON_STAT_MOST_DIMENSIONS)
        return broken(reading, "STRUCTURAL_VIOLATION", "id, size");
    if (n != json_array_size(sizes))
        return broken(reading, "ID_SIZE_LEN_MISMATCH", "id, size");
    if (!(cube->dimensions = calloc(n, sizeof *cube->dimensions)))
        return out_of_memory(reading);
    cube->n_dimensions = n;
    cube->n_cells = 1;
    for (size_t i = 0; i < n; i++) {
        json_stat_dimension *dimension = &cube->dimensions[i];
        if (!(dimension->id = json_string_value(json_array_get(ids, i))) ||
            !read_size(json_array_get(sizes, i), &dimension->size))
            return broken(reading, "STRUCTURAL_VIOLATION", "id, size");
        for (size_t k = 0; k < i; k++)
            if (strcmp(cube->dimensions[k].id, dimension->id) == 0)
                return broken(reading, "DIM_KEY_ID_MISMATCH", dimension->id);
        if (dimension->size && cube->n_cells > JSON_STAT_MOST_CELLS / dimension->size)
            return broken(reading, "CUBE_SIZE_OVERFLOW", "size");
        cube->n_cells *= dimension->size;
    }
    return BEHOV_OK;
}

static json_stat_dimension *dimension_named(json_stat_cube *cube, const char *id)
{
    for (size_t i = 0; id && i < cube->n_dimensions; i++)
        if (strcmp(cube->dimensions[i].id, id) == 0)
            return &cube->dimensions[i];
    return NULL;
}

static behov_status read_roles(const reading *reading, const json_t *roles)
{
    static const char *const names[] = {"time", "geo", "metric"};
    for (size_t r = 0; r < 3; r++) {
        size_t i;
        json_t *node;
        json_array_foreach(json_object_get(roles, names[r]), i, node)
        {
            json_stat_dimension *dimension = dimension_named(reading->cube, json_string_value(node));
            if (!dimension)
                return broken(reading, "ROLE_ID_UNKNOWN", names[r]);
            *(r == 0 ? &dimension->is_time : r == 1 ? &dimension->is_geo : &dimension->is_metric) = true;
        }
    }
    return BEHOV_OK;
}

/* Positions of a sparse object are whole numbers below the number of cells. */
static behov_status check_sparse(const reading *reading, const json_t *object, const char *code)
{
    const char *key;
    json_t *node;
    json_object_foreach((json_t *)(uintptr_t)object, key, node)
    {
        size_t length = strlen(key);
        char *end = NULL;
        unsigned long long position =
            length && length < 10 && key[0] >= '0' && key[0] <= '9' ? strtoull(key, &end, 10) : reading->cube->n_cells;
        if (position >= reading->cube->n_cells || (end && *end) || (key[0] == '0' && length > 1))
            return broken(reading, code, key);
    }
    return BEHOV_OK;
}

static bool is_cell(const json_t *node)
{
    return json_is_number(node) || json_is_null(node) || json_is_string(node);
}

static behov_status read_values(const reading *reading, const json_t *value)
{
    size_t i;
    const char *key;
    json_t *node;
    if (!json_is_array(value) && !json_is_object(value))
        return broken(reading, "STRUCTURAL_VIOLATION", "value");
    if (json_is_array(value) && json_array_size(value) != reading->cube->n_cells)
        return broken(reading, "VALUE_LEN_MISMATCH", "value");
    behov_status status = json_is_object(value) ? check_sparse(reading, value, "SPARSE_KEY_OUT_OF_RANGE") : BEHOV_OK;
    json_array_foreach(value, i, node) if (!is_cell(node)) return broken(reading, "STRUCTURAL_VIOLATION", "value");
    json_object_foreach((json_t *)(uintptr_t)value, key, node) if (!status && !is_cell(node)) status =
        broken(reading, "STRUCTURAL_VIOLATION", "value");
    reading->cube->value = value;
    return status;
}

/* One text for all cells, an array (of one: the same for all, deprecated), or an object of positions; some wrap it as
 * {value, category}. */
static behov_status read_status(const reading *reading, const json_t *status)
{
    if (json_is_object(json_object_get(status, "value")) || json_is_array(json_object_get(status, "value")))
        status = json_object_get(status, "value");
    if (!status || json_is_null(status))
        return BEHOV_OK;
    if (!json_is_string(status) && !json_is_array(status) && !json_is_object(status))
        return broken(reading, "STRUCTURAL_VIOLATION", "status");
    size_t n = json_array_size(status);
    if (json_is_array(status) && n != reading->cube->n_cells && n != 1)
        return broken(reading, "STATUS_LEN_MISMATCH", "status");
    reading->cube->status = status;
    return json_is_object(status) ? check_sparse(reading, status, "STATUS_KEY_OUT_OF_RANGE") : BEHOV_OK;
}

static behov_status read_dimensions(const reading *reading, const json_t *dimension, bool is_old)
{
    json_stat_cube *cube = reading->cube;
    const char *key;
    json_t *node;
    json_object_foreach((json_t *)(uintptr_t)dimension, key, node)
    {
        bool is_beside = is_old && (strcmp(key, "id") == 0 || strcmp(key, "size") == 0 || strcmp(key, "role") == 0);
        if (!is_beside && !dimension_named(cube, key))
            return broken(reading, "DIM_KEY_ID_MISMATCH", key);
    }
    for (size_t i = 0; i < cube->n_dimensions; i++) {
        node = json_object_get(dimension, cube->dimensions[i].id);
        if (!node)
            return broken(reading, "DIM_KEY_ID_MISMATCH", cube->dimensions[i].id);
        behov_status status = read_dimension(reading, node, &cube->dimensions[i]);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

behov_status json_stat_open(const json_t *document, const char *where, size_t which, json_stat_cube *cube,
                            behov_error *err)
{
    const char *name;
    *cube = (json_stat_cube){0};
    reading reading = {where, cube, err};
    const json_t *dataset = find_dataset(document, which, &name);
    if (!dataset)
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_JSON_STAT_NO_DATASET, (unsigned long)which + 1,
                               (unsigned long)json_stat_n_datasets(document));
    const json_t *dimension = json_object_get(dataset, "dimension");
    /* Version 1 has id, size and role among the dimensions. */
    bool is_old = json_is_array(json_object_get(dimension, "id")) && !json_object_get(dataset, "id");
    const json_t *frame = is_old ? dimension : dataset;
    cube->is_bundle = dataset != document && !json_object_get(document, "link");
    cube->label = text_of(dataset, "label");
    cube->source = text_of(dataset, "source");
    cube->updated = text_of(dataset, "updated");
    cube->table_id = text_of(json_object_get(json_object_get(dataset, "extension"), "px"), "tableid");
    behov_status status = read_sizes(&reading, json_object_get(frame, "id"), json_object_get(frame, "size"));
    if (!status)
        status = read_roles(&reading, json_object_get(frame, "role"));
    if (!status)
        status = read_dimensions(&reading, dimension, is_old);
    if (!status)
        status = read_values(&reading, json_object_get(dataset, "value"));
    return status ? status : read_status(&reading, json_object_get(dataset, "status"));
}

void json_stat_free(json_stat_cube *cube)
{
    for (size_t i = 0; i < cube->n_dimensions; i++)
        free(cube->dimensions[i].categories);
    free(cube->dimensions);
    *cube = (json_stat_cube){0};
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static const json_t *at(const json_t *list, size_t cell)
{
    char key[24];
    if (json_is_array(list))
        return json_array_get(list, cell);
    snprintf(key, sizeof key, "%lu", (unsigned long)cell);
    return json_object_get(list, key);
}

const json_t *json_stat_value(const json_stat_cube *cube, size_t cell)
{
    const json_t *value = at(cube->value, cell);
    return json_is_null(value) ? NULL : value;
}

const char *json_stat_mark(const json_stat_cube *cube, size_t cell)
{
    const json_t *status = cube->status;
    if (!json_is_string(status))
        status = status ? at(status, json_is_array(status) && json_array_size(status) == 1 ? 0 : cell) : NULL;
    const char *text = json_string_value(status);
    return text ? text : "";
}
