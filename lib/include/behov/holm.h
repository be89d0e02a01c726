/* holm.h - p-values of several tests, adjusted so that all of them together rarely reject a true hypothesis: Holm (1979).
 *
 *   sorted p_(1) <= ... <= p_(m):  adjusted_(i) = max over j <= i of min(1, (m - j + 1) p_(j)),  as R's p.adjust */
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

#ifdef __cplusplus
}
#endif
#endif
