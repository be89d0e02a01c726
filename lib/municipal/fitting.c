/* fitting.c - one estimation, step by step, with what the options ask for. */
#include "fitting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void cluster_options_choose(const cluster_options *read, const behov_study *of, fit_choices *choices)
{
    choices->cluster = read->is_given ? read->keys[0] : of->model.cluster;
    choices->second_cluster = read->keys[1];
    choices->asked_cluster = !read->is_given ? NULL : read->keys[0] ? read->keys[0] : "";
}

void fitting_free(fitting *of)
{
    free(of->coefficients);
    behov_need_free(of->need);
    behov_vcov_free(of->vcov);
    behov_fit_free(of->fit);
    behov_factors_free(of->factors);
    behov_clusters_free(of->clusters);
    behov_clusters_free(of->second_clusters);
    behov_design_free(of->design);
}

behov_status fitting_make(const behov_study *of, const fit_choices *choices, fitting *made, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind), two_way = clustered && choices->second_cluster;
    const char **keys = calloc(choices->n_more_keys + 2, sizeof *keys);
    size_t n_keys = 0;
    if (!keys)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the clusters");
    if (clustered)
        keys[n_keys++] = choices->cluster;
    if (two_way)
        keys[n_keys++] = choices->second_cluster;
    for (size_t i = 0; i < choices->n_more_keys; i++)
        keys[n_keys++] = choices->more_keys[i];
    behov_design_options options = {.exclude = of->exclude, .set_aside = of->set_aside,
                                    .weights = of->weights, .weight_kind = of->weight_kind,
                                    .cluster_keys = keys, .n_cluster_keys = n_keys, .absorb = choices->absorb};
    size_t n_rows;
    behov_status status = behov_design_new(of->formula, of->table, &options, &made->design, err);
    free(keys);
    if (!status && clustered) {
        const uint32_t *rows = behov_design_estimated(made->design, &n_rows);
        status = behov_clusters_new(of->table, choices->cluster, rows, n_rows, &made->clusters, err);
        if (!status && two_way)
            status = behov_clusters_new(of->table, choices->second_cluster, rows, n_rows, &made->second_clusters, err);
    }
    if (!status)
        status = behov_factors_new(made->design, choices->keep_clusters ? made->clusters : NULL, &made->factors, err);
    if (!status)
        status = behov_fit_new(made->design, made->factors,
                               &(behov_fit_options){.drop_collinear = choices->drop_collinear}, &made->fit, err);
    if (!status && two_way)
        status = behov_vcov_two_way(made->fit, made->design, made->clusters, made->second_clusters, choices->kind,
                                    &made->vcov, err);
    else if (!status)
        status = behov_vcov_new(made->fit, made->design, made->clusters, choices->kind, &made->vcov, err);
    return status;
}

/* A pass over the rows: for the largest panels `behov diagnose` alone makes it. */
static const double MOST_WORK = 2e8; /* rows x coefficients^2: about 0.2 s */

behov_status fitting_count_effective(const fitting *made, results *out, behov_error *err)
{
    size_t n = behov_design_n_regressors(made->design), first = behov_design_has_intercept(made->design) && n > 1;
    double work = (double)behov_fit_n_rows(made->fit) * (double)n * (double)n;
    if (!made->clusters || made->second_clusters || behov_clusters_count(made->clusters) < BEHOV_FEW_CLUSTERS ||
        work > MOST_WORK)
        return BEHOV_OK;
    double *effective = calloc(n, sizeof *effective);
    if (!effective)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the effective number of clusters");
    behov_status status = behov_effective_clusters(made->fit, made->design, made->clusters, effective, err);
    for (size_t k = first; k < n && !status; k++) { /* the constant moves with the others */
        if (isnan(effective[k]) || behov_vcov_sole(made->vcov, k)) /* one cluster alone: said in words */
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

behov_status fitting_results(const behov_study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
{
    bool clustered = behov_vcov_kind_is_clustered(choices->kind);
    behov_status status = fitting_make(of, choices, made, err);
    if (status)
        return status;
    size_t n = behov_design_n_regressors(made->design);
    made->coefficients = calloc(n, sizeof *made->coefficients);
    if (!made->coefficients)
        return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the coefficients");
    status = behov_inference(made->fit, made->vcov, &(behov_inference_options){.level = choices->level},
                             made->coefficients, err);
    if (!status)
        status = behov_need_new(made->design, &of->panel, behov_fit_coefficients(made->fit),
                                &(behov_need_options){.unit = of->unit, .floor = choices->floor, .is_transformed = study_is_transformed(of)}, &made->need, err);
    *out = (results){.of = of, .design = made->design, .fit = made->fit, .vcov = made->vcov,
                     .cluster = clustered ? choices->cluster : NULL,
                     .asked_cluster = choices->asked_cluster,
                     .has_fewest_in_second = made->clusters && made->second_clusters &&
                                             behov_clusters_count(made->second_clusters) <
                                                 behov_clusters_count(made->clusters),
                     .second_cluster = clustered ? choices->second_cluster : NULL, .coefficients = made->coefficients,
                     .need = made->need, .level_pct = 100 * choices->level, .floor = choices->floor};
    if (!status)
        status = behov_vcov_model_f(made->vcov, made->fit, made->design, &out->f, &out->f_restrictions, err);
    if (!status)
        status = fitting_count_effective(made, out, err);
    if (!status)
        out->f_p = behov_f_p(out->f, (double)out->f_restrictions, behov_vcov_dof(made->vcov));
    return status;
}

behov_status fitting_has_residuals(const behov_study *of, const behov_fit *fit, behov_error *err)
{
    if (!behov_fit_is_exact(fit))
        return BEHOV_OK;
    if (isnan(behov_fit_r2(fit)))
        return behov_error_set(
            err, BEHOV_E_DATA, behov_table_source(of->table),
            "%.80s has the same value in every row used in estimation: there is nothing to explain, compare "
            "or rank; use another outcome, or other rows",
            behov_formula_outcome_name(of->formula));
    return behov_error_set(
        err, BEHOV_E_DATA, behov_table_source(of->table),
        "the regressors give %.80s exactly, within the rounding of the figures: no residual is left, "
        "so there is nothing to compare, rank or judge errors by; look for a column that was "
        "computed from it, and leave it out",
        behov_formula_outcome_name(of->formula));
}
