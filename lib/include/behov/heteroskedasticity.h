/* heteroskedasticity.h - whether the size of residuals goes with something: Breusch & Pagan's test.
 *
 *   e_i residuals, s^2 = sum e^2 / N, w_i = e_i^2 - s^2, regressed on a constant and the columns Z
 *   Breusch & Pagan (1979)   sum of the squared fitted values of w / s^2, halved: assumes normal errors
 *   Koenker (1981)           N sum of fitted^2 / sum w^2 = N R^2: does not
 *   both chi^2 with rank(Z) degrees of freedom beside the constant, as lmtest::bptest has them
 *
 * Both take rows for independent: with residuals that last from year to year their p is too small. */
#ifndef BEHOV_HETEROSKEDASTICITY_H
#define BEHOV_HETEROSKEDASTICITY_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_breusch_pagan {
    double original, original_p, studentised, studentised_p; /* NaN where all residuals are of one size */
    size_t dof, n_rows;
} behov_breusch_pagan;

/// \param residuals  n_rows (borrowed for the call)
/// \param columns    n_rows x n_columns, row-major; a constant is added, and those that follow from others take no part
/// \return BEHOV_E_MEMORY; BEHOV_E_TOO_FEW as behov_least_squares_new
/// Cost that of behov_least_squares_new.
BEHOV_API behov_status behov_breusch_pagan_test(const double *residuals, const double *columns, size_t n_rows,
                                                size_t n_columns, behov_breusch_pagan *test,
                                                behov_error *err) BEHOV_MUST_CHECK;

/// Upper tail of chi^2.
BEHOV_API double behov_chi2_p(double chi2, double dof);

#ifdef __cplusplus
}
#endif
#endif
