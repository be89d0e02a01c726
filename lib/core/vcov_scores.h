/* vcov_scores.h - the scores X_g'u_g of clusters, in double. */
#ifndef BEHOV_SRC_VCOV_SCORES_H
#define BEHOV_SRC_VCOV_SCORES_H

#include <behov/error.h>
#include <behov/fit.h>
#include <stddef.h>
#include <stdint.h>

/// Takes the score of the next cluster: rank numbers, scaled as the fit's, which it may overwrite.
typedef void vcov_take_score(void *context, double *score);

/// Hands out the scores of all clusters in their order. Where each cluster's rows follow each other, in the order of the
/// clusters, only those of a few thousand rows are kept at a time; else all are, twice. The scores are the same, to the
/// last digit, and so whatever the number of threads: `take` is called by one at a time.
/// \param of_rows   the cluster of each row estimated on (borrowed)
behov_status vcov_score_clusters(const behov_fit *fit, const behov_design *design, const uint32_t *of_rows,
                                 size_t n_groups, vcov_take_score *take, void *context,
                                 behov_error *err) BEHOV_MUST_CHECK;

#endif
