/* read_printed.h - a printed regression table as delimited text, with its notes and with the signs of another table.
 *
 * Numbers keep the digits that were printed. */
#ifndef BEHOV_CLI_READ_PRINTED_H
#define BEHOV_CLI_READ_PRINTED_H

#include <behov/audit.h>
#include <behov/error.h>
#include <behov/printed.h>
#include <stdbool.h>
#include <stddef.h>

#include "labels.h"

typedef struct printed_row {
    char *term;
    char *labels[2];                           /* by language, of the columns label_nb and label_en; NULL = none */
    behov_printed coefficient, standard_error; /* the standard error not below 0 */
    int n_stars;
    size_t line; /* in the file, from 1 */
} printed_row;

/* Everything is owned by the table. */
typedef struct printed_table {
    printed_row *rows; /* at least one; every term once */
    size_t n_rows;
    char decimal_mark; /* '.' or ',' : of all its numbers; '.' when none has one */
} printed_table;

/* Reads delimited text with the columns term, coefficient and standard_error, and stars in a column of that name or
 * behind the coefficients ("0.276***"); label_nb and label_en are taken, other columns passed over. "-" is standard
 * input. Free with printed_table_free in any case. Errors are those of read_csv, and with file, line and column:
 * BEHOV_E_NAME (a column that is not there), BEHOV_E_DATA (an empty cell, a term twice, stars that are none or that
 * contradict each other, a standard error below 0, two decimal marks), BEHOV_E_TYPE (not a number), BEHOV_E_RANGE.
 */
behov_status read_printed_table(const char *path, printed_table *table, behov_error *err) BEHOV_MUST_CHECK;
void printed_table_free(printed_table *table);
/* The position of a term, n_rows when it is not there. */
size_t printed_table_find(const printed_table *table, const char *term);

typedef struct printed_notes {
    char *outcome; /* NULL = the notes do not say; so below: false and 0 */
    bool has_adjusted_r2;
    behov_printed adjusted_r2;
    size_t n_observations;
    size_t n_years;
    int first_year, last_year;
    bool has_legend;
    behov_legend legend;
} printed_notes;

/* Reads the columns key and value: outcome, adjusted_r2, observations (or N), years ("2012-2016", or a list), stars (a
 * legend); other keys and empty values are passed over. Free with printed_notes_free in any case. Errors as above; a
 * key twice is BEHOV_E_DATA, a legend that cannot be read BEHOV_E_SYNTAX. */
behov_status read_printed_notes(const char *path, printed_notes *notes, behov_error *err) BEHOV_MUST_CHECK;
void printed_notes_free(printed_notes *notes);

typedef struct printed_sign {
    char *term;
    int sign; /* 1 or -1 */
} printed_sign;

typedef struct printed_signs {
    printed_sign *signs;
    size_t n;
} printed_signs;

/* Reads the columns term and sign (+, - or U+2212). Free with printed_signs_free in any case. Errors as above. */
behov_status read_printed_signs(const char *path, printed_signs *signs, behov_error *err) BEHOV_MUST_CHECK;
void printed_signs_free(printed_signs *signs);

/* Reads "*** 1 percent, ** 5 percent, * 10 percent" ("prosent", "%", "p < 0.01" too), or "10/5/1": levels of *, **,
 * ***. Numbers without a unit are per cent, unless all of them are below 1. Decimal point or comma. \param where  for
 * messages BEHOV_E_SYNTAX, BEHOV_E_RANGE (a level not between 0 and 100 per cent). */
behov_status read_legend(const char *text, const char *where, behov_legend *legend, behov_error *err) BEHOV_MUST_CHECK;

#endif
