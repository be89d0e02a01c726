/* fit_exact.h - whether what is left of the outcome is nothing but the rounding of the figures.
 *
 *   ||u|| <= 4 eps || |y_i| + sum_k |b_k| |x_ik| ||  +  a (||y|| + sum_k |b_k| ||x_k||),   eps = 2^-53
 *
 * First term: an outcome that is a combination of the regressors as they were meant is read with a relative error of
 * at most eps in each number, so least squares leave at most eps times that norm; 4 is for columns that are computed
 * (x^1.2, log(x) to one unit in the last place, products and powers of decimals). Whole numbers up to 2^53 are read
 * exactly and count nothing, so whole outcomes that are off the fit by 1 in 1e15 are off it.
 * Second term: what the arithmetic leaves. 150 exact fits of whole numbers, 20 to 67 000 rows, 1 to 12 columns, some
 * nearly collinear, left 2^-97 of the parts in double-double arithmetic (a = 2^-90) and 93 eps in double at 67 000 rows
 * (a = (64 + 4 sqrt(N)) eps); decimals and weights: tests/property/test_exact_fit.c. */
#ifndef BEHOV_SRC_FIT_EXACT_H
#define BEHOV_SRC_FIT_EXACT_H

#include <behov/design.h>
#include <behov/error.h>
#include <behov/factor.h>

#include "fit_parts.h"

/// Sets is_exact. An exact fit has no residuals: its rss becomes 0, and so do coefficients that are nothing but
/// rounding. Costs a pass over the rows only where the residuals are below 1e-9 of the outcome and its parts.
behov_status fit_judge_exact(behov_fit *fit, const behov_design *design, const behov_factors *factors,
                             behov_error *err) BEHOV_MUST_CHECK;

#endif
