/* linalg.h - small dense kernels: the triangle of a tall matrix, its rank, its inverse.
 *
 * Triangles are row-major, upper, `width` x `width`, zeros below the diagonal. linalg.c is the only file that calls
 * gsl_linalg and gsl_blas. */
#ifndef BEHOV_SRC_LINALG_H
#define BEHOV_SRC_LINALG_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "triangle.h"

/// Widest matrix that is taken; a regression with more coefficients is refused with a sentence.
#define BEHOV_WIDTH_MAX 1024

/// Which of the first n columns of a triangle are linear combinations of columns before them.
///
/// Works left to right as R's dqrdc2 does: the column that comes later is the one blamed. A column is dependent when
/// what is left of it after the columns before it is below `tolerance` times its length.
/// \param[out] partners  n x n, row-major: row j holds the weights of the other columns in a dependent column j
///                       (columns scaled to length 1), else zeros; may be NULL
/// \return the number of dependent columns
size_t behov_triangle_dependent(const double *triangle, size_t width, size_t n, double tolerance, bool *dependent,
                                double *partners, behov_status *status);

/// Inverse of the leading n x n block of a triangle of full rank, row-major n x n. Cost n^3 / 3.
void behov_triangle_inverse(const double *triangle, size_t width, size_t n, double *inverse);

/// x' A^-1 x for a symmetric positive definite A (n x n, row-major), columns scaled by the diagonal first.
/// \return false when A is not positive definite to working precision, or memory is short (*status tells)
bool behov_quadratic_inverse(const double *matrix, size_t n, const double *x, double *value, behov_status *status);

/// Eigenvalues and orthonormal eigenvectors (columns) of a symmetric matrix, n x n, row-major; `matrix` is destroyed.
/// \return false when GSL gives up (it does so only for numbers that are not finite) or memory is short
bool behov_symmetric_eigen(double *matrix, size_t n, double *values, double *vectors);

/// 2-norm condition number of the leading n x n block of a triangle, its columns scaled to length 1.
double behov_triangle_condition(const double *triangle, size_t width, size_t n, behov_status *status);

#endif
