/* plausibility_units.c - units off by 100 or 1000, totals where figures per inhabitant belong, shares that jump: which
 * looks a column of figures has. */
#include <stdlib.h>

#include "plausibility_units.h"

static unit_column describe(const panel_look *look, size_t column)
{
    const behov_plausibility_options *options = look->options;
    unit_column unit_column = {
        .look = look, .values = behov_table_numbers(look->table, column), .column = column, .high = NAN, .middle = NAN};
    unit_column.is_share = plausibility_is_share(look, column);
    unit_column.is_per_cent = options->is_per_cent && options->is_per_cent[column];
    unit_column.is_outcome = options->outcome && options->unit != BEHOV_UNIT_UNKNOWN &&
                             behov_table_find(look->table, options->outcome) == (ptrdiff_t)column;
    unit_column.is_index = options->index && behov_table_find(look->table, options->index) == (ptrdiff_t)column;
    unit_column.is_population = look->panel->columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
    unit_column.is_known = unit_column.is_share || unit_column.is_outcome || unit_column.is_population;
    for (size_t i = 0; i < options->n_limits; i++)
        if (options->limits[i].column == column)
            unit_column.high = options->limits[i].high;
    return unit_column;
}

/* Whether some figure is FIRST_SIGN times another; most columns have none, and need no medians. */
static bool is_wide(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double size = fabs(unit_column->values[plausibility_row(groups, i)]);
        if (size > 0 && size < low)
            low = size;
        if (size > high && isfinite(size))
            high = size;
    }
    return high >= PLAUSIBILITY_FIRST_SIGN * low;
}

static behov_status look_at_column(unit_column *unit_column, behov_error *err)
{
    bool may_be_off = is_wide(unit_column), has_other_unit = false;
    bool is_in_per_cent = unit_column->is_share || unit_column->is_per_cent;
    behov_status status = plausibility_look_at_range(unit_column, &has_other_unit, err);
    if (!status && may_be_off)
        status = plausibility_look_within(unit_column, err);
    if (!status && may_be_off && (unit_column->is_outcome || is_in_per_cent))
        status = plausibility_look_between(unit_column, err);
    if (!status && is_in_per_cent && !has_other_unit)
        status = plausibility_look_at_fractions(unit_column->look, unit_column->column, err);
    if (!status && unit_column->is_outcome)
        status = plausibility_look_at_outcome(unit_column, err);
    if (!status && unit_column->is_share)
        status = plausibility_look_at_jumps(unit_column, err);
    if (!status && (unit_column->is_outcome || unit_column->is_population))
        status = plausibility_look_at_amounts(unit_column, err);
    if (!status && unit_column->is_outcome)
        status = plausibility_look_at_drops(unit_column, err);
    if (!status && unit_column->is_outcome)
        status = plausibility_look_at_signs(unit_column, err);
    if (!status && may_be_off)
        status = plausibility_look_far(unit_column, err);
    if (!status && unit_column->is_outcome)
        status = plausibility_look_at_levels(unit_column, err);
    return status;
}

behov_status plausibility_look_at_units(const panel_look *look, size_t column, behov_error *err)
{
    unit_column unit_column = describe(look, column);
    behov_status status = look_at_column(&unit_column, err);
    free(unit_column.medians);
    return status;
}
