/* clustering_sentences.h - what is said of the clusters that errors and tests stand on: which were chosen for the user,
 * and what the municipality gives where they part its years. */
#ifndef BEHOV_CLUSTERING_SENTENCES_H
#define BEHOV_CLUSTERING_SENTENCES_H

#include <stdbool.h>

#include "by_year.h"
#include "fit_results.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The i-th note, in the order of a page; false when there are no more. That the clusters are the municipalities by
/// default, and why; which stars change by municipality, or that none does, where the clusters part its years.
BEHOV_API bool behov_clustering_note(const behov_fit_results *fit_results, size_t i, behov_wording *words);
/// Why the errors are of another kind than with many clusters, where nobody asks for one; nothing else.
BEHOV_API void behov_clustering_say_kind(const behov_fit_results *fit_results, behov_wording *words);
/// The warning that clusters part the years of a municipality, with what such tests have rejected in simulation; "" when
/// they do not, and for coefficients of the bundled model, whose own clusters reproduce the print.
BEHOV_API void behov_clustering_say_parted(const behov_fit_results *fit_results, behov_wording *words);
/// That the tests over years stand on municipalities, and why; "" when they stand on the clusters of the fit.
BEHOV_API void behov_clustering_say_over_years(const behov_fit_results *pooled, const behov_by_year *by_year,
                                               behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
