/* rounded.h - figures that were rounded before they were printed, and what is computed of them: the value and the exact
 * ends of what the rounding allows.
 *
 * A figure printed as x with d decimals stands for [x - 0.5e-d, x + 0.5e-d]. The ends of a result are the least and the
 * greatest value of its function while every input goes through its own interval, independently of the others: known
 * sums, such as shares that have to be 100 together, would make them narrower. */
#ifndef BEHOV_ROUNDED_H
#define BEHOV_ROUNDED_H

#include <stdbool.h>
#include <stddef.h>

#include "phrase.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_rounded {
    double value, low, high; /* NaN = not known; low and high NaN = without bounds */
} behov_rounded;

/// \param n_decimals  those that it is printed with; below 0 = it is exact
BEHOV_API behov_rounded behov_rounded_new(double value, int n_decimals);
/// The decimals that a figure of behov_rounded_new was printed with; -1 = it is exact, or none.
BEHOV_API int behov_rounded_printed_decimals(behov_rounded figure);
/// A printed count or share, which cannot be below zero whatever its rounding.
BEHOV_API behov_rounded behov_rounded_not_below_zero(behov_rounded figure);
/// A sum below this share of what is added up is what rounding of doubles leaves of 0 (1.25 times 0.8 is 1, their logarithms
/// add up to 3e-17): a hundred figures leave 2e-14 at the worst, and no printed figures differ by so little.
#define BEHOV_ROUNDED_NOTHING 1e-13

/// The most decimals that any of n figures has, NaN passed over: those of a printed column, whose zeros at the end a
/// spreadsheet takes away.
BEHOV_API int behov_rounded_decimals(const double *figures, size_t n);
/// The same of a column of a table, whose file may tell zeros at the end too (behov_table_decimals): of all its rows, or
/// of n rows from `first`.
BEHOV_API int behov_rounded_table_decimals(const behov_table *table, size_t column, size_t first, size_t n);
/// Whether a figure of a table counts something: whole (or missing), and not written as 1.000, whose mark may part thousands
/// and which was read as 1.
BEHOV_API bool behov_rounded_is_count(const behov_table *table, size_t column, size_t row);
/// Whether two intervals have a point in common.
BEHOV_API bool behov_rounded_meet(behov_rounded first, behov_rounded second);
/// part / (part + rest) of two independent figures. With the other held, it goes one way in either, so its ends are at
/// corners; no bounds where part + rest may be 0, no value where it is.
BEHOV_API behov_rounded behov_rounded_part(behov_rounded part, behov_rounded rest);
/// The mean of n figures with weights that are not negative, each in its own interval: sum(w x) / sum(w). The greatest
/// has every x at its high end, and w at its high end for the x above the mean and at its low end for those below,
/// found by going there until the mean stands still (Dinkelbach 1967); the least likewise. No value where all weights
/// are 0. O(n^2) at most.
BEHOV_API behov_rounded behov_rounded_mean(const behov_rounded *figures, const behov_rounded *weights, size_t n);

#ifdef __cplusplus
}
#endif
#endif
