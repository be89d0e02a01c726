/* shrink_parts.h - what the parts of the module shrink share. */
#ifndef BEHOV_SRC_SHRINK_PARTS_H
#define BEHOV_SRC_SHRINK_PARTS_H

#include <behov/shrink.h>

struct behov_shrink {
    size_t n_municipalities, n_regressors;
    behov_shrink_variances variances;
    int exponent;                             /* residuals are divided by 2^exponent inside */
    int *column_exponents;                    /* K */
    double *triangle, *basis;                 /* K x K: R and T = R^-1 of the scaled columns */
    double *covariance;                       /* K x K, C */
    double *effects, *shares, *uncertainties; /* M, in the outcome's unit */
    double *own;                              /* M: tau / (1 + tau A) + 2 g3 */
    double *pulls;                            /* M x K, qw */
};

double shrink_dot(const double *x, const double *y, size_t n);
/* Lower triangle L of a positive semidefinite matrix, in place, zeros above. A pivot that is nothing but rounding
 * leaves a column of zeros. Returns log |matrix|, -infinity when it is singular. */
double shrink_cholesky(double *matrix, size_t n);
/* q of a row of regressors as the caller has them. */
void shrink_to_basis(const behov_shrink *shrink, const double *regressors, double *q);

#endif
