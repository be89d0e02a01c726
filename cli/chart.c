/* chart.c - from what a chart shows to lines, marks and letters with their places. */
#include "chart.h"

#include <behov/number.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Points of 1/72 inch. */
static const double margin = 10, title_size = 12, warning_size = 9.5, data_size = 8.5, label_size = 8.5, tick_size = 8,
                    row_size = 8, note_size = 7, row_height = 13, tick_length = 3.5, leading = 1.3, gap = 6;
static const double least_plot = 70;

unsigned chart_ink_colour(chart_ink ink)
{
    static const unsigned colours[] = {
        [INK_BLACK] = 0x000000, [INK_GREY] = 0x555555,       [INK_LIGHT] = 0xDDDDDD, [INK_WHITE] = 0xFFFFFF,
        [INK_BLUE] = 0x0072B2,  [INK_VERMILLION] = 0xD55E00, [INK_SKY] = 0x56B4E9,
    };
    return colours[ink];
}

void chart_free(chart *of)
{
    free(of->points);
    free(of->rows);
    free(of->bars);
    of->points = NULL, of->rows = NULL, of->bars = NULL;
}

/* ---- axes ----------------------------------------------------------------------------------------------------------
 */

static double scaled(long long n, int power)
{
    /* a power of ten is exact up to 22, so 3 / 10 is the double that 0.3 is */
    return power < 0 ? (double)n / pow(10, -power) : (double)n * pow(10, power);
}

double chart_tick(const chart_ticks *of, long long i) { return scaled(i * of->unit, of->power); }

chart_ticks chart_ticks_of(double low, double high, size_t most, bool is_whole)
{
    static const int units[] = {1, 2, 5};
    double span = high - low;
    int power = span > 0 ? (int)floor(log10(span / (double)most)) - 1 : 0;
    if (is_whole && power < 0)
        power = 0;
    for (;; power++) {
        for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
            double step = scaled(units[u], power);
            /* what rounding takes from an end is given back */
            double slack = 1e-9 * span / step;
            chart_ticks ticks = {(long long)ceil(low / step - slack), (long long)floor(high / step + slack), units[u],
                                 power};
            if (ticks.last - ticks.first < (long long)most)
                return ticks;
        }
    }
}

void chart_tick_text(const chart_ticks *of, long long i, language lang, char text[400])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_number_fixed(chart_tick(of, i), of->power < 0 ? -of->power : 0, label_decimal_mark(lang),
                       label_group_mark(lang), 4, number);
    bool is_negative = number[0] == '-';
    snprintf(text, 400, "%s%.390s", is_negative ? "−" : "", number + is_negative);
}

/* ---- shapes --------------------------------------------------------------------------------------------------------
 */

void drawing_free(drawing *of)
{
    for (size_t i = 0; i < of->n_shapes; i++)
        free(of->shapes[i].text);
    free(of->shapes);
    *of = (drawing){0};
}

static void add(drawing *to, chart_shape shape, const char *text)
{
    if (to->n_shapes == to->room) {
        size_t room = to->room ? 2 * to->room : 256;
        chart_shape *more = realloc(to->shapes, room * sizeof *more);
        to->is_out_of_memory = to->is_out_of_memory || !more;
        if (!more)
            return;
        to->shapes = more;
        to->room = room;
    }
    if (text && !(shape.text = strdup(text))) {
        to->is_out_of_memory = true;
        return;
    }
    to->shapes[to->n_shapes++] = shape;
}

static void add_line(drawing *to, const char *role, double x, double y, double to_x, double to_y, chart_ink ink,
                     double thickness)
{
    add(to,
        (chart_shape){.kind = SHAPE_LINE,
                      .role = role,
                      .x = x,
                      .y = y,
                      .to_x = to_x,
                      .to_y = to_y,
                      .ink = ink,
                      .thickness = thickness},
        NULL);
}

static void add_text(drawing *to, const char *role, double x, double y, double size, double align, chart_ink ink,
                     const char *text)
{
    if (text[0])
        add(to,
            (chart_shape){.kind = SHAPE_TEXT, .role = role, .x = x, .y = y, .size = size, .align = align, .ink = ink},
            text);
}

static void add_mark(drawing *to, const char *role, double x, double y, const chart_series *series, const char *name)
{
    add(to,
        (chart_shape){.kind = SHAPE_MARK,
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

/* ---- layout --------------------------------------------------------------------------------------------------------
 */

typedef struct layout {
    const chart *of;
    chart_measure *measure;
    void *context;
    drawing *to;
    double left, right, top, bottom; /* of the plot */
    double low[2], high[2];          /* figures at its edges, x and y */
    chart_ticks ticks[2];
    double pitch; /* from row to row */
    size_t n_breaks;
} layout;

static double width_of(const layout *at, const char *text, double size, bool is_bold)
{
    return text[0] ? at->measure(at->context, text, size, is_bold) : 0;
}

/* Words into lines no wider than `width`, the first baseline one size beneath y. Returns where the next text may begin.
 * Counts lines only when `draws` is false. */
static double wrap(const layout *at, const char *role, const char *text, double x, double y, double width, double size,
                   bool is_bold, chart_ink ink, double align, bool draws)
{
    char line[1000] = "";
    size_t length = 0;
    for (const char *word = text; *word;) {
        size_t n = strcspn(word, " ");
        char tried[1000];
        snprintf(tried, sizeof tried, "%s%s%.*s", line, length ? " " : "", (int)n, word);
        if (length && width_of(at, tried, size, is_bold) > width) {
            if (draws)
                add(at->to,
                    (chart_shape){.kind = SHAPE_TEXT,
                                  .role = role,
                                  .x = x,
                                  .y = y + size,
                                  .size = size,
                                  .align = align,
                                  .ink = ink,
                                  .is_bold = is_bold},
                    line);
            y += leading * size;
            snprintf(line, sizeof line, "%.*s", (int)n, word);
        } else {
            memcpy(line, tried, sizeof line);
        }
        length = strlen(line);
        word += n;
        word += *word == ' ';
    }
    if (!length)
        return y;
    if (draws)
        add(at->to,
            (chart_shape){.kind = SHAPE_TEXT,
                          .role = role,
                          .x = x,
                          .y = y + size,
                          .size = size,
                          .align = align,
                          .ink = ink,
                          .is_bold = is_bold},
            line);
    return y + leading * size;
}

static double x_of(const layout *at, double figure)
{
    return at->left + (figure - at->low[0]) / (at->high[0] - at->low[0]) * (at->right - at->left);
}

static double y_of(const layout *at, double figure)
{
    return at->bottom - (figure - at->low[1]) / (at->high[1] - at->low[1]) * (at->bottom - at->top);
}

static void include(double figure, double *low, double *high)
{
    if (isfinite(figure)) {
        *low = fmin(*low, figure);
        *high = fmax(*high, figure);
    }
}

/* Room beyond the outermost marks; nothing below zero is promised where nothing is below it. */
static void pad(double *low, double *high)
{
    double span = *high - *low, by = span > 0 ? 0.03 * span : fmax(1, 0.1 * fabs(*high));
    double padded = *low - by;
    *low = *low >= 0 && padded < 0 ? 0 : padded;
    *high += by;
}

static bool find_ranges(layout *at)
{
    const chart *of = at->of;
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i];
        include(one->x, &low[0], &high[0]);
        include(one->low, &low[0], &high[0]);
        include(one->high, &low[0], &high[0]);
        include(one->y, &low[1], &high[1]);
    }
    for (size_t i = 0; i < of->n_bars; i++) {
        include(of->bars[i].from, &low[0], &high[0]);
        include(of->bars[i].to, &low[0], &high[0]);
        include(of->bars[i].height, &low[1], &high[1]);
    }
    if (!(low[0] <= high[0]))
        return false;
    for (size_t i = 0; i < of->n_lines; i++)
        if (of->lines[i].kind == LINE_UPRIGHT)
            include(of->lines[i].at, &low[0], &high[0]);
    for (int axis = 0; axis < 2; axis++)
        pad(&low[axis], &high[axis]);
    if (of->n_bars)
        low[1] = 0;
    memcpy(at->low, low, sizeof low);
    memcpy(at->high, high, sizeof high);
    return true;
}

/* As many ticks as leave air between their words. */
static chart_ticks ticks_for(const layout *at, int axis, double length)
{
    bool is_whole = axis == 1 && at->of->bars_are_counts;
    for (size_t most = 12; most > 2; most--) {
        chart_ticks ticks = chart_ticks_of(at->low[axis], at->high[axis], most, is_whole);
        double step = (chart_tick(&ticks, 1) - chart_tick(&ticks, 0)) / (at->high[axis] - at->low[axis]) * length,
               widest = 0;
        for (long long i = ticks.first; i <= ticks.last; i++) {
            char text[400];
            chart_tick_text(&ticks, i, at->of->lang, text);
            widest = fmax(widest, width_of(at, text, tick_size, false));
        }
        if (step >= (axis == 0 ? fmax(widest + 12, 38) : 22))
            return ticks;
    }
    return chart_ticks_of(at->low[axis], at->high[axis], 2, is_whole);
}

/* ---- above the plot ------------------------------------------------------------------------------------------------
 */

/* An item of the legend; returns its width. */
static double legend_item(const layout *at, const chart_series *series, const chart_line *line, bool has_interval,
                          double x, double y, bool draws)
{
    const char *words = series ? series->words : line->words;
    double swatch = series && !has_interval ? 8 : 18;
    if (draws && line)
        add(at->to,
            (chart_shape){.kind = SHAPE_LINE,
                          .role = "legend",
                          .x = x,
                          .y = y - 3,
                          .to_x = x + swatch,
                          .to_y = y - 3,
                          .ink = INK_BLACK,
                          .thickness = 0.8,
                          .is_dashed = true},
            NULL);
    if (draws && series && has_interval)
        add_line(at->to, "legend", x, y - 3, x + swatch, y - 3, series->ink, 1.1);
    if (draws && series)
        add_mark(at->to, "legend", x + swatch / 2, y - 3, series, NULL);
    if (draws)
        add_text(at->to, "legend", x + swatch + 4, y, label_size, 0, INK_BLACK, words);
    return swatch + 4 + width_of(at, words, label_size, false);
}

static bool has_intervals(const chart *of, size_t series)
{
    for (size_t i = 0; i < of->n_points; i++)
        if (of->points[i].series == series && isfinite(of->points[i].low) && isfinite(of->points[i].high))
            return true;
    return false;
}

static double legend(const layout *at, double y, double width, bool draws)
{
    const chart *of = at->of;
    double x = margin, line = y + label_size;
    bool is_any = false;
    for (size_t i = 0; i < of->n_series + of->n_lines; i++) {
        bool is_series = i < of->n_series;
        const chart_series *series = is_series ? &of->series[i] : NULL;
        const chart_line *reference = is_series ? NULL : &of->lines[i - of->n_series];
        if (!(is_series ? series->words : reference->words)[0])
            continue;
        bool with = is_series && has_intervals(of, i);
        double wide = legend_item(at, series, reference, with, 0, 0, false);
        if (x > margin && x + wide > margin + width) {
            x = margin;
            line += 1.5 * label_size;
        }
        legend_item(at, series, reference, with, x, line, draws);
        x += wide + 16;
        is_any = true;
    }
    return is_any ? line + 0.6 * label_size : y;
}

/* ---- the plot ------------------------------------------------------------------------------------------------------
 */

static double row_y(const layout *at, size_t row)
{
    size_t n_breaks = 0;
    for (size_t i = 0; i <= row; i++)
        n_breaks += at->of->rows[i].skipped[0] != 0;
    return at->top + ((double)(row + n_breaks) + 0.5) * at->pitch;
}

static void draw_x_axis(const layout *at)
{
    for (long long i = at->ticks[0].first; i <= at->ticks[0].last; i++) {
        double x = x_of(at, chart_tick(&at->ticks[0], i));
        char text[400];
        chart_tick_text(&at->ticks[0], i, at->of->lang, text);
        add_line(at->to, "grid", x, at->top, x, at->bottom, INK_LIGHT, 0.5);
        add_line(at->to, "tick", x, at->bottom, x, at->bottom + tick_length, INK_BLACK, 0.6);
        add_text(at->to, "x-tick", x, at->bottom + tick_length + tick_size + 1, tick_size, 0.5, INK_BLACK, text);
    }
}

static void draw_y_axis(const layout *at)
{
    for (long long i = at->ticks[1].first; i <= at->ticks[1].last; i++) {
        double y = y_of(at, chart_tick(&at->ticks[1], i));
        char text[400];
        chart_tick_text(&at->ticks[1], i, at->of->lang, text);
        add_line(at->to, "grid", at->left, y, at->right, y, INK_LIGHT, 0.5);
        add_line(at->to, "tick", at->left - tick_length, y, at->left, y, INK_BLACK, 0.6);
        add_text(at->to, "y-tick", at->left - tick_length - 2, y + 0.36 * tick_size, tick_size, 1, INK_BLACK, text);
    }
}

/* What the row with the most lines needs; 0 when all have one. */
static double row_height_of(const layout *at, double names_wide)
{
    double highest = 0;
    for (size_t i = 0; i < at->of->n_rows; i++)
        highest = fmax(highest, wrap(at, "", at->of->rows[i].name, 0, 0, names_wide, row_size,
                                     at->of->rows[i].is_strong, INK_BLACK, 1, false));
    return highest > 1.5 * leading * row_size ? highest + 2 : 0;
}

static void draw_rows(const layout *at, double before_right, double name_right, double names_wide)
{
    const chart *of = at->of;
    if (of->before[0])
        add_text(at->to, "heading", before_right, at->top - 4, row_size, 1, INK_GREY, of->before);
    if (of->after[0])
        add_text(at->to, "heading", of->width - margin, at->top - 4, row_size, 1, INK_GREY, of->after);
    for (size_t i = 0; i < of->n_rows; i++) {
        const chart_row *one = &of->rows[i];
        double y = row_y(at, i), base = y + 0.36 * row_size;
        add_line(at->to, "grid", at->left, y, at->right, y, INK_LIGHT, 0.4);
        if (one->before[0])
            add_text(at->to, "row", before_right, base, row_size, 1, INK_GREY, one->before);
        double high = wrap(at, "", one->name, 0, 0, names_wide, row_size, one->is_strong, INK_BLACK, 1, false);
        wrap(at, "row", one->name, name_right, base - row_size - (high / row_size - leading) / 2 * row_size, names_wide,
             row_size, one->is_strong, INK_BLACK, 1, true);
        add_text(at->to, "row", of->width - margin, base, row_size, 1, INK_GREY, one->after);
    }
}

static void draw_bars(const layout *at)
{
    for (size_t i = 0; i < at->of->n_bars; i++) {
        const chart_bar *one = &at->of->bars[i];
        if (one->height > 0)
            add(at->to,
                (chart_shape){.kind = SHAPE_BOX,
                              .role = "bar",
                              .x = x_of(at, one->from),
                              .y = y_of(at, one->height),
                              .to_x = x_of(at, one->to),
                              .to_y = at->bottom,
                              .ink = INK_SKY,
                              .thickness = 0.8},
                NULL);
    }
}

static void draw_lines(const layout *at)
{
    for (size_t i = 0; i < at->of->n_lines; i++) {
        const chart_line *one = &at->of->lines[i];
        bool is_upright = one->kind == LINE_UPRIGHT;
        double low = fmax(at->low[0], at->low[1]), high = fmin(at->high[0], at->high[1]);
        add(at->to,
            (chart_shape){.kind = SHAPE_LINE,
                          .role = "reference",
                          .x = x_of(at, is_upright ? one->at : low),
                          .y = is_upright ? at->top : y_of(at, low),
                          .to_x = x_of(at, is_upright ? one->at : high),
                          .to_y = is_upright ? at->bottom : y_of(at, high),
                          .ink = INK_BLACK,
                          .thickness = 0.8,
                          .is_dashed = true},
            NULL);
    }
}

/* A gap in the rows: nothing crosses it, and the axis is cut by two strokes. */
static void draw_breaks(const layout *at)
{
    for (size_t i = 0; i < at->of->n_rows; i++) {
        if (!at->of->rows[i].skipped[0])
            continue;
        double middle = row_y(at, i) - at->pitch;
        add(at->to,
            (chart_shape){.kind = SHAPE_BOX,
                          .role = "break",
                          .x = at->left - 1,
                          .y = middle - 0.35 * at->pitch,
                          .to_x = at->right + 1,
                          .to_y = middle + 0.35 * at->pitch,
                          .ink = INK_WHITE},
            NULL);
        add_text(at->to, "break", (at->left + at->right) / 2, middle + 0.36 * row_size, row_size, 0.5, INK_GREY,
                 at->of->rows[i].skipped);
        for (int side = 0; side < 2; side++)
            add_line(at->to, "break", at->left - 4, middle + (side ? 4.5 : 0.5), at->left + 4,
                     middle + (side ? -0.5 : -4.5), INK_BLACK, 0.7);
    }
}

static double point_y(const layout *at, const chart_point *one)
{
    return at->of->n_rows ? row_y(at, (size_t)one->y) + at->of->series[one->series].shift * at->pitch
                          : y_of(at, one->y);
}

typedef struct box {
    double left, top, right, bottom;
} box;

static double overlap(const box *a, const box *b)
{
    double x = fmin(a->right, b->right) - fmax(a->left, b->left), y = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return x > 0 && y > 0 ? x * y : 0;
}

/* A name beside each mark of a series that is named: where it hides the least of other names and such marks. */
static void draw_names(const layout *at)
{
    const chart *of = at->of;
    box *taken = calloc(2 * of->n_points + 1, sizeof *taken);
    size_t n = 0;
    if (!taken) {
        at->to->is_out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i];
        double x = x_of(at, one->x), y = point_y(at, one), r = of->series[one->series].radius;
        if (of->series[one->series].is_named)
            taken[n++] = (box){x - r, y - r, x + r, y + r};
    }
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i];
        const chart_series *series = &of->series[one->series];
        if (!series->is_named)
            continue;
        double x = x_of(at, one->x), y = point_y(at, one), wide = width_of(at, one->name, label_size, false),
               best = INFINITY;
        box chosen = {0};
        for (int tried = 0; tried < 16; tried++) {
            static const double across[] = {0, 1, 0.5, 0.5, 0, 1, 0, 1}, down[] = {0, 0, -1, 1, -0.7, -0.7, 0.7, 0.7};
            double far = series->radius + (tried < 8 ? 2 : 12), align = across[tried % 8], below = down[tried % 8];
            double left = align == 0   ? x + far
                          : align == 1 ? x - far - wide
                                       : x - wide / 2,
                   middle = y + below * (far + label_size / 2);
            box try = {left, middle - label_size / 2, left + wide, middle + label_size / 2};
            double cost = tried * 0.01;
            for (size_t j = 0; j < n; j++)
                cost += overlap(&try, &taken[j]);
            cost += 1e3 * (fmax(0, at->left - try.left) + fmax(0, try.right - at->right) + fmax(0, at->top - try.top) +
                           fmax(0, try.bottom - at->bottom));
            if (cost < best) {
                best = cost;
                chosen = try;
            }
        }
        taken[n++] = chosen;
        add(at->to,
            (chart_shape){.kind = SHAPE_TEXT,
                          .role = "name",
                          .x = chosen.left,
                          .y = chosen.bottom - 0.14 * label_size,
                          .size = label_size,
                          .is_haloed = true},
            one->name);
    }
    free(taken);
}

static void draw_points(const layout *at)
{
    static const char *const roles[CHART_SERIES] = {"point-1", "point-2", "point-3"}, *const intervals[CHART_SERIES] = {
                                                                                          "interval-1", "interval-2",
                                                                                          "interval-3"};
    const chart *of = at->of;
    for (size_t s = 0; s < of->n_series; s++) /* later series lie above */
        for (size_t i = 0; i < of->n_points; i++) {
            const chart_point *one = &of->points[i];
            if (one->series != s)
                continue;
            double y = point_y(at, one);
            if (isfinite(one->low) && isfinite(one->high))
                add_line(at->to, intervals[s], x_of(at, one->low), y, x_of(at, one->high), y, of->series[s].ink, 1.1);
            add_mark(at->to, roles[s], x_of(at, one->x), y, &of->series[s], one->name);
        }
    draw_names(at);
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

static double notes(const layout *at, double y, bool draws)
{
    for (size_t i = 0; i < CHART_NOTES; i++)
        y = wrap(at, "note", at->of->notes[i], margin, y, at->of->width - 2 * margin, note_size, false, INK_GREY, 0,
                 draws);
    return y;
}

static double head(const layout *at, bool draws)
{
    double width = at->of->width - 2 * margin, y = margin - 2;
    y = wrap(at, "title", at->of->title, margin, y, width, title_size, true, INK_BLACK, 0, draws);
    y = wrap(at, "warning", at->of->warning, margin, y, width, warning_size, true, INK_VERMILLION, 0, draws);
    y = wrap(at, "data", at->of->data, margin, y, width, data_size, false, INK_GREY, 0, draws);
    return legend(at, y + 4, width, draws) + gap;
}

static behov_status no_room(const char *option, double needed, behov_error *err)
{
    return behov_error_set(err, BEHOV_E_ARGUMENT, option, "the chart has no room; it needs at least %.0f mm",
                           ceil(needed / 72 * 25.4));
}

/* The widest text of a column of the rows. */
static double column_width(const layout *at, size_t offset, const char *heading)
{
    double widest = width_of(at, heading, row_size, false);
    for (size_t i = 0; i < at->of->n_rows; i++)
        widest =
            fmax(widest, width_of(at, (const char *)&at->of->rows[i] + offset, row_size, at->of->rows[i].is_strong));
    return widest;
}

static double y_tick_width(layout *at)
{
    double widest = 0;
    for (long long i = at->ticks[1].first; i <= at->ticks[1].last; i++) {
        char text[400];
        chart_tick_text(&at->ticks[1], i, at->of->lang, text);
        widest = fmax(widest, width_of(at, text, tick_size, false));
    }
    return widest;
}

behov_status chart_lay_out(const chart *of, chart_measure *measure, void *context, drawing *out, behov_error *err)
{
    *out = (drawing){.width = of->width};
    layout at = {.of = of, .measure = measure, .context = context, .to = out};
    if (!find_ranges(&at))
        return behov_error_set(err, BEHOV_E_DATA, "", "there is nothing to draw");
    for (size_t i = 0; i < of->n_rows; i++)
        at.n_breaks += of->rows[i].skipped[0] != 0;

    /* Across: what stands left and right of the plot. */
    double before = 0, names_wide = 0, y_label = leading * label_size;
    at.right = of->width - margin - 6;
    if (of->n_rows) {
        before = column_width(&at, offsetof(chart_row, before), of->before);
        names_wide = fmin(column_width(&at, offsetof(chart_row, name), "") + 0.01, 0.36 * of->width);
        double after = column_width(&at, offsetof(chart_row, after), of->after);
        at.right = of->width - margin - (after > 0 ? after + gap : 6);
        at.left = margin + before + (before > 0 ? gap : 0) + names_wide + gap;
    } else {
        at.ticks[1] = ticks_for(&at, 1, 200);
        at.left = margin + y_label + y_tick_width(&at) + tick_length + 4;
    }
    if (at.right - at.left < least_plot)
        return no_room("--width", of->width + least_plot - (at.right - at.left), err);

    /* Down: head, plot, axis, notes. */
    at.ticks[0] = ticks_for(&at, 0, at.right - at.left);
    double head_end = head(&at, false) + (of->before[0] || of->after[0] ? row_size + 2 : 0);
    double axis = tick_length + leading * tick_size + 3;
    double label_left = of->n_rows ? margin : at.left, label_right = of->n_rows ? of->width - margin : at.right;
    axis =
        wrap(&at, "", of->x_label, 0, axis, label_right - label_left, label_size, false, INK_BLACK, 0.5, false) + gap;
    double foot = notes(&at, 0, false) + margin - 4, n_rows = (double)(of->n_rows + at.n_breaks);
    double plot = of->n_rows ? n_rows * fmax(n_rows > 30 ? row_height : 15, row_height_of(&at, names_wide))
                             : (of->n_bars ? 0.5 : 0.75) * of->width;
    if (of->height > 0) {
        double least = of->n_rows ? n_rows * fmax(row_size + 0.5, row_height_of(&at, names_wide)) : least_plot;
        plot = of->height - head_end - axis - foot;
        if (plot < least)
            return no_room("--height", of->height + least - plot, err);
    }
    at.top = head_end;
    at.bottom = at.top + plot;
    at.pitch = plot / fmax(n_rows, 1);
    out->height = of->height > 0 ? of->height : at.bottom + axis + foot;

    head(&at, true);
    draw_x_axis(&at);
    if (of->n_rows) {
        draw_rows(&at, margin + before, at.left - gap, names_wide);
    } else {
        at.ticks[1] = ticks_for(&at, 1, plot);
        draw_y_axis(&at);
        double size = label_size;
        if (width_of(&at, of->y_label, size, false) > plot) /* one line: smaller letters before cut ones */
            size *= plot / width_of(&at, of->y_label, size, false);
        add(out,
            (chart_shape){.kind = SHAPE_TEXT,
                          .role = "y-label",
                          .x = margin + size - 2,
                          .y = (at.top + at.bottom) / 2,
                          .size = size,
                          .align = 0.5,
                          .is_upright = true},
            of->y_label);
    }
    draw_bars(&at);
    add_line(out, "axis", at.left, at.top, at.left, at.bottom, INK_BLACK, 0.6);
    add_line(out, "axis", at.left, at.bottom, at.right, at.bottom, INK_BLACK, 0.6);
    draw_lines(&at);
    draw_breaks(&at);
    draw_points(&at);
    /* Under the plot's middle as long as it stays on the paper. */
    double label_wide = fmin(width_of(&at, of->x_label, label_size, false), label_right - label_left);
    double label_middle =
        fmax(fmin((at.left + at.right) / 2, label_right - label_wide / 2), label_left + label_wide / 2);
    wrap(&at, "x-label", of->x_label, label_middle, at.bottom + tick_length + leading * tick_size + 3,
         label_right - label_left, label_size, false, INK_BLACK, 0.5, true);
    notes(&at, at.bottom + axis, true);
    if (out->is_out_of_memory)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the chart");
    return BEHOV_OK;
}
