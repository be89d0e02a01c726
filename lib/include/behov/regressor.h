/* regressor.h - the names of regressors, as a design spells them and tables of coefficients and model files write them.
 *
 *   x    I(x^2)    year=2013    x:year=2013    g=Gr. 1: small
 *
 * A level is any text, so it may hold what else parts names. */
#ifndef BEHOV_REGRESSOR_H
#define BEHOV_REGRESSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "formula.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Components that a term has at the most.
#define BEHOV_REGRESSOR_PARTS 16

typedef struct behov_regressor {
    size_t term, n_parts;                                                 /* of the formula, and its components */
    size_t starts[BEHOV_REGRESSOR_PARTS], lengths[BEHOV_REGRESSOR_PARTS]; /* bytes of each level in the name; 0, 0 for a
                                                                           * component that is no factor */
} behov_regressor;

/// The term that a name stands for and the levels in it, by the formula alone. Where a level makes several readings
/// possible, the term with the most components is taken, and in it the shortest levels first.
/// \param[out] regressor  untouched when the result is false
/// \return whether the name is one of a term; the constant is none
BEHOV_API bool behov_regressor_read(const behov_formula *formula, const char *name, behov_regressor *regressor);

#ifdef __cplusplus
}
#endif
#endif
