/* shrink.c - intervals of a need and its ratio; the lasting level of municipalities by REML and empirical Bayes.
 *
 * Symbols: rows t of municipality i, n_i of them; v_it = s0^2 + s1^2 / p_it, a_it = 1 / v_it, A_i = sum_t a_it;
 * tau = Var(u); S_i = diag(v_i) + tau 1 1' the covariance of a municipality's rows; Q = X T orthonormal over the rows
 * estimated on (weighted), so that x'b = q'theta; r the residuals.
 *
 * Variances. Restricted likelihood of (tau, s0^2, s1^2) (Patterson & Thompson 1971), with X, not only the residuals:
 *   -2 l = log|S| + log|Q'S^-1 Q| + r'P r,  P = S^-1 - S^-1 Q (Q'S^-1 Q)^-1 Q'S^-1
 * It does not depend on which b the residuals are from. S_i^-1 = diag(a) - tau a a' / (1 + tau A), so a value and its
 * derivatives cost O(N K^2). Steps are Newton's, with r'P V_j P V_k P r - tr(P V_j P V_k) / 2; where that is not
 * positive definite, with the mean of it and its expectation (average information, Gilmour, Thompson & Cullis 1995). A
 * step is halved until l does not fall, and a variance that would fall below 0
 * stays there. Steps end when all are below 1e-10 of a standard error.
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
 * Harville 1984; Prasad & Rao 1990).
 *
 * Not here: ranks (shrink_ranks.c), which rows and years are pooled, and the words for it. */
#include <behov/shrink.h>

#include <behov/inference.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"
#include "shrink_parts.h"

enum { LASTING, ROW, PERSON, N_VARIANCES }; /* tau, s0^2, s1^2 */
enum { STEPS_MAX = 1000, HALVINGS_MAX = 60 };

/* Where a symmetric 3 x 3 matrix finds its six figures. */
static const int pair_of[N_VARIANCES * N_VARIANCES] = {0, 1, 2, 1, 3, 4, 2, 4, 5};

/* Row variances are kept above this share of the mean square residual: without chance at all S is singular, and the
 * answer (nothing is shrunk) is the limit. Products of 1 / v with tau lose as many digits as v is below tau: at 1e-9
 * the variances of data without chance still have 6. */
static const double least_variance = 1e-9;
/* Diagonal left of a column by the columns before it: behov_fit_new has dropped what depends on others by then. */
static const double dependent = 1e-13;

/* ---- small matrices -----------------------------------------------------------------------------------------------
 */

double shrink_dot(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

double shrink_cholesky(double *matrix, size_t n)
{
    double log_determinant = 0;
    for (size_t j = 0; j < n; j++) {
        double *row = matrix + j * n, full = row[j], pivot = full - shrink_dot(row, row, j);
        bool is_left = pivot > 1e-14 * full && full > 0;
        log_determinant += is_left ? log(pivot) : -INFINITY;
        row[j] = is_left ? sqrt(pivot) : 0;
        for (size_t i = j + 1; i < n; i++) {
            double *lower_values = matrix + i * n;
            lower_values[j] = is_left ? (lower_values[j] - shrink_dot(lower_values, row, j)) / row[j] : 0;
            row[i] = 0;
        }
    }
    return log_determinant;
}

/* x = L^-1 x, x = L^-T x in place. */
static void solve_lower(const double *lower, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - shrink_dot(lower + i * n, x, i)) / lower[i * n + i];
}

static void solve_upper(const double *lower, size_t n, double *x)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= lower[k * n + i] * x[k];
        x[i] /= lower[i * n + i];
    }
}

static void add_outer(double *matrix, const double *x, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] += weight * x[i] * x[j];
}

static double quadratic(const double *matrix, const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * shrink_dot(matrix + i * n, x, n);
    return sum > 0 ? sum : 0;
}

/* ---- normal level and prediction -----------------------------------------------------------------------------------
 */

double behov_level_variance(const double *vcov, const double *regressors, size_t n_regressors)
{
    return quadratic(vcov, regressors, n_regressors);
}

static double quantile_of(double level, double dof)
{
    return isfinite(dof) ? behov_t_quantile(level, dof) : gsl_cdf_ugaussian_Pinv(0.5 + level / 2);
}

double behov_prediction_variance(double level_variance, double rmse, double weight)
{
    return weight > 0 ? level_variance + rmse * rmse / weight : NAN;
}

behov_interval behov_level_interval(double need, double variance, double dof, double level)
{
    double far = quantile_of(level, dof) * sqrt(variance);
    if (isnan(need) || isnan(far))
        return (behov_interval){NAN, NAN};
    return (behov_interval){need - far, need + far};
}

behov_interval behov_gap_interval(double actual, behov_interval need)
{
    behov_interval gap = {actual - need.high, actual - need.low};
    return isnan(gap.low) || isnan(gap.high) ? (behov_interval){NAN, NAN} : gap;
}

behov_interval behov_ratio_interval(double actual, behov_interval need)
{
    if (isnan(actual) || !(need.low > 0))
        return (behov_interval){NAN, NAN};
    double at_low = 100 * actual / need.low, at_high = 100 * actual / need.high;
    return actual < 0 ? (behov_interval){at_low, at_high} : (behov_interval){at_high, at_low};
}

/* ---- rows, sorted by municipality ----------------------------------------------------------------------------------
 */

typedef struct municipality_rows {
    size_t first, n;    /* all rows */
    size_t n_estimated; /* those come first */
} municipality_rows;

typedef struct panel_rows {
    size_t n, n_regressors, n_municipalities, n_estimated;
    municipality_rows *municipality_rows; /* M */
    size_t *order;                        /* position in the caller's data */
    double *r, *person;                   /* scaled residual; scaled 1 / population */
    double *q, *weights;                  /* N x K; N */
    double floor;                         /* of v */
    int person_exponent;
    bool is_free[N_VARIANCES];
    size_t longest;
} panel_rows;

static void rows_free(panel_rows *panel_rows)
{
    free(panel_rows->municipality_rows), free(panel_rows->order), free(panel_rows->r), free(panel_rows->person),
        free(panel_rows->q), free(panel_rows->weights);
}

static behov_status check(const behov_shrink_data *data, behov_error *err)
{
    for (size_t i = 0; i < data->n_rows; i++) {
        if (data->municipalities[i] >= data->n_municipalities)
            return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_SHRINK_NO_MUNICIPALITY, (unsigned long)i + 1);
        if (!isfinite(data->residuals[i]))
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_RESIDUAL_NOT_NUMBER, (unsigned long)i + 1);
        if (data->populations && !(data->populations[i] > 0 && isfinite(data->populations[i])))
            return behov_error_say(err, BEHOV_E_DATA, "", SAY_SHRINK_POPULATION_NOT_POSITIVE, (unsigned long)i + 1);
    }
    return BEHOV_OK;
}

static bool is_estimated(const behov_shrink_data *data, size_t row)
{
    return !data->is_estimated || data->is_estimated[row];
}

/* Rows of each municipality side by side, those estimated on first. */
static void sort_rows(const behov_shrink_data *data, panel_rows *rows)
{
    for (size_t i = 0; i < data->n_rows; i++) {
        municipality_rows *single_municipality_rows = &rows->municipality_rows[data->municipalities[i]];
        single_municipality_rows->n++;
        single_municipality_rows->n_estimated += is_estimated(data, i);
        rows->n_estimated += is_estimated(data, i);
    }
    size_t index = 0;
    for (size_t m = 0; m < data->n_municipalities; m++) {
        rows->municipality_rows[m].first = index;
        index += rows->municipality_rows[m].n;
        rows->longest = rows->municipality_rows[m].n > rows->longest ? rows->municipality_rows[m].n : rows->longest;
        rows->municipality_rows[m].n = 0;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < data->n_rows; i++) {
            municipality_rows *municipality_rows = &rows->municipality_rows[data->municipalities[i]];
            if (is_estimated(data, i) == (pass == 0))
                rows->order[municipality_rows->first + municipality_rows->n++] = i;
        }
}

/* Powers of two near the root mean square residual and the mean of 1 / population: the same digits in any unit that
 * differs by a power of two. */
static void scale_rows(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink)
{
    double largest = 0, squares = 0, most = 0, least = INFINITY;
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->order[i];
        largest = fmax(largest, fabs(data->residuals[row]));
        double person = data->populations ? 1 / data->populations[row] : 0;
        most = fmax(most, person);
        least = fmin(least, person);
    }
    frexp(largest, &shrink->exponent);
    frexp(most, &rows->person_exponent);
    for (size_t i = 0; i < rows->n; i++) {
        size_t row = rows->order[i];
        rows->r[i] = ldexp(data->residuals[row], -shrink->exponent);
        rows->person[i] = data->populations ? ldexp(1 / data->populations[row], -rows->person_exponent) : 0;
        rows->weights[i] = data->root_weights ? data->root_weights[row] * data->root_weights[row] : 1;
        squares += rows->r[i] * rows->r[i];
    }
    rows->floor = rows->n ? least_variance * squares / (double)rows->n : 0;
    bool has_years = false;
    for (size_t m = 0; m < rows->n_municipalities; m++)
        has_years = has_years || rows->municipality_rows[m].n_estimated > 1;
    rows->is_free[PERSON] = most - least > 1e-9 * most;
    rows->is_free[ROW] = has_years;
    rows->is_free[LASTING] = has_years || rows->is_free[PERSON];
    shrink->variances.is_one_year = !has_years;
    shrink->variances.has_person = rows->is_free[PERSON];
    shrink->variances.is_known = rows->is_free[LASTING];
}

/* Q of all rows, from the triangle of those estimated on. */
static behov_status make_basis(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink, behov_error *err)
{
    size_t width = rows->n_regressors;
    double *row = behov_alloc(width, sizeof *row), *work = behov_alloc(width, sizeof *work);
    behov_status status = row && work ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    for (size_t k = 0; k < width && !status; k++) {
        double largest = 0;
        for (size_t i = 0; i < rows->n; i++)
            if (is_estimated(data, rows->order[i]))
                largest = fmax(largest, sqrt(rows->weights[i]) * fabs(data->regressors[rows->order[i] * width + k]));
        frexp(largest, &shrink->column_exponents[k]);
    }
    for (size_t i = 0; i < rows->n && !status; i++) {
        if (!is_estimated(data, rows->order[i]))
            continue;
        for (size_t k = 0; k < width; k++)
            row[k] = sqrt(rows->weights[i]) *
                     ldexp(data->regressors[rows->order[i] * width + k], -shrink->column_exponents[k]);
        behov_triangle_add(shrink->triangle, width, row, 1, work);
    }
    for (size_t k = 0; k < width && !status; k++) {
        double length = 0;
        for (size_t i = 0; i <= k; i++)
            length = hypot(length, shrink->triangle[i * width + k]);
        if (!(fabs(shrink->triangle[k * width + k]) > dependent * length))
            status = behov_error_say(err, BEHOV_E_RANK, "", SAY_SHRINK_REGRESSOR_DEPENDENT, (unsigned long)k + 1);
    }
    if (!status)
        behov_triangle_inverse(shrink->triangle, width, width, shrink->basis);
    for (size_t i = 0; i < rows->n && !status; i++)
        for (size_t k = 0; k < width; k++) {
            double x = ldexp(data->regressors[rows->order[i] * width + k], -shrink->column_exponents[k]);
            for (size_t j = k; j < width; j++)
                rows->q[i * width + j] += x * shrink->basis[k * width + j];
        }
    free(row), free(work);
    return status;
}

/* ---- restricted likelihood -----------------------------------------------------------------------------------------
 */

typedef struct likelihood {
    const panel_rows *rows;
    double *w, *p;        /* S^-1 Q, then Y = S^-1 Q L^-T: N x K; P r: N */
    double *g;            /* K x K: L, L L' = Q'S^-1 Q */
    double *right;        /* K */
    double *sums;         /* 3 x K */
    double *matrices;     /* 3 x K x K: M_k = Y'V_k Y */
    double *moved_values; /* N x 3: V_k P r */
    double value, score[N_VARIANCES];
    double information[N_VARIANCES * N_VARIANCES]; /* tr(S^-1 V_j S^-1 V_k) / 2 */
    double restricted[N_VARIANCES * N_VARIANCES];  /* tr(P V_j P V_k) / 2 */
    double curvature[N_VARIANCES * N_VARIANCES];   /* r'P V_j P V_k P r */
} likelihood;

static void likelihood_free(likelihood *likelihood)
{
    free(likelihood->w), free(likelihood->p), free(likelihood->g), free(likelihood->right), free(likelihood->sums),
        free(likelihood->matrices), free(likelihood->moved_values);
}

static double row_variance(const panel_rows *rows, const double *variances, size_t i)
{
    double v = variances[ROW] + variances[PERSON] * rows->person[i];
    return v > rows->floor ? v : rows->floor;
}

/* The same, and what is left of tau, for S = diag(v) + tau 1 1'. The only row of a municipality has the variance v +
 * tau, which is the same S, and does not lose its digits where v is small beside tau. */
static double row_alone(const panel_rows *rows, const double *variances, size_t i, size_t n, double *tau)
{
    *tau = n == 1 ? 0 : variances[LASTING];
    return row_variance(rows, variances, i) + (n == 1 ? variances[LASTING] : 0);
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
    for (size_t m = 0; m < rows->n_municipalities; m++) { /* tr(Y'V_j S^-1 V_k Y) */
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

/* The likelihood; with `all` also its first and second derivatives. */
static void evaluate(likelihood *likelihood, const double *variances, bool all)
{
    const panel_rows *rows = likelihood->rows;
    size_t width = rows->n_regressors;
    double twice = 0, squares = 0, trace[N_VARIANCES] = {0, 0, 0}, fit[N_VARIANCES] = {0, 0, 0};
    memset(likelihood->g, 0, width * width * sizeof *likelihood->g);
    memset(likelihood->right, 0, width * sizeof *likelihood->right);
    memset(likelihood->information, 0, sizeof likelihood->information);
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, n = rows->municipality_rows[m].n_estimated, end = first + n;
        double total = 0, sum_r = 0, tau = 0, *sum = likelihood->sums;
        memset(sum, 0, width * sizeof *sum);
        for (size_t i = first; i < end; i++) {
            double v = row_alone(rows, variances, i, n, &tau), a = 1 / v;
            twice += log(v);
            total += a;
            sum_r += a * rows->r[i];
            for (size_t k = 0; k < width; k++)
                sum[k] += a * rows->q[i * width + k];
        }
        twice += log1p(tau * total);
        double c = tau / (1 + tau * total);
        for (size_t i = first; i < end; i++) {
            double a = 1 / row_alone(rows, variances, i, n, &tau), *w = likelihood->w + i * width;
            const double *q = rows->q + i * width;
            likelihood->p[i] = a * (rows->r[i] - c * sum_r);
            squares += likelihood->p[i] * rows->r[i];
            for (size_t k = 0; k < width; k++)
                w[k] = a * (q[k] - c * sum[k]);
            for (size_t k = 0; k < width; k++) {
                likelihood->right[k] += w[k] * rows->r[i];
                for (size_t j = 0; j <= k; j++)
                    likelihood->g[k * width + j] += w[k] * q[j];
            }
            trace[ROW] += a - c * a * a;
            trace[PERSON] += rows->person[i] * (a - c * a * a);
        }
        trace[LASTING] += total / (1 + tau * total);
        if (all && n > 0)
            add_information(rows, variances, first, n, likelihood->information);
    }
    twice += shrink_cholesky(likelihood->g, width);
    solve_lower(likelihood->g, width, likelihood->right); /* L^-1 Q'S^-1 r */
    squares -= shrink_dot(likelihood->right, likelihood->right, width);
    likelihood->value = -(twice + squares) / 2;
    if (!all)
        return;
    memset(likelihood->matrices, 0, N_VARIANCES * width * width * sizeof *likelihood->matrices);
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, end = first + rows->municipality_rows[m].n_estimated;
        double sum = 0, *sum_y = likelihood->sums;
        memset(sum_y, 0, width * sizeof *sum_y);
        for (size_t i = first; i < end; i++) {
            double *y = likelihood->w + i * width;
            solve_lower(likelihood->g, width, y);
            likelihood->p[i] -= shrink_dot(likelihood->right, y, width);
            sum += likelihood->p[i];
            fit[ROW] += likelihood->p[i] * likelihood->p[i];
            fit[PERSON] += rows->person[i] * likelihood->p[i] * likelihood->p[i];
            for (size_t k = 0; k < width; k++)
                sum_y[k] += y[k];
            add_outer(likelihood->matrices + ROW * width * width, y, 1, width);
            add_outer(likelihood->matrices + PERSON * width * width, y, rows->person[i], width);
        }
        add_outer(likelihood->matrices + LASTING * width * width, sum_y, 1, width);
        fit[LASTING] += sum * sum;
        for (size_t i = first; i < end; i++) {
            double *moved_values = likelihood->moved_values + i * N_VARIANCES;
            moved_values[LASTING] = sum;
            moved_values[ROW] = likelihood->p[i];
            moved_values[PERSON] = rows->person[i] * likelihood->p[i];
        }
    }
    for (size_t which = 0; which < N_VARIANCES; which++) {
        for (size_t k = 0; k < width; k++)
            trace[which] -= likelihood->matrices[which * width * width + k * (width + 1)];
        likelihood->score[which] = (fit[which] - trace[which]) / 2;
    }
    bend(likelihood, variances);
}

/* Solves matrix x = right for the variances that move, the others 0. False when the matrix is not positive definite. */
static bool solve_moving(const double *whole, const double *whole_right, const bool *is_moving, double *x)
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
    solve_lower(matrix, n, right);
    solve_upper(matrix, n, right);
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
    if (solve_moving(matrix, likelihood->score, is_moving, step))
        return;
    for (int k = 0; k < N_VARIANCES * N_VARIANCES; k++)
        matrix[k] = likelihood->curvature[k] / 2;
    if (solve_moving(matrix, likelihood->score, is_moving, step) ||
        solve_moving(likelihood->information, likelihood->score, is_moving, step))
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

static void maximise(likelihood *likelihood, double *variances, behov_shrink_variances *shrink_variances)
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

/* ---- levels --------------------------------------------------------------------------------------------------------
 */

/* C = Q'W S W Q over the rows estimated on. */
static void covariance_of_b(const panel_rows *rows, const double *variances, double *sum, double *covariance)
{
    size_t width = rows->n_regressors;
    for (size_t m = 0; m < rows->n_municipalities; m++) {
        size_t first = rows->municipality_rows[m].first, end = first + rows->municipality_rows[m].n_estimated;
        memset(sum, 0, width * sizeof *sum);
        for (size_t i = first; i < end; i++) {
            double w = rows->weights[i];
            add_outer(covariance, rows->q + i * width, w * w * row_variance(rows, variances, i), width);
            for (size_t k = 0; k < width; k++)
                sum[k] += w * rows->q[i * width + k];
        }
        add_outer(covariance, sum, variances[LASTING], width);
    }
}

/* Inverse of the information of the variances that were estimated, zero elsewhere; of its diagonal where the
 * variances cannot be told apart. */
static void invert_information(const likelihood *likelihood, double *inverse)
{
    for (int k = 0; k < N_VARIANCES; k++) {
        double unit[N_VARIANCES] = {0, 0, 0}, *row = inverse + k * N_VARIANCES;
        unit[k] = likelihood->rows->is_free[k];
        if (!solve_moving(likelihood->information, unit, likelihood->rows->is_free, row) &&
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
        double a = 1 / row_variance(rows, variances, first + t), b = a / (1 + tau * total);
        mixed[ROW] += a * b;
        mixed[PERSON] += a * rows->person[first + t] * b;
    }
    for (size_t t = 0; t < n; t++) {
        double a = 1 / row_variance(rows, variances, first + t), b = a / (1 + tau * total);
        d[LASTING * n + t] = b / (1 + tau * total);
        d[ROW * n + t] = -tau * (a * b - c * a * mixed[ROW]);
        d[PERSON * n + t] = -tau * (a * rows->person[first + t] * b - c * a * mixed[PERSON]);
    }
    for (int j = 0; j < N_VARIANCES; j++)
        for (int k = 0; k < N_VARIANCES; k++) {
            double sum = 0, sum_j = 0, sum_k = 0;
            for (size_t t = 0; t < n; t++) {
                sum += d[(size_t)j * n + t] * d[(size_t)k * n + t] * row_variance(rows, variances, first + t);
                sum_j += d[(size_t)j * n + t];
                sum_k += d[(size_t)k * n + t];
            }
            part += inverse[j * N_VARIANCES + k] * (sum + tau * sum_j * sum_k);
        }
    return part > 0 ? part : 0;
}

static void predict_levels(const panel_rows *rows, const double *variances, const double *inverse, double *work,
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
            total += 1 / row_variance(rows, variances, i);
        for (size_t i = first; i < first + n; i++) {
            double w = tau / row_variance(rows, variances, i) / (1 + tau * total);
            effect += w * rows->r[i];
            for (size_t k = 0; k < width; k++)
                pull[k] += w * rows->q[i * width + k];
        }
        double own = tau / (1 + tau * total) + 2 * part_of_variances(rows, variances, inverse, first, n, total, work);
        shrink->effects[m] = ldexp(effect, shrink->exponent);
        shrink->shares[m] = tau * total / (1 + tau * total);
        shrink->own[m] = ldexp(own, 2 * shrink->exponent);
        shrink->uncertainties[m] = ldexp(own + quadratic(shrink->covariance, pull, width), 2 * shrink->exponent);
    }
}

static behov_status estimate(panel_rows *rows, behov_shrink *shrink, behov_error *err)
{
    size_t width = rows->n_regressors;
    likelihood likelihood = {.rows = rows};
    likelihood.w = behov_alloc(rows->n, (width + 1) * sizeof *likelihood.w);
    likelihood.p = behov_alloc(rows->n, sizeof *likelihood.p);
    likelihood.g = behov_alloc(width + 1, (width + 1) * sizeof *likelihood.g);
    likelihood.right = behov_alloc(width, sizeof *likelihood.right);
    likelihood.sums = behov_alloc(width, N_VARIANCES * sizeof *likelihood.sums);
    likelihood.matrices = behov_alloc(width * width, N_VARIANCES * sizeof *likelihood.matrices);
    likelihood.moved_values = behov_alloc(rows->n, N_VARIANCES * sizeof *likelihood.moved_values);
    double *work = behov_alloc(rows->longest + 1, N_VARIANCES * sizeof *work);
    behov_status status = likelihood.w && likelihood.p && likelihood.g && likelihood.right && likelihood.sums &&
                                  likelihood.matrices && likelihood.moved_values && work
                              ? BEHOV_OK
                              : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    double variances[N_VARIANCES] = {0, 0, 0}, inverse[N_VARIANCES * N_VARIANCES] = {0};
    if (!status && rows->floor > 0) {
        maximise(&likelihood, variances, &shrink->variances);
        invert_information(&likelihood, inverse);
        covariance_of_b(rows, variances, likelihood.sums, shrink->covariance);
        predict_levels(rows, variances, inverse, work, shrink);
    } else if (!status) { /* every residual is 0: nothing varies, nothing is shrunk */
        shrink->variances.is_converged = true;
        shrink->variances.log_likelihood = NAN;
        for (size_t m = 0; m < rows->n_municipalities; m++)
            if (rows->municipality_rows[m].n)
                shrink->effects[m] = shrink->shares[m] = shrink->uncertainties[m] = 0;
    }
    shrink->variances.lasting = ldexp(variances[LASTING], 2 * shrink->exponent);
    shrink->variances.row = ldexp(variances[ROW], 2 * shrink->exponent);
    shrink->variances.person = ldexp(variances[PERSON], 2 * shrink->exponent - rows->person_exponent);
    for (size_t k = 0; k < width * width; k++)
        shrink->covariance[k] = ldexp(shrink->covariance[k], 2 * shrink->exponent);
    likelihood_free(&likelihood);
    free(work);
    return status;
}

void behov_shrink_free(behov_shrink *shrink)
{
    if (!shrink)
        return;
    free(shrink->column_exponents), free(shrink->triangle), free(shrink->basis), free(shrink->covariance);
    free(shrink->effects), free(shrink->shares), free(shrink->uncertainties), free(shrink->own), free(shrink->pulls);
    free(shrink);
}

static behov_status make_room(const behov_shrink_data *data, panel_rows *rows, behov_shrink *shrink, behov_error *err)
{
    size_t n = data->n_rows, width = data->n_regressors, n_municipalities = data->n_municipalities;
    *rows = (panel_rows){.n = n, .n_regressors = width, .n_municipalities = n_municipalities};
    rows->municipality_rows = behov_alloc(n_municipalities, sizeof *rows->municipality_rows);
    rows->order = behov_alloc(n, sizeof *rows->order);
    rows->r = behov_alloc(n, sizeof *rows->r);
    rows->person = behov_alloc(n, sizeof *rows->person);
    rows->weights = behov_alloc(n, sizeof *rows->weights);
    rows->q = behov_alloc(n, (width + 1) * sizeof *rows->q);
    shrink->n_municipalities = n_municipalities;
    shrink->n_regressors = width;
    shrink->column_exponents = behov_alloc(width, sizeof *shrink->column_exponents);
    shrink->triangle = behov_alloc(width + 1, (width + 1) * sizeof *shrink->triangle);
    shrink->basis = behov_alloc(width + 1, (width + 1) * sizeof *shrink->basis);
    shrink->covariance = behov_alloc(width + 1, (width + 1) * sizeof *shrink->covariance);
    shrink->pulls = behov_alloc(n_municipalities, (width + 1) * sizeof *shrink->pulls);
    double **figures[] = {&shrink->effects, &shrink->shares, &shrink->uncertainties, &shrink->own};
    bool has_room = rows->municipality_rows && rows->order && rows->r && rows->person && rows->weights && rows->q &&
                    shrink->column_exponents && shrink->triangle && shrink->basis && shrink->covariance &&
                    shrink->pulls;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        *figures[i] = behov_alloc(n_municipalities, sizeof **figures[i]);
        has_room = has_room && *figures[i];
    }
    if (!has_room)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    for (size_t m = 0; m < n_municipalities; m++) {
        shrink->effects[m] = shrink->shares[m] = shrink->uncertainties[m] = NAN;
        shrink->own[m] = 0;
    }
    return BEHOV_OK;
}

behov_status behov_shrink_new(const behov_shrink_data *data, behov_shrink **shrink, behov_error *err)
{
    behov_status status = check(data, err);
    if (status)
        return status;
    panel_rows rows = {0};
    behov_shrink *new_shrink = behov_alloc(1, sizeof *new_shrink);
    status = new_shrink ? make_room(data, &rows, new_shrink, err)
                        : behov_out_of_memory(err, PHRASE_MEMORY_FOR_LASTING_LEVELS);
    if (!status) {
        sort_rows(data, &rows);
        scale_rows(data, &rows, new_shrink);
        if (rows.n_estimated <= rows.n_regressors)
            status = behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_SHRINK_NO_RESIDUAL, (unsigned long)rows.n_estimated,
                                     (unsigned long)rows.n_regressors);
    }
    if (!status)
        status = make_basis(data, &rows, new_shrink, err);
    if (!status && new_shrink->variances.is_known)
        status = estimate(&rows, new_shrink, err);
    else if (!status)
        new_shrink->variances.lasting = new_shrink->variances.row = new_shrink->variances.person =
            new_shrink->variances.log_likelihood = NAN;
    rows_free(&rows);
    if (status)
        behov_shrink_free(new_shrink);
    else
        *shrink = new_shrink;
    return status;
}

behov_shrink_variances behov_shrink_variances_of(const behov_shrink *shrink)
{
    return shrink->variances;
}

const double *behov_shrink_effects(const behov_shrink *shrink)
{
    return shrink->effects;
}

const double *behov_shrink_shares(const behov_shrink *shrink)
{
    return shrink->shares;
}

const double *behov_shrink_uncertainties(const behov_shrink *shrink)
{
    return shrink->uncertainties;
}

void shrink_to_basis(const behov_shrink *shrink, const double *regressors, double *q)
{
    size_t width = shrink->n_regressors;
    memset(q, 0, width * sizeof *q);
    for (size_t k = 0; k < width; k++) {
        double x = ldexp(regressors[k], -shrink->column_exponents[k]);
        for (size_t j = k; j < width; j++)
            q[j] += x * shrink->basis[k * width + j];
    }
}

behov_lasting behov_shrink_ratio(const behov_shrink *shrink, size_t municipality, double need, const double *regressors,
                                 double level)
{
    double effect = shrink->effects[municipality], q[BEHOV_WIDTH_MAX];
    if (!(need > 0) || isnan(effect))
        return (behov_lasting){NAN, {NAN, NAN}, NAN};
    /* ratio / 100 = 1 + u / need: to first order its error is that of u less u / need times that of the need */
    shrink_to_basis(shrink, regressors, q);
    const double *pull = shrink->pulls + municipality * shrink->n_regressors;
    for (size_t k = 0; k < shrink->n_regressors; k++)
        q[k] = -pull[k] - effect / need * q[k];
    double ratio = 100 * (need + effect) / need;
    double error =
        100 * sqrt(shrink->own[municipality] + quadratic(shrink->covariance, q, shrink->n_regressors)) / need;
    double spread = sqrt(shrink->uncertainties[municipality]);
    double above = spread > 0 ? gsl_cdf_ugaussian_P(effect / spread) : effect > 0 ? 1 : effect < 0 ? 0 : 0.5;
    return (behov_lasting){ratio, behov_level_interval(ratio, error * error, INFINITY, level), above};
}
