/* driver.h - why a need lies above or below a mean need: what each regressor contributes.
 *
 *   mean_tj    = sum_i w_it x_itj / sum_i w_it      over the rows of a group in year t that have a need
 *   driver_itj = b_j (x_itj - mean_tj)
 *   sum_j driver_itj = need_it - mean need_t
 *   ratio_t    = 100 sum_i w_it y_it / sum_i w_it need_it        over those of the rows that have an outcome too
 *
 * With the population as weight and all rows in one group the mean need is the country's, behov_need_country. A driver
 * says what the model makes of a difference, not what caused a need. Source: Proba 2017-08, chapter 6.1. */
#ifndef BEHOV_DRIVER_H
#define BEHOV_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "design.h"
#include "error.h"
#include "need.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The group of a row that belongs to none.
#define BEHOV_NO_GROUP UINT32_MAX

typedef struct behov_drivers_options {
    const double *weights;  /* per row of the table; a row without a weight above 0 is not counted; NULL = each is 1 */
    const uint32_t *groups; /* per row of the table, 0 .. n_groups - 1 or BEHOV_NO_GROUP; NULL = all in one */
    size_t n_groups;        /* 0 with groups = NULL */
} behov_drivers_options;

typedef struct behov_drivers behov_drivers;

/// Means of every group in every year of the panel.
/// \param coefficients  one per regressor, those that the need was made from
/// \param need          of the same design, panel and coefficients
/// Design, panel, coefficients and need are borrowed and must outlive the drivers; the options are for the call alone.
/// \return BEHOV_E_ARGUMENT for a group out of range, and as behov_need_new for absorbed effects
/// Cost O(N K), memory 16 bytes times years, groups and K.
BEHOV_API behov_status behov_drivers_new(const behov_design *design, const behov_panel *panel,
                                         const double *coefficients, const behov_need *need,
                                         const behov_drivers_options *options, behov_drivers **drivers,
                                         behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_drivers_free(behov_drivers *drivers);

/// Whether regressor k differs between two rows of one year. The constant and the dummies of years do not: their
/// drivers are 0 exactly.
BEHOV_API bool behov_drivers_varies(const behov_drivers *drivers, size_t k);
/// The mean need of a group in the year of a row, in the outcome's unit; NaN when no row of that group and year counts.
BEHOV_API double behov_drivers_mean_need(const behov_drivers *drivers, size_t row, size_t group);
/// The ratio of a group in the year of a row, in per cent: weighted by population, what all its inhabitants together
/// cost in per cent of their need. NaN when no row counts that has both need and outcome, or the needs add up to no more
/// than 0.
BEHOV_API double behov_drivers_ratio(const behov_drivers *drivers, size_t row, size_t group);
/// The K drivers of a row against the mean of a group in the row's year, in the outcome's unit.
/// \param row           any row of the table; one without a need has NaN drivers
/// \param group         its own or another; 0 when all are in one
/// \param[out] each     K numbers (caller's); NaN where behov_drivers_mean_need is
/// \param[out] means    K means of the regressors (caller's); NULL when not wanted
/// \return the sum of `each`, compensated, not taken from the needs
BEHOV_API double behov_drivers_of_row(const behov_drivers *drivers, size_t row, size_t group, double *each,
                                      double *means);

#ifdef __cplusplus
}
#endif
#endif
