/* csv_column.h - one column of a delimited text while it is read: cells become numbers or codes of texts. */
#ifndef BEHOV_CLI_CSV_COLUMN_H
#define BEHOV_CLI_CSV_COLUMN_H

#include <behov/dictionary.h>
#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "number_marks.h"
#include "read_csv.h"
#include "text_source.h"

/* A cell, of a text or of a sheet. */
typedef enum csv_cell_kind {
    CSV_CELL_TEXT = 0,   /* digits, too, in a file of text */
    CSV_CELL_NUMBER,     /* a number that needs no reading; its text is how a text column has it */
    CSV_CELL_ERROR,      /* #DIV/0! */
    CSV_CELL_UNCOMPUTED, /* a formula without its value */
} csv_cell_kind;

typedef struct csv_cell {
    const char *text; /* borrowed */
    size_t length;    /* 0 = the cell is empty */
    csv_cell_kind kind;
    double number;
} csv_cell;

typedef enum csv_role { CSV_SKIPPED, CSV_NAMELESS, CSV_NUMBER, CSV_TEXT } csv_role;

typedef struct csv_column {
    char *name; /* "" for a column without one */
    behov_read_kind read_kind;
    csv_role role;
    double *numbers; /* one of the two, with room for `capacity` rows */
    int32_t *codes;
    uint8_t *decimals; /* beside numbers, where they are kept */
    bool keeps_decimals;
    behov_dictionary *levels;
    size_t last_length;    /* of the text that last_code stands for: rows of one municipality follow each other */
    int32_t last_code;     /* -1 at first */
    char decimal_mark;     /* 0 until a number has one */
    size_t mark_line;      /* the line that it was found in, 0 when the caller gave it */
    bool may_be_thousands; /* every mark so far stands before exactly three digits: decimal_mark is a guess */
    char thousands_mark;   /* '.' or ',' where that is sure, else 0 */
    size_t thousands_line; /* where it was found */
    char either_mark;    /* the mark of a number that was read as a decimal and may be a thousand; 0 = there is none */
    char shown_text[64]; /* the first number with a mark between thousands, or that may have one */
    bool is_settled;     /* nothing more to find out: the fast path is open */
    size_t n_numbers;
    bool has_late_thousands; /* some of its numbers were read as decimals before their marks were known: once more */
    bool must_be_read_again; /* READ_AS_FOUND or KEY met a text below numbers that are not kept as text */
    bool loses_digits;       /* READ_AS_KEY met a number whose text is not that of the number: 1.10, 1E1, 17 digits */
    char *why_text;          /* what it met, for a notice; NULL when it needs none */
    size_t first_line;       /* for a notice, 0 = there is none: the line of a nameless column's first cell that is not
                              * empty, or of the first number of a READ_AS_BOTH that is another text than its number */
    char first_shown[64];    /* and that cell */
    char *mended;            /* what was put right in municipality codes, for a notice; NULL when nothing was */
} csv_column;

/* What holds for every cell. */
typedef struct csv_rules {
    const text_source *source;
    char decimal_mark; /* 0 = found by looking */
    const char *const *missing_text;
    size_t n_missing;
    bool keeps_decimals;
    marks_told *marks_told; /* what all columns tell about marks */
} csv_rules;

/* Makes room for `capacity` rows; the rows so far are kept. */
behov_status csv_column_make_room(csv_column *column, size_t capacity, const text_source *source,
                                  behov_error *err) BEHOV_MUST_CHECK;
/* Starts a column of text, or of numbers. */
behov_status csv_column_start(csv_column *column, csv_role role, size_t capacity, const csv_rules *rules,
                              behov_error *err) BEHOV_MUST_CHECK;
void csv_column_clear(csv_column *column);

/* Stores a cell. `line` is for messages; `capacity` for a column that turns from numbers to text. */
behov_status csv_column_take(csv_column *column, const csv_rules *rules, const char *text, size_t length, size_t row,
                             size_t capacity, size_t line, behov_error *err) BEHOV_MUST_CHECK;

/* The same for a cell whose kind the file tells: BEHOV_E_TYPE for an error, whatever the column is. */
behov_status csv_column_take_cell(csv_column *column, const csv_rules *rules, const csv_cell *cell, size_t row,
                                  size_t capacity, size_t line, behov_error *err) BEHOV_MUST_CHECK;

/* Whether the column's marks depend on what other columns tell. */
bool csv_column_asks(const csv_column *column);
/* Where a column of keys became text for the digits that numbers would lose: a notice (column->mended) when two of its
 * texts are one number, for then it matters. */
behov_status csv_column_print_notes_equals(csv_column *column, const text_source *source,
                                           behov_error *err) BEHOV_MUST_CHECK;
/* Puts municipality codes right (behov_code_read): K-0101, ="0101", 101.0 become 0101, and 101 where no code of the
 * column has kept its zero. `mending` may be NULL. */
behov_status csv_column_mend_codes(csv_column *column, size_t n_rows, const text_source *source,
                                   behov_code_mending *mending, behov_error *err) BEHOV_MUST_CHECK;

/* The length of the blank that a text begins or ends with, 0 when there is none: a space or a tab, U+00A0, U+FEFF, and
 * the blanks of other widths, U+2000 to U+200B and U+202F. */
size_t csv_blank_at(const char *text, size_t length);
size_t csv_blank_before(const char *text, size_t length);
/* Whether a number is written in the one way that keeps apart what differs: no zero in front or at the end, no
 * exponent, no mark between thousands, at most 15 digits. 0101, 1.10, 1E1, +1 and 20130101974932001 are none. */
bool csv_is_plain_number(const char *text, size_t length, char decimal_mark);

#endif
