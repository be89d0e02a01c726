/* shrink_likelihood.c - the variances under independent chance. Symbols as in shrink.c.
 *
 * Variances. Restricted likelihood of (tau, s0^2, s1^2) (Patterson & Thompson 1971), with X, not only the residuals:
 *   -2 l = log|S| + log|Q'S^-1 Q| + r'P r,  P = S^-1 - S^-1 Q (Q'S^-1 Q)^-1 Q'S^-1
 * It does not depend on which b the residuals are from. S_i^-1 = diag(a) - tau a a' / (1 + tau A), so a value and its
 * derivatives cost O(N K^2). Steps are Newton's, with r'P V_j P V_k P r - tr(P V_j P V_k) / 2; where that is not
 * positive definite, with the mean of it and its expectation (average information, Gilmour, Thompson & Cullis 1995). A
 * step is halved until l does not fall, and a variance that would fall below 0
 * stays there. Steps end when all are below 1e-10 of a standard error.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shrink_parts.h"

enum { STEPS_MAX = 1000, HALVINGS_MAX = 60 };

/* Where a symmetric 3 x 3 matrix finds its six figures. */
static const int pair_of[N_VARIANCES * N_VARIANCES] = {0, 1, 2, 1, 3, 4, 2, 4, 5};

void shrink_likelihood_free(likelihood *likelihood)
{
    free(likelihood->w), free(likelihood->p), free(likelihood->g), free(likelihood->right), free(likelihood->sums),
        free(likelihood->matrices), free(likelihood->moved_values);
}

double shrink_row_variance(const panel_rows *rows, const double *variances, size_t i)
{
    double v = variances[ROW] + variances[PERSON] * rows->person[i];
    return v > rows->floor ? v : rows->floor;
}

/* The same, and what is left of tau, for S = diag(v) + tau 1 1'. The only row of a municipality has the variance v +
 * tau, which is the same S, and does not lose its digits where v is small beside tau. */
static double row_alone(const panel_rows *rows, const double *variances, size_t i, size_t n, double *tau)
{
    *tau = n == 1 ? 0 : variances[LASTING];
    return shrink_row_variance(rows, variances, i) + (n == 1 ? variances[LASTING] : 0);
}

/* tr(S^-1 V_j S^-1 V_k) of one municipality of n rows, for V_j = 11', I, diag(person). */
static void add_information(const panel_rows *rows, const double *variances, size_t first, size_t n,
                            double *information)
{
    double total = 0, tau = 0;
    for (size_t i = first; i < first + n; i++)
        total += 1 / row_alone(rows, variances, i, n, &tau);
    double c = tau / (1 + tau * total), h = total / (1 + tau * total);
    double sums[6] = {h * h, 0, 0, 0, 0, 0};
    for (size_t i = first; i < first + n; i++) {
        double a = 1 / row_alone(rows, variances, i, n, &tau), b = a / (1 + tau * total);
        sums[1] += b * b;
        sums[2] += rows->person[i] * b * b;
        for (size_t j = first; j < first + n; j++) {
            double s = (i == j ? a : 0) - c * a / row_alone(rows, variances, j, n, &tau);
            sums[3] += s * s;
            sums[4] += rows->person[i] * s * s;
            sums[5] += rows->person[i] * rows->person[j] * s * s;
        }
    }
    for (int k = 0; k < N_VARIANCES * N_VARIANCES; k++)
        information[k] += sums[pair_of[k]] / 2;
}

/* restricted -= tr(Y'V_j S^-1 V_k Y) */
static void take_traces(likelihood *likelihood, const double *variances)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors;
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n_estimated;
        for (size_t k = 0; k < width; k++) {
            double sum = 0, total = 0, tau = 0, sums[N_VARIANCES] = {0, 0, 0}, products[6] = {0};
            for (size_t i = first; i < first + n; i++)
                sum += likelihood->w[i * width + k];
            for (size_t i = first; i < first + n; i++) {
                double a = 1 / row_alone(rows, variances, i, n, &tau), y = likelihood->w[i * width + k];
                double f[N_VARIANCES] = {sum, y, rows->person[i] * y};
                total += a;
                for (int j = 0; j < N_VARIANCES; j++)
                    sums[j] += a * f[j];
                products[0] += a * f[0] * f[0];
                products[1] += a * f[0] * f[1];
                products[2] += a * f[0] * f[2];
                products[3] += a * f[1] * f[1];
                products[4] += a * f[1] * f[2];
                products[5] += a * f[2] * f[2];
            }
            for (int j = 0; j < N_VARIANCES; j++)
                for (int l = 0; l < N_VARIANCES; l++)
                    likelihood->restricted[j * N_VARIANCES + l] -=
                        products[pair_of[j * N_VARIANCES + l]] - tau / (1 + tau * total) * sums[j] * sums[l];
        }
    }
}

/* What second derivatives are made of, from Y and the f_k = V_k P r:
 *   r'P V_j P V_k P r = f_j'S^-1 f_k - (Y'f_j)'(Y'f_k)
 *   tr(P V_j P V_k)   = tr(S^-1 V_j S^-1 V_k) - 2 tr(Y'V_j S^-1 V_k Y) + tr(M_j M_k) */
static void bend(likelihood *likelihood, const double *variances)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors;
    double *fitted = likelihood->sums; /* Y'f_k */
    memset(likelihood->curvature, 0, sizeof likelihood->curvature);
    memset(fitted, 0, N_VARIANCES * width * sizeof *fitted);
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n_estimated;
        double total = 0, tau = 0, sums[N_VARIANCES] = {0, 0, 0};
        for (size_t i = first; i < first + n; i++) {
            double a = 1 / row_alone(rows, variances, i, n, &tau);
            const double *f = likelihood->moved_values + i * N_VARIANCES;
            total += a;
            for (int j = 0; j < N_VARIANCES; j++) {
                sums[j] += a * f[j];
                for (int k = 0; k < N_VARIANCES; k++)
                    likelihood->curvature[j * N_VARIANCES + k] += a * f[j] * f[k];
                for (size_t k = 0; k < width; k++)
                    fitted[(size_t)j * width + k] += f[j] * likelihood->w[i * width + k];
            }
        }
        for (int j = 0; j < N_VARIANCES; j++)
            for (int k = 0; k < N_VARIANCES; k++)
                likelihood->curvature[j * N_VARIANCES + k] -= tau / (1 + tau * total) * sums[j] * sums[k];
    }
    for (int j = 0; j < N_VARIANCES; j++)
        for (int k = 0; k < N_VARIANCES; k++) {
            likelihood->curvature[j * N_VARIANCES + k] -=
                shrink_dot(fitted + (size_t)j * width, fitted + (size_t)k * width, width);
            likelihood->restricted[j * N_VARIANCES + k] =
                likelihood->information[j * N_VARIANCES + k] +
                shrink_dot(likelihood->matrices + (size_t)j * width * width,
                           likelihood->matrices + (size_t)k * width * width, width * width) /
                    2;
        }
    take_traces(likelihood, variances);
}

/* Sums over municipalities on the way to the likelihood. */
typedef struct likelihood_sums {
    double twice, squares; /* log|S|; r'S^-1 r */
    double trace[N_VARIANCES], fit[N_VARIANCES];
} likelihood_sums;

/* One municipality's part of log|S|, Q'S^-1 Q, Q'S^-1 r, r'S^-1 r and the traces of S^-1 V_k. */
static void add_municipality(likelihood *likelihood, const double *variances, size_t first, size_t n,
                             likelihood_sums *sums)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors, end = first + n;
    double total = 0, sum_r = 0, tau = 0, *sum = likelihood->sums;
    memset(sum, 0, width * sizeof *sum);
    for (size_t i = first; i < end; i++) {
        double v = row_alone(rows, variances, i, n, &tau), a = 1 / v;
        sums->twice += log(v);
        total += a;
        sum_r += a * rows->r[i];
        for (size_t k = 0; k < width; k++)
            sum[k] += a * rows->q[i * width + k];
    }
    sums->twice += log1p(tau * total);
    double c = tau / (1 + tau * total);
    for (size_t i = first; i < end; i++) {
        double a = 1 / row_alone(rows, variances, i, n, &tau), *w = likelihood->w + i * width;
        const double *q = rows->q + i * width;
        likelihood->p[i] = a * (rows->r[i] - c * sum_r);
        sums->squares += likelihood->p[i] * rows->r[i];
        for (size_t k = 0; k < width; k++)
            w[k] = a * (q[k] - c * sum[k]);
        for (size_t k = 0; k < width; k++) {
            likelihood->right[k] += w[k] * rows->r[i];
            for (size_t j = 0; j <= k; j++)
                likelihood->g[k * width + j] += w[k] * q[j];
        }
        sums->trace[ROW] += a - c * a * a;
        sums->trace[PERSON] += rows->person[i] * (a - c * a * a);
    }
    sums->trace[LASTING] += total / (1 + tau * total);
}

/* One municipality's Y and P r, in place of S^-1 Q and S^-1 r, and what the derivatives are made of. */
static void add_derivatives(likelihood *likelihood, size_t first, size_t end, likelihood_sums *sums)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors;
    double sum = 0, *sum_y = likelihood->sums;
    memset(sum_y, 0, width * sizeof *sum_y);
    for (size_t i = first; i < end; i++) {
        double *y = likelihood->w + i * width;
        shrink_solve_lower(likelihood->g, width, y);
        likelihood->p[i] -= shrink_dot(likelihood->right, y, width);
        sum += likelihood->p[i];
        sums->fit[ROW] += likelihood->p[i] * likelihood->p[i];
        sums->fit[PERSON] += rows->person[i] * likelihood->p[i] * likelihood->p[i];
        for (size_t k = 0; k < width; k++)
            sum_y[k] += y[k];
        shrink_add_outer(likelihood->matrices + ROW * width * width, y, 1, width);
        shrink_add_outer(likelihood->matrices + PERSON * width * width, y, rows->person[i], width);
    }
    shrink_add_outer(likelihood->matrices + LASTING * width * width, sum_y, 1, width);
    sums->fit[LASTING] += sum * sum;
    for (size_t i = first; i < end; i++) {
        double *moved_values = likelihood->moved_values + i * N_VARIANCES;
        moved_values[LASTING] = sum;
        moved_values[ROW] = likelihood->p[i];
        moved_values[PERSON] = rows->person[i] * likelihood->p[i];
    }
}

/* The likelihood; with `all` also its first and second derivatives. */
static void evaluate(likelihood *likelihood, const double *variances, bool all)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors;
    likelihood_sums sums = {0};
    memset(likelihood->g, 0, width * width * sizeof *likelihood->g);
    memset(likelihood->right, 0, width * sizeof *likelihood->right);
    memset(likelihood->information, 0, sizeof likelihood->information);
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n_estimated;
        add_municipality(likelihood, variances, first, n, &sums);
        if (all && n > 0)
            add_information(rows, variances, first, n, likelihood->information);
    }
    sums.twice += shrink_cholesky(likelihood->g, width);
    shrink_solve_lower(likelihood->g, width, likelihood->right); /* L^-1 Q'S^-1 r */
    sums.squares -= shrink_dot(likelihood->right, likelihood->right, width);
    likelihood->value = -(sums.twice + sums.squares) / 2;
    if (!all)
        return;
    memset(likelihood->matrices, 0, N_VARIANCES * width * width * sizeof *likelihood->matrices);
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, end = first + rows->municipality_rows[m].n_estimated;
        add_derivatives(likelihood, first, end, &sums);
    }
    for (size_t which = 0; which < N_VARIANCES; which++) {
        for (size_t k = 0; k < width; k++)
            sums.trace[which] -= likelihood->matrices[which * width * width + k * (width + 1)];
        likelihood->score[which] = (sums.fit[which] - sums.trace[which]) / 2;
    }
    bend(likelihood, variances);
}

/* Solves matrix x = right for the variances that move, the others 0. False when the matrix is not positive definite. */
bool shrink_solve_moving(const double *whole, const double *whole_right, const bool *is_moving, double *x)
{
    double matrix[N_VARIANCES * N_VARIANCES], right[N_VARIANCES];
    int which[N_VARIANCES];
    size_t n = 0;
    for (int k = 0; k < N_VARIANCES; k++) {
        x[k] = 0;
        if (is_moving[k])
            which[n++] = k;
    }
    for (size_t i = 0; i < n; i++) {
        right[i] = whole_right[which[i]];
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = whole[which[i] * N_VARIANCES + which[j]];
    }
    if (!isfinite(shrink_cholesky(matrix, n)))
        return false;
    shrink_solve_lower(matrix, n, right);
    shrink_solve_upper(matrix, n, right);
    for (size_t i = 0; i < n; i++)
        x[which[i]] = right[i];
    return true;
}

/* Newton's step of the variances that move, or what comes nearest to it. */
static void newton_step(const likelihood *likelihood, const bool *is_moving, double *step)
{
    double matrix[N_VARIANCES * N_VARIANCES];
    for (int k = 0; k < N_VARIANCES * N_VARIANCES; k++)
        matrix[k] = likelihood->curvature[k] - likelihood->restricted[k];
    if (shrink_solve_moving(matrix, likelihood->score, is_moving, step))
        return;
    for (int k = 0; k < N_VARIANCES * N_VARIANCES; k++)
        matrix[k] = likelihood->curvature[k] / 2;
    if (shrink_solve_moving(matrix, likelihood->score, is_moving, step) ||
        shrink_solve_moving(likelihood->information, likelihood->score, is_moving, step))
        return;
    for (int k = 0; k < N_VARIANCES; k++)
        step[k] = is_moving[k] ? likelihood->score[k] / likelihood->information[k * (N_VARIANCES + 1)] : 0;
}

/* Start: moments that ignore b. Within municipalities Var e, between their means Var u + Var e / n. */
static void start(const panel_rows *rows, double *variances)
{
    double squares = 0, within = 0, degrees = 0, person = 0;
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n_estimated;
        double mean = 0;
        for (size_t i = first; i < first + n; i++)
            mean += rows->r[i] / (double)n;
        for (size_t i = first; i < first + n; i++) {
            squares += rows->r[i] * rows->r[i];
            within += (rows->r[i] - mean) * (rows->r[i] - mean);
            person += rows->person[i];
        }
        degrees += n ? (double)n - 1 : 0;
    }
    double n = (double)rows->n_estimated, total = squares / n;
    double chance = rows->is_free[ROW] ? within / degrees : total / 2;
    chance = fmin(fmax(chance, 1e-3 * total), 0.999 * total);
    variances[LASTING] = rows->is_free[LASTING] ? total - chance : 0;
    variances[ROW] = !rows->is_free[ROW] ? 0 : rows->is_free[PERSON] ? chance / 2 : chance;
    variances[PERSON] = !rows->is_free[PERSON] ? 0 : (chance - variances[ROW]) / (person / n);
}

void shrink_maximise(likelihood *likelihood, double *variances, behov_shrink_variances *shrink_variances)
{
    start(likelihood->rows, variances);
    evaluate(likelihood, variances, true);
    for (shrink_variances->n_steps = 0; shrink_variances->n_steps < STEPS_MAX && !shrink_variances->is_converged;
         shrink_variances->n_steps++) {
        bool is_moving[N_VARIANCES];
        double step[N_VARIANCES], tried_values[N_VARIANCES], size = 0, previous_value = likelihood->value;
        for (int k = 0; k < N_VARIANCES; k++)
            is_moving[k] = likelihood->rows->is_free[k] && (variances[k] > 0 || likelihood->score[k] > 0);
        newton_step(likelihood, is_moving, step);
        for (int k = 0; k < N_VARIANCES; k++)
            if (variances[k] == 0 && step[k] < 0) { /* the others would move to make up for what cannot be */
                is_moving[k] = false;
                newton_step(likelihood, is_moving, step);
                k = -1;
            }
        for (int k = 0; k < N_VARIANCES; k++) {
            double change = fmax(variances[k] + step[k], 0) - variances[k];
            size = fmax(size, fabs(change) * sqrt(likelihood->information[k * (N_VARIANCES + 1)]));
        }
        shrink_variances->is_converged = size < 1e-10;
        double part = 1;
        bool is_better = false;
        for (int halving = 0; halving < HALVINGS_MAX && !is_better && !shrink_variances->is_converged;
             halving++, part /= 2) {
            for (int k = 0; k < N_VARIANCES; k++)
                tried_values[k] = fmax(variances[k] + part * step[k], 0);
            evaluate(likelihood, tried_values, false);
            is_better = likelihood->value >= previous_value - 1e-13 * (1 + fabs(previous_value));
        }
        if (is_better)
            memcpy(variances, tried_values, sizeof tried_values);
        evaluate(likelihood, variances, true);
        if (!is_better && !shrink_variances->is_converged) { /* no step leads upwards: as near as the digits allow */
            shrink_variances->is_converged = size < 1e-6;
            break;
        }
    }
    shrink_variances->log_likelihood = likelihood->value;
}
