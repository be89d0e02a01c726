/* need.h - expected expenditure, and actual expenditure against it.
 *
 *   need_it  = x_it'b
 *   index_it = 100 need_it / mean of need_t weighted by population (the country = 100 in every year)
 *   ratio_it = 100 y_it / need_it
 *   gap_it   = y_it - need_it, times population where the outcome is an amount per inhabitant
 *
 * A need at or below the floor gives no ratio: the cell is missing and the row carries the reason. Source: Proba
 * 2017-08, chapter 6.1 and annex 2. */
#ifndef BEHOV_NEED_H
#define BEHOV_NEED_H

#include <stddef.h>
#include <stdint.h>

#include "design.h"
#include "error.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_outcome_unit {
    BEHOV_UNIT_UNKNOWN = 0,           /* the gap is in the outcome's own unit */
    BEHOV_UNIT_1000KR_PER_INHABITANT, /* the gap is in 1000 kr */
    BEHOV_UNIT_KR_PER_INHABITANT      /* the gap is in 1000 kr */
} behov_outcome_unit;

typedef enum behov_need_note {
    BEHOV_NOTE_NONE = 0,
    BEHOV_NOTE_LEFT_OUT,         /* no need: see the design's reason */
    BEHOV_NOTE_NO_OUTCOME,       /* need, but nothing to compare with */
    BEHOV_NOTE_NEED_TOO_LOW,     /* need at or below the floor: no ratio */
    BEHOV_NOTE_NO_POPULATION,    /* no gap in kroner: population missing */
    BEHOV_NOTE_NEGATIVE_OUTCOME, /* the outcome is below 0: no ratio */
    BEHOV_NOTE_TRANSFORMED       /* the outcome is no amount (log, a root): no ratio and no index */
} behov_need_note;

typedef struct behov_need_options {
    behov_outcome_unit unit;
    double floor;       /* a ratio needs need > floor; 0 = above 0 */
    int is_transformed; /* the outcome is a function of an amount: a ratio would depend on its unit, so there is none,
                         * no index and no gap in kroner */
} behov_need_options;

typedef struct behov_need behov_need;

/// Need, actual, index, ratio and gap of every row of the design's table.
/// \param design, panel  of one table, which must outlive the need and whose figures must not change meanwhile; they
///                       themselves are borrowed for the call
/// \param coefficients   one per regressor of the design (borrowed for the call)
/// \return BEHOV_E_ARGUMENT for a design with absorbed effects, which hold what a need and a ratio measure
/// Cost O(N K). Memory: a number a row for the need, and one for an outcome that is arithmetic (log(y)), not a column.
BEHOV_API behov_status behov_need_new(const behov_design *design, const behov_panel *panel, const double *coefficients,
                                      const behov_need_options *options, behov_need **need,
                                      behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_need_free(behov_need *need);

/* A figure of a row of the table, below the number of its rows; NaN where there is none. All but the need are computed at
 * each call, O(1), and several threads may ask at once. */
typedef double behov_need_figure(const behov_need *need, size_t row);
BEHOV_API double behov_need_actual(const behov_need *need, size_t row); /* the outcome, where there is a need */
BEHOV_API double behov_need_need(const behov_need *need, size_t row);   /* outcome's unit */
BEHOV_API double behov_need_index(const behov_need *need, size_t row);  /* country = 100; NaN without population */
BEHOV_API double behov_need_ratio(const behov_need *need, size_t row);  /* per cent of need */
BEHOV_API double behov_need_gap(const behov_need *need, size_t row);    /* 1000 kr, or the outcome's unit */
BEHOV_API behov_need_note behov_need_note_of(const behov_need *need, size_t row);
/// Whether the gap is in 1000 kr.
BEHOV_API int behov_need_gap_is_1000kr(const behov_need *need);
/// Rows with a need at or below the floor.
BEHOV_API size_t behov_need_n_too_low(const behov_need *need);
/// Rows with an outcome below 0, which have no ratio either, beside those.
BEHOV_API size_t behov_need_n_negative(const behov_need *need);

/* Amounts added up over rows. Each is in 1000 kr, or in the outcome's unit when the gap is; NaN over no row at all. */
typedef struct behov_gap_sum {
    double gap, absolute; /* of the gaps, and of their absolute values: what the first is small against */
    double actual, need;  /* gap = actual - need but for rounding */
    size_t n_rows;        /* rows that have a gap, and so were added */
} behov_gap_sum;

/// The gaps of some rows added up. Over the rows a fit is estimated on they sum to 0 when it is weighted by the
/// population that the gap is in and its model has a constant: the first of the normal equations is sum w e = 0.
/// \param panel   the one the need was made of (borrowed)
/// \param rows    n_rows of the table's (borrowed); NULL = every row of the table, n_rows is not looked at
/// Sums are compensated, so neither the order of the rows nor their number shows. Cost O(n_rows).
BEHOV_API behov_gap_sum behov_need_gap_sum(const behov_need *need, const behov_panel *panel, const uint32_t *rows,
                                           size_t n_rows);

/// Years of the panel in order (borrowed), but for those of rows alone that are no municipality's or that a condition
/// leaves out; one year 0 when the panel has none.
BEHOV_API const int *behov_need_years(const behov_need *need, size_t *n_years);
/// Position of a year among them, n_years when it is not there.
BEHOV_API size_t behov_need_year_position(const behov_need *need, int year);
/// The country's need in a year: mean of need weighted by population, NaN without population.
BEHOV_API double behov_need_country(const behov_need *need, size_t year);

#ifdef __cplusplus
}
#endif
#endif
