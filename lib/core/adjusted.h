/* adjusted.h - clusters with residuals adjusted for what the fit took of them, as CV2 and CV3 have it, and what follows
 * from the working variance alone: the degrees of freedom of one contrast and of several together.
 *
 * A contrast c'b with the direction t in the orthonormal basis has the variance sum_g (a_g'u)^2, and under the working
 * variance the a_g'u have the covariances
 *
 *   P_gg = t'E_g t,   P_gh = -t'D_g'J D_h t   (g != h)
 *
 * One row for each kept eigenvector e of a cluster: with y = right_e't, E_g is own_e y^2 added up, and D_g t the vectors
 * left_e y added up; J = diag(1 ... 1, -1 ... -1), n_positive of them 1.
 *
 * Inverse of the weights as the working variance (without weights: equal variances). In weighted rows, with the
 * eigenvectors v and values s of S_g (influence.h): right = v, own = s (1-s) f^2, left = s f v; f = (1-s)^(-1/2) of CV2,
 * (1-s)^-1 of CV3, 0 where only this cluster holds the direction (Moore-Penrose); width K, all of them positive.
 *
 * Equal variances beside weights (CV2). P_i = p_i of a weighted row; C = P w^(1/2), L = P w^(-1/2), e = u w^(-1/2), so
 * H = L C' and with Omega = C'C
 *   B_g = I - L_g C_g' - C_g L_g' + L_g Omega L_g',   A_g = B_g^(-1/2),   scores C_g'A_g e_g
 *   P_gh = y_g'(- L_g C_h' - C_g L_h' + L_g Omega L_h') y_h,   y_g = A_g C_g t
 * The middle is J of width 2K once a = C'y - Omega L'y / 2 and b = L'y are turned to (a r + b / r, a r - b / r) / 2^(1/2);
 * r = 2^(1/2) makes the second half 0 where all weights are 1. Source: Pustejovsky & Tipton (2018), eq. 10, with the
 * identity as Phi, which clubSandwich takes for a weighted lm. */
#ifndef BEHOV_SRC_ADJUSTED_H
#define BEHOV_SRC_ADJUSTED_H

#include <behov/cluster.h>
#include <behov/design.h>
#include <behov/error.h>
#include <behov/fit.h>
#include <stdbool.h>
#include <stddef.h>

#include "influence.h"

typedef enum adjustment_kind {
    ADJUST_ROOT,           /* CV2: (I - H_gg)^(-1/2) in weighted rows */
    ADJUST_INVERSE,        /* CV3: (I - H_gg)^-1 in weighted rows */
    ADJUST_EQUAL_VARIANCES /* CV2 for equal variances; the design has weights */
} adjustment_kind;

typedef struct adjusted_clusters {
    size_t rank, width, n_positive, n_clusters;
    size_t *starts; /* first row of each cluster, n_clusters + 1 */
    bool *is_light; /* left is no longer than the root of own: squares of the former may be subtracted */
    double *right;  /* rows x rank */
    double *left;   /* rows x width */
    double *own;    /* rows */
    double *scores; /* n_clusters x rank, sums of adjusted residuals */
} adjusted_clusters;

/// \return as cluster_basis_new
/// Cost O(N K^2 + G K^3); equal variances beside weights O(N K^2 + G min(n_g, 2K)^3).
behov_status adjusted_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                          adjustment_kind kind, adjusted_clusters *adjusted, behov_error *err) BEHOV_MUST_CHECK;
void adjusted_free(adjusted_clusters *adjusted);

/// eta of n contrasts whose directions (n x rank, independent) are given: that of the Wishart distribution with the same
/// total variance of the covariance of the contrasts, as clubSandwich's "HTZ"; for one contrast Satterthwaite's degrees
/// of freedom. NaN where the working variance gives some contrast no variance.
/// Every term is added, none subtracted but where that costs no digits.
/// Cost O(G (n K)^2) or O(R^2 (K + n)), R = sum of min(n_g, K), whichever is less.
/// Source: Pustejovsky & Tipton (2018), section 3.2; Tipton & Pustejovsky (2015), eq. 18; one contrast: Bell & McCaffrey
/// (2002).
behov_status adjusted_dof(const adjusted_clusters *adjusted, size_t n, const double *directions, double *eta,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
