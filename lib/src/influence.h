/* influence.h - what one cluster does to the coefficients, from its factor, without the rows.
 *
 * Symbols: T = R^-1 of the scaled triangle (fit_parts.h), R_g the cluster's factor in scaled, kept columns,
 * P_g = R_g T, so H_gg = P_g P_g' and S_g = P_g'P_g share their non-zero eigenvalues; v_g = P_g'u_g.
 * For any function f: P_g' f(H_gg) = f(S_g) P_g', so everything needs K x K matrices only. */
#ifndef BEHOV_SRC_INFLUENCE_H
#define BEHOV_SRC_INFLUENCE_H

#include <behov/error.h>
#include <behov/factor.h>
#include <behov/fit.h>
#include <stddef.h>

/// 1 - (an eigenvalue of H_gg) below this is a direction that only this cluster holds: rounding leaves 1e-15 to 1e-13.
#define BEHOV_ONLY_HERE 1e-10

typedef struct cluster_influence {
    size_t rank;           /* K of the kept columns */
    double *s;             /* S_g, rank x rank */
    double *v;             /* v_g = P_g'u_g, outcome scaled by 2^-exponent */
    double *p;             /* P_g, rows of the factor x rank */
    double *values;        /* eigenvalues of S_g */
    double *vectors;       /* eigenvectors of S_g, in columns */
    double *work;
} cluster_influence;

behov_status influence_new(const behov_fit *fit, cluster_influence *of, behov_error *err);
void influence_free(cluster_influence *of);
/// Fills s and v for a cluster.
void influence_of_cluster(const behov_fit *fit, const behov_factors *factors, size_t cluster, cluster_influence *of);
/// Fills values and vectors from s.
behov_status influence_eigen(cluster_influence *of, behov_error *err);
/// T x in units of the coefficients, `outcome_exponent` that of the factors: how a step in P-space moves b.
void influence_to_coefficients(const behov_fit *fit, int outcome_exponent, const double *x, double *coefficients);
/// (I - S_g) x = v_g by Cholesky; false when the removal of the cluster leaves a coefficient unidentified.
int influence_without(cluster_influence *of, double *x);
/// The coefficient that the removal of the cluster leaves unidentified: position among the kept columns.
behov_status influence_unidentified(const behov_fit *fit, cluster_influence *of, size_t *column, behov_error *err);

#endif
