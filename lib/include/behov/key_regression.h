/* key_regression.h - weights of a cost key out of a regression of spending per inhabitant, the ministry's way.
 *
 *   need_i / y = b_0 / y + sum_k raw_k relative_ik,   raw_k = b_k x_k / y,   weight_k = raw_k / sum_j raw_j
 *
 * with x_k and y the means of criterion k and of the outcome over the rows of the estimation: weighted by population, so
 * that x_k is the country's figure per inhabitant and relative_ik what a key holds against it, or of the rows as they are.
 * The raw weights lack what the constant and the years' effects carry; normalised they sum to 1. Standard errors by the
 * delta method, the means taken as given: with m_k = x_k and T = sum b_j m_j,
 *
 *   d weight_k / d b_j = m_j ((j == k) - weight_k) / T,   d raw_k / d b_k = x_k / y.
 *
 * The delta method holds where the sum of the raw weights is far from 0 beside its error. A sum that cannot be told from 0
 * leaves every normalised weight open (Fieller 1954: the set of a ratio whose denominator may be 0 has no ends), so that
 * errors and intervals of weights are left out there; of a sum that is not above 0 no weights are made at all: divided by it
 * they would turn the order of municipalities upside down. */
#ifndef BEHOV_KEY_REGRESSION_H
#define BEHOV_KEY_REGRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "by_year.h"
#include "error.h"
#include "estimation.h"
#include "fit_results.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the sum of the raw weights is by its interval (at the level asked for, and at least BEHOV_KEY_WORDS_LEVEL).
typedef enum behov_key_sum_is {
    BEHOV_KEY_SUM_ABOVE_0 = 0,
    BEHOV_KEY_SUM_UNCLEAR, /* above 0, with an interval that holds 0 */
    BEHOV_KEY_SUM_NOT_ABOVE_0
} behov_key_sum_is;

/// Words go by intervals of this level and more: a narrower one makes nothing clearer.
#define BEHOV_KEY_WORDS_LEVEL 0.95

/// A criterion's weight in one fit. Errors are NaN where the fit has none.
typedef struct behov_key_estimate {
    double coefficient, mean; /* b_k, x_k */
    double raw, raw_se;
    double weight, weight_se, low, high; /* normalised, with its interval; NaN by what the sum is (above) */
    bool is_there;                       /* false: the fit has no such regressor, or dropped it as collinear */
} behov_key_estimate;

/// One fit: a year alone, or all years together.
typedef struct behov_key_fit {
    int year; /* 0 = all years together */
    bool is_there;
    behov_error why;           /* where it is not: the reason */
    size_t n_rows, n_clusters; /* clusters 0: the errors are not clustered */
    behov_vcov_kind se_kind;   /* of this fit: few clusters of a year may have others than all years together */
    double outcome_mean, dof;
    double raw_sum, raw_sum_se, raw_sum_low, raw_sum_high; /* interval at words_level */
    double words_level;
    behov_key_sum_is sum_is;
    behov_key_estimate *estimates;         /* of each criterion */
    size_t n_negative, n_negative_clearly; /* coefficients below 0; of them with an interval (words_level) below 0 */
} behov_key_fit;

/// Zero-initialise; free with behov_key_regression_free in any case.
typedef struct behov_key_regression {
    char **criteria; /* regressors but the constant and effects of years, in the order of the formula */
    size_t n_criteria;
    behov_key_fit pooled, *years;
    size_t n_years;
    int only_year;         /* of the rows, where all are of one; else 0 */
    bool is_by_population; /* how the means are weighted */
    double level_pct;
    behov_by_year by_year; /* what the years' fits are of */
} behov_key_regression;

/// "above_0", "unclear", "not_above_0": what programs know it by.
BEHOV_API const char *behov_key_sum_is_name(behov_key_sum_is sum_is);

/// Weights of all years together, and of each year alone where there are several.
/// \param choices, results, estimation  of the pooled fit (borrowed, outlive the regression)
/// \param by_population  means weighted by population
/// \return BEHOV_E_DATA: no population in a row of the estimation, an outcome whose mean is not above 0, a product of a
///         criterion with the year, which has no one coefficient; BEHOV_E_ARGUMENT: a fit without errors of its own
///         (absorbed effects), or no criterion
BEHOV_API behov_status behov_key_regression_compute(const behov_fit_choices *choices, const behov_fit_results *results,
                                                    bool by_population, behov_key_regression *regression,
                                                    behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_key_regression_free(behov_key_regression *regression);

#ifdef __cplusplus
}
#endif
#endif
