/* test_factor_state.c - rows one at a time against the sums of their products, merging, scales, bytes. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <behov/factor_state.h>

#include "checksum.h"
#include "digits.h"
#include "tables.h"

enum { WIDTH = 5, ROWS = 60 };

/* Whoever holds a state gives it memory: here malloc, of exactly the size that was asked for. */
static behov_factor_state *empty(uint32_t width, bool is_weighted)
{
    uint32_t capacity = behov_factor_state_capacity(width, 0, 0);
    behov_factor_state *state = malloc(behov_factor_state_size(width, capacity));
    behov_factor_state_start(state, width, capacity, is_weighted);
    return state;
}

static behov_factor_state *with_room(behov_factor_state *state, uint32_t width, uint64_t n_rows)
{
    if ((state->width > 0 || width == 0) && behov_factor_state_has_room(state, n_rows))
        return state;
    uint32_t capacity = behov_factor_state_capacity(width, state->n_held, n_rows);
    behov_factor_state *larger = malloc(behov_factor_state_size(width, capacity));
    behov_factor_state_move(state, larger, width, capacity);
    free(state);
    return larger;
}

static behov_factor_state *add(behov_factor_state *state, const double *row, double weight)
{
    state = with_room(state, state->width, 1);
    assert_int_equal(behov_factor_state_add(state, row, weight), BEHOV_FACTOR_SOUND);
    return state;
}

static behov_factor_state *merge(behov_factor_state *state, const behov_factor_state *other)
{
    state = with_room(state, other->width > state->width ? other->width : state->width, other->n_held);
    assert_int_equal(behov_factor_state_merge(state, other), BEHOV_FACTOR_SOUND);
    return state;
}

static void draw(double *rows, size_t n_rows, uint64_t seed)
{
    dice random = dice_of(seed);
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < WIDTH; j++)
            rows[i * WIDTH + j] = j == 0 ? 1 : dice_normal(&random) * pow(10, (double)j - 2);
}

/* (R'R)_ij of what is held, over the powers of the columns */
static double held_product(const behov_factor_state *state, uint32_t i, uint32_t j)
{
    const double *rows = behov_factor_state_rows(state);
    double sum = 0;
    for (uint32_t k = 0; k < state->n_held; k++)
        sum += rows[k * state->width + i] * rows[k * state->width + j];
    return sum;
}

/* R'R is the sum of products of the rows, first to last, each times its weight (NULL = 1). */
static void assert_products(const behov_factor_state *state, const double *rows, size_t n_rows, const double *weights)
{
    for (uint32_t i = 0; i < WIDTH; i++)
        for (uint32_t j = i; j < WIDTH; j++) {
            double sum = 0, size = 0;
            for (size_t k = 0; k < n_rows; k++) {
                double product = (weights ? weights[k] : 1) *
                                 ldexp(rows[k * WIDTH + i], -behov_factor_state_power(state, i)) *
                                 ldexp(rows[k * WIDTH + j], -behov_factor_state_power(state, j));
                sum += product;
                size += fabs(product);
            }
            assert_true(fabs(held_product(state, i, j) - sum) <= 1e-13 * size);
        }
}

static behov_factor_state *state_of_rows(const double *rows, size_t n_rows, const double *weights)
{
    behov_factor_state *state = empty(WIDTH, weights != NULL);
    for (size_t k = 0; k < n_rows; k++)
        state = add(state, rows + k * WIDTH, weights ? weights[k] : 1);
    return state;
}

static void rows_become_a_triangle(void **unused)
{
    (void)unused;
    double rows[ROWS * WIDTH], weights[ROWS];
    draw(rows, ROWS, 1);
    for (size_t k = 0; k < ROWS; k++)
        weights[k] = 0.25 * (double)(k % 7 + 1);
    for (size_t n = 0; n <= ROWS; n++)
        for (int is_weighted = 0; is_weighted < 2; is_weighted++) {
            behov_factor_state *state = state_of_rows(rows, n, is_weighted ? weights : NULL);
            assert_int_equal(state->n_rows, n);
            assert_products(state, rows, n, is_weighted ? weights : NULL);
            behov_factor_state_finish(state);
            assert_products(state, rows, n, is_weighted ? weights : NULL);
            assert_int_equal(state->n_held, n < WIDTH ? n : WIDTH);
            assert_int_equal(state->is_triangular, n > WIDTH);
            for (uint32_t i = 0; n > WIDTH && i < WIDTH; i++)
                for (uint32_t j = 0; j < i; j++)
                    assert_true(behov_factor_state_rows(state)[i * WIDTH + j] == 0);
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += is_weighted ? weights[k] : 1;
            assert_true(state->weight_sum == sum);
            free(state);
        }
}

static void few_rows_are_kept_as_they_came(void **unused)
{
    (void)unused;
    double rows[WIDTH * WIDTH];
    draw(rows, WIDTH, 2);
    behov_factor_state *state = state_of_rows(rows, WIDTH, NULL);
    assert_memory_equal(behov_factor_state_rows(state), rows, sizeof rows);
    free(state);
}

static void parts_merge_in_any_order(void **unused)
{
    (void)unused;
    double rows[ROWS * WIDTH];
    draw(rows, ROWS, 3);
    for (size_t first = 0; first <= ROWS; first += 3)
        for (size_t second = first; second <= ROWS; second += 4) {
            const size_t ends[4] = {0, first, second, ROWS};
            for (int order = 0; order < 3; order++) {
                behov_factor_state *whole = empty(0, false);
                for (int step = 0; step < 3; step++) {
                    int part = (step * (order == 1 ? 2 : 1) + order) % 3;
                    behov_factor_state *piece =
                        state_of_rows(rows + ends[part] * WIDTH, ends[part + 1] - ends[part], NULL);
                    if (order == 2)
                        behov_factor_state_finish(piece);
                    whole = merge(whole, piece);
                    free(piece);
                }
                behov_factor_state_finish(whole);
                assert_int_equal(whole->n_rows, ROWS);
                assert_products(whole, rows, ROWS, NULL);
                free(whole);
            }
        }
}

static void columns_of_any_size(void **unused)
{
    (void)unused;
    /* the first number of a column is no measure of the others */
    const double sizes[] = {1, 1e-300, 1e300, 5e-324, DBL_MAX, 1e-160, 1e160, 1e80};
    enum { N_SIZES = sizeof sizes / sizeof *sizes };
    for (size_t a = 0; a < N_SIZES; a++)
        for (size_t b = 0; b < N_SIZES; b++) {
            double rows[8 * WIDTH];
            draw(rows, 8, 10 + a * N_SIZES + b);
            for (size_t k = 0; k < 8; k++) {
                rows[k * WIDTH + 1] = k < 4 ? sizes[a] * ((double)(k % 3) / 4) : sizes[b] * ((double)(k % 3) / 2);
                rows[k * WIDTH + 4] = k % 2 ? sizes[b] : sizes[a];
            }
            behov_factor_state *state = state_of_rows(rows, 8, NULL), *part = state_of_rows(rows + 4 * WIDTH, 4, NULL),
                               *merged = merge(state_of_rows(rows, 4, NULL), part);
            assert_products(state, rows, 8, NULL);
            assert_products(merged, rows, 8, NULL);
            for (uint32_t j = 0; j < WIDTH; j++) /* no column is lost */
                assert_true(held_product(state, j, j) > 0 && isfinite(held_product(state, j, j)));
            free(state), free(part), free(merged);
        }
    double row[2] = {1e300, 1e-300}; /* the root of a weight times a number beyond a double */
    behov_factor_state *state = empty(2, true);
    state = add(state, row, 1e300);
    assert_digits(ldexp(behov_factor_state_rows(state)[0], behov_factor_state_power(state, 0) - 1000),
                  1e300 / pow(2, 1000) * 1e150, 14);
    free(state);
}

static void what_is_left_out_is_counted(void **unused)
{
    (void)unused;
    double sound[WIDTH] = {1, 2, 3, 4, 5}, row[WIDTH];
    behov_factor_state *state = empty(WIDTH, true), *other = empty(WIDTH, true);
    memcpy(row, sound, sizeof row);
    row[2] = NAN;
    row[3] = INFINITY;
    state = add(state, row, 1);
    row[2] = 3;
    state = add(state, row, 1);
    state = add(state, sound, NAN);
    state = add(state, sound, 0);
    behov_factor_state_leave_out(state, BEHOV_LEFT_OUT_NULL);
    assert_int_equal(state->n_rows, 0);
    assert_int_equal(behov_factor_state_add(state, sound, -1), BEHOV_FACTOR_WEIGHT);
    assert_int_equal(behov_factor_state_add(state, sound, INFINITY), BEHOV_FACTOR_WEIGHT);
    other = merge(add(other, sound, 2), state);
    const uint64_t want[] = {1, 2, 1, 1};
    assert_memory_equal(state->n_left_out, want, sizeof want);
    assert_memory_equal(other->n_left_out, want, sizeof want);
    assert_true(other->n_rows == 1 && other->weight_sum == 2 && other->log_weight_sum == log(2));
    free(state), free(other);
}

static void what_does_not_fit_is_refused(void **unused)
{
    (void)unused;
    double row[WIDTH] = {1, 2, 3, 4, 5};
    behov_factor_state *state = add(empty(WIDTH, false), row, 1), *narrow = add(empty(WIDTH - 1, false), row, 1),
                       *weighted = add(empty(WIDTH, true), row, 1);
    assert_int_equal(behov_factor_state_merge(state, narrow), BEHOV_FACTOR_WIDTHS);
    assert_int_equal(behov_factor_state_merge(state, weighted), BEHOV_FACTOR_WEIGHTS);
    narrow->width = WIDTH, narrow->n_rows = INT64_MAX;
    assert_int_equal(behov_factor_state_merge(state, narrow), BEHOV_FACTOR_TOO_MANY);
    assert_true(state->n_rows == 1 && state->n_held == 1);
    free(state), free(narrow), free(weighted);
}

static unsigned char *bytes_of(const behov_factor_state *state, size_t *n_bytes)
{
    *n_bytes = behov_factor_state_n_bytes(state);
    unsigned char *bytes = malloc(*n_bytes);
    behov_factor_state_write(state, bytes);
    return bytes;
}

static void bytes_give_the_same_state(void **unused)
{
    (void)unused;
    double rows[ROWS * WIDTH];
    draw(rows, ROWS, 4);
    rows[1] = 1e250; /* a scale */
    for (size_t n = 0; n <= ROWS; n++) {
        behov_factor_state *state = state_of_rows(rows, n, NULL);
        behov_factor_state_leave_out(state, BEHOV_LEFT_OUT_NULL);
        behov_factor_state_finish(state);
        size_t n_bytes, again_n_bytes;
        unsigned char *bytes = bytes_of(state, &n_bytes);
        uint32_t width, capacity;
        assert_int_equal(behov_factor_state_look(bytes, n_bytes, &width, &capacity), BEHOV_FACTOR_SOUND);
        behov_factor_state *again = malloc(behov_factor_state_size(width, capacity));
        behov_factor_state_read(bytes, again);
        assert_int_equal(again->n_rows, n);
        assert_int_equal(again->n_left_out[BEHOV_LEFT_OUT_NULL], 1);
        assert_memory_equal(behov_factor_state_rows(again), behov_factor_state_rows(state),
                            (size_t)state->n_held * WIDTH * sizeof(double));
        unsigned char *again_bytes = bytes_of(again, &again_n_bytes);
        assert_int_equal(again_n_bytes, n_bytes);
        assert_memory_equal(again_bytes, bytes, n_bytes);
        free(state), free(again), free(bytes), free(again_bytes);
    }
}

static void damaged_bytes_are_refused(void **unused)
{
    (void)unused;
    double rows[8 * WIDTH];
    draw(rows, 8, 5);
    for (size_t n = 0; n <= 8; n += 2) {
        behov_factor_state *state = state_of_rows(rows, n, NULL);
        behov_factor_state_finish(state);
        size_t n_bytes;
        uint32_t width, capacity;
        unsigned char *bytes = bytes_of(state, &n_bytes);
        for (size_t bit = 0; bit < 8 * n_bytes; bit++) {
            bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
            assert_int_not_equal(behov_factor_state_look(bytes, n_bytes, &width, &capacity), BEHOV_FACTOR_SOUND);
            bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
        for (size_t cut = 0; cut < n_bytes; cut++) {
            unsigned char *piece = malloc(cut + 1); /* exactly as many bytes: a sanitizer sees whoever looks further */
            memcpy(piece, bytes, cut);
            piece = realloc(piece, cut ? cut : 1);
            behov_factor_fault fault = behov_factor_state_look(piece, cut, &width, &capacity);
            assert_true(cut < 4 ? fault == BEHOV_FACTOR_FOREIGN : fault == BEHOV_FACTOR_LENGTH);
            free(piece);
        }
        free(state), free(bytes);
    }
    /* numbers that no rows give, under a right checksum */
    behov_factor_state *state = state_of_rows(rows, 3, NULL);
    size_t n_bytes;
    uint32_t width, capacity;
    unsigned char *bytes = bytes_of(state, &n_bytes);
    const size_t places[] = {6, 15, 23, 31, 55, 63, 68, 79, 81, n_bytes - 5};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        unsigned char kept = bytes[places[i]];
        bytes[places[i]] = places[i] == n_bytes - 5 ? 0x7f : 0xc0;
        uint32_t checksum = behov_checksum(0, bytes, n_bytes - 4);
        for (int k = 0; k < 4; k++)
            bytes[n_bytes - 4 + k] = (unsigned char)(checksum >> 8 * k);
        assert_int_not_equal(behov_factor_state_look(bytes, n_bytes, &width, &capacity), BEHOV_FACTOR_SOUND);
        bytes[places[i]] = kept;
    }
    free(state), free(bytes);
}

/* The check value of CRC-32C in the literature. */
static void checksum_is_crc_32c(void **unused)
{
    (void)unused;
    assert_int_equal(behov_checksum(0, "123456789", 9), 0xe3069283);
    assert_int_equal(behov_checksum(behov_checksum(0, "1234", 4), "56789", 5), 0xe3069283);
}

/* A million clusters of 13 columns and ten rows each: what the memory of one is. */
static void a_state_is_small(void **unused)
{
    (void)unused;
    assert_true(behov_factor_state_size(14, behov_factor_state_capacity(14, 0, 1)) <= 256);
    assert_true(behov_factor_state_size(14, behov_factor_state_capacity(14, 9, 1)) <= 2048);
    assert_true(behov_factor_state_size(14, behov_factor_state_capacity(14, 16, 1)) <= 2048);
    assert_true(behov_factor_state_size(1024, behov_factor_state_capacity(1024, 1024, 1)) <= 9000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_a_triangle),      cmocka_unit_test(few_rows_are_kept_as_they_came),
        cmocka_unit_test(parts_merge_in_any_order),    cmocka_unit_test(columns_of_any_size),
        cmocka_unit_test(what_is_left_out_is_counted), cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(bytes_give_the_same_state),   cmocka_unit_test(damaged_bytes_are_refused),
        cmocka_unit_test(checksum_is_crc_32c),         cmocka_unit_test(a_state_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
