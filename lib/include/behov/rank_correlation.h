/* rank_correlation.h - whether two variables rise together, by their order alone: Spearman's rho, Kendall's tau-b.
 *
 *   rho     Pearson's correlation of the ranks, tied values having the mean of theirs
 *   tau_b = (C - D) / sqrt((T - T_x) (T - T_y)),  C and D pairs in the same and in opposite order, T all pairs, T_x and
 *           T_y those tied in x and in y
 *
 * p, two-sided:
 *   rho     t = rho sqrt((n - 2) / (1 - rho^2)) on n - 2 degrees of freedom, R's cor.test(method = "spearman", exact =
 *           FALSE); without ties and n <= 9 by counting all orders, R's default there
 *   tau_b   without ties and n < 50 from the exact distribution of D under independence, else normal with the variance
 *           under ties (Kendall 1970, ch. 4): R's cor.test(method = "kendall")
 * Intervals:
 *   rho     Fisher's z with variance (1 + rho^2 / 2) / (n - 3): Bonett & Wright (2000, Psychometrika 65)
 *   tau_b   normal with the asymptotic error under ties of Brown & Benedetti (1977, JASA 72), as SAS's PROC FREQ, cut at -1
 *           and 1 */
#ifndef BEHOV_RANK_CORRELATION_H
#define BEHOV_RANK_CORRELATION_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is not known is NaN: all where x or y does not vary or n < 2 (rho: p for n < 3, interval for n < 4), the interval
/// of an estimate of -1 or 1, and of a tau_b whose error comes out as 0.
typedef struct behov_rank_correlation {
    double estimate;  /* -1 to 1 */
    double statistic; /* rho: t; tau_b: z, or pairs in the same order where p is exact */
    double p;
    double low, high;
    bool is_exact;
} behov_rank_correlation;

/// \param x, y   n finite values each (borrowed for the call)
/// \param level  of the interval, in (0, 1)
/// \return BEHOV_E_MEMORY
/// Cost O(n log n), O(n^2) for tau_b.
BEHOV_API behov_status behov_spearman(const double *x, const double *y, size_t n, double level,
                                      behov_rank_correlation *correlation, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_kendall(const double *x, const double *y, size_t n, double level,
                                     behov_rank_correlation *correlation, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
