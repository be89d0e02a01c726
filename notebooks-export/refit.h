/* refit.h - what the languages that refit column by column share (gretl, Stata, SQL): which rows and columns go along,
 * how near two figures have to be, and which standard errors a program redoes. */
#ifndef BEHOV_EXPORT_REFIT_H
#define BEHOV_EXPORT_REFIT_H

#include <stdbool.h>
#include <stddef.h>

#include <behov/wording.h>

#include "dialect.h"

/* Whether the outcome, a regressor, the weights or a cluster key names the column. */
bool refit_uses_column(const export_fit *fit, size_t column);
/* The columns for which that is so: positions among the fit's, ended by n_columns (free; NULL without memory). */
size_t *refit_columns(const export_fit *fit);
/* Whether row i of fit->rows is estimated on. */
bool refit_uses_row(const export_fit *fit, size_t i);
/* Observations N: rows, or the sum of their frequencies. */
double refit_n_observations(const export_fit *fit);

/* How far a coefficient computed elsewhere may be from ours: 1e-7 of its standard error, or of itself where it is
 * smaller than that, so that a coefficient changed by 1e-6 of itself is always found; but not below 1e-8 of the
 * standard error, so one with |t| < 0.01 is judged by that: two programs differed by at most 1e-12 standard errors on the
 * bundled panel, but gretl by 2e-9 on raw year and year^2, whose constant may be near 0 beside its error. NaN without a coefficient. */
double refit_tolerance(const behov_coefficient *coefficient);
/* The same for a standard error: 1e-7 of it; NaN where there is none. */
double refit_se_tolerance(const behov_coefficient *coefficient);

/* Adds the identifiers of the regressors that are refitted, the constant by `intercept` ("" = left out). */
void refit_add_regressors(const export_fit *fit, const char *intercept, behov_wording *out);
/* The values {{unchecked}} and {{say_unchecked}}: that standard errors are not checked, where the program does not redo
 * them, as prose and as a line that prints it. */
behov_status refit_say_unchecked(const void *script, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
behov_status refit_say_unchecked_aloud(const void *script, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
/* The value {{columns}} of templates whose data are the columns of the refit alone: their names, labels and units. */
behov_status refit_say_columns(const void *script, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
