/* absorbed_tables.c - see absorbed_tables.h. */
#include "absorbed_tables.h"

#include <stdio.h>

#include "format.h"
#include "labels.h"
#include "remarks.h"
#include "result_sentences.h"
#include "side_by_side.h"

/* "x, z": the regressors that have no coefficient beside the effects; "" when all have. */
static void taken(const absorbed *of, char text[500])
{
    text[0] = '\0';
    for (size_t k = 0; k < behov_fit_n_regressors(of->made.fit); k++)
        if (behov_fit_is_dropped(of->made.fit, k))
            label_list(text, 500, behov_cut(behov_design_regressor(of->made.design, k), 90).text);
}

static behov_status note_effects(const results *without, const absorbed *of, section_list *list, behov_error *err)
{
    behov_language lang = without->of->lang;
    char text[900], groups[BEHOV_NUMBER_SIZE], parameters[BEHOV_NUMBER_SIZE], names[500];
    label_fill(lang, "absorbed_effects", text, sizeof text, "key", of->key, "n",
               format_cell(BEHOV_Q_COUNT, (double)behov_design_n_absorbed(of->made.design), lang, groups), "k",
               format_cell(BEHOV_Q_COUNT, (double)behov_vcov_n_parameters(of->made.vcov), lang, parameters), NULL);
    behov_status status = section_list_note(list, text, err);
    size_t n_single = behov_design_n_singleton_groups(of->made.design);
    if (!status && n_single) {
        label_fill(lang, n_single == 1 ? "absorbed_single_one" : "absorbed_single", text, sizeof text, "n",
                   format_cell(BEHOV_Q_COUNT, (double)n_single, lang, groups), NULL);
        status = section_list_note(list, text, err);
    }
    taken(of, names);
    if (!status && names[0]) {
        label_fill(lang, "absorbed_taken", text, sizeof text, "names", names, "key", of->key, NULL);
        status = section_list_note(list, text, err);
    }
    return status;
}

behov_status absorbed_add(const results *without, const absorbed *of, section_list *list, behov_error *err)
{
    behov_language lang = without->of->lang;
    char with[200], meaning[500];
    label_fill(lang, "with_effects", with, sizeof with, "key", of->key, NULL);
    side sides[2] = {
        {label(lang, "without_effects"), without->design, without->fit, without->vcov, without->coefficients, NULL,
         &without->of->model},
        {with, of->made.design, of->made.fit, of->made.vcov, of->made.coefficients, NULL, &without->of->model}};
    behov_report *table = NULL;
    behov_status status = side_by_side(sides, 2, NULL, lang, &table, err);
    const behov_panel *panel = &without->of->panel;
    ptrdiff_t column = behov_table_find(without->of->table, of->key);
    bool is_municipality =
        column >= 0 && (column == panel->columns[BEHOV_ROLE_CODE] || column == panel->columns[BEHOV_ROLE_MUNICIPALITY]);
    label_fill(lang, is_municipality ? "absorbed_meaning" : "absorbed_meaning_other", meaning, sizeof meaning, "key",
               of->key, NULL);
    if (!status)
        status = section_list_add(list,
                                  (section){.name = label(lang, "sheet_absorbed"),
                                            .title = label(lang, "title_absorbed"),
                                            .subtitle = meaning,
                                            .table_name = label(lang, "sheet_absorbed"),
                                            .n_frozen_columns = 2,
                                            .landscape = true},
                                  table, err);
    if (!status)
        status = note_effects(without, of, list, err);
    if (!status)
        status = remarks_add_errors(list, without, err);
    results of_effects = *without;
    of_effects.design = of->made.design, of_effects.fit = of->made.fit, of_effects.vcov = of->made.vcov;
    wording words = {0};
    results_r2_from_zero(without, &words);
    if (!status)
        status = section_list_say(list, "(1) ", &words, err);
    for (int i = 0; i < 2 && !status; i++) {
        results_no_error(i ? &of_effects : without, &words);
        status = section_list_say(list, i ? "(2) " : "(1) ", &words, err);
    }
    wording_free(&words);
    if (!status)
        status = section_list_note(list, label(lang, "stars_beneath"), err);
    return !status && without->of->is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err)
                                                : status;
}
