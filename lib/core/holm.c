/* holm.c - see holm.h. */
#include <behov/holm.h>

#include <math.h>
#include <stdlib.h>

#include "alloc.h"

typedef struct placed_p {
    double p;
    size_t position;
} placed_p;

static int compare_placed(const void *a, const void *b)
{
    const placed_p *x = a, *y = b;
    return x->p < y->p ? -1 : x->p > y->p ? 1 : x->position < y->position ? -1 : x->position > y->position;
}

behov_status behov_holm(const double *p, size_t n, double *adjusted, behov_error *err)
{
    placed_p *sorted = behov_alloc(n, sizeof *sorted);
    size_t n_tests = 0;
    double highest = 0;
    if (!sorted)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]))
            sorted[n_tests++] = (placed_p){p[i], i};
        else
            adjusted[i] = NAN;
    qsort(sorted, n_tests, sizeof *sorted, compare_placed);
    for (size_t i = 0; i < n_tests; i++) {
        highest = fmax(highest, fmin(1, (double)(n_tests - i) * sorted[i].p));
        adjusted[sorted[i].position] = highest;
    }
    free(sorted);
    return BEHOV_OK;
}
