/* comparison_tables.c - see comparison_tables.h. */
#include "comparison_tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "model_labels.h"
#include "result_sentences.h"
#include "side_by_side.h"
#include "study_words.h"

/* What stands under a term: its standard error, and with clusterings to choose among, what follows from it. */
typedef struct row_plan {
    bool has_p, has_dof;
    size_t rows_of_term, clusters, effective, dof,
        n_rows; /* rows of the figures below the terms, SIZE_MAX = not there */
} row_plan;

static bool is_by_cluster(const behov_comparison *comparison)
{
    return comparison->n > 0 && comparison->readings[0].cluster &&
           (comparison->n == 1 || comparison->readings[0].kind == comparison->readings[1].kind);
}

static row_plan plan_rows(const behov_comparison *comparison, size_t n_terms)
{
    bool by_cluster = is_by_cluster(comparison);
    row_plan plan = {
        by_cluster, by_cluster && comparison->readings[0].kind == BEHOV_VCOV_CV2, 1, SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
    plan.rows_of_term = (size_t)1 + plan.has_p + plan.has_dof;
    plan.n_rows = plan.rows_of_term * n_terms;
    if (by_cluster) {
        plan.clusters = plan.n_rows++;
        plan.effective = plan.n_rows++;
        if (!plan.has_dof)
            plan.dof = plan.n_rows++;
    }
    return plan;
}

/* Columns that say which row it is; the third is there with clusterings alone. */
enum { VARIABLE, TERM, WHAT };

static behov_status name_rows(const behov_fit_results *fit_results, const row_plan *plan, behov_report *report,
                              behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    size_t n = behov_design_n_regressors(fit_results->design);
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < n && !status; k++) {
        size_t row = k * plan->rows_of_term;
        const char *term = behov_design_regressor(fit_results->design, k);
        status = behov_report_set_text(report, VARIABLE, row, behov_model_label(&fit_results->study->model, lang, term),
                                       err);
        if (!status)
            status = behov_report_set_text(report, TERM, row, term, err);
        if (!status && plan->has_p)
            status = behov_report_set_text(report, WHAT, row, behov_label(lang, BEHOV_WORD_STANDARD_ERROR), err);
        if (!status && plan->has_p)
            status = behov_report_set_text(report, WHAT, row + 1, behov_label(lang, BEHOV_WORD_P), err);
        if (!status && plan->has_p)
            status = behov_report_set_quantity(report, row + 1, BEHOV_Q_P, err);
        if (!status && plan->has_dof)
            status = behov_report_set_text(report, WHAT, row + 2, behov_label(lang, BEHOV_WORD_DOF), err);
        if (!status && plan->has_dof)
            status = behov_report_set_quantity(report, row + 2, BEHOV_Q_DOF, err);
    }
    const struct {
        size_t row;
        behov_word key;
        behov_quantity quantity;
    } entry[] = {{plan->clusters, BEHOV_WORD_N_CLUSTERS, BEHOV_Q_COUNT},
                 {plan->effective, BEHOV_WORD_EFFECTIVE_CLUSTERS, BEHOV_Q_INDEX},
                 {plan->dof, BEHOV_WORD_DOF, BEHOV_Q_DOF}};
    for (size_t i = 0; i < sizeof entry / sizeof *entry && !status; i++) {
        if (entry[i].row == SIZE_MAX)
            continue;
        status = behov_report_set_text(report, WHAT, entry[i].row, behov_label(lang, entry[i].key), err);
        if (!status)
            status = behov_report_set_quantity(report, entry[i].row, entry[i].quantity, err);
    }
    return status;
}

static behov_status add_numbers(behov_report *report, behov_report_column column, double *values, behov_error *err)
{
    behov_status status = values ? behov_report_add_numbers(report, column, values, true, err)
                                 : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COMPARISON_NO_MEMORY);
    if (status)
        free(values);
    return status;
}

static double *empty_column(const row_plan *plan)
{
    double *values = malloc((plan->n_rows + 1) * sizeof *values);
    for (size_t row = 0; values && row < plan->n_rows; row++)
        values[row] = NAN;
    return values;
}

static behov_status add_reading(const behov_fit_results *fit_results, const behov_comparison *comparison, size_t i,
                                const row_plan *plan, behov_report *report, behov_error *err)
{
    const behov_errors_reading *errors_reading = &comparison->readings[i];
    size_t n = behov_design_n_regressors(fit_results->design);
    char key[48], heading[64], stars_key[48], stars_heading[200];
    snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)i + 1);
    snprintf(stars_key, sizeof stars_key, "stars_%lu", (unsigned long)i + 1);
    if (is_by_cluster(comparison)) {
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)i + 1);
    } else {
        char kind[16];
        behov_side_kind_name(errors_reading->kind, kind);
        snprintf(heading, sizeof heading, "%s",
                 errors_reading->kind == BEHOV_VCOV_CLASSICAL
                     ? behov_label(fit_results->study->lang, BEHOV_WORD_KIND_CLASSICAL)
                     : kind);
    }
    double *values = empty_column(plan);
    for (size_t k = 0; values && k < n; k++) {
        size_t row = k * plan->rows_of_term;
        values[row] = errors_reading->coefficients[k].se;
        if (plan->has_p)
            values[row + 1] = errors_reading->coefficients[k].p;
        if (plan->has_dof)
            values[row + 2] = errors_reading->coefficients[k].dof;
    }
    if (values && plan->clusters != SIZE_MAX && errors_reading->vcov) {
        values[plan->clusters] = (double)errors_reading->n_clusters;
        values[plan->effective] = errors_reading->effective_clusters;
        if (plan->dof != SIZE_MAX)
            values[plan->dof] = behov_vcov_dof(errors_reading->vcov);
    }
    behov_status status = add_numbers(report, (behov_report_column){key, heading, BEHOV_Q_STANDARD_ERROR}, values, err);
    snprintf(stars_heading, sizeof stars_heading, "%s, %s", heading,
             behov_label(fit_results->study->lang, BEHOV_WORD_STARS_OF_FIT));
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){stars_key, stars_heading, BEHOV_Q_STARS}, err);
    for (size_t k = 0; k < n && !status; k++)
        status = behov_report_set_text(report, behov_report_n_columns(report) - 1, k * plan->rows_of_term,
                                       errors_reading->coefficients[k].stars, err);
    return status;
}

static behov_status make_table(const behov_fit_results *fit_results, const behov_comparison *comparison,
                               behov_report **out, behov_error *err)
{
    size_t n = behov_design_n_regressors(fit_results->design);
    row_plan plan = plan_rows(comparison, n);
    behov_report *report = NULL;
    behov_status status = behov_report_new("comparison", plan.n_rows, NULL, &report, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"variable", NULL, BEHOV_Q_TEXT}, err);
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){"term", NULL, BEHOV_Q_TEXT}, err);
    if (!status && plan.has_p)
        status = behov_report_add_texts(report, (behov_report_column){"figure", NULL, BEHOV_Q_TEXT}, err);
    double *estimates = status ? NULL : empty_column(&plan);
    for (size_t k = 0; estimates && k < n; k++)
        estimates[k * plan.rows_of_term] = fit_results->coefficients[k].estimate;
    if (!status)
        status = add_numbers(report, (behov_report_column){"coefficient", NULL, BEHOV_Q_COEFFICIENT}, estimates, err);
    if (!status)
        status = name_rows(fit_results, &plan, report, err);
    for (size_t i = 0; i < comparison->n && !status; i++)
        status = add_reading(fit_results, comparison, i, &plan, report, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* What there is to say of one reading: the clustering in words, why it has no value, a warning. */
static behov_status note_reading(const behov_fit_results *fit_results, const behov_comparison *comparison, size_t i,
                                 behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    const behov_errors_reading *errors_reading = &comparison->readings[i];
    char kind[16], count[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], text[700], line[900];
    behov_side_kind_name(errors_reading->kind, kind);
    if (!is_by_cluster(comparison)) {
        snprintf(line, sizeof line, "%s: %s%s%s", kind, errors_reading->why.where,
                 errors_reading->why.where[0] ? ": " : "", errors_reading->why.what);
        return behov_section_list_note(list, errors_reading->vcov ? "" : line, err);
    }
    if (!errors_reading->vcov) {
        snprintf(line, sizeof line, "[%lu] %s: %s", (unsigned long)i + 1, errors_reading->cluster,
                 errors_reading->why.what);
        return behov_section_list_note(list, line, err);
    }
    behov_format_cell(BEHOV_Q_COUNT, (double)errors_reading->n_clusters, lang, count);
    behov_format_cell(BEHOV_Q_DOF, behov_vcov_dof(errors_reading->vcov), lang, dof);
    const char *degrees = behov_label(lang, behov_vcov_dof(errors_reading->vcov) == 1 ? BEHOV_WORD_DEGREE_OF_FREEDOM
                                                                                      : BEHOV_WORD_DEGREES_OF_FREEDOM);
    behov_number_fixed(errors_reading->effective_clusters, 1, behov_label_decimal_mark(lang),
                       behov_label_group_mark(lang), 4, effective);
    behov_label_fill(lang, BEHOV_WORD_COMPARISON_READING, text, sizeof text, "key", errors_reading->cluster, "kind",
                     kind, "n", count, "dof", dof, "degrees", degrees, "effective", effective[0] ? effective : "–",
                     NULL);
    snprintf(line, sizeof line, "[%lu] %s", (unsigned long)i + 1, text);
    behov_status status = behov_section_list_note(list, line, err);
    behov_fit_results reading_of = *fit_results;
    reading_of.vcov = errors_reading->vcov;
    reading_of.cluster = errors_reading->cluster;
    reading_of.second_cluster = NULL;
    reading_of.n_narrow = 0; /* the line above has the effective number */
    behov_wording words = {0};
    snprintf(line, sizeof line, "[%lu] ", (unsigned long)i + 1);
    for (size_t w = 0; !status && behov_fit_results_cluster_warning(&reading_of, w, &words); w++)
        status = behov_section_list_say(list, line, &words, err);
    behov_wording_free(&words);
    return status;
}

/* Which terms have other stars in one column than in another: what the stars hang on. */
static void print_notes_changes(const behov_fit_results *fit_results, const behov_comparison *comparison,
                                char text[700])
{
    behov_language lang = fit_results->study->lang;
    size_t n = behov_design_n_regressors(fit_results->design), n_changed = 0;
    char terms[500] = "", count[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < n; k++) {
        const char *first = NULL;
        bool changes = false;
        for (size_t i = 0; i < comparison->n; i++) {
            if (!comparison->readings[i].vcov)
                continue;
            const char *stars = comparison->readings[i].coefficients[k].stars;
            changes = changes || (first && strcmp(first, stars) != 0);
            first = stars;
        }
        if (!changes)
            continue;
        n_changed++;
        char said_text[BEHOV_STUDY_TERM];
        const char *term =
            behov_study_term_in_sentence(fit_results->study, behov_design_regressor(fit_results->design, k), said_text);
        behov_label_list(terms, sizeof terms, behov_cut(term, 90).text);
    }
    behov_label_fill(lang,
                     n_changed == 0   ? BEHOV_WORD_STARS_HOLD
                     : n_changed == 1 ? BEHOV_WORD_STARS_CHANGE_ONE
                                      : BEHOV_WORD_STARS_CHANGE,
                     text, 700, "n", behov_format_cell(BEHOV_Q_COUNT, (double)n_changed, lang, count), "all",
                     behov_format_cell(BEHOV_Q_COUNT, (double)n, lang, all), "terms", terms, NULL);
}

behov_status behov_comparison_add(const behov_fit_results *fit_results, const behov_comparison *comparison,
                                  behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_report *table = NULL;
    behov_status status = make_table(fit_results, comparison, &table, err);
    if (status)
        return status;
    char changes[700];
    print_notes_changes(fit_results, comparison, changes);
    behov_section section = {.name = behov_label(lang, BEHOV_WORD_SHEET_COMPARISON),
                             .title = behov_label(lang, BEHOV_WORD_COMPARISON_OF_ERRORS),
                             .subtitle = changes,
                             .table_name = behov_label(lang, BEHOV_WORD_SHEET_COMPARISON),
                             .n_frozen_columns = is_by_cluster(comparison) ? 3 : 2,
                             .landscape = true};
    status = behov_section_list_add(list, section, table, err);
    size_t n_clusters = 0;
    char number[BEHOV_NUMBER_SIZE], text[700];
    for (size_t i = 0; i < comparison->n && !status; i++) {
        n_clusters = comparison->readings[i].n_clusters ? comparison->readings[i].n_clusters : n_clusters;
        status = note_reading(fit_results, comparison, i, list, err);
    }
    behov_wording why = {0}, wording = {0};
    if (!status && behov_fit_is_exact(fit_results->fit)) {
        behov_fit_results_no_error(fit_results, &why);
        status = behov_section_list_say(list, "", &why, err);
    }
    for (size_t i = 0; i < comparison->n && !status && !behov_fit_is_exact(fit_results->fit); i++) {
        behov_fit_results reading_of = *fit_results;
        char line[80], kind[16];
        reading_of.vcov = comparison->readings[i].vcov;
        behov_fit_results_no_error(&reading_of, &why);
        behov_side_kind_name(comparison->readings[i].kind, kind);
        if (is_by_cluster(comparison))
            snprintf(line, sizeof line, "[%lu] ", (unsigned long)i + 1);
        else
            snprintf(line, sizeof line, "%s: ", kind);
        if (is_by_cluster(comparison) || strcmp(behov_wording_text(&why), behov_wording_text(&wording)) != 0)
            status = behov_section_list_say(list, line, &why, err);
        behov_wording_clear(&wording);
        behov_wording_add(&wording, behov_wording_text(&why));
    }
    behov_wording_free(&wording);
    if (!status && !is_by_cluster(comparison) && n_clusters) {
        behov_label_fill(lang, BEHOV_WORD_COMPARISON_CLUSTERS, text, sizeof text, "n",
                         behov_format_cell(BEHOV_Q_COUNT, (double)n_clusters, lang, number), "key",
                         behov_study_key_in_sentence(fit_results->study, fit_results->cluster), NULL);
        status = behov_section_list_note(list, text, err);
    }
    if (!status) {
        behov_fit_results_weights(fit_results, &why);
        status = behov_section_list_say(list, "", &why, err);
    }
    behov_wording_free(&why);
    if (!status) {
        behov_format_cell(BEHOV_Q_COUNT, behov_fit_n_observations(fit_results->fit), lang, number);
        snprintf(text, sizeof text, "N %s   %s", number, behov_label(lang, BEHOV_WORD_STARS_LEVELS));
        status = behov_section_list_note(list, text, err);
    }
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
