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

static bool is_by_cluster(const comparison *read)
{
    return read->n > 0 && read->readings[0].cluster &&
           (read->n == 1 || read->readings[0].kind == read->readings[1].kind);
}

static row_plan plan_rows(const comparison *read, size_t n_terms)
{
    bool by_cluster = is_by_cluster(read);
    row_plan plan = {
        by_cluster, by_cluster && read->readings[0].kind == BEHOV_VCOV_CV2, 1, SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
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

static behov_status name_rows(const results *of, const row_plan *plan, behov_report *report, behov_error *err)
{
    behov_language lang = of->of->lang;
    size_t n = behov_design_n_regressors(of->design);
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < n && !status; k++) {
        size_t row = k * plan->rows_of_term;
        const char *term = behov_design_regressor(of->design, k);
        status = behov_report_set_text(report, VARIABLE, row, model_label(&of->of->model, lang, term), err);
        if (!status)
            status = behov_report_set_text(report, TERM, row, term, err);
        if (!status && plan->has_p)
            status = behov_report_set_text(report, WHAT, row, label(lang, "standard_error"), err);
        if (!status && plan->has_p)
            status = behov_report_set_text(report, WHAT, row + 1, label(lang, "p"), err);
        if (!status && plan->has_p)
            status = behov_report_set_quantity(report, row + 1, BEHOV_Q_P, err);
        if (!status && plan->has_dof)
            status = behov_report_set_text(report, WHAT, row + 2, label(lang, "dof"), err);
        if (!status && plan->has_dof)
            status = behov_report_set_quantity(report, row + 2, BEHOV_Q_DOF, err);
    }
    const struct {
        size_t row;
        const char *key;
        behov_quantity quantity;
    } below[] = {{plan->clusters, "n_clusters", BEHOV_Q_COUNT},
                 {plan->effective, "effective_clusters", BEHOV_Q_INDEX},
                 {plan->dof, "dof", BEHOV_Q_DOF}};
    for (size_t i = 0; i < sizeof below / sizeof *below && !status; i++) {
        if (below[i].row == SIZE_MAX)
            continue;
        status = behov_report_set_text(report, WHAT, below[i].row, label(lang, below[i].key), err);
        if (!status)
            status = behov_report_set_quantity(report, below[i].row, below[i].quantity, err);
    }
    return status;
}

static behov_status add_numbers(behov_report *report, behov_report_column column, double *values, behov_error *err)
{
    behov_status status = values ? behov_report_add_numbers(report, column, values, true, err)
                                 : behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the comparison");
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

static behov_status add_reading(const results *of, const comparison *read, size_t i, const row_plan *plan,
                                behov_report *report, behov_error *err)
{
    const reading *one = &read->readings[i];
    size_t n = behov_design_n_regressors(of->design);
    char key[48], heading[64], stars_key[48], stars_heading[200];
    snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)i + 1);
    snprintf(stars_key, sizeof stars_key, "stars_%lu", (unsigned long)i + 1);
    if (is_by_cluster(read)) {
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)i + 1);
    } else {
        char kind[16];
        side_kind_name(one->kind, kind);
        snprintf(heading, sizeof heading, "%s",
                 one->kind == BEHOV_VCOV_CLASSICAL ? label(of->of->lang, "kind_classical") : kind);
    }
    double *values = empty_column(plan);
    for (size_t k = 0; values && k < n; k++) {
        size_t row = k * plan->rows_of_term;
        values[row] = one->coefficients[k].se;
        if (plan->has_p)
            values[row + 1] = one->coefficients[k].p;
        if (plan->has_dof)
            values[row + 2] = one->coefficients[k].dof;
    }
    if (values && plan->clusters != SIZE_MAX && one->vcov) {
        values[plan->clusters] = (double)one->n_clusters;
        values[plan->effective] = one->effective_clusters;
        if (plan->dof != SIZE_MAX)
            values[plan->dof] = behov_vcov_dof(one->vcov);
    }
    behov_status status = add_numbers(report, (behov_report_column){key, heading, BEHOV_Q_STANDARD_ERROR}, values, err);
    snprintf(stars_heading, sizeof stars_heading, "%s, %s", heading, label(of->of->lang, "stars_of_fit"));
    if (!status)
        status = behov_report_add_texts(report, (behov_report_column){stars_key, stars_heading, BEHOV_Q_STARS}, err);
    for (size_t k = 0; k < n && !status; k++)
        status = behov_report_set_text(report, behov_report_n_columns(report) - 1, k * plan->rows_of_term,
                                       one->coefficients[k].stars, err);
    return status;
}

static behov_status make_table(const results *of, const comparison *read, behov_report **out, behov_error *err)
{
    size_t n = behov_design_n_regressors(of->design);
    row_plan plan = plan_rows(read, n);
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
        estimates[k * plan.rows_of_term] = of->coefficients[k].estimate;
    if (!status)
        status = add_numbers(report, (behov_report_column){"coefficient", NULL, BEHOV_Q_COEFFICIENT}, estimates, err);
    if (!status)
        status = name_rows(of, &plan, report, err);
    for (size_t i = 0; i < read->n && !status; i++)
        status = add_reading(of, read, i, &plan, report, err);
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

/* What there is to say of one reading: the clustering in words, why it has no value, a warning. */
static behov_status note_reading(const results *of, const comparison *read, size_t i, section_list *list,
                                 behov_error *err)
{
    behov_language lang = of->of->lang;
    const reading *one = &read->readings[i];
    char kind[16], count[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], text[700], line[900];
    side_kind_name(one->kind, kind);
    if (!is_by_cluster(read)) {
        snprintf(line, sizeof line, "%s: %s%s%s", kind, one->why.where, one->why.where[0] ? ": " : "", one->why.what);
        return section_list_note(list, one->vcov ? "" : line, err);
    }
    if (!one->vcov) {
        snprintf(line, sizeof line, "[%lu] %s: %s", (unsigned long)i + 1, one->cluster, one->why.what);
        return section_list_note(list, line, err);
    }
    format_cell(BEHOV_Q_COUNT, (double)one->n_clusters, lang, count);
    format_cell(BEHOV_Q_DOF, behov_vcov_dof(one->vcov), lang, dof);
    const char *degrees = label(lang, behov_vcov_dof(one->vcov) == 1 ? "degree_of_freedom" : "degrees_of_freedom");
    behov_number_fixed(one->effective_clusters, 1, label_decimal_mark(lang), label_group_mark(lang), 4, effective);
    label_fill(lang, "comparison_reading", text, sizeof text, "key", one->cluster, "kind", kind, "n", count, "dof", dof,
               "degrees", degrees, "effective", effective[0] ? effective : "–", NULL);
    snprintf(line, sizeof line, "[%lu] %s", (unsigned long)i + 1, text);
    behov_status status = section_list_note(list, line, err);
    results reading_of = *of;
    reading_of.vcov = one->vcov;
    reading_of.cluster = one->cluster;
    reading_of.second_cluster = NULL;
    reading_of.n_narrow = 0; /* the line above has the effective number */
    wording words = {0};
    snprintf(line, sizeof line, "[%lu] ", (unsigned long)i + 1);
    for (size_t w = 0; !status && results_cluster_warning(&reading_of, w, &words); w++)
        status = section_list_say(list, line, &words, err);
    wording_free(&words);
    return status;
}

/* Which terms have other stars in one column than in another: what the stars hang on. */
static void tell_changes(const results *of, const comparison *read, char text[700])
{
    behov_language lang = of->of->lang;
    size_t n = behov_design_n_regressors(of->design), n_changed = 0;
    char terms[500] = "", count[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    for (size_t k = 0; k < n; k++) {
        const char *first = NULL;
        bool changes = false;
        for (size_t i = 0; i < read->n; i++) {
            if (!read->readings[i].vcov)
                continue;
            const char *stars = read->readings[i].coefficients[k].stars;
            changes = changes || (first && strcmp(first, stars) != 0);
            first = stars;
        }
        if (!changes)
            continue;
        n_changed++;
        char said[STUDY_TERM];
        const char *term = study_term_in_sentence(of->of, behov_design_regressor(of->design, k), said);
        label_list(terms, sizeof terms, behov_cut(term, 90).text);
    }
    label_fill(lang,
               n_changed == 0   ? "stars_hold"
               : n_changed == 1 ? "stars_change_one"
                                : "stars_change",
               text, 700, "n", format_cell(BEHOV_Q_COUNT, (double)n_changed, lang, count), "all",
               format_cell(BEHOV_Q_COUNT, (double)n, lang, all), "terms", terms, NULL);
}

behov_status comparison_add(const results *of, const comparison *read, section_list *list, behov_error *err)
{
    behov_language lang = of->of->lang;
    behov_report *table = NULL;
    behov_status status = make_table(of, read, &table, err);
    if (status)
        return status;
    char changes[700];
    tell_changes(of, read, changes);
    section made = {.name = label(lang, "sheet_comparison"),
                    .title = label(lang, "comparison_of_errors"),
                    .subtitle = changes,
                    .table_name = label(lang, "sheet_comparison"),
                    .n_frozen_columns = is_by_cluster(read) ? 3 : 2,
                    .landscape = true};
    status = section_list_add(list, made, table, err);
    size_t n_clusters = 0;
    char number[BEHOV_NUMBER_SIZE], text[700];
    for (size_t i = 0; i < read->n && !status; i++) {
        n_clusters = read->readings[i].n_clusters ? read->readings[i].n_clusters : n_clusters;
        status = note_reading(of, read, i, list, err);
    }
    wording why = {0}, before = {0};
    if (!status && behov_fit_is_exact(of->fit)) {
        results_no_error(of, &why);
        status = section_list_say(list, "", &why, err);
    }
    for (size_t i = 0; i < read->n && !status && !behov_fit_is_exact(of->fit); i++) {
        results reading_of = *of;
        char line[80], kind[16];
        reading_of.vcov = read->readings[i].vcov;
        results_no_error(&reading_of, &why);
        side_kind_name(read->readings[i].kind, kind);
        if (is_by_cluster(read))
            snprintf(line, sizeof line, "[%lu] ", (unsigned long)i + 1);
        else
            snprintf(line, sizeof line, "%s: ", kind);
        if (is_by_cluster(read) || strcmp(wording_text(&why), wording_text(&before)) != 0)
            status = section_list_say(list, line, &why, err);
        wording_clear(&before);
        wording_add(&before, wording_text(&why));
    }
    wording_free(&before);
    if (!status && !is_by_cluster(read) && n_clusters) {
        label_fill(lang, "comparison_clusters", text, sizeof text, "n",
                   format_cell(BEHOV_Q_COUNT, (double)n_clusters, lang, number), "key",
                   study_key_in_sentence(of->of, of->cluster), NULL);
        status = section_list_note(list, text, err);
    }
    if (!status) {
        results_weights(of, &why);
        status = section_list_say(list, "", &why, err);
    }
    wording_free(&why);
    if (!status) {
        format_cell(BEHOV_Q_COUNT, behov_fit_n_observations(of->fit), lang, number);
        snprintf(text, sizeof text, "N %s   %s", number, label(lang, "stars_levels"));
        status = section_list_note(list, text, err);
    }
    return !status && of->of->is_simulated ? section_list_note(list, label(lang, "simulated_explained"), err) : status;
}
