/* long_table.h - a statistical office's file as a long table: a row for each cell, with the codes of its dimensions, its value
 * and the mark of one that is not there. */
#ifndef BEHOV_LONG_TABLE_H
#define BEHOV_LONG_TABLE_H

#include <stddef.h>

#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise; free with behov_long_table_free in any case.
typedef struct behov_long_table {
    behov_table *table; /* owned: a text column for each dimension, value, mark where a cell has one */
    size_t n_dimensions;
    size_t n_values, n_missing;       /* cells with a value, and without one */
    size_t n_marked[BEHOV_N_MISSING]; /* of those without one, by mark */
    char *label, *source, *updated;   /* as the file says (owned); NULL = nothing */
    char *table_id;                   /* the number of its table (owned); NULL = not said */
} behov_long_table;

BEHOV_API void behov_long_table_free(behov_long_table *long_table);

#ifdef __cplusplus
}
#endif
#endif
