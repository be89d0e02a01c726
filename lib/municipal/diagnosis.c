/* diagnosis.c - from a fit to the tables and sentences about what it hangs on. */
#include "diagnosis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "model_labels.h"
#include "study_words.h"

static behov_status no_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the diagnosis");
}

/* ---- computing ------------------------------------------------------------------------------------------------------
 */

static const char *municipality_key(const behov_panel *panel)
{
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        return behov_role_name(BEHOV_ROLE_CODE);
    return panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0 ? behov_role_name(BEHOV_ROLE_MUNICIPALITY) : NULL;
}

const char *diagnosis_default_key(const behov_study *of)
{
    const char *key = municipality_key(&of->panel);
    return key ? key : of->model.cluster;
}

const char *diagnosis_key_of(const results *of)
{
    const char *key = of->asked_cluster ? of->asked_cluster : diagnosis_default_key(of->of);
    return key && key[0] ? key : NULL;
}

/* Whether two keys are the same column: a role has its own name beside the one in the file. */
static bool same_column(const behov_table *table, const char *a, const char *b)
{
    ptrdiff_t first = behov_table_find(table, a), second = behov_table_find(table, b);
    return first >= 0 && first == second;
}

/* Clusters of the rows estimated on, and their diagnosis; neither when there are fewer than two (unless asked for). */
static behov_status leave_out_by(const results *of, const char *key, bool is_asked_for, behov_clusters **clusters,
                                 behov_cluster_diagnosis **found, behov_error *err)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(of->design, &n_rows);
    behov_status status = behov_clusters_new(of->of->table, key, rows, n_rows, clusters, err);
    if (status || (behov_clusters_count(*clusters) < 2 && !is_asked_for))
        return status;
    return behov_cluster_diagnosis_new(of->fit, of->design, *clusters, found, err);
}

static behov_status name_clusters(diagnosis *made, behov_error *err)
{
    size_t n_rows, n_clusters = behov_clusters_count(made->clusters);
    const uint32_t *rows = behov_design_estimated(made->of->design, &n_rows);
    const uint32_t *of_rows = behov_clusters_of_rows(made->clusters);
    const behov_panel *panel = &made->of->of->panel;
    made->first_rows = malloc(n_clusters * sizeof *made->first_rows);
    made->is_one_municipality = malloc(n_clusters * sizeof *made->is_one_municipality);
    if (!made->first_rows || !made->is_one_municipality)
        return no_memory(err);
    for (size_t g = 0; g < n_clusters; g++) {
        made->first_rows[g] = UINT32_MAX;
        made->is_one_municipality[g] = municipality_key(panel) != NULL;
    }
    for (size_t i = 0; i < n_rows; i++) {
        size_t g = of_rows[i];
        if (made->first_rows[g] == UINT32_MAX)
            made->first_rows[g] = (uint32_t)i;
        uint32_t first = rows[made->first_rows[g]];
        if (strcmp(behov_panel_code(panel, first), behov_panel_code(panel, rows[i])) != 0 ||
            (panel->columns[BEHOV_ROLE_CODE] < 0 &&
             strcmp(behov_panel_municipality(panel, first), behov_panel_municipality(panel, rows[i])) != 0))
            made->is_one_municipality[g] = false;
    }
    return BEHOV_OK;
}

/* What a change is measured by: standard errors by the clusters that are left out, those of the fit where they are just
 * these, or where nothing is left out. */
static behov_status errors_by_clusters(diagnosis *made, behov_error *err)
{
    const results *of = made->of;
    size_t n = behov_design_n_regressors(of->design);
    behov_vcov *vcov = NULL;
    behov_coefficient *coefficients = NULL;
    bool is_the_fits = !made->by_cluster || (of->cluster && !of->second_cluster &&
                                             same_column(of->of->table, of->cluster, made->key) &&
                                             behov_vcov_kind_of(of->vcov) == BEHOV_VCOV_CV1);
    behov_status status = BEHOV_OK;
    if (!is_the_fits) {
        coefficients = calloc(n + 1, sizeof *coefficients);
        status = coefficients ? behov_vcov_new(of->fit, of->design, made->clusters, BEHOV_VCOV_CV1, &vcov, err)
                              : no_memory(err);
        if (!status)
            status = behov_inference(of->fit, vcov, NULL, coefficients, err);
    }
    for (size_t k = 0; k < n && !status; k++)
        made->standard_errors[k] = is_the_fits ? of->coefficients[k].se : coefficients[k].se;
    behov_vcov_free(vcov);
    free(coefficients);
    return status;
}

static behov_status compute(const results *of, const char *key, bool coefficients_alone, diagnosis *made,
                            behov_error *err)
{
    *made = (diagnosis){.of = of, .key = key};
    const behov_table *table = of->of->table;
    const char *municipality = municipality_key(&of->of->panel);
    size_t n = behov_design_n_regressors(of->design);
    behov_factors *factors = NULL;
    made->vif = malloc((n + 1) * sizeof *made->vif);
    made->standard_errors = malloc((n + 1) * sizeof *made->standard_errors);
    behov_status status = made->vif && made->standard_errors ? BEHOV_OK : no_memory(err);
    if (!status)
        status = behov_factors_new(of->design, NULL, &factors, err);
    if (!status) {
        behov_diagnose_vif(of->fit, factors, made->vif);
        if (!coefficients_alone)
            status = behov_row_diagnosis_new(of->fit, of->design, &made->rows, err);
    }
    behov_factors_free(factors);
    if (!status && key)
        status = leave_out_by(of, key, !coefficients_alone, &made->clusters, &made->by_cluster, err);
    if (!made->by_cluster) /* a workbook beside a fit of one municipality is made without */
        made->key = key = NULL;
    if (!status && key)
        status = name_clusters(made, err);
    if (!status)
        status = errors_by_clusters(made, err);
    if (!status && !coefficients_alone && of->of->panel.columns[BEHOV_ROLE_YEAR] >= 0)
        status = leave_out_by(of, behov_role_name(BEHOV_ROLE_YEAR), false, &made->years, &made->by_year, err);
    made->is_by_municipality = key && municipality && same_column(table, key, municipality);
    if (made->is_by_municipality)
        made->by_municipality = made->by_cluster;
    else if (!status && !coefficients_alone && municipality)
        status = leave_out_by(of, municipality, false, &made->municipalities, &made->by_municipality, err);
    if (status || !key)
        return status;
    size_t n_clusters = behov_clusters_count(made->clusters);
    made->movers = malloc((n_clusters + 1) * sizeof *made->movers);
    if (!made->movers)
        return no_memory(err);
    made->n_movers = behov_cluster_diagnosis_movers(made->by_cluster, made->standard_errors, n_clusters, made->movers);
    while (made->n_moves_much < made->n_movers &&
           fabs(made->movers[made->n_moves_much].change_in_se) > BEHOV_MOVES_MUCH)
        made->n_moves_much++;
    return BEHOV_OK;
}

behov_status diagnosis_compute(const results *of, const char *key, diagnosis *made, behov_error *err)
{
    return compute(of, key, false, made, err);
}

behov_status diagnosis_compute_coefficients(const results *of, const char *key, diagnosis *made, behov_error *err)
{
    return compute(of, key, true, made, err);
}

void diagnosis_free(diagnosis *made)
{
    if (made->by_municipality != made->by_cluster)
        behov_cluster_diagnosis_free(made->by_municipality);
    behov_cluster_diagnosis_free(made->by_cluster);
    behov_cluster_diagnosis_free(made->by_year);
    behov_row_diagnosis_free(made->rows);
    behov_clusters_free(made->clusters);
    behov_clusters_free(made->years);
    behov_clusters_free(made->municipalities);
    free(made->vif);
    free(made->standard_errors);
    free(made->first_rows);
    free(made->is_one_municipality);
    free(made->movers);
    *made = (diagnosis){0};
}

/* ---- sentences ------------------------------------------------------------------------------------------------------
 */

static const char *figure(behov_language lang, behov_quantity quantity, double value, char text[BEHOV_NUMBER_SIZE])
{
    return format_cell(quantity, value, lang, text);
}

static const char *decimals(behov_language lang, double value, int n, char text[BEHOV_NUMBER_SIZE])
{
    behov_number_fixed(value, n, label_decimal_mark(lang), label_group_mark(lang), 4, text);
    return format_minus(text);
}

/* "0301 Oslo" of a row of the table */
static void municipality_of_row(const behov_panel *panel, size_t row, char text[500])
{
    const char *code = behov_panel_code(panel, row), *name = behov_panel_municipality(panel, row);
    snprintf(text, 500, "%.*s%s%.*s", label_clip(code, 100), code, code[0] && name[0] ? " " : "", label_clip(name, 300),
             name);
}

void diagnosis_cluster_name(const diagnosis *of, size_t cluster, char text[500])
{
    const behov_panel *panel = &of->of->of->panel;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(of->of->design, &n_rows);
    uint32_t first = rows[of->first_rows[cluster]];
    if (of->is_one_municipality[cluster]) {
        municipality_of_row(panel, first, text);
        size_t length = strlen(text);
        if (!of->is_by_municipality && behov_cluster_diagnosis_sizes(of->by_cluster)[cluster] == 1 &&
            behov_panel_year(panel, first))
            snprintf(text + length, 500 - length, ", %d", behov_panel_year(panel, first));
        return;
    }
    char value[400];
    behov_clusters_label(of->clusters, cluster, value);
    snprintf(text, 500, "%.*s = %.*s", label_clip(of->key, 80), of->key, label_clip(value, 400), value);
}

static const char *term_of(const diagnosis *of, size_t k) { return behov_design_regressor(of->of->design, k); }

/* As a sentence says it. */
static const char *term_said(const diagnosis *of, size_t k, char text[STUDY_TERM])
{
    return study_term_in_sentence(of->of->of, term_of(of, k), text);
}

/* Two coefficients with as many digits as it takes to see that they differ. */
static void differing(behov_language lang, double a, double b, char first[BEHOV_NUMBER_SIZE], char second[BEHOV_NUMBER_SIZE])
{
    int digits = 2;
    do {
        digits++;
        behov_number_significant(a, digits, label_decimal_mark(lang), first);
        behov_number_significant(b, digits, label_decimal_mark(lang), second);
    } while (digits < 8 && strcmp(first, second) == 0);
    format_minus(first);
    format_minus(second);
}

static void fill_mover(const diagnosis *of, const behov_mover *mover, const char *key, char text[DIAGNOSIS_SENTENCE])
{
    behov_language lang = of->of->of->lang;
    char name[500], without[BEHOV_NUMBER_SIZE], with[BEHOV_NUMBER_SIZE], change[BEHOV_NUMBER_SIZE],
        sign[BEHOV_NUMBER_SIZE];
    char term[STUDY_TERM];
    double size = mover->change_in_se;
    diagnosis_cluster_name(of, mover->cluster, name);
    differing(lang, mover->without, mover->coefficient, without, with);
    decimals(lang, size, fabs(size) < 0.095 ? 2 : 1, change);
    snprintf(sign, sizeof sign, "%s%.40s", size > 0 ? "+" : "", change);
    label_fill(lang, key, text, DIAGNOSIS_SENTENCE, "cluster", name, "term", term_said(of, mover->regressor, term), "without",
               without, "with", with, "change", sign, NULL);
}

void diagnosis_mover(const diagnosis *of, const behov_mover *mover, char text[DIAGNOSIS_SENTENCE])
{
    fill_mover(of, mover, "diagnosis_mover", text);
}

/* The first warning of a kind, NULL when there is none. */
static const behov_cluster_warning *warning_of_kind(const diagnosis *of, behov_cluster_warning_kind kind)
{
    size_t n;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(of->by_cluster, &n);
    for (size_t i = 0; i < n; i++)
        if (warnings[i].kind == kind)
            return &warnings[i];
    return NULL;
}

void diagnosis_answer(const diagnosis *of, char text[DIAGNOSIS_SENTENCE])
{
    behov_language lang = of->of->of->lang;
    text[0] = '\0';
    if (!of->by_cluster)
        return;
    const behov_cluster_warning *unidentified = warning_of_kind(of, BEHOV_WARN_UNIDENTIFIED);
    char number[BEHOV_NUMBER_SIZE], name[500], term[STUDY_TERM];
    if (of->n_moves_much) {
        fill_mover(of, &of->movers[0], "diagnosis_yes", text);
        size_t length = strlen(text);
        figure(lang, BEHOV_Q_COUNT, (double)of->n_moves_much, number);
        if (of->n_moves_much > 1 && length + 1 < DIAGNOSIS_SENTENCE) {
            text[length++] = ' ';
            label_fill(lang, of->is_by_municipality ? "diagnosis_yes_more" : "diagnosis_yes_more_clusters",
                       text + length, DIAGNOSIS_SENTENCE - length, "n", number, NULL);
        }
    } else if (unidentified) {
        diagnosis_cluster_name(of, unidentified->cluster, name);
        label_fill(lang, "diagnosis_yes_unidentified", text, DIAGNOSIS_SENTENCE, "cluster", name, "term",
                   term_said(of, unidentified->regressor, term), NULL);
    } else if (of->n_movers) {
        double most = fabs(of->movers[0].change_in_se);
        diagnosis_cluster_name(of, of->movers[0].cluster, name);
        label_fill(lang, of->is_by_municipality ? "diagnosis_no" : "diagnosis_no_clusters", text, DIAGNOSIS_SENTENCE,
                   "most", decimals(lang, most, most < 0.095 ? 2 : 1, number), "cluster", name, "term",
                   term_said(of, of->movers[0].regressor, term), NULL);
    }
    if (of->is_by_municipality)
        study_mark_sentence(of->of->of, text, DIAGNOSIS_SENTENCE);
}

static double effective_of(const diagnosis *of, size_t k) { return behov_cluster_diagnosis_fewest(of->by_cluster, k); }

/* The cluster with the largest partial leverage of a coefficient. */
static size_t largest_partial(const diagnosis *of, size_t k)
{
    size_t n_clusters = behov_clusters_count(of->clusters), n = behov_design_n_regressors(of->of->design), largest = 0;
    const double *partial = behov_cluster_diagnosis_partial_leverage(of->by_cluster);
    for (size_t g = 1; g < n_clusters; g++)
        if (partial[g * n + k] > partial[largest * n + k])
            largest = g;
    return largest;
}

/* The coefficient with the fewest effective clusters; the number of regressors when none has any. */
static size_t narrowest_of(const diagnosis *of)
{
    size_t n = behov_design_n_regressors(of->of->design), narrowest = n;
    for (size_t k = 0; of->by_cluster && k < n; k++) {
        double effective = effective_of(of, k);
        if (!isnan(effective) && (narrowest == n || effective < effective_of(of, narrowest)))
            narrowest = k;
    }
    return narrowest;
}

void diagnosis_narrowest(const diagnosis *of, char text[DIAGNOSIS_SENTENCE])
{
    behov_language lang = of->of->of->lang;
    size_t n = behov_design_n_regressors(of->of->design), narrowest = narrowest_of(of);
    text[0] = '\0';
    if (narrowest == n)
        return;
    size_t cluster = largest_partial(of, narrowest), n_clusters = behov_clusters_count(of->clusters);
    double share = behov_cluster_diagnosis_partial_leverage(of->by_cluster)[cluster * n + narrowest];
    double number = effective_of(of, narrowest);
    char name[500], pct[BEHOV_NUMBER_SIZE], effective[BEHOV_NUMBER_SIZE], count[BEHOV_NUMBER_SIZE], term[STUDY_TERM];
    diagnosis_cluster_name(of, cluster, name);
    label_fill(
        lang, of->is_by_municipality ? "diagnosis_narrowest" : "diagnosis_narrowest_clusters", text, DIAGNOSIS_SENTENCE,
        "term", term_said(of, narrowest, term), "cluster", name, "share", decimals(lang, 100 * share, share < 0.1 ? 1 : 0, pct),
        "effective", decimals(lang, number, number < 10 ? 1 : 0, effective), "n",
        figure(lang, BEHOV_Q_COUNT, (double)n_clusters, count), "verdict",
        number < BEHOV_FEW_CLUSTERS && n_clusters >= BEHOV_FEW_CLUSTERS ? label(lang, "diagnosis_too_few") : "", NULL);
    if (of->is_by_municipality)
        study_mark_sentence(of->of->of, text, DIAGNOSIS_SENTENCE);
}

/* Names of the coefficients that a cluster alone holds: "x, w, year=2013 ..." */
static size_t unidentified_terms(const diagnosis *of, size_t cluster, char *text, size_t size)
{
    size_t n, length = 0, count = 0;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(of->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        if (warnings[i].kind != BEHOV_WARN_UNIDENTIFIED || warnings[i].cluster != cluster)
            continue;
        count++;
        char said[STUDY_TERM];
        const char *term = term_said(of, warnings[i].regressor, said);
        if (count <= 5 && length + 90 < size)
            length += (size_t)snprintf(text + length, size - length, "%s%.*s", length ? ", " : "",
                                       label_clip(term, 80), term);
        else if (count == 6)
            length += (size_t)snprintf(text + length, size - length, " ...");
    }
    return count;
}

/* Whether warning i is one that diagnosis_warning tells: one sentence stands for all that a cluster alone holds, and
 * diagnosis_narrowest has told the rest of its own. */
static bool is_told(const behov_cluster_warning *one, size_t narrowest, size_t *last)
{
    if (one->kind == BEHOV_WARN_UNIDENTIFIED && one->cluster == *last)
        return false;
    if ((one->kind == BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS || one->kind == BEHOV_WARN_CLUSTER_DOMINATES) &&
        one->regressor == narrowest)
        return false;
    *last = one->kind == BEHOV_WARN_UNIDENTIFIED ? one->cluster : SIZE_MAX;
    return true;
}

bool diagnosis_more_warnings(const diagnosis *of, size_t n_shown, char text[DIAGNOSIS_SENTENCE])
{
    size_t n, n_told = 0, last = SIZE_MAX, narrowest = narrowest_of(of);
    const behov_cluster_warning *warnings =
        of->by_cluster ? behov_cluster_diagnosis_warnings(of->by_cluster, &n) : NULL;
    for (size_t i = 0; warnings && i < n; i++)
        n_told += is_told(&warnings[i], narrowest, &last);
    if (n_told <= n_shown)
        return false;
    char number[BEHOV_NUMBER_SIZE];
    behov_language lang = of->of->of->lang;
    label_fill(lang, "more_warnings", text, DIAGNOSIS_SENTENCE, "n",
               figure(lang, BEHOV_Q_COUNT, (double)(n_told - n_shown), number), NULL);
    return true;
}

bool diagnosis_warning(const diagnosis *of, size_t wanted, char text[DIAGNOSIS_SENTENCE])
{
    behov_language lang = of->of->of->lang;
    char number[BEHOV_NUMBER_SIZE], other[BEHOV_NUMBER_SIZE], name[500], terms[600], term[STUDY_TERM];
    size_t n, found = 0, last = SIZE_MAX, narrowest = narrowest_of(of);
    if (!of->by_cluster)
        return false;
    const behov_cluster_warning *warnings = behov_cluster_diagnosis_warnings(of->by_cluster, &n);
    for (size_t i = 0; i < n; i++) {
        const behov_cluster_warning *one = &warnings[i];
        if (!is_told(one, narrowest, &last))
            continue;
        if (found++ != wanted)
            continue;
        diagnosis_cluster_name(of, one->cluster, name);
        switch (one->kind) {
        case BEHOV_WARN_FEW_CLUSTERS:
            label_fill(lang, "warning_few_clusters", text, DIAGNOSIS_SENTENCE, "key",
                       study_key_in_sentence(of->of->of, of->key), "n",
                       figure(lang, BEHOV_Q_COUNT, one->value, number), NULL);
            break;
        case BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS:
            label_fill(lang, "diagnosis_few_effective", text, DIAGNOSIS_SENTENCE, "term",
                       term_said(of, one->regressor, term), "n", decimals(lang, one->value, one->value < 10 ? 1 : 0, number), "limit",
                       figure(lang, BEHOV_Q_COUNT, one->threshold, other), NULL);
            break;
        case BEHOV_WARN_CLUSTER_DOMINATES:
            label_fill(lang, "diagnosis_dominates", text, DIAGNOSIS_SENTENCE, "cluster", name, "term",
                       term_said(of, one->regressor, term), "share", decimals(lang, 100 * one->value, 0, number), NULL);
            break;
        case BEHOV_WARN_UNIDENTIFIED:
            unidentified_terms(of, one->cluster, terms, sizeof terms);
            label_fill(lang, "diagnosis_unidentified", text, DIAGNOSIS_SENTENCE, "cluster", name, "terms", terms, NULL);
            break;
        }
        return true;
    }
    return false;
}

/* "0301 Oslo, 1151 Utsira ...": at most five */
static void not_measured(const diagnosis *of, const behov_cluster_diagnosis *by, const behov_clusters *clusters,
                         char names[400])
{
    size_t length = 0, count = 0;
    names[0] = '\0';
    for (size_t g = 0; g < behov_clusters_count(clusters) && count < 6; g++) {
        char name[500];
        if (behov_cluster_diagnosis_measure(by, g) != BEHOV_LEFT_OUT_NOT_MEASURED)
            continue;
        if (by == of->by_cluster)
            diagnosis_cluster_name(of, g, name);
        else
            behov_clusters_label(clusters, g, name);
        length += ++count < 6 ? (size_t)snprintf(names + length, 400 - length, "%s%.*s", count > 1 ? ", " : "",
                                              label_clip(name, 70), name)
                              : (size_t)snprintf(names + length, 400 - length, " ...");
    }
}

bool diagnosis_left_out_note(const diagnosis *of, size_t wanted, char text[DIAGNOSIS_SENTENCE])
{
    behov_language lang = of->of->of->lang;
    const struct {
        const behov_cluster_diagnosis *by;
        const behov_clusters *clusters;
        const char *own, *not_measured;
    } kinds[] = {
        {of->by_year, of->years, "left_out_year_level", "left_out_years_not_measured"},
        {of->by_municipality, of->is_by_municipality ? of->clusters : of->municipalities, "left_out_municipality_level",
         "left_out_municipalities_not_measured"},
        {of->is_by_municipality ? NULL : of->by_cluster, of->clusters, "left_out_cluster_level",
         "left_out_clusters_not_measured"},
    };
    size_t found = 1;
    if (wanted == 0) {
        const char *unit = of->of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? "unit_1000kr_per_inhabitant"
                           : of->of->of->unit == BEHOV_UNIT_KR_PER_INHABITANT   ? "unit_kr_per_inhabitant"
                                                                                : "unit_of_outcome";
        label_fill(lang, "left_out_explained", text, DIAGNOSIS_SENTENCE, "unit", label(lang, unit), NULL);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].by)
            continue;
        behov_left_out measured = behov_cluster_diagnosis_left_out(kinds[i].by);
        char number[BEHOV_NUMBER_SIZE];
        if (measured.n_level_from_own && found++ == wanted) {
            figure(lang, BEHOV_Q_COUNT, (double)measured.n_level_from_own, number);
            label_fill(lang, kinds[i].own, text, DIAGNOSIS_SENTENCE, "n", number, NULL);
            return true;
        }
        if (measured.n_not_measured && found++ == wanted) {
            figure(lang, BEHOV_Q_COUNT, (double)measured.n_not_measured, number);
            char names[400];
            not_measured(of, kinds[i].by, kinds[i].clusters, names);
            label_fill(lang, kinds[i].not_measured, text, DIAGNOSIS_SENTENCE, "n", number, "names", names, NULL);
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
static behov_status add_numbers(behov_report *report, const char *key, const char *shown, behov_quantity quantity,
                                double *values, behov_error *err)
{
    if (!values)
        return no_memory(err);
    behov_status status =
        behov_report_add_numbers(report, (behov_report_column){key, shown, quantity}, values, true, err);
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

behov_status diagnosis_coefficients(const diagnosis *of, behov_report **out, behov_error *err)
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
    size_t n = behov_design_n_regressors(of->of->design),
           n_clusters = of->clusters ? behov_clusters_count(of->clusters) : 0;
    behov_language lang = of->of->of->lang;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_coefficients", n, NULL, &report, err);
    if (!status)
        status = add_text(report, "variable", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_text(report, "term", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        if (columns[c].needs_clusters && !of->by_cluster)
            continue;
        values[c] = numbers(n);
        status = add_numbers(report, columns[c].key, NULL, columns[c].quantity, values[c], err);
        if (!status && c == PARTIAL)
            status = add_text(report, "largest_partial_leverage_of", BEHOV_Q_TEXT, err);
    }
    for (size_t k = 0; k < n && !status; k++) {
        values[COEFFICIENT][k] = of->of->coefficients[k].estimate;
        values[VIF][k] = of->vif[k];
        status = behov_report_set_text(report, 0, k, model_label(&of->of->of->model, lang, term_of(of, k)), err);
        if (!status)
            status = behov_report_set_text(report, 1, k, term_of(of, k), err);
        if (status || !of->by_cluster || behov_fit_is_dropped(of->of->fit, k))
            continue;
        for (size_t g = 0; g < n_clusters; g++) {
            double without = behov_cluster_diagnosis_without(of->by_cluster, g, k);
            values[LOWEST][k] = fmin(values[LOWEST][k], without);
            values[HIGHEST][k] = fmax(values[HIGHEST][k], without);
        }
        size_t cluster = largest_partial(of, k);
        char name[500];
        diagnosis_cluster_name(of, cluster, name);
        values[PARTIAL][k] = 100 * behov_cluster_diagnosis_partial_leverage(of->by_cluster)[cluster * n + k];
        values[ZERO][k] = behov_cluster_diagnosis_effective(of->by_cluster, k, 0);
        values[ONE][k] = behov_cluster_diagnosis_effective(of->by_cluster, k, 1);
        status = behov_report_set_text(report, 2 + PARTIAL + 1, k, name, err);
    }
    return finish(status, report, out);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

behov_status diagnosis_summary(const diagnosis *of, behov_report **out, behov_error *err)
{
    enum { SMALLEST, MEDIAN, MEAN, LARGEST, VARIATION, N_FIGURES };
    static const char *const keys[N_FIGURES] = {"smallest", "median", "mean", "largest", "coefficient_of_variation"};
    behov_language lang = of->of->of->lang;
    size_t n = behov_design_n_regressors(of->of->design), n_clusters = behov_clusters_count(of->clusters),
           n_rows = 2 + n;
    double *values[N_FIGURES] = {0}, *sorted = numbers(n_clusters);
    behov_report *report = NULL;
    behov_status status = sorted ? behov_report_new("diagnosis_summary", n_rows, NULL, &report, err) : no_memory(err);
    if (!status)
        status = add_text(report, "what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = numbers(n_rows);
        status = add_numbers(report, keys[c], NULL, BEHOV_Q_COEFFICIENT, values[c], err);
    }
    if (!status)
        status = add_text(report, "largest_is", BEHOV_Q_TEXT, err);
    for (size_t i = 0; i < n_rows && !status; i++) {
        char name[500], what[600], term[STUDY_TERM];
        size_t largest = 0;
        double mean = 0;
        for (size_t g = 0; g < n_clusters; g++) {
            sorted[g] = i == 0   ? behov_cluster_diagnosis_sizes(of->by_cluster)[g]
                        : i == 1 ? behov_cluster_diagnosis_leverage(of->by_cluster)[g]
                                 : 100 * behov_cluster_diagnosis_partial_leverage(of->by_cluster)[g * n + i - 2];
            largest = sorted[g] > sorted[largest] ? g : largest;
            mean += sorted[g];
        }
        label_fill(lang,
                   i == 0   ? "summary_sizes"
                   : i == 1 ? "summary_leverage"
                            : "summary_partial",
                   what, sizeof what, "term", i > 1 ? term_said(of, i - 2, term) : "", NULL);
        status = behov_report_set_text(report, 0, i, what, err);
        if (status || isnan(mean))
            continue;
        mean /= (double)n_clusters;
        values[VARIATION][i] = behov_coefficient_of_variation(sorted, n_clusters);
        bool all_equal = values[VARIATION][i] == 0;
        qsort(sorted, n_clusters, sizeof *sorted, compare_numbers);
        values[SMALLEST][i] = sorted[0];
        values[MEDIAN][i] = (sorted[(n_clusters - 1) / 2] + sorted[n_clusters / 2]) / 2;
        values[MEAN][i] = mean;
        values[LARGEST][i] = sorted[n_clusters - 1];
        diagnosis_cluster_name(of, largest, name);
        if (!all_equal)
            status = behov_report_set_text(report, 1 + N_FIGURES, i, name, err);
    }
    free(sorted);
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

static behov_status set_names(const behov_panel *panel, behov_report *report, size_t n_columns, size_t at, size_t row,
                              const char *other, behov_error *err)
{
    if (n_columns == 0)
        return behov_report_set_text(report, 0, at, other, err);
    size_t column = 0;
    behov_status status = BEHOV_OK;
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        status = behov_report_set_text(report, column++, at, behov_panel_code(panel, row), err);
    if (!status && panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0)
        status = behov_report_set_text(report, column, at, behov_panel_municipality(panel, row), err);
    return status;
}

static behov_quantity quantity_shown(const diagnosis *of, behov_quantity quantity)
{
    return quantity == BEHOV_Q_OUTCOME ? study_amount_quantity(of->of->of) : quantity;
}

behov_status diagnosis_clusters(const diagnosis *of, behov_report **out, behov_error *err)
{
    behov_language lang = of->of->of->lang;
    const behov_panel *panel = &of->of->of->panel;
    size_t n = behov_design_n_regressors(of->of->design), n_clusters = behov_clusters_count(of->clusters), n_names,
           n_rows;
    const uint32_t *rows = behov_design_estimated(of->of->design, &n_rows);
    double *sizes = NULL, *leverage = NULL, *rmse = NULL, *change = NULL;
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_clusters", n_clusters, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, of->is_by_municipality, "cluster", &n_names, err);
    if (!status)
        status = add_numbers(report, "rows", NULL, BEHOV_Q_COUNT, sizes = numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "leverage", NULL, BEHOV_Q_COEFFICIENT, leverage = numbers(n_clusters), err);
    if (!status)
        status = add_numbers(report, "left_out_rmse", NULL, study_amount_quantity(of->of->of), rmse = numbers(n_clusters), err);
    if (!status)
        status = add_text(report, "moves_most", BEHOV_Q_TEXT, err);
    if (!status)
        status = add_numbers(report, "change_in_se", NULL, BEHOV_Q_T, change = numbers(n_clusters), err);
    size_t moves_column = status ? 0 : behov_report_n_columns(report) - 2;
    for (size_t k = 0; k < n && !status; k++) {
        char shown[600], term[STUDY_TERM];
        double *without = numbers(n_clusters);
        for (size_t g = 0; without && g < n_clusters; g++)
            without[g] = behov_cluster_diagnosis_without(of->by_cluster, g, k);
        label_fill(lang, "without_cluster", shown, sizeof shown, "term", term_said(of, k, term), NULL);
        status = add_numbers(report, term_of(of, k), shown, BEHOV_Q_COEFFICIENT, without, err);
    }
    for (size_t g = 0; g < n_clusters && !status; g++) {
        char name[500];
        sizes[g] = behov_cluster_diagnosis_sizes(of->by_cluster)[g];
        leverage[g] = behov_cluster_diagnosis_leverage(of->by_cluster)[g];
        rmse[g] = behov_cluster_diagnosis_left_out_rmse(of->by_cluster)[g];
        diagnosis_cluster_name(of, g, name);
        status = set_names(panel, report, n_names, g, rows[of->first_rows[g]], name, err);
    }
    for (size_t i = 0; i < of->n_movers && !status; i++) {
        change[of->movers[i].cluster] = of->movers[i].change_in_se;
        status = behov_report_set_text(report, moves_column, of->movers[i].cluster,
                                       term_of(of, of->movers[i].regressor), err);
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

behov_status diagnosis_rows(const diagnosis *of, size_t n_most, behov_report **out, behov_error *err)
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
    const behov_panel *panel = &of->of->of->panel;
    bool has_year = panel->columns[BEHOV_ROLE_YEAR] >= 0;
    size_t n_rows, n_names;
    const uint32_t *rows = behov_design_estimated(of->of->design, &n_rows);
    size_t n = n_most && n_most < n_rows ? n_most : n_rows, *at = malloc((n + 1) * sizeof *at);
    if (!at)
        return no_memory(err);
    for (size_t i = 0; i < n; i++)
        at[i] = i;
    if (n_most)
        n = behov_row_diagnosis_largest(of->rows, BEHOV_ROW_COOKS_DISTANCE, n, at);
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_rows", n, NULL, &report, err);
    if (!status)
        status = name_columns(panel, report, true, "row_number", &n_names, err);
    double *years = NULL;
    if (!status && has_year)
        status = add_numbers(report, "year", NULL, BEHOV_Q_YEAR, years = numbers(n), err);
    for (size_t i = 0; i < n && !status; i++) {
        char number[32];
        snprintf(number, sizeof number, "%lu", (unsigned long)rows[at[i]] + 1);
        status = set_names(panel, report, n_names, i, rows[at[i]], number, err);
        if (has_year)
            years[i] = behov_panel_year(panel, rows[at[i]]);
    }
    if (!status) /* other outcomes than expenditure have this table too */
        status = add_numbers(report, "actual", label(of->of->of->lang, "actual_other"),
                             study_amount_quantity(of->of->of),
                             outcomes(of->of->design, at, n), err);
    for (size_t c = 0; c < sizeof columns / sizeof *columns && !status; c++) {
        double *values = numbers(n);
        for (size_t i = 0; values && i < n; i++)
            values[i] = behov_row_diagnosis_values(of->rows, columns[c].measure)[at[i]];
        status = add_numbers(report, columns[c].key, NULL, quantity_shown(of, columns[c].quantity), values, err);
    }
    free(at);
    return finish(status, report, out);
}

behov_status diagnosis_left_out(const diagnosis *of, behov_report **out, behov_error *err)
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
    behov_language lang = of->of->of->lang;
    const struct {
        const behov_cluster_diagnosis *by;
        const char *label;
    } kinds[] = {{of->by_municipality, "left_out_municipality"},
                 {of->is_by_municipality ? NULL : of->by_cluster, "left_out_cluster"},
                 {of->by_year, "left_out_year"}};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        n += kinds[i].by != NULL;
    size_t n_years = of->by_year ? behov_cluster_diagnosis_n_clusters(of->by_year) : 0;
    double *values[N_FIGURES] = {0};
    behov_report *report = NULL;
    behov_status status = behov_report_new("diagnosis_left_out", n + n_years, NULL, &report, err);
    if (!status)
        status = add_text(report, "left_out_what", BEHOV_Q_TEXT, err);
    for (size_t c = 0; c < N_FIGURES && !status; c++) {
        values[c] = numbers(n + n_years);
        status = add_numbers(report, columns[c].key, NULL, quantity_shown(of, columns[c].quantity), values[c], err);
    }
    size_t at = 0;
    for (size_t i = 0; i < 3 && !status; i++) {
        if (!kinds[i].by)
            continue;
        behov_left_out all = behov_cluster_diagnosis_left_out(kinds[i].by);
        char what[300];
        label_fill(lang, kinds[i].label, what, sizeof what, "key", of->key ? of->key : "", NULL);
        values[RMSE][at] = all.rmse;
        values[MAE][at] = all.mae;
        values[IN_RMSE][at] = all.in_sample_rmse;
        values[IN_MAE][at] = all.in_sample_mae;
        values[GROUPS][at] = (double)(all.n_measured + all.n_level_from_own);
        values[NOT_MEASURED][at] = (double)all.n_not_measured;
        status = behov_report_set_text(report, 0, at++, what, err);
    }
    for (size_t t = 0; t < n_years && !status; t++, at++) {
        char year[400], what[500];
        behov_clusters_label(of->years, t, year);
        snprintf(what, sizeof what, "  ");
        label_fill(lang, "left_out_this_year", what + 2, sizeof what - 2, "year", year, NULL);
        values[RMSE][at] = behov_cluster_diagnosis_left_out_rmse(of->by_year)[t];
        values[IN_RMSE][at] = behov_cluster_diagnosis_in_sample_rmse(of->by_year)[t];
        status = behov_report_set_text(report, 0, at, what, err);
    }
    return finish(status, report, out);
}
