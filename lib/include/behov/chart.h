/* chart.h - what a chart is (axes with even ticks, marks with intervals, bars, lines of reference) and where each line
 * and letter of it stands in the part of a picture that it is given.
 *
 * Series differ by the shape of their marks, and bars that mean different things by their lightness, so that a chart
 * can be read in grey too. */
#ifndef BEHOV_CHART_H
#define BEHOV_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "drawing.h"
#include "error.h"
#include "labels.h"
#include "phrase.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what is shown -------------------------------------------------------------------------------------------------
 */

typedef struct behov_chart_series {
    behov_wording words; /* of the legend; owned by the chart, as all its words */
    behov_drawing_mark mark;
    behov_drawing_ink ink;
    bool is_open;             /* an outline, not filled */
    bool is_named;            /* its points carry their names */
    bool is_joined;           /* years: a line leads from point to point */
    double radius;            /* of the mark */
    double thickness;         /* of its intervals; 0 = as usual */
    bool has_light_intervals; /* for many that lie close: its marks stay to be seen */
    double
        shift; /* rows: how far below the middle of the row, in heights of a row; years: how far right, in years, 8 points at most */
} behov_chart_series;

typedef struct behov_chart_point {
    size_t series;
    double x, y;        /* figures; with rows y is the position of the row, over years x is the year */
    double low, high;   /* ends of an interval of x, over years of y; NaN = none */
    bool is_apart;      /* no line leads here from the point before */
    behov_wording name; /* shown by browsers under the mouse, and beside the mark in a series that is named */
} behov_chart_point;

/// A row of a chart by name, in place of an axis of figures.
typedef struct behov_chart_row {
    char previous_text[60], next_text[60]; /* figures in the columns left and right of the plot; "" = empty */
    behov_wording name;
    behov_wording skipped; /* words of a break above the row; none = no break */
    bool is_strong;
    double start, end;  /* a bar from the one to the other; equal = none */
    size_t series;      /* whose ink the bar has */
    bool leads_to_next; /* a thin line goes from the end of the bar to the next row */
} behov_chart_row;

typedef struct behov_chart_bar {
    double start, end, height;
} behov_chart_bar;

typedef enum behov_chart_line_kind { BEHOV_LINE_UPRIGHT, BEHOV_LINE_LEVEL, BEHOV_LINE_DIAGONAL } behov_chart_line_kind;

typedef struct behov_chart_line {
    behov_chart_line_kind kind;
    double point;        /* x of an upright line, y of a level one */
    bool is_dotted;      /* else dashed */
    behov_wording words; /* of the legend; none = not in it */
} behov_chart_line;

/// What lies between two curves.
typedef struct behov_chart_band {
    double *x, *low, *high; /* n figures each, x rising; those of behov_chart_add_band */
    size_t n;
    bool is_filled; /* else its edges are broken lines */
    behov_drawing_ink ink;
    behov_wording words; /* of the legend; none = not in it */
} behov_chart_band;

enum { BEHOV_CHART_SERIES = 5, BEHOV_CHART_LINES = 3, BEHOV_CHART_BANDS = 2 };

typedef struct behov_chart {
    behov_language lang;
    behov_wording heading;                  /* above it, in a picture of several; none = no heading */
    behov_wording x_label, y_label;         /* y: not with rows */
    behov_wording previous_text, next_text; /* headings of the columns of rows */
    behov_chart_series series[BEHOV_CHART_SERIES];
    size_t n_series;
    behov_chart_line lines[BEHOV_CHART_LINES];
    size_t n_lines;
    behov_chart_point *points; /* from malloc, as rows and bars */
    size_t n_points;
    behov_chart_row *rows;
    size_t n_rows;
    behov_chart_bar *bars;
    size_t n_bars;
    behov_chart_band bands[BEHOV_CHART_BANDS]; /* behind all else; cut off at the edges of the plot */
    size_t n_bands;
    bool bars_are_counts;
    bool is_over_years;                  /* x is a year, 0 without years */
    bool has_log_x;                      /* x is above 0, on a logarithmic scale */
    bool is_y_downward;                  /* y grows from above to below */
    double x_low, x_high, y_low, y_high; /* the figures at the edges; equal = found from what is drawn */
} behov_chart;

BEHOV_API void behov_chart_free(behov_chart *chart);
/// A band more, of n points, for the caller to fill; there are never more than CHART_BANDS. NULL without memory.
BEHOV_API behov_chart_band *behov_chart_add_band(behov_chart *chart, size_t n);
/// Whether some of its words could not be added.
BEHOV_API bool behov_chart_has_no_memory(const behov_chart *chart);

/* ---- axes ----------------------------------------------------------------------------------------------------------
 */

/// Even ticks: first .. last times 1, 2 or 5 times a power of ten, at most `most` (from 2) of them inside [low, high].
typedef struct behov_chart_ticks {
    long long first, last;
    int unit, power;
} behov_chart_ticks;

BEHOV_API behov_chart_ticks behov_chart_ticks_of(double low, double high, size_t most, bool is_whole);
BEHOV_API double behov_chart_tick(const behov_chart_ticks *chart_ticks, long long i);
/// "1 200", "0,25", "−5" with as many decimals as the step has.
BEHOV_API void behov_chart_tick_text(const behov_chart_ticks *chart_ticks, long long i, behov_language lang,
                                     char text[400]);

/* ---- where it stands -----------------------------------------------------------------------------------------------
 */

/// A chart between its left and its right edge, before its place down the paper is known.
typedef struct behov_chart_layout {
    const behov_chart *chart;
    const behov_drawing_ruler *ruler;
    behov_drawing *out;
    double edge_left, edge_right;    /* what it fills */
    double left, right, top, bottom; /* of the plot */
    double low[2], high[2];          /* figures at its edges, x and y */
    behov_chart_ticks ticks[2];
    double before_right, names_wide; /* rows: where the first column ends, how wide names may be */
    double pitch;                    /* from row to row */
    size_t n_breaks;
    double above, beneath; /* what stands above and beneath the plot takes */
    double plot, least;    /* height that the plot asks for, and that it must have */
    double lacks;          /* how much wider it must be; 0 = it has room */
} behov_chart_layout;

/// Finds what a chart needs. BEHOV_E_DATA when there is nothing to draw. Of and ruler are borrowed.
BEHOV_API behov_status behov_chart_prepare(const behov_chart *chart, const behov_drawing_ruler *ruler, double left,
                                           double right, behov_chart_layout *layout, behov_error *err) BEHOV_MUST_CHECK;
/// Draws a chart that is prepared from `top` downwards with a plot of this height; above + plot + beneath high.
BEHOV_API void behov_chart_draw(behov_chart_layout *layout, double top, double plot, behov_drawing *out);

#ifdef __cplusplus
}
#endif
#endif
