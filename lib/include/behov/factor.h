/* factor.h - cluster factors: for each cluster g the triangle R_g of [X_g y_g].
 *
 * R_g'R_g holds X_g'X_g, X_g'y_g and y_g'y_g, so coefficients, cluster-robust variances and leave-one-cluster-out
 * follow without the rows, at the accuracy of QR; X'X is never formed. Factors merge. Columns are scaled by powers of
 * two (exact), column j of the triangles is column j of the design times 2^-exponent_j. */
#ifndef BEHOV_FACTOR_H
#define BEHOV_FACTOR_H

#include <stddef.h>

#include "cluster.h"
#include "design.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_factors behov_factors;

/// The triangle of all rows estimated on, and of each cluster.
/// \param clusters  over the rows estimated on (borrowed for the call); NULL = the triangle of all rows alone
/// \return BEHOV_E_ARGUMENT for clusters that part a group of absorbed effects
/// Cost 2 N (K+1)^2, memory G min(n_g, K+1) (K+1) numbers with clusters.
BEHOV_API behov_status behov_factors_new(const behov_design *design, const behov_clusters *clusters,
                                         behov_factors **factors, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_factors_free(behov_factors *factors);

/// K + 1: the regressors and the outcome.
BEHOV_API size_t behov_factors_width(const behov_factors *factors);
BEHOV_API size_t behov_factors_n_rows(const behov_factors *factors);
BEHOV_API int behov_factors_exponent(const behov_factors *factors, size_t column);
/// The triangle of all rows, row-major width x width, scaled (borrowed).
BEHOV_API const double *behov_factors_triangle(const behov_factors *factors);
/// 0 when the factors were made without clusters.
BEHOV_API size_t behov_factors_n_clusters(const behov_factors *factors);
/// Rows n_g of a cluster.
BEHOV_API size_t behov_factors_cluster_size(const behov_factors *factors, size_t cluster);
/// The factor of a cluster: n_factor_rows = min(n_g, width) rows of `width` numbers, upper trapezoid (borrowed).
BEHOV_API const double *behov_factors_cluster(const behov_factors *factors, size_t cluster, size_t *n_factor_rows);
/// Takes all clusters of `other` into the triangle of `factors` (the triangle alone, not the list of clusters).
/// \return BEHOV_E_ARGUMENT when widths or scales differ
BEHOV_API behov_status behov_factors_merge(behov_factors *factors, const behov_factors *other,
                                           behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
