/* council_chart_interval.c - where a municipality lies: the ratio of a year and the level with their intervals, and the
 * country and the group beside them. Rows have heights of their own, so the picture is as high as what is in it. */
#include <math.h>

#include <behov/chart.h>
#include <behov/format.h>
#include <behov/labels.h>

#include "council_chart_parts.h"

enum { AXIS_LOW = 60, AXIS_HIGH = 140, AXIS_STEP = 10, WIDEST_FOR_ENDS = 200 };
static const double top = 22, outside = 7, beside = 14;

typedef struct picture {
    const behov_council_interval *chart;
    behov_language lang;
    council_axis axis;
    double y; /* how far down it is drawn */
    behov_wording *out;
} picture;

static bool is_drawn(const behov_council_level *level)
{
    return level->name && isfinite(level->ratio);
}

static bool has_ends(const behov_council_level *level)
{
    return isfinite(level->low) && isfinite(level->high);
}

static double pixels(const picture *drawn, double value)
{
    return COUNCIL_NARROW * council_axis_share(&drawn->axis, value);
}

static double width_of_ratio(const picture *drawn, double ratio, double size)
{
    behov_wording text = {0};
    council_ratio(drawn->lang, ratio, &text);
    double width = council_width(behov_wording_text(&text), size, true);
    behov_wording_spend(drawn->out, &text);
    return width;
}

static void put_ratio(const picture *drawn, const char *classes, double at_value, double px, double y, double ratio)
{
    behov_wording text = {0};
    council_ratio(drawn->lang, ratio, &text);
    council_put_text(classes, (council_position){council_axis_share(&drawn->axis, at_value), px},
                     (council_position){0, y}, behov_wording_text(&text), drawn->out);
    behov_wording_spend(drawn->out, &text);
}

/* The same where council_marks_take has found how it is held. */
static void put_held_ratio(const picture *drawn, const char *classes, const char *held, double y, double ratio)
{
    behov_wording all = {0};
    behov_wording_print(&all, "%s%s", classes, held);
    put_ratio(drawn, behov_wording_text(&all), ratio, 0, y, ratio);
    behov_wording_spend(drawn->out, &all);
}

/* A name in the lines that it needs, two at most, from this baseline; returns that of the last. */
static double put_name(const picture *drawn, const char *name, double room, bool is_right, double y)
{
    const double pitch = 18;
    behov_wording lines = {0};
    size_t n = council_break(name, COUNCIL_LABEL, false, room, 2, &lines);
    council_put_lines(is_right ? "l b e" : "l b", (council_position){is_right ? 1 : 0, 0}, (council_position){0, y},
                      (council_position){0, pitch}, behov_wording_text(&lines), drawn->out);
    behov_wording_spend(drawn->out, &lines);
    return y + pitch * (n > 1 ? (double)(n - 1) : 0);
}

/* ---- the axis ---------------------------------------------------------------------------------------------------- */

static void hold(council_axis *axis, const behov_council_level *level)
{
    if (!is_drawn(level))
        return;
    council_axis_hold(axis, level->ratio);
    council_axis_hold(axis, level->low);
    council_axis_hold(axis, level->high);
}

static bool has_room_below(const picture *drawn, const behov_council_level *level)
{
    return pixels(drawn, level->low) >= outside + width_of_ratio(drawn, level->low, COUNCIL_LARGE);
}

static bool has_room_above(const picture *drawn, const behov_council_level *level)
{
    return COUNCIL_NARROW - pixels(drawn, level->high) >= outside + width_of_ratio(drawn, level->high, COUNCIL_LARGE);
}

/* All values, and as long as the axis stays short the ends of the level's interval with their figures outside it. */
static void find_axis(picture *drawn)
{
    const behov_council_interval *chart = drawn->chart;
    council_axis *axis = &drawn->axis;
    *axis = (council_axis){AXIS_LOW, AXIS_HIGH};
    hold(axis, &chart->year);
    hold(axis, &chart->level);
    hold(axis, &chart->country);
    hold(axis, &chart->group);
    council_axis_round(axis, AXIS_STEP);
    if (!is_drawn(&chart->level) || !has_ends(&chart->level))
        return;
    while (axis->high - axis->low < WIDEST_FOR_ENDS && axis->low > 0 && !has_room_below(drawn, &chart->level))
        axis->low -= AXIS_STEP;
    while (axis->high - axis->low < WIDEST_FOR_ENDS && !has_room_above(drawn, &chart->level))
        axis->high += AXIS_STEP;
}

typedef struct tick {
    double value;
    const char *held; /* "", "m" or "e" */
} tick;
enum { MOST_TICKS = 10 };

/* 100 first, then the ends, then even steps, as far as their words have room. */
static size_t find_ticks(const picture *drawn, tick ticks[MOST_TICKS])
{
    const council_axis *axis = &drawn->axis;
    behov_chart_ticks even = behov_chart_ticks_of(axis->low, axis->high, 5, true);
    double values[3 + MOST_TICKS] = {100, axis->low, axis->high};
    size_t n_values = 3, n = 0;
    for (long long i = even.first; i <= even.last && n_values < 3 + MOST_TICKS; i++)
        values[n_values++] = behov_chart_tick(&even, i);
    council_marks marks = {.n = 0};
    for (size_t i = 0; i < n_values && n < MOST_TICKS; i++) {
        tick *next = &ticks[n];
        *next = (tick){.value = values[i]};
        char text[BEHOV_NUMBER_SIZE];
        n += council_marks_take(&marks, council_axis_share(axis, values[i]),
                                behov_format_fixed(drawn->lang, values[i], 0, text), i == 0, COUNCIL_NARROW,
                                &next->held);
    }
    return n;
}

static void put_line(const picture *drawn, const char *classes, double share, double y1, double y2)
{
    behov_wording *out = drawn->out;
    behov_wording_print(out, "<line class=\"%s\" x1=\"", classes);
    council_put_share(share, out);
    behov_wording_add(out, "\" x2=\"");
    council_put_share(share, out);
    behov_wording_add(out, "\" y1=\"");
    council_put_number(y1, 1, out);
    behov_wording_add(out, "\" y2=\"");
    council_put_number(y2, 1, out);
    behov_wording_add(out, "\"/>");
}

/* Behind the rows: lines at the ticks, and what 100 means above its line. */
static void draw_grid(const picture *drawn, double bottom)
{
    tick ticks[MOST_TICKS];
    size_t n = find_ticks(drawn, ticks);
    for (size_t i = 1; i < n; i++)
        put_line(drawn, "gr", council_axis_share(&drawn->axis, ticks[i].value), top, bottom - 6);
    put_line(drawn, "h", council_axis_share(&drawn->axis, 100), top - 5, bottom);
    council_marks marks = {.n = 0};
    const char *words = behov_label(drawn->lang, BEHOV_WORD_COUNCIL_CHART_AS_COMPUTED), *held = "m";
    double share = council_axis_share(&drawn->axis, 100);
    council_marks_take(&marks, share, words, true, COUNCIL_NARROW, &held);
    council_put_text(held[0] == 'm' ? "s m"
                     : held[0]      ? "s e"
                                    : "s",
                     (council_position){share, 0}, (council_position){0, 11}, words, drawn->out);
}

static void draw_axis(picture *drawn)
{
    double y = drawn->y;
    tick ticks[MOST_TICKS];
    size_t n = find_ticks(drawn, ticks);
    behov_wording_add(drawn->out, "<line class=\"ax\" x1=\"0\" x2=\"100%\" y1=\"");
    council_put_number(y, 1, drawn->out);
    behov_wording_add(drawn->out, "\" y2=\"");
    council_put_number(y, 1, drawn->out);
    behov_wording_add(drawn->out, "\"/>");
    for (size_t i = 0; i < n; i++) {
        put_held_ratio(drawn, ticks[i].value == 100 ? "s " : "", ticks[i].held, y + 15, ticks[i].value);
    }
    council_put_text("", (council_position){0, 0}, (council_position){0, y + 34},
                     behov_label(drawn->lang, BEHOV_WORD_COUNCIL_CHART_LOWER), drawn->out);
    council_put_text("e", (council_position){1, 0}, (council_position){0, y + 34},
                     behov_label(drawn->lang, BEHOV_WORD_COUNCIL_CHART_HIGHER), drawn->out);
    drawn->y = y + 36;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void put_bar(const picture *drawn, const behov_council_level *level, double y, double height)
{
    double low = council_axis_share(&drawn->axis, level->low), high = council_axis_share(&drawn->axis, level->high);
    behov_wording *out = drawn->out;
    if (!has_ends(level))
        return;
    behov_wording_add(out, "<rect class=\"br\" x=\"");
    council_put_share(low, out);
    behov_wording_add(out, "\" width=\"");
    council_put_share(fmax(high - low, 0), out);
    behov_wording_add(out, "\" y=\"");
    council_put_number(y, 1, out);
    behov_wording_add(out, "\" height=\"");
    council_put_number(height, 1, out);
    behov_wording_add(out, "\"/>");
}

/* The year: a thin bar with a dot, its figure beyond the upper end where there is room, else before the lower one, else
 * at the right of the row's name. */
static void draw_year(picture *drawn)
{
    const behov_council_level *year = &drawn->chart->year;
    if (!is_drawn(year))
        return;
    double size = COUNCIL_LARGE, width = width_of_ratio(drawn, year->ratio, size);
    double high = has_ends(year) ? fmax(year->high, year->ratio) : year->ratio,
           low = has_ends(year) ? fmin(year->low, year->ratio) : year->ratio, gap = has_ends(year) ? 9 : beside;
    bool is_after = COUNCIL_NARROW - pixels(drawn, high) >= gap + width,
         is_before = !is_after && pixels(drawn, low) >= gap + width;
    double y = put_name(drawn, year->name, COUNCIL_NARROW - (is_after || is_before ? 0 : width + beside), false,
                        drawn->y + 18) -
               18;
    put_bar(drawn, year, y + 29, 9);
    behov_wording_add(drawn->out, "<circle class=\"own\" cx=\"");
    council_put_share(council_axis_share(&drawn->axis, year->ratio), drawn->out);
    behov_wording_add(drawn->out, "\" cy=\"");
    council_put_number(y + 33.5, 1, drawn->out);
    behov_wording_add(drawn->out, "\" r=\"7\"/>");
    if (is_after)
        put_ratio(drawn, "x b", high, gap, y + 41, year->ratio);
    else if (is_before)
        put_ratio(drawn, "x b e", low, -gap, y + 41, year->ratio);
    else
        put_ratio(drawn, "x b e", INFINITY, 0, y + 18, year->ratio);
    drawn->y = y + 53;
}

/* A figure beneath its bar, in a line of its own when it has no room beside the others of this line. */
static double put_beneath(const picture *drawn, double ratio, double y, council_marks *marks)
{
    behov_wording text = {0};
    const char *held;
    double share = council_axis_share(&drawn->axis, ratio);
    council_ratio(drawn->lang, ratio, &text);
    if (!council_marks_take(marks, share, behov_wording_text(&text), true, COUNCIL_NARROW, &held)) {
        *marks = (council_marks){.n = 0};
        council_marks_take(marks, share, behov_wording_text(&text), true, COUNCIL_NARROW, &held);
        y += 16;
    }
    put_held_ratio(drawn, "s b ", held, y, ratio);
    behov_wording_spend(drawn->out, &text);
    return y;
}

static void draw_level(picture *drawn)
{
    const behov_council_level *level = &drawn->chart->level;
    if (!is_drawn(level))
        return;
    double middle = council_axis_share(&drawn->axis, level->ratio),
           y = put_name(drawn, level->name, COUNCIL_NARROW, false, drawn->y + 18) - 18;
    bool has_room = has_ends(level) && has_room_below(drawn, level) && has_room_above(drawn, level);
    put_bar(drawn, level, y + 29, 26);
    put_line(drawn, "h", council_axis_share(&drawn->axis, 100), y + 27, y + 57);
    behov_wording_add(drawn->out, "<rect class=\"own\" x=\"");
    council_put_share(middle, drawn->out);
    behov_wording_add(drawn->out, "\" width=\"5\" y=\"");
    council_put_number(y + 25, 1, drawn->out);
    behov_wording_add(drawn->out, "\" height=\"34\" transform=\"translate(-2.5)\"/>");
    if (has_room) {
        put_ratio(drawn, "x e", level->low, -outside, y + 50, level->low);
        put_ratio(drawn, "x", level->high, outside, y + 50, level->high);
    }
    council_marks marks = {.n = 0};
    bool is_beneath = has_ends(level) && !has_room;
    double last = y + 74;
    last = is_beneath ? put_beneath(drawn, level->low, last, &marks) : last;
    last = is_beneath ? put_beneath(drawn, level->high, last, &marks) : last;
    drawn->y = put_beneath(drawn, level->ratio, last, &marks) + 7;
}

/* A row of one mark with its figure: its name on the side that has room, else above. */
static void draw_other(picture *drawn, const behov_council_level *level, bool is_diamond)
{
    if (!is_drawn(level))
        return;
    double share = council_axis_share(&drawn->axis, level->ratio), x = COUNCIL_NARROW * share;
    double wide = council_width(level->name, COUNCIL_LABEL, false),
           figure = beside + width_of_ratio(drawn, level->ratio, COUNCIL_TEXT);
    bool is_figure_right = COUNCIL_NARROW - x >= figure;
    double room_left = x - beside - (is_figure_right ? 0 : figure),
           room_right = COUNCIL_NARROW - x - beside - (is_figure_right ? figure : 0);
    bool is_left = wide <= room_left, is_right = !is_left && wide <= room_right;
    double y = put_name(drawn, level->name, COUNCIL_NARROW, is_right, drawn->y + 18) + (is_left || is_right ? 0 : 18);
    behov_wording *out = drawn->out;
    behov_wording_add(out, is_diamond ? "<svg x=\"" : "<circle class=\"oth\" cx=\"");
    council_put_share(share, out);
    behov_wording_add(out, is_diamond ? "\" y=\"" : "\" cy=\"");
    council_put_number(y - 5, 1, out);
    behov_wording_add(out, is_diamond
                               ? "\" width=\"1\" height=\"1\"><path class=\"oth\" d=\"M0-8 8 0 0 8-8 0Z\"/></svg>"
                               : "\" r=\"6\"/>");
    put_ratio(drawn, is_figure_right ? "s b" : "s b e", level->ratio, is_figure_right ? beside : -beside, y,
              level->ratio);
    drawn->y = y + 7;
}

static void draw_rows(picture *drawn)
{
    drawn->y = top;
    draw_year(drawn);
    draw_level(drawn);
    draw_other(drawn, &drawn->chart->country, false);
    draw_other(drawn, &drawn->chart->group, true);
    drawn->y += 8;
}

void behov_council_interval_add(const behov_council_interval *chart, behov_wording *out)
{
    behov_wording rows = {0};
    picture drawn = {.chart = chart, .lang = chart->figure.lang, .out = &rows};
    find_axis(&drawn);
    draw_rows(&drawn);
    double bottom = drawn.y;
    draw_axis(&drawn);
    council_begin_figure(&chart->figure, "ch-i", out);
    behov_wording_print(out, "<svg height=\"%d\"", (int)ceil(drawn.y));
    council_put_image(&chart->figure, out);
    behov_wording_add_letter(out, '>');
    council_put_description(&chart->figure, out);
    drawn.out = out;
    draw_grid(&drawn, bottom);
    behov_wording_add(out, behov_wording_text(&rows));
    behov_wording_spend(out, &rows);
    behov_wording_add(out, "</svg>");
    council_end_figure(&chart->figure, out);
}
