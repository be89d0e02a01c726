/* shrink_lasting.c - the restricted likelihood when chance lasts. Symbols as in shrink.c and shrink_block.c.
 *
 *   -2 l = log|S| + log|Q'S^-1 Q| + r'P r,   Y = S^-1 Q L^-T,  L L' = Q'S^-1 Q,  P = S^-1 - Y Y'
 *   score_j       = (r'P V_j P r - tr(P V_j)) / 2
 *   average_jk    = f_j'P f_k / 2,  f_j = V_j P r        (Gilmour, Thompson & Cullis 1995)
 *   information_jk = tr(P V_j P V_k) / 2
 *                 = (tr(S^-1 V_j S^-1 V_k) - 2 tr(Y'V_j S^-1 V_k Y) + tr(M_j M_k)) / 2,  M_j = Y'V_j Y
 * from blocks of one municipality: O(N K^2 + N K T). */
#include "shrink_lasting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

bool shrink_lasting_new(lasting_likelihood *likelihood, const lasting *lasting)
{
    size_t width = lasting->rows.n_regressors, longest = lasting->longest + 1, n = lasting->rows.n_estimated;
    size_t widest = width + 1 > N_THETA ? width + 1 : N_THETA; /* columns of moved and bent */
    size_t sizes[] = {n * (width + 1),
                      longest * (width + 1),
                      width * width + 1,
                      width + 1,
                      longest * widest,
                      longest * widest,
                      longest * longest,
                      longest * longest,
                      longest * longest * N_THETA,
                      N_THETA * (width + 1),
                      N_THETA * (width * width + 1),
                      width * width + 1};
    double **figures[] = {&likelihood->w,      &likelihood->z,      &likelihood->g,        &likelihood->right,
                          &likelihood->moved,  &likelihood->bent,   &likelihood->spread,   &likelihood->derivative,
                          &likelihood->shares, &likelihood->fitted, &likelihood->matrices, &likelihood->inverse_root};
    size_t total = 0, count = sizeof sizes / sizeof *sizes;
    for (size_t i = 0; i < count; i++)
        total += sizes[i];
    *likelihood = (lasting_likelihood){.lasting = lasting};
    likelihood->memory = behov_alloc(total, sizeof *likelihood->memory);
    bool has_block = shrink_block_new(&likelihood->block, lasting);
    if (!likelihood->memory || !has_block) {
        shrink_lasting_free(likelihood);
        return false;
    }
    double *next = likelihood->memory;
    for (size_t i = 0; i < count; i++) {
        *figures[i] = next;
        next += sizes[i];
    }
    return true;
}

void shrink_lasting_free(lasting_likelihood *likelihood)
{
    free(likelihood->memory);
    shrink_block_free(&likelihood->block);
    *likelihood = (lasting_likelihood){0};
}

static bool set_block(lasting_likelihood *likelihood, size_t municipality, const double *theta)
{
    const lasting *lasting = likelihood->lasting;
    size_t first = lasting->first[municipality], n = lasting->first[municipality + 1] - first;
    return shrink_block_set(&likelihood->block, lasting->estimated + first, n, theta);
}

/* log|S|, Q'S^-1 Q, Q'S^-1 r and r'S^-1 r of one municipality; S^-1 [Q r] is kept. */
static void add_value(lasting_likelihood *likelihood, size_t first, double *twice, double *squares)
{
    const lasting_block *block = &likelihood->block;
    const panel_rows *rows = &likelihood->lasting->rows;
    size_t width = rows->n_regressors, n = block->n;
    double *w = likelihood->w + first * (width + 1), *z = likelihood->z;
    for (size_t t = 0; t < n; t++) {
        memcpy(z + t * (width + 1), rows->q + block->positions[t] * width, width * sizeof *z);
        z[t * (width + 1) + width] = rows->r[block->positions[t]];
    }
    shrink_block_solve(block, z, width + 1, w);
    *twice += block->log_determinant;
    for (size_t t = 0; t < n; t++) {
        const double *z_t = z + t * (width + 1), *w_t = w + t * (width + 1);
        double r = z_t[width];
        *squares += w_t[width] * r;
        for (size_t k = 0; k < width; k++) {
            double *g = likelihood->g + k * width, w_k = w_t[k];
            likelihood->right[k] += w_k * r;
            for (size_t j = 0; j <= k; j++)
                g[j] += w_k * z_t[j];
        }
    }
}

/* f_j = V_j P r of one municipality: score and average information. `p` lies in column K of w. */
static void add_average(lasting_likelihood *likelihood, const double *w, const int *which, size_t n_which)
{
    const lasting_block *block = &likelihood->block;
    size_t width = likelihood->lasting->rows.n_regressors, n = block->n;
    double *f = likelihood->moved, *solved = likelihood->bent;
    for (size_t t = 0; t < n; t++) /* P = S^-1 - Y Y', its Y Y' */
        for (size_t s = 0; s <= t; s++)
            likelihood->spread[t * n + s] = likelihood->spread[s * n + t] =
                shrink_quick_dot(w + t * (width + 1), w + s * (width + 1), width);
    for (size_t j = 0; j < n_which; j++) {
        double trace = 0, fit = 0, *v = likelihood->derivative, *share = likelihood->shares;
        shrink_block_derivative(block, which[j], v);
        shrink_block_solve(block, v, n, share);
        for (size_t t = 0; t < n; t++) {
            double sum = 0;
            trace += share[t * n + t];
            for (size_t s = 0; s < n; s++) {
                sum += v[t * n + s] * w[s * (width + 1) + width];
                trace -= likelihood->spread[t * n + s] * v[t * n + s];
            }
            f[t * n_which + j] = sum;
            fit += sum * w[t * (width + 1) + width];
        }
        likelihood->score[which[j]] += (fit - trace) / 2;
    }
    shrink_block_solve(block, f, n_which, solved);
    for (size_t t = 0; t < n; t++)
        for (size_t j = 0; j < n_which; j++) {
            double *fitted = likelihood->fitted + (size_t)which[j] * width, value = f[t * n_which + j];
            for (size_t k = 0; k < width; k++)
                fitted[k] += value * w[t * (width + 1) + k];
            for (size_t i = 0; i <= j; i++)
                likelihood->average[which[j] * N_THETA + which[i]] += value * solved[t * n_which + i] / 2;
        }
}

/* tr(S^-1 V_j S^-1 V_k) - 2 tr(Y'V_j S^-1 V_k Y) of one municipality, and M_j; `shares` hold S^-1 V_j. */
static void add_information(lasting_likelihood *likelihood, const double *w, const int *which, size_t n_which)
{
    size_t width = likelihood->lasting->rows.n_regressors, n = likelihood->block.n;
    for (size_t j = 0; j < n_which; j++) {
        double *share_j = likelihood->shares + j * n * n;
        double *matrix = likelihood->matrices + (size_t)which[j] * width * width, *bent = likelihood->bent;
        shrink_block_derivative(&likelihood->block, which[j], likelihood->derivative);
        shrink_block_solve(&likelihood->block, likelihood->derivative, n, share_j);
        memset(bent, 0, n * width * sizeof *bent);
        for (size_t t = 0; t < n; t++) { /* V_j Y */
            for (size_t s = 0; s < n; s++) {
                double v = likelihood->derivative[t * n + s];
                for (size_t k = 0; k < width; k++)
                    bent[t * width + k] += v * w[s * (width + 1) + k];
            }
            for (size_t k = 0; k < width; k++)
                for (size_t l = 0; l <= k; l++)
                    matrix[k * width + l] += w[t * (width + 1) + k] * bent[t * width + l];
        }
        /* Y'V_i S^-1 V_j Y = (S^-1 V_i Y)'V_j Y: for i up to j, S^-1 V_i = shares */
        for (size_t i = 0; i <= j; i++) {
            const double *share_i = likelihood->shares + i * n * n;
            double sum = 0;
            for (size_t t = 0; t < n; t++)
                for (size_t s = 0; s < n; s++) {
                    sum += share_j[t * n + s] * share_i[s * n + t];
                    /* sum over k of Y_sk (V_j Y)_tk, against (S^-1 V_i)_ts */
                    sum -= 2 * share_i[t * n + s] * shrink_quick_dot(w + s * (width + 1), bent + t * width, width);
                }
            likelihood->information[which[j] * N_THETA + which[i]] += sum / 2;
        }
    }
}

static void finish_average(lasting_likelihood *likelihood, const int *which, size_t n_which)
{
    size_t width = likelihood->lasting->rows.n_regressors;
    for (size_t j = 0; j < n_which; j++)
        for (size_t i = 0; i <= j; i++) {
            int lower = which[j] * N_THETA + which[i], upper = which[i] * N_THETA + which[j];
            likelihood->average[lower] -= shrink_quick_dot(likelihood->fitted + (size_t)which[j] * width,
                                                           likelihood->fitted + (size_t)which[i] * width, width) /
                                          2;
            likelihood->average[upper] = likelihood->average[lower];
        }
}

static void finish_information(lasting_likelihood *likelihood, const int *which, size_t n_which)
{
    size_t width = likelihood->lasting->rows.n_regressors;
    for (size_t j = 0; j < n_which; j++) {
        double *matrix = likelihood->matrices + (size_t)which[j] * width * width;
        for (size_t k = 0; k < width; k++)
            for (size_t l = 0; l < k; l++)
                matrix[l * width + k] = matrix[k * width + l];
    }
    for (size_t j = 0; j < n_which; j++)
        for (size_t i = 0; i <= j; i++) {
            int lower = which[j] * N_THETA + which[i], upper = which[i] * N_THETA + which[j];
            likelihood->information[lower] +=
                shrink_quick_dot(likelihood->matrices + (size_t)which[j] * width * width,
                                 likelihood->matrices + (size_t)which[i] * width * width, width * width) /
                2;
            likelihood->information[upper] = likelihood->information[lower];
        }
}

/* L^-T, so that Y = S^-1 Q L^-T is sums of whole rows. */
static void invert_root(lasting_likelihood *likelihood)
{
    size_t width = likelihood->lasting->rows.n_regressors;
    for (size_t k = 0; k < width; k++) {
        double *row = likelihood->inverse_root + k * width; /* column k of L^-1 */
        memset(row, 0, width * sizeof *row);
        row[k] = 1;
        shrink_solve_lower(likelihood->g, width, row);
    }
}

/* Y in place of S^-1 Q, P r in place of S^-1 r. */
static void project(lasting_likelihood *likelihood, double *w, size_t n)
{
    size_t width = likelihood->lasting->rows.n_regressors;
    double *y = likelihood->bent;
    for (size_t t = 0; t < n; t++) {
        double *row = w + t * (width + 1);
        memset(y, 0, width * sizeof *y);
        for (size_t j = 0; j < width; j++) {
            const double *root = likelihood->inverse_root + j * width;
            double w_j = row[j];
            for (size_t k = j; k < width; k++)
                y[k] += w_j * root[k];
        }
        memcpy(row, y, width * sizeof *y);
        row[width] -= shrink_quick_dot(likelihood->right, y, width);
    }
}

static size_t moving(const bool *may_move, int *which)
{
    size_t n = 0;
    for (int k = 0; k < N_THETA; k++)
        if (may_move[k])
            which[n++] = k;
    return n;
}

static bool evaluate_value(lasting_likelihood *likelihood, const double *theta)
{
    const lasting *lasting = likelihood->lasting;
    size_t width = lasting->rows.n_regressors;
    double twice = 0, squares = 0;
    memset(likelihood->g, 0, width * width * sizeof *likelihood->g);
    memset(likelihood->right, 0, width * sizeof *likelihood->right);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        if (lasting->first[m] == lasting->first[m + 1])
            continue;
        if (!set_block(likelihood, m, theta))
            return false;
        add_value(likelihood, lasting->first[m], &twice, &squares);
    }
    twice += shrink_cholesky(likelihood->g, width);
    shrink_solve_lower(likelihood->g, width, likelihood->right);
    squares -= shrink_quick_dot(likelihood->right, likelihood->right, width);
    likelihood->value = -(twice + squares) / 2;
    return isfinite(likelihood->value);
}

bool shrink_lasting_evaluate(lasting_likelihood *likelihood, const double *theta, const bool *may_move,
                             lasting_order order)
{
    const lasting *lasting = likelihood->lasting;
    size_t width = lasting->rows.n_regressors;
    if (!evaluate_value(likelihood, theta))
        return false;
    if (order == VALUE)
        return true;
    int which[N_THETA];
    size_t n_which = moving(may_move, which);
    memset(likelihood->score, 0, sizeof likelihood->score);
    memset(likelihood->average, 0, sizeof likelihood->average);
    memset(likelihood->fitted, 0, N_THETA * (width + 1) * sizeof *likelihood->fitted);
    invert_root(likelihood);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        double *w = likelihood->w + lasting->first[m] * (width + 1);
        if (lasting->first[m] == lasting->first[m + 1] || !set_block(likelihood, m, theta))
            continue;
        project(likelihood, w, likelihood->block.n);
        add_average(likelihood, w, which, n_which);
    }
    finish_average(likelihood, which, n_which);
    if (order == EXPECTED)
        shrink_lasting_expect(likelihood, theta, may_move);
    return true;
}

void shrink_lasting_expect(lasting_likelihood *likelihood, const double *theta, const bool *may_move)
{
    const lasting *lasting = likelihood->lasting;
    size_t width = lasting->rows.n_regressors;
    int which[N_THETA];
    size_t n_which = moving(may_move, which);
    memset(likelihood->information, 0, sizeof likelihood->information);
    memset(likelihood->matrices, 0, N_THETA * (width * width + 1) * sizeof *likelihood->matrices);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++)
        if (lasting->first[m] < lasting->first[m + 1] && set_block(likelihood, m, theta))
            add_information(likelihood, likelihood->w + lasting->first[m] * (width + 1), which, n_which);
    finish_information(likelihood, which, n_which);
}

void shrink_lasting_gls(const lasting_likelihood *likelihood, double *change, double *covariance)
{
    size_t width = likelihood->lasting->rows.n_regressors;
    memcpy(change, likelihood->right, width * sizeof *change);
    shrink_solve_upper(likelihood->g, width, change);
    for (size_t k = 0; k < width; k++) {
        double *row = covariance + k * width; /* symmetric: a row is a column */
        memset(row, 0, width * sizeof *row);
        row[k] = 1;
        shrink_solve_lower(likelihood->g, width, row);
        shrink_solve_upper(likelihood->g, width, row);
    }
}

void shrink_lasting_ols(lasting_likelihood *likelihood, const double *theta, double *covariance)
{
    const lasting *lasting = likelihood->lasting;
    const lasting_block *block = &likelihood->block;
    size_t width = lasting->rows.n_regressors;
    double *sum = likelihood->moved;
    memset(covariance, 0, width * width * sizeof *covariance);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        if (lasting->first[m] == lasting->first[m + 1] || !set_block(likelihood, m, theta))
            continue;
        for (size_t t = 0; t < block->n; t++) { /* (S W Q)_t, then Q_t'W_t times it */
            size_t row = block->positions[t];
            memset(sum, 0, width * sizeof *sum);
            for (size_t s = 0; s < block->n; s++) {
                size_t other = block->positions[s];
                int64_t gap = (int64_t)block->years[row] - block->years[other];
                double covariance_ts =
                    block->tau + (s == t ? block->v[t]
                                         : (1 - block->white) * shrink_block_power(block, gap < 0 ? -gap : gap) *
                                               block->root[t] * block->root[s]);
                for (size_t k = 0; k < width; k++)
                    sum[k] += covariance_ts * lasting->rows.weights[other] * lasting->rows.q[other * width + k];
            }
            for (size_t k = 0; k < width; k++)
                for (size_t l = 0; l < width; l++)
                    covariance[k * width + l] += lasting->rows.weights[row] * lasting->rows.q[row * width + k] * sum[l];
        }
    }
}
