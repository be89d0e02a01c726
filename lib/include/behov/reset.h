/* reset.h - Ramsey's RESET (1969): whether powers of the fitted values add to a regression.
 *
 *   y ~ X + f^2 + f^3,  f = X b                   F of the two, as lmtest::resettest(power = 2:3, type = "fitted")
 *   the same with CV1 of groups of rows           Wald, F(2, G - 1)
 *
 * Where X spans the constant the powers are of f less its mean: the same test, for the columns span the same, with
 * fewer digits lost. A test of the form of X b, not of what lacks in X. */
#ifndef BEHOV_RESET_H
#define BEHOV_RESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "least_squares.h"

#ifdef __cplusplus
extern "C" {
#endif

/// \param columns       n_rows x n_columns, row-major, times the root of the weight where there are weights
/// \param outcome       likewise
/// \param fitted        X b of each row, not weighted (all borrowed for the call)
/// \param root_weights  NULL = 1
/// \param has_constant  whether the columns span the constant
/// \param groups        of each row, 0 .. n_groups - 1; NULL: no robust test
/// \param[out] test     n_tested 0 where the powers follow from X, as with dummies alone
/// \return BEHOV_E_MEMORY; BEHOV_E_TOO_FEW when no residual is left
BEHOV_API behov_status behov_reset_test(const double *columns, const double *outcome, const double *fitted,
                                        const double *root_weights, size_t n_rows, size_t n_columns, bool has_constant,
                                        const uint32_t *groups, size_t n_groups, behov_last_columns *test,
                                        behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
