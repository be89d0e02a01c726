/* histories.h - changes of municipalities in a few lines of a test, and what became of a code.
 *
 * Include cmocka.h (with its own includes) before this file. */
#ifndef BEHOV_TESTS_HISTORIES_H
#define BEHOV_TESTS_HISTORIES_H

#include <behov.h>

/* Adds changes to a history as a file "reform.csv" would: date, old code (NULL: out of nothing), new code, new name. */
behov_status history_add(behov_municipality_history *history, const char *const changes[][4], size_t n,
                         behov_error *err);
/* A history of these changes alone; the test fails where they are refused. */
behov_municipality_history *history_of(const char *const changes[][4], size_t n);
/* "3103" or "1806 1875": what a code of 1 January of one year is in another. */
void check_chain(const behov_municipality_history *history, const char *code, int year, int other_year,
                 const char *expected);

#endif
