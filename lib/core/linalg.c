/* linalg.c - small dense kernels over GSL.
 *
 * The one kernel of the library's own is behov_triangle_add (triangle.c): GSL's gsl_linalg_QR_UR_decomp does the same (it is
 * the oracle of the tests) but costs five to ten times as much on blocks of a few rows. */
#include "linalg.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* Gram-Schmidt with one repetition on the columns of the triangle itself: n is small, and a column that turns out
 * dependent must not take part in what follows. */
size_t behov_triangle_dependent(const double *triangle, size_t width, size_t n, double tolerance, bool *dependent,
                                double *partners, behov_status *status)
{
    *status = BEHOV_OK;
    double *basis = behov_alloc(n, n * sizeof *basis);     /* orthonormal columns, each a row of n numbers */
    double *weights = behov_alloc(n, n * sizeof *weights); /* basis_i = sum_k weights_ik column_k */
    double *left = behov_alloc(2 * n, sizeof *left);
    if (!basis || !weights || !left) {
        free(basis), free(weights), free(left);
        *status = BEHOV_E_MEMORY;
        return 0;
    }
    double *combination = left + n;
    size_t count = 0;
    if (partners)
        memset(partners, 0, n * n * sizeof *partners);
    for (size_t j = 0; j < n; j++) {
        double length = 0;
        for (size_t i = 0; i <= j; i++)
            length = hypot(length, triangle[i * width + j]);
        for (size_t i = 0; i < n; i++) {
            left[i] = i <= j && length > 0 ? triangle[i * width + j] / length : 0;
            combination[i] = i == j;
        }
        for (int pass = 0; pass < 2; pass++)
            for (size_t k = 0; k < j; k++) {
                if (dependent[k])
                    continue;
                double dot = 0;
                for (size_t i = 0; i < n; i++)
                    dot += basis[k * n + i] * left[i];
                for (size_t i = 0; i < n; i++) {
                    left[i] -= dot * basis[k * n + i];
                    combination[i] -= dot * weights[k * n + i];
                }
            }
        double rest = 0;
        for (size_t i = 0; i < n; i++)
            rest = hypot(rest, left[i]);
        dependent[j] = length == 0 || rest < tolerance;
        if (dependent[j]) {
            count++;
            for (size_t k = 0; partners && k < j; k++)
                partners[j * n + k] = -combination[k];
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            basis[j * n + i] = left[i] / rest;
            weights[j * n + i] = combination[i] / rest;
        }
    }
    free(basis), free(weights), free(left);
    return count;
}

void behov_triangle_inverse(const double *triangle, size_t width, size_t n, double *inverse)
{
    memset(inverse, 0, n * n * sizeof *inverse);
    for (size_t j = 0; j < n; j++) {
        inverse[j * n + j] = 1 / triangle[j * width + j];
        for (size_t i = j; i-- > 0;) {
            double sum = 0;
            for (size_t k = i + 1; k <= j; k++)
                sum += triangle[i * width + k] * inverse[k * n + j];
            inverse[i * n + j] = -sum / triangle[i * width + i];
        }
    }
}

bool behov_quadratic_inverse(const double *matrix, size_t n, const double *x, double *value, behov_status *status)
{
    double *scaled_values = behov_alloc(n, n * sizeof *scaled_values);
    double *z = behov_alloc(n, sizeof *z);
    bool definite = scaled_values && z;
    *status = definite ? BEHOV_OK : BEHOV_E_MEMORY;
    for (size_t i = 0; definite && i < n; i++)
        definite = matrix[i * n + i] > 0;
    if (definite) {
        for (size_t i = 0; i < n; i++) {
            z[i] = x[i] / sqrt(matrix[i * n + i]);
            for (size_t j = 0; j < n; j++)
                scaled_values[i * n + j] = matrix[i * n + j] / sqrt(matrix[i * n + i]) / sqrt(matrix[j * n + j]);
        }
        gsl_matrix_view a = gsl_matrix_view_array(scaled_values, n, n);
        gsl_vector_view v = gsl_vector_view_array(z, n);
        definite = gsl_linalg_cholesky_decomp1(&a.matrix) == 0;
        for (size_t i = 0; definite && i < n; i++) /* unit diagonal: a pivot near eps is nothing but rounding */
            definite = scaled_values[i * n + i] * scaled_values[i * n + i] > 1e-13;
        if (definite) {
            gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &a.matrix, &v.vector);
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                sum += z[i] * z[i];
            *value = sum;
        }
    }
    free(scaled_values), free(z);
    return definite;
}

bool behov_symmetric_eigen(double *matrix, size_t n, double *values, double *vectors)
{
    gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(n);
    if (!work)
        return false;
    gsl_matrix_view a = gsl_matrix_view_array(matrix, n, n), v = gsl_matrix_view_array(vectors, n, n);
    gsl_vector_view w = gsl_vector_view_array(values, n);
    int result = gsl_eigen_symmv(&a.matrix, &w.vector, &v.matrix, work);
    gsl_eigen_symmv_free(work);
    return result == 0;
}

double behov_triangle_condition(const double *triangle, size_t width, size_t n, behov_status *status)
{
    *status = BEHOV_OK;
    double *a = behov_alloc(n, n * sizeof *a), *v = behov_alloc(n, n * sizeof *v), *s = behov_alloc(2 * n, sizeof *s);
    double condition = NAN;
    if (!a || !v || !s) {
        *status = BEHOV_E_MEMORY;
    } else {
        for (size_t j = 0; j < n; j++) {
            double length = 0;
            for (size_t i = 0; i <= j; i++)
                length = hypot(length, triangle[i * width + j]);
            for (size_t i = 0; i <= j; i++)
                a[i * n + j] = length > 0 ? triangle[i * width + j] / length : 0;
        }
        gsl_matrix_view am = gsl_matrix_view_array(a, n, n), vm = gsl_matrix_view_array(v, n, n);
        gsl_vector_view sv = gsl_vector_view_array(s, n);
        /* one-sided Jacobi: small singular values to high relative accuracy */
        if (gsl_linalg_SV_decomp_jacobi(&am.matrix, &vm.matrix, &sv.vector) == 0)
            condition = s[0] / s[n - 1];
    }
    free(a), free(v), free(s);
    return condition;
}
