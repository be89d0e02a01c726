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

/// A part along a sole direction below this share of a coefficient's length is rounding: 1e-10 at the most, as the
/// eigenvectors are good to BEHOV_ONLY_HERE.
#define BEHOV_NO_SHARE 1e-7

typedef struct sole_directions {
    size_t n, room, rank;
    double *directions; /* n x rank, in the orthonormal basis, length 1 */
    size_t *groups;     /* n: the cluster, or the position of the row */
} sole_directions;

/// \param clusters  NULL: every row is a group of its own
/// Cost N K^2 / 2, and more for the at most K groups whose leverage reaches 1.
behov_status sole_find(const behov_fit *fit, const behov_design *design, const behov_clusters *clusters,
                       sole_directions *found, behov_error *err) BEHOV_MUST_CHECK;
void sole_free(sole_directions *found);
/// The direction along which a vector of the basis has its largest part, found->n when it has none.
size_t sole_of(const sole_directions *found, const double *vector);
/// The share of a vector's square that lies along sole directions.
double sole_share(const sole_directions *found, const double *vector);
/// "municipality_code = 0101", or the line of the row (returned, free); NULL without memory.
char *sole_label(const sole_directions *found, size_t i, const behov_design *design, const behov_clusters *clusters);

#endif
