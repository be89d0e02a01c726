/* by_year.h - each year alone (the ministry's way) beside all years together, and whether the coefficients are equal.
 */
#ifndef BEHOV_CLI_BY_YEAR_H
#define BEHOV_CLI_BY_YEAR_H

#include <behov.h>

#include "fitting.h"
#include "results.h"

/* One year alone: the same formula without its year effects, on the rows of the year. */
typedef struct year_fit {
    int year;
    behov_study of; /* a view: the pooled study with another formula and condition */
    fitting made;
    behov_coefficient *coefficients;
    bool is_there; /* false: the year alone gives no fit, `why` says so */
    behov_error why;
} year_fit;

/* Equality of a regressor's coefficients over the years. */
typedef struct equality {
    const char *term;       /* borrowed from the interacted design; NULL for the joint test */
    behov_wald_result wald; /* f NaN when there is no test: `why` says so */
    behov_error why;
} equality;

typedef struct by_year {
    year_fit *years;
    size_t n_years;
    behov_study interacted_study; /* the pooled study with every term times the year */
    fitting interacted;
    equality joint, *terms;
    size_t n_terms;
} by_year;

/* Fits year by year and tests. BEHOV_E_DATA without a year or with one year alone. Free with by_year_free in any case.
 */
behov_status by_year_compute(const behov_study *of, const fit_choices *choices, const results *pooled, by_year *out,
                             behov_error *err) BEHOV_MUST_CHECK;
void by_year_free(by_year *of);

#endif
