/* least_squares.h - least squares of one column of numbers on others that are held in memory, by QR, and what follows
 * from its orthonormal rows: auxiliary regressions, which a design and its formula cannot say.
 *
 *   X = Q R,  Q'Q = I,  q_i the rows of Q          made twice, so that Q'Q = I to rounding whatever X is
 *   b = R^-1 Q'y,  e = y - Q Q'y,  leverage_i = q_i'q_i
 *   group g left out      e_g(-g) = e_g + Q_g w_g,  w_g = (I - Q_g'Q_g)^-1 Q_g'e_g,  R b_(-g) = R b - w_g
 *   CV1                   c sum_g (R^-1 s_g)(R^-1 s_g)',  s_g = Q_g'e_g,  c = G/(G-1) (N-1)/(N-K)
 *   CV3                   (G-1)/G sum_g (R^-1 w_g)(R^-1 w_g)'
 *
 * The fit of a model is fit.h, which judges rank, exactness and rounding and computes in extended arithmetic; this is
 * plain double, and a column that follows from those before it is left out without a word. No weights: a weighted
 * regression is one of the rows times the roots of their weights. */
#ifndef BEHOV_LEAST_SQUARES_H
#define BEHOV_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_least_squares behov_least_squares;

/// \param columns    n_rows x n_columns, row-major (borrowed for the call)
/// \param outcome    n_rows (borrowed for the call)
/// \param[out] fit   free with behov_least_squares_free
/// \return BEHOV_E_MEMORY; BEHOV_E_TOO_FEW when no residual is left or no column has a coefficient
/// Cost 4 n_rows n_columns^2, memory 8 n_rows (n_columns + 1) bytes.
BEHOV_API behov_status behov_least_squares_new(const double *columns, const double *outcome, size_t n_rows,
                                               size_t n_columns, behov_least_squares **fit,
                                               behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_least_squares_free(behov_least_squares *fit);

BEHOV_API size_t behov_least_squares_n_rows(const behov_least_squares *fit);
/// Columns with a coefficient.
BEHOV_API size_t behov_least_squares_rank(const behov_least_squares *fit);
/// n_columns coefficients, NaN for a column that follows from those before it (borrowed).
BEHOV_API const double *behov_least_squares_coefficients(const behov_least_squares *fit);
/// n_rows residuals (borrowed).
BEHOV_API const double *behov_least_squares_residuals(const behov_least_squares *fit);
/// Q, n_rows x rank, row-major (borrowed).
BEHOV_API const double *behov_least_squares_orthonormal(const behov_least_squares *fit);
/// Sum of squares of the residuals, of the fitted values; the residual standard error sqrt(rss / (N - K)).
BEHOV_API double behov_least_squares_rss(const behov_least_squares *fit);
BEHOV_API double behov_least_squares_explained(const behov_least_squares *fit);
BEHOV_API double behov_least_squares_rmse(const behov_least_squares *fit);

/// CV1 standard errors.
/// \param groups  of each row, 0 .. n_groups - 1; NULL: classical ones
/// \param[out] standard_errors  n_columns (caller's), NaN where there is no coefficient
/// \return BEHOV_E_MEMORY; BEHOV_E_TOO_FEW with one group
BEHOV_API behov_status behov_least_squares_errors(const behov_least_squares *fit, const uint32_t *groups,
                                                  size_t n_groups, double *standard_errors,
                                                  behov_error *err) BEHOV_MUST_CHECK;

/// Jackknife standard errors, CV3: (G-1)/G sum_g of the squared changes of a coefficient without group g.
/// \param[out] standard_errors  n_columns (caller's), NaN where there is no coefficient, and all NaN where the fit
///                              without some group identifies less
/// \return as behov_least_squares_errors
BEHOV_API behov_status behov_least_squares_jackknife(const behov_least_squares *fit, const uint32_t *groups,
                                                     size_t n_groups, double *standard_errors,
                                                     behov_error *err) BEHOV_MUST_CHECK;

/* F tests that the coefficients of the last columns are zero. */
typedef struct behov_last_columns {
    size_t n_tested;                        /* of the last columns, those that have a coefficient */
    double f, dof2, p;                      /* ordinary, F(n_tested, N - K) */
    double f_robust, dof2_robust, p_robust; /* Wald with CV1, F(n_tested, G - 1); NaN without groups or where the
                                             * matrix is singular */
} behov_last_columns;

/// \param n_last  how many; those among them without a coefficient take no part
/// \param groups  as above; NULL: none
/// \return BEHOV_E_MEMORY
BEHOV_API behov_status behov_least_squares_test_last(const behov_least_squares *fit, size_t n_last,
                                                     const uint32_t *groups, size_t n_groups, behov_last_columns *test,
                                                     behov_error *err) BEHOV_MUST_CHECK;

/// Errors of rows whose group took no part in the fit.
/// \param groups  of each row, 0 .. n_groups - 1; NULL: each row is one (n_groups is not looked at)
/// \param[out] errors  n_rows (caller's); NaN for the rows of a group without which a coefficient is not identified
/// \param[out] steps   n_groups x rank (caller's), w_g; NULL when not wanted
/// \return BEHOV_E_MEMORY
/// Cost O(n_rows rank^2 + n_groups rank^3).
BEHOV_API behov_status behov_least_squares_left_out(const behov_least_squares *fit, const uint32_t *groups,
                                                    size_t n_groups, double *errors, double *steps,
                                                    behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
