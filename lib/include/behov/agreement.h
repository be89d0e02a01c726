/* agreement.h - whether a panel and the coefficients that are given for it can be of the same units and columns.
 *
 * Where columns are swapped, or an index or the outcome is in another unit than when the coefficients were estimated,
 * actual expenditure is nowhere near need. One look at the result finds that whatever the reason. */
#ifndef BEHOV_AGREEMENT_H
#define BEHOV_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "need.h"
#include "panel.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_agreement {
    size_t n_municipalities, n_rows; /* with a need and an outcome; without codes each row counts as one */
    double median_ratio_pct; /* actual / need by row, the lower of two; infinite at a need of 0 or less, NaN of none */
    double gap_pct;          /* the sum of gaps in per cent of actual expenditure, NaN without any */
    bool is_doubted;         /* no panel of so many municipalities is so far from its need */
} behov_agreement;

/// Looks at all rows that have a need and an outcome above 0.
/// \param panel  the one the need was made of (borrowed)
/// Cost O(n log n) of its rows. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_agreement_find(const behov_need *need, const behov_panel *panel,
                                            behov_agreement *agreement, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
