/* write_printed_comparison.h - a fit beside printed tables, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_PRINTED_COMPARISON_H
#define BEHOV_CLI_WRITE_PRINTED_COMPARISON_H

#include <stdio.h>

#include "output_writers.h"
#include <behov/printed_comparison.h>

/* How many ratios and municipalities are shown one by one. */
enum { PRINTED_COMPARISON_SHOWN = 20 };

/* The answer, then its tables with at most n_most ratios. */
behov_status printed_comparison_page(const behov_printed_comparison *comparison, size_t n_most, FILE *out,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status printed_comparison_json(const behov_printed_comparison *comparison, const char *path,
                                     behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_printed_comparison. */
extern const output_writers printed_comparison_writers;

#endif
