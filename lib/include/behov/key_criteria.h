/* key_criteria.h - the criteria of a cost key out of a table: its municipalities in a year, and a column for each weight. */
#ifndef BEHOV_KEY_CRITERIA_H
#define BEHOV_KEY_CRITERIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "key.h"
#include "municipality_history.h"
#include "municipality_list.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a user says of a criterion, or of a column: its kind, or the country's total.
typedef struct behov_key_said {
    const char *name; /* of the criterion, or of its column; "all", "population" */
    behov_criterion_kind kind;
    double total;
} behov_key_said;

/// All borrowed.
typedef struct behov_key_request {
    int year; /* of the criteria; 0 = that of the weights, which the table then has to have */
    bool allows_year_mismatch, allows_missing, allows_codes;
    const char *modified_criterion, *modified_column; /* the modified key takes this column; NULL = there is none. The
                                                         criterion NULL: the one of refugees */
    const behov_key_said *kinds, *totals;
    size_t n_kinds, n_totals;
    const behov_municipality_history *history; /* which codes there are; NULL = they are not looked at */
} behov_key_request;

/// Zero-initialise; free with behov_key_criteria_free in any case. Municipalities stand in the order of their codes.
typedef struct behov_key_criteria {
    const behov_table *table; /* borrowed */
    int year, weights_year;
    bool is_year_stated; /* the table has no years: the call says it */
    behov_municipality_list municipalities;
    const char **codes;
    uint32_t *rows;
    double *population, *figures; /* n; n for each criterion, and for the modified one behind them */
    behov_key_criterion *criteria, *modified_criteria; /* n_criteria; the second: NULL without a modified key */
    size_t n_criteria, modified;                       /* position of the criterion that is modified */
    bool allows_missing;
    double given_population;
    bool has_country_row;
    size_t *unused; /* columns of numbers that no weight uses */
    size_t n_unused;
    size_t n_no_municipality; /* rows of counties, sums and the like that were passed over, but for the country's */
    size_t n_other_years;     /* rows of other years */
    size_t n_foreign;         /* codes that no municipality has in the year, let through */
    size_t n_in_country;      /* municipalities that the country has in the year; 0 = not known */
} behov_key_criteria;

/// Adds a column to a table for each criterion with a weight that is computed of others, "I(population^1.2)" or "log(x)" as
/// a regression names its regressors, and that the table does not have. Rows that are no municipalities have no value: of a
/// whole country such a figure is another than the mean of its municipalities. A criterion that is no such expression, or
/// one of columns that are not there, is left to behov_key_criteria_find.
/// \return BEHOV_E_MEMORY
BEHOV_API behov_status behov_key_criteria_add_computed(behov_table *table, const behov_key_weights *weights,
                                                       behov_error *err) BEHOV_MUST_CHECK;

/// Finds them. The table (borrowed, outlives the criteria) has its roles and its marks (behov_panel_find,
/// behov_plausibility_mark, behov_panel_check).
/// \return BEHOV_E_NAME: no column for a criterion, with near ones, a year that is not there; BEHOV_E_DATA: another year
///         than that of the weights, no year at all, no codes or population, a code that no municipality has, two rows of
///         the country, counts that look like shares; BEHOV_E_TYPE: a column of text; BEHOV_E_ARGUMENT: a name of the
///         request that is none
BEHOV_API behov_status behov_key_criteria_find(const behov_panel *panel, const behov_key_weights *weights,
                                               const behov_key_request *request, behov_key_criteria *criteria,
                                               behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_key_criteria_free(behov_key_criteria *criteria);
/// Whether they are plainly not the country: fewer than 95 per cent of its municipalities, or of its inhabitants
/// (behov/country.h, or as they are given).
BEHOV_API bool behov_key_criteria_are_a_part(const behov_key_criteria *criteria);
/// What behov_key_compute asks for (borrows the criteria).
BEHOV_API behov_key_input behov_key_criteria_input(const behov_key_criteria *criteria, bool is_modified);

#ifdef __cplusplus
}
#endif
#endif
