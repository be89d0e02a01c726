/* specification_parts.h - what the checks of a specification share: the rows estimated on, in memory. */
#ifndef BEHOV_SPECIFICATION_PARTS_H
#define BEHOV_SPECIFICATION_PARTS_H

#include <behov/specification.h>

/* Columns are the kept regressors. Weighted figures are times the root of the row's weight. */
typedef struct specification_rows {
    const behov_fit_results *fit_results;
    size_t n, n_columns, n_regressors;
    const uint32_t *rows;                /* of the table; NULL = all */
    const double *roots;                 /* NULL = no weights */
    size_t *regressors;                  /* n_columns: which regressor a column is */
    double *plain;                       /* n x n_columns, not weighted */
    double *columns;                     /* weighted; `plain` itself without weights */
    double *outcome;                     /* weighted */
    double *actual, *fitted, *residuals; /* not weighted; the fit's own */
    double *population;                  /* NaN where not known */
    int *years;
    uint32_t *units; /* municipality of each row, or the row itself */
    size_t n_units;
    bool has_municipalities, has_population, has_years;
    behov_least_squares *fit; /* of the rows as they are */
} specification_rows;

behov_status specification_rows_new(const behov_fit_results *fit_results, const char *key, specification_rows *rows,
                                    uint32_t **first_rows, behov_error *err) BEHOV_MUST_CHECK;
void specification_rows_free(specification_rows *rows);
behov_status specification_no_memory(behov_error *err);

/* Groups of the errors, NULL = classical ones. */
const uint32_t *specification_clusters(const specification_rows *rows);
/* Some of the rows (is_in NULL = all), weighted, with other columns where wider is not NULL: their fit. */
behov_status specification_fit(const specification_rows *rows, const double *columns, const double *outcome,
                               const bool *is_in, size_t n_columns, behov_least_squares **fit,
                               behov_error *err) BEHOV_MUST_CHECK;
/* Root mean square and mean absolute value of weighted errors, averaged with the weights; NaN errors take no part. */
double specification_rms(const specification_rows *rows, const double *errors, const bool *is_in);
double specification_mae(const specification_rows *rows, const double *errors, const bool *is_in);
/* x'b of a row of `columns` (n_columns numbers); a coefficient that is NaN counts as 0. */
double specification_need(const double *columns, const double *coefficients, size_t n_columns);
/* Ratios by municipality under two needs. */
behov_status specification_changes(const specification_rows *rows, const double *before, const double *after,
                                   behov_ratio_shifts *changes, behov_error *err) BEHOV_MUST_CHECK;
/* A failure of one check, which says why it is not there; BEHOV_E_MEMORY is one of all. */
behov_status specification_absent(behov_status status, const behov_error *inner, behov_absence *absence,
                                  behov_error *why, behov_error *err);

behov_status specification_logs(const specification_rows *rows, behov_form_check *check,
                                behov_error *err) BEHOV_MUST_CHECK;
behov_status specification_population(const specification_rows *rows, behov_population_check *check,
                                      behov_error *err) BEHOV_MUST_CHECK;
behov_status specification_county(const specification_rows *rows, behov_county_check *check,
                                  behov_error *err) BEHOV_MUST_CHECK;
behov_status specification_without(const specification_rows *rows, const behov_specification_choices *choices,
                                   const double *own_errors, behov_specification *specification,
                                   behov_error *err) BEHOV_MUST_CHECK;
behov_status specification_forward(const specification_rows *rows, const char *key, behov_forward_check *check,
                                   behov_error *err) BEHOV_MUST_CHECK;

#endif
