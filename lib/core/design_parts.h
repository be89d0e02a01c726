/* design_parts.h - the inside of a design, for the modules that go from rows to numbers. */
#ifndef BEHOV_SRC_DESIGN_PARTS_H
#define BEHOV_SRC_DESIGN_PARTS_H

#include <behov/design.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "extended.h"

/* What is refused where effects are absorbed, with one %s for their key. */
#define BEHOV_ABSORBED_NOT_PREDICTED                                                                                   \
    "the effects of %s absorb what a need and a ratio measure, so none can be computed; fit without them"
#define BEHOV_ABSORBED_NOT_DIAGNOSED                                                                                   \
    "with the effects of %s absorbed rows and clusters are not diagnosed; fit without them"

/// As behov_design_fill_weighted, for rows estimated on by their positions, in any order; n_rows at most
/// BEHOV_DESIGN_BLOCK.
void design_fill_positions(const behov_design *design, const uint32_t *positions, size_t n_rows, double *regressors,
                           size_t stride, double *outcome);
/// Root of the weight of a row estimated on, 1 without weights.
double design_root(const behov_design *design, size_t position);
/// Whether sums of squares of design_root count rows: always, but for merged factors of precision weights.
bool design_counts_rows(const behov_design *design);
/// Leverage of the row on the effect of its group: its share of the group's weight; 0 without absorbed effects.
double design_group_share(const behov_design *design, size_t position);
/// How many threads may work on the rows, as the options said it: 0 = 1.
size_t behov_design_n_threads(const behov_design *design);

/// What rounding took from the regressors that behov_design_fill gave for these rows: x^2, x / z and x:z are then known
/// to about 30 digits. Leaves `rests` as they are when no column of the design is computed so, and with absorbed
/// effects, whose deviations are rounded once.
/// \param regressors, stride  as behov_design_fill filled them
/// \param rests               the same shape; zeros
void behov_design_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, const double *regressors,
                             size_t stride, double *rests);

/// Room that design_fill_extended needs: numbers for each regressor.
#define DESIGN_EXTENDED_ROOM (2 * BEHOV_DESIGN_BLOCK)
/// As design_fill_positions, scaled by 2^-behov_design_exponent and to about 30 digits: with the rests, and the
/// products with the roots of the weights are not rounded. (The roots are: a row that is multiplied by a number a
/// little off has the same residual but for that factor.) With absorbed effects the deviations as design_fill_positions
/// gives them. \param room        DESIGN_EXTENDED_ROOM x K numbers \param regressors  n_rows x K, row-major
void design_fill_extended(const behov_design *design, const uint32_t *positions, size_t n_rows, double *room,
                          extended *regressors, extended *outcome);
/// The same of the block of positions that begins at `first` and ends before `end`, or earlier; returns how many it has.
size_t design_fill_extended_block(const behov_design *design, size_t first, size_t end, double *room,
                                  extended *regressors, extended *outcome);

#endif
