/* by_year.h - each year alone (the ministry's way) beside all years together, and whether the coefficients are equal.
 */
#ifndef BEHOV_BY_YEAR_H
#define BEHOV_BY_YEAR_H

#include "error.h"
#include "estimation.h"
#include "fit_results.h"
#include "inference.h"
#include "phrase.h"
#include "test.h"

#ifdef __cplusplus
extern "C" {
#endif

/// One year alone: the same formula without its year effects, on the rows of the year.
typedef struct behov_year_fit {
    int year;
    behov_study study; /* a view: the pooled study with another formula and condition */
    behov_estimation estimation;
    behov_coefficient *coefficients;
    bool is_there; /* false: the year alone gives no fit, `why` says so */
    behov_error why;
} behov_year_fit;

/// Equality of a regressor's coefficients over the years.
typedef struct behov_equality {
    const char *term;       /* borrowed from the interacted design; NULL for the joint test */
    behov_wald_result wald; /* f NaN when there is no test: `why` says so */
    behov_error why;
} behov_equality;

typedef struct behov_by_year {
    behov_year_fit *years;
    size_t n_years;
    behov_study interacted_study; /* the pooled study with every term times the year */
    behov_estimation interacted;
    behov_equality joint, *terms;
    size_t n_terms;
    const char *test_cluster, *test_second_cluster; /* keys that the tests stand on, NULL = none (borrowed) */
    bool is_cluster_replaced; /* they are the municipality, whose years the clusters of the pooled fit part */
} behov_by_year;

/// Fits year by year and tests, on clusters that hold a municipality's years together (behov_clustering_over_years).
/// BEHOV_E_DATA without a year or with one year alone. Free with behov_by_year_free in any
/// case.
BEHOV_API behov_status behov_by_year_compute(const behov_study *study, const behov_fit_choices *choices,
                                             const behov_fit_results *pooled, behov_by_year *out,
                                             behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_by_year_free(behov_by_year *by_year);

#ifdef __cplusplus
}
#endif
#endif
