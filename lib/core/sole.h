/* sole.h - what one cluster, or one row, alone identifies.
 *
 * An eigenvalue 1 of H_gg is a direction of the coefficients that the other clusters say nothing of: X_h c = 0 for
 * every h but g. The residuals of g have no part along it, so its score is 0 and the variances HC0 to HC2 and CV0 to
 * CV2 hold nothing of its error. Directions of different clusters are orthogonal, so the squares of a coefficient's
 * parts along them add up to the share of its variance that those kinds do not see. (CV3, which leaves the cluster out,
 * has no value at all there.) */
#ifndef BEHOV_SRC_SOLE_H
#define BEHOV_SRC_SOLE_H

#include <behov/cluster.h>
#include <behov/design.h>
#include <behov/error.h>
#include <behov/fit.h>
#include <stdbool.h>
#include <stddef.h>

/// A share of the variance below this is nothing: the standard error lacks half of it at the most, 5e-7 of itself, and
/// eigenvectors of nearly collinear panels leave shares of 1e-12 (9e-14 for the constant of a panel of 9 rows with raw
/// year and year^2, 4e-12 for a slope beside one row of leverage 1 - 1e-11), which are rounding.
#define BEHOV_LEAST_SHARE 1e-6

typedef struct sole_directions {
    size_t n, room, rank;
    double *directions; /* n x rank, in the orthonormal basis, length 1 */
    size_t *groups;     /* n: the cluster, or the position of the row */
} sole_directions;

/// \param clusters  NULL: every row is a group of its own
/// Cost N K^2 / 2, and more for the at most K groups whose leverage reaches 1.
behov_status sole_find(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                       sole_directions *sole_directions, behov_error *err) BEHOV_MUST_CHECK;
void sole_free(sole_directions *sole_directions);
/// The direction along which a vector of the basis has its largest part, found->n when its share is nothing.
size_t sole_of(const sole_directions *sole_directions, const double *vector);
/// The share of a vector's square that lies along sole directions, 0 below BEHOV_LEAST_SHARE.
double sole_share(const sole_directions *sole_directions, const double *vector);
/// "municipality_code = 0101", or the line of the row (returned, free); NULL without memory.
char *sole_label(const sole_directions *sole_directions, size_t i, const behov_design *design,
                 const behov_clusters *clusters);

#endif
