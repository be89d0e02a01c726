/* factor_state.c - rows of one group into a triangle, in memory of fixed size.
 *
 * Rows are held scaled: column j of a row is number * 2^power_j. A column whose first number that is not zero lies within
 * 2^-128 .. 2^128 has power 0, which most have, and numbers up to 2^256 times as large as its power do not change it: their
 * squares, summed over 2^63 rows, stay below the largest double. A larger number raises the power, and what is held of the
 * column is scaled down, exactly but for what is smaller than that number by more than a double can hold. */
#include <behov/factor_state.h>

#include <math.h>
#include <string.h>

#include "factor_state_parts.h"
#include "triangle.h"

enum {
    ORDINARY_POWER = 128, /* numbers within 2^-128 .. 2^128 are held as they are */
    POWER_HEADROOM = 256,
    SPARE_ROWS = 2, /* with so many beyond `width`, rows are folded in place */
    SPARE_ROWS_LARGE = 16,
    ROUNDED_SIZE = 8192 /* below it allocators, PostgreSQL's among them, round up to powers of two */
};

size_t behov_factor_state_size(uint32_t width, uint32_t capacity)
{
    return sizeof(behov_factor_state) + factor_state_powers_size(width) + (size_t)capacity * width * sizeof(double);
}

uint32_t behov_factor_state_capacity(uint32_t width, uint32_t n_held, uint64_t n_rows)
{
    if (width == 0)
        return 0;
    uint64_t enough = (uint64_t)width + SPARE_ROWS, wanted = n_held + (n_rows < enough ? n_rows : enough);
    if (wanted > enough)
        wanted = enough > n_held ? enough : n_held;
    wanted = wanted > 0 ? wanted : 1;
    size_t row_size = width * sizeof(double), size = behov_factor_state_size(width, (uint32_t)wanted), rounded = 1;
    while (rounded < size)
        rounded *= 2;
    if (rounded <= ROUNDED_SIZE)
        return (uint32_t)((rounded - behov_factor_state_size(width, 0)) / row_size);
    uint64_t most = (uint64_t)width + SPARE_ROWS_LARGE;
    most = most > wanted ? most : wanted;
    return (uint32_t)(2 * wanted < most ? 2 * wanted : most);
}

void behov_factor_state_start(behov_factor_state *state, uint32_t width, uint32_t capacity, bool is_weighted)
{
    memset(state, 0, behov_factor_state_size(width, capacity));
    state->width = width;
    state->capacity = capacity;
    state->is_weighted = is_weighted;
    for (uint32_t j = 0; j < width; j++)
        factor_state_powers(state)[j] = FACTOR_STATE_NO_POWER;
}

void behov_factor_state_move(const behov_factor_state *state, behov_factor_state *memory, uint32_t width,
                             uint32_t capacity)
{
    bool has_width = state->width > 0;
    behov_factor_state_start(memory, has_width ? state->width : width, capacity, false);
    uint32_t own_width = memory->width, own_capacity = memory->capacity;
    *memory = *state;
    memory->holder = 0;
    memory->width = own_width;
    memory->capacity = own_capacity;
    if (!has_width)
        return;
    memcpy(factor_state_powers(memory), factor_state_powers(state), own_width * sizeof(int16_t));
    memcpy(factor_state_rows(memory), factor_state_rows(state), (size_t)state->n_held * own_width * sizeof(double));
}

bool behov_factor_state_has_room(const behov_factor_state *state, uint64_t n_rows)
{
    uint64_t enough = (uint64_t)state->width + SPARE_ROWS, n_held = state->n_held;
    enough = enough > n_held ? enough : n_held;
    return n_rows <= state->capacity - n_held || state->capacity >= enough;
}

static void fold(behov_factor_state *state)
{
    double work[BEHOV_FACTOR_STATE_WIDTH_MAX], *rows = factor_state_rows(state);
    uint32_t width = state->width;
    if (state->is_triangular)
        behov_triangle_add(rows, width, rows + (size_t)width * width, state->n_held - width, work);
    else
        behov_triangle_from_rows(rows, width, state->n_held, work);
    state->n_held = width;
    state->is_triangular = 1;
}

void behov_factor_state_finish(behov_factor_state *state)
{
    if (state->n_held > state->width)
        fold(state);
}

/* Room for one more row: where it goes. */
static double *next_row(behov_factor_state *state)
{
    if (state->n_held == state->capacity)
        fold(state);
    return factor_state_rows(state) + (size_t)state->width * state->n_held;
}

static int power_for(int exponent)
{
    return exponent >= -ORDINARY_POWER && exponent <= ORDINARY_POWER ? 0 : exponent;
}

/* Raises the power of a column to `power`, which is above its own. */
static void raise_power(behov_factor_state *state, uint32_t column, int power)
{
    int16_t *own = factor_state_powers(state) + column;
    double *number = factor_state_rows(state) + column;
    if (*own != FACTOR_STATE_NO_POWER)
        for (uint32_t i = 0; i < state->n_held; i++)
            number[(size_t)i * state->width] = ldexp(number[(size_t)i * state->width], *own - power);
    *own = (int16_t)power;
}

/* root * value as a number over the power of its column, whatever the two are. */
static double scaled_number(behov_factor_state *state, uint32_t column, double root, double value)
{
    int16_t *power = factor_state_powers(state) + column;
    double product = root * value, size = fabs(product);
    if (product == 0 && value == 0)
        return 0;
    if (*power == 0 && size < 0x1p128 && size > 0x1p-128)
        return product;
    int root_exponent, value_exponent, exponent;
    product = frexp(root, &root_exponent) * frexp(value, &value_exponent);
    product = frexp(product, &exponent);
    exponent += root_exponent + value_exponent;
    if (*power == FACTOR_STATE_NO_POWER || exponent - *power > POWER_HEADROOM)
        raise_power(state, column, power_for(exponent));
    return ldexp(product, exponent - *power);
}

void behov_factor_state_leave_out(behov_factor_state *state, behov_left_out_reason reason)
{
    state->n_left_out[reason]++;
}

behov_factor_fault behov_factor_state_add(behov_factor_state *state, const double *row, double weight)
{
    if (weight < 0 || isinf(weight))
        return BEHOV_FACTOR_WEIGHT;
    uint32_t width = state->width;
    bool has_nan = isnan(weight), has_infinity = false;
    for (uint32_t j = 0; j < width; j++) {
        has_nan = has_nan || isnan(row[j]);
        has_infinity = has_infinity || isinf(row[j]);
    }
    if (has_nan || has_infinity || weight == 0) {
        behov_factor_state_leave_out(state, has_nan        ? BEHOV_LEFT_OUT_NAN
                                            : has_infinity ? BEHOV_LEFT_OUT_INFINITE
                                                           : BEHOV_LEFT_OUT_WEIGHT_ZERO);
        return BEHOV_FACTOR_SOUND;
    }
    if (isinf(state->weight_sum + weight))
        return BEHOV_FACTOR_WEIGHT;
    double root = state->is_weighted ? sqrt(weight) : 1, *next = next_row(state);
    for (uint32_t j = 0; j < width; j++)
        next[j] = scaled_number(state, j, root, row[j]);
    state->n_held++;
    state->n_rows++;
    state->weight_sum += weight;
    state->log_weight_sum += state->is_weighted ? log(weight) : 0;
    return BEHOV_FACTOR_SOUND;
}

/* Rows of `other` over the powers of `state`, which are at least as high. */
static void take_row(const behov_factor_state *state, const behov_factor_state *other, uint32_t row, double *next)
{
    const int16_t *own = factor_state_powers(state), *powers = factor_state_powers(other);
    const double *numbers = factor_state_rows(other) + (size_t)other->width * row;
    for (uint32_t j = 0; j < state->width; j++)
        next[j] = own[j] == powers[j] || numbers[j] == 0 ? numbers[j] : ldexp(numbers[j], powers[j] - own[j]);
}

static bool counts_fit(const behov_factor_state *state, const behov_factor_state *other)
{
    bool they_fit = state->n_rows + other->n_rows <= INT64_MAX;
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        they_fit = they_fit && state->n_left_out[reason] + other->n_left_out[reason] <= INT64_MAX;
    return they_fit;
}

behov_factor_fault behov_factor_state_merge(behov_factor_state *state, const behov_factor_state *other)
{
    if (other->width != 0 && state->width != other->width)
        return BEHOV_FACTOR_WIDTHS;
    if (state->n_rows > 0 && other->n_rows > 0 && state->is_weighted != other->is_weighted)
        return BEHOV_FACTOR_WEIGHTS;
    if (isinf(state->weight_sum + other->weight_sum))
        return BEHOV_FACTOR_WEIGHT;
    if (!counts_fit(state, other))
        return BEHOV_FACTOR_TOO_MANY;
    if (!behov_factor_state_has_room(state, other->n_held))
        return BEHOV_FACTOR_ROOM;
    if (state->n_rows == 0)
        state->is_weighted = other->is_weighted;
    for (uint32_t j = 0; j < other->width; j++)
        if (factor_state_powers(other)[j] > factor_state_powers(state)[j])
            raise_power(state, j, factor_state_powers(other)[j]);
    /* a triangle that nothing stands before is one as it is */
    bool is_first = state->n_held == 0 && other->is_triangular;
    for (uint32_t row = 0; row < other->n_held; row++) {
        take_row(state, other, row, next_row(state));
        state->n_held++;
        if (is_first && row + 1 == state->width)
            state->is_triangular = 1;
    }
    state->n_rows += other->n_rows;
    state->weight_sum += other->weight_sum;
    state->log_weight_sum += other->log_weight_sum;
    for (int reason = 0; reason < BEHOV_N_LEFT_OUT_REASONS; reason++)
        state->n_left_out[reason] += other->n_left_out[reason];
    return BEHOV_FACTOR_SOUND;
}

int behov_factor_state_power(const behov_factor_state *state, uint32_t column)
{
    int power = factor_state_powers(state)[column];
    return power == FACTOR_STATE_NO_POWER ? 0 : power;
}

const double *behov_factor_state_rows(const behov_factor_state *state)
{
    return factor_state_rows(state);
}
