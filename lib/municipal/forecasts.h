/* forecasts.h - what a municipality is expected to spend in years to come, for its profile. */
#ifndef BEHOV_FORECASTS_H
#define BEHOV_FORECASTS_H

#include <behov/profile.h>

behov_forecast forecasts_none(void);
/* Of a new municipality with the figures of a row: chance by its size, or one variance for all where the variances are
 * not known.
 * \param level_variance  x'Vx
 * \param rmse            of the fit */
void forecasts_fill_new(const behov_profiles *profiles, size_t row, double level_variance, double rmse,
                        behov_profile_year *profile_year);
/* Of the municipality itself, with the figures of its last year with a need: what is known of it, and chance of the
 * years to come. Nothing without a next year.
 * \param regressors  of that need, those with a coefficient */
void forecasts_fill_own(const behov_profiles *profiles, size_t place, const double *regressors,
                        behov_profile_year *profile_year);

#endif
