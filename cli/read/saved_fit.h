/* saved_fit.h - whether the JSON of a saved fit agrees with itself: a file that was edited by hand, or cut and mended. */
#ifndef BEHOV_CLI_SAVED_FIT_H
#define BEHOV_CLI_SAVED_FIT_H

#include <behov/error.h>
#include <jansson.h>

/* Looks at `object`, which has a formula and a list of coefficients (borrowed). BEHOV_E_DATA when a key has a value of
 * another kind than `behov fit` writes, a coefficient without estimate was not dropped as collinear, or the number of
 * regressors or the rank is not that of the list. Keys that are not there are passed over. */
behov_status saved_fit_check(const char *path, const json_t *object, behov_error *err) BEHOV_MUST_CHECK;

#endif
