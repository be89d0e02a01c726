/* influence.c - the algebra of one cluster in K x K, from its rows in the orthonormal basis (influence_basis.c). */
#include "influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"

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
