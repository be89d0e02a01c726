/* specification_tables.c - the tables of each check; see specification_tables.h. */
#include <behov/specification_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "missing_numbers.h"
#include <behov/model_labels.h>
#include <behov/specification_sentences.h>
#include <behov/study_words.h>
#include "specification_cells.h"
#include "table_columns.h"

static behov_language language_of(const behov_specification *specification)
{
    return specification->fit_results->study->lang;
}

static bool is_text(behov_quantity quantity)
{
    return quantity == BEHOV_Q_TEXT || quantity == BEHOV_Q_CODE;
}

behov_status specification_cells_new(const behov_specification *specification, const char *key, size_t n_rows,
                                     const behov_report_column *columns, size_t n_columns, specification_cells *table,
                                     behov_error *err)
{
    *table = (specification_cells){0};
    behov_status status = behov_report_new(key, n_rows, NULL, &table->report, err);
    for (size_t c = 0; c < n_columns && !status; c++) {
        behov_report_column column = columns[c];
        if (column.quantity == BEHOV_Q_OUTCOME)
            column.quantity = behov_study_amount_quantity(specification->fit_results->study);
        if (is_text(column.quantity))
            status = behov_report_add_texts(table->report, column, err);
        else
            status = behov_table_columns_add_values(table->report, column,
                                                    table->figures[c] = behov_missing_numbers(n_rows), err);
    }
    return status;
}

behov_status specification_cells_set_said(specification_cells *table, size_t column, size_t row,
                                          const behov_wording *words, behov_error *err)
{
    behov_status status = behov_wording_status(words, err);
    return status ? status : behov_report_set_text(table->report, column, row, behov_wording_text(words), err);
}

static behov_status set_word(const behov_specification *specification, specification_cells *table, size_t row,
                             behov_word word, behov_error *err)
{
    return behov_report_set_text(table->report, 0, row, behov_label(language_of(specification), word), err);
}

/* Label and name of a regressor in the first two columns. */
static behov_status set_regressor(const behov_specification *specification, specification_cells *table, size_t row,
                                  size_t k, behov_error *err)
{
    const char *term = behov_design_regressor(specification->fit_results->design, k);
    behov_status status = behov_report_set_text(
        table->report, 0, row,
        behov_model_label(&specification->fit_results->study->model, language_of(specification), term), err);
    return status ? status : behov_report_set_text(table->report, 1, row, term, err);
}

/* ---- tables of the checks ---------------------------------------------------------------------------------------- */

typedef behov_status table_maker(const behov_specification *specification, specification_cells *table,
                                 behov_error *err);

static behov_status breusch_pagan(const behov_specification *specification, specification_cells *table,
                                  behov_error *err)
{
    enum { ON, STUDENTISED, STUDENTISED_P, ORIGINAL, ORIGINAL_P, DOF, ROWS, N };
    static const behov_report_column columns[N] = {
        {"regressed_on", NULL, BEHOV_Q_TEXT}, {"studentised_chi2", NULL, BEHOV_Q_T}, {"studentised_p", NULL, BEHOV_Q_P},
        {"original_chi2", NULL, BEHOV_Q_T},   {"original_p", NULL, BEHOV_Q_P},       {"dof", NULL, BEHOV_Q_DOF},
        {"rows", NULL, BEHOV_Q_COUNT},
    };
    static const behov_word kinds[BEHOV_SPREAD_TESTS] = {
        BEHOV_WORD_SPEC_ON_REGRESSORS, BEHOV_WORD_SPEC_ON_INVERSE_POPULATION, BEHOV_WORD_SPEC_ON_LOG_POPULATION};
    size_t row = 0, n = 0;
    for (size_t i = 0; i < BEHOV_SPREAD_TESTS; i++)
        n += !specification->spread_tests[i].absence;
    behov_status status = specification_cells_new(specification, "breusch_pagan", n, columns, N, table, err);
    for (size_t i = 0; i < BEHOV_SPREAD_TESTS && !status; i++) {
        const behov_breusch_pagan *test = &specification->spread_tests[i].test;
        if (specification->spread_tests[i].absence)
            continue;
        table->figures[STUDENTISED][row] = test->studentised;
        table->figures[STUDENTISED_P][row] = test->studentised_p;
        table->figures[ORIGINAL][row] = test->original;
        table->figures[ORIGINAL_P][row] = test->original_p;
        table->figures[DOF][row] = (double)test->dof;
        table->figures[ROWS][row] = (double)test->n_rows;
        status = set_word(specification, table, row++, kinds[i], err);
    }
    return status;
}

static behov_status spread(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { CLASS, MUNICIPALITIES, ROWS, MEAN, SD, N };
    static const behov_report_column columns[N] = {
        {"size_class", NULL, BEHOV_Q_TEXT},     {"n_municipalities", NULL, BEHOV_Q_COUNT},
        {"rows", NULL, BEHOV_Q_COUNT},          {"mean_residual", NULL, BEHOV_Q_OUTCOME},
        {"residual_sd", NULL, BEHOV_Q_OUTCOME},
    };
    static const behov_word words[BEHOV_SIZE_CLASSES + 1] = {
        BEHOV_WORD_SIZE_CLASS_1, BEHOV_WORD_SIZE_CLASS_2, BEHOV_WORD_SIZE_CLASS_3,   BEHOV_WORD_SIZE_CLASS_4,
        BEHOV_WORD_SIZE_CLASS_5, BEHOV_WORD_SIZE_CLASS_6, BEHOV_WORD_SPEC_ALL_SIZES,
    };
    behov_status status =
        specification_cells_new(specification, "spread_by_size", BEHOV_SIZE_CLASSES + 1, columns, N, table, err);
    for (size_t c = 0; c <= BEHOV_SIZE_CLASSES && !status; c++) {
        const behov_size_spread *size =
            c < BEHOV_SIZE_CLASSES ? &specification->spread.classes[c] : &specification->spread.all;
        table->figures[MUNICIPALITIES][c] = (double)size->n_municipalities;
        table->figures[ROWS][c] = (double)size->n_rows;
        table->figures[MEAN][c] = size->mean;
        table->figures[SD][c] = size->sd;
        status = set_word(specification, table, c, words[c], err);
    }
    return status;
}

static behov_status reset(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { ERRORS, F, DOF1, DOF2, P, N };
    static const behov_report_column columns[N] = {
        {"errors_kind", NULL, BEHOV_Q_TEXT}, {"f", NULL, BEHOV_Q_T}, {"dof1", NULL, BEHOV_Q_DOF},
        {"dof2", NULL, BEHOV_Q_DOF},         {"p", NULL, BEHOV_Q_P},
    };
    const behov_last_columns *test = &specification->reset.test;
    bool is_robust = !isnan(test->f_robust);
    behov_wording errors = {0};
    behov_status status =
        specification_cells_new(specification, "reset", 1 + (size_t)is_robust, columns, N, table, err);
    for (size_t row = 0; row < 1 + (size_t)is_robust && !status; row++) {
        table->figures[F][row] = row ? test->f_robust : test->f;
        table->figures[DOF1][row] = (double)test->n_tested;
        table->figures[DOF2][row] = row ? test->dof2_robust : test->dof2;
        table->figures[P][row] = row ? test->p_robust : test->p;
    }
    if (!status)
        status = set_word(specification, table, 0, BEHOV_WORD_SPEC_ERRORS_CLASSICAL, err);
    if (!status && is_robust) {
        behov_specification_say_errors(specification, &errors);
        status = specification_cells_set_said(table, ERRORS, 1, &errors, err);
    }
    behov_wording_free(&errors);
    return status;
}

static behov_status forms(const behov_specification *specification, const char *key, const behov_form_check *form,
                          const char *other, specification_cells *table, behov_error *err)
{
    enum { FORM, IN_SAMPLE, LEFT_OUT, LEFT_OUT_MAE, ADJ_R2, ROWS, N };
    bool has_r2 = !isnan(form->adj_r2[0]);
    const behov_report_column columns[N] = {
        {"form_of_model", NULL, BEHOV_Q_TEXT},
        {has_r2 ? "rmse" : "in_sample_rmse", NULL, BEHOV_Q_OUTCOME},
        {"left_out_rmse", NULL, BEHOV_Q_OUTCOME},
        {"left_out_mae", NULL, BEHOV_Q_OUTCOME},
        {has_r2 ? "adj_r2" : "rows", NULL, has_r2 ? BEHOV_Q_COEFFICIENT : BEHOV_Q_COUNT},
        {"rows", NULL, BEHOV_Q_COUNT},
    };
    behov_status status = specification_cells_new(specification, key, 2, columns, has_r2 ? N : N - 1, table, err);
    for (size_t row = 0; row < 2 && !status; row++) {
        table->figures[IN_SAMPLE][row] = form->rmse[row];
        table->figures[LEFT_OUT][row] = form->left_out_rmse[row];
        table->figures[LEFT_OUT_MAE][row] = form->left_out_mae[row];
        table->figures[ADJ_R2][row] = has_r2 ? form->adj_r2[row] : (double)form->n_rows;
        if (has_r2)
            table->figures[ROWS][row] = (double)form->n_rows;
    }
    if (!status)
        status = set_word(specification, table, 0, BEHOV_WORD_SPEC_FORM_OWN, err);
    return status ? status : behov_report_set_text(table->report, FORM, 1, other, err);
}

static behov_status logs(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    return forms(specification, "logs", &specification->logs,
                 behov_label(language_of(specification), BEHOV_WORD_SPEC_FORM_LOGS), table, err);
}

static behov_status population(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    behov_wording old = {0};
    behov_status status = forms(specification, "population_term", &specification->population.form,
                                specification->population.new_term, table, err);
    behov_specification_say_population(specification, &old);
    if (!status)
        status = specification_cells_set_said(table, 0, 0, &old, err);
    behov_wording_free(&old);
    return status;
}

/* The ratios that change most: of one change, or of several, which are told apart by their number. */
static behov_status shifts_table(const behov_specification *specification, const char *key,
                                 const behov_ratio_shifts *const *changes, size_t n_changes, bool is_numbered,
                                 specification_cells *table, behov_error *err)
{
    enum { GROUP, CODE, NAME, OWN, OTHER, SHIFT, N };
    const behov_panel *panel = &specification->fit_results->study->panel;
    bool has_code = panel->columns[BEHOV_ROLE_CODE] >= 0, has_name = panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0;
    static const behov_report_column all[N] = {
        {"group", NULL, BEHOV_Q_COUNT},
        {"municipality_code", NULL, BEHOV_Q_CODE},
        {"municipality", NULL, BEHOV_Q_TEXT},
        {"ratio_own_form", NULL, BEHOV_Q_RATIO},
        {"ratio_other_form", NULL, BEHOV_Q_RATIO},
        {"ratio_shift", NULL, BEHOV_Q_INDEX},
    };
    behov_report_column columns[N];
    size_t places[N], n = 0, n_rows = 0, row = 0;
    for (size_t c = 0; c < N; c++) {
        if ((c == GROUP && !is_numbered) || (c == CODE && !has_code) || (c == NAME && has_code && !has_name))
            continue;
        places[c] = n;
        columns[n] = all[c];
        if (is_numbered && (c == OWN || c == OTHER)) /* rows change there, not the form */
            columns[n].label = behov_label(language_of(specification),
                                           c == OWN ? BEHOV_WORD_SPEC_RATIO_OWN : BEHOV_WORD_SPEC_RATIO_WITHOUT);
        n++;
    }
    for (size_t g = 0; g < n_changes; g++)
        n_rows += changes[g]->n_listed;
    behov_status status = specification_cells_new(specification, key, n_rows, columns, n, table, err);
    behov_wording name = {0};
    for (size_t g = 0; g < n_changes; g++)
        for (size_t i = 0; i < changes[g]->n_listed && !status; i++, row++) {
            const behov_ratio_shift *shift = &changes[g]->listed[i];
            size_t of_table = specification->first_rows[shift->unit];
            if (is_numbered)
                table->figures[places[GROUP]][row] = (double)g + 1;
            table->figures[places[OWN]][row] = shift->before;
            table->figures[places[OTHER]][row] = shift->after;
            table->figures[places[SHIFT]][row] = shift->after - shift->before;
            if (has_code)
                status =
                    behov_report_set_text(table->report, places[CODE], row, behov_panel_code(panel, of_table), err);
            if (!status && has_name)
                status = behov_report_set_text(table->report, places[NAME], row,
                                               behov_panel_municipality(panel, of_table), err);
            if (!status && !has_code && !has_name) {
                behov_wording_clear(&name);
                behov_specification_say_unit(specification, shift->unit, &name);
                status = specification_cells_set_said(table, places[NAME], row, &name, err);
            }
        }
    behov_wording_free(&name);
    return status;
}

static behov_status logs_ratios(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    const behov_ratio_shifts *changes = &specification->logs.changes;
    return shifts_table(specification, "logs_ratios", &changes, 1, false, table, err);
}

static behov_status population_ratios(const behov_specification *specification, specification_cells *table,
                                      behov_error *err)
{
    const behov_ratio_shifts *changes = &specification->population.form.changes;
    return shifts_table(specification, "population_term_ratios", &changes, 1, false, table, err);
}

static behov_status county(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { COUNTIES, MUNICIPALITIES, F, DOF1, DOF2, P, SHARE, ADJUSTED, N };
    static const behov_report_column columns[N] = {
        {"n_counties", NULL, BEHOV_Q_COUNT},
        {"n_municipalities", NULL, BEHOV_Q_COUNT},
        {"f", NULL, BEHOV_Q_T},
        {"dof1", NULL, BEHOV_Q_DOF},
        {"dof2", NULL, BEHOV_Q_DOF},
        {"p", NULL, BEHOV_Q_P},
        {"share_pct", NULL, BEHOV_Q_INDEX},
        {"share_adjusted_pct", NULL, BEHOV_Q_INDEX},
    };
    const behov_anova *means = &specification->county.means;
    const double values[N] = {(double)specification->county.n_counties,
                              (double)means->n_values,
                              means->f,
                              means->dof1,
                              means->dof2,
                              means->p,
                              100 * means->share,
                              100 * means->adjusted_share};
    behov_status status = specification_cells_new(specification, "county", 1, columns, N, table, err);
    for (size_t c = 0; c < N && !status; c++)
        table->figures[c][0] = values[c];
    return status;
}

static behov_status county_errors(const behov_specification *specification, specification_cells *table,
                                  behov_error *err)
{
    enum { VARIABLE, TERM, COEFFICIENT, MUNICIPALITY, COUNTY, CV3, N };
    static const behov_report_column columns[N] = {
        {"variable", NULL, BEHOV_Q_TEXT},
        {"term", NULL, BEHOV_Q_TEXT},
        {"coefficient", NULL, BEHOV_Q_COEFFICIENT},
        {"se_municipality", NULL, BEHOV_Q_STANDARD_ERROR},
        {"se_county", NULL, BEHOV_Q_STANDARD_ERROR},
        {"se_county_cv3", NULL, BEHOV_Q_STANDARD_ERROR},
    };
    const behov_county_check *check = &specification->county;
    size_t n = behov_design_n_regressors(specification->fit_results->design);
    behov_status status = specification_cells_new(specification, "county_errors", n, columns, N, table, err);
    for (size_t k = 0; k < n && !status; k++) {
        table->figures[COEFFICIENT][k] = behov_fit_coefficients(specification->fit_results->fit)[k];
        table->figures[MUNICIPALITY][k] = check->by_municipality[k];
        table->figures[COUNTY][k] = check->by_county[k];
        table->figures[CV3][k] = check->by_county_cv3[k];
        status = set_regressor(specification, table, k, k, err);
    }
    return status;
}

static behov_status autocorrelation(const behov_specification *specification, specification_cells *table,
                                    behov_error *err)
{
    enum { LAG, PAIRS, CORRELATION, N };
    static const behov_report_column columns[N] = {
        {"lag_years", NULL, BEHOV_Q_COUNT}, {"n_pairs", NULL, BEHOV_Q_COUNT}, {"correlation", NULL, BEHOV_Q_SHARE}};
    size_t n = specification->lags.n_lags;
    behov_status status = specification_cells_new(specification, "autocorrelation", n, columns, N, table, err);
    for (size_t l = 0; l < n && !status; l++) {
        table->figures[LAG][l] = (double)l + 1;
        table->figures[PAIRS][l] = (double)specification->lags.lags[l].n_pairs;
        table->figures[CORRELATION][l] = specification->lags.lags[l].correlation;
    }
    return status;
}

/* Three columns for each group: coefficient, standard error, change in the model's own standard errors. */
static behov_status add_group(const behov_specification *specification, size_t group, behov_report *report,
                              behov_error *err)
{
    static const struct {
        const char *key;
        behov_word label;
        behov_quantity quantity;
    } kinds[] = {{"coefficient_without", BEHOV_WORD_COEFFICIENT, BEHOV_Q_COEFFICIENT},
                 {"se_without", BEHOV_WORD_SPEC_WITHOUT_SE, BEHOV_Q_STANDARD_ERROR},
                 {"change_in_se_without", BEHOV_WORD_SPEC_WITHOUT_MOVED, BEHOV_Q_T}};
    const behov_without_group *without = &specification->without[group];
    const double *coefficients = behov_fit_coefficients(specification->fit_results->fit);
    behov_language lang = language_of(specification);
    size_t n = behov_design_n_regressors(specification->fit_results->design);
    behov_status status = BEHOV_OK;
    for (size_t c = 0; c < sizeof kinds / sizeof *kinds && !status; c++) {
        char number[BEHOV_NUMBER_SIZE];
        behov_wording key = {0}, label = {0};
        double *values = behov_missing_numbers(n);
        behov_wording_print(&key, "%s_%lu", kinds[c].key, (unsigned long)group + 1);
        behov_wording_fill(&label, lang, BEHOV_WORD_SPEC_WITHOUT_COLUMN, "label", behov_label(lang, kinds[c].label),
                           "n", behov_format_count(lang, (double)group + 1, number), NULL);
        for (size_t k = 0; k < n && values && !without->absence; k++)
            values[k] = c == 0   ? without->coefficients[k]
                        : c == 1 ? without->errors[k]
                                 : (without->coefficients[k] - coefficients[k]) / specification->errors[k];
        behov_wording_spend(&label, &key);
        status = behov_wording_status(&label, err);
        if (status) {
            free(values);
        } else {
            char name[64];
            snprintf(name, sizeof name, "%s_%lu", kinds[c].key, (unsigned long)group + 1);
            status = behov_table_columns_add_values(
                report, (behov_report_column){name, behov_wording_text(&label), kinds[c].quantity}, values, err);
        }
        behov_wording_free(&label);
    }
    return status;
}

static behov_status without(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { VARIABLE, TERM, COEFFICIENT, ERROR, N };
    static const behov_report_column columns[N] = {{"variable", NULL, BEHOV_Q_TEXT},
                                                   {"term", NULL, BEHOV_Q_TEXT},
                                                   {"coefficient", NULL, BEHOV_Q_COEFFICIENT},
                                                   {"standard_error", NULL, BEHOV_Q_STANDARD_ERROR}};
    size_t n = behov_design_n_regressors(specification->fit_results->design);
    behov_status status = specification_cells_new(specification, "without_groups", n, columns, N, table, err);
    for (size_t k = 0; k < n && !status; k++) {
        table->figures[COEFFICIENT][k] = behov_fit_coefficients(specification->fit_results->fit)[k];
        table->figures[ERROR][k] = specification->errors[k];
        status = set_regressor(specification, table, k, k, err);
    }
    for (size_t g = 0; g < specification->n_without && !status; g++)
        status = add_group(specification, g, table->report, err);
    return status;
}

static behov_status without_ratios(const behov_specification *specification, specification_cells *table,
                                   behov_error *err)
{
    const behov_ratio_shifts **changes = calloc(specification->n_without + 1, sizeof *changes);
    if (!changes)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_SPECIFICATION_NO_MEMORY);
    for (size_t g = 0; g < specification->n_without; g++)
        changes[g] = &specification->without[g].changes;
    behov_status status =
        shifts_table(specification, "without_groups_ratios", changes, specification->n_without, true, table, err);
    free(changes);
    return status;
}

static behov_status forward(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { PREDICTED, ROWS, ERROR, MEAN, NET, LEFT_OUT, IN_SAMPLE, N };
    static const behov_report_column columns[N] = {
        {"prediction_of", NULL, BEHOV_Q_TEXT},       {"rows", NULL, BEHOV_Q_COUNT},
        {"prediction_error", NULL, BEHOV_Q_OUTCOME}, {"mean_error", NULL, BEHOV_Q_OUTCOME},
        {"net_rmse", NULL, BEHOV_Q_OUTCOME},         {"left_out_rmse", NULL, BEHOV_Q_OUTCOME},
        {"in_sample_rmse", NULL, BEHOV_Q_OUTCOME},
    };
    const behov_forward_check *check = &specification->forward;
    behov_language lang = language_of(specification);
    size_t n = check->n_years;
    behov_wording words = {0};
    behov_status status = specification_cells_new(specification, "forward", n + 3, columns, N, table, err);
    for (size_t row = 0; row <= n && !status; row++) {
        const behov_forward_year *year = row < n ? &check->years[row] : &check->all;
        char number[16];
        snprintf(number, sizeof number, "%d", year->year);
        table->figures[ROWS][row] = (double)year->n_rows;
        table->figures[ERROR][row] = year->rmse;
        table->figures[MEAN][row] = year->mean_error;
        table->figures[NET][row] = year->net_rmse;
        table->figures[LEFT_OUT][row] = year->left_out_rmse;
        table->figures[IN_SAMPLE][row] = year->in_sample_rmse;
        behov_wording_clear(&words);
        behov_wording_fill(&words, lang, row < n ? BEHOV_WORD_SPEC_FORWARD_TO : BEHOV_WORD_SPEC_ALL_FORWARD, "year",
                           number, NULL);
        status = specification_cells_set_said(table, PREDICTED, row, &words, err);
    }
    behov_wording_free(&words);
    if (!status) {
        table->figures[ERROR][n + 1] = check->left_out_year;
        table->figures[ERROR][n + 2] = check->left_out_municipality;
        status = set_word(specification, table, n + 1, BEHOV_WORD_LEFT_OUT_YEAR, err);
    }
    return status ? status : set_word(specification, table, n + 2, BEHOV_WORD_LEFT_OUT_MUNICIPALITY, err);
}

double specification_joint_p(const behov_wald_result *joint)
{
    return joint->is_unreliable ? NAN : joint->p;
}

/* All coefficients together in the first row. */
static behov_status equality(const behov_specification *specification, specification_cells *table, behov_error *err)
{
    enum { VARIABLE, TERM, F, DOF1, DOF2, P, HOLM, N };
    static const behov_report_column columns[N] = {
        {"variable", NULL, BEHOV_Q_TEXT}, {"term", NULL, BEHOV_Q_TEXT}, {"f", NULL, BEHOV_Q_T},
        {"dof1", NULL, BEHOV_Q_DOF},      {"dof2", NULL, BEHOV_Q_DOF},  {"p", NULL, BEHOV_Q_P},
        {"p_holm", NULL, BEHOV_Q_P},
    };
    const behov_equality_check *check = &specification->equality;
    const behov_by_year *by_year = &check->by_year;
    const behov_model *model = &specification->fit_results->study->model;
    size_t n = by_year->n_terms + 1;
    behov_status status = specification_cells_new(specification, "equal_by_term", n, columns, N, table, err);
    for (size_t row = 0; row < n && !status; row++) {
        const behov_equality *tested = row ? &by_year->terms[row - 1] : &by_year->joint;
        bool is_there = !isnan(tested->wald.f);
        table->figures[F][row] = tested->wald.f;
        table->figures[DOF1][row] = is_there ? tested->wald.dof1 : NAN;
        table->figures[DOF2][row] = is_there ? tested->wald.dof2 : NAN;
        table->figures[P][row] = row ? tested->wald.p : specification_joint_p(&tested->wald);
        table->figures[HOLM][row] = row ? check->adjusted[row - 1] : NAN;
        status = row ? behov_report_set_text(table->report, VARIABLE, row,
                                             behov_model_label(model, language_of(specification), tested->term), err)
                     : set_word(specification, table, row, BEHOV_WORD_SPEC_ALL_TERMS, err);
        if (!status && row)
            status = behov_report_set_text(table->report, TERM, row, tested->term, err);
    }
    return status;
}

/* ---- as sections ------------------------------------------------------------------------------------------------- */

static const struct check_table {
    behov_check check;
    bool is_further; /* a second table of the check */
    table_maker *make;
    const char *key;
    behov_word sheet, title;
    size_t n_frozen;
} tables[] = {
#define TABLE(check, is_further, make, key, word, n_frozen)                                                            \
    {                                                                                                                  \
        BEHOV_CHECK_##check, is_further, make, key, BEHOV_WORD_SHEET_SPEC_##word, BEHOV_WORD_TITLE_SPEC_##word,        \
            n_frozen                                                                                                   \
    }
    TABLE(BREUSCH_PAGAN, false, breusch_pagan, "breusch_pagan", BREUSCH_PAGAN, 1),
    TABLE(SPREAD, false, spread, "spread_by_size", SPREAD, 1),
    TABLE(RESET, false, reset, "reset", RESET, 1),
    TABLE(LOGS, false, logs, "logs", LOGS, 1),
    TABLE(LOGS, true, logs_ratios, "logs_ratios", LOGS_RATIOS, 1),
    TABLE(POPULATION, false, population, "population_term", POPULATION, 1),
    TABLE(POPULATION, true, population_ratios, "population_term_ratios", POPULATION_RATIOS, 1),
    TABLE(COUNTY, false, county, "county", COUNTY, 0),
    TABLE(COUNTY, true, county_errors, "county_errors", COUNTY_ERRORS, 2),
    TABLE(AUTOCORRELATION, false, autocorrelation, "autocorrelation", AUTOCORRELATION, 1),
    TABLE(WITHOUT, false, without, "without_groups", WITHOUT, 2),
    TABLE(WITHOUT, true, without_ratios, "without_groups_ratios", WITHOUT_RATIOS, 1),
    TABLE(FORWARD, false, forward, "forward", FORWARD, 1),
    TABLE(EQUALITY, false, equality, "equal_by_term", EQUALITY, 2),
#undef TABLE
};

/* A check of several groups is there when one of them is. */
static bool is_absent(const behov_specification *specification, behov_check check)
{
    if (check != BEHOV_CHECK_WITHOUT)
        return behov_specification_absence(specification, check) != BEHOV_NOT_ABSENT;
    for (size_t g = 0; g < specification->n_without; g++)
        if (!specification->without[g].absence)
            return false;
    return true;
}

/* The reason as the one cell of a table. */
static behov_status reason_table(const behov_specification *specification, const char *key, behov_wording *words,
                                 specification_cells *table, behov_error *err)
{
    static const behov_report_column column = {"not_computed", NULL, BEHOV_Q_TEXT};
    behov_status status = specification_cells_new(specification, key, 1, &column, 1, table, err);
    return status ? status : specification_cells_set_said(table, 0, 0, words, err);
}

static behov_status add_notes(const behov_specification *specification, behov_check check, behov_section_list *list,
                              behov_error *err)
{
    behov_wording words = {0};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; !status && behov_specification_note(specification, check, i, &words); i++)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

static behov_status add_table(const behov_specification *specification, const struct check_table *entry,
                              behov_section_list *list, behov_error *err)
{
    const behov_study *study = specification->fit_results->study;
    bool is_missing = is_absent(specification, entry->check);
    specification_cells table = {0};
    behov_wording sentence = {0}, title = {0};
    if (is_missing && entry->is_further)
        return BEHOV_OK;
    behov_study_say_title(study, behov_label(study->lang, entry->title), &title);
    behov_specification_say(specification, entry->check, &sentence);
    behov_status status = behov_wording_status(&sentence, err); /* one that could not grow may look empty */
    if (!status)
        status = is_missing ? reason_table(specification, entry->key, &sentence, &table, err)
                            : entry->make(specification, &table, err);
    if (is_missing || entry->is_further)
        behov_wording_clear(&sentence);
    if (status)
        behov_report_free(table.report);
    else
        status = behov_section_list_add_said(
            list,
            (behov_section){.name = behov_label(study->lang, entry->sheet),
                            .table_name = entry->key, /* letters and _ alone, which a sheet need not be */
                            .n_frozen_columns = is_missing ? 0 : entry->n_frozen,
                            .landscape = true},
            &title, sentence.length ? &sentence : NULL, table.report, err);
    behov_wording_free(&sentence);
    behov_wording_free(&title);
    return status || entry->is_further ? status : add_notes(specification, entry->check, list, err);
}

behov_status behov_specification_add(const behov_specification *specification, behov_section_list *list,
                                     behov_error *err)
{
    const behov_study *study = specification->fit_results->study;
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && !status; i++)
        status = add_table(specification, &tables[i], list, err);
    return !status && study->is_simulated
               ? behov_section_list_note(list, behov_label(study->lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}

behov_word specification_title_of(behov_check check)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i].check == check && !tables[i].is_further)
            return tables[i].sheet;
    return BEHOV_NO_WORD;
}
