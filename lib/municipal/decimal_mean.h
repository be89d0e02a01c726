/* decimal_mean.h - weighted means of figures that are written with decimals, exact but for one rounding.
 *
 * (13.3 + 31.1) / 2 is 22.200000000000003 in doubles and not the 22.2 that another office wrote, which parts a tie. Scaled by
 * 10^d such figures are whole, and sums of whole numbers below 2^53 are exact: the mean is then one division, correctly
 * rounded, so that equal means are equal doubles. */
#ifndef BEHOV_DECIMAL_MEAN_H
#define BEHOV_DECIMAL_MEAN_H

#include <stdbool.h>
#include <stddef.h>

/* 10^d with the fewest decimals that the n figures (borrowed, NaN passed over) are written with, d of 9 at most; 0 where they
 * have more, as thirds do. Cost O(n). */
double decimal_scale(const double *figures, size_t n);

/* A mean while it is added up. Zero-initialise but for the scales. */
typedef struct decimal_mean {
    double scale, weight_scale; /* of decimal_scale; 0 = not exact */
    double sum, weights;        /* whole while `is_inexact` is not set */
    bool is_inexact;
    double plain_sum, plain_weights; /* the same in doubles */
} decimal_mean;

void decimal_mean_add(decimal_mean *mean, double figure, double weight);
/* NaN when the weights are not above 0. */
double decimal_mean_value(const decimal_mean *mean);

#endif
