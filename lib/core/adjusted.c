/* adjusted.c - the clusters of CV2 and CV3 with their adjusted residuals. */
#include "adjusted.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"

/* An eigenvalue of S_g below this is rounding: the S_g of all clusters add up to the identity. */
#define LEAST_EIGENVALUE 1e-15
/* From here on what others see of a cluster is no longer than what it has itself. */
#define LIGHT 0.5

void adjusted_free(adjusted_clusters *adjusted)
{
    free(adjusted->starts), free(adjusted->is_light);
    free(adjusted->right), free(adjusted->left), free(adjusted->own), free(adjusted->scores);
    *adjusted = (adjusted_clusters){0};
}

static behov_status reserve(size_t rank, size_t width, size_t n_clusters, size_t n_rows, adjusted_clusters *adjusted,
                            behov_error *err)
{
    *adjusted = (adjusted_clusters){.rank = rank, .width = width, .n_positive = rank, .n_clusters = n_clusters};
    adjusted->starts = behov_alloc(n_clusters + 1, sizeof *adjusted->starts);
    adjusted->is_light = behov_alloc(n_clusters, sizeof *adjusted->is_light);
    adjusted->right = behov_alloc(n_rows, rank * sizeof *adjusted->right);
    adjusted->left = behov_alloc(n_rows, width * sizeof *adjusted->left);
    adjusted->own = behov_alloc(n_rows, sizeof *adjusted->own);
    adjusted->scores = behov_alloc(n_clusters, rank * sizeof *adjusted->scores);
    if (adjusted->starts && adjusted->is_light && adjusted->right && adjusted->left && adjusted->own &&
        adjusted->scores)
        return BEHOV_OK;
    adjusted_free(adjusted);
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DEGREES_OF_FREEDOM);
}

/* ---- the inverse of the weights as the working variance ---------------------------------------------------------- */

/* f of an eigenvalue 1 - rest of H_gg; what only this cluster holds is left out (Moore-Penrose). */
static double adjustment(const cluster_influence *cluster_influence, adjustment_kind kind, double rest)
{
    return rest <= cluster_influence->only_here ? 0 : kind == ADJUST_ROOT ? 1 / sqrt(rest) : 1 / rest;
}

/* score = f(S_g) v_g */
static void add_score(const cluster_influence *cluster_influence, adjustment_kind kind, double *score)
{
    size_t rank = cluster_influence->rank;
    for (size_t e = 0; e < rank; e++) {
        double f = adjustment(cluster_influence, kind, 1 - cluster_influence->values[e]), dot = 0;
        for (size_t i = 0; i < rank; i++)
            dot += cluster_influence->vectors[i * rank + e] * cluster_influence->v[i];
        for (size_t i = 0; i < rank; i++)
            score[i] += cluster_influence->vectors[i * rank + e] * (dot * f);
    }
}

/* The eigenvectors of a cluster, the largest values first; values are used up. At most as many as it has rows. */
static void add_eigenvectors(cluster_influence *cluster_influence, adjustment_kind kind, size_t g,
                             adjusted_clusters *adjusted)
{
    size_t rank = adjusted->rank, row = adjusted->starts[g],
           room = cluster_influence->n_rows < rank ? cluster_influence->n_rows : rank;
    adjusted->is_light[g] = true;
    for (size_t i = 0; i < room; i++) {
        size_t largest = 0;
        for (size_t e = 1; e < rank; e++)
            if (cluster_influence->values[e] > cluster_influence->values[largest])
                largest = e;
        double s = cluster_influence->values[largest], f = adjustment(cluster_influence, kind, 1 - s);
        cluster_influence->values[largest] = 0;
        if (!(s > LEAST_EIGENVALUE))
            break;
        if (!(f > 0))
            continue;
        adjusted->is_light[g] = adjusted->is_light[g] && s <= LIGHT;
        adjusted->own[row] = s * (1 - s) * f * f;
        for (size_t k = 0; k < rank; k++) {
            double v = cluster_influence->vectors[k * rank + largest];
            adjusted->right[row * rank + k] = v;
            adjusted->left[row * rank + k] = v * (s * f);
        }
        row++;
    }
    adjusted->starts[g + 1] = row;
}

static behov_status adjust_weighted(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                    adjustment_kind kind, adjusted_clusters *adjusted, behov_error *err)
{
    cluster_basis basis;
    cluster_influence cluster_influence;
    behov_status status = cluster_basis_new(fit, design, clusters, &basis, err);
    if (status)
        return status;
    status = influence_new(fit, &cluster_influence, err);
    if (!status) {
        status = reserve(fit->rank, fit->rank, basis.n_clusters, basis.starts[basis.n_clusters], adjusted, err);
        for (size_t g = 0; g < basis.n_clusters && !status; g++) {
            influence_of_cluster(&basis, g, &cluster_influence);
            if ((status = influence_eigen(&cluster_influence, err)))
                break;
            add_score(&cluster_influence, kind, adjusted->scores + g * fit->rank);
            add_eigenvectors(&cluster_influence, kind, g, adjusted);
        }
        influence_free(&cluster_influence);
    }
    cluster_basis_free(&basis);
    return status;
}

/* ---- equal variances beside weights ------------------------------------------------------------------------------ */

/* The rows [C L e] of the clusters, as they are or as their triangle where they are many. */
typedef struct equal_rows {
    size_t rank, width; /* width = 2 rank + 1 */
    size_t *starts;     /* n_clusters + 1 */
    double *rows;
    double *omega;     /* C'C */
    double *block;     /* B_g, its eigenvectors and values, and a row of width numbers */
    double *projected; /* 2 rank + 1: w'[C L e] */
} equal_rows;

static void equal_rows_free(equal_rows *equal_rows)
{
    free(equal_rows->starts), free(equal_rows->rows), free(equal_rows->omega), free(equal_rows->block);
}

/* [p u] of the weighted rows to [C L e], and Omega. */
static void split_weights(const behov_design *design, const uint32_t *positions, size_t n_rows, const double *turned,
                          equal_rows *out)
{
    const double *roots = behov_design_root_weights(design);
    size_t rank = out->rank;
    for (size_t i = 0; i < n_rows; i++) {
        const double *p = turned + i * (rank + 1);
        double *row = out->rows + i * out->width, root = roots[positions[i]];
        for (size_t k = 0; k < rank; k++) {
            row[k] = p[k] * root;
            row[rank + k] = p[k] / root;
        }
        row[2 * rank] = p[rank] / root;
        for (size_t k = 0; k < rank; k++)
            for (size_t l = 0; l < rank; l++)
                out->omega[k * rank + l] += row[k] * row[l];
    }
}

/* Clusters of many rows to their triangles, in place: the rows of the clusters before are never more than before. */
static behov_status shorten(equal_rows *equal_rows, size_t n_clusters, behov_error *err)
{
    size_t width = equal_rows->width, next = 0;
    double *triangle = behov_alloc(width + 1, width * sizeof *triangle);
    if (!triangle)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    for (size_t g = 0; g < n_clusters; g++) {
        size_t first = equal_rows->starts[g], count = equal_rows->starts[g + 1] - first;
        double *rows = equal_rows->rows + first * width;
        equal_rows->starts[g] = next;
        if (count > width) {
            memset(triangle, 0, width * width * sizeof *triangle);
            behov_triangle_add(triangle, width, rows, count, triangle + width * width);
            rows = triangle;
            count = width;
        }
        memmove(equal_rows->rows + next * width, rows, count * width * sizeof *rows);
        next += count;
    }
    equal_rows->starts[n_clusters] = next;
    free(triangle);
    return BEHOV_OK;
}

static behov_status equal_rows_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                   equal_rows *out, behov_error *err)
{
    size_t n_rows = fit->n_rows, rank = fit->rank, width = 2 * rank + 1, n_clusters = behov_clusters_count(clusters);
    *out = (equal_rows){.rank = rank, .width = width};
    uint32_t *positions = behov_alloc(n_rows, sizeof *positions);
    double *turned = behov_alloc(n_rows, (rank + 1) * sizeof *turned);
    out->starts = behov_alloc(n_clusters + 1, sizeof *out->starts);
    out->rows = behov_alloc(n_rows, width * sizeof *out->rows);
    out->omega = behov_alloc(rank, rank * sizeof *out->omega);
    out->block = behov_alloc(2 * width + 2, width * sizeof *out->block);
    behov_status status = positions && turned && out->starts && out->rows && out->omega && out->block
                              ? influence_order_rows(clusters, n_rows, out->starts, positions, err)
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    if (!status)
        status = influence_turn_rows(fit, design, positions, n_rows, turned, err);
    if (!status) {
        split_weights(design, positions, n_rows, turned, out);
        status = shorten(out, n_clusters, err);
    }
    free(positions), free(turned);
    return status;
}

/* B_g, count x count. */
static void fill_block(const equal_rows *equal_rows, const double *rows, size_t count, double *block, double *omega_l)
{
    size_t rank = equal_rows->rank, width = equal_rows->width;
    for (size_t i = 0; i < count; i++) {
        const double *c = rows + i * width, *l = c + rank;
        for (size_t k = 0; k < rank; k++) {
            omega_l[k] = 0;
            for (size_t m = 0; m < rank; m++)
                omega_l[k] += equal_rows->omega[k * rank + m] * l[m];
        }
        for (size_t j = 0; j <= i; j++) {
            const double *other_c = rows + j * width, *other_l = other_c + rank;
            double sum = i == j;
            for (size_t k = 0; k < rank; k++)
                sum += omega_l[k] * other_l[k] - l[k] * other_c[k] - c[k] * other_l[k];
            block[i * count + j] = block[j * count + i] = sum;
        }
    }
}

/* w'[C L e] of an eigenvector to a row of the cluster, f = value^(-1/2). */
static void add_equal(const equal_rows *equal_rows, double f, size_t row, double *score, adjusted_clusters *adjusted)
{
    size_t rank = adjusted->rank;
    const double *c = equal_rows->projected, *l = c + rank;
    const double root = sqrt(2);
    double *left = adjusted->left + row * adjusted->width;
    adjusted->own[row] = 1;
    for (size_t k = 0; k < rank; k++) {
        double a = c[k];
        for (size_t m = 0; m < rank; m++)
            a -= equal_rows->omega[k * rank + m] * l[m] / 2;
        adjusted->right[row * rank + k] = c[k];
        left[k] = f * (a * root + l[k] / root) / root;
        left[rank + k] = f * (a * root - l[k] / root) / root;
        score[k] += f * c[k] * equal_rows->projected[2 * rank];
    }
}

static behov_status add_equal_cluster(equal_rows *equal_rows, size_t g, adjusted_clusters *adjusted, behov_error *err)
{
    size_t width = equal_rows->width, row = adjusted->starts[g],
           count = equal_rows->starts[g + 1] - equal_rows->starts[g];
    const double *rows = equal_rows->rows + equal_rows->starts[g] * width;
    double *block = equal_rows->block, *vectors = block + width * width, *values = vectors + width * width;
    fill_block(equal_rows, rows, count, block, values);
    if (!behov_symmetric_eigen(block, count, values, vectors))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_EIGENVALUES);
    adjusted->is_light[g] = true;
    for (size_t e = 0; e < count; e++) {
        if (!(values[e] > BEHOV_ONLY_HERE))
            continue;
        adjusted->is_light[g] = adjusted->is_light[g] && values[e] >= LIGHT;
        memset(equal_rows->projected, 0, width * sizeof *equal_rows->projected);
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < width; k++)
                equal_rows->projected[k] += vectors[i * count + e] * rows[i * width + k];
        add_equal(equal_rows, 1 / sqrt(values[e]), row++, adjusted->scores + g * adjusted->rank, adjusted);
    }
    adjusted->starts[g + 1] = row;
    return BEHOV_OK;
}

static behov_status adjust_equal(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                 adjusted_clusters *adjusted, behov_error *err)
{
    equal_rows equal_rows;
    size_t n_clusters = behov_clusters_count(clusters);
    behov_status status = equal_rows_new(fit, design, clusters, &equal_rows, err);
    if (!status)
        status = reserve(fit->rank, 2 * fit->rank, n_clusters, equal_rows.starts[n_clusters], adjusted, err);
    if (!status)
        equal_rows.projected = equal_rows.block + (2 * equal_rows.width + 1) * equal_rows.width;
    for (size_t g = 0; g < n_clusters && !status; g++)
        status = add_equal_cluster(&equal_rows, g, adjusted, err);
    equal_rows_free(&equal_rows);
    return status;
}

behov_status adjusted_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                          adjustment_kind kind, adjusted_clusters *adjusted, behov_error *err)
{
    *adjusted = (adjusted_clusters){0};
    behov_status status = kind == ADJUST_EQUAL_VARIANCES ? adjust_equal(fit, design, clusters, adjusted, err)
                                                         : adjust_weighted(fit, design, clusters, kind, adjusted, err);
    if (status)
        adjusted_free(adjusted);
    return status;
}
