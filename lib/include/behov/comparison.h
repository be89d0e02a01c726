/* comparison.h - one set of coefficients under several covariances, side by side. */
#ifndef BEHOV_COMPARISON_H
#define BEHOV_COMPARISON_H

#include <stdbool.h>

#include "error.h"
#include "estimation.h"
#include "inference.h"
#include "phrase.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

/// One reading of the errors.
typedef struct behov_errors_reading {
    behov_vcov_kind kind;
    char *cluster;    /* key, NULL = none (owned) */
    behov_vcov *vcov; /* NULL when it has no value: `why` says so */
    behov_coefficient *coefficients;
    size_t n_clusters;         /* 0 without clusters */
    double effective_clusters; /* smallest of the coefficients' G*(0), NaN without clusters */
    bool parts_municipalities; /* of clusterings: rows of one municipality lie in several of the clusters */
    bool has_no_jackknife;     /* CV3 would be the default with these clusters, and has no value */
    behov_error why;
} behov_errors_reading;

typedef struct behov_comparison {
    behov_errors_reading *readings;
    size_t n;
    bool is_by_cluster; /* a clustering each, of kinds that may differ; else a kind each */
} behov_comparison;

/// Every kind that there is: classical and HC, and with a cluster the CV kinds. Free with behov_comparison_free in any
/// case. A kind that has no value for these data (HC3 of a row with leverage 1) is kept with its reason.
BEHOV_API behov_status behov_comparison_of_kinds(const behov_study *study, const behov_fit_choices *choices,
                                                 const behov_estimation *estimation, behov_comparison *out,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// One kind under several clusterings: `keys` separated by commas outside brackets. With choices->is_default_kind each has
/// the kind that a fit with it alone would have (behov/default_errors.h).
BEHOV_API behov_status behov_comparison_of_clusters(const behov_study *study, const behov_fit_choices *choices,
                                                    const behov_estimation *estimation, const char *keys,
                                                    behov_vcov_kind kind, behov_comparison *out,
                                                    behov_error *err) BEHOV_MUST_CHECK;
/// How many keys such a list has, and a copy of the i-th (free with free).
BEHOV_API size_t behov_comparison_n_keys(const char *keys);
BEHOV_API char *behov_comparison_key(const char *keys, size_t i);
BEHOV_API void behov_comparison_free(behov_comparison *comparison);

#ifdef __cplusplus
}
#endif
#endif
