/* fit_results.c - see fit_results.h. */
#include <behov/fit_results.h>

#include <stdio.h>
#include <stdlib.h>

behov_gap_sum behov_fit_results_gaps(const behov_fit_results *fit_results)
{
    size_t n_rows = 0;
    const uint32_t *rows = fit_results->fit ? behov_design_estimated(fit_results->design, &n_rows) : NULL;
    return behov_need_gap_sum(fit_results->need, &fit_results->study->panel, rows, n_rows);
}

const char *behov_fit_results_weight_kind(const behov_fit_results *fit_results)
{
    return !fit_results->study->weights                                ? NULL
           : fit_results->study->weight_kind == BEHOV_WEIGHT_FREQUENCY ? "frequency"
                                                                       : "precision";
}

const char *behov_fit_results_cv2_working(const behov_fit_results *fit_results)
{
    bool has_working = fit_results->study->weights && fit_results->vcov &&
                       fit_results->study->weight_kind == BEHOV_WEIGHT_PRECISION &&
                       behov_vcov_kind_of(fit_results->vcov) == BEHOV_VCOV_CV2;
    return has_working ? behov_working_variance_name(behov_vcov_working(fit_results->vcov)) : NULL;
}

behov_status behov_fit_results_refuse_transformed(const behov_fit_results *fit_results, behov_error *err)
{
    if (!behov_study_is_transformed(fit_results->study))
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(fit_results->study->table), SAY_RESULTS_TRANSFORMED,
                           behov_cut(behov_formula_outcome_name(fit_results->study->formula), 100).text);
}

behov_status behov_fit_results_check_year(const behov_fit_results *fit_results, int year, behov_error *err)
{
    return behov_fit_results_check_year_at(fit_results, year, PHRASE_PLACE_YEAR, err);
}

behov_status behov_fit_results_check_year_at(const behov_fit_results *fit_results, int year, const char *where,
                                             behov_error *err)
{
    const char *source =
        fit_results->study->is_bundled ? PHRASE_PANEL_BUNDLED : behov_table_source(fit_results->study->panel.table);
    size_t n_years;
    const int *years = behov_need_years(fit_results->need, &n_years);
    for (size_t t = 0; t < n_years; t++)
        if (years[t] == year)
            return BEHOV_OK;
    if (years[0] == 0)
        return behov_error_say(err, BEHOV_E_NAME, where, SAY_PLOTS_NO_YEARS, source);
    return behov_error_say(err, BEHOV_E_NAME, where, SAY_PLOTS_YEAR_UNKNOWN, year, source, years[0],
                           years[n_years - 1]);
}

int behov_fit_results_last_year(const behov_fit_results *fit_results)
{
    size_t n_rows, last = 0;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        int year = behov_panel_year(&fit_results->study->panel, behov_row_at(rows, i));
        last = (size_t)year > last ? (size_t)year : last;
    }
    return (int)last;
}
