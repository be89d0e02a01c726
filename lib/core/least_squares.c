/* least_squares.c - see least_squares.h.
 *
 * Rows are turned by the triangle, q = R^-T x, and once more by the triangle of what came of it: the first turn leaves
 * Q'Q off I by the condition number of X, the second by rounding alone ("twice is enough"). */
#include <behov/least_squares.h>

#include <behov/inference.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

/* As the fit of a model has it (fit.c). */
static const double collinear_tolerance = 1e-12;
/* A pivot of I - Q_g'Q_g below this: the group alone holds a direction (influence.h). */
static const double only_here = 1e-10;

enum { BLOCK = 256 };

struct behov_least_squares {
    size_t n_rows, n_columns, rank;
    size_t *kept;         /* rank: positions of the columns with a coefficient */
    double *scales;       /* rank: powers of two that the columns were multiplied by */
    double *inverse;      /* rank x rank: R^-1 of the scaled columns */
    double *orthonormal;  /* n_rows x rank */
    double *projections;  /* rank: Q'y */
    double *coefficients; /* n_columns */
    double *residuals;    /* n_rows */
    double rss;
};

void behov_least_squares_free(behov_least_squares *fit)
{
    if (!fit)
        return;
    free(fit->kept);
    free(fit->scales);
    free(fit->inverse);
    free(fit->orthonormal);
    free(fit->projections);
    free(fit->coefficients);
    free(fit->residuals);
    free(fit);
}

static behov_status no_memory(behov_error *err)
{
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
}

/* The triangle of rows (row-major, width numbers each), which stay as they are. */
static behov_status triangle_of(const double *rows, size_t n_rows, size_t width, double *triangle, behov_error *err)
{
    double *block = behov_alloc(BLOCK, width * sizeof *block), *work = behov_alloc(width, sizeof *work);
    behov_status status = block && work ? BEHOV_OK : no_memory(err);
    for (size_t first = 0; first < n_rows && !status; first += BLOCK) {
        size_t count = n_rows - first < BLOCK ? n_rows - first : BLOCK;
        memcpy(block, rows + first * width, count * width * sizeof *block);
        behov_triangle_add(triangle, width, block, count, work);
    }
    free(block);
    free(work);
    return status;
}

/* The columns that do not follow from those before them, and the power of two that brings each near 1. */
static behov_status choose_columns(behov_least_squares *fit, const double *columns, behov_error *err)
{
    size_t n = fit->n_columns;
    double *triangle = behov_alloc(n, n * sizeof *triangle);
    bool *is_dependent = behov_alloc(n, sizeof *is_dependent);
    behov_status status =
        triangle && is_dependent ? triangle_of(columns, fit->n_rows, n, triangle, err) : no_memory(err);
    if (!status) {
        behov_triangle_dependent(triangle, n, n, collinear_tolerance, is_dependent, NULL, &status);
        if (status)
            status = no_memory(err);
    }
    for (size_t j = 0; j < n && !status; j++) {
        double length = 0;
        int exponent;
        for (size_t i = 0; i <= j; i++)
            length = hypot(length, triangle[i * n + j]);
        if (is_dependent[j] || !(length > 0))
            continue;
        frexp(length, &exponent);
        fit->kept[fit->rank] = j;
        fit->scales[fit->rank++] = ldexp(1, -exponent);
    }
    free(triangle);
    free(is_dependent);
    return status;
}

/* Rows times the inverse of their triangle, in place; the inverse grows by it. */
static behov_status turn(behov_least_squares *fit, bool is_first, behov_error *err)
{
    size_t rank = fit->rank;
    double *triangle = behov_alloc(rank, rank * sizeof *triangle), *inverse = behov_alloc(rank, rank * sizeof *inverse),
           *row = behov_alloc(rank, sizeof *row);
    behov_status status =
        triangle && inverse && row ? triangle_of(fit->orthonormal, fit->n_rows, rank, triangle, err) : no_memory(err);
    if (!status)
        behov_triangle_inverse(triangle, rank, rank, inverse);
    for (size_t i = 0; i < fit->n_rows && !status; i++) {
        double *q = fit->orthonormal + i * rank;
        memset(row, 0, rank * sizeof *row);
        for (size_t j = 0; j < rank; j++)
            for (size_t k = j; k < rank; k++)
                row[k] += q[j] * inverse[j * rank + k];
        memcpy(q, row, rank * sizeof *row);
    }
    for (size_t i = 0; i < rank && !status; i++) { /* (R2 R1)^-1 = R1^-1 R2^-1 */
        memset(row, 0, rank * sizeof *row);
        for (size_t j = i; j < rank; j++) {
            double left = is_first ? i == j : fit->inverse[i * rank + j];
            for (size_t k = j; k < rank; k++)
                row[k] += left * inverse[j * rank + k];
        }
        memcpy(fit->inverse + i * rank, row, rank * sizeof *row);
    }
    free(triangle);
    free(inverse);
    free(row);
    return status;
}

static void project(behov_least_squares *fit, const double *outcome)
{
    size_t rank = fit->rank;
    memcpy(fit->residuals, outcome, fit->n_rows * sizeof *outcome);
    for (int round = 0; round < 2; round++) { /* the second takes what rounding has left of the first */
        for (size_t j = 0; j < rank; j++) {
            double sum = 0;
            for (size_t i = 0; i < fit->n_rows; i++)
                sum += fit->orthonormal[i * rank + j] * fit->residuals[i];
            for (size_t i = 0; i < fit->n_rows; i++)
                fit->residuals[i] -= fit->orthonormal[i * rank + j] * sum;
            fit->projections[j] += sum;
        }
    }
    for (size_t i = 0; i < fit->n_rows; i++)
        fit->rss += fit->residuals[i] * fit->residuals[i];
    for (size_t k = 0; k < fit->n_columns; k++)
        fit->coefficients[k] = NAN;
    for (size_t i = 0; i < rank; i++) {
        double sum = 0;
        for (size_t j = i; j < rank; j++)
            sum += fit->inverse[i * rank + j] * fit->projections[j];
        fit->coefficients[fit->kept[i]] = sum * fit->scales[i];
    }
}

static behov_status compute(behov_least_squares *fit, const double *columns, const double *outcome, behov_error *err)
{
    size_t n_rows = fit->n_rows, n = fit->n_columns;
    fit->kept = behov_alloc(n, sizeof *fit->kept);
    fit->scales = behov_alloc(n, sizeof *fit->scales);
    fit->coefficients = behov_alloc(n, sizeof *fit->coefficients);
    fit->residuals = behov_alloc(n_rows, sizeof *fit->residuals);
    if (!fit->kept || !fit->scales || !fit->coefficients || !fit->residuals)
        return no_memory(err);
    behov_status status = choose_columns(fit, columns, err);
    if (status)
        return status;
    if (fit->rank == 0 || n_rows <= fit->rank)
        return behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_LEAST_SQUARES_TOO_FEW, (unsigned long)n_rows,
                               (unsigned long)fit->rank);
    fit->inverse = behov_alloc(fit->rank, fit->rank * sizeof *fit->inverse);
    fit->projections = behov_alloc(fit->rank, sizeof *fit->projections);
    fit->orthonormal = behov_alloc(n_rows, fit->rank * sizeof *fit->orthonormal);
    if (!fit->inverse || !fit->projections || !fit->orthonormal)
        return no_memory(err);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < fit->rank; j++)
            fit->orthonormal[i * fit->rank + j] = columns[i * n + fit->kept[j]] * fit->scales[j];
    status = turn(fit, true, err);
    if (!status)
        status = turn(fit, false, err);
    if (!status)
        project(fit, outcome);
    return status;
}

behov_status behov_least_squares_new(const double *columns, const double *outcome, size_t n_rows, size_t n_columns,
                                     behov_least_squares **fit, behov_error *err)
{
    behov_least_squares *new_fit = behov_alloc(1, sizeof *new_fit);
    if (!new_fit)
        return no_memory(err);
    new_fit->n_rows = n_rows;
    new_fit->n_columns = n_columns;
    behov_status status = compute(new_fit, columns, outcome, err);
    if (status)
        behov_least_squares_free(new_fit);
    else
        *fit = new_fit;
    return status;
}

/* ---- what it says ------------------------------------------------------------------------------------------------ */

size_t behov_least_squares_n_rows(const behov_least_squares *fit)
{
    return fit->n_rows;
}

size_t behov_least_squares_rank(const behov_least_squares *fit)
{
    return fit->rank;
}

const double *behov_least_squares_coefficients(const behov_least_squares *fit)
{
    return fit->coefficients;
}

const double *behov_least_squares_residuals(const behov_least_squares *fit)
{
    return fit->residuals;
}

const double *behov_least_squares_orthonormal(const behov_least_squares *fit)
{
    return fit->orthonormal;
}

double behov_least_squares_rss(const behov_least_squares *fit)
{
    return fit->rss;
}

double behov_least_squares_explained(const behov_least_squares *fit)
{
    double sum = 0;
    for (size_t j = 0; j < fit->rank; j++)
        sum += fit->projections[j] * fit->projections[j];
    return sum;
}

double behov_least_squares_rmse(const behov_least_squares *fit)
{
    return sqrt(fit->rss / (double)(fit->n_rows - fit->rank));
}

/* ---- groups of rows ---------------------------------------------------------------------------------------------- */

/* s_g = Q_g'e_g of each group, n_groups x rank; NULL without memory. */
static double *scores_of_groups(const behov_least_squares *fit, const uint32_t *groups, size_t n_groups)
{
    size_t rank = fit->rank;
    double *scores = behov_alloc(n_groups, rank * sizeof *scores);
    for (size_t i = 0; i < fit->n_rows && scores; i++)
        for (size_t j = 0; j < rank; j++)
            scores[groups[i] * rank + j] += fit->orthonormal[i * rank + j] * fit->residuals[i];
    return scores;
}

static double cv1_factor(const behov_least_squares *fit, size_t n_groups)
{
    double n = (double)fit->n_rows, g = (double)n_groups;
    return g / (g - 1) * (n - 1) / (n - (double)fit->rank);
}

/* Standard errors from the sum over groups of (R^-1 s_g)(R^-1 s_g)', times a factor; NULL: from R^-1 R^-1'. */
static void errors_of_sums(const behov_least_squares *fit, const double *scores, size_t n_groups, double factor,
                           double *standard_errors)
{
    size_t rank = fit->rank;
    for (size_t k = 0; k < fit->n_columns; k++)
        standard_errors[k] = NAN;
    for (size_t p = 0; p < rank; p++) {
        const double *row = fit->inverse + p * rank;
        double variance = 0;
        for (size_t g = 0; scores && g < n_groups; g++) {
            double influence = 0;
            for (size_t q = p; q < rank; q++)
                influence += row[q] * scores[g * rank + q];
            variance += influence * influence;
        }
        for (size_t q = p; !scores && q < rank; q++)
            variance += row[q] * row[q];
        standard_errors[fit->kept[p]] = sqrt(factor * variance) * fit->scales[p];
    }
}

static behov_status refuse_one_group(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_TOO_FEW, "", SAY_LEAST_SQUARES_ONE_GROUP);
}

behov_status behov_least_squares_errors(const behov_least_squares *fit, const uint32_t *groups, size_t n_groups,
                                        double *standard_errors, behov_error *err)
{
    if (groups && n_groups < 2)
        return refuse_one_group(err);
    double *scores = groups ? scores_of_groups(fit, groups, n_groups) : NULL;
    if (groups && !scores)
        return no_memory(err);
    errors_of_sums(fit, scores, n_groups,
                   groups ? cv1_factor(fit, n_groups) : fit->rss / (double)(fit->n_rows - fit->rank), standard_errors);
    free(scores);
    return BEHOV_OK;
}

behov_status behov_least_squares_jackknife(const behov_least_squares *fit, const uint32_t *groups, size_t n_groups,
                                           double *standard_errors, behov_error *err)
{
    if (n_groups < 2)
        return refuse_one_group(err);
    double *steps = behov_alloc(n_groups, fit->rank * sizeof *steps),
           *errors = behov_alloc(fit->n_rows, sizeof *errors);
    behov_status status =
        steps && errors ? behov_least_squares_left_out(fit, groups, n_groups, errors, steps, err) : no_memory(err);
    if (!status)
        errors_of_sums(fit, steps, n_groups, ((double)n_groups - 1) / (double)n_groups, standard_errors);
    free(steps);
    free(errors);
    return status;
}

/* The Wald test in the orthonormal basis: its last coordinates are zero where the last coefficients are, and it is the
 * same whatever basis those are measured in. */
static behov_status wald_of_last(const behov_least_squares *fit, size_t q, const uint32_t *groups, size_t n_groups,
                                 behov_last_columns *test, behov_error *err)
{
    size_t rank = fit->rank;
    double *scores = scores_of_groups(fit, groups, n_groups), *matrix = behov_alloc(q, q * sizeof *matrix), value;
    behov_status status = scores && matrix ? BEHOV_OK : no_memory(err);
    for (size_t g = 0; g < n_groups && !status; g++) {
        const double *s = scores + g * rank + rank - q;
        for (size_t i = 0; i < q; i++)
            for (size_t j = 0; j < q; j++)
                matrix[i * q + j] += cv1_factor(fit, n_groups) * s[i] * s[j];
    }
    if (!status && behov_quadratic_inverse(matrix, q, fit->projections + rank - q, &value, &status)) {
        test->f_robust = value / (double)q;
        test->dof2_robust = (double)n_groups - 1;
        test->p_robust = behov_f_p(test->f_robust, (double)q, test->dof2_robust);
    } else if (status == BEHOV_E_MEMORY) {
        status = no_memory(err);
    }
    free(scores);
    free(matrix);
    return status;
}

behov_status behov_least_squares_test_last(const behov_least_squares *fit, size_t n_last, const uint32_t *groups,
                                           size_t n_groups, behov_last_columns *test, behov_error *err)
{
    size_t rank = fit->rank, q = 0;
    double squares = 0;
    while (q < rank && fit->kept[rank - 1 - q] >= fit->n_columns - n_last)
        q++;
    for (size_t j = rank - q; j < rank; j++)
        squares += fit->projections[j] * fit->projections[j];
    *test = (behov_last_columns){q, NAN, NAN, NAN, NAN, NAN, NAN};
    if (q == 0)
        return BEHOV_OK;
    test->dof2 = (double)(fit->n_rows - rank);
    test->f = squares / (double)q / (fit->rss / test->dof2);
    test->p = behov_f_p(test->f, (double)q, test->dof2);
    return groups && n_groups > q ? wald_of_last(fit, q, groups, n_groups, test, err) : BEHOV_OK;
}

/* ---- left out ---------------------------------------------------------------------------------------------------- */

/* Solves A x = b by Cholesky, A (n x n, symmetric) destroyed, b in x; false when a pivot is nearly 0. */
static bool solve_positive(double *a, size_t n, double *x)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < j; k++)
            a[j * n + j] -= a[j * n + k] * a[j * n + k];
        if (!(a[j * n + j] > only_here))
            return false;
        a[j * n + j] = sqrt(a[j * n + j]);
        for (size_t i = j + 1; i < n; i++) {
            for (size_t k = 0; k < j; k++)
                a[i * n + j] -= a[i * n + k] * a[j * n + k];
            a[i * n + j] /= a[j * n + j];
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= a[i * n + k] * x[k];
        x[i] /= a[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= a[k * n + i] * x[k];
        x[i] /= a[i * n + i];
    }
    return true;
}

/* Positions of the rows, group by group: order[starts[g]] ... */
static void order_rows(const uint32_t *groups, size_t n_rows, size_t n_groups, size_t *starts, size_t *order)
{
    memset(starts, 0, (n_groups + 2) * sizeof *starts);
    for (size_t i = 0; i < n_rows; i++)
        starts[(groups ? groups[i] : i) + 2]++;
    for (size_t g = 0; g < n_groups; g++)
        starts[g + 2] += starts[g + 1];
    for (size_t i = 0; i < n_rows; i++)
        order[starts[(groups ? groups[i] : i) + 1]++] = i;
}

/* One group: the errors of its rows, and its step in `step`. */
static void leave_out(const behov_least_squares *fit, const size_t *rows, size_t n, double *matrix, double *step,
                      double *errors)
{
    size_t rank = fit->rank;
    memset(matrix, 0, rank * rank * sizeof *matrix);
    memset(step, 0, rank * sizeof *step);
    for (size_t p = 0; p < rank; p++)
        matrix[p * rank + p] = 1;
    for (size_t i = 0; i < n; i++) {
        const double *q = fit->orthonormal + rows[i] * rank;
        for (size_t p = 0; p < rank; p++) {
            step[p] += q[p] * fit->residuals[rows[i]];
            for (size_t j = 0; j <= p; j++)
                matrix[p * rank + j] -= q[p] * q[j];
        }
    }
    bool is_identified = solve_positive(matrix, rank, step);
    for (size_t p = 0; p < rank && !is_identified; p++)
        step[p] = NAN;
    for (size_t i = 0; i < n; i++) {
        const double *q = fit->orthonormal + rows[i] * rank;
        errors[rows[i]] = fit->residuals[rows[i]];
        for (size_t p = 0; p < rank; p++)
            errors[rows[i]] += q[p] * step[p];
    }
}

behov_status behov_least_squares_left_out(const behov_least_squares *fit, const uint32_t *groups, size_t n_groups,
                                          double *errors, double *steps, behov_error *err)
{
    size_t rank = fit->rank;
    if (!groups)
        n_groups = fit->n_rows;
    size_t *starts = behov_alloc(n_groups + 2, sizeof *starts), *order = behov_alloc(fit->n_rows, sizeof *order);
    double *matrix = behov_alloc(rank, rank * sizeof *matrix), *step = behov_alloc(rank, sizeof *step);
    behov_status status = starts && order && matrix && step ? BEHOV_OK : no_memory(err);
    if (!status)
        order_rows(groups, fit->n_rows, n_groups, starts, order);
    for (size_t g = 0; g < n_groups && !status; g++)
        leave_out(fit, order + starts[g], starts[g + 1] - starts[g], matrix, steps ? steps + g * rank : step, errors);
    free(starts);
    free(order);
    free(matrix);
    free(step);
    return status;
}
