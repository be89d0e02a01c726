/* factor_state.h - the cluster factor of one group while its rows come, one at a time, in memory that the caller gives.
 *
 * A row is the regressors and, last, the outcome: `width` numbers. Up to about `width` rows are kept as they came; more are
 * folded into the triangle R of [X y], R'R = [X y]'[X y], by Householder reflections; X'X is never formed. Two states of
 * parts of a group merge to the state of the whole, in any order to the digits of a QR. A column whose numbers are very
 * large or small is scaled by a power of two, which is exact. A weight is a precision weight as it was given: it is the
 * program that scales weights to mean 1, over all groups, by the sum that is kept here.
 *
 * The state is one piece of memory without pointers: it may be copied and moved as bytes on one machine
 * (behov_factor_state_bytes is for others). No function allocates, prints or ends, so that a database may use its own memory
 * and leave by a long jump: lib/postgresql compiles this module with triangle.c and checksum.c, without GSL.
 *
 * Bytes, version 1, all little-endian:
 *
 *     0   4  "bhvf"                        80  2 width   power of two of each column, int16: column = number * 2^power,
 *     4   2  version 1                                   -32768 where all numbers of the column are zero
 *     6   2  1 = the rows have weights, 0 = none     then zeros to the next multiple of 8
 *     8   8  n_rows                             then 8 * n numbers (IEEE 754 binary64):
 *     16  8  rows left out: a NULL                       n_rows <= width: the rows, each `width` numbers;
 *     24  8  rows left out: a NaN                        n_rows > width: the triangle, row i its columns i .. width - 1
 *     32  8  rows left out: an infinity             then 4  CRC-32C of all bytes before
 *     40  8  rows left out: weight zero
 *     48  8  sum of weights
 *     56  8  sum of logarithms of weights
 *     64  4  width (0: no row has told it)
 *     68  12 zeros */
#ifndef BEHOV_FACTOR_STATE_H
#define BEHOV_FACTOR_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Most numbers in a row, the outcome among them.
enum { BEHOV_FACTOR_STATE_WIDTH_MAX = 1024 };

/// Why a row is left out; of several reasons the first.
typedef enum behov_left_out_reason {
    BEHOV_LEFT_OUT_NULL,
    BEHOV_LEFT_OUT_NAN,
    BEHOV_LEFT_OUT_INFINITE,
    BEHOV_LEFT_OUT_WEIGHT_ZERO,
    BEHOV_N_LEFT_OUT_REASONS
} behov_left_out_reason;

/// What is wrong with a row, with two states, or with bytes.
typedef enum behov_factor_fault {
    BEHOV_FACTOR_SOUND = 0,
    BEHOV_FACTOR_WEIGHT,   /* a weight below zero or infinite, or weights whose sum is */
    BEHOV_FACTOR_WIDTHS,   /* states of rows with different numbers of columns */
    BEHOV_FACTOR_WEIGHTS,  /* one state has weights, the other none */
    BEHOV_FACTOR_FOREIGN,  /* these bytes are no factor */
    BEHOV_FACTOR_VERSION,  /* bytes of a version that is not known */
    BEHOV_FACTOR_LENGTH,   /* cut off, or longer than the counts in them say */
    BEHOV_FACTOR_CHECKSUM, /* changed since they were written */
    BEHOV_FACTOR_NONSENSE, /* counts or numbers that no rows give */
    BEHOV_FACTOR_TOO_MANY, /* counts beyond 2^63 */
    BEHOV_FACTOR_ROOM      /* the state was not moved to where there is room */
} behov_factor_fault;

/// A state: this head, the powers of two, and room for `capacity` rows. Read it; change it by the functions alone.
typedef struct behov_factor_state {
    uint64_t holder; /* of whoever holds the memory (a length word); never looked at here */
    uint64_t n_rows;
    uint64_t n_left_out[BEHOV_N_LEFT_OUT_REASONS];
    double weight_sum; /* n_rows without weights */
    double log_weight_sum;
    uint32_t width;         /* 0 until a row has told it */
    uint32_t capacity;      /* rows that there is room for */
    uint32_t n_held;        /* rows in that room */
    uint16_t is_triangular; /* the first `width` of them are a triangle */
    uint16_t is_weighted;
} behov_factor_state;

/// Bytes of a state with room for `capacity` rows of `width` numbers (at most 1024). Memory for one is aligned for double.
BEHOV_API size_t behov_factor_state_size(uint32_t width, uint32_t capacity);

/// The room that `n_rows` more rows want, in whole powers of two of memory up to 8 KB: between what is held and the room
/// from which on rows are folded in place and no more is ever wanted.
BEHOV_API uint32_t behov_factor_state_capacity(uint32_t width, uint32_t n_held, uint64_t n_rows);

/// An empty state in memory of behov_factor_state_size(width, capacity) bytes; `holder` is zero.
BEHOV_API void behov_factor_state_start(behov_factor_state *state, uint32_t width, uint32_t capacity, bool is_weighted);

/// The same state in other memory, with room for `capacity` rows, at least those held. One whose width is 0 takes `width`.
BEHOV_API void behov_factor_state_move(const behov_factor_state *state, behov_factor_state *memory, uint32_t width,
                                       uint32_t capacity);

/// Whether n_rows more rows (or the rows of another state) may come. If not, the state is first moved to
/// behov_factor_state_capacity(width, n_held, n_rows).
BEHOV_API bool behov_factor_state_has_room(const behov_factor_state *state, uint64_t n_rows);

/// Adds a row, or counts why it is left out (a NaN, an infinity, a weight of zero).
/// \param row     width numbers (borrowed)
/// \param weight  1 in a state without weights
/// \return BEHOV_FACTOR_WEIGHT, with the state untouched. Cost 4 width^2.
BEHOV_API behov_factor_fault behov_factor_state_add(behov_factor_state *state, const double *row,
                                                    double weight) BEHOV_MUST_CHECK;

/// Counts a row that is left out for a reason that the caller sees (a NULL).
BEHOV_API void behov_factor_state_leave_out(behov_factor_state *state, behov_left_out_reason reason);

/// Takes `other` (borrowed, untouched) into a state of the same width that has room for other->n_held rows. A state that nothing but left-out rows have
/// come to takes the weights of the other.
/// \return BEHOV_FACTOR_WIDTHS, BEHOV_FACTOR_WEIGHTS, BEHOV_FACTOR_TOO_MANY, BEHOV_FACTOR_ROOM, with the state untouched
BEHOV_API behov_factor_fault behov_factor_state_merge(behov_factor_state *state,
                                                      const behov_factor_state *other) BEHOV_MUST_CHECK;

/// Folds what waits: at most `width` rows are held afterwards.
BEHOV_API void behov_factor_state_finish(behov_factor_state *state);

/// The power of two of a column: column = number * 2^power. 0 where all numbers of the column are zero.
BEHOV_API int behov_factor_state_power(const behov_factor_state *state, uint32_t column);

/// The rows held, row-major, `width` numbers each, over those powers of two (borrowed).
BEHOV_API const double *behov_factor_state_rows(const behov_factor_state *state);

/// Bytes that a finished state has as bytes.
BEHOV_API size_t behov_factor_state_n_bytes(const behov_factor_state *state);

/// Writes a finished state as so many bytes.
BEHOV_API void behov_factor_state_write(const behov_factor_state *state, unsigned char *bytes);

/// Looks at bytes as a whole, before anything is allocated for them: width and room of the state that they hold.
BEHOV_API behov_factor_fault behov_factor_state_look(const unsigned char *bytes, size_t n_bytes, uint32_t *width,
                                                     uint32_t *capacity) BEHOV_MUST_CHECK;

/// Makes the state of bytes that behov_factor_state_look found sound, in memory for the width and room that it gave.
BEHOV_API void behov_factor_state_read(const unsigned char *bytes, behov_factor_state *state);

#ifdef __cplusplus
}
#endif
#endif
