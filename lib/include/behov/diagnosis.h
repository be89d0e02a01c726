/* diagnosis.h - what a fit depends on, computed once. */
#ifndef BEHOV_DIAGNOSIS_H
#define BEHOV_DIAGNOSIS_H

#include <stdbool.h>

#include "cluster.h"
#include "diagnose.h"
#include "error.h"
#include "estimation.h"
#include "fit_results.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Of merged factors there are no `rows`, and the key is that of the fit.
/// Without a key to leave out by (no municipality, no --cluster) there is no `by_cluster`; without two years no
/// `by_year`; `by_municipality` is NULL, or `by_cluster` itself, or one of its own when the clusters are others.
typedef struct behov_diagnosis {
    const behov_fit_results *fit_results;
    const char *key;         /* left out by, NULL = none */
    bool is_by_municipality; /* the key is the municipality */
    behov_clusters *clusters, *years, *municipalities;
    behov_cluster_diagnosis *by_cluster, *by_year, *by_municipality;
    behov_row_diagnosis *rows;
    double *vif, *standard_errors; /* one per regressor */
    uint32_t *first_rows;          /* of each cluster: position of its first row, in the order of the design */
    bool *is_one_municipality;     /* of each cluster: all its rows are of one */
    behov_mover *movers;           /* all clusters that move something, most first */
    size_t n_movers, n_moves_much;
} behov_diagnosis;

/// The column that clusters are left out by when the user names none: the municipality, else the model's clustering.
BEHOV_API const char *behov_diagnosis_default_key(const behov_study *study);

/// The same for a fit, whose --cluster goes before: what `behov diagnose` with the same options leaves out.
BEHOV_API const char *behov_diagnosis_key_of(const behov_fit_results *fit_results);

/// Computes everything from a fit, which must outlive the diagnosis.
/// \param key  clusters to leave out; NULL = none
/// Free with behov_diagnosis_free in any case.
BEHOV_API behov_status behov_diagnosis_compute(const behov_fit_results *fit_results, const char *key,
                                               behov_diagnosis *diagnosis, behov_error *err) BEHOV_MUST_CHECK;
/// What the table of the coefficients and the sentences about them need, and no more: without rows and years. With one
/// cluster alone nothing is left out.
BEHOV_API behov_status behov_diagnosis_compute_coefficients(const behov_fit_results *fit_results, const char *key,
                                                            behov_diagnosis *diagnosis,
                                                            behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_diagnosis_free(behov_diagnosis *diagnosis);

/// The cluster with the largest partial leverage of a coefficient; there must be clusters.
BEHOV_API size_t behov_diagnosis_largest_partial(const behov_diagnosis *diagnosis, size_t regressor);
/// The coefficient with the fewest effective clusters; the number of regressors when none has any.
BEHOV_API size_t behov_diagnosis_narrowest_regressor(const behov_diagnosis *diagnosis);

/// A fit for the purpose, with standard errors by the clusters that are left out: what a change is measured by. Without any
/// (key NULL), classical ones. Free `estimation` with behov_estimation_free in any case. Errors: those of
/// behov_estimation_make; BEHOV_E_DATA for a fit without residuals.
BEHOV_API behov_status behov_diagnosis_fit(const behov_study *study, const char *key, bool drop_collinear,
                                           behov_estimation *estimation, behov_fit_results *out,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
