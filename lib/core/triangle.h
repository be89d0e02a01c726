/* triangle.h - the one kernel of the library: rows into an upper triangle by Householder reflections.
 *
 * Nothing but C stands beneath it, so that lib/postgresql, which has neither GSL nor malloc, compiles it too. */
#ifndef BEHOV_SRC_TRIANGLE_H
#define BEHOV_SRC_TRIANGLE_H

#include <stddef.h>

/// Takes n_rows rows (row-major, width numbers each; destroyed) into the triangle (row-major, upper, width x width, zeros
/// below the diagonal): R'R grows by X'X. Householder on [R; rows], no allocation, work of `width` numbers.
/// Cost 2 n_rows width^2.
void behov_triangle_add(double *triangle, size_t width, double *rows, size_t n_rows, double *work);

/// Makes n_rows rows an upper trapezoid where they lie: R'R is X'X, and rows from `width` on are zeros. Work of `width`
/// numbers. Cost 2 n_rows width^2.
void behov_triangle_from_rows(double *rows, size_t width, size_t n_rows, double *work);

#endif
