/* default_errors.h - which kind of standard errors a fit has where nobody asks for one. The one place where that is
 * decided. */
#ifndef BEHOV_DEFAULT_ERRORS_H
#define BEHOV_DEFAULT_ERRORS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "estimation.h"
#include "phrase.h"
#include "study.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

/// With fewer clusters than this CV3 stands in the place of CV1. Simulated (tests/bench/size): tests at 5 per cent of one
/// coefficient reject 5 to 6 in a hundred true hypotheses under CV1 with 100 clusters, 7 to 8 with 40, 9 to 10 with 20, of
/// three at once 8, 11 to 12 and 16 to 18; under CV3 4 to 5 and 4 to 7 with each of them. The effective number of clusters
/// (G*) tells no more than their number does: under CV1 5 reject with 100 clusters of which 10 count in effect, 8 with 40.
#define BEHOV_JACKKNIFE_BELOW 300

/// The kind where nobody asks for one: classical without clusters; CV1 with two clusterings, with
/// BEHOV_JACKKNIFE_BELOW clusters and more, and for the clusters of the report's own model, whose print it gives back; else
/// CV3.
BEHOV_API behov_vcov_kind behov_default_errors_kind(const behov_study *study, const behov_fit_choices *choices,
                                                    size_t n_clusters);
/// The errors of an estimation that has its fit and its clusters, of the choices' kind or, with is_default_kind, of the
/// default one. Where CV3 has no value, as when one cluster alone identifies a coefficient, they are CV1 and
/// estimation->has_no_jackknife says so.
/// \return as behov_estimation_errors
BEHOV_API behov_status behov_default_errors_make(const behov_study *study, const behov_fit_choices *choices,
                                                 behov_estimation *estimation, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
