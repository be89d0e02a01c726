/* write_test.h - the test of a hypothesis, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_TEST_H
#define BEHOV_CLI_WRITE_TEST_H

#include <stdio.h>

#include <behov/fit_results.h>
#include "output_writers.h"
#include <behov/test_results.h>

/* The results hold study, design, fit, covariance, cluster and level; no need. */
behov_status write_text_test(const behov_fit_results *fit_results, const behov_test_results *test, FILE *out,
                             behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_json_test(const char *path, const behov_fit_results *fit_results, const behov_test_results *test,
                             behov_error *err) BEHOV_MUST_CHECK;

/* A test, and the fit that it is of. */
typedef struct test_page {
    const behov_fit_results *fit_results;
    behov_test_results test;
} test_page;

/* Their context is a test_page. */
extern const output_writers test_writers;

#endif
