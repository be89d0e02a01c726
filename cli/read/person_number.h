/* person_number.h - whether a text holds Norwegian national id numbers, so that it is refused unread. */
#ifndef BEHOV_CLI_PERSON_NUMBER_H
#define BEHOV_CLI_PERSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether eleven digits are a national id number or a D-number: a day and a month (a day from 41 in a D-number, a month from
 * 41 or 81 in made-up ones) and both check digits, weights 3 7 6 1 8 9 4 5 2 and 5 4 3 2 7 6 5 4 3 2, modulus 11. One of
 * about 3500 other numbers passes too. */
bool person_number_is_it(const char digits[11]);
/* Cells of a sheet, counted one by one: numbers of eleven digits that stand alone, and those of them that are such. A cell that
 * is a number may have lost the zero of a day below 10. */
typedef struct person_count {
    size_t n_alone, n_persons;
} person_count;
void person_count_text(person_count *count, const char *text, size_t length);
void person_count_number(person_count *count, double number);
/* Whether at least half of them are. */
bool person_count_is_personal(const person_count *count);
/* Whether at least half of the numbers of eleven digits that stand alone in a text (010203 45678 too) are such, and one of
 * them; or most of its lines, of at least three, have one in the same positions. O(length). */
bool person_number_is_in(const char *text, size_t length);

#endif
