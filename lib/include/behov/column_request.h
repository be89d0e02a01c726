/* column_request.h - how a column of a file is asked for by whoever knows the model, and what its reader put right. */
#ifndef BEHOV_COLUMN_REQUEST_H
#define BEHOV_COLUMN_REQUEST_H

#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How a column is wanted.
typedef enum behov_read_kind {
    BEHOV_READ_NOT = 0,   /* leave the column out: costs no memory */
    BEHOV_READ_AS_NUMBER, /* every cell a number or missing; anything else is an error with its line */
    BEHOV_READ_AS_TEXT,   /* text as it stands */
    BEHOV_READ_AS_CODE, /* a municipality code: text of four digits, what stands around it is taken off and the zero that
                       a spreadsheet ate is put back, with a notice; what cannot be read so stays as it stands */
    BEHOV_READ_AS_FOUND, /* numbers when every cell is one, else text */
    BEHOV_READ_AS_KEY, /* the same, but text too when a number would lose digits that tell keys apart: 1.1 and 1.10, 1E1
                     * and 10, 17 digits */
    BEHOV_READ_AS_BOTH /* a number that is a key too: one with more digits than a number keeps is an error */
} behov_read_kind;

/// What was put right in the municipality codes of a table: cells that held more than four digits, and cells whose
/// leading zero was lost.
typedef struct behov_code_mending {
    size_t n_decorated, n_zeros;           /* rows */
    size_t decorated_row, zero_row;        /* the first of them */
    char decorated[64], decorated_code[8]; /* its cell, and what was read */
    char without_zero[8], with_zero[8];
} behov_code_mending;

#ifdef __cplusplus
}
#endif
#endif
