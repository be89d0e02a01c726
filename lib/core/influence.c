/* influence.c - clusters in the orthonormal basis of the columns, and the algebra of one cluster in K x K. */
#include "influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "factor_parts.h"
#include "fit_parts.h"
#include "linalg.h"

/* ---- the rows of all clusters ------------------------------------------------------------------------------------ */

void cluster_basis_free(cluster_basis *basis)
{
    free(basis->rows), free(basis->starts);
    *basis = (cluster_basis){0};
}

static behov_status reserve(const behov_fit *fit, size_t n_clusters, bool is_double, cluster_basis *basis,
                            behov_error *err)
{
    *basis = (cluster_basis){.rank = fit->rank, .n_clusters = n_clusters, .only_here = BEHOV_ONLY_HERE};
    /* Without double-double arithmetic P is off by 1e-16 times the condition number. */
    if (is_double && fit->condition * 64 * 0x1p-53 > BEHOV_ONLY_HERE)
        basis->only_here = fit->condition * 64 * 0x1p-53;
    basis->starts = behov_alloc(n_clusters + 1, sizeof *basis->starts);
    return basis->starts ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
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
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
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

behov_status influence_turn_rows(const behov_fit *fit, const behov_design *design, const uint32_t *positions,
                                 size_t n_rows, double *rows, behov_error *err)
{
    size_t n = fit->n_regressors, width = fit->rank + 1;
    double *room = behov_alloc(DESIGN_EXTENDED_ROOM, n * sizeof *room);
    extended *regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *regressors);
    behov_status status = room && regressors ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_BASIS_ROWS);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        extended outcome[BEHOV_DESIGN_BLOCK];
        double plain_outcome[BEHOV_DESIGN_BLOCK];
        uint32_t own[BEHOV_DESIGN_BLOCK];
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < count; i++)
            own[i] = positions ? positions[first + i] : (uint32_t)(first + i);
        if (fit->is_extended)
            design_fill_extended(design, own, count, room, regressors, outcome);
        else
            design_fill_positions(design, own, count, room, n, plain_outcome);
        for (size_t i = 0; i < count; i++) {
            double *row = rows + (first + i) * width, *x = room + i * n;
            for (size_t k = 0; k < n && !fit->is_extended; k++)
                x[k] = ldexp(x[k], -fit->exponents[k]);
            if (fit->is_extended)
                fit_turn_row(fit, regressors + i * n, outcome[i], row, &row[width - 1]);
            else
                fit_turn_row_double(fit, x, ldexp(plain_outcome[i], -fit->outcome_exponent), row, &row[width - 1]);
        }
    }
    free(room), free(regressors);
    return status;
}

/* From the rows, in double-double. */
static behov_status basis_from_rows(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                    cluster_basis *basis, behov_error *err)
{
    size_t n_rows = fit->n_rows, width = fit->rank + 1, n_clusters = basis->n_clusters;
    uint32_t *positions = behov_alloc(n_rows, sizeof *positions);
    size_t *first_row = behov_alloc(n_clusters + 1, sizeof *first_row);
    double *rows = behov_alloc(n_rows + 1, width * sizeof *rows);
    behov_status status = positions && first_row && rows
                              ? influence_order_rows(clusters, n_rows, first_row, positions, err)
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    if (!status)
        status = influence_turn_rows(fit, design, positions, n_rows, rows, err);
    for (size_t g = 0; g < n_clusters && !status; g++) {
        size_t size = first_row[g + 1] - first_row[g];
        basis->starts[g + 1] = basis->starts[g] + (size < width ? size : width);
    }
    if (!status && !(basis->rows = behov_alloc(basis->starts[n_clusters], width * sizeof *basis->rows)))
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    for (size_t g = 0; g < n_clusters && !status; g++)
        keep_rows(basis, g, rows + first_row[g] * width, first_row[g + 1] - first_row[g], rows + n_rows * width);
    free(positions), free(first_row), free(rows);
    return status;
}

/* P'P = I but for the rounding of T: P times the inverse of its own triangle. */
static behov_status orthonormalise(cluster_basis *basis, behov_error *err)
{
    size_t rank = basis->rank, width = rank + 1, n_rows = basis->starts[basis->n_clusters];
    enum { BLOCK = 64 };
    double *triangle = behov_alloc(rank, 2 * rank * sizeof *triangle);
    double *block = behov_alloc(BLOCK + 1, rank * sizeof *block);
    if (!triangle || !block) {
        free(triangle), free(block);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    }
    double *inverse = triangle + rank * rank;
    for (size_t first = 0; first < n_rows; first += BLOCK) {
        size_t count = n_rows - first < BLOCK ? n_rows - first : BLOCK;
        for (size_t i = 0; i < count; i++)
            memcpy(block + i * rank, basis->rows + (first + i) * width, rank * sizeof *block);
        behov_triangle_add(triangle, rank, block, count, block + BLOCK * rank);
    }
    for (size_t q = 0; q < rank; q++)
        for (size_t r = q; r < rank && triangle[q * rank + q] < 0; r++)
            triangle[q * rank + r] = -triangle[q * rank + r];
    behov_triangle_inverse(triangle, rank, rank, inverse);
    for (size_t i = 0; i < n_rows; i++) {
        double *p = basis->rows + i * width;
        for (size_t q = rank; q-- > 0;) {
            double sum = 0;
            for (size_t r = 0; r <= q; r++)
                sum += p[r] * inverse[r * rank + q];
            p[q] = sum;
        }
    }
    free(triangle), free(block);
    return BEHOV_OK;
}

behov_status cluster_basis_from_factors(const behov_fit *fit, const behov_factors *factors, cluster_basis *basis,
                                        behov_error *err)
{
    size_t n = fit->n_regressors, width = fit->rank + 1, n_clusters = behov_factors_n_clusters(factors), n_rows = 0;
    behov_status status = reserve(fit, n_clusters, true, basis, err);
    extended *regressors = behov_alloc(n, sizeof *regressors);
    double *rows = behov_alloc(n + 2, width * sizeof *rows);
    if (!status && (!regressors || !rows))
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
    for (size_t g = 0; g < n_clusters && !status; g++) {
        behov_factors_cluster(factors, g, &n_rows);
        basis->starts[g + 1] = basis->starts[g] + (n_rows < width ? n_rows : width);
    }
    if (!status && !(basis->rows = behov_alloc(basis->starts[n_clusters], width * sizeof *basis->rows)))
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTERS);
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
        status = orthonormalise(basis, err);
    free(regressors), free(rows);
    if (status)
        cluster_basis_free(basis);
    return status;
}

behov_status cluster_basis_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                               cluster_basis *basis, behov_error *err)
{
    *basis = (cluster_basis){0};
    behov_factors *factors = NULL;
    behov_status status = BEHOV_OK;
    if (fit->is_extended) {
        status = factor_check_nested(design, clusters, err);
        if (!status)
            status = reserve(fit, behov_clusters_count(clusters), false, basis, err);
        if (!status)
            status = basis_from_rows(fit, design, clusters, basis, err);
        if (status)
            cluster_basis_free(basis);
        return status;
    }
    status = behov_factors_new(design, clusters, &factors, err);
    if (!status)
        status = cluster_basis_from_factors(fit, factors, basis, err);
    behov_factors_free(factors);
    return status;
}

/* ---- one cluster ------------------------------------------------------------------------------------------------- */

behov_status influence_new(const behov_fit *fit, cluster_influence *influence, behov_error *err)
{
    size_t rank = fit->rank;
    *influence = (cluster_influence){.rank = rank};
    influence->s = behov_alloc(rank, rank * sizeof *influence->s);
    influence->v = behov_alloc(rank, sizeof *influence->v);
    influence->values = behov_alloc(rank, sizeof *influence->values);
    influence->vectors = behov_alloc(rank, rank * sizeof *influence->vectors);
    influence->work = behov_alloc(rank + 1, rank * sizeof *influence->work);
    if (influence->s && influence->v && influence->values && influence->vectors && influence->work)
        return BEHOV_OK;
    influence_free(influence);
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_INFLUENCE_OF_CLUSTER);
}

void influence_free(cluster_influence *influence)
{
    free(influence->s), free(influence->v);
    free(influence->values), free(influence->vectors), free(influence->work);
    *influence = (cluster_influence){0};
}

void influence_of_cluster(const cluster_basis *basis, size_t cluster, cluster_influence *cluster_influence)
{
    size_t rank = cluster_influence->rank, width = rank + 1;
    cluster_influence->n_rows = basis->starts[cluster + 1] - basis->starts[cluster];
    cluster_influence->rows = basis->rows + basis->starts[cluster] * width;
    cluster_influence->only_here = basis->only_here;
    memset(cluster_influence->s, 0, rank * rank * sizeof *cluster_influence->s);
    memset(cluster_influence->v, 0, rank * sizeof *cluster_influence->v);
    for (size_t i = 0; i < cluster_influence->n_rows; i++) {
        const double *p = cluster_influence->rows + i * width;
        for (size_t q = 0; q < rank; q++) {
            cluster_influence->v[q] += p[q] * p[rank];
            for (size_t r = 0; r <= q; r++)
                cluster_influence->s[q * rank + r] += p[q] * p[r];
        }
    }
    for (size_t q = 0; q < rank; q++)
        for (size_t r = 0; r < q; r++)
            cluster_influence->s[r * rank + q] = cluster_influence->s[q * rank + r];
}

behov_status influence_eigen(cluster_influence *cluster_influence, behov_error *err)
{
    memcpy(cluster_influence->work, cluster_influence->s,
           cluster_influence->rank * cluster_influence->rank * sizeof *cluster_influence->work);
    if (!behov_symmetric_eigen(cluster_influence->work, cluster_influence->rank, cluster_influence->values,
                               cluster_influence->vectors))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CLUSTER_EIGENVALUES);
    return BEHOV_OK;
}

void influence_to_coefficients(const behov_fit *fit, const double *x, double *coefficients)
{
    size_t rank = fit->rank;
    for (size_t p = 0; p < rank; p++) {
        double sum = 0;
        for (size_t q = p; q < rank; q++)
            sum += fit->inverse[p * rank + q].hi * x[q];
        coefficients[p] = ldexp(sum, fit->outcome_exponent - fit->exponents[fit->kept_positions[p]]);
    }
}

int influence_without(cluster_influence *cluster_influence, double *x)
{
    size_t rank = cluster_influence->rank;
    double *l = cluster_influence->work;
    for (size_t j = 0; j < rank; j++) {
        for (size_t i = j; i < rank; i++) {
            double sum = (i == j) - cluster_influence->s[i * rank + j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i * rank + k] * l[j * rank + k];
            if (i > j)
                l[i * rank + j] = sum / l[j * rank + j];
            else if (sum > cluster_influence->only_here)
                l[j * rank + j] = sqrt(sum);
            else
                return 0;
        }
    }
    for (size_t i = 0; i < rank; i++) {
        double sum = cluster_influence->v[i];
        for (size_t k = 0; k < i; k++)
            sum -= l[i * rank + k] * x[k];
        x[i] = sum / l[i * rank + i];
    }
    for (size_t i = rank; i-- > 0;) {
        double sum = x[i];
        for (size_t k = i + 1; k < rank; k++)
            sum -= l[k * rank + i] * x[k];
        x[i] = sum / l[i * rank + i];
    }
    return 1;
}

behov_status influence_unidentified(const behov_fit *fit, cluster_influence *cluster_influence, size_t *column,
                                    behov_error *err)
{
    behov_status status = influence_eigen(cluster_influence, err);
    if (status)
        return status;
    size_t rank = cluster_influence->rank, last = 0;
    for (size_t q = 1; q < rank; q++)
        if (cluster_influence->values[q] > cluster_influence->values[last])
            last = q;
    /* The direction in which nothing is left, as a change of coefficients, each in standard errors of its own. */
    double largest = -1;
    for (size_t p = 0; p < rank; p++) {
        double sum = 0, length = 0;
        for (size_t q = p; q < rank; q++) {
            double t = fit->inverse[p * rank + q].hi;
            sum += t * cluster_influence->vectors[q * rank + last];
            length = hypot(length, t);
        }
        if (fabs(sum) / length > largest) {
            largest = fabs(sum) / length;
            *column = fit->kept_positions[p];
        }
    }
    return BEHOV_OK;
}
