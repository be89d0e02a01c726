/* fit.c - least squares from a triangle: rank, coefficients, sums of squares.
 *
 *   [X~ y~] = Q [R z; 0 rho],  b~ = T z,  T = R^-1,  rss = rho^2,  (X~'X~)^-1 = T T'
 *
 * With a constant in the first column the squares of z_2 ... z_K are the sum of squares about the mean that the model
 * explains, so R2 needs no subtraction. With absorbed effects the rows are deviations from group means and there is no
 * constant: all sums of squares are within the groups.
 * Source: Bjoerck, Numerical Methods for Least Squares Problems (1996), ch. 2. */
#include <behov/fit.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "design_parts.h"
#include "fit_exact.h"
#include "fit_parts.h"
#include "linalg.h"

/* A column whose part outside the columns before it is below this share of its length is called collinear. Exactly
 * collinear columns of rounded decimals leave 1e-16 to 1e-14; the hardest real set, NIST Filip, leaves 1.5e-10. */
static const double collinear_tolerance = 1e-12;

void behov_fit_free(behov_fit *fit)
{
    if (!fit)
        return;
    free(fit->kept_positions);
    free(fit->exponents);
    free(fit->coefficients);
    free(fit->rounded_values);
    free(fit->scaled_values);
    free(fit->solution);
    free(fit->projected);
    free(fit->constant);
    free(fit->inverse);
    free(fit->bread);
    free(fit);
}

/* ---- rank ------------------------------------------------------------------------------------------------------- */

static behov_status collinear_error(const behov_design *design, const double *weights, size_t n, size_t column,
                                    bool is_zero, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design));
    const char *name = behov_design_regressor(design, column);
    if (is_zero)
        return behov_error_say(err, BEHOV_E_RANK, source, SAY_FIT_ZERO_COLUMN, name);
    const behov_clusters *groups = behov_design_absorbed(design);
    double largest = 0;
    for (size_t k = 0; k < n; k++)
        largest = fabs(weights[k]) > largest ? fabs(weights[k]) : largest;
    char partners[300] = "";
    size_t length = 0, count = 0, n_listed = 0, only = 0;
    for (size_t k = 0; k < n; k++) {
        if (fabs(weights[k]) <= 1e-6 * largest)
            continue;
        only = k;
        count++;
        if (length < sizeof partners - 80 && ++n_listed)
            length += (size_t)snprintf(partners + length, sizeof partners - length, "%s%s", length ? ", " : "",
                                       behov_cut(behov_design_regressor(design, k), 60).text);
    }
    if (count > n_listed)
        snprintf(partners + length, sizeof partners - length, "%s",
                 behov_phrase(SAY_NAMES_MORE, count - n_listed).text);
    if (count == 1 && only == 0 && behov_design_has_intercept(design))
        return behov_error_say(err, BEHOV_E_RANK, source, SAY_FIT_CONSTANT_COLUMN, name);
    if (count == 0 && !groups) /* nothing to combine: the column itself vanishes */
        return behov_error_say(err, BEHOV_E_RANK, source, SAY_FIT_VANISHING_COLUMN, name);
    if (groups)
        return behov_error_say(err, BEHOV_E_RANK, source, SAY_FIT_COLLINEAR_ABSORBED, name, partners,
                               behov_cut(behov_clusters_key(groups), 60).text);
    return behov_error_say(err, BEHOV_E_RANK, source, SAY_FIT_COLLINEAR, name, partners);
}

static behov_status no_freedom(size_t n_rows, size_t n_coefficients, const char *source, behov_error *err)
{
    unsigned long rows = n_rows, coefficients = n_coefficients;
    return n_rows != 1 ? behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_NO_FREEDOM, rows, coefficients)
           : n_coefficients == 1
               ? behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_NO_FREEDOM_ONE_ONE, rows, coefficients)
               : behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_NO_FREEDOM_ONE_ROW, rows, coefficients);
}

static behov_status absorbed_error(const behov_design *design, size_t column, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_RANK, behov_table_source(behov_design_table(design)), SAY_FIT_ABSORBED_COLUMN,
                           behov_cut(behov_design_regressor(design, column), 120).text,
                           behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text);
}

static behov_status find_rank(behov_fit *fit, const behov_design *design, const behov_factors *factors,
                              bool drop_collinear, behov_error *err)
{
    size_t n = fit->n_regressors, width = n + 1;
    const double *triangle = behov_factors_triangle(factors);
    bool *dependent = behov_alloc(n, sizeof *dependent);
    double *partners = behov_alloc(n, n * sizeof *partners);
    fit->kept_positions = behov_alloc(n, sizeof *fit->kept_positions);
    behov_status status = BEHOV_OK;
    if (!dependent || !partners || !fit->kept_positions)
        status = BEHOV_E_MEMORY;
    size_t count = 0;
    if (!status)
        count = behov_triangle_dependent(triangle, width, n, collinear_tolerance, dependent, partners, &status);
    if (status)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_OF_DESIGN);
    for (size_t k = 0; k < n && !status; k++) {
        if (!dependent[k]) {
            fit->kept_positions[fit->rank++] = k;
            continue;
        }
        bool is_zero = true;
        for (size_t i = 0; i <= k && is_zero; i++)
            is_zero = triangle[i * width + k] == 0;
        if (!drop_collinear && behov_design_is_absorbed(design, k))
            status = absorbed_error(design, k, err);
        else if (!drop_collinear)
            status = collinear_error(design, partners + k * n, n, k, is_zero, err);
    }
    if (!status && fit->rank == 0 && fit->n_absorbed)
        status =
            behov_error_say(err, BEHOV_E_RANK, behov_table_source(behov_design_table(design)), SAY_FIT_ALL_ABSORBED,
                            behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text);
    else if (!status && fit->rank == 0)
        status = behov_error_say(err, BEHOV_E_RANK, behov_table_source(behov_design_table(design)), SAY_FIT_ALL_ZERO,
                                 (unsigned long)count);
    free(dependent);
    free(partners);
    return status;
}

/* ---- triangles of the kept columns ------------------------------------------------------------------------------ */

/* From the triangle of all columns, in double. */
static behov_status kept_triangle(const behov_fit *fit, const behov_factors *factors, extended *triangle,
                                  behov_error *err)
{
    size_t width = fit->n_regressors + 1, m = fit->rank + 1;
    const double *all = behov_factors_triangle(factors);
    double *rows = behov_alloc(width, m * sizeof *rows);
    double *result = behov_alloc(m + 1, m * sizeof *result);
    if (!rows || !result) {
        free(rows), free(result);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_TRIANGLE);
    }
    for (size_t i = 0; i < width; i++)
        for (size_t p = 0; p < m; p++)
            rows[i * m + p] = all[i * width + (p < fit->rank ? fit->kept_positions[p] : width - 1)];
    if (m < width)
        behov_triangle_add(result, m, rows, width, result + m * m);
    else
        memcpy(result, rows, m * m * sizeof *result);
    for (size_t i = 0; i < m * m; i++)
        triangle[i] = extended_of(result[i]);
    free(rows);
    free(result);
    return BEHOV_OK;
}

/* From the rows, in double-double. */
static behov_status extended_rows(const behov_fit *fit, const behov_design *design, extended *triangle,
                                  behov_error *err)
{
    size_t n = fit->n_regressors, m = fit->rank + 1, n_rows = fit->n_rows;
    extended *columns = behov_alloc(n_rows, (m + 1) * sizeof *columns);
    extended *regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *regressors);
    double *room = behov_alloc(DESIGN_EXTENDED_ROOM, n * sizeof *room);
    behov_status status = BEHOV_OK;
    if (!columns || !regressors || !room)
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_ROWS);
    for (size_t first = 0; first < n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        extended outcome[BEHOV_DESIGN_BLOCK];
        size_t count = design_fill_extended_block(design, first, n_rows, room, regressors, outcome);
        for (size_t p = 0; p < m; p++)
            for (size_t i = 0; i < count; i++)
                columns[p * n_rows + first + i] =
                    p < fit->rank ? regressors[i * n + fit->kept_positions[p]] : outcome[i];
    }
    if (!status)
        extended_triangle(columns, n_rows, m, triangle, columns + m * n_rows);
    free(columns), free(regressors), free(room);
    return status;
}

/* ---- the constant as a combination of columns -------------------------------------------------------------------- */

/* The part of the constant (of the roots of the weights) that the columns do not hold, squared, against its length:
 * dummies of all levels and shares that add up to 1 leave 1e-30 in double-double arithmetic. In double T, and with it
 * |Q'r|, is off by the condition number. */
static double constant_tolerance(const behov_fit *fit)
{
    return fit->is_extended ? 1e-20 : 1e3 * 0x1p-53 * (double)fit->rank * fit->condition;
}

/* X~'r and r'r, r the roots of the weights. */
static behov_status sum_constant(const behov_fit *fit, const behov_design *design, extended *sums, extended *length,
                                 behov_error *err)
{
    size_t n = fit->n_regressors;
    extended *regressors = behov_alloc(BEHOV_DESIGN_BLOCK, n * sizeof *regressors);
    double *room = behov_alloc(DESIGN_EXTENDED_ROOM, n * sizeof *room);
    behov_status status = regressors && room ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CONSTANT);
    for (size_t first = 0; first < fit->n_rows && !status; first += BEHOV_DESIGN_BLOCK) {
        extended outcome[BEHOV_DESIGN_BLOCK];
        size_t count = design_fill_extended_block(design, first, fit->n_rows, room, regressors, outcome);
        for (size_t i = 0; i < count; i++) {
            extended root = extended_of(design_root(design, first + i));
            *length = extended_add(*length, extended_multiply(root, root));
            for (size_t p = 0; p < fit->rank; p++)
                sums[p] = extended_add(sums[p], extended_multiply(root, regressors[i * n + fit->kept_positions[p]]));
        }
    }
    free(regressors), free(room);
    return status;
}

/* w = Q'r = T'X~'r; the columns hold the constant when |w| = |r|. Then z less its part along w is what the model
 * explains about the mean. */
static behov_status find_constant(behov_fit *fit, const behov_design *design, extended *w, behov_error *err)
{
    size_t rank = fit->rank;
    extended *sums = behov_alloc(rank, sizeof *sums), length = extended_of(0), held = extended_of(0);
    behov_status status =
        sums ? sum_constant(fit, design, sums, &length, err) : behov_out_of_memory(err, PHRASE_MEMORY_FOR_CONSTANT);
    for (size_t q = 0; q < rank && !status; q++) {
        w[q] = extended_of(0);
        for (size_t p = 0; p <= q; p++)
            w[q] = extended_add(w[q], extended_multiply(fit->inverse[p * rank + q], sums[p]));
        held = extended_add(held, extended_multiply(w[q], w[q]));
    }
    free(sums);
    if (status || !(fabs(extended_round(extended_subtract(length, held))) <= constant_tolerance(fit) * length.hi))
        return status;
    if (!(fit->constant = behov_alloc(rank, sizeof *fit->constant)))
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_CONSTANT);
    extended root = extended_square_root(held);
    for (size_t q = 0; q < rank; q++) {
        w[q] = extended_divide(w[q], root);
        fit->constant[q] = extended_round(w[q]);
    }
    fit->has_constant = true;
    return BEHOV_OK;
}

/* ---- solution --------------------------------------------------------------------------------------------------- */

static behov_status out_of_range(const behov_design *design, const char *name, int exponent, behov_error *err)
{
    const char *source = behov_table_source(behov_design_table(design)), *sign = exponent > 0 ? "/" : "*";
    return behov_design_is_merged(design)
               ? behov_error_say(err, BEHOV_E_RANGE, source, SAY_FIT_OUT_OF_RANGE_MERGED, name, name, sign)
               : behov_error_say(err, BEHOV_E_RANGE, source, SAY_FIT_OUT_OF_RANGE, name, name, sign);
}

static behov_status solve(behov_fit *fit, const behov_design *design, const behov_factors *factors,
                          const extended *triangle, behov_error *err)
{
    size_t n = fit->n_regressors, rank = fit->rank, m = rank + 1;
    int outcome_exponent = behov_factors_exponent(factors, n);
    fit->inverse = behov_alloc(rank, rank * sizeof *fit->inverse);
    fit->coefficients = behov_alloc(n, sizeof *fit->coefficients);
    fit->rounded_values = behov_alloc(n, sizeof *fit->rounded_values);
    fit->scaled_values = behov_alloc(rank, sizeof *fit->scaled_values);
    fit->solution = behov_alloc(rank, sizeof *fit->solution);
    fit->projected = behov_alloc(rank, sizeof *fit->projected);
    fit->bread = behov_alloc(n, n * sizeof *fit->bread);
    fit->exponents = behov_alloc(n, sizeof *fit->exponents);
    double *rounded_values = behov_alloc(rank, rank * sizeof *rounded_values);
    if (!fit->inverse || !fit->coefficients || !fit->rounded_values || !fit->scaled_values || !fit->solution ||
        !fit->projected || !fit->bread || !fit->exponents || !rounded_values) {
        free(rounded_values);
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COEFFICIENTS);
    }
    for (size_t k = 0; k < n; k++)
        fit->exponents[k] = behov_factors_exponent(factors, k);
    fit->outcome_exponent = outcome_exponent;
    extended_triangle_inverse(triangle, m, rank, fit->inverse);
    for (size_t p = 0; p < rank; p++) {
        size_t k = fit->kept_positions[p];
        extended sum = extended_of(0);
        for (size_t q = p; q < rank; q++)
            sum = extended_add(sum, extended_multiply(fit->inverse[p * rank + q], triangle[q * m + rank]));
        fit->scaled_values[p] = extended_round(sum);
        fit->solution[p] = sum;
        fit->projected[p] = extended_round(triangle[p * m + rank]);
        int shift = outcome_exponent - fit->exponents[k];
        fit->coefficients[k] = (extended){ldexp(sum.hi, shift), ldexp(sum.lo, shift)};
        fit->rounded_values[k] = extended_round(fit->coefficients[k]);
        for (size_t q = 0; q <= p; q++) {
            extended dot = extended_of(0);
            for (size_t r = p; r < rank; r++)
                dot = extended_add(dot, extended_multiply(fit->inverse[p * rank + r], fit->inverse[q * rank + r]));
            size_t l = fit->kept_positions[q];
            double value = ldexp(extended_round(dot), -fit->exponents[k] - fit->exponents[l]);
            fit->bread[k * n + l] = fit->bread[l * n + k] = value;
        }
    }
    for (size_t p = 0; p < rank; p++)
        if (!isnormal(fit->bread[fit->kept_positions[p] * n + fit->kept_positions[p]])) {
            free(rounded_values);
            return out_of_range(design, behov_design_regressor(design, fit->kept_positions[p]),
                                fit->exponents[fit->kept_positions[p]], err);
        }
    for (size_t i = 0; i < rank; i++)
        for (size_t j = 0; j < rank; j++)
            rounded_values[i * rank + j] = extended_round(triangle[i * m + j]);
    behov_status status;
    fit->condition = behov_triangle_condition(rounded_values, rank, rank, &status);
    free(rounded_values);
    return status ? behov_out_of_memory(err, PHRASE_MEMORY_FOR_CONDITION_NUMBER) : BEHOV_OK;
}

/* Residual, explained and total squares: about the mean where the columns hold the constant, else about 0. */
static behov_status sum_squares(behov_fit *fit, const behov_design *design, const extended *triangle, behov_error *err)
{
    size_t rank = fit->rank, m = rank + 1, first = fit->has_intercept ? 1 : 0;
    extended *z = behov_alloc(2, rank * sizeof *z), *w = z ? z + rank : NULL;
    if (!z)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_SUMS_OF_SQUARES);
    for (size_t p = 0; p < rank; p++)
        z[p] = triangle[p * m + rank];
    double level = first ? extended_round(z[0]) : 0;
    fit->has_constant = fit->has_intercept;
    behov_status status = first || fit->n_absorbed ? BEHOV_OK : find_constant(fit, design, w, err);
    if (status) {
        free(z);
        return status;
    }
    if (fit->constant) {
        extended part = extended_of(0);
        for (size_t p = 0; p < rank; p++)
            part = extended_add(part, extended_multiply(w[p], z[p]));
        for (size_t p = 0; p < rank; p++)
            z[p] = extended_subtract(z[p], extended_multiply(w[p], part));
        level = extended_round(part);
    }
    extended squares = extended_of(0);
    for (size_t p = first; p < rank; p++)
        squares = extended_add(squares, extended_multiply(z[p], z[p]));
    free(z);
    double rho = extended_round(triangle[rank * m + rank]);
    double scaled_rss = rho * rho, scaled_squares = extended_round(squares), scaled_tss = scaled_rss + scaled_squares;
    fit->rss = ldexp(scaled_rss, 2 * fit->outcome_exponent);
    fit->model_squares = ldexp(scaled_squares, 2 * fit->outcome_exponent);
    fit->tss = ldexp(scaled_tss, 2 * fit->outcome_exponent);
    /* An outcome that does not vary leaves nothing but rounding: say so with 0 instead of a ratio of two roundings. */
    if (scaled_tss <= (fit->has_constant ? 1e-28 * level * level : 0)) {
        fit->tss = fit->model_squares = fit->rss = 0;
        for (size_t p = first; p < rank && !fit->constant; p++) { /* and no slope */
            fit->coefficients[fit->kept_positions[p]] = extended_of(0);
            fit->rounded_values[fit->kept_positions[p]] = fit->scaled_values[p] = fit->projected[p] = 0;
            fit->solution[p] = extended_of(0);
        }
    } else if (!isnormal(fit->tss)) {
        return out_of_range(design, behov_formula_outcome_name(behov_design_formula(design)), fit->outcome_exponent,
                            err);
    }
    return BEHOV_OK;
}

behov_status behov_fit_new(const behov_design *design, const behov_factors *factors, const behov_fit_options *options,
                           behov_fit **fit, behov_error *err)
{
    static const behov_fit_options defaults = {0};
    options = options ? options : &defaults;
    size_t n_rows = behov_factors_n_rows(factors), n = behov_design_n_regressors(design);
    const char *source = behov_table_source(behov_design_table(design));
    if (behov_factors_width(factors) != n + 1)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source, SAY_FACTORS_NOT_OF_DESIGN);
    if (n_rows < n && !options->drop_collinear && !behov_design_absorbed(design))
        return (n_rows == 1 ? behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_ONE_ROW_TOO_FEW,
                                              (unsigned long)n_rows, (unsigned long)n)
                            : behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_ROWS_TOO_FEW, (unsigned long)n_rows,
                                              (unsigned long)n));
    behov_fit *new_fit = behov_alloc(1, sizeof *new_fit);
    if (!new_fit)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_FIT);
    new_fit->n_rows = n_rows;
    new_fit->n_estimated = behov_design_n_estimated(design);
    new_fit->n_observations = behov_design_n_observations(design);
    new_fit->n_absorbed = behov_design_n_absorbed(design);
    new_fit->n_regressors = n;
    new_fit->has_intercept = behov_design_has_intercept(design);
    behov_status status = find_rank(new_fit, design, factors, options->drop_collinear, err);
    if (!status && new_fit->n_absorbed && n_rows <= new_fit->rank + new_fit->n_absorbed)
        status =
            (new_fit->rank == 1
                 ? behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_NO_FREEDOM_ABSORBED_ONE, (unsigned long)n_rows,
                                   (unsigned long)new_fit->rank, (unsigned long)new_fit->n_absorbed,
                                   behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text)
                 : behov_error_say(err, BEHOV_E_TOO_FEW, source, SAY_FIT_NO_FREEDOM_ABSORBED, (unsigned long)n_rows,
                                   (unsigned long)new_fit->rank, (unsigned long)new_fit->n_absorbed,
                                   behov_cut(behov_clusters_key(behov_design_absorbed(design)), 80).text));
    else if (!status && n_rows <= new_fit->rank)
        status = no_freedom(n_rows, new_fit->rank, source, err);
    size_t m = new_fit->rank + 1;
    extended *triangle = NULL;
    if (!status && !(triangle = behov_alloc(m, m * sizeof *triangle)))
        status = behov_out_of_memory(err, PHRASE_MEMORY_FOR_DESIGN_TRIANGLE);
    if (!status) {
        new_fit->is_extended = !options->double_only && (double)n_rows * (double)m * (double)m <= BEHOV_EXTENDED_LIMIT;
        status = new_fit->is_extended ? extended_rows(new_fit, design, triangle, err)
                                      : kept_triangle(new_fit, factors, triangle, err);
    }
    if (!status)
        status = solve(new_fit, design, factors, triangle, err);
    if (!status)
        status = sum_squares(new_fit, design, triangle, err);
    if (!status)
        status = fit_judge_exact(new_fit, design, factors, err);
    free(triangle);
    if (status)
        behov_fit_free(new_fit);
    else
        *fit = new_fit;
    return status;
}

/* ---- what others ask ------------------------------------------------------------------------------------------- */

void behov_fit_influence(const behov_fit *fit, const extended *score, extended *work, double *influence)
{
    size_t rank = fit->rank;
    for (size_t q = 0; q < rank; q++) { /* T's */
        extended sum = extended_of(0);
        for (size_t p = 0; p <= q; p++)
            sum = extended_add(sum, extended_multiply(fit->inverse[p * rank + q], score[p]));
        work[q] = sum;
    }
    for (size_t p = 0; p < rank; p++) { /* T T's */
        extended sum = extended_of(0);
        for (size_t q = p; q < rank; q++)
            sum = extended_add(sum, extended_multiply(fit->inverse[p * rank + q], work[q]));
        influence[p] = ldexp(extended_round(sum), fit->outcome_exponent - fit->exponents[fit->kept_positions[p]]);
    }
}

void behov_fit_influence_double(const behov_fit *fit, const double *score, double *work, double *influence)
{
    size_t rank = fit->rank;
    for (size_t q = 0; q < rank; q++) {
        double sum = 0;
        for (size_t p = 0; p <= q; p++)
            sum += fit->inverse[p * rank + q].hi * score[p];
        work[q] = sum;
    }
    for (size_t p = 0; p < rank; p++) {
        double sum = 0;
        for (size_t q = p; q < rank; q++)
            sum += fit->inverse[p * rank + q].hi * work[q];
        influence[p] = fit_times_power(sum, fit->outcome_exponent - fit->exponents[fit->kept_positions[p]]);
    }
}

void fit_turn_row(const behov_fit *fit, const extended *regressors, extended outcome, double *p, double *residual)
{
    size_t rank = fit->rank;
    extended left = outcome;
    for (size_t j = 0; j < rank; j++) {
        extended x = regressors[fit->kept_positions[j]];
        if (x.hi != 0)
            left = extended_subtract(left, extended_multiply(fit->solution[j], x));
    }
    *residual = extended_round(left);
    for (size_t q = 0; q < rank; q++) {
        extended sum = extended_of(0);
        for (size_t j = 0; j <= q; j++) {
            extended x = regressors[fit->kept_positions[j]];
            if (x.hi != 0)
                sum = extended_add(sum, extended_multiply(fit->inverse[j * rank + q], x));
        }
        p[q] = extended_round(sum);
    }
}

void fit_turn_row_double(const behov_fit *fit, const double *regressors, double outcome, double *p, double *residual)
{
    size_t rank = fit->rank;
    *residual = outcome;
    for (size_t q = 0; q < rank; q++)
        p[q] = 0;
    for (size_t j = 0; j < rank; j++) {
        double x = regressors[fit->kept_positions[j]];
        const extended *t = fit->inverse + j * rank;
        *residual -= fit->scaled_values[j] * x;
        for (size_t q = j; q < rank && x != 0; q++)
            p[q] += x * t[q].hi;
    }
}

void fit_measure_inverse(const behov_fit *fit, double *lengths)
{
    for (size_t j = 0; j < fit->rank; j++) {
        double square = 0;
        for (size_t q = j; q < fit->rank; q++)
            square += fit->inverse[j * fit->rank + q].hi * fit->inverse[j * fit->rank + q].hi;
        lengths[j] = sqrt(square);
    }
}

extended behov_fit_leverage(const behov_fit *fit, const extended *row)
{
    extended leverage = extended_of(0);
    for (size_t q = 0; q < fit->rank; q++) {
        extended sum = extended_of(0);
        for (size_t p = 0; p <= q; p++)
            sum = extended_add(sum, extended_multiply(fit->inverse[p * fit->rank + q], row[p]));
        leverage = extended_add(leverage, extended_multiply(sum, sum));
    }
    return leverage;
}

double behov_fit_leverage_double(const behov_fit *fit, const double *row)
{
    double leverage = 0;
    for (size_t q = 0; q < fit->rank; q++) {
        double sum = 0;
        for (size_t p = 0; p <= q; p++)
            sum += fit->inverse[p * fit->rank + q].hi * row[p];
        leverage += sum * sum;
    }
    return leverage;
}

behov_status behov_fit_predict(const behov_fit *fit, const behov_design *design, const uint32_t *rows, size_t n_rows,
                               double *fitted, double *residuals, behov_error *err)
{
    size_t n = fit->n_regressors;
    double outcome[BEHOV_DESIGN_BLOCK];
    if (behov_design_absorbed(design)) {
        const char *key = behov_clusters_key(behov_design_absorbed(design));
        return behov_error_set(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               BEHOV_ABSORBED_NOT_PREDICTED, key);
    }
    if (behov_design_is_merged(design))
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_table_source(behov_design_table(design)),
                               SAY_FACTORS_HAVE_NO_ROWS);
    double *block = behov_alloc(2 * BEHOV_DESIGN_BLOCK, n * sizeof *block);
    if (!block)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_ROW_BLOCK);
    double *rests = block + BEHOV_DESIGN_BLOCK * n;
    behov_design_fill(design, rows, n_rows, block, n, outcome);
    if (fit->is_extended)
        behov_design_fill_rests(design, rows, n_rows, block, n, rests);
    for (size_t i = 0; i < n_rows; i++) {
        const double *x = block + i * n;
        if (fit->is_extended) {
            extended sum = extended_of(0);
            for (size_t k = 0; k < n; k++) {
                extended value = extended_two_sum(x[k], rests[i * n + k]);
                sum = extended_add(sum, extended_multiply(fit->coefficients[k], value));
            }
            fitted[i] = extended_round(sum);
            residuals[i] =
                isnan(outcome[i]) ? outcome[i] : extended_round(extended_subtract(extended_of(outcome[i]), sum));
        } else {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += fit->rounded_values[k] * x[k];
            fitted[i] = sum;
            residuals[i] = outcome[i] - sum;
        }
    }
    free(block);
    return BEHOV_OK;
}

size_t behov_fit_n_rows(const behov_fit *fit)
{
    return fit->n_estimated;
}

double behov_fit_n_observations(const behov_fit *fit)
{
    return fit->n_observations;
}

size_t behov_fit_n_regressors(const behov_fit *fit)
{
    return fit->n_regressors;
}

size_t behov_fit_rank(const behov_fit *fit)
{
    return fit->rank;
}

size_t behov_fit_n_absorbed(const behov_fit *fit)
{
    return fit->n_absorbed;
}

bool behov_fit_is_dropped(const behov_fit *fit, size_t k)
{
    for (size_t p = 0; p < fit->rank; p++)
        if (fit->kept_positions[p] == k)
            return false;
    return true;
}

bool behov_fit_is_extended(const behov_fit *fit)
{
    return fit->is_extended;
}

bool behov_fit_is_from_zero(const behov_fit *fit)
{
    return !fit->has_constant && fit->n_absorbed == 0;
}

bool behov_fit_is_exact(const behov_fit *fit)
{
    return fit->is_exact;
}

const double *behov_fit_coefficients(const behov_fit *fit)
{
    return fit->rounded_values;
}

const double *behov_fit_bread(const behov_fit *fit)
{
    return fit->bread;
}

double behov_fit_rss(const behov_fit *fit)
{
    return fit->rss;
}

double behov_fit_tss(const behov_fit *fit)
{
    return fit->tss;
}

double behov_fit_r2(const behov_fit *fit)
{
    if (fit->tss <= 0)
        return NAN;
    /* Whichever part is smaller is exact to the last digit. */
    return fit->rss < fit->model_squares ? 1 - fit->rss / fit->tss : fit->model_squares / fit->tss;
}

double behov_fit_adj_r2(const behov_fit *fit)
{
    if (fit->tss <= 0)
        return NAN;
    double total_dof = fit->n_observations - (fit->has_constant ? 1 : 0) - (double)fit->n_absorbed;
    return 1 - fit->rss / fit->tss * total_dof / fit_free_rows(fit);
}

double behov_fit_rmse(const behov_fit *fit)
{
    return sqrt(fit->rss / fit_free_rows(fit));
}

double behov_fit_f(const behov_fit *fit)
{
    size_t n_slopes = fit->rank - (fit->has_constant ? 1 : 0);
    if (n_slopes == 0 || fit->rss <= 0)
        return NAN;
    return fit->model_squares / (double)n_slopes / (fit->rss / fit_free_rows(fit));
}

double behov_fit_condition(const behov_fit *fit)
{
    return fit->condition;
}
