/* profile_tables.c - the figures of a profile, as rows of a table and as columns of a file.
 *
 * A page has the figures that answer; a workbook's sheet, CSV and JSON have all of them. */
#include <behov/profile_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/chance_tables.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>
#include "workbook.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_PROFILE_NO_MEMORY);
}

/* ---- a municipality ------------------------------------------------------------------------------------------------
 */

/* Rows are figures, columns are years. */
typedef struct grid {
    const behov_profiles *profiles;
    const behov_profile *profile;
    behov_report *report;
    size_t row;
} grid;

static behov_status set_head(grid *out, const char *words_of_row, bool is_strong, behov_error *err)
{
    behov_status status = behov_report_set_text(out->report, 0, out->row, words_of_row, err);
    return !status && is_strong ? behov_report_set_strong(out->report, 0, out->row, err) : status;
}

/* One row of figures; the columns' numbers are the report's own, written before they were given to it. */
static behov_status set_row(grid *out, double **columns, const char *words_of_row, behov_quantity quantity,
                            bool is_strong, const double *values, behov_error *err)
{
    behov_status status = set_head(out, words_of_row, is_strong, err);
    if (!status)
        status = behov_report_set_quantity(out->report, out->row, quantity, err);
    for (size_t t = 0; t < out->profiles->n_years && !status; t++) {
        columns[t][out->row] = values ? values[t] : NAN;
        if (is_strong)
            status = behov_report_set_strong(out->report, t + 1, out->row, err);
    }
    out->row++;
    return status;
}

/* A row of amounts whose words name the country or the group. */
static behov_status set_against(grid *out, double **columns, behov_word key, size_t which, bool is_strong,
                                const double *values, behov_error *err)
{
    behov_wording words = {0};
    behov_wording_fill(&words, out->profiles->fit_results->study->lang, key, "against",
                       behov_profile_against(out->profiles, out->profile, which), NULL);
    behov_status status = behov_wording_status(&words, err);
    if (!status)
        status = set_row(out, columns, behov_wording_text(&words), behov_profile_amount_quantity(out->profiles),
                         is_strong, values, err);
    behov_wording_free(&words);
    return status;
}

static behov_status set_drivers(grid *out, double **columns, double *values, size_t which, bool is_in_all,
                                behov_error *err)
{
    const behov_profiles *profiles = out->profiles;
    behov_quantity quantity = behov_profile_amount_quantity(profiles);
    behov_status status = set_against(out, columns,
                                      is_in_all ? BEHOV_WORD_PROFILE_DRIVERS_IN_ALL
                                                : behov_profile_word(profiles, BEHOV_WORD_PROFILE_DRIVERS),
                                      which, true, NULL, err);
    for (size_t j = 0; j <= profiles->n_terms && !status; j++) {
        bool is_sum = j == profiles->n_terms;
        for (size_t t = 0; t < profiles->n_years; t++) {
            const behov_profile_year *profile_year = &out->profile->years[t];
            double driver = is_sum ? profile_year->sums[which] : profile_year->drivers[which][out->profile->order[j]];
            values[t] = is_in_all ? behov_profile_in_all(profiles, driver, profile_year->population)
                                  : behov_profile_shown(profiles, driver);
        }
        status = set_row(out, columns,
                         is_sum ? behov_label(profiles->fit_results->study->lang, BEHOV_WORD_WORD_SUM)
                                : profiles->terms[out->profile->order[j]].label,
                         quantity, is_sum, values, err);
    }
    if (!status && !is_in_all) {
        for (size_t t = 0; t < profiles->n_years; t++)
            values[t] = behov_profile_shown(profiles, out->profile->years[t].means[which]);
        status = set_against(out, columns, behov_profile_word(profiles, BEHOV_WORD_PROFILE_MEAN_NEED), which, false,
                             values, err);
    }
    return status;
}

static bool has_row(const behov_profiles *profiles, const behov_profile *profile, const behov_profile_figure *figure,
                    bool has_all)
{
    return behov_profile_figure_has_row(profiles, figure) && (has_all || figure->is_on_page) &&
           (figure->index != offsetof(behov_profile_year, ratios[BEHOV_PEER_GROUP]) ||
            behov_profile_has_group(profiles, profile));
}

static behov_status set_figure(grid *out, double **columns, double *values, const behov_profile_figure *figure,
                               behov_error *err)
{
    const behov_profiles *profiles = out->profiles;
    behov_wording label = {0};
    for (size_t t = 0; t < profiles->n_years; t++)
        values[t] = behov_profile_figure_shown(profiles, figure, &out->profile->years[t]);
    behov_profile_figure_label(profiles, figure, &label);
    behov_status status = behov_wording_status(&label, err);
    if (!status)
        status = set_row(out, columns, behov_wording_text(&label), behov_profile_figure_quantity(profiles, figure),
                         figure->index == offsetof(behov_profile_year, ratio), values, err);
    behov_wording_free(&label);
    return status;
}

behov_status behov_profile_years_table(const behov_profiles *profiles, const behov_profile *profile, bool has_all,
                                       behov_report **out, behov_error *err)
{
    size_t n_rows = 0, n_blocks = has_all ? (behov_profile_has_group(profiles, profile) ? 2 : 1) : 0;
    bool has_total = behov_profile_in_kroner(profiles) && profiles->has_population;
    for (size_t i = 0; i < behov_n_profile_figures; i++)
        n_rows += has_row(profiles, profile, &behov_profile_figures[i], has_all);
    n_rows += n_blocks * (profiles->n_terms + 3) + (has_total ? n_blocks * (profiles->n_terms + 2) : 0);
    grid grid = {profiles, profile, NULL, 0};
    double **columns = calloc(profiles->n_years + 1, sizeof *columns),
           *values = calloc(profiles->n_years + 1, sizeof *values);
    behov_status status =
        columns && values ? behov_report_new("profile", n_rows, NULL, &grid.report, err) : out_of_memory(err);
    if (!status)
        status = behov_report_add_texts(grid.report, (behov_report_column){"figure", NULL, BEHOV_Q_TEXT}, err);
    for (size_t t = 0; t < profiles->n_years && !status; t++) {
        char year[16] = "";
        if (profile->years[t].year)
            snprintf(year, sizeof year, "%d", profile->years[t].year);
        columns[t] = calloc(n_rows + 1, sizeof **columns);
        if (!columns[t])
            status = out_of_memory(err);
        if (!status &&
            (status = behov_report_add_numbers(
                 grid.report, (behov_report_column){year[0] ? year : "value", year[0] ? year : NULL, BEHOV_Q_GAP},
                 columns[t], true, err)))
            free(columns[t]);
    }
    for (size_t i = 0; i < behov_n_profile_figures && !status; i++)
        if (has_row(profiles, profile, &behov_profile_figures[i], has_all))
            status = set_figure(&grid, columns, values, &behov_profile_figures[i], err);
    for (size_t which = 0; which < n_blocks && !status; which++) {
        status = set_drivers(&grid, columns, values, which, false, err);
        if (!status && has_total)
            status = set_drivers(&grid, columns, values, which, true, err);
    }
    free(columns), free(values);
    if (status)
        behov_report_free(grid.report);
    else
        *out = grid.report;
    return status;
}

behov_status behov_profile_drivers_table(const behov_profiles *profiles, const behov_profile *profile,
                                         behov_report **out, behov_error *err)
{
    static const struct {
        const char *key;
        behov_word heading;
        size_t which;
        bool is_in_all;
    } columns[] = {{"driver", BEHOV_WORD_DRIVER, BEHOV_PEER_COUNTRY, false},
                   {"driver_1000kr", BEHOV_WORD_DRIVER_1000KR, BEHOV_PEER_COUNTRY, true},
                   {"group_driver", BEHOV_WORD_GROUP_DRIVER, BEHOV_PEER_GROUP, false},
                   {"group_driver_1000kr", BEHOV_WORD_GROUP_DRIVER_1000KR, BEHOV_PEER_GROUP, true}};
    const behov_profile_year *now = &profile->years[profile->index];
    behov_report *report = NULL;
    behov_status status = behov_report_new("drivers", profiles->n_terms + 1, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    for (size_t j = 0; j < profiles->n_terms && !status; j++)
        status = behov_report_set_text(report, 0, j, profiles->terms[profile->order[j]].label, err);
    if (!status)
        status = behov_report_set_text(report, 0, profiles->n_terms,
                                       behov_label(profiles->fit_results->study->lang, BEHOV_WORD_WORD_SUM), err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        if ((columns[i].which == BEHOV_PEER_GROUP && !behov_profile_has_group(profiles, profile)) ||
            (columns[i].is_in_all && !(behov_profile_in_kroner(profiles) && profiles->has_population)))
            continue;
        double *values = calloc(profiles->n_terms + 1, sizeof *values);
        if (!values) {
            status = out_of_memory(err);
            break;
        }
        for (size_t j = 0; j <= profiles->n_terms; j++) {
            double driver =
                j < profiles->n_terms ? now->drivers[columns[i].which][profile->order[j]] : now->sums[columns[i].which];
            values[j] = columns[i].is_in_all ? behov_profile_in_all(profiles, driver, now->population)
                                             : behov_profile_shown(profiles, driver);
        }
        status = behov_report_add_numbers(
            report,
            (behov_report_column){columns[i].key,
                                  columns[i].is_in_all ? NULL
                                                       : behov_label(profiles->fit_results->study->lang,
                                                                     behov_profile_word(profiles, columns[i].heading)),
                                  behov_profile_amount_quantity(profiles)},
            values, true, err);
        if (status)
            free(values);
    }
    for (size_t j = 0; !status && j < behov_report_n_columns(report) && !status; j++)
        status = behov_report_set_strong(report, j, profiles->n_terms, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- all of them ---------------------------------------------------------------------------------------------------
 */

behov_status behov_profiles_table(const behov_profiles *profiles, behov_report **out, behov_error *err)
{
    static const behov_report_column texts[] = {
        {"municipality_code", NULL, BEHOV_Q_CODE}, {"municipality", NULL, BEHOV_Q_TEXT}, {"fate", NULL, BEHOV_Q_TEXT}};
    size_t n = profiles->n * profiles->n_years;
    behov_report *report = NULL;
    behov_status status = behov_report_new("profiles", n, NULL, &report, err);
    for (size_t j = 0; j < 3 && !status; j++)
        status = behov_report_add_texts(report, texts[j], err);
    for (size_t j = 0; j <= behov_n_profile_figures && !status; j++) {
        double *values = calloc(n + 1, sizeof *values);
        if (!values) {
            status = out_of_memory(err);
            break;
        }
        for (size_t i = 0; i < n; i++) {
            const behov_profile_year *profile_year = &profiles->all[i / profiles->n_years].years[i % profiles->n_years];
            values[i] = j                    ? behov_profile_figure_of(&behov_profile_figures[j - 1], profile_year)
                        : profile_year->year ? (double)profile_year->year
                                             : NAN;
        }
        behov_report_column column = {"year", NULL, BEHOV_Q_YEAR};
        if (j)
            column = (behov_report_column){behov_profile_figures[j - 1].key, behov_profile_figures[j - 1].key,
                                           behov_profile_figures[j - 1].quantity};
        if ((status = behov_report_add_numbers(report, column, values, true, err)))
            free(values);
    }
    for (size_t i = 0; i < n && !status; i++) {
        const behov_profile *profile = &profiles->all[i / profiles->n_years];
        const behov_profile_year *profile_year = &profile->years[i % profiles->n_years];
        status = behov_report_set_text(report, 0, i, profiles->country.places.all[profile->place].code, err);
        if (!status)
            status = behov_report_set_text(report, 1, i, profiles->country.places.all[profile->place].name, err);
        if (!status)
            status = behov_report_set_text(report, 2, i,
                                           profile_year->is_estimated ? "estimated"
                                           : profile_year->has_need   ? "predicted_only"
                                                                      : "left_out",
                                           err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

/* Whether a sheet has the name, or one that may follow. */
static bool is_taken(const behov_profiles *profiles, const behov_section_list *list, const char *name)
{
    static const behov_word following[] = {BEHOV_WORD_SHEET_FIGURES,       BEHOV_WORD_SHEET_DIAGNOSIS,
                                           BEHOV_WORD_SHEET_DATA,          BEHOV_WORD_SHEET_LOOKUP_YEARS,
                                           BEHOV_WORD_SHEET_LOOKUP_GROUPS, BEHOV_WORD_SHEET_LOOKUP_MUNICIPALITIES};
    for (size_t i = 0; i < list->n; i++)
        if (behov_workbook_same_name(list->sections[i].name, name))
            return true;
    for (size_t i = 0; i < sizeof following / sizeof *following; i++)
        if (behov_workbook_same_name(behov_label(profiles->fit_results->study->lang, following[i]), name))
            return true;
    return !behov_workbook_takes_name(name);
}

/* As long as Excel takes it, without those that Excel refuses, unlike every other sheet's. */
static void sheet_name(const behov_profiles *profiles, size_t i, const behov_section_list *list, char text[128])
{
    char full_name[BEHOV_MUNICIPALITY_NAME], plain[BEHOV_MUNICIPALITY_NAME];
    behov_municipality_list_name(&profiles->country.places.all[profiles->all[i].place], full_name, sizeof full_name);
    behov_show(full_name, sizeof plain - 1, plain); /* marks that turn or hide what stands beside them, as on pages */
    for (char *c = plain; *c; c++)
        if (strchr("[]:*?/\\'", *c) || (unsigned char)*c < 0x20)
            *c = '-';
    for (size_t turn = 1;; turn++) {
        char suffix[24] = "";
        if (turn > 1)
            snprintf(suffix, sizeof suffix, " (%lu)", (unsigned long)turn);
        size_t length = behov_workbook_fitting(plain, BEHOV_WORKBOOK_LONGEST_NAME - strlen(suffix));
        snprintf(text, 128, "%.*s%s", (int)length, plain, suffix);
        if (!is_taken(profiles, list, text))
            return;
    }
}

/* "Kommune_1865"; without codes the place's number. */
static void table_name(const behov_profiles *profiles, const behov_profile *profile, behov_word key, char text[100])
{
    const char *code = profiles->country.places.all[profile->place].code;
    bool is_plain = code[0] && strspn(code, "0123456789") == strlen(code);
    if (is_plain)
        snprintf(text, 100, "%s_%.20s", behov_label(profiles->fit_results->study->lang, key), code);
    else
        snprintf(text, 100, "%s_%lu", behov_label(profiles->fit_results->study->lang, key),
                 (unsigned long)profile->place + 1);
}

/* Sentences under the table of years, and under that of drivers; a sheet has both. */
static const behov_profile_sentence_kind of_years[] = {BEHOV_PROFILE_CHANGE, BEHOV_PROFILE_TO_100, BEHOV_PROFILE_PLACE,
                                                       BEHOV_PROFILE_PLACE_IN_GROUP, BEHOV_PROFILE_NEIGHBOURS},
                                         of_drivers[] = {BEHOV_PROFILE_SUM_COUNTRY, BEHOV_PROFILE_SUM_GROUP},
                                         of_sheet[] = {BEHOV_PROFILE_NEXT};

static behov_status add_sentences(const behov_profiles *profiles, const behov_profile *profile,
                                  const behov_profile_sentence_kind *kinds, size_t n, behov_section_list *list,
                                  behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        behov_profile_sentence(profiles, profile, profile->index, kinds[i], &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_method(const behov_profiles *profiles, bool has_all, behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && behov_fit_results_proxy(profiles->fit_results, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    for (size_t i = 0; i < BEHOV_PROFILE_METHOD_NOTES && !status; i++) {
        behov_profile_method_note(profiles, i, has_all, &words);
        status = behov_section_list_say(list, "", &words, err);
        if (!status && i == BEHOV_PROFILE_ERRORS_NOTE)
            status = behov_remarks_add(profiles->fit_results, BEHOV_EVERY_REMARK, list, err);
    }
    behov_wording_free(&words);
    return status;
}

/* Pairs of municipalities; with a profile: those alone that it is one of. */
static behov_status add_pairs(const behov_profiles *profiles, const behov_profile *profile, behov_section_list *list,
                              behov_error *err)
{
    behov_profile_pair pairs[BEHOV_PAIRS_MAX];
    behov_wording words = {0};
    size_t n_left_out, n = behov_profiles_pairs(profiles, pairs, &n_left_out);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n && !status; i++) {
        if (profile && pairs[i].a != profile && pairs[i].b != profile)
            continue;
        behov_profile_pair_sentence(profiles, &pairs[i], &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_profile_pairs_left_out(profiles, n_left_out, &words);
    status = status ? status : behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

/* The head of a municipality's page or sheet: its title, and the answers beneath it. */
typedef struct years_head {
    behov_wording title, ratio, lasting;
} years_head;

static void years_head_free(years_head *head)
{
    behov_wording_free(&head->title), behov_wording_free(&head->ratio), behov_wording_free(&head->lasting);
}

/* A page has both answers on one line, a sheet the second below the first. */
static behov_status say_head(const behov_profiles *profiles, const behov_profile *profile, bool is_workbook,
                             years_head *head, behov_error *err)
{
    behov_profile_sentence(profiles, profile, profile->index, BEHOV_PROFILE_TITLE, &head->title);
    behov_profile_sentence(profiles, profile, profile->index, BEHOV_PROFILE_RATIO, &head->ratio);
    behov_profile_sentence(profiles, profile, profile->index, BEHOV_PROFILE_LASTING, &head->lasting);
    if (!is_workbook && head->lasting.length) {
        behov_wording_add(&head->ratio, " ");
        behov_wording_add(&head->ratio, behov_wording_text(&head->lasting));
    }
    behov_status status = behov_wording_status(&head->title, err);
    status = status ? status : behov_wording_status(&head->ratio, err);
    return status ? status : behov_wording_status(&head->lasting, err);
}

static behov_status add_years_section(const behov_profiles *profiles, size_t i, bool is_workbook,
                                      behov_section_list *list, behov_error *err)
{
    const behov_profile *profile = &profiles->all[i];
    char sheet[128], anchor[100];
    behov_report *table = NULL;
    years_head head = {0};
    sheet_name(profiles, i, list, sheet);
    table_name(profiles, profile, BEHOV_WORD_TABLE_PROFILE, anchor);
    behov_status status = say_head(profiles, profile, is_workbook, &head, err);
    if (!status)
        status = behov_profile_years_table(profiles, profile, is_workbook, &table, err);
    if (!status)
        status = behov_section_list_add(
            list,
            (behov_section){.name = sheet,
                            .title = behov_wording_text(&head.title),
                            .subtitle = behov_wording_text(&head.ratio),
                            .second_line = is_workbook && head.lasting.length ? head.lasting.text : NULL,
                            .table_name = anchor,
                            .n_frozen_columns = 1},
            table, err);
    years_head_free(&head);
    return status;
}

static behov_status add_data_notes(const behov_profiles *profiles, const behov_profile *profile,
                                   behov_section_list *list, behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < BEHOV_PROFILE_DATA_NOTES && !status; i++) {
        behov_profile_data_note(profiles, profile, i, &words);
        status = behov_section_list_say(list, "", &words, err);
    }
    behov_wording_free(&words);
    return status;
}

static behov_status add_years(const behov_profiles *profiles, size_t i, bool is_workbook, behov_section_list *list,
                              behov_error *err)
{
    const behov_profile *profile = &profiles->all[i];
    behov_status status = add_years_section(profiles, i, is_workbook, list, err);
    if (!status)
        status = add_sentences(profiles, profile, of_years, sizeof of_years / sizeof *of_years, list, err);
    if (!status && is_workbook)
        status = add_sentences(profiles, profile, of_drivers, sizeof of_drivers / sizeof *of_drivers, list, err);
    if (!status && is_workbook)
        status = add_sentences(profiles, profile, of_sheet, 1, list, err);
    if (!status)
        status = add_data_notes(profiles, profile, list, err);
    if (!status && is_workbook)
        status = add_pairs(profiles, profile, list, err);
    return !status && is_workbook ? add_method(profiles, true, list, err) : status;
}

static behov_status add_drivers(const behov_profiles *profiles, size_t i, behov_section_list *list, behov_error *err)
{
    const behov_profile *profile = &profiles->all[i];
    char anchor[100];
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_profile_sentence(profiles, profile, profile->index, BEHOV_PROFILE_WHY, &title);
    table_name(profiles, profile, BEHOV_WORD_TABLE_DRIVERS, anchor);
    behov_status status = behov_wording_status(&title, err);
    if (!status)
        status = behov_profile_drivers_table(profiles, profile, &table, err);
    if (!status)
        status = behov_section_list_add(
            list,
            (behov_section){
                .name = anchor, .title = behov_wording_text(&title), .table_name = anchor, .n_frozen_columns = 1},
            table, err);
    behov_wording_free(&title);
    return !status ? add_sentences(profiles, profile, of_drivers, sizeof of_drivers / sizeof *of_drivers, list, err)
                   : status;
}

static behov_status add_forecasts(const behov_profiles *profiles, size_t i, behov_section_list *list, behov_error *err)
{
    static const behov_profile_sentence_kind next[] = {BEHOV_PROFILE_NEXT};
    const behov_profile *profile = &profiles->all[i];
    if (!behov_profile_has_forecast(profiles, profile))
        return BEHOV_OK;
    char anchor[100];
    behov_report *table = NULL;
    behov_wording title = {0};
    behov_profile_sentence(profiles, profile, profile->index, BEHOV_PROFILE_FORECAST_TITLE, &title);
    table_name(profiles, profile, BEHOV_WORD_TABLE_FORECASTS, anchor);
    behov_status status = behov_wording_status(&title, err);
    if (!status)
        status = behov_profile_forecasts_table(profiles, profile, &table, err);
    if (!status)
        status = behov_section_list_add(
            list,
            (behov_section){
                .name = anchor, .title = behov_wording_text(&title), .table_name = anchor, .n_frozen_columns = 1},
            table, err);
    behov_wording_free(&title);
    return status ? status : add_sentences(profiles, profile, next, 1, list, err);
}

behov_status behov_profiles_add_sheet(const behov_profiles *profiles, size_t i, behov_section_list *list,
                                      behov_error *err)
{
    return add_years(profiles, i, true, list, err);
}

behov_status behov_profiles_add(const behov_profiles *profiles, bool is_workbook, behov_section_list *list,
                                behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < profiles->n && !status; i++) {
        status = add_years(profiles, i, is_workbook, list, err);
        if (!status && !is_workbook)
            status = add_drivers(profiles, i, list, err);
        if (!status && !is_workbook)
            status = add_forecasts(profiles, i, list, err);
    }
    if (!status && !is_workbook && profiles->n)
        status = add_pairs(profiles, NULL, list, err);
    if (!status && !is_workbook && profiles->n)
        status = add_method(profiles, false, list, err);
    return !status && profiles->n ? behov_chance_add(profiles->fit_results, profiles->country.shrink, list, err)
                                  : status;
}
