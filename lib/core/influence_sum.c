/* influence_sum.c - squares of influences, and their root, as they come. */
#include "influence_sum.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "linalg.h"

enum { SUM_BLOCK = 64 };

behov_status influence_sum_new(size_t rank, bool is_about_mean, double *squares, influence_sum *sum, behov_error *err)
{
    size_t width = rank + is_about_mean;
    *sum = (influence_sum){.rank = rank, .width = width, .squares = squares, .is_about_mean = is_about_mean};
    sum->triangle = behov_alloc(width, width * sizeof *sum->triangle);
    sum->waiting = behov_alloc(SUM_BLOCK + 1, width * sizeof *sum->waiting);
    if (sum->triangle && sum->waiting)
        return BEHOV_OK;
    free(sum->triangle), free(sum->waiting);
    *sum = (influence_sum){0};
    return behov_out_of_memory(err, PHRASE_MEMORY_FOR_COVARIANCE);
}

void influence_sum_free(influence_sum *sum)
{
    free(sum->triangle), free(sum->waiting);
}

void influence_sum_flush(influence_sum *sum)
{
    behov_triangle_add(sum->triangle, sum->width, sum->waiting, sum->n_waiting, sum->waiting + SUM_BLOCK * sum->width);
    sum->n_waiting = 0;
}

/* d in units of the coefficients, q the same in the basis. */
void influence_sum_add(influence_sum *sum, const double *d, const double *q)
{
    size_t rank = sum->rank;
    for (size_t i = 0; i < rank; i++)
        for (size_t j = 0; j <= i; j++)
            sum->squares[i * rank + j] += d[i] * d[j];
    double *row = sum->waiting + sum->n_waiting * sum->width;
    row[0] = 1;
    memcpy(row + sum->is_about_mean, q, rank * sizeof *q);
    if (++sum->n_waiting == SUM_BLOCK)
        influence_sum_flush(sum);
}

/* The root of M, rank x rank (taken by the caller); about the mean the constant has taken the first row with it. */
void influence_sum_root(influence_sum *sum, double *root)
{
    size_t rank = sum->rank, start = sum->is_about_mean;
    influence_sum_flush(sum);
    for (size_t i = 0; i < rank; i++)
        memcpy(root + i * rank, sum->triangle + (i + start) * sum->width + start, rank * sizeof *root);
}
