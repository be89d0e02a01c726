/* side_by_side.h - fits as columns of one table: a coefficient with its stars, its standard error beneath (or t, p, an
 * interval: table_conventions.h), then N,
 * clusters, degrees of freedom where they are asked for, adjusted R2 and the kind of standard errors, as esttab and modelsummary print them. */
#ifndef BEHOV_SIDE_BY_SIDE_H
#define BEHOV_SIDE_BY_SIDE_H

#include <stdio.h>

#include "design.h"
#include "error.h"
#include "fit.h"
#include "inference.h"
#include "language.h"
#include "model.h"
#include "phrase.h"
#include "report.h"
#include "table_conventions.h"
#include "vcov.h"

#ifdef __cplusplus
extern "C" {
#endif

/// One column; all borrowed. A column without coefficients stays empty: the fit had no answer.
typedef struct behov_fit_column {
    const char *heading;
    const behov_design *design;
    const behov_fit *fit;
    const behov_vcov *vcov;
    const behov_coefficient *coefficients;
    const char *outcome;      /* said in a row of its own when the columns' outcomes differ; NULL = not */
    const behov_model *names; /* labels of its terms; NULL = the program's own */
} behov_fit_column;

/// A column more than the fits: a p-value per term, as of a test that coefficients are equal.
typedef struct behov_fit_column_test {
    const char *key;                                    /* heading by its words */
    double (*p)(const void *context, const char *term); /* NaN = none */
    const void *context;
} behov_fit_column_test;

/// How the table is printed.
typedef struct behov_side_by_side_style {
    behov_language lang;
    behov_table_conventions conventions;
    bool has_no_terms; /* labels alone */
    bool has_dof;      /* a row of the degrees of freedom of t, under CV2 the least of a column's coefficients */
} behov_side_by_side_style;

/// The table (returned, free with behov_report_free): "variable" (the label), "term", a column for each fit with its
/// stars, the test. Terms in the order in which they are met; a term that a fit lacks is an empty cell there. Two rows
/// a term, the first the coefficient, the second what the conventions have in brackets.
/// \param test   NULL = none
BEHOV_API behov_status behov_side_by_side(const behov_fit_column *sides, size_t n_sides,
                                          const behov_fit_column_test *test, const behov_side_by_side_style *style,
                                          behov_report **report, behov_error *err) BEHOV_MUST_CHECK;

/// "CV1", "HC3", "classical": a kind as a reader knows it.
BEHOV_API void behov_side_kind_name(behov_vcov_kind kind, char text[16]);

#ifdef __cplusplus
}
#endif
#endif
