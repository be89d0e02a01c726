/* age_span.h - the whole numbers that a level of a dimension stands for, by its code or label: 16, "16-18 år", "18 år eller
 * eldre", "under 16". */
#ifndef BEHOV_AGE_SPAN_H
#define BEHOV_AGE_SPAN_H

#include <limits.h>
#include <stdbool.h>

enum { AGE_SPAN_DIGITS = 9 };
/* The end of a span that is open upward. */
#define AGE_SPAN_OPEN LONG_MAX

typedef struct age_span {
    long low, high;
} age_span;

/* A whole text of numbers: single, range, open upward, open downward (from 0). *has_unit: it names years. False where
 * anything else stands in it. */
bool age_span_read(const char *text, age_span *span, bool *has_unit);
/* A level, by both: the code counts, but a label that begins with the same number and reaches further (code 018, label
 * "18 år eller eldre") or that names years (code 3, label "16-19 år") says what the code means. */
bool age_span_of_level(const char *code, const char *label, age_span *span);
/* The number before a text that is none of these: "242 Råd", of a code or else of a label. */
bool age_span_of_prefix(const char *code, const char *label, age_span *span);
bool age_spans_overlap(age_span a, age_span b);

#endif
