/* profile_levels.h - lasting levels of profiles. */
#ifndef BEHOV_PROFILE_LEVELS_H
#define BEHOV_PROFILE_LEVELS_H

#include <behov/profile.h>

/* The regressors of a year that have a coefficient, which levels are asked with.
 * \param[out] kept_values  as many as the fit has regressors (caller's) */
void profile_levels_keep(const behov_profiles *profiles, const behov_profile_year *profile_year, double *kept_values);
/* The levels of every year with a need above the floor, and the forecasts from the last year with a need. */
behov_status profile_levels_fill(behov_profiles *profiles, behov_error *err) BEHOV_MUST_CHECK;

#endif
