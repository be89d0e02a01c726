/* council_chart_waterfall.c - what makes the need differ from the country's, as a table with the picture in a column: sums
 * are dots, for the axis does not begin at 0; steps are bars, filled upwards and hollow downwards. */
#include <math.h>
#include <string.h>

#include <behov/chart.h>
#include <behov/format.h>
#include <behov/labels.h>

#include "council_chart_parts.h"
#include "page_table.h"

enum { MOST_TICKS = 6 };
/* Pixels: of the column on the narrowest page, and on one that is wider than a telephone; what a name may take. */
static const double narrow_column = 84, wide_column = 190, name_room = 1000;

typedef struct picture {
    const behov_council_waterfall *chart;
    behov_chart_ticks ticks;
    council_axis axis;
    behov_wording lines; /* the path of the grid, the same in every row */
    behov_wording *out;
} picture;

static double after(double sum, const behov_council_step *step)
{
    return !isfinite(step->kr) ? sum : step->is_total ? step->kr : sum + step->kr;
}

static bool has_values(const behov_council_waterfall *chart)
{
    return chart->own_heading || chart->country_heading;
}

static void find_axis(picture *drawn)
{
    double sum = 0, low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < drawn->chart->n; i++) {
        const behov_council_step *step = &drawn->chart->steps[i];
        if (!isfinite(step->kr))
            continue;
        if (!step->is_total) { /* where its bar begins, too: of a table without a sum above it that is 0 */
            low = fmin(low, sum);
            high = fmax(high, sum);
        }
        sum = after(sum, step);
        low = fmin(low, sum);
        high = fmax(high, sum);
    }
    if (!(low < high)) {
        double middle = low <= high ? low : 0;
        low = middle - fmax(1, fabs(middle) / 10);
        high = middle + fmax(1, fabs(middle) / 10);
    }
    drawn->axis = (council_axis){low, high};
    drawn->ticks = behov_chart_ticks_of(low, high, MOST_TICKS - 1, true);
    double step = behov_chart_tick(&drawn->ticks, 1);
    council_axis_round(&drawn->axis, step);
    drawn->ticks.first = llround(drawn->axis.low / step);
    drawn->ticks.last = llround(drawn->axis.high / step);
    for (long long i = drawn->ticks.first; i <= drawn->ticks.last; i++) {
        behov_wording_add_letter(&drawn->lines, 'M');
        council_put_thousandths(council_axis_share(&drawn->axis, behov_chart_tick(&drawn->ticks, i)), &drawn->lines);
        behov_wording_add(&drawn->lines, " 0v1000");
    }
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static void put_bar(const picture *drawn, double start, double end, behov_wording *out)
{
    double low = council_axis_share(&drawn->axis, fmin(start, end)),
           high = council_axis_share(&drawn->axis, fmax(start, end));
    behov_wording_print(out, "<rect class=\"%s\" x=\"", end >= start ? "up" : "dn");
    council_put_share(low, out);
    behov_wording_add(out, "\" width=\"");
    council_put_share(high - low, out);
    behov_wording_add(out, "\" y=\"50%\" height=\"16\" transform=\"translate(0,-8)\"/>");
}

/* The grid; from the row above to the middle at the old sum, from there to the row beneath at the new one. */
static void put_picture(const picture *drawn, double before, const behov_council_step *step, bool is_first,
                        bool is_last)
{
    behov_wording *out = drawn->out;
    double now = after(before, step);
    behov_wording_add(out, "<svg aria-hidden=\"true\">");
    council_begin_paths(out);
    behov_wording_print(out, "<path class=\"gr\" d=\"%s\"/><path class=\"ax\" d=\"", behov_wording_text(&drawn->lines));
    if (!is_first) {
        behov_wording_add_letter(out, 'M');
        council_put_thousandths(council_axis_share(&drawn->axis, before), out);
        behov_wording_add(out, " 0v500");
    }
    if (!is_last) {
        behov_wording_add_letter(out, 'M');
        council_put_thousandths(council_axis_share(&drawn->axis, now), out);
        behov_wording_add(out, " 500v500");
    }
    behov_wording_add(out, "\"/>");
    council_end_paths(out);
    if (step->is_total && isfinite(step->kr)) {
        behov_wording_add(out, "<circle class=\"oth\" cx=\"");
        council_put_share(council_axis_share(&drawn->axis, now), out);
        behov_wording_add(out, "\" cy=\"50%\" r=\"5\"/>");
    } else if (isfinite(step->kr) && step->kr != 0) {
        put_bar(drawn, before, now, out);
    }
    behov_wording_add(out, "</svg>");
}

/* "2 334" of a sum, "+168" and "−170" of a step. */
static void put_kroner(const picture *drawn, const behov_council_step *step)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_format_fixed(drawn->chart->figure.lang, step->kr, drawn->chart->decimals, text);
    bool is_positive = behov_number_rounded(step->kr, drawn->chart->decimals) > 0;
    behov_wording_print(drawn->out, "%s%s", !step->is_total && is_positive ? "+" : "", text);
}

static void put_cell(const char *classes, const char *text, behov_wording *out)
{
    behov_wording_print(out, "<td class=\"%s\">", classes);
    behov_page_escape(text, out);
    behov_wording_add(out, "</td>");
}

/* A name whose longest words may be broken: a browser breaks none by itself, and a table is as wide as its widest. */
static void put_name(const char *name, behov_wording *out)
{
    enum { LONG_WORD = 20, PART = 12 };
    while (*name) {
        size_t n_bytes = strcspn(name, " "), n_letters = 0;
        behov_wording word = {0};
        behov_wording_add_bytes(&word, name, n_bytes);
        const char *rest = behov_wording_text(&word);
        bool is_long = behov_format_width(rest) > LONG_WORD;
        for (behov_page_character next; behov_page_next(&rest, &next); n_letters++) {
            char letter[8] = {0};
            memcpy(letter, next.bytes, next.length < sizeof letter ? next.length : sizeof letter - 1);
            if (is_long && n_letters && n_letters % PART == 0)
                behov_wording_add(out, "<wbr/>");
            behov_page_escape(letter, out);
        }
        name += n_bytes;
        for (; *name == ' '; name++)
            behov_wording_add_letter(out, ' ');
        behov_wording_spend(out, &word);
    }
}

static void put_row(const picture *drawn, size_t i, double before)
{
    const behov_council_waterfall *chart = drawn->chart;
    const behov_council_step *step = &chart->steps[i];
    behov_wording *out = drawn->out, name = {0};
    council_cut(step->name, COUNCIL_LABEL, step->is_total, name_room, &name);
    behov_wording_print(out, "<tr%s><th scope=\"row\">", step->is_total ? " class=\"sum\"" : "");
    put_name(behov_wording_text(&name), out);
    behov_wording_add(out, "</th><td class=\"b\">");
    put_picture(drawn, before, step, i == 0, i + 1 == chart->n);
    behov_wording_add(out, "</td><td>");
    put_kroner(drawn, step);
    behov_wording_add(out, "</td>");
    if (has_values(chart)) {
        put_cell("wide", step->own, out);
        put_cell("wide", step->country, out);
    }
    behov_wording_add(out, "</tr>\n");
    behov_wording_spend(out, &name);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static void put_axis_words(const picture *drawn)
{
    behov_wording *out = drawn->out;
    const long long first = drawn->ticks.first, last = drawn->ticks.last;
    council_marks narrow = {.n = 0}, wide = {.n = 0};
    behov_wording_add(out, "<svg aria-hidden=\"true\">");
    for (long long k = 0; k <= last - first; k++) { /* the ends first */
        long long i = k == 0 ? first : k == 1 ? last : first + k - 1;
        char text[400];
        const char *held;
        behov_wording classes = {0};
        double share = council_axis_share(&drawn->axis, behov_chart_tick(&drawn->ticks, i));
        behov_chart_tick_text(&drawn->ticks, i, drawn->chart->figure.lang, text);
        bool is_narrow = council_marks_take(&narrow, share, text, false, narrow_column, &held);
        if (council_marks_take(&wide, share, text, false, wide_column, &held)) {
            behov_wording_print(&classes, "%s%s", held, is_narrow ? "" : " wd");
            council_put_text(behov_wording_text(&classes), (council_position){share, 0}, (council_position){0, 12},
                             text, out);
        }
        behov_wording_spend(out, &classes);
    }
    behov_wording_add(out, "</svg>");
}

static void put_heading(const char *classes, const char *text, behov_wording *out)
{
    behov_wording_print(out, "<th scope=\"col\"%s>", classes);
    behov_page_escape(text, out);
    behov_wording_add(out, "</th>");
}

static void put_head(const picture *drawn)
{
    const behov_council_waterfall *chart = drawn->chart;
    behov_language lang = chart->figure.lang;
    behov_wording *out = drawn->out;
    behov_wording_add(out, "<table>\n<caption>");
    behov_page_escape(chart->figure.unit, out);
    behov_wording_print(out, "%s<span>%s</span> <span>%s</span></caption>\n<thead><tr>", chart->figure.unit ? " " : "",
                        behov_label(lang, BEHOV_WORD_COUNCIL_CHART_PULLS_UP),
                        behov_label(lang, BEHOV_WORD_COUNCIL_CHART_PULLS_DOWN));
    put_heading("", chart->name_heading, out);
    behov_wording_print(out, "<th scope=\"col\" class=\"b\"><span class=\"ch-v\">%s</span>",
                        behov_label(lang, BEHOV_WORD_COUNCIL_CHART_DRAWN_AS_BAR));
    put_axis_words(drawn);
    behov_wording_add(out, "</th>");
    put_heading("", chart->kr_heading, out);
    if (has_values(chart)) {
        put_heading(" class=\"wide\"", chart->own_heading, out);
        put_heading(" class=\"wide\"", chart->country_heading, out);
    }
    behov_wording_add(out, "</tr></thead>\n<tbody>\n");
}

void behov_council_waterfall_add(const behov_council_waterfall *chart, behov_wording *out)
{
    picture drawn = {.chart = chart, .out = out};
    behov_council_figure figure = chart->figure;
    double sum = 0;
    figure.unit = NULL; /* it stands in the caption of the table */
    find_axis(&drawn);
    council_begin_figure(&figure, "ch-w", out);
    put_head(&drawn);
    for (size_t i = 0; i < chart->n; i++) {
        put_row(&drawn, i, sum);
        sum = after(sum, &chart->steps[i]);
    }
    behov_wording_add(out, "</tbody></table>");
    behov_wording_spend(out, &drawn.lines);
    council_end_figure(&figure, out);
}
