/* likeness.h - how far municipalities lie apart, from a matrix of figures.
 *
 * n rows (municipalities), K columns (regressors); z_ij = (x_ij - mean_j) / s_j with the n - 1 standard deviation s_j.
 *
 *   weighted     d2 = sum_j w_j (z_aj - z_bj)^2                                    w_j as given
 *   need         d2 = sum_j w_j b_j^2 (x_aj - x_bj)^2                              in the outcome's unit; = weighted with
 *                                                                                  w_j (b_j s_j)^2
 *   Mahalanobis  d2 = (x_a - x_b)' S^-1 (x_a - x_b), S the covariance of the columns
 *
 * Mahalanobis (1936), Proc. Nat. Inst. Sci. India 2: 49-55. S is never formed: with Z = QR (modified Gram-Schmidt, each
 * column orthogonalised twice; Giraud, Langou & Rozloznik 2005), S^-1 = (n - 1) R^-1 R^-T on standardised columns, so
 * d2 = (n - 1) |q_a - q_b|^2 with q the rows of Q. A column that adds less than 1e-8 of its length to those before it is
 * collinear and left out, which changes no distance; one whose standard deviation is below 1e-12 of its largest value
 * does not vary and is left out.
 *
 * What a column contributes to d2 adds up to d2: c_j = w_j (z_aj - z_bj)^2, with Mahalanobis c_j = (z_aj - z_bj) (S^-1
 * (z_a - z_b))_j, which is below 0 where a difference is what the other differences let one expect. */
#ifndef BEHOV_LIKENESS_H
#define BEHOV_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_distance {
    BEHOV_DISTANCE_NEED = 0,
    BEHOV_DISTANCE_WEIGHTED,
    BEHOV_DISTANCE_MAHALANOBIS,
    BEHOV_N_DISTANCES
} behov_distance;

typedef enum behov_column_use {
    BEHOV_COLUMN_USED = 0,
    BEHOV_COLUMN_DOES_NOT_VARY, /* all municipalities have the same */
    BEHOV_COLUMN_IS_COLLINEAR   /* Mahalanobis: those before it say it all */
} behov_column_use;

/// What distances are between (all borrowed for the call).
typedef struct behov_likeness_data {
    size_t n, n_columns;
    const double *values;       /* n x n_columns, row-major, none missing */
    const double *weights;      /* n_columns, 0 or more, of squared differences; NULL = 1. Not with Mahalanobis */
    const double *coefficients; /* n_columns; of BEHOV_DISTANCE_NEED alone */
    behov_distance distance;
} behov_likeness_data;

typedef struct behov_likeness behov_likeness;

/// \param[out] likeness  free with behov_likeness_free
/// BEHOV_E_TOO_FEW for fewer than three rows, BEHOV_E_DATA when no column tells the rows apart, or with Mahalanobis when
/// there are no more rows than columns. Cost O(n K^2).
BEHOV_API behov_status behov_likeness_new(const behov_likeness_data *data, behov_likeness **likeness,
                                          behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_likeness_free(behov_likeness *likeness);

/// The squared distance of two rows. O(K).
BEHOV_API double behov_likeness_squared(const behov_likeness *likeness, size_t a, size_t b);
/// What each column contributes to it (n_columns, the caller's); 0 for a column that is left out. O(K^2).
BEHOV_API void behov_likeness_contributions(const behov_likeness *likeness, size_t a, size_t b, double *each);
BEHOV_API behov_column_use behov_likeness_use(const behov_likeness *likeness, size_t column);
/// Mean and standard deviation of a column; the weight of its squared standardised difference, NaN with Mahalanobis.
BEHOV_API double behov_likeness_mean(const behov_likeness *likeness, size_t column);
BEHOV_API double behov_likeness_deviation(const behov_likeness *likeness, size_t column);
BEHOV_API double behov_likeness_weight(const behov_likeness *likeness, size_t column);
/// Columns that count.
BEHOV_API size_t behov_likeness_rank(const behov_likeness *likeness);

/// The rows nearest to one, nearest first; of equally far ones the earlier row. `is_candidate` NULL = all; the row itself
/// never is.
/// \param[out] rows  at least min(n - 1, count) positions (the caller's)
/// \return how many; with no memory 0 and BEHOV_E_MEMORY in err. O(n (K + count)).
BEHOV_API size_t behov_likeness_nearest(const behov_likeness *likeness, size_t row, const bool *is_candidate,
                                        size_t count, size_t *rows, behov_error *err);
/// What is usual: the median over all rows of the distance (not squared) to the 1st, 2nd ... count-th nearest row.
/// \param[out] typical  count figures (the caller's); count < n. BEHOV_E_MEMORY. O(n^2 (K + count)).
BEHOV_API behov_status behov_likeness_typical(const behov_likeness *likeness, size_t count, double *typical,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
