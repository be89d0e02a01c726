/* test_results.h - a tested hypothesis about the coefficients of a fit. */
#ifndef BEHOV_TEST_RESULTS_H
#define BEHOV_TEST_RESULTS_H

#include <stdbool.h>
#include <stdint.h>

#include "boot.h"
#include "error.h"
#include "estimation.h"
#include "test.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise; free with behov_test_results_free in any case.
typedef struct behov_test_results {
    behov_hypothesis *hypothesis; /* owned */
    behov_wald_result wald;
    double ci_low, ci_high; /* of R b, one restriction; else NaN */
    bool has_bootstrap;
    behov_boot_result bootstrap;
    uint64_t seed;
} behov_test_results;

/// Tests "immigrants = 0.5" by Wald, and by the wild cluster bootstrap where there are draws.
/// \param bootstrap  draws, seed and the level of the intervals; n_draws 0 = none. The estimation keeps its clusters then
/// Errors: those of behov_hypothesis_parse, behov_wald and behov_boot_wild.
BEHOV_API behov_status behov_test_results_compute(const behov_estimation *estimation, const char *hypothesis,
                                                  const behov_boot_options *bootstrap, behov_test_results *out,
                                                  behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_test_results_free(behov_test_results *test_results);

#ifdef __cplusplus
}
#endif
#endif
