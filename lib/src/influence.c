/* influence.c - the algebra of one cluster in K x K. */
#include "influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "fit_parts.h"
#include "linalg.h"

behov_status influence_new(const behov_fit *fit, cluster_influence *of, behov_error *err)
{
    size_t rank = fit->rank, rows = fit->n_regressors + 1;
    *of = (cluster_influence){.rank = rank};
    of->s = behov_alloc(rank, rank * sizeof *of->s);
    of->v = behov_alloc(rank, sizeof *of->v);
    of->p = behov_alloc(rows, rank * sizeof *of->p);
    of->values = behov_alloc(rank, sizeof *of->values);
    of->vectors = behov_alloc(rank, rank * sizeof *of->vectors);
    of->work = behov_alloc(rank + 1, rank * sizeof *of->work);
    if (of->s && of->v && of->p && of->values && of->vectors && of->work)
        return BEHOV_OK;
    influence_free(of);
    return behov_out_of_memory(err, "the influence of a cluster");
}

void influence_free(cluster_influence *of)
{
    free(of->s), free(of->v), free(of->p);
    free(of->values), free(of->vectors), free(of->work);
    *of = (cluster_influence){0};
}

void influence_of_cluster(const behov_fit *fit, const behov_factors *factors, size_t cluster, cluster_influence *of)
{
    size_t rank = of->rank, width = fit->n_regressors + 1, n_rows;
    const double *rows = behov_factors_cluster(factors, cluster, &n_rows);
    int outcome_exponent = behov_factors_exponent(factors, width - 1);
    memset(of->s, 0, rank * rank * sizeof *of->s);
    memset(of->v, 0, rank * sizeof *of->v);
    for (size_t i = 0; i < n_rows; i++) {
        const double *row = rows + i * width;
        double *p = of->p + i * rank;
        for (size_t q = 0; q < rank; q++)
            p[q] = 0;
        for (size_t l = 0; l < rank; l++) {
            double x = row[fit->kept[l]];
            if (x == 0)
                continue;
            const extended *t = fit->inverse + l * rank;
            for (size_t q = l; q < rank; q++)
                p[q] += x * t[q].hi;
        }
        double residual;
        if (fit->is_extended) {
            extended sum = extended_of(row[width - 1]);
            for (size_t l = 0; l < rank; l++) {
                size_t k = fit->kept[l];
                int shift = fit->exponents[k] - outcome_exponent;
                extended b = {ldexp(fit->coefficients[k].hi, shift), ldexp(fit->coefficients[k].lo, shift)};
                sum = extended_subtract(sum, extended_multiply(b, extended_of(row[k])));
            }
            residual = extended_round(sum);
        } else {
            residual = row[width - 1];
            for (size_t l = 0; l < rank; l++) {
                size_t k = fit->kept[l];
                residual -= fit->scaled[l] * row[k];
            }
        }
        for (size_t q = 0; q < rank; q++) {
            of->v[q] += p[q] * residual;
            for (size_t r = 0; r <= q; r++)
                of->s[q * rank + r] += p[q] * p[r];
        }
    }
    for (size_t q = 0; q < rank; q++)
        for (size_t r = 0; r < q; r++)
            of->s[r * rank + q] = of->s[q * rank + r];
}

behov_status influence_eigen(cluster_influence *of, behov_error *err)
{
    memcpy(of->work, of->s, of->rank * of->rank * sizeof *of->work);
    if (!behov_symmetric_eigen(of->work, of->rank, of->values, of->vectors))
        return behov_out_of_memory(err, "the eigenvalues of a cluster");
    return BEHOV_OK;
}

void influence_to_coefficients(const behov_fit *fit, int outcome_exponent, const double *x, double *coefficients)
{
    size_t rank = fit->rank;
    for (size_t p = 0; p < rank; p++) {
        double sum = 0;
        for (size_t q = p; q < rank; q++)
            sum += fit->inverse[p * rank + q].hi * x[q];
        coefficients[p] = ldexp(sum, outcome_exponent - fit->exponents[fit->kept[p]]);
    }
}

int influence_without(cluster_influence *of, double *x)
{
    size_t rank = of->rank;
    double *l = of->work;
    for (size_t j = 0; j < rank; j++) {
        for (size_t i = j; i < rank; i++) {
            double sum = (i == j) - of->s[i * rank + j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i * rank + k] * l[j * rank + k];
            if (i > j)
                l[i * rank + j] = sum / l[j * rank + j];
            else if (sum > BEHOV_ONLY_HERE)
                l[j * rank + j] = sqrt(sum);
            else
                return 0;
        }
    }
    for (size_t i = 0; i < rank; i++) {
        double sum = of->v[i];
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

behov_status influence_unidentified(const behov_fit *fit, cluster_influence *of, size_t *column, behov_error *err)
{
    behov_status status = influence_eigen(of, err);
    if (status)
        return status;
    size_t rank = of->rank, last = 0;
    for (size_t q = 1; q < rank; q++)
        if (of->values[q] > of->values[last])
            last = q;
    /* The direction in which nothing is left, as a change of coefficients, each in standard errors of its own. */
    double largest = -1;
    for (size_t p = 0; p < rank; p++) {
        double sum = 0, length = 0;
        for (size_t q = p; q < rank; q++) {
            double t = fit->inverse[p * rank + q].hi;
            sum += t * of->vectors[q * rank + last];
            length = hypot(length, t);
        }
        if (fabs(sum) / length > largest) {
            largest = fabs(sum) / length;
            *column = fit->kept[p];
        }
    }
    return BEHOV_OK;
}
