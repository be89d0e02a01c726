/* plausibility_amounts.c - the outcome and the population against the same municipality's other years. */
#include <float.h>

#include "plausibility_units.h"

/* A decimal mark that slipped makes ten. The bundled panel has a population of 1.05 and an outcome of 6 times the
 * median of its municipality, the latter 3.6 times what is usual; mergers that keep a code hardly reach five. */
static const double MUCH = 5, ABOVE_MIDDLE = 5;

/* What a look over a municipality's figures says of them. */
typedef struct amount_range {
    double low, high; /* sizes */
    bool has_negative, has_positive, has_infinite, has_date;
} amount_range;

static amount_range range_of_amounts(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    amount_range range = {.low = INFINITY, .high = 0};
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        size_t row = plausibility_row(groups, i);
        double value = unit_column->values[row], size = plausibility_size(unit_column, row);
        range.low = size < range.low ? size : range.low;
        range.high = size > range.high ? size : range.high;
        range.has_negative = range.has_negative || value < 0;
        range.has_positive = range.has_positive || value > 0;
        range.has_infinite = range.has_infinite || fabs(value) > DBL_MAX;
        range.has_date = range.has_date || plausibility_is_date_serial(value);
    }
    return range;
}

/* Hardly any municipality has a figure MUCH times its smallest; only an outcome is looked at for signs and dates. */
static bool may_be_odd(const unit_column *unit_column, size_t group)
{
    amount_range range = range_of_amounts(unit_column, group);
    bool has_jumped = range.high >= MUCH * range.low;
    return has_jumped || (unit_column->is_outcome &&
                          ((range.has_negative && range.has_positive) || range.has_infinite || range.has_date));
}

static bool is_amount_off(const unit_column *unit_column, double value, double median, double middle)
{
    /* net expenditure may be next to nothing in a year or in most of them */
    bool is_off = unit_column->is_outcome ? value >= MUCH * median && value >= ABOVE_MIDDLE * middle
                                          : value >= MUCH * median || value <= median / MUCH;
    if (!is_off || !(fabs(value) > 0))
        return false;
    bool is_unit_error = plausibility_is_off(log10(fabs(value) / median)) &&
                         (!unit_column->is_outcome || plausibility_is_large(unit_column, value));
    return !is_unit_error;
}

/* Net expenditure is hardly ever below 0, and then by little. A figure as far below 0 as the municipality's others are
 * above, which all are, has a sign that slipped. */
static bool has_lone_sign(const unit_column *unit_column, size_t group, size_t index, double median)
{
    const double LEAST_PART = 0.5;
    const panel_groups *groups = &unit_column->look->groups;
    double sign = unit_column->values[plausibility_row(groups, index)] < 0 ? -1 : 1;
    size_t n_others = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double value = unit_column->values[plausibility_row(groups, i)];
        if (i == index || isnan(value))
            continue;
        if (value * sign > 0)
            return false;
        n_others += value * sign < 0;
    }
    return n_others >= 2 && fabs(unit_column->values[plausibility_row(groups, index)]) >= LEAST_PART * median;
}

static behov_status look_at_amount(const unit_column *unit_column, size_t group, size_t i, double median,
                                   bool has_others, behov_error *err)
{
    const double FROM_OTHERS = 10;
    const panel_groups *groups = &unit_column->look->groups;
    size_t row = plausibility_row(groups, i);
    double value = unit_column->values[row], middle = unit_column->middle;
    if (value > unit_column->high || (unit_column->is_population && value <= 0))
        return BEHOV_OK;
    if (unit_column->is_outcome && plausibility_is_date_serial(value) && value >= FROM_OTHERS * middle) {
        behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_IS_DATE);
        finding.row = (ptrdiff_t)row;
        finding.value = value;
        return behov_plausibility_add(unit_column->look->plausibility, finding, err);
    }
    if (!has_others ||
        !(is_amount_off(unit_column, value, median, middle) || has_lone_sign(unit_column, group, i, median)))
        return BEHOV_OK;
    size_t other = plausibility_row(groups, i > groups->first[group] ? i - 1 : i + 1);
    return behov_plausibility_add(unit_column->look->plausibility, plausibility_jump_finding(unit_column, row, other),
                                  err);
}

behov_status plausibility_look_at_amounts(unit_column *unit_column, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups && !status; g++) {
        if (!may_be_odd(unit_column, g))
            continue;
        if (unit_column->is_outcome) { /* a population is not held against the others' */
            status = plausibility_take_medians(unit_column, err);
            plausibility_middle_size(unit_column);
        }
        size_t n;
        double median = plausibility_median_size(unit_column, g, &n); /* of sizes: no sign */
        for (size_t i = groups->first[g]; i < groups->first[g + 1] && n && !status; i++)
            status = look_at_amount(unit_column, g, i, median, n > 1, err);
    }
    return status;
}
