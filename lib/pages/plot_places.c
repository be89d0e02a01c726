/* plot_places.c - the place of every municipality with its interval, and by name those nearest to one that is marked. No
 * place is shown without its interval. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include "plot_parts.h"
#include <behov/plots.h>
#include <behov/ranking_sentences.h>
#include <behov/remarks.h>
#include "sentence_parts.h"

enum { OTHERS, MARKED };
enum { NEAREST_EACH = 3 };

/* Those that have a place, in order of the level, and which of them are marked. */
typedef struct order {
    size_t *places, n;
    bool *is_marked; /* of each of them */
    size_t n_marked, first_marked;
    size_t *lacking, n_lacking; /* marked, without a place */
} order;

static void order_free(order *out)
{
    free(out->places), free(out->is_marked), free(out->lacking);
}

static behov_status order_new(const behov_ranking *ranking, order *out, behov_error *err)
{
    plot_placed *all = calloc(ranking->places.n + 1, sizeof *all);
    *out = (order){.places = calloc(ranking->places.n + 1, sizeof *out->places),
                   .is_marked = calloc(ranking->places.n + 1, sizeof *out->is_marked)};
    if (!all || !out->places || !out->is_marked) {
        free(all);
        return behov_plot_out_of_memory(err);
    }
    for (size_t i = 0; i < ranking->places.n; i++) {
        const behov_ranked_municipality *ranked = &ranking->all[i];
        if (isfinite(ranked->lasting_rank) && isfinite(ranked->rank_low) && isfinite(ranked->rank_high))
            all[out->n++] = (plot_placed){ranked->lasting_rank, i};
    }
    behov_plot_sort_places(all, out->n);
    for (size_t i = 0; i < out->n; i++)
        out->places[i] = all[i].place;
    free(all);
    return BEHOV_OK;
}

static behov_status mark(const behov_ranking *ranking, const behov_municipality_names *list, order *out,
                         behov_error *err)
{
    size_t *positions = NULL, n = 0;
    behov_status status = behov_ranking_choose(ranking, list, &positions, &n, err);
    if (!status && !(out->lacking = calloc(n + 1, sizeof *out->lacking)))
        status = behov_plot_out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        size_t at = 0;
        while (at < out->n && out->places[at] != positions[i])
            at++;
        if (at == out->n) {
            out->lacking[out->n_lacking++] = positions[i];
            continue;
        }
        out->first_marked = out->n_marked++ ? out->first_marked : at;
        out->is_marked[at] = true;
    }
    free(positions);
    return status;
}

static const char *place_text(const behov_picture *out, double rank, char text[BEHOV_FIGURE])
{
    return behov_format_cell(BEHOV_Q_RANK, rank, out->lang, text);
}

/* A place with its interval: in the row, or at its height of the order. */
static void add_place(const behov_ranking *ranking, size_t place, bool is_marked, double y, behov_picture *out,
                      behov_chart *chart)
{
    const behov_ranked_municipality *ranked = &ranking->all[place];
    const behov_municipality *who = &ranking->places.all[place];
    char rank[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE], figure[3 * BEHOV_FIGURE + 10];
    behov_chart_point *point = &chart->points[chart->n_points++];
    *point = (behov_chart_point){.series = is_marked ? MARKED : OTHERS,
                                 .x = ranked->lasting_rank,
                                 .y = y,
                                 .low = ranked->rank_low,
                                 .high = ranked->rank_high};
    snprintf(figure, sizeof figure, "%s (%s–%s)", place_text(out, ranked->lasting_rank, rank),
             place_text(out, ranked->rank_low, low), place_text(out, ranked->rank_high, high));
    if (is_marked)
        behov_plot_name_point(point, who->name[0] ? who->name : who->code, "", figure);
    else
        behov_plot_name_point(point, who->name, who->code, figure);
}

/* All places, so that the two charts have one scale. */
static void add_axis(const behov_ranking *ranking, const order *places, behov_chart *chart)
{
    chart->x_low = 0, chart->x_high = (double)places->n + 1;
    behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_PLOT_AXIS_PLACES, chart->lang,
                     &chart->x_label);
}

static behov_status add_all(const behov_ranking *ranking, const order *places, behov_picture *out, behov_chart *chart,
                            behov_error *err)
{
    const behov_chart_series others = {.mark = BEHOV_MARK_DOT,
                                       .ink = BEHOV_INK_GREY,
                                       .radius = 0.8,
                                       .has_light_intervals = true,
                                       .thickness = places->n > 120 ? 0.35 : 0.8};
    const behov_chart_series marked = {
        .mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.2, .thickness = 2.4, .is_named = true};
    char number[BEHOV_FIGURE];
    if (!(chart->points = calloc(places->n + 1, sizeof *chart->points)))
        return behov_plot_out_of_memory(err);
    behov_chart_series *series = behov_plot_add_series(ranking->fit_results, chart, others, BEHOV_WORD_PLACES_SERIES);
    behov_wording_print(&series->words, " (%s)", behov_plot_count(out->lang, places->n - places->n_marked, number));
    behov_plot_add_series(ranking->fit_results, chart, marked,
                          places->n_marked ? BEHOV_WORD_PLOT_NAMED : BEHOV_NO_WORD);
    for (size_t i = 0; i < places->n; i++)
        add_place(ranking, places->places[i], places->is_marked[i], (double)(i + 1), out, chart);
    if (places->n_marked == 1) {
        const behov_ranked_municipality *ranked = &ranking->all[places->places[places->first_marked]];
        behov_chart_band *band = behov_chart_add_band(chart, 2);
        if (!band)
            return behov_plot_out_of_memory(err);
        band->is_filled = true;
        band->ink = BEHOV_INK_BAND;
        band->x[0] = ranked->rank_low, band->x[1] = ranked->rank_high;
        band->low[0] = band->low[1] = 0;
        band->high[0] = band->high[1] = (double)places->n + 1;
    }
    chart->is_y_downward = true;
    chart->y_low = 0, chart->y_high = (double)places->n + 1;
    add_axis(ranking, places, chart);
    behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_PLACES_ORDER, out->lang,
                     &chart->y_label);
    return BEHOV_OK;
}

/* One that is marked with the three before and the three behind it; of several each of them. */
static bool is_named(const order *places, size_t i)
{
    size_t at = places->first_marked;
    if (places->n_marked > 1)
        return places->is_marked[i];
    return i + NEAREST_EACH >= at && i <= at + NEAREST_EACH;
}

static behov_status add_nearest(const behov_ranking *ranking, const order *places, behov_picture *out, behov_error *err)
{
    const behov_chart_series others = {.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_GREY, .radius = 2.4};
    const behov_chart_series marked = {
        .mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.2, .thickness = 2.4};
    behov_chart *chart = behov_picture_add_chart(out);
    chart->rows = calloc(places->n + 1, sizeof *chart->rows);
    chart->points = calloc(places->n + 1, sizeof *chart->points);
    if (!chart->rows || !chart->points)
        return behov_plot_out_of_memory(err);
    behov_wording_add(&chart->heading, behov_label(out->lang, places->n_marked > 1 ? BEHOV_WORD_PLACES_CHOSEN
                                                                                   : BEHOV_WORD_PLACES_NEAREST));
    behov_plot_add_series(ranking->fit_results, chart, others, BEHOV_NO_WORD);
    behov_plot_add_series(ranking->fit_results, chart, marked, BEHOV_NO_WORD);
    behov_wording_add(&chart->previous_text, behov_label(out->lang, BEHOV_WORD_RANKING_RANK));
    behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_PLACES_INTERVAL, out->lang,
                     &chart->next_text);
    for (size_t i = 0; i < places->n; i++) {
        size_t place = places->places[i];
        const behov_ranked_municipality *ranked = &ranking->all[place];
        char rank[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE];
        if (!is_named(places, i))
            continue;
        behov_chart_row *row = &chart->rows[chart->n_rows];
        behov_plot_name_place(&ranking->places, place, &row->name);
        row->is_strong = places->is_marked[i];
        snprintf(row->previous_text, sizeof row->previous_text, "%.50s", place_text(out, ranked->lasting_rank, rank));
        snprintf(row->next_text, sizeof row->next_text, "%.25s–%.25s", place_text(out, ranked->rank_low, low),
                 place_text(out, ranked->rank_high, high));
        add_place(ranking, place, places->is_marked[i], (double)chart->n_rows++, out, chart);
    }
    add_axis(ranking, places, chart);
    return BEHOV_OK;
}

static void say_marked(const behov_ranking *ranking, const order *places, behov_picture *out)
{
    char rank[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE], n[BEHOV_FIGURE], level[BEHOV_NUMBER_SIZE];
    size_t place = places->places[places->first_marked];
    const behov_ranked_municipality *ranked = &ranking->all[place];
    behov_wording name = {0}, level_name = {0};
    behov_sentence_municipality_name_first(&name, &ranking->places.all[place]);
    behov_level_name(&ranking->variances, BEHOV_LEVEL_NAME, out->lang, &level_name);
    behov_wording_fill(&out->answers[0], out->lang, BEHOV_WORD_PLACES_MARKED, "name", behov_wording_text(&name), "rank",
                       place_text(out, ranked->lasting_rank, rank), "n", behov_plot_count(out->lang, places->n, n),
                       "level_name", behov_wording_text(&level_name), "level",
                       behov_format_level(out->lang, ranking->fit_results->level_pct, level), "low",
                       place_text(out, ranked->rank_low, low), "high", place_text(out, ranked->rank_high, high), NULL);
    behov_wording_spend(&out->answers[0], &name);
    behov_wording_spend(&out->answers[0], &level_name);
    if (ranking->fit_results->study->is_simulated)
        behov_sentence_simulated_sentence(&out->answers[0], out->lang);
}

static void say_all(const behov_ranking *ranking, const order *places, behov_picture *out)
{
    char wide_text[BEHOV_FIGURE], n[BEHOV_FIGURE];
    size_t wide = 0;
    for (size_t i = 0; i < places->n; i++) {
        const behov_ranked_municipality *ranked = &ranking->all[places->places[i]];
        wide += ranked->rank_high - ranked->rank_low + 1 > (double)places->n / 2;
    }
    behov_wording *answer = &out->answers[places->n_marked == 1];
    behov_wording_fill(answer, out->lang, BEHOV_WORD_PLACES_WIDE, "n", behov_plot_count(out->lang, places->n, n),
                       "wide", behov_plot_count(out->lang, wide, wide_text), NULL);
    behov_wording_fill(&out->description, out->lang, BEHOV_WORD_PLACES_DESCRIPTION, "n", n, NULL);
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS; i++)
        behov_wording_add_after(&out->description, " ", behov_wording_text(&out->answers[i]));
}

static void say_lacking(const behov_ranking *ranking, const order *places, behov_picture *out)
{
    behov_wording names = {0}, text = {0};
    for (size_t i = 0; i < places->n_lacking; i++) {
        behov_wording_add(&names, i ? ", " : "");
        behov_sentence_municipality_name_first(&names, &ranking->places.all[places->lacking[i]]);
    }
    if (places->n_lacking)
        behov_wording_fill(&text, out->lang, BEHOV_WORD_PLACES_LACKING, "names", behov_wording_text(&names), NULL);
    behov_wording_spend(&text, &names);
    behov_plot_add_note(out, &text);
}

static void add_notes(const behov_ranking *ranking, size_t n_missing, behov_picture *out)
{
    behov_wording text = {0};
    behov_plot_add_missing(out, n_missing == 1 ? BEHOV_WORD_PLOT_WITHOUT_RATIO_ONE : BEHOV_WORD_PLOT_WITHOUT_RATIO,
                           n_missing);
    behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_PLACES_EXPLAINED, out->lang,
                     &text);
    behov_plot_add_note(out, &text);
    if (ranking->variances.is_one_year)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_FUNNEL_ONE_YEAR));
    behov_plot_add_chance_warnings(&ranking->variances, ranking->places.n, out);
    behov_ranking_note(ranking, BEHOV_RANKING_DRAWN, true, &text);
    behov_plot_add_note(out, &text);
    behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_NOT_A_VERDICT));
    if (ranking->fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

static behov_status draw(const behov_ranking *ranking, const order *places, behov_picture *out, behov_error *err)
{
    behov_chart *chart = behov_plot_begin(
        ranking->fit_results, BEHOV_WORD_PLOT_TITLE_PLACES, ranking->choices.year,
        places->n == 1 ? BEHOV_WORD_PLOT_DATA_RANKING_ONE : BEHOV_WORD_PLOT_DATA_RANKING, places->n, out);
    if (places->n_marked == 1)
        say_marked(ranking, places, out);
    say_all(ranking, places, out);
    behov_status status = add_all(ranking, places, out, chart, err);
    if (!status && places->n_marked)
        status = add_nearest(ranking, places, out, err);
    if (status)
        return status;
    say_lacking(ranking, places, out);
    add_notes(ranking, ranking->n_shown - places->n, out);
    return behov_plot_add_remarks(ranking->fit_results, BEHOV_CODES_REMARK, out, err);
}

behov_status behov_plot_places(const behov_ranking *ranking, const behov_municipality_names *list, behov_picture *out,
                               behov_error *err)
{
    order places = {0};
    behov_status status = BEHOV_OK;
    if (!behov_ranking_has_lasting_ranks(ranking))
        return ranking->is_at_border
                   ? behov_error_say(err, BEHOV_E_TOO_FEW, ranking->places.source, SAY_PLOTS_NO_PLACES_AT_BORDER)
                   : behov_error_say(err, BEHOV_E_TOO_FEW, ranking->places.source, SAY_PLOTS_NO_PLACES);
    status = order_new(ranking, &places, err);
    if (!status && !places.n)
        status = behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_PLOTS_NOTHING_RANKED);
    if (!status)
        status = mark(ranking, list, &places, err);
    if (!status)
        status = draw(ranking, &places, out, err);
    order_free(&places);
    return status;
}
