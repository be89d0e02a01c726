/* estimation.c - one estimation, step by step, with what the options ask for. */
#include <behov/estimation.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/clustering.h>
#include <behov/default_errors.h>

void behov_estimation_free(behov_estimation *estimation)
{
    free(estimation->coefficients);
    free(estimation->by_municipality);
    behov_need_free(estimation->need);
    behov_vcov_free(estimation->vcov);
    behov_vcov_free(estimation->municipality_vcov);
    behov_fit_free(estimation->fit);
    behov_factors_free(estimation->factors);
    behov_clusters_free(estimation->clusters);
    behov_clusters_free(estimation->second_clusters);
    behov_design_free(estimation->design);
}

/* A fault of the model's own key of clusters is said to be the model's. */
static behov_status name_the_model(const behov_study *study, const behov_fit_choices *choices, behov_status status,
                                   behov_error *err)
{
    const char *key = PHRASE_CLUSTER_WHERE, *place = status && err ? strstr(err->place, key) : NULL;
    if (!place || !choices->cluster || choices->asked_cluster || !study->model.cluster ||
        strcmp(choices->cluster, study->model.cluster) != 0)
        return status;
    behov_error fault = *err;
    char where[BEHOV_PLACE_SIZE];
    snprintf(where, sizeof where, "%.*s%s%s", (int)(place - err->place), err->place, PHRASE_ESTIMATION_WHERE_CLUSTER,
             place + strlen(key));
    return behov_error_forward(err, status, where, &fault);
}

behov_status behov_estimation_make(const behov_study *study, const behov_fit_choices *choices,
                                   behov_estimation *estimation, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind), two_way = clustered && choices->second_cluster;
    const char **keys = calloc(choices->n_more_keys + 2, sizeof *keys);
    size_t n_keys = 0;
    if (!keys)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FITTING_NO_MEMORY_FOR_CLUSTERS);
    if (clustered)
        keys[n_keys++] = choices->cluster;
    if (two_way)
        keys[n_keys++] = choices->second_cluster;
    for (size_t i = 0; i < choices->n_more_keys; i++)
        keys[n_keys++] = choices->more_keys[i];
    behov_design_options options = {.exclude = study->exclude,
                                    .set_aside = study->set_aside,
                                    .weights = study->weights,
                                    .weight_kind = study->weight_kind,
                                    .cluster_keys = keys,
                                    .n_cluster_keys = n_keys,
                                    .absorb = choices->absorb,
                                    .n_threads = study->n_threads};
    size_t n_rows;
    behov_status status = behov_findings_refuse_lacking(study, true, err);
    if (!status)
        status = behov_design_new(study->formula, study->table, &options, &estimation->design, err);
    free(keys);
    if (!status && clustered) {
        const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
        status = behov_clusters_new(study->table, choices->cluster, rows, n_rows, &estimation->clusters, err);
        if (!status && two_way)
            status = behov_clusters_new(study->table, choices->second_cluster, rows, n_rows,
                                        &estimation->second_clusters, err);
    }
    if (!status)
        status = behov_factors_new(estimation->design, choices->keep_clusters ? estimation->clusters : NULL,
                                   &estimation->factors, err);
    if (!status)
        status = behov_fit_new(estimation->design, estimation->factors,
                               &(behov_fit_options){.drop_collinear = choices->drop_collinear}, &estimation->fit, err);
    if (!status && two_way)
        status = behov_vcov_two_way(estimation->fit, estimation->design, estimation->clusters,
                                    estimation->second_clusters, choices->kind, &estimation->vcov, err);
    else if (!status)
        status = behov_default_errors_make(study, choices, estimation, err);
    return name_the_model(study, choices, status, err);
}

behov_status behov_estimation_errors(const behov_study *study, const behov_estimation *estimation,
                                     const behov_clusters *clusters, behov_vcov_kind kind, behov_vcov **vcov,
                                     behov_error *err)
{
    return kind == BEHOV_VCOV_CV2 && clusters
               ? behov_vcov_cv2(estimation->fit, estimation->design, clusters, study->working, vcov, err)
               : behov_vcov_new(estimation->fit, estimation->design, clusters, kind, vcov, err);
}

/* A pass over the rows: for the largest panels `behov diagnose` alone makes it. */
static const double MOST_WORK = 2e8; /* rows x coefficients^2: about 0.2 s */

behov_status behov_estimation_count_effective(const behov_estimation *estimation, behov_fit_results *out,
                                              behov_error *err)
{
    size_t n = behov_design_n_regressors(estimation->design),
           first = behov_design_has_intercept(estimation->design) && n > 1;
    size_t n_rows;
    behov_design_estimated(estimation->design, &n_rows);
    double work = (double)n_rows * (double)n * (double)n;
    if (!estimation->clusters || estimation->second_clusters ||
        behov_clusters_count(estimation->clusters) < BEHOV_FEW_CLUSTERS || work > MOST_WORK)
        return BEHOV_OK;
    double *effective = calloc(n, sizeof *effective);
    if (!effective)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FITTING_NO_MEMORY_FOR_EFFECTIVE);
    behov_status status =
        behov_effective_clusters(estimation->fit, estimation->design, estimation->clusters, effective, err);
    for (size_t k = first; k < n && !status; k++) {                      /* the constant moves with the others */
        if (isnan(effective[k]) || behov_vcov_sole(estimation->vcov, k)) /* one cluster alone: said in words */
            continue;
        out->n_narrow += effective[k] < BEHOV_FEW_CLUSTERS;
        if (out->fewest_effective == 0 || effective[k] < out->fewest_effective) {
            out->next_narrowest = out->narrowest;
            out->fewest_effective = effective[k];
            out->narrowest = k;
        } else if (effective[k] < BEHOV_FEW_CLUSTERS) {
            out->next_narrowest = k; /* the only other one, where n_narrow is 2 */
        }
    }
    free(effective);
    return status;
}

behov_status behov_estimation_infer(const behov_study *study, const behov_fit_choices *choices,
                                    behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind);
    size_t n = behov_design_n_regressors(estimation->design);
    estimation->coefficients = calloc(n, sizeof *estimation->coefficients);
    if (!estimation->coefficients)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_ABSORBED_NO_MEMORY);
    behov_status status = behov_inference(estimation->fit, estimation->vcov,
                                          &(behov_inference_options){choices->level, study->conventions.stars},
                                          estimation->coefficients, err);
    *out = (behov_fit_results){.study = study,
                               .design = estimation->design,
                               .fit = estimation->fit,
                               .vcov = estimation->vcov,
                               .clusters = estimation->clusters,
                               .cluster = clustered ? choices->cluster : NULL,
                               .asked_cluster = choices->asked_cluster,
                               .second_cluster = clustered ? choices->second_cluster : NULL,
                               .coefficients = estimation->coefficients,
                               .level_pct = 100 * choices->level,
                               .floor = choices->floor};
    if (!status)
        status =
            behov_vcov_model_f(estimation->vcov, estimation->fit, &out->f, &out->f_restrictions, &out->f_dof2, err);
    if (!status)
        status = behov_estimation_count_effective(estimation, out, err);
    if (!status)
        out->f_p = behov_f_p(out->f, (double)out->f_restrictions, out->f_dof2);
    return status;
}

behov_status behov_estimation_results(const behov_study *study, const behov_fit_choices *choices,
                                      behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    behov_status status = behov_estimation_make(study, choices, estimation, err);
    if (!status)
        status = behov_estimation_infer(study, choices, estimation, out, err);
    if (!status)
        status = behov_need_new(estimation->design, &study->panel, behov_fit_coefficients(estimation->fit),
                                &(behov_need_options){.unit = study->unit,
                                                      .floor = choices->floor,
                                                      .is_transformed = behov_study_is_transformed(study)},
                                &estimation->need, err);
    if (!status)
        out->need = estimation->need;
    return status ? status : behov_clustering_compare(study, choices, estimation, out, err);
}

behov_status behov_estimation_has_residuals(const behov_study *study, const behov_fit *fit, behov_error *err)
{
    if (!behov_fit_is_exact(fit))
        return BEHOV_OK;
    if (isnan(behov_fit_r2(fit)))
        return behov_error_say(err, BEHOV_E_DATA, behov_table_source(study->table), SAY_FITTING_NOTHING_TO_EXPLAIN,
                               behov_formula_outcome_name(study->formula));
    return behov_error_say(err, BEHOV_E_DATA, behov_table_source(study->table), SAY_FITTING_IS_EXACT,
                           behov_formula_outcome_name(study->formula));
}
