/* fit.h - ordinary least squares from the triangle of [X y].
 *
 *   R = triangle of [X y],  b = R_xx^-1 r_xy,  rss = r_yy^2
 *
 * A small problem, rows x (K+1)^2 <= BEHOV_EXTENDED_LIMIT, is solved in double-double arithmetic (about 32 digits) and
 * rounded once, so its figures are those of exact arithmetic on the numbers as read, to the last digits; larger ones
 * are solved in double at the accuracy of QR. behov_fit_is_extended tells which. The formula's + - * /, whole powers
 * and products of columns, and the products with the roots of weights, are carried to as many digits: x^10 and x:z are
 * not rounded before the fit. x^1.2, log(x) and the like are the doubles that the C library gives.
 *
 * With absorbed effects (design.h) X and y are deviations from the group means, each rounded once. K then counts the
 * slopes alone, but every N - K that follows is N - slopes - groups, as with a dummy for each group. */
#ifndef BEHOV_FIT_H
#define BEHOV_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "design.h"
#include "error.h"
#include "factor.h"

#ifdef __cplusplus
extern "C" {
#endif

/// 2 135 rows x 13^2 take about 10 ms; the limit about 60 ms.
#define BEHOV_EXTENDED_LIMIT 2000000

typedef struct behov_fit behov_fit;

typedef struct behov_fit_options {
    bool double_only;    /* never use double-double arithmetic */
    bool drop_collinear; /* leave collinear columns out, and say which, instead of stopping */
} behov_fit_options;

/// Fits.
/// \param factors  made from this design (borrowed for the call)
/// \return BEHOV_E_TOO_FEW with fewer rows than coefficients (or as many: no residual is left);
///         BEHOV_E_RANK with the collinear column and its partners, or the one that does not vary within the groups of
///         absorbed effects
BEHOV_API behov_status behov_fit_new(const behov_design *design, const behov_factors *factors,
                                     const behov_fit_options *options, behov_fit **fit,
                                     behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_fit_free(behov_fit *fit);

/// N rows, K coefficients of the design (columns dropped as collinear are counted by behov_fit_rank only).
BEHOV_API size_t behov_fit_n_rows(const behov_fit *fit);
/// N: the rows, or the sum of their frequencies.
BEHOV_API double behov_fit_n_observations(const behov_fit *fit);
BEHOV_API size_t behov_fit_n_regressors(const behov_fit *fit);
/// Coefficients estimated: K less the columns dropped.
BEHOV_API size_t behov_fit_rank(const behov_fit *fit);
/// Effects that are absorbed beside the coefficients, 0 = none.
BEHOV_API size_t behov_fit_n_absorbed(const behov_fit *fit);
BEHOV_API bool behov_fit_is_dropped(const behov_fit *fit, size_t k);
BEHOV_API bool behov_fit_is_extended(const behov_fit *fit);
/// Whether the regressors make the outcome exactly, to the rounding of the figures as read (src/fit_exact.h has the bound).
/// Such a fit has no residuals: rss is 0, coefficients that are nothing but rounding are 0, and there are no errors,
/// tests or intervals (behov_inference, behov_wald, behov_boot_wild).
BEHOV_API bool behov_fit_is_exact(const behov_fit *fit);
/// Whether the outcome is a combination of the regressors that was rounded to its last decimal: some coefficients leave no
/// residual above half a unit of it. Errors and intervals are then those of the rounding.
/// \param[out] decimals  0..6, those that the outcomes are written with; -1 when it is not so, when the fit is exact,
///                       when N-K < 5 rows are left, or when the outcome's standard deviation is 10 such units or less
/// \return BEHOV_E_MEMORY only
/// With absorbed effects those stay as they are, so a few such outcomes are missed.
/// Cost: nothing where the residuals are larger than any rounding; else O(N K^2), 8 N K bytes.
BEHOV_API behov_status behov_fit_find_rounding(const behov_fit *fit, const behov_design *design, int *decimals,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// K coefficients in outcome / regressor units, 0 for a dropped column (borrowed).
BEHOV_API const double *behov_fit_coefficients(const behov_fit *fit);
/// (X'X)^-1, K x K row-major, rows and columns of dropped columns zero (borrowed).
BEHOV_API const double *behov_fit_bread(const behov_fit *fit);
/// Residual sum of squares; total sum of squares, about the mean with a constant, also where other columns add up to
/// one (dummies of all levels, shares that add up to 1), about 0 without, about the means of the groups with absorbed
/// effects: R2 and what follows are then those within the groups.
/// behov_fit_is_from_zero tells that TSS, R2, adjusted R2 and F are about 0: such an R2 is not comparable with others.
BEHOV_API bool behov_fit_is_from_zero(const behov_fit *fit);
BEHOV_API double behov_fit_rss(const behov_fit *fit);
BEHOV_API double behov_fit_tss(const behov_fit *fit);
/// R2 = 1 - rss/tss; adjusted: 1 - (1-R2)(N-1)/(N-K), with N instead of N-1 without a constant, N - groups with
/// absorbed effects.
BEHOV_API double behov_fit_r2(const behov_fit *fit);
BEHOV_API double behov_fit_adj_r2(const behov_fit *fit);
/// The residual standard error s = sqrt(rss / (N-K)), Stata's Root MSE. The root mean squares of diagnose.h divide by the
/// number of errors instead.
BEHOV_API double behov_fit_rmse(const behov_fit *fit);
/// Ordinary F of all slopes, NaN when there are none.
BEHOV_API double behov_fit_f(const behov_fit *fit);
/// Condition number of X, columns scaled to length 1.
BEHOV_API double behov_fit_condition(const behov_fit *fit);

/// Fitted value and residual of rows that have all regressors, n_rows <= BEHOV_DESIGN_BLOCK.
/// Residuals are rounded once from extended arithmetic where the fit is extended.
/// \return BEHOV_E_ARGUMENT with absorbed effects: they are not estimated
BEHOV_API behov_status behov_fit_predict(const behov_fit *fit, const behov_design *design, const uint32_t *rows,
                                         size_t n_rows, double *fitted, double *residuals,
                                         behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
