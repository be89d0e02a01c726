/* fate_inner.h - judging the rows of a table. */
#ifndef BEHOV_SRC_FATE_INNER_H
#define BEHOV_SRC_FATE_INNER_H

#include <behov/error.h>
#include <behov/expression.h>
#include <behov/fate.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fates {
    const behov_table *table; /* borrowed */
    uint16_t *of_rows;        /* 0 = estimated on, else the reason's position + 1; NULL = all are estimated on */
    behov_reason *reasons;    /* their subjects are owned */
    size_t n_reasons;
} fates;

/// By what rows are judged; see behov_design_options.
typedef struct fate_rules {
    const behov_expression *exclude, *set_aside, *weights;
    const char *const *cluster_keys;
    size_t n_cluster_keys;
    bool weights_are_counts; /* frequencies: whole numbers */
} fate_rules;

/// Judges every row by conditions, missing cells and cluster keys.
/// \param regressors          expressions whose columns must be there for a row to be predicted
/// \param outcome_expression  NULL = the table has no outcome
behov_status fates_judge(fates *fates, const fate_rules *rules, behov_expression *const *regressors,
                         size_t n_regressors, const behov_expression *outcome_expression, behov_error *err);
/// Counts one more row under a reason, which is added when it is new; its subject is copied.
behov_status fates_add(fates *fates, behov_reason reason, size_t row, behov_error *err);
/// The row's number in `of_rows`.
static inline uint16_t fates_code(const fates *fates, size_t row)
{
    return fates->of_rows ? fates->of_rows[row] : 0;
}
behov_row_fate fates_of_row(const fates *fates, size_t row);
void fates_free(fates *fates);

#endif
