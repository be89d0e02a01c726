/* fate.h - what becomes of a row of the table, and why. */
#ifndef BEHOV_FATE_H
#define BEHOV_FATE_H

#include <stddef.h>

#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_row_fate { BEHOV_ROW_ESTIMATED = 0, BEHOV_ROW_PREDICTED_ONLY, BEHOV_ROW_LEFT_OUT } behov_row_fate;

typedef enum behov_reason_kind {
    BEHOV_REASON_NO_MUNICIPALITY,   /* subject = "country", "county", "group", "unknown" or "sum": behov_row_mark */
    BEHOV_REASON_EXCLUDED,          /* subject = the condition */
    BEHOV_REASON_REGRESSOR_MISSING, /* subject = the column, mark = how it was missing */
    BEHOV_REASON_OUTCOME_MISSING,   /* subject = the column, mark */
    BEHOV_REASON_CLUSTER_MISSING,   /* subject = the cluster key */
    BEHOV_REASON_WEIGHT_MISSING,    /* subject = the column of the weights, mark */
    BEHOV_REASON_WEIGHT_ZERO,       /* subject = the weights: a row of weight 0 takes no part */
    BEHOV_REASON_SET_ASIDE,         /* subject = the condition or column by which the panel sets the row aside */
    BEHOV_REASON_LEVEL_UNKNOWN      /* subject = "year=2017": no coefficient for this level */
} behov_reason_kind;

typedef struct behov_reason {
    behov_reason_kind kind;
    behov_row_fate fate;
    const char *subject; /* borrowed from the design */
    behov_missing mark;
    size_t n_rows;
} behov_reason;

#ifdef __cplusplus
}
#endif
#endif
