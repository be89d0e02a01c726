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

/* The bands, in the order in which they are given; what lies outside the plot is cut off. */
void chart_draw_bands(const behov_chart_layout *layout);

#endif
