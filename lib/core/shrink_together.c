/* shrink_together.c - intervals that hold the places of all municipalities at once.
 *
 * In a draw the place p of i lies |p - median| / far beyond its median, far the distance to that end of its interval by
 * itself, one place at the least; the widest of a draw is the largest of these. All intervals are then stretched about
 * their medians by the same number, the quantile of the widest by the level: in so many of the draws all places lie
 * within. That number is one quantile of the whole, so a few thousand draws tell it well; depths of quantiles of each
 * municipality, 1 in 10 000 at this many, are not told by them.
 *
 * The draws are those of the places by themselves, drawn again: nothing is kept of them. */
#include "shrink_placing.h"

#include <behov/rank.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

static int compare_values(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void widen(placing *placing, size_t grouping, size_t draw, const placed *placed, uint32_t *places,
                  uint32_t *counts)
{
    const uint32_t *groups = placing->groups + grouping * placing->n;
    double widest = 0;
    (void)counts;
    memset(places, 0, placing->n_groups[grouping] * sizeof *places);
    for (size_t i = 0; i < placing->n; i++) {
        uint32_t index = placed[i].position;
        if (groups[index] == BEHOV_NO_GROUP)
            continue;
        size_t number = grouping * placing->n + index;
        double beyond = (double)++places[groups[index]] - placing->medians[number];
        widest = fmax(widest, beyond < 0 ? -beyond / placing->betters[number] : beyond / placing->worses[number]);
    }
    placing->widest[grouping * placing->n_draws + draw] = widest;
}

static double size_of_group(const placing *placing, size_t grouping, size_t i)
{
    const uint32_t *groups = placing->groups + grouping * placing->n;
    double size = 0;
    for (size_t j = 0; j < placing->n; j++)
        size += groups[j] == groups[i];
    return size;
}

behov_status shrink_place_together(placing *placing, double level, double *low, double *high, behov_error *err)
{
    size_t n = placing->n, count = placing->n_groupings * n;
    placing->medians = behov_alloc(count, sizeof *placing->medians);
    placing->betters = behov_alloc(count, sizeof *placing->betters);
    placing->worses = behov_alloc(count, sizeof *placing->worses);
    placing->widest = behov_alloc(placing->n_groupings * placing->n_draws, sizeof *placing->widest);
    if (!placing->medians || !placing->betters || !placing->worses || !placing->widest)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_RANK_INTERVALS);
    for (size_t i = 0; i < count; i++) {
        double best, worst, upper;
        behov_rank_interval(placing->counts + i * n, n, level, &best, &worst);
        behov_rank_interval(placing->counts + i * n, n, 1e-9, &placing->medians[i], &upper);
        placing->betters[i] = fmax(placing->medians[i] - best, 1);
        placing->worses[i] = fmax(worst - placing->medians[i], 1);
    }
    placing->take_places = widen;
    shrink_draw(placing, placing->ranking->n_threads);
    for (size_t g = 0; g < placing->n_groupings; g++) {
        double *widest = placing->widest + g * placing->n_draws;
        qsort(widest, placing->n_draws, sizeof *widest, compare_values);
        size_t within = (size_t)ceil(level * (double)placing->n_draws * (1 - 1e-12));
        double stretch = widest[within > 0 ? within - 1 : 0] * (1 + 1e-12);
        for (size_t i = 0; i < n; i++) {
            size_t number = g * n + i, m = g * placing->shrink->n_municipalities + placing->which[i];
            if (placing->groups[number] == BEHOV_NO_GROUP)
                continue;
            double median = placing->medians[number];
            low[m] = fmax(ceil(median - stretch * placing->betters[number]), 1);
            high[m] = fmin(floor(median + stretch * placing->worses[number]), size_of_group(placing, g, i));
        }
    }
    return BEHOV_OK;
}
