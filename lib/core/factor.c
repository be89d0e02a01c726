/* factor.c - one running triangle over blocks of rows, and one small triangle per cluster.
 *
 * The triangle of all rows is made from the rows in table order, not from the clusters' triangles: it must not depend
 * on which clustering is asked for. Clusters are gathered in key order through a counting sort of the rows. */
#include <behov/factor.h>

#include <behov/parallel.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "factor_parts.h"
#include "linalg.h"

struct behov_factors {
    size_t width, n_rows, n_clusters;
    int *exponents;
    double *triangle;
    double *packed;  /* factors of all clusters, one after the other, `width` numbers a row */
    size_t *starts;  /* first row of each cluster in `packed`, n_clusters + 1 */
    uint32_t *sizes; /* n_g */
};

void behov_factors_free(behov_factors *factors)
{
    if (!factors)
        return;
    free(factors->exponents);
    free(factors->triangle);
    free(factors->packed);
    free(factors->starts);
    free(factors->sizes);
    free(factors);
}

/* [X y] of rows that are filled, scaled. */
static void scale(const double *scales, const double *outcome, size_t n, size_t width, double *block)
{
    for (size_t i = 0; i < n; i++) {
        block[i * width + width - 1] = outcome[i];
        for (size_t k = 0; k < width; k++)
            block[i * width + k] *= scales[k];
    }
}

/* One part of the rows: a triangle of its own. */
typedef struct triangle_parts {
    const behov_design *design;
    const double *scales;
    size_t width, n_rows;
    double *triangles; /* n_parts x width x width */
    double *blocks;    /* n_parts x (BEHOV_DESIGN_BLOCK + 1) x width: rows and work */
} triangle_parts;

static void make_part(void *context, size_t part)
{
    const triangle_parts *triangle_parts = context;
    size_t width = triangle_parts->width, end = (part + 1) * BEHOV_PART_ROWS;
    end = end < triangle_parts->n_rows ? end : triangle_parts->n_rows;
    double *triangle = triangle_parts->triangles + part * width * width;
    double *block = triangle_parts->blocks + part * (BEHOV_DESIGN_BLOCK + 1) * width,
           *work = block + BEHOV_DESIGN_BLOCK * width;
    double outcome[BEHOV_DESIGN_BLOCK];
    for (size_t first = part * BEHOV_PART_ROWS; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t n = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(triangle_parts->design, first, n, block, width, outcome);
        scale(triangle_parts->scales, outcome, n, width, block);
        behov_triangle_add(triangle, width, block, n, work);
    }
}

static behov_status make_triangle(behov_factors *factors, const behov_design *design, const double *scales,
                                  behov_error *err)
{
    size_t n_parts = behov_parts(factors->n_rows), width = factors->width;
    triangle_parts parts = {.design = design, .scales = scales, .width = width, .n_rows = factors->n_rows};
    parts.triangles = behov_alloc(n_parts * width, width * sizeof *parts.triangles);
    parts.blocks = behov_alloc(n_parts * (BEHOV_DESIGN_BLOCK + 1), width * sizeof *parts.blocks);
    behov_status status = BEHOV_OK;
    if (!parts.triangles || !parts.blocks) {
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_TRIANGLE);
    } else {
        behov_parallel(behov_design_n_threads(design), n_parts, make_part, &parts);
        memcpy(factors->triangle, parts.triangles, width * width * sizeof *factors->triangle);
        for (size_t part = 1; part < n_parts; part++)
            behov_triangle_add(factors->triangle, width, parts.triangles + part * width * width, width, parts.blocks);
    }
    free(parts.triangles);
    free(parts.blocks);
    return status;
}

/* The rows of a cluster stand for it alone only where the means of their groups depend on no other cluster. */
behov_status factor_check_nested(const behov_design *design, const behov_clusters *clusters, behov_error *err)
{
    const behov_clusters *groups = behov_design_absorbed(design);
    bool is_nested = true;
    size_t n_rows;
    behov_design_estimated(design, &n_rows);
    if (behov_clusters_n_rows(clusters) != n_rows)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CLUSTERS_NOT_OF_ROWS);
    behov_status status = groups ? behov_clusters_are_within(groups, clusters, &is_nested, err) : BEHOV_OK;
    if (status || is_nested)
        return status;
    return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                           SAY_FACTOR_EFFECTS_CROSS, behov_cut(behov_clusters_key(groups), 80).text,
                           behov_cut(behov_clusters_key(clusters), 80).text);
}

static behov_status make_clusters(behov_factors *factors, const behov_design *design, const behov_clusters *clusters,
                                  const double *scales, double *block, double *work, behov_error *err)
{
    size_t n_rows, width = factors->width, n_clusters = behov_clusters_count(clusters);
    behov_design_estimated(design, &n_rows);
    const uint32_t *of_rows = behov_clusters_of_rows(clusters);
    behov_status nested_status = factor_check_nested(design, clusters, err);
    if (nested_status)
        return nested_status;
    uint32_t *ordered = behov_alloc(n_rows, sizeof *ordered); /* positions, cluster by cluster */
    double outcome[BEHOV_DESIGN_BLOCK];
    size_t *next = behov_alloc(n_clusters + 1, sizeof *next);
    double *triangle = behov_alloc(width, width * sizeof *triangle);
    factors->sizes = behov_alloc(n_clusters, sizeof *factors->sizes);
    factors->starts = behov_alloc(n_clusters + 1, sizeof *factors->starts);
    behov_status status = BEHOV_OK;
    if (!ordered || !next || !triangle || !factors->sizes || !factors->starts)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_FACTORS);
    if (!status) {
        for (size_t i = 0; i < n_rows; i++)
            factors->sizes[of_rows[i]]++;
        for (size_t g = 0; g < n_clusters; g++) {
            next[g + 1] = next[g] + factors->sizes[g];
            factors->starts[g + 1] = factors->starts[g] + (factors->sizes[g] < width ? factors->sizes[g] : width);
        }
        factors->packed = behov_alloc(factors->starts[n_clusters], width * sizeof *factors->packed);
        if (!factors->packed)
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_FACTORS);
    }
    if (!status) {
        for (size_t i = 0; i < n_rows; i++)
            ordered[next[of_rows[i]]++] = (uint32_t)i;
        for (size_t g = 0, first = 0; g < n_clusters; first += factors->sizes[g], g++) {
            memset(triangle, 0, width * width * sizeof *triangle);
            for (size_t n_done = 0; n_done < factors->sizes[g]; n_done += BEHOV_DESIGN_BLOCK) {
                size_t n =
                    factors->sizes[g] - n_done < BEHOV_DESIGN_BLOCK ? factors->sizes[g] - n_done : BEHOV_DESIGN_BLOCK;
                design_fill_positions(design, ordered + first + n_done, n, block, width, outcome);
                scale(scales, outcome, n, width, block);
                /* A cluster of fewer rows than columns keeps its rows: they are a factor as they stand. */
                if (factors->sizes[g] <= width)
                    memcpy(factors->packed + factors->starts[g] * width, block, n * width * sizeof *block);
                else
                    behov_triangle_add(triangle, width, block, n, work);
            }
            if (factors->sizes[g] > width)
                memcpy(factors->packed + factors->starts[g] * width, triangle, width * width * sizeof *triangle);
        }
        factors->n_clusters = n_clusters;
    }
    free(ordered);
    free(next);
    free(triangle);
    return status;
}

behov_status behov_factors_new(const behov_design *design, const behov_clusters *clusters, behov_factors **factors,
                               behov_error *err)
{
    size_t width = behov_design_n_regressors(design) + 1;
    behov_factors *new_factors = behov_alloc(1, sizeof *new_factors);
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK, width * sizeof *block);
    double *work = behov_alloc(2 * width, sizeof *work), *scales = work ? work + width : NULL;
    behov_status status = BEHOV_OK;
    if (new_factors) {
        new_factors->width = width;
        new_factors->triangle = behov_alloc(width, width * sizeof *new_factors->triangle);
        new_factors->exponents = behov_alloc(width, sizeof *new_factors->exponents);
        behov_design_estimated(design, &new_factors->n_rows);
    }
    if (!new_factors || !block || !work || !new_factors->triangle || !new_factors->exponents) {
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_TRIANGLE);
    } else {
        for (size_t k = 0; k < width; k++) {
            new_factors->exponents[k] = behov_design_exponent(design, k);
            scales[k] = ldexp(1, -new_factors->exponents[k]);
        }
        status = make_triangle(new_factors, design, scales, err);
        if (!status && clusters)
            status = make_clusters(new_factors, design, clusters, scales, block, work, err);
    }
    free(block);
    free(work);
    if (status)
        behov_factors_free(new_factors);
    else
        *factors = new_factors;
    return status;
}

size_t behov_factors_width(const behov_factors *factors)
{
    return factors->width;
}

size_t behov_factors_n_rows(const behov_factors *factors)
{
    return factors->n_rows;
}

int behov_factors_exponent(const behov_factors *factors, size_t column)
{
    return factors->exponents[column];
}

const double *behov_factors_triangle(const behov_factors *factors)
{
    return factors->triangle;
}

size_t behov_factors_n_clusters(const behov_factors *factors)
{
    return factors->n_clusters;
}

size_t behov_factors_cluster_size(const behov_factors *factors, size_t cluster)
{
    return factors->sizes[cluster];
}

const double *behov_factors_cluster(const behov_factors *factors, size_t cluster, size_t *n_factor_rows)
{
    *n_factor_rows = factors->starts[cluster + 1] - factors->starts[cluster];
    return factors->packed + factors->starts[cluster] * factors->width;
}

behov_status behov_factors_merge(behov_factors *factors, const behov_factors *other, behov_error *err)
{
    size_t width = factors->width;
    if (other->width != width || memcmp(factors->exponents, other->exponents, width * sizeof(int)) != 0)
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_FACTORS_NOT_MERGEABLE);
    double *block = behov_alloc(width + 1, width * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_MERGING_FACTORS);
    memcpy(block, other->triangle, width * width * sizeof *block);
    behov_triangle_add(factors->triangle, width, block, width, block + width * width);
    factors->n_rows += other->n_rows;
    free(block);
    return BEHOV_OK;
}
