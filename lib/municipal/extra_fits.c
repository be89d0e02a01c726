/* extra_fits.c - see extra_fits.h. */
#include <behov/extra_fits.h>

behov_status behov_extra_fits_compute(const behov_fit_results *fit_results, const behov_fit_choices *choices,
                                      const behov_estimation *estimation, behov_extra_fits *out, behov_error *err)
{
    const behov_study *study = fit_results->study;
    out->fit_results = fit_results;
    switch (out->kind) {
    case BEHOV_EXTRA_YEARS: return behov_by_year_compute(study, choices, fit_results, &out->by_year, err);
    case BEHOV_EXTRA_CLUSTERINGS:
        return behov_comparison_of_clusters(study, choices, estimation, out->clusterings, out->vcov_kind,
                                            &out->comparison, err);
    case BEHOV_EXTRA_EFFECTS:
        return behov_absorbed_fit_fit(study, choices, out->absorbed_column, &out->absorbed_fit, err);
    case BEHOV_EXTRA_KINDS: return behov_comparison_of_kinds(study, choices, estimation, &out->comparison, err);
    case BEHOV_EXTRA_NOTHING: break;
    }
    return BEHOV_OK;
}

void behov_extra_fits_free(behov_extra_fits *extra_fits)
{
    behov_comparison_free(&extra_fits->comparison);
    behov_by_year_free(&extra_fits->by_year);
    behov_absorbed_fit_free(&extra_fits->absorbed_fit);
}
