/* fit_exact.c - residuals at rounding. The bound and its evidence: fit_exact.h. */
#include "fit_exact.h"

#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "design_parts.h"

static const double rounding = 0x1p-53, computed_columns = 4;
/* Far above both terms of the bound: rows are looked at only below it. */
static const double looked_at = 1e-9;

/* ||y|| + sum |b_k| ||x_k||, of the columns as they are fitted (weighted, less group means), in units of the outcome.
 */
static double length_of_parts(const behov_fit *fit, const behov_factors *factors)
{
    size_t n = fit->n_regressors, width = n + 1;
    const double *triangle = behov_factors_triangle(factors);
    double sum = 0;
    for (size_t k = 0; k <= n; k++) {
        double length = 0;
        for (size_t i = 0; i <= k; i++)
            length = hypot(length, triangle[i * width + k]);
        length = ldexp(length, behov_factors_exponent(factors, k));
        sum += k < n ? fabs(fit->rounded_values[k]) * length : length;
    }
    return sum;
}

/* |value|, 0 for a whole number that a double holds exactly. */
static double rounded_size(double value, double rest)
{
    double size = fabs(value);
    return rest == 0 && size <= 0x1p53 && floor(size) == size ? 0 : size;
}

/* || |y_i| + sum |b_k| |x_ik| || over the numbers that were rounded when they were read or computed. */
static behov_status length_of_rounded(const behov_fit *fit, const behov_design *design, double *length,
                                      behov_error *err)
{
    size_t n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    bool all_are_rounded = behov_design_absorbed(design); /* deviations from means */
    double *block = behov_alloc(2 * BEHOV_DESIGN_BLOCK, n * sizeof *block), outcome[BEHOV_DESIGN_BLOCK];
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *rests = block + BEHOV_DESIGN_BLOCK * n;
    *length = 0;
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcome);
        behov_design_fill_rests(design, block_rows, count, block, n, rests);
        for (size_t i = 0; i < count; i++) {
            double sum = all_are_rounded ? fabs(outcome[i]) : rounded_size(outcome[i], 0);
            for (size_t k = 0; k < n; k++) {
                double value = block[i * n + k];
                sum += fabs(fit->rounded_values[k]) *
                       (all_are_rounded ? fabs(value) : rounded_size(value, rests[i * n + k]));
            }
            *length = hypot(*length, sum * design_root(design, first + i));
        }
    }
    free(block);
    return BEHOV_OK;
}

behov_status fit_judge_exact(behov_fit *fit, const behov_design *design, const behov_factors *factors, behov_error *err)
{
    double residual = sqrt(fit->rss), parts = length_of_parts(fit, factors), rounded_value = 0;
    if (!(residual <= looked_at * parts))
        return BEHOV_OK;
    behov_status status = length_of_rounded(fit, design, &rounded_value, err);
    if (status)
        return status;
    double arithmetic = fit->is_extended ? 0x1p-90 : rounding * (64 + 4 * sqrt((double)fit->n_rows));
    fit->is_exact = residual <= computed_columns * rounding * rounded_value + arithmetic * parts;
    if (!fit->is_exact)
        return BEHOV_OK;
    fit->rss = 0;
    fit->tss = fit->model_squares;
    for (size_t p = 0; p < fit->rank; p++) {
        size_t k = fit->kept_positions[p];
        double moves = sqrt(fit->bread[k * fit->n_regressors + k]) * computed_columns * rounding * parts;
        if (fabs(fit->rounded_values[k]) <= moves) {
            fit->coefficients[k] = fit->solution[p] = extended_of(0);
            fit->rounded_values[k] = fit->scaled_values[p] = 0;
        }
    }
    return BEHOV_OK;
}
