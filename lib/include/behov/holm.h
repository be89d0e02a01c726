/* holm.h - p-values of several tests, adjusted for there being several: so that all of them together rarely reject a true
 * hypothesis (Holm 1979), or so that few of the rejected are true (Benjamini & Hochberg 1995). As R's p.adjust.
 *
 *   sorted p_(1) <= ... <= p_(m):  adjusted_(i) = max over j <= i of min(1, (m - j + 1) p_(j))        Holm
 *                                  adjusted_(i) = min over j >= i of min(1, m p_(j) / j)              Benjamini, Hochberg */
#ifndef BEHOV_HOLM_H
#define BEHOV_HOLM_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// \param p  n p-values; NaN takes no part and stays (borrowed for the call)
/// \param[out] adjusted  n (caller's), may be p itself
/// \return BEHOV_E_MEMORY
BEHOV_API behov_status behov_holm(const double *p, size_t n, double *adjusted, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_benjamini_hochberg(const double *p, size_t n, double *adjusted,
                                                behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
