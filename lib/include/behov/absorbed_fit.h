/* absorbed_fit.h - the fit with an effect for each group absorbed, beside the fit without: a robustness column. */
#ifndef BEHOV_ABSORBED_FIT_H
#define BEHOV_ABSORBED_FIT_H

#include "error.h"
#include "estimation.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_absorbed_fit {
    const char *key;             /* whose groups have effects */
    behov_estimation estimation; /* its need is not there: the effects are what a ratio measures */
} behov_absorbed_fit;

/// Fits once more, on the same rows, with the effects of `key`. Regressors that do not vary within a group have no
/// coefficient then, which the table says. Free with behov_absorbed_fit_free in any case.
BEHOV_API behov_status behov_absorbed_fit_fit(const behov_study *study, const behov_fit_choices *choices,
                                              const char *key, behov_absorbed_fit *out,
                                              behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_absorbed_fit_free(behov_absorbed_fit *absorbed_fit);

#ifdef __cplusplus
}
#endif
#endif
