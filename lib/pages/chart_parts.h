/* chart_parts.h - what the parts of a chart share: chart.c lays it out, chart_axes.c has its scales, chart_bands.c what
 * lies between two curves. */
#ifndef BEHOV_CHART_PARTS_H
#define BEHOV_CHART_PARTS_H

#include <behov/chart.h>

#define CHART_TICK_SIZE 8.0 /* points of 1/72 inch */
#define CHART_TICK_LENGTH 3.5

/* Where a figure of the x or the y axis stands on the paper. */
double chart_x(const behov_chart_layout *layout, double figure);
double chart_y(const behov_chart_layout *layout, double figure);
/* The figures at the edges of the plot; false when there is nothing to draw. */
bool chart_find_ranges(behov_chart_layout *layout);
/* As many ticks as leave air between their words, of axis 0 (x) or 1. */
void chart_find_ticks(behov_chart_layout *layout, int axis, double length);
double chart_y_tick_width(behov_chart_layout *layout);
void chart_draw_x_axis(const behov_chart_layout *layout);
void chart_draw_y_axis(const behov_chart_layout *layout);

/* ---- a logarithmic axis, of a chart or of a page's own picture ---- */

typedef struct chart_log_axis {
    double low, high; /* log10 of the figures at its ends */
    double length;    /* in the unit of the size of its words */
    const behov_drawing_ruler *ruler;
    double size;
    behov_language lang;
} chart_log_axis;

enum { CHART_LOG_TICKS = 3 * 310 };

typedef struct chart_log_ticks {
    double figures[CHART_LOG_TICKS];
    bool has_words[CHART_LOG_TICKS];
    size_t n;
} chart_log_ticks;

/* Ticks at 1, 2 and 5 times the powers of ten; within less than a decade even ones. Those have words that have room. */
void chart_find_log_ticks(const chart_log_axis *axis, chart_log_ticks *out);
void chart_log_tick_text(double figure, behov_language lang, char text[400]);

/* The bands, in the order in which they are given; what lies outside the plot is cut off. */
void chart_draw_bands(const behov_chart_layout *layout);

#endif
