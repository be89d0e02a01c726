/* welch.h - whether two groups differ in their means, without the assumption that they spread alike: Welch (1947).
 *
 *   t = (mean_x - mean_y) / s,  s^2 = s_x^2 / n_x + s_y^2 / n_y
 *   dof = s^4 / ((s_x^2 / n_x)^2 / (n_x - 1) + (s_y^2 / n_y)^2 / (n_y - 1))                 as R's t.test */
#ifndef BEHOV_WELCH_H
#define BEHOV_WELCH_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is not known is NaN: all but the means where a group has fewer than two values or no value varies.
typedef struct behov_welch_test {
    double mean_x, mean_y;
    double difference; /* mean_x - mean_y */
    double se, t, dof, p;
    double low, high; /* interval of the difference */
} behov_welch_test;

/// \param x, y   n_x and n_y finite values (borrowed for the call); their unit is that of means, difference and interval
/// \param level  of the interval, in (0, 1)
/// Cost O(n_x + n_y).
BEHOV_API behov_welch_test behov_welch(const double *x, size_t n_x, const double *y, size_t n_y, double level);

#ifdef __cplusplus
}
#endif
#endif
