/* factor_merge.c - parts of one model to one design: columns of the whole, pieces of clusters side by side, triangles. */
#include <behov/factor_merge.h>

#include <behov/number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_inner.h"
#include "extended.h"
#include "factor_merge_parts.h"
#include "factor_part_inner.h"
#include "linalg.h"

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
}

void behov_merged_factors_free(behov_merged_factors *merged)
{
    behov_design_free(merged->design);
    behov_clusters_free(merged->clusters);
    *merged = (behov_merged_factors){0};
}

/* ---- pieces of clusters -------------------------------------------------------------------------------------------- */

/* What one part holds of one cluster, in the columns of the whole. */
typedef struct piece {
    const char *key;
    double number; /* of a key that is a number, else 0 */
    const extended *rows;
    size_t n_rows, width;
} piece;

typedef struct whole {
    behov_design *design;
    const behov_factor_part *parts;
    size_t n_parts, n_regressors, width; /* regressors, the constant where the formula has none, the outcome */
    bool has_intercept, is_extended;
    int *exponents; /* of each column of that width */
    ptrdiff_t *map; /* of each, the column of the part in hand; -1 = it has none */
    extended *rows; /* of all pieces */
    piece *pieces;
    size_t n_pieces, n_rows;
} whole;

static int compare_keys(const piece *x, const piece *y)
{
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->key, y->key);
}

/* By cluster, then by their numbers: the order of the parts does not count. */
static int compare_pieces(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    int order = compare_keys(x, y);
    if (!order && x->n_rows != y->n_rows)
        order = x->n_rows < y->n_rows ? -1 : 1;
    for (size_t i = 0; !order && i < x->n_rows * x->width; i++) {
        if (x->rows[i].hi != y->rows[i].hi)
            order = x->rows[i].hi < y->rows[i].hi ? -1 : 1;
        else if (x->rows[i].lo != y->rows[i].lo)
            order = x->rows[i].lo < y->rows[i].lo ? -1 : 1;
    }
    return order;
}

/* Which column of a part each column of the whole is; a level that the part has not seen is none. */
static void map_columns(whole *whole, const behov_factor_part *part)
{
    size_t n = whole->n_regressors;
    for (size_t k = 0; k < n; k++) {
        whole->map[k] = -1;
        for (size_t j = 0; j < part->n_columns && whole->map[k] < 0; j++)
            if (strcmp(part->columns[j], behov_design_regressor(whole->design, k)) == 0)
                whole->map[k] = (ptrdiff_t)j;
    }
    if (!whole->has_intercept)
        whole->map[n] = 0;
    whole->map[whole->width - 1] = (ptrdiff_t)part->n_columns;
}

static bool is_zero_column(const behov_factor_part *part, size_t column)
{
    size_t n = part->starts[part->n_clusters], width = part->n_columns + 1;
    for (size_t i = 0; i < n; i++)
        if (part->values[i * width + column] != 0)
            return false;
    return true;
}

/* The largest exponents: a column of zeros has none. */
static void find_exponents(whole *whole)
{
    enum { NONE = -100000 };
    for (size_t k = 0; k < whole->width; k++)
        whole->exponents[k] = NONE;
    for (size_t i = 0; i < whole->n_parts; i++) {
        map_columns(whole, &whole->parts[i]);
        for (size_t k = 0; k < whole->width; k++) {
            ptrdiff_t column = whole->map[k];
            if (column >= 0 && whole->parts[i].exponents[column] > whole->exponents[k] &&
                !is_zero_column(&whole->parts[i], (size_t)column))
                whole->exponents[k] = whole->parts[i].exponents[column];
        }
    }
    for (size_t k = 0; k < whole->width; k++)
        whole->exponents[k] = whole->exponents[k] == NONE ? 0 : whole->exponents[k];
}

static void fill_pieces(whole *whole)
{
    size_t width = whole->width;
    extended *next = whole->rows;
    for (size_t i = 0; i < whole->n_parts; i++) {
        const behov_factor_part *part = &whole->parts[i];
        map_columns(whole, part);
        for (size_t g = 0; g < part->n_clusters; g++) {
            piece *piece = &whole->pieces[whole->n_pieces];
            *piece = (struct piece){part->keys[g], 0, next, part->starts[g + 1] - part->starts[g], width};
            if (piece->n_rows == 0)
                continue;
            whole->n_pieces++;
            if (!part->is_text_cluster && part->keys[g][0] &&
                behov_number_parse(part->keys[g], strlen(part->keys[g]), '.', &piece->number) != BEHOV_NUMBER_OK)
                piece->number = 0;
            for (size_t r = part->starts[g]; r < part->starts[g + 1]; r++, next += width)
                for (size_t k = 0; k < width; k++) {
                    size_t at = r * (part->n_columns + 1) + (size_t)whole->map[k];
                    if (whole->map[k] < 0)
                        continue;
                    int shift = part->exponents[whole->map[k]] - whole->exponents[k];
                    next[k] =
                        (extended){ldexp(part->values[at], shift), part->rests ? ldexp(part->rests[at], shift) : 0};
                }
        }
    }
    if (whole->n_pieces > 1)
        qsort(whole->pieces, whole->n_pieces, sizeof *whole->pieces, compare_pieces);
}

/* Precision weights are scaled to mean 1 over all rows, as a design of all rows does it. */
static void scale_weights(whole *whole)
{
    extended sum = extended_of(0);
    if (!whole->parts[0].texts[BEHOV_PART_WEIGHTS][0] || whole->design->weight_kind == BEHOV_WEIGHT_FREQUENCY)
        return;
    for (size_t i = 0; i < whole->n_parts; i++)
        sum = extended_add(sum, extended_of(whole->parts[i].weight_sum));
    whole->design->merged->has_precision_weights = true;
    extended root = extended_square_root(extended_divide(extended_of((double)whole->design->merged->n_estimated), sum));
    for (size_t i = 0; i < whole->n_rows * whole->width; i++)
        whole->rows[i] = extended_multiply(root, whole->rows[i]);
}

/* ---- rows of the whole --------------------------------------------------------------------------------------------- */

/* Rows to a triangle where they are more than columns: in double-double where all parts are kept so, else in double. */
static size_t reduce(const whole *whole, extended *rows, size_t n_rows, void *work)
{
    size_t width = whole->width;
    if (whole->is_extended || n_rows <= width)
        return factor_part_reduce(rows, n_rows, width, work);
    double *copy = work, *triangle = copy + n_rows * width, *room = triangle + width * width;
    for (size_t i = 0; i < n_rows * width; i++)
        copy[i] = rows[i].hi;
    memset(triangle, 0, width * width * sizeof *triangle);
    behov_triangle_add(triangle, width, copy, n_rows, room);
    for (size_t i = 0; i < width * width; i++)
        rows[i] = extended_of(triangle[i]);
    return width;
}

static void keep_row(const whole *whole, const extended *row, double *values, double *rests)
{
    size_t n = whole->n_regressors;
    for (size_t k = 0; k < n + 2; k++) {
        size_t from = k < n ? k : k == n ? whole->width - 1 : whole->has_intercept ? 0 : n;
        extended value = extended_quick_sum(row[from].hi, row[from].lo);
        values[k] = ldexp(value.hi, whole->exponents[from]);
        if (rests)
            rests[k] = ldexp(value.lo, whole->exponents[from]);
    }
}

/* The pieces of each cluster become its rows; of_rows says which cluster each row is of. */
static behov_status stack(whole *whole, uint32_t *of_rows, const char **labels, size_t *n_clusters, behov_error *err)
{
    size_t width = whole->width, n = whole->n_regressors, most = 0, n_kept = 0;
    behov_design *design = whole->design;
    for (size_t i = 0, rows = 0; i < whole->n_pieces; i++) {
        rows = i && compare_keys(&whole->pieces[i - 1], &whole->pieces[i]) == 0 ? rows : 0;
        rows += whole->pieces[i].n_rows;
        most = rows > most ? rows : most;
    }
    extended *rows = behov_alloc(most + width, width * sizeof *rows);
    extended *work = behov_alloc(most + width + 1, (width + 1) * sizeof *work);
    design->merged->values = behov_alloc(whole->n_rows, (n + 2) * sizeof(double));
    if (whole->is_extended)
        design->merged->rests = behov_alloc(whole->n_rows, (n + 2) * sizeof(double));
    bool has_room = rows && work && design->merged->values && (!whole->is_extended || design->merged->rests);
    *n_clusters = 0;
    for (size_t i = 0, end; has_room && i < whole->n_pieces; i = end) {
        size_t n_rows = 0;
        for (end = i; end < whole->n_pieces && compare_keys(&whole->pieces[i], &whole->pieces[end]) == 0; end++) {
            memcpy(rows + n_rows * width, whole->pieces[end].rows, whole->pieces[end].n_rows * width * sizeof *rows);
            n_rows += whole->pieces[end].n_rows;
        }
        n_rows = reduce(whole, rows, n_rows, work);
        for (size_t r = 0; r < n_rows; r++, n_kept++) {
            keep_row(whole, rows + r * width, design->merged->values + n_kept * (n + 2),
                     design->merged->rests ? design->merged->rests + n_kept * (n + 2) : NULL);
            of_rows[n_kept] = (uint32_t)*n_clusters;
        }
        labels[(*n_clusters)++] = whole->pieces[i].key;
    }
    design->n_estimated = n_kept;
    free(rows), free(work);
    return has_room ? BEHOV_OK : no_memory(err);
}

/* The list of rows, and how large their numbers are. */
static behov_status finish(behov_design *design, behov_error *err)
{
    size_t n = design->n_columns;
    design->estimated = behov_alloc(design->n_estimated, sizeof *design->estimated);
    design->exponents = behov_alloc(n + 1, sizeof *design->exponents);
    if (!design->estimated || !design->exponents)
        return no_memory(err);
    for (size_t i = 0; i < design->n_estimated; i++)
        design->estimated[i] = (uint32_t)i;
    for (size_t k = 0; k <= n; k++) {
        double largest = 0;
        for (size_t i = 0; i < design->n_estimated; i++)
            largest = fmax(largest, fabs(design->merged->values[i * (n + 2) + k]));
        frexp(largest, &design->exponents[k]);
    }
    return BEHOV_OK;
}

static behov_status merge_rows(whole *whole, behov_merged_factors *merged, behov_error *err)
{
    size_t n_all = 0, n_clusters;
    whole->is_extended = true;
    for (size_t i = 0; i < whole->n_parts; i++) {
        const behov_factor_part *part = &whole->parts[i];
        n_all += part->n_clusters;
        whole->n_rows += part->starts[part->n_clusters];
        whole->is_extended = whole->is_extended && (part->rests || part->n_estimated == 0);
    }
    whole->exponents = behov_alloc(whole->width, sizeof *whole->exponents);
    whole->map = behov_alloc(whole->width, sizeof *whole->map);
    whole->rows = behov_alloc(whole->n_rows, whole->width * sizeof *whole->rows);
    whole->pieces = behov_alloc(n_all + 1, sizeof *whole->pieces);
    uint32_t *of_rows = behov_alloc(whole->n_rows, sizeof *of_rows);
    const char **labels = behov_alloc(n_all, sizeof *labels);
    behov_status status = BEHOV_OK;
    if (!whole->exponents || !whole->map || !whole->rows || !whole->pieces || !of_rows || !labels)
        status = no_memory(err);
    else if (whole->n_rows >= UINT32_MAX)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(whole->design->table), SAY_TABLE_TOO_MANY_ROWS);
    if (!status) {
        find_exponents(whole);
        fill_pieces(whole);
        scale_weights(whole);
        status = stack(whole, of_rows, labels, &n_clusters, err);
    }
    if (!status)
        status = finish(whole->design, err);
    const char *key = whole->parts[0].texts[BEHOV_PART_CLUSTER];
    if (!status && key[0])
        status =
            behov_clusters_given(key, labels, n_clusters, of_rows, whole->design->n_estimated, &merged->clusters, err);
    if (!status)
        merged->repeats_a_cluster = n_clusters > 1 && whole->design->merged->n_estimated > n_clusters;
    merged->is_extended = whole->is_extended;
    free(of_rows), free(labels);
    free(whole->exponents), free(whole->map), free(whole->rows), free(whole->pieces);
    return status;
}

behov_status behov_factor_parts_merge(const behov_factor_part *parts, size_t n_parts, behov_formula *formula,
                                      const behov_table *table, behov_merged_factors *merged, behov_error *err)
{
    *merged = (behov_merged_factors){0};
    behov_design *design = behov_alloc(1, sizeof *design);
    if (!design)
        return no_memory(err);
    merged->design = design;
    design->formula = formula;
    design->table = design->fates.table = table;
    design->has_outcome = true;
    behov_status status = factor_merge_columns(design, parts, n_parts, err);
    whole whole = {.design = design, .parts = parts, .n_parts = n_parts};
    if (!status) {
        whole.n_regressors = design->n_columns;
        whole.has_intercept = behov_formula_has_intercept(formula);
        whole.width = whole.n_regressors + (whole.has_intercept ? 1 : 2);
        status = merge_rows(&whole, merged, err);
    }
    if (status)
        behov_merged_factors_free(merged);
    return status;
}
