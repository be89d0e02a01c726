/* sheet_chart.h - a chart that a workbook draws from its own cells. */
#ifndef BEHOV_SHEET_CHART_H
#define BEHOV_SHEET_CHART_H

#include <stdbool.h>

#include "error.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_sheet_chart_kind {
    BEHOV_SHEET_POINTS = 0,  /* y against x */
    BEHOV_SHEET_COLUMNS,     /* a column of height y for each x */
    BEHOV_SHEET_LINES,       /* y over the years or names x */
    BEHOV_SHEET_STACKED_BARS /* lying bars, one series after the other */
} behov_sheet_chart_kind;

/// How a series looks; told apart in grey too, by lightness, dashes and size.
typedef enum behov_series_look {
    BEHOV_SERIES_FIRST = 0, /* blue, full */
    BEHOV_SERIES_SECOND,    /* vermillion, dashed */
    BEHOV_SERIES_THIRD,     /* grey, dotted */
    BEHOV_SERIES_BOUND,     /* small and light: the end of an interval */
    BEHOV_SERIES_HIDDEN,    /* takes room and is not seen */
    BEHOV_SERIES_UP,        /* dark blue */
    BEHOV_SERIES_DOWN,      /* light orange */
    BEHOV_SERIES_SUM        /* grey */
} behov_series_look;

typedef struct behov_sheet_series {
    behov_series_look look;
    const char *name;  /* NULL = the heading of the column y; "" = not in the legend */
    const char *x, *y; /* keys of columns of the chart's table; without one, cells as behov_workbook_range has them */
} behov_sheet_series;

enum { BEHOV_SHEET_SERIES = 6 };

/// A chart that a workbook draws from cells in it. Other writers pass it over, so it may never be the only bearer of a
/// figure.
typedef struct behov_sheet_chart {
    behov_sheet_chart_kind kind;
    const char *title, *x_title, *y_title; /* NULL = none */
    bool has_x_least; /* the axis of x (of lying bars that of their values) begins at x_least, not at what is found */
    double x_least;
    const char *text; /* name of the section whose table has the columns; NULL = the series name cells */
    behov_sheet_series series[BEHOV_SHEET_SERIES]; /* those with a y */
} behov_sheet_chart;

/// A copy that owns its words; free with behov_sheet_chart_free, also when copying failed.
BEHOV_API behov_status behov_sheet_chart_copy(const behov_sheet_chart *sheet_chart, behov_sheet_chart *out,
                                              behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_sheet_chart_free(behov_sheet_chart *sheet_chart);

#ifdef __cplusplus
}
#endif
#endif
