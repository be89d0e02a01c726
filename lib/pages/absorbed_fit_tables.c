/* absorbed_fit_tables.c - see absorbed_tables.h. */
#include "absorbed_fit_tables.h"

#include <stdio.h>

#include "format.h"
#include "labels.h"
#include "remarks.h"
#include "result_sentences.h"
#include "side_by_side.h"

/* "x, z": the regressors that have no coefficient beside the effects; "" when all have. */
static void taken(const behov_absorbed_fit *absorbed_fit, char text[500])
{
    text[0] = '\0';
    for (size_t k = 0; k < behov_fit_n_regressors(absorbed_fit->estimation.fit); k++)
        if (behov_fit_is_dropped(absorbed_fit->estimation.fit, k))
            behov_label_list(text, 500, behov_cut(behov_design_regressor(absorbed_fit->estimation.design, k), 90).text);
}

static behov_status note_effects(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                                 behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char text[900], groups[BEHOV_NUMBER_SIZE], parameters[BEHOV_NUMBER_SIZE], names[500];
    behov_label_fill(lang, BEHOV_WORD_ABSORBED_EFFECTS, text, sizeof text, "key", absorbed_fit->key, "n",
                     behov_format_cell(BEHOV_Q_COUNT, (double)behov_design_n_absorbed(absorbed_fit->estimation.design),
                                       lang, groups),
                     "k",
                     behov_format_cell(BEHOV_Q_COUNT, (double)behov_vcov_n_parameters(absorbed_fit->estimation.vcov),
                                       lang, parameters),
                     NULL);
    behov_status status = behov_section_list_note(list, text, err);
    size_t n_single = behov_design_n_singleton_groups(absorbed_fit->estimation.design);
    if (!status && n_single) {
        behov_label_fill(lang, n_single == 1 ? BEHOV_WORD_ABSORBED_SINGLE_ONE : BEHOV_WORD_ABSORBED_SINGLE, text,
                         sizeof text, "n", behov_format_cell(BEHOV_Q_COUNT, (double)n_single, lang, groups), NULL);
        status = behov_section_list_note(list, text, err);
    }
    taken(absorbed_fit, names);
    if (!status && names[0]) {
        behov_label_fill(lang, BEHOV_WORD_ABSORBED_TAKEN, text, sizeof text, "names", names, "key", absorbed_fit->key,
                         NULL);
        status = behov_section_list_note(list, text, err);
    }
    return status;
}

behov_status behov_absorbed_fit_add(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                                    behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char including_text[200], meaning[500];
    behov_label_fill(lang, BEHOV_WORD_WITH_EFFECTS, including_text, sizeof including_text, "key", absorbed_fit->key,
                     NULL);
    behov_fit_column sides[2] = {{behov_label(lang, BEHOV_WORD_WITHOUT_EFFECTS), fit_results->design, fit_results->fit,
                                  fit_results->vcov, fit_results->coefficients, NULL, &fit_results->study->model},
                                 {including_text, absorbed_fit->estimation.design, absorbed_fit->estimation.fit,
                                  absorbed_fit->estimation.vcov, absorbed_fit->estimation.coefficients, NULL,
                                  &fit_results->study->model}};
    behov_report *table = NULL;
    behov_status status = behov_side_by_side(sides, 2, NULL, lang, &table, err);
    const behov_panel *panel = &fit_results->study->panel;
    ptrdiff_t column = behov_table_find(fit_results->study->table, absorbed_fit->key);
    bool is_municipality =
        column >= 0 && (column == panel->columns[BEHOV_ROLE_CODE] || column == panel->columns[BEHOV_ROLE_MUNICIPALITY]);
    behov_label_fill(lang, is_municipality ? BEHOV_WORD_ABSORBED_MEANING : BEHOV_WORD_ABSORBED_MEANING_OTHER, meaning,
                     sizeof meaning, "key", absorbed_fit->key, NULL);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_ABSORBED),
                                                        .title = behov_label(lang, BEHOV_WORD_TITLE_ABSORBED),
                                                        .subtitle = meaning,
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_ABSORBED),
                                                        .n_frozen_columns = 2,
                                                        .landscape = true},
                                        table, err);
    if (!status)
        status = note_effects(fit_results, absorbed_fit, list, err);
    if (!status)
        status = behov_remarks_add_errors(list, fit_results, err);
    behov_fit_results of_effects = *fit_results;
    of_effects.design = absorbed_fit->estimation.design, of_effects.fit = absorbed_fit->estimation.fit,
    of_effects.vcov = absorbed_fit->estimation.vcov;
    behov_wording words = {0};
    behov_fit_results_r2_from_zero(fit_results, &words);
    if (!status)
        status = behov_section_list_say(list, "(1) ", &words, err);
    for (int i = 0; i < 2 && !status; i++) {
        behov_fit_results_no_error(i ? &of_effects : fit_results, &words);
        status = behov_section_list_say(list, i ? "(2) " : "(1) ", &words, err);
    }
    behov_wording_free(&words);
    if (!status)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_STARS_BENEATH), err);
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
