/* plausibility_heaps.c - where a column's sizes end and what lies far from them begins.
 *
 * The sizes are counted in heaps of equal leading bits, eight to a power of 2, so that medians, quartiles and gaps come of one
 * pass. */
#include "plausibility_heaps.h"

#include <math.h>
#include <string.h>

static const double GAP = 2.5, SURE_GAP = 10, BEYOND = 10, FAR_DECADES = 1.5, LOW_DECADES = 2, FAR_SPREADS = 6,
                    NEAR_EACH_OTHER = 0.4, WITHOUT_POPULATION = 8;
enum { BITS_LEFT = 49, HEAPS = PLAUSIBILITY_HEAPS };

size_t plausibility_heap_at(double size)
{
    uint64_t bits;
    memcpy(&bits, &size, sizeof bits);
    return (size_t)(bits >> BITS_LEFT);
}

/* The least size of a heap. */
static double heap_low(size_t heap)
{
    uint64_t bits = (uint64_t)heap << BITS_LEFT;
    double size;
    memcpy(&size, &bits, sizeof size);
    return size;
}

/* The logarithm of the k-th of the sizes in heaps first .. end - 1. */
static double logarithm_at(const size_heaps *heaps, size_t first, size_t k)
{
    size_t heap = first;
    while (k >= heaps->counts[heap])
        k -= heaps->counts[heap++];
    return log10((heap_low(heap) + heap_low(heap + 1)) / 2);
}

/* Whether the part beyond a stretch is far from the n_bulk sizes that begin in heap `first`. */
static bool measure_part(const size_heaps *heaps, size_t first, size_t n_bulk, size_t first_far, bool has_population,
                         far_part *part)
{
    double low = logarithm_at(heaps, first, (n_bulk - 1) / 4), high = logarithm_at(heaps, first, 3 * (n_bulk - 1) / 4),
           spread = (high - low) / 1.349, sign = part->is_above ? 1 : -1;
    part->bulk = logarithm_at(heaps, first, (n_bulk - 1) / 2);
    part->far = logarithm_at(heaps, first_far, (part->n - 1) / 2);
    double distance = sign * (part->far - part->bulk), spreads = has_population ? FAR_SPREADS : WITHOUT_POPULATION;
    if (!part->is_above && (spread > NEAR_EACH_OTHER || part->gap < SURE_GAP))
        return false;
    return distance >= (part->is_above ? FAR_DECADES : LOW_DECADES) && distance >= spreads * spread &&
           sign * (log10(part->border) - part->bulk) >= log10(BEYOND);
}

static far_part find_above(const size_heaps *heaps, bool has_population)
{
    far_part part = {.is_above = true};
    size_t n_below = 0, last = 0, first = 0;
    while (first < HEAPS && !heaps->counts[first])
        first++;
    for (size_t heap = first; heap < HEAPS; heap++) {
        if (!heaps->counts[heap])
            continue;
        part.gap = heap_low(heap) / heap_low(last + 1);
        part.border = heap_low(heap);
        part.n = heaps->n - n_below;
        if (2 * n_below > heaps->n && part.gap >= GAP &&
            measure_part(heaps, first, n_below, heap, has_population, &part))
            return part;
        n_below += heaps->counts[heap];
        last = heap;
    }
    part.n = 0;
    return part;
}

static far_part find_below(const size_heaps *heaps, bool has_population)
{
    far_part part = {.is_above = false};
    size_t n_below = 0, last = 0, first = HEAPS;
    for (size_t heap = 0; heap < HEAPS && 2 * n_below < heaps->n; heap++) {
        if (!heaps->counts[heap])
            continue;
        if (first == HEAPS)
            first = heap;
        part.gap = n_below ? heap_low(heap) / heap_low(last + 1) : 1;
        part.border = heap_low(last + 1);
        part.n = n_below;
        if (n_below && part.gap >= GAP && measure_part(heaps, heap, heaps->n - n_below, first, has_population, &part))
            return part;
        n_below += heaps->counts[heap];
        last = heap;
    }
    part.n = 0;
    return part;
}

far_part plausibility_part_beyond_gap(const size_heaps *heaps, bool is_above, bool has_population)
{
    return is_above ? find_above(heaps, has_population) : find_below(heaps, has_population);
}

far_part plausibility_part_beyond_times(const size_heaps *heaps, bool is_above, double times)
{
    far_part part = {.is_above = is_above, .gap = SURE_GAP};
    part.bulk = logarithm_at(heaps, 0, (heaps->n - 1) / 2);
    size_t border = plausibility_heap_at(pow(10, part.bulk) * (is_above ? times : 1 / times)) + is_above;
    part.border = heap_low(border);
    size_t first = is_above ? border : 0, end = is_above ? HEAPS : border;
    for (size_t heap = first; heap < end; heap++)
        part.n += heaps->counts[heap];
    if (part.n)
        part.far = logarithm_at(heaps, first, (part.n - 1) / 2);
    return part;
}
