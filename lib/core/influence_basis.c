/* influence_basis.c - the rows of all clusters in the orthonormal basis of the columns.
 *
 * Clusters are gone through in parts, which the data cut and not the number of threads; a cluster has its place in the
 * basis before its rows are turned, so that no other copy of the rows is made. */
#include <behov/parallel.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "factor_parts.h"
#include "fit_parts.h"
#include "influence.h"
#include "linalg.h"

void cluster_basis_free(cluster_basis *basis)
{
    free(basis->rows), free(basis->starts), free(basis->parts);
    *basis = (cluster_basis){0};
}

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
}

/* ---- rows, turned a block at a time ------------------------------------------------------------------------------ */

typedef struct row_turner {
    const behov_fit *fit;
    const behov_design *design;
    double *regressors, *scales; /* DESIGN_EXTENDED_ROOM x K; K */
    extended *extended_regressors;
} row_turner;

static void row_turner_free(row_turner *turner)
{
    free(turner->regressors), free(turner->extended_regressors);
    *turner = (row_turner){0};
}

static bool row_turner_new(const behov_fit *fit, const behov_design *design, row_turner *turner)
{
    size_t n = fit->n_regressors;
    *turner = (row_turner){.fit = fit, .design = design};
    turner->regressors = behov_alloc(DESIGN_EXTENDED_ROOM + 1, n * sizeof *turner->regressors);
    turner->extended_regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *turner->extended_regressors);
    if (!turner->regressors || !turner->extended_regressors) {
        row_turner_free(turner);
        return false;
    }
    turner->scales = turner->regressors + DESIGN_EXTENDED_ROOM * n;
    for (size_t k = 0; k < n; k++)
        turner->scales[k] = fit_times_power(1, -fit->exponents[k]);
    return true;
}

/* [P u] of n_rows rows, BEHOV_DESIGN_BLOCK at the most. */
static void turn_block(const row_turner *turner, const uint32_t *positions, size_t n_rows, double *rows)
{
    const behov_fit *fit = turner->fit;
    size_t n = fit->n_regressors, width = fit->rank + 1;
    extended outcome[BEHOV_DESIGN_BLOCK];
    double plain_outcome[BEHOV_DESIGN_BLOCK];
    if (fit->is_extended)
        design_fill_extended(turner->design, positions, n_rows, turner->regressors, turner->extended_regressors,
                             outcome);
    else
        design_fill_positions(turner->design, positions, n_rows, turner->regressors, n, plain_outcome);
    for (size_t i = 0; i < n_rows; i++) {
        double *row = rows + i * width, *x = turner->regressors + i * n;
        if (fit->is_extended) {
            fit_turn_row(fit, turner->extended_regressors + i * n, outcome[i], row, &row[width - 1]);
            continue;
        }
        for (size_t k = 0; k < n; k++)
            x[k] *= turner->scales[k];
        fit_turn_row_double(fit, x, fit_times_power(plain_outcome[i], -fit->outcome_exponent), row, &row[width - 1]);
    }
}

behov_status influence_turn_rows(const behov_fit *fit, const behov_design *design, const uint32_t *positions,
                                 size_t n_rows, double *rows, behov_error *err)
{
    row_turner turner;
    if (!row_turner_new(fit, design, &turner))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_BASIS_ROWS);
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        uint32_t own[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < count; i++)
            own[i] = positions ? positions[first + i] : (uint32_t)(first + i);
        turn_block(&turner, own, count, rows + first * (fit->rank + 1));
    }
    row_turner_free(&turner);
    return BEHOV_OK;
}

behov_status influence_order_rows(const behov_clusters *clusters, size_t n_rows, size_t *starts, uint32_t *positions,
                                  behov_error *err)
{
    size_t n_clusters = clusters ? behov_clusters_count(clusters) : n_rows;
    const uint32_t *of_rows = clusters ? behov_clusters_of_rows(clusters) : NULL;
    for (size_t i = 0; i < n_rows && !clusters; i++)
        starts[i] = positions[i] = (uint32_t)i;
    if (!clusters) {
        starts[n_rows] = n_rows;
        return BEHOV_OK;
    }
    size_t *next = behov_alloc(n_clusters + 1, sizeof *next);
    if (!next)
        return no_memory(err);
    for (size_t i = 0; i < n_rows; i++)
        next[of_rows[i] + 1]++;
    for (size_t g = 0; g < n_clusters; g++)
        next[g + 1] += next[g];
    memcpy(starts, next, (n_clusters + 1) * sizeof *starts);
    for (size_t i = 0; i < n_rows; i++)
        positions[next[of_rows[i]]++] = (uint32_t)i;
    free(next);
    return BEHOV_OK;
}

/* ---- the basis and its parts ------------------------------------------------------------------------------------- */

/* first_rows: of each cluster among all, n_clusters + 1. Room for the rows that are kept, and parts of whole clusters. */
static behov_status reserve(const behov_fit *fit, size_t n_clusters, const size_t *first_rows, bool is_double,
                            cluster_basis *basis, behov_error *err)
{
    size_t width = fit->rank + 1;
    *basis = (cluster_basis){.rank = fit->rank, .n_clusters = n_clusters, .only_here = BEHOV_ONLY_HERE};
    /* Without double-double arithmetic P is off by 1e-16 times the condition number. */
    if (is_double && fit->condition * 64 * 0x1p-53 > BEHOV_ONLY_HERE)
        basis->only_here = fit->condition * 64 * 0x1p-53;
    basis->starts = behov_alloc(n_clusters + 1, sizeof *basis->starts);
    basis->parts = behov_alloc(behov_parts(first_rows[n_clusters]) + 1, sizeof *basis->parts);
    if (!basis->starts || !basis->parts)
        return no_memory(err);
    for (size_t g = 0, first = 0; g < n_clusters; g++) {
        size_t n_rows = first_rows[g + 1] - first_rows[g];
        basis->starts[g + 1] = basis->starts[g] + (n_rows < width ? n_rows : width);
        if (first_rows[g + 1] - first >= BEHOV_PART_ROWS || g + 1 == n_clusters) {
            basis->parts[++basis->n_parts] = g + 1;
            first = first_rows[g + 1];
        }
    }
    basis->rows = behov_alloc(basis->starts[n_clusters], width * sizeof *basis->rows);
    return basis->rows ? BEHOV_OK : no_memory(err);
}

/* Rows [P u] of a cluster, destroyed, into the basis: as they are, or as their triangle when they are many. */
static void keep_rows(cluster_basis *basis, size_t cluster, double *rows, size_t n_rows, double *work)
{
    size_t width = basis->rank + 1;
    double *kept_values = basis->rows + basis->starts[cluster] * width;
    if (n_rows <= width)
        memcpy(kept_values, rows, n_rows * width * sizeof *rows);
    else
        behov_triangle_add(kept_values, width, rows, n_rows, work);
}

/* ---- from the rows ------------------------------------------------------------------------------------------------- */

typedef struct basis_rows {
    cluster_basis *basis;
    const uint32_t *positions; /* cluster by cluster */
    const size_t *first_rows;
    row_turner *turners; /* of each worker */
    double *blocks;      /* of each worker (BEHOV_DESIGN_BLOCK + 1) x width: rows and work */
} basis_rows;

/* A cluster whose rows are more than its place in the basis has. */
static void turn_large(const basis_rows *rows, size_t cluster, size_t worker)
{
    cluster_basis *basis = rows->basis;
    size_t width = basis->rank + 1, end = rows->first_rows[cluster + 1];
    double *block = rows->blocks + worker * (BEHOV_DESIGN_BLOCK + 1) * width;
    for (size_t first = rows->first_rows[cluster]; first < end; first += BEHOV_DESIGN_BLOCK) {
        size_t count = end - first < BEHOV_DESIGN_BLOCK ? end - first : BEHOV_DESIGN_BLOCK;
        turn_block(&rows->turners[worker], rows->positions + first, count, block);
        behov_triangle_add(basis->rows + basis->starts[cluster] * width, width, block, count,
                           block + BEHOV_DESIGN_BLOCK * width);
    }
}

/* Small clusters keep their rows, one after the other: a block may hold many of them. */
static void turn_part(void *context, size_t part, size_t worker)
{
    const basis_rows *rows = context;
    cluster_basis *basis = rows->basis;
    size_t width = basis->rank + 1, end = basis->parts[part + 1];
    for (size_t g = basis->parts[part]; g < end;) {
        size_t cluster = g, first = rows->first_rows[g];
        while (g < end && rows->first_rows[g + 1] - rows->first_rows[g] <= width &&
               rows->first_rows[g + 1] - first <= BEHOV_DESIGN_BLOCK)
            g++;
        if (g > cluster)
            turn_block(&rows->turners[worker], rows->positions + first, rows->first_rows[g] - first,
                       basis->rows + basis->starts[cluster] * width);
        else
            turn_large(rows, g++, worker);
    }
}

static behov_status turn_parts(const behov_fit *fit, const behov_design *design, basis_rows *rows, behov_error *err)
{
    size_t n_workers = behov_design_n_threads(design), n_ready = 0;
    n_workers = n_workers == 0 ? 1 : n_workers < rows->basis->n_parts ? n_workers : rows->basis->n_parts;
    n_workers = n_workers < BEHOV_THREADS_MAX ? n_workers : BEHOV_THREADS_MAX;
    rows->turners = behov_alloc(n_workers, sizeof *rows->turners);
    rows->blocks = behov_alloc(n_workers * (BEHOV_DESIGN_BLOCK + 1), (fit->rank + 1) * sizeof *rows->blocks);
    bool has_room = rows->turners && rows->blocks;
    while (has_room && n_ready < n_workers && (has_room = row_turner_new(fit, design, &rows->turners[n_ready])))
        n_ready++;
    if (has_room)
        behov_parallel_by_worker(n_workers, rows->basis->n_parts, turn_part, rows);
    while (n_ready-- > 0)
        row_turner_free(&rows->turners[n_ready]);
    free(rows->turners), free(rows->blocks);
    return has_room ? BEHOV_OK : no_memory(err);
}

/* ---- P'P = I ------------------------------------------------------------------------------------------------------- */

/* But for the rounding of T: P times the inverse of its own triangle. */
typedef struct orthonormal {
    cluster_basis *basis;
    double *triangles; /* of each part rank x rank, then the inverse of all */
    double *blocks;    /* of each part (BLOCK + 1) x rank: rows and work */
} orthonormal;

enum { BLOCK = 64 };

static void triangle_from_part(void *context, size_t part)
{
    const orthonormal *orthonormal = context;
    const cluster_basis *basis = orthonormal->basis;
    size_t rank = basis->rank, end = basis->starts[basis->parts[part + 1]];
    double *triangle = orthonormal->triangles + part * rank * rank;
    double *block = orthonormal->blocks + part * (BLOCK + 1) * rank;
    for (size_t first = basis->starts[basis->parts[part]]; first < end; first += BLOCK) {
        size_t count = end - first < BLOCK ? end - first : BLOCK;
        for (size_t i = 0; i < count; i++)
            memcpy(block + i * rank, basis->rows + (first + i) * (rank + 1), rank * sizeof *block);
        behov_triangle_add(triangle, rank, block, count, block + BLOCK * rank);
    }
}

static void multiply_part(void *context, size_t part)
{
    const orthonormal *orthonormal = context;
    const cluster_basis *basis = orthonormal->basis;
    size_t rank = basis->rank, end = basis->starts[basis->parts[part + 1]];
    const double *inverse = orthonormal->triangles + basis->n_parts * rank * rank;
    for (size_t i = basis->starts[basis->parts[part]]; i < end; i++) {
        double *p = basis->rows + i * (rank + 1);
        for (size_t q = rank; q-- > 0;) {
            double sum = 0;
            for (size_t r = 0; r <= q; r++)
                sum += p[r] * inverse[r * rank + q];
            p[q] = sum;
        }
    }
}

static behov_status orthonormalise(cluster_basis *basis, size_t n_threads, behov_error *err)
{
    size_t rank = basis->rank, n_parts = basis->n_parts;
    orthonormal orthonormal = {.basis = basis};
    orthonormal.triangles = behov_alloc((n_parts + 1) * rank, rank * sizeof *orthonormal.triangles);
    orthonormal.blocks = behov_alloc(n_parts * (BLOCK + 1), rank * sizeof *orthonormal.blocks);
    bool has_room = orthonormal.triangles && orthonormal.blocks;
    if (has_room) {
        double *triangle = orthonormal.triangles;
        behov_parallel(n_threads, n_parts, triangle_from_part, &orthonormal);
        for (size_t part = 1; part < n_parts; part++)
            behov_triangle_add(triangle, rank, triangle + part * rank * rank, rank, orthonormal.blocks);
        for (size_t q = 0; q < rank; q++)
            for (size_t r = q; r < rank && triangle[q * rank + q] < 0; r++)
                triangle[q * rank + r] = -triangle[q * rank + r];
        behov_triangle_inverse(triangle, rank, rank, triangle + n_parts * rank * rank);
        behov_parallel(n_threads, n_parts, multiply_part, &orthonormal);
    }
    free(orthonormal.triangles), free(orthonormal.blocks);
    return has_room ? BEHOV_OK : no_memory(err);
}

/* ---- both ---------------------------------------------------------------------------------------------------------- */

behov_status cluster_basis_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                               cluster_basis *basis, behov_error *err)
{
    size_t n_clusters = behov_clusters_count(clusters);
    *basis = (cluster_basis){0};
    behov_status status = factor_check_nested(design, clusters, err);
    if (status)
        return status;
    uint32_t *positions = behov_alloc(fit->n_rows, sizeof *positions);
    size_t *first_rows = behov_alloc(n_clusters + 1, sizeof *first_rows);
    basis_rows rows = {.basis = basis, .positions = positions, .first_rows = first_rows};
    status = positions && first_rows ? influence_order_rows(clusters, fit->n_rows, first_rows, positions, err)
                                     : no_memory(err);
    if (!status)
        status = reserve(fit, n_clusters, first_rows, !fit->is_extended, basis, err);
    if (!status)
        status = turn_parts(fit, design, &rows, err);
    if (!status && !fit->is_extended)
        status = orthonormalise(basis, behov_design_n_threads(design), err);
    free(positions), free(first_rows);
    if (status)
        cluster_basis_free(basis);
    return status;
}

behov_status cluster_basis_from_factors(const behov_fit *fit, const behov_factors *factors, cluster_basis *basis,
                                        behov_error *err)
{
    size_t n = fit->n_regressors, width = fit->rank + 1, n_clusters = behov_factors_n_clusters(factors), n_rows = 0;
    size_t *first_rows = behov_alloc(n_clusters + 1, sizeof *first_rows);
    extended *regressors = behov_alloc(n, sizeof *regressors);
    double *rows = behov_alloc(n + 2, width * sizeof *rows);
    *basis = (cluster_basis){0};
    behov_status status = first_rows && regressors && rows ? BEHOV_OK : no_memory(err);
    for (size_t g = 0; g < n_clusters && !status; g++) {
        behov_factors_cluster(factors, g, &n_rows);
        first_rows[g + 1] = first_rows[g] + n_rows;
    }
    if (!status)
        status = reserve(fit, n_clusters, first_rows, true, basis, err);
    for (size_t g = 0; g < n_clusters && !status; g++) {
        const double *factor = behov_factors_cluster(factors, g, &n_rows);
        for (size_t i = 0; i < n_rows; i++) {
            const double *x = factor + i * (n + 1);
            double *row = rows + i * width;
            if (fit->is_extended) {
                for (size_t k = 0; k < n; k++)
                    regressors[k] = extended_of(x[k]);
                fit_turn_row(fit, regressors, extended_of(x[n]), row, &row[width - 1]);
            } else {
                fit_turn_row_double(fit, x, x[n], row, &row[width - 1]);
            }
        }
        keep_rows(basis, g, rows, n_rows, rows + (n + 1) * width);
    }
    if (!status)
        status = orthonormalise(basis, 1, err);
    free(first_rows), free(regressors), free(rows);
    if (status)
        cluster_basis_free(basis);
    return status;
}
