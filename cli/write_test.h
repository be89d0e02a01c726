/* write_test.h - the test of a hypothesis, as a page and as JSON. */
#ifndef BEHOV_CLI_WRITE_TEST_H
#define BEHOV_CLI_WRITE_TEST_H

#include <behov.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "results.h"

typedef struct test_results {
    const behov_hypothesis *hypothesis;
    behov_wald_result wald;
    double ci_low, ci_high; /* of R b, one restriction; else NaN */
    bool has_bootstrap;
    behov_boot_result bootstrap;
    uint64_t seed;
} test_results;

/* `of` holds study, design, fit, covariance, cluster and level; no need. */
behov_status write_text_test(const results *of, const test_results *test, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object on standard output. */
behov_status write_json_test(const results *of, const test_results *test, behov_error *err) BEHOV_MUST_CHECK;

#endif
