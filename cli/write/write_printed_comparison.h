/* write_printed_comparison.h - a fit beside printed tables, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_PRINTED_COMPARISON_H
#define BEHOV_CLI_WRITE_PRINTED_COMPARISON_H

#include <stdio.h>

#include "printed_comparison.h"

/* The answer, then its tables with at most n_most ratios. */
behov_status printed_comparison_page(const behov_printed_comparison *comparison, size_t n_most, FILE *out,
                                     behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status printed_comparison_json(const behov_printed_comparison *comparison, const char *path,
                                     behov_error *err) BEHOV_MUST_CHECK;

#endif
