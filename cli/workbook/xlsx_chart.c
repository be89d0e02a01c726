/* xlsx_chart.c - charts that Excel draws from the cells of the workbook. */
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>
#include "xlsx.h"

/* Colours that the colour-blind tell apart (Okabe & Ito), of different lightness: in grey they differ too. */
static const lxw_color_t blue = 0x0072B2, dark_blue = 0x0B4F7D, vermillion = 0xD55E00, light_orange = 0xF5B944,
                         grey = 0x7F7F7F, light_grey = 0xB0B0B0, grid_colour = 0xD9D9D9;

/* Points on the screen; two charts fill a landscape page beside a table. */
enum { CHART_WIDTH = 640, CHART_HEIGHT = 310, CHART_ROWS = 17, CHART_TITLE_SIZE = 12 };

/* The library's own size. */
static const double own_width = 480, own_height = 288;

static lxw_color_t colour_of(behov_series_look look)
{
    switch (look) {
    case BEHOV_SERIES_FIRST: return blue;
    case BEHOV_SERIES_SECOND: return vermillion;
    case BEHOV_SERIES_THIRD: return grey;
    case BEHOV_SERIES_BOUND: return light_grey;
    case BEHOV_SERIES_UP: return dark_blue;
    case BEHOV_SERIES_DOWN: return light_orange;
    case BEHOV_SERIES_SUM: return grey;
    case BEHOV_SERIES_HIDDEN: break;
    }
    return 0xFFFFFF;
}

static void mark_points(lxw_chart_series *series, behov_series_look look)
{
    lxw_color_t colour = colour_of(look);
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_line none = {.none = LXW_TRUE}, edge = {.color = colour};
    chart_series_set_line(series, &none);
    chart_series_set_marker_type(series,
                                 look == BEHOV_SERIES_BOUND ? LXW_CHART_MARKER_DIAMOND : LXW_CHART_MARKER_CIRCLE);
    chart_series_set_marker_size(series, look == BEHOV_SERIES_BOUND ? 3 : 4);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &edge);
}

static void mark_line(lxw_chart_series *series, behov_series_look look)
{
    static const uint8_t dashes[] = {[BEHOV_SERIES_FIRST] = LXW_CHART_LINE_DASH_SOLID,
                                     [BEHOV_SERIES_SECOND] = LXW_CHART_LINE_DASH_DASH,
                                     [BEHOV_SERIES_THIRD] = LXW_CHART_LINE_DASH_ROUND_DOT,
                                     [BEHOV_SERIES_BOUND] = LXW_CHART_LINE_DASH_SOLID};
    static const uint8_t markers[] = {[BEHOV_SERIES_FIRST] = LXW_CHART_MARKER_CIRCLE,
                                      [BEHOV_SERIES_SECOND] = LXW_CHART_MARKER_SQUARE,
                                      [BEHOV_SERIES_THIRD] = LXW_CHART_MARKER_DIAMOND,
                                      [BEHOV_SERIES_BOUND] = LXW_CHART_MARKER_NONE};
    lxw_chart_line line = {.color = colour_of(look),
                           .width = look == BEHOV_SERIES_FIRST   ? 2.5F
                                    : look == BEHOV_SERIES_BOUND ? 1.0F
                                                                 : 1.75F,
                           .dash_type = dashes[look]};
    lxw_chart_line edge = {.color = colour_of(look)};
    lxw_chart_fill fill = {.color = colour_of(look)};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, markers[look]);
    chart_series_set_marker_size(series, 5);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &edge);
}

static void mark_area(lxw_chart_series *series, behov_series_look look)
{
    lxw_chart_fill fill = {.color = colour_of(look), .none = look == BEHOV_SERIES_HIDDEN};
    lxw_chart_line edge = {.color = grey, .width = 0.5, .none = look == BEHOV_SERIES_HIDDEN};
    chart_series_set_fill(series, &fill);
    if (look != BEHOV_SERIES_FIRST)
        chart_series_set_line(series, &edge);
}

/* The cells of a column as a chart's values (or categories). */
static void set_cells(void (*set)(lxw_chart_series *, const char *, lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t),
                      lxw_chart_series *series, const behov_section *section, const char *key)
{
    lxw_row_t last = (lxw_row_t)(BEHOV_WORKBOOK_HEADER_ROW + behov_report_n_rows(section->table));
    lxw_col_t column = (lxw_col_t)behov_workbook_column(section->table, key);
    set(series, section->name, BEHOV_WORKBOOK_FIRST_ROW, column, last, column);
}

static lxw_chart_series *add_series(xlsx_writer *w, lxw_chart *chart, const behov_sheet_series *described,
                                    const behov_section *section)
{
    char x[BEHOV_WORKBOOK_RANGE + 1] = "", y[BEHOV_WORKBOOK_RANGE + 1] = "";
    if (!section) {
        snprintf(x, sizeof x, "=%s", described->x);
        snprintf(y, sizeof y, "=%s", described->y);
    }
    lxw_chart_series *series = chart_add_series(chart, section ? NULL : x, section ? NULL : y);
    if (!series) {
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    const char *name = described->name;
    if (section) {
        set_cells(chart_series_set_values, series, section, described->y);
        set_cells(chart_series_set_categories, series, section, described->x);
        behov_report_column report_column =
            behov_report_column_at(section->table, behov_workbook_column(section->table, described->y));
        name = name ? name : report_column.label ? report_column.label : behov_label_of_key(w->lang, report_column.key);
    }
    if (name && name[0])
        chart_series_set_name(series, name);
    return series;
}

/* Which of the series stand in the legend: those of several that have a name. */
static void set_legend(lxw_chart *chart, const behov_sheet_chart *sheet_chart)
{
    int16_t unnamed[BEHOV_SHEET_SERIES + 1];
    size_t n = 0, n_unnamed = 0;
    for (; n < BEHOV_SHEET_SERIES && sheet_chart->series[n].y; n++)
        if (sheet_chart->series[n].name && !sheet_chart->series[n].name[0])
            unnamed[n_unnamed++] = (int16_t)n;
    unnamed[n_unnamed] = -1;
    if (n - n_unnamed < 2) {
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
        return;
    }
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    if (n_unnamed)
        chart_legend_delete_series(chart, unnamed);
}

/* Names of bars are small, those of columns aslant, or they run into one another; numbers on axes have no more digits
 * than they need, whatever the cells have. */
static void set_axes(lxw_chart *chart, const behov_sheet_chart *described)
{
    enum { SMALL = 8, ASLANT = -45 };
    lxw_chart_font small = {.size = SMALL}, aslant = {.size = SMALL, .rotation = ASLANT};
    if (described->kind == BEHOV_SHEET_STACKED_BARS)
        chart_axis_set_num_font(chart->x_axis, &small);
    else if (described->kind == BEHOV_SHEET_COLUMNS)
        chart_axis_set_num_font(chart->x_axis, &aslant);
    if (described->kind == BEHOV_SHEET_POINTS)
        chart_axis_set_num_format(chart->x_axis, "General");
    chart_axis_set_num_format(chart->y_axis, "General");
    if (described->has_x_least)
        chart_axis_set_min(chart->x_axis, described->x_least);
    if (described->x_title)
        chart_axis_set_name(chart->x_axis, described->x_title);
    if (described->y_title)
        chart_axis_set_name(chart->y_axis, described->y_title);
    lxw_chart_line grid = {.color = grid_colour, .width = 0.5};
    chart_axis_major_gridlines_set_line(described->kind == BEHOV_SHEET_STACKED_BARS ? chart->x_axis : chart->y_axis,
                                        &grid);
}

void xlsx_chart(xlsx_writer *w, lxw_worksheet *sheet, const behov_sheet_chart *described, const behov_section *section,
                size_t row, size_t column, double width, double height)
{
    static const uint8_t types[] = {[BEHOV_SHEET_POINTS] = LXW_CHART_SCATTER,
                                    [BEHOV_SHEET_COLUMNS] = LXW_CHART_COLUMN,
                                    [BEHOV_SHEET_LINES] = LXW_CHART_LINE,
                                    [BEHOV_SHEET_STACKED_BARS] = LXW_CHART_BAR_STACKED};
    lxw_chart *chart = workbook_add_chart(w->book, types[described->kind]);
    if (!chart) {
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < BEHOV_SHEET_SERIES && described->series[i].y; i++) {
        const behov_sheet_series *sheet_series = &described->series[i];
        lxw_chart_series *series = add_series(w, chart, sheet_series, section);
        if (!series)
            return;
        switch (described->kind) {
        case BEHOV_SHEET_POINTS: mark_points(series, sheet_series->look); break;
        case BEHOV_SHEET_LINES: mark_line(series, sheet_series->look); break;
        case BEHOV_SHEET_COLUMNS:
        case BEHOV_SHEET_STACKED_BARS: mark_area(series, sheet_series->look); break;
        }
    }
    lxw_chart_font title_font = {.size = CHART_TITLE_SIZE, .bold = LXW_TRUE};
    chart_title_set_name(chart, described->title);
    chart_title_set_name_font(chart, &title_font);
    set_axes(chart, described);
    set_legend(chart, described);
    if (described->kind == BEHOV_SHEET_COLUMNS)
        chart_set_series_gap(chart, 10);
    if (described->kind ==
        BEHOV_SHEET_STACKED_BARS) { /* read from the top; names stand clear of bars to the left of zero */
        chart_set_series_gap(chart, 40);
        chart_set_series_overlap(chart, 100);
        chart_axis_set_reverse(chart->y_axis);
        chart_axis_set_crossing_max(chart->y_axis); /* numbers and their title stand beneath the bars all the same */
        chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    }
    if (described->kind == BEHOV_SHEET_LINES)
        chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    lxw_chart_options size = {.description = (char *)described->title, /* a copy is taken */
                              .x_scale = width / own_width,
                              .y_scale = height / own_height};
    xlsx_trouble(w, worksheet_insert_chart_opt(sheet, (lxw_row_t)row, (lxw_col_t)column, chart, &size));
}

void xlsx_charts(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described)
{
    size_t column = behov_report_n_columns(described->table) + 1;
    for (size_t i = 0; i < described->n_charts; i++)
        for (size_t s = 0; s < w->n_sections; s++)
            if (w->sections[s].table && strcmp(w->sections[s].name, described->charts[i].text) == 0)
                xlsx_chart(w, sheet, &described->charts[i], &w->sections[s], BEHOV_WORKBOOK_HEADER_ROW + CHART_ROWS * i,
                           column, CHART_WIDTH, CHART_HEIGHT);
}
