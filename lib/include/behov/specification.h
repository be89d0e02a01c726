/* specification.h - whether a model's form holds, and what it would change for ratios: the figures of the specification
 * page. Each check stands alone; one that the panel or the model cannot answer says why.
 *
 *   heteroskedasticity   Breusch-Pagan on the regressors, on 1 / population, on log(population) (heteroskedasticity.h);
 *                        standard deviation of the residuals by size class
 *   form                 RESET (reset.h); the outcome in logs, brought back by Duan's (1983) smearing:
 *                        need = exp(x'b) mean(exp(e)); log(population) in the place of the model's population terms
 *   dependence           residuals by county (anova.h on the municipalities' mean residuals), errors clustered by county;
 *                        autocorrelation by lag (autocorrelation.h)
 *   stability            refits without groups; fitted on the years to t and predicting t + 1 with the effect of t;
 *                        equal coefficients over the years with Holm's adjustment (by_year.h, holm.h)
 *
 * Errors are clustered by municipality, and "left out" means a municipality at a time, where the panel has
 * municipalities; else errors are classical and rows are left out one at a time. A ratio of a municipality is
 * 100 sum y / sum need over its rows estimated on. With precision weights all regressions are weighted, and errors
 * averaged with the weights, but spread by size is that of the residuals as they are; frequency weights are refused by
 * each check. */
#ifndef BEHOV_SPECIFICATION_H
#define BEHOV_SPECIFICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "anova.h"
#include "autocorrelation.h"
#include "by_year.h"
#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "heteroskedasticity.h"
#include "least_squares.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Why a check is not there.
typedef enum behov_absence {
    BEHOV_NOT_ABSENT = 0,
    BEHOV_ABSENT_FREQUENCIES,     /* frequency weights */
    BEHOV_ABSENT_POPULATION,      /* no column of population, or not for the rows estimated on */
    BEHOV_ABSENT_POPULATION_TERM, /* the model has no term of population alone */
    BEHOV_ABSENT_MUNICIPALITY,    /* no column of municipalities, or one municipality */
    BEHOV_ABSENT_COUNTY,          /* no codes whose first two digits say the county, or one county */
    BEHOV_ABSENT_YEARS,           /* no years, or one */
    BEHOV_ABSENT_YEAR_PRODUCTS,   /* products with the year: what is the year's effect? */
    BEHOV_ABSENT_TRANSFORMED,     /* the outcome is a function of an amount already */
    BEHOV_ABSENT_POSITIVE,        /* too few outcomes above 0 */
    BEHOV_ABSENT_DUMMIES,         /* powers of the fitted values follow from the regressors */
    BEHOV_ABSENT_NO_ROW,          /* the condition meets no row estimated on */
    BEHOV_ABSENT_FAILED           /* `why` says it */
} behov_absence;

typedef struct behov_ratio_shift {
    size_t unit; /* position among behov_specification.first_rows */
    double before, after;
} behov_ratio_shift;

/// A change of a ratio by as many points is one of level in the report's table 6-1.
#define BEHOV_RATIO_MOVES 5.0
enum { BEHOV_RATIOS_LISTED = 5 };

/// How ratios and needs differ between two forms of a model.
typedef struct behov_ratio_shifts {
    size_t n, n_moved;       /* municipalities with a ratio under both; those it changes by BEHOV_RATIO_MOVES or more */
    double mean_absolute;    /* points */
    double need_correlation; /* over rows */
    double need_difference_pct; /* mean over rows of |after - before|, per cent of before; rows with a need above 0 */
    size_t n_listed;            /* those that change most, most first */
    behov_ratio_shift listed[BEHOV_RATIOS_LISTED];
} behov_ratio_shifts;

typedef struct behov_spread_test {
    behov_absence absence;
    behov_error why;
    behov_breusch_pagan test;
} behov_spread_test;

enum {
    BEHOV_SPREAD_BY_REGRESSORS,
    BEHOV_SPREAD_BY_INVERSE_POPULATION,
    BEHOV_SPREAD_BY_LOG_POPULATION,
    BEHOV_SPREAD_TESTS
};

typedef struct behov_size_spread {
    size_t n_rows, n_municipalities;
    double mean, sd; /* of the residuals, outcome's unit; NaN with fewer than 2 rows */
} behov_size_spread;

typedef struct behov_spread_by_size {
    behov_absence absence;
    behov_size_spread classes[BEHOV_SIZE_CLASSES], all; /* by the population of the row's year */
} behov_spread_by_size;

typedef struct behov_reset_check {
    behov_absence absence;
    behov_error why;
    behov_last_columns test;
} behov_reset_check;

/// Two forms side by side, errors in the outcome's unit over the same rows.
typedef struct behov_form_check {
    behov_absence absence;
    behov_error why;
    size_t n_rows, n_left_out;                         /* n_left_out: outcomes of 0 or below, which have no logarithm */
    double rmse[2], left_out_rmse[2], left_out_mae[2]; /* the model's own form, the other; left out NaN above 3e7 rows x
                                                        * municipalities */
    double adj_r2[2];                                  /* NaN for logs: another outcome */
    double smearing;                                   /* mean of exp(residual) of the logs */
    behov_ratio_shifts changes;
} behov_form_check;

typedef struct behov_population_check {
    behov_form_check form;
    const char *new_term;   /* "log(population)", "population^1.2" (static) */
    size_t n_terms;         /* terms that were replaced */
    size_t first_regressor; /* the first of them */
} behov_population_check;

typedef struct behov_county_check {
    behov_absence absence;
    size_t n_counties;
    behov_anova means; /* of the municipalities' mean residuals */
    double
        *by_municipality; /* standard errors, one per regressor, NaN where dropped: CV1; NULL without municipalities */
    double *by_county, *by_county_cv3; /* CV1 and CV3 */
    bool has_cv3;  /* false: without one of the counties fewer coefficients are identified, and CV3 is NaN throughout */
    size_t n_lost; /* slopes with p < 5 per cent by municipality, t(G - 1), and not by county with CV3 */
} behov_county_check;

typedef struct behov_lag_check {
    behov_absence absence;
    size_t n_lags;
    behov_lag *lags;
} behov_lag_check;

typedef struct behov_without_group {
    behov_absence absence;
    behov_error why;
    const char *condition;               /* as the user wrote it (borrowed); NULL = the largest municipalities */
    size_t n_rows, n_units, n_undecided; /* left out; n_undecided: the condition has no value there, and they stay */
    size_t units[3];                     /* the largest ones */
    double *coefficients, *errors;       /* one per regressor, NaN where there is none */
    size_t mover;                        /* the slope that changes most in its own standard errors */
    double change_in_se;                 /* by as many; NaN when there is none */
    behov_ratio_shifts changes;
} behov_without_group;

typedef struct behov_forward_year {
    int year; /* predicted */
    bool is_there;
    size_t n_rows;
    double rmse, mean_error, net_rmse;    /* net: about the mean error, the level that the year came in at */
    double left_out_rmse, in_sample_rmse; /* of the same rows: each municipality left out, and the fit itself */
} behov_forward_year;

typedef struct behov_forward_check {
    behov_absence absence;
    size_t n_years;
    behov_forward_year *years, all;
    double left_out_year, left_out_municipality; /* rmse, as behov diagnose has them; NaN where not measured */
} behov_forward_check;

typedef struct behov_equality_check {
    behov_absence absence;
    behov_error why;
    behov_by_year by_year;
    double *adjusted;        /* p by Holm, one per by_year.terms */
    size_t n_equal_rejected; /* adjusted p < 5 per cent */
} behov_equality_check;

typedef struct behov_specification {
    const behov_fit_results *fit_results;
    const char *cluster; /* column of municipalities, NULL = none: errors are classical */
    size_t n_rows, n_units;
    uint32_t *first_rows; /* of each municipality (of each row without them): a row of the table */
    double *errors;       /* of the model's own coefficients, one per regressor, as the refits have them */
    size_t n_clusters;    /* municipalities; 0 = none */
    behov_spread_test spread_tests[BEHOV_SPREAD_TESTS];
    behov_spread_by_size spread;
    behov_reset_check reset;
    behov_form_check logs;
    behov_population_check population;
    behov_county_check county;
    behov_lag_check lags;
    behov_without_group *without;
    size_t n_without;
    behov_forward_check forward;
    behov_equality_check equality;
} behov_specification;

/// Conditions that refits leave rows out by; all borrowed, must outlive the specification.
typedef struct behov_specification_choices {
    const char *const *without; /* NULL with 0: the three largest municipalities */
    size_t n_without;
    const char *origin; /* what messages call them: "--without" */
} behov_specification_choices;

/// Computes all checks of a fit with its need (borrowed, must outlive it). Free with behov_specification_free in any case.
/// \return BEHOV_E_MEMORY; BEHOV_E_SYNTAX, BEHOV_E_NAME, BEHOV_E_TYPE for a condition; BEHOV_E_DATA for an exact fit
/// Cost: some twenty least squares of N x K, and N times the number of municipalities; 0.06 s for 2 120 rows.
BEHOV_API behov_status behov_specification_compute(const behov_fit_results *fit_results,
                                                   const behov_specification_choices *choices,
                                                   behov_specification *specification,
                                                   behov_error *err) BEHOV_MUST_CHECK;
/// The column of municipalities that errors are clustered by, NULL = none.
BEHOV_API const char *behov_specification_key(const behov_study *study);
BEHOV_API void behov_specification_free(behov_specification *specification);

#ifdef __cplusplus
}
#endif
#endif
