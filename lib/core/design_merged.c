/* design_merged.c - the rows of a design that was merged of factors: held as they are, weighted already. */
#include "design_inner.h"

#include <math.h>
#include <stdlib.h>

static size_t row_width(const behov_design *design)
{
    return design->n_columns + 2; /* regressors, outcome, the constant */
}

void design_merged_fill(const behov_design *design, const uint32_t *rows, size_t n_rows, double *regressors,
                        size_t stride, double *outcome)
{
    size_t n = design->n_columns, width = row_width(design);
    for (size_t i = 0; i < n_rows; i++) {
        const double *row = design->merged->values + rows[i] * width;
        for (size_t k = 0; k < n; k++)
            regressors[i * stride + k] = row[k];
        if (outcome)
            outcome[i] = row[n];
    }
}

void design_merged_fill_rests(const behov_design *design, const uint32_t *rows, size_t n_rows, size_t stride,
                              double *rests)
{
    for (size_t i = 0; i < n_rows && design->merged->rests; i++)
        for (size_t k = 0; k < design->n_columns; k++)
            rests[i * stride + k] = design->merged->rests[rows[i] * row_width(design) + k];
}

void design_merged_fill_extended(const behov_design *design, const uint32_t *rows, size_t n_rows, extended *regressors,
                                 extended *outcome)
{
    size_t n = design->n_columns, width = row_width(design);
    for (size_t i = 0; i < n_rows; i++) {
        const double *row = design->merged->values + rows[i] * width,
                     *rest = design->merged->rests ? design->merged->rests + rows[i] * width : NULL;
        for (size_t k = 0; k <= n; k++) {
            int shift = -design->exponents[k];
            extended value = {ldexp(row[k], shift), rest ? ldexp(rest[k], shift) : 0};
            if (k < n)
                regressors[i * n + k] = value;
            else
                outcome[i] = value;
        }
    }
}

double design_merged_root(const behov_design *design, size_t row)
{
    return design->merged->values[row * row_width(design) + design->n_columns + 1];
}

bool design_counts_rows(const behov_design *design)
{
    return !design->merged || !design->merged->has_precision_weights;
}

void design_merged_free(design_merged *merged)
{
    if (!merged)
        return;
    free(merged->values);
    free(merged->rests);
    free(merged);
}
