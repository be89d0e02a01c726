/* chart_axes.c - where a figure stands in a chart, and the axes that say so: even ticks, or those of a logarithmic scale.
 */
#include "chart_parts.h"

#include <behov/number.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/labels.h>

/* ---- even ticks ----------------------------------------------------------------------------------------------------- */

static double scaled(long long n, int power)
{
    /* a power of ten is exact up to 22, so 3 / 10 is the double that 0.3 is */
    return power < 0 ? (double)n / pow(10, -power) : (double)n * pow(10, power);
}

double behov_chart_tick(const behov_chart_ticks *chart_ticks, long long i)
{
    return scaled(i * chart_ticks->unit, chart_ticks->power);
}

behov_chart_ticks behov_chart_ticks_of(double low, double high, size_t most, bool is_whole)
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
            behov_chart_ticks ticks = {(long long)ceil(low / step - slack), (long long)floor(high / step + slack),
                                       units[u], power};
            if (ticks.last - ticks.first < (long long)most)
                return ticks;
        }
    }
}

void behov_chart_tick_text(const behov_chart_ticks *chart_ticks, long long i, behov_language lang, char text[400])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_number_fixed(behov_chart_tick(chart_ticks, i), chart_ticks->power < 0 ? -chart_ticks->power : 0,
                       behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, number);
    bool is_negative = number[0] == '-';
    snprintf(text, 400, "%s%.390s", is_negative ? "−" : "", number + is_negative);
}

/* ---- where a figure stands ----------------------------------------------------------------------------------------- */

static double scale_of(const behov_chart_layout *layout, double figure)
{
    return layout->chart->has_log_x ? log10(figure) : figure;
}

double chart_x(const behov_chart_layout *layout, double figure)
{
    return layout->left + (scale_of(layout, figure) - layout->low[0]) / (layout->high[0] - layout->low[0]) *
                              (layout->right - layout->left);
}

double chart_y(const behov_chart_layout *layout, double figure)
{
    double share = (figure - layout->low[1]) / (layout->high[1] - layout->low[1]);
    return layout->chart->is_y_downward ? layout->top + share * (layout->bottom - layout->top)
                                        : layout->bottom - share * (layout->bottom - layout->top);
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
    double span = *high - *low, step_value = span > 0 ? 0.03 * span : fmax(1, 0.1 * fabs(*high));
    double padded = *low - step_value;
    *low = *low >= 0 && padded < 0 ? 0 : padded;
    *high += step_value;
}

bool chart_find_ranges(behov_chart_layout *layout)
{
    const behov_chart *chart = layout->chart;
    int measured_index = chart->is_over_years ? 1 : 0; /* the axis of intervals */
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < chart->n_points; i++) {
        const behov_chart_point *chart_point = &chart->points[i];
        include(chart_point->x, &low[0], &high[0]);
        include(chart_point->low, &low[measured_index], &high[measured_index]);
        include(chart_point->high, &low[measured_index], &high[measured_index]);
        include(chart_point->y, &low[1], &high[1]);
    }
    for (size_t i = 0; i < chart->n_bands; i++)
        for (size_t k = 0; k < chart->bands[i].n; k++)
            include(chart->bands[i].x[k], &low[0], &high[0]);
    for (size_t i = 0; i < chart->n_bars; i++) {
        include(chart->bars[i].start, &low[0], &high[0]);
        include(chart->bars[i].end, &low[0], &high[0]);
        include(chart->bars[i].height, &low[1], &high[1]);
    }
    for (size_t i = 0; i < chart->n_rows; i++) {
        bool is_empty = chart->rows[i].start == chart->rows[i].end && !chart->rows[i].leads_to_next;
        include(is_empty ? NAN : chart->rows[i].start, &low[0], &high[0]);
        include(is_empty ? NAN : chart->rows[i].end, &low[0], &high[0]);
    }
    if (!(low[0] <= high[0]))
        return false;
    for (size_t i = 0; i < chart->n_lines; i++) {
        int axis = chart->lines[i].kind == BEHOV_LINE_LEVEL ? 1 : 0;
        if (chart->lines[i].kind != BEHOV_LINE_DIAGONAL)
            include(chart->lines[i].point, &low[axis], &high[axis]);
    }
    if (chart->has_log_x)
        low[0] = log10(low[0]), high[0] = log10(high[0]);
    for (int axis = 0; axis < 2; axis++)
        pad(&low[axis], &high[axis]);
    if (chart->x_high > chart->x_low)
        low[0] = chart->x_low, high[0] = chart->x_high;
    if (chart->y_high > chart->y_low)
        low[1] = chart->y_low, high[1] = chart->y_high;
    if (chart->n_bars)
        low[1] = 0;
    if (chart->is_over_years) {
        low[0] = INFINITY, high[0] = -INFINITY;
        for (size_t i = 0; i < chart->n_points; i++)
            include(chart->points[i].x, &low[0], &high[0]);
        low[0] -= 0.5, high[0] += 0.5;
    }
    memcpy(layout->low, low, sizeof low);
    memcpy(layout->high, high, sizeof high);
    return true;
}

/* A year has no thousands mark; 0 stands for a panel without years. */
static void tick_text(const behov_chart_layout *layout, int axis, long long i, char text[400])
{
    const behov_chart_ticks *ticks = &layout->ticks[axis];
    if (axis == 0 && layout->chart->is_over_years)
        snprintf(text, 400, "%.0f", behov_chart_tick(ticks, i));
    else
        behov_chart_tick_text(ticks, i, layout->chart->lang, text);
    if (axis == 0 && layout->chart->is_over_years && behov_chart_tick(ticks, i) == 0)
        text[0] = '\0';
}

/* At most so many ticks; returns how far the words of two of them are from touching. */
static double try_ticks(behov_chart_layout *layout, int axis, double length, size_t most)
{
    behov_chart_ticks *ticks = &layout->ticks[axis];
    bool is_whole = axis == 0 ? layout->chart->is_over_years : layout->chart->bars_are_counts;
    *ticks = behov_chart_ticks_of(layout->low[axis], layout->high[axis], most, is_whole);
    double step = (behov_chart_tick(ticks, 1) - behov_chart_tick(ticks, 0)) / (layout->high[axis] - layout->low[axis]) *
                  length,
           widest = 0;
    for (long long i = ticks->first; i <= ticks->last; i++) {
        char text[400];
        tick_text(layout, axis, i, text);
        widest = fmax(widest, behov_drawing_width_of(layout->ruler, text, CHART_TICK_SIZE, false));
    }
    return axis == 0 ? step - widest : step - CHART_TICK_SIZE;
}

/* As many ticks as leave air between their words; rather two with little air than one, for one shows no scale. */
void chart_find_ticks(behov_chart_layout *layout, int axis, double length)
{
    bool is_years = axis == 0 && layout->chart->is_over_years;
    const behov_chart_ticks *ticks = &layout->ticks[axis];
    double air = axis == 1 ? 14 : is_years ? 6 : 14;
    for (size_t most = is_years ? 40 : 12; most > 1; most--)
        if (try_ticks(layout, axis, length, most) >= air && ticks->last > ticks->first)
            return;
    for (size_t most = 6; most > 1; most--)
        if (try_ticks(layout, axis, length, most) >= 3)
            return;
}

/* ---- a logarithmic axis -------------------------------------------------------------------------------------------- */

void chart_log_tick_text(double figure, behov_language lang, char text[400])
{
    int power = figure < 1 ? (int)floor(log10(figure) + 1e-9) : 0;
    const behov_chart_ticks unit = {0, 0, 1, power};
    behov_chart_tick_text(&unit, (long long)llround(figure / scaled(1, power)), lang, text);
}

static bool is_decade(double figure)
{
    double power = log10(figure);
    return fabs(power - round(power)) < 1e-9;
}

/* Half of the room that the words of a tick take. */
static double half_of(const chart_log_axis *axis, double figure)
{
    char text[400];
    const double air = 6;
    chart_log_tick_text(figure, axis->lang, text);
    return (behov_drawing_width_of(axis->ruler, text, axis->size, false) + air) / 2;
}

static double along(const chart_log_axis *axis, double figure)
{
    return (log10(figure) - axis->low) / (axis->high - axis->low) * axis->length;
}

/* Words for the ticks that have room beside those that have some: decades first, then the others. */
static void word_log_ticks(const chart_log_axis *axis, bool decades, chart_log_ticks *out)
{
    for (size_t i = 0; i < out->n; i++) {
        if (is_decade(out->figures[i]) != decades)
            continue;
        bool has_room = true;
        for (size_t j = 0; j < out->n; j++)
            has_room =
                has_room && (!out->has_words[j] || fabs(along(axis, out->figures[i]) - along(axis, out->figures[j])) >=
                                                       half_of(axis, out->figures[i]) + half_of(axis, out->figures[j]));
        out->has_words[i] = has_room;
    }
}

void chart_find_log_ticks(const chart_log_axis *axis, chart_log_ticks *out)
{
    static const int units[] = {1, 2, 5};
    double low = pow(10, axis->low), high = pow(10, axis->high);
    *out = (chart_log_ticks){.n = 0};
    for (int power = (int)floor(axis->low); power <= (int)floor(axis->high); power++)
        for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
            double figure = scaled(units[u], power);
            if (figure >= low && figure <= high && out->n < CHART_LOG_TICKS)
                out->figures[out->n++] = figure;
        }
    if (out->n < 3) {
        behov_chart_ticks even = behov_chart_ticks_of(low, high, 5, true);
        out->n = 0;
        for (long long i = even.first; i <= even.last; i++)
            if (behov_chart_tick(&even, i) > 0)
                out->figures[out->n++] = behov_chart_tick(&even, i);
    }
    word_log_ticks(axis, true, out);
    word_log_ticks(axis, false, out);
}

/* ---- axes ------------------------------------------------------------------------------------------------------- */

static void draw_x_tick(const behov_chart_layout *layout, double x, const char *text)
{
    if (!layout->chart->is_over_years)
        behov_drawing_add_line(layout->out, "grid", x, layout->top, x, layout->bottom, BEHOV_INK_LIGHT, 0.5);
    behov_drawing_add_line(layout->out, "tick", x, layout->bottom, x, layout->bottom + CHART_TICK_LENGTH,
                           BEHOV_INK_BLACK, 0.6);
    behov_drawing_add_text(layout->out, "x-tick", x, layout->bottom + CHART_TICK_LENGTH + CHART_TICK_SIZE + 1,
                           CHART_TICK_SIZE, 0.5, BEHOV_INK_BLACK, text);
}

void chart_draw_x_axis(const behov_chart_layout *layout)
{
    char text[400];
    if (layout->chart->has_log_x) {
        const chart_log_axis axis = {.low = layout->low[0],
                                     .high = layout->high[0],
                                     .length = layout->right - layout->left,
                                     .ruler = layout->ruler,
                                     .size = CHART_TICK_SIZE,
                                     .lang = layout->chart->lang};
        chart_log_ticks ticks;
        chart_find_log_ticks(&axis, &ticks);
        for (size_t i = 0; i < ticks.n; i++) {
            chart_log_tick_text(ticks.figures[i], axis.lang, text);
            draw_x_tick(layout, chart_x(layout, ticks.figures[i]), ticks.has_words[i] ? text : "");
        }
        return;
    }
    for (long long i = layout->ticks[0].first; i <= layout->ticks[0].last; i++) {
        tick_text(layout, 0, i, text);
        draw_x_tick(layout, chart_x(layout, behov_chart_tick(&layout->ticks[0], i)), text);
    }
}

void chart_draw_y_axis(const behov_chart_layout *layout)
{
    for (long long i = layout->ticks[1].first; i <= layout->ticks[1].last; i++) {
        double y = chart_y(layout, behov_chart_tick(&layout->ticks[1], i));
        char text[400];
        tick_text(layout, 1, i, text);
        behov_drawing_add_line(layout->out, "grid", layout->left, y, layout->right, y, BEHOV_INK_LIGHT, 0.5);
        behov_drawing_add_line(layout->out, "tick", layout->left - CHART_TICK_LENGTH, y, layout->left, y,
                               BEHOV_INK_BLACK, 0.6);
        behov_drawing_add_text(layout->out, "y-tick", layout->left - CHART_TICK_LENGTH - 2, y + 0.36 * CHART_TICK_SIZE,
                               CHART_TICK_SIZE, 1, BEHOV_INK_BLACK, text);
    }
}

double chart_y_tick_width(behov_chart_layout *layout)
{
    double widest = 0;
    for (long long i = layout->ticks[1].first; i <= layout->ticks[1].last; i++) {
        char text[400];
        tick_text(layout, 1, i, text);
        widest = fmax(widest, behov_drawing_width_of(layout->ruler, text, CHART_TICK_SIZE, false));
    }
    return widest;
}
