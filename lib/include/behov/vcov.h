/* vcov.h - covariance of the coefficients.
 *
 *   classical  s^2 (X'X)^-1                                             t(N-K)
 *   HC0        sum_i d_i d_i',  d_i = (X'X)^-1 x_i u_i (White)          t(N-K)
 *   HC1        HC0 N/(N-K)                                              t(N-K)
 *   HC2, HC3   u_i / sqrt(1-h_i), u_i / (1-h_i) in place of u_i         t(N-K)
 *   CV0        sum_g d_g d_g',  d_g = (X'X)^-1 X_g'u_g                  t(G-1)
 *   CV1        CV0 G/(G-1) (N-1)/(N-K), Stata's vce(cluster)            t(G-1)     the default with clusters
 *   CV2        d_g = (X'X)^-1 X_g'(I-H_gg)^(-1/2) u_g, symmetric root,  Satterthwaite, one for each coefficient
 *              Moore-Penrose where I-H_gg is singular (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018)
 *   CV3        (G-1)/G sum_g d_g d_g',  d_g = b_(-g) - b                t(G-1)     cluster jackknife
 *   CV3J       the same about the mean of the b_(-g)                    t(G-1)
 *   two-way    V_a + V_b - V_ab, each with its own factor               t(min(G_a, G_b) - 1)
 *
 * Absorbed effects (design.h), with A groups and K slopes: in the factors and degrees of freedom K becomes
 *   K + A   classical and HC kinds, as Stata's areg and R's lm with a dummy for each group; the leverage of HC2 and HC3
 *           holds the row's share of its group
 *   K + 1   CV kinds whose clusters hold whole groups, as Stata's xtreg, fe vce(cluster): the effects are not counted,
 *           the constant is; two-way: groups that lie within the clusters of either way, for all three terms
 *   K + A   CV0 and CV1 with clusters that part a group, as areg; CV2, CV3 and CV3J are refused there
 * behov_vcov_n_parameters says which.
 *
 * Unscaled sums and small-sample factors are kept apart; see behov_vcov_factor. */
#ifndef BEHOV_VCOV_H
#define BEHOV_VCOV_H

#include <stdbool.h>
#include <stddef.h>

#include "cluster.h"
#include "design.h"
#include "error.h"
#include "fit.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_vcov_kind {
    BEHOV_VCOV_CLASSICAL = 0,
    BEHOV_VCOV_HC0,
    BEHOV_VCOV_HC1,
    BEHOV_VCOV_HC2,
    BEHOV_VCOV_HC3,
    BEHOV_VCOV_CV0,
    BEHOV_VCOV_CV1,
    BEHOV_VCOV_CV2,
    BEHOV_VCOV_CV3,
    BEHOV_VCOV_CV3J,
    BEHOV_N_VCOV_KINDS
} behov_vcov_kind;

/* CV2 beside weights: the variance of the errors that its adjustment is exact for, and that degrees of freedom stand on.
 * Without weights and with frequencies the two are the same: equal variances. */
typedef enum behov_working_variance {
    BEHOV_WORKING_INVERSE_WEIGHTS = 0, /* proportional to 1 / weight, what weighted least squares is best for */
    BEHOV_WORKING_EQUAL                /* equal variances, the identity that clubSandwich takes for a weighted lm */
} behov_working_variance;

/// "inverse", "identity".
BEHOV_API const char *behov_working_variance_name(behov_working_variance working);

/// "classical", "hc0" ... "hc3", "cv0" ... "cv3", "cv3j".
BEHOV_API const char *behov_vcov_kind_name(behov_vcov_kind kind);
/// The kind of a name, BEHOV_N_VCOV_KINDS when it is none.
BEHOV_API behov_vcov_kind behov_vcov_kind_of_name(const char *name);
BEHOV_API int behov_vcov_kind_is_clustered(behov_vcov_kind kind);

typedef struct behov_vcov behov_vcov;

/// Covariance of the K coefficients of a fit, one pass over the rows (none for classical).
/// \param clusters  over the rows estimated on; needed for the CV kinds, else ignored (borrowed for the call)
/// \return BEHOV_E_TOO_FEW with one cluster; BEHOV_E_ARGUMENT without clusters for a CV kind; BEHOV_E_RANK for HC3, CV3
///         and CV3J with where = the row or cluster whose removal leaves a coefficient unidentified; BEHOV_E_ARGUMENT
///         for CV2, CV3 and CV3J where a cluster parts a group of absorbed effects
/// CV2, CV3 and CV3J stand on clusters in the orthonormal basis of the columns: raw year and year^2 cost no digits.
/// Cost O(N K + G K^2), CV2 and CV3 O(N K^2 + G K^3). Source: MacKinnon, Nielsen & Webb (2023), eq. 8-15.
BEHOV_API behov_status behov_vcov_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      behov_vcov_kind kind, behov_vcov **vcov, behov_error *err) BEHOV_MUST_CHECK;
/// CV2 with a working variance of its own; behov_vcov_new takes the inverse of the weights.
/// \return as behov_vcov_new; BEHOV_E_ARGUMENT for equal variances beside weights and absorbed effects: the adjustment of
///         the slopes alone is not that of the model with a dummy for each group (Pustejovsky & Tipton 2018, theorem 2)
BEHOV_API behov_status behov_vcov_cv2(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                      behov_working_variance working, behov_vcov **vcov,
                                      behov_error *err) BEHOV_MUST_CHECK;
/// Two-way clustering, kind CV0 or CV1 (Cameron, Gelbach & Miller 2011). A sum that is not positive semidefinite is
/// mended: scaled by the diagonals of V_a + V_b, which makes the result independent of the units of the columns, its
/// negative eigenvalues are set to 0; behov_vcov_n_cut counts them, behov_vcov_uncut keeps the variances before.
BEHOV_API behov_status behov_vcov_two_way(const behov_fit *fit, const behov_design *design, const behov_clusters *first,
                                          const behov_clusters *second, behov_vcov_kind kind, behov_vcov **vcov,
                                          behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_vcov_free(behov_vcov *vcov);

BEHOV_API behov_vcov_kind behov_vcov_kind_of(const behov_vcov *vcov);
/// The working variance of CV2: the inverse of the weights too where there are none, or frequencies.
BEHOV_API behov_working_variance behov_vcov_working(const behov_vcov *vcov);
BEHOV_API size_t behov_vcov_n_regressors(const behov_vcov *vcov);
/// K x K, row-major, symmetric; entry (i,j) in outcome^2 / (regressor_i regressor_j); zero for dropped columns.
BEHOV_API const double *behov_vcov_matrix(const behov_vcov *vcov);
/// Degrees of freedom of the t statistics; of CV2 the smallest of the coefficients'.
BEHOV_API double behov_vcov_dof(const behov_vcov *vcov);
/// Degrees of freedom of one coefficient's t statistic; NaN for CV2 where one cluster alone identifies it
/// (behov_vcov_sole).
BEHOV_API double behov_vcov_dof_of(const behov_vcov *vcov, size_t k);
/// Bell and McCaffrey's degrees of freedom of each coefficient for CV2 (those of behov_vcov_dof_of) or CV3, whose t is
/// usually taken from G-1: few where few clusters carry the coefficient, however many there are.
/// \param[out] dof  K (caller's); NaN for dropped columns
/// \return BEHOV_E_ARGUMENT for another kind; BEHOV_E_TOO_FEW with one cluster
/// Cost O(N K^2 + G K^4). Source: Bell & McCaffrey (2002); Pustejovsky & Tipton (2018), section 3.
BEHOV_API behov_status behov_vcov_satterthwaite(const behov_fit *fit, const behov_design *design,
                                                const behov_clusters *clusters, behov_vcov_kind kind, double *dof,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// Two-way: eigenvalues set to 0, and the K variances before (NULL for other kinds, borrowed).
BEHOV_API size_t behov_vcov_n_cut(const behov_vcov *vcov);
BEHOV_API const double *behov_vcov_uncut(const behov_vcov *vcov);
/// What alone identifies coefficient k or a part of it, "municipality_code = 0101", or for HC0 to HC2 "panel.csv, line
/// 12": the residuals of that cluster (that row) say nothing of its error, so HC0 to HC2, CV0 to CV2 and two-way hold
/// none of it. NULL where several do (borrowed).
BEHOV_API const char *behov_vcov_sole(const behov_vcov *vcov, size_t k);
/// With CV2 and HC2 a coefficient has no error at all from this share on: the standard error would be below 0.6 of what
/// it should be. A dummy of one of three equal clusters has 2/3, of one of forty 0.975; the effects of all clusters have
/// 1.
#define BEHOV_SOLE_NO_ERROR 0.65
/// The share of coefficient k's variance, with equal errors, that they lack; 0 below 1e-6.
BEHOV_API double behov_vcov_sole_share(const behov_vcov *vcov, size_t k);
/// Whether coefficient k has no standard error (behov_inference): without one cluster (one row) it is not identified.
/// With CV2 and HC2 only from BEHOV_SOLE_NO_ERROR on; below that there is an error, too small, and no interval or stars.
BEHOV_API bool behov_vcov_has_no_error(const behov_vcov *vcov, size_t k);
/// G, 0 when the kind has no clusters.
BEHOV_API size_t behov_vcov_n_clusters(const behov_vcov *vcov);
/// K of N - K: the rank, and of absorbed effects all or, as nested in the clusters, one.
BEHOV_API double behov_vcov_n_parameters(const behov_vcov *vcov);
/// The small-sample factor that the unscaled sum was multiplied by.
BEHOV_API double behov_vcov_factor(const behov_vcov *vcov);
/// Variance of x'b, the level of a row x: x'V x, made in the orthonormal basis of the columns. With raw year and year^2
/// the sum over V loses as many digits as a need has fewer than the terms it is made of.
/// \param regressors  those of the behov_fit_rank kept columns, in their order (borrowed for the call)
BEHOV_API double behov_vcov_level_variance(const behov_vcov *vcov, const behov_fit *fit, const double *regressors);
/// Covariance of two levels x'b and z'b, made in the same way; of a level and a coefficient where z is 1 there and else 0.
/// \param first, second  as `regressors` above
BEHOV_API double behov_vcov_level_covariance(const behov_vcov *vcov, const behov_fit *fit, const double *first,
                                             const double *second);
/* Degrees of freedom of many levels x'b, each of its own. */
typedef struct behov_vcov_contrasts behov_vcov_contrasts;
/// \param vcov, fit  borrowed for the contrasts' life
/// Cost with CV2 O(G K^4), in K = 12 that of 25 levels one by one; where K is large for the clusters O(N K^2).
BEHOV_API behov_status behov_vcov_contrasts_new(const behov_vcov *vcov, const behov_fit *fit,
                                                behov_vcov_contrasts **contrasts, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_vcov_contrasts_free(behov_vcov_contrasts *contrasts);
/// Satterthwaite's degrees of freedom of the level x'b under CV2; those of V for other kinds. One thread at a time.
/// \param regressors  as in behov_vcov_level_variance
/// \return NaN where the working variance gives the level none
/// Cost O(K^4), no more than of N K + G K^2. Source: Bell & McCaffrey (2002); Pustejovsky & Tipton (2018), section 3.1.
BEHOV_API double behov_vcov_contrast_dof(behov_vcov_contrasts *contrasts, const double *regressors);
/// Wald F that all slopes are 0: b'V^-1 b / q with q and dof2 degrees of freedom, those of V; CV2, CV3 and CV3J
/// Hotelling's T^2 (test.h). NaN when V is singular (fewer clusters than slopes), when CV2 has too few degrees of freedom
/// for so many slopes, or there is no slope.
/// \param[out] dof2  those of V where f is NaN
BEHOV_API behov_status behov_vcov_model_f(const behov_vcov *vcov, const behov_fit *fit, double *f,
                                          size_t *n_restrictions, double *dof2, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
