/* vcov_parts.h - the inside of a covariance, for its own files (vcov.c: variances, vcov_sums.c: sums, vcov_basis.c: what
 * follows in the basis), and the covariance in the orthonormal basis of the columns, for tests of several coefficients.
 *
 *   V = T M T',   M = sum of the squares of T's_g, the influences in the basis,   M = root'root
 *
 * T is as ill-conditioned as the columns are collinear, M is not: R V R' from a rounded V loses as many digits as its
 * condition number has, the square of that of X, and (R T) M (R T)' loses none. */
#ifndef BEHOV_SRC_VCOV_PARTS_H
#define BEHOV_SRC_VCOV_PARTS_H

#include <behov/error.h>
#include <behov/fit.h>
#include <behov/vcov.h>
#include <stdbool.h>
#include <stddef.h>

#include "adjusted.h"
#include "sole.h"

struct behov_vcov {
    behov_vcov_kind kind;
    size_t n_regressors, n_clusters, n_cut;
    double *matrix;
    double *dof_of; /* CV2: one for each coefficient; else NULL */
    double *uncut;  /* two-way: the variances before eigenvalues were cut; else NULL */
    double dof, factor, n_parameters;
    size_t rank;
    double *root;        /* rank x rank, M = root'root (vcov_parts.h); NULL: `inner` holds it, or nothing does */
    double *inner;       /* two-way: M, rank x rank; NULL where eigenvalues were cut */
    double *inner_uncut; /* there M as it was; else NULL */
    sole_directions sole;
    char **sole_labels; /* n_regressors: what alone identifies (a part of) the coefficient, NULL = nothing does */
    double *sole_shares;
    behov_working_variance working;
    adjusted_clusters adjusted; /* CV2: for the degrees of freedom of contrasts; else empty */
};

/// Fills matrix (K x K, unscaled), root, and for CV2 dof_of and adjusted clusters of a covariance whose kind, rank and room are set.
behov_status vcov_sum_influences(behov_vcov *vcov, const behov_fit *fit, const behov_design *design,
                                 const behov_clusters *clusters, behov_error *err) BEHOV_MUST_CHECK;

/// Whether M is there: not where eigenvalues of a two-way covariance were cut.
bool vcov_has_basis(const behov_vcov *vcov);
/// d'M d of a direction in the basis (rank numbers), outcome scaled by 2^-exponent.
double vcov_in_direction(const behov_vcov *vcov, const double *direction);
/// T'x, the direction of the level of a row: its kept columns, in their order.
void vcov_turn_level(const behov_fit *fit, const double *regressors, double *direction);
/// The share of a direction's variance that one cluster alone identifies, so that M holds nothing of it (sole.h).
/// 0 when it is nothing (BEHOV_LEAST_SHARE).
double vcov_lacks(const behov_vcov *vcov, const double *direction);
/// Whether what lacks this share of its variance has no standard error at all (behov_vcov_has_no_error).
bool vcov_is_too_large(const behov_vcov *vcov, double share);
/// CV2: eta of n contrasts by their directions (adjusted.h), of one contrast Satterthwaite's degrees of freedom; those of
/// V for other kinds.
behov_status vcov_dof_in_directions(const behov_vcov *vcov, size_t n, const double *directions, double *dof,
                                    behov_error *err) BEHOV_MUST_CHECK;
/// F of n contrasts from their Wald statistic: wald / n with F(n, dof of V); CV2 the approximate Hotelling T^2,
/// (eta - n + 1) / (eta n) wald with F(n, eta - n + 1), NaN where eta <= n - 1.
behov_status vcov_f(const behov_vcov *vcov, size_t n, const double *directions, double wald, double *f, double *dof2,
                    behov_error *err) BEHOV_MUST_CHECK;
/// Whether Q M Q' of n orthonormal rows Q, n x rank, is positive definite before eigenvalues were cut. What the cut leaves
/// of a negative variance is no measure of error: Wald's statistic, which divides by it, is large by chance alone.
behov_status vcov_is_positive(const behov_vcov *vcov, size_t n, const double *rows, bool *is_positive,
                              behov_error *err) BEHOV_MUST_CHECK;
/// h'(Q M Q')^-1 h for n orthonormal rows Q, n x rank; NaN where Q M Q' is singular to rounding.
behov_status vcov_quadratic(const behov_vcov *vcov, size_t n, const double *rows, const double *h, double *value,
                            behov_error *err) BEHOV_MUST_CHECK;

#endif
