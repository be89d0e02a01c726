/* council_chart_funnel.c - ratios of a year against population, with the limits that are expected of them. All
 * municipalities are one path of points, so that the picture of hundreds is small. */
#include <math.h>

#include <behov/chart.h>
#include <behov/drawing.h>
#include <behov/format.h>
#include <behov/funnel_sentences.h>
#include <behov/labels.h>
#include <behov/lasting.h>

#include "chart_parts.h"
#include "council_chart_parts.h"
#include "font_advances.h"
#include "page_table.h"
#include "plot_parts.h"

enum { CURVE_POINTS = 33 };
/* pixels: between the own mark and its name, and what words of the other axis take at the edge */
static const double pad_log = 0.03, beside = 13, ratio_room = 45;

typedef struct picture {
    const behov_council_funnel *chart;
    const behov_funnel *funnel;
    behov_language lang;
    double low, high; /* log10 of population at the edges */
    plot_funnel_frame frame;
    council_axis axis;
    behov_wording *out;
} picture;

static double across(const picture *drawn, double population)
{
    return (log10(population) - drawn->low) / (drawn->high - drawn->low);
}

static double down(const picture *drawn, double ratio)
{
    return 1 - council_axis_share(&drawn->axis, ratio);
}

static bool is_shown(const behov_funnel_point *point)
{
    return isfinite(point->ratio) && point->population > 0 && isfinite(point->population);
}

static void find_frame(picture *drawn)
{
    behov_plot_funnel_frame(drawn->funnel, &drawn->frame);
    double low = log10(drawn->frame.least), high = log10(drawn->frame.most);
    drawn->low = low - pad_log * (high - low);
    drawn->high = high + pad_log * (high - low);
    drawn->axis = (council_axis){100, 100};
    council_axis_hold(&drawn->axis, drawn->frame.low);
    council_axis_hold(&drawn->axis, drawn->frame.high);
}

/* ---- limits and points ------------------------------------------------------------------------------------------- */

static void put_point(const picture *drawn, char letter, double population, double ratio)
{
    behov_wording_add_letter(drawn->out, letter);
    council_put_thousandths(across(drawn, population), drawn->out);
    behov_wording_add_letter(drawn->out, ' ');
    council_put_thousandths(down(drawn, ratio), drawn->out);
}

/* A limit beyond the frame stays where it is: the picture within the picture cuts it off. */
static void put_limit_point(const picture *drawn, char letter, double population, double ratio)
{
    const double far = 5;
    double share = (drawn->axis.high - ratio) / (drawn->axis.high - drawn->axis.low);
    behov_wording_add_letter(drawn->out, letter);
    council_put_thousandths(across(drawn, population), drawn->out);
    behov_wording_add_letter(drawn->out, ' ');
    council_put_thousandths(fmin(fmax(share, -far), far), drawn->out);
}

/* From edge to edge; where chance does not fall with population its two ends are all of it. */
static void put_limit(const picture *drawn, bool is_outer, bool is_upper, bool is_backward, char letter)
{
    const size_t n = drawn->funnel->is_flat ? 2 : CURVE_POINTS;
    for (size_t k = 0; k < n; k++) {
        double share = (double)(is_backward ? n - 1 - k : k) / (double)(n - 1);
        double population = pow(10, drawn->low + share * (drawn->high - drawn->low));
        behov_funnel_limits limits = behov_funnel_limits_at(drawn->funnel, population, drawn->funnel->country_need);
        behov_interval interval = is_outer ? limits.spread : limits.chance;
        put_limit_point(drawn, k ? 'L' : letter, population,
                        is_upper ? interval.high : behov_lasting_shown(interval.low));
    }
}

/* Of one year, chance is assumed: no band is drawn of it. */
static bool has_band(const picture *drawn)
{
    return !drawn->funnel->variances.is_one_year;
}

static void draw_limits(const picture *drawn)
{
    behov_wording *out = drawn->out;
    if (has_band(drawn)) {
        behov_wording_add(out, "<path class=\"bnd lt\" d=\"");
        put_limit(drawn, false, true, false, 'M');
        put_limit(drawn, false, false, true, 'L');
        behov_wording_add(out, "Z\"/>");
    }
    behov_wording_add(out, "<path class=\"gl da2\" d=\"");
    put_limit(drawn, true, true, false, 'M');
    put_limit(drawn, true, false, false, 'M');
    behov_wording_add(out, "\"/>");
}

static void draw_points(const picture *drawn)
{
    behov_wording_add(drawn->out, "<path class=\"pts\" d=\"");
    for (size_t i = 0; i < drawn->funnel->n_points; i++) {
        const behov_funnel_point *point = &drawn->funnel->points[i];
        if (!is_shown(point) || i == drawn->chart->own)
            continue;
        put_point(drawn, 'M', point->population, point->ratio);
        behov_wording_add(drawn->out, "h.01"); /* a round cap is a dot, but not of a line without length everywhere */
    }
    behov_wording_add(drawn->out, "\"/>");
}

static void put_circle(const picture *drawn, const char *classes, double x, double y, double radius)
{
    behov_wording_print(drawn->out, "<circle class=\"%s\" cx=\"", classes);
    council_put_share(x, drawn->out);
    behov_wording_add(drawn->out, "\" cy=\"");
    council_put_share(y, drawn->out);
    behov_wording_add(drawn->out, "\" r=\"");
    council_put_number(radius, 1, drawn->out);
    behov_wording_add(drawn->out, "\"/>");
}

/* The own one, with its name on the side that has more room. */
static void draw_own(const picture *drawn)
{
    const behov_council_funnel *chart = drawn->chart;
    if (chart->own >= drawn->funnel->n_points || !is_shown(&drawn->funnel->points[chart->own]))
        return;
    const behov_funnel_point *point = &drawn->funnel->points[chart->own];
    double x = across(drawn, point->population), y = down(drawn, point->ratio);
    bool is_right = x <= 0.5;
    double room = COUNCIL_NARROW * (is_right ? 1 - x : x) - beside - ratio_room;
    behov_wording text = {0}, figure = {0};
    behov_wording_add_letter(&figure, ' ');
    council_ratio(drawn->lang, point->ratio, &figure);
    council_cut(chart->own_name, COUNCIL_TEXT, true,
                room - council_width(behov_wording_text(&figure), COUNCIL_TEXT, true), &text);
    behov_wording_add(&text, behov_wording_text(&figure));
    put_circle(drawn, "oth halo", x, y, 6);
    put_circle(drawn, "own", x, y, 6.5);
    council_put_text(is_right ? "s b" : "s b e", (council_position){x, is_right ? beside : -beside},
                     (council_position){fmax(y, 0.0001), 5}, behov_wording_text(&text), drawn->out);
    behov_wording_spend(drawn->out, &text);
    behov_wording_spend(drawn->out, &figure);
}

/* ---- axes -------------------------------------------------------------------------------------------------------- */

/* Within the plot at its left edge, at the right one where the own municipality stands at the left. */
static void put_ratio_words(const picture *drawn, bool is_strong, double value, const char *text)
{
    const behov_council_funnel *chart = drawn->chart;
    bool is_right = chart->own < drawn->funnel->n_points && is_shown(&drawn->funnel->points[chart->own]) &&
                    across(drawn, drawn->funnel->points[chart->own].population) < 0.2;
    council_put_text(is_strong ? (is_right ? "s b e" : "s b") : (is_right ? "b e" : "b"),
                     (council_position){is_right ? 1 : 0, 0}, (council_position){fmax(down(drawn, value), 0.0001), -4},
                     text, drawn->out);
}

static void draw_ratio_grid(const picture *drawn, bool has_words)
{
    behov_chart_ticks ticks = behov_chart_ticks_of(drawn->axis.low, drawn->axis.high, 6, true);
    for (long long i = ticks.first; i <= ticks.last; i++) {
        char text[400];
        double value = behov_chart_tick(&ticks, i);
        behov_chart_tick_text(&ticks, i, drawn->lang, text);
        if (has_words && down(drawn, value) > 0.04 && /* else upon the words over the picture */
            fabs(down(drawn, value) - down(drawn, 100)) > 0.06)
            put_ratio_words(drawn, false, value, text);
        else if (!has_words && value != 100)
            council_put_level_line("gr", down(drawn, value), drawn->out);
    }
    if (has_words)
        put_ratio_words(drawn, true, 100, "100");
}

static void draw_population_axis(const picture *drawn)
{
    const behov_drawing_ruler ruler = {behov_font_advances_measure, NULL};
    const chart_log_axis axis = {.low = drawn->low,
                                 .high = drawn->high,
                                 .length = COUNCIL_NARROW,
                                 .ruler = &ruler,
                                 .size = COUNCIL_TEXT,
                                 .lang = drawn->lang};
    chart_log_ticks ticks;
    chart_find_log_ticks(&axis, &ticks);
    council_put_level_line("ax", 1, drawn->out);
    for (size_t i = 0; i < ticks.n; i++) {
        char text[400];
        double share = across(drawn, ticks.figures[i]);
        chart_log_tick_text(ticks.figures[i], drawn->lang, text);
        double half = council_width(text, COUNCIL_TEXT, false) / 2 / COUNCIL_NARROW;
        if (ticks.has_words[i] && share >= half && share <= 1 - half)
            council_put_text("m", (council_position){share, 0}, (council_position){1, 18}, text, drawn->out);
    }
    council_put_text("e", (council_position){1, 0}, (council_position){1, 37},
                     behov_label(drawn->lang, BEHOV_WORD_PLOT_AXIS_POPULATION), drawn->out);
}

/* ---- beneath ----------------------------------------------------------------------------------------------------- */

static const char *count(const picture *drawn, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(drawn->lang, (double)n, text);
}

static void put_key(const picture *drawn, const char *swatch, const behov_wording *words)
{
    behov_wording_print(drawn->out, "<li><svg aria-hidden=\"true\">%s</svg>", swatch);
    behov_page_escape(behov_wording_text(words), drawn->out);
    behov_wording_add(drawn->out, "</li>");
}

/* What the band and the lines are, and how many lie where. */
static void draw_legend(const picture *drawn)
{
    const behov_funnel *funnel = drawn->funnel;
    char within[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE], below[BEHOV_NUMBER_SIZE], above[BEHOV_NUMBER_SIZE];
    behov_wording name = {0}, line = {0};
    behov_wording_add(drawn->out, "\n<ul class=\"ch-k\">");
    count(drawn, funnel->n_points, all);
    if (has_band(drawn)) {
        behov_funnel_name_limits(funnel, false, drawn->lang, &name);
        behov_wording_fill(&line, drawn->lang, BEHOV_WORD_COUNCIL_CHART_WITHIN_CHANCE, "words",
                           behov_wording_text(&name), "n", count(drawn, funnel->n_of_side[BEHOV_WITHIN_CHANCE], within),
                           "all", count(drawn, funnel->n_points, all), NULL);
        put_key(drawn, "<rect class=\"bnd\" y=\"15%\" width=\"100%\" height=\"70%\"/>", &line);
        behov_wording_clear(&name);
        behov_wording_clear(&line);
    }
    behov_funnel_name_limits(funnel, true, drawn->lang, &name);
    behov_wording_fill(&line, drawn->lang, BEHOV_WORD_COUNCIL_CHART_WITHIN_SPREAD, "words", behov_wording_text(&name),
                       "n", count(drawn, behov_funnel_n_within(funnel, false), within), "all", all, "below",
                       count(drawn, funnel->n_of_side[BEHOV_BEYOND_BELOW], below), "above",
                       count(drawn, funnel->n_of_side[BEHOV_BEYOND_ABOVE], above), NULL);
    put_key(drawn, "<line class=\"gl da2\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/>", &line);
    behov_wording_add(drawn->out, "</ul>");
    behov_wording_spend(drawn->out, &name);
    behov_wording_spend(drawn->out, &line);
}

static void put_number_attribute(const char *name, double value, behov_wording *out)
{
    behov_wording_print(out, " data-%s=\"", name);
    council_put_number(value, 6, out);
    behov_wording_add_letter(out, '"');
}

static void draw_plot(const picture *drawn)
{
    behov_wording *out = drawn->out;
    behov_wording_add(out, "<svg");
    put_number_attribute("x-low", drawn->low, out);
    put_number_attribute("x-high", drawn->high, out);
    put_number_attribute("y-low", drawn->axis.low, out);
    put_number_attribute("y-high", drawn->axis.high, out);
    council_put_image(&drawn->chart->figure, out);
    behov_wording_add_letter(out, '>');
    council_put_description(&drawn->chart->figure, out);
    draw_ratio_grid(drawn, false);
    council_begin_paths(out);
    draw_limits(drawn);
    draw_points(drawn);
    council_end_paths(out);
    council_put_level_line("h", down(drawn, 100), out);
    draw_ratio_grid(drawn, true);
    behov_wording_add(out, "<circle class=\"pk\" id=\"");
    behov_page_escape(drawn->chart->figure.id, out);
    behov_wording_add(out, "-pick\" r=\"6\" visibility=\"hidden\"/>");
    draw_own(drawn);
    draw_population_axis(drawn);
    behov_wording_add(out, "</svg>");
}

void behov_council_funnel_add(const behov_council_funnel *chart, behov_wording *out)
{
    picture drawn = {.chart = chart, .funnel = chart->funnel, .lang = chart->figure.lang, .out = out};
    council_begin_figure(&chart->figure, "ch-p", out);
    if (chart->funnel->n_points) {
        find_frame(&drawn);
        draw_plot(&drawn);
        draw_legend(&drawn);
    }
    council_end_figure(&chart->figure, out);
}
