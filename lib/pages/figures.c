/* figures.c - ratios of the last year by bins, and charts of them. */
#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "ratio_bins.h"
#include "study_words.h"
#include "workbook.h"

static const section *find(const section_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->sections[i].name, name) == 0)
            return &list->sections[i];
    return NULL;
}

enum { BIN_NAME = 2 * BEHOV_NUMBER_SIZE };

/* "100–109", of bins one wide "100", of a last one without end "390 and above". */
static void name_bin(const ratio_bins *of, size_t i, behov_language lang, char text[BIN_NAME])
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    double first = of->first + (double)i * of->width;
    behov_number_fixed(first, 0, '.', "", 4, low);
    behov_number_fixed(first + of->width - 1, 0, '.', "", 4, high);
    if (of->n_beyond && i + 1 == of->n)
        label_fill(lang, "bin_and_above", text, BIN_NAME, "from", low, NULL);
    else if (of->width == 1)
        snprintf(text, BIN_NAME, "%.*s", label_clip(low, BIN_NAME - 1), low);
    else
        label_fill(lang, "bin_from_to", text, BIN_NAME, "from", low, "to", high, NULL);
}

static behov_status make_table(const ratio_bins *of, const char *bin_key, behov_language lang, behov_report **out, behov_error *err)
{
    behov_report *report = NULL;
    double *counts = malloc(of->n * sizeof *counts);
    behov_status status = counts ? behov_report_new("figures", of->n, NULL, &report, err)
                                 : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the figures");
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"ratio_bin", label(lang, bin_key), BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < of->n && !status; i++) {
        char text[BIN_NAME];
        name_bin(of, i, lang, text);
        status = behov_report_set_text(report, 0, i, text, err);
        counts[i] = (double)of->counts[i];
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
static behov_status count_rows(const behov_report *table, ratio_bins *counted, behov_error *err)
{
    size_t n = behov_report_n_rows(table), column = workbook_column(table, "ratio");
    double *ratios = malloc((n + 1) * sizeof *ratios);
    if (!ratios)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the figures");
    for (size_t i = 0; i < n; i++)
        ratios[i] = behov_report_number(table, column, i);
    ratio_bins_count(ratios, n, counted);
    free(ratios);
    return BEHOV_OK;
}

behov_status figures_add(const results *of, const char *municipalities, const char *ranking, section_list *list,
                         behov_error *err)
{
    behov_language lang = of->of->lang;
    const section *rows = find(list, municipalities);
    ratio_bins counted = {0};
    behov_report *table = NULL;
    behov_status status = rows ? count_rows(rows->table, &counted, err) : BEHOV_OK;
    if (status || counted.n == 0)
        return status;
    status = make_table(&counted, label_key("ratio_bin", behov_need_gap_is_1000kr(of->need)), lang, &table, err);
    if (status)
        return status;
    char title[300], subtitle[400], width[BEHOV_NUMBER_SIZE], year[16] = "";
    behov_number_fixed(counted.width, 0, '.', "", 4, width);
    label_fill(lang, counted.width == 1 ? "subtitle_figures_one" : "subtitle_figures", subtitle, sizeof subtitle, "n",
               width, NULL);
    int last = results_last_year(of);
    if (last)
        snprintf(year, sizeof year, ", %d", last);
    label_fill(lang, "title_figures", title, sizeof title, "year", year, NULL);
    study_mark_title(of->of, title, sizeof title);
    const char *name = label(lang, "sheet_figures"), *shown = municipalities;
    behov_report_column need = behov_report_column_at(rows->table, workbook_column(rows->table, "need")),
                        actual = behov_report_column_at(rows->table, workbook_column(rows->table, "actual"));
    const sheet_chart charts[] = {
        {SHEET_COLUMNS, label(lang, "chart_ratios"), label(lang, label_key("ratio_bin", behov_need_gap_is_1000kr(of->need))), label(lang, "n_municipalities"), name,
         {{SERIES_FIRST, NULL, "ratio_bin", "n_municipalities"}}},
        {SHEET_POINTS, label(lang, "chart_actual_and_need"), need.label ? need.label : label(lang, need.key),
         actual.label ? actual.label : label(lang, actual.key), shown,
         {{SERIES_FIRST, NULL, "need", "actual"}}},
        {SHEET_POINTS, label(lang, "chart_ranking"), label(lang, "chart_rank_axis"), label(lang, "chart_rank_interval"),
         ranking,
         {{SERIES_BOUND, NULL, "lasting_rank", "rank_low"},
          {SERIES_BOUND, NULL, "lasting_rank", "rank_high"},
          {SERIES_FIRST, NULL, "lasting_rank", "lasting_rank"}}},
    };
    size_t n_charts = sizeof charts / sizeof *charts - (ranking && find(list, ranking) ? 0 : 1);
    status = section_list_add(list,
                              (section){.name = name,
                                        .title = title,
                                        .subtitle = subtitle,
                                        .table_name = name,
                                        .n_frozen_columns = 0,
                                        .charts = charts,
                                        .n_charts = n_charts,
                                        .one_page = true},
                              table, err);
    if (!status && of->of->is_simulated)
        status = section_list_note(list, label(lang, "simulated_explained"), err);
    return status ? status : section_list_note(list, label(lang, "not_a_verdict"), err);
}
