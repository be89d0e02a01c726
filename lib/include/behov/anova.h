/* anova.h - whether the means of groups differ: one-way analysis of variance.
 *
 *   F = (between / (groups - 1)) / (within / (values - groups)),  as R's anova(lm(value ~ factor(group)))
 *   share = between / (between + within);  adjusted as adjusted R^2 is: about 0 where groups differ by chance alone */
#ifndef BEHOV_ANOVA_H
#define BEHOV_ANOVA_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_anova {
    size_t n_values, n_groups;                      /* groups that have a value */
    double f, dof1, dof2, p, share, adjusted_share; /* NaN with one group, or as many groups as values */
} behov_anova;

/// \param groups  of each value, 0 .. n_groups - 1 (borrowed for the call)
/// \return BEHOV_E_MEMORY
BEHOV_API behov_status behov_anova_test(const double *values, const uint32_t *groups, size_t n_values, size_t n_groups,
                                        behov_anova *test, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
