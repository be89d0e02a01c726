/* factor_state_parts.h - where in its memory a state has its powers of two and its rows. */
#ifndef BEHOV_SRC_FACTOR_STATE_PARTS_H
#define BEHOV_SRC_FACTOR_STATE_PARTS_H

#include <behov/factor_state.h>

/* The power of a column of which all numbers so far are zero. */
enum { FACTOR_STATE_NO_POWER = INT16_MIN };

static inline size_t factor_state_powers_size(uint32_t width)
{
    return ((size_t)width * sizeof(int16_t) + 7) / 8 * 8;
}

static inline int16_t *factor_state_powers(const behov_factor_state *state)
{
    return (int16_t *)(state + 1);
}

static inline double *factor_state_rows(const behov_factor_state *state)
{
    return (double *)((char *)(state + 1) + factor_state_powers_size(state->width));
}

#endif
