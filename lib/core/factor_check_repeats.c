/* factor_check_repeats.c - a part that is there twice: the same bytes, or the same rows in another order.
 *
 * Rows in another order give triangles of other digits, or rows elsewhere, but the same R'R, which is what is compared,
 * cluster by cluster. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "factor_merge_parts.h"

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
}

/* A cluster of a part by its key; a query may give several of one key. */
typedef struct keyed_cluster {
    const behov_factor_part *part;
    size_t cluster;
} keyed_cluster;

static size_t n_kept(const keyed_cluster *cluster)
{
    return cluster->part->starts[cluster->cluster + 1] - cluster->part->starts[cluster->cluster];
}

static const double *rows_at(const keyed_cluster *cluster)
{
    return cluster->part->values + cluster->part->starts[cluster->cluster] * (cluster->part->n_columns + 1);
}

static int compare_clusters(const void *a, const void *b)
{
    const keyed_cluster *x = a, *y = b;
    size_t n = n_kept(x), m = n_kept(y);
    int order = strcmp(x->part->keys[x->cluster], y->part->keys[y->cluster]);
    if (!order && n != m)
        order = n < m ? -1 : 1;
    return order ? order : memcmp(rows_at(x), rows_at(y), n * (x->part->n_columns + 1) * sizeof(double));
}

static void list_clusters(const behov_factor_part *part, keyed_cluster *clusters)
{
    for (size_t g = 0; g < part->n_clusters; g++)
        clusters[g] = (keyed_cluster){part, g};
    if (part->n_clusters > 1)
        qsort(clusters, part->n_clusters, sizeof *clusters, compare_clusters);
}

/* ---- the same rows ------------------------------------------------------------------------------------------------- */

/* A product of two columns is off by about sqrt(n) width roundings of the product of their norms, twice that between two
 * triangles (Higham 2002, theorem 19.4; roundings add up as roots: Higham & Mary 2019); room of four times is left. */
static double tolerance(uint64_t n_rows, size_t width)
{
    return 8 * sqrt((double)n_rows) * (double)width * DBL_EPSILON;
}

static double product(const keyed_cluster *cluster, size_t column, size_t other)
{
    size_t n = n_kept(cluster), width = cluster->part->n_columns + 1;
    const double *rows = rows_at(cluster);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += rows[i * width + column] * rows[i * width + other];
    return sum;
}

/* Like products by chance: whole numbers are, the more easily the smaller they are. About how many binary digits agree by
 * more than that: half of those of a whole number, which is how far sums of counts scatter; enough of any other number. */
enum { BITS_ENOUGH = 30 };

static double bits_in(const keyed_cluster *cluster, size_t column, double value, double slack)
{
    const int *exponents = cluster->part->exponents;
    int exponent = exponents[column] + exponents[cluster->part->n_columns];
    double whole = fabs(ldexp(value, exponent)), off = fabs(whole - nearbyint(whole));
    return off > ldexp(slack, exponent) ? BITS_ENOUGH : 0.5 * log2(1 + whole);
}

/* Whether the clusters have the same R'R but for roundings; what speaks against chance is added to *bits.
 * norms: room for width numbers. */
static bool have_same_products(const keyed_cluster *a, const keyed_cluster *b, double *norms, double *bits)
{
    size_t width = a->part->n_columns + 1;
    double relative = tolerance(a->part->sizes[a->cluster], width);
    for (size_t j = width; j-- > 0;) {
        norms[j] = sqrt(product(a, j, j));
        for (size_t k = width; k-- > j;) {
            double value = product(a, j, k), slack = relative * norms[j] * norms[k];
            if (!(fabs(value - product(b, j, k)) <= slack))
                return false;
            if (k == width - 1 && j > 0 && *bits < BITS_ENOUGH)
                *bits += bits_in(a, j, value, slack);
        }
    }
    return true;
}

static bool have_same_columns(const behov_factor_part *a, const behov_factor_part *b)
{
    bool is_same = a->n_columns == b->n_columns &&
                   memcmp(a->exponents, b->exponents, (a->n_columns + 1) * sizeof *a->exponents) == 0;
    for (size_t k = 0; is_same && k < a->n_columns; k++)
        is_same = strcmp(a->columns[k], b->columns[k]) == 0;
    return is_same;
}

static bool are_copies(const behov_factor_part *a, const behov_factor_part *b)
{
    size_t n = a->starts[a->n_clusters] * (a->n_columns + 1);
    bool is_same = a->n_clusters == b->n_clusters && a->starts[a->n_clusters] == b->starts[b->n_clusters] &&
                   memcmp(a->values, b->values, n * sizeof *a->values) == 0;
    for (size_t g = 0; is_same && g < a->n_clusters; g++)
        is_same = strcmp(a->keys[g], b->keys[g]) == 0 && a->sizes[g] == b->sizes[g];
    return is_same;
}

/* Parts of as many rows, clusters and the same columns. */
static behov_status look_at_products(const behov_factor_part *a, const behov_factor_part *b, bool *are_same,
                                     behov_error *err)
{
    keyed_cluster *clusters = behov_alloc(2 * a->n_clusters, sizeof *clusters), *others = clusters;
    double *norms = behov_alloc(a->n_columns + 1, sizeof *norms), bits = 0;
    behov_status status = clusters && norms ? BEHOV_OK : no_memory(err);
    if (!status) {
        others = clusters + a->n_clusters;
        list_clusters(a, clusters);
        list_clusters(b, others);
    }
    *are_same = !status;
    for (size_t g = 0; *are_same && g < a->n_clusters; g++)
        *are_same = strcmp(a->keys[clusters[g].cluster], b->keys[others[g].cluster]) == 0 &&
                    a->sizes[clusters[g].cluster] == b->sizes[others[g].cluster] &&
                    have_same_products(&clusters[g], &others[g], norms, &bits);
    *are_same = *are_same && bits >= BITS_ENOUGH;
    free(clusters), free(norms);
    return status;
}

/* ---- among all parts ----------------------------------------------------------------------------------------------- */

/* What parts of the same rows have in common: counts, and the outcome's sum of squares, but for roundings. */
typedef struct mark {
    const behov_factor_part *part;
    double square;
    size_t number;
} mark;

static int compare_counts(const behov_factor_part *x, const behov_factor_part *y)
{
    if (x->n_estimated != y->n_estimated)
        return x->n_estimated < y->n_estimated ? -1 : 1;
    if (x->n_clusters != y->n_clusters)
        return x->n_clusters < y->n_clusters ? -1 : 1;
    if (x->n_columns != y->n_columns)
        return x->n_columns < y->n_columns ? -1 : 1;
    int a = x->exponents[x->n_columns], b = y->exponents[y->n_columns];
    return (a > b) - (a < b);
}

static int compare_marks(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    int order = compare_counts(x->part, y->part);
    if (!order)
        order = (x->square > y->square) - (x->square < y->square);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static double outcome_square(const behov_factor_part *part)
{
    size_t width = part->n_columns + 1, n = part->starts[part->n_clusters];
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += part->values[i * width + width - 1] * part->values[i * width + width - 1];
    return sum;
}

/* In the order of their marks; squares are summed where counts leave a doubt. */
static void sort_marks(mark *marks, size_t n_parts)
{
    qsort(marks, n_parts, sizeof *marks, compare_marks);
    for (size_t i = 0; i < n_parts; i++)
        if ((i > 0 && compare_counts(marks[i - 1].part, marks[i].part) == 0) ||
            (i + 1 < n_parts && compare_counts(marks[i].part, marks[i + 1].part) == 0))
            marks[i].square = outcome_square(marks[i].part);
    qsort(marks, n_parts, sizeof *marks, compare_marks);
}

static behov_status find_same(const mark *marks, size_t i, const mark **same, bool *is_copy, behov_error *err)
{
    behov_status status = BEHOV_OK;
    const behov_factor_part *part = marks[i].part;
    *same = NULL;
    for (size_t j = i; j-- > 0 && !*same && !status;) {
        const behov_factor_part *other = marks[j].part;
        double slack = tolerance(part->n_estimated, part->n_columns + 1) * marks[i].square;
        bool are_same = false;
        if (compare_counts(other, part) != 0 || marks[i].square - marks[j].square > slack)
            break;
        if (!have_same_columns(other, part))
            continue;
        *is_copy = are_copies(other, part);
        if (!*is_copy)
            status = look_at_products(other, part, &are_same, err);
        *same = *is_copy || are_same ? &marks[j] : NULL;
    }
    return status;
}

behov_status factor_check_parts_once(const behov_factor_part *parts, const char *const *names, size_t n_parts,
                                     bool allows_copies, size_t *n_copies, behov_error *err)
{
    mark *marks = behov_alloc(n_parts, sizeof *marks);
    if (!marks)
        return no_memory(err);
    for (size_t i = 0; i < n_parts; i++)
        marks[i] = (mark){&parts[i], 0, i};
    sort_marks(marks, n_parts);
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < n_parts && !status; i++) {
        const mark *same = NULL;
        bool is_copy = false;
        if (marks[i].part->n_estimated > 0)
            status = find_same(marks, i, &same, &is_copy, err);
        if (status || !same)
            continue;
        size_t first = same->number < marks[i].number ? same->number : marks[i].number;
        size_t last = same->number < marks[i].number ? marks[i].number : same->number;
        if (allows_copies)
            ++*n_copies;
        else
            status = is_copy ? behov_error_say(err, BEHOV_E_DATA, names[last], SAY_FACTOR_PART_TWICE, names[first])
                             : behov_error_say(err, BEHOV_E_DATA, names[last], SAY_FACTOR_PART_REORDERED, names[first]);
    }
    free(marks);
    return status;
}

behov_status factor_check_clusters_once(const behov_factor_part *part, const char *name, bool allows_copies,
                                        size_t *n_copies, behov_error *err)
{
    keyed_cluster *clusters = behov_alloc(part->n_clusters, sizeof *clusters);
    if (!clusters)
        return no_memory(err);
    list_clusters(part, clusters);
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
