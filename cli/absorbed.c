/* absorbed.c - effects absorbed as a robustness column. Effects of municipalities hold all that lasts in them, and
 * what lasts is what a ratio measures: so there are coefficients here, and neither need nor ratio. */
#include "absorbed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "remarks.h"
#include "side_by_side.h"
#include "write_json.h"

void absorbed_free(absorbed *of)
{
    fitting_free(&of->made);
    *of = (absorbed){0};
}

behov_status absorbed_fit(const study *of, const fit_choices *choices, const char *key, absorbed *out, behov_error *err)
{
    *out = (absorbed){.key = key};
    fit_choices with = *choices;
    with.absorb = key;
    with.drop_collinear = true; /* what the effects take is told beneath the table */
    behov_status status = fitting_make(of, &with, &out->made, err);
    if (status)
        return status;
    out->made.coefficients = calloc(behov_design_n_regressors(out->made.design) + 1, sizeof *out->made.coefficients);
    if (!out->made.coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    return behov_inference(out->made.fit, out->made.vcov, &(behov_inference_options){.level = choices->level},
                           out->made.coefficients, err);
}

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
    language lang = without->of->lang;
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
    language lang = without->of->lang;
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

behov_status absorbed_json(const results *without, const absorbed *of, behov_error *err)
{
    json_t *object = write_json_fit_object(without), *with = json_object();
    results made = *without;
    made.design = of->made.design;
    made.fit = of->made.fit;
    made.vcov = of->made.vcov;
    made.coefficients = of->made.coefficients;
    json_put(with, "absorb", json_text(of->key));
    json_put(with, "n_absorbed", json_integer((json_int_t)behov_design_n_absorbed(of->made.design)));
    json_put(with, "n_singleton_groups", json_integer((json_int_t)behov_design_n_singleton_groups(of->made.design)));
    json_put(with, "n_parameters", json_integer((json_int_t)behov_vcov_n_parameters(of->made.vcov)));
    json_put(with, "r2_within", json_figure(behov_fit_r2(of->made.fit)));
    json_put(with, "coefficients", write_json_coefficients(&made));
    json_put(object, "absorbed", with);
    return write_json_object(NULL, object, err);
}
