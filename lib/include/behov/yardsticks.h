/* yardsticks.h - what a municipality's expenditure may be held against: the regression, a cost key, its group.
 *
 * Three indices of the same municipalities in one year, each 1 in the mean weighted by population, times the mean
 * expenditure per inhabitant y: each hands out the same sum of money, so that they differ in whom they give it alone.
 *
 *   regression_i = need_i / need    key_i / key    group_i = mean expenditure of i's group / y
 *
 * The interval is that of the regression's index by the delta method, (x_i - index_i x) / need its gradient; the mean
 * expenditure is taken as given. Keys and groups have no interval: they are not estimated here. */
#ifndef BEHOV_YARDSTICKS_H
#define BEHOV_YARDSTICKS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "municipality_list.h"
#include "shrink.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How many per cent the population of the panel may be above the one beside the criteria, or below it, unsaid.
enum { BEHOV_YARDSTICKS_FAR_PCT = 5 };

typedef struct behov_yardstick {
    behov_municipality municipality; /* of the keys; the population is the panel's in the year */
    size_t row, position;            /* of the panel; among the municipalities of the keys */
    int group;                       /* among the groups, or BEHOV_WITHOUT_GROUP */
    double actual_kr;                /* per inhabitant, as all below */
    double regression_index, key_index, group_index;
    behov_interval regression_interval; /* of the index */
    double regression_kr, key_kr, group_kr;
} behov_yardstick;

/// Zero-initialise; free with behov_yardsticks_free in any case.
typedef struct behov_yardsticks {
    behov_yardstick *all; /* in the order of the codes */
    size_t n;
    int year;
    double population, actual_kr, need_kr, key;                          /* sum; means weighted by population */
    size_t n_only_keys, n_without_key, n_without_need, n_without_actual; /* left out: no row of the panel, and so on */
    size_t n_without_group;                                              /* of those that are compared */
    size_t n_other_population;  /* whose populations in the panel and beside the criteria are farther apart */
    size_t farthest;            /* among all: the one where they are farthest apart */
    double farthest_population; /* the one beside the criteria */
} behov_yardsticks;

/// \param keys      key of each municipality (NaN = none), whose codes the list has (borrowed, outlive the result)
/// \param year      of the panel
/// \param groups    of the same list (borrowed for the call)
/// \return BEHOV_E_NAME for a year that the panel lacks; BEHOV_E_DATA for an outcome that is not kroner per inhabitant, a
///         panel without codes or population, nobody to compare
BEHOV_API behov_status behov_yardsticks_compute(const behov_fit_results *results,
                                                const behov_municipality_list *municipalities, const double *keys,
                                                int year, const behov_groups *groups, behov_yardsticks *yardsticks,
                                                behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_yardsticks_free(behov_yardsticks *yardsticks);

#ifdef __cplusplus
}
#endif
#endif
