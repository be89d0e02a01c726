/* plausibility_units.h - a column whose unit is looked at: sizes, medians of municipalities, what is far from them.
 *
 * Within a municipality: q = |x| / median of the municipality's |x| (the lower median, zeros apart), r = log10 q. A row
 * is off when |r| is 2 less PLAUSIBILITY_NEAR or more, however much, and at least PLAUSIBILITY_FAR robust standard
 * deviations of all r (1.4826 times their median absolute value), so that a series that swings by itself (settled refugees)
 * is off nowhere. More than half the rows of a year off the same way: the year is. Between municipalities the same of the
 * medians themselves, and of all figures of the column (plausibility_far.c).
 *
 * Logarithms are taken of what is beyond PLAUSIBILITY_FIRST_SIGN alone, and of one order statistic: |log10 q| is
 * log10 max(q, 1/q), and a monotone function of all numbers leaves their order as it is. */
#ifndef BEHOV_SRC_PLAUSIBILITY_UNITS_H
#define BEHOV_SRC_PLAUSIBILITY_UNITS_H

#include <math.h>

#include "plausibility_parts.h"

/* The bundled panel, the rebuilt panel 2012-16 and 200 simulated ones (tests/property/test_plausibility.c) have no
 * figure off by these; figures multiplied by 100 or 1000 are. */
#define PLAUSIBILITY_NEAR 0.35
#define PLAUSIBILITY_FAR 8.0
#define PLAUSIBILITY_FIRST_SIGN 40.0

typedef struct unit_column {
    const panel_look *look;
    const double *values;
    size_t column;
    bool is_known; /* what it measures is known: the outcome, a share, the population */
    bool is_share, is_outcome, is_population, is_per_cent, is_index;
    double high;      /* its upper limit, NaN = none */
    double *medians;  /* of the municipalities, NaN = it has no size; NULL until plausibility_take_medians */
    size_t n_medians; /* municipalities that have one */
    double middle;    /* their median; NaN until plausibility_middle_size */
} unit_column;

behov_oddity plausibility_unit_finding(const unit_column *unit_column, behov_severity severity, behov_unit_cause cause);
/// A figure that jumps from the other.
behov_oddity plausibility_jump_finding(const unit_column *unit_column, size_t row, size_t other);

/// A figure that has a size: not missing, not 0, finite. A population below 0 is an error of its own, which says nothing
/// of the others.
static inline double plausibility_size(const unit_column *unit_column, size_t row)
{
    double value = unit_column->values[row], size = fabs(value);
    double least = unit_column->is_population ? 0 : -INFINITY;
    return ((size > 0) & (size < INFINITY) & (value >= least)) ? size
                                                               : NAN; /* without a branch that depends on a figure */
}

/// The lower median of a municipality's sizes; NaN when it has none. `n` is how many it has.
double plausibility_median_size(const unit_column *unit_column, size_t group, size_t *n);
/// The medians of all municipalities, once for a column; they are freed with it.
behov_status plausibility_take_medians(unit_column *unit_column, behov_error *err);
/// The lower median of the medians that were taken; NaN of none.
double plausibility_middle_size(unit_column *unit_column);
/// 2 or 3, -2 or -3 when r is near, else 0.
int plausibility_power_near(double r);
/// Whether r is as far as a figure that is 100 times too large may be, or farther, however far.
static inline bool plausibility_is_off(double r)
{
    return fabs(r) >= 2 - PLAUSIBILITY_NEAR;
}
/// The factor that is told of r: 100 or 1000 where it is near, else 10^r with two digits.
double plausibility_factor(double r);
/// r of a quotient that may be off, of which there are few, else 0: log10 PLAUSIBILITY_FIRST_SIGN is below 2 less
/// PLAUSIBILITY_NEAR.
double plausibility_large_deviation(double q);
/// How many times the larger of two is the smaller: max(q, 1/q) of their quotient; NaN when one is.
static inline double plausibility_times(double a, double b)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return high / low;
}
/// Days of 2000 to 2050 as spreadsheets count them.
static inline bool plausibility_is_date_serial(double value)
{
    return value >= 36526 && value <= 54789 && value == floor(value);
}
/// Robust standard deviation of r whose median absolute value is the logarithm of `times`; NaN counts as none.
double plausibility_spread(double times);
/// 50 000 kr per inhabitant: twenty times the usual, ten times the most that was ever spent.
bool plausibility_is_large(const unit_column *unit_column, double value);

/// Rows and years within municipalities, municipalities beside each other.
behov_status plausibility_look_within(unit_column *unit_column, behov_error *err);
behov_status plausibility_look_between(unit_column *unit_column, behov_error *err);
/// The column against the figures of a fit (is_told: it has another unit), and an outcome that is a total.
behov_status plausibility_look_at_range(const unit_column *unit_column, bool *is_told, behov_error *err);
behov_status plausibility_look_at_outcome(const unit_column *unit_column, behov_error *err);
/// Shares that jump; the outcome and the population against the same municipality's other years.
behov_status plausibility_look_at_jumps(const unit_column *unit_column, behov_error *err);
behov_status plausibility_look_at_amounts(unit_column *unit_column, behov_error *err);
/// Figures far from the bulk of the column, however many, that no error before tells of.
behov_status plausibility_look_far(unit_column *unit_column, behov_error *err);
/// The outcome: a year in which many figures are 0 or far below the same municipalities' other years; figures with the
/// wrong sign.
behov_status plausibility_look_at_drops(unit_column *unit_column, behov_error *err);
behov_status plausibility_look_at_signs(unit_column *unit_column, behov_error *err);
/// The outcome: municipalities and counties that are several times the others in all years, or a fraction of them, and 0 in
/// municipalities that have expenditure. Warnings, of what no error before tells.
behov_status plausibility_look_at_levels(const unit_column *unit_column, behov_error *err);

#endif
