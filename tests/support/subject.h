/* subject.h - a small panel of six municipalities in two years with a fit of a formula, for tests of what is asked of a
 * fit. Include cmocka.h (with its own includes) before this file. What cannot fail in a test fails the test here. */
#ifndef BEHOV_TESTS_SUBJECT_H
#define BEHOV_TESTS_SUBJECT_H

#include <behov.h>

typedef struct subject {
    behov_study study;
    behov_estimation estimation;
    behov_fit_results results;
} subject;

/* With errors of HC1 and intervals of 90 per cent; the outcome is in 1000 kr per inhabitant, p is the population. */
void open_subject(const char *formula, subject *new_subject);
void close_subject(subject *subject);

#endif
