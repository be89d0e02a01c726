/* extended.c - Householder triangle and triangular inverse in double-double arithmetic. */
#include "extended.h"

#include <string.h>

void extended_triangle(extended *columns, size_t n_rows, size_t width, extended *triangle, extended *work)
{
    for (size_t i = 0; i < width * width; i++)
        triangle[i] = extended_of(0);
    size_t n_steps = n_rows < width ? n_rows : width;
    for (size_t j = 0; j < n_steps; j++) {
        extended *x = columns + j * n_rows;
        extended squares = extended_of(0);
        for (size_t i = j + 1; i < n_rows; i++)
            squares = extended_add(squares, extended_multiply(x[i], x[i]));
        if (squares.hi > 0) {
            extended norm = extended_square_root(extended_add(squares, extended_multiply(x[j], x[j])));
            extended beta = x[j].hi > 0 ? extended_negate(norm) : norm;
            extended v0 = extended_subtract(x[j], beta);
            extended tau = extended_negate(extended_divide(v0, beta));
            extended reciprocal = extended_divide(extended_of(1), v0);
            for (size_t i = j + 1; i < n_rows; i++)
                work[i] = extended_multiply(x[i], reciprocal);
            for (size_t k = j + 1; k < width; k++) {
                extended *y = columns + k * n_rows;
                extended dot = y[j];
                for (size_t i = j + 1; i < n_rows; i++)
                    dot = extended_add(dot, extended_multiply(work[i], y[i]));
                dot = extended_multiply(dot, tau);
                y[j] = extended_subtract(y[j], dot);
                for (size_t i = j + 1; i < n_rows; i++)
                    y[i] = extended_subtract(y[i], extended_multiply(work[i], dot));
            }
            x[j] = beta;
        }
        for (size_t k = j; k < width; k++)
            triangle[j * width + k] = columns[k * n_rows + j];
    }
}

void extended_triangle_inverse(const extended *triangle, size_t width, size_t n, extended *inverse)
{
    for (size_t i = 0; i < n * n; i++)
        inverse[i] = extended_of(0);
    for (size_t j = 0; j < n; j++) {
        inverse[j * n + j] = extended_divide(extended_of(1), triangle[j * width + j]);
        for (size_t i = j; i-- > 0;) {
            extended sum = extended_of(0);
            for (size_t k = i + 1; k <= j; k++)
                sum = extended_add(sum, extended_multiply(triangle[i * width + k], inverse[k * n + j]));
            inverse[i * n + j] = extended_negate(extended_divide(sum, triangle[i * width + i]));
        }
    }
}
