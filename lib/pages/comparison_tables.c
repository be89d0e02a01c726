/* comparison_tables.c - see comparison_tables.h. */
#include <behov/comparison_tables.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering_sentences.h>
#include <behov/convention_sentences.h>
#include <behov/error_sentence.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/model_labels.h>
#include <behov/result_sentences.h>
#include <behov/side_by_side.h>
#include <behov/study_words.h>
#include "table_columns.h"

/* What stands under a term: its standard error, and with clusterings to choose among, what follows from it. */
typedef struct row_plan {
    bool has_p, has_dof;
    size_t rows_of_term, clusters, effective, dof,
        n_rows; /* rows of the figures below the terms, SIZE_MAX = not there */
} row_plan;

static row_plan plan_rows(const behov_comparison *comparison, size_t n_terms)
{
    bool by_cluster = comparison->is_by_cluster, has_cv2 = comparison->readings[0].kind == BEHOV_VCOV_CV2;
    row_plan plan = {by_cluster, by_cluster && has_cv2, 1, SIZE_MAX, SIZE_MAX, SIZE_MAX, 0};
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
    behov_language lang = fit_results->study->lang;
    char key[48], heading[24], stars_key[48];
    const char *words = heading;
    behov_wording stars_heading = {0};
    snprintf(key, sizeof key, "standard_error_%lu", (unsigned long)i + 1);
    snprintf(stars_key, sizeof stars_key, "stars_%lu", (unsigned long)i + 1);
    if (comparison->is_by_cluster)
        snprintf(heading, sizeof heading, "[%lu]", (unsigned long)i + 1);
    else if (errors_reading->kind == BEHOV_VCOV_CLASSICAL)
        words = behov_label(lang, BEHOV_WORD_KIND_CLASSICAL);
    else
        behov_side_kind_name(errors_reading->kind, heading);
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
    behov_status status =
        behov_table_columns_add_values(report, (behov_report_column){key, words, BEHOV_Q_STANDARD_ERROR}, values, err);
    if (status || fit_results->study->conventions.stars.is_none)
        return status;
    behov_wording_print(&stars_heading, "%s, %s", words, behov_label(lang, BEHOV_WORD_STARS_OF_FIT));
    if (!status)
        status = behov_wording_status(&stars_heading, err);
    if (!status)
        status = behov_report_add_texts(
            report, (behov_report_column){stars_key, behov_wording_text(&stars_heading), BEHOV_Q_STARS}, err);
    behov_wording_free(&stars_heading);
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
        status = behov_table_columns_add_values(report, (behov_report_column){"coefficient", NULL, BEHOV_Q_COEFFICIENT},
                                                estimates, err);
    if (!status)
        status = name_rows(fit_results, &plan, report, err);
    for (size_t i = 0; i < comparison->n && !status; i++)
        status = add_reading(fit_results, comparison, i, &plan, report, err);
    return behov_table_columns_return(status, report, out);
}

/* "[1] ", "HC3: ": what stands before the words about a reading. */
static void say_mark(const behov_comparison *comparison, size_t i, behov_wording *words)
{
    char kind[16];
    behov_side_kind_name(comparison->readings[i].kind, kind);
    behov_wording_clear(words);
    if (comparison->is_by_cluster)
        behov_wording_print(words, "[%lu] ", (unsigned long)i + 1);
    else
        behov_wording_print(words, "%s: ", kind);
}

/* The clustering of a reading in words, or why it has no value; "" for a kind that has one. */
static void say_reading(const behov_fit_results *fit_results, const behov_comparison *comparison, size_t i,
                        behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    const behov_errors_reading *errors_reading = &comparison->readings[i];
    const behov_error *why = &errors_reading->why;
    char kind[16], count[BEHOV_NUMBER_SIZE], dof[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (!comparison->is_by_cluster) {
        if (!errors_reading->vcov)
            behov_error_sentence(why, lang, words);
        return;
    }
    const char *key = behov_study_key_in_sentence(fit_results->study, errors_reading->cluster);
    if (!errors_reading->vcov) {
        behov_wording_print(words, "%s: ", key);
        behov_error_what(why, lang, words);
        return;
    }
    double n_dof = behov_vcov_dof(errors_reading->vcov);
    behov_side_kind_name(errors_reading->kind, kind);
    behov_number_fixed(errors_reading->effective_clusters, 1, behov_label_decimal_mark(lang),
                       behov_label_group_mark(lang), 4, effective);
    behov_wording_fill(words, lang, BEHOV_WORD_COMPARISON_READING, "key", key, "kind", kind, "n",
                       behov_format_count(lang, (double)errors_reading->n_clusters, count), "dof",
                       behov_format_cell(BEHOV_Q_DOF, n_dof, lang, dof), "degrees",
                       behov_label(lang, n_dof == 1 ? BEHOV_WORD_DEGREE_OF_FREEDOM : BEHOV_WORD_DEGREES_OF_FREEDOM),
                       "effective", effective[0] ? effective : "–", NULL);
}

/* What there is to say of one reading: the clustering in words, why it has no value, a warning. */
static behov_status note_reading(const behov_fit_results *fit_results, const behov_comparison *comparison, size_t i,
                                 behov_section_list *list, behov_error *err)
{
    const behov_errors_reading *errors_reading = &comparison->readings[i];
    behov_wording words = {0}, mark = {0};
    say_mark(comparison, i, &mark);
    say_reading(fit_results, comparison, i, &words);
    behov_status status = behov_wording_status(&mark, err);
    if (!status)
        status = behov_section_list_say(list, behov_wording_text(&mark), &words, err);
    behov_fit_results alone = *fit_results;
    alone.vcov = errors_reading->vcov;
    alone.cluster = errors_reading->cluster;
    alone.second_cluster = NULL;
    alone.parts_municipalities = errors_reading->parts_municipalities;
    alone.has_no_jackknife = errors_reading->has_no_jackknife;
    alone.n_narrow = 0; /* the line above has the effective number */
    bool has_warnings = comparison->is_by_cluster && errors_reading->vcov;
    if (!status && has_warnings && errors_reading->has_no_jackknife) { /* which is why it is CV1 */
        behov_clustering_say_kind(&alone, &words);
        status = behov_section_list_say(list, behov_wording_text(&mark), &words, err);
    }
    for (size_t w = 0; !status && has_warnings && behov_fit_results_cluster_warning(&alone, w, &words); w++)
        status = behov_section_list_say(list, behov_wording_text(&mark), &words, err);
    behov_wording_free(&words), behov_wording_free(&mark);
    return status;
}

/* Whether a term has other stars in one column than in another. */
static bool changes(const behov_study *study, const behov_comparison *comparison, size_t k)
{
    const char *first = NULL;
    bool has_changed = false;
    for (size_t i = 0; i < comparison->n; i++) {
        if (!comparison->readings[i].vcov)
            continue;
        const char *stars = behov_conventions_mark(study, &comparison->readings[i].coefficients[k]);
        has_changed = has_changed || (first && strcmp(first, stars) != 0);
        first = stars;
    }
    return has_changed;
}

/* Which terms have other stars in one column than in another: what the stars depend on. */
static void say_changes(const behov_fit_results *fit_results, const behov_comparison *comparison, behov_wording *words)
{
    behov_language lang = fit_results->study->lang;
    size_t n = behov_design_n_regressors(fit_results->design), n_changed = 0;
    char count[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_wording terms = {0}, term = {0};
    for (size_t k = 0; k < n; k++) {
        if (!changes(fit_results->study, comparison, k))
            continue;
        n_changed++;
        behov_study_say_term(fit_results->study, behov_design_regressor(fit_results->design, k), &term);
        behov_wording_add_after(&terms, ", ", behov_wording_text(&term));
    }
    bool has_stars = !fit_results->study->conventions.stars.is_none;
    behov_wording_fill(words, lang,
                       !has_stars       ? (n_changed ? BEHOV_WORD_P_CHANGES : BEHOV_WORD_P_HOLDS)
                       : n_changed == 0 ? BEHOV_WORD_STARS_HOLD
                       : n_changed == 1 ? BEHOV_WORD_STARS_CHANGE_ONE
                                        : BEHOV_WORD_STARS_CHANGE,
                       "n", behov_format_count(lang, (double)n_changed, count), "all",
                       behov_format_count(lang, (double)n, all), "terms", behov_wording_text(&terms), NULL);
    behov_wording_spend(words, &terms), behov_wording_spend(words, &term);
}

static void say_no_error(const behov_fit_results *fit_results, const behov_errors_reading *errors_reading,
                         behov_wording *words)
{
    behov_fit_results alone = *fit_results;
    alone.vcov = errors_reading->vcov;
    behov_fit_results_no_error(&alone, words);
}

/* Whether a kind before the i-th has the same reason `why`; else all kinds that have it: "CV0, CV1, CV2: ". */
static bool mark_kinds(const behov_fit_results *fit_results, const behov_comparison *comparison, size_t i,
                       const behov_wording *why, behov_wording *mark)
{
    bool is_said = false;
    char kind[16];
    behov_wording other_why = {0};
    behov_wording_clear(mark);
    for (size_t j = 0; j < comparison->n && !is_said; j++) {
        say_no_error(fit_results, &comparison->readings[j], &other_why);
        bool is_same = strcmp(behov_wording_text(why), behov_wording_text(&other_why)) == 0;
        is_said = is_same && j < i;
        behov_side_kind_name(comparison->readings[j].kind, kind);
        if (is_same && !is_said)
            behov_wording_add_after(mark, ", ", kind);
    }
    behov_wording_add(mark, ": ");
    behov_wording_spend(mark, &other_why);
    return is_said;
}

/* Why there are no errors: once for an exact fit, else for each clustering, or once for all kinds of one reason. */
static behov_status note_no_errors(const behov_fit_results *fit_results, const behov_comparison *comparison,
                                   behov_section_list *list, behov_error *err)
{
    behov_wording why = {0}, mark = {0};
    behov_status status = BEHOV_OK;
    if (behov_fit_is_exact(fit_results->fit)) {
        behov_fit_results_no_error(fit_results, &why);
        status = behov_section_list_say(list, "", &why, err);
    }
    for (size_t i = 0; i < comparison->n && !status && !behov_fit_is_exact(fit_results->fit); i++) {
        say_no_error(fit_results, &comparison->readings[i], &why);
        bool is_said = false;
        if (comparison->is_by_cluster)
            say_mark(comparison, i, &mark);
        else
            is_said = mark_kinds(fit_results, comparison, i, &why, &mark);
        status = behov_wording_status(&why, err); /* also of a reason that is not said again */
        if (!status)
            status = behov_wording_status(&mark, err);
        if (!status && !is_said)
            status = behov_section_list_say(list, behov_wording_text(&mark), &why, err);
    }
    behov_wording_free(&why), behov_wording_free(&mark);
    return status;
}

/* The clusters that kinds share, the weights, the rows and what stars mean. */
static behov_status note_rows(const behov_fit_results *fit_results, const behov_comparison *comparison,
                              behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    size_t n_clusters = 0;
    char number[BEHOV_NUMBER_SIZE];
    behov_wording words = {0};
    for (size_t i = 0; i < comparison->n; i++)
        n_clusters = comparison->readings[i].n_clusters ? comparison->readings[i].n_clusters : n_clusters;
    if (!comparison->is_by_cluster && n_clusters)
        behov_wording_fill(&words, lang, BEHOV_WORD_COMPARISON_CLUSTERS, "n",
                           behov_format_count(lang, (double)n_clusters, number), "key",
                           behov_study_key_in_sentence(fit_results->study, fit_results->cluster), NULL);
    behov_status status = behov_section_list_say(list, "", &words, err);
    behov_fit_results_weights(fit_results, &words);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording levels = {0};
    behov_wording_clear(&words);
    behov_wording_print(&words, "N %s", behov_format_count(lang, behov_fit_n_observations(fit_results->fit), number));
    behov_conventions_say_levels(fit_results->study, &levels);
    if (levels.length)
        behov_wording_add_after(&words, "   ", behov_wording_text(&levels));
    behov_wording_spend(&words, &levels);
    if (!status)
        status = behov_section_list_say(list, "", &words, err);
    behov_wording_free(&words);
    return status;
}

behov_status behov_comparison_add(const behov_fit_results *fit_results, const behov_comparison *comparison,
                                  behov_section_list *list, behov_error *err)
{
    behov_language lang = fit_results->study->lang;
    behov_report *table = NULL;
    behov_status status = make_table(fit_results, comparison, &table, err);
    if (status)
        return status;
    behov_wording words = {0};
    bool has_stars = !fit_results->study->conventions.stars.is_none;
    say_changes(fit_results, comparison, &words);
    status = behov_section_list_add_said(
        list,
        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_COMPARISON),
                        .title = behov_label(lang, has_stars ? BEHOV_WORD_COMPARISON_OF_ERRORS
                                                             : BEHOV_WORD_COMPARISON_WITHOUT_STARS),
                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_COMPARISON),
                        .n_frozen_columns = comparison->is_by_cluster ? 3 : 2,
                        .landscape = true},
        NULL, &words, table, err);
    behov_wording_free(&words);
    for (size_t i = 0; i < comparison->n && !status; i++)
        status = note_reading(fit_results, comparison, i, list, err);
    if (!status)
        status = note_no_errors(fit_results, comparison, list, err);
    if (!status)
        status = note_rows(fit_results, comparison, list, err);
    return !status && fit_results->study->is_simulated
               ? behov_section_list_note(list, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED), err)
               : status;
}
