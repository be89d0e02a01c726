/* default_errors.c - see default_errors.h.
 *
 * CV1 rejects too often with few clusters, the cluster jackknife hardly so (MacKinnon, Nielsen & Webb 2023, section 5;
 * tests/bench/size). Why not CV2, which is as good for one coefficient: its joint test (HTZ) rejects next to nothing, or
 * refuses, where few clusters carry a coefficient, and its degrees of freedom are others for each. */
#include <behov/default_errors.h>

#include <string.h>

#include <behov/clustering.h>

/* The report's model with its own clusters gives back what is printed. */
static bool reproduces(const behov_study *study, const behov_fit_choices *choices)
{
    const char *own = behov_clustering_of_model(&study->model);
    return study->is_bundled_model && !choices->asked_cluster && own && choices->cluster &&
           strcmp(own, choices->cluster) == 0;
}

behov_vcov_kind behov_default_errors_kind(const behov_study *study, const behov_fit_choices *choices, size_t n_clusters)
{
    if (!choices->cluster)
        return BEHOV_VCOV_CLASSICAL;
    bool is_few = n_clusters > 0 && n_clusters < BEHOV_JACKKNIFE_BELOW;
    return is_few && !choices->second_cluster && !reproduces(study, choices) ? BEHOV_VCOV_CV3 : BEHOV_VCOV_CV1;
}

behov_status behov_default_errors_make(const behov_study *study, const behov_fit_choices *choices,
                                       behov_estimation *estimation, behov_error *err)
{
    size_t n_clusters = estimation->clusters ? behov_clusters_count(estimation->clusters) : 0;
    behov_error inner;
    bool is_jackknife = choices->is_default_kind && !behov_fit_is_exact(estimation->fit) &&
                        behov_default_errors_kind(study, choices, n_clusters) == BEHOV_VCOV_CV3;
    behov_status status = is_jackknife ? behov_estimation_errors(study, estimation, estimation->clusters,
                                                                 BEHOV_VCOV_CV3, &estimation->vcov, &inner)
                                       : BEHOV_E_RANK;
    if (status == BEHOV_E_MEMORY)
        *err = inner;
    if (!status || status == BEHOV_E_MEMORY)
        return status;
    estimation->has_no_jackknife = is_jackknife;
    return behov_estimation_errors(study, estimation, estimation->clusters, choices->kind, &estimation->vcov, err);
}
