/* chart.c - from what a chart shows to lines, marks and letters with their places. */
#include "chart.h"

#include <behov/number.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Points of 1/72 inch. */
static const double heading_size = 9.5, label_size = 8.5, tick_size = 8, row_size = 8, row_height = 13,
                    tick_length = 3.5, leading = 1.3, gap = 6, step_height = 0.62, most_shift = 8;
static const double least_plot = 70;

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
    double span = fmin(high - low, DBL_MAX), largest = fmax(fabs(low), fabs(high));
    int power = span > 0 ? (int)floor(log10(span / (double)most)) - 1 : 0;
    if (is_whole && power < 0)
        power = 0;
    for (;; power++) {
        for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
            double step = scaled(units[u], power);
            if (largest / step > 1e15) /* figures that agree in so many digits have one tick, and it is counted */
                continue;
            /* what rounding takes from an end is given back */
            double slack = 1e-9 * span / step;
            chart_ticks ticks = {(long long)ceil(low / step - slack), (long long)floor(high / step + slack), units[u],
                                 power};
            if (ticks.last - ticks.first < (long long)most)
                return ticks;
        }
    }
}

void chart_tick_text(const chart_ticks *of, long long i, behov_language lang, char text[400])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_number_fixed(chart_tick(of, i), of->power < 0 ? -of->power : 0, label_decimal_mark(lang),
                       label_group_mark(lang), 4, number);
    bool is_negative = number[0] == '-';
    snprintf(text, 400, "%s%.390s", is_negative ? "−" : "", number + is_negative);
}

/* ---- layout --------------------------------------------------------------------------------------------------------
 */

static void add_mark(drawing *to, const char *role, double x, double y, const chart_series *series, const char *name)
{
    drawing_add(to,
        (drawing_shape){.kind = SHAPE_MARK,
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

static double width_of(const chart_layout *at, const char *text, double size, bool is_bold)
{
    return drawing_width_of(at->ruler, text, size, is_bold);
}

static double x_of(const chart_layout *at, double figure)
{
    return at->left + (figure - at->low[0]) / (at->high[0] - at->low[0]) * (at->right - at->left);
}

static double y_of(const chart_layout *at, double figure)
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

static bool find_ranges(chart_layout *at)
{
    const chart *of = at->of;
    int measured = of->is_over_years ? 1 : 0; /* the axis of intervals */
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i];
        include(one->x, &low[0], &high[0]);
        include(one->low, &low[measured], &high[measured]);
        include(one->high, &low[measured], &high[measured]);
        include(one->y, &low[1], &high[1]);
    }
    for (size_t i = 0; i < of->n_bars; i++) {
        include(of->bars[i].from, &low[0], &high[0]);
        include(of->bars[i].to, &low[0], &high[0]);
        include(of->bars[i].height, &low[1], &high[1]);
    }
    for (size_t i = 0; i < of->n_rows; i++) {
        bool is_empty = of->rows[i].from == of->rows[i].to && !of->rows[i].leads_to_next;
        include(is_empty ? NAN : of->rows[i].from, &low[0], &high[0]);
        include(is_empty ? NAN : of->rows[i].to, &low[0], &high[0]);
    }
    if (!(low[0] <= high[0]))
        return false;
    for (size_t i = 0; i < of->n_lines; i++) {
        int axis = of->lines[i].kind == LINE_LEVEL ? 1 : 0;
        if (of->lines[i].kind != LINE_DIAGONAL)
            include(of->lines[i].at, &low[axis], &high[axis]);
    }
    for (int axis = 0; axis < 2; axis++)
        pad(&low[axis], &high[axis]);
    if (of->n_bars)
        low[1] = 0;
    if (of->is_over_years) {
        low[0] = INFINITY, high[0] = -INFINITY;
        for (size_t i = 0; i < of->n_points; i++)
            include(of->points[i].x, &low[0], &high[0]);
        low[0] -= 0.5, high[0] += 0.5;
    }
    memcpy(at->low, low, sizeof low);
    memcpy(at->high, high, sizeof high);
    return true;
}

/* A year has no thousands mark; 0 stands for a panel without years. */
static void tick_text(const chart_layout *at, int axis, long long i, char text[400])
{
    const chart_ticks *ticks = &at->ticks[axis];
    if (axis == 0 && at->of->is_over_years)
        snprintf(text, 400, "%.0f", chart_tick(ticks, i));
    else
        chart_tick_text(ticks, i, at->of->lang, text);
    if (axis == 0 && at->of->is_over_years && chart_tick(ticks, i) == 0)
        text[0] = '\0';
}

/* At most so many ticks; returns how far the words of two of them are from touching. */
static double try_ticks(chart_layout *at, int axis, double length, size_t most)
{
    chart_ticks *ticks = &at->ticks[axis];
    bool is_whole = axis == 0 ? at->of->is_over_years : at->of->bars_are_counts;
    *ticks = chart_ticks_of(at->low[axis], at->high[axis], most, is_whole);
    double step = (chart_tick(ticks, 1) - chart_tick(ticks, 0)) / (at->high[axis] - at->low[axis]) * length, widest = 0;
    for (long long i = ticks->first; i <= ticks->last; i++) {
        char text[400];
        tick_text(at, axis, i, text);
        widest = fmax(widest, width_of(at, text, tick_size, false));
    }
    return axis == 0 ? step - widest : step - tick_size;
}

/* As many ticks as leave air between their words; rather two with little air than one, for one shows no scale. */
static void find_ticks(chart_layout *at, int axis, double length)
{
    bool is_years = axis == 0 && at->of->is_over_years;
    const chart_ticks *ticks = &at->ticks[axis];
    double air = axis == 1 ? 14 : is_years ? 6 : 14;
    for (size_t most = is_years ? 40 : 12; most > 1; most--)
        if (try_ticks(at, axis, length, most) >= air && ticks->last > ticks->first)
            return;
    for (size_t most = 6; most > 1; most--)
        if (try_ticks(at, axis, length, most) >= 3)
            return;
}

/* ---- above the plot ------------------------------------------------------------------------------------------------
 */

/* An item of the legend, its first baseline at y; returns its width, and how many lines it has more than one. */
static double legend_item(const chart_layout *at, const chart_series *series, const chart_line *line, bool has_line,
                          double x, double y, double room, bool draws, size_t *n_more)
{
    const char *words = series ? series->words : line->words;
    double swatch = series && !has_line ? 8 : 18;
    drawing_words how = {.role = "legend", .x = x + swatch + 4, .width = room - swatch - 4, .size = label_size};
    double end = drawing_wrap(draws ? at->to : NULL, at->ruler, &how, words, y - label_size);
    *n_more = (size_t)((end - y + label_size) / (leading * label_size) + 0.5) - 1;
    if (draws && line)
        drawing_add(at->to,
                    (drawing_shape){.kind = SHAPE_LINE,
                                    .role = "legend",
                                    .x = x,
                                    .y = y - 3,
                                    .to_x = x + swatch,
                                    .to_y = y - 3,
                                    .ink = INK_BLACK,
                                    .thickness = 0.8,
                                    .is_dashed = !line->is_dotted,
                                    .is_dotted = line->is_dotted},
                    NULL);
    if (draws && series && has_line)
        drawing_add_line(at->to, "legend", x, y - 3, x + swatch, y - 3, series->ink, 1.1);
    if (draws && series)
        add_mark(at->to, "legend", x + swatch / 2, y - 3, series, NULL);
    return swatch + 4 + fmin(width_of(at, words, label_size, false), room - swatch - 4);
}

static bool has_intervals(const chart *of, size_t series)
{
    for (size_t i = 0; i < of->n_points; i++)
        if (of->points[i].series == series && isfinite(of->points[i].low) && isfinite(of->points[i].high))
            return true;
    return false;
}

static double legend(const chart_layout *at, double y, bool draws)
{
    const chart *of = at->of;
    double x = at->edge_left, room = at->edge_right - at->edge_left, line = y + label_size;
    bool is_any = false;
    for (size_t i = 0; i < of->n_series + of->n_lines; i++) {
        bool is_series = i < of->n_series;
        const chart_series *series = is_series ? &of->series[i] : NULL;
        const chart_line *reference = is_series ? NULL : &of->lines[i - of->n_series];
        size_t n_more;
        if (!(is_series ? series->words : reference->words)[0])
            continue;
        bool with = is_series && (series->is_joined || has_intervals(of, i));
        double wide = legend_item(at, series, reference, with, 0, 0, room, false, &n_more);
        if (x > at->edge_left && x + wide > at->edge_right) {
            x = at->edge_left;
            line += 1.5 * label_size;
        }
        legend_item(at, series, reference, with, x, line, room, draws, &n_more);
        line += (double)n_more * leading * label_size;
        x += n_more ? room : wide + 16;
        is_any = true;
    }
    return is_any ? line + 0.6 * label_size : y;
}

/* ---- the plot ------------------------------------------------------------------------------------------------------
 */

static double row_y(const chart_layout *at, size_t row)
{
    size_t n_breaks = 0;
    for (size_t i = 0; i <= row; i++)
        n_breaks += at->of->rows[i].skipped[0] != 0;
    return at->top + ((double)(row + n_breaks) + 0.5) * at->pitch;
}

static void draw_x_axis(const chart_layout *at)
{
    for (long long i = at->ticks[0].first; i <= at->ticks[0].last; i++) {
        double x = x_of(at, chart_tick(&at->ticks[0], i));
        char text[400];
        tick_text(at, 0, i, text);
        if (!at->of->is_over_years)
            drawing_add_line(at->to, "grid", x, at->top, x, at->bottom, INK_LIGHT, 0.5);
        drawing_add_line(at->to, "tick", x, at->bottom, x, at->bottom + tick_length, INK_BLACK, 0.6);
        drawing_add_text(at->to, "x-tick", x, at->bottom + tick_length + tick_size + 1, tick_size, 0.5, INK_BLACK, text);
    }
}

static void draw_y_axis(const chart_layout *at)
{
    for (long long i = at->ticks[1].first; i <= at->ticks[1].last; i++) {
        double y = y_of(at, chart_tick(&at->ticks[1], i));
        char text[400];
        tick_text(at, 1, i, text);
        drawing_add_line(at->to, "grid", at->left, y, at->right, y, INK_LIGHT, 0.5);
        drawing_add_line(at->to, "tick", at->left - tick_length, y, at->left, y, INK_BLACK, 0.6);
        drawing_add_text(at->to, "y-tick", at->left - tick_length - 2, y + 0.36 * tick_size, tick_size, 1, INK_BLACK, text);
    }
}

static drawing_words row_words(const chart_layout *at, const chart_row *one)
{
    return (drawing_words){.role = "row",
                           .x = at->left - gap,
                           .width = at->names_wide,
                           .size = row_size,
                           .align = 1,
                           .is_bold = one->is_strong};
}

/* What the row with the most lines needs; 0 when all have one. */
static double row_height_of(const chart_layout *at)
{
    double highest = 0;
    for (size_t i = 0; i < at->of->n_rows; i++) {
        drawing_words how = row_words(at, &at->of->rows[i]);
        highest = fmax(highest, drawing_wrap(NULL, at->ruler, &how, at->of->rows[i].name, 0));
    }
    return highest > 1.5 * leading * row_size ? highest + 2 : 0;
}

static void add_row_text(const chart_layout *at, const chart_row *one, double x, double base, drawing_ink ink,
                         const char *text)
{
    if (text[0])
        drawing_add(at->to,
                    (drawing_shape){.kind = SHAPE_TEXT,
                                    .role = "row",
                                    .x = x,
                                    .y = base,
                                    .size = row_size,
                                    .align = 1,
                                    .ink = ink,
                                    .is_bold = one->is_strong && ink == INK_BLACK},
                    text);
}

static bool has_steps(const chart *of)
{
    for (size_t i = 0; i < of->n_rows; i++)
        if (of->rows[i].leads_to_next)
            return true;
    return false;
}

static void draw_rows(const chart_layout *at)
{
    const chart *of = at->of;
    drawing_ink ink = has_steps(of) ? INK_BLACK : INK_GREY; /* of a step the figure is what it is about */
    drawing_add_text(at->to, "heading", at->before_right, at->top - 4, row_size, 1, INK_GREY, of->before);
    drawing_add_text(at->to, "heading", at->edge_right, at->top - 4, row_size, 1, INK_GREY, of->after);
    for (size_t i = 0; i < of->n_rows; i++) {
        const chart_row *one = &of->rows[i];
        double y = row_y(at, i), base = y + 0.36 * row_size;
        drawing_words how = row_words(at, one);
        drawing_add_line(at->to, "grid", at->left, y, at->right, y, INK_LIGHT, 0.4);
        add_row_text(at, one, at->before_right, base, INK_GREY, one->before);
        double high = drawing_wrap(NULL, at->ruler, &how, one->name, 0);
        drawing_wrap(at->to, at->ruler, &how, one->name, base - row_size - (high - leading * row_size) / 2);
        add_row_text(at, one, at->edge_right, base, ink, one->after);
    }
}

/* Bars of rows, each with the line from its end to the next row. */
static void draw_steps(const chart_layout *at)
{
    static const char *const roles[CHART_SERIES] = {"step-1", "step-2", "step-3", "step-4"};
    for (size_t i = 0; i < at->of->n_rows; i++) {
        const chart_row *one = &at->of->rows[i];
        double y = row_y(at, i), from = x_of(at, one->from), to = x_of(at, one->to);
        if (one->from != one->to)
            drawing_add(at->to,
                        (drawing_shape){.kind = SHAPE_BOX,
                                        .role = roles[one->series],
                                        .x = fmin(from, to),
                                        .y = y - step_height / 2 * at->pitch,
                                        .to_x = fmax(from, to),
                                        .to_y = y + step_height / 2 * at->pitch,
                                        .ink = at->of->series[one->series].ink},
                        NULL);
    }
    for (size_t i = 0; i + 1 < at->of->n_rows; i++) {
        const chart_row *one = &at->of->rows[i], *next = one + 1;
        double half = step_height / 2 * at->pitch, x = x_of(at, one->to);
        if (one->leads_to_next)
            drawing_add_line(at->to, "lead", x, row_y(at, i) - (one->from != one->to ? half : 0), x,
                             row_y(at, i + 1) + (next->from != next->to ? half : 0), INK_BLACK, 0.6);
    }
}

static void draw_bars(const chart_layout *at)
{
    for (size_t i = 0; i < at->of->n_bars; i++) {
        const chart_bar *one = &at->of->bars[i];
        if (one->height > 0)
            drawing_add(at->to,
                (drawing_shape){.kind = SHAPE_BOX,
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

static void draw_lines(const chart_layout *at)
{
    double low = fmax(at->low[0], at->low[1]), high = fmin(at->high[0], at->high[1]);
    for (size_t i = 0; i < at->of->n_lines; i++) {
        const chart_line *one = &at->of->lines[i];
        bool is_upright = one->kind == LINE_UPRIGHT, is_level = one->kind == LINE_LEVEL;
        drawing_add(at->to,
                    (drawing_shape){.kind = SHAPE_LINE,
                                    .role = "reference",
                                    .x = is_level ? at->left : x_of(at, is_upright ? one->at : low),
                                    .y = is_upright ? at->top : y_of(at, is_level ? one->at : low),
                                    .to_x = is_level ? at->right : x_of(at, is_upright ? one->at : high),
                                    .to_y = is_upright ? at->bottom : y_of(at, is_level ? one->at : high),
                                    .ink = INK_BLACK,
                                    .thickness = 0.8,
                                    .is_dashed = !one->is_dotted,
                                    .is_dotted = one->is_dotted},
                    NULL);
    }
}

/* A gap in the rows: nothing crosses it, and the axis is cut by two strokes. */
static void draw_breaks(const chart_layout *at)
{
    for (size_t i = 0; i < at->of->n_rows; i++) {
        if (!at->of->rows[i].skipped[0])
            continue;
        double middle = row_y(at, i) - at->pitch;
        drawing_add(at->to,
            (drawing_shape){.kind = SHAPE_BOX,
                          .role = "break",
                          .x = at->left - 1,
                          .y = middle - 0.35 * at->pitch,
                          .to_x = at->right + 1,
                          .to_y = middle + 0.35 * at->pitch,
                          .ink = INK_WHITE},
            NULL);
        drawing_add_text(at->to, "break", (at->left + at->right) / 2, middle + 0.36 * row_size, row_size, 0.5, INK_GREY,
                 at->of->rows[i].skipped);
        for (int side = 0; side < 2; side++)
            drawing_add_line(at->to, "break", at->left - 4, middle + (side ? 4.5 : 0.5), at->left + 4,
                     middle + (side ? -0.5 : -4.5), INK_BLACK, 0.7);
    }
}

static double point_x(const chart_layout *at, const chart_point *one)
{
    double shift = at->of->is_over_years ? at->of->series[one->series].shift : 0;
    double by = shift / (at->high[0] - at->low[0]) * (at->right - at->left);
    return x_of(at, one->x) + fmax(fmin(by, most_shift), -most_shift);
}

static double point_y(const chart_layout *at, const chart_point *one)
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

/* The point of a series before the i-th, when a line leads from it; else NULL. */
static const chart_point *point_before(const chart *of, size_t i)
{
    const chart_point *one = &of->points[i];
    size_t at = i;
    if (!of->series[one->series].is_joined || one->is_apart)
        return NULL;
    while (at > 0 && of->points[at - 1].series != one->series)
        at--;
    return at ? &of->points[at - 1] : NULL;
}

enum { LINE_PIECES = 12 };

/* What names must not hide: marks, over years also intervals and lines, these in pieces. Returns how many boxes. */
static size_t find_taken(const chart_layout *at, box *taken)
{
    const chart *of = at->of;
    size_t n = 0;
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i], *before = point_before(of, i);
        double x = point_x(at, one), y = point_y(at, one), r = of->series[one->series].radius;
        if (of->series[one->series].is_named || of->is_over_years)
            taken[n++] = (box){x - r, y - r, x + r, y + r};
        if (of->is_over_years && isfinite(one->low) && isfinite(one->high))
            taken[n++] = (box){x - 2, y_of(at, one->high), x + 2, y_of(at, one->low)};
        for (int piece = 0; piece < LINE_PIECES && before; piece++) {
            double share = (piece + 0.5) / LINE_PIECES, across = x + share * (point_x(at, before) - x),
                   down = y + share * (point_y(at, before) - y);
            taken[n++] = (box){across - 3, down - 3, across + 3, down + 3};
        }
    }
    return n;
}

/* A name beside each mark of a series that is named: where it hides the least. */
static void draw_names(const chart_layout *at)
{
    const chart *of = at->of;
    box *taken = calloc((3 + LINE_PIECES) * of->n_points + 1, sizeof *taken);
    if (!taken) {
        at->to->is_out_of_memory = true;
        return;
    }
    size_t n = find_taken(at, taken);
    for (size_t i = 0; i < of->n_points; i++) {
        const chart_point *one = &of->points[i];
        const chart_series *series = &of->series[one->series];
        if (!series->is_named)
            continue;
        double x = point_x(at, one), y = point_y(at, one), wide = width_of(at, one->name, label_size, false),
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
        drawing_add(at->to,
            (drawing_shape){.kind = SHAPE_TEXT,
                          .role = "name",
                          .x = chosen.left,
                          .y = chosen.bottom - 0.14 * label_size,
                          .size = label_size,
                          .is_haloed = true},
            one->name);
    }
    free(taken);
}

static void draw_points(const chart_layout *at)
{
    static const char *const roles[CHART_SERIES] = {"point-1", "point-2", "point-3", "point-4"};
    static const char *const intervals[CHART_SERIES] = {"interval-1", "interval-2", "interval-3", "interval-4"};
    static const char *const paths[CHART_SERIES] = {"path-1", "path-2", "path-3", "path-4"};
    const chart *of = at->of;
    for (size_t s = 0; s < of->n_series; s++) { /* later series lie above */
        for (size_t i = 0; i < of->n_points; i++) {
            const chart_point *one = &of->points[i], *before = one->series == s ? point_before(of, i) : NULL;
            if (before)
                drawing_add_line(at->to, paths[s], point_x(at, before), point_y(at, before), point_x(at, one),
                                 point_y(at, one), of->series[s].ink, 0.8);
        }
        for (size_t i = 0; i < of->n_points; i++) {
            const chart_point *one = &of->points[i];
            if (one->series != s)
                continue;
            double x = point_x(at, one), y = point_y(at, one);
            bool is_over = of->is_over_years;
            if (isfinite(one->low) && isfinite(one->high))
                drawing_add_line(at->to, intervals[s], is_over ? x : x_of(at, one->low),
                                 is_over ? y_of(at, one->low) : y, is_over ? x : x_of(at, one->high),
                                 is_over ? y_of(at, one->high) : y, of->series[s].ink, 1.1);
            add_mark(at->to, roles[s], x, y, &of->series[s], one->name);
        }
    }
    draw_names(at);
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* The widest text of a column of the rows. */
static double column_width(const chart_layout *at, size_t offset, const char *heading)
{
    double widest = width_of(at, heading, row_size, false);
    for (size_t i = 0; i < at->of->n_rows; i++)
        widest =
            fmax(widest, width_of(at, (const char *)&at->of->rows[i] + offset, row_size, at->of->rows[i].is_strong));
    return widest;
}

static double y_tick_width(chart_layout *at)
{
    double widest = 0;
    for (long long i = at->ticks[1].first; i <= at->ticks[1].last; i++) {
        char text[400];
        tick_text(at, 1, i, text);
        widest = fmax(widest, width_of(at, text, tick_size, false));
    }
    return widest;
}

/* What stands above the plot; the end of it. */
static double head(const chart_layout *at, double y, bool draws)
{
    drawing_words how = {.role = "chart-heading",
                         .x = at->edge_left,
                         .width = at->edge_right - at->edge_left,
                         .size = heading_size,
                         .is_bold = true};
    y = drawing_wrap(draws ? at->to : NULL, at->ruler, &how, at->of->heading, y);
    y = legend(at, y + 4, draws) + gap;
    return y + (at->of->before[0] || at->of->after[0] ? row_size + 2 : 0);
}

/* Under the plot's middle as long as it stays within the edges. */
static double x_label(const chart_layout *at, double y, bool draws)
{
    double left = at->of->n_rows ? at->edge_left : at->left, right = at->of->n_rows ? at->edge_right : at->right;
    double wide = fmin(width_of(at, at->of->x_label, label_size, false), right - left);
    drawing_words how = {.role = "x-label",
                         .x = fmax(fmin((at->left + at->right) / 2, right - wide / 2), left + wide / 2),
                         .width = right - left,
                         .size = label_size,
                         .align = 0.5};
    return drawing_wrap(draws ? at->to : NULL, at->ruler, &how, at->of->x_label, y);
}

static void draw_y_label(const chart_layout *at, double plot)
{
    double size = label_size, wide = width_of(at, at->of->y_label, size, false);
    if (wide > plot) /* one line: smaller letters before cut ones */
        size *= plot / wide;
    drawing_add(at->to,
                (drawing_shape){.kind = SHAPE_TEXT,
                                .role = "y-label",
                                .x = at->edge_left + size - 2,
                                .y = (at->top + at->bottom) / 2,
                                .size = size,
                                .align = 0.5,
                                .is_upright = true},
                at->of->y_label);
}

behov_status chart_prepare(const chart *of, const drawing_ruler *ruler, double left, double right, chart_layout *at,
                           behov_error *err)
{
    *at = (chart_layout){.of = of, .ruler = ruler, .edge_left = left, .edge_right = right};
    if (!find_ranges(at))
        return behov_error_set(err, BEHOV_E_DATA, "", "there is nothing to draw");
    for (size_t i = 0; i < of->n_rows; i++)
        at->n_breaks += of->rows[i].skipped[0] != 0;
    if (of->n_rows) {
        double before = column_width(at, offsetof(chart_row, before), of->before);
        double after = column_width(at, offsetof(chart_row, after), ""); /* its heading has room above the plot */
        at->names_wide = fmin(column_width(at, offsetof(chart_row, name), "") + 0.01, 0.375 * (right - left));
        at->before_right = left + before;
        at->right = right - (after > 0 ? after + gap : 6);
        at->left = left + before + (before > 0 ? gap : 0) + at->names_wide + gap;
    } else {
        find_ticks(at, 1, 200);
        at->right = right - 6;
        at->left = left + leading * label_size + y_tick_width(at) + tick_length + 4;
    }
    at->lacks = fmax(0, least_plot - (at->right - at->left));
    find_ticks(at, 0, at->right - at->left);
    double n_rows = (double)(of->n_rows + at->n_breaks), names_high = of->n_rows ? row_height_of(at) : 0;
    at->above = head(at, 0, false);
    at->beneath = x_label(at, tick_length + leading * tick_size + 3, false) + gap;
    at->plot = of->n_rows ? n_rows * fmax(n_rows > 30 ? row_height : 15, names_high)
                          : (of->is_over_years ? 0.3
                             : of->n_bars      ? 0.52
                                               : 0.78) *
                                (right - left);
    at->least = of->n_rows ? n_rows * fmax(row_size + 0.5, names_high) : least_plot;
    at->plot = fmax(at->plot, at->least);
    return BEHOV_OK;
}

void chart_draw(chart_layout *at, double top, double plot, drawing *to)
{
    const chart *of = at->of;
    at->to = to;
    at->top = top + at->above;
    at->bottom = at->top + plot;
    at->pitch = plot / fmax((double)(of->n_rows + at->n_breaks), 1);
    head(at, top, true);
    draw_x_axis(at);
    if (of->n_rows) {
        draw_rows(at);
        draw_steps(at);
    } else {
        find_ticks(at, 1, plot);
        draw_y_axis(at);
        draw_y_label(at, plot);
    }
    draw_bars(at);
    drawing_add_line(to, "axis", at->left, at->top, at->left, at->bottom, INK_BLACK, 0.6);
    drawing_add_line(to, "axis", at->left, at->bottom, at->right, at->bottom, INK_BLACK, 0.6);
    draw_lines(at);
    draw_breaks(at);
    draw_points(at);
    x_label(at, at->bottom + tick_length + leading * tick_size + 3, true);
}
