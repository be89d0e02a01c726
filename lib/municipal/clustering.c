/* clustering.c - see clustering.h.
 *
 * A municipality's years share what lasts in it, so errors that take them for independent are too small: with a lasting
 * effect and a true null, tests at 5 per cent reject 48 in a hundred with classical errors, 47 clustered on the
 * population figure, 8 on the municipality (simulated; Bertrand, Duflo & Mullainathan 2004 have the same of states). */
#include <behov/clustering.h>

#include <behov/cluster.h>
#include <behov/default_errors.h>
#include <behov/vcov.h>
#include <stdlib.h>

const char *behov_clustering_municipality(const behov_panel *panel)
{
    if (panel->columns[BEHOV_ROLE_CODE] >= 0)
        return behov_role_name(BEHOV_ROLE_CODE);
    return panel->columns[BEHOV_ROLE_MUNICIPALITY] >= 0 ? behov_role_name(BEHOV_ROLE_MUNICIPALITY) : NULL;
}

const char *behov_clustering_of_model(const behov_model *model)
{
    return model->cluster && model->cluster[0] ? model->cluster : NULL;
}

/* Municipalities of the rows estimated on; NULL without a key, or where a row lacks it. */
static behov_status find_municipalities(const behov_study *study, const behov_design *design,
                                        behov_clusters **municipalities, behov_error *err)
{
    const char *key = behov_clustering_municipality(&study->panel);
    behov_error inner;
    size_t n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    *municipalities = NULL;
    if (!key || n_rows == 0)
        return BEHOV_OK;
    behov_status status = behov_clusters_new(study->table, key, rows, n_rows, municipalities, &inner);
    if (status != BEHOV_E_MEMORY)
        return BEHOV_OK;
    *err = inner;
    return status;
}

/* Whether rows that the design is estimated on repeat a municipality, and of how many municipalities they are. */
static behov_status repeat(const behov_study *study, const behov_design *design, bool *repeats,
                           size_t *n_municipalities, behov_error *err)
{
    behov_clusters *municipalities;
    behov_status status = find_municipalities(study, design, &municipalities, err);
    if (status)
        return status;
    *n_municipalities = municipalities ? behov_clusters_count(municipalities) : 0;
    *repeats = municipalities && *n_municipalities < behov_clusters_n_rows(municipalities);
    behov_clusters_free(municipalities);
    return BEHOV_OK;
}

/* ---- the choice ---------------------------------------------------------------------------------------------------- */

/* Whether the rows that a fit with these choices would be estimated on repeat one of several municipalities: the rows of
 * one alone are one cluster, of which no error follows. A fit that cannot be made says so itself, later. */
static behov_status would_repeat(const behov_study *study, const behov_fit_choices *choices, bool *repeats,
                                 behov_error *err)
{
    behov_design_options options = {.exclude = study->exclude,
                                    .set_aside = study->set_aside,
                                    .weights = study->weights,
                                    .weight_kind = study->weight_kind,
                                    .cluster_keys = choices->more_keys,
                                    .n_cluster_keys = choices->n_more_keys,
                                    .n_threads = study->n_threads};
    behov_design *design = NULL;
    behov_error inner;
    *repeats = false;
    behov_status status = behov_design_new(study->formula, study->table, &options, &design, &inner);
    if (status == BEHOV_E_MEMORY)
        *err = inner;
    if (status)
        return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
    size_t n_municipalities = 0;
    status = repeat(study, design, repeats, &n_municipalities, err);
    *repeats = *repeats && n_municipalities > 1;
    behov_design_free(design);
    return status;
}

behov_status behov_clustering_choose(const behov_cluster_options *cluster_options, const behov_study *study,
                                     behov_fit_choices *choices, behov_error *err)
{
    const char *municipality = behov_clustering_municipality(&study->panel);
    bool is_open = !cluster_options->is_given && !study->model.cluster && municipality, repeats = false;
    behov_status status = is_open ? would_repeat(study, choices, &repeats, err) : BEHOV_OK;
    if (status)
        return status;
    choices->cluster = cluster_options->is_given ? cluster_options->keys[0]
                       : repeats                 ? municipality
                                                 : behov_clustering_of_model(&study->model);
    choices->is_default_cluster = repeats;
    choices->second_cluster = cluster_options->keys[1];
    choices->asked_cluster = !cluster_options->is_given ? NULL
                             : cluster_options->keys[0] ? cluster_options->keys[0]
                                                        : "";
    return BEHOV_OK;
}

/* ---- what the municipality gives ----------------------------------------------------------------------------------- */

/* Whether rows of one municipality lie in several of the clusters. */
static behov_status part(const behov_clusters *municipalities, const behov_clusters *clusters, bool *parts,
                         behov_error *err)
{
    bool are_within = true;
    behov_status status = clusters ? behov_clusters_are_within(municipalities, clusters, &are_within, err) : BEHOV_OK;
    *parts = !are_within;
    return status;
}

behov_status behov_clustering_parts(const behov_study *study, const behov_design *design,
                                    const behov_clusters *clusters, bool *parts, behov_error *err)
{
    behov_clusters *municipalities;
    *parts = false;
    behov_status status = find_municipalities(study, design, &municipalities, err);
    if (!status && municipalities)
        status = part(municipalities, clusters, parts, err);
    behov_clusters_free(municipalities);
    return status;
}

static const double MOST_WORK = 2e8; /* rows x coefficients^2, as for effective clusters */

static behov_vcov_kind kind_by_municipality(const behov_study *study, const behov_fit_choices *choices,
                                            const behov_clusters *municipalities)
{
    behov_fit_choices by_municipality = *choices;
    by_municipality.cluster = behov_clustering_municipality(&study->panel);
    by_municipality.second_cluster = NULL;
    return choices->is_default_kind || !behov_vcov_kind_is_clustered(choices->kind)
               ? behov_default_errors_kind(study, &by_municipality, behov_clusters_count(municipalities))
               : choices->kind;
}

static behov_status infer(const behov_study *study, const behov_fit_choices *choices,
                          const behov_clusters *municipalities, behov_estimation *estimation, behov_error *err)
{
    size_t n = behov_design_n_regressors(estimation->design);
    behov_vcov *vcov = NULL;
    behov_error inner;
    if ((double)behov_fit_n_rows(estimation->fit) * (double)n * (double)n > MOST_WORK)
        return BEHOV_OK;
    behov_status status = behov_vcov_new(estimation->fit, estimation->design, municipalities,
                                         kind_by_municipality(study, choices, municipalities), &vcov, &inner);
    if (status == BEHOV_E_MEMORY)
        *err = inner;
    if (status)
        return status == BEHOV_E_MEMORY ? status : BEHOV_OK;
    estimation->municipality_vcov = vcov;
    if (!estimation->clusters)
        return BEHOV_OK;
    estimation->by_municipality = calloc(n, sizeof *estimation->by_municipality);
    return estimation->by_municipality
               ? behov_inference(estimation->fit, vcov,
                                 &(behov_inference_options){choices->level, study->conventions.stars},
                                 estimation->by_municipality, err)
               : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FITTING_NO_MEMORY_FOR_CLUSTERS);
}

behov_status behov_clustering_compare(const behov_study *study, const behov_fit_choices *choices,
                                      behov_estimation *estimation, behov_fit_results *out, behov_error *err)
{
    behov_clusters *municipalities;
    bool parts = false, parts_second = true;
    out->has_fewest_in_second =
        estimation->clusters && estimation->second_clusters &&
        behov_clusters_count(estimation->second_clusters) < behov_clusters_count(estimation->clusters);
    out->is_default_cluster = choices->is_default_cluster && estimation->clusters;
    out->is_default_kind = choices->is_default_kind;
    out->has_no_jackknife = estimation->has_no_jackknife;
    if (behov_fit_is_exact(estimation->fit))
        return BEHOV_OK;
    behov_status status = find_municipalities(study, estimation->design, &municipalities, err);
    if (status || !municipalities)
        return status;
    out->repeats_municipalities = behov_clusters_count(municipalities) < behov_clusters_n_rows(municipalities);
    if (estimation->clusters)
        status = part(municipalities, estimation->clusters, &parts, err);
    if (!status && estimation->second_clusters)
        status = part(municipalities, estimation->second_clusters, &parts_second, err);
    out->parts_municipalities = parts && parts_second;
    out->n_municipality_clusters = behov_clusters_count(municipalities);
    if (!status && (out->parts_municipalities || (!estimation->clusters && out->repeats_municipalities)))
        status = infer(study, choices, municipalities, estimation, err);
    out->by_municipality = estimation->by_municipality;
    out->municipality_vcov = estimation->municipality_vcov;
    behov_clusters_free(municipalities);
    return status;
}

/* ---- tests over years ---------------------------------------------------------------------------------------------- */

/* Whether a key holds the rows of every municipality together. */
static behov_status holds(const behov_study *study, const behov_design *design, const behov_clusters *municipalities,
                          const char *key, bool *is_held, behov_error *err)
{
    behov_clusters *clusters = NULL;
    size_t n_rows;
    bool parts = true;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    behov_status status = key ? behov_clusters_new(study->table, key, rows, n_rows, &clusters, err) : BEHOV_OK;
    if (!status && clusters)
        status = part(municipalities, clusters, &parts, err);
    *is_held = !parts;
    behov_clusters_free(clusters);
    return status;
}

behov_status behov_clustering_over_years(const behov_study *study, const behov_design *pooled,
                                         const behov_fit_choices *choices, behov_fit_choices *of_test,
                                         bool *is_replaced, behov_error *err)
{
    behov_clusters *municipalities;
    bool is_clustered = behov_vcov_kind_is_clustered(choices->kind), is_held = false, is_held_by_second = false;
    *of_test = *choices;
    *is_replaced = false;
    behov_status status = find_municipalities(study, pooled, &municipalities, err);
    if (status || !municipalities)
        return status;
    if (is_clustered)
        status = holds(study, pooled, municipalities, choices->cluster, &is_held, err);
    if (!status && is_clustered)
        status = holds(study, pooled, municipalities, choices->second_cluster, &is_held_by_second, err);
    bool repeats = behov_clusters_count(municipalities) < behov_clusters_n_rows(municipalities);
    behov_clusters_free(municipalities);
    if (status || !repeats || is_held || is_held_by_second)
        return status;
    *is_replaced = true;
    of_test->cluster = behov_clustering_municipality(&study->panel);
    of_test->second_cluster = NULL;
    if (!is_clustered) {
        of_test->kind = BEHOV_VCOV_CV1;
        of_test->is_default_kind = true; /* of these clusters nobody has said anything */
    }
    return BEHOV_OK;
}
