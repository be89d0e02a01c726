/* test_parts.h - what the bootstrap asks of a hypothesis. */
#ifndef BEHOV_SRC_TEST_PARTS_H
#define BEHOV_SRC_TEST_PARTS_H

#include <behov/fit.h>
#include <behov/test.h>

/// R b - r of restriction i, from the coefficients in double-double, rounded once.
double hypothesis_gap(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i);
/// R b of restriction i.
double hypothesis_left(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i);
/// BEHOV_E_ARGUMENT for a hypothesis of another model, BEHOV_E_NAME when it names a dropped coefficient.
behov_status hypothesis_check(const behov_hypothesis *hypothesis, const behov_fit *fit,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
