/* comparison.c - the same fit read under several covariances. The fit is made once; only covariances differ. */
#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>


void comparison_free(comparison *of)
{
    for (size_t i = 0; i < of->n; i++) {
        behov_vcov_free(of->readings[i].vcov);
        free(of->readings[i].coefficients);
        free(of->readings[i].cluster);
    }
    free(of->readings);
    *of = (comparison){0};
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

size_t comparison_n_keys(const char *keys)
{
    size_t n = 1;
    for (const char *end = end_of_key(keys); *end; end = end_of_key(end + 1))
        n++;
    return n;
}

char *comparison_key(const char *keys, size_t i)
{
    const char *from = keys, *end = end_of_key(keys);
    for (; i > 0 && *end; i--) {
        from = end + 1;
        end = end_of_key(from);
    }
    while (from < end && *from == ' ')
        from++;
    while (end > from && end[-1] == ' ')
        end--;
    char *key = malloc((size_t)(end - from) + 1);
    if (key) {
        memcpy(key, from, (size_t)(end - from));
        key[end - from] = '\0';
    }
    return key;
}

/* ---- readings ------------------------------------------------------------------------------------------------------
 */

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_set(err, BEHOV_E_MEMORY, "", "not enough memory for the comparison");
}

/* Fills one reading; clusters NULL for the kinds that have none. */
static behov_status read_errors(const fit_choices *choices, const fitting *made, const behov_clusters *clusters,
                                reading *of, behov_error *err)
{
    size_t n = behov_design_n_regressors(made->design);
    of->effective_clusters = NAN;
    of->coefficients = calloc(n, sizeof *of->coefficients);
    if (!of->coefficients)
        return out_of_memory(err);
    behov_status status = behov_vcov_new(made->fit, made->design, clusters, of->kind, &of->vcov, &of->why);
    if (status == BEHOV_E_MEMORY) {
        *err = of->why;
        return status;
    }
    if (status) { /* this kind has no value here: the others are shown, and why */
        of->vcov = NULL;
        for (size_t k = 0; k < n; k++)
            of->coefficients[k] = (behov_coefficient){NAN, NAN, NAN, NAN, NAN, NAN, NAN, ""};
        return BEHOV_OK;
    }
    of->n_clusters = behov_vcov_n_clusters(of->vcov);
    return behov_inference(made->fit, of->vcov, &(behov_inference_options){.level = choices->level}, of->coefficients,
                           err);
}

behov_status comparison_of_kinds(const behov_study *of, const fit_choices *choices, const fitting *made, comparison *out,
                                 behov_error *err)
{
    (void)of;
    *out = (comparison){.readings = calloc(BEHOV_N_VCOV_KINDS, sizeof *out->readings)};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (int kind = 0; kind < BEHOV_N_VCOV_KINDS && !status; kind++) {
        bool clustered = behov_vcov_kind_is_clustered((behov_vcov_kind)kind);
        if (clustered && !made->clusters)
            continue;
        reading *next = &out->readings[out->n++];
        next->kind = (behov_vcov_kind)kind;
        if (clustered && !(next->cluster = comparison_key(choices->cluster, 0)))
            return out_of_memory(err);
        status = read_errors(choices, made, clustered ? made->clusters : NULL, next, err);
    }
    return status;
}

behov_status comparison_of_clusters(const behov_study *of, const fit_choices *choices, const fitting *made, const char *keys,
                                    behov_vcov_kind kind, comparison *out, behov_error *err)
{
    size_t n_keys = comparison_n_keys(keys), n_rows;
    const uint32_t *rows = behov_design_estimated(made->design, &n_rows);
    *out = (comparison){.readings = calloc(n_keys, sizeof *out->readings)};
    if (!out->readings)
        return out_of_memory(err);
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_keys && !status; i++) {
        reading *next = &out->readings[out->n++];
        behov_clusters *clusters = NULL;
        behov_cluster_diagnosis *diagnosis = NULL;
        next->kind = kind;
        if (!(next->cluster = comparison_key(keys, i)))
            return out_of_memory(err);
        status = behov_clusters_new(of->table, next->cluster, rows, n_rows, &clusters, err);
        if (!status)
            status = read_errors(choices, made, clusters, next, err);
        if (!status && next->vcov) {
            status = behov_cluster_diagnosis_new(made->fit, made->design, clusters, &diagnosis, err);
            for (size_t k = 0; !status && k < behov_design_n_regressors(made->design); k++) {
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
