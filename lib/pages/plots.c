/* plots.c - from results to pictures: which figure is which mark, and the words around it. */
#include <behov/plots.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/left_out.h>
#include <behov/level_words.h>
#include <behov/ranking_sentences.h>
#include <behov/model_labels.h>
#include "plot_parts.h"
#include <behov/ratio_bins.h>
#include <behov/remarks.h>
#include <behov/result_sentences.h>

/* ---- ranking -------------------------------------------------------------------------------------------------------
 */

static bool is_drawn(const behov_ranking *ranking, size_t place)
{
    return isfinite(ranking->all[place].ratio);
}

static void name_row(const behov_ranking *ranking, size_t place, behov_chart_row *out)
{
    const behov_ranked_municipality *ranked_municipality = &ranking->all[place];
    behov_language lang = ranking->fit_results->study->lang;
    behov_plot_name_place(&ranking->places, place, &out->name);
    char lasting[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE];
    if (isfinite(ranked_municipality->rank))
        snprintf(out->previous_text, sizeof out->previous_text, "%.50s",
                 behov_format_cell(BEHOV_Q_RANK, ranked_municipality->rank, lang, low));
    if (isfinite(ranked_municipality->rank_low) && isfinite(ranked_municipality->rank_high))
        snprintf(out->next_text, sizeof out->next_text, "%.15s (%.15s–%.15s)",
                 behov_format_cell(BEHOV_Q_RANK, ranked_municipality->lasting_rank, lang, lasting),
                 behov_format_cell(BEHOV_Q_RANK, ranked_municipality->rank_low, lang, low),
                 behov_format_cell(BEHOV_Q_RANK, ranked_municipality->rank_high, lang, high));
}

static void ratio_point(const behov_ranking *ranking, size_t place, size_t row, size_t series, double x,
                        behov_interval interval, behov_chart *out)
{
    behov_language lang = ranking->fit_results->study->lang;
    const behov_municipality *who = &ranking->places.all[place];
    char number[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE], figure[3 * BEHOV_FIGURE];
    if (!isfinite(x))
        return;
    behov_chart_point *point = &out->points[out->n_points++];
    *point =
        (behov_chart_point){.series = series, .x = x, .low = interval.low, .high = interval.high, .y = (double)row};
    behov_format_cell(BEHOV_Q_RATIO, x, lang, number);
    snprintf(figure, sizeof figure, "%s", number);
    if (isfinite(interval.low) && isfinite(interval.high))
        snprintf(figure, sizeof figure, "%s (%s–%s)", number, behov_format_cell(BEHOV_Q_RATIO, interval.low, lang, low),
                 behov_format_cell(BEHOV_Q_RATIO, interval.high, lang, high));
    behov_plot_name_point(point, who->name, who->code, figure);
}

static void ranking_notes(const behov_ranking *ranking, size_t n_missing, behov_picture *out)
{
    behov_language lang = ranking->fit_results->study->lang;
    behov_wording text = {0};
    behov_plot_add_missing(out, n_missing == 1 ? BEHOV_WORD_PLOT_WITHOUT_RATIO_ONE : BEHOV_WORD_PLOT_WITHOUT_RATIO,
                           n_missing);
    if (ranking->variances.is_known)
        behov_ranking_note(ranking, BEHOV_RANKING_INTERVALS, true, &text);
    else
        behov_wording_add(&text, behov_label(lang, ranking->is_at_border ? BEHOV_WORD_LASTING_AT_BORDER
                                                                         : BEHOV_WORD_RANKING_NOT_KNOWN));
    behov_plot_add_note(out, &text);
    if (behov_ranking_has_cut_level(ranking, true)) {
        behov_wording_clear(&text);
        behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_LEVEL_BELOW_ZERO, lang,
                         &text);
        behov_plot_add_note(out, &text);
    }
    behov_plot_add_chance_warnings(&ranking->variances, ranking->places.n, out);
    if (ranking->variances.is_known) {
        behov_ranking_note(ranking, BEHOV_RANKING_DRAWN, true, &text);
        behov_plot_add_note(out, &text);
    }
    behov_plot_add_errors(ranking->fit_results, out);
    if (ranking->fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

behov_status behov_plot_ranking(const behov_ranking *ranking, size_t extremes, behov_picture *out, behov_error *err)
{
    behov_language lang = ranking->fit_results->study->lang;
    size_t n = 0, index = 0;
    for (size_t i = 0; i < ranking->n_shown; i++)
        n += is_drawn(ranking, ranking->shown_positions[i]);
    behov_chart *chart =
        behov_plot_begin(ranking->fit_results, BEHOV_WORD_PLOT_TITLE_RANKING, ranking->choices.year,
                         ranking->n_ranked == 1 ? BEHOV_WORD_PLOT_DATA_RANKING_ONE : BEHOV_WORD_PLOT_DATA_RANKING,
                         ranking->n_ranked, out);
    if (n == 0)
        return behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_PLOTS_NOTHING_RANKED);
    bool has_break = extremes && n > 2 * extremes, in_kroner = behov_need_gap_is_1000kr(ranking->fit_results->need);
    bool is_ahead = behov_lasting_is_ahead(&ranking->variances);
    chart->rows = calloc(n, sizeof *chart->rows);
    chart->points = calloc(n, 2 * sizeof *chart->points);
    if (!chart->rows || !chart->points)
        return behov_plot_out_of_memory(err);
    behov_plot_add_series(
        ranking->fit_results, chart,
        (behov_chart_series){.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_BLUE, .radius = 2.3, .shift = -0.17},
        behov_word_by_unit(BEHOV_WORD_PLOT_RATIO, in_kroner));
    if (ranking->variances.is_known)
        behov_plot_add_series(
            ranking->fit_results, chart,
            (behov_chart_series){
                .mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_VERMILLION, .radius = 2.2, .shift = 0.2, .is_open = true},
            is_ahead ? BEHOV_NO_WORD : BEHOV_WORD_PLOT_SHRUNK);
    if (is_ahead)
        behov_level_fill(&ranking->variances, ranking->fit_results->level_pct, BEHOV_WORD_PLOT_AHEAD, lang,
                         &chart->series[chart->n_series - 1].words);
    behov_plot_add_line(chart, BEHOV_LINE_UPRIGHT, 100, behov_word_by_unit(BEHOV_WORD_PLOT_AT_100, in_kroner));
    for (size_t i = 0; i < ranking->n_shown; i++) {
        size_t place = ranking->shown_positions[i];
        if (!is_drawn(ranking, place))
            continue;
        size_t position = index++;
        if (has_break && position >= extremes && position < n - extremes)
            continue;
        size_t row = chart->n_rows++;
        behov_chart_row *chart_row = &chart->rows[row];
        name_row(ranking, place, chart_row);
        chart_row->is_strong = ranking->choices.around && i == ranking->around_shown;
        if (has_break && position == n - extremes) {
            char number[BEHOV_FIGURE];
            behov_wording_fill(&chart_row->skipped, lang,
                               n - 2 * extremes == 1 ? BEHOV_WORD_PLOT_SKIPPED_ONE : BEHOV_WORD_PLOT_SKIPPED, "n",
                               behov_plot_count(lang, n - 2 * extremes, number), NULL);
        }
        ratio_point(ranking, place, row, 0, ranking->all[place].ratio, ranking->all[place].ratio_interval, chart);
        if (ranking->variances.is_known)
            ratio_point(ranking, place, row, 1, behov_lasting_shown(ranking->all[place].lasting.ratio),
                        behov_lasting_interval_shown(ranking->all[place].lasting.interval), chart);
    }
    behov_wording_add(&chart->previous_text, behov_label(lang, BEHOV_WORD_RANKING_RANK));
    if (ranking->variances.is_known)
        behov_level_fill(&ranking->variances, ranking->fit_results->level_pct,
                         is_ahead ? BEHOV_WORD_PLOT_RANK_INTERVAL_AHEAD : BEHOV_WORD_PLOT_RANK_INTERVAL_LASTING, lang,
                         &chart->next_text);
    behov_wording_add(&chart->x_label, behov_label(lang, behov_word_by_unit(BEHOV_WORD_PLOT_AXIS_RATIO, in_kroner)));
    ranking_notes(ranking, ranking->n_shown - n, out);
    return BEHOV_OK;
}

/* ---- rows of a year ------------------------------------------------------------------------------------------------
 */

/* The year that is drawn: the one asked for, else the last in which a row has a figure. */
static behov_status choose_year(const behov_fit_results *fit_results, bool is_of_ratios, int *year, behov_error *err)
{
    behov_need_figure *figure = is_of_ratios ? behov_need_ratio : behov_need_actual;
    const behov_panel *panel = &fit_results->study->panel;
    const char *source = behov_table_source(panel->table);
    size_t n_years, n_rows;
    const int *years = behov_need_years(fit_results->need, &n_years);
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    bool is_there = !*year, has_figure = false;
    int last = 0;
    for (size_t t = 0; t < n_years; t++)
        is_there = is_there || years[t] == *year;
    if (!is_there && years[0] == 0)
        return behov_error_say(err, BEHOV_E_NAME, PHRASE_PLACE_YEAR, SAY_PLOTS_NO_YEARS, source);
    if (!is_there)
        return behov_error_say(err, BEHOV_E_NAME, PHRASE_PLACE_YEAR, SAY_PLOTS_YEAR_UNKNOWN, *year, source, years[0],
                               years[n_years - 1]);
    for (size_t i = 0; i < n_rows; i++) {
        int found_number = behov_panel_year(panel, behov_row_at(rows, i));
        if (!isfinite(figure(fit_results->need, behov_row_at(rows, i))) || (*year && found_number != *year))
            continue;
        has_figure = true;
        last = found_number > last ? found_number : last;
    }
    if (!has_figure && *year)
        return is_of_ratios ? behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NOTHING_RATIO_IN_YEAR, *year)
                            : behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NOTHING_ACTUAL_IN_YEAR, *year);
    if (!has_figure)
        return is_of_ratios ? behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NOTHING_RATIO)
                            : behov_error_say(err, BEHOV_E_DATA, source, SAY_PLOTS_NOTHING_ACTUAL);
    *year = last;
    return BEHOV_OK;
}

enum { ESTIMATED, PREDICTED, NAMED };

static behov_status fit_points(const behov_fit_results *fit_results, int year, const behov_municipality_list *places,
                               const bool *is_named, behov_picture *out, behov_error *err)
{
    const behov_panel *panel = &fit_results->study->panel;
    behov_chart *chart = &out->charts[0];
    behov_language lang = fit_results->study->lang;
    size_t n_rows, n[3] = {0}, n_missing = 0;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    if (!(chart->points = calloc(n_rows + 1, sizeof *chart->points)))
        return behov_plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = behov_row_at(rows, i);
        if (behov_panel_year(panel, row) != year)
            continue;
        double actual = behov_need_actual(fit_results->need, row), need = behov_need_need(fit_results->need, row);
        if (!isfinite(actual) || !isfinite(need)) {
            n_missing++;
            continue;
        }
        const char *name = behov_panel_municipality(panel, row), *code = behov_panel_code(panel, row);
        size_t place = is_named ? behov_municipality_list_position(places, code, name) : 0;
        size_t series = is_named && place < places->n && is_named[place]                     ? NAMED
                        : behov_design_fate(fit_results->design, row) == BEHOV_ROW_ESTIMATED ? ESTIMATED
                                                                                             : PREDICTED;
        behov_chart_point *point = &chart->points[chart->n_points++];
        *point = (behov_chart_point){.series = series, .x = need, .y = actual, .low = NAN, .high = NAN};
        char ratio[BEHOV_FIGURE];
        behov_format_cell(BEHOV_Q_RATIO, behov_need_ratio(fit_results->need, row), lang, ratio);
        if (series == NAMED)
            behov_plot_name_point(point, name[0] ? name : code, "", "");
        else
            behov_plot_name_point(point, name, code, ratio);
        n[series]++;
    }
    static const behov_word keys[] = {BEHOV_WORD_PLOT_ESTIMATED, BEHOV_WORD_PLOT_PREDICTED, BEHOV_WORD_PLOT_NAMED};
    static const behov_chart_series series[] = {
        {.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_BLUE, .radius = 1.8, .is_open = true},
        {.mark = BEHOV_MARK_TRIANGLE, .ink = BEHOV_INK_VERMILLION, .radius = 2.4},
        {.mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_BLACK, .radius = 3.2, .is_named = true},
    };
    for (size_t s = 0; s < 3; s++) {
        behov_chart_series *chart_series = behov_plot_add_series(fit_results, chart, series[s], keys[s]);
        char number[BEHOV_FIGURE];
        if (n[s])
            behov_wording_print(&chart_series->words, " (%s)", behov_plot_count(lang, n[s], number));
        else
            behov_wording_clear(&chart_series->words);
    }
    behov_plot_add_missing(out, n_missing == 1 ? BEHOV_WORD_PLOT_WITHOUT_ACTUAL_ONE : BEHOV_WORD_PLOT_WITHOUT_ACTUAL,
                           n_missing);
    return BEHOV_OK;
}

behov_status behov_plot_fit(const behov_fit_results *fit_results, int year, const behov_municipality_names *list,
                            behov_picture *out, behov_error *err)
{
    const behov_panel *panel = &fit_results->study->panel;
    behov_chart *chart = NULL;
    behov_municipality_list places = {0};
    size_t *listed_positions = NULL, n_listed = 0;
    bool *is_named = NULL;
    behov_status status = choose_year(fit_results, false, &year, err);
    if (!status && list && panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(panel->table), SAY_PLOTS_NO_MUNICIPALITIES);
    if (!status && list)
        status = behov_municipality_list_of_panel(panel, &places, err);
    if (!status && list)
        status = behov_municipality_list_choose(&places, list, PHRASE_PLACE_LIST, &listed_positions, &n_listed, err);
    if (!status && list)
        status = behov_left_out_refuse_all(fit_results, places.all, listed_positions, n_listed, PHRASE_PLACE_LIST, err);
    if (!status && list && !(is_named = calloc(places.n + 1, sizeof *is_named)))
        status = behov_plot_out_of_memory(err);
    for (size_t i = 0; i < n_listed && is_named; i++)
        is_named[listed_positions[i]] = true;
    if (!status) {
        chart = behov_plot_begin(
            fit_results, behov_word_by_unit(BEHOV_WORD_PLOT_TITLE_FIT, behov_need_gap_is_1000kr(fit_results->need)),
            year, BEHOV_WORD_PLOT_DATA_FIT, behov_fit_n_rows(fit_results->fit), out);
        status = fit_points(fit_results, year, &places, is_named, out, err);
    }
    if (!status) {
        behov_plot_add_line(chart, BEHOV_LINE_DIAGONAL, 0,
                            behov_word_by_unit(BEHOV_WORD_PLOT_DIAGONAL, behov_need_gap_is_1000kr(fit_results->need)));
        behov_wording_add(&chart->x_label, behov_study_label_by_unit(fit_results->study, BEHOV_WORD_NEED_1000KR,
                                                                     BEHOV_WORD_NEED_KR, BEHOV_WORD_NEED_OTHER));
        behov_wording_add(&chart->y_label, behov_study_label_by_unit(fit_results->study, BEHOV_WORD_ACTUAL_1000KR,
                                                                     BEHOV_WORD_ACTUAL_KR, BEHOV_WORD_ACTUAL_OTHER));
        if (fit_results->study->is_simulated)
            behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    }
    free(listed_positions);
    free(is_named);
    behov_municipality_list_free(&places);
    return status;
}

/* ---- distribution --------------------------------------------------------------------------------------------------
 */

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static behov_status count_ratios(const double *ratios, size_t n, behov_chart *chart, behov_picture *out,
                                 behov_error *err)
{
    behov_ratio_bins ratio_bins;
    behov_ratio_bins_count(ratios, n, &ratio_bins);
    if (!(chart->bars = calloc(ratio_bins.n + 1, sizeof *chart->bars)))
        return behov_plot_out_of_memory(err);
    chart->n_bars = ratio_bins.n;
    for (size_t i = 0; i < ratio_bins.n; i++) {
        chart->bars[i].start = ratio_bins.first + ratio_bins.width * (double)i;
        chart->bars[i].end = chart->bars[i].start + ratio_bins.width;
        chart->bars[i].height = (double)ratio_bins.counts[i];
    }
    char number[BEHOV_FIGURE];
    behov_wording_fill(&chart->y_label, chart->lang,
                       ratio_bins.width == 1 ? BEHOV_WORD_PLOT_AXIS_COUNT_ONE : BEHOV_WORD_PLOT_AXIS_COUNT, "n",
                       behov_format_cell(BEHOV_Q_COUNT, ratio_bins.width, chart->lang, number), NULL);
    if (ratio_bins.n_beyond) {
        char limit[BEHOV_FIGURE];
        behov_wording text = {0};
        behov_format_cell(BEHOV_Q_RATIO, chart->bars[ratio_bins.n - 1].end - 1, chart->lang, limit);
        behov_wording_fill(&text, chart->lang,
                           ratio_bins.n_beyond == 1 ? BEHOV_WORD_PLOT_BAR_BEYOND_ONE : BEHOV_WORD_PLOT_BAR_BEYOND, "n",
                           behov_plot_count(chart->lang, ratio_bins.n_beyond, number), "limit", limit, NULL);
        behov_plot_add_note(out, &text);
    }
    return BEHOV_OK;
}

behov_status behov_plot_ratios(const behov_fit_results *fit_results, int year, behov_picture *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    size_t n_rows, n = 0, n_missing = 0, n_above = 0;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    behov_status status = choose_year(fit_results, true, &year, err);
    if (status)
        return status;
    double *ratios = calloc(n_rows + 1, sizeof *ratios);
    if (!ratios)
        return behov_plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++)
        if (behov_panel_year(&fit_results->study->panel, behov_row_at(rows, i)) == year) {
            double ratio = behov_need_ratio(fit_results->need, behov_row_at(rows, i));
            if (isfinite(ratio))
                ratios[n++] = ratio;
            else
                n_missing++;
        }
    qsort(ratios, n, sizeof *ratios, compare_figures);
    for (size_t i = 0; i < n; i++)
        n_above += ratios[i] > 100;
    behov_chart *chart =
        behov_plot_begin(fit_results, BEHOV_WORD_PLOT_TITLE_RATIOS, year,
                         n == 1 ? BEHOV_WORD_PLOT_DATA_RANKING_ONE : BEHOV_WORD_PLOT_DATA_RANKING, n, out);
    status = count_ratios(ratios, n, chart, out, err);
    if (!status) {
        char median[BEHOV_FIGURE], low[BEHOV_FIGURE], high[BEHOV_FIGURE], above[BEHOV_FIGURE], number[BEHOV_FIGURE];
        behov_wording text = {0};
        behov_format_cell(BEHOV_Q_RATIO, behov_rank_quantile(ratios, n, 0.5), lang, median);
        behov_format_cell(BEHOV_Q_RATIO, behov_rank_quantile(ratios, n, 0.25), lang, low);
        behov_format_cell(BEHOV_Q_RATIO, behov_rank_quantile(ratios, n, 0.75), lang, high);
        behov_wording_fill(&text, lang, BEHOV_WORD_PLOT_SPREAD, "median", median, "low", low, "high", high, "above",
                           behov_plot_count(lang, n_above, above), "n", behov_plot_count(lang, n, number), NULL);
        behov_plot_add_note(out, &text);
        behov_plot_add_missing(out, n_missing == 1 ? BEHOV_WORD_PLOT_WITHOUT_RATIO_ONE : BEHOV_WORD_PLOT_WITHOUT_RATIO,
                               n_missing);
        if (fit_results->study->is_simulated)
            behov_picture_add_note(out, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
        behov_plot_add_line(chart, BEHOV_LINE_UPRIGHT, 100,
                            behov_word_by_unit(BEHOV_WORD_PLOT_AT_100, behov_need_gap_is_1000kr(fit_results->need)));
        behov_wording_add(&chart->x_label,
                          behov_label(lang, behov_word_by_unit(BEHOV_WORD_PLOT_AXIS_RATIO,
                                                               behov_need_gap_is_1000kr(fit_results->need))));
        chart->bars_are_counts = true;
    }
    free(ratios);
    return status;
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 */

/* Standard deviations (n - 1) of the regressors over the rows estimated on: first the means, then the squares. */
static behov_status deviations(const behov_fit_results *fit_results, double *sd, behov_error *err)
{
    size_t n_rows, width = behov_design_n_regressors(fit_results->design);
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    double *x = calloc(2 * width + 1, sizeof *x), *mean = x ? x + width : NULL;
    if (!x)
        return behov_plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        behov_design_fill(fit_results->design, &(uint32_t){behov_row_at(rows, i)}, 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            mean[k] += x[k] / (double)n_rows;
    }
    for (size_t k = 0; k < width; k++)
        sd[k] = 0;
    for (size_t i = 0; i < n_rows; i++) {
        behov_design_fill(fit_results->design, &(uint32_t){behov_row_at(rows, i)}, 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            sd[k] += (x[k] - mean[k]) * (x[k] - mean[k]);
    }
    for (size_t k = 0; k < width; k++)
        sd[k] = sqrt(sd[k] / (double)(n_rows - 1));
    free(x);
    return BEHOV_OK;
}

/* The words around the coefficients. */
static behov_status coefficients_words(const behov_fit_results *fit_results, behov_chart *chart, size_t n_without,
                                       bool has_years, behov_picture *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    char number[BEHOV_FIGURE];
    behov_wording text = {0};
    const char *outcome = behov_formula_outcome_name(fit_results->study->formula);
    behov_plot_add_series(fit_results, chart,
                          (behov_chart_series){.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_BLUE, .radius = 2.8},
                          BEHOV_WORD_PLOT_COEFFICIENT);
    behov_plot_add_line(chart, BEHOV_LINE_UPRIGHT, 0, BEHOV_WORD_PLOT_AT_0);
    behov_wording_fill(&chart->x_label, lang, BEHOV_WORD_PLOT_AXIS_COEFFICIENT, "outcome",
                       behov_model_label(&fit_results->study->model, lang, outcome), NULL);
    behov_wording_fill(&text, lang, BEHOV_WORD_PLOT_DEVIATIONS, "n",
                       behov_plot_count(lang, behov_fit_n_rows(fit_results->fit), number), NULL);
    behov_plot_add_note(out, &text);
    if (has_years)
        behov_picture_add_note(out, behov_label(lang, BEHOV_WORD_PLOT_YEARS_AS_THEY_ARE));
    behov_plot_add_missing(
        out, n_without == 1 ? BEHOV_WORD_PLOT_WITHOUT_COEFFICIENT_ONE : BEHOV_WORD_PLOT_WITHOUT_COEFFICIENT, n_without);
    behov_plot_add_errors(fit_results, out);
    if (fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
    return behov_plot_add_remarks(fit_results, BEHOV_CLUSTERS_REMARK, out, err);
}

behov_status behov_plot_coefficients(const behov_fit_results *fit_results, behov_picture *out, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    size_t width = behov_design_n_regressors(fit_results->design);
    double *sd = calloc(width + 1, sizeof *sd);
    behov_chart *chart = behov_plot_begin(fit_results, BEHOV_WORD_PLOT_TITLE_COEFFICIENTS, 0, BEHOV_WORD_PLOT_DATA_FIT,
                                          behov_fit_n_rows(fit_results->fit), out);
    chart->points = calloc(width + 1, sizeof *chart->points);
    chart->rows = calloc(width + 1, sizeof *chart->rows);
    behov_status status =
        sd && chart->points && chart->rows ? deviations(fit_results, sd, err) : behov_plot_out_of_memory(err);
    size_t n_without = 0;
    bool has_years = false;
    for (size_t k = 0; k < width && !status; k++) {
        const behov_coefficient *coefficient = &fit_results->coefficients[k];
        const char *name = behov_design_regressor(fit_results->design, k);
        if (strcmp(name, "(Intercept)") == 0)
            continue;
        if (behov_fit_is_dropped(fit_results->fit, k) || !(sd[k] > 0)) {
            n_without++;
            continue;
        }
        if (strncmp(name, "year=", 5) == 0 && !strchr(name, ':')) {
            sd[k] = 1; /* a level of its own: as it is, in the outcome's unit */
            has_years = true;
        }
        behov_chart_row *row = &chart->rows[chart->n_rows];
        const char *words = behov_model_label(&fit_results->study->model, lang, name);
        behov_wording_add(&row->name, words);
        behov_chart_point *point = &chart->points[chart->n_points++];
        *point = (behov_chart_point){.x = sd[k] * coefficient->estimate,
                                     .low = sd[k] * coefficient->ci_low,
                                     .high = sd[k] * coefficient->ci_high,
                                     .y = (double)chart->n_rows++};
        behov_plot_name_point(point, name, "", "");
    }
    if (!status && !chart->n_points)
        status = behov_error_say(err, BEHOV_E_DATA, behov_table_source(fit_results->study->panel.table),
                                 SAY_PLOTS_NOTHING_COEFFICIENTS);
    if (!status)
        status = coefficients_words(fit_results, chart, n_without, has_years, out, err);
    free(sd);
    return status;
}
