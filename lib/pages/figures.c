/* figures.c - ratios of the last year by bins, and charts of them. */
#include <behov/figures.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "sentence_parts.h"
#include "letters.h"
#include <behov/ratio_bins.h>
#include <behov/study_words.h>
#include "workbook.h"

static const behov_section *find(const behov_section_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->sections[i].name, name) == 0)
            return &list->sections[i];
    return NULL;
}

enum { BIN_NAME = 2 * BEHOV_NUMBER_SIZE };

/* "100–109", of bins one wide "100", of a last one without end "390 and above". */
static void name_bin(const behov_ratio_bins *ratio_bins, size_t i, behov_language lang, char text[BIN_NAME])
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    double first = ratio_bins->first + (double)i * ratio_bins->width;
    behov_number_fixed(first, 0, '.', "", 4, low);
    behov_number_fixed(first + ratio_bins->width - 1, 0, '.', "", 4, high);
    if (ratio_bins->n_beyond && i + 1 == ratio_bins->n)
        behov_label_fill(lang, BEHOV_WORD_BIN_AND_ABOVE, text, BIN_NAME, "from", low, NULL);
    else if (ratio_bins->width == 1)
        snprintf(text, BIN_NAME, "%.*s", behov_letters_clip(low, BIN_NAME - 1), low);
    else
        behov_label_fill(lang, BEHOV_WORD_BIN_FROM_TO, text, BIN_NAME, "from", low, "to", high, NULL);
}

static behov_status make_table(const behov_ratio_bins *ratio_bins, behov_word bin_key, behov_language lang,
                               behov_report **out, behov_error *err)
{
    behov_report *report = NULL;
    double *counts = malloc(ratio_bins->n * sizeof *counts);
    behov_status status = counts ? behov_report_new("figures", ratio_bins->n, NULL, &report, err)
                                 : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FIGURES_NO_MEMORY);
    if (!status)
        status = behov_report_add_texts(
            report, (behov_report_column){"ratio_bin", behov_label(lang, bin_key), BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < ratio_bins->n && !status; i++) {
        char text[BIN_NAME];
        name_bin(ratio_bins, i, lang, text);
        status = behov_report_set_text(report, 0, i, text, err);
        counts[i] = (double)ratio_bins->counts[i];
    }
    if (!status) {
        status = behov_report_add_numbers(report, (behov_report_column){"n_municipalities", NULL, BEHOV_Q_COUNT},
                                          counts, true, err);
        counts = status ? counts : NULL;
    }
    free(counts);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* The ratios of a table's rows, NaN where there is none. */
static behov_status count_rows(const behov_report *table, behov_ratio_bins *ratio_bins, behov_error *err)
{
    size_t n = behov_report_n_rows(table), column = behov_workbook_column(table, "ratio");
    double *ratios = malloc((n + 1) * sizeof *ratios);
    if (!ratios)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FIGURES_NO_MEMORY);
    for (size_t i = 0; i < n; i++)
        ratios[i] = behov_report_number(table, column, i);
    behov_ratio_bins_count(ratios, n, ratio_bins);
    free(ratios);
    return BEHOV_OK;
}

static void say_title(const behov_fit_results *fit_results, behov_wording *words)
{
    char year[16] = "";
    int last = behov_fit_results_last_year(fit_results);
    if (last)
        snprintf(year, sizeof year, ", %d", last);
    behov_wording_fill(words, fit_results->study->lang, BEHOV_WORD_TITLE_FIGURES, "year", year, NULL);
    if (fit_results->study->is_simulated)
        behov_sentence_simulated_title(words, fit_results->study->lang);
}

static void say_subtitle(const behov_fit_results *fit_results, const behov_ratio_bins *ratio_bins, behov_wording *words)
{
    char width[BEHOV_NUMBER_SIZE];
    behov_number_fixed(ratio_bins->width, 0, '.', "", 4, width);
    behov_wording_fill(words, fit_results->study->lang,
                       ratio_bins->width == 1 ? BEHOV_WORD_SUBTITLE_FIGURES_ONE : BEHOV_WORD_SUBTITLE_FIGURES, "n",
                       width, NULL);
}

/* "Plass etter varig nivå, med intervall", whatever the level of the ranking is. */
static void say_chart_title(const behov_fit_results *fit_results, const behov_section *ranking, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    const char *rank = NULL;
    if (ranking) {
        behov_report_column column =
            behov_report_column_at(ranking->table, behov_workbook_column(ranking->table, "lasting_rank"));
        rank = column.label;
    }
    behov_wording_fill(words, lang, BEHOV_WORD_CHART_RANKING, "rank",
                       rank ? rank : behov_label(lang, BEHOV_WORD_LASTING_RANK), NULL);
}

behov_status behov_figures_add(const behov_fit_results *fit_results, const char *municipalities, const char *ranking,
                               behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    const behov_section *rows = find(list, municipalities);
    behov_ratio_bins ratio_bins = {0};
    behov_report *table = NULL;
    behov_status status = rows ? count_rows(rows->table, &ratio_bins, err) : BEHOV_OK;
    if (status || ratio_bins.n == 0)
        return status;
    status =
        make_table(&ratio_bins, behov_word_by_unit(BEHOV_WORD_RATIO_BIN, behov_need_gap_is_1000kr(fit_results->need)),
                   lang, &table, err);
    if (status)
        return status;
    behov_wording title = {0}, subtitle = {0};
    say_title(fit_results, &title);
    say_subtitle(fit_results, &ratio_bins, &subtitle);
    const char *name = behov_label(lang, BEHOV_WORD_SHEET_FIGURES), *shown_text = municipalities;
    behov_report_column need = behov_report_column_at(rows->table, behov_workbook_column(rows->table, "need")),
                        actual = behov_report_column_at(rows->table, behov_workbook_column(rows->table, "actual"));
    behov_wording chart_title = {0};
    say_chart_title(fit_results, ranking ? find(list, ranking) : NULL, &chart_title);
    const behov_sheet_chart charts[] = {
        {.kind = BEHOV_SHEET_COLUMNS,
         .title = behov_label(lang, BEHOV_WORD_CHART_RATIOS),
         .x_title =
             behov_label(lang, behov_word_by_unit(BEHOV_WORD_RATIO_BIN, behov_need_gap_is_1000kr(fit_results->need))),
         .y_title = behov_label(lang, BEHOV_WORD_N_MUNICIPALITIES),
         .text = name,
         .series = {{BEHOV_SERIES_FIRST, NULL, "ratio_bin", "n_municipalities"}}},
        {.kind = BEHOV_SHEET_POINTS,
         .title = behov_label(lang, BEHOV_WORD_CHART_ACTUAL_AND_NEED),
         .x_title = need.label ? need.label : behov_label_of_key(lang, need.key),
         .y_title = actual.label ? actual.label : behov_label_of_key(lang, actual.key),
         .text = shown_text,
         .series = {{BEHOV_SERIES_FIRST, NULL, "need", "actual"}}},
        {.kind = BEHOV_SHEET_POINTS,
         .title = behov_wording_text(&chart_title),
         .x_title = behov_label(lang, BEHOV_WORD_CHART_RANK_AXIS),
         .y_title = behov_label(lang, BEHOV_WORD_CHART_RANK_INTERVAL),
         .text = ranking,
         .series = {{BEHOV_SERIES_BOUND, NULL, "lasting_rank", "rank_low"},
                    {BEHOV_SERIES_BOUND, NULL, "lasting_rank", "rank_high"},
                    {BEHOV_SERIES_FIRST, NULL, "lasting_rank", "lasting_rank"}}},
    };
    size_t n_charts = sizeof charts / sizeof *charts - (ranking && find(list, ranking) ? 0 : 1);
    status = behov_wording_status(&chart_title, err);
    if (!status)
        status = behov_section_list_add_said(list,
                                             (behov_section){.name = name,
                                                             .table_name = name,
                                                             .n_frozen_columns = 0,
                                                             .charts = charts,
                                                             .n_charts = n_charts,
                                                             .one_page = true},
                                             &title, &subtitle, table, err);
    else
        behov_report_free(table);
    behov_wording_free(&title), behov_wording_free(&subtitle), behov_wording_free(&chart_title);
    if (!status && fit_results->study->is_simulated)
        status = behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err);
    return status ? status : behov_section_list_note(list, behov_label(lang, BEHOV_WORD_NOT_A_VERDICT), err);
}
