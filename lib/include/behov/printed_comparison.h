/* printed_comparison.h - a fit against printed tables: is it the same, and how far off is what is not? */
#ifndef BEHOV_PRINTED_COMPARISON_H
#define BEHOV_PRINTED_COMPARISON_H

#include <stdbool.h>

#include "comparison.h"
#include "error.h"
#include "fit_results.h"
#include "inference.h"
#include "phrase.h"
#include "printed_table.h"
#include "ratio_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A line of the printed table beside the coefficient that it means.
typedef struct behov_printed_match {
    const behov_printed_row *printed; /* borrowed from the table */
    const behov_coefficient *fitted;  /* NULL: the term is not in the model */
    const char *term;                 /* of the model; of the print when it is not there */
    double units;                     /* fitted less printed, in units of the last printed digit */
    double in_standard_errors;        /* the same in the fitted standard error */
    double error_units;               /* the standard error's, in units of its last printed digit */
    bool holds, error_holds;          /* prints as this */
    bool same_sign, same_stars;
} behov_printed_match;

/// A reading of the clustering against the printed standard errors.
typedef struct behov_printed_reading {
    const behov_errors_reading *errors_reading;
    double median_off, largest_off; /* |computed / printed - 1| over the terms in the model; NaN without any */
    size_t largest;                 /* the match where it is largest */
    size_t n_hold;                  /* standard errors that print as these */
    bool is_best;                   /* the smallest median, NaN aside */
} behov_printed_reading;

typedef struct behov_printed_cell {
    size_t place, year;                /* of the fit's ratios */
    double printed, ratio, difference; /* per cent of need; difference = ratio - printed */
} behov_printed_cell;

/// Printed tables that were read, and what the fit makes of them.
typedef struct behov_printed_comparison {
    const behov_fit_results *fit_results;
    /* coefficients; table.n_rows = 0 when there is no such table */
    behov_printed_table table;
    behov_printed_notes notes;
    char *table_name, *notes_name; /* what pages call the files; NULL = none */
    behov_printed_match *matches;
    size_t n_unknown_terms;
    bool is_other_outcome;        /* the units of the outcomes differ: sizes are not compared */
    behov_comparison clusterings; /* of the readings */
    behov_printed_reading *readings;
    /* ratios; printed_ratios.places.n = 0 when there is no such table */
    behov_ratio_table printed_ratios, ratios;
    char *ratios_name;
    double half;                                       /* half a unit of the last decimal of the printed ratios */
    behov_printed_cell *cells;                         /* that differ, largest difference first */
    size_t n_cells, n_compared, n_equal, n_not_fitted; /* n_not_fitted: printed, but the fit has no ratio there */
    size_t *unknown_positions;                         /* printed municipalities that the panel lacks */
    size_t n_unknown;
} behov_printed_comparison;

/// Matches the coefficients that were read (table, notes) with the fit.
/// \param readings  keys of clusterings separated by commas; those that name columns the panel lacks must be left out
/// \param names     the model whose [terms] say what printed names mean
BEHOV_API behov_status behov_printed_comparison_coefficients(behov_printed_comparison *comparison,
                                                             const behov_fit_choices *choices,
                                                             const behov_estimation *estimation,
                                                             const behov_model *names, const char *readings,
                                                             behov_error *err) BEHOV_MUST_CHECK;
/// The same for the ratios that were read.
BEHOV_API behov_status behov_printed_comparison_ratios(behov_printed_comparison *comparison,
                                                       behov_error *err) BEHOV_MUST_CHECK;
/// How many municipalities of the panel a printed name means: 2 for Våler, which only its code tells apart.
BEHOV_API size_t behov_printed_comparison_n_called(const behov_printed_comparison *comparison, const char *name);
BEHOV_API void behov_printed_comparison_free(behov_printed_comparison *comparison);

/// The three readings of 'clustered on municipality size', as far as the panel has what they need.
BEHOV_API void behov_printed_comparison_default_readings(const behov_panel *panel, char text[200]);

#ifdef __cplusplus
}
#endif
#endif
