/* factor_part.c - from a design of a part of the rows to its factors. */
#include <behov/factor_part.h>

#include <behov/factor.h>
#include <behov/fit.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "extended.h"
#include "factor_part_inner.h"
#include "fate_inner.h"

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FACTOR_PART);
}

void behov_factor_part_free(behov_factor_part *part)
{
    for (size_t i = 0; i < BEHOV_N_PART_TEXTS; i++)
        free(part->texts[i]);
    for (size_t i = 0; i < part->n_names; i++)
        free(part->names[i].section), free(part->names[i].key), free(part->names[i].value);
    for (size_t k = 0; part->columns && k < part->n_columns; k++)
        free(part->columns[k]);
    for (size_t l = 0; part->levels && l < part->n_levels; l++)
        free(part->levels[l].factor), free(part->levels[l].level);
    for (size_t i = 0; part->reasons && i < part->n_reasons; i++)
        factor_part_reason_free(&part->reasons[i]);
    for (size_t i = 0; part->counts && i < part->n_counts; i++)
        free(part->counts[i].subject);
    for (size_t i = 0; part->notes && i < part->n_notes; i++)
        free(part->notes[i].nb), free(part->notes[i].en);
    for (size_t g = 0; part->keys && g < part->n_clusters; g++)
        free(part->keys[g]);
    free(part->names), free(part->columns), free(part->levels), free(part->reasons), free(part->keys);
    free(part->counts), free(part->notes);
    free(part->sizes), free(part->starts), free(part->exponents), free(part->values), free(part->rests);
    *part = (behov_factor_part){0};
}

size_t behov_factor_part_width(const behov_factor_part *part)
{
    return part->n_columns + 1;
}

behov_status behov_factor_part_set_text(behov_factor_part *part, behov_part_text which, const char *text,
                                        behov_error *err)
{
    char *copy = behov_copy_text(text ? text : "", text ? strlen(text) : 0);
    if (!copy)
        return no_memory(err);
    free(part->texts[which]);
    part->texts[which] = copy;
    return BEHOV_OK;
}

behov_status behov_factor_part_add_name(behov_factor_part *part, const char *section, const char *key,
                                        const char *value, behov_error *err)
{
    behov_part_name *names = behov_realloc(part->names, part->n_names + 1, sizeof *names);
    if (!names)
        return no_memory(err);
    part->names = names;
    behov_part_name *name = &names[part->n_names];
    *name = (behov_part_name){behov_copy_text(section, strlen(section)), behov_copy_text(key, strlen(key)),
                              behov_copy_text(value, strlen(value))};
    if (name->section && name->key && name->value) {
        part->n_names++;
        return BEHOV_OK;
    }
    free(name->section), free(name->key), free(name->value);
    return no_memory(err);
}

behov_status behov_factor_part_add_count(behov_factor_part *part, const char *subject, uint64_t n, behov_error *err)
{
    behov_part_count *counts = behov_realloc(part->counts, part->n_counts + 1, sizeof *counts);
    part->counts = counts ? counts : part->counts;
    char *copy = counts ? behov_copy_text(subject, strlen(subject)) : NULL;
    if (!copy)
        return no_memory(err);
    counts[part->n_counts++] = (behov_part_count){copy, n};
    return BEHOV_OK;
}

behov_status behov_factor_part_add_note(behov_factor_part *part, const char *nb, const char *en, behov_error *err)
{
    behov_part_note *notes = behov_realloc(part->notes, part->n_notes + 1, sizeof *notes);
    if (!notes)
        return no_memory(err);
    part->notes = notes;
    behov_part_note note = {behov_copy_text(nb, strlen(nb)), behov_copy_text(en, strlen(en))};
    if (note.nb && note.en) {
        notes[part->n_notes++] = note;
        return BEHOV_OK;
    }
    free(note.nb), free(note.en);
    return no_memory(err);
}

behov_status factor_part_reserve(behov_factor_part *part, size_t n_clusters, behov_error *err)
{
    part->keys = behov_alloc(n_clusters, sizeof *part->keys);
    part->sizes = behov_alloc(n_clusters, sizeof *part->sizes);
    part->starts = behov_alloc(n_clusters + 1, sizeof *part->starts);
    if (!part->keys || !part->sizes || !part->starts)
        return no_memory(err);
    part->n_clusters = n_clusters;
    return BEHOV_OK;
}

/* ---- columns, levels, counts -------------------------------------------------------------------------------------- */

static behov_status take_columns(const behov_design *design, behov_factor_part *part, behov_error *err)
{
    size_t n = behov_design_n_regressors(design);
    part->columns = behov_alloc(n, sizeof *part->columns);
    part->exponents = behov_alloc(n + 1, sizeof *part->exponents);
    if (!part->columns || !part->exponents)
        return no_memory(err);
    for (part->n_columns = 0; part->n_columns < n; part->n_columns++) {
        const char *name = behov_design_regressor(design, part->n_columns);
        if (!(part->columns[part->n_columns] = behov_copy_text(name, strlen(name))))
            return no_memory(err);
    }
    for (size_t k = 0; k <= n; k++)
        part->exponents[k] = behov_design_exponent(design, k);
    return BEHOV_OK;
}

static behov_status take_levels(const behov_design *design, behov_factor_part *part, behov_error *err)
{
    size_t n = behov_design_n_levels(design);
    const behov_table *table = behov_design_table(design);
    if (!(part->levels = behov_alloc(n, sizeof *part->levels)))
        return no_memory(err);
    for (; part->n_levels < n; part->n_levels++) {
        behov_factor_level known_level = behov_design_level(design, part->n_levels);
        behov_part_level *level = &part->levels[part->n_levels];
        ptrdiff_t column = behov_table_find(table, known_level.factor);
        *level = (behov_part_level){behov_copy_text(known_level.factor, strlen(known_level.factor)),
                                    behov_copy_text(known_level.level, strlen(known_level.level)),
                                    column >= 0 && behov_table_kind(table, (size_t)column) == BEHOV_COLUMN_TEXT};
        if (!level->factor || !level->level) {
            free(level->factor), free(level->level);
            return no_memory(err);
        }
    }
    return BEHOV_OK;
}

static behov_status take_counts(const behov_design *design, behov_factor_part *part, behov_error *err)
{
    const double *roots = behov_design_root_weights(design);
    part->n_rows = behov_table_n_rows(behov_design_table(design));
    part->n_estimated = behov_design_n_estimated(design);
    part->n_predicted = behov_design_n_predicted(design);
    part->n_observations = behov_design_n_observations(design);
    extended sum = extended_of(0);
    for (size_t i = 0; roots && i < part->n_estimated; i++)
        sum = extended_add(sum, extended_two_product(roots[i], roots[i]));
    part->weight_sum = roots ? extended_round(sum) : (double)part->n_estimated;
    return factor_part_take_reasons(design, part, err);
}

/* ---- clusters ------------------------------------------------------------------------------------------------------ */

static behov_status take_keys(const behov_clusters *clusters, size_t n_rows, behov_factor_part *part, behov_error *err)
{
    size_t n_clusters = clusters ? behov_clusters_count(clusters) : n_rows ? 1 : 0, width = part->n_columns + 1;
    behov_status status = factor_part_reserve(part, n_clusters, err);
    for (size_t i = 0; i < n_rows && !status; i++)
        part->sizes[clusters ? behov_clusters_of_rows(clusters)[i] : 0]++;
    for (size_t g = 0; g < n_clusters && !status; g++) {
        char label[400] = "";
        size_t length = clusters ? behov_clusters_label(clusters, g, label) : 0;
        if (length >= sizeof label)
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_FACTOR_PART_KEY_TOO_LONG, behov_cut(label, 60).text,
                                   (unsigned long)length, (unsigned long)sizeof label - 1);
        if (!(part->keys[g] = behov_copy_text(label, length)))
            return no_memory(err);
        part->starts[g + 1] = part->starts[g] + (part->sizes[g] < width ? part->sizes[g] : width);
    }
    if (!status && !(part->values = behov_alloc(part->starts[n_clusters], width * sizeof *part->values)))
        status = no_memory(err);
    return status;
}

/* Positions of the rows, cluster by cluster. */
static void order_rows(const behov_clusters *clusters, size_t n_rows, const behov_factor_part *part, size_t *next,
                       uint32_t *positions)
{
    for (size_t g = 0, first = 0; g < part->n_clusters; first += part->sizes[g], g++)
        next[g] = first;
    for (size_t i = 0; i < n_rows; i++)
        positions[next[clusters ? behov_clusters_of_rows(clusters)[i] : 0]++] = (uint32_t)i;
}

void factor_part_keep(const extended *rows, size_t n_rows, size_t width, double *values, double *rests)
{
    for (size_t i = 0; i < n_rows * width; i++) {
        extended value = extended_quick_sum(rows[i].hi, rows[i].lo);
        values[i] = value.hi;
        rests[i] = value.lo;
    }
}

/* All rows in double-double: a cluster of few rows keeps them, one of many their triangle. */
static behov_status take_extended(const behov_design *design, const behov_clusters *clusters, behov_factor_part *part,
                                  behov_error *err)
{
    size_t n_rows = part->n_estimated, n = part->n_columns, width = n + 1;
    size_t *next = behov_alloc(part->n_clusters, sizeof *next);
    uint32_t *positions = behov_alloc(n_rows, sizeof *positions);
    extended *rows = behov_alloc(n_rows, width * sizeof *rows);
    extended *regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *regressors), outcome[BEHOV_DESIGN_BLOCK];
    extended *columns = behov_alloc(n_rows + width, (width + 1) * sizeof *columns);
    double *room = behov_alloc(DESIGN_EXTENDED_ROOM, n * sizeof *room);
    part->rests = behov_alloc(part->starts[part->n_clusters], width * sizeof *part->rests);
    bool has_room = next && positions && rows && regressors && columns && room && part->rests;
    if (has_room)
        order_rows(clusters, n_rows, part, next, positions);
    for (size_t first = 0; has_room && first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        design_fill_extended(design, positions + first, count, room, regressors, outcome);
        for (size_t i = 0; i < count; i++) {
            memcpy(rows + (first + i) * width, regressors + i * n, n * sizeof *rows);
            rows[(first + i) * width + n] = outcome[i];
        }
    }
    for (size_t g = 0, first = 0; has_room && g < part->n_clusters; first += part->sizes[g], g++) {
        size_t kept = factor_part_reduce(rows + first * width, part->sizes[g], width, columns);
        factor_part_keep(rows + first * width, kept, width, part->values + part->starts[g] * width,
                         part->rests + part->starts[g] * width);
    }
    free(next), free(positions), free(rows), free(regressors), free(columns), free(room);
    return has_room ? BEHOV_OK : no_memory(err);
}

size_t factor_part_reduce(extended *rows, size_t n_rows, size_t width, extended *columns)
{
    if (n_rows <= width)
        return n_rows;
    for (size_t k = 0; k < width; k++)
        for (size_t i = 0; i < n_rows; i++)
            columns[k * n_rows + i] = rows[i * width + k];
    extended_triangle(columns, n_rows, width, rows, columns + width * n_rows);
    return width;
}

static behov_status take_double(const behov_design *design, const behov_clusters *clusters, behov_factor_part *part,
                                behov_error *err)
{
    behov_factors *factors = NULL;
    size_t width = part->n_columns + 1;
    behov_status status = behov_factors_new(design, clusters, &factors, err);
    for (size_t g = 0; clusters && g < part->n_clusters && !status; g++) {
        size_t n_rows;
        const double *rows = behov_factors_cluster(factors, g, &n_rows);
        memcpy(part->values + part->starts[g] * width, rows, n_rows * width * sizeof *rows);
    }
    /* With rows too many for double-double there are at least as many as columns. */
    if (!status && !clusters)
        memcpy(part->values, behov_factors_triangle(factors),
               part->starts[part->n_clusters] * width * sizeof *part->values);
    behov_factors_free(factors);
    return status;
}

behov_status behov_factor_part_measure(const behov_design *design, const behov_clusters *clusters,
                                       behov_factor_part *part, behov_error *err)
{
    behov_status status = take_columns(design, part, err);
    if (!status)
        status = take_levels(design, part, err);
    if (!status)
        status = take_counts(design, part, err);
    if (!status)
        status = take_keys(clusters, part->n_estimated, part, err);
    if (status)
        return status;
    double width = (double)part->n_columns + 1;
    bool is_small = (double)part->n_estimated * width * width <= BEHOV_EXTENDED_LIMIT || part->n_estimated <= width;
    part->is_text_cluster = clusters && behov_clusters_are_texts(clusters);
    return is_small ? take_extended(design, clusters, part, err) : take_double(design, clusters, part, err);
}
