/* council_chart_ranks.c - the interval of places of every municipality as one stroke of one path, in order of the place;
 * the own one marked, its interval shaded across all. */
#include <math.h>
#include <stdlib.h>

#include <behov/format.h>
#include <behov/labels.h>

#include "council_chart_parts.h"
#include "page_table.h"
#include "plot_parts.h"

typedef struct picture {
    const behov_council_ranks *chart;
    behov_language lang;
    plot_placed *order; /* those that are drawn */
    size_t n;
    size_t own; /* its position among them; n = none */
    behov_wording *out;
} picture;

static bool is_shown(const behov_council_place *place)
{
    return isfinite(place->rank) && isfinite(place->low) && isfinite(place->high);
}

static bool find_order(picture *drawn)
{
    const behov_council_ranks *chart = drawn->chart;
    drawn->order = calloc(chart->n + 1, sizeof *drawn->order);
    if (!drawn->order)
        return false;
    for (size_t i = 0; i < chart->n; i++)
        if (is_shown(&chart->places[i]))
            drawn->order[drawn->n++] = (plot_placed){chart->places[i].rank, i};
    behov_plot_sort_places(drawn->order, drawn->n);
    drawn->own = drawn->n;
    for (size_t i = 0; i < drawn->n; i++)
        if (drawn->order[i].place == chart->own)
            drawn->own = i;
    return true;
}

static const behov_council_place *place_of(const picture *drawn, size_t i)
{
    return &drawn->chart->places[drawn->order[i].place];
}

/* A place has the width of one: 1 begins at the left edge, and n ends at the right one. */
static double across(const picture *drawn, double place)
{
    return fmin(fmax((place - 0.5) / (double)drawn->n, 0), 1);
}

static void draw_strokes(const picture *drawn)
{
    behov_wording *out = drawn->out;
    behov_wording_print(
        out,
        "<svg class=\"st\" viewBox=\"0.5 0.5 %zu %zu\" preserveAspectRatio=\"none\" width=\"100%%\" height=\"100%%\">"
        "<path class=\"all\" d=\"",
        drawn->n, drawn->n);
    for (size_t i = 0; i < drawn->n; i++) {
        double low = round(place_of(drawn, i)->low), high = round(place_of(drawn, i)->high);
        double half = high > low ? 0 : 0.4; /* one place alone is a stroke too */
        behov_wording_add_letter(out, 'M');
        council_put_number(low - half, 1, out);
        behov_wording_print(out, " %zuH", i + 1);
        council_put_number(high + half, 1, out);
    }
    behov_wording_add(out, "\"/></svg>");
}

static void put_span(const char *classes, double low, double high, double y, behov_wording *out)
{
    behov_wording_print(out, "<line class=\"%s\" x1=\"", classes);
    council_put_share(low, out);
    behov_wording_add(out, "\" x2=\"");
    council_put_share(high, out);
    behov_wording_add(out, "\" y1=\"");
    council_put_share(y, out);
    behov_wording_add(out, "\" y2=\"");
    council_put_share(y, out);
    behov_wording_add(out, "\"/>");
}

/* Beside the interval where there is room, else above it in the middle. */
static void put_name(const picture *drawn, double low, double high, double y)
{
    const double gap = 8, size = COUNCIL_TEXT;
    const char *name = drawn->chart->own_name;
    double wide = name ? council_width(name, size, true) : 0, room_left = COUNCIL_NARROW * low - gap,
           room_right = COUNCIL_NARROW * (1 - high) - gap;
    bool is_left = wide <= room_left, is_right = !is_left && wide <= room_right;
    behov_wording text = {0};
    council_cut(name, size, true, COUNCIL_NARROW, &text);
    council_position beside = {is_left ? low : is_right ? high : 0.5, is_left ? -gap : is_right ? gap : 0};
    double above = y > 0.08 ? -11 : 20;
    council_put_text(is_left    ? "s b e"
                     : is_right ? "s b"
                                : "s b m",
                     beside, (council_position){y, is_left || is_right ? 5 : above}, behov_wording_text(&text),
                     drawn->out);
    behov_wording_spend(drawn->out, &text);
}

static void draw_own(const picture *drawn)
{
    if (drawn->own == drawn->n)
        return;
    const behov_council_place *own = place_of(drawn, drawn->own);
    double low = across(drawn, own->low), high = across(drawn, own->high), y = across(drawn, (double)drawn->own + 1);
    if (!(high > low)) {
        low = across(drawn, own->low - 0.4);
        high = across(drawn, own->high + 0.4);
    }
    put_span("halo", low, high, y, drawn->out);
    put_span(drawn->chart->is_withheld ? "wh rl da2" : "ol rl", low, high, y, drawn->out);
    if (!drawn->chart->is_withheld) {
        behov_wording_add(drawn->out, "<circle class=\"own\" cx=\"");
        council_put_share(across(drawn, own->rank), drawn->out);
        behov_wording_add(drawn->out, "\" cy=\"");
        council_put_share(y, drawn->out);
        behov_wording_add(drawn->out, "\" r=\"6.5\"/>");
    }
    put_name(drawn, low, high, y);
}

/* What has words along the axis: on the narrowest page, and on one that is wider than a telephone, or on paper. */
typedef struct ticks {
    council_marks narrow, wide;
} ticks;

static void put_tick(const picture *drawn, double share, const char *text, bool is_own, ticks *all)
{
    const double wide_plot = 340;
    const char *held, *held_wide;
    behov_wording classes = {0};
    bool is_narrow = council_marks_take(&all->narrow, share, text, is_own, COUNCIL_NARROW, &held);
    bool is_wide = council_marks_take(&all->wide, share, text, is_own, wide_plot, &held_wide);
    behov_wording_print(&classes, "%s%s%s", is_own ? "s " : "", is_narrow ? held : held_wide, is_narrow ? "" : " wd");
    if (is_narrow || is_wide)
        council_put_text(behov_wording_text(&classes), (council_position){share, 0}, (council_position){1, 18}, text,
                         drawn->out);
    behov_wording_spend(drawn->out, &classes);
}

/* The ends of the own interval at their places; of a short one as "159–160" in its middle. */
static void put_own_ticks(const picture *drawn, ticks *all)
{
    const behov_council_place *own = place_of(drawn, drawn->own);
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording both = {0};
    behov_format_cell(BEHOV_Q_RANK, own->low, drawn->lang, low);
    behov_format_cell(BEHOV_Q_RANK, own->high, drawn->lang, high);
    double start = across(drawn, own->low), end = across(drawn, own->high);
    council_marks tried = {.n = 0};
    const char *held;
    bool are_apart = council_marks_take(&tried, start, low, true, COUNCIL_NARROW, &held) &&
                     council_marks_take(&tried, end, high, true, COUNCIL_NARROW, &held);
    if (are_apart) {
        put_tick(drawn, start, low, true, all);
        put_tick(drawn, end, high, true, all);
    } else {
        bool is_one = !(own->low < own->high);
        behov_wording_print(&both, "%s%s%s", low, is_one ? "" : "–", is_one ? "" : high);
        put_tick(drawn, (start + end) / 2, behov_wording_text(&both), true, all);
    }
    behov_wording_spend(drawn->out, &both);
}

static void draw_axis(const picture *drawn)
{
    char n[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    ticks all = {.narrow = {.n = 0}, .wide = {.n = 0}};
    behov_format_count(drawn->lang, (double)drawn->n, n);
    council_put_level_line("ax", 1, drawn->out);
    if (drawn->own < drawn->n)
        put_own_ticks(drawn, &all);
    put_tick(drawn, across(drawn, 1), "1", false, &all);
    put_tick(drawn, across(drawn, (double)drawn->n), n, false, &all);
    behov_wording_fill(&words, drawn->lang, BEHOV_WORD_COUNCIL_CHART_LOWEST, "n", n, NULL);
    council_put_text("", (council_position){0, 0}, (council_position){1, 37},
                     behov_label(drawn->lang, BEHOV_WORD_COUNCIL_CHART_HIGHEST), drawn->out);
    council_put_text("e", (council_position){1, 0}, (council_position){1, 37}, behov_wording_text(&words), drawn->out);
    behov_wording_spend(drawn->out, &words);
}

static void draw_shade(const picture *drawn)
{
    if (drawn->own == drawn->n)
        return;
    double low = across(drawn, place_of(drawn, drawn->own)->low),
           high = across(drawn, place_of(drawn, drawn->own)->high);
    behov_wording_add(drawn->out, "<rect class=\"bnd lt\" x=\"");
    council_put_share(low, drawn->out);
    behov_wording_add(drawn->out, "\" width=\"");
    council_put_share(fmax(high - low, 0), drawn->out);
    behov_wording_add(drawn->out, "\" height=\"100%\"/>");
}

static void draw_plot(const picture *drawn)
{
    behov_wording *out = drawn->out;
    behov_wording_print(out, "<svg data-n=\"%zu\"", drawn->n);
    council_put_image(&drawn->chart->figure, out);
    behov_wording_add_letter(out, '>');
    council_put_description(&drawn->chart->figure, out);
    draw_shade(drawn);
    draw_strokes(drawn);
    behov_wording_add(out, "<line class=\"pl\" id=\"");
    behov_page_escape(drawn->chart->figure.id, out);
    behov_wording_add(out, "-pick\" visibility=\"hidden\"/>");
    draw_own(drawn);
    draw_axis(drawn);
    behov_wording_add(out, "</svg>");
}

void behov_council_ranks_add(const behov_council_ranks *chart, behov_wording *out)
{
    picture drawn = {.chart = chart, .lang = chart->figure.lang, .out = out};
    out->has_no_memory = !find_order(&drawn) || out->has_no_memory;
    council_begin_figure(&chart->figure, "ch-p", out);
    if (drawn.n)
        draw_plot(&drawn);
    council_end_figure(&chart->figure, out);
    free(drawn.order);
}
