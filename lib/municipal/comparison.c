/* comparison.c - the same fit read under several covariances. The fit is made once; only covariances differ. */
#include <behov/comparison.h>

#include <behov.h>
#include <behov/clustering.h>
#include <behov/default_errors.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void behov_comparison_free(behov_comparison *comparison)
{
    for (size_t i = 0; i < comparison->n; i++) {
        behov_vcov_free(comparison->readings[i].vcov);
        free(comparison->readings[i].coefficients);
        free(comparison->readings[i].cluster);
    }
    free(comparison->readings);
    *comparison = (behov_comparison){0};
}

/* ---- lists of keys -------------------------------------------------------------------------------------------------
 */

/* The end of the key that starts at `text`: a comma outside brackets, or the end. */
static const char *end_of_key(const char *text)
{
    int depth = 0;
    for (; *text && (*text != ',' || depth > 0); text++)
        depth += (*text == '(') - (*text == ')');
    return text;
}

size_t behov_comparison_n_keys(const char *keys)
{
    size_t n = 1;
    for (const char *end = end_of_key(keys); *end; end = end_of_key(end + 1))
        n++;
    return n;
}

char *behov_comparison_key(const char *keys, size_t i)
{
    const char *source = keys, *end = end_of_key(keys);
    for (; i > 0 && *end; i--) {
        source = end + 1;
        end = end_of_key(source);
    }
    while (source < end && *source == ' ')
        source++;
    while (end > source && end[-1] == ' ')
        end--;
    char *key = malloc((size_t)(end - source) + 1);
    if (key) {
        memcpy(key, source, (size_t)(end - source));
        key[end - source] = '\0';
    }
    return key;
}

/* ---- readings ------------------------------------------------------------------------------------------------------
 */

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_COMPARISON_NO_MEMORY);
}

/* Fills one reading; clusters NULL for the kinds that have none. */
static behov_status read_errors(const behov_study *study, const behov_fit_choices *choices,
                                const behov_estimation *estimation, const behov_clusters *clusters,
                                behov_errors_reading *errors_reading, behov_error *err)
{
    size_t n = behov_design_n_regressors(estimation->design);
    errors_reading->effective_clusters = NAN;
    errors_reading->coefficients = calloc(n, sizeof *errors_reading->coefficients);
    if (!errors_reading->coefficients)
        return out_of_memory(err);
    behov_status status = behov_estimation_errors(study, estimation, clusters, errors_reading->kind,
                                                  &errors_reading->vcov, &errors_reading->why);
    if (status == BEHOV_E_MEMORY) {
        *err = errors_reading->why;
        return status;
    }
    if (status) { /* this kind has no value here: the others are shown, and why */
        errors_reading->vcov = NULL;
        for (size_t k = 0; k < n; k++)
            errors_reading->coefficients[k] = (behov_coefficient){NAN, NAN, NAN, NAN, NAN, NAN, NAN, ""};
        return BEHOV_OK;
    }
    errors_reading->n_clusters = behov_vcov_n_clusters(errors_reading->vcov);
    return behov_inference(estimation->fit, errors_reading->vcov,
                           &(behov_inference_options){choices->level, study->conventions.stars},
                           errors_reading->coefficients, err);
}

behov_status behov_comparison_of_kinds(const behov_study *study, const behov_fit_choices *choices,
                                       const behov_estimation *estimation, behov_comparison *out, behov_error *err)
{
    (void)study;
    *out = (behov_comparison){.readings = calloc(BEHOV_N_VCOV_KINDS, sizeof *out->readings)};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS && !status; kind++) {
        bool clustered = behov_vcov_kind_is_clustered((behov_vcov_kind)kind);
        if (clustered && !estimation->clusters)
            continue;
        behov_errors_reading *next = &out->readings[out->n++];
        next->kind = (behov_vcov_kind)kind;
        if (clustered && !(next->cluster = behov_comparison_key(choices->cluster, 0)))
            return out_of_memory(err);
        status = read_errors(study, choices, estimation, clustered ? estimation->clusters : NULL, next, err);
    }
    return status;
}

/* Of the kind that is asked for, else of that which a fit with these clusters alone would have. */
static behov_status read_clustering(const behov_study *study, const behov_fit_choices *choices,
                                    const behov_estimation *estimation, const behov_clusters *clusters,
                                    behov_vcov_kind kind, behov_errors_reading *errors_reading, behov_error *err)
{
    behov_fit_choices alone = *choices;
    alone.cluster = errors_reading->cluster;
    alone.second_cluster = alone.asked_cluster = NULL;
    errors_reading->kind =
        choices->is_default_kind ? behov_default_errors_kind(study, &alone, behov_clusters_count(clusters)) : kind;
    behov_status status = read_errors(study, choices, estimation, clusters, errors_reading, err);
    if (status || errors_reading->vcov || errors_reading->kind == kind)
        return status;
    free(errors_reading->coefficients); /* the default has no value here */
    errors_reading->kind = kind;
    errors_reading->has_no_jackknife = true;
    return read_errors(study, choices, estimation, clusters, errors_reading, err);
}

behov_status behov_comparison_of_clusters(const behov_study *study, const behov_fit_choices *choices,
                                          const behov_estimation *estimation, const char *keys, behov_vcov_kind kind,
                                          behov_comparison *out, behov_error *err)
{
    size_t n_keys = behov_comparison_n_keys(keys), n_rows;
    const uint32_t *rows = behov_design_estimated(estimation->design, &n_rows);
    *out = (behov_comparison){.readings = calloc(n_keys, sizeof *out->readings), .is_by_cluster = true};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_keys && !status; i++) {
        behov_errors_reading *next = &out->readings[out->n++];
        behov_clusters *clusters = NULL;
        behov_cluster_diagnosis *diagnosis = NULL;
        if (!(next->cluster = behov_comparison_key(keys, i)))
            return out_of_memory(err);
        status = behov_clusters_new(study->table, next->cluster, rows, n_rows, &clusters, err);
        if (!status)
            status = behov_clustering_parts(study, estimation->design, clusters, &next->parts_municipalities, err);
        if (!status)
            status = read_clustering(study, choices, estimation, clusters, kind, next, err);
        if (!status && next->vcov) {
            status = behov_cluster_diagnosis_new(estimation->fit, estimation->design, clusters, &diagnosis, err);
            for (size_t k = 0; !status && k < behov_design_n_regressors(estimation->design); k++) {
                double effective = behov_cluster_diagnosis_effective(diagnosis, k, 0);
                if (!(effective >= next->effective_clusters)) /* the first one too, against NaN */
                    next->effective_clusters = isnan(effective) ? next->effective_clusters : effective;
            }
        }
        behov_cluster_diagnosis_free(diagnosis);
        behov_clusters_free(clusters);
    }
    return status;
}
