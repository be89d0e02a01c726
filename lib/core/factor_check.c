/* factor_check.c - whether parts are of one model, and each is there once. */
#include <behov/factor_merge.h>

#include <behov/expression.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "checksum.h"

/* What a text of the model is called. */
static const char *const text_names[BEHOV_N_PART_TEXTS] = {
    [BEHOV_PART_FORMULA] = PHRASE_PART_TEXT_FORMULA,           [BEHOV_PART_CLUSTER] = PHRASE_PART_TEXT_CLUSTER,
    [BEHOV_PART_EXCLUDE] = PHRASE_PART_TEXT_EXCLUDE,           [BEHOV_PART_SET_ASIDE] = PHRASE_PART_TEXT_SET_ASIDE,
    [BEHOV_PART_WEIGHTS] = PHRASE_PART_TEXT_WEIGHTS,           [BEHOV_PART_WEIGHT_KIND] = PHRASE_PART_TEXT_WEIGHT_KIND,
    [BEHOV_PART_OUTCOME_UNIT] = PHRASE_PART_TEXT_OUTCOME_UNIT,
};

static const char *text_or_none(const char *text)
{
    return text[0] ? text : PHRASE_PART_TEXT_NONE;
}

/* z>60 is z > 60. */
static bool are_same_conditions(const char *a, const char *b)
{
    behov_expression *x = NULL, *y = NULL;
    behov_error err;
    bool is_same = a[0] && b[0] && behov_expression_parse(a, strlen(a), "", &x, &err) == BEHOV_OK &&
                   behov_expression_parse(b, strlen(b), "", &y, &err) == BEHOV_OK &&
                   strcmp(behov_expression_text(x), behov_expression_text(y)) == 0;
    behov_expression_free(x), behov_expression_free(y);
    return is_same;
}

static bool are_same_texts(behov_part_text which, const char *a, const char *b)
{
    bool is_condition = which == BEHOV_PART_EXCLUDE || which == BEHOV_PART_SET_ASIDE || which == BEHOV_PART_WEIGHTS;
    return strcmp(a, b) == 0 || (is_condition && are_same_conditions(a, b));
}

static behov_status check_texts(const behov_factor_part *first, const behov_factor_part *part, const char *first_name,
                                const char *name, behov_error *err)
{
    for (size_t i = 0; i < BEHOV_N_PART_TEXTS; i++)
        if (!are_same_texts((behov_part_text)i, first->texts[i], part->texts[i]))
            return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_PARTS_DIFFER, text_names[i],
                                   behov_cut(text_or_none(part->texts[i]), 200).text,
                                   behov_cut(text_or_none(first->texts[i]), 200).text, first_name);
    return BEHOV_OK;
}

static behov_status kinds_differ(const char *column, bool is_text, const char *name, const char *other_name,
                                 behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_PARTS_KINDS_DIFFER, behov_cut(column, 100).text,
                           is_text ? PHRASE_PART_KIND_TEXTS : PHRASE_PART_KIND_NUMBERS,
                           is_text ? PHRASE_PART_KIND_NUMBERS : PHRASE_PART_KIND_TEXTS, other_name);
}

/* A column that is read as numbers in one part and as texts in another: 1 and 01 would be two levels, or one. */
static behov_status check_kinds(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                behov_error *err)
{
    size_t clustered = n_parts;
    for (size_t i = 0; i < n_parts; i++) {
        if (parts[i].n_estimated == 0 || !parts[i].texts[BEHOV_PART_CLUSTER][0])
            continue;
        if (clustered < n_parts && parts[clustered].is_text_cluster != parts[i].is_text_cluster)
            return kinds_differ(parts[i].texts[BEHOV_PART_CLUSTER], parts[i].is_text_cluster, names[i],
                                names[clustered], err);
        clustered = i;
    }
    for (size_t i = 1; i < n_parts; i++)
        for (size_t l = 0; l < parts[i].n_levels; l++) {
            const behov_part_level *level = &parts[i].levels[l];
            bool is_found = l && strcmp(parts[i].levels[l - 1].factor, level->factor) == 0;
            for (size_t j = i; j-- > 0 && !is_found;)
                for (size_t m = 0; m < parts[j].n_levels && !is_found; m++) {
                    is_found = strcmp(parts[j].levels[m].factor, level->factor) == 0;
                    if (is_found && parts[j].levels[m].is_text != level->is_text)
                        return kinds_differ(level->factor, level->is_text, names[i], names[j], err);
                }
        }
    return BEHOV_OK;
}

/* ---- a part that is there twice ------------------------------------------------------------------------------------ */

typedef struct fingerprint {
    uint64_t n_rows;
    uint32_t checksum;
    size_t part;
} fingerprint;

static int compare_fingerprints(const void *a, const void *b)
{
    const fingerprint *x = a, *y = b;
    if (x->n_rows != y->n_rows)
        return x->n_rows < y->n_rows ? -1 : 1;
    if (x->checksum != y->checksum)
        return x->checksum < y->checksum ? -1 : 1;
    return x->part < y->part ? -1 : x->part > y->part;
}

static size_t n_bytes(const behov_factor_part *part)
{
    return part->starts[part->n_clusters] * (part->n_columns + 1) * sizeof *part->values;
}

static bool are_same_rows(const behov_factor_part *a, const behov_factor_part *b)
{
    bool is_same = a->n_estimated == b->n_estimated && a->n_clusters == b->n_clusters && n_bytes(a) == n_bytes(b) &&
                   memcmp(a->values, b->values, n_bytes(a)) == 0;
    for (size_t g = 0; is_same && g < a->n_clusters; g++)
        is_same = strcmp(a->keys[g], b->keys[g]) == 0 && a->sizes[g] == b->sizes[g];
    return is_same;
}

static behov_status check_once(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                               bool allows_copies, size_t *n_copies, behov_error *err)
{
    fingerprint *fingerprints = behov_alloc(n_parts, sizeof *fingerprints);
    if (!fingerprints)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
    for (size_t i = 0; i < n_parts; i++)
        fingerprints[i] =
            (fingerprint){parts[i].n_estimated, behov_checksum(0, parts[i].values, n_bytes(&parts[i])), i};
    qsort(fingerprints, n_parts, sizeof *fingerprints, compare_fingerprints);
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < n_parts && !status; i++) {
        size_t a = fingerprints[i - 1].part, b = fingerprints[i].part;
        if (parts[a].n_estimated == 0 || fingerprints[i - 1].checksum != fingerprints[i].checksum ||
            !are_same_rows(&parts[a], &parts[b]))
            continue;
        if (allows_copies)
            ++*n_copies;
        else
            status = behov_error_say(err, BEHOV_E_DATA, names[b], SAY_FACTOR_PART_TWICE, names[a]);
    }
    free(fingerprints);
    return status;
}

/* A cluster of a part by its key; a query may give several of one key. */
typedef struct keyed_cluster {
    const behov_factor_part *part;
    size_t cluster;
} keyed_cluster;

static size_t n_bytes_of_cluster(const keyed_cluster *cluster)
{
    const behov_factor_part *part = cluster->part;
    return (part->starts[cluster->cluster + 1] - part->starts[cluster->cluster]) * (part->n_columns + 1) *
           sizeof *part->values;
}

static int compare_clusters(const void *a, const void *b)
{
    const keyed_cluster *x = a, *y = b;
    size_t n = n_bytes_of_cluster(x), m = n_bytes_of_cluster(y), width = x->part->n_columns + 1;
    int order = strcmp(x->part->keys[x->cluster], y->part->keys[y->cluster]);
    if (!order && n != m)
        order = n < m ? -1 : 1;
    if (!order)
        order = memcmp(x->part->values + x->part->starts[x->cluster] * width,
                       y->part->values + y->part->starts[y->cluster] * width, n);
    return order;
}

/* UNION ALL of the same groups gives each twice. */
static behov_status check_clusters_once(const behov_factor_part *part, const char *name, bool allows_copies,
                                        size_t *n_copies, behov_error *err)
{
    keyed_cluster *clusters = behov_alloc(part->n_clusters, sizeof *clusters);
    if (!clusters)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
    for (size_t g = 0; g < part->n_clusters; g++)
        clusters[g] = (keyed_cluster){part, g};
    if (part->n_clusters > 1)
        qsort(clusters, part->n_clusters, sizeof *clusters, compare_clusters);
    behov_status status = BEHOV_OK;
    for (size_t g = 1; g < part->n_clusters && !status; g++) {
        size_t a = clusters[g - 1].cluster, b = clusters[g].cluster;
        if (compare_clusters(&clusters[g - 1], &clusters[g]) != 0 || part->sizes[a] != part->sizes[b])
            continue;
        if (allows_copies)
            ++*n_copies;
        else
            status =
                behov_error_say(err, BEHOV_E_DATA, name, SAY_FACTOR_CLUSTER_TWICE,
                                behov_cut(part->texts[BEHOV_PART_CLUSTER], 60).text, behov_cut(part->keys[a], 60).text);
    }
    free(clusters);
    return status;
}

behov_status behov_factor_parts_check(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                      bool allows_copies, size_t *n_copies, behov_error *err)
{
    *n_copies = 0;
    if (n_parts == 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FACTOR_PARTS_NONE);
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < n_parts && !status; i++)
        status = check_texts(&parts[0], &parts[i], names[0], names[i], err);
    if (!status)
        status = check_kinds(parts, names, n_parts, err);
    for (size_t i = 0; i < n_parts && !status; i++)
        status = check_clusters_once(&parts[i], names[i], allows_copies, n_copies, err);
    return status ? status : check_once(parts, names, n_parts, allows_copies, n_copies, err);
}
