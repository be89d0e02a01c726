/* write_absorbed_fit.h - a fit beside one with absorbed effects, as JSON. */
#ifndef BEHOV_WRITE_ABSORBED_FIT_H
#define BEHOV_WRITE_ABSORBED_FIT_H

#include <behov/absorbed_fit.h>
#include <behov/fit_results.h>

/* The object of the fit without, and the other under "absorbed". */
behov_status absorbed_fit_json(const behov_fit_results *fit_results, const behov_absorbed_fit *absorbed_fit,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
