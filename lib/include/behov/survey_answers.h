/* survey_answers.h - what offices answered: a row for each office, the municipalities that it is the office of, a column for
 * each trait.
 *
 * Answers of a column are of one kind: yes or no (ja, nei, yes, no, 1 and 0), figures, or words in an order: those of common
 * scales, or as the call has them. Empty cells, marks of missing values and "vet ikke" are no answers, and counted. */
#ifndef BEHOV_SURVEY_ANSWERS_H
#define BEHOV_SURVEY_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "column_request.h"
#include "error.h"
#include "municipality_list.h"
#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Which columns are what; all borrowed.
typedef struct behov_survey_columns {
    const char *const *traits; /* NULL = every column that is nothing else */
    size_t n_traits;
    const char *const
        *orders; /* "aldri,sjelden,ofte": words of a scale from the lowest to the highest, separated by commas */
    size_t n_orders;
    const char *weight; /* a column of figures that offices of one municipality are weighted by; NULL = all alike */
} behov_survey_columns;

/// How a reader takes a column of the file; `context` is a behov_survey_columns.
BEHOV_API behov_read_kind behov_survey_answers_column(void *context, const char *name);

/// An office, by the row of its answers.
typedef struct behov_survey_office {
    const char *name;                        /* "" without a column of names (borrowed from the table) */
    behov_municipality_names municipalities; /* as the cell has them; their places are those of the row */
    double weight;                           /* above 0 */
    size_t row, n_rows;                      /* of the table: its first, and how many are of it */
} behov_survey_office;

typedef struct behov_survey_question {
    const char *name; /* the heading (borrowed from the table) */
    bool is_yes_no;
    double *answers; /* of each office: 1 yes and 0 no, a figure, or a place on the scale from 1; NaN = none */
    char **words;    /* of a scale of words, n_words; NULL for yes and no, and for figures */
    size_t n_words, n_missing;
    double lowest, next_lowest;   /* the lowest below 0 and no other: -1 for no answer; NaN = it is not */
    double highest, next_highest; /* of whole figures, where the highest looks like a code for no answer: 9, 99, 999 far
                                     above all others; NaN = it does not */
} behov_survey_question;

typedef struct behov_survey_answers {
    behov_survey_office *offices;
    size_t n_offices;
    behov_survey_question *questions;
    size_t n_questions;
    size_t n_left_out; /* rows that are no office: sums */
    size_t n_joined;   /* offices that stand on several rows */
    size_t n_zeros;    /* codes of three digits that were given their zero back: 301 */
    char with_zero[5]; /* the first of them: 0301 */
} behov_survey_answers;

/// Free with behov_survey_answers_free in any case; `table` (borrowed) has to outlive it. BEHOV_E_NAME without a column of
/// municipalities or of a trait that is asked for, BEHOV_E_DATA for a row without municipality, the same office twice for the
/// same municipalities, rows of one office with different answers or weights (rows that agree are joined), a
/// weight that is not above 0, and an answer that is not understood, with its row and column; BEHOV_E_ARGUMENT for an
/// order of fewer than two words, a word twice in one, and two orders of the same words.
BEHOV_API behov_status behov_survey_answers_read(const behov_table *table, const behov_survey_columns *columns,
                                                 behov_survey_answers *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_survey_answers_free(behov_survey_answers *answers);

#ifdef __cplusplus
}
#endif
#endif
