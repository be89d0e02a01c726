/* shrink_block.c - the covariance of one municipality's rows when chance lasts: gaps, its inverse, its derivatives.
 *
 * Without white noise Omega^-1 is tridiagonal: with rho_t = phi^(years since the row before), u_t = 1 / (1 - rho_t^2),
 *   (Omega^-1)_tt = (u_t + rho_{t+1}^2 u_{t+1}) / v_t,  (Omega^-1)_{t,t+1} = -rho_{t+1} u_{t+1} / sqrt(v_t v_{t+1})
 * so S^-1 x costs O(n). A single row has the variance v + tau, which does not lose its digits where v is small beside
 * tau. With white noise S is inverted by its Cholesky factor.
 *
 * Derivatives, R_ts = phi^g: V_tau = 1; V_s0 = R (v_t + v_s) / (2 sqrt(v_t v_s)); V_s1 = R (v_s p_t + v_t p_s) /
 * (2 sqrt(v_t v_s)), p = 1 / population; V_phi = g phi^(g - 1) sqrt(v_t v_s). The second and third are (Omega E + E
 * Omega) / 2 with E the diagonal of 1 / v_t and of p_t / v_t. */
#include "shrink_lasting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

/* phi^g is below 1e-17 from here on. */
enum { LONGEST_POWER = 2000 };

bool shrink_block_new(lasting_block *block, const lasting *lasting)
{
    size_t longest = lasting->longest + 1;
    *block = (lasting_block){.rows = &lasting->rows, .years = lasting->years, .phi = -1};
    block->n_powers = (size_t)(lasting->longest_gap < LONGEST_POWER ? lasting->longest_gap : LONGEST_POWER) + 1;
    block->n_rows = lasting->rows.n_estimated;
    size_t n_kept = block->n_rows + longest; /* the last are of a municipality that is not kept */
    block->memory = behov_alloc(n_kept * BLOCK_FIGURES + 3 * block->n_powers, sizeof *block->memory);
    block->inverse = behov_alloc(longest, 2 * longest * sizeof *block->inverse);
    block->kept = behov_alloc(lasting->rows.n_municipalities, BLOCK_KEPT * sizeof *block->kept);
    if (!block->memory || !block->inverse || !block->kept)
        return false;
    block->omega = block->inverse + longest * longest;
    block->power = block->memory + BLOCK_FIGURES * n_kept;
    block->power_slope = block->power + block->n_powers;
    block->innovation = block->power_slope + block->n_powers;
    return true;
}

void shrink_block_free(lasting_block *block)
{
    free(block->memory), free(block->inverse), free(block->kept);
}

/* Figures of n rows, side by side, from this row on. */
static void place_rows(lasting_block *block, size_t first, const size_t *positions, size_t n)
{
    double **figures[BLOCK_FIGURES] = {&block->v,        &block->root,   &block->inverse_root, &block->ones,
                                       &block->diagonal, &block->beside, &block->omega_ones,   &block->reciprocal};
    block->positions = positions;
    block->n = n;
    for (size_t i = 0; i < BLOCK_FIGURES; i++)
        *figures[i] = block->memory + BLOCK_FIGURES * first + i * n;
}

static void set_powers(lasting_block *block, double phi)
{
    if (block->phi == phi)
        return;
    block->phi = phi;
    double power = 1;
    for (size_t g = 0; g < block->n_powers; g++) {
        block->power[g] = power;
        block->power_slope[g] = g == 0 ? 0 : (double)g * block->power[g - 1];
        block->innovation[g] = g == 0 ? 1 : 1 / (1 - power * power);
        power *= phi;
    }
}

double shrink_block_power(const lasting_block *block, int64_t gap)
{
    return gap < (int64_t)block->n_powers ? block->power[gap] : 0;
}

static int64_t gap_between(const lasting_block *block, size_t t, size_t s)
{
    int64_t gap = (int64_t)block->years[block->positions[t]] - block->years[block->positions[s]];
    return gap < 0 ? -gap : gap;
}

/* Omega^-1, its determinant and its row sums, without white noise. Returns what the logarithm of the determinant lacks: the
 * product over the last rows. */
static double set_tridiagonal(lasting_block *block)
{
    size_t n = block->n;
    double scale = 1;
    for (size_t t = 0; t < n; t++)
        block->diagonal[t] = block->beside[t] = block->omega_ones[t] = 0;
    for (size_t t = 0; t < n; t++) {
        int64_t gap = t == 0 ? 0 : gap_between(block, t, t - 1);
        bool is_told = t > 0 && gap < (int64_t)block->n_powers; /* by the row before */
        double rho = is_told ? block->power[gap] : 0, u = is_told ? block->innovation[gap] : 1,
               far = block->inverse_root[t];
        scale *= block->v[t] * (1 - rho * rho);
        if (t % 8 == 7) { /* one logarithm for several rows */
            block->log_determinant += log(scale);
            scale = 1;
        }
        block->diagonal[t] += u * far * far;
        block->omega_ones[t] += u * far * far;
        if (t == 0)
            continue;
        double near = block->inverse_root[t - 1];
        block->diagonal[t - 1] += rho * rho * u * near * near;
        block->omega_ones[t - 1] += rho * rho * u * near * near - rho * u * near * far;
        block->beside[t - 1] = -rho * u * near * far;
        block->omega_ones[t] -= rho * u * near * far;
    }
    return scale;
}

static double omega(const lasting_block *block, size_t t, size_t s)
{
    if (t == s)
        return block->v[t];
    return (1 - block->white) * shrink_block_power(block, gap_between(block, t, s)) * block->root[t] * block->root[s];
}

/* S^-1 by Cholesky, column by column. */
static bool invert_dense(lasting_block *block)
{
    size_t n = block->n;
    double *lower = malloc((n * n + n) * sizeof *lower);
    if (!lower)
        return false;
    double *column = lower + n * n;
    for (size_t t = 0; t < n; t++)
        for (size_t s = 0; s < n; s++)
            lower[t * n + s] = omega(block, t, s) + block->tau;
    block->log_determinant = shrink_cholesky(lower, n);
    bool is_definite = isfinite(block->log_determinant);
    for (size_t s = 0; s < n && is_definite; s++) {
        memset(column, 0, n * sizeof *column);
        column[s] = 1;
        shrink_solve_lower(lower, n, column);
        shrink_solve_upper(lower, n, column);
        for (size_t t = 0; t < n; t++)
            block->inverse[t * n + s] = column[t];
    }
    double sum = 0;
    for (size_t t = 0; t < n && is_definite; t++) {
        block->ones[t] = 0;
        for (size_t s = 0; s < n; s++)
            block->ones[t] += block->inverse[t * n + s];
        sum += block->ones[t];
    }
    block->own = fmax(block->tau * (1 - block->tau * sum), 0);
    free(lower);
    return is_definite;
}

/* Of the rows that are placed. */
static bool set_figures(lasting_block *block, const double *theta)
{
    const size_t *positions = block->positions;
    size_t n = block->n;
    block->white = theta[WHITE];
    block->person = block->log_determinant = 0;
    set_powers(block, theta[PHI]);
    for (size_t t = 0; t < n; t++) {
        double person = block->rows->person[positions[t]];
        block->v[t] = theta[ROW] + theta[PERSON] * person;
        block->root[t] = sqrt(block->v[t]);
        block->inverse_root[t] = 1 / block->root[t];
        block->reciprocal[t] = block->inverse_root[t] * block->inverse_root[t];
        block->person += person;
    }
    block->person /= (double)n;
    block->tau = theta[LASTING] + theta[SMALL] * block->person;
    if (n == 1) {
        double v = block->v[0], whole = v + block->tau;
        block->log_determinant = log(whole);
        block->diagonal[0] = block->ones[0] = block->omega_ones[0] = 1 / whole;
        block->beside[0] = block->c = 0;
        block->own = block->tau * v / whole;
        block->inverse[0] = 1 / whole;
        return whole > 0;
    }
    if (block->white > 0)
        return invert_dense(block);
    double scale = set_tridiagonal(block), total = 0;
    for (size_t t = 0; t < n; t++)
        total += block->omega_ones[t];
    double shrunk = 1 / (1 + block->tau * total);
    for (size_t t = 0; t < n; t++)
        block->ones[t] = block->omega_ones[t] * shrunk;
    block->c = block->tau * shrunk;
    block->own = block->c;
    block->log_determinant += log(scale * (1 + block->tau * total));
    return isfinite(block->log_determinant);
}

bool shrink_block_set(lasting_block *block, const size_t *positions, size_t n, const double *theta)
{
    place_rows(block, block->n_rows, positions, n);
    return set_figures(block, theta);
}

bool shrink_block_set_kept(lasting_block *block, size_t municipality, size_t first, const size_t *positions, size_t n,
                           const double *theta)
{
    place_rows(block, first, positions, n);
    bool is_definite = set_figures(block, theta);
    double *kept = block->kept + municipality * BLOCK_KEPT;
    kept[0] = block->tau, kept[1] = block->person, kept[2] = block->c, kept[3] = block->own;
    kept[4] = block->log_determinant;
    return is_definite;
}

void shrink_block_recall(lasting_block *block, size_t municipality, size_t first, const size_t *positions, size_t n)
{
    const double *kept = block->kept + municipality * BLOCK_KEPT;
    place_rows(block, first, positions, n);
    block->tau = kept[0], block->person = kept[1], block->c = kept[2], block->own = kept[3];
    block->log_determinant = kept[4];
}

/* out = matrix x, n x width. */
static void multiply(const double *matrix, const double *x, size_t n, size_t width, double *restrict out)
{
    memset(out, 0, n * width * sizeof *out);
    for (size_t t = 0; t < n; t++)
        for (size_t s = 0; s < n; s++) {
            const double *restrict x_s = x + s * width;
            double factor = matrix[t * n + s];
            for (size_t k = 0; k < width; k++)
                out[t * width + k] += factor * x_s[k];
        }
}

/* Columns that are side by side in rows `width` apart, so few that their sums need no room. */
static inline void solve_few(const lasting_block *block, const double *x, size_t n_columns, size_t width, double *out)
{
    double sums[4] = {0};
    size_t n = block->n;
    for (size_t t = 0; t < n; t++)
        for (size_t k = 0; k < n_columns; k++)
            sums[k] += block->omega_ones[t] * x[t * width + k];
    for (size_t t = 0; t < n; t++) {
        double middle = block->diagonal[t], before = t > 0 ? block->beside[t - 1] : 0,
               after = t + 1 < n ? block->beside[t] : 0, factor = block->c * block->omega_ones[t];
        const double *x_t = x + t * width, *x_before = t > 0 ? x_t - width : x_t,
                     *x_after = t + 1 < n ? x_t + width : x_t;
        double *out_t = out + t * width;
        for (size_t k = 0; k < n_columns; k++)
            out_t[k] = middle * x_t[k] + before * x_before[k] + after * x_after[k] - factor * sums[k];
    }
}

/* The same of four columns. */
static inline void solve_four(const lasting_block *block, const double *x, size_t width, double *out)
{
    size_t n = block->n;
    behov_four sum = {0, 0, 0, 0};
    for (size_t t = 0; t < n; t++)
        sum += block->omega_ones[t] * *(const behov_four *)(x + t * width);
    for (size_t t = 0; t < n; t++) {
        double middle = block->diagonal[t], before = t > 0 ? block->beside[t - 1] : 0,
               after = t + 1 < n ? block->beside[t] : 0, factor = block->c * block->omega_ones[t];
        const double *x_t = x + t * width;
        behov_four at = *(const behov_four *)x_t, at_before = t > 0 ? *(const behov_four *)(x_t - width) : at,
                   at_after = t + 1 < n ? *(const behov_four *)(x_t + width) : at;
        *(behov_four *)(out + t * width) = middle * at + before * at_before + after * at_after - factor * sum;
    }
}

BEHOV_WIDE static void solve(const lasting_block *block, const double *x, size_t width, double *out)
{
    size_t first = 0;
    if (block->white > 0) {
        multiply(block->inverse, x, block->n, width, out);
        return;
    }
    for (; first + 4 <= width; first += 4)
        solve_four(block, x + first, width, out + first);
    if (first < width)
        solve_few(block, x + first, width - first, width, out + first);
}

void shrink_block_solve(const lasting_block *block, const double *x, size_t width, double *out)
{
    solve(block, x, width, out);
}

void shrink_block_omega(lasting_block *block)
{
    size_t n = block->n;
    for (size_t t = 0; t < n; t++)
        for (size_t s = 0; s <= t; s++)
            block->omega[t * n + s] = block->omega[s * n + t] = omega(block, t, s);
}

static double derivative_at(const lasting_block *block, int which, size_t t, size_t s)
{
    const double *person = block->rows->person, *reciprocal = block->reciprocal;
    double omega_ts = block->omega[t * block->n + s];
    if (which == LASTING)
        return 1;
    if (which == SMALL)
        return block->person;
    if (which == ROW)
        return omega_ts * (reciprocal[t] + reciprocal[s]) / 2;
    if (which == PERSON)
        return omega_ts * (person[block->positions[t]] * reciprocal[t] + person[block->positions[s]] * reciprocal[s]) /
               2;
    if (t == s)
        return 0;
    int64_t gap = gap_between(block, t, s);
    if (which == WHITE)
        return -shrink_block_power(block, gap) * block->root[t] * block->root[s];
    double slope = gap < (int64_t)block->n_powers ? block->power_slope[gap] : 0;
    return (1 - block->white) * slope * block->root[t] * block->root[s];
}

void shrink_block_derivative(const lasting_block *block, int which, double *derivative)
{
    size_t n = block->n;
    for (size_t t = 0; t < n; t++)
        for (size_t s = 0; s <= t; s++)
            derivative[t * n + s] = derivative[s * n + t] = derivative_at(block, which, t, s);
}
