/* design_parts.h - what a fit in double-double arithmetic asks of the design beyond its doubles. */
#ifndef BEHOV_SRC_DESIGN_PARTS_H
#define BEHOV_SRC_DESIGN_PARTS_H

#include <behov/design.h>

/// What rounding took from the regressors that behov_design_fill gave for these rows: x^2, x / z and x:z are then known
/// to about 30 digits. Leaves `rests` as they are when no column of the design is computed so, and with weights, whose
/// roots are rounded anyway.
/// \param regressors, stride  as behov_design_fill filled them
/// \param rests               the same shape; zeros
void behov_design_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, const double *regressors,
                             size_t stride, double *rests);

#endif
