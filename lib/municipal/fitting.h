/* fitting.h - from a study to a fit with its covariance: what is chosen, what comes of it, and the chain between. */
#ifndef BEHOV_CLI_FITTING_H
#define BEHOV_CLI_FITTING_H

#include <behov.h>
#include <stdbool.h>

#include "results.h"
#include "study.h"

typedef struct fit_choices {
    const char *cluster, *second_cluster; /* NULL = none */
    const char *asked_cluster;            /* what --cluster names, "" = none; NULL when it is not given */
    const char *const *more_keys;         /* cluster keys that a row must have beside those: a comparison's */
    size_t n_more_keys;
    const char *absorb; /* key of effects to absorb, NULL = none: no need, ratio or diagnosis then */
    behov_vcov_kind kind;
    double level, floor;
    bool drop_collinear;
    bool keep_clusters; /* the factors hold each cluster: the bootstrap asks for that */
} fit_choices;

typedef struct fitting {
    behov_design *design;
    behov_clusters *clusters, *second_clusters;
    behov_factors *factors;
    behov_fit *fit;
    behov_vcov *vcov;
    behov_need *need;
    behov_coefficient *coefficients;
} fitting;

/* What the user says of clusters: nothing (the model's clustering holds), none, one key, or two (two-way clustering). */
typedef struct cluster_options {
    const char *keys[2];
    size_t n;
    bool is_given;
} cluster_options;

/* The clusterings of the fit, once the model is known. */
void cluster_options_choose(const cluster_options *read, const behov_study *of, fit_choices *choices);

/* design -> clusters -> factors -> fit -> covariance. Free with fitting_free in any case. */
behov_status fitting_make(const behov_study *of, const fit_choices *choices, fitting *made, behov_error *err) BEHOV_MUST_CHECK;
void fitting_free(fitting *of);
/* The same with coefficients, their inference, need and the F test: all that the writers print. */
behov_status fitting_results(const behov_study *of, const fit_choices *choices, fitting *made, results *out, behov_error *err)
    BEHOV_MUST_CHECK;
/* How many clusters the narrowest coefficient hangs on in effect, for results_cluster_warning. Nothing with fewer than
 * BEHOV_FEW_CLUSTERS clusters, with two clusterings, or above 2e8 rows x coefficients^2. */
behov_status fitting_count_effective(const fitting *made, results *out, behov_error *err) BEHOV_MUST_CHECK;
/* BEHOV_E_DATA for a fit without residuals: nothing can be ranked, compared or diagnosed by rounding. */
behov_status fitting_has_residuals(const behov_study *of, const behov_fit *fit, behov_error *err) BEHOV_MUST_CHECK;
#endif
