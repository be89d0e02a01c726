/* diagnose_rows.c - figures on the rows of a fit: residuals, leverage, Cook's distance; formulas in diagnose.h. */
#include <behov/diagnose.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "diagnose_row.h"
#include "fit_parts.h"
#include "influence.h"

struct behov_row_diagnosis {
    size_t n_rows;
    double *values[BEHOV_N_ROW_MEASURES];
};

void behov_row_diagnosis_free(behov_row_diagnosis *diagnosis)
{
    if (!diagnosis)
        return;
    for (int measure = 0; measure < BEHOV_N_ROW_MEASURES; measure++)
        free(diagnosis->values[measure]);
    free(diagnosis);
}

/* Residuals below this share of the outcome's spread, squared, are rounding: there is nothing to measure them by. */
static const double fits_exactly = 1e-26;

/* What follows from residual, times the root of a precision weight, and leverage. rss_(i) = rss - u^2/(1-h), 0 to
 * rounding when only this row is off. */
static void measures_of_row(const behov_fit *fit, size_t row, double residual, double one_less_h, double *const *values)
{
    double h = values[BEHOV_ROW_LEVERAGE][row];
    double n_free = fit->n_observations - (double)fit->rank, s2 = fit->rss / n_free;
    double standardised = NAN, studentised = NAN;
    if (one_less_h > BEHOV_ONLY_HERE && fit->rss > fits_exactly * fit->tss) {
        double own = residual * residual / one_less_h, rest = fit->rss - own;
        standardised = residual / sqrt(s2 * one_less_h);
        if (n_free > 1 && rest > 1e-12 * fit->rss)
            studentised = residual / sqrt(rest / (n_free - 1) * one_less_h);
    }
    values[BEHOV_ROW_STANDARDISED][row] = standardised;
    values[BEHOV_ROW_STUDENTISED][row] = studentised;
    values[BEHOV_ROW_COOKS_DISTANCE][row] = standardised * standardised * (h / one_less_h) / (double)fit->rank;
    values[BEHOV_ROW_DFFITS][row] = studentised * sqrt(h / one_less_h);
}

static behov_status diagnose_rows(const behov_fit *fit, const behov_design *design, behov_row_diagnosis *row_diagnosis,
                                  behov_error *err)
{
    size_t rank = fit->rank, n = fit->n_regressors, n_rows;
    const uint32_t *rows = behov_design_estimated(design, &n_rows);
    double *block = behov_alloc(2 * BEHOV_DESIGN_BLOCK, n * sizeof *block), *work = behov_alloc(2, rank * sizeof *work);
    extended *row = behov_alloc(rank, sizeof *row);
    if (!block || !work || !row) {
        free(block), free(work), free(row);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    }
    double *p = work, *scales = work + rank, *rests = block + BEHOV_DESIGN_BLOCK * n, outcome[BEHOV_DESIGN_BLOCK];
    for (size_t j = 0; j < rank; j++)
        scales[j] = ldexp(1, -fit->exponents[fit->kept_positions[j]]);
    for (size_t first = 0; first < n_rows; first += BEHOV_DESIGN_BLOCK) {
        size_t count = n_rows - first < BEHOV_DESIGN_BLOCK ? n_rows - first : BEHOV_DESIGN_BLOCK;
        uint32_t room[BEHOV_DESIGN_BLOCK];
        const uint32_t *block_rows = behov_rows_block(rows, first, count, room);
        behov_design_fill(design, block_rows, count, block, n, outcome);
        if (fit->is_extended)
            behov_design_fill_rests(design, block_rows, count, block, n, rests);
        for (size_t i = 0; i < count; i++) {
            const double *x = block + i * n, *rest = rests + i * n;
            double root = diagnose_root_weight(design, first + i), copies = diagnose_copies(design, first + i),
                   one_less_h, h = 0;
            double residual =
                diagnose_residual(fit, x, rest, outcome[i], &row_diagnosis->values[BEHOV_ROW_FITTED][first + i]);
            if (fit->is_extended) {
                for (size_t j = 0; j < rank; j++) {
                    size_t k = fit->kept_positions[j];
                    row[j] =
                        extended_multiply(extended_of(root), extended_two_sum(x[k] * scales[j], rest[k] * scales[j]));
                }
                extended leverage = extended_divide(behov_fit_leverage(fit, row), extended_of(copies));
                h = extended_round(leverage);
                one_less_h = extended_round(extended_subtract(extended_of(1), leverage));
            } else {
                diagnose_turn_row(fit, x, root, scales, p);
                for (size_t q = 0; q < rank; q++)
                    h += p[q] * p[q];
                h /= copies;
                one_less_h = 1 - h;
            }
            row_diagnosis->values[BEHOV_ROW_RESIDUAL][first + i] = residual;
            row_diagnosis->values[BEHOV_ROW_LEVERAGE][first + i] = h;
            measures_of_row(fit, first + i, residual * (root / sqrt(copies)), one_less_h, row_diagnosis->values);
        }
    }
    free(block), free(work), free(row);
    return BEHOV_OK;
}

behov_status behov_row_diagnosis_new(const behov_fit *fit, const behov_design *design, behov_row_diagnosis **diagnosis,
                                     behov_error *err)
{
    size_t n_rows;
    behov_design_estimated(design, &n_rows);
    if (n_rows != fit->n_rows || behov_design_n_regressors(design) != fit->n_regressors)
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               SAY_FIT_NOT_OF_DESIGN);
    behov_status refused = diagnose_refuse_absorbed(design, err);
    if (!refused)
        refused = diagnose_refuse_merged(design, err);
    if (refused)
        return refused;
    behov_row_diagnosis *row_diagnosis = behov_alloc(1, sizeof *row_diagnosis);
    behov_status status = row_diagnosis ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_DIAGNOSIS);
    for (int measure = 0; measure < BEHOV_N_ROW_MEASURES && !status; measure++)
        if (!(row_diagnosis->values[measure] = behov_alloc(n_rows, sizeof(double))))
            status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_DIAGNOSIS);
    if (!status) {
        row_diagnosis->n_rows = n_rows;
        status = diagnose_rows(fit, design, row_diagnosis, err);
    }
    if (status)
        behov_row_diagnosis_free(row_diagnosis);
    else
        *diagnosis = row_diagnosis;
    return status;
}

size_t behov_row_diagnosis_n_rows(const behov_row_diagnosis *diagnosis)
{
    return diagnosis->n_rows;
}

const double *behov_row_diagnosis_values(const behov_row_diagnosis *diagnosis, behov_row_measure measure)
{
    return diagnosis->values[measure];
}

size_t behov_row_diagnosis_largest(const behov_row_diagnosis *diagnosis, behov_row_measure measure, size_t n_most,
                                   size_t *positions)
{
    const double *values = diagnosis->values[measure];
    size_t n_found = 0;
    for (size_t i = 0; i < diagnosis->n_rows; i++) {
        size_t index = n_found;
        if (isnan(values[i]))
            continue;
        while (index > 0 && fabs(values[positions[index - 1]]) < fabs(values[i]))
            index--;
        if (index == n_most)
            continue;
        n_found += n_found < n_most;
        memmove(positions + index + 1, positions + index, (n_found - index - 1) * sizeof *positions);
        positions[index] = i;
    }
    return n_found;
}
