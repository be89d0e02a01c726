/* profile_levels.c - the lasting levels of profiles, year by year, and the forecasts that stand on them. They go over the
 * whole grid of what is possible, which takes longer than all else of a profile, so that threads share the profiles. */
#include "profile_levels.h"

#include <stdlib.h>

#include <behov/lasting.h>
#include <behov/parallel.h>
#include "forecasts.h"

enum { PARTS = 16 }; /* of the profiles */

typedef struct level_parts {
    behov_profiles *profiles;
    size_t n_regressors;
    double *kept_values; /* PARTS x n_regressors */
} level_parts;

void profile_levels_keep(const behov_profiles *profiles, const behov_profile_year *profile_year, double *kept_values)
{
    const behov_fit *fit = profiles->fit_results->fit;
    for (size_t k = 0, i = 0; k < behov_fit_n_regressors(fit); k++)
        if (!behov_fit_is_dropped(fit, k))
            kept_values[i++] = profile_year->values[k];
}

static void fill_profile(const behov_profiles *profiles, behov_profile *profile, double *kept_values)
{
    const behov_shrink *shrink = profiles->country.shrink;
    for (size_t t = 0; t < profiles->n_years; t++) {
        behov_profile_year *profile_year = &profile->years[t];
        bool has_level = profile_year->has_need && profile_year->need > profiles->fit_results->floor,
             has_forecast = profile_year->has_need && t == profile->last_need;
        double need = profile_year->need, level = profiles->choices.level;
        if (!has_level && !has_forecast)
            continue;
        profile_levels_keep(profiles, profile_year, kept_values);
        if (has_level) {
            profile_year->lasting = behov_lasting_level(shrink, profile->place, need, kept_values, level);
            profile_year->permanent = behov_lasting_permanent(shrink, profile->place, need, kept_values, level);
        }
        if (has_forecast)
            forecasts_fill_own(profiles, profile->place, kept_values, profile_year);
    }
}

static void fill_part(void *context, size_t part)
{
    const level_parts *parts = context;
    for (size_t i = part; i < parts->profiles->n; i += PARTS)
        fill_profile(parts->profiles, &parts->profiles->all[i], parts->kept_values + part * parts->n_regressors);
}

behov_status profile_levels_fill(behov_profiles *profiles, behov_error *err)
{
    level_parts parts = {.profiles = profiles, .n_regressors = behov_fit_n_regressors(profiles->fit_results->fit)};
    parts.kept_values = calloc(PARTS * parts.n_regressors + 1, sizeof *parts.kept_values);
    if (!parts.kept_values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
    behov_parallel(profiles->fit_results->study->n_threads, PARTS, fill_part, &parts);
    free(parts.kept_values);
    return BEHOV_OK;
}
