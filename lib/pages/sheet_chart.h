/* sheet_chart.h - a chart that a workbook draws from its own cells. */
#ifndef BEHOV_CLI_SHEET_CHART_H
#define BEHOV_CLI_SHEET_CHART_H

#include <behov/error.h>

typedef enum sheet_chart_kind {
    SHEET_POINTS = 0,  /* y against x */
    SHEET_COLUMNS,     /* a column of height y for each x */
    SHEET_LINES,       /* y over the years or names x */
    SHEET_STACKED_BARS /* lying bars, one series after the other */
} sheet_chart_kind;

/* How a series looks; told apart in grey too, by lightness, dashes and size. */
typedef enum series_look {
    SERIES_FIRST = 0, /* blue, full */
    SERIES_SECOND,    /* vermillion, dashed */
    SERIES_THIRD,     /* grey, dotted */
    SERIES_BOUND,     /* small and light: the end of an interval */
    SERIES_HIDDEN,    /* takes room and is not seen */
    SERIES_UP,        /* dark blue */
    SERIES_DOWN,      /* light orange */
    SERIES_SUM        /* grey */
} series_look;

typedef struct sheet_series {
    series_look look;
    const char *name; /* NULL = the heading of the column y; "" = not in the legend */
    const char *x,
        *y; /* keys of columns of the table that the chart is of; without one, cells as workbook_range has them */
} sheet_series;

enum { SHEET_SERIES = 6 };

/* A chart that a workbook draws from cells in it. Other writers pass it over, so it may never be the only bearer of a
 * figure. */
typedef struct sheet_chart {
    sheet_chart_kind kind;
    const char *title, *x_title, *y_title; /* NULL = none */
    const char *of; /* name of the section whose table has the columns; NULL = the series name cells */
    sheet_series series[SHEET_SERIES]; /* those with a y */
} sheet_chart;

/* A copy that owns its words; free with sheet_chart_free, also when copying failed. */
behov_status sheet_chart_copy(const sheet_chart *of, sheet_chart *to, behov_error *err) BEHOV_MUST_CHECK;
void sheet_chart_free(sheet_chart *of);

#endif
