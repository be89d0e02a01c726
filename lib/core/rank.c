/* rank.c - places by sorting. */
#include <behov/rank.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "alloc.h"

/* Values nearer than this share of the larger are one: what two sums of the same digits differ by. Coefficients and
 * what is predicted from them have 12 digits (README); among a thousand municipalities the chance that two that differ
 * agree in so many is one in a million. */
static const double rounding = 1e-12;

typedef struct behov_ranked_municipality {
    double value;
    uint32_t group, position;
} ranked;

/* Groups together, the largest value first, then by position, so that the order is one. */
static int compare_falling(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static bool is_equal(double value, double other)
{
    return value == other ||
           (isfinite(value - other) && fabs(value - other) <= rounding * fmax(fabs(value), fabs(other)));
}

/* The values that are there, sorted; NULL without memory. */
static ranked *sorted_values(const double *values, size_t n, const uint32_t *groups, double sign, size_t *n_there)
{
    ranked *list = behov_alloc(n, sizeof *list);
    *n_there = 0;
    for (size_t i = 0; list && i < n; i++)
        if (!isnan(values[i]))
            list[(*n_there)++] = (ranked){sign * values[i], groups ? groups[i] : 0, (uint32_t)i};
    if (list && *n_there > 1)
        qsort(list, *n_there, sizeof *list, compare_falling);
    return list;
}

behov_status behov_rank_values(const double *values, size_t n, const uint32_t *groups, double *ranks, behov_error *err)
{
    size_t n_there;
    ranked *list = sorted_values(values, n, groups, 1, &n_there);
    if (!list)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANKS);
    for (size_t i = 0; i < n; i++)
        ranks[i] = NAN;
    size_t first = 0, best = 0; /* of the group; of the equal values */
    for (size_t i = 0; i < n_there; i++) {
        if (i == 0 || list[i].group != list[i - 1].group)
            first = best = i;
        else if (!is_equal(list[i].value, list[best].value)) /* not the one before: equals would make a chain */
            best = i;
        ranks[list[i].position] = (double)(best - first) + 1;
    }
    free(list);
    return BEHOV_OK;
}

void behov_rank_interval(const uint32_t *counts, size_t n, double level, double *low, double *high)
{
    double total = 0, better = 0, worse = 0;
    for (size_t r = 0; r < n; r++)
        total += counts[r];
    *low = *high = NAN;
    if (total == 0)
        return;
    /* 1 - 0.9 is not quite 0.1: a tail that is met exactly must not depend on that */
    double tail = (1 - level) / 2 * total * (1 + 1e-9);
    size_t r = 0;
    while (r + 1 < n && better + counts[r] <= tail)
        better += counts[r++];
    *low = (double)r + 1;
    r = n - 1;
    while (r > 0 && worse + counts[r] <= tail)
        worse += counts[r--];
    *high = (double)r + 1;
}

double behov_rank_quantile(const double *sorted_values, size_t n, double share)
{
    double point = share * (double)(n - 1), lower = floor(point);
    size_t i = (size_t)lower;
    return i + 1 < n ? sorted_values[i] + (point - lower) * (sorted_values[i + 1] - sorted_values[i])
                     : sorted_values[n - 1];
}
