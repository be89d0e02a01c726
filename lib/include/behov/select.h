/* select.h - which municipalities show something worth looking into: the four kinds of cases of the report.
 *
 *   low       below limits.low in every year
 *   high      above limits.high in every year
 *   decrease  from the first year to the last down by limits.change points or more
 *   increase  the same, up
 *
 * Ratios are taken as print shows them, in whole per cent (ratio.h), so that a reader finds the same cases from the
 * table. A municipality may be of two kinds. Source: Proba 2017-08, chapter 2. */
#ifndef BEHOV_SELECT_H
#define BEHOV_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "ratio.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_case_kind {
    BEHOV_CASE_LOW = 0,
    BEHOV_CASE_HIGH,
    BEHOV_CASE_DECREASE,
    BEHOV_CASE_INCREASE,
    BEHOV_N_CASE_KINDS
} behov_case_kind;

/* Why a municipality is not chosen from, the first that holds but the last, which holds before all. */
typedef enum behov_case_reason {
    BEHOV_CASE_CHOSEN_FROM = 0,
    BEHOV_CASE_MISSING_YEARS, /* a ratio is missing in some year */
    BEHOV_CASE_NO_POPULATION, /* its inhabitants are not known, and they are asked for */
    BEHOV_CASE_TOO_FEW,       /* below min_population, or not among the largest */
    BEHOV_CASE_NOT_ASKED_FOR, /* not among the candidates */
    BEHOV_N_CASE_REASONS
} behov_case_reason;

typedef struct behov_select_options {
    behov_ratio_limits limits; /* low and high both 0 = 90 and 110; change 0 = 20 points, from the one to the other */
    double min_population;     /* 0 = any */
    size_t largest;            /* the so many candidates with most inhabitants, whatever their ratios; 0 = all */
    size_t count;              /* most picks of a kind; 0 = all */
    const bool *candidates;    /* of each municipality, whether it may be chosen (borrowed); NULL = all may */
} behov_select_options;

typedef struct behov_pick {
    behov_case_kind kind;
    size_t municipality; /* position, 0 .. n_municipalities - 1 */
    size_t place;        /* within the kind, 1 = the most extreme */
    double mean;         /* of the years' printed ratios */
    double change;       /* points from the first year to the last, printed ratios; 0 with one year */
} behov_pick;

/// Picks kind by kind, the most extreme first: the lowest or highest mean of the years, the largest change; of equal
/// ones the municipality that stands first, so of municipalities in the order of their codes the lowest. Ties of
/// numbers of inhabitants at the border of `largest` are broken so too.
/// \param ratios       n_municipalities x n_years, row-major, years in order, per cent of need; NaN = missing
/// (borrowed) \param populations  n_municipalities, NaN = not known (borrowed); NULL = none is known \param options
/// NULL = all defaults \param[out] picks   room for BEHOV_N_CASE_KINDS * n_municipalities (caller's); n_picks of them
/// are filled \param[out] n_found of each kind, those beyond `count` too (BEHOV_N_CASE_KINDS, caller's) \param[out]
/// reasons n_municipalities (caller's) \return BEHOV_E_ARGUMENT without years, or for low above high; BEHOV_E_DATA when
/// inhabitants are asked for and none
///         are known
/// With one year there is no change. Cost O(M T + M log M).
BEHOV_API behov_status behov_select_cases(const double *ratios, size_t n_municipalities, size_t n_years,
                                          const double *populations, const behov_select_options *options,
                                          behov_pick *picks, size_t *n_picks, size_t *n_found,
                                          behov_case_reason *reasons, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
