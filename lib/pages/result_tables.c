/* result_tables.c - from computed figures to report tables. */
#include <behov/result_tables.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/doubt_cautions.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>
#include "row_notes.h"
#include "table_columns.h"

/* ---- regression ---------------------------------------------------------------------------------------------------
 */

static const behov_coefficient *coefficient_at(const void *context, size_t k)
{
    return &((const behov_fit_results *)context)->coefficients[k];
}

static double estimate_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->estimate;
}

static double error_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->se;
}

static double t_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->t;
}

static double p_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->p;
}

static double low_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->ci_low;
}

static double high_figure(const void *context, size_t k)
{
    return coefficient_at(context, k)->ci_high;
}

static const char *stars_text(const void *context, size_t k)
{
    return coefficient_at(context, k)->stars;
}

static const char *label_text(const void *context, size_t k)
{
    const behov_fit_results *fit_results = context;
    return behov_model_label(&fit_results->study->model, fit_results->study->lang,
                             behov_design_regressor(fit_results->design, k));
}

static const char *term_text(const void *context, size_t k)
{
    return behov_design_regressor(((const behov_fit_results *)context)->design, k);
}

/* "x (left out: collinear)", in the first columns of the first row of each term. */
static behov_status mark_dropped(const behov_fit_results *fit_results, size_t n_names, size_t rows_of_term,
                                 behov_report *report, behov_error *err)
{
    behov_wording name = {0};
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < behov_design_n_regressors(fit_results->design) && !status; k++) {
        if (!behov_fit_is_dropped(fit_results->fit, k))
            continue;
        for (size_t j = 0; j < n_names && !status; j++) {
            behov_wording_clear(&name);
            behov_wording_print(&name, "%s (%s)", behov_report_text(report, j, rows_of_term * k),
                                behov_label(fit_results->study->lang, BEHOV_WORD_LEFT_OUT_COLLINEAR));
            status = behov_wording_status(&name, err);
            if (!status)
                status = behov_report_set_text(report, j, rows_of_term * k, behov_wording_text(&name), err);
        }
    }
    behov_wording_free(&name);
    return status;
}

static behov_status regression(const behov_fit_results *fit_results, bool has_terms, behov_report **out,
                               behov_error *err)
{
    static const behov_table_column names[] = {{{"variable", NULL, BEHOV_Q_TEXT}, .text = label_text},
                                               {{"term", NULL, BEHOV_Q_TEXT}, .text = term_text}};
    static const behov_table_column estimates = {{"coefficient", NULL, BEHOV_Q_COEFFICIENT}, .figure = estimate_figure};
    char low[100], high[100];
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_LOW, low);
    behov_fit_results_interval_label(fit_results, BEHOV_WORD_CI_HIGH, high);
    const behov_table_column inference[] = {
        {{"stars", NULL, BEHOV_Q_STARS}, .text = stars_text},
        {{"standard_error", NULL, BEHOV_Q_STANDARD_ERROR}, .figure = error_figure},
        {{"t", NULL, BEHOV_Q_T}, .figure = t_figure},
        {{"p", NULL, BEHOV_Q_P}, .figure = p_figure},
        {{"ci_low", low, BEHOV_Q_COEFFICIENT}, .figure = low_figure},
        {{"ci_high", high, BEHOV_Q_COEFFICIENT}, .figure = high_figure},
    };
    size_t n_names = has_terms ? 2 : 1, has_no_stars = fit_results->study->conventions.stars.is_none;
    behov_report *report = NULL;
    behov_status status = behov_table_columns_new("regression", behov_design_n_regressors(fit_results->design), names,
                                                  n_names, fit_results, &report, err);
    if (!status)
        status = behov_table_columns_add(report, &estimates, 1, fit_results, err);
    if (!status && fit_results->fit)
        status = behov_table_columns_add(report, inference + has_no_stars,
                                         sizeof inference / sizeof *inference - has_no_stars, fit_results, err);
    if (!status && fit_results->fit)
        status = mark_dropped(fit_results, n_names, 1, report, err);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_fit_results_regression(const behov_fit_results *fit_results, behov_report **report, behov_error *err)
{
    return regression(fit_results, true, report, err);
}

behov_status behov_fit_results_regression_in_print(const behov_fit_results *fit_results, behov_report **report,
                                                   behov_error *err)
{
    return regression(fit_results, false, report, err);
}

behov_status behov_fit_results_regression_in_brackets(const behov_fit_results *fit_results, behov_report **report,
                                                      behov_error *err)
{
    enum { ROWS_OF_TERM = 2 };
    behov_language lang = fit_results->study->lang;
    const behov_fit_column fit_column = {behov_label_of_key(lang, "coefficient"),
                                         fit_results->design,
                                         fit_results->fit,
                                         fit_results->vcov,
                                         fit_results->coefficients,
                                         NULL,
                                         &fit_results->study->model};
    behov_report *new_report = NULL;
    behov_status status = behov_side_by_side(
        &fit_column, 1, NULL, &(behov_side_by_side_style){lang, fit_results->study->conventions, true, false},
        &new_report, err);
    if (!status)
        status = mark_dropped(fit_results, 1, ROWS_OF_TERM, new_report, err);
    return behov_table_columns_return(status, new_report, report);
}

behov_status behov_fit_results_signs(const behov_fit_results *fit_results, bool has_terms, behov_report **out,
                                     behov_error *err)
{
    size_t n = behov_design_n_regressors(fit_results->design), n_rows = 0;
    uint32_t *rows = malloc((n ? n : 1) * sizeof *rows);
    if (!rows)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    for (size_t k = 0; k < n; k++)
        if (strcmp(behov_design_regressor(fit_results->design, k), "(Intercept)") != 0)
            rows[n_rows++] = (uint32_t)k;
    enum { TERM = 1 };
    size_t sign = has_terms ? TERM + 1 : TERM;
    behov_report *report = NULL;
    behov_status status = behov_report_new("signs", n_rows, rows, &report, err);
    static const behov_report_column columns[] = {{"variable", NULL, BEHOV_Q_TEXT},
                                                  {"term", NULL, BEHOV_Q_TEXT},
                                                  {"sign", NULL, BEHOV_Q_TEXT},
                                                  {"significance", NULL, BEHOV_Q_TEXT}};
    bool has_stars = !fit_results->study->conventions.stars.is_none;
    for (size_t j = 0; j < sizeof columns / sizeof *columns - !has_stars && !status; j++)
        if (j != TERM || has_terms)
            status = behov_report_add_texts(report, columns[j], err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        size_t k = rows[i];
        const char *term = behov_design_regressor(fit_results->design, k), *stars = fit_results->coefficients[k].stars;
        double estimate = fit_results->coefficients[k].estimate;
        status = behov_report_set_text(
            report, 0, k, behov_model_label(&fit_results->study->model, fit_results->study->lang, term), err);
        if (!status && has_terms)
            status = behov_report_set_text(report, TERM, k, term, err);
        if (!status)
            status = behov_report_set_text(report, sign, k, estimate > 0 ? "+" : estimate < 0 ? "−" : "", err);
        if (!status && has_stars)
            status = behov_report_set_text(report, sign + 1, k, stars, err);
        if (!status && stars[0])
            status = behov_report_set_strong(report, sign, k, err);
    }
    free(rows);
    return behov_table_columns_return(status, report, out);
}

/* ---- rows by municipality ------------------------------------------------------------------------------------------
 */

/* A row by the text of its code (or name, or number) and its year. */
typedef struct place {
    const char *code, *name;
    int year;
    uint32_t row;
} place;

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    if (!order && !x->code[0])
        order = strcmp(x->name, y->name);
    if (!order && !x->code[0] && !x->name[0])
        return x->row < y->row ? -1 : x->row > y->row;
    if (!order)
        order = x->year < y->year ? -1 : x->year > y->year;
    if (!order)
        order = x->row < y->row ? -1 : x->row > y->row;
    return order;
}

static bool same_municipality(const place *a, const place *b)
{
    if (a->code[0] || b->code[0])
        return strcmp(a->code, b->code) == 0;
    return (a->name[0] || b->name[0]) && strcmp(a->name, b->name) == 0 && a->year != b->year;
}

/* Predicted rows of one year (0 = all) by municipality. */
static place *places_of(const behov_fit_results *fit_results, int year, size_t *n)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    place *places = malloc((n_rows ? n_rows : 1) * sizeof *places);
    *n = 0;
    for (size_t i = 0; places && i < n_rows; i++) {
        int of_row = behov_panel_year(&fit_results->study->panel, behov_row_at(rows, i));
        if (year && of_row != year)
            continue;
        places[(*n)++] = (place){behov_panel_code(&fit_results->study->panel, behov_row_at(rows, i)),
                                 behov_panel_municipality(&fit_results->study->panel, behov_row_at(rows, i)), of_row,
                                 behov_row_at(rows, i)};
    }
    if (places && *n > 1)
        qsort(places, *n, sizeof *places, compare_places);
    return places;
}

/* Code and name columns; a table without them is known by the line of its rows. */
static behov_status name_columns(const behov_fit_results *fit_results, behov_report *report, const char *code_key,
                                 const place *places, size_t n, behov_error *err)
{
    const behov_panel *panel = &fit_results->study->panel;
    bool has_code = panel->columns[BEHOV_ROLE_CODE] >= 0, has_name = panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
    behov_status status = BEHOV_OK;
    size_t column = 0;
    if (has_code || !has_name)
        status = behov_report_add_texts(
            report, (behov_report_column){has_code ? code_key : "row_number", NULL, BEHOV_Q_CODE}, err);
    if (!status && has_name)
        status = behov_report_add_texts(report, (behov_report_column){"municipality", NULL, BEHOV_Q_TEXT}, err);
    for (size_t i = 0; i < n && !status; i++) {
        column = 0;
        if (has_code) {
            status = behov_report_set_text(report, column++, i, places[i].code, err);
        } else if (!has_name) {
            char number[32];
            snprintf(number, sizeof number, "%lu", (unsigned long)places[i].row + 1);
            status = behov_report_set_text(report, column++, i, number, err);
        }
        if (!status && has_name)
            status = behov_report_set_text(report, column, i, places[i].name, err);
    }
    return status;
}

static behov_status by_year(const behov_fit_results *fit_results, const char *report_key, behov_need_figure *figure,
                            behov_quantity quantity, const char *figure_key, behov_report **out, behov_error *err)
{
    size_t n, n_years, n_rows = 0;
    const int *years = behov_need_years(fit_results->need, &n_years);
    place *places = places_of(fit_results, 0, &n);
    if (!places)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    size_t *report_row = malloc((n ? n : 1) * sizeof *report_row); /* of each place */
    place *firsts = malloc((n ? n : 1) * sizeof *firsts);
    behov_report *report = NULL;
    behov_status status = BEHOV_OK;
    if (!report_row || !firsts)
        status = behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    for (size_t i = 0; i < n && !status; i++) {
        if (i == 0 || !same_municipality(&places[i - 1], &places[i]))
            n_rows++;
        report_row[i] = n_rows - 1;
        firsts[n_rows - 1] = places[i]; /* the last year's name stands */
    }
    if (!status)
        status = behov_report_new(report_key, n_rows, NULL, &report, err);
    if (!status)
        status = name_columns(fit_results, report, "number", firsts, n_rows, err);
    for (size_t t = 0; t < n_years && !status; t++) {
        char key[32];
        snprintf(key, sizeof key, "%d", years[t]);
        double *values = malloc((n_rows ? n_rows : 1) * sizeof *values);
        for (size_t i = 0; values && i < n_rows; i++)
            values[i] = NAN;
        for (size_t i = 0; values && i < n; i++)
            if (places[i].year == years[t])
                values[report_row[i]] = figure(fit_results->need, places[i].row);
        behov_report_column column = {years[t] ? key : figure_key, years[t] ? key : NULL, quantity};
        status = behov_table_columns_add_values(report, column, values, err);
    }
    free(places);
    free(report_row);
    free(firsts);
    return behov_table_columns_return(status, report, out);
}

behov_status behov_fit_results_ratios(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "ratios", behov_need_ratio, BEHOV_Q_RATIO, "ratio", out, err);
}

behov_status behov_fit_results_indices(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "indices", behov_need_index, BEHOV_Q_INDEX, "index", out, err);
}

behov_status behov_fit_results_needs(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "needs", behov_need_need, behov_study_amount_quantity(fit_results->study), "need", out,
                   err);
}

static double *values_at(const behov_need *need, behov_need_figure *figure, const place *places, size_t n)
{
    double *picked = malloc((n ? n : 1) * sizeof *picked);
    for (size_t i = 0; picked && i < n; i++)
        picked[i] = figure(need, places[i].row);
    return picked;
}

/* Places by the index of their need, the highest first. */
static behov_status add_ranks(const behov_fit_results *fit_results, const place *places, size_t n, behov_report *report,
                              behov_error *err)
{
    double *needs = values_at(fit_results->need, behov_need_need, places, n), *ranks = malloc((n + 1) * sizeof *ranks);
    behov_status status = needs && ranks ? behov_rank_values(needs, n, NULL, ranks, err)
                                         : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    free(needs);
    if (status) {
        free(ranks);
        return status;
    }
    return behov_table_columns_add_values(
        report,
        (behov_report_column){
            "rank",
            behov_study_label_by_unit(fit_results->study, BEHOV_WORD_RANK, BEHOV_WORD_RANK, BEHOV_WORD_RANK_OTHER),
            BEHOV_Q_RANK},
        ranks, err);
}

static void add_doubt(const behov_fit_results *fit_results, size_t row, behov_wording *note)
{
    const behov_panel *panel = &fit_results->study->panel;
    const behov_municipality who = {.code = behov_panel_code(panel, row), .name = behov_panel_municipality(panel, row)};
    behov_doubt_note(fit_results->study, &who, behov_panel_year(panel, row), note);
}

/* Whether a row was estimated on, and what there is to say of it. */
static behov_status add_basis(const behov_fit_results *fit_results, const place *places, size_t n, behov_report *report,
                              behov_error *err)
{
    static const behov_table_column columns[] = {{{"estimated_on", NULL, BEHOV_Q_TEXT}, NULL, NULL},
                                                 {{"note", NULL, BEHOV_Q_TEXT}, NULL, NULL}};
    size_t basis = behov_report_n_columns(report);
    behov_status status = behov_table_columns_add(report, columns, sizeof columns / sizeof *columns, NULL, err);
    behov_wording note = {0};
    for (size_t i = 0; i < n && !status; i++) {
        bool estimated = behov_design_fate(fit_results->design, places[i].row) == BEHOV_ROW_ESTIMATED;
        status = behov_row_note(fit_results, places[i].row, &note, err);
        if (!status) {
            add_doubt(fit_results, places[i].row, &note);
            status = behov_wording_status(&note, err);
        }
        if (!status)
            status = behov_report_set_text(report, basis, i,
                                           behov_label(fit_results->study->lang, fit_results->fit && estimated
                                                                                     ? BEHOV_WORD_ESTIMATED
                                                                                     : BEHOV_WORD_PREDICTED_ONLY),
                                           err);
        if (!status)
            status = behov_report_set_text(report, basis + 1, i, behov_wording_text(&note), err);
    }
    behov_wording_free(&note);
    return status;
}

behov_status behov_fit_results_municipalities(const behov_fit_results *fit_results, behov_report **out,
                                              behov_error *err)
{
    size_t n;
    place *places = places_of(fit_results, behov_fit_results_last_year(fit_results), &n);
    if (!places)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    const behov_need *need = fit_results->need;
    bool in_kroner = behov_need_gap_is_1000kr(need);
    behov_quantity amount = behov_study_amount_quantity(fit_results->study);
    const struct {
        behov_report_column column;
        behov_need_figure *figure;
    } figures[] = {
        {{"actual",
          behov_study_label_by_unit(fit_results->study, BEHOV_WORD_ACTUAL_1000KR, BEHOV_WORD_ACTUAL_KR,
                                    BEHOV_WORD_ACTUAL_OTHER),
          amount},
         behov_need_actual},
        {{"need",
          behov_study_label_by_unit(fit_results->study, BEHOV_WORD_NEED_1000KR, BEHOV_WORD_NEED_KR,
                                    BEHOV_WORD_NEED_OTHER),
          amount},
         behov_need_need},
        {{"ratio",
          behov_study_label_by_unit(fit_results->study, BEHOV_WORD_RATIO, BEHOV_WORD_RATIO, BEHOV_WORD_RATIO_OTHER),
          BEHOV_Q_RATIO},
         behov_need_ratio},
        {{"index",
          behov_study_label_by_unit(fit_results->study, BEHOV_WORD_INDEX, BEHOV_WORD_INDEX, BEHOV_WORD_INDEX_OTHER),
          BEHOV_Q_INDEX},
         behov_need_index},
        {{in_kroner ? "gap_1000kr" : "gap", NULL, in_kroner ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME}, behov_need_gap},
    };
    behov_report *report = NULL;
    behov_status status = behov_report_new("municipalities", n, NULL, &report, err);
    if (!status)
        status = name_columns(fit_results, report, "municipality_code", places, n, err);
    for (size_t j = 0; j < sizeof figures / sizeof *figures && !status; j++)
        status = behov_table_columns_add_values(report, figures[j].column,
                                                values_at(need, figures[j].figure, places, n), err);
    if (!status)
        status = add_ranks(fit_results, places, n, report, err);
    if (!status)
        status = add_basis(fit_results, places, n, report, err);
    free(places);
    return behov_table_columns_return(status, report, out);
}
