/* row_key.h - rows of a panel in the order of municipality and year, for whoever looks for two of one year. */
#ifndef BEHOV_SRC_ROW_KEY_H
#define BEHOV_SRC_ROW_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct row_key {
    int32_t code; /* of the municipality in its dictionary */
    int32_t year; /* 0 = none */
    uint32_t row;
} row_key;

typedef struct row_keys {
    row_key *keys; /* room for all that are added (the caller's); NULL = they are counted and compared alone */
    size_t n;
    row_key last;
    bool has_disorder; /* some key does not follow the one before */
    bool has_double;   /* some key has the municipality and the year of the one before */
} row_keys;

/// Adds a key at the end. Keys of a file in order need not be kept, and a pass without room says whether they are.
void row_keys_add(row_keys *keys, row_key key);
/// By code, then year, then row. Cost O(n log n), nothing where they were added in that order.
void row_keys_sort(row_keys *keys);
/// Whether the i-th of sorted keys is the same municipality and year as the one before it.
bool row_keys_is_double(const row_keys *keys, size_t i);

#endif
