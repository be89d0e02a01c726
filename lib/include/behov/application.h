/* application.h - coefficients that are given, applied to a panel without a fit. */
#ifndef BEHOV_APPLICATION_H
#define BEHOV_APPLICATION_H

#include "design.h"
#include "error.h"
#include "far_figures.h"
#include "fit_results.h"
#include "given_coefficients.h"
#include "given_levels.h"
#include "inference.h"
#include "need.h"
#include "phrase.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise; free with behov_application_free in any case.
typedef struct behov_application {
    behov_design *design;
    behov_need *need;
    behov_coefficient *coefficients; /* of the design's regressors; their errors are NaN */
    double *estimates;
    const char **terms;              /* of the given ones, as the formula names them */
    behov_lent_effects lent_effects; /* of behov_given_levels_lend, which comes first */
    behov_far_figures far_figures;
} behov_application;

/// The need and the ratios of a panel, and its figures far from those of the estimation. Every regressor needs a coefficient, and every coefficient a regressor: a term that
/// is passed over would change the need in silence.
/// \param list    terms, and the levels of factors (borrowed)
/// \param source  what messages call them (borrowed by `out`)
/// \param[out] out  without a fit; borrows from `application` and `study`
/// BEHOV_E_NAME for a term without its like, BEHOV_E_MEMORY, and the errors of behov_design_new and behov_need_new.
BEHOV_API behov_status behov_application_new(const behov_study *study, const behov_given_coefficients *list,
                                             const char *source, behov_application *application, behov_fit_results *out,
                                             behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_application_free(behov_application *application);

#ifdef __cplusplus
}
#endif
#endif
