/* number_marks.h - what the points and commas of a figure can mean: a decimal mark, or a mark between thousands.
 *
 * "0,5" and "1234.567" have a decimal mark; "8.173.000" and "8.173,5" have marks between thousands; "8.173" may be
 * either, and only the other figures of its file can tell. Blanks and apostrophes between thousands are read by
 * behov_number_parse. */
#ifndef BEHOV_CLI_NUMBER_MARKS_H
#define BEHOV_CLI_NUMBER_MARKS_H

#include <behov/number.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum marks_kind {
    MARKS_NONE,      /* no point and no comma */
    MARKS_DECIMAL,   /* one, and it can only be decimal */
    MARKS_EITHER,    /* one with three digits behind it and up to three before it, the first of them no zero */
    MARKS_THOUSANDS, /* between thousands, with or without a decimal mark */
    MARKS_ODD        /* in places where no figure has them */
} marks_kind;

typedef struct number_marks {
    marks_kind kind;
    char decimal;   /* '.' or ',', 0 = none; of MARKS_EITHER the one mark there is */
    char thousands; /* MARKS_THOUSANDS: '.' or ',' */
} number_marks;

/* Looks at `length` bytes; whatever else is no figure is left to behov_number_parse. */
number_marks number_marks_of(const char *text, size_t length);
/* Copies a figure without its marks between thousands into `plain`, as a text. False when they do not stand before groups
 * of three, or the figure is longer than any. */
bool number_marks_strip(const char *text, size_t length, char thousands, char plain[BEHOV_NUMBER_SIZE]);
/* The other of the two marks. */
char number_marks_other(char mark);

/* What the figures of a file tell about its marks. */
typedef struct marks_told {
    size_t n_decimal[2], n_thousands[2]; /* for certain; [0] of the point, [1] of the comma */
} marks_told;

void marks_told_add(marks_told *marks_told, number_marks marks);
/* What a mark that may be either is by the others: 1 = between thousands, -1 = decimal, 0 = they do not tell. */
int marks_told_of(const marks_told *marks_told, char mark);

#endif
