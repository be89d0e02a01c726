/* diagnose_screen.c - whether a look at single rows is worth while: the measures that warnings stand on, in double.
 *
 * Leverage |T'x|^2 and Cook's distance of a row in double are off by the condition number times 1e-16; where that, the
 * smallness of the residuals or weights could make them wrong near a limit, the answer is yes. */
#include <behov/diagnose.h>

#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "fit_parts.h"

static const double worst_condition = 1e6, least_residual = 1e-8, margin = 1e-6;

static bool is_safe_in_double(const behov_fit *fit, const behov_design *design)
{
    size_t n_rows;
    behov_design_estimated(design, &n_rows);
    double scaled_value =
        ldexp(sqrt(fit->rss / fit_free_rows(fit)), -fit->outcome_exponent); /* the largest outcome is 1/2 to 1 */
    return n_rows == fit->n_rows && behov_design_n_regressors(design) == fit->n_regressors &&
           !behov_design_absorbed(design) && !behov_design_root_weights(design) && fit->condition < worst_condition &&
           scaled_value > least_residual;
}

behov_status behov_rows_may_exceed(const behov_fit *fit, const behov_design *design, double leverage,
                                   double cooks_distance, bool *may_exceed, behov_error *err)
{
    size_t n = fit->n_regressors, rank = fit->rank;
    *may_exceed = true;
    if (!is_safe_in_double(fit, design))
        return BEHOV_OK;
    double *block = behov_alloc(BEHOV_DESIGN_BLOCK + 1, n * sizeof *block), *p = behov_alloc(rank, sizeof *p);
    double outcome[BEHOV_DESIGN_BLOCK], squares = ldexp(fit->rss, -2 * fit->outcome_exponent) / fit_free_rows(fit);
    if (!block || !p) {
        free(block), free(p);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    }
    double *scales = block + BEHOV_DESIGN_BLOCK * n;
    for (size_t k = 0; k < n; k++)
        scales[k] = ldexp(1, -behov_design_exponent(design, k));
    bool is_found = false;
    for (size_t first = 0; first < fit->n_rows && !is_found; first += BEHOV_DESIGN_BLOCK) {
        size_t count = fit->n_rows - first < BEHOV_DESIGN_BLOCK ? fit->n_rows - first : BEHOV_DESIGN_BLOCK;
        behov_design_fill_weighted(design, first, count, block, n, outcome);
        for (size_t i = 0; i < count; i++) {
            double *x = block + i * n, residual, h = 0;
            for (size_t k = 0; k < n; k++)
                x[k] *= scales[k];
            fit_turn_row_double(fit, x, ldexp(outcome[i], -fit->outcome_exponent), p, &residual);
            for (size_t q = 0; q < rank; q++)
                h += p[q] * p[q];
            double cook = residual * residual / squares * h / ((1 - h) * (1 - h)) / (double)rank;
            is_found = is_found || !(h < leverage * (1 - margin) && cook < cooks_distance * (1 - margin));
        }
    }
    free(block), free(p);
    *may_exceed = is_found;
    return BEHOV_OK;
}
