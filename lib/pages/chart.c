/* chart.c - from what a chart shows to lines, marks and letters with their places. */
#include "chart_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>

/* Points of 1/72 inch. */
static const double heading_size = 9.5, label_size = 8.5, row_size = 8, row_height = 13, leading = 1.3, gap = 6,
                    step_height = 0.62, most_shift = 8;
static const double least_plot = 70;

typedef void visitor(behov_wording *words, bool *answer);

/* All the words of a chart. */
static void visit_words(behov_chart *chart, visitor *visit, bool *answer)
{
    behov_wording *const words[] = {&chart->heading, &chart->x_label, &chart->y_label, &chart->previous_text,
                                    &chart->next_text};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        visit(words[i], answer);
    for (size_t i = 0; i < chart->n_series; i++)
        visit(&chart->series[i].words, answer);
    for (size_t i = 0; i < chart->n_lines; i++)
        visit(&chart->lines[i].words, answer);
    for (size_t i = 0; i < chart->n_bands; i++)
        visit(&chart->bands[i].words, answer);
    for (size_t i = 0; i < chart->n_points; i++)
        visit(&chart->points[i].name, answer);
    for (size_t i = 0; i < chart->n_rows; i++) {
        visit(&chart->rows[i].name, answer);
        visit(&chart->rows[i].skipped, answer);
    }
}

static void spend(behov_wording *words, bool *answer)
{
    (void)answer;
    behov_wording_free(words);
}

static void ask(behov_wording *words, bool *answer)
{
    *answer = *answer || words->has_no_memory;
}

bool behov_chart_has_no_memory(const behov_chart *chart)
{
    behov_chart copy = *chart; /* asked only */
    bool answer = false;
    visit_words(&copy, ask, &answer);
    return answer;
}

void behov_chart_free(behov_chart *chart)
{
    visit_words(chart, spend, NULL);
    for (size_t i = 0; i < chart->n_bands; i++)
        free(chart->bands[i].x); /* low and high with it */
    free(chart->points);
    free(chart->rows);
    free(chart->bars);
    chart->points = NULL, chart->rows = NULL, chart->bars = NULL;
    chart->n_points = chart->n_rows = chart->n_bars = chart->n_bands = 0;
}

behov_chart_band *behov_chart_add_band(behov_chart *chart, size_t n)
{
    double *figures = calloc(3 * n + 1, sizeof *figures);
    if (!figures)
        return NULL;
    behov_chart_band *band = &chart->bands[chart->n_bands++];
    *band = (behov_chart_band){.x = figures, .low = figures + n, .high = figures + 2 * n, .n = n};
    return band;
}

/* ---- layout --------------------------------------------------------------------------------------------------------
 */

static void add_mark(behov_drawing *out, const char *role, double x, double y, const behov_chart_series *series,
                     const char *name)
{
    behov_drawing_add(out,
                      (behov_drawing_shape){.kind = BEHOV_SHAPE_MARK,
                                            .role = role,
                                            .x = x,
                                            .y = y,
                                            .ink = series->ink,
                                            .mark = series->mark,
                                            .is_open = series->is_open,
                                            .thickness = series->is_open ? 0.9 : 0,
                                            .radius = series->radius},
                      name && name[0] ? name : NULL);
}

static double width_of(const behov_chart_layout *layout, const char *text, double size, bool is_bold)
{
    return behov_drawing_width_of(layout->ruler, text, size, is_bold);
}

/* ---- above the plot ------------------------------------------------------------------------------------------------
 */

static behov_drawing_ink interval_ink(const behov_chart_series *series)
{
    return series->has_light_intervals ? BEHOV_INK_BAR : series->ink;
}

/* An item of the legend, its first baseline at y; returns its width, and how many lines it has more than one. */
static double legend_item(const behov_chart_layout *layout, const behov_chart_series *series,
                          const behov_chart_line *line, bool has_line, double x, double y, double room, bool draws,
                          size_t *n_more)
{
    const char *words = behov_wording_text(series ? &series->words : &line->words);
    double swatch = series && !has_line ? 8 : 18;
    behov_drawing_words how = {.role = "legend", .x = x + swatch + 4, .width = room - swatch - 4, .size = label_size};
    double end = behov_drawing_wrap(draws ? layout->out : NULL, layout->ruler, &how, words, y - label_size);
    *n_more = (size_t)((end - y + label_size) / (leading * label_size) + 0.5) - 1;
    if (draws && line)
        behov_drawing_add(layout->out,
                          (behov_drawing_shape){.kind = BEHOV_SHAPE_LINE,
                                                .role = "legend",
                                                .x = x,
                                                .y = y - 3,
                                                .to_x = x + swatch,
                                                .to_y = y - 3,
                                                .ink = BEHOV_INK_BLACK,
                                                .thickness = 0.8,
                                                .is_dashed = !line->is_dotted,
                                                .is_dotted = line->is_dotted},
                          NULL);
    if (draws && series && has_line)
        behov_drawing_add_line(layout->out, "legend", x, y - 3, x + swatch, y - 3, interval_ink(series), 1.1);
    if (draws && series)
        add_mark(layout->out, "legend", x + swatch / 2, y - 3, series, NULL);
    return swatch + 4 + fmin(width_of(layout, words, label_size, false), room - swatch - 4);
}

static bool has_intervals(const behov_chart *chart, size_t series)
{
    for (size_t i = 0; i < chart->n_points; i++)
        if (chart->points[i].series == series && isfinite(chart->points[i].low) && isfinite(chart->points[i].high))
            return true;
    return false;
}

static double legend(const behov_chart_layout *layout, double y, bool draws)
{
    const behov_chart *chart = layout->chart;
    double x = layout->edge_left, room = layout->edge_right - layout->edge_left, line = y + label_size;
    bool is_any = false;
    size_t n_items = chart->n_series + chart->n_lines;
    for (size_t i = 0; i < n_items + chart->n_bands; i++) {
        /* a band stands as a mark in its ink, or as the line that its edges are */
        const behov_chart_band *band = i >= n_items ? &chart->bands[i - n_items] : NULL;
        bool is_series = i < chart->n_series || (band && band->is_filled);
        behov_chart_series as_series = {0};
        behov_chart_line as_line = {0};
        if (band) {
            as_series =
                (behov_chart_series){.words = band->words, .mark = BEHOV_MARK_SQUARE, .ink = band->ink, .radius = 4};
            as_line.words = band->words;
        }
        const behov_chart_series *series = !is_series ? NULL : band ? &as_series : &chart->series[i];
        const behov_chart_line *reference = is_series ? NULL : band ? &as_line : &chart->lines[i - chart->n_series];
        size_t n_more;
        if (!(is_series ? &series->words : &reference->words)->length)
            continue;
        bool is_with = is_series && !band && (series->is_joined || has_intervals(chart, i));
        double wide = legend_item(layout, series, reference, is_with, 0, 0, room, false, &n_more);
        if (x > layout->edge_left && x + wide > layout->edge_right) {
            x = layout->edge_left;
            line += 1.5 * label_size;
        }
        legend_item(layout, series, reference, is_with, x, line, room, draws, &n_more);
        line += (double)n_more * leading * label_size;
        x += n_more ? room : wide + 16;
        is_any = true;
    }
    return is_any ? line + 0.6 * label_size : y;
}

/* ---- the plot ------------------------------------------------------------------------------------------------------
 */

static double row_y(const behov_chart_layout *layout, size_t row)
{
    size_t n_breaks = 0;
    for (size_t i = 0; i <= row; i++)
        n_breaks += layout->chart->rows[i].skipped.length != 0;
    return layout->top + ((double)(row + n_breaks) + 0.5) * layout->pitch;
}

static behov_drawing_words row_words(const behov_chart_layout *layout, const behov_chart_row *chart_row)
{
    return (behov_drawing_words){.role = "row",
                                 .x = layout->left - gap,
                                 .width = layout->names_wide,
                                 .size = row_size,
                                 .align = 1,
                                 .is_bold = chart_row->is_strong};
}

/* What the row with the most lines needs; 0 when all have one. */
static double row_height_of(const behov_chart_layout *layout)
{
    double highest = 0;
    for (size_t i = 0; i < layout->chart->n_rows; i++) {
        behov_drawing_words how = row_words(layout, &layout->chart->rows[i]);
        highest = fmax(highest, behov_drawing_wrap(NULL, layout->ruler, &how,
                                                   behov_wording_text(&layout->chart->rows[i].name), 0));
    }
    return highest > 1.5 * leading * row_size ? highest + 2 : 0;
}

static void add_row_text(const behov_chart_layout *layout, const behov_chart_row *chart_row, double x, double base,
                         behov_drawing_ink ink, const char *text)
{
    if (text[0])
        behov_drawing_add(layout->out,
                          (behov_drawing_shape){.kind = BEHOV_SHAPE_TEXT,
                                                .role = "row",
                                                .x = x,
                                                .y = base,
                                                .size = row_size,
                                                .align = 1,
                                                .ink = ink,
                                                .is_bold = chart_row->is_strong && ink == BEHOV_INK_BLACK},
                          text);
}

static bool has_steps(const behov_chart *chart)
{
    for (size_t i = 0; i < chart->n_rows; i++)
        if (chart->rows[i].leads_to_next)
            return true;
    return false;
}

static void draw_rows(const behov_chart_layout *layout)
{
    const behov_chart *chart = layout->chart;
    behov_drawing_ink ink =
        has_steps(chart) ? BEHOV_INK_BLACK : BEHOV_INK_GREY; /* of a step the figure is what it is about */
    behov_drawing_add_text(layout->out, "heading", layout->before_right, layout->top - 4, row_size, 1, BEHOV_INK_GREY,
                           behov_wording_text(&chart->previous_text));
    behov_drawing_add_text(layout->out, "heading", layout->edge_right, layout->top - 4, row_size, 1, BEHOV_INK_GREY,
                           behov_wording_text(&chart->next_text));
    for (size_t i = 0; i < chart->n_rows; i++) {
        const behov_chart_row *chart_row = &chart->rows[i];
        double y = row_y(layout, i), base = y + 0.36 * row_size;
        behov_drawing_words how = row_words(layout, chart_row);
        behov_drawing_add_line(layout->out, "grid", layout->left, y, layout->right, y, BEHOV_INK_LIGHT, 0.4);
        add_row_text(layout, chart_row, layout->before_right, base, BEHOV_INK_GREY, chart_row->previous_text);
        double high = behov_drawing_wrap(NULL, layout->ruler, &how, behov_wording_text(&chart_row->name), 0);
        behov_drawing_wrap(layout->out, layout->ruler, &how, behov_wording_text(&chart_row->name),
                           base - row_size - (high - leading * row_size) / 2);
        add_row_text(layout, chart_row, layout->edge_right, base, ink, chart_row->next_text);
    }
}

/* Bars of rows, each with the line from its end to the next row. */
static void draw_steps(const behov_chart_layout *layout)
{
    static const char *const roles[] = {"step-1", "step-2", "step-3", "step-4", "step-5"};
    _Static_assert(sizeof roles / sizeof *roles == BEHOV_CHART_SERIES, "a series without a role");
    for (size_t i = 0; i < layout->chart->n_rows; i++) {
        const behov_chart_row *chart_row = &layout->chart->rows[i];
        double y = row_y(layout, i), start = chart_x(layout, chart_row->start), end = chart_x(layout, chart_row->end);
        if (chart_row->start != chart_row->end)
            behov_drawing_add(layout->out,
                              (behov_drawing_shape){.kind = BEHOV_SHAPE_BOX,
                                                    .role = roles[chart_row->series],
                                                    .x = fmin(start, end),
                                                    .y = y - step_height / 2 * layout->pitch,
                                                    .to_x = fmax(start, end),
                                                    .to_y = y + step_height / 2 * layout->pitch,
                                                    .ink = layout->chart->series[chart_row->series].ink},
                              NULL);
    }
    for (size_t i = 0; i + 1 < layout->chart->n_rows; i++) {
        const behov_chart_row *chart_row = &layout->chart->rows[i], *next = chart_row + 1;
        double half = step_height / 2 * layout->pitch, x = chart_x(layout, chart_row->end);
        if (chart_row->leads_to_next)
            behov_drawing_add_line(layout->out, "lead", x,
                                   row_y(layout, i) - (chart_row->start != chart_row->end ? half : 0), x,
                                   row_y(layout, i + 1) + (next->start != next->end ? half : 0), BEHOV_INK_BLACK, 0.6);
    }
}

static void draw_bars(const behov_chart_layout *layout)
{
    for (size_t i = 0; i < layout->chart->n_bars; i++) {
        const behov_chart_bar *chart_bar = &layout->chart->bars[i];
        if (chart_bar->height > 0)
            behov_drawing_add(layout->out,
                              (behov_drawing_shape){.kind = BEHOV_SHAPE_BOX,
                                                    .role = "bar",
                                                    .x = chart_x(layout, chart_bar->start),
                                                    .y = chart_y(layout, chart_bar->height),
                                                    .to_x = chart_x(layout, chart_bar->end),
                                                    .to_y = layout->bottom,
                                                    .ink = BEHOV_INK_SKY,
                                                    .thickness = 0.8},
                              NULL);
    }
}

static void draw_lines(const behov_chart_layout *layout)
{
    double low = fmax(layout->low[0], layout->low[1]), high = fmin(layout->high[0], layout->high[1]);
    for (size_t i = 0; i < layout->chart->n_lines; i++) {
        const behov_chart_line *chart_line = &layout->chart->lines[i];
        bool is_upright = chart_line->kind == BEHOV_LINE_UPRIGHT, is_level = chart_line->kind == BEHOV_LINE_LEVEL;
        behov_drawing_add(
            layout->out,
            (behov_drawing_shape){
                .kind = BEHOV_SHAPE_LINE,
                .role = "reference",
                .x = is_level ? layout->left : chart_x(layout, is_upright ? chart_line->point : low),
                .y = is_upright ? layout->top : chart_y(layout, is_level ? chart_line->point : low),
                .to_x = is_level ? layout->right : chart_x(layout, is_upright ? chart_line->point : high),
                .to_y = is_upright ? layout->bottom : chart_y(layout, is_level ? chart_line->point : high),
                .ink = BEHOV_INK_BLACK,
                .thickness = 0.8,
                .is_dashed = !chart_line->is_dotted,
                .is_dotted = chart_line->is_dotted},
            NULL);
    }
}

/* A gap in the rows: nothing crosses it, and the axis is cut by two strokes. */
static void draw_breaks(const behov_chart_layout *layout)
{
    for (size_t i = 0; i < layout->chart->n_rows; i++) {
        if (!layout->chart->rows[i].skipped.length)
            continue;
        double middle = row_y(layout, i) - layout->pitch;
        behov_drawing_add(layout->out,
                          (behov_drawing_shape){.kind = BEHOV_SHAPE_BOX,
                                                .role = "break",
                                                .x = layout->left - 1,
                                                .y = middle - 0.35 * layout->pitch,
                                                .to_x = layout->right + 1,
                                                .to_y = middle + 0.35 * layout->pitch,
                                                .ink = BEHOV_INK_WHITE},
                          NULL);
        behov_drawing_add_text(layout->out, "break", (layout->left + layout->right) / 2, middle + 0.36 * row_size,
                               row_size, 0.5, BEHOV_INK_GREY, behov_wording_text(&layout->chart->rows[i].skipped));
        for (int fit_column = 0; fit_column < 2; fit_column++)
            behov_drawing_add_line(layout->out, "break", layout->left - 4, middle + (fit_column ? 4.5 : 0.5),
                                   layout->left + 4, middle + (fit_column ? -0.5 : -4.5), BEHOV_INK_BLACK, 0.7);
    }
}

static double point_x(const behov_chart_layout *layout, const behov_chart_point *chart_point)
{
    double shift = layout->chart->is_over_years ? layout->chart->series[chart_point->series].shift : 0;
    double step_value = shift / (layout->high[0] - layout->low[0]) * (layout->right - layout->left);
    return chart_x(layout, chart_point->x) + fmax(fmin(step_value, most_shift), -most_shift);
}

static double point_y(const behov_chart_layout *layout, const behov_chart_point *chart_point)
{
    return layout->chart->n_rows ? row_y(layout, (size_t)chart_point->y) +
                                       layout->chart->series[chart_point->series].shift * layout->pitch
                                 : chart_y(layout, chart_point->y);
}

typedef struct box {
    double left, top, right, bottom;
    bool is_of_many; /* a mark without a name among many: better hidden than a name far from its own mark */
} box;

static double overlap(const box *a, const box *b)
{
    double x = fmin(a->right, b->right) - fmax(a->left, b->left), y = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return x > 0 && y > 0 ? x * y : 0;
}

/* The point of a series before the i-th, when a line leads from it; else NULL. */
static const behov_chart_point *point_before(const behov_chart *chart, size_t i)
{
    const behov_chart_point *chart_point = &chart->points[i];
    size_t index = i;
    if (!chart->series[chart_point->series].is_joined || chart_point->is_apart)
        return NULL;
    while (index > 0 && chart->points[index - 1].series != chart_point->series)
        index--;
    return index ? &chart->points[index - 1] : NULL;
}

enum { LINE_PIECES = 12 };

/* What names must not hide: marks, intervals of those that are named, over years all intervals and lines, these in pieces. Returns how many boxes. */
static size_t find_taken(const behov_chart_layout *layout, box *taken_box)
{
    const behov_chart *chart = layout->chart;
    size_t n = 0;
    for (size_t i = 0; i < chart->n_points; i++) {
        const behov_chart_point *chart_point = &chart->points[i], *previous_chart_point = point_before(chart, i);
        double x = point_x(layout, chart_point), y = point_y(layout, chart_point),
               r = chart->series[chart_point->series].radius;
        if (chart->series[chart_point->series].is_named || chart->is_over_years || chart->has_log_x)
            taken_box[n++] =
                (box){x - r, y - r, x + r, y + r, chart->has_log_x && !chart->series[chart_point->series].is_named};
        if (chart->is_over_years && isfinite(chart_point->low) && isfinite(chart_point->high))
            taken_box[n++] =
                (box){x - 2, chart_y(layout, chart_point->high), x + 2, chart_y(layout, chart_point->low), false};
        if (!chart->is_over_years && chart->series[chart_point->series].is_named && isfinite(chart_point->low) &&
            isfinite(chart_point->high))
            taken_box[n++] =
                (box){chart_x(layout, chart_point->low), y - 2, chart_x(layout, chart_point->high), y + 2, false};
        for (int piece = 0; piece < LINE_PIECES && previous_chart_point; piece++) {
            double share = (piece + 0.5) / LINE_PIECES,
                   across = x + share * (point_x(layout, previous_chart_point) - x),
                   down = y + share * (point_y(layout, previous_chart_point) - y);
            taken_box[n++] = (box){across - 3, down - 3, across + 3, down + 3, false};
        }
    }
    return n;
}

/* A name beside each mark of a series that is named: where it hides the least. */
static void draw_names(const behov_chart_layout *layout)
{
    const behov_chart *chart = layout->chart;
    box *taken_box = calloc((3 + LINE_PIECES) * chart->n_points + 1, sizeof *taken_box);
    if (!taken_box) {
        layout->out->is_out_of_memory = true;
        return;
    }
    size_t n = find_taken(layout, taken_box);
    for (size_t i = 0; i < chart->n_points; i++) {
        const behov_chart_point *chart_point = &chart->points[i];
        const behov_chart_series *series = &chart->series[chart_point->series];
        if (!series->is_named)
            continue;
        double x = point_x(layout, chart_point), y = point_y(layout, chart_point),
               wide = width_of(layout, behov_wording_text(&chart_point->name), label_size, false), best = INFINITY;
        box chosen_box = {0};
        for (int n_tried = 0; n_tried < 16; n_tried++) {
            static const double across[] = {0, 1, 0.5, 0.5, 0, 1, 0, 1}, down[] = {0, 0, -1, 1, -0.7, -0.7, 0.7, 0.7};
            double far = series->radius + (n_tried < 8 ? 2 : 12), align = across[n_tried % 8],
                   lower_value = down[n_tried % 8];
            double left = align == 0   ? x + far
                          : align == 1 ? x - far - wide
                                       : x - wide / 2,
                   middle = y + lower_value * (far + label_size / 2);
            box try = {left, middle - label_size / 2, left + wide, middle + label_size / 2, false};
            double cost = n_tried * 0.01 + (chart->has_log_x && n_tried >= 8 ? 15 : 0);
            for (size_t j = 0; j < n; j++)
                cost += overlap(&try, &taken_box[j]) * (taken_box[j].is_of_many ? 0.15 : 1);
            cost += 1e3 * (fmax(0, layout->left - try.left) + fmax(0, try.right - layout->right) +
                           fmax(0, layout->top - try.top) + fmax(0, try.bottom - layout->bottom));
            if (cost < best) {
                best = cost;
                chosen_box = try;
            }
        }
        taken_box[n++] = chosen_box;
        behov_drawing_add(layout->out,
                          (behov_drawing_shape){.kind = BEHOV_SHAPE_TEXT,
                                                .role = "name",
                                                .x = chosen_box.left,
                                                .y = chosen_box.bottom - 0.14 * label_size,
                                                .size = label_size,
                                                .is_haloed = true},
                          behov_wording_text(&chart_point->name));
    }
    free(taken_box);
}

static void draw_points(const behov_chart_layout *layout)
{
    static const char *const roles[] = {"point-1", "point-2", "point-3", "point-4", "point-5"};
    _Static_assert(sizeof roles / sizeof *roles == BEHOV_CHART_SERIES, "a series without a role");
    static const char *const intervals[] = {"interval-1", "interval-2", "interval-3", "interval-4", "interval-5"};
    _Static_assert(sizeof intervals / sizeof *intervals == BEHOV_CHART_SERIES, "a series without a role");
    static const char *const paths[] = {"path-1", "path-2", "path-3", "path-4", "path-5"};
    _Static_assert(sizeof paths / sizeof *paths == BEHOV_CHART_SERIES, "a series without a role");
    const behov_chart *chart = layout->chart;
    for (size_t s = 0; s < chart->n_series; s++) { /* later series lie above */
        for (size_t i = 0; i < chart->n_points; i++) {
            const behov_chart_point *chart_point = &chart->points[i],
                                    *previous_chart_point = chart_point->series == s ? point_before(chart, i) : NULL;
            if (previous_chart_point)
                behov_drawing_add_line(layout->out, paths[s], point_x(layout, previous_chart_point),
                                       point_y(layout, previous_chart_point), point_x(layout, chart_point),
                                       point_y(layout, chart_point), chart->series[s].ink, 0.8);
        }
        for (size_t i = 0; i < chart->n_points; i++) {
            const behov_chart_point *chart_point = &chart->points[i];
            if (chart_point->series != s)
                continue;
            double x = point_x(layout, chart_point), y = point_y(layout, chart_point);
            bool is_over = chart->is_over_years;
            if (isfinite(chart_point->low) && isfinite(chart_point->high))
                behov_drawing_add_line(
                    layout->out, intervals[s], is_over ? x : chart_x(layout, chart_point->low),
                    is_over ? chart_y(layout, chart_point->low) : y, is_over ? x : chart_x(layout, chart_point->high),
                    is_over ? chart_y(layout, chart_point->high) : y, interval_ink(&chart->series[s]),
                    chart->series[s].thickness > 0 ? chart->series[s].thickness : 1.1);
            add_mark(layout->out, roles[s], x, y, &chart->series[s], behov_wording_text(&chart_point->name));
        }
    }
    draw_names(layout);
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

typedef const char *row_text(const behov_chart_row *chart_row);

static const char *previous_text(const behov_chart_row *chart_row)
{
    return chart_row->previous_text;
}

static const char *next_text(const behov_chart_row *chart_row)
{
    return chart_row->next_text;
}

static const char *name_text(const behov_chart_row *chart_row)
{
    return behov_wording_text(&chart_row->name);
}

/* The widest text of a column of the rows. */
static double column_width(const behov_chart_layout *layout, row_text *text, const char *heading)
{
    double widest = width_of(layout, heading, row_size, false);
    for (size_t i = 0; i < layout->chart->n_rows; i++)
        widest =
            fmax(widest, width_of(layout, text(&layout->chart->rows[i]), row_size, layout->chart->rows[i].is_strong));
    return widest;
}

/* What stands above the plot; the end of it. */
static double head(const behov_chart_layout *layout, double y, bool draws)
{
    behov_drawing_words how = {.role = "chart-heading",
                               .x = layout->edge_left,
                               .width = layout->edge_right - layout->edge_left,
                               .size = heading_size,
                               .is_bold = true};
    y = behov_drawing_wrap(draws ? layout->out : NULL, layout->ruler, &how, behov_wording_text(&layout->chart->heading),
                           y);
    y = legend(layout, y + 4, draws) + gap;
    return y + (layout->chart->previous_text.length || layout->chart->next_text.length ? row_size + 2 : 0);
}

/* Under the plot's middle as long as it stays within the edges. */
static double x_label(const behov_chart_layout *layout, double y, bool draws)
{
    double left = layout->chart->n_rows ? layout->edge_left : layout->left,
           right = layout->chart->n_rows ? layout->edge_right : layout->right;
    double wide = fmin(width_of(layout, behov_wording_text(&layout->chart->x_label), label_size, false), right - left);
    behov_drawing_words how = {.role = "x-label",
                               .x = fmax(fmin((layout->left + layout->right) / 2, right - wide / 2), left + wide / 2),
                               .width = right - left,
                               .size = label_size,
                               .align = 0.5};
    return behov_drawing_wrap(draws ? layout->out : NULL, layout->ruler, &how,
                              behov_wording_text(&layout->chart->x_label), y);
}

static void draw_y_label(const behov_chart_layout *layout, double plot)
{
    double size = label_size, wide = width_of(layout, behov_wording_text(&layout->chart->y_label), size, false);
    if (wide > plot) /* one line: smaller letters before cut ones */
        size *= plot / wide;
    behov_drawing_add(layout->out,
                      (behov_drawing_shape){.kind = BEHOV_SHAPE_TEXT,
                                            .role = "y-label",
                                            .x = layout->edge_left + size - 2,
                                            .y = (layout->top + layout->bottom) / 2,
                                            .size = size,
                                            .align = 0.5,
                                            .is_upright = true},
                      behov_wording_text(&layout->chart->y_label));
}

behov_status behov_chart_prepare(const behov_chart *chart, const behov_drawing_ruler *ruler, double left, double right,
                                 behov_chart_layout *layout, behov_error *err)
{
    *layout = (behov_chart_layout){.chart = chart, .ruler = ruler, .edge_left = left, .edge_right = right};
    if (!chart_find_ranges(layout))
        return behov_error_say(err, BEHOV_E_DATA, "", SAY_CHART_NOTHING_TO_DRAW);
    for (size_t i = 0; i < chart->n_rows; i++)
        layout->n_breaks += chart->rows[i].skipped.length != 0;
    if (chart->n_rows) {
        double previous_value = column_width(layout, previous_text, behov_wording_text(&chart->previous_text));
        double next_value = column_width(layout, next_text, ""); /* its heading has room above the plot */
        layout->names_wide = fmin(column_width(layout, name_text, "") + 0.01, 0.375 * (right - left));
        layout->before_right = left + previous_value;
        layout->right = right - (next_value > 0 ? next_value + gap : 6);
        layout->left = left + previous_value + (previous_value > 0 ? gap : 0) + layout->names_wide + gap;
    } else {
        chart_find_ticks(layout, 1, 200);
        layout->right = right - 6;
        layout->left = left + leading * label_size + chart_y_tick_width(layout) + CHART_TICK_LENGTH + 4;
    }
    layout->lacks = fmax(0, least_plot - (layout->right - layout->left));
    chart_find_ticks(layout, 0, layout->right - layout->left);
    double n_rows = (double)(chart->n_rows + layout->n_breaks), names_high = chart->n_rows ? row_height_of(layout) : 0;
    layout->above = head(layout, 0, false);
    layout->beneath = x_label(layout, CHART_TICK_LENGTH + leading * CHART_TICK_SIZE + 3, false) + gap;
    layout->plot = chart->n_rows ? n_rows * fmax(n_rows > 30 ? row_height : 15, names_high)
                                 : (chart->is_over_years ? 0.3
                                    : chart->n_bars      ? 0.52
                                                         : 0.78) *
                                       (right - left);
    layout->least = chart->n_rows ? n_rows * fmax(row_size + 0.5, names_high) : least_plot;
    layout->plot = fmax(layout->plot, layout->least);
    return BEHOV_OK;
}

void behov_chart_draw(behov_chart_layout *layout, double top, double plot, behov_drawing *out)
{
    const behov_chart *chart = layout->chart;
    layout->out = out;
    layout->top = top + layout->above;
    layout->bottom = layout->top + plot;
    layout->pitch = plot / fmax((double)(chart->n_rows + layout->n_breaks), 1);
    head(layout, top, true);
    chart_draw_x_axis(layout);
    if (chart->n_rows) {
        draw_rows(layout);
        draw_steps(layout);
    } else {
        chart_find_ticks(layout, 1, plot);
        chart_draw_y_axis(layout);
        draw_y_label(layout, plot);
    }
    chart_draw_bands(layout);
    draw_bars(layout);
    behov_drawing_add_line(out, "axis", layout->left, layout->top, layout->left, layout->bottom, BEHOV_INK_BLACK, 0.6);
    behov_drawing_add_line(out, "axis", layout->left, layout->bottom, layout->right, layout->bottom, BEHOV_INK_BLACK,
                           0.6);
    draw_lines(layout);
    draw_breaks(layout);
    draw_points(layout);
    x_label(layout, layout->bottom + CHART_TICK_LENGTH + leading * CHART_TICK_SIZE + 3, true);
}
