/* printed_comparison.h - a fit against printed tables: is it the same, and how far off is what is not? */
#ifndef BEHOV_CLI_PRINTED_COMPARISON_H
#define BEHOV_CLI_PRINTED_COMPARISON_H

#include <behov.h>
#include <stdbool.h>

#include "comparison.h"
#include "ratio_table.h"
#include "read_printed.h"
#include "results.h"

/* A line of the printed table beside the coefficient that it means. */
typedef struct printed_match {
    const printed_row *printed;      /* borrowed from the table */
    const behov_coefficient *fitted; /* NULL: the term is not in the model */
    const char *term;                /* of the model; of the print when it is not there */
    double units;                    /* fitted less printed, in units of the last printed digit */
    double in_standard_errors;       /* the same in the fitted standard error */
    double error_units;              /* the standard error's, in units of its last printed digit */
    bool holds, error_holds;         /* prints as this */
    bool same_sign, same_stars;
} printed_match;

/* A reading of the clustering against the printed standard errors. */
typedef struct printed_reading {
    const reading *of;
    double median_off, largest_off; /* |computed / printed - 1| over the terms in the model; NaN without any */
    size_t largest;                 /* the match where it is largest */
    size_t n_hold;                  /* standard errors that print as these */
    bool is_best;                   /* the smallest median, NaN aside */
} printed_reading;

typedef struct printed_cell {
    size_t place, year;                /* of the fit's ratios */
    double printed, ratio, difference; /* per cent of need; difference = ratio - printed */
} printed_cell;

/* Printed tables that were read, and what the fit makes of them. */
typedef struct printed_comparison {
    const results *of;
    /* coefficients; table.n_rows = 0 when there is no such table */
    printed_table table;
    printed_notes notes;
    char *table_name, *notes_name; /* what pages call the files; NULL = none */
    printed_match *matches;
    size_t n_unknown_terms;
    bool is_other_outcome;  /* the units of the outcomes differ: sizes are not compared */
    comparison clusterings; /* of the readings */
    printed_reading *readings;
    /* ratios; printed_ratios.places.n = 0 when there is no such table */
    ratio_table printed_ratios, ratios;
    char *ratios_name;
    double half;                                       /* half a unit of the last decimal of the printed ratios */
    printed_cell *cells;                               /* that differ, largest difference first */
    size_t n_cells, n_compared, n_equal, n_not_fitted; /* n_not_fitted: printed, but the fit has no ratio there */
    size_t *unknown;                                   /* printed municipalities that the panel lacks */
    size_t n_unknown;
} printed_comparison;

/* Matches the coefficients that were read (table, notes) with the fit.
 * \param readings  keys of clusterings parted by commas; those that name columns the panel lacks must be left out
 * \param names     the model whose [terms] say what printed names mean */
behov_status printed_comparison_coefficients(printed_comparison *what, const fit_choices *choices, const fitting *made,
                                             const model *names, const char *readings,
                                             behov_error *err) BEHOV_MUST_CHECK;
/* The same for the ratios that were read. */
behov_status printed_comparison_ratios(printed_comparison *what, behov_error *err) BEHOV_MUST_CHECK;
/* How many municipalities of the panel a printed name means: 2 for Våler, which only its code tells apart. */
size_t printed_comparison_n_called(const printed_comparison *what, const char *name);
void printed_comparison_free(printed_comparison *what);

#endif
