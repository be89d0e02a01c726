/* forecasts.c - prediction intervals of a profile: of this municipality's next year and the mean of the years ahead
 * (behov/shrink.h, BEHOV_TARGET_NEXT_ROW and _AHEAD_ROWS), and of a year of a municipality of which only the figures are
 * known.
 *
 * The need is that of the municipality's last figures, with that year's level: no year to come has an effect yet. Per
 * cent are of that need as it is printed, so that the units of one forecast say the same. */
#include "forecasts.h"

#include <math.h>

behov_forecast forecasts_none(void)
{
    const behov_interval none = {NAN, NAN};
    return (behov_forecast){NAN, NAN, NAN, none, none, none};
}

static behov_interval in_all(const behov_profiles *profiles, behov_interval interval, double population)
{
    return (behov_interval){behov_profile_in_all(profiles, interval.low, population),
                            behov_profile_in_all(profiles, interval.high, population)};
}

/* A forecast from its amounts per inhabitant. */
static behov_forecast forecast(const behov_profiles *profiles, const behov_profile_year *profile_year, double outcome,
                               behov_interval interval)
{
    double population = profile_year->population,
           per_cent = profile_year->need > profiles->fit_results->floor ? 100 / profile_year->need : NAN;
    return (behov_forecast){.outcome = outcome,
                            .interval = interval,
                            .outcome_1000kr = behov_profile_in_all(profiles, outcome, population),
                            .interval_1000kr = in_all(profiles, interval, population),
                            .ratio = per_cent * outcome,
                            .ratio_interval = {per_cent * interval.low, per_cent * interval.high}};
}

int behov_profiles_next_year(const behov_profiles *profiles)
{
    const behov_shrink_variances *shrink_variances = &profiles->country.variances;
    size_t n_years;
    const int *years = behov_need_years(profiles->fit_results->need, &n_years);
    if (!shrink_variances->is_known || shrink_variances->is_one_year || n_years < 2 || !years[0])
        return 0;
    return (shrink_variances->last_year ? shrink_variances->last_year : years[n_years - 1]) + 1;
}

void forecasts_fill_new(const behov_profiles *profiles, size_t row, double level_variance, double rmse,
                        behov_profile_year *profile_year)
{
    const behov_fit_results *result = profiles->fit_results;
    behov_shrink_variances shrink_variances = behov_shrink_variances_of(profiles->country.shrink);
    double variance = shrink_variances.is_known
                          ? behov_lasting_new_row_variance(&shrink_variances, level_variance, profile_year->population)
                          : behov_prediction_variance(level_variance, rmse, behov_design_weight(result->design, row));
    behov_interval interval =
        behov_level_interval(profile_year->need, variance, behov_vcov_dof(result->vcov), profiles->choices.level);
    if (!isnan(interval.low))
        profile_year->forecasts[BEHOV_FORECAST_NEW] = forecast(profiles, profile_year, profile_year->need, interval);
}

void forecasts_fill_own(const behov_profiles *profiles, size_t place, const double *regressors,
                        behov_profile_year *profile_year)
{
    static const behov_shrink_target targets[] = {
        [BEHOV_FORECAST_NEXT] = BEHOV_TARGET_NEXT_ROW, [BEHOV_FORECAST_COMING] = BEHOV_TARGET_AHEAD_ROWS};
    const behov_shrink_need need = {place, profile_year->need, regressors};
    for (size_t i = 0; i < BEHOV_FORECAST_NEW && behov_profiles_next_year(profiles); i++) {
        behov_interval interval;
        double outcome =
            behov_shrink_outcome(profiles->country.shrink, targets[i], &need, profiles->choices.level, &interval);
        if (!isnan(interval.low))
            profile_year->forecasts[i] = forecast(profiles, profile_year, outcome, interval);
    }
}
