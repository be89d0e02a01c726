/* result_tables.c - from computed figures to report tables. */
#include "result_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "model_labels.h"
#include "result_sentences.h"

/* ---- regression ---------------------------------------------------------------------------------------------------
 */

static behov_status number_column(behov_report *report, behov_report_column column, double *values, behov_error *err)
{
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    behov_status status = behov_report_add_numbers(report, column, values, true, err);
    if (status)
        free(values);
    return status;
}

static double *coefficient_values(const behov_fit_results *fit_results, double (*pick)(const behov_coefficient *))
{
    size_t n = behov_design_n_regressors(fit_results->design);
    double *values = malloc((n ? n : 1) * sizeof *values);
    for (size_t k = 0; values && k < n; k++)
        values[k] = pick(&fit_results->coefficients[k]);
    return values;
}

static double pick_estimate(const behov_coefficient *c)
{
    return c->estimate;
}
static double pick_se(const behov_coefficient *c)
{
    return c->se;
}
static double pick_t(const behov_coefficient *c)
{
    return c->t;
}
static double pick_p(const behov_coefficient *c)
{
    return c->p;
}
static double pick_low(const behov_coefficient *c)
{
    return c->ci_low;
}
static double pick_high(const behov_coefficient *c)
{
    return c->ci_high;
}

static behov_status regression(const behov_fit_results *fit_results, bool has_terms, behov_report **out,
                               behov_error *err)
{
    static const struct {
        behov_report_column column;
        double (*pick)(const behov_coefficient *);
    } columns[] = {
        {{"standard_error", NULL, BEHOV_Q_STANDARD_ERROR}, pick_se},
        {{"t", NULL, BEHOV_Q_T}, pick_t},
        {{"p", NULL, BEHOV_Q_P}, pick_p},
        {{"ci_low", NULL, BEHOV_Q_COEFFICIENT}, pick_low},
        {{"ci_high", NULL, BEHOV_Q_COEFFICIENT}, pick_high},
    };
    size_t n = behov_design_n_regressors(fit_results->design);
    behov_report *report = NULL;
    behov_status status = behov_report_new("regression", n, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    if (!status && has_terms)
        status = behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = number_column(report, (behov_report_column){"coefficient", NULL, BEHOV_Q_COEFFICIENT},
                               coefficient_values(fit_results, pick_estimate), err);
    if (!status && fit_results->fit)
        status = behov_report_add_texts(report, (behov_report_column){"stars", NULL, BEHOV_Q_STARS}, err);
    for (size_t i = 0; fit_results->fit && i < sizeof columns / sizeof *columns && !status; i++) {
        behov_report_column column = columns[i].column;
        char heading[100];
        if (columns[i].pick == pick_low || columns[i].pick == pick_high) {
            behov_fit_results_interval_label(
                fit_results, columns[i].pick == pick_low ? BEHOV_WORD_CI_LOW : BEHOV_WORD_CI_HIGH, heading);
            column.label = heading;
        }
        status = number_column(report, column, coefficient_values(fit_results, columns[i].pick), err);
    }
    for (size_t k = 0; k < n && !status; k++) {
        const char *term = behov_design_regressor(fit_results->design, k);
        char name[500];
        const char *shown_text[] = {behov_model_label(&fit_results->study->model, fit_results->study->lang, term),
                                    term};
        bool is_dropped = fit_results->fit && behov_fit_is_dropped(fit_results->fit, k);
        for (size_t j = 0; j < (has_terms ? 2 : 1) && !status; j++) {
            snprintf(name, sizeof name, "%s (%s)", behov_cut(shown_text[j], 250).text,
                     behov_label(fit_results->study->lang, BEHOV_WORD_LEFT_OUT_COLLINEAR));
            status = behov_report_set_text(report, j, k, is_dropped ? name : shown_text[j], err);
        }
        if (!status && fit_results->fit)
            status = behov_report_set_text(report, has_terms ? 3 : 2, k, fit_results->coefficients[k].stars, err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
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
    for (size_t j = 0; j < sizeof columns / sizeof *columns && !status; j++)
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
        if (!status)
            status = behov_report_set_text(report, sign + 1, k, stars, err);
        if (!status && stars[0])
            status = behov_report_set_strong(report, sign, k, err);
    }
    free(rows);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* Kroner are an expenditure, and the unit is said; another outcome is called by no such name. */
static const char *label_by_unit(const behov_fit_results *fit_results, behov_word in_1000kr, behov_word in_kr,
                                 behov_word other)
{
    return behov_label(fit_results->study->lang, fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
                                                     ? in_1000kr
                                                 : fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT ? in_kr
                                                                                                            : other);
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
        int of_row = behov_panel_year(&fit_results->study->panel, rows[i]);
        if (year && of_row != year)
            continue;
        places[(*n)++] = (place){behov_panel_code(&fit_results->study->panel, rows[i]),
                                 behov_panel_municipality(&fit_results->study->panel, rows[i]), of_row, rows[i]};
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

static behov_status by_year(const behov_fit_results *fit_results, const char *report_key, const double *figures,
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
                values[report_row[i]] = figures[places[i].row];
        behov_report_column column = {years[t] ? key : figure_key, years[t] ? key : NULL, quantity};
        status = number_column(report, column, values, err);
    }
    free(places);
    free(report_row);
    free(firsts);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_fit_results_ratios(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "ratios", behov_need_ratio(fit_results->need), BEHOV_Q_RATIO, "ratio", out, err);
}

behov_status behov_fit_results_indices(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "indices", behov_need_index(fit_results->need), BEHOV_Q_INDEX, "index", out, err);
}

behov_status behov_fit_results_needs(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    return by_year(fit_results, "needs", behov_need_need(fit_results->need),
                   behov_study_amount_quantity(fit_results->study), "need", out, err);
}

/* What there is to say of a row, in words; nothing of an ordinary one. */
static behov_status row_note(const behov_fit_results *fit_results, size_t row, behov_wording *words, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    ptrdiff_t reason = behov_design_reason_of(fit_results->design, row);
    behov_wording_clear(words);
    if (reason >= 0)
        behov_fit_results_fate(fit_results, behov_design_reason(fit_results->design, (size_t)reason), words);
    behov_word key = behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NEED_TOO_LOW
                         ? (fit_results->floor > 0 ? BEHOV_WORD_NEED_BELOW_FLOOR : BEHOV_WORD_NEED_NOT_POSITIVE)
                     : behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NEGATIVE_OUTCOME
                         ? BEHOV_WORD_ACTUAL_NEGATIVE
                     : behov_need_note_of(fit_results->need, row) == BEHOV_NOTE_NO_POPULATION ? BEHOV_WORD_NO_POPULATION
                                                                                              : BEHOV_NO_WORD;
    if (key)
        behov_wording_add_after(words, "; ", behov_label(lang, key));
    if (fit_results->lent_effects) {
        behov_wording wording = {0};
        behov_fit_results_lent_note(fit_results, row, &wording);
        if (wording.length)
            behov_wording_add_after(words, "; ", behov_wording_text(&wording));
        words->has_no_memory = words->has_no_memory || wording.has_no_memory;
        behov_wording_free(&wording);
    }
    if (fit_results->study->assumed_reference) {
        behov_wording assumed = {0};
        behov_wording_fill(&assumed, lang, BEHOV_WORD_REFERENCE_ASSUMED_NOTE, "levels",
                           fit_results->study->assumed_reference, NULL);
        behov_wording_add_after(words, "; ", behov_wording_text(&assumed));
        words->has_no_memory = words->has_no_memory || assumed.has_no_memory;
        behov_wording_free(&assumed);
    }
    return behov_wording_status(words, err);
}

static double *values_at(const double *values, const place *places, size_t n)
{
    double *picked = malloc((n ? n : 1) * sizeof *picked);
    for (size_t i = 0; picked && i < n; i++)
        picked[i] = values[places[i].row];
    return picked;
}

behov_status behov_fit_results_municipalities(const behov_fit_results *fit_results, behov_report **out,
                                              behov_error *err)
{
    size_t n;
    place *places = places_of(fit_results, behov_fit_results_last_year(fit_results), &n);
    if (!places)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
    const behov_need *need = fit_results->need;
    const char *gap_key = behov_need_gap_is_1000kr(need) ? "gap_1000kr" : "gap";
    behov_report *report = NULL;
    behov_status status = behov_report_new("municipalities", n, NULL, &report, err);
    if (!status)
        status = name_columns(fit_results, report, "municipality_code", places, n, err);
    if (!status)
        status = number_column(report,
                               (behov_report_column){"actual",
                                                     label_by_unit(fit_results, BEHOV_WORD_ACTUAL_1000KR,
                                                                   BEHOV_WORD_ACTUAL_KR, BEHOV_WORD_ACTUAL_OTHER),
                                                     behov_study_amount_quantity(fit_results->study)},
                               values_at(behov_need_actual(need), places, n), err);
    if (!status)
        status = number_column(report,
                               (behov_report_column){"need",
                                                     label_by_unit(fit_results, BEHOV_WORD_NEED_1000KR,
                                                                   BEHOV_WORD_NEED_KR, BEHOV_WORD_NEED_OTHER),
                                                     behov_study_amount_quantity(fit_results->study)},
                               values_at(behov_need_need(need), places, n), err);
    if (!status)
        status = number_column(report,
                               (behov_report_column){"ratio",
                                                     label_by_unit(fit_results, BEHOV_WORD_RATIO, BEHOV_WORD_RATIO,
                                                                   BEHOV_WORD_RATIO_OTHER),
                                                     BEHOV_Q_RATIO},
                               values_at(behov_need_ratio(need), places, n), err);
    if (!status)
        status = number_column(report,
                               (behov_report_column){"index",
                                                     label_by_unit(fit_results, BEHOV_WORD_INDEX, BEHOV_WORD_INDEX,
                                                                   BEHOV_WORD_INDEX_OTHER),
                                                     BEHOV_Q_INDEX},
                               values_at(behov_need_index(need), places, n), err);
    if (!status)
        status = number_column(
            report,
            (behov_report_column){gap_key, NULL, behov_need_gap_is_1000kr(need) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME},
            values_at(behov_need_gap(need), places, n), err);
    if (!status) {
        double *needs = values_at(behov_need_need(need), places, n), *ranks = malloc((n + 1) * sizeof *ranks);
        status = needs && ranks ? behov_rank_values(needs, n, NULL, ranks, err)
                                : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RESULTS_NO_MEMORY);
        free(needs);
        if (status)
            free(ranks);
        else
            status = number_column(report,
                                   (behov_report_column){"rank",
                                                         label_by_unit(fit_results, BEHOV_WORD_RANK, BEHOV_WORD_RANK,
                                                                       BEHOV_WORD_RANK_OTHER),
                                                         BEHOV_Q_RANK},
                                   ranks, err);
    }
    size_t basis = status ? 0 : behov_report_n_columns(report);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"estimated_on", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT}, err);
    behov_wording note = {0};
    for (size_t i = 0; i < n && !status; i++) {
        bool estimated = behov_design_fate(fit_results->design, places[i].row) == BEHOV_ROW_ESTIMATED;
        status = row_note(fit_results, places[i].row, &note, err);
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
    free(places);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* ---- all rows ------------------------------------------------------------------------------------------------------
 */

static behov_status borrow_column(behov_report *report, const behov_table *table, size_t column,
                                  behov_report_column report_column, behov_error *err)
{
    if (behov_table_kind(table, column) == BEHOV_COLUMN_TEXT)
        return behov_report_add_codes(report, report_column, behov_table_codes(table, column),
                                      behov_table_levels(table, column), err);
    return behov_report_add_numbers(report, report_column, (double *)behov_table_numbers(table, column), false, err);
}

static behov_quantity quantity_of_role(const behov_fit_results *fit_results, size_t column)
{
    const ptrdiff_t *roles = fit_results->study->panel.columns;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_CODE])
        return BEHOV_Q_CODE;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_YEAR])
        return BEHOV_Q_YEAR;
    if ((ptrdiff_t)column == roles[BEHOV_ROLE_POPULATION])
        return BEHOV_Q_COUNT;
    return behov_table_kind(fit_results->study->table, column) == BEHOV_COLUMN_TEXT ? BEHOV_Q_TEXT : BEHOV_Q_VALUE;
}

behov_status behov_fit_results_rows(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    const behov_table *table = fit_results->study->table;
    const ptrdiff_t *roles = fit_results->study->panel.columns;
    size_t n_rows = behov_table_n_rows(table);
    static const behov_role role[] = {BEHOV_ROLE_CODE, BEHOV_ROLE_MUNICIPALITY, BEHOV_ROLE_YEAR};
    behov_report *report = NULL;
    behov_status status = behov_report_new("rows", n_rows, NULL, &report, err);
    bool any = false;
    for (size_t i = 0; i < 3 && !status; i++) {
        ptrdiff_t column = roles[role[i]];
        if (column < 0)
            continue;
        any = true;
        status = borrow_column(
            report, table, (size_t)column,
            (behov_report_column){behov_role_name(role[i]), NULL, quantity_of_role(fit_results, (size_t)column)}, err);
    }
    if (!status && !any) {
        double *numbers = malloc((n_rows ? n_rows : 1) * sizeof *numbers);
        for (size_t row = 0; numbers && row < n_rows; row++)
            numbers[row] = (double)row + 1;
        status = number_column(report, (behov_report_column){"row_number", NULL, BEHOV_Q_COUNT}, numbers, err);
    }
    const behov_need *need = fit_results->need;
    int in_kroner = behov_need_gap_is_1000kr(need);
    const struct {
        const double *values;
        behov_report_column column;
    } figures[] = {
        {behov_need_actual(need),
         {"actual", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_ACTUAL, in_kroner)),
          behov_study_amount_quantity(fit_results->study)}},
        {behov_need_need(need),
         {"need", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_NEED, in_kroner)),
          behov_study_amount_quantity(fit_results->study)}},
        {behov_need_ratio(need),
         {"ratio", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_RATIO, in_kroner)),
          BEHOV_Q_RATIO}},
        {behov_need_index(need),
         {"index", behov_label(fit_results->study->lang, behov_word_by_unit(BEHOV_WORD_INDEX, in_kroner)),
          BEHOV_Q_INDEX}},
        {behov_need_gap(need), {in_kroner ? "gap_1000kr" : "gap", NULL, in_kroner ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME}},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures && !status; i++)
        status = behov_report_add_numbers(report, figures[i].column, (double *)figures[i].values, false, err);
    if (!status) {
        double *estimated = malloc((n_rows ? n_rows : 1) * sizeof *estimated);
        for (size_t row = 0; estimated && row < n_rows; row++)
            estimated[row] = fit_results->fit && behov_design_fate(fit_results->design, row) == BEHOV_ROW_ESTIMATED;
        status = number_column(report, (behov_report_column){"estimated_on", NULL, BEHOV_Q_COUNT}, estimated, err);
    }
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"note", NULL, BEHOV_Q_TEXT}, err);
    size_t last = status ? 0 : behov_report_n_columns(report) - 1;
    behov_wording note = {0};
    for (size_t row = 0; row < n_rows && !status; row++) {
        status = row_note(fit_results, row, &note, err);
        if (!status && note.length)
            status = behov_report_set_text(report, last, row, behov_wording_text(&note), err);
    }
    behov_wording_free(&note);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_fit_results_data(const behov_fit_results *fit_results, behov_report **out, behov_error *err)
{
    const behov_table *table = fit_results->study->table;
    size_t n_rows;
    const uint32_t *rows = behov_design_predicted(fit_results->design, &n_rows);
    behov_report *report = NULL;
    behov_status status = behov_report_new("data", n_rows, rows, &report, err);
    for (size_t column = 0; column < behov_table_n_columns(table) && !status; column++)
        status = borrow_column(report, table, column,
                               (behov_report_column){behov_table_name(table, column), behov_table_name(table, column),
                                                     quantity_of_role(fit_results, column)},
                               err);
    if (!status) {
        double *lines = malloc((behov_table_n_rows(table) + 1) * sizeof *lines);
        for (size_t row = 0; lines && row < behov_table_n_rows(table); row++)
            lines[row] = behov_table_line(table, row);
        status = number_column(report, (behov_report_column){"line", NULL, BEHOV_Q_COUNT}, lines, err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}
