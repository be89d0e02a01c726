/* fit_notes.c - see fit_notes.h. */
#include "fit_notes.h"

#include <behov.h>
#include <math.h>

#include "messages.h"

void fit_notes_print(const behov_fit_results *fit_results)
{
    size_t n_years = 0, n_rows;
    const behov_need *need = fit_results->need;
    const int *years = need ? behov_need_years(need, &n_years) : NULL;
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    bool has_year_effects = false;
    for (size_t t = 0; t < behov_formula_n_terms(fit_results->study->formula); t++) {
        behov_component piece = behov_formula_component(fit_results->study->formula, t, 0);
        has_year_effects = has_year_effects || (piece.is_factor && behov_study_is_year(fit_results->study, piece.name));
    }
    for (size_t t = 0; t < n_years && n_years > 1 && has_year_effects; t++) {
        size_t count = 0;
        for (size_t i = 0; i < n_rows && count < 2; i++)
            count += behov_panel_year(&fit_results->study->panel, behov_row_at(rows, i)) == years[t];
        if (count == 1)
            print_note(SAY_FIT_YEAR_HAS_ONE_ROW, years[t]);
    }
    if (need && behov_need_n_too_low(need)) {
        if (behov_need_n_too_low(fit_results->need) == 1)
            print_note(SAY_FIT_ROW_WITHOUT_RATIO, (unsigned long)behov_need_n_too_low(fit_results->need),
                       fit_results->floor > 0 ? PHRASE_FIT_LIMIT_FLOOR : PHRASE_FIT_LIMIT_ZERO);
        else
            print_note(SAY_FIT_ROWS_WITHOUT_RATIO, (unsigned long)behov_need_n_too_low(fit_results->need),
                       fit_results->floor > 0 ? PHRASE_FIT_LIMIT_FLOOR : PHRASE_FIT_LIMIT_ZERO);
    }
    double condition = behov_fit_condition(fit_results->fit);
    if (condition > 1e8) {
        char text[BEHOV_NUMBER_SIZE];
        behov_number_significant(condition, 2, '.', text);
        print_note(SAY_FIT_NEARLY_COLLINEAR, text,
                   behov_fit_is_extended(fit_results->fit) ? PHRASE_FIT_EXTENDED_PRECISION : "");
    }
    if (isnan(behov_fit_r2(fit_results->fit)))
        print_note(SAY_FIT_OUTCOME_IS_CONSTANT);
}
