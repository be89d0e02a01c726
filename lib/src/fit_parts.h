/* fit_parts.h - the inside of a fit, for the modules that stand on it (vcov). */
#ifndef BEHOV_SRC_FIT_PARTS_H
#define BEHOV_SRC_FIT_PARTS_H

#include <behov/fit.h>
#include <stdbool.h>
#include <stddef.h>

#include "extended.h"

/* Symbols: columns k = 0..n_regressors-1 of the design; kept columns p = 0..rank-1, kept[p] = k. Scaled columns
 * x~_k = x_k 2^-e_k. `inverse` is T = R~_xx^-1 of the scaled triangle, so (X~'X~)^-1 = T T'. */
struct behov_fit {
    size_t n_rows, n_regressors, rank;
    double n_observations;  /* N: rows, or the sum of frequencies */
    size_t n_absorbed;      /* effects that are absorbed */
    bool has_intercept, is_extended;
    size_t *kept;
    int *exponents;        /* n_regressors */
    extended *coefficients; /* n_regressors, unscaled */
    double *rounded;       /* the same, rounded */
    double *scaled;        /* rank: coefficients of the scaled columns and outcome */
    extended *inverse;     /* rank x rank, upper */
    double *bread;         /* n_regressors x n_regressors, unscaled */
    double rss, tss, model_squares, condition;
};

/// Scratch numbers that behov_fit_influence needs.
#define BEHOV_INFLUENCE_WORK(rank) (2 * (rank))

/// (X'X)^-1 s for the score s = X~'u of some rows in kept, scaled columns; result in unscaled units of the kept
/// columns. In double-double arithmetic when `work` is given, else in double.
void behov_fit_influence(const struct behov_fit *fit, const extended *score, extended *work, double *influence);
void behov_fit_influence_double(const struct behov_fit *fit, const double *score, double *work, double *influence);

/// N - K: observations less slopes, constant and absorbed effects.
static inline double fit_free_rows(const struct behov_fit *fit)
{
    return fit->n_observations - (double)fit->rank - (double)fit->n_absorbed;
}

/// Leverage x'(X'X)^-1 x of a row x in kept, scaled columns.
extended behov_fit_leverage(const struct behov_fit *fit, const extended *row);
double behov_fit_leverage_double(const struct behov_fit *fit, const double *row);

#endif
