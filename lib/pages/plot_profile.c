/* plot_profile.c - a municipality as a picture: its level by year and what is expected of the next, and the steps from the
 * country's need to its own.
 *
 * The level of the years ahead stands at the next year, against the need of the last year with one, beside the prediction
 * interval of that year; the lasting level of independent chance stands at each year, against its need.
 *
 * The steps begin at the country's mean need of the page's year; each is a driver, the largest first, and begins where
 * the one before it ended, so that the last ends at the municipality's own need. No bar begins at zero, for against two
 * thousand kroner a driver of twenty could not be seen: mean and need are marks, and only differences are bars. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include "plot_parts.h"
#include <behov/plots.h>
#include <behov/profile_sentences.h>
#include <behov/remarks.h>
#include <behov/wording.h>

enum { ITSELF, LEVEL, OF_COUNTRY, OF_GROUP, NEXT }; /* series of the levels */
enum { UP, DOWN, SUM, END };                        /* series of the steps */

/* "2 188", "−12"; with a sign "+95", "−48", "0". */
static const char *amount(const behov_profiles *profiles, double value, bool has_sign, char text[BEHOV_FIGURE + 4])
{
    char number[BEHOV_FIGURE];
    behov_format_cell(behov_profile_amount_quantity(profiles), fabs(value), profiles->fit_results->study->lang, number);
    bool is_zero = !number[strspn(number, "0.,")];
    snprintf(text, BEHOV_FIGURE + 4, "%s%s", is_zero ? "" : value < 0 ? "−" : has_sign ? "+" : "", number);
    return text;
}

/* A sentence of the page's year. */
static behov_status say(const behov_profiles *profiles, const behov_profile *profile, behov_profile_sentence_kind which,
                        behov_wording *out, behov_error *err)
{
    behov_profile_sentence(profiles, profile, profile->index, which, out);
    return behov_wording_status(out, err);
}

/* ---- by year -------------------------------------------------------------------------------------------------------
 */

static void add_level(const behov_profiles *profiles, int year, size_t series, double ratio, behov_interval interval,
                      bool is_apart, behov_chart *out)
{
    char number[BEHOV_FIGURE];
    behov_chart_point *point = &out->points[out->n_points++];
    *point = (behov_chart_point){
        .series = series, .x = year, .y = ratio, .low = interval.low, .high = interval.high, .is_apart = is_apart};
    behov_format_cell(BEHOV_Q_RATIO, ratio, profiles->fit_results->study->lang, number);
    bool is_negative = number[0] == '-';
    behov_wording_print(&point->name, "%s%s", is_negative ? "−" : "", number + is_negative);
}

/* Whether there is a ratio in any year. */
static bool has_levels(const behov_profiles *profiles, const behov_profile *profile)
{
    for (size_t t = 0; t < profiles->n_years; t++)
        if (isfinite(profile->years[t].ratio) || isfinite(profile->years[t].lasting.ratio))
            return true;
    return false;
}

static bool has_next(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_profile_has_forecast(profiles, profile) &&
           isfinite(profile->years[profile->last_need].forecasts[BEHOV_FORECAST_NEXT].ratio);
}

static void add_level_series(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out)
{
    bool is_known = profiles->country.variances.is_known, has_group = behov_profile_has_group(profiles, profile);
    bool is_ahead = behov_lasting_is_ahead(&profiles->country.variances);
    const behov_chart_series series[] = {
        [ITSELF] = {.mark = BEHOV_MARK_DOT,
                    .ink = BEHOV_INK_BLUE,
                    .radius = 3,
                    .shift = is_known ? -0.1 : 0,
                    .is_named = true,
                    .is_joined = true},
        [LEVEL] =
            {.mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_VERMILLION, .radius = 2.6, .shift = 0.1, .is_open = true},
        [OF_COUNTRY] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_BLACK, .radius = 1.7, .is_joined = true},
        [OF_GROUP] = {.mark = BEHOV_MARK_TRIANGLE, .ink = BEHOV_INK_SKY, .radius = 2.4, .is_joined = true},
        [NEXT] = {.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_BLUE, .radius = 3, .shift = -0.1, .is_open = true},
    };
    behov_plot_add_series(profiles->fit_results, out, series[ITSELF],
                          behov_word_by_unit(BEHOV_WORD_PLOT_RATIO, behov_profile_in_kroner(profiles)));
    behov_chart_series *level = behov_plot_add_series(profiles->fit_results, out, series[LEVEL], BEHOV_NO_WORD);
    if (is_known)
        behov_level_fill(&profiles->country.variances, profiles->fit_results->level_pct,
                         is_ahead ? BEHOV_WORD_PLOT_PROFILE_LEVEL : BEHOV_WORD_PLOT_SHRUNK, out->lang, &level->words);
    behov_plot_add_series(profiles->fit_results, out, series[OF_COUNTRY], BEHOV_WORD_PLOT_PROFILE_COUNTRY_RATIO);
    behov_chart_series *group = behov_plot_add_series(profiles->fit_results, out, series[OF_GROUP], BEHOV_NO_WORD);
    if (has_group)
        behov_wording_fill(&group->words, out->lang, BEHOV_WORD_PLOT_PROFILE_GROUP_RATIO, "group",
                           behov_profile_against(profiles, profile, BEHOV_PEER_GROUP), NULL);
    behov_plot_add_series(profiles->fit_results, out, series[NEXT],
                          has_next(profiles, profile) ? BEHOV_WORD_PLOT_PROFILE_NEXT : BEHOV_NO_WORD);
}

/* What the years have. */
static void add_years(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out)
{
    const behov_interval none = {NAN, NAN};
    bool is_ahead = behov_lasting_is_ahead(&profiles->country.variances);
    for (size_t t = 0; t < profiles->n_years; t++) {
        const behov_profile_year *profile_year = &profile->years[t];
        if (isfinite(profile_year->ratio))
            add_level(profiles, profile_year->year, ITSELF, profile_year->ratio, profile_year->ratio_interval,
                      t > 0 && isnan(profile_year[-1].ratio), out);
        if (isfinite(profile_year->lasting.ratio) && !is_ahead)
            add_level(profiles, profile_year->year, LEVEL, behov_lasting_shown(profile_year->lasting.ratio),
                      behov_lasting_interval_shown(profile_year->lasting.interval), true, out);
        for (size_t which = BEHOV_PEER_COUNTRY; which < BEHOV_PEER_BOTH; which++)
            if (isfinite(profile_year->ratios[which]))
                add_level(profiles, profile_year->year, which == BEHOV_PEER_COUNTRY ? OF_COUNTRY : OF_GROUP,
                          profile_year->ratios[which], none, t > 0 && isnan(profile_year[-1].ratios[which]), out);
    }
}

/* What is expected of the next year, beside the level of the years ahead. */
static void add_next(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out)
{
    const behov_profile_year *last = &profile->years[profile->last_need];
    int year = behov_profiles_next_year(profiles);
    if (has_next(profiles, profile)) {
        const behov_forecast *next = &last->forecasts[BEHOV_FORECAST_NEXT];
        add_level(profiles, year, NEXT, next->ratio, next->ratio_interval, true, out);
    }
    if (year && behov_lasting_is_ahead(&profiles->country.variances) && isfinite(last->lasting.ratio))
        add_level(profiles, year, LEVEL, behov_lasting_shown(last->lasting.ratio),
                  behov_lasting_interval_shown(last->lasting.interval), true, out);
}

static behov_status draw_levels(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out,
                                behov_error *err)
{
    if (!(out->points = calloc(profiles->n_years + 1, BEHOV_CHART_SERIES * sizeof *out->points)))
        return behov_plot_out_of_memory(err);
    out->is_over_years = true;
    behov_wording_add(&out->heading, behov_profile_words(profiles, profiles->n_years > 1 ? BEHOV_WORD_PLOT_PROFILE_RATIO
                                                                                         : BEHOV_WORD_PROFILE_RATIO));
    behov_wording_add(&out->y_label, behov_label(out->lang, BEHOV_WORD_PLOT_AXIS_PER_CENT));
    if (profile->years[0].year)
        behov_wording_add(&out->x_label, behov_label(out->lang, BEHOV_WORD_YEAR));
    add_level_series(profiles, profile, out);
    behov_plot_add_line(out, BEHOV_LINE_LEVEL, 100,
                        behov_profile_in_kroner(profiles) ? BEHOV_WORD_PLOT_AT_100 : BEHOV_WORD_PLOT_AT_100_OTHER);
    add_years(profiles, profile, out);
    add_next(profiles, profile, out);
    return BEHOV_OK;
}

/* ---- steps ---------------------------------------------------------------------------------------------------------
 */

static behov_chart_row *add_row(behov_chart *out, const char *name, const char *figure, bool is_strong)
{
    behov_chart_row *row = &out->rows[out->n_rows++];
    *row = (behov_chart_row){.is_strong = is_strong};
    behov_wording_add(&row->name, name);
    snprintf(row->next_text, sizeof row->next_text, "%.59s", figure);
    return row;
}

/* A row for a need: a mark, not a bar. */
static behov_chart_row *add_end(const behov_profiles *profiles, behov_chart *out, const char *name, double need)
{
    char figure[BEHOV_FIGURE + 4];
    behov_chart_row *row = add_row(out, name, amount(profiles, need, false, figure), true);
    row->start = row->end = need;
    behov_chart_point *point = &out->points[out->n_points++];
    *point = (behov_chart_point){.series = END, .x = need, .y = (double)(out->n_rows - 1), .low = NAN, .high = NAN};
    behov_plot_name_point(point, name, "", figure);
    return row;
}

static void add_means(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out)
{
    const behov_profile_year *now = &profile->years[profile->index];
    behov_plot_add_line(out, BEHOV_LINE_UPRIGHT, behov_profile_shown(profiles, now->means[BEHOV_PEER_COUNTRY]),
                        BEHOV_WORD_PLOT_PROFILE_COUNTRY);
    if (!behov_profile_has_group(profiles, profile) || !isfinite(now->means[BEHOV_PEER_GROUP]))
        return;
    behov_plot_add_line(out, BEHOV_LINE_UPRIGHT, behov_profile_shown(profiles, now->means[BEHOV_PEER_GROUP]),
                        BEHOV_NO_WORD);
    behov_chart_line *group = &out->lines[out->n_lines - 1];
    char figure[BEHOV_FIGURE + 4];
    group->is_dotted = true;
    behov_wording_fill(&group->words, out->lang, BEHOV_WORD_PLOT_PROFILE_GROUP, "group",
                       behov_profile_against(profiles, profile, BEHOV_PEER_GROUP), "n",
                       amount(profiles, behov_profile_shown(profiles, now->means[BEHOV_PEER_GROUP]), false, figure),
                       NULL);
}

static behov_status draw_steps(const behov_profiles *profiles, const behov_profile *profile, behov_chart *out,
                               behov_error *err)
{
    const behov_profile_year *now = &profile->years[profile->index];
    double point = behov_profile_shown(profiles, now->means[BEHOV_PEER_COUNTRY]), mean = point,
           need = behov_profile_shown(profiles, now->need);
    char figure[BEHOV_FIGURE + 4];
    out->rows = calloc(profiles->n_terms + 3, sizeof *out->rows);
    out->points = calloc(2, sizeof *out->points);
    if (!out->rows || !out->points)
        return behov_plot_out_of_memory(err);
    behov_status status = say(profiles, profile, BEHOV_PROFILE_WHY, &out->heading, err);
    if (status)
        return status;
    behov_wording_add(&out->x_label, behov_profile_words(profiles, BEHOV_WORD_PROFILE_NEED));
    if (behov_profile_in_kroner(profiles))
        behov_wording_add(&out->next_text, behov_label(out->lang, BEHOV_WORD_UNIT_KR_PER_INHABITANT));
    static const behov_chart_series series[] = {
        [UP] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_BLUE, .radius = 3.5},
        [DOWN] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_ORANGE, .radius = 3.5},
        [SUM] = {.mark = BEHOV_MARK_SQUARE, .ink = BEHOV_INK_GREY, .radius = 3.5},
        [END] = {.mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.2},
    };
    static const behov_word keys[] = {BEHOV_WORD_PLOT_PROFILE_UP, BEHOV_WORD_PLOT_PROFILE_DOWN};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        out->series[out->n_series] = series[i];
        if (i <= DOWN)
            behov_wording_add(&out->series[out->n_series].words, behov_profile_words(profiles, keys[i]));
        out->n_series++;
    }
    add_means(profiles, profile, out);
    add_end(profiles, out, behov_label(out->lang, BEHOV_WORD_PLOT_PROFILE_COUNTRY), mean)->leads_to_next = true;
    for (size_t j = 0; j < profiles->n_terms; j++) {
        double driver = behov_profile_shown(profiles, now->drivers[BEHOV_PEER_COUNTRY][profile->order[j]]);
        behov_chart_row *row =
            add_row(out, profiles->terms[profile->order[j]].label, amount(profiles, driver, true, figure), false);
        row->start = point;
        row->end = point += driver;
        row->series = driver < 0 ? DOWN : UP;
        row->leads_to_next = true;
    }
    behov_chart_row *sum =
        add_row(out, behov_label(out->lang, BEHOV_WORD_PLOT_PROFILE_SUM),
                amount(profiles, behov_profile_shown(profiles, now->sums[BEHOV_PEER_COUNTRY]), true, figure), false);
    sum->start = mean;
    sum->end = need;
    sum->series = SUM;
    sum->leads_to_next = true;
    add_end(profiles, out, behov_profile_name(profiles, profile), need);
    return BEHOV_OK;
}

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* Whether a note on the method is about what is in the picture. */
static bool is_drawn(size_t note)
{
    return note != BEHOV_PROFILE_CHANGES_NOTE && note != BEHOV_PROFILE_CLEAR_NOTE &&
           note != BEHOV_PROFILE_COLUMNS_NOTE && note != BEHOV_PROFILE_NEW_NOTE;
}

behov_status behov_plot_profile(const behov_profiles *profiles, behov_picture *out, behov_error *err)
{
    const behov_profile *profile = &profiles->all[0];
    const behov_profile_year *now = &profile->years[profile->index];
    bool has_steps = isfinite(now->means[BEHOV_PEER_COUNTRY]) && isfinite(now->sums[BEHOV_PEER_COUNTRY]);
    behov_wording words = {0};
    behov_chart *chart = behov_plot_begin(profiles->fit_results, BEHOV_NO_WORD, now->year, BEHOV_WORD_PLOT_DATA_FIT,
                                          behov_fit_n_rows(profiles->fit_results->fit), out);
    behov_status status = say(profiles, profile, BEHOV_PROFILE_TITLE, &out->title, err);
    for (size_t i = 0; i < 2 && !status; i++)
        status = say(profiles, profile, i ? BEHOV_PROFILE_LASTING : BEHOV_PROFILE_RATIO, &out->answers[i], err);
    if (status)
        return status;
    if (!has_levels(profiles, profile) && !has_steps)
        return behov_error_say(err, BEHOV_E_DATA, behov_wording_text(&out->title), SAY_PLOTS_NOTHING_PROFILE);
    if (has_levels(profiles, profile)) {
        status = draw_levels(profiles, profile, chart, err);
        chart = has_steps && !status ? behov_picture_add_chart(out) : chart;
    }
    if (has_steps && !status)
        status = draw_steps(profiles, profile, chart, err);
    if (!has_steps)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_PLOT_PROFILE_NO_STEPS));
    for (size_t i = 0; i < BEHOV_PROFILE_DATA_NOTES && !status; i++) {
        behov_profile_data_note(profiles, profile, i, &words);
        status = behov_wording_status(&words, err);
        behov_picture_add_note(out, behov_wording_text(&words));
    }
    for (size_t i = 0; i < BEHOV_PROFILE_METHOD_NOTES && !status; i++) {
        if (!is_drawn(i))
            continue;
        behov_profile_method_note(profiles, i, false, &words);
        status = behov_wording_status(&words, err);
        behov_picture_add_note(out, behov_wording_text(&words));
    }
    behov_wording_free(&words);
    return status ? status : behov_plot_add_remarks(profiles->fit_results, BEHOV_EVERY_REMARK, out, err);
}
