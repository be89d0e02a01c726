/* vcov_jackknife.h - sums of squares of what the removal of each cluster does to the coefficients. */
#ifndef BEHOV_SRC_VCOV_JACKKNIFE_H
#define BEHOV_SRC_VCOV_JACKKNIFE_H

#include <behov/cluster.h>
#include <behov/design.h>
#include <behov/error.h>
#include <behov/fit.h>

#include "influence.h"
#include "influence_sum.h"

/// Adds d_g = b_(-g) - b = -T (I - S_g)^-1 v_g of every cluster, squared about 0 or about their mean, to a new sum
/// (MacKinnon, Nielsen and Webb 2023, CV3 and CV3J). Cost K^3 / 3 a cluster. BEHOV_E_RANK, with the cluster and the
/// coefficient, where the removal of a cluster leaves one unidentified.
behov_status vcov_sum_jackknife(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                                const cluster_basis *basis, influence_sum *sum, behov_error *err) BEHOV_MUST_CHECK;

#endif
