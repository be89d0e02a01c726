/* notebook_results.c - see notebook_results.h. */
#include "notebook_results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/error_sentence.h>
#include <behov/fit_sections.h>
#include <behov/html.h>
#include <behov/model_labels.h>
#include <behov/number.h>
#include <behov/plots.h>
#include <behov/profile_tables.h>
#include <behov/sections_document.h>

#include "font_advances.h"
#include "picture_page.h"

enum { EXTREMES = 20 };
static const double picture_width = 170 / 25.4 * 72; /* as behov rank and behov plot have them */

/* As behov rank: the picture of the ranking has places with their intervals, which shall be the same there. */
static const size_t usual_draws = 10000;

static const char *const output_names[NOTEBOOK_N_OUTPUTS] = {"coefficients", "ratios",          "fit",
                                                             "ranking",      "profile_picture", "profile"};

notebook_output notebook_output_find(const char *name, size_t length)
{
    int i = 0;
    while (i < NOTEBOOK_N_OUTPUTS && (strlen(output_names[i]) != length || strncmp(output_names[i], name, length) != 0))
        i++;
    return (notebook_output)i;
}

/* ---- tables and pictures ------------------------------------------------------------------------------------------ */

static behov_status show_sections(const export_fit *fit, const behov_section_list *list, notebook_shown *shown,
                                  behov_error *err)
{
    behov_document_properties properties = {0};
    behov_document document = {
        .sections = list->sections, .n_sections = list->n, .properties = &properties, .lang = fit->lang};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < list->n && !status; i++) {
        behov_wording_add_after(&shown->title, "; ", list->sections[i].title);
        status = behov_html_fragment(&document, i, &shown->html, err);
    }
    return status ? status : behov_wording_status(&shown->title, err);
}

static behov_status show_table(const export_fit *fit, behov_fit_section which, notebook_shown *shown, behov_error *err)
{
    behov_section_list list = {0};
    behov_status status = behov_fit_sections_add(fit->results, which, &list, err);
    if (!status)
        status = show_sections(fit, &list, shown, err);
    behov_section_list_free(&list);
    return status;
}

static behov_status show_picture(const behov_picture *picture, notebook_shown *shown, behov_error *err)
{
    behov_drawing drawing = {0};
    behov_status status =
        behov_picture_lay_out(picture, &(behov_drawing_ruler){behov_font_advances_measure, NULL}, &drawing, err);
    if (!status)
        status = write_svg_text(&(picture_page){.picture = picture, .drawing = &drawing}, &shown->svg, err);
    behov_wording_add(&shown->title, behov_wording_text(&picture->title));
    behov_drawing_free(&drawing);
    return status ? status : behov_wording_status(&shown->title, err);
}

/* What has nothing to draw is not shown. */
static behov_status pass_over_empty(behov_status status, notebook_shown *shown)
{
    if (status != BEHOV_E_DATA)
        return status;
    behov_wording_clear(&shown->svg);
    return BEHOV_OK;
}

static behov_status show_fit(const export_fit *fit, notebook_shown *shown, behov_error *err)
{
    behov_picture picture = {.width = picture_width};
    behov_status status = behov_plot_fit(fit->results, 0, NULL, &picture, err);
    if (!status)
        status = show_picture(&picture, shown, err);
    behov_picture_free(&picture);
    return pass_over_empty(status, shown);
}

static behov_status show_levels(const export_fit *fit, notebook_results *results, behov_error *err)
{
    behov_picture ranking = {.width = picture_width}, profile = {.width = picture_width};
    behov_section_list list = {0};
    behov_status status = behov_plot_ranking(&results->profiles.country, EXTREMES, &ranking, err);
    if (!status)
        status = show_picture(&ranking, &results->shown[NOTEBOOK_RANKING], err);
    status = pass_over_empty(status, &results->shown[NOTEBOOK_RANKING]);
    if (!status)
        status = behov_plot_profile(&results->profiles, &profile, err);
    if (!status)
        status = show_picture(&profile, &results->shown[NOTEBOOK_PROFILE_PICTURE], err);
    status = pass_over_empty(status, &results->shown[NOTEBOOK_PROFILE_PICTURE]);
    if (!status)
        status = behov_profiles_add(&results->profiles, false, &list, err);
    if (!status)
        status = show_sections(fit, &list, &results->shown[NOTEBOOK_PROFILE], err);
    behov_section_list_free(&list);
    behov_picture_free(&ranking);
    behov_picture_free(&profile);
    return status;
}

/* ---- the municipality, and the ranking as data --------------------------------------------------------------------- */

typedef struct rated_row {
    double ratio;
    uint32_t row;
} rated_row;

static int by_ratio(const void *a, const void *b)
{
    const rated_row *first = a, *second = b;
    return first->ratio < second->ratio   ? -1
           : first->ratio > second->ratio ? 1
                                          : (first->row > second->row) - (first->row < second->row);
}

/* The row with the middle ratio of the last year that has ratios; fit->n_rows' table has none: SIZE_MAX. */
static behov_status middle_row(const export_fit *fit, size_t *row, behov_error *err)
{
    rated_row *rated = malloc((fit->n_rows + 1) * sizeof *rated);
    const behov_panel *panel = &fit->results->study->panel;
    size_t n = 0;
    int last = -1;
    *row = SIZE_MAX;
    if (!rated)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_EXPORT_NO_MEMORY);
    for (size_t i = 0; i < fit->n_rows; i++) {
        double ratio = export_fit_number(fit, fit->ratio, behov_row_at(fit->rows, i));
        int year = behov_panel_year(panel, behov_row_at(fit->rows, i));
        if (isnan(ratio) || year < last)
            continue;
        n = year > last ? 0 : n;
        last = year;
        rated[n++] = (rated_row){ratio, behov_row_at(fit->rows, i)};
    }
    qsort(rated, n, sizeof *rated, by_ratio);
    if (n)
        *row = rated[(n - 1) / 2].row;
    free(rated);
    return BEHOV_OK;
}

static void add_cell(behov_wording *out, double value)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_wording_add(out, ",");
    behov_wording_add_bytes(out, text, behov_number_shortest(value, text));
}

static behov_status write_levels(notebook_results *results, behov_error *err)
{
    const behov_ranking *ranking = &results->profiles.country;
    behov_wording *out = &results->levels;
    behov_wording_add(out, "municipality,ratio,ratio_low,ratio_high,level,level_low,level_high\n");
    for (size_t i = 0; i < ranking->n_shown; i++) {
        size_t place = ranking->shown_positions[i];
        const behov_ranked_municipality *ranked = &ranking->all[place];
        char name[BEHOV_MUNICIPALITY_NAME];
        if (isnan(ranked->ratio))
            continue;
        behov_wording_add(out, "\"");
        behov_municipality_list_name(&ranking->places.all[place], name, sizeof name);
        for (const char *letter = name; *letter; letter++)
            behov_wording_print(out, *letter == '"' ? "\"\"" : "%c", *letter);
        behov_wording_add(out, "\"");
        add_cell(out, ranked->ratio);
        add_cell(out, ranked->ratio_interval.low);
        add_cell(out, ranked->ratio_interval.high);
        add_cell(out, ranked->lasting.ratio);
        add_cell(out, ranked->lasting.interval.low);
        add_cell(out, ranked->lasting.interval.high);
        behov_wording_add(out, "\n");
    }
    return behov_wording_status(out, err);
}

static behov_status make_profile(const export_fit *fit, const char *municipality, notebook_results *results,
                                 behov_error *err)
{
    const behov_panel *panel = &fit->results->study->panel;
    behov_municipality_names names = {0};
    size_t row = SIZE_MAX;
    results->is_chosen = municipality != NULL;
    behov_status status = municipality ? BEHOV_OK : middle_row(fit, &row, err);
    if (!status && !municipality && row == SIZE_MAX)
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_EXPORT_NO_RATIOS);
    if (!municipality && row != SIZE_MAX)
        municipality =
            behov_panel_code(panel, row)[0] ? behov_panel_code(panel, row) : behov_panel_municipality(panel, row);
    if (!status)
        status = behov_municipality_names_add(&names, municipality, strlen(municipality),
                                              results->is_chosen ? "--profile" : NULL, err);
    if (!status)
        status = behov_profiles_new(fit->results,
                                    &(behov_profile_choices){.list = &names,
                                                             .level = fit->results->level_pct / 100,
                                                             /* what the pictures say */ .n_draws = usual_draws,
                                                             .label = behov_model_label},
                                    &results->profiles, err);
    behov_municipality_names_free(&names);
    return status;
}

/* A panel that names no municipality, or an outcome without ratios, has neither ranking nor profile: the rest is shown,
 * and why they lack. */
static behov_status add_levels(const export_fit *fit, const char *municipality, notebook_results *results,
                               behov_error *err)
{
    behov_error inner;
    behov_status status = make_profile(fit, municipality, results, &inner);
    if (status == BEHOV_E_DATA && !municipality) {
        behov_error_what(&inner, fit->lang, &results->why);
        return behov_wording_status(&results->why, err);
    }
    if (status) {
        if (err)
            *err = inner;
        return status;
    }
    const behov_municipality *place =
        &results->profiles.country.places.all[results->profiles.n ? results->profiles.all[0].place : 0];
    results->has_levels = true;
    results->code = place->code;
    results->name = place->name;
    status = show_levels(fit, results, err);
    return status ? status : write_levels(results, err);
}

behov_status notebook_results_new(const export_fit *fit, const char *municipality, notebook_results *results,
                                  behov_error *err)
{
    *results = (notebook_results){.code = "", .name = ""};
    behov_status status = show_table(fit, BEHOV_FIT_REGRESSION_IN_PRINT, &results->shown[NOTEBOOK_COEFFICIENTS], err);
    if (!status)
        status = add_levels(fit, municipality, results, err);
    if (!status && results->has_levels)
        status = show_table(fit, BEHOV_FIT_RATIOS, &results->shown[NOTEBOOK_RATIOS], err);
    return status ? status : show_fit(fit, &results->shown[NOTEBOOK_FIT], err);
}

void notebook_results_free(notebook_results *results)
{
    for (size_t i = 0; i < NOTEBOOK_N_OUTPUTS; i++) {
        behov_wording_free(&results->shown[i].html);
        behov_wording_free(&results->shown[i].svg);
        behov_wording_free(&results->shown[i].title);
    }
    behov_wording_free(&results->why);
    behov_wording_free(&results->levels);
    behov_profiles_free(&results->profiles);
}
