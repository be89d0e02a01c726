/* fate.h - what becomes of every row of a table, and why. */
#ifndef BEHOV_SRC_FATE_H
#define BEHOV_SRC_FATE_H

#include <behov/design.h>
#include <behov/error.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fates {
    const behov_table *table; /* borrowed */
    uint16_t *of_rows;        /* 0 = estimated on, else the reason's position + 1 */
    behov_reason *reasons;    /* their subjects are owned */
    size_t n_reasons;
} fates;

/// Judges every row by conditions, missing cells and cluster keys.
/// \param regressors          expressions whose columns must be there for a row to be predicted
/// \param outcome_expression  NULL = the table has no outcome
behov_status fates_judge(fates *of, const behov_design_options *options, behov_expression *const *regressors,
                         size_t n_regressors, const behov_expression *outcome_expression, behov_error *err);
/// Counts one more row under a reason, which is added when it is new; its subject is copied.
behov_status fates_add(fates *of, behov_reason found, uint16_t *code, behov_error *err);
behov_row_fate fates_of_row(const fates *of, size_t row);
void fates_free(fates *of);

#endif
