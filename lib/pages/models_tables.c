/* models_tables.c - see models_tables.h. */
#include "models_tables.h"

#include <stdio.h>
#include <stdlib.h>

#include "format.h"
#include "labels.h"
#include "result_sentences.h"
#include "side_by_side.h"
#include "study_words.h"

static behov_status note_model(const model_fit *fit, section_list *list, behov_error *err)
{
    behov_language lang = fit->of.lang;
    const results *of = &fit->computed;
    char rows[BEHOV_NUMBER_SIZE];
    wording errors = {0}, outcome = {0}, text = {0}, before = {0};
    size_t n_rows;
    behov_design_estimated(of->design, &n_rows);
    results_errors(of, &errors);
    results_outcome(of, &outcome);
    wording_fill(&text, lang, "model_beside", "heading", fit->heading, "formula", behov_formula_text(fit->of.formula),
                  "outcome", wording_text(&outcome), "errors", wording_text(&errors), "n",
                  format_cell(BEHOV_Q_COUNT, (double)n_rows, lang, rows), NULL);
    wording_add(&before, fit->heading);
    wording_add(&before, ": ");
    behov_status status = wording_status(&errors, err);
    status = status ? status : wording_status(&outcome, err);
    status = status ? status : wording_status(&before, err);
    status = status ? status : section_list_say(list, "", &text, err);
    for (size_t i = 0; !status && results_cluster_warning(of, i, &text); i++)
        status = section_list_say(list, wording_text(&before), &text, err);
    static const results_says more[] = {results_r2_from_zero, results_no_error, results_unit_warning, results_weights};
    for (size_t i = 0; i < sizeof more / sizeof *more && !status; i++) {
        more[i](of, &text);
        status = section_list_say(list, wording_text(&before), &text, err);
    }
    for (size_t k = 0; k < behov_fit_n_regressors(of->fit) && !status; k++) {
        if (!behov_fit_is_dropped(of->fit, k))
            continue;
        study_say_term(of->of, behov_design_regressor(of->design, k), &text);
        wording_add(&text, " (");
        wording_add(&text, label(lang, "left_out_collinear"));
        wording_add(&text, ")");
        status = section_list_say(list, wording_text(&before), &text, err);
    }
    wording_free(&errors), wording_free(&outcome), wording_free(&text), wording_free(&before);
    return status;
}

behov_status models_table(const models *of, behov_report **report, behov_error *err)
{
    side *sides = calloc(of->n, sizeof *sides);
    if (!sides)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the models side by side");
    for (size_t i = 0; i < of->n; i++) {
        const results *one = &of->fits[i].computed;
        sides[i] = (side){of->fits[i].heading,
                          one->design,
                          one->fit,
                          one->vcov,
                          one->coefficients,
                          behov_formula_outcome_name(of->fits[i].of.formula),
                          &of->fits[i].of.model};
    }
    behov_status status = side_by_side(sides, of->n, NULL, of->fits[0].of.lang, report, err);
    free(sides);
    return status;
}

behov_status models_add(const models *of, section_list *list, behov_error *err)
{
    behov_language lang = of->fits[0].of.lang;
    behov_report *table = NULL;
    behov_status status = models_table(of, &table, err);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, "sheet_models"),
                                            .title = label(lang, "title_models"),
                                            .subtitle = label(lang, "subtitle_models"),
                                            .table_name = label(lang, "sheet_models"),
                                            .n_frozen_columns = 2,
                                            .landscape = true},
                                  table, err);
    if (!status) {
        wording data = {0}, text = {0};
        results_data_name(&of->fits[0].computed, &data);
        wording_fill(&text, lang, "data_are", "data", wording_text(&data), NULL);
        status = wording_status(&data, err);
        status = status ? status : section_list_say(list, "", &text, err);
        wording_free(&data), wording_free(&text);
    }
    for (size_t i = 0; i < of->n && !status; i++)
        status = note_model(&of->fits[i], list, err);
    if (!status)
        status = section_list_note(list, label(lang, "stars_beneath"), err);
    return !status && of->fits[0].of.is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err)
                                                  : status;
}
