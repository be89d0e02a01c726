/* council_chart_series.c - the ratio by year with its error bars, within the band of the level, beside the country and the
 * group. Three pictures in a row: figures of the axis, the plot, the names of the lines. */
#include <math.h>
#include <stdio.h>

#include <behov/chart.h>
#include <behov/labels.h>

#include "council_chart_parts.h"

/* Of the plot in pixels: on the narrowest page, and on one that is wider than a telephone. */
static const double narrow_plot = 133, wide_axis = 10, wide_plot = 270, year_room = 39, figure_room = 32,
                    name_room = 104, axis_room = 27.5, line_share = 0.075;
enum { MOST_LINES = 2, N_NAMES = 4 };

typedef double year_value(const behov_council_year *year);

static double ratio_of(const behov_council_year *year)
{
    return year->ratio;
}

static double level_of(const behov_council_year *year)
{
    return year->level;
}

static double country_of(const behov_council_year *year)
{
    return year->country;
}

static double group_of(const behov_council_year *year)
{
    return year->group;
}

typedef struct picture {
    const behov_council_series *chart;
    behov_chart_ticks ticks;
    council_axis axis;
    bool is_axis_wide; /* its figures need more than "100" does */
    behov_wording *out;
} picture;

static double across(const picture *drawn, size_t i)
{
    size_t n = drawn->chart->n;
    return n > 1 ? 0.03 + 0.94 * (double)i / (double)(n - 1) : 0.5;
}

static double down(const picture *drawn, double value)
{
    return 1 - council_axis_share(&drawn->axis, value);
}

static void find_axis(picture *drawn)
{
    enum { MOST_TICKS = 6 };
    council_axis axis = {100, 100};
    for (size_t i = 0; i < drawn->chart->n; i++) {
        const behov_council_year *year = &drawn->chart->years[i];
        const double values[] = {year->ratio,
                                 year->low,
                                 year->high,
                                 year->level,
                                 year->level_low,
                                 year->level_high,
                                 drawn->chart->country_name ? year->country : NAN,
                                 drawn->chart->group_name ? year->group : NAN};
        for (size_t j = 0; j < sizeof values / sizeof *values; j++)
            council_axis_hold(&axis, values[j]);
    }
    if (axis.high - axis.low < 20) {
        axis.low -= 10;
        axis.high += 10;
    }
    /* the outer ticks are the edges: a tick more on each side than lie within */
    drawn->ticks = behov_chart_ticks_of(axis.low, axis.high, MOST_TICKS - 1, true);
    double step = behov_chart_tick(&drawn->ticks, 1);
    council_axis_round(&axis, step);
    drawn->axis = axis;
    drawn->ticks.first = llround(axis.low / step);
    drawn->ticks.last = llround(axis.high / step);
    for (long long i = drawn->ticks.first; i <= drawn->ticks.last; i++) {
        char text[400];
        behov_chart_tick_text(&drawn->ticks, i, drawn->chart->figure.lang, text);
        drawn->is_axis_wide = drawn->is_axis_wide || council_width(text, COUNCIL_TEXT, false) > axis_room;
    }
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

static void put_point(const picture *drawn, char letter, size_t i, double value)
{
    behov_wording_add_letter(drawn->out, letter);
    council_put_thousandths(across(drawn, i), drawn->out);
    behov_wording_add_letter(drawn->out, ' ');
    council_put_thousandths(down(drawn, value), drawn->out);
}

/* A line from year to year, with a gap where a figure is lacking. */
static void draw_line(const picture *drawn, const char *classes, year_value *value)
{
    bool is_open = false;
    behov_wording path = {0}, *out = drawn->out;
    picture into = *drawn;
    into.out = &path;
    for (size_t i = 0; i < drawn->chart->n; i++) {
        double figure = value(&drawn->chart->years[i]);
        if (isfinite(figure))
            put_point(&into, is_open ? 'L' : 'M', i, figure);
        is_open = isfinite(figure);
    }
    if (path.length)
        behov_wording_print(out, "<path class=\"%s\" d=\"%s\"/>", classes, behov_wording_text(&path));
    behov_wording_spend(out, &path);
}

static bool has_band(const behov_council_year *year)
{
    return isfinite(year->level_low) && isfinite(year->level_high);
}

/* Years that follow each other with a band each: along the upper ends, and back along the lower. One alone is a bar. */
static void draw_band(const picture *drawn)
{
    const behov_council_series *chart = drawn->chart;
    behov_wording path = {0}, *out = drawn->out;
    picture into = *drawn;
    into.out = &path;
    for (size_t i = 0, end; i < chart->n; i = end) {
        for (end = i; end < chart->n && has_band(&chart->years[end]);)
            end++;
        if (end == i + 1) {
            put_point(&into, 'M', i, chart->years[i].level_high);
            behov_wording_add(&path, "m-12 0h24V");
            council_put_thousandths(down(drawn, chart->years[i].level_low), &path);
            behov_wording_add(&path, "h-24Z");
        } else if (end > i) {
            for (size_t j = i; j < end; j++)
                put_point(&into, j == i ? 'M' : 'L', j, chart->years[j].level_high);
            for (size_t j = end; j-- > i;)
                put_point(&into, 'L', j, chart->years[j].level_low);
            behov_wording_add_letter(&path, 'Z');
        }
        end += end == i;
    }
    if (path.length)
        behov_wording_print(out, "<path class=\"bnd\" d=\"%s\"/>", behov_wording_text(&path));
    behov_wording_spend(out, &path);
}

static bool has_bar(const behov_council_year *year)
{
    return isfinite(year->ratio) && isfinite(year->low) && isfinite(year->high);
}

static void draw_bars(const picture *drawn)
{
    behov_wording path = {0}, *out = drawn->out;
    picture into = *drawn;
    into.out = &path;
    for (size_t i = 0; i < drawn->chart->n; i++) {
        const behov_council_year *year = &drawn->chart->years[i];
        if (!has_bar(year))
            continue;
        put_point(&into, 'M', i, year->low);
        behov_wording_add_letter(&path, 'V');
        council_put_thousandths(down(drawn, year->high), &path);
    }
    if (path.length)
        behov_wording_print(out, "<path class=\"eb\" d=\"%s\"/>", behov_wording_text(&path));
    behov_wording_spend(out, &path);
}

/* ---- figures beside the marks ------------------------------------------------------------------------------------ */

/* Every so many years, counted from the last, have words of this width on a wide page; and on the narrowest. */
typedef struct steps {
    size_t wide, narrow;
} steps;

static steps find_steps(const picture *drawn, double room)
{
    double n_gaps = (double)drawn->chart->n - 1, plot = narrow_plot - (drawn->is_axis_wide ? wide_axis : 0);
    steps every = {1, 1};
    if (n_gaps > 0)
        every.narrow = every.wide = (size_t)ceil(room * n_gaps / wide_plot);
    while (n_gaps > 0 && (double)every.narrow * plot / n_gaps < room)
        every.narrow += every.wide;
    return every;
}

static void put_year(const picture *drawn, size_t i, bool is_wide_only)
{
    char text[32];
    snprintf(text, sizeof text, "%d", drawn->chart->years[i].year);
    if (drawn->chart->years[i].year)
        council_put_text(is_wide_only ? "m wd" : "m", (council_position){across(drawn, i), 0},
                         (council_position){1, 19}, text, drawn->out);
}

/* Beneath the lower end, at the foot of the picture above the upper one. */
static void put_figure(const picture *drawn, size_t i, bool is_wide_only)
{
    const behov_council_year *year = &drawn->chart->years[i];
    behov_wording ratio = {0};
    double low = down(drawn, has_bar(year) ? year->low : year->ratio),
           high = down(drawn, has_bar(year) ? year->high : year->ratio), off = has_bar(year) ? 0 : 6;
    bool is_above = low > 0.9;
    council_ratio(drawn->chart->figure.lang, year->ratio, &ratio);
    council_put_text(is_wide_only ? "s m b wd" : "s m b", (council_position){across(drawn, i), 0},
                     (council_position){is_above ? high : low, is_above ? -6 - off : 15 + off},
                     behov_wording_text(&ratio), drawn->out);
    behov_wording_spend(drawn->out, &ratio);
}

static void draw_marks(const picture *drawn)
{
    const behov_council_series *chart = drawn->chart;
    steps years = find_steps(drawn, year_room), figures = find_steps(drawn, figure_room);
    for (size_t i = 0; i < chart->n; i++) {
        if (isfinite(chart->years[i].ratio)) {
            behov_wording_add(drawn->out, "<circle class=\"own\" cx=\"");
            council_put_share(across(drawn, i), drawn->out);
            behov_wording_add(drawn->out, "\" cy=\"");
            council_put_share(down(drawn, chart->years[i].ratio), drawn->out);
            behov_wording_print(drawn->out, "\" r=\"%d\"/>", chart->n > 12 ? 3 : 5);
        }
    }
    for (size_t i = 0; i < chart->n; i++) {
        size_t back = chart->n - 1 - i;
        if (back % years.wide == 0)
            put_year(drawn, i, back % years.narrow != 0);
        /* the last has its figure beside its name */
        if (back && back % figures.wide == 0 && isfinite(chart->years[i].ratio))
            put_figure(drawn, i, back % figures.narrow != 0);
    }
}

/* ---- the three pictures ------------------------------------------------------------------------------------------ */

static void draw_axis_figures(const picture *drawn)
{
    behov_wording_add(drawn->out, "<svg aria-hidden=\"true\">");
    for (long long i = drawn->ticks.first; i <= drawn->ticks.last; i++) {
        char text[400];
        double value = behov_chart_tick(&drawn->ticks, i);
        behov_chart_tick_text(&drawn->ticks, i, drawn->chart->figure.lang, text);
        council_put_text(value == 100 ? "s e" : "e", (council_position){1, -6},
                         (council_position){down(drawn, value), 4.5}, text, drawn->out);
    }
    behov_wording_add(drawn->out, "</svg>\n");
}

static void draw_plot(const picture *drawn)
{
    behov_wording *out = drawn->out;
    behov_wording_add(out, "<svg");
    council_put_image(&drawn->chart->figure, out);
    behov_wording_add_letter(out, '>');
    council_put_description(&drawn->chart->figure, out);
    council_begin_paths(out);
    draw_band(drawn);
    council_end_paths(out);
    for (long long i = drawn->ticks.first; i <= drawn->ticks.last; i++) {
        double value = behov_chart_tick(&drawn->ticks, i);
        if (value != 100)
            council_put_level_line("gr", down(drawn, value), out);
    }
    council_put_level_line("h", down(drawn, 100), out);
    council_begin_paths(out);
    if (drawn->chart->country_name)
        draw_line(drawn, "gl dash", country_of);
    if (drawn->chart->group_name)
        draw_line(drawn, "gl da2", group_of);
    if (drawn->chart->level_name)
        draw_line(drawn, "gl", level_of);
    draw_bars(drawn);
    draw_line(drawn, "ol", ratio_of);
    council_end_paths(out);
    draw_marks(drawn);
    behov_wording_add(out, "</svg>\n");
}

/* The position of a line's last figure; n where it has none. */
static size_t last_of(const behov_council_series *chart, year_value *value)
{
    for (size_t i = chart->n; i-- > 0;)
        if (isfinite(value(&chart->years[i])))
            return i;
    return chart->n;
}

/* "138", or "138 (2023)" where the last year has none. */
static void put_last(const behov_council_series *chart, size_t last, double figure, behov_wording *out)
{
    behov_wording ratio = {0}, year = {0};
    council_ratio(chart->figure.lang, figure, &ratio);
    behov_wording_print(&year, "%d", chart->years[last].year);
    if (last + 1 < chart->n)
        behov_wording_fill(out, chart->figure.lang, BEHOV_WORD_COUNCIL_ABOUT_YEAR, "ratio", behov_wording_text(&ratio),
                           "year", behov_wording_text(&year), NULL);
    else
        behov_wording_add(out, behov_wording_text(&ratio));
    behov_wording_spend(out, &ratio);
    behov_wording_spend(out, &year);
}

/* "Møre og / Romsdal 107": a name with its figure in one line or two; where both would be cut, the figure by itself beneath
 * what there is room for of the name. Returns how many lines. */
static size_t break_name(const char *name, const char *figure, bool is_bold, behov_wording *out)
{
    behov_wording whole = {0}, lines = {0};
    behov_wording_print(&whole, "%s %s", name, figure);
    size_t n = council_break(behov_wording_text(&whole), COUNCIL_TEXT, is_bold, name_room, MOST_LINES + 1, &lines);
    if (n <= MOST_LINES) {
        behov_wording_add(out, behov_wording_text(&lines));
    } else {
        council_cut(name, COUNCIL_TEXT, is_bold, name_room, out);
        behov_wording_print(out, "\n%s", figure);
        n = MOST_LINES;
    }
    behov_wording_spend(out, &whole);
    behov_wording_spend(out, &lines);
    return n;
}

static void put_name(const council_label *label, behov_wording *out)
{
    /* a share of 0 is the upper edge, where there are no pixels down from it */
    double first = fmax(label->share - label->height / 2 + line_share / 2, 0.0001);
    council_put_lines(label->classes, (council_position){0, 8}, (council_position){first, 4.5},
                      (council_position){line_share, 0}, label->text, out);
}

static void draw_names(const picture *drawn)
{
    const behov_council_series *chart = drawn->chart;
    const struct {
        const char *name, *classes;
        year_value *value;
    } lines[N_NAMES] = {{chart->own_name, "s", ratio_of},
                        {chart->level_name, "", level_of},
                        {chart->country_name, "", country_of},
                        {chart->group_name, "", group_of}};
    council_label labels[N_NAMES];
    behov_wording texts[N_NAMES] = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < N_NAMES; i++) {
        size_t at = last_of(chart, lines[i].value);
        behov_wording whole = {0}, figure = {0};
        if (!lines[i].name || at == chart->n)
            continue;
        double last = lines[i].value(&chart->years[at]);
        put_last(chart, at, last, &whole);
        council_cut(behov_wording_text(&whole), COUNCIL_TEXT, i == 0, name_room, &figure);
        size_t n_lines = break_name(lines[i].name, behov_wording_text(&figure), i == 0, &texts[i]);
        labels[n++] = (council_label){.share = down(drawn, last),
                                      .height = line_share * (double)n_lines + 0.015,
                                      .classes = lines[i].classes,
                                      .text = behov_wording_text(&texts[i])};
        behov_wording_spend(drawn->out, &whole);
        behov_wording_spend(drawn->out, &figure);
    }
    council_labels_spread(labels, n);
    behov_wording_add(drawn->out, "<svg aria-hidden=\"true\">");
    for (size_t i = 0; i < n; i++)
        put_name(&labels[i], drawn->out);
    behov_wording_add(drawn->out, "</svg>");
    for (size_t i = 0; i < N_NAMES; i++)
        behov_wording_spend(drawn->out, &texts[i]);
}

void behov_council_series_add(const behov_council_series *chart, behov_wording *out)
{
    picture drawn = {.chart = chart, .out = out};
    find_axis(&drawn);
    council_begin_figure(&chart->figure, "ch-ts", out);
    behov_wording_print(out, "<div class=\"ch-y%s\">", drawn.is_axis_wide ? " ch-y4" : "");
    draw_axis_figures(&drawn);
    draw_plot(&drawn);
    draw_names(&drawn);
    behov_wording_add(out, "</div>");
    council_end_figure(&chart->figure, out);
}
