/* far_figures.h - figures of a panel that lie far from those that given coefficients were estimated on: the need of such a
 * row extends the model, or the figure is wrong. */
#ifndef BEHOV_FAR_FIGURES_H
#define BEHOV_FAR_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "design.h"
#include "error.h"
#include "need.h"
#include "phrase.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many rows of a column are named. */
enum { BEHOV_FAR_NAMED = 3 };

typedef enum behov_far_kind {
    BEHOV_FAR_REGRESSOR = 0, /* outside the figures of the estimation, by more than honest new years are */
    BEHOV_FAR_OUTCOME,       /* likewise, or 0 where all of those are above 0 */
    BEHOV_FAR_FROM_NEED      /* an outcome within them, more than five times the need */
} behov_far_kind;

/// Rows of one column and kind.
typedef struct behov_far_column {
    behov_far_kind kind;
    size_t column;                 /* of the table */
    double low, high;              /* of the rows estimated on; NaN of BEHOV_FAR_FROM_NEED */
    double next_low, next_high;    /* of the panel: lowest and highest figure but one; infinite of one row */
    size_t n_rows;                 /* at least 1 */
    size_t named[BEHOV_FAR_NAMED]; /* of them the farthest, farthest first; equally far ones in table order */
} behov_far_column;

/// Zero-initialise; free with behov_far_figures_free in any case.
typedef struct behov_far_figures {
    const behov_study *study; /* borrowed */
    const behov_need *need;   /* borrowed */
    behov_far_column *columns;
    size_t n;
} behov_far_figures;

/// Looks at the rows that have a need, in the columns whose ranges study->saved_columns knows, in their order, and holds
/// the outcome against the need. Coefficients of a printed table have no ranges.
/// \param study, need  borrowed; must outlive the result
/// Cost O(rows * columns). BEHOV_E_MEMORY.
BEHOV_API behov_status behov_far_figures_find(const behov_study *study, const behov_design *design,
                                              const behov_need *need, behov_far_figures *far_figures,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// Whether a row that has a need is one of columns[i].
BEHOV_API bool behov_far_figures_has(const behov_far_figures *far_figures, size_t i, size_t row);
BEHOV_API void behov_far_figures_free(behov_far_figures *far_figures);

#ifdef __cplusplus
}
#endif
#endif
