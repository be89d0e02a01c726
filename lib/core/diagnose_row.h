/* diagnose_row.h - one row of a fit as diagnoses see it: weight, residual, the row in the orthonormal basis. */
#ifndef BEHOV_SRC_DIAGNOSE_ROW_H
#define BEHOV_SRC_DIAGNOSE_ROW_H

#include <behov/design.h>
#include <behov/error.h>
#include <behov/fit.h>
#include <stddef.h>

#include "fit_parts.h"

/// BEHOV_E_ARGUMENT for a design with absorbed effects: left-out errors and fitted values need the effects.
behov_status diagnose_refuse_absorbed(const behov_design *design, behov_error *err) BEHOV_MUST_CHECK;
/// BEHOV_E_ARGUMENT for a design that was merged of factors: there are no rows to diagnose.
behov_status diagnose_refuse_merged(const behov_design *design, behov_error *err) BEHOV_MUST_CHECK;
/// Root of the weight of a row estimated on.
double diagnose_root_weight(const behov_design *design, size_t i);
/// How many equal rows it stands for: with frequencies a row's leverage is shared by its copies.
double diagnose_copies(const behov_design *design, size_t i);
/// The root of that number; of a merged design what stands in its place.
double diagnose_root_copies(const behov_design *design, size_t i);
/// The residual of one row, rounded once where the fit is extended.
/// \param x  n_regressors (borrowed) \param rest  what x lacks; NULL = x is exact \param[out] fitted  its fitted value
double diagnose_residual(const behov_fit *fit, const double *x, const double *rest, double outcome, double *fitted);
/// p = T'x times the root of the row's weight.
/// \param scales  2^-exponent of each kept column \param[out] p  rank figures (caller's)
void diagnose_turn_row(const behov_fit *fit, const double *x, double root, const double *scales, double *p);

#endif
