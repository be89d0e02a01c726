/* profile_levels.c - the lasting levels of profiles, year by year, and the forecasts that stand on them. They go over the
 * whole grid of what is possible, which takes longer than all else of a profile, so that threads share the profiles. */
#include "profile_levels.h"

#include <stdlib.h>

#include <behov/lasting.h>
#include <behov/parallel.h>
#include "forecasts.h"

enum { PARTS = 16 }; /* of the profiles */

/* A profile's years with a level. */
typedef struct level_years {
    size_t *years; /* which of the profile's years */
    behov_shrink_need *needs;
    behov_lasting *levels, *permanents;
    double *kept_values; /* years x K */
} level_years;

typedef struct level_parts {
    behov_profiles *profiles;
    size_t n_regressors;
    level_years parts[PARTS];
} level_parts;

void profile_levels_keep(const behov_profiles *profiles, const behov_profile_year *profile_year, double *kept_values)
{
    const behov_fit *fit = profiles->fit_results->fit;
    for (size_t k = 0, i = 0; k < behov_fit_n_regressors(fit); k++)
        if (!behov_fit_is_dropped(fit, k))
            kept_values[i++] = profile_year->values[k];
}

static void fill_profile(const level_parts *parts, behov_profile *profile, level_years *work)
{
    const behov_profiles *profiles = parts->profiles;
    size_t n = 0;
    for (size_t t = 0; t < profiles->n_years; t++) {
        behov_profile_year *profile_year = &profile->years[t];
        double *kept_values = work->kept_values + n * parts->n_regressors;
        if (!profile_year->has_need)
            continue;
        profile_levels_keep(profiles, profile_year, kept_values);
        if (t == profile->last_need)
            forecasts_fill_own(profiles, profile->place, kept_values, profile_year);
        if (!(profile_year->need > profiles->fit_results->floor))
            continue;
        work->years[n] = t;
        work->needs[n++] = (behov_shrink_need){profile->place, profile_year->need, kept_values};
    }
    behov_lasting_levels(profiles->country.shrink, work->needs, n, profiles->choices.level, work->levels,
                         work->permanents);
    for (size_t i = 0; i < n; i++) {
        profile->years[work->years[i]].lasting = work->levels[i];
        profile->years[work->years[i]].permanent = work->permanents[i];
    }
}

static void fill_part(void *context, size_t part)
{
    level_parts *parts = context;
    for (size_t i = part; i < parts->profiles->n; i += PARTS)
        fill_profile(parts, &parts->profiles->all[i], &parts->parts[part]);
}

static bool has_room(size_t n_years, size_t n_regressors, level_years *work)
{
    work->years = calloc(n_years + 1, sizeof *work->years);
    work->needs = calloc(n_years + 1, sizeof *work->needs);
    work->levels = calloc(2 * n_years + 1, sizeof *work->levels);
    work->permanents = work->levels ? work->levels + n_years : NULL;
    work->kept_values = calloc(n_years * n_regressors + 1, sizeof *work->kept_values);
    return work->years && work->needs && work->levels && work->kept_values;
}

behov_status profile_levels_fill(behov_profiles *profiles, behov_error *err)
{
    level_parts parts = {.profiles = profiles, .n_regressors = behov_fit_n_regressors(profiles->fit_results->fit)};
    behov_status status = BEHOV_OK;
    for (size_t part = 0; part < PARTS && !status; part++)
        if (!has_room(profiles->n_years, parts.n_regressors, &parts.parts[part]))
            status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
    if (!status)
        behov_parallel(profiles->fit_results->study->n_threads, PARTS, fill_part, &parts);
    for (size_t part = 0; part < PARTS; part++) {
        level_years *work = &parts.parts[part];
        free(work->years), free(work->needs), free(work->levels), free(work->kept_values);
    }
    return status;
}
