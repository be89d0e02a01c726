/* printed_table.h - a printed regression table, its notes, and the signs of another table, in memory.
 *
 * Numbers keep the digits that were printed. */
#ifndef BEHOV_PRINTED_TABLE_H
#define BEHOV_PRINTED_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "audit.h"
#include "error.h"
#include "language.h"
#include "printed.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_printed_row {
    char *term;
    char *labels[BEHOV_N_LANGUAGES];           /* by language; NULL = none */
    behov_printed coefficient, standard_error; /* the standard error not below 0 */
    int n_stars;
    size_t line; /* in the file, from 1 */
} behov_printed_row;

/// Everything is owned by the table.
typedef struct behov_printed_table {
    behov_printed_row *rows; /* at least one; every term once */
    size_t n_rows;
    char decimal_mark; /* '.' or ',' : of all its numbers; '.' when none has one */
} behov_printed_table;

/// Frees what a table holds, and empties it; an empty one is fine.
BEHOV_API void behov_printed_table_free(behov_printed_table *table);
/// The position of a term, n_rows when it is not there.
BEHOV_API size_t behov_printed_table_find(const behov_printed_table *table, const char *term);

typedef struct behov_printed_notes {
    char *outcome; /* NULL = the notes do not say; so below: false and 0 */
    bool has_adjusted_r2;
    behov_printed adjusted_r2;
    size_t n_observations;
    size_t n_years;
    int first_year, last_year;
    bool has_legend;
    behov_legend legend;
} behov_printed_notes;

BEHOV_API void behov_printed_notes_free(behov_printed_notes *notes);

typedef struct behov_printed_sign {
    char *term;
    int sign; /* 1 or -1 */
} behov_printed_sign;

typedef struct behov_printed_signs {
    behov_printed_sign *signs;
    size_t n;
} behov_printed_signs;

BEHOV_API void behov_printed_signs_free(behov_printed_signs *signs);

#ifdef __cplusplus
}
#endif
#endif
