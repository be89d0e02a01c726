/* plot_peers.c - a municipality and those like it: what each spends and what it is expected to, a row each. */
#include <behov/peers_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "peers_parts.h"
#include "plot_parts.h"
#include "sentence_parts.h"

static void add_point(const behov_peers_page *page, size_t place, size_t row, size_t series, double amount,
                      behov_chart *chart)
{
    const behov_municipality *who = &page->peers->places.all[place];
    char figure[BEHOV_FIGURE];
    if (!isfinite(amount))
        return;
    behov_chart_point *point = &chart->points[chart->n_points++];
    *point = (behov_chart_point){
        .series = series, .x = peers_shown(page, amount), .low = NAN, .high = NAN, .y = (double)row};
    behov_format_cell(peers_amount_quantity(page), point->x, peers_lang(page), figure);
    behov_plot_name_point(point, who->name, who->code, figure);
}

static void add_series(const behov_peers_page *page, behov_chart *chart)
{
    const behov_fit_results *result = page->peers->fit_results;
    behov_plot_add_series(
        result, chart,
        (behov_chart_series){.mark = BEHOV_MARK_DOT, .ink = BEHOV_INK_BLUE, .radius = 2.3, .shift = -0.17},
        peers_in_kroner(page) ? BEHOV_WORD_PEERS_ACTUAL_KR : BEHOV_WORD_ACTUAL_OTHER);
    behov_plot_add_series(
        result, chart,
        (behov_chart_series){
            .mark = BEHOV_MARK_DIAMOND, .ink = BEHOV_INK_VERMILLION, .radius = 2.2, .shift = 0.2, .is_open = true},
        peers_in_kroner(page) ? BEHOV_WORD_NEED_KR : BEHOV_WORD_NEED_OTHER);
}

behov_status behov_plot_peers(const behov_peers_page *page, behov_picture *out, behov_error *err)
{
    const behov_peers *peers = page->peers;
    size_t n_rows = peers->n_nearest + 1;
    behov_chart *chart = behov_plot_begin(peers->fit_results, BEHOV_WORD_PLOT_TITLE_PEERS, peers->choices.year,
                                          BEHOV_WORD_PLOT_DATA_RANKING, peers->n_candidates, out);
    chart->rows = calloc(n_rows, sizeof *chart->rows);
    chart->points = calloc(n_rows, 2 * sizeof *chart->points);
    if (!chart->rows || !chart->points)
        return behov_plot_out_of_memory(err);
    add_series(page, chart);
    for (size_t row = 0; row < n_rows; row++) {
        size_t place = row ? peers->nearest[row - 1] : peers->own;
        behov_chart_row *chart_row = &chart->rows[chart->n_rows++];
        behov_sentence_municipality_name_first(&chart_row->name, &peers->places.all[place]);
        chart_row->is_strong = row == 0;
        add_point(page, place, row, 0, peers->means[place].actual, chart);
        add_point(page, place, row, 1, peers->means[place].need, chart);
    }
    behov_wording_add(&chart->x_label,
                      behov_label(peers_lang(page), peers_in_kroner(page) ? BEHOV_WORD_PLOT_PEERS_AXIS
                                                                          : BEHOV_WORD_PLOT_PEERS_AXIS_OTHER));
    if (peers->fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(peers_lang(page), BEHOV_WORD_SIMULATED_EXPLAINED));
    return BEHOV_OK;
}
