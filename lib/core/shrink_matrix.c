/* shrink_matrix.c - small symmetric matrices of the module shrink. */
#include <math.h>

#include "shrink_parts.h"

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
void shrink_solve_lower(const double *lower, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - shrink_dot(lower + i * n, x, i)) / lower[i * n + i];
}

void shrink_solve_upper(const double *lower, size_t n, double *x)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= lower[k * n + i] * x[k];
        x[i] /= lower[i * n + i];
    }
}

void shrink_add_outer(double *matrix, const double *x, double weight, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] += weight * x[i] * x[j];
}

/* Of a row its diagonal and twice what is before it, as shrink_quick_dot sums it: `sums` over the fours, then so many. */
static inline double quadratic_of_row(const double *row, const double *x, size_t n, const behov_four *fours)
{
    const double *sums = (const double *)fours;
    double first = sums[0];
    for (size_t k = 0; k < n; k++)
        first += row[k] * x[k];
    return x[n] * (row[n] * x[n] + 2 * ((first + sums[1]) + (sums[2] + sums[3])));
}

BEHOV_WIDE static double quadratic(const double *matrix, const double *x, size_t n)
{
    double sum = 0; /* the diagonal, and what is below it twice */
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        behov_four sums[4] = {{0}, {0}, {0}, {0}};
        for (size_t k = 0; k < i; k += 4)
            for (size_t r = 0; r < 4; r++)
                sums[r] += *(const behov_four *)(matrix + (i + r) * n + k) * *(const behov_four *)(x + k);
        for (size_t r = 0; r < 4; r++)
            sum += quadratic_of_row(matrix + (i + r) * n + i, x + i, r, &sums[r]);
    }
    for (; i < n; i++)
        sum += x[i] * (matrix[i * n + i] * x[i] + 2 * shrink_quick_dot(matrix + i * n, x, i));
    return sum > 0 ? sum : 0;
}

double shrink_quadratic(const double *matrix, const double *x, size_t n)
{
    return quadratic(matrix, x, n);
}
