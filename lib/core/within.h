/* within.h - deviations of weighted rows from the means of their groups: what is left of a column when each group has
 * an effect of its own.
 *
 *   x~_i = x_i - sum_{j in g} w_j x_j / sum_{j in g} w_j,   then times the root of w_i
 *
 * Means are double-double sums and a deviation is rounded once, so that a regressor that hardly varies within its
 * groups keeps the digits that it has. What does not vary within a group gives exactly 0 there.
 * Source: Frisch & Waugh (1933); least squares of the deviations have the coefficients, residuals and influences of the
 * slopes in the regression with a dummy for each group. */
#ifndef BEHOV_SRC_WITHIN_H
#define BEHOV_SRC_WITHIN_H

#include <behov/cluster.h>
#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "extended.h"

/* Columns 0 .. width-2 are the regressors, the last is the outcome; column k is held times 2^-exponents[k]. */
typedef struct within {
    behov_clusters *groups; /* over the rows estimated on; owned */
    size_t width, n_singletons;
    int *exponents;
    extended *means; /* groups x width; sums until within_finish */
    double *lows;    /* groups x width, of the values as read */
    double *highs;
    extended *weights; /* of each group */
    size_t *sizes;     /* rows of each group */
    double *squares;   /* width: of the deviations */
    double *lengths;   /* width: squares of the columns as they were */
    bool *is_absorbed; /* width: nothing is left of the column */
} within;

/// Takes the groups in any case (they are freed with it, or at once on failure).
/// \param exponents  width numbers that bring the largest values near 1 (copied)
behov_status within_new(behov_clusters *groups, size_t width, const int *exponents, within **within_groups,
                        behov_error *err);
void within_free(within *within_groups);

/// First pass: row `position` of the rows estimated on, `root` of its weight, values as they are.
void within_take(within *within_groups, size_t position, double root, const double *regressors, double outcome);
/// Sums become means.
void within_finish(within *within_groups);
/// Second pass: how much is left of each column. The row becomes that of within_subtract.
void within_measure(within *within_groups, size_t position, double root, double *regressors, double *outcome);
/// Decides which columns the effects absorb.
void within_judge(within *within_groups);
/// The row less the means of its group, times the root of its weight.
void within_subtract(const within *within_groups, size_t position, double root, double *regressors, double *outcome);

#endif
