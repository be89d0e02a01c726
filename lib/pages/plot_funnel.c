/* plot_funnel.c - ratios of a year against population, with the limits that are expected of them.
 *
 * Those beyond the outer limits differ from the rest by shape and lightness; hue says under or over 100 alone. */
#include <math.h>
#include <stdlib.h>

#include <behov/format.h>
#include <behov/funnel_sentences.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include "plot_parts.h"
#include <behov/plots.h>
#include <behov/remarks.h>

enum { BELOW, ABOVE, INSIDE, MARKED, N_SERIES };

enum { CURVE_POINTS = 121 };

static behov_status add_limits(const behov_funnel *funnel, bool is_outer, double least, double most, behov_chart *chart,
                               behov_error *err)
{
    behov_chart_band *band = behov_chart_add_band(chart, CURVE_POINTS);
    if (!band)
        return behov_plot_out_of_memory(err);
    band->is_filled = !is_outer;
    band->ink = is_outer ? BEHOV_INK_BLACK : BEHOV_INK_BAND;
    behov_funnel_name_limits(funnel, is_outer, chart->lang, &band->words);
    for (size_t k = 0; k < CURVE_POINTS; k++) {
        double share = (double)k / (CURVE_POINTS - 1);
        band->x[k] = least * pow(most / least, share);
        behov_funnel_limits limits = behov_funnel_limits_at(funnel, band->x[k], funnel->country_need);
        behov_interval interval = is_outer ? limits.spread : limits.chance;
        band->low[k] = behov_lasting_shown(interval.low);
        band->high[k] = interval.high;
    }
    return BEHOV_OK;
}

void behov_plot_funnel_frame(const behov_funnel *funnel, plot_funnel_frame *frame)
{
    double least = INFINITY, most = -INFINITY, low = 100, high = 100;
    for (size_t i = 0; i < funnel->n_points; i++) {
        const behov_funnel_point *point = &funnel->points[i];
        least = fmin(least, point->population);
        most = fmax(most, point->population);
        low = fmin(low, point->ratio);
        high = fmax(high, point->ratio);
    }
    if (most < 2 * least) {
        double middle = sqrt(least * most);
        least = middle / 1.5;
        most = 1.5 * middle;
    }
    behov_funnel_limits limits = behov_funnel_limits_at(funnel, least, funnel->country_need);
    high = fmax(high, fmin(limits.spread.high, fmax(200, 2 * high - 100)));
    low = fmin(low, fmax(limits.spread.low, 0));
    *frame = (plot_funnel_frame){
        .least = least, .most = most, .low = fmax(0, low - 0.04 * (high - low)), .high = high + 0.04 * (high - low)};
}

/* The limits from the smallest population to the largest. */
static behov_status add_both_limits(const behov_funnel *funnel, behov_chart *chart, behov_error *err)
{
    plot_funnel_frame frame;
    behov_plot_funnel_frame(funnel, &frame);
    chart->y_low = frame.low;
    chart->y_high = frame.high;
    behov_status status = add_limits(funnel, false, frame.least, frame.most, chart, err);
    return status ? status : add_limits(funnel, true, frame.least, frame.most, chart, err);
}

static behov_status add_points(const behov_funnel *funnel, behov_chart *chart, behov_error *err)
{
    size_t n[N_SERIES] = {0};
    static const behov_chart_series series[N_SERIES] = {
        [BELOW] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_UNDER, .radius = 2},
        [ABOVE] = {.mark = BEHOV_MARK_TRIANGLE, .ink = BEHOV_INK_OVER, .radius = 2.5},
        [INSIDE] = {.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_GREY, .radius = 1.4},
        [MARKED] = {.mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.4, .is_named = true},
    };
    static const behov_word keys[N_SERIES] = {[BELOW] = BEHOV_WORD_FUNNEL_SERIES_BELOW,
                                              [ABOVE] = BEHOV_WORD_FUNNEL_SERIES_ABOVE,
                                              [INSIDE] = BEHOV_WORD_FUNNEL_SERIES_INSIDE,
                                              [MARKED] = BEHOV_WORD_PLOT_NAMED};
    if (!(chart->points = calloc(funnel->n_points + 1, sizeof *chart->points)))
        return behov_plot_out_of_memory(err);
    for (size_t i = 0; i < funnel->n_points; i++) {
        const behov_funnel_point *point = &funnel->points[i];
        const behov_municipality *who = &funnel->places.all[point->place];
        size_t which = point->is_marked                    ? MARKED
                       : point->side == BEHOV_BEYOND_BELOW ? BELOW
                       : point->side == BEHOV_BEYOND_ABOVE ? ABOVE
                                                           : INSIDE;
        char ratio[BEHOV_FIGURE];
        behov_format_cell(BEHOV_Q_RATIO, point->ratio, chart->lang, ratio);
        behov_chart_point *drawn = &chart->points[chart->n_points++];
        *drawn =
            (behov_chart_point){.series = which, .x = point->population, .y = point->ratio, .low = NAN, .high = NAN};
        if (point->is_marked)
            behov_plot_name_point(drawn, who->name[0] ? who->name : who->code, "", ratio);
        else
            behov_plot_name_point(drawn, who->name, who->code, ratio);
        n[which]++;
    }
    for (size_t s = 0; s < N_SERIES; s++) {
        char number[BEHOV_FIGURE];
        behov_chart_series *added =
            behov_plot_add_series(funnel->fit_results, chart, series[s], n[s] ? keys[s] : BEHOV_NO_WORD);
        if (n[s])
            behov_wording_print(&added->words, " (%s)", behov_plot_count(chart->lang, n[s], number));
    }
    return BEHOV_OK;
}

static void add_notes(const behov_funnel *funnel, behov_picture *out)
{
    behov_wording text = {0};
    for (size_t i = 0; i < BEHOV_FUNNEL_NOTES; i++) {
        behov_funnel_note(funnel, i, &text);
        if (text.length)
            behov_plot_add_note(out, &text);
    }
    behov_wording_free(&text);
    behov_plot_add_chance_warnings(&funnel->variances, funnel->places.n, out);
    if (funnel->fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

behov_status behov_plot_funnel(const behov_funnel *funnel, behov_picture *out, behov_error *err)
{
    bool in_kroner = behov_need_gap_is_1000kr(funnel->fit_results->need);
    behov_chart *chart = behov_plot_begin(
        funnel->fit_results, BEHOV_WORD_PLOT_TITLE_FUNNEL, funnel->year,
        funnel->n_points == 1 ? BEHOV_WORD_PLOT_DATA_RANKING_ONE : BEHOV_WORD_PLOT_DATA_RANKING, funnel->n_points, out);
    for (size_t i = 0; i < BEHOV_FUNNEL_ANSWERS; i++)
        behov_funnel_answer(funnel, i, &out->answers[i]);
    behov_funnel_describe(funnel, &out->description);
    chart->has_log_x = true;
    behov_status status = add_both_limits(funnel, chart, err);
    if (!status)
        status = add_points(funnel, chart, err);
    if (status)
        return status;
    behov_plot_add_line(chart, BEHOV_LINE_LEVEL, 100, behov_word_by_unit(BEHOV_WORD_PLOT_AT_100, in_kroner));
    chart->lines[chart->n_lines - 1].is_dotted = true;
    behov_wording_add(&chart->x_label, behov_label(out->lang, BEHOV_WORD_PLOT_AXIS_POPULATION));
    behov_wording_add(&chart->y_label,
                      behov_label(out->lang, behov_word_by_unit(BEHOV_WORD_PLOT_AXIS_RATIO, in_kroner)));
    add_notes(funnel, out);
    return behov_plot_add_remarks(funnel->fit_results, BEHOV_CODES_REMARK, out, err);
}
