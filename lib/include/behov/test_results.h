/* test_results.h - a tested hypothesis about the coefficients of a fit. */
#ifndef BEHOV_TEST_RESULTS_H
#define BEHOV_TEST_RESULTS_H

#include <stdbool.h>
#include <stdint.h>

#include "boot.h"
#include "error.h"
#include "test.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_test_results {
    const behov_hypothesis *hypothesis;
    behov_wald_result wald;
    double ci_low, ci_high; /* of R b, one restriction; else NaN */
    bool has_bootstrap;
    behov_boot_result bootstrap;
    uint64_t seed;
} behov_test_results;

#ifdef __cplusplus
}
#endif
#endif
