/* absorbed.h - the fit with an effect for each group absorbed, beside the fit without: a robustness column. */
#ifndef BEHOV_CLI_ABSORBED_H
#define BEHOV_CLI_ABSORBED_H

#include <behov.h>

#include "fitting.h"

typedef struct absorbed {
    const char *key; /* whose groups have effects */
    fitting made;    /* its need is not there: the effects are what a ratio measures */
} absorbed;

/* Fits once more, on the same rows, with the effects of `key`. Regressors that do not vary within a group have no
 * coefficient then, which the table says. Free with absorbed_free in any case. */
behov_status absorbed_fit(const behov_study *of, const fit_choices *choices, const char *key, absorbed *out,
                          behov_error *err) BEHOV_MUST_CHECK;
void absorbed_free(absorbed *of);

#endif
