/* diagnosis.c - from a fit to what it depends on. */
#include <behov/diagnosis.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>

static behov_status no_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_DIAGNOSIS_NO_MEMORY);
}

/* ---- computing ------------------------------------------------------------------------------------------------------
 */

const char *behov_diagnosis_default_key(const behov_study *study)
{
    const char *key = behov_clustering_municipality(&study->panel);
    return key ? key : behov_clustering_of_model(&study->model);
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

/* The clusters of merged factors, which are of no table. */
static behov_status copy_clusters(const behov_clusters *clusters, behov_clusters **copy, behov_error *err)
{
    enum { LABEL = 400 };
    size_t n = behov_clusters_count(clusters);
    char *texts = malloc(n * LABEL + 1);
    const char **labels = malloc((n + 1) * sizeof *labels);
    behov_status status = texts && labels ? BEHOV_OK : no_memory(err);
    for (size_t g = 0; g < n && !status; g++) {
        labels[g] = texts + g * LABEL;
        behov_clusters_label(clusters, g, texts + g * LABEL);
    }
    if (!status)
        status = behov_clusters_given(behov_clusters_key(clusters), labels, n, behov_clusters_of_rows(clusters),
                                      behov_clusters_n_rows(clusters), copy, err);
    free(texts);
    free(labels);
    return status;
}

/* Clusters of the rows estimated on, and their diagnosis; neither when there are fewer than two (unless asked for). */
static behov_status leave_out_by(const behov_fit_results *fit_results, const char *key, bool is_asked_for,
                                 behov_clusters **clusters, behov_cluster_diagnosis **cluster_diagnosis,
                                 behov_error *err)
{
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(fit_results->design, &n_rows);
    behov_status status = behov_design_is_merged(fit_results->design)
                              ? copy_clusters(fit_results->clusters, clusters, err)
                              : behov_clusters_new(fit_results->study->table, key, rows, n_rows, clusters, err);
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
        diagnosis->is_one_municipality[g] = behov_clustering_municipality(panel) != NULL;
    }
    for (size_t i = 0; i < n_rows; i++) {
        size_t g = of_rows[i];
        if (diagnosis->first_rows[g] == UINT32_MAX)
            diagnosis->first_rows[g] = (uint32_t)i;
        uint32_t first = behov_row_at(rows, diagnosis->first_rows[g]);
        if (strcmp(behov_panel_code(panel, first), behov_panel_code(panel, behov_row_at(rows, i))) != 0 ||
            (panel->columns[BEHOV_ROLE_CODE] < 0 &&
             strcmp(behov_panel_municipality(panel, first), behov_panel_municipality(panel, behov_row_at(rows, i))) !=
                 0))
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
    const char *municipality = behov_clustering_municipality(&fit_results->study->panel);
    size_t n = behov_design_n_regressors(fit_results->design);
    behov_factors *factors = NULL;
    diagnosis->vif = malloc((n + 1) * sizeof *diagnosis->vif);
    diagnosis->standard_errors = malloc((n + 1) * sizeof *diagnosis->standard_errors);
    behov_status status = diagnosis->vif && diagnosis->standard_errors ? BEHOV_OK : no_memory(err);
    if (!status)
        status = behov_factors_new(fit_results->design, NULL, &factors, err);
    if (!status) {
        behov_diagnose_vif(fit_results->fit, factors, diagnosis->vif);
        if (!coefficients_alone && !behov_design_is_merged(fit_results->design))
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

/* ---- what stands out ------------------------------------------------------------------------------------------------
 */

size_t behov_diagnosis_largest_partial(const behov_diagnosis *diagnosis, size_t regressor)
{
    size_t n_clusters = behov_clusters_count(diagnosis->clusters),
           n = behov_design_n_regressors(diagnosis->fit_results->design), largest = 0;
    const double *partial = behov_cluster_diagnosis_partial_leverage(diagnosis->by_cluster);
    for (size_t g = 1; g < n_clusters; g++)
        if (partial[g * n + regressor] > partial[largest * n + regressor])
            largest = g;
    return largest;
}

size_t behov_diagnosis_narrowest_regressor(const behov_diagnosis *diagnosis)
{
    size_t n = behov_design_n_regressors(diagnosis->fit_results->design), narrowest = n;
    for (size_t k = 0; diagnosis->by_cluster && k < n; k++) {
        double effective = behov_cluster_diagnosis_fewest(diagnosis->by_cluster, k);
        if (!isnan(effective) &&
            (narrowest == n || effective < behov_cluster_diagnosis_fewest(diagnosis->by_cluster, narrowest)))
            narrowest = k;
    }
    return narrowest;
}

behov_status behov_diagnosis_fit(const behov_study *study, const char *key, bool drop_collinear,
                                 behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    behov_fit_choices choices = {
        .cluster = key, .kind = key ? BEHOV_VCOV_CV1 : BEHOV_VCOV_CLASSICAL, .drop_collinear = drop_collinear};
    behov_status status = behov_estimation_make(study, &choices, estimation, err);
    if (status && estimation->clusters && behov_clusters_count(estimation->clusters) < 2)
        return behov_error_say(err, status, study->panel_path, SAY_DIAGNOSE_ONE_CLUSTER, key);
    if (!status)
        status = behov_estimation_has_residuals(study, estimation->fit, err);
    if (status)
        return status;
    estimation->coefficients =
        calloc(behov_design_n_regressors(estimation->design) + 1, sizeof *estimation->coefficients);
    if (!estimation->coefficients)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
    *out = (behov_fit_results){.study = study,
                               .design = estimation->design,
                               .fit = estimation->fit,
                               .vcov = estimation->vcov,
                               .cluster = key,
                               .coefficients = estimation->coefficients};
    return behov_inference(estimation->fit, estimation->vcov, NULL, estimation->coefficients, err);
}
