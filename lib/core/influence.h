/* influence.h - what one cluster does to the coefficients, from its factor, without the rows.
 *
 * Symbols: T = R^-1 of the scaled triangle (fit_parts.h), R_g the cluster's factor in scaled, kept columns,
 * P_g = R_g T, so H_gg = P_g P_g' and S_g = P_g'P_g share their non-zero eigenvalues; v_g = P_g'u_g.
 * For any function f: P_g' f(H_gg) = f(S_g) P_g', so everything needs K x K matrices only. */
#ifndef BEHOV_SRC_INFLUENCE_H
#define BEHOV_SRC_INFLUENCE_H

#include <behov/error.h>
#include <behov/cluster.h>
#include <behov/design.h>
#include <behov/factor.h>
#include <behov/fit.h>
#include <stddef.h>
#include <stdint.h>

/// 1 - (an eigenvalue of H_gg) below this is a direction that only this cluster holds: rounding leaves 1e-15 to 1e-13.
#define BEHOV_ONLY_HERE 1e-10

/* P_g and u_g of all clusters, from the rows, in double-double arithmetic where the fit is extended. Rounding P in the
 * orthonormal basis costs 1e-16 whatever the columns are; T times rounded rows would cost the condition number of X as
 * often. */
typedef struct cluster_basis {
    size_t rank, n_clusters;
    double *rows;   /* [P_g u_g], rank + 1 numbers a row; outcome scaled by 2^-exponent */
    size_t *starts; /* first row of each cluster, n_clusters + 1; a cluster has at most rank + 1 */
    size_t *parts;  /* first cluster of each part of some BEHOV_PART_ROWS rows, n_parts + 1 */
    size_t n_parts;
    double only_here; /* 1 - (an eigenvalue of H_gg) below this is a direction that only this cluster holds */
} cluster_basis;

/// Cost 3 n K^2 and one copy of the rows, or the triangle of a cluster of more rows than columns.
/// \return as behov_factors_new
behov_status cluster_basis_new(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                               cluster_basis *basis, behov_error *err) BEHOV_MUST_CHECK;
/// From factors with clusters alone: good to the condition number of X.
behov_status cluster_basis_from_factors(const behov_fit *fit, const behov_factors *factors, cluster_basis *basis,
                                        behov_error *err) BEHOV_MUST_CHECK;
void cluster_basis_free(cluster_basis *basis);

/// [P u] of rows estimated on, n_rows x (rank + 1), by their positions (NULL: the first n_rows); weighted rows, the
/// outcome scaled. In double-double arithmetic where the fit is extended.
behov_status influence_turn_rows(const behov_fit *fit, const behov_design *design, const uint32_t *positions,
                                 size_t n_rows, double *rows, behov_error *err) BEHOV_MUST_CHECK;
/// Positions of the rows estimated on, cluster by cluster in the order of the keys: positions[starts[g]] ... Clusters
/// NULL: each row is one.
behov_status influence_order_rows(const behov_clusters *clusters, size_t n_rows, size_t *starts, uint32_t *positions,
                                  behov_error *err) BEHOV_MUST_CHECK;

typedef struct cluster_influence {
    size_t rank;        /* K of the kept columns */
    double *s;          /* S_g, rank x rank */
    double *v;          /* v_g = P_g'u_g, outcome scaled by 2^-exponent */
    const double *rows; /* [P_g u_g], n_rows x (rank + 1) (borrowed from the basis) */
    size_t n_rows;
    double *values;  /* eigenvalues of S_g */
    double *vectors; /* eigenvectors of S_g, in columns */
    double *work;
    double only_here;
} cluster_influence;

behov_status influence_new(const behov_fit *fit, cluster_influence *cluster_influence, behov_error *err);
void influence_free(cluster_influence *cluster_influence);
/// Fills rows, s and v for a cluster.
void influence_of_cluster(const cluster_basis *basis, size_t cluster, cluster_influence *cluster_influence);
/// Fills values and vectors from s.
behov_status influence_eigen(cluster_influence *cluster_influence, behov_error *err);
/// T x in units of the coefficients: how a step in P-space moves b.
void influence_to_coefficients(const behov_fit *fit, const double *x, double *coefficients);
/// (I - S_g) x = v_g by Cholesky; false when the removal of the cluster leaves a coefficient unidentified.
int influence_without(cluster_influence *cluster_influence, double *x);
/// The coefficient that the removal of the cluster leaves unidentified: position among the kept columns.
behov_status influence_unidentified(const behov_fit *fit, cluster_influence *cluster_influence, size_t *column,
                                    behov_error *err);

#endif
