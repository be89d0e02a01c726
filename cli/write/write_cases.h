/* write_cases.h - chosen cases as a page and as JSON. */
#ifndef BEHOV_WRITE_CASES_H
#define BEHOV_WRITE_CASES_H

#include <stdio.h>

#include "output_writers.h"
#include <behov/cases.h>

behov_status write_selection_page(const behov_cases *cases, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_selection_json(const char *path, const behov_cases *cases, behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_cases. */
extern const output_writers cases_writers;

#endif
