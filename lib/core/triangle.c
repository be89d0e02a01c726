/* triangle.c - Householder reflections of [R; rows], column by column. */
#include "triangle.h"

#include <math.h>
#include <string.h>

#include "wide.h"

/* Column j of the rows is reflected into `top`, row j of the triangle. What is left in that column is the reflection. */
static inline void reflect(double *top, size_t width, size_t j, double *rows, size_t n_rows, double *work)
{
    double squares = 0;
    for (size_t i = 0; i < n_rows; i++)
        squares += rows[i * width + j] * rows[i * width + j];
    if (squares == 0)
        return;
    /* v = (1, x / v0), H = I - tau v v', H (alpha, x) = (beta, 0); beta takes the sign that avoids cancellation */
    double alpha = top[j];
    double beta = sqrt(alpha * alpha + squares);
    if (alpha > 0)
        beta = -beta;
    double v0 = alpha - beta, tau = -v0 / beta;
    top[j] = beta;
    size_t rest = width - j - 1;
    if (rest == 0)
        return;
    memcpy(work, top + j + 1, rest * sizeof *work);
    double reciprocal = 1 / v0;
    for (size_t i = 0; i < n_rows; i++) {
        double *row = rows + i * width + j;
        double v = row[0] * reciprocal;
        row[0] = v;
        for (size_t k = 0; k < rest; k++)
            work[k] += v * row[k + 1];
    }
    for (size_t k = 0; k < rest; k++) {
        work[k] *= tau;
        top[j + 1 + k] -= work[k];
    }
    for (size_t i = 0; i < n_rows; i++) {
        double *row = rows + i * width + j;
        double v = row[0];
        for (size_t k = 0; k < rest; k++)
            row[k + 1] -= v * work[k];
    }
}

BEHOV_WIDE static void add_to_triangle(double *triangle, size_t width, double *rows, size_t n_rows, double *work)
{
    for (size_t j = 0; j < width; j++)
        reflect(triangle + j * width, width, j, rows, n_rows, work);
}

void behov_triangle_add(double *triangle, size_t width, double *rows, size_t n_rows, double *work)
{
    add_to_triangle(triangle, width, rows, n_rows, work);
}

BEHOV_WIDE static void reflect_rows(double *rows, size_t width, size_t n_rows, double *work)
{
    for (size_t j = 0; j < width && j < n_rows; j++) {
        double *below = rows + (j + 1) * width;
        reflect(rows + j * width, width, j, below, n_rows - j - 1, work);
        for (size_t i = 0; i < n_rows - j - 1; i++)
            below[i * width + j] = 0;
    }
}

void behov_triangle_from_rows(double *rows, size_t width, size_t n_rows, double *work)
{
    reflect_rows(rows, width, n_rows, work);
}
