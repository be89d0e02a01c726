/* test_parts.h - a hypothesis from within: its reader, the tests and the bootstrap share it. */
#ifndef BEHOV_SRC_TEST_PARTS_H
#define BEHOV_SRC_TEST_PARTS_H

#include <behov/fit.h>
#include <behov/test.h>

struct behov_hypothesis {
    size_t n_restrictions, n_regressors;
    double *matrix, *values;
    char **texts; /* n_restrictions of "a - b = 0", then as many of "a - b" */
    char **names; /* of the coefficients */
};

/// As behov_hypothesis_new.
/// \param positions  of each restriction in the text that it was read from, which messages name; NULL = they count
behov_status hypothesis_new(const behov_design *design, size_t n_restrictions, const double *matrix,
                            const double *values, const size_t *positions, behov_hypothesis **hypothesis,
                            behov_error *err) BEHOV_MUST_CHECK;
/// R b - r of restriction i, from the coefficients in double-double, rounded once.
double hypothesis_gap(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i);
/// R b of restriction i.
double hypothesis_left(const behov_hypothesis *hypothesis, const behov_fit *fit, size_t i);
/// BEHOV_E_ARGUMENT for a hypothesis of another model, BEHOV_E_NAME when it names a dropped coefficient.
behov_status hypothesis_check(const behov_hypothesis *hypothesis, const behov_fit *fit,
                              behov_error *err) BEHOV_MUST_CHECK;

#endif
