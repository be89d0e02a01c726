/* plausibility_sizes.c - sizes of a column, the medians of its municipalities, and how near they are to powers of 10. */
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_units.h"

behov_oddity plausibility_unit_finding(const unit_column *unit_column, behov_severity severity, behov_unit_cause cause)
{
    return behov_oddity_new(BEHOV_ODD_UNIT, severity, (int)cause, -1, (ptrdiff_t)unit_column->column);
}

behov_oddity plausibility_jump_finding(const unit_column *unit_column, size_t row, size_t other)
{
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_JUMP, BEHOV_WARNING, 0, (ptrdiff_t)row, (ptrdiff_t)unit_column->column);
    finding.other_row = (ptrdiff_t)other;
    finding.low = unit_column->values[other];
    finding.value = unit_column->values[row];
    return finding;
}

double plausibility_median_size(const unit_column *unit_column, size_t group, size_t *n)
{
    const panel_groups *groups = &unit_column->look->groups;
    double *sizes = unit_column->look->work;
    *n = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double size = plausibility_size(unit_column, plausibility_row(groups, i));
        if (!isnan(size))
            sizes[(*n)++] = size;
    }
    return *n ? plausibility_select(sizes, *n, (*n - 1) / 2) : NAN;
}

behov_status plausibility_take_medians(unit_column *unit_column, behov_error *err)
{
    size_t n_groups = unit_column->look->groups.n_groups, n_sizes;
    if (unit_column->medians)
        return BEHOV_OK;
    unit_column->medians = behov_alloc(n_groups, sizeof *unit_column->medians);
    if (!unit_column->medians)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    for (size_t g = 0; g < n_groups; g++) {
        unit_column->medians[g] = plausibility_median_size(unit_column, g, &n_sizes);
        unit_column->n_medians += n_sizes > 0;
    }
    return BEHOV_OK;
}

double plausibility_middle_size(unit_column *unit_column)
{
    double *work = unit_column->look->work;
    size_t n = 0;
    if (isnan(unit_column->middle) && unit_column->n_medians) {
        for (size_t g = 0; g < unit_column->look->groups.n_groups; g++)
            if (!isnan(unit_column->medians[g]))
                work[n++] = unit_column->medians[g];
        unit_column->middle = plausibility_select(work, n, (n - 1) / 2);
    }
    return unit_column->middle;
}

int plausibility_power_near(double r)
{
    double size = fabs(r);
    int power = fabs(size - 2) <= PLAUSIBILITY_NEAR ? 2 : fabs(size - 3) <= PLAUSIBILITY_NEAR ? 3 : 0;
    return r < 0 ? -power : power;
}

double plausibility_factor(double r)
{
    int power = plausibility_power_near(r);
    if (power)
        return pow(10, power);
    double factor = pow(10, r), unit = pow(10, floor(r) - 1);
    return round(factor / unit) * unit;
}

double plausibility_large_deviation(double q)
{
    return q > PLAUSIBILITY_FIRST_SIGN || q < 1 / PLAUSIBILITY_FIRST_SIGN ? log10(q) : 0;
}

double plausibility_spread(double times)
{
    const double LEAST = 0.01;
    return isnan(times) ? LEAST : fmax(1.4826 * log10(times), LEAST);
}

bool plausibility_is_large(const unit_column *unit_column, double value)
{
    const double LARGE_1000KR = 50;
    double in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_KR_PER_INHABITANT ? value / 1000 : value;
    return unit_column->is_outcome && fabs(in_1000kr) >= LARGE_1000KR;
}
