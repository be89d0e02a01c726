/* table_conventions.h - how a table of coefficients is printed: which levels its stars stand for, and what stands in
 * brackets beneath a coefficient. The figures are the same whichever is chosen. */
#ifndef BEHOV_TABLE_CONVENTIONS_H
#define BEHOV_TABLE_CONVENTIONS_H

#include "inference.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The figure in brackets beneath a coefficient, which esttab has as se, t, p and ci, modelsummary as its `statistic`.
/// Nothing said: standard errors where fits stand side by side, while annex 1 has its figures in columns.
typedef enum behov_brackets {
    BEHOV_BRACKETS_NOT_SAID,
    BEHOV_BRACKETS_ERROR,
    BEHOV_BRACKETS_T,
    BEHOV_BRACKETS_P,
    BEHOV_BRACKETS_INTERVAL,
    BEHOV_N_BRACKETS
} behov_brackets;

/// Zero is the documented default: stars at 10, 5 and 1 per cent, brackets not said.
typedef struct behov_table_conventions {
    behov_stars stars;
    behov_brackets brackets;
} behov_table_conventions;

#ifdef __cplusplus
}
#endif
#endif
