/* cluster.c - rows grouped by a key, clusters numbered in the order of their keys. */
#include <behov/cluster.h>

#include <behov/expression.h>
#include <behov/number.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

struct behov_clusters {
    char *key;
    size_t n_rows, count;
    const uint32_t *of_rows; /* own_rows, or codes of the table */
    uint32_t *own_rows;
    double *numbers; /* key of each cluster, a column of numbers */
    int32_t *codes;  /* key of each cluster, a column of text */
    const behov_dictionary *levels;
    uint64_t *pairs; /* intersection: cluster of the first, then of the second way */
    char **labels;   /* given ones: the key of each cluster as text */
};

void behov_clusters_free(behov_clusters *clusters)
{
    if (!clusters)
        return;
    free(clusters->key);
    free(clusters->own_rows);
    free(clusters->numbers);
    free(clusters->codes);
    free(clusters->pairs);
    for (size_t g = 0; clusters->labels && g < clusters->count; g++)
        free(clusters->labels[g]);
    free(clusters->labels);
    free(clusters);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static behov_status missing_key(const behov_table *table, const char *key, uint32_t row, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, row, -1, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_CLUSTER_KEY_MISSING, key);
}

/* Arithmetic that divides by 0, or grows without bound: all such rows would be one cluster. */
static behov_status no_number(const behov_table *table, const char *key, size_t row, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    behov_table_where(table, row, -1, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_CLUSTER_KEY_NOT_FINITE, key);
}

/* values: n_rows numbers, kept by the caller */
static behov_status group_numbers(behov_clusters *clusters, const behov_table *table, const uint32_t *rows,
                                  const double *values, behov_error *err)
{
    size_t n_rows = clusters->n_rows;
    double *keys = behov_alloc(n_rows, sizeof *keys);
    if (!keys)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    clusters->numbers = keys;
    for (size_t i = 0; i < n_rows; i++) {
        if (isnan(values[i]))
            return missing_key(table, clusters->key, behov_row_at(rows, i), err);
        if (isinf(values[i]))
            return no_number(table, clusters->key, behov_row_at(rows, i), err);
        keys[i] = values[i] == 0 ? 0 : values[i]; /* -0 and 0 are one key */
    }
    qsort(keys, n_rows, sizeof *keys, compare_numbers);
    size_t count = 0;
    for (size_t i = 0; i < n_rows; i++)
        if (i == 0 || keys[i] != keys[i - 1])
            keys[count++] = keys[i];
    clusters->count = count;
    for (size_t i = 0; i < n_rows; i++) {
        double value = values[i];
        if (i > 0 && value == values[i - 1]) {
            clusters->own_rows[i] = clusters->own_rows[i - 1];
            continue;
        }
        size_t low = 0, high = count;
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            if (keys[middle] <= value)
                low = middle;
            else
                high = middle;
        }
        clusters->own_rows[i] = (uint32_t)low;
    }
    return BEHOV_OK;
}

typedef struct text_key {
    const char *text;
    int32_t code;
} text_key;

static int compare_texts(const void *a, const void *b)
{
    return strcmp(((const text_key *)a)->text, ((const text_key *)b)->text);
}

/* Room for the cluster of each row. */
static behov_status number_rows(behov_clusters *clusters, behov_error *err)
{
    clusters->of_rows = clusters->own_rows = behov_alloc(clusters->n_rows, sizeof *clusters->own_rows);
    return clusters->own_rows ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
}

/* Whether the code of a row of the table is its cluster: all rows of a file whose keys come in their order. Such a column
 * is borrowed, since a number a row is much for a panel of millions. */
static bool are_codes(const behov_clusters *clusters, const uint32_t *rows, size_t n_rows)
{
    bool are = clusters->n_rows == n_rows;
    for (size_t g = 0; g < clusters->count && are; g++)
        are = clusters->codes[g] == (int32_t)g;
    for (size_t i = 0; i < n_rows && are && rows; i++)
        are = rows[i] == i;
    return are;
}

/* The codes that are used, in the order of their texts, which are the clusters; used: by code, 1 = it is. Most files have
 * their keys in order, and nothing to sort. */
static behov_status order_codes(behov_clusters *clusters, const uint32_t *used, size_t n_levels, behov_error *err)
{
    const behov_dictionary *levels = clusters->levels;
    bool are_ordered = true;
    size_t count = 0;
    for (size_t code = 0; code < n_levels; code++) {
        if (!used[code])
            continue;
        const char *text = behov_dictionary_text(levels, (int32_t)code);
        are_ordered =
            are_ordered && (!count || strcmp(behov_dictionary_text(levels, clusters->codes[count - 1]), text) < 0);
        clusters->codes[count++] = (int32_t)code;
    }
    clusters->count = count;
    if (are_ordered)
        return BEHOV_OK;
    text_key *keys = behov_alloc(count, sizeof *keys);
    if (!keys)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    for (size_t g = 0; g < count; g++)
        keys[g] = (text_key){behov_dictionary_text(levels, clusters->codes[g]), clusters->codes[g]};
    qsort(keys, count, sizeof *keys, compare_texts);
    for (size_t g = 0; g < count; g++)
        clusters->codes[g] = keys[g].code;
    free(keys);
    return BEHOV_OK;
}

static behov_status group_texts(behov_clusters *clusters, const behov_table *table, size_t column, const uint32_t *rows,
                                behov_error *err)
{
    const int32_t *codes = behov_table_codes(table, column);
    clusters->levels = behov_table_levels(table, column);
    size_t n_levels = behov_dictionary_count(clusters->levels);
    uint32_t *cluster_of_code = behov_alloc(n_levels, sizeof *cluster_of_code); /* 0 = not seen, 1, then the cluster */
    clusters->codes = behov_alloc(n_levels, sizeof *clusters->codes);
    behov_status status = BEHOV_OK;
    if (!cluster_of_code || !clusters->codes)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    for (size_t i = 0; i < clusters->n_rows && !status; i++) {
        int32_t code = codes[behov_row_at(rows, i)];
        if (code < 0)
            status = missing_key(table, clusters->key, behov_row_at(rows, i), err);
        else
            cluster_of_code[code] = 1;
    }
    if (!status)
        status = order_codes(clusters, cluster_of_code, n_levels, err);
    for (size_t g = 0; g < clusters->count && !status; g++)
        cluster_of_code[clusters->codes[g]] = (uint32_t)g;
    if (!status && are_codes(clusters, rows, behov_table_n_rows(table)))
        clusters->of_rows = (const uint32_t *)codes; /* none is below 0 */
    else if (!status)
        status = number_rows(clusters, err);
    for (size_t i = 0; i < clusters->n_rows && clusters->own_rows && !status; i++)
        clusters->own_rows[i] = cluster_of_code[codes[behov_row_at(rows, i)]];
    free(cluster_of_code);
    return status;
}

static behov_status expression_values(const char *key, const behov_table *table, const uint32_t *rows, size_t n_rows,
                                      double *values, behov_error *err)
{
    behov_expression *expression = NULL;
    behov_status status = behov_expression_parse(key, strlen(key), PHRASE_CLUSTER_WHERE, &expression, err);
    if (!status)
        status = behov_expression_bind(expression, table, err);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_EXPRESSION_BLOCK) {
        size_t n = n_rows - first;
        n = n < BEHOV_EXPRESSION_BLOCK ? n : BEHOV_EXPRESSION_BLOCK;
        uint32_t room[BEHOV_EXPRESSION_BLOCK];
        behov_expression_evaluate(expression, behov_rows_block(rows, first, n, room), n, values + first);
    }
    behov_expression_free(expression);
    return status;
}

/* A column of numbers, or (column < 0) arithmetic over columns. */
static behov_status group_values(behov_clusters *clusters, const behov_table *table, ptrdiff_t column,
                                 const uint32_t *rows, behov_error *err)
{
    double *values = behov_alloc(clusters->n_rows, sizeof *values);
    if (!values)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_KEYS);
    behov_status status = BEHOV_OK;
    if (column < 0)
        status = expression_values(clusters->key, table, rows, clusters->n_rows, values, err);
    else
        for (size_t i = 0; i < clusters->n_rows; i++)
            values[i] = behov_table_numbers(table, (size_t)column)[behov_row_at(rows, i)];
    if (!status)
        status = group_numbers(clusters, table, rows, values, err);
    free(values);
    return status;
}

behov_status behov_clusters_new(const behov_table *table, const char *key, const uint32_t *rows, size_t n_rows,
                                behov_clusters **clusters, behov_error *err)
{
    behov_clusters *new_clusters = behov_alloc(1, sizeof *new_clusters);
    if (!new_clusters)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    new_clusters->n_rows = n_rows;
    new_clusters->key = behov_copy_text(key, strlen(key));
    behov_status status = BEHOV_OK;
    ptrdiff_t column = behov_table_find(table, key);
    bool is_text = column >= 0 && behov_table_kind(table, (size_t)column) == BEHOV_COLUMN_TEXT;
    if (!new_clusters->key)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    else if (is_text)
        status = group_texts(new_clusters, table, (size_t)column, rows, err);
    else if (!(status = number_rows(new_clusters, err)))
        status = group_values(new_clusters, table, column, rows, err);
    if (status)
        behov_clusters_free(new_clusters);
    else
        *clusters = new_clusters;
    return status;
}

behov_status behov_clusters_given(const char *key, const char *const *labels, size_t n_clusters,
                                  const uint32_t *of_rows, size_t n_rows, behov_clusters **clusters, behov_error *err)
{
    behov_clusters *new_clusters = behov_alloc(1, sizeof *new_clusters);
    if (!new_clusters)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    new_clusters->n_rows = n_rows;
    new_clusters->count = n_clusters;
    new_clusters->key = behov_copy_text(key, strlen(key));
    new_clusters->of_rows = new_clusters->own_rows = behov_alloc(n_rows, sizeof *new_clusters->own_rows);
    new_clusters->labels = behov_alloc(n_clusters, sizeof *new_clusters->labels);
    bool has_room = new_clusters->key && new_clusters->of_rows && new_clusters->labels;
    for (size_t g = 0; has_room && g < n_clusters; g++) {
        new_clusters->labels[g] = behov_copy_text(labels[g], strlen(labels[g]));
        has_room = new_clusters->labels[g] != NULL;
    }
    if (!has_room) {
        behov_clusters_free(new_clusters);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    }
    if (n_rows)
        memcpy(new_clusters->own_rows, of_rows, n_rows * sizeof *of_rows);
    *clusters = new_clusters;
    return BEHOV_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t pair_of(const behov_clusters *first, const behov_clusters *second, size_t i)
{
    return (uint64_t)first->of_rows[i] << 32 | second->of_rows[i];
}

behov_status behov_clusters_intersect(const behov_clusters *first, const behov_clusters *second,
                                      behov_clusters **clusters, behov_error *err)
{
    if (first->n_rows != second->n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CLUSTER_OTHER_ROWS);
    size_t n_rows = first->n_rows, length = strlen(first->key) + strlen(second->key) + 4;
    behov_clusters *new_clusters = behov_alloc(1, sizeof *new_clusters);
    if (!new_clusters)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    new_clusters->n_rows = n_rows;
    new_clusters->key = behov_alloc(length, 1);
    new_clusters->of_rows = new_clusters->own_rows = behov_alloc(n_rows, sizeof *new_clusters->own_rows);
    new_clusters->pairs = behov_alloc(n_rows, sizeof *new_clusters->pairs);
    if (!new_clusters->key || !new_clusters->of_rows || !new_clusters->pairs) {
        behov_clusters_free(new_clusters);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    }
    snprintf(new_clusters->key, length, "%s & %s", first->key, second->key);
    for (size_t i = 0; i < n_rows; i++)
        new_clusters->pairs[i] = pair_of(first, second, i);
    qsort(new_clusters->pairs, n_rows, sizeof *new_clusters->pairs, compare_pairs);
    for (size_t i = 0; i < n_rows; i++)
        if (i == 0 || new_clusters->pairs[i] != new_clusters->pairs[new_clusters->count - 1])
            new_clusters->pairs[new_clusters->count++] = new_clusters->pairs[i];
    for (size_t i = 0; i < n_rows; i++) {
        uint64_t pair = pair_of(first, second, i);
        const uint64_t *found_positions =
            bsearch(&pair, new_clusters->pairs, new_clusters->count, sizeof pair, compare_pairs);
        new_clusters->own_rows[i] = (uint32_t)(found_positions - new_clusters->pairs);
    }
    *clusters = new_clusters;
    return BEHOV_OK;
}

behov_status behov_clusters_are_within(const behov_clusters *inner, const behov_clusters *outer, bool *are_within,
                                       behov_error *err)
{
    if (inner->n_rows != outer->n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CLUSTER_OTHER_ROWS);
    uint32_t *holders = behov_alloc(inner->count, sizeof *holders); /* 0 = not seen, else cluster + 1 */
    if (!holders)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTERS);
    bool all = true;
    for (size_t i = 0; i < inner->n_rows && all; i++) {
        uint32_t *holder = &holders[inner->of_rows[i]];
        all = *holder == 0 || *holder == outer->of_rows[i] + 1;
        *holder = outer->of_rows[i] + 1;
    }
    free(holders);
    *are_within = all;
    return BEHOV_OK;
}

const char *behov_clusters_key(const behov_clusters *clusters)
{
    return clusters->key;
}

size_t behov_clusters_count(const behov_clusters *clusters)
{
    return clusters->count;
}

size_t behov_clusters_n_rows(const behov_clusters *clusters)
{
    return clusters->n_rows;
}

const uint32_t *behov_clusters_of_rows(const behov_clusters *clusters)
{
    return clusters->of_rows;
}

bool behov_clusters_are_texts(const behov_clusters *clusters)
{
    return clusters->levels != NULL;
}

size_t behov_clusters_label(const behov_clusters *clusters, size_t cluster, char text[400])
{
    if (clusters->labels)
        return (size_t)snprintf(text, 400, "%s", clusters->labels[cluster]);
    if (clusters->pairs)
        return (size_t)snprintf(text, 400, "pair %lu", (unsigned long)cluster + 1);
    if (clusters->levels)
        return (size_t)snprintf(text, 400, "%s", behov_dictionary_text(clusters->levels, clusters->codes[cluster]));
    return behov_number_shortest(clusters->numbers[cluster], text);
}
