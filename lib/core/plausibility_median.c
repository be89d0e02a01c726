/* plausibility_median.c - order statistics of columns of any length in little room.
 *
 * The bits of a number, turned so that they order as the numbers do, are counted by their 16 leading bits; the numbers
 * of the one heap that has the wanted place are counted by the next 16, and so on until they are few enough to be kept.
 * Four rounds have used all bits: what is left then is one number. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "plausibility_parts.h"

enum { BITS = 16, HEAPS = 1 << BITS, ALL_BITS = 64 };

/* By counting, without a branch that depends on a figure: a municipality has a handful of years. */
static double select_of_few(const double *values, size_t n, size_t k)
{
    double selected = values[0];
    for (size_t i = 0; i < n; i++) {
        size_t n_below = 0, n_to = 0;
        for (size_t j = 0; j < n; j++) {
            n_below += values[j] < values[i];
            n_to += values[j] <= values[i];
        }
        selected = n_below <= k && k < n_to ? values[i] : selected;
    }
    return selected;
}

double plausibility_select(double *values, size_t n, size_t k)
{
    enum { FEW = 8 };
    if (n <= FEW)
        return select_of_few(values, n, k);
    ptrdiff_t low = 0, high = (ptrdiff_t)n - 1, wanted_index = (ptrdiff_t)k; /* Hoare 1961, as Wirth writes it */
    while (low < high) {
        double pivot = values[wanted_index];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (pivot < values[j])
                j--;
            if (i <= j) {
                double value = values[i];
                values[i++] = values[j];
                values[j--] = value;
            }
        }
        if (j < wanted_index)
            low = i;
        if (wanted_index < i)
            high = j;
    }
    return values[wanted_index];
}

size_t plausibility_room(const panel_groups *groups)
{
    size_t n = groups->n_rows < PLAUSIBILITY_KEPT ? groups->n_rows : PLAUSIBILITY_KEPT; /* HEAPS counts, too */
    n = n < groups->n_groups ? groups->n_groups : n;
    return n < groups->n_largest ? groups->n_largest : n;
}

/* Whole numbers in the order of the numbers. */
static uint64_t ordered_bits(double value)
{
    const uint64_t sign = (uint64_t)1 << (ALL_BITS - 1);
    uint64_t bits;
    value += 0; /* -0 is 0 */
    memcpy(&bits, &value, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

/* The numbers whose leading bits are these. */
typedef struct heap {
    uint64_t leading;
    int n_bits;
} heap;

static bool is_in(const heap *heap, uint64_t bits)
{
    return heap->n_bits == 0 || bits >> (ALL_BITS - heap->n_bits) == heap->leading;
}

static size_t block_size(size_t n, size_t first)
{
    return n - first < PLAUSIBILITY_BLOCK ? n - first : PLAUSIBILITY_BLOCK;
}

/* How many figures of the heap have each value of the next bits. */
static size_t count_next(plausibility_figures *figures, void *source, size_t n, const heap *heap, uint32_t *counts)
{
    double block[PLAUSIBILITY_BLOCK];
    size_t n_found = 0;
    memset(counts, 0, HEAPS * sizeof *counts);
    for (size_t first = 0; first < n; first += PLAUSIBILITY_BLOCK) {
        size_t n_block = block_size(n, first);
        figures(source, first, n_block, block);
        for (size_t i = 0; i < n_block; i++) {
            uint64_t bits = ordered_bits(block[i]);
            if (block[i] != block[i] || !is_in(heap, bits))
                continue;
            counts[(bits >> (ALL_BITS - BITS - heap->n_bits)) & (HEAPS - 1)]++;
            n_found++;
        }
    }
    return n_found;
}

/* The heap of the next bits that has the k-th, which becomes its place in it; returns how many the heap has. */
static size_t go_into(heap *heap, const uint32_t *counts, size_t *k)
{
    size_t next = 0;
    while (*k >= counts[next])
        *k -= counts[next++];
    heap->leading = heap->leading << BITS | next;
    heap->n_bits += BITS;
    return counts[next];
}

static size_t keep(plausibility_figures *figures, void *source, size_t n, const heap *heap, double *work)
{
    double block[PLAUSIBILITY_BLOCK];
    size_t n_kept = 0;
    for (size_t first = 0; first < n; first += PLAUSIBILITY_BLOCK) {
        size_t n_block = block_size(n, first);
        figures(source, first, n_block, block);
        for (size_t i = 0; i < n_block; i++)
            if (block[i] == block[i] && is_in(heap, ordered_bits(block[i])))
                work[n_kept++] = block[i];
    }
    return n_kept;
}

static size_t place_of_middle(size_t n, plausibility_middle middle)
{
    return middle == PLAUSIBILITY_LOWER ? (n - 1) / 2 : n / 2;
}

double plausibility_median(plausibility_figures *figures, void *source, size_t n, plausibility_middle middle,
                           double *work, size_t *n_found)
{
    heap heap = {0, 0};
    if (n <= PLAUSIBILITY_KEPT) {
        *n_found = keep(figures, source, n, &heap, work);
        return *n_found ? plausibility_select(work, *n_found, place_of_middle(*n_found, middle)) : NAN;
    }
    uint32_t *counts = (uint32_t *)work; /* half of the room */
    size_t n_here = *n_found = count_next(figures, source, n, &heap, counts);
    if (!n_here)
        return NAN;
    size_t k = place_of_middle(n_here, middle);
    n_here = go_into(&heap, counts, &k);
    while (n_here > PLAUSIBILITY_KEPT && heap.n_bits < ALL_BITS) {
        count_next(figures, source, n, &heap, counts);
        n_here = go_into(&heap, counts, &k);
    }
    if (heap.n_bits == ALL_BITS) {
        const uint64_t sign = (uint64_t)1 << (ALL_BITS - 1);
        uint64_t bits = heap.leading & sign ? heap.leading & ~sign : ~heap.leading;
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    keep(figures, source, n, &heap, work);
    return plausibility_select(work, n_here, k);
}
