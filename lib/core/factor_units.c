/* factor_units.c - see factor_units.h. */
#include <behov/factor_units.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* Those of plausibility_units.c. */
static const double NEAR = 0.35, FAR = 8, LEAST_SPREAD = 0.01, LEAST_GAP = 10;
enum { LEAST_PIECES = 3, LEAST_ROWS = 10, POWERS = 7 /* -3 .. 3 */ };

/* What a part holds of a cluster. */
typedef struct piece {
    const char *key;
    size_t part, cluster;
    double size; /* of the column in hand; NaN = zero throughout */
    double r;    /* log10 of the size over the lower median of its cluster's pieces; NaN = there are no others */
} piece;

typedef struct unit_look {
    const behov_factor_part *parts;
    size_t n_parts, n_pieces;
    piece *pieces; /* cluster by cluster */
    double *work;  /* n_pieces */
    behov_unit_differences *differences;
} unit_look;

void behov_unit_differences_free(behov_unit_differences *differences)
{
    for (size_t i = 0; i < differences->n; i++)
        free(differences->list[i].is_of_part);
    free(differences->list);
    *differences = (behov_unit_differences){0};
}

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
}

static int compare_pieces(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (!order && x->part != y->part)
        order = x->part < y->part ? -1 : 1;
    return order ? order : (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

static int compare_sizes(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 2 or 3, -2 or -3 when r is near, else 0. */
static int power_near(double r)
{
    double size = fabs(r);
    int power = fabs(size - 2) <= NEAR ? 2 : fabs(size - 3) <= NEAR ? 3 : 0;
    return r < 0 ? -power : power;
}

/* Root of the sum of squares, without overflow: columns are scaled to 1. */
static double column_norm(const behov_factor_part *part, size_t cluster, size_t column)
{
    size_t width = part->n_columns + 1;
    double sum = 0;
    for (size_t i = part->starts[cluster]; i < part->starts[cluster + 1]; i++)
        sum += part->values[i * width + column] * part->values[i * width + column];
    return sqrt(sum);
}

/* Decimal logarithms would do, but sizes are compared as they are: those beyond doubles have none. */
static double size_in(const behov_factor_part *part, size_t cluster, size_t column)
{
    double size = ldexp(column_norm(part, cluster, column) / column_norm(part, cluster, 0),
                        part->exponents[column] - part->exponents[0]);
    return size > 0 && isfinite(size) ? size : NAN;
}

static size_t column_at(const behov_factor_part *part, const char *name)
{
    size_t k = 0;
    while (name && k < part->n_columns && strcmp(part->columns[k], name) != 0)
        k++;
    return name ? k : part->n_columns;
}

static void measure(unit_look *look, const char *name)
{
    for (size_t i = 0, last = SIZE_MAX, column = 0; i < look->n_pieces; i++) {
        piece *piece = &look->pieces[i];
        const behov_factor_part *part = &look->parts[piece->part];
        if (piece->part != last)
            column = column_at(part, name);
        last = piece->part;
        piece->size = name && column == part->n_columns ? NAN : size_in(part, piece->cluster, column);
        piece->r = NAN;
    }
}

/* r of the pieces of clusters that lie in several parts. */
static void compare_within(unit_look *look)
{
    for (size_t first = 0, end; first < look->n_pieces; first = end) {
        size_t n = 0;
        for (end = first; end < look->n_pieces && strcmp(look->pieces[first].key, look->pieces[end].key) == 0; end++)
            if (!isnan(look->pieces[end].size))
                look->work[n++] = look->pieces[end].size;
        if (n < 2)
            continue;
        qsort(look->work, n, sizeof *look->work, compare_sizes);
        for (size_t i = first; i < end; i++)
            look->pieces[i].r = log10(look->pieces[i].size / look->work[(n - 1) / 2]);
    }
}

/* 1.4826 times the median of |r|, without the medians themselves and without what may be off. */
static double spread(unit_look *look)
{
    size_t n = 0;
    for (size_t i = 0; i < look->n_pieces; i++)
        if (fabs(look->pieces[i].r) < 2 - NEAR && look->pieces[i].r != 0)
            look->work[n++] = fabs(look->pieces[i].r);
    qsort(look->work, n, sizeof *look->work, compare_sizes);
    return n ? fmax(1.4826 * look->work[n / 2], LEAST_SPREAD) : LEAST_SPREAD;
}

static behov_status add(unit_look *look, behov_unit_difference difference, behov_error *err)
{
    behov_unit_differences *all = look->differences;
    behov_unit_difference *list = behov_realloc(all->list, all->n + 1, sizeof *list);
    if (!list) {
        free(difference.is_of_part);
        return no_memory(err);
    }
    all->list = list;
    all->list[all->n++] = difference;
    return BEHOV_OK;
}

/* Parts whose pieces are off, by how many times. Returns in *n_compared the pieces that have others. */
static behov_status tell_within(unit_look *look, const char *name, size_t *n_compared, behov_error *err)
{
    double width = spread(look);
    size_t *n = behov_alloc(look->n_parts, (POWERS + 1) * sizeof *n); /* of each part: compared, off by power + 3 */
    behov_status status = n ? BEHOV_OK : no_memory(err);
    *n_compared = 0;
    for (size_t i = 0; i < look->n_pieces && !status; i++) {
        const piece *piece = &look->pieces[i];
        if (isnan(piece->r))
            continue;
        size_t *of_part = n + piece->part * (POWERS + 1);
        int power = fabs(piece->r) >= FAR * width ? power_near(piece->r) : 0;
        ++*n_compared, of_part[0]++;
        of_part[1 + power + 3] += power != 0;
    }
    for (int power = -3; power <= 3 && !status; power++) {
        behov_unit_difference difference = {.column = name, .times = pow(10, power), .is_within = true};
        if (!(difference.is_of_part = behov_alloc(look->n_parts, sizeof *difference.is_of_part))) {
            status = no_memory(err);
            break;
        }
        for (size_t p = 0; p < look->n_parts; p++) {
            const size_t *of_part = n + p * (POWERS + 1);
            difference.is_of_part[p] =
                power && of_part[1 + power + 3] >= LEAST_PIECES && 2 * of_part[1 + power + 3] > of_part[0];
            difference.n_parts += difference.is_of_part[p];
        }
        if (difference.n_parts)
            status = add(look, difference, err);
        else
            free(difference.is_of_part);
    }
    free(n);
    return status;
}

/* ---- between clusters ---------------------------------------------------------------------------------------------- */

typedef struct part_size {
    size_t part;
    double size; /* the lower median of its clusters' */
} part_size;

static int compare_parts(const void *a, const void *b)
{
    const part_size *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return x->part < y->part ? -1 : x->part > y->part;
}

/* The clusters of some parts: sizes of nine in ten of them from below and from above, for expenditure of a few may be next
 * to nothing; how many they are, and their rows. */
typedef struct heap {
    double low, median, high;
    size_t n;
    uint64_t n_rows;
} heap;

static heap heap_of(unit_look *look, const bool *is_chosen)
{
    heap heap = {NAN, NAN, NAN, 0, 0};
    for (size_t i = 0; i < look->n_pieces; i++) {
        const piece *piece = &look->pieces[i];
        if (!is_chosen[piece->part] || isnan(piece->size))
            continue;
        look->work[heap.n++] = piece->size;
        heap.n_rows += look->parts[piece->part].sizes[piece->cluster];
    }
    qsort(look->work, heap.n, sizeof *look->work, compare_sizes);
    if (heap.n) {
        heap.low = look->work[heap.n / 10];
        heap.median = look->work[(heap.n - 1) / 2];
        heap.high = look->work[heap.n - 1 - heap.n / 10];
    }
    return heap;
}

static bool has_enough(const unit_look *look, const heap *heap)
{
    bool is_clustered = look->parts[0].texts[BEHOV_PART_CLUSTER][0];
    return is_clustered ? heap->n >= LEAST_PIECES : heap->n_rows >= LEAST_ROWS;
}

/* The smaller heap of parts is told, of equal ones the upper. */
static behov_status tell_split(unit_look *look, const char *name, const part_size *sizes, size_t n, size_t split,
                               behov_error *err)
{
    behov_unit_difference difference = {.column = name};
    bool *others = behov_alloc(look->n_parts, sizeof *others);
    difference.is_of_part = behov_alloc(look->n_parts, sizeof *difference.is_of_part);
    behov_status status = others && difference.is_of_part ? BEHOV_OK : no_memory(err);
    bool is_told = false;
    if (!status) {
        bool is_upper = n - split <= split;
        for (size_t i = 0; i < n; i++)
            ((i >= split) == is_upper ? difference.is_of_part : others)[sizes[i].part] = true;
        heap here = heap_of(look, difference.is_of_part), there = heap_of(look, others);
        const heap *upper = is_upper ? &here : &there, *lower = is_upper ? &there : &here;
        int power = power_near(log10(here.median / there.median));
        difference.n_parts = is_upper ? n - split : split;
        difference.times = pow(10, power);
        is_told = power && upper->low >= LEAST_GAP * lower->high && has_enough(look, &here) && has_enough(look, &there);
    }
    free(others);
    if (is_told)
        return add(look, difference, err);
    free(difference.is_of_part);
    return status;
}

static behov_status tell_between(unit_look *look, const char *name, behov_error *err)
{
    part_size *sizes = behov_alloc(look->n_parts, sizeof *sizes);
    bool *is_chosen = behov_alloc(look->n_parts, sizeof *is_chosen);
    behov_status status = sizes && is_chosen ? BEHOV_OK : no_memory(err);
    size_t n = 0, split = 0;
    double *work = look->work;
    size_t *next = behov_alloc(look->n_parts + 1, sizeof *next);
    status = next ? status : no_memory(err);
    if (!status) { /* sizes part by part in `work` */
        for (size_t i = 0; i < look->n_pieces; i++)
            next[look->pieces[i].part + 1] += !isnan(look->pieces[i].size);
        for (size_t p = 0; p < look->n_parts; p++)
            next[p + 1] += next[p];
        for (size_t i = 0; i < look->n_pieces; i++)
            if (!isnan(look->pieces[i].size))
                work[next[look->pieces[i].part]++] = look->pieces[i].size;
        for (size_t p = 0, first = 0; p < look->n_parts; first = next[p], p++) {
            size_t count = next[p] - first;
            if (count == 0)
                continue;
            qsort(work + first, count, sizeof *work, compare_sizes);
            sizes[n++] = (part_size){p, work[first + (count - 1) / 2]};
        }
        qsort(sizes, n, sizeof *sizes, compare_parts);
        for (size_t i = 1; i < n; i++)
            if (sizes[i].size >= LEAST_GAP * sizes[i - 1].size &&
                (split == 0 || sizes[i].size / sizes[i - 1].size > sizes[split].size / sizes[split - 1].size))
                split = i;
    }
    if (!status && split)
        status = tell_split(look, name, sizes, n, split, err);
    free(sizes), free(is_chosen), free(next);
    return status;
}

/* ---- all columns --------------------------------------------------------------------------------------------------- */

static behov_status look_at(unit_look *look, const char *name, behov_error *err)
{
    size_t n_compared = 0, n_before = look->differences->n;
    behov_status status = BEHOV_OK;
    measure(look, name);
    if (look->parts[0].texts[BEHOV_PART_CLUSTER][0]) {
        compare_within(look);
        status = tell_within(look, name, &n_compared, err);
    }
    /* Where most clusters lie in one part alone */
    bool is_told = look->differences->n > n_before;
    return status || is_told || 2 * n_compared > look->n_pieces ? status : tell_between(look, name, err);
}

behov_status behov_factor_parts_units(const behov_factor_part *parts, size_t n_parts,
                                      behov_unit_differences *differences, behov_error *err)
{
    *differences = (behov_unit_differences){0};
    unit_look look = {.parts = parts, .n_parts = n_parts, .differences = differences};
    size_t first = n_parts, n_all = 0;
    for (size_t p = 0; p < n_parts; p++) {
        n_all += parts[p].n_clusters;
        first = first == n_parts && parts[p].n_estimated ? p : first;
    }
    if (n_parts < 2 || first == n_parts)
        return BEHOV_OK;
    look.pieces = behov_alloc(n_all, sizeof *look.pieces);
    look.work = behov_alloc(n_all, sizeof *look.work);
    behov_status status = look.pieces && look.work ? BEHOV_OK : no_memory(err);
    if (!status) {
        for (size_t p = 0; p < n_parts; p++)
            for (size_t g = 0; g < parts[p].n_clusters; g++)
                look.pieces[look.n_pieces++] = (piece){parts[p].keys[g], p, g, NAN, NAN};
        qsort(look.pieces, look.n_pieces, sizeof *look.pieces, compare_pieces);
        status = look_at(&look, NULL, err);
    }
    for (size_t k = 1; k < parts[first].n_columns && !status; k++)
        if (!strchr(parts[first].columns[k], '='))
            status = look_at(&look, parts[first].columns[k], err);
    free(look.pieces), free(look.work);
    if (status)
        behov_unit_differences_free(differences);
    return status;
}
