/* extra_fits_tables.c - see extra_fits_tables.h. */
#include <behov/extra_fits_tables.h>

#include <behov/absorbed_fit_tables.h>
#include <behov/by_year_tables.h>
#include <behov/comparison_tables.h>

behov_status behov_extra_fits_add(const behov_extra_fits *extra_fits, behov_section_list *list, behov_error *err)
{
    if (extra_fits->kind == BEHOV_EXTRA_YEARS)
        return behov_by_year_add(extra_fits->fit_results, &extra_fits->by_year, list, err);
    if (extra_fits->kind == BEHOV_EXTRA_EFFECTS)
        return behov_absorbed_fit_add(extra_fits->fit_results, &extra_fits->absorbed_fit, list, err);
    return behov_comparison_add(extra_fits->fit_results, &extra_fits->comparison, list, err);
}
