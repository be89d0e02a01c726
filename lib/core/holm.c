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

/* The p-values that take part, in order (malloc); those that do not stay what they are. NULL without memory. */
static placed_p *sort_p(const double *p, size_t n, double *adjusted, size_t *n_tests, behov_error *err)
{
    placed_p *sorted = behov_alloc(n, sizeof *sorted);
    *n_tests = 0;
    if (!sorted) {
        (void)behov_out_of_memory(err, PHRASE_MEMORY_FOR_LEAST_SQUARES);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        if (!isnan(p[i]))
            sorted[(*n_tests)++] = (placed_p){p[i], i};
        else
            adjusted[i] = NAN;
    qsort(sorted, *n_tests, sizeof *sorted, compare_placed);
    return sorted;
}

behov_status behov_holm(const double *p, size_t n, double *adjusted, behov_error *err)
{
    size_t n_tests;
    placed_p *sorted = sort_p(p, n, adjusted, &n_tests, err);
    double highest = 0;
    if (!sorted)
        return BEHOV_E_MEMORY;
    for (size_t i = 0; i < n_tests; i++) {
        highest = fmax(highest, fmin(1, (double)(n_tests - i) * sorted[i].p));
        adjusted[sorted[i].position] = highest;
    }
    free(sorted);
    return BEHOV_OK;
}

behov_status behov_benjamini_hochberg(const double *p, size_t n, double *adjusted, behov_error *err)
{
    size_t n_tests;
    placed_p *sorted = sort_p(p, n, adjusted, &n_tests, err);
    double lowest = 1;
    if (!sorted)
        return BEHOV_E_MEMORY;
    for (size_t i = n_tests; i-- > 0;) {
        lowest = fmin(lowest, (double)n_tests / (double)(i + 1) * sorted[i].p);
        adjusted[sorted[i].position] = lowest;
    }
    free(sorted);
    return BEHOV_OK;
}
