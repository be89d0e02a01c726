/* write_extra_fits.c - see write_extra_fits.h. */
#include "write_extra_fits.h"

#include <behov/extra_fits_tables.h>
#include <behov/study_words.h>
#include "write_absorbed_fit.h"
#include "write_by_year.h"
#include "write_comparison.h"
#include "write_text.h"

behov_status write_extra_fits_page(const behov_extra_fits *extra_fits, FILE *out, behov_error *err)
{
    const behov_study *study = extra_fits->fit_results->study;
    behov_section_list list = {0};
    behov_status status = behov_extra_fits_add(extra_fits, &list, err);
    if (!status)
        status = write_text_head(extra_fits->fit_results, out, err);
    for (size_t i = 0; i < list.n && !status; i++) {
        putc('\n', out);
        write_text_section(&list.sections[i], behov_study_skipped_terms(study), study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

behov_status write_extra_fits_json(const behov_extra_fits *extra_fits, behov_error *err)
{
    if (extra_fits->kind == BEHOV_EXTRA_YEARS)
        return by_year_json(extra_fits->fit_results, &extra_fits->by_year, err);
    if (extra_fits->kind == BEHOV_EXTRA_EFFECTS)
        return absorbed_fit_json(extra_fits->fit_results, &extra_fits->absorbed_fit, err);
    return comparison_json(extra_fits->fit_results, &extra_fits->comparison, err);
}
