/* plausibility_heaps.h - the sizes of a column counted by their leading bits, and a part of them far from the bulk. */
#ifndef BEHOV_SRC_PLAUSIBILITY_HEAPS_H
#define BEHOV_SRC_PLAUSIBILITY_HEAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLAUSIBILITY_HEAPS = 1 << 14 };

typedef struct size_heaps {
    uint32_t *counts; /* PLAUSIBILITY_HEAPS + 1 */
    size_t n;
    bool has_negative;
} size_heaps;

/* A column in two parts with an empty stretch between them. */
typedef struct far_part {
    double border;         /* sizes beyond it are far */
    double bulk, gap, far; /* logarithms of the medians; the stretch as a factor */
    size_t n;              /* sizes that are far; 0 = none */
    bool is_above;
} far_part;

/// The heap of a size above 0.
size_t plausibility_heap_at(double size);
/// The part beyond an empty stretch, above or below the bulk; n = 0 where there is none. Without populations to be held
/// against, it has to be farther.
far_part plausibility_part_beyond_gap(const size_heaps *heaps, bool is_above, bool has_population);
/// The part that is so many times above the median of all, or below it.
far_part plausibility_part_beyond_times(const size_heaps *heaps, bool is_above, double times);

#endif
