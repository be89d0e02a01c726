/* ratio_table.h - ratios by municipality and year: of a fit, or as print has them (annex 2). */
#ifndef BEHOV_RATIO_TABLE_H
#define BEHOV_RATIO_TABLE_H

#include <stdbool.h>

#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "municipality_list.h"
#include "phrase.h"
#include "ratio.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Of `levels`.
enum { BEHOV_RATIO_ACTUAL, BEHOV_RATIO_NEED, BEHOV_RATIO_LEVELS };

typedef struct behov_ratio_table {
    behov_municipality_list places; /* a row for each */
    int *years;
    size_t n_years;
    double *ratios; /* places.n x n_years, per cent of need; NaN where there is none */
    double *needs;  /* the same: need times population, what a ratio of several municipalities weights by; NULL
                           when only ratios are known */
    double *levels[BEHOV_RATIO_LEVELS]; /* actual and need per inhabitant, the same; NULL when only ratios are known */
    double *populations;                /* the same */
    double floor;                       /* of need, below which there is no ratio */
    double *weights;                    /* population, for ratios that were read; NULL when there is none */
    size_t n_left_out;                  /* rows of a file that are no municipality: "Hele landet" */
    char *passed_over;  /* columns of a file that are neither read nor known to be of no use, in quotes; NULL = none */
    char *printed_path; /* of a file, NULL for a fit */
    behov_table *table; /* owned by a table that was read */
    const behov_fit_results *fit_results; /* NULL for a table that was read */
} behov_ratio_table;

/// The ratios of a fit or an application (borrowed, must outlive the table). Free with behov_ratio_table_free in any
/// case.
BEHOV_API behov_status behov_ratio_table_of_results(const behov_fit_results *fit_results, behov_ratio_table *out,
                                                    behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_ratio_table_free(behov_ratio_table *ratio_table);
BEHOV_API double behov_ratio_table_at(const behov_ratio_table *ratio_table, size_t place, size_t year);

/// What of it is shown.
typedef struct behov_ratio_choice {
    const size_t *places; /* n_places positions, in the order in which they are shown; NULL = all */
    size_t n_places;
    const behov_groups *groups; /* subtotals, and the order of the groups; NULL = none */
    behov_ratio_limits limits;
} behov_ratio_choice;

/// A line of such a table: a municipality, or the ratio of several of them.
typedef struct behov_ratio_line {
    size_t place; /* of a municipality */
    int group;    /* its group; of a subtotal may be BEHOV_ALL_GROUPS = of everything that is shown */
    bool is_subtotal;
} behov_ratio_line;

enum { BEHOV_ALL_GROUPS = -2 };

/// The lines of what is chosen, group by group with the group's subtotal behind it; those without a group come last,
/// and at the end all that is shown. Without groups there are no subtotals.
/// \param[out] lines  (malloc) n_lines
/// BEHOV_E_DATA for subtotals without population.
BEHOV_API behov_status behov_ratio_lines_plan(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                              behov_ratio_line **lines, size_t *n_lines,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// The ratio of line `i` in a year, per cent of need; NaN where there is none. The ratio of several municipalities is
/// the sum of their expenditure over the sum of their needs; of printed ratios, their mean weighted by population.
BEHOV_API double behov_ratio_lines_ratio(const behov_ratio_table *ratio_table, const behov_ratio_choice *choice,
                                         const behov_ratio_line *lines, size_t n_lines, size_t i, size_t year);

#ifdef __cplusplus
}
#endif
#endif
