/* influence_sum.h - the sum of squared influences of groups of rows on the coefficients, from which variances are made. */
#ifndef BEHOV_SRC_INFLUENCE_SUM_H
#define BEHOV_SRC_INFLUENCE_SUM_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Influences are squared twice: in units of the coefficients, and as a triangle in the orthonormal basis. */
typedef struct influence_sum {
    size_t rank, width, n_waiting;
    double *squares;  /* rank x rank, lower: of d, in units of the coefficients (borrowed) */
    double *triangle; /* width x width: of the rows q = T^-1 d; about their mean: of [1 q] */
    double *waiting;  /* SUM_BLOCK x width, and room for work */
    bool is_about_mean;
} influence_sum;

/// \param squares  rank x rank, zeros (kept by the caller)
behov_status influence_sum_new(size_t rank, bool is_about_mean, double *squares, influence_sum *sum,
                               behov_error *err) BEHOV_MUST_CHECK;
void influence_sum_free(influence_sum *sum);
/// d in units of the coefficients, q the same in the basis. Cost 2.5 rank^2.
void influence_sum_add(influence_sum *sum, const double *d, const double *q);
/// What waits into the triangle.
void influence_sum_flush(influence_sum *sum);
/// The root of M, rank x rank; about the mean the constant has taken the first row with it.
void influence_sum_root(influence_sum *sum, double *root);

#endif
