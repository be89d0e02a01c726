/* vcov_basis.c - a covariance in the orthonormal basis of the columns: variances of directions, levels and joint tests
 * that lose no digits to collinearity. The formulas: vcov_parts.h. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "alloc.h"
#include "extended.h"
#include "fit_parts.h"
#include "linalg.h"
#include "vcov_parts.h"

bool vcov_has_basis(const behov_vcov *vcov)
{
    return vcov->root || vcov->inner;
}

double vcov_in_direction(const behov_vcov *vcov, const double *direction)
{
    size_t rank = vcov->rank;
    double sum = 0;
    for (size_t i = 0; i < rank; i++) {
        double dot = 0;
        for (size_t j = 0; j < rank; j++)
            dot += (vcov->root ? vcov->root : vcov->inner)[i * rank + j] * direction[j];
        sum += vcov->root ? dot * dot : dot * direction[i];
    }
    return sum;
}

void vcov_turn_level(const behov_fit *fit, const double *regressors, double *direction)
{
    size_t rank = fit->rank;
    for (size_t q = 0; q < rank; q++) {
        extended sum = extended_of(0);
        for (size_t p = 0; p <= q; p++) {
            double x = ldexp(regressors[p], -fit->exponents[fit->kept_positions[p]]);
            sum = extended_add(sum, extended_multiply(fit->inverse[p * rank + q], extended_of(x)));
        }
        direction[q] = extended_round(sum);
    }
}

double behov_vcov_level_variance(const behov_vcov *vcov, const behov_fit *fit, const double *regressors)
{
    size_t rank = fit->rank, n = vcov->n_regressors;
    double variance = 0, direction[BEHOV_WIDTH_MAX];
    if (!vcov_has_basis(vcov)) { /* eigenvalues were cut: V as it was cut is the definition */
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                variance +=
                    regressors[i] * regressors[j] * vcov->matrix[fit->kept_positions[i] * n + fit->kept_positions[j]];
        return variance > 0 ? variance : 0;
    }
    vcov_turn_level(fit, regressors, direction);
    variance = ldexp(vcov_in_direction(vcov, direction), 2 * fit->outcome_exponent);
    return variance > 0 ? variance : 0;
}

double behov_vcov_level_covariance(const behov_vcov *vcov, const behov_fit *fit, const double *first,
                                   const double *second)
{
    size_t rank = fit->rank, n = vcov->n_regressors;
    double covariance = 0, first_direction[BEHOV_WIDTH_MAX], second_direction[BEHOV_WIDTH_MAX];
    if (!vcov_has_basis(vcov)) {
        for (size_t i = 0; i < rank; i++)
            for (size_t j = 0; j < rank; j++)
                covariance += first[i] * second[j] * vcov->matrix[fit->kept_positions[i] * n + fit->kept_positions[j]];
        return covariance;
    }
    vcov_turn_level(fit, first, first_direction);
    vcov_turn_level(fit, second, second_direction);
    for (size_t i = 0; i < rank; i++) {
        const double *row = (vcov->root ? vcov->root : vcov->inner) + i * rank;
        double of_first = 0, of_second = 0;
        for (size_t j = 0; j < rank; j++) {
            of_first += row[j] * first_direction[j];
            of_second += row[j] * second_direction[j];
        }
        covariance += vcov->root ? of_first * of_second : of_second * first_direction[i];
    }
    return ldexp(covariance, 2 * fit->outcome_exponent);
}

/* |R^-T h|^2 for the triangle R of the columns of W (rank x n, destroyed), W'W = Q M Q'. A pivot below this share of W
 * is a direction in which V has no length: rounding leaves 1e-15 of it. */
static double quadratic_of_root(double *w, size_t rank, size_t n, const double *h, double *triangle, double *work)
{
    static const double singular = 1e-12;
    double size = 0, sum = 0;
    for (size_t i = 0; i < rank * n; i++)
        size += w[i] * w[i];
    behov_triangle_add(triangle, n, w, rank, work);
    for (size_t i = 0; i < n; i++) {
        double pivot = triangle[i * n + i], rest = h[i];
        if (!(fabs(pivot) > singular * sqrt(size)))
            return NAN;
        for (size_t k = 0; k < i; k++)
            rest -= triangle[k * n + i] * work[k];
        work[i] = rest / pivot;
        sum += work[i] * work[i];
    }
    return sum;
}

behov_status vcov_quadratic(const behov_vcov *vcov, size_t n, const double *rows, const double *h, double *value,
                            behov_error *err)
{
    size_t rank = vcov->rank;
    double *w = behov_alloc(rank + n + 1, n * sizeof *w), *triangle = w ? w + rank * n : NULL;
    behov_status status = BEHOV_OK;
    *value = NAN;
    if (!w)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    const double *m = vcov->root ? vcov->root : vcov->inner;
    for (size_t i = 0; i < rank; i++)
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < rank; j++)
                w[i * n + k] += m[i * rank + j] * rows[k * rank + j];
    if (vcov->root) {
        *value = quadratic_of_root(w, rank, n, h, triangle, triangle + n * n);
    } else {
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++) {
                triangle[i * n + k] = 0;
                for (size_t j = 0; j < rank; j++)
                    triangle[i * n + k] += rows[i * rank + j] * w[j * n + k];
            }
        if (!behov_quadratic_inverse(triangle, n, h, value, &status))
            *value = NAN;
        if (status)
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    }
    free(w);
    return status;
}

behov_status vcov_is_positive(const behov_vcov *vcov, size_t n, const double *rows, bool *is_positive, behov_error *err)
{
    static const double rounding = 1e-12;
    size_t rank = vcov->rank;
    const double *m = vcov->inner_uncut;
    *is_positive = true;
    if (!m)
        return BEHOV_OK;
    double *block = behov_alloc(n, (n + rank) * sizeof *block), *products = block ? block + n * n : NULL, largest = 0;
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_WALD_TEST);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < rank; j++)
            for (size_t k = 0; k < rank; k++)
                products[i * rank + j] += rows[i * rank + k] * m[k * rank + j];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            for (size_t k = 0; k < rank; k++)
                block[i * n + j] += products[i * rank + k] * rows[j * rank + k];
    for (size_t i = 0; i < n; i++)
        largest = fabs(block[i * n + i]) > largest ? fabs(block[i * n + i]) : largest;
    for (size_t j = 0; j < n && *is_positive; j++) /* Cholesky, in place */
        for (size_t i = j; i < n && *is_positive; i++) {
            double sum = block[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= block[i * n + k] * block[j * n + k];
            if (i == j)
                *is_positive = sum > rounding * largest;
            block[i * n + j] = i == j ? sqrt(sum > 0 ? sum : 0) : sum / block[j * n + j];
        }
    free(block);
    return BEHOV_OK;
}

behov_status vcov_f(const behov_vcov *vcov, size_t n, const double *directions, double wald, double *f, double *dof2,
                    behov_error *err)
{
    double count = (double)n, eta;
    bool is_jackknife = vcov->kind == BEHOV_VCOV_CV3 || vcov->kind == BEHOV_VCOV_CV3J;
    *f = wald / count;
    *dof2 = eta = vcov->dof;
    if (!vcov->dof_of && !is_jackknife)
        return BEHOV_OK;
    behov_status status = vcov->dof_of ? vcov_dof_in_directions(vcov, n, directions, &eta, err) : BEHOV_OK;
    *dof2 = eta - count + 1;
    *f = *dof2 > 0 ? *dof2 / (eta * count) * wald : NAN;
    return status;
}

/* From V itself, where eigenvalues were cut: V as it was cut is the definition. */
static behov_status model_f_of_cut(const behov_vcov *vcov, const behov_fit *fit, size_t first, double *wald,
                                   behov_error *err)
{
    size_t n = vcov->n_regressors, q = fit->rank - first;
    double *block = behov_alloc(q, q * sizeof *block), *b = behov_alloc(q, sizeof *b);
    behov_status status = block && b ? BEHOV_OK : BEHOV_E_MEMORY;
    for (size_t i = 0; i < q && !status; i++) {
        size_t k = fit->kept_positions[i + first];
        b[i] = fit->rounded_values[k];
        for (size_t j = 0; j < q; j++)
            block[i * q + j] = vcov->matrix[k * n + fit->kept_positions[j + first]];
    }
    if (!status && !behov_quadratic_inverse(block, q, b, wald, &status))
        *wald = NAN;
    free(block), free(b);
    return status ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_F_TEST) : BEHOV_OK;
}

/* Orthonormal rows that hold what is not the constant: the coordinates after the first, or the reflection of them that
 * takes the first to the constant's direction. */
static void rows_beside_constant(const behov_fit *fit, size_t first, double *rows)
{
    size_t rank = fit->rank;
    const double *w = fit->constant;
    double v0 = w ? w[0] + (w[0] < 0 ? -1 : 1) : 1, length = 0;
    for (size_t q = 0; q < rank && w; q++)
        length += q ? w[q] * w[q] : v0 * v0;
    for (size_t i = first; i < rank; i++)
        for (size_t q = 0; q < rank; q++)
            rows[(i - first) * rank + q] = (double)(i == q) - (w ? 2 * w[i] * (q ? w[q] : v0) / length : 0);
}

/* The slopes are the coordinates beside that of the constant: the test needs neither V nor its inverse. */
behov_status behov_vcov_model_f(const behov_vcov *vcov, const behov_fit *fit, double *f, size_t *n_restrictions,
                                double *dof2, behov_error *err)
{
    size_t first = fit->has_constant ? 1 : 0, rank = fit->rank, q = rank - first;
    *f = NAN;
    *dof2 = vcov->dof;
    *n_restrictions = q;
    if (q == 0 || fit->is_exact)
        return BEHOV_OK;
    if (vcov->kind == BEHOV_VCOV_CLASSICAL) { /* the same number, from sums of squares */
        *f = behov_fit_f(fit);
        return BEHOV_OK;
    }
    if (vcov->n_clusters && vcov->n_clusters <= q) /* with G clusters V has rank G - 1 at the most */
        return BEHOV_OK;
    double *rows = behov_alloc(q, (rank + 1) * sizeof *rows), wald = NAN;
    if (!rows)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_F_TEST);
    double *h = rows + q * rank;
    bool is_held = true;
    rows_beside_constant(fit, first, rows);
    for (size_t i = 0; i < q; i++) {
        for (size_t k = 0; k < rank; k++)
            h[i] += rows[i * rank + k] * fit->projected[k];
        is_held = is_held && vcov_lacks(vcov, rows + i * rank) == 0;
    }
    if (!is_held) { /* one cluster alone identifies some slope */
        free(rows);
        return BEHOV_OK;
    }
    bool is_positive;
    behov_status status = vcov_is_positive(vcov, q, rows, &is_positive, err);
    if (!status && is_positive)
        status = vcov_has_basis(vcov) ? vcov_quadratic(vcov, q, rows, h, &wald, err)
                 : fit->constant      ? BEHOV_OK
                                      : model_f_of_cut(vcov, fit, first, &wald, err);
    if (!status && !isnan(wald))
        status = vcov_f(vcov, q, rows, wald, f, dof2, err);
    free(rows);
    return status;
}
