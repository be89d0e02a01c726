/* plausibility_between.c - municipalities whose figures are off in all years, and columns in two units. */
#include <stdlib.h>
#include <string.h>

#include "plausibility_units.h"

static behov_status tell_municipality(const unit_column *unit_column, size_t group, double factor, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = groups->first[group + 1] - groups->first[group], row = plausibility_row(groups, groups->first[group]);
    behov_oddity finding = plausibility_unit_finding(unit_column, unit_column->is_known ? BEHOV_ERROR : BEHOV_WARNING,
                                                     n > 1 ? BEHOV_UNIT_MUNICIPALITY : BEHOV_UNIT_ONE_ROW);
    finding.row = (ptrdiff_t)row;
    finding.value = factor;
    finding.count = n;
    return unit_column->values[row] > unit_column->high
               ? BEHOV_OK
               : behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

static int compare_sizes(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* ---- two levels ---------------------------------------------------------------------------------------------------- */

/* A gap of a factor of ten leaves two powers of 2 in a row without a median, and that is seen without sorting them. */
static bool may_have_gap(const unit_column *unit_column, size_t least)
{
    enum { LOWEST = -1080, N_POWERS = 2110, EMPTY = 2 };
    uint32_t counts[N_POWERS] = {0};
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++) {
        int power;
        if (isnan(unit_column->medians[g]))
            continue;
        frexp(unit_column->medians[g], &power);
        counts[power - LOWEST]++;
    }
    size_t n_below = 0, n_empty = 0;
    for (size_t i = 0; i < N_POWERS; i++) {
        if (counts[i] && n_empty >= EMPTY && n_below >= least && unit_column->n_medians - n_below >= least)
            return true;
        n_empty = counts[i] ? 0 : n_empty + 1;
        n_below += counts[i];
    }
    return false;
}

/* Municipalities in two heaps, a tenth of them and three at least in each, with nothing for a factor of ten between and
 * their medians about 100 times apart or more: two units in a column. The smaller heap is reported, of equal ones the upper.
 * */
static behov_status look_at_two_levels(const unit_column *unit_column, bool *has_two, behov_error *err)
{
    const double LEAST_GAP = 10;
    const panel_groups *groups = &unit_column->look->groups;
    const double *medians = unit_column->medians;
    double *sizes = unit_column->look->work;
    size_t n = unit_column->n_medians, filled = 0, least = n / 10 > 3 ? n / 10 : 3, split = 0;
    if (!may_have_gap(unit_column, least))
        return BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups; g++)
        if (!isnan(medians[g]))
            sizes[filled++] = medians[g];
    qsort(sizes, n, sizeof *sizes, compare_sizes);
    for (size_t i = least; i + least <= n; i++)
        if (sizes[i] >= LEAST_GAP * sizes[i - 1] &&
            (split == 0 || sizes[i] / sizes[i - 1] > sizes[split] / sizes[split - 1]))
            split = i;
    if (split == 0)
        return BEHOV_OK;
    double lower = sizes[(split - 1) / 2], upper = sizes[split + (n - split - 1) / 2], border = sizes[split];
    double r = log10(upper / lower);
    bool is_amount = unit_column->is_outcome &&
                     (plausibility_is_large(unit_column, upper) || plausibility_is_large(unit_column, upper * 1000));
    if (!plausibility_is_off(r) || !(is_amount || unit_column->is_share) || upper > unit_column->high)
        return BEHOV_OK;
    bool is_upper = n - split <= split;
    behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_TWO_LEVELS);
    finding.value = plausibility_factor(is_upper ? r : -r);
    finding.low = lower;
    finding.high = upper;
    finding.count = 0;
    for (size_t g = 0; g < groups->n_groups; g++) {
        if (isnan(medians[g]) || (medians[g] >= border) != is_upper)
            continue;
        ptrdiff_t row = (ptrdiff_t)plausibility_row(groups, groups->first[g]);
        finding.row = finding.row < 0 || row < finding.row ? row : finding.row;
        finding.count += groups->first[g + 1] - groups->first[g];
    }
    *has_two = true;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

/* ---- single municipalities ----------------------------------------------------------------------------------------- */

/* The range of those that are not off. */
typedef struct usual_medians {
    double low, high;
} usual_medians;

static usual_medians range_of_medians(const unit_column *unit_column)
{
    usual_medians usual = {INFINITY, 0};
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++) {
        double median = unit_column->medians[g];
        bool is_usual =
            !isnan(median) && fabs(plausibility_large_deviation(median / unit_column->middle)) < 2 - PLAUSIBILITY_NEAR;
        usual.low = is_usual && median < usual.low ? median : usual.low;
        usual.high = is_usual && median > usual.high ? median : usual.high;
    }
    return usual;
}

/* A share that is far from all others of its column, beyond the nearest by a factor and beyond their spread, where these
 * are near each other. What differs much between municipalities by itself (settled refugees) is so nowhere. */
static bool is_share_alone(double median, double r, double spread, usual_medians usual)
{
    const double BEYOND = 3;
    return fabs(r) >= PLAUSIBILITY_FAR * spread &&
           (r < 0 ? BEYOND * median <= usual.low : median >= BEYOND * usual.high);
}

/* The spread of the medians; NaN where none is far from the middle, as in most columns. */
static double spread_of_medians(const unit_column *unit_column)
{
    size_t n = 0;
    bool has_sign = false;
    double *work = unit_column->look->work, middle = unit_column->middle;
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++) {
        double median = unit_column->medians[g], q = median / middle;
        has_sign = has_sign || q >= PLAUSIBILITY_FIRST_SIGN || q <= 1 / PLAUSIBILITY_FIRST_SIGN;
        if (!isnan(median))
            work[n++] = plausibility_times(median, middle);
    }
    return has_sign ? plausibility_spread(plausibility_select(work, n, n / 2)) : NAN;
}

enum { LEAST = 10, LEAST_OF_AMOUNTS = 4 };

static behov_status look_at_municipality(const unit_column *unit_column, size_t group, double spread,
                                         usual_medians usual, behov_error *err)
{
    double median = unit_column->medians[group], r = plausibility_large_deviation(median / unit_column->middle);
    bool is_in_per_cent = unit_column->is_share || unit_column->is_per_cent;
    bool is_far = (unit_column->is_known && r >= PLAUSIBILITY_FAR * spread) ||
                  (is_in_per_cent && is_share_alone(median, r, spread, usual));
    bool is_off = is_far && unit_column->n_medians >= LEAST && plausibility_is_off(r);
    bool is_total = r > 0 && plausibility_is_off(r) && plausibility_is_large(unit_column, median);
    return is_off || is_total ? tell_municipality(unit_column, group, plausibility_factor(r), err) : BEHOV_OK;
}

/* A municipality that is off in all its years. Downwards only of shares, for a net expenditure may be next to nothing. */
behov_status plausibility_look_between(unit_column *unit_column, behov_error *err)
{
    bool has_two_levels = false;
    behov_status status = plausibility_take_medians(unit_column, err);
    if (!status && unit_column->n_medians >= LEAST)
        status = look_at_two_levels(unit_column, &has_two_levels, err);
    if (status || has_two_levels || unit_column->n_medians < (unit_column->is_outcome ? LEAST_OF_AMOUNTS : LEAST))
        return status;
    plausibility_middle_size(unit_column);
    double spread = spread_of_medians(unit_column);
    if (isnan(spread))
        return BEHOV_OK;
    usual_medians usual = range_of_medians(unit_column);
    for (size_t g = 0; g < unit_column->look->groups.n_groups && !status; g++)
        status = look_at_municipality(unit_column, g, spread, usual, err);
    return status;
}
