/* plot_profile.c - a municipality as a picture: its level by year, and the steps from the country's need to its own.
 *
 * The steps begin at the country's mean need of the page's year; each is a driver, the largest first, and begins where
 * the one before it ended, so that the last ends at the municipality's own need. No bar begins at zero, for against two
 * thousand kroner a driver of twenty could not be seen: mean and need are marks, and only differences are bars. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "lasting.h"
#include "plot_parts.h"
#include "plots.h"
#include "profile_sentences.h"

enum { ITSELF, LASTING, OF_COUNTRY, OF_GROUP }; /* series of the levels */
enum { UP, DOWN, SUM, END };                    /* series of the steps */
enum { CHANGES = 0 };                           /* which note on the method is about changes, which are not drawn */

/* "2 188", "−12"; with a sign "+95", "−48", "0". */
static const char *amount(const profiles *of, double value, bool has_sign, char text[FIGURE + 4])
{
    char number[FIGURE];
    format_cell(profile_amount_quantity(of), fabs(value), of->of->of->lang, number);
    bool is_zero = !number[strspn(number, "0.,")];
    snprintf(text, FIGURE + 4, "%s%s", is_zero ? "" : value < 0 ? "−" : has_sign ? "+" : "", number);
    return text;
}

/* ---- by year -------------------------------------------------------------------------------------------------------
 */

static void add_level(const profiles *of, const profile_year *at, size_t series, double ratio, behov_interval interval,
                      bool is_apart, chart *to)
{
    char number[FIGURE];
    chart_point *point = &to->points[to->n_points++];
    *point = (chart_point){
        .series = series, .x = at->year, .y = ratio, .low = interval.low, .high = interval.high, .is_apart = is_apart};
    format_cell(BEHOV_Q_RATIO, ratio, of->of->of->lang, number);
    bool is_negative = number[0] == '-';
    snprintf(point->name, sizeof point->name, "%s%.190s", is_negative ? "−" : "", number + is_negative);
}

/* Whether there is a ratio in any year. */
static bool has_levels(const profiles *of, const profile *one)
{
    for (size_t t = 0; t < of->n_years; t++)
        if (isfinite(one->years[t].ratio) || isfinite(one->years[t].lasting.ratio))
            return true;
    return false;
}

static void add_level_series(const profiles *of, const profile *one, chart *to)
{
    bool is_lasting = of->country.variances.is_known, has_group = profile_has_group(of, one);
    const chart_series series[] = {
        [ITSELF] = {.mark = MARK_DOT,
                    .ink = INK_BLUE,
                    .radius = 3,
                    .shift = is_lasting ? -0.1 : 0,
                    .is_named = true,
                    .is_joined = true},
        [LASTING] = {.mark = MARK_DIAMOND, .ink = INK_VERMILLION, .radius = 2.6, .shift = 0.1, .is_open = true},
        [OF_COUNTRY] = {.mark = MARK_SQUARE, .ink = INK_BLACK, .radius = 1.7, .is_joined = true},
        [OF_GROUP] = {.mark = MARK_TRIANGLE, .ink = INK_SKY, .radius = 2.4, .is_joined = true},
    };
    plot_add_series(of->of, to, series[ITSELF], label_key("plot_ratio", profile_in_kroner(of)));
    plot_add_series(of->of, to, series[LASTING], is_lasting ? "plot_shrunk" : "");
    plot_add_series(of->of, to, series[OF_COUNTRY], "plot_profile_country_ratio");
    chart_series *group = plot_add_series(of->of, to, series[OF_GROUP], "");
    if (has_group)
        label_fill(to->lang, "plot_profile_group_ratio", group->words, sizeof group->words, "group",
                   profile_against(of, one, GROUP), NULL);
}

static behov_status draw_levels(const profiles *of, const profile *one, chart *to, behov_error *err)
{
    const behov_interval none = {NAN, NAN};
    if (!(to->points = calloc(of->n_years, CHART_SERIES * sizeof *to->points)))
        return plot_out_of_memory(err);
    to->is_over_years = true;
    snprintf(to->heading, sizeof to->heading, "%s",
             profile_words(of, of->n_years > 1 ? "plot_profile_ratio" : "profile_ratio"));
    snprintf(to->y_label, sizeof to->y_label, "%s", label(to->lang, "plot_axis_per_cent"));
    if (one->years[0].year)
        snprintf(to->x_label, sizeof to->x_label, "%s", label(to->lang, "year"));
    add_level_series(of, one, to);
    plot_add_line(to, LINE_LEVEL, 100, profile_in_kroner(of) ? "plot_at_100" : "plot_at_100_other");
    for (size_t t = 0; t < of->n_years; t++) {
        const profile_year *at = &one->years[t];
        if (isfinite(at->ratio))
            add_level(of, at, ITSELF, at->ratio, at->ratio_interval, t > 0 && isnan(at[-1].ratio), to);
        if (isfinite(at->lasting.ratio))
            add_level(of, at, LASTING, lasting_shown(at->lasting.ratio), lasting_interval_shown(at->lasting.interval),
                      true, to);
        for (size_t which = COUNTRY; which < BOTH; which++)
            if (isfinite(at->ratios[which]))
                add_level(of, at, which == COUNTRY ? OF_COUNTRY : OF_GROUP, at->ratios[which], none,
                          t > 0 && isnan(at[-1].ratios[which]), to);
    }
    return BEHOV_OK;
}

/* ---- steps ---------------------------------------------------------------------------------------------------------
 */

static chart_row *add_row(chart *to, const char *name, const char *figure, bool is_strong)
{
    chart_row *row = &to->rows[to->n_rows++];
    *row = (chart_row){.is_strong = is_strong};
    snprintf(row->name, sizeof row->name, "%.*s", label_clip(name, 290), name);
    snprintf(row->after, sizeof row->after, "%.59s", figure);
    return row;
}

/* A row for a need: a mark, not a bar. */
static chart_row *add_end(const profiles *of, chart *to, const char *name, double need)
{
    char figure[FIGURE + 4];
    chart_row *row = add_row(to, name, amount(of, need, false, figure), true);
    row->from = row->to = need;
    chart_point *point = &to->points[to->n_points++];
    *point = (chart_point){.series = END, .x = need, .y = (double)(to->n_rows - 1), .low = NAN, .high = NAN};
    plot_name_point(point, name, "", figure);
    return row;
}

static void add_means(const profiles *of, const profile *one, chart *to)
{
    const profile_year *now = &one->years[one->at];
    plot_add_line(to, LINE_UPRIGHT, profile_shown(of, now->means[COUNTRY]), "plot_profile_country");
    if (!profile_has_group(of, one) || !isfinite(now->means[GROUP]))
        return;
    plot_add_line(to, LINE_UPRIGHT, profile_shown(of, now->means[GROUP]), "");
    chart_line *group = &to->lines[to->n_lines - 1];
    char figure[FIGURE + 4];
    group->is_dotted = true;
    label_fill(to->lang, "plot_profile_group", group->words, sizeof group->words, "group",
               profile_against(of, one, GROUP), "n", amount(of, profile_shown(of, now->means[GROUP]), false, figure),
               NULL);
}

static behov_status draw_steps(const profiles *of, const profile *one, chart *to, behov_error *err)
{
    const profile_year *now = &one->years[one->at];
    double at = profile_shown(of, now->means[COUNTRY]), mean = at, need = profile_shown(of, now->need);
    char figure[FIGURE + 4];
    to->rows = calloc(of->n_terms + 3, sizeof *to->rows);
    to->points = calloc(2, sizeof *to->points);
    if (!to->rows || !to->points)
        return plot_out_of_memory(err);
    profile_sentence(of, one, one->at, PROFILE_WHY, to->heading);
    snprintf(to->x_label, sizeof to->x_label, "%s", profile_words(of, "profile_need"));
    if (profile_in_kroner(of))
        snprintf(to->after, sizeof to->after, "%s", label(to->lang, "unit_kr_per_inhabitant"));
    static const chart_series series[] = {
        [UP] = {.mark = MARK_SQUARE, .ink = INK_BLUE, .radius = 3.5},
        [DOWN] = {.mark = MARK_SQUARE, .ink = INK_ORANGE, .radius = 3.5},
        [SUM] = {.mark = MARK_SQUARE, .ink = INK_GREY, .radius = 3.5},
        [END] = {.mark = MARK_DIAMOND, .ink = INK_BLACK, .radius = 3.2},
    };
    static const char *const keys[] = {"plot_profile_up", "plot_profile_down"};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        to->series[to->n_series] = series[i];
        snprintf(to->series[to->n_series++].words, sizeof series->words, "%s",
                 i <= DOWN ? profile_words(of, keys[i]) : "");
    }
    add_means(of, one, to);
    add_end(of, to, label(to->lang, "plot_profile_country"), mean)->leads_to_next = true;
    for (size_t j = 0; j < of->n_terms; j++) {
        double driver = profile_shown(of, now->drivers[COUNTRY][one->order[j]]);
        chart_row *row = add_row(to, of->terms[one->order[j]].label, amount(of, driver, true, figure), false);
        row->from = at;
        row->to = at += driver;
        row->series = driver < 0 ? DOWN : UP;
        row->leads_to_next = true;
    }
    chart_row *sum = add_row(to, label(to->lang, "plot_profile_sum"),
                             amount(of, profile_shown(of, now->sums[COUNTRY]), true, figure), false);
    sum->from = mean;
    sum->to = need;
    sum->series = SUM;
    sum->leads_to_next = true;
    add_end(of, to, profile_name(of, one), need);
    return BEHOV_OK;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

behov_status plot_profile(const profiles *of, picture *out, behov_error *err)
{
    const profile *one = &of->all[0];
    const profile_year *now = &one->years[one->at];
    bool has_steps = isfinite(now->means[COUNTRY]) && isfinite(now->sums[COUNTRY]);
    char text[PROFILE_SENTENCE];
    wording words = {0};
    chart *drawn = plot_begin(of->of, "", now->year, "plot_data_fit", behov_fit_n_rows(of->of->fit), out);
    behov_status status = BEHOV_OK;
    profile_sentence(of, one, one->at, PROFILE_TITLE, out->title);
    profile_sentence(of, one, one->at, PROFILE_RATIO, out->answers[0]);
    profile_sentence(of, one, one->at, PROFILE_LASTING, out->answers[1]);
    if (!has_levels(of, one) && !has_steps)
        return behov_error_set(err, BEHOV_E_DATA, out->title,
                               "there is nothing to draw: neither a ratio nor a mean need to hold the need against");
    if (has_levels(of, one)) {
        status = draw_levels(of, one, drawn, err);
        drawn = has_steps && !status ? picture_add_chart(out) : drawn;
    }
    if (has_steps && !status)
        status = draw_steps(of, one, drawn, err);
    if (!has_steps)
        picture_add_note(out, label(out->lang, "plot_profile_no_steps"));
    for (size_t i = 0; i < PROFILE_DATA_NOTES && !status; i++) {
        profile_data_note(of, one, i, text);
        picture_add_note(out, text);
    }
    for (size_t i = CHANGES + 1; i < PROFILE_METHOD_NOTES && !status; i++) {
        profile_method_note(of, i, false, &words);
        status = wording_status(&words, err);
        picture_add_note(out, wording_text(&words));
    }
    wording_free(&words);
    return status ? status : plot_add_remarks(of->of, EVERY_REMARK, out, err);
}
