/* figures.c - ratios of the last year by bins of ten points, and charts of them. */
#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "workbook.h"

/* Bins of ten points; the last takes what is far beyond. */
enum { BIN_POINTS = 10, MOST_BINS = 40 };

static const section *find(const section_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->sections[i].name, name) == 0)
            return &list->sections[i];
    return NULL;
}

typedef struct bins {
    size_t first, n; /* the first bin begins at first * BIN_POINTS */
    double counts[MOST_BINS];
} bins;

/* Counts ratios by the bin that their printed figure falls in; false when there is none. */
static bool count_ratios(const behov_report *table, bins *out)
{
    size_t column = workbook_column(table, "ratio"), first = SIZE_MAX, last = 0;
    *out = (bins){0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < behov_report_n_rows(table); i++) {
            double ratio = behov_ratio_printed(behov_report_number(table, column, i));
            if (!(ratio >= 0))
                continue;
            double at = floor(ratio / BIN_POINTS);
            size_t bin = at < 1e6 ? (size_t)at : 1000000;
            if (pass == 0) {
                first = bin < first ? bin : first;
                last = bin > last ? bin : last;
            } else {
                size_t place = bin - first;
                out->counts[place < out->n ? place : out->n - 1]++;
            }
        }
        if (first == SIZE_MAX)
            return false;
        out->first = first;
        out->n = last - first + 1 < MOST_BINS ? last - first + 1 : MOST_BINS;
    }
    return true;
}

static behov_status make_table(const bins *of, bool is_cut, language lang, behov_report **out, behov_error *err)
{
    behov_report *report = NULL;
    double *counts = malloc(of->n * sizeof *counts);
    behov_status status = counts ? behov_report_new("figures", of->n, NULL, &report, err)
                                 : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the figures");
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"ratio_bin", NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < of->n && !status; i++) {
        char text[64], from[24], to[24];
        snprintf(from, sizeof from, "%lu", (unsigned long)((of->first + i) * BIN_POINTS));
        snprintf(to, sizeof to, "%lu", (unsigned long)((of->first + i + 1) * BIN_POINTS - 1));
        label_fill(lang, is_cut && i + 1 == of->n ? "bin_and_above" : "bin_from_to", text, sizeof text, "from", from,
                   "to", to, NULL);
        status = behov_report_set_text(report, 0, i, text, err);
        counts[i] = of->counts[i];
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

behov_status figures_add(const results *of, const char *municipalities, const char *ranking, section_list *list,
                         behov_error *err)
{
    language lang = of->of->lang;
    const section *rows = find(list, municipalities);
    bins counted;
    if (!rows || !count_ratios(rows->table, &counted))
        return BEHOV_OK;
    double all = 0, inside = 0;
    for (size_t i = 0; i < counted.n; i++)
        all += counted.counts[i];
    for (size_t i = 0; i < behov_report_n_rows(rows->table); i++) {
        double ratio = behov_ratio_printed(behov_report_number(rows->table, workbook_column(rows->table, "ratio"), i));
        inside += ratio >= 0 && floor(ratio / BIN_POINTS) < (double)(counted.first + counted.n);
    }
    bool is_cut = inside < all;
    behov_report *table = NULL;
    behov_status status = make_table(&counted, is_cut, lang, &table, err);
    if (status)
        return status;
    char title[300], year[16] = "";
    int last = results_last_year(of);
    if (last)
        snprintf(year, sizeof year, " %d", last);
    label_fill(lang, "title_figures", title, sizeof title, "year", year, NULL);
    const char *name = label(lang, "sheet_figures"), *shown = municipalities;
    behov_report_column need = behov_report_column_at(rows->table, workbook_column(rows->table, "need")),
                        actual = behov_report_column_at(rows->table, workbook_column(rows->table, "actual"));
    const sheet_chart charts[] = {
        {SHEET_COLUMNS, label(lang, "chart_ratios"), label(lang, "ratio_bin"), label(lang, "n_municipalities"), name,
         {{SERIES_FIRST, NULL, "ratio_bin", "n_municipalities"}}},
        {SHEET_POINTS, label(lang, "chart_actual_and_need"), need.label ? need.label : label(lang, need.key),
         actual.label ? actual.label : label(lang, actual.key), shown,
         {{SERIES_FIRST, NULL, "need", "actual"}}},
        {SHEET_POINTS, label(lang, "chart_ranking"), label(lang, "chart_rank_axis"), label(lang, "chart_rank_interval"),
         ranking,
         {{SERIES_BOUND, NULL, "rank", "rank_low"},
          {SERIES_BOUND, NULL, "rank", "rank_high"},
          {SERIES_FIRST, NULL, "rank", "rank"}}},
    };
    size_t n_charts = sizeof charts / sizeof *charts - (ranking && find(list, ranking) ? 0 : 1);
    status = section_list_add(list,
                              (section){.name = name,
                                        .title = title,
                                        .subtitle = label(lang, "subtitle_figures"),
                                        .table_name = name,
                                        .n_frozen_columns = 0,
                                        .landscape = true,
                                        .charts = charts,
                                        .n_charts = n_charts,
                                        .one_page = true},
                              table, err);
    if (!status && of->of->is_simulated)
        status = section_list_note(list, label(lang, "simulated_explained"), err);
    return status ? status : section_list_note(list, label(lang, "not_a_verdict"), err);
}
