/* diagnose_columns.c - variance inflation of the columns of a fit; the formula is in diagnose.h. */
#include <behov/diagnose.h>

#include <math.h>

#include "fit_parts.h"

/* Column k of the triangle holds the whole length of the column; with a constant in front its first entry is the part
 * along the constant, so the rest is the sum of squares about the mean, without a subtraction. */
void behov_diagnose_vif(const behov_fit *fit, const behov_factors *factors, double *vif)
{
    size_t n = fit->n_regressors, width = n + 1;
    const double *triangle = behov_factors_triangle(factors);
    for (size_t k = 0; k < n; k++)
        vif[k] = NAN;
    for (size_t p = fit->has_intercept ? 1 : 0; p < fit->rank; p++) {
        size_t k = fit->kept_positions[p];
        double squares = 0, length = 0;
        for (size_t i = fit->has_intercept ? 1 : 0; i <= k; i++)
            squares += triangle[i * width + k] * triangle[i * width + k];
        extended variance = extended_of(0);
        for (size_t q = p; q < fit->rank; q++) {
            extended t = fit->inverse[p * fit->rank + q];
            variance = extended_add(variance, extended_multiply(t, t));
        }
        length = extended_round(variance);
        vif[k] = length * squares;
    }
}
