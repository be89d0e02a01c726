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

enum { BATCH = 64 }; /* rows that sums of products go over at a time, so many as are at hand */

bool shrink_lasting_new(lasting_likelihood *likelihood, const lasting *lasting)
{
    size_t width = lasting->rows.n_regressors, longest = lasting->longest + 1, n = lasting->rows.n_estimated;
    size_t stride = lasting->stride, square = longest * longest, squares = 0;
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        size_t rows = lasting->first[m + 1] - lasting->first[m];
        squares += rows * rows;
    }
    size_t sizes[] = {n * stride,
                      (width + 1) * stride,
                      (width + 1) * stride,
                      width * width + 1,
                      width + 1,
                      longest * (stride + N_THETA),
                      longest * (stride + N_THETA),
                      N_THETA * square,
                      N_THETA * square,
                      squares + 1,
                      square,
                      N_THETA * stride,
                      N_THETA * (BATCH + longest) * stride,
                      N_THETA * (width + 1) * stride};
    double **figures[] = {&likelihood->w,       &likelihood->whole,       &likelihood->inverse_root,
                          &likelihood->g,       &likelihood->right,       &likelihood->moved,
                          &likelihood->bent,    &likelihood->derivatives, &likelihood->shares,
                          &likelihood->spreads, &likelihood->product,     &likelihood->fitted,
                          &likelihood->batch,   &likelihood->matrices};
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
    return shrink_block_set_kept(&likelihood->block, municipality, first, lasting->estimated + first, n, theta);
}

/* As it was when the likelihood was last evaluated. */
static bool recall_block(lasting_likelihood *likelihood, size_t municipality)
{
    const lasting *lasting = likelihood->lasting;
    size_t first = lasting->first[municipality], n = lasting->first[municipality + 1] - first;
    if (!likelihood->has_blocks || likelihood->theta[WHITE] > 0)
        return set_block(likelihood, municipality, likelihood->theta);
    shrink_block_recall(&likelihood->block, municipality, first, lasting->estimated + first, n);
    return true;
}

/* ---- sums of rows, which nearly all of the time is spent on ---- */

/* out += sum over n rows of factor x row, four rows at a time, of four times so many columns, one or two times: a number
 * that is written where this is called, so that sums stay in registers. Factors lie `step` apart. */
static inline void add_fours(double *restrict out, size_t times, const double *restrict factors, size_t step,
                             const double *restrict rows, size_t stride, size_t n)
{
    behov_four sums[2];
    size_t i = 0;
    for (size_t k = 0; k < times; k++)
        sums[k] = ((const behov_four *)out)[k];
    for (; i + 4 <= n; i += 4) {
        const behov_four *a = (const behov_four *)(rows + i * stride),
                         *b = (const behov_four *)(rows + (i + 1) * stride),
                         *c = (const behov_four *)(rows + (i + 2) * stride),
                         *d = (const behov_four *)(rows + (i + 3) * stride);
        double f = factors[i * step], g = factors[(i + 1) * step], h = factors[(i + 2) * step],
               l = factors[(i + 3) * step];
        for (size_t k = 0; k < times; k++)
            sums[k] += (f * a[k] + g * b[k]) + (h * c[k] + l * d[k]);
    }
    for (; i < n; i++)
        for (size_t k = 0; k < times; k++)
            sums[k] += factors[i * step] * ((const behov_four *)(rows + i * stride))[k];
    for (size_t k = 0; k < times; k++)
        ((behov_four *)out)[k] = sums[k];
}

/* The same for any number of fours. */
static inline void add_rows_inline(double *restrict out, size_t fours, const double *restrict factors, size_t step,
                                   const double *restrict rows, size_t stride, size_t n)
{
    for (; fours >= 2; fours -= 2, out += 8, rows += 8)
        add_fours(out, 2, factors, step, rows, stride, n);
    if (fours)
        add_fours(out, 1, factors, step, rows, stride, n);
}

BEHOV_WIDE static void add_rows(double *restrict out, size_t fours, const double *restrict factors, size_t step,
                                const double *restrict rows, size_t stride, size_t n)
{
    add_rows_inline(out, fours, factors, step, rows, stride, n);
}

/* Lower triangle of matrix += x'y, n rows of both; what lies above it in the same four columns is not defined. */
BEHOV_WIDE static void add_products(double *matrix, size_t n_rows_of_matrix, const double *x, const double *y,
                                    size_t stride, size_t n)
{
    for (size_t k = 0; k < n_rows_of_matrix; k++)
        add_rows_inline(matrix + k * stride, k / 4 + 1, x + k, stride, y, stride, n);
}

static inline double dot(const double *restrict x, const double *restrict y, size_t n)
{
    behov_two sums = {0, 0}; /* of even and of odd ones */
    size_t k = 0;
    for (; k + 2 <= n; k += 2)
        sums += *(const behov_two *)(x + k) * *(const behov_two *)(y + k);
    return (k < n ? sums[0] + x[k] * y[k] : sums[0]) + sums[1];
}

/* ---- value ---- */

static bool evaluate_value(lasting_likelihood *likelihood, const double *theta)
{
    const lasting *lasting = likelihood->lasting;
    size_t width = lasting->rows.n_regressors, stride = lasting->stride;
    double twice = 0;
    size_t begin = 0;
    likelihood->has_blocks = false;
    memcpy(likelihood->theta, theta, sizeof likelihood->theta);
    memset(likelihood->whole, 0, (width + 1) * stride * sizeof *likelihood->whole);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        size_t first = lasting->first[m], n = lasting->first[m + 1] - first;
        if (n == 0)
            continue;
        if (!set_block(likelihood, m, theta))
            return false;
        shrink_block_solve(&likelihood->block, lasting->x + first * stride, stride, likelihood->w + first * stride);
        twice += likelihood->block.log_determinant;
        if (first + n - begin >= BATCH || first + n == lasting->rows.n_estimated) {
            add_products(likelihood->whole, width + 1, likelihood->w + begin * stride, lasting->x + begin * stride,
                         stride, first + n - begin);
            begin = first + n;
        }
    }
    likelihood->has_blocks = true;
    for (size_t k = 0; k < width; k++)
        memcpy(likelihood->g + k * width, likelihood->whole + k * stride, (k + 1) * sizeof *likelihood->g);
    memcpy(likelihood->right, likelihood->whole + width * stride, width * sizeof *likelihood->right);
    twice += shrink_cholesky(likelihood->g, width);
    shrink_solve_lower(likelihood->g, width, likelihood->right);
    double squares = likelihood->whole[width * stride + width] - dot(likelihood->right, likelihood->right, width);
    likelihood->value = -(twice + squares) / 2;
    return isfinite(likelihood->value);
}

/* ---- score and average information ---- */

/* L^-T beside -b, with a 1 for r: [S^-1 Q, S^-1 r] times it is [Y, P r]. */
static void invert_root(lasting_likelihood *likelihood)
{
    size_t width = likelihood->lasting->rows.n_regressors, stride = likelihood->lasting->stride;
    double *change = likelihood->fitted; /* b, L^-T right */
    memcpy(change, likelihood->right, width * sizeof *change);
    shrink_solve_upper(likelihood->g, width, change);
    memset(likelihood->inverse_root, 0, (width + 1) * stride * sizeof *likelihood->inverse_root);
    for (size_t k = 0; k < width; k++) {
        double *row = likelihood->inverse_root + k * stride; /* column k of L^-1 */
        row[k] = 1;
        shrink_solve_lower(likelihood->g, width, row);
        row[width] = -change[k];
    }
    likelihood->inverse_root[width * stride + width] = 1;
}

/* Y in place of S^-1 Q, P r in place of S^-1 r. */
BEHOV_WIDE static void project(lasting_likelihood *likelihood, double *w, size_t n)
{
    size_t width = likelihood->lasting->rows.n_regressors, stride = likelihood->lasting->stride;
    double *y = likelihood->bent;
    for (size_t t = 0; t < n; t++) {
        double *row = w + t * stride;
        memset(y, 0, stride * sizeof *y);
        for (size_t k = 0; k <= width; k += 4) /* rows below these columns are 0 in them */
            add_fours(y + k, 1, row, 1, likelihood->inverse_root + k, stride, k + 4 <= width ? k + 4 : width + 1);
        memcpy(row, y, stride * sizeof *y);
    }
}

/* Y Y' of one municipality. */
BEHOV_WIDE static void set_spread(lasting_likelihood *likelihood, const double *y)
{
    size_t width = likelihood->lasting->rows.n_regressors, stride = likelihood->lasting->stride,
           n = likelihood->block.n;
    for (size_t t = 0; t < n; t++)
        for (size_t s = 0; s <= t; s++)
            likelihood->spread[t * n + s] = likelihood->spread[s * n + t] = dot(y + t * stride, y + s * stride, width);
}

/* V_j P r by a parameter that is not tau or of v, and its score, by V_j itself. */
static void add_dense_score(lasting_likelihood *likelihood, const double *p, size_t stride, int which, double *f,
                            size_t n_which)
{
    const lasting_block *block = &likelihood->block;
    size_t n = block->n;
    double trace = 0, fit = 0, *v = likelihood->derivatives, *share = likelihood->shares;
    shrink_block_derivative(block, which, v);
    shrink_block_solve(block, v, n, share);
    for (size_t t = 0; t < n; t++) {
        double sum = 0;
        trace += share[t * n + t];
        for (size_t s = 0; s < n; s++) {
            sum += v[t * n + s] * p[s * stride];
            trace -= likelihood->spread[t * n + s] * v[t * n + s];
        }
        f[t * n_which] = sum;
        fit += sum * p[t * stride];
    }
    likelihood->score[which] += (fit - trace) / 2;
}

/* Score by v_t: (p_t (Omega p)_t - (P Omega)_tt) / (2 v_t), P Omega = 1 - tau S^-1 1 1' - Y Y'Omega within the
 * municipality; s0^2 moves every v_t by 1, s1^2 by 1 / population. f of both: (Omega E + E Omega) p / 2. */
static void add_chance_score(lasting_likelihood *likelihood, const double *p, size_t stride, double *f_row,
                             double *f_person, size_t n_which)
{
    const lasting_block *block = &likelihood->block;
    const double *person = block->rows->person;
    size_t n = block->n;
    for (size_t t = 0; t < n; t++) {
        const double *omega = block->omega + t * n, *spread = likelihood->spread + t * n;
        double whole = 0, by_row = 0, by_person = 0, of_y = 0;
        for (size_t s = 0; s < n; s++) {
            double part = omega[s] * p[s * stride], share = part * block->reciprocal[s];
            whole += part;
            by_row += share;
            by_person += share * person[block->positions[s]];
            of_y += omega[s] * spread[s];
        }
        double left = n == 1 ? block->v[0] * block->ones[0] : 1 - block->tau * block->ones[t];
        double reciprocal = block->reciprocal[t], person_t = person[block->positions[t]];
        double score = (p[t * stride] * whole - (left - of_y)) * reciprocal / 2;
        likelihood->score[ROW] += score;
        likelihood->score[PERSON] += score * person_t;
        if (f_row)
            f_row[t * n_which] = (by_row + whole * reciprocal) / 2;
        if (f_person)
            f_person[t * n_which] = (by_person + whole * reciprocal * person_t) / 2;
    }
}

static void add_level_score(lasting_likelihood *likelihood, const double *p, size_t stride, double *f_level,
                            double *f_small, size_t n_which)
{
    const lasting_block *block = &likelihood->block;
    size_t n = block->n;
    double sum = 0, ones = 0, of_y = 0;
    for (size_t t = 0; t < n; t++) {
        sum += p[t * stride];
        ones += block->ones[t];
    }
    for (size_t i = 0; i < n * n; i++)
        of_y += likelihood->spread[i];
    double score = (sum * sum - (ones - of_y)) / 2;
    likelihood->score[LASTING] += score;
    likelihood->score[SMALL] += score * block->person;
    for (size_t t = 0; t < n; t++) {
        if (f_level)
            f_level[t * n_which] = sum;
        if (f_small)
            f_small[t * n_which] = sum * block->person;
    }
}

/* f_j = V_j P r of one municipality: score and average information. */
static void add_average(lasting_likelihood *likelihood, const double *y, const int *which, size_t n_which)
{
    size_t width = likelihood->lasting->rows.n_regressors, stride = likelihood->lasting->stride,
           n = likelihood->block.n;
    double *f = likelihood->moved, *solved = likelihood->bent, *columns[N_THETA] = {NULL};
    const double *p = y + width;
    for (size_t j = 0; j < n_which; j++)
        columns[which[j]] = f + j;
    set_spread(likelihood, y);
    shrink_block_omega(&likelihood->block);
    if (columns[ROW] || columns[PERSON])
        add_chance_score(likelihood, p, stride, columns[ROW], columns[PERSON], n_which);
    if (columns[LASTING] || columns[SMALL])
        add_level_score(likelihood, p, stride, columns[LASTING], columns[SMALL], n_which);
    for (int k = PHI; k <= WHITE; k++)
        if (columns[k])
            add_dense_score(likelihood, p, stride, k, columns[k], n_which);
    shrink_block_solve(&likelihood->block, f, n_which, solved);
    for (size_t j = 0; j < n_which; j++) {
        add_rows(likelihood->fitted + (size_t)which[j] * stride, stride / 4, f + j, n_which, y, stride, n);
        for (size_t i = 0; i <= j; i++) {
            double sum = 0;
            for (size_t t = 0; t < n; t++)
                sum += f[t * n_which + j] * solved[t * n_which + i];
            likelihood->average[which[j] * N_THETA + which[i]] += sum / 2;
        }
    }
}

static void finish_average(lasting_likelihood *likelihood, const int *which, size_t n_which)
{
    size_t width = likelihood->lasting->rows.n_regressors, stride = likelihood->lasting->stride;
    for (size_t j = 0; j < n_which; j++)
        for (size_t i = 0; i <= j; i++) {
            int lower = which[j] * N_THETA + which[i], upper = which[i] * N_THETA + which[j];
            likelihood->average[lower] -= dot(likelihood->fitted + (size_t)which[j] * stride,
                                              likelihood->fitted + (size_t)which[i] * stride, width) /
                                          2;
            likelihood->average[upper] = likelihood->average[lower];
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

bool shrink_lasting_evaluate(lasting_likelihood *likelihood, const double *theta, const bool *may_move,
                             lasting_order order)
{
    const lasting *lasting = likelihood->lasting;
    size_t stride = lasting->stride;
    if (!evaluate_value(likelihood, theta))
        return false;
    if (order == VALUE)
        return true;
    int which[N_THETA];
    size_t n_which = moving(may_move, which);
    memset(likelihood->score, 0, sizeof likelihood->score);
    memset(likelihood->average, 0, sizeof likelihood->average);
    invert_root(likelihood);
    memset(likelihood->fitted, 0, N_THETA * stride * sizeof *likelihood->fitted);
    double *spread = likelihood->spreads;
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        double *w = likelihood->w + lasting->first[m] * stride;
        if (lasting->first[m] == lasting->first[m + 1] || !recall_block(likelihood, m))
            continue;
        likelihood->spread = spread;
        spread += likelihood->block.n * likelihood->block.n;
        project(likelihood, w, likelihood->block.n);
        add_average(likelihood, w, which, n_which);
    }
    finish_average(likelihood, which, n_which);
    if (order == EXPECTED)
        shrink_lasting_expect(likelihood, may_move);
    return true;
}

/* ---- expected information ---- */

/* V_j Y of the batch of rows. */
static double *batch_of(const lasting_likelihood *likelihood, size_t j)
{
    return likelihood->batch + j * (BATCH + likelihood->lasting->longest) * likelihood->lasting->stride;
}

/* tr(S^-1 V_j S^-1 V_i) - 2 tr(Y'V_j S^-1 V_i Y) of one municipality, and V_j Y from a row of the batch on. */
static void add_information(lasting_likelihood *likelihood, const double *y, size_t row, const int *which,
                            size_t n_which)
{
    size_t stride = likelihood->lasting->stride, n = likelihood->block.n;
    double *product = likelihood->product;
    shrink_block_omega(&likelihood->block);
    for (size_t j = 0; j < n_which; j++) {
        double *v_j = likelihood->derivatives + j * n * n, *share_j = likelihood->shares + j * n * n;
        shrink_block_derivative(&likelihood->block, which[j], v_j);
        shrink_block_solve(&likelihood->block, v_j, n, share_j);
        double *bent = batch_of(likelihood, j) + row * stride;
        memset(bent, 0, n * stride * sizeof *bent);
        for (size_t t = 0; t < n; t++) /* V_j Y */
            add_rows(bent + t * stride, stride / 4, v_j + t * n, 1, y, stride, n);
        /* (S^-1 V_j) (Y Y'), against V_i and all of S^-1 V_j against S^-1 V_i */
        memset(product, 0, n * n * sizeof *product);
        for (size_t t = 0; t < n; t++)
            for (size_t s = 0; s < n; s++)
                for (size_t k = 0; k < n; k++)
                    product[t * n + k] += share_j[t * n + s] * likelihood->spread[s * n + k];
        for (size_t i = 0; i <= j; i++) {
            const double *share_i = likelihood->shares + i * n * n, *v_i = likelihood->derivatives + i * n * n;
            double sum = 0;
            for (size_t t = 0; t < n; t++)
                for (size_t s = 0; s < n; s++)
                    sum += share_j[t * n + s] * share_i[s * n + t] - 2 * product[t * n + s] * v_i[t * n + s];
            likelihood->information[which[j] * N_THETA + which[i]] += sum / 2;
        }
    }
}

/* tr(M_j M_i) from their lower triangles. */
static double product_trace(const double *first, const double *second, size_t width, size_t stride)
{
    double sum = 0;
    for (size_t k = 0; k < width; k++) {
        sum += 2 * dot(first + k * stride, second + k * stride, k);
        sum += first[k * stride + k] * second[k * stride + k];
    }
    return sum;
}

void shrink_lasting_expect(lasting_likelihood *likelihood, const bool *may_move)
{
    const lasting *lasting = likelihood->lasting;
    size_t width = lasting->rows.n_regressors, stride = lasting->stride;
    int which[N_THETA];
    size_t n_which = moving(may_move, which);
    memset(likelihood->information, 0, sizeof likelihood->information);
    memset(likelihood->matrices, 0, N_THETA * width * stride * sizeof *likelihood->matrices);
    size_t begin = 0;
    double *spread = likelihood->spreads;
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        size_t first = lasting->first[m], end = lasting->first[m + 1];
        if (first == end || !recall_block(likelihood, m))
            continue;
        likelihood->spread = spread;
        spread += likelihood->block.n * likelihood->block.n;
        add_information(likelihood, likelihood->w + first * stride, first - begin, which, n_which);
        if (end - begin < BATCH && end < lasting->rows.n_estimated)
            continue;
        for (size_t j = 0; j < n_which; j++)
            add_products(likelihood->matrices + (size_t)which[j] * width * stride, width,
                         likelihood->w + begin * stride, batch_of(likelihood, j), stride, end - begin);
        begin = end;
    }
    for (size_t j = 0; j < n_which; j++)
        for (size_t i = 0; i <= j; i++) {
            int lower = which[j] * N_THETA + which[i], upper = which[i] * N_THETA + which[j];
            likelihood->information[lower] +=
                product_trace(likelihood->matrices + (size_t)which[j] * width * stride,
                              likelihood->matrices + (size_t)which[i] * width * stride, width, stride) /
                2;
            likelihood->information[upper] = likelihood->information[lower];
        }
}

/* ---- coefficients ---- */

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
    lasting_block *block = &likelihood->block;
    size_t width = lasting->rows.n_regressors, stride = lasting->stride;
    double *factors = likelihood->product, *whole = likelihood->matrices;
    size_t begin = 0;
    likelihood->has_blocks = false; /* those of theta take their room */
    memset(whole, 0, width * stride * sizeof *whole);
    for (size_t m = 0; m < lasting->rows.n_municipalities; m++) {
        size_t first = lasting->first[m], end = lasting->first[m + 1];
        const double *x = lasting->x + first * stride;
        double *sums = batch_of(likelihood, 0) + (first - begin) * stride;
        if (first == end || !set_block(likelihood, m, theta))
            continue;
        size_t n = block->n;
        shrink_block_omega(block);
        memset(sums, 0, n * stride * sizeof *sums);
        for (size_t t = 0; t < n; t++) { /* (W S W Q)_t, then Q_t' times it */
            double weight = lasting->rows.weights[block->positions[t]];
            for (size_t s = 0; s < n; s++)
                factors[s] =
                    weight * (block->omega[t * n + s] + block->tau) * lasting->rows.weights[block->positions[s]];
            add_rows(sums + t * stride, stride / 4, factors, 1, x, stride, n);
        }
        if (end - begin < BATCH && end < lasting->rows.n_estimated)
            continue;
        add_products(whole, width, lasting->x + begin * stride, batch_of(likelihood, 0), stride, end - begin);
        begin = end;
    }
    for (size_t k = 0; k < width; k++)
        for (size_t j = 0; j <= k; j++)
            covariance[k * width + j] = covariance[j * width + k] = whole[k * stride + j];
}
