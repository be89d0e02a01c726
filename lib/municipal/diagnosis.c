/* diagnosis.c - from a fit to the tables and sentences about what it hangs on. */
#include "diagnosis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "letters.h"
#include "model_labels.h"
#include "study_words.h"

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_DIAGNOSIS_NO_MEMORY);
}

/* ---- computing ------------------------------------------------------------------------------------------------------
 */

static const char *municipality_key(const behov_panel *panel)
{
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        return behov_role_name(BEHOV_ROLE_CODE);
    return panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0 ? behov_role_name(BEHOV_ROLE_MUNICIPALITY) : NULL;
}

const char *behov_diagnosis_default_key(const behov_study *study)
{
    const char *key = municipality_key(&study->panel);
    return key ? key : study->model.cluster;
}

const char *behov_diagnosis_key_of(const behov_fit_results *fit_results)
{
    const char *key =
        fit_results->asked_cluster ? fit_results->asked_cluster : behov_diagnosis_default_key(fit_results->study);
    return key && key[0] ? key : NULL;
}

/* Whether two keys are the same column: a role has its own name beside the one in the file. */
static bool same_column(const behov_table *table, const char *a, const char *b)
{
    ptrdiff_t first = behov_table_find(table, a), second = behov_table_find(table, b);
    return first >= 0 && first == second;
}

/* Clusters of the rows estimated on, and their diagnosis; neither when there are fewer than two (unless asked for). */
static behov_status leave_out_by(const behov_fit_results *fit_results, const char *key, bool is_asked_for,
                                 behov_clusters **clusters, behov_cluster_diagnosis **cluster_diagnosis,
                                 behov_error *err)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    behov_status status = behov_clusters_new(fit_results->study->table, key, rows, n_rows, clusters, err);
    if (status || (behov_clusters_count(*clusters) < 2 && !is_asked_for))
        return status;
    return behov_cluster_diagnosis_new(fit_results->fit, fit_results->design, *clusters, cluster_diagnosis, err);
}

static behov_status name_clusters(behov_diagnosis *diagnosis, behov_error *err)
{
    size_t n_rows, n_clusters = behov_clusters_count(diagnosis->clusters);
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    const uint32_t *of_rows = behov_clusters_of_rows(diagnosis->clusters);
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    diagnosis->first_rows = malloc(n_clusters * sizeof *diagnosis->first_rows);
    diagnosis->is_one_municipality = malloc(n_clusters * sizeof *diagnosis->is_one_municipality);
    if (!diagnosis->first_rows || !diagnosis->is_one_municipality)
        return no_memory(err);
    for (size_t g = 0; g < n_clusters; g++) {
        diagnosis->first_rows[g] = UINT32_MAX;
        diagnosis->is_one_municipality[g] = municipality_key(panel) != NULL;
    }
    for (size_t i = 0; i < n_rows; i++) {
        size_t g = of_rows[i];
        if (diagnosis->first_rows[g] == UINT32_MAX)
            diagnosis->first_rows[g] = (uint32_t)i;
        uint32_t first = rows[diagnosis->first_rows[g]];
        if (strcmp(behov_panel_code(panel, first), behov_panel_code(panel, rows[i])) != 0 ||
            (panel->columns[BEHOV_ROLE_CODE] < 0 &&
             strcmp(behov_panel_municipality(panel, first), behov_panel_municipality(panel, rows[i])) != 0))
            diagnosis->is_one_municipality[g] = false;
    }
    return BEHOV_OK;
}

/* What a change is measured by: standard errors by the clusters that are left out, those of the fit where they are just
 * these, or where nothing is left out. */
static behov_status errors_by_clusters(behov_diagnosis *diagnosis, behov_error *err)
{
    const behov_fit_results *fit_results = diagnosis->fit_results;
    size_t n = behov_design_n_regressors(fit_results->design);
    behov_vcov *vcov = NULL;
    behov_coefficient *coefficients = NULL;
    bool is_the_fits =
        !diagnosis->by_cluster || (fit_results->cluster && !fit_results->second_cluster &&
                                   same_column(fit_results->study->table, fit_results->cluster, diagnosis->key) &&
                                   behov_vcov_kind_of(fit_results->vcov) == BEHOV_VCOV_CV1);
    behov_status status = BEHOV_OK;
    if (!is_the_fits) {
        coefficients = calloc(n + 1, sizeof *coefficients);
        status = coefficients ? behov_vcov_new(fit_results->fit, fit_results->design, diagnosis->clusters,
                                               BEHOV_VCOV_CV1, &vcov, err)
                              : no_memory(err);
        if (!status)
            status = behov_inference(fit_results->fit, vcov, NULL, coefficients, err);
    }
    for (size_t k = 0; k < n && !status; k++)
        diagnosis->standard_errors[k] = is_the_fits ? fit_results->coefficients[k].se : coefficients[k].se;
    behov_vcov_free(vcov);
    free(coefficients);
    return status;
}

static behov_status compute(const behov_fit_results *fit_results, const char *key, bool coefficients_alone,
                            behov_diagnosis *diagnosis, behov_error *err)
{
    *diagnosis = (behov_diagnosis){.fit_results = fit_results, .key = key};
    const behov_table *table = fit_results->study->table;
    const char *municipality = municipality_key(&fit_results->study->panel);
    size_t n = behov_design_n_regressors(fit_results->design);
    behov_factors *factors = NULL;
    diagnosis->vif = malloc((n + 1) * sizeof *diagnosis->vif);
    diagnosis->standard_errors = malloc((n + 1) * sizeof *diagnosis->standard_errors);
    behov_status status = diagnosis->vif && diagnosis->standard_errors ? BEHOV_OK : no_memory(err);
    if (!status)
        status = behov_factors_new(fit_results->design, NULL, &factors, err);
    if (!status) {
        behov_diagnose_vif(fit_results->fit, factors, diagnosis->vif);
        if (!coefficients_alone)
            status = behov_row_diagnosis_new(fit_results->fit, fit_results->design, &diagnosis->rows, err);
    }
    behov_factors_free(factors);
    if (!status && key)
        status = leave_out_by(fit_results, key, !coefficients_alone, &diagnosis->clusters, &diagnosis->by_cluster, err);
    if (!diagnosis->by_cluster) /* a workbook beside a fit of one municipality is made without */
        diagnosis->key = key = NULL;
    if (!status && key)
        status = name_clusters(diagnosis, err);
    if (!status)
        status = errors_by_clusters(diagnosis, err);
    if (!status && !coefficients_alone && fit_results->study->panel.columns[BEHOV_ROLE_YEAR] >= 0)
        status = leave_out_by(fit_results, behov_role_name(BEHOV_ROLE_YEAR), false, &diagnosis->years,
                              &diagnosis->by_year, err);
    diagnosis->is_by_municipality = key && municipality && same_column(table, key, municipality);
    if (diagnosis->is_by_municipality)
        diagnosis->by_municipality = diagnosis->by_cluster;
    else if (!status && !coefficients_alone && municipality)
        status = leave_out_by(fit_results, municipality, false, &diagnosis->municipalities, &diagnosis->by_municipality,
                              err);
    if (status || !key)
        return status;
    size_t n_clusters = behov_clusters_count(diagnosis->clusters);
    diagnosis->movers = malloc((n_clusters + 1) * sizeof *diagnosis->movers);
    if (!diagnosis->movers)
        return no_memory(err);
    diagnosis->n_movers = behov_cluster_diagnosis_movers(diagnosis->by_cluster, diagnosis->standard_errors, n_clusters,
                                                         diagnosis->movers);
    while (diagnosis->n_moves_much < diagnosis->n_movers &&
           fabs(diagnosis->movers[diagnosis->n_moves_much].change_in_se) > BEHOV_MOVES_MUCH)
        diagnosis->n_moves_much++;
    return BEHOV_OK;
}

behov_status behov_diagnosis_compute(const behov_fit_results *fit_results, const char *key, behov_diagnosis *diagnosis,
                                     behov_error *err)
{
    return compute(fit_results, key, false, diagnosis, err);
}

behov_status behov_diagnosis_compute_coefficients(const behov_fit_results *fit_results, const char *key,
                                                  behov_diagnosis *diagnosis, behov_error *err)
{
    return compute(fit_results, key, true, diagnosis, err);
}

void behov_diagnosis_free(behov_diagnosis *diagnosis)
{
    if (diagnosis->by_municipality != diagnosis->by_cluster)
        behov_cluster_diagnosis_free(diagnosis->by_municipality);
    behov_cluster_diagnosis_free(diagnosis->by_cluster);
    behov_cluster_diagnosis_free(diagnosis->by_year);
    behov_row_diagnosis_free(diagnosis->rows);
    behov_clusters_free(diagnosis->clusters);
    behov_clusters_free(diagnosis->years);
    behov_clusters_free(diagnosis->municipalities);
    free(diagnosis->vif);
    free(diagnosis->standard_errors);
    free(diagnosis->first_rows);
    free(diagnosis->is_one_municipality);
    free(diagnosis->movers);
    *diagnosis = (behov_diagnosis){0};
}

/* ---- sentences ------------------------------------------------------------------------------------------------------
 */

static const char *figure(behov_language lang, behov_quantity quantity, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(quantity, value, lang, text);
}

static const char *decimals(behov_language lang, double value, int n, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_fixed(value, n, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, text);
    return behov_format_minus(text);
}

/* "0301 Oslo" of a row of the table */
static void municipality_of_row(const behov_panel *panel, size_t row, char text[500])
{
    const char *code = behov_panel_code(panel, row), *name = behov_panel_municipality(panel, row);
    snprintf(text, 500, "%.*s%s%.*s", behov_letters_clip(code, 100), code, code[0] && name[0] ? " " : "",
             behov_letters_clip(name, 300), name);
}

void behov_diagnosis_cluster_name(const behov_diagnosis *diagnosis, size_t cluster, char text[500])
{
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    uint32_t first = rows[diagnosis->first_rows[cluster]];
    if (diagnosis->is_one_municipality[cluster]) {
        municipality_of_row(panel, first, text);
        size_t length = strlen(text);
        if (!diagnosis->is_by_municipality && behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[cluster] == 1 &&
            behov_panel_year(panel, first))
            snprintf(text + length, 500 - length, ", %d", behov_panel_year(panel, first));
        return;
    }
    char value[400];
    behov_clusters_label(diagnosis->clusters, cluster, value);
    snprintf(text, 500, "%.*s = %.*s", behov_letters_clip(diagnosis->key, 80), diagnosis->key,
             behov_letters_clip(value, 400), value);
}

static const char *term_of(const behov_diagnosis *diagnosis, size_t k)
{
    return behov_design_regressor(diagnosis->fit_results->design, k);
}

/* As a sentence says it. */
static const char *term_said(const behov_diagnosis *diagnosis, size_t k, char text[BEHOV_STUDY_TERM])
{
    return behov_study_term_in_sentence(diagnosis->fit_results->study, term_of(diagnosis, k), text);
}

/* Two coefficients with as many digits as it takes to see that they differ. */
static void differing(behov_language lang, double a, double b, char first[BEHOV_NUMBER_SIZE],
                      char second[BEHOV_NUMBER_SIZE])
{
    int digits = 2;
    do {
        digits++;
        behov_number_significant(a, digits, behov_label_decimal_mark(lang), first);
        behov_number_significant(b, digits, behov_label_decimal_mark(lang), second);
    } while (digits < 8 && strcmp(first, second) == 0);
    behov_format_minus(first);
    behov_format_minus(second);
}

static void fill_mover(const behov_diagnosis *diagnosis, const behov_mover *mover, behov_word key,
                       char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char name[500], excluding_text[BEHOV_NUMBER_SIZE], including_text[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE],
        sign[BEHOV_NUMBER_SIZE];
    char term[BEHOV_STUDY_TERM];
    double size = mover->change_in_se;
    behov_diagnosis_cluster_name(diagnosis, mover->cluster, name);
    differing(lang, mover->without, mover->coefficient, excluding_text, including_text);
    decimals(lang, size, fabs(size) < 0.095 ? 2 : 1, change);
    snprintf(sign, sizeof sign, "%s%.40s", size > 0 ? "+" : "", change);
    behov_label_fill(lang, key, text, BEHOV_DIAGNOSIS_SENTENCE, "cluster", name, "term",
                     term_said(diagnosis, mover->regressor, term), "without", excluding_text, "with", including_text,
                     "change", sign, NULL);
}

void behov_diagnosis_mover(const behov_diagnosis *diagnosis, const behov_mover *mover,
                           char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    fill_mover(diagnosis, mover, BEHOV_WORD_DIAGNOSIS_MOVER, text);
}

/* The first warning of a kind, NULL when there is none. */
static const behov_cluster_warning *warning_of_kind(const behov_diagnosis *diagnosis, behov_cluster_warning_kind kind)
{
    size_t n;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++)
        if (warnings[i].kind == kind)
            return &warnings[i];
    return NULL;
}

void behov_diagnosis_answer(const behov_diagnosis *diagnosis, char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    behov_language lang = diagnosis->fit_results->study->lang;
    text[0] = '\0';
    if (!diagnosis->by_cluster)
        return;
    const behov_cluster_warning *unidentified = warning_of_kind(diagnosis, BEHOV_WARN_UNIDENTIFIED);
    char number[BEHOV_NUMBER_SIZE], name[500], term[BEHOV_STUDY_TERM];
    if (diagnosis->n_moves_much) {
        fill_mover(diagnosis, &diagnosis->movers[0], BEHOV_WORD_DIAGNOSIS_YES, text);
        size_t length = strlen(text);
        figure(lang, BEHOV_Q_COUNT, (double)diagnosis->n_moves_much, number);
        if (diagnosis->n_moves_much > 1 && length + 1 < BEHOV_DIAGNOSIS_SENTENCE) {
            text[length++] = ' ';
            behov_label_fill(lang,
                             diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_YES_MORE
                                                           : BEHOV_WORD_DIAGNOSIS_YES_MORE_CLUSTERS,
                             text + length, BEHOV_DIAGNOSIS_SENTENCE - length, "n", number, NULL);
        }
    } else if (unidentified) {
        behov_diagnosis_cluster_name(diagnosis, unidentified->cluster, name);
        behov_label_fill(lang, BEHOV_WORD_DIAGNOSIS_YES_UNIDENTIFIED, text, BEHOV_DIAGNOSIS_SENTENCE, "cluster", name,
                         "term", term_said(diagnosis, unidentified->regressor, term), NULL);
    } else if (diagnosis->n_movers) {
        double most = fabs(diagnosis->movers[0].change_in_se);
        behov_diagnosis_cluster_name(diagnosis, diagnosis->movers[0].cluster, name);
        behov_label_fill(lang,
                         diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_NO : BEHOV_WORD_DIAGNOSIS_NO_CLUSTERS,
                         text, BEHOV_DIAGNOSIS_SENTENCE, "most", decimals(lang, most, most < 0.095 ? 2 : 1, number),
                         "cluster", name, "term", term_said(diagnosis, diagnosis->movers[0].regressor, term), NULL);
    }
    if (diagnosis->is_by_municipality)
        behov_study_mark_sentence(diagnosis->fit_results->study, text, BEHOV_DIAGNOSIS_SENTENCE);
}

static double effective_of(const behov_diagnosis *diagnosis, size_t k)
{
    return behov_cluster_diagnosis_fewest(diagnosis->by_cluster, k);
}

/* The cluster with the largest partial leverage of a coefficient. */
static size_t largest_partial(const behov_diagnosis *diagnosis, size_t k)
{
    size_t n_clusters = behov_clusters_count(diagnosis->clusters),
           n = behov_design_n_regressors(diagnosis->fit_results->design), largest = 0;
    const double *partial = behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster);
    for (size_t g = 1; g < n_clusters; g++)
        if (partial[g * n + k] > partial[largest * n + k])
            largest = g;
    return largest;
}

/* The coefficient with the fewest effective clusters; the number of regressors when none has any. */
static size_t narrowest_of(const behov_diagnosis *diagnosis)
{
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design), narrowest = n;
    for (size_t k = 0; diagnosis->by_cluster && k < n; k++) {
        double effective = effective_of(diagnosis, k);
        if (!isnan(effective) && (narrowest == n || effective < effective_of(diagnosis, narrowest)))
            narrowest = k;
    }
    return narrowest;
}

void behov_diagnosis_narrowest(const behov_diagnosis *diagnosis, char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    behov_language lang = diagnosis->fit_results->study->lang;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design), narrowest = narrowest_of(diagnosis);
    text[0] = '\0';
    if (narrowest == n)
        return;
    size_t cluster = largest_partial(diagnosis, narrowest), n_clusters = behov_clusters_count(diagnosis->clusters);
    double share = behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[cluster * n + narrowest];
    double number = effective_of(diagnosis, narrowest);
    char name[500], pct[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], count[BEHOV_NUMBER_SIZE],
        term[BEHOV_STUDY_TERM];
    behov_diagnosis_cluster_name(diagnosis, cluster, name);
    behov_label_fill(
        lang, diagnosis->is_by_municipality ? BEHOV_WORD_DIAGNOSIS_NARROWEST : BEHOV_WORD_DIAGNOSIS_NARROWEST_CLUSTERS,
        text, BEHOV_DIAGNOSIS_SENTENCE, "term", term_said(diagnosis, narrowest, term), "cluster", name, "share",
        decimals(lang, 100 * share, share < 0.1 ? 1 : 0, pct), "effective",
        decimals(lang, number, number < 10 ? 1 : 0, effective), "n",
        figure(lang, BEHOV_Q_COUNT, (double)n_clusters, count), "verdict",
        number < BEHOV_FEW_CLUSTERS && n_clusters >= BEHOV_FEW_CLUSTERS
            ? behov_label(lang, BEHOV_WORD_DIAGNOSIS_TOO_FEW)
            : "",
        NULL);
    if (diagnosis->is_by_municipality)
        behov_study_mark_sentence(diagnosis->fit_results->study, text, BEHOV_DIAGNOSIS_SENTENCE);
}

/* Names of the coefficients that a cluster alone holds: "x, w, year=2013 ..." */
static size_t unidentified_terms(const behov_diagnosis *diagnosis, size_t cluster, char *text, size_t size)
{
    size_t n, length = 0, count = 0;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        if (warnings[i].kind != BEHOV_WARN_UNIDENTIFIED || warnings[i].cluster != cluster)
            continue;
        count++;
        char said_text[BEHOV_STUDY_TERM];
        const char *term = term_said(diagnosis, warnings[i].regressor, said_text);
        if (count <= 5 && length + 90 < size)
            length += (size_t)snprintf(text + length, size - length, "%s%.*s", length ? ", " : "",
                                       behov_letters_clip(term, 80), term);
        else if (count == 6)
            length += (size_t)snprintf(text + length, size - length, " ...");
    }
    return count;
}

/* Whether warning i is one that diagnosis_warning tells: one sentence stands for all that a cluster alone holds, and
 * diagnosis_narrowest has told the rest of its own. */
static bool is_told(const behov_cluster_warning *cluster_warning, size_t narrowest, size_t *last)
{
    if (cluster_warning->kind == BEHOV_WARN_UNIDENTIFIED && cluster_warning->cluster == *last)
        return false;
    if ((cluster_warning->kind == BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS ||
         cluster_warning->kind == BEHOV_WARN_CLUSTER_DOMINATES) &&
        cluster_warning->regressor == narrowest)
        return false;
    *last = cluster_warning->kind == BEHOV_WARN_UNIDENTIFIED ? cluster_warning->cluster : SIZE_MAX;
    return true;
}

bool behov_diagnosis_more_warnings(const behov_diagnosis *diagnosis, size_t n_shown,
                                   char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    size_t n, n_told = 0, last = SIZE_MAX, narrowest = narrowest_of(diagnosis);
    const behov_cluster_warning *warnings =
        diagnosis->by_cluster ? behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n) : NULL;
    for (size_t i = 0; warnings && i < n; i++)
        n_told += is_told(&warnings[i], narrowest, &last);
    if (n_told <= n_shown)
        return false;
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = diagnosis->fit_results->study->lang;
    behov_label_fill(lang, BEHOV_WORD_MORE_WARNINGS, text, BEHOV_DIAGNOSIS_SENTENCE, "n",
                     figure(lang, BEHOV_Q_COUNT, (double)(n_told - n_shown), number), NULL);
    return true;
}

bool behov_diagnosis_warning(const behov_diagnosis *diagnosis, size_t wanted_index, char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    behov_language lang = diagnosis->fit_results->study->lang;
    char number[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE], name[500], terms[600], term[BEHOV_STUDY_TERM];
    size_t n, n_found = 0, last = SIZE_MAX, narrowest = narrowest_of(diagnosis);
    if (!diagnosis->by_cluster)
        return false;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(diagnosis->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        const behov_cluster_warning *cluster_warning = &warnings[i];
        if (!is_told(cluster_warning, narrowest, &last))
            continue;
        if (n_found++ != wanted_index)
            continue;
        behov_diagnosis_cluster_name(diagnosis, cluster_warning->cluster, name);
        switch (cluster_warning->kind) {
        case BEHOV_WARN_FEW_CLUSTERS:
            behov_label_fill(lang, BEHOV_WORD_WARNING_FEW_CLUSTERS, text, BEHOV_DIAGNOSIS_SENTENCE, "key",
                             behov_study_key_in_sentence(diagnosis->fit_results->study, diagnosis->key), "n",
                             figure(lang, BEHOV_Q_COUNT, cluster_warning->value, number), NULL);
            break;
        case BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS:
            behov_label_fill(lang, BEHOV_WORD_DIAGNOSIS_FEW_EFFECTIVE, text, BEHOV_DIAGNOSIS_SENTENCE, "term",
                             term_said(diagnosis, cluster_warning->regressor, term), "n",
                             decimals(lang, cluster_warning->value, cluster_warning->value < 10 ? 1 : 0, number),
                             "limit", figure(lang, BEHOV_Q_COUNT, cluster_warning->threshold, other), NULL);
            break;
        case BEHOV_WARN_CLUSTER_DOMINATES:
            behov_label_fill(lang, BEHOV_WORD_DIAGNOSIS_DOMINATES, text, BEHOV_DIAGNOSIS_SENTENCE, "cluster", name,
                             "term", term_said(diagnosis, cluster_warning->regressor, term), "share",
                             decimals(lang, 100 * cluster_warning->value, 0, number), NULL);
            break;
        case BEHOV_WARN_UNIDENTIFIED:
            unidentified_terms(diagnosis, cluster_warning->cluster, terms, sizeof terms);
            behov_label_fill(lang, BEHOV_WORD_DIAGNOSIS_UNIDENTIFIED, text, BEHOV_DIAGNOSIS_SENTENCE, "cluster", name,
                             "terms", terms, NULL);
            break;
        }
        return true;
    }
    return false;
}

/* "0301 Oslo, 1151 Utsira ...": at most five */
static void not_measured(const behov_diagnosis *diagnosis, const behov_cluster_diagnosis *cluster_diagnosis,
                         const behov_clusters *clusters, char names[400])
{
    size_t length = 0, count = 0;
    names[0] = '\0';
    for (size_t g = 0; g < behov_clusters_count(clusters) && count < 6; g++) {
        char name[500];
        if (behov_cluster_diagnosis_measure(cluster_diagnosis, g) != BEHOV_LEFT_OUT_NOT_MEASURED)
            continue;
        if (cluster_diagnosis == diagnosis->by_cluster)
            behov_diagnosis_cluster_name(diagnosis, g, name);
        else
            behov_clusters_label(clusters, g, name);
        length += ++count < 6 ? (size_t)snprintf(names + length, 400 - length, "%s%.*s", count > 1 ? ", " : "",
                                                 behov_letters_clip(name, 70), name)
                              : (size_t)snprintf(names + length, 400 - length, " ...");
    }
}

bool behov_diagnosis_left_out_note(const behov_diagnosis *diagnosis, size_t wanted_index,
                                   char text[BEHOV_DIAGNOSIS_SENTENCE])
{
    behov_language lang = diagnosis->fit_results->study->lang;
    const struct {
        const behov_cluster_diagnosis *cluster_diagnosis;
        const behov_clusters *clusters;
        behov_word own, not_measured;
    } kinds[] = {
        {diagnosis->by_year, diagnosis->years, BEHOV_WORD_LEFT_OUT_YEAR_LEVEL, BEHOV_WORD_LEFT_OUT_YEARS_NOT_MEASURED},
        {diagnosis->by_municipality, diagnosis->is_by_municipality ? diagnosis->clusters : diagnosis->municipalities,
         BEHOV_WORD_LEFT_OUT_MUNICIPALITY_LEVEL, BEHOV_WORD_LEFT_OUT_MUNICIPALITIES_NOT_MEASURED},
        {diagnosis->is_by_municipality ? NULL : diagnosis->by_cluster, diagnosis->clusters,
         BEHOV_WORD_LEFT_OUT_CLUSTER_LEVEL, BEHOV_WORD_LEFT_OUT_CLUSTERS_NOT_MEASURED},
    };
    size_t n_found = 1;
    if (wanted_index == 0) {
        behov_word unit = diagnosis->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
                              ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
                          : diagnosis->fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT
                              ? BEHOV_WORD_UNIT_KR_PER_INHABITANT
                              : BEHOV_WORD_UNIT_OF_OUTCOME;
        behov_label_fill(lang, BEHOV_WORD_LEFT_OUT_EXPLAINED, text, BEHOV_DIAGNOSIS_SENTENCE, "unit",
                         behov_label(lang, unit), NULL);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].cluster_diagnosis)
            continue;
        behov_left_out left_out = behov_cluster_diagnosis_left_out(kinds[i].cluster_diagnosis);
        char number[BEHOV_NUMBER_SIZE];
        if (left_out.n_level_from_own && n_found++ == wanted_index) {
            figure(lang, BEHOV_Q_COUNT, (double)left_out.n_level_from_own, number);
            behov_label_fill(lang, kinds[i].own, text, BEHOV_DIAGNOSIS_SENTENCE, "n", number, NULL);
            return true;
        }
        if (left_out.n_not_measured && n_found++ == wanted_index) {
            figure(lang, BEHOV_Q_COUNT, (double)left_out.n_not_measured, number);
            char names[400];
            not_measured(diagnosis, kinds[i].cluster_diagnosis, kinds[i].clusters, names);
            behov_label_fill(lang, kinds[i].not_measured, text, BEHOV_DIAGNOSIS_SENTENCE, "n", number, "names", names,
                             NULL);
            return true;
        }
    }
    return false;
}

/* ---- tables ---------------------------------------------------------------------------------------------------------
 */

static behov_status add_text(behov_report *report, const char *key, behov_quantity quantity, behov_error *err)
{
    return behov_report_add_texts(report, (behov_report_column){key, NULL, quantity}, err);
}

/* Takes `values` in any case. */
static behov_status add_numbers(behov_report *report, const char *key, const char *shown_text, behov_quantity quantity,
                                double *values, behov_error *err)
{
    if (!values)
        return no_memory(err);
    behov_status status =
        behov_report_add_numbers(report, (behov_report_column){key, shown_text, quantity}, values, true, err);
    if (status)
        free(values);
    return status;
}

static double *numbers(size_t n)
{
    double *values = malloc((n ? n : 1) * sizeof *values);
    for (size_t i = 0; values && i < n; i++)
        values[i] = NAN;
    return values;
}

static behov_status finish(behov_status status, behov_report *report, behov_report **out)
{
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status behov_diagnosis_coefficients(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { COEFFICIENT, LOWEST, HIGHEST, PARTIAL, ZERO, ONE, VIF, N_FIGURES };
    static const struct {
        const char *key;
        behov_quantity quantity;
        bool needs_clusters;
    } columns[N_FIGURES] = {
        {"coefficient", BEHOV_Q_COEFFICIENT, false},
        {"lowest_without", BEHOV_Q_COEFFICIENT, true},
        {"highest_without", BEHOV_Q_COEFFICIENT, true},
        {"largest_partial_leverage_pct", BEHOV_Q_INDEX, true},
        {"effective_clusters_rho_0", BEHOV_Q_INDEX, true},
        {"effective_clusters_rho_1", BEHOV_Q_INDEX, true},
        {"vif", BEHOV_Q_T, false},
    };
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = diagnosis->clusters ? behov_clusters_count(diagnosis->clusters) : 0;
    behov_language lang = diagnosis->fit_results->study->lang;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_coefficients", n, NULL, &report, err);
    if (!status)
        status = add_text(report, "variable", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_text(report, "term", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        if (columns[c].needs_clusters && !diagnosis->by_cluster)
            continue;
        values[c] = numbers(n);
        status = add_numbers(report, columns[c].key, NULL, columns[c].quantity, values[c], err);
        if (!status && c == PARTIAL)
            status = add_text(report, "largest_partial_leverage_of", BEHOV_Q_TEXT, err);
    }
    for (size_t k = 0; k < n && !status; k++) {
        values[COEFFICIENT][k] = diagnosis->fit_results->coefficients[k].estimate;
        values[VIF][k] = diagnosis->vif[k];
        status = behov_report_set_text(
            report, 0, k, behov_model_label(&diagnosis->fit_results->study->model, lang, term_of(diagnosis, k)), err);
        if (!status)
            status = behov_report_set_text(report, 1, k, term_of(diagnosis, k), err);
        if (status || !diagnosis->by_cluster || behov_fit_is_dropped(diagnosis->fit_results->fit, k))
            continue;
        for (size_t g = 0; g < n_clusters; g++) {
            double excluding_value = behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k);
            values[LOWEST][k] = fmin(values[LOWEST][k], excluding_value);
            values[HIGHEST][k] = fmax(values[HIGHEST][k], excluding_value);
        }
        size_t cluster = largest_partial(diagnosis, k);
        char name[500];
        behov_diagnosis_cluster_name(diagnosis, cluster, name);
        values[PARTIAL][k] = 100 * behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[cluster * n + k];
        values[ZERO][k] = behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 0);
        values[ONE][k] = behov_cluster_diagnosis_effective(diagnosis->by_cluster, k, 1);
        status = behov_report_set_text(report, 2 + PARTIAL + 1, k, name, err);
    }
    return finish(status, report, out);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

behov_status behov_diagnosis_summary(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { SMALLEST, MEDIAN, MEAN, LARGEST, VARIATION, N_FIGURES };
    static const char *const keys[N_FIGURES] = {"smallest", "median", "mean", "largest", "coefficient_of_variation"};
    behov_language lang = diagnosis->fit_results->study->lang;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = behov_clusters_count(diagnosis->clusters), n_rows = 2 + n;
    double *values[N_FIGURES] = {0}, *sorted_values = numbers(n_clusters);
    behov_report *report = NULL;
    behov_status status =
        sorted_values ? behov_report_new("diagnosis_summary", n_rows, NULL, &report, err) : no_memory(err);
    if (!status)
        status = add_text(report, "what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = numbers(n_rows);
        status = add_numbers(report, keys[c], NULL, BEHOV_Q_COEFFICIENT, values[c], err);
    }
    if (!status)
        status = add_text(report, "largest_is", BEHOV_Q_TEXT, err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        char name[500], subject[600], term[BEHOV_STUDY_TERM];
        size_t largest = 0;
        double mean = 0;
        for (size_t g = 0; g < n_clusters; g++) {
            sorted_values[g] =
                i == 0   ? behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[g]
                : i == 1 ? behov_cluster_diagnosis_leverage(diagnosis->by_cluster)[g]
                         : 100 * behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster)[g * n + i - 2];
            largest = sorted_values[g] > sorted_values[largest] ? g : largest;
            mean += sorted_values[g];
        }
        behov_label_fill(lang,
                         i == 0   ? BEHOV_WORD_SUMMARY_SIZES
                         : i == 1 ? BEHOV_WORD_SUMMARY_LEVERAGE
                                  : BEHOV_WORD_SUMMARY_PARTIAL,
                         subject, sizeof subject, "term", i > 1 ? term_said(diagnosis, i - 2, term) : "", NULL);
        status = behov_report_set_text(report, 0, i, subject, err);
        if (status || isnan(mean))
            continue;
        mean /= (double)n_clusters;
        values[VARIATION][i] = behov_coefficient_of_variation(sorted_values, n_clusters);
        bool all_equal = values[VARIATION][i] == 0;
        qsort(sorted_values, n_clusters, sizeof *sorted_values, compare_numbers);
        values[SMALLEST][i] = sorted_values[0];
        values[MEDIAN][i] = (sorted_values[(n_clusters - 1) / 2] + sorted_values[n_clusters / 2]) / 2;
        values[MEAN][i] = mean;
        values[LARGEST][i] = sorted_values[n_clusters - 1];
        behov_diagnosis_cluster_name(diagnosis, largest, name);
        if (!all_equal)
            status = behov_report_set_text(report, 1 + N_FIGURES, i, name, err);
    }
    free(sorted_values);
    return finish(status, report, out);
}

/* Code and name of the municipality of each row of the report, or another text where there is neither. */
static behov_status name_columns(const behov_panel *panel, behov_report *report, bool by_municipality,
                                 const char *other, size_t *n_columns, behov_error *err)
{
    *n_columns = 0;
    behov_status status = BEHOV_OK;
    if (by_municipality && panel->columns[BEHOV_ROLE_CODE] >= 0) {
        status = add_text(report, "municipality_code", BEHOV_Q_CODE, err);
        ++*n_columns;
    }
    if (!status && by_municipality && panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0) {
        status = add_text(report, "municipality", BEHOV_Q_TEXT, err);
        ++*n_columns;
    }
    if (!status && *n_columns == 0)
        status = add_text(report, other, BEHOV_Q_TEXT, err);
    return status;
}

static behov_status set_names(const behov_panel *panel, behov_report *report, size_t n_columns, size_t index,
                              size_t row, const char *other, behov_error *err)
{
    if (n_columns == 0)
        return behov_report_set_text(report, 0, index, other, err);
    size_t column = 0;
    behov_status status = BEHOV_OK;
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        status = behov_report_set_text(report, column++, index, behov_panel_code(panel, row), err);
    if (!status && panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0)
        status = behov_report_set_text(report, column, index, behov_panel_municipality(panel, row), err);
    return status;
}

static behov_quantity quantity_shown(const behov_diagnosis *diagnosis, behov_quantity quantity)
{
    return quantity == BEHOV_Q_OUTCOME ? behov_study_amount_quantity(diagnosis->fit_results->study) : quantity;
}

behov_status behov_diagnosis_clusters(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    behov_language lang = diagnosis->fit_results->study->lang;
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design),
           n_clusters = behov_clusters_count(diagnosis->clusters), n_names, n_rows;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    double *sizes = NULL, *leverage = NULL, *rmse = NULL, *change = NULL;
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_clusters", n_clusters, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, diagnosis->is_by_municipality, "cluster", &n_names, err);
    if (!status)
        status = add_numbers(report, "rows", NULL, BEHOV_Q_COUNT, sizes = numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "leverage", NULL, BEHOV_Q_COEFFICIENT, leverage = numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "left_out_rmse", NULL, behov_study_amount_quantity(diagnosis->fit_results->study),
                             rmse = numbers(n_clusters), err);
    if (!status)
        status = add_text(report, "moves_most", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_numbers(report, "change_in_se", NULL, BEHOV_Q_T, change = numbers(n_clusters), err);
    size_t moves_column = status ? 0 : behov_report_n_columns(report) - 2;
    for (size_t k = 0; k < n && !status; k++) {
        char shown_text[600], term[BEHOV_STUDY_TERM];
        double *excluding_values = numbers(n_clusters);
        for (size_t g = 0; excluding_values && g < n_clusters; g++)
            excluding_values[g] = behov_cluster_diagnosis_without(diagnosis->by_cluster, g, k);
        behov_label_fill(lang, BEHOV_WORD_WITHOUT_CLUSTER, shown_text, sizeof shown_text, "term",
                         term_said(diagnosis, k, term), NULL);
        status = add_numbers(report, term_of(diagnosis, k), shown_text, BEHOV_Q_COEFFICIENT, excluding_values, err);
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        char name[500];
        sizes[g] = behov_cluster_diagnosis_sizes(diagnosis->by_cluster)[g];
        leverage[g] = behov_cluster_diagnosis_leverage(diagnosis->by_cluster)[g];
        rmse[g] = behov_cluster_diagnosis_left_out_rmse(diagnosis->by_cluster)[g];
        behov_diagnosis_cluster_name(diagnosis, g, name);
        status = set_names(panel, report, n_names, g, rows[diagnosis->first_rows[g]], name, err);
    }
    for (size_t i = 0; i < diagnosis->n_movers && !status; i++) {
        change[diagnosis->movers[i].cluster] = diagnosis->movers[i].change_in_se;
        status = behov_report_set_text(report, moves_column, diagnosis->movers[i].cluster,
                                       term_of(diagnosis, diagnosis->movers[i].regressor), err);
    }
    return finish(status, report, out);
}

/* Outcomes of some of the rows estimated on; NULL without memory. */
static double *outcomes(const behov_design *design, const size_t *positions, size_t n)
{
    size_t n_rows, n_regressors = behov_design_n_regressors(design);
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *values = numbers(n), *regressors = malloc(BEHOV_DESIGN_BLOCK * (n_regressors + 1) * sizeof *regressors);
    uint32_t block[BEHOV_DESIGN_BLOCK];
    for (size_t first = 0; values && regressors && first < n; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n - first < BEHOV_DESIGN_BLOCK ? n - first : BEHOV_DESIGN_BLOCK;
        for (size_t i = 0; i < count; i++)
            block[i] = rows[positions[first + i]];
        behov_design_fill(design, block, count, regressors, n_regressors, values + first);
    }
    if (!regressors) {
        free(values);
        return NULL;
    }
    free(regressors);
    return values;
}

behov_status behov_diagnosis_rows(const behov_diagnosis *diagnosis, size_t n_most, behov_report **out, behov_error *err)
{
    static const struct {
        const char *key;
        behov_quantity quantity;
        behov_row_measure measure;
    } columns[] = {
        {"fitted", BEHOV_Q_OUTCOME, BEHOV_ROW_FITTED},
        {"residual", BEHOV_Q_OUTCOME, BEHOV_ROW_RESIDUAL},
        {"leverage", BEHOV_Q_COEFFICIENT, BEHOV_ROW_LEVERAGE},
        {"standardised_residual", BEHOV_Q_T, BEHOV_ROW_STANDARDISED},
        {"studentised_residual", BEHOV_Q_T, BEHOV_ROW_STUDENTISED},
        {"cooks_distance", BEHOV_Q_COEFFICIENT, BEHOV_ROW_COOKS_DISTANCE},
        {"dffits", BEHOV_Q_T, BEHOV_ROW_DFFITS},
    };
    const behov_panel *panel = &diagnosis->fit_results->study->panel;
    bool has_year = panel->columns[BEHOV_ROLE_YEAR] >= 0;
    size_t n_rows, n_names;
    const uint32_t *rows = behov_design_estimated(diagnosis->fit_results->design, &n_rows);
    size_t n = n_most && n_most < n_rows ? n_most : n_rows, *cursor = malloc((n + 1) * sizeof *cursor);
    if (!cursor)
        return no_memory(err);
    for (size_t i = 0; i < n; i++)
        cursor[i] = i;
    if (n_most)
        n = behov_row_diagnosis_largest(diagnosis->rows, BEHOV_ROW_COOKS_DISTANCE, n, cursor);
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_rows", n, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, true, "row_number", &n_names, err);
    double *years = NULL;
    if (!status && has_year)
        status = add_numbers(report, "year", NULL, BEHOV_Q_YEAR, years = numbers(n), err);
    for (size_t i = 0; i < n && !status; i++) {
        char number[32];
        snprintf(number, sizeof number, "%lu", (unsigned long)rows[cursor[i]] + 1);
        status = set_names(panel, report, n_names, i, rows[cursor[i]], number, err);
        if (has_year)
            years[i] = behov_panel_year(panel, rows[cursor[i]]);
    }
    if (!status) /* other outcomes than expenditure have this table too */
        status =
            add_numbers(report, "actual", behov_label(diagnosis->fit_results->study->lang, BEHOV_WORD_ACTUAL_OTHER),
                        behov_study_amount_quantity(diagnosis->fit_results->study),
                        outcomes(diagnosis->fit_results->design, cursor, n), err);
    for (size_t c = 0; c < sizeof columns / sizeof *columns && !status; c++) {
        double *values = numbers(n);
        for (size_t i = 0; values && i < n; i++)
            values[i] = behov_row_diagnosis_values(diagnosis->rows, columns[c].measure)[cursor[i]];
        status = add_numbers(report, columns[c].key, NULL, quantity_shown(diagnosis, columns[c].quantity), values, err);
    }
    free(cursor);
    return finish(status, report, out);
}

behov_status behov_diagnosis_left_out(const behov_diagnosis *diagnosis, behov_report **out, behov_error *err)
{
    enum { RMSE, IN_RMSE, MAE, IN_MAE, GROUPS, NOT_MEASURED, N_FIGURES };
    static const struct {
        const char *key;
        behov_quantity quantity;
    } columns[N_FIGURES] = {
        {"left_out_rmse", BEHOV_Q_OUTCOME},   {"in_sample_rmse", BEHOV_Q_OUTCOME},
        {"left_out_mae", BEHOV_Q_OUTCOME},    {"in_sample_mae", BEHOV_Q_OUTCOME},
        {"n_groups_measured", BEHOV_Q_COUNT}, {"n_groups_not_measured", BEHOV_Q_COUNT},
    };
    behov_language lang = diagnosis->fit_results->study->lang;
    const struct {
        const behov_cluster_diagnosis *cluster_diagnosis;
        behov_word label;
    } kinds[] = {{diagnosis->by_municipality, BEHOV_WORD_LEFT_OUT_MUNICIPALITY},
                 {diagnosis->is_by_municipality ? NULL : diagnosis->by_cluster, BEHOV_WORD_LEFT_OUT_CLUSTER},
                 {diagnosis->by_year, BEHOV_WORD_LEFT_OUT_YEAR}};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        n += kinds[i].cluster_diagnosis != NULL;
    size_t n_years = diagnosis->by_year ? behov_cluster_diagnosis_n_clusters(diagnosis->by_year) : 0;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_left_out", n + n_years, NULL, &report, err);
    if (!status)
        status = add_text(report, "left_out_what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = numbers(n + n_years);
        status =
            add_numbers(report, columns[c].key, NULL, quantity_shown(diagnosis, columns[c].quantity), values[c], err);
    }
    size_t index = 0;
    for (size_t i = 0; i < 3 && !status; i++) {
        if (!kinds[i].cluster_diagnosis)
            continue;
        behov_left_out all = behov_cluster_diagnosis_left_out(kinds[i].cluster_diagnosis);
        char subject[300];
        behov_label_fill(lang, kinds[i].label, subject, sizeof subject, "key", diagnosis->key ? diagnosis->key : "",
                         NULL);
        values[RMSE][index] = all.rmse;
        values[MAE][index] = all.mae;
        values[IN_RMSE][index] = all.in_sample_rmse;
        values[IN_MAE][index] = all.in_sample_mae;
        values[GROUPS][index] = (double)(all.n_measured + all.n_level_from_own);
        values[NOT_MEASURED][index] = (double)all.n_not_measured;
        status = behov_report_set_text(report, 0, index++, subject, err);
    }
    for (size_t t = 0; t < n_years && !status; t++, index++) {
        char year[400], subject[500];
        behov_clusters_label(diagnosis->years, t, year);
        snprintf(subject, sizeof subject, "  ");
        behov_label_fill(lang, BEHOV_WORD_LEFT_OUT_THIS_YEAR, subject + 2, sizeof subject - 2, "year", year, NULL);
        values[RMSE][index] = behov_cluster_diagnosis_left_out_rmse(diagnosis->by_year)[t];
        values[IN_RMSE][index] = behov_cluster_diagnosis_in_sample_rmse(diagnosis->by_year)[t];
        status = behov_report_set_text(report, 0, index, subject, err);
    }
    return finish(status, report, out);
}
