/* factor_state_bytes.c - a state as bytes that every machine reads; the layout stands in behov/factor_state.h. */
#include <behov/factor_state.h>

#include <math.h>
#include <string.h>

#include "checksum.h"
#include "factor_state_parts.h"

enum { HEAD_SIZE = 80, CHECKSUM_SIZE = 4, VERSION = 1, POWER_MOST = 2048 };

static void put(unsigned char *bytes, size_t n_bytes, uint64_t value)
{
    for (size_t i = 0; i < n_bytes; i++)
        bytes[i] = (unsigned char)(value >> 8 * i);
}

static void put_number(unsigned char *bytes, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    put(bytes, sizeof bits, bits);
}

static uint64_t get(const unsigned char *bytes, size_t n_bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n_bytes; i++)
        value |= (uint64_t)bytes[i] << 8 * i;
    return value;
}

static double get_number(const unsigned char *bytes)
{
    uint64_t bits = get(bytes, sizeof bits);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static int16_t get_power(const unsigned char *bytes)
{
    int power = (int)get(bytes, 2);
    return (int16_t)(power > INT16_MAX ? power - 65536 : power);
}

/* Rows that are held of n_rows, and whether they are a triangle, whose zeros are not written. */
static uint32_t held(uint32_t width, uint64_t n_rows)
{
    return n_rows < width ? (uint32_t)n_rows : width;
}

static size_t n_numbers(uint32_t width, uint64_t n_rows)
{
    return n_rows > width ? (size_t)width * (width + 1) / 2 : (size_t)n_rows * width;
}

static size_t size_as_bytes(uint32_t width, uint64_t n_rows)
{
    return HEAD_SIZE + factor_state_powers_size(width) + n_numbers(width, n_rows) * sizeof(double) + CHECKSUM_SIZE;
}

size_t behov_factor_state_n_bytes(const behov_factor_state *state)
{
    return size_as_bytes(state->width, state->n_rows);
}

void behov_factor_state_write(const behov_factor_state *state, unsigned char *bytes)
{
    size_t size = behov_factor_state_n_bytes(state);
    uint32_t width = state->width;
    memset(bytes, 0, size);
    memcpy(bytes, "bhvf", 4);
    put(bytes + 4, 2, VERSION);
    put(bytes + 6, 2, state->is_weighted);
    put(bytes + 8, 8, state->n_rows);
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        put(bytes + 16 + 8 * reason, 8, state->n_left_out[reason]);
    put_number(bytes + 48, state->is_weighted ? state->weight_sum : (double)state->n_rows);
    put_number(bytes + 56, state->log_weight_sum);
    put(bytes + 64, 4, width);
    unsigned char *next = bytes + HEAD_SIZE;
    for (uint32_t j = 0; j < width; j++)
        put(next + 2 * j, 2, (uint16_t)factor_state_powers(state)[j]);
    next += factor_state_powers_size(width);
    const double *rows = factor_state_rows(state);
    for (uint32_t i = 0; i < state->n_held; i++)
        for (uint32_t j = state->is_triangular ? i : 0; j < width; j++, next += sizeof(double))
            put_number(next, rows[(size_t)i * width + j]);
    put(next, CHECKSUM_SIZE, behov_checksum(0, bytes, size - CHECKSUM_SIZE));
}

static bool is_sensible(const unsigned char *bytes, uint32_t width, uint64_t n_rows)
{
    double weight_sum = get_number(bytes + 48), log_weight_sum = get_number(bytes + 56);
    bool is_weighted = get(bytes + 6, 2) == 1;
    bool is_it = get(bytes + 6, 2) <= 1 && isfinite(weight_sum) && isfinite(log_weight_sum) &&
                 get(bytes + 68, 8) == 0 && get(bytes + 76, 4) == 0 && (width > 0 || n_rows == 0);
    is_it = is_it && (n_rows == 0 ? weight_sum == 0 : weight_sum > 0);
    is_it = is_it && (is_weighted || (weight_sum == (double)n_rows && log_weight_sum == 0));
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        is_it = is_it && get(bytes + 16 + 8 * reason, 8) <= INT64_MAX;
    const unsigned char *next = bytes + HEAD_SIZE;
    for (uint32_t j = 0; j < width; j++) {
        int power = get_power(next + 2 * j);
        is_it = is_it && (power == FACTOR_STATE_NO_POWER || (power >= -POWER_MOST && power <= POWER_MOST));
    }
    next += factor_state_powers_size(width);
    for (size_t i = 0; i < n_numbers(width, n_rows); i++, next += sizeof(double)) {
        double number = get_number(next);
        is_it = is_it && fabs(number) < 0x1p512; /* a NaN is not */
    }
    return is_it;
}

behov_factor_fault behov_factor_state_look(const unsigned char *bytes, size_t n_bytes, uint32_t *width,
                                           uint32_t *capacity)
{
    if (n_bytes < 4 || memcmp(bytes, "bhvf", 4) != 0)
        return BEHOV_FACTOR_FOREIGN;
    if (n_bytes < 6)
        return BEHOV_FACTOR_LENGTH;
    if (get(bytes + 4, 2) != VERSION)
        return BEHOV_FACTOR_VERSION;
    if (n_bytes < HEAD_SIZE + CHECKSUM_SIZE)
        return BEHOV_FACTOR_LENGTH;
    uint64_t n_rows = get(bytes + 8, 8), told_width = get(bytes + 64, 4);
    if (told_width > BEHOV_FACTOR_STATE_WIDTH_MAX || n_rows > INT64_MAX)
        return BEHOV_FACTOR_NONSENSE;
    if (n_bytes != size_as_bytes((uint32_t)told_width, n_rows))
        return BEHOV_FACTOR_LENGTH;
    if (get(bytes + n_bytes - CHECKSUM_SIZE, CHECKSUM_SIZE) != behov_checksum(0, bytes, n_bytes - CHECKSUM_SIZE))
        return BEHOV_FACTOR_CHECKSUM;
    if (!is_sensible(bytes, (uint32_t)told_width, n_rows))
        return BEHOV_FACTOR_NONSENSE;
    *width = (uint32_t)told_width;
    *capacity = held(*width, n_rows);
    return BEHOV_FACTOR_SOUND;
}

void behov_factor_state_read(const unsigned char *bytes, behov_factor_state *state)
{
    uint64_t n_rows = get(bytes + 8, 8);
    uint32_t width = (uint32_t)get(bytes + 64, 4);
    behov_factor_state_start(state, width, held(width, n_rows), get(bytes + 6, 2) == 1);
    state->n_rows = n_rows;
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        state->n_left_out[reason] = get(bytes + 16 + 8 * reason, 8);
    state->weight_sum = get_number(bytes + 48);
    state->log_weight_sum = get_number(bytes + 56);
    state->n_held = held(width, n_rows);
    state->is_triangular = n_rows > width;
    const unsigned char *next = bytes + HEAD_SIZE;
    for (uint32_t j = 0; j < width; j++)
        factor_state_powers(state)[j] = get_power(next + 2 * j);
    next += factor_state_powers_size(width);
    double *rows = factor_state_rows(state);
    for (uint32_t i = 0; i < state->n_held; i++)
        for (uint32_t j = state->is_triangular ? i : 0; j < width; j++, next += sizeof(double))
            rows[(size_t)i * width + j] = get_number(next);
}
