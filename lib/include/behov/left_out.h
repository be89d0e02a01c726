/* left_out.h - municipalities that a condition leaves out of a fit or an application, with every row of theirs. */
#ifndef BEHOV_LEFT_OUT_H
#define BEHOV_LEFT_OUT_H

#include <stdbool.h>

#include "error.h"
#include "fit_results.h"
#include "municipality_list.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A row of each of them, the first, in the order of the panel (malloc, NULL when there is none); none without a
/// condition or a column of codes, nor of a part of a panel, which has no design: the other parts may hold more of its
/// rows. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_left_out_rows(const behov_fit_results *fit_results, size_t **rows, size_t *n_rows,
                                           behov_error *err) BEHOV_MUST_CHECK;
/// Whether a condition leaves every row of the municipality out; not when it has none.
BEHOV_API bool behov_left_out_is(const behov_fit_results *fit_results, const behov_municipality *municipality);
/// BEHOV_E_DATA that says so, and how it takes part again, when it does; else BEHOV_OK. `where` is for messages.
BEHOV_API behov_status behov_left_out_refuse(const behov_fit_results *fit_results,
                                             const behov_municipality *municipality, const char *where,
                                             behov_error *err) BEHOV_MUST_CHECK;
/// Those of a list, as positions among `places`: a notice of the study for each of some, BEHOV_E_DATA when the
/// condition leaves no one of them.
BEHOV_API behov_status behov_left_out_refuse_all(const behov_fit_results *fit_results, const behov_municipality *places,
                                                 const size_t *listed_positions, size_t n_listed, const char *where,
                                                 behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
