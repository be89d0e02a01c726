/* council_charts.h - the pictures of a page for a municipal council, as HTML with SVG within: plain figures and texts in,
 * markup out.
 *
 * Positions are per cent of the picture and offsets pixels, so that a picture is as wide as the page leaves room for and
 * its letters keep their size; nothing has a style attribute, so that a page may forbid them. The classes are those of
 * lib/pages/council_charts.css (behov_council_charts_style), which has the tokens of colour too. Hue says under or over
 * 100 alone, and always with a word, a shape or dots beside it.
 *
 * Texts are in the language of the page and borrowed for the call; every one is escaped, and cut with an ellipsis where
 * the narrowest page (320 px) has no room for it: the description has it whole. Figures that are NaN or infinite are not
 * drawn. Without memory the wording says so (behov_wording_status). */
#ifndef BEHOV_COUNCIL_CHARTS_H
#define BEHOV_COUNCIL_CHARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "funnel.h"
#include "language.h"
#include "phrase.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What every picture has about it. Only id and title are needed.
typedef struct behov_council_figure {
    behov_language lang;
    const char *id;          /* unique in the page, of letters, digits and hyphens; parts are ID-title, ID-pick ... */
    const char *title;       /* what the picture shows, as a finding */
    int heading;             /* <h3> for 3; 0 = 3 */
    const char *unit;        /* what is measured, beneath the title */
    const char *description; /* the picture in words, for those who hear the page; NULL = the title alone */
    const char *source;      /* beneath the picture: intervals, source, program */
    bool source_is_wide;     /* it tells of columns that narrow windows and paper hide, and is hidden with them */
    bool is_simulated;       /* then the source line begins with "Simulerte tall" */
    const char *markup;      /* HTML of the caller within the figure, at its end: the table behind it; not escaped */
} behov_council_figure;

/// A ratio in per cent with its interval; NaN = none.
typedef struct behov_council_level {
    const char *name; /* NULL = the row is not drawn */
    double ratio, low, high;
} behov_council_level;

/* ---- where a municipality lies ---------------------------------------------------------------------------------- */

/// The ratio of a year and the level, each with its interval, and the ratios of the country and the group beside them, on
/// an axis of 60 to 140 that is widened in tens until all have room.
typedef struct behov_council_interval {
    behov_council_figure figure;
    behov_council_level year;  /* "Bare 2016" */
    behov_council_level level; /* "Nivået i de tre neste årene, trolig mellom 79 og 103" */
    behov_council_level country, group;
} behov_council_interval;

BEHOV_API void behov_council_interval_add(const behov_council_interval *chart, behov_wording *out);

/* ---- over the years --------------------------------------------------------------------------------------------- */

/// A year; what is NaN is not drawn, and lines have a gap there. A year to come has a level alone.
typedef struct behov_council_year {
    int year;
    double ratio, low, high;
    double level, level_low, level_high;
    double country, group;
} behov_council_year;

/// The ratio by year with its error bars, the band of the level, the country and the group. Names stand at the right.
typedef struct behov_council_series {
    behov_council_figure figure;
    const behov_council_year *years; /* in order */
    size_t n;
    const char *own_name;                               /* beside the last figure */
    const char *level_name, *country_name, *group_name; /* NULL = the line is not drawn */
} behov_council_series;

BEHOV_API void behov_council_series_add(const behov_council_series *chart, behov_wording *out);

/* ---- what makes the need differ --------------------------------------------------------------------------------- */

/// A row: a sum that stands by itself (a dot), or a step from the sum above it (a bar: filled upwards, hollow downwards).
typedef struct behov_council_step {
    const char *name;
    double kr;
    bool is_total;
    const char *own, *country; /* the driver's values as they are printed; NULL = empty */
} behov_council_step;

/// Need of the country, its drivers and the need of the municipality, as a table with the picture in a column.
typedef struct behov_council_waterfall {
    behov_council_figure figure;
    const behov_council_step *steps;
    size_t n;
    int decimals;                              /* of kroner: 0 as a rule */
    const char *name_heading, *kr_heading;     /* of the columns */
    const char *own_heading, *country_heading; /* NULL both: the columns are left out */
} behov_council_waterfall;

BEHOV_API void behov_council_waterfall_add(const behov_council_waterfall *chart, behov_wording *out);

/* ---- ratios against population ---------------------------------------------------------------------------------- */

/// Every municipality's ratio of the year against its population, the limits by chance alone (a band) and with
/// over-dispersion (broken lines), the own one marked. Beneath stands a legend that counts who lies within and outside;
/// where funnel->is_flat, say beside it why the limits do not narrow. The svg has data-x-low, data-x-high (log10 of
/// population), data-y-low and data-y-high (per cent) at its edges and a hidden <circle id="ID-pick"> for a script.
typedef struct behov_council_funnel {
    behov_council_figure figure;
    const behov_funnel *funnel; /* borrowed: points, variances, choices.level, country_need and what is counted */
    size_t own;                 /* which of the points; n_points or more = none */
    const char *own_name;
} behov_council_funnel;

BEHOV_API void behov_council_funnel_add(const behov_council_funnel *chart, behov_wording *out);

/* ---- places ----------------------------------------------------------------------------------------------------- */

/// A place with its interval; one that lacks any of the three is not drawn.
typedef struct behov_council_place {
    double rank, low, high; /* 1 = the highest level */
} behov_council_place;

/// Every municipality's interval of places as one stroke, the own one marked, and its interval shaded across all. The
/// svg has data-n and a hidden <line id="ID-pick"> for a script.
typedef struct behov_council_ranks {
    behov_council_figure figure;
    const behov_council_place *places; /* in any order */
    size_t n;
    size_t own; /* which of them; n or more = none */
    const char *own_name;
    bool is_withheld; /* the own interval says too little: drawn grey and broken, without the place */
} behov_council_ranks;

BEHOV_API void behov_council_ranks_add(const behov_council_ranks *chart, behov_wording *out);

/* ---- in the cell of a table ------------------------------------------------------------------------------------- */

/// What 100 per cent stands in the middle of: the scale of the bars below.
enum { BEHOV_COUNCIL_BAR_LOW = 0, BEHOV_COUNCIL_BAR_HIGH = 200 };

/// An interval of a ratio as a bar from 0 to 200 per cent, some 40 bytes, for a cell of a table in an element of class tw, beside
/// its figures: <svg> with a line at 100. Class u or o where it lies under or over 100 as a whole (a word says the same in the row), the own
/// one in ink; what lies outside the scale is cut off, with a gap before the edge. Without text: the figures stand
/// beside it. Nothing without an interval.
BEHOV_API void behov_council_bar_add(double low, double high, bool is_own, behov_wording *out);
/// The same of an interval of places from 1 to n: <svg class=p>, grey, the own one in ink.
BEHOV_API void behov_council_place_bar_add(double low, double high, size_t n, bool is_own, behov_wording *out);

/* ---- how it looks ----------------------------------------------------------------------------------------------- */

/// The style of all of these (static): tokens of colour (--bg, --ink ...), light, dark, print, more contrast.
BEHOV_API const char *behov_council_charts_style(void);

#ifdef __cplusplus
}
#endif
#endif
