/* results.c - see results.h. */
#include "results.h"

#include <stdio.h>
#include <stdlib.h>

behov_gap_sum results_gaps(const results *of)
{
    size_t n_rows = 0;
    const uint32_t *rows = of->fit ? behov_design_estimated(of->design, &n_rows) : NULL;
    return behov_need_gap_sum(of->need, &of->of->panel, rows, n_rows);
}

const char *results_weight_kind(const results *of)
{
    return !of->of->weights ? NULL : of->of->weight_kind == BEHOV_WEIGHT_FREQUENCY ? "frequency" : "precision";
}

behov_status results_refuse_transformed(const results *of, behov_error *err)
{
    if (!study_is_transformed(of->of))
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_DATA, behov_table_source(of->of->table),
                           "the outcome is %s, not an amount: actual in per cent of expected would depend on the unit, so "
                           "there are no ratios to rank or to compare; model the amount itself, or look at the coefficients "
                           "with fit",
                           behov_cut(behov_formula_outcome_name(of->of->formula), 100).text);
}

behov_status results_check_year(const results *of, int year, behov_error *err)
{
    const char *source = of->of->is_bundled ? "the bundled panel" : behov_table_source(of->of->panel.table);
    size_t n_years;
    const int *years = behov_need_years(of->need, &n_years);
    for (size_t t = 0; t < n_years; t++)
        if (years[t] == year)
            return BEHOV_OK;
    if (years[0] == 0)
        return behov_error_set(err, BEHOV_E_NAME, "--year",
                               "%s has no column of years; leave --year out, or name the column with --year-column",
                               source);
    return behov_error_set(err, BEHOV_E_NAME, "--year", "there is no %d in %s, which has %d to %d", year, source,
                           years[0], years[n_years - 1]);
}

int results_last_year(const results *of)
{
    size_t n_rows, last = 0;
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        int year = behov_panel_year(&of->of->panel, rows[i]);
        last = (size_t)year > last ? (size_t)year : last;
    }
    return (int)last;
}
