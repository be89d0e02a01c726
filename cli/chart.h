/* chart.h - what a chart is (axes with even ticks, marks with intervals, bars, lines of reference, words) and where
 * each line and letter of it stands on the paper. Neither files nor fonts: how wide a text is, the caller tells.
 *
 * Lengths are points (1/72 inch) from the upper left corner. Series differ by the shape of their marks, colours are
 * those of Okabe and Ito (2008), which colour-blind readers can tell apart, so that a chart can be read in grey too. */
#ifndef BEHOV_CLI_CHART_H
#define BEHOV_CLI_CHART_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "labels.h"

/* ---- what is shown -------------------------------------------------------------------------------------------------
 */

typedef enum chart_ink { INK_BLACK, INK_GREY, INK_LIGHT, INK_WHITE, INK_BLUE, INK_VERMILLION, INK_SKY } chart_ink;
typedef enum chart_mark { MARK_DOT, MARK_DIAMOND, MARK_TRIANGLE } chart_mark;

typedef struct chart_series {
    char words[300]; /* of the legend */
    chart_mark mark;
    chart_ink ink;
    bool is_open;  /* an outline, not filled */
    bool is_named; /* its points carry their names */
    double radius; /* of the mark */
    double shift;  /* rows: how far below the middle of the row, in heights of a row */
} chart_series;

typedef struct chart_point {
    size_t series;
    double x, low, high; /* ends of a horizontal interval; NaN = none */
    double y;            /* a figure; with rows the position of the row */
    char name[200];      /* shown by browsers under the mouse, and beside the mark in a series that is named */
} chart_point;

/* A row of a chart by name, in place of an axis of figures. */
typedef struct chart_row {
    char before[60], name[300], after[60]; /* columns left and right of the plot; "" = empty */
    char skipped[200];                     /* words of a break above the row; "" = none */
    bool is_strong;
} chart_row;

typedef struct chart_bar {
    double from, to, height;
} chart_bar;

typedef enum chart_line_kind { LINE_UPRIGHT, LINE_DIAGONAL } chart_line_kind;

typedef struct chart_line {
    chart_line_kind kind;
    double at;       /* LINE_UPRIGHT */
    char words[200]; /* of the legend */
} chart_line;

enum { CHART_SERIES = 3, CHART_LINES = 2, CHART_NOTES = 5 };

typedef struct chart {
    language lang;
    double width, height;                     /* 0 = as high as it needs */
    char title[700], warning[300], data[700]; /* the warning stands out; "" = none */
    char x_label[500], y_label[500];          /* y: not with rows */
    char before[60], after[60];               /* headings of the columns of rows */
    char notes[CHART_NOTES][900];             /* beneath; "" = none */
    chart_series series[CHART_SERIES];
    size_t n_series;
    chart_line lines[CHART_LINES];
    size_t n_lines;
    chart_point *points; /* from malloc, as rows and bars */
    size_t n_points;
    chart_row *rows;
    size_t n_rows;
    chart_bar *bars;
    size_t n_bars;
    bool bars_are_counts;
} chart;

void chart_free(chart *of);

/* ---- axes ----------------------------------------------------------------------------------------------------------
 */

/* Even ticks: first .. last times 1, 2 or 5 times a power of ten, at most `most` (from 2) of them inside [low, high].
 */
typedef struct chart_ticks {
    long long first, last;
    int unit, power;
} chart_ticks;

chart_ticks chart_ticks_of(double low, double high, size_t most, bool is_whole);
double chart_tick(const chart_ticks *of, long long i);
/* "1 200", "0,25", "−5" with as many decimals as the step has. */
void chart_tick_text(const chart_ticks *of, long long i, language lang, char text[400]);

/* ---- where it stands -----------------------------------------------------------------------------------------------
 */

typedef enum chart_shape_kind { SHAPE_LINE, SHAPE_BOX, SHAPE_MARK, SHAPE_TEXT } chart_shape_kind;

typedef struct chart_shape {
    chart_shape_kind kind;
    const char *role;        /* "tick", "point": what it is of the chart (static) */
    double x, y, to_x, to_y; /* a line's ends, a box's corners; a mark's middle; where a text's baseline is anchored */
    chart_ink ink;
    double thickness; /* of a line; of a box's white edge or an open mark's outline (0 = none) */
    bool is_dashed;
    chart_mark mark; /* of a mark */
    bool is_open;
    double radius;
    double size, align;                  /* of a text: size of the font; 0 begins, 0.5 is in the middle, 1 ends at x */
    bool is_bold, is_upright, is_haloed; /* upright: from below to above; haloed: on white */
    char *text;                          /* of a text; of a mark its name, NULL = none */
} chart_shape;

typedef struct drawing {
    double width, height;
    chart_shape *shapes;
    size_t n_shapes, room;
    bool is_out_of_memory;
} drawing;

/* The width of a text in a size of the font. */
typedef double chart_measure(void *context, const char *text, double size, bool is_bold);

/* Lays a chart out. Free with drawing_free in any case. BEHOV_E_ARGUMENT for a width or height in which it has no room,
 * BEHOV_E_DATA when there is nothing to draw. */
behov_status chart_lay_out(const chart *of, chart_measure *measure, void *context, drawing *out,
                           behov_error *err) BEHOV_MUST_CHECK;
void drawing_free(drawing *of);

/* 0xRRGGBB */
unsigned chart_ink_colour(chart_ink ink);

#endif
