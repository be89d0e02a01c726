/* plausibility_jumps.c - shares that jump from one year to the next. */
#include "plausibility_units.h"

/* A change between two years of a municipality that is FAR_CHANGE robust standard deviations of all such changes and
 * two points, and a factor of four (a decimal mark that slipped makes ten) or twenty points. */
static bool is_large_change(double old, double value)
{
    const double LEAST_POINTS = 2, MANY_POINTS = 20, FACTOR = 4;
    double change = fabs(value - old);
    return change > LEAST_POINTS &&
           (change > MANY_POINTS || (value > FACTOR * old && old > 0) || (old > FACTOR * value && value > 0));
}

/* How far a row is from the one of the year before; of the first row of a municipality NaN. */
typedef struct change_source {
    const unit_column *unit_column;
    size_t group; /* of the figure that comes next */
} change_source;

static void changes_of_rows(void *source, size_t first, size_t n, double *figures)
{
    change_source *changes = source;
    const panel_groups *groups = &changes->unit_column->look->groups;
    const double *values = changes->unit_column->values;
    size_t group = first == 0 ? 0 : changes->group;
    for (size_t i = first; i < first + n; i++) {
        while (i >= groups->first[group + 1])
            group++;
        figures[i - first] = i == groups->first[group]
                                 ? NAN
                                 : fabs(values[plausibility_row(groups, i)] - values[plausibility_row(groups, i - 1)]);
    }
    changes->group = group;
}

typedef struct change_range {
    size_t n;
    double largest; /* of those that are large, 0 = none is */
} change_range;

static change_range range_of_changes(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    change_range range = {0, 0};
    for (size_t g = 0; g < groups->n_groups; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1]; i++) {
            double value = unit_column->values[plausibility_row(groups, i)],
                   old = unit_column->values[plausibility_row(groups, i - 1)], change = fabs(value - old);
            range.n += !isnan(change);
            if (change > range.largest && is_large_change(old, value))
                range.largest = change;
        }
    return range;
}

behov_status plausibility_look_at_jumps(const unit_column *unit_column, behov_error *err)
{
    enum { LEAST = 4 };
    const double FAR_CHANGE = 15;
    const panel_groups *groups = &unit_column->look->groups;
    change_range range = range_of_changes(unit_column);
    if (range.n < LEAST || range.largest == 0)
        return BEHOV_OK;
    change_source changes = {unit_column, 0};
    size_t n;
    double median =
        plausibility_median(changes_of_rows, &changes, groups->n_rows, PLAUSIBILITY_UPPER, unit_column->look->work, &n);
    double limit = FAR_CHANGE * 1.4826 * median;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups && range.largest > limit; g++) {
        bool has_jumped = false; /* the way back is no second jump */
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1] && !status; i++) {
            size_t row = plausibility_row(groups, i), previous_index = plausibility_row(groups, i - 1);
            double value = unit_column->values[row], old = unit_column->values[previous_index];
            bool is_far = fabs(value - old) > limit && is_large_change(old, value);
            if (is_far && !has_jumped && !(value > unit_column->high) && !(old > unit_column->high))
                status = behov_plausibility_add(unit_column->look->plausibility,
                                                plausibility_jump_finding(unit_column, row, previous_index), err);
            has_jumped = is_far && !has_jumped;
        }
    }
    return status;
}
