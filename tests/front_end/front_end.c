/* front_end.c - a front end of somebody else: from arrays in memory to a fit, its covariance, need, ratios, a ranking with
 * intervals, a profile in two languages and its page in HTML, through the installed headers alone. It opens no file.
 *
 * Compiled as C11 and as C++17 against an installed tree, with panel_arrays.h that front_end.sh makes of the bundled panel.
 * Prints "KEY VALUE" lines, 17 significant digits, which front_end.py holds against what the program prints. */
#include <behov.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel_arrays.h"

static void stop(const behov_error *err)
{
    fprintf(stderr, "front_end: %s: %s\n", err->where, err->what);
    exit(1);
}

/* The panel: three columns come by copy, the others stay where they are. */
static behov_table *make_table(void)
{
    behov_table *table = NULL;
    behov_error err;
    if (behov_table_new(PANEL_ROWS, "arrays", &table, &err) ||
        behov_table_copy_text(table, "municipality_code", panel_code, &err) ||
        behov_table_copy_text(table, "municipality", panel_municipality, &err) ||
        behov_table_copy_text(table, "source", panel_source, &err))
        stop(&err);
    for (size_t j = 0; j < PANEL_COLUMNS; j++)
        if (behov_table_borrow_numbers(table, panel_names[j], panel_values[j], &err))
            stop(&err);
    return table;
}

static void open_study(behov_study *study)
{
    behov_error err;
    behov_model_request model;
    memset(&model, 0, sizeof model);
    model.formula = PANEL_FORMULA;
    model.exclude = PANEL_EXCLUDE;
    memset(study, 0, sizeof *study);
    study->unit = BEHOV_UNIT_1000KR_PER_INHABITANT;
    if (behov_study_set_model(study, &model, &err))
        stop(&err);
    static const char *const keys[] = {PANEL_CLUSTER};
    behov_panel_request request;
    memset(&request, 0, sizeof request);
    request.study = study;
    request.cluster_keys = keys;
    request.n_cluster_keys = 1;
    if (behov_panel_request_prepare(&request, &err) || behov_study_set_table(study, &request, make_table(), &err))
        stop(&err);
    behov_panel_request_free(&request);
}

static void print_fit(const behov_estimation *estimation)
{
    size_t n = behov_fit_n_regressors(estimation->fit);
    const double *covariance = behov_vcov_matrix(estimation->vcov);
    for (size_t k = 0; k < n; k++) {
        const char *name = behov_design_regressor(estimation->design, k);
        printf("coefficient[%s] %.17g\n", name, estimation->coefficients[k].estimate);
        printf("standard_error[%s] %.17g\n", name, estimation->coefficients[k].se);
        printf("p[%s] %.17g\n", name, estimation->coefficients[k].p);
        for (size_t j = 0; j <= k; j++)
            printf("covariance[%s|%s] %.17g\n", name, behov_design_regressor(estimation->design, j),
                   covariance[k * n + j]);
    }
}

static void print_ratios(const behov_study *study, const behov_estimation *estimation)
{
    const double *need = behov_need_need(estimation->need), *ratio = behov_need_ratio(estimation->need);
    for (size_t row = 0; row < behov_table_n_rows(study->table); row++)
        printf("need[%s-%d] %.17g\nratio[%s-%d] %.17g\n", behov_panel_code(&study->panel, row),
               behov_panel_year(&study->panel, row), need[row], behov_panel_code(&study->panel, row),
               behov_panel_year(&study->panel, row), ratio[row]);
}

static void print_ranking(const behov_fit_results *fit_results)
{
    behov_error err;
    behov_ranking_choices choices;
    behov_ranking ranking;
    memset(&choices, 0, sizeof choices);
    memset(&ranking, 0, sizeof ranking);
    choices.ranked_by = BEHOV_BY_RATIO;
    choices.level = 0.90;
    choices.n_draws = PANEL_DRAWS;
    choices.seed = PANEL_SEED;
    if (behov_ranking_new(fit_results, &choices, &ranking, &err))
        stop(&err);
    for (size_t i = 0; i < ranking.places.n; i++) {
        const behov_ranked_municipality *ranked = &ranking.all[i];
        const char *code = ranking.places.all[i].code;
        printf("rank[%s] %.17g\nrank_low[%s] %.17g\nrank_high[%s] %.17g\nlasting[%s] %.17g\n", code, ranked->rank, code,
               ranked->rank_low, code, ranked->rank_high, code, ranked->lasting.ratio);
    }
    behov_ranking_free(&ranking);
}
