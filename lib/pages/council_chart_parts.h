/* council_chart_parts.h - what the pictures of a council's page share: the figure about them, positions as text, axes, and
 * texts that keep within the narrowest page. */
#ifndef BEHOV_COUNCIL_CHART_PARTS_H
#define BEHOV_COUNCIL_CHART_PARTS_H

#include <behov/council_charts.h>
#include <stdbool.h>
#include <stddef.h>

/* Pixels that a picture has at least: a page of 320 without its edges. What is told to have room has it there. */
#define COUNCIL_NARROW 288.0
/* Sizes of letters, as in council_charts.css. */
#define COUNCIL_TEXT 13.0
#define COUNCIL_LABEL 15.0
#define COUNCIL_LARGE 22.0

/* ---- numbers and texts ------------------------------------------------------------------------------------------- */

/* A number of at most so many decimals, without zeros at its end; 0 for NaN. */
void council_put_number(double value, int decimals, behov_wording *out);
/* "25.07%": a share of the picture, within 0 and 1. */
void council_put_share(double share, behov_wording *out);
/* Its thousandths, in which paths are drawn. */
void council_put_thousandths(double share, behov_wording *out);
/* Pixels that a text takes in a widely spaced font. */
double council_width(const char *text, double size, bool is_bold);
/* As much of a text as stands within so many pixels, with an ellipsis for the rest; as it is, not escaped. */
void council_cut(const char *text, double size, bool is_bold, double room, behov_wording *out);
/* A text in at most so many lines, parted by line ends; what is longer is cut in the last. Returns how many. */
size_t council_break(const char *text, double size, bool is_bold, double room, size_t most, behov_wording *out);
/* A ratio in per cent without decimals, with a true minus sign. */
void council_ratio(behov_language lang, double ratio, behov_wording *out);

/* A place: a share of the picture and pixels from there. */
typedef struct council_position {
    double share, px;
} council_position;

/* <text> with these classes ("" = none), its text escaped; nothing for no text. */
void council_put_text(const char *classes, council_position x, council_position y, const char *text,
                      behov_wording *out);
/* The same of a text of several lines, each so much lower: a share of the picture or pixels. */
void council_put_lines(const char *classes, council_position x, council_position y, council_position pitch,
                       const char *text, behov_wording *out);
/* A line of these classes across the picture, or down it. */
void council_put_level_line(const char *classes, double share, behov_wording *out);
void council_put_upright_line(const char *classes, double share, behov_wording *out);
/* A picture within the picture, 1000 by 1000 and stretched, for paths of thousandths; and its end. */
void council_begin_paths(behov_wording *out);
void council_end_paths(behov_wording *out);

/* ---- axes -------------------------------------------------------------------------------------------------------- */

typedef struct council_axis {
    double low, high;
} council_axis;

/* Widens an axis to hold a figure, as far as such a picture can show it (-500 to 2000 per cent); not for NaN. */
void council_axis_hold(council_axis *axis, double value);
/* To whole steps of so much. */
void council_axis_round(council_axis *axis, double step);
/* Where a figure lies between the ends, 0 to 1; what lies beyond them lies at them. */
double council_axis_share(const council_axis *axis, double value);

/* Words along an axis: those that have room beside those before them are kept. */
typedef struct council_mark {
    double share;
    double left, right; /* pixels in the narrowest picture */
} council_mark;
enum { COUNCIL_MARKS = 16 };
typedef struct council_marks {
    council_mark marks[COUNCIL_MARKS];
    size_t n;
} council_marks;

/* Whether a text has room beside the others: then it is counted among them, and stands in *classes ("", "m" or "e": where it
 * is held) at its share. */
bool council_marks_take(council_marks *marks, double share, const char *text, bool is_bold, double room,
                        const char **classes);

/* ---- labels above each other ------------------------------------------------------------------------------------ */

typedef struct council_label {
    double share;  /* down the picture, of its middle: wished for, then given */
    double height; /* share of the picture */
    const char *classes;
    const char *text; /* of several lines: parted by line ends */
} council_label;

/* Moves labels so that none covers another, in the order of where they wish to be, within the picture while there is
 * room. */
void council_labels_spread(council_label *labels, size_t n);

/* ---- the figure -------------------------------------------------------------------------------------------------- */

/* <figure class="ch KIND"> with its caption. */
void council_begin_figure(const behov_council_figure *figure, const char *kind, behov_wording *out);
/* What a picture's svg says to those who hear it: role, name and description; the description itself stands in it. */
void council_put_image(const behov_council_figure *figure, behov_wording *out);
void council_put_description(const behov_council_figure *figure, behov_wording *out);
/* The source, the caller's markup, and </figure>. */
void council_end_figure(const behov_council_figure *figure, behov_wording *out);

#endif
