/* diagnose.h - what a fit depends on: clusters, rows, columns, and how well it predicts what it has not seen.
 *
 * Clusters, from the cluster factors (MacKinnon, Nielsen & Webb 2023), with B = (X'X)^-1, H_gg = X_g B X_g':
 *   leverage            L_g = tr H_gg                                     adds up to K
 *   partial leverage    (B X_g'X_g B)_kk / B_kk: the cluster's share of what is left of regressor k when the others are
 *                       taken out of it                                   adds up to 1 for each k
 *   change              b_(-g) - b, the coefficients without the cluster less those with it
 *   effective number    G*_k(rho) = (sum gamma)^2 / sum gamma^2 of the clusters, equal to G / (1 + squared coefficient
 *                       of variation of gamma), gamma_g = (B X_g' Omega_g X_g B)_kk, Omega_g = rho 11' + (1-rho) I
 *                       (Carter, Schnepel & Steigerwald 2017); rho = 0 and 1 as summclust prints them
 *   left-out errors     (I - H_gg)^-1 u_g = y_g - X_g b_(-g)
 * Rows, with leverage h, residual u, s^2 = rss/(N-K) (Belsley, Kuh & Welsch 1980; Cook 1977):
 *   standardised        u / (s sqrt(1-h))                                 internally studentised, R's rstandard
 *   studentised         u / (s_(i) sqrt(1-h)), s_(i) without the row      externally studentised, R's rstudent
 *   Cook's distance     standardised^2 h / (1-h) / K
 *   DFFITS              studentised sqrt(h / (1-h))
 * With precision weights rows are taken times the root of their weight (as R's lm does; fitted and residual stay in the
 * outcome's unit); with frequencies a row stands for its copies and its own figures are those of one copy. Left-out
 * errors are averaged with the weights.
 * Columns: VIF_k = B_kk sum_i (x_ik - mean_k)^2 = 1 / (1 - R_k^2). The condition number is behov_fit_condition.
 *
 * Not here: clusters two or more at a time (a pair may hide each other), VIF of a whole factor. */
#ifndef BEHOV_DIAGNOSE_H
#define BEHOV_DIAGNOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "cluster.h"
#include "design.h"
#include "error.h"
#include "factor.h"
#include "fit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- clusters --------------------------------------------------------------------------------------------------- */

/* Limits behind the warnings. */
/// Five to thirty clusters are few: tests reject too often (Cameron, Gelbach & Miller 2008). G* is held to the same.
#define BEHOV_FEW_CLUSTERS 30
/// One cluster holds more than half of a regressor. The literature gives no limit; half means more than all others
/// together, and G*(0) below 4.
#define BEHOV_DOMINATES 0.5
/// A change of more than one standard error (DFBETAS: Kutner, Nachtsheim, Neter & Li 2005, section 10.4).
#define BEHOV_MOVES_MUCH 1.0

typedef enum behov_cluster_warning_kind {
    BEHOV_WARN_FEW_CLUSTERS,           /* value = G */
    BEHOV_WARN_FEW_EFFECTIVE_CLUSTERS, /* value = the smaller of G*(0) and G*(1) of the regressor; not said when G is few */
    BEHOV_WARN_CLUSTER_DOMINATES,      /* value = partial leverage of the cluster */
    BEHOV_WARN_UNIDENTIFIED            /* without the cluster the regressor has no coefficient; value = 0 */
} behov_cluster_warning_kind;

typedef struct behov_cluster_warning {
    behov_cluster_warning_kind kind;
    size_t cluster, regressor; /* where the kind has one, else 0 */
    double value, threshold;
} behov_cluster_warning;

/* How the left-out errors of a cluster were measured. */
typedef enum behov_left_out_measure {
    BEHOV_LEFT_OUT_MEASURED = 0,
    BEHOV_LEFT_OUT_LEVEL_FROM_OWN, /* the others say nothing of its level: each row's level is the mean error of the
                                      cluster's other rows */
    BEHOV_LEFT_OUT_NOT_MEASURED    /* its removal leaves more than a level unidentified, or it has one row */
} behov_left_out_measure;

/* Errors y_i - x_i'b_(-g) of rows whose cluster took no part in the fit, beside the residuals of the same rows. */
typedef struct behov_left_out {
    size_t n_measured, n_level_from_own, n_not_measured; /* clusters; they add up to G */
    size_t n_rows;                                       /* measured, of the first two */
    double rmse, mae;                                    /* outcome's unit; root mean square, mean absolute */
    double in_sample_rmse, in_sample_mae;
} behov_left_out;

/* A cluster and the coefficient that it moves most. */
typedef struct behov_mover {
    size_t cluster, regressor;
    double coefficient, without, change_in_se; /* b_k, b_(-g)k, (b_(-g)k - b_k) / se_k */
} behov_mover;

typedef struct behov_cluster_diagnosis behov_cluster_diagnosis;

/// Leverage, partial leverage, influence, G* and left-out errors of all clusters, without refitting.
///
/// A cluster without which some coefficients are not identified keeps its other figures: the changes of those
/// coefficients are NaN, the rest are right (they are estimable without it). A year with a dummy of its own is such a
/// cluster: the other years know the slopes but not its level. Its left-out errors are those of a prediction whose
/// level comes from the other rows of the same year.
/// \param clusters  over the rows estimated on (borrowed for the call)
/// \return BEHOV_E_TOO_FEW with one cluster; BEHOV_E_ARGUMENT when the clusters are not those of the fit, and with
///         absorbed effects
/// Of merged factors (factor_merge.h) all but mean absolute errors and levels from own rows; BEHOV_E_ARGUMENT where these
/// have precision weights.
/// Cost O(N K^2 + G K^3).
BEHOV_API behov_status behov_cluster_diagnosis_new(const behov_fit *fit, const behov_design *design,
                                                   const behov_clusters *clusters, behov_cluster_diagnosis **diagnosis,
                                                   behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_cluster_diagnosis_free(behov_cluster_diagnosis *diagnosis);

BEHOV_API size_t behov_cluster_diagnosis_n_clusters(const behov_cluster_diagnosis *diagnosis);
BEHOV_API size_t behov_cluster_diagnosis_n_regressors(const behov_cluster_diagnosis *diagnosis);
/* One number for each cluster (borrowed); sizes are rows, or the sum of their frequencies. */
BEHOV_API const double *behov_cluster_diagnosis_sizes(const behov_cluster_diagnosis *diagnosis);
BEHOV_API const double *behov_cluster_diagnosis_leverage(const behov_cluster_diagnosis *diagnosis);
/// Root mean square of the left-out errors of each cluster, NaN where not measured, and of its residuals (borrowed).
BEHOV_API const double *behov_cluster_diagnosis_left_out_rmse(const behov_cluster_diagnosis *diagnosis);
BEHOV_API const double *behov_cluster_diagnosis_in_sample_rmse(const behov_cluster_diagnosis *diagnosis);
/* G x K, row-major, NaN for dropped columns (borrowed). */
BEHOV_API const double *behov_cluster_diagnosis_partial_leverage(const behov_cluster_diagnosis *diagnosis);
BEHOV_API const double *behov_cluster_diagnosis_changes(const behov_cluster_diagnosis *diagnosis);
/// Coefficient k without a cluster: b_k + change.
BEHOV_API double behov_cluster_diagnosis_without(const behov_cluster_diagnosis *diagnosis, size_t cluster, size_t k);
/// G*_k for errors with correlation rho within clusters, 0 <= rho <= 1. NaN for a dropped column, and for rho = 1 where
/// the rest of the regressor adds up to 0 in each cluster (as with an effect for each cluster).
BEHOV_API double behov_cluster_diagnosis_effective(const behov_cluster_diagnosis *diagnosis, size_t k, double rho);
/// What to be warned by: the smaller of G*_k(0) and G*_k(1), but G*_k(0) where the variance of coefficient k would be
/// smaller with wholly common errors (the sum of gamma_g(1) below that of gamma_g(0)). Carter, Schnepel & Steigerwald
/// take rho = 1 as the worst case; there it is the best one. A year effect is that: what a cluster's years have in
/// common goes out of it, and G*(1) counts those few clusters that lack a year.
BEHOV_API double behov_cluster_diagnosis_fewest(const behov_cluster_diagnosis *diagnosis, size_t k);
BEHOV_API behov_left_out_measure behov_cluster_diagnosis_measure(const behov_cluster_diagnosis *diagnosis,
                                                                 size_t cluster);
BEHOV_API behov_left_out behov_cluster_diagnosis_left_out(const behov_cluster_diagnosis *diagnosis);
/// What there is to warn of, by kind, then cluster, then regressor (borrowed).
BEHOV_API const behov_cluster_warning *behov_cluster_diagnosis_warnings(const behov_cluster_diagnosis *diagnosis,
                                                                        size_t *n_warnings);
/// The clusters that move a coefficient most, one entry a cluster, largest |change_in_se| first, equal ones in the
/// order of the clusters. The constant takes no part where there are other regressors: it moves with them.
/// \param standard_errors  K (borrowed for the call); a coefficient whose standard error is not above 0 takes no part
/// \param[out] movers      room for n_most (caller's)
/// \return how many were found, at most n_most
BEHOV_API size_t behov_cluster_diagnosis_movers(const behov_cluster_diagnosis *diagnosis, const double *standard_errors,
                                                size_t n_most, behov_mover *movers);

/// Standard deviation (n - 1) over the mean, as summclust has it; NaN for fewer than two numbers or a mean of 0.
BEHOV_API double behov_coefficient_of_variation(const double *values, size_t n);

/// behov_cluster_diagnosis_fewest of each coefficient, without factors, changes and left-out errors: what a fit is
/// warned by.
/// \param[out] effective  K (caller's); NaN for a dropped column
/// \return BEHOV_E_ARGUMENT when the clusters are not those of the fit, and with absorbed effects
/// Cost one pass over the rows, O(N K^2); memory 16 G K bytes.
BEHOV_API behov_status behov_effective_clusters(const behov_fit *fit, const behov_design *design,
                                                const behov_clusters *clusters, double *effective,
                                                behov_error *err) BEHOV_MUST_CHECK;

/* ---- rows ------------------------------------------------------------------------------------------------------- */

typedef enum behov_row_measure {
    BEHOV_ROW_FITTED = 0,
    BEHOV_ROW_RESIDUAL,
    BEHOV_ROW_LEVERAGE,
    BEHOV_ROW_STANDARDISED,
    BEHOV_ROW_STUDENTISED,
    BEHOV_ROW_COOKS_DISTANCE,
    BEHOV_ROW_DFFITS,
    BEHOV_N_ROW_MEASURES
} behov_row_measure;

/// Whether some row may have more leverage or a larger Cook's distance than these: false is sure, true is to be looked
/// at with behov_row_diagnosis_new.
/// \return BEHOV_E_MEMORY only
/// Cost O(N K^2) in double, a tenth of the diagnosis in extended arithmetic; nothing where the answer cannot be sure.
BEHOV_API behov_status behov_rows_may_exceed(const behov_fit *fit, const behov_design *design, double leverage,
                                             double cooks_distance, bool *may_exceed,
                                             behov_error *err) BEHOV_MUST_CHECK;

typedef struct behov_row_diagnosis behov_row_diagnosis;

/// All measures of all rows estimated on. Fitted, residual and leverage are rounded once from extended arithmetic where
/// the fit is extended. A row with leverage 1 has fitted, residual and leverage only, the rest is NaN; s_(i) and what
/// stands on it are NaN when N - K = 1, or when nothing but this row is off the fit.
/// \return BEHOV_E_ARGUMENT with absorbed effects
/// Cost O(N K^2).
BEHOV_API behov_status behov_row_diagnosis_new(const behov_fit *fit, const behov_design *design,
                                               behov_row_diagnosis **diagnosis, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_row_diagnosis_free(behov_row_diagnosis *diagnosis);
BEHOV_API size_t behov_row_diagnosis_n_rows(const behov_row_diagnosis *diagnosis);
/// In the order of behov_design_estimated (borrowed).
BEHOV_API const double *behov_row_diagnosis_values(const behov_row_diagnosis *diagnosis, behov_row_measure measure);
/// Positions (in the order of behov_design_estimated) of the n_most rows with the largest absolute measure, largest
/// first, equal ones in order; NaN takes no part. Returns how many were found.
BEHOV_API size_t behov_row_diagnosis_largest(const behov_row_diagnosis *diagnosis, behov_row_measure measure,
                                             size_t n_most, size_t *positions);

/* ---- columns ---------------------------------------------------------------------------------------------------- */

/// Variance inflation of each coefficient. About the mean with a constant (whose own is NaN), about 0 without, within
/// the groups with absorbed effects; NaN for
/// dropped columns. Those of the dummies of a factor depend on its reference level.
/// \param factors  those of the fit (borrowed for the call)
/// \param[out] vif K numbers (caller's)
BEHOV_API void behov_diagnose_vif(const behov_fit *fit, const behov_factors *factors, double *vif);

#ifdef __cplusplus
}
#endif
#endif
