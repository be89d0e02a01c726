/* factor_gather.h - factors of groups that a database made (behov/factor_state.h) become a part (behov/factor_part.h).
 *
 * A database keeps of a group its key and the triangle of [x y], and knows no names. The formula gives them: its constant and
 * its terms, in the order in which a fit prints them, are the elements of the array x. So the first element is 1 in all rows,
 * which is looked at, and a factor(...) has no place in the formula: its levels are not known, and each is an element. */
#ifndef BEHOV_FACTOR_GATHER_H
#define BEHOV_FACTOR_GATHER_H

#include <stddef.h>

#include "error.h"
#include "factor_part.h"
#include "formula.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_factor_gather behov_factor_gather;

/// \param formula  borrowed for the call
/// \param cluster  what the groups are called (borrowed for the call)
/// \return BEHOV_E_ARGUMENT for a formula without constant or with a factor(...)
BEHOV_API behov_status behov_factor_gather_new(const behov_formula *formula, const char *cluster,
                                               behov_factor_gather **gather, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_factor_gather_free(behov_factor_gather *gather);

/// Takes the factor of a group. A group may come in several pieces.
/// \param key    UTF-8 (borrowed for the call); NULL: rows that are in no group, which are counted and left out
/// \param where  what messages call the place
/// \return BEHOV_E_DATA for bytes that are no sound factor, of other numbers of regressors, with weights where others have
///         none, or whose first element is not 1
BEHOV_API behov_status behov_factor_gather_add(behov_factor_gather *gather, const char *key, const unsigned char *bytes,
                                               size_t n_bytes, const char *where, behov_error *err) BEHOV_MUST_CHECK;

/// What was taken, as a part (zero-initialised; free with behov_factor_part_free in any case). Nothing is left in `gather`.
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_factor_gather_finish(behov_factor_gather *gather, behov_factor_part *part,
                                                  behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
