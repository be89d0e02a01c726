/* plots.c - from results to pictures: which figure is which mark, and the words around it. */
#include "plots.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "lasting.h"
#include "model_labels.h"
#include "plot_parts.h"
#include "ratio_bins.h"
#include "result_sentences.h"

/* ---- ranking -------------------------------------------------------------------------------------------------------
 */

static bool is_drawn(const ranking *of, size_t place) { return isfinite(of->all[place].ratio); }

static bool has_namesake(const directory *of, size_t place)
{
    const char *name = of->all[place].name;
    for (size_t i = 0; i < of->n; i++)
        if (i != place && strcmp(of->all[i].name, name) == 0)
            return true;
    return false;
}

static void name_row(const ranking *of, size_t place, chart_row *to)
{
    const municipality *who = &of->places.all[place];
    const ranked *one = &of->all[place];
    behov_language lang = of->of->of->lang;
    const char *name = who->name[0] ? who->name : who->code;
    bool both = who->name[0] && who->code[0] && has_namesake(&of->places, place);
    snprintf(to->name, sizeof to->name, "%.*s%s%.*s%s", label_clip(name, 200), name, both ? " (" : "",
             label_clip(who->code, 40), both ? who->code : "", both ? ")" : "");
    char lasting[FIGURE], low[FIGURE], high[FIGURE];
    if (isfinite(one->rank))
        snprintf(to->before, sizeof to->before, "%.50s", format_cell(BEHOV_Q_RANK, one->rank, lang, low));
    if (isfinite(one->rank_low) && isfinite(one->rank_high))
        snprintf(to->after, sizeof to->after, "%.15s (%.15s–%.15s)",
                 format_cell(BEHOV_Q_RANK, one->lasting_rank, lang, lasting),
                 format_cell(BEHOV_Q_RANK, one->rank_low, lang, low),
                 format_cell(BEHOV_Q_RANK, one->rank_high, lang, high));
}

static void ratio_point(const ranking *of, size_t place, size_t row, size_t series, double x, behov_interval interval,
                        chart *to)
{
    behov_language lang = of->of->of->lang;
    const municipality *who = &of->places.all[place];
    char number[FIGURE], low[FIGURE], high[FIGURE], figure[3 * FIGURE];
    if (!isfinite(x))
        return;
    chart_point *point = &to->points[to->n_points++];
    *point = (chart_point){.series = series, .x = x, .low = interval.low, .high = interval.high, .y = (double)row};
    format_cell(BEHOV_Q_RATIO, x, lang, number);
    snprintf(figure, sizeof figure, "%s", number);
    if (isfinite(interval.low) && isfinite(interval.high))
        snprintf(figure, sizeof figure, "%s (%s–%s)", number, format_cell(BEHOV_Q_RATIO, interval.low, lang, low),
                 format_cell(BEHOV_Q_RATIO, interval.high, lang, high));
    plot_name_point(point, who->name, who->code, figure);
}

static void ranking_notes(const ranking *of, size_t n_missing, picture *to)
{
    behov_language lang = of->of->of->lang;
    char text[WORDS], number[FIGURE], seed[FIGURE];
    plot_add_missing(to, n_missing == 1 ? "plot_without_ratio_one" : "plot_without_ratio", n_missing);
    picture_add_note(to, label(lang, label_key(of->variances.is_known ? "ranking_interval_lasting" : of->is_at_border ? "lasting_at_border" : "ranking_not_known",
                                         behov_need_gap_is_1000kr(of->of->need))));
    if (ranking_has_cut_level(of, true))
        picture_add_note(to, label(lang, "lasting_below_zero"));
    if (of->variances.is_known) {
        behov_number_fixed((double)of->choices.seed, 0, '.', "", 4, seed);
        label_fill(lang, "ranking_draws", text, sizeof text, "n", plot_count(lang, of->choices.n_draws, number), "seed",
                   seed, NULL);
        picture_add_note(to, text);
    }
    plot_add_errors(of->of, to);
    if (of->of->of->is_simulated)
        picture_add_note(to, label(lang, "simulated_explained"));
}

behov_status plot_ranking(const ranking *of, size_t extremes, picture *out, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < of->n_shown; i++)
        n += is_drawn(of, of->shown[i]);
    chart *drawn = plot_begin(of->of, "plot_title_ranking", of->choices.year, "plot_data_ranking", of->n_ranked, out);
    if (n == 0)
        return behov_error_set(err, BEHOV_E_DATA, of->places.source,
                               "there is nothing to draw: none of the municipalities has a ratio");
    bool has_break = extremes && n > 2 * extremes, in_kroner = behov_need_gap_is_1000kr(of->of->need);
    drawn->rows = calloc(n, sizeof *drawn->rows);
    drawn->points = calloc(n, 2 * sizeof *drawn->points);
    if (!drawn->rows || !drawn->points)
        return plot_out_of_memory(err);
    plot_add_series(of->of, drawn, (chart_series){.mark = MARK_DOT, .ink = INK_BLUE, .radius = 2.3, .shift = -0.17},
               label_key("plot_ratio", in_kroner));
    if (of->variances.is_known)
        plot_add_series(
            of->of, drawn,
            (chart_series){.mark = MARK_DIAMOND, .ink = INK_VERMILLION, .radius = 2.2, .shift = 0.2, .is_open = true},
            "plot_shrunk");
    plot_add_line(drawn, LINE_UPRIGHT, 100, label_key("plot_at_100", in_kroner));
    for (size_t i = 0; i < of->n_shown; i++) {
        size_t place = of->shown[i];
        if (!is_drawn(of, place))
            continue;
        size_t position = at++;
        if (has_break && position >= extremes && position < n - extremes)
            continue;
        size_t row = drawn->n_rows++;
        chart_row *to = &drawn->rows[row];
        name_row(of, place, to);
        to->is_strong = of->choices.around && i == of->around_shown;
        if (has_break && position == n - extremes) {
            char number[FIGURE];
            label_fill(lang, n - 2 * extremes == 1 ? "plot_skipped_one" : "plot_skipped", to->skipped,
                       sizeof to->skipped, "n", plot_count(lang, n - 2 * extremes, number), NULL);
        }
        ratio_point(of, place, row, 0, of->all[place].ratio, of->all[place].ratio_interval, drawn);
        if (of->variances.is_known)
            ratio_point(of, place, row, 1, lasting_shown(of->all[place].lasting.ratio),
                        lasting_interval_shown(of->all[place].lasting.interval), drawn);
    }
    char level[100];
    results_interval_label(of->of, "word_level", level);
    snprintf(drawn->before, sizeof drawn->before, "%s", label(lang, "ranking_rank"));
    if (of->variances.is_known)
        label_fill(lang, "plot_rank_interval_lasting", drawn->after, sizeof drawn->after, "level", level, NULL);
    snprintf(drawn->x_label, sizeof drawn->x_label, "%s", label(lang, label_key("plot_axis_ratio", in_kroner)));
    ranking_notes(of, of->n_shown - n, out);
    return BEHOV_OK;
}

/* ---- rows of a year ------------------------------------------------------------------------------------------------
 */

/* The year that is drawn: the one asked for, else the last in which a row has a figure. */
static behov_status choose_year(const results *of, const double *figures, const char *what, int *year, behov_error *err)
{
    const behov_panel *panel = &of->of->panel;
    const char *source = behov_table_source(panel->table);
    size_t n_years, n_rows;
    const int *years = behov_need_years(of->need, &n_years);
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    bool is_there = !*year, has_figure = false;
    int last = 0;
    for (size_t t = 0; t < n_years; t++)
        is_there = is_there || years[t] == *year;
    if (!is_there && years[0] == 0)
        return behov_error_set(err, BEHOV_E_NAME, "--year",
                               "%s has no column of years; leave --year out, or name the column with --year-column",
                               source);
    if (!is_there)
        return behov_error_set(err, BEHOV_E_NAME, "--year", "there is no %d in %s, which has %d to %d", *year, source,
                               years[0], years[n_years - 1]);
    for (size_t i = 0; i < n_rows; i++) {
        int found = behov_panel_year(panel, rows[i]);
        if (!isfinite(figures[rows[i]]) || (*year && found != *year))
            continue;
        has_figure = true;
        last = found > last ? found : last;
    }
    char in_year[40] = "";
    if (*year)
        snprintf(in_year, sizeof in_year, " in %d", *year);
    if (!has_figure)
        return behov_error_set(err, BEHOV_E_DATA, source, "there is nothing to draw: no municipality has %s%s", what,
                               in_year);
    *year = last;
    return BEHOV_OK;
}

/* A column of a figure per inhabitant, by its unit. */
static const char *by_unit(const results *of, const char *in_1000kr, const char *in_kr, const char *other)
{
    return label(of->of->lang, of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? in_1000kr
                               : of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? in_kr
                                                                                : other);
}

enum { ESTIMATED, PREDICTED, NAMED };

static behov_status fit_points(const results *of, int year, const directory *places, const bool *is_named, picture *out,
                               behov_error *err)
{
    const behov_panel *panel = &of->of->panel;
    chart *drawn = &out->charts[0];
    behov_language lang = of->of->lang;
    size_t n_rows, n[3] = {0}, n_missing = 0;
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    const double *actual = behov_need_actual(of->need), *need = behov_need_need(of->need);
    if (!(drawn->points = calloc(n_rows + 1, sizeof *drawn->points)))
        return plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        uint32_t row = rows[i];
        if (behov_panel_year(panel, row) != year)
            continue;
        if (!isfinite(actual[row]) || !isfinite(need[row])) {
            n_missing++;
            continue;
        }
        const char *name = behov_panel_municipality(panel, row), *code = behov_panel_code(panel, row);
        size_t place = is_named ? directory_position(places, code, name) : 0;
        size_t series = is_named && place < places->n && is_named[place]            ? NAMED
                        : behov_design_fate(of->design, row) == BEHOV_ROW_ESTIMATED ? ESTIMATED
                                                                                    : PREDICTED;
        chart_point *point = &drawn->points[drawn->n_points++];
        *point = (chart_point){.series = series, .x = need[row], .y = actual[row], .low = NAN, .high = NAN};
        char ratio[FIGURE];
        format_cell(BEHOV_Q_RATIO, behov_need_ratio(of->need)[row], lang, ratio);
        if (series == NAMED)
            plot_name_point(point, name[0] ? name : code, "", "");
        else
            plot_name_point(point, name, code, ratio);
        n[series]++;
    }
    static const char *const keys[] = {"plot_estimated", "plot_predicted", "plot_named"};
    static const chart_series series[] = {
        {.mark = MARK_DOT, .ink = INK_BLUE, .radius = 1.8, .is_open = true},
        {.mark = MARK_TRIANGLE, .ink = INK_VERMILLION, .radius = 2.4},
        {.mark = MARK_DIAMOND, .ink = INK_BLACK, .radius = 3.2, .is_named = true},
    };
    for (size_t s = 0; s < 3; s++) {
        chart_series *made = plot_add_series(of, drawn, series[s], keys[s]);
        char number[FIGURE], words[sizeof made->words];
        snprintf(words, sizeof words, "%.*s (%.40s)", label_clip(made->words, 200), made->words, plot_count(lang, n[s], number));
        snprintf(made->words, sizeof made->words, "%s", n[s] ? words : "");
    }
    plot_add_missing(out, n_missing == 1 ? "plot_without_actual_one" : "plot_without_actual", n_missing);
    return BEHOV_OK;
}

behov_status plot_fit(const results *of, int year, const char *list, picture *out, behov_error *err)
{
    const behov_panel *panel = &of->of->panel;
    chart *drawn = NULL;
    directory places = {0};
    size_t *listed = NULL, n_listed = 0;
    bool *is_named = NULL;
    behov_status status = choose_year(of, behov_need_actual(of->need), "an actual figure beside its need", &year, err);
    if (!status && list && panel->columns[BEHOV_ROLE_CODE] < 0 && panel->columns[BEHOV_ROLE_MUNICIPALITY] < 0)
        status = behov_error_set(err, BEHOV_E_DATA, behov_table_source(panel->table),
                                 "no column says which municipality a row is; name it with --code or --name-column");
    if (!status && list)
        status = directory_of_panel(panel, &places, err);
    if (!status && list)
        status = directory_choose(&places, list, "--municipality", &listed, &n_listed, err);
    if (!status && list)
        status = remark_refuse_all_left_out(of, places.all, listed, n_listed, "--municipality", err);
    if (!status && list && !(is_named = calloc(places.n + 1, sizeof *is_named)))
        status = plot_out_of_memory(err);
    for (size_t i = 0; i < n_listed && is_named; i++)
        is_named[listed[i]] = true;
    if (!status) {
        drawn = plot_begin(of, label_key("plot_title_fit", behov_need_gap_is_1000kr(of->need)), year, "plot_data_fit", behov_fit_n_rows(of->fit), out);
        status = fit_points(of, year, &places, is_named, out, err);
    }
    if (!status) {
        plot_add_line(drawn, LINE_DIAGONAL, 0, label_key("plot_diagonal", behov_need_gap_is_1000kr(of->need)));
        snprintf(drawn->x_label, sizeof drawn->x_label, "%s", by_unit(of, "need_1000kr", "need_kr", "need_other"));
        snprintf(drawn->y_label, sizeof drawn->y_label, "%s", by_unit(of, "actual_1000kr", "actual_kr", "actual_other"));
        if (of->of->is_simulated)
            picture_add_note(out, label(out->lang, "simulated_explained"));
    }
    free(listed);
    free(is_named);
    directory_free(&places);
    return status;
}

/* ---- distribution --------------------------------------------------------------------------------------------------
 */

static int compare_figures(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Linear between the two nearest, R's type 7. */
static double quantile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    return below + 1 < n ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

static behov_status count_ratios(const double *ratios, size_t n, chart *drawn, picture *out, behov_error *err)
{
    ratio_bins counted;
    ratio_bins_count(ratios, n, &counted);
    if (!(drawn->bars = calloc(counted.n + 1, sizeof *drawn->bars)))
        return plot_out_of_memory(err);
    drawn->n_bars = counted.n;
    for (size_t i = 0; i < counted.n; i++) {
        drawn->bars[i].from = counted.first + counted.width * (double)i;
        drawn->bars[i].to = drawn->bars[i].from + counted.width;
        drawn->bars[i].height = (double)counted.counts[i];
    }
    char number[FIGURE];
    label_fill(drawn->lang, counted.width == 1 ? "plot_axis_count_one" : "plot_axis_count", drawn->y_label,
               sizeof drawn->y_label, "n", format_cell(BEHOV_Q_COUNT, counted.width, drawn->lang, number), NULL);
    if (counted.n_beyond) {
        char text[WORDS], limit[FIGURE];
        format_cell(BEHOV_Q_RATIO, drawn->bars[counted.n - 1].to - 1, drawn->lang, limit);
        label_fill(drawn->lang, counted.n_beyond == 1 ? "plot_bar_beyond_one" : "plot_bar_beyond", text, sizeof text,
                   "n", plot_count(drawn->lang, counted.n_beyond, number), "limit", limit, NULL);
        picture_add_note(out, text);
    }
    return BEHOV_OK;
}

behov_status plot_ratios(const results *of, int year, picture *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    const double *ratio = behov_need_ratio(of->need);
    size_t n_rows, n = 0, n_missing = 0, n_above = 0;
    const uint32_t *rows = behov_design_predicted(of->design, &n_rows);
    behov_status status = choose_year(of, ratio, "a ratio", &year, err);
    if (status)
        return status;
    double *ratios = calloc(n_rows + 1, sizeof *ratios);
    if (!ratios)
        return plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++)
        if (behov_panel_year(&of->of->panel, rows[i]) == year) {
            if (isfinite(ratio[rows[i]]))
                ratios[n++] = ratio[rows[i]];
            else
                n_missing++;
        }
    qsort(ratios, n, sizeof *ratios, compare_figures);
    for (size_t i = 0; i < n; i++)
        n_above += ratios[i] > 100;
    chart *drawn = plot_begin(of, "plot_title_ratios", year, "plot_data_ranking", n, out);
    status = count_ratios(ratios, n, drawn, out, err);
    if (!status) {
        char median[FIGURE], low[FIGURE], high[FIGURE], above[FIGURE], number[FIGURE], text[WORDS];
        format_cell(BEHOV_Q_RATIO, quantile(ratios, n, 0.5), lang, median);
        format_cell(BEHOV_Q_RATIO, quantile(ratios, n, 0.25), lang, low);
        format_cell(BEHOV_Q_RATIO, quantile(ratios, n, 0.75), lang, high);
        label_fill(lang, "plot_spread", text, sizeof text, "median", median, "low", low, "high", high, "above",
                   plot_count(lang, n_above, above), "n", plot_count(lang, n, number), NULL);
        picture_add_note(out, text);
        plot_add_missing(out, n_missing == 1 ? "plot_without_ratio_one" : "plot_without_ratio", n_missing);
        if (of->of->is_simulated)
            picture_add_note(out, label(lang, "simulated_explained"));
        plot_add_line(drawn, LINE_UPRIGHT, 100, label_key("plot_at_100", behov_need_gap_is_1000kr(of->need)));
        snprintf(drawn->x_label, sizeof drawn->x_label, "%s", label(lang, label_key("plot_axis_ratio", behov_need_gap_is_1000kr(of->need))));
        drawn->bars_are_counts = true;
    }
    free(ratios);
    return status;
}

/* ---- coefficients --------------------------------------------------------------------------------------------------
 */

/* Standard deviations (n - 1) of the regressors over the rows estimated on: first the means, then the squares. */
static behov_status deviations(const results *of, double *sd, behov_error *err)
{
    size_t n_rows, width = behov_design_n_regressors(of->design);
    const uint32_t *rows = behov_design_estimated(of->design, &n_rows);
    double *x = calloc(2 * width + 1, sizeof *x), *mean = x + width;
    if (!x)
        return plot_out_of_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        behov_design_fill(of->design, &rows[i], 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            mean[k] += x[k] / (double)n_rows;
    }
    for (size_t k = 0; k < width; k++)
        sd[k] = 0;
    for (size_t i = 0; i < n_rows; i++) {
        behov_design_fill(of->design, &rows[i], 1, x, width, NULL);
        for (size_t k = 0; k < width; k++)
            sd[k] += (x[k] - mean[k]) * (x[k] - mean[k]);
    }
    for (size_t k = 0; k < width; k++)
        sd[k] = sqrt(sd[k] / (double)(n_rows - 1));
    free(x);
    return BEHOV_OK;
}

behov_status plot_coefficients(const results *of, picture *out, behov_error *err)
{
    behov_language lang = of->of->lang;
    size_t width = behov_design_n_regressors(of->design);
    double *sd = calloc(width + 1, sizeof *sd);
    chart *drawn = plot_begin(of, "plot_title_coefficients", 0, "plot_data_fit", behov_fit_n_rows(of->fit), out);
    drawn->points = calloc(width + 1, sizeof *drawn->points);
    drawn->rows = calloc(width + 1, sizeof *drawn->rows);
    behov_status status = sd && drawn->points && drawn->rows ? deviations(of, sd, err) : plot_out_of_memory(err);
    size_t n_without = 0;
    bool has_years = false;
    for (size_t k = 0; k < width && !status; k++) {
        const behov_coefficient *one = &of->coefficients[k];
        const char *name = behov_design_regressor(of->design, k);
        if (strcmp(name, "(Intercept)") == 0)
            continue;
        if (behov_fit_is_dropped(of->fit, k) || !(sd[k] > 0)) {
            n_without++;
            continue;
        }
        if (strncmp(name, "year=", 5) == 0 && !strchr(name, ':')) {
            sd[k] = 1; /* a level of its own: as it is, in the outcome's unit */
            has_years = true;
        }
        chart_row *row = &drawn->rows[drawn->n_rows];
        const char *words = model_label(&of->of->model, lang, name);
        snprintf(row->name, sizeof row->name, "%.*s", label_clip(words, sizeof row->name - 1), words);
        chart_point *point = &drawn->points[drawn->n_points++];
        *point = (chart_point){.x = sd[k] * one->estimate,
                               .low = sd[k] * one->ci_low,
                               .high = sd[k] * one->ci_high,
                               .y = (double)drawn->n_rows++};
        plot_name_point(point, name, "", "");
    }
    if (!status && !drawn->n_points)
        status = behov_error_set(err, BEHOV_E_DATA, behov_table_source(of->of->panel.table),
                                 "there is nothing to draw: no regressor beside the constant has a coefficient");
    if (!status) {
        char number[FIGURE], text[WORDS];
        const char *outcome = behov_formula_outcome_name(of->of->formula);
        plot_add_series(of, drawn, (chart_series){.mark = MARK_DOT, .ink = INK_BLUE, .radius = 2.8}, "plot_coefficient");
        plot_add_line(drawn, LINE_UPRIGHT, 0, "plot_at_0");
        label_fill(lang, "plot_axis_coefficient", drawn->x_label, sizeof drawn->x_label, "outcome",
                   model_label(&of->of->model, lang, outcome), NULL);
        label_fill(lang, "plot_deviations", text, sizeof text, "n", plot_count(lang, behov_fit_n_rows(of->fit), number),
                   NULL);
        picture_add_note(out, text);
        if (has_years)
            picture_add_note(out, label(lang, "plot_years_as_they_are"));
        plot_add_missing(out, n_without == 1 ? "plot_without_coefficient_one" : "plot_without_coefficient", n_without);
        plot_add_errors(of, out);
        if (of->of->is_simulated)
            picture_add_note(out, label(lang, "simulated_explained"));
        status = plot_add_remarks(of, CLUSTERS_REMARK, out, err);
    }
    free(sd);
    return status;
}
