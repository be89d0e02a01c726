/* estimation.h - from a study to a fit with its covariance: what is chosen, what comes of it, and the chain between. */
#ifndef BEHOV_ESTIMATION_H
#define BEHOV_ESTIMATION_H

#include <stdbool.h>

#include "cluster.h"
#include "design.h"
#include "error.h"
#include "factor.h"
#include "fit.h"
#include "fit_results.h"
#include "inference.h"
#include "need.h"
#include "phrase.h"
#include "study.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_fit_choices {
    const char *cluster, *second_cluster; /* NULL = none */
    const char *asked_cluster;            /* what --cluster names, "" = none; NULL when it is not given */
    bool is_default_cluster;              /* neither call nor model says: the municipality (behov/clustering.h) */
    const char *const *more_keys;         /* cluster keys that a row must have beside those: a comparison's */
    size_t n_more_keys;
    const char *absorb; /* key of effects to absorb, NULL = none: no need, ratio or diagnosis then */
    behov_vcov_kind kind;
    bool is_default_kind; /* nobody asks for it: CV1 is CV3 where clusters are few (behov/default_errors.h) */
    double level, floor;
    bool drop_collinear;
    bool keep_clusters; /* the factors hold each cluster: the bootstrap asks for that */
} behov_fit_choices;

typedef struct behov_estimation {
    behov_design *design;
    behov_clusters *clusters, *second_clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    bool has_no_jackknife; /* the default kind is CV3 by its clusters, but has no value here: vcov is CV1 */
    behov_need *need;
    behov_coefficient *coefficients, *by_municipality; /* the latter: NULL, or their errors by municipality */
    behov_vcov *municipality_vcov;                     /* NULL, or the covariance under clusters by municipality */
} behov_estimation;

/// What the user says of clusters: nothing, none, one key, or two (two-way clustering). What comes of it is decided by
/// behov_clustering_choose.
typedef struct behov_cluster_options {
    const char *keys[2];
    size_t n;
    bool is_given;
} behov_cluster_options;

/// design -> clusters -> factors -> fit -> covariance. Free with behov_estimation_free in any case.
BEHOV_API behov_status behov_estimation_make(const behov_study *study, const behov_fit_choices *choices,
                                             behov_estimation *estimation, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_estimation_free(behov_estimation *estimation);
/// The same with coefficients, their inference, need and the F test: all that the writers print.
BEHOV_API behov_status behov_estimation_results(const behov_study *study, const behov_fit_choices *choices,
                                                behov_estimation *estimation, behov_fit_results *out,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Coefficients with their inference, the F test and the clusters that count in effect, of an estimation that has its fit
/// and its covariance: what follows without the rows.
BEHOV_API behov_status behov_estimation_infer(const behov_study *study, const behov_fit_choices *choices,
                                              behov_estimation *estimation, behov_fit_results *out,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// The errors of a kind about a fit; CV2 with the study's working variance.
/// \return as behov_vcov_new and behov_vcov_cv2
BEHOV_API behov_status behov_estimation_errors(const behov_study *study, const behov_estimation *estimation,
                                               const behov_clusters *clusters, behov_vcov_kind kind, behov_vcov **vcov,
                                               behov_error *err) BEHOV_MUST_CHECK;
/// How many clusters the narrowest coefficient depends on in effect, for behov_fit_results_cluster_warning. Nothing
/// with fewer than BEHOV_FEW_CLUSTERS clusters, with two clusterings, or above 2e8 rows x coefficients^2.
BEHOV_API behov_status behov_estimation_count_effective(const behov_estimation *estimation, behov_fit_results *out,
                                                        behov_error *err) BEHOV_MUST_CHECK;
/// BEHOV_E_DATA for a fit without residuals: nothing can be ranked, compared or diagnosed by rounding.
BEHOV_API behov_status behov_estimation_has_residuals(const behov_study *study, const behov_fit *fit,
                                                      behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
