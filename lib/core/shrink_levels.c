/* shrink_levels.c - lasting levels under independent chance. Symbols as in shrink.c.
 *
 * The covariance of b. b is least squares, not weighted by S^-1: Cov(theta) = Q'W S W Q. It is taken from the same
 * model, not from the covariance that the user chose for the coefficients: clustered on something that parts a
 * municipality's rows, that one is blind to u, and b holds a part of u that is not small for the few municipalities
 * with much leverage (population^1.2 of the largest).
 *
 * Lasting levels. With w_it = tau a_it / (1 + tau A_i), effect u_i = sum_t w_it r_it. The error of the best linear
 * predictor at the true b is uncorrelated with every row, so for any b that is linear in the rows
 *   Var(u^_i - u_i) = tau / (1 + tau A_i) + qw' C qw + 2 g3,   qw = sum_t w_it q_it, C = Cov(theta)
 * exactly but for g3: what the estimated variances add, g3 = tr(D' S_i D I^-1), D the derivatives of tau S_i^-1 1 by
 * the variances and I their information; twice, for the first term is too low by as much on the average (Kackar &
 * Harville 1984; Prasad & Rao 1990). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shrink_parts.h"

void shrink_covariance_of_b(const panel_rows *rows, const double *variances, double *sum, double *covariance)
{
    size_t width = rows->n_regressors;
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, end = first + rows->municipality_rows[m].n_estimated;
        memset(sum, 0, width * sizeof *sum);
        for (size_t i = first; i < end; i++) {
            double w = rows->weights[i];
            shrink_add_outer(covariance, rows->q + i * width, w * w * shrink_row_variance(rows, variances, i), width);
            for (size_t k = 0; k < width; k++)
                sum[k] += w * rows->q[i * width + k];
        }
        shrink_add_outer(covariance, sum, variances[LASTING], width);
    }
}

/* Inverse of the information of the variances that were estimated, zero elsewhere; of its diagonal where the
 * variances cannot be told apart. */
void shrink_invert_information(const likelihood *likelihood, double *inverse)
{
    for (int k = 0; k < N_VARIANCES; k++) {
        double unit[N_VARIANCES] = {0, 0, 0}, *row = inverse + k * N_VARIANCES;
        unit[k] = likelihood->rows->is_free[k];
        if (!shrink_solve_moving(likelihood->information, unit, likelihood->rows->is_free, row) &&
            likelihood->rows->is_free[k])
            row[k] = 1 / likelihood->information[k * (N_VARIANCES + 1)];
    }
}

/* g3 = sum_jk I^-1_jk d_j' S d_k, d_k the derivative of tau S^-1 1 by variance k. `d` has room for 3 n numbers. */
static double part_of_variances(const panel_rows *rows, const double *variances, const double *inverse, size_t first,
                                size_t n, double total, double *d)
{
    double tau = variances[LASTING], c = tau / (1 + tau * total), mixed[N_VARIANCES] = {0, 0, 0}, part = 0;
    for (size_t t = 0; t < n; t++) { /* z_k = V_k S^-1 1, sums of a z_k */
        double a = 1 / shrink_row_variance(rows, variances, first + t), b = a / (1 + tau * total);
        mixed[ROW] += a * b;
        mixed[PERSON] += a * rows->person[first + t] * b;
    }
    for (size_t t = 0; t < n; t++) {
        double a = 1 / shrink_row_variance(rows, variances, first + t), b = a / (1 + tau * total);
        d[LASTING * n + t] = b / (1 + tau * total);
        d[ROW * n + t] = -tau * (a * b - c * a * mixed[ROW]);
        d[PERSON * n + t] = -tau * (a * rows->person[first + t] * b - c * a * mixed[PERSON]);
    }
    for (int j = 0; j < N_VARIANCES; j++)
        for (int k = 0; k < N_VARIANCES; k++) {
            double sum = 0, sum_j = 0, sum_k = 0;
            for (size_t t = 0; t < n; t++) {
                sum += d[(size_t)j * n + t] * d[(size_t)k * n + t] * shrink_row_variance(rows, variances, first + t);
                sum_j += d[(size_t)j * n + t];
                sum_k += d[(size_t)k * n + t];
            }
            part += inverse[j * N_VARIANCES + k] * (sum + tau * sum_j * sum_k);
        }
    return part > 0 ? part : 0;
}

void shrink_predict_levels(const panel_rows *rows, const double *variances, const double *inverse, double *work,
                           behov_shrink *shrink)
{
    size_t width = rows->n_regressors;
    double tau = variances[LASTING];
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n;
        if (n == 0)
            continue;
        double total = 0, effect = 0, *pull = shrink->pulls + m * width;
        for (size_t i = first; i < first + n; i++)
            total += 1 / shrink_row_variance(rows, variances, i);
        for (size_t i = first; i < first + n; i++) {
            double w = tau / shrink_row_variance(rows, variances, i) / (1 + tau * total);
            effect += w * rows->r[i];
            for (size_t k = 0; k < width; k++)
                pull[k] += w * rows->q[i * width + k];
        }
        double own = tau / (1 + tau * total) + 2 * part_of_variances(rows, variances, inverse, first, n, total, work);
        shrink->effects[m] = ldexp(effect, shrink->exponent);
        shrink->shares[m] = tau * total / (1 + tau * total);
        shrink->own[m] = ldexp(own, 2 * shrink->exponent);
        shrink->uncertainties[m] = ldexp(own + shrink_quadratic(shrink->covariance, pull, width), 2 * shrink->exponent);
    }
}
