/* service_figures.h - figures of a service by municipality, year and function, from a table with a row for each:
 * expenditure, recipients, months per recipient, population.
 *
 * Columns are known by name: the code, name, year and population of a panel, function (funksjon), unit (enhet),
 * expenditure_1000kr (utgift_1000kr), recipients (mottakere), months (måneder): months of a recipient in the year, on
 * average. Only the code and the expenditure have to be there; expenditure may also be net_expenditure, 1000 kr per
 * inhabitant as in a panel, which is multiplied by the population. Rows of several units, and rows that a column `label` or
 * `unit` tells apart, are summed; recipients are not, for one person may be in two units. */
#ifndef BEHOV_SERVICE_FIGURES_H
#define BEHOV_SERVICE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "column_request.h"
#include "error.h"
#include "municipality_history.h"
#include "municipality_list.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A municipality in a year in a function; NaN = missing.
typedef struct behov_service_cell {
    size_t municipality;  /* position in the list */
    int year;             /* 0 in a file without years */
    const char *function; /* "242" (borrowed from the table); "" in a file without functions */
    double expenditure_1000kr, recipients, months, population;
    size_t row, n_rows; /* the first of its rows, and how many there are */
} behov_service_cell;

typedef struct behov_service_figures {
    const behov_table *table; /* borrowed */
    behov_municipality_list places;
    behov_service_cell *cells; /* by municipality, year and function */
    size_t n;
    int *years;             /* in order; none in a file without years */
    const char **functions; /* in order */
    size_t n_years, n_functions;
    bool has_recipients, has_months, has_population, has_function;
    bool is_simulated; /* the column source says so in some row */
    size_t n_left_out; /* rows of the country, a county, another sum */
    size_t n_large;    /* cells with more than 2 million kr per recipient: kroner in place of 1000 kr? */
    size_t n_small;    /* cells with less than 100 kr per recipient and month: millions in place of 1000 kr? */
    size_t n_summed;   /* cells with recipients whose expenditure is the sum of several rows */
} behov_service_figures;

/// How a reader takes the columns; the context is not used.
BEHOV_API behov_read_kind behov_service_figures_column(void *context, const char *name);
/// Cells of a table (borrowed, must outlive them). BEHOV_E_NAME: a column that has to be there; BEHOV_E_DATA with the
/// line: no code, a year that is none, a row that stands twice, a figure below zero (but for expenditure), more than
/// 12 months or, but for 0, less than 1, two populations or two numbers of recipients, persons that are not whole or more than two million,
/// more recipients than inhabitants, expenditure that no municipality can have (above 150 000 kr per inhabitant in a
/// function, in financial social assistance below 5 kr, above 10^12 kr, below 1 kr; more than 2 million kr per recipient or
/// less than 100 kr per recipient and month in most cells), codes of three digits beside codes that have kept their zero. Free with
/// behov_service_figures_free in any case.
BEHOV_API behov_status behov_service_figures_new(const behov_table *table, behov_service_figures *out,
                                                 behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_service_figures_free(behov_service_figures *figures);
/// The cell (borrowed), NULL when there is none. \param function  NULL = the first of the year
BEHOV_API const behov_service_cell *behov_service_figures_find(const behov_service_figures *figures,
                                                               size_t municipality, int year, const char *function);
/// BEHOV_E_NAME for a year that the file lacks, with those that it has.
BEHOV_API behov_status behov_service_figures_check_year(const behov_service_figures *figures, int year,
                                                        behov_error *err) BEHOV_MUST_CHECK;

/// BEHOV_E_DATA with the line: a code that is not four digits, or that no municipality has ever had (simulated figures
/// may have such); two codes of one municipality in the same year.
BEHOV_API behov_status behov_service_figures_check_codes(const behov_service_figures *figures,
                                                         const behov_municipality_history *history,
                                                         behov_error *err) BEHOV_MUST_CHECK;
/// BEHOV_E_NAME: a column that has to be there, with those that the file has.
BEHOV_API behov_status behov_service_figures_lack(const behov_table *table, const char *column,
                                                  behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
