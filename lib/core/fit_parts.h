/* fit_parts.h - the inside of a fit, for the modules that stand on it (vcov). */
#ifndef BEHOV_SRC_FIT_PARTS_H
#define BEHOV_SRC_FIT_PARTS_H

#include <behov/fit.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "extended.h"

/* Symbols: columns k = 0..n_regressors-1 of the design; kept columns p = 0..rank-1, kept[p] = k. Scaled columns
 * x~_k = x_k 2^-e_k. `inverse` is T = R~_xx^-1 of the scaled triangle, so (X~'X~)^-1 = T T'. */
struct behov_fit {
    size_t n_rows, n_regressors, rank; /* rows of the design: those of merged factors stand for more */
    size_t n_estimated;                /* the rows that are estimated on */
    double n_observations;             /* N: rows, or the sum of frequencies */
    size_t n_absorbed;                 /* effects that are absorbed */
    bool has_intercept, is_extended, is_exact;
    size_t *kept_positions;
    int *exponents; /* n_regressors */
    int outcome_exponent;
    extended *coefficients; /* n_regressors, unscaled */
    double *rounded_values; /* the same, rounded */
    double *scaled_values;  /* rank: coefficients of the scaled columns and outcome */
    extended *solution;     /* the same, not rounded */
    double *projected;      /* rank: z = Q'y of the scaled outcome */
    bool has_constant;      /* the columns hold the constant: as the first, or as a combination of them */
    double *constant;       /* rank: Q'1 of length 1 where it is such a combination, else NULL */
    extended *inverse;      /* rank x rank, upper */
    double *bread;          /* n_regressors x n_regressors, unscaled */
    double rss, tss, model_squares, condition;
};

/// Scratch numbers that behov_fit_influence needs.
#define BEHOV_INFLUENCE_WORK(rank) (2 * (rank))

/// (X'X)^-1 s for the score s = X~'u~ of some rows in kept, scaled columns, the outcome scaled too; result in unscaled
/// units of the kept columns. work[0 .. rank - 1] becomes T's, the same in the orthonormal basis, where nothing is lost
/// to collinearity. In double-double arithmetic, or in double.
void behov_fit_influence(const struct behov_fit *fit, const extended *score, extended *work, double *influence);
void behov_fit_influence_double(const struct behov_fit *fit, const double *score, double *work, double *influence);

/// N - K: observations less slopes, constant and absorbed effects.
static inline double fit_free_rows(const struct behov_fit *fit)
{
    return fit->n_observations - (double)fit->rank - (double)fit->n_absorbed;
}

/// p = T'x of a row in the orthonormal basis and its residual, rounded once from a row as design_fill_extended gives it
/// (all regressors, outcome in scaled units).
void fit_turn_row(const struct behov_fit *fit, const extended *regressors, extended outcome, double *p,
                  double *residual);
/// The same in double, of a row of a factor.
void fit_turn_row_double(const struct behov_fit *fit, const double *regressors, double outcome, double *p,
                         double *residual);

/// Leverage x'(X'X)^-1 x of a row x in kept, scaled columns.
/// Length of each row of the inverse of the triangle: |T'x| of a scaled row x is at most the sum of |x_j| times them, which
/// costs K where T'x costs K^2.
void fit_measure_inverse(const struct behov_fit *fit, double *lengths);
extended behov_fit_leverage(const struct behov_fit *fit, const extended *row);
double behov_fit_leverage_double(const struct behov_fit *fit, const double *row);

/// value times 2^power, as ldexp has it, in a fraction of its time.
static inline double fit_times_power(double value, int power)
{
    const int LARGEST = 1000, BIAS = 1023, MANTISSA_BITS = 52; /* 2^LARGEST is a double, and its inverse a normal one */
    if (power < -LARGEST || power > LARGEST)
        return ldexp(value, power);
    uint64_t bits = (uint64_t)(power + BIAS) << MANTISSA_BITS;
    double factor;
    memcpy(&factor, &bits, sizeof factor);
    return value * factor;
}

#endif
