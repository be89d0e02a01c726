/* write_test.h - the test of a hypothesis, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_TEST_H
#define BEHOV_CLI_WRITE_TEST_H

#include <behov.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "fit_results.h"
#include "output_writers.h"
#include "section.h"

typedef struct test_results {
    const behov_hypothesis *hypothesis;
    behov_wald_result wald;
    double ci_low, ci_high; /* of R b, one restriction; else NaN */
    bool has_bootstrap;
    behov_boot_result bootstrap;
    uint64_t seed;
} test_results;

/* `of` holds study, design, fit, covariance, cluster and level; no need. */
behov_status write_text_test(const behov_fit_results *fit_results, const test_results *test, FILE *out,
                             behov_error *err) BEHOV_MUST_CHECK;
/* The same as sections: the Wald test and, where there is one, the bootstrap. */
behov_status test_add(const behov_fit_results *fit_results, const test_results *test, behov_section_list *list,
                      behov_error *err) BEHOV_MUST_CHECK;
/* The table of the Wald test alone. */
behov_status test_table(const behov_fit_results *fit_results, const test_results *test, behov_report **report,
                        behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_json_test(const char *path, const behov_fit_results *fit_results, const test_results *test,
                             behov_error *err) BEHOV_MUST_CHECK;

/* A test, and the fit that it is of. */
typedef struct test_page {
    const behov_fit_results *fit_results;
    test_results test;
} test_page;

/* Their context is a test_page. */
extern const output_writers test_writers;

#endif
