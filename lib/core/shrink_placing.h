/* shrink_placing.h - what places by themselves and places together share. */
#ifndef BEHOV_SRC_SHRINK_PLACING_H
#define BEHOV_SRC_SHRINK_PLACING_H

#include "shrink_lasting.h"

typedef struct placed {
    double value;
    uint32_t position;
} placed;

/* Draws worked on together, all of one point of the grid. */
typedef struct draw_block {
    size_t first, n, point;
} draw_block;

typedef struct placing {
    const behov_shrink *shrink;
    const behov_shrink_ranking *ranking;
    size_t n, n_draws, n_parts;    /* municipalities ranked */
    size_t n_groupings, *n_groups; /* of each grouping */
    uint32_t *which, *groups;      /* n: municipality; n_groupings x n: its group counted from 0, or none */
    double *needs, *effects, *spreads, *scales;
    double *at_need, *at_effect; /* n x K: q of the need; -qw, by need q of the scale */
    double highest, per_value;   /* of the buckets that values are sorted into */
    uint64_t key;
    double *deviates; /* the normal inverse distribution function, tabulated */
    double *roots;    /* points x K x K, L of the covariance of theta */
    double *kept;     /* points x n: share of the last row's chance in the level; under chance that lasts */
    bool is_grid;     /* levels are taken from the grid */
    draw_block *blocks;
    size_t n_blocks;
    uint32_t *counts; /* n_parts x n_groupings x n x n */
    double **work;    /* of each part */
    void (*take_places)(struct placing *placing, size_t grouping, size_t draw, const struct placed *placed,
                        uint32_t *places, uint32_t *counts);
    /* together: of each ranked one in each grouping its median place and how far the ends of its interval by itself lie
     * from it; of each draw how far the places of a draw lie outside */
    double *medians, *betters, *worses; /* n_groupings x n */
    double *widest;                     /* n_groupings x n_draws */
} placing;

/* Places of a draw, counted from 0, to one grouping's counts or to what is widest. */
void shrink_count_places(placing *placing, size_t grouping, size_t draw, const placed *placed, uint32_t *places,
                         uint32_t *counts);
void shrink_draw(placing *placing, size_t n_threads);
/* Intervals that hold all places of a grouping at once, from counts of the places by themselves. */
behov_status shrink_place_together(placing *placing, double level, double *low, double *high,
                                   behov_error *err) BEHOV_MUST_CHECK;

#endif
