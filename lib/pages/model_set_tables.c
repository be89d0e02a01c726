/* model_set_tables.c - see model_set_tables.h. */
#include <behov/model_set_tables.h>
#include <behov/clustering_sentences.h>

#include <stdio.h>
#include <stdlib.h>

#include <behov/convention_sentences.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>
#include <behov/study_words.h>

static behov_status note_model(const behov_model_fit *fit, behov_section_list *list, behov_error *err)
{
    behov_language lang = fit->study.lang;
    const behov_fit_results *fit_results = &fit->fit_results;
    char rows[BEHOV_NUMBER_SIZE];
    behov_wording errors = {0}, outcome = {0}, text = {0}, wording = {0};
    size_t n_rows;
    behov_design_estimated(fit_results->design, &n_rows);
    behov_fit_results_errors(fit_results, &errors);
    behov_fit_results_outcome(fit_results, &outcome);
    behov_wording_fill(&text, lang, BEHOV_WORD_MODEL_BESIDE, "heading", fit->heading, "formula",
                       behov_formula_text(fit->study.formula), "outcome", behov_wording_text(&outcome), "errors",
                       behov_wording_text(&errors), "n", behov_format_cell(BEHOV_Q_COUNT, (double)n_rows, lang, rows),
                       NULL);
    behov_wording_add(&wording, fit->heading);
    behov_wording_add(&wording, ": ");
    behov_status status = behov_wording_status(&errors, err);
    status = status ? status : behov_wording_status(&outcome, err);
    status = status ? status : behov_wording_status(&wording, err);
    status = status ? status : behov_section_list_say(list, "", &text, err);
    for (size_t i = 0; !status && behov_clustering_note(fit_results, i, &text); i++)
        status = behov_section_list_say(list, behov_wording_text(&wording), &text, err);
    for (size_t i = 0; !status && behov_fit_results_cluster_warning(fit_results, i, &text); i++)
        status = behov_section_list_say(list, behov_wording_text(&wording), &text, err);
    static const behov_fit_results_says more[] = {behov_fit_results_r2_from_zero, behov_fit_results_no_error,
                                                  behov_fit_results_unit_warning, behov_fit_results_weights};
    for (size_t i = 0; i < sizeof more / sizeof *more && !status; i++) {
        more[i](fit_results, &text);
        status = behov_section_list_say(list, behov_wording_text(&wording), &text, err);
    }
    for (size_t k = 0; k < behov_fit_n_regressors(fit_results->fit) && !status; k++) {
        if (!behov_fit_is_dropped(fit_results->fit, k))
            continue;
        behov_study_say_term(fit_results->study, behov_design_regressor(fit_results->design, k), &text);
        behov_wording_add(&text, " (");
        behov_wording_add(&text, behov_label(lang, BEHOV_WORD_LEFT_OUT_COLLINEAR));
        behov_wording_add(&text, ")");
        status = behov_section_list_say(list, behov_wording_text(&wording), &text, err);
    }
    behov_wording_free(&errors), behov_wording_free(&outcome), behov_wording_free(&text), behov_wording_free(&wording);
    return status;
}

static behov_status make_table(const behov_model_set *model_set, behov_table_conventions conventions,
                               behov_report **report, behov_error *err)
{
    behov_fit_column *sides = calloc(model_set->n, sizeof *sides);
    if (!sides)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_MODELS_NO_MEMORY_FOR_TABLE);
    for (size_t i = 0; i < model_set->n; i++) {
        const behov_fit_results *fit_results = &model_set->fits[i].fit_results;
        sides[i] = (behov_fit_column){model_set->fits[i].heading,
                                      fit_results->design,
                                      fit_results->fit,
                                      fit_results->vcov,
                                      fit_results->coefficients,
                                      behov_formula_outcome_name(model_set->fits[i].study.formula),
                                      &model_set->fits[i].study.model};
    }
    behov_status status = behov_side_by_side(
        sides, model_set->n, NULL,
        &(behov_side_by_side_style){model_set->fits[0].study.lang, conventions, false, false}, report, err);
    free(sides);
    return status;
}

behov_status behov_model_set_table(const behov_model_set *model_set, behov_report **report, behov_error *err)
{
    return make_table(model_set, (behov_table_conventions){.stars = model_set->fits[0].study.conventions.stars}, report,
                      err);
}

behov_status behov_model_set_add(const behov_model_set *model_set, behov_section_list *list, behov_error *err)
{
    behov_language lang = model_set->fits[0].study.lang;
    behov_report *table = NULL;
    behov_status status = make_table(model_set, model_set->fits[0].study.conventions, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_MODELS),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_MODELS),
                                                        .subtitle = behov_label(lang, BEHOV_WORD_SUBTITLE_MODELS),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_MODELS),
                                                        .n_frozen_columns = 2,
                                                        .landscape = true},
                                        table, err);
    if (!status) {
        behov_wording data = {0}, text = {0};
        behov_fit_results_data_name(&model_set->fits[0].fit_results, &data);
        behov_wording_fill(&text, lang, BEHOV_WORD_DATA_ARE, "data", behov_wording_text(&data), NULL);
        status = behov_wording_status(&data, err);
        status = status ? status : behov_section_list_say(list, "", &text, err);
        behov_wording_free(&data), behov_wording_free(&text);
    }
    for (size_t i = 0; i < model_set->n && !status; i++)
        status = note_model(&model_set->fits[i], list, err);
    if (!status)
        status = behov_conventions_note_brackets(&model_set->fits[0].fit_results, list, err);
    return !status && model_set->fits[0].study.is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
