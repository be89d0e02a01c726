/* municipality_charts.c - the sheet Kommune: its trend and its waterfall. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include "lookup.h"
#include "municipality_parts.h"
#include <behov/result_sentences.h>
#include <behov/study_words.h>

static void cells_of(const sheet *sheet, size_t first_row, size_t first_column, size_t last_row, size_t last_column,
                     char text[BEHOV_WORKBOOK_RANGE])
{
    char first[BEHOV_WORKBOOK_CELL], last[BEHOV_WORKBOOK_CELL];
    behov_workbook_cell(first_row, first_column, first);
    behov_workbook_cell(last_row, last_column, last);
    snprintf(text, BEHOV_WORKBOOK_RANGE, "'%s'!%s:%s", sheet_word(sheet, BEHOV_WORD_SHEET_MUNICIPALITY), first, last);
}

static const behov_profile_figure *figure_by_key(const char *key)
{
    size_t i = 0;
    while (i + 1 < behov_n_profile_figures && strcmp(behov_profile_figures[i].key, key) != 0)
        i++;
    return &behov_profile_figures[i];
}

/* A row of figures once more, where a year without one is an error: a line of a chart then has a gap, not a zero. */
static void put_gaps(sheet *sheet, const char *key, size_t row, size_t index)
{
    const behov_profile_figure *figure = figure_by_key(key);
    char cell[BEHOV_WORKBOOK_CELL];
    for (size_t t = 0; t < sheet->profiles->n_years; t++) {
        sheet_plain_cell(row, FIRST_FIGURE + t, cell);
        sheet_put_formula(sheet, index, sheet->count + t, BEHOV_FORM_HIDDEN, BEHOV_Q_RATIO,
                          behov_profile_figure_shown(sheet->profiles, figure, &sheet->profile->years[t]),
                          "IF(ISNUMBER(%s),%s,NA())", cell, cell);
    }
}

static void add_chart(sheet *sheet, const behov_input_chart *chart)
{
    if (!sheet->status)
        sheet->status = behov_input_add_chart(sheet->out, *chart, sheet->err);
}

static void put_trend(sheet *sheet, size_t column, double width, double height)
{
    const behov_profiles *profiles = sheet->profiles;
    char interval[120], years[BEHOV_WORKBOOK_RANGE], cells[5][BEHOV_WORKBOOK_RANGE], names[2][BEHOV_WORKBOOK_RANGE + 1],
        plain[BEHOV_WORKBOOK_RANGE];
    size_t n = 0;
    behov_fit_results_interval_label(profiles->fit_results, BEHOV_WORD_FORM_INTERVAL, interval);
    const struct {
        const char *key, *name;
        behov_series_look look;
        size_t row;
        bool is_there;
    } lines[] = {{"ratio_low", interval, BEHOV_SERIES_BOUND, sheet->low_row, true},
                 {"ratio_high", "", BEHOV_SERIES_BOUND, sheet->high_row, true},
                 {"country_ratio", sheet_word(sheet, BEHOV_WORD_LOOKUP_COUNTRY), BEHOV_SERIES_THIRD,
                  sheet->country_ratio_row, true},
                 {"group_ratio", names[1], BEHOV_SERIES_SECOND, sheet->group_ratio_row, profiles->has_group},
                 {"ratio", names[0], BEHOV_SERIES_FIRST, sheet->ratio_row, true}};
    for (size_t i = 0; i < 2; i++) {
        size_t row = i == 0 ? 3 : lookup_has_years(profiles) ? 5 : 4;
        cells_of(sheet, row, FIRST_FIGURE, row, FIRST_FIGURE, plain);
        plain[strcspn(plain, ":")] = '\0';
        snprintf(names[i], sizeof names[i], "=%s", plain);
    }
    cells_of(sheet, sheet->years_row, FIRST_FIGURE, sheet->years_row, FIRST_FIGURE + profiles->n_years - 1, years);
    behov_input_chart chart = {.chart = {.kind = BEHOV_SHEET_LINES,
                                         .title = sheet_word(sheet, BEHOV_WORD_FORM_TREND),
                                         .y_title = sheet_word(sheet, BEHOV_WORD_FORM_PER_CENT)},
                               .row = sheet->row,
                               .column = column,
                               .width = width,
                               .height = height};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].is_there || !lines[i].row)
            continue;
        size_t index = sheet->years_row + 1 + n;
        put_gaps(sheet, lines[i].key, lines[i].row, index);
        cells_of(sheet, index, sheet->count, index, sheet->count + profiles->n_years - 1, cells[n]);
        chart.chart.series[n] = (behov_sheet_series){lines[i].look, lines[i].name, years, cells[n]};
        n++;
    }
    add_chart(sheet, &chart);
}

static void put_waterfall(sheet *sheet, size_t column, double width, double height)
{
    static const struct {
        size_t column;
        behov_series_look look;
    } parts[] = {{HIDDEN, BEHOV_SERIES_HIDDEN}, {UP, BEHOV_SERIES_UP},           {UP_BELOW, BEHOV_SERIES_UP},
                 {DOWN, BEHOV_SERIES_DOWN},     {DOWN_BELOW, BEHOV_SERIES_DOWN}, {SUM, BEHOV_SERIES_SUM}};
    const behov_profiles *profiles = sheet->profiles;
    char terms[BEHOV_WORKBOOK_RANGE], cells[6][BEHOV_WORKBOOK_RANGE];
    size_t first = sheet->drivers_row + 1, last = first + profiles->n_terms;
    cells_of(sheet, first, LABEL_COLUMN, last, LABEL_COLUMN, terms);
    behov_input_chart chart = {
        .chart = {.kind = BEHOV_SHEET_STACKED_BARS,
                  .title = sheet_word(sheet, behov_profile_word(profiles, BEHOV_WORD_FORM_WATERFALL)),
                  .x_title = sheet_word(sheet, behov_profile_word(profiles, BEHOV_WORD_FORM_WATERFALL_AXIS))},
        .row = sheet->row,
        .column = column,
        .width = width,
        .height = height};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cells_of(sheet, first, sheet->count + parts[i].column, last, sheet->count + parts[i].column, cells[i]);
        chart.chart.series[i] = (behov_sheet_series){parts[i].look, "", terms, cells[i]};
    }
    add_chart(sheet, &chart);
}

/* Side by side where the drivers' table is wide enough, else one under the other. */
void sheet_put_charts(sheet *sheet)
{
    /* points of a row, a digit and a column's edge on the screen */
    enum { ROW = 20, DIGIT = 7, EDGE = 5, BETWEEN = 10, HEIGHT = 360, COLUMNS_OF_TREND = 2 };
    const behov_profiles *profiles = sheet->profiles;
    size_t extra_tables = FIRST_FIGURE + COLUMNS_OF_TREND; /* the trend has room for its axis and its legend */
    double left = DIGIT * (double)(sheet->label_width + COLUMNS_OF_TREND * sheet_figure_width(profiles)) +
                  EDGE * (double)extra_tables - BETWEEN,
           whole = DIGIT * (double)(sheet->label_width + sheet_figure_width(profiles) * (sheet_columns(profiles) - 1)) +
                   EDGE * (double)sheet_columns(profiles) - BETWEEN;
    size_t n_rows = HEIGHT / ROW + 1;
    if (profiles->has_group) {
        put_trend(sheet, LABEL_COLUMN, left, HEIGHT);
        put_waterfall(sheet, extra_tables, whole - left - BETWEEN, HEIGHT); /* the names of its bars take half of it */
        sheet->row += n_rows;
        return;
    }
    put_trend(sheet, LABEL_COLUMN, whole, 0.8 * HEIGHT);
    sheet->row += n_rows - 3;
    put_waterfall(sheet, LABEL_COLUMN, whole, HEIGHT);
    sheet->row += n_rows;
}
