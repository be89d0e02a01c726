/* plausibility_whole.c - a whole column in another unit: against the figures of a fit, and an outcome that is a total. */
#include "plausibility_units.h"

/* ---- against a fit ------------------------------------------------------------------------------------------------- */

/* The range of the column; NULL where there is none, or where the outcome's unit is known and looked at by itself. */
static const behov_column_range *range_of(const unit_column *unit_column)
{
    const behov_plausibility_options *options = unit_column->look->options;
    for (size_t i = 0; i < options->n_ranges && !unit_column->is_outcome; i++)
        if (options->ranges[i].column == unit_column->column)
            return &options->ranges[i];
    return NULL;
}

/* Coefficients hold in the units of the figures that they were estimated on. The mean of a column hardly moves between
 * years, and that of ten municipalities or more, wherever they lie, is no hundredth of the others'; of fewer, all have
 * to be where the fit had none, and largest municipalities have that. */
behov_status plausibility_look_at_range(const unit_column *unit_column, bool *is_told, behov_error *err)
{
    enum { MANY = 10 };
    const behov_column_range *range = range_of(unit_column);
    if (!range)
        return BEHOV_OK;
    const panel_groups *groups = &unit_column->look->groups;
    double low = INFINITY, high = -INFINITY, sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double value = unit_column->values[plausibility_row(groups, i)];
        if (!isfinite(value))
            continue;
        low = value < low ? value : low;
        high = value > high ? value : high;
        sum += value;
        n++;
    }
    double mean = n ? sum / (double)n : NAN;
    if (!(low >= 0 && range->low >= 0 && mean > 0 && range->mean > 0))
        return BEHOV_OK;
    int power = plausibility_power_near(log10(mean / range->mean));
    bool is_outside = !unit_column->is_population && (high < range->low || low > range->high);
    if (power == 0 || (n < MANY && !is_outside))
        return BEHOV_OK;
    behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_NOT_OF_FIT);
    finding.value = pow(10, power);
    finding.low = mean;
    finding.high = range->mean;
    finding.count = n;
    *is_told = true;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

/* ---- the outcome --------------------------------------------------------------------------------------------------- */

/* Median 2 to 3 thousand kr per inhabitant in all years since 2003; 10 is far above any municipality's, 150 above all
 * that a middling municipality spends on everything, and 20 kr a hundredth of what the cheapest spend. */
static const double TOTAL_1000KR = 10, LARGE_1000KR = 150, SMALL_1000KR = 0.02;

/* Where the lower median of the sizes lies, which counts say without it. */
typedef struct size_counts {
    size_t n;
    bool is_above_total, is_small;
} size_counts;

static size_counts count_sizes(const unit_column *unit_column, double to_1000kr)
{
    const panel_groups *groups = &unit_column->look->groups;
    double total = TOTAL_1000KR * to_1000kr, small = SMALL_1000KR * to_1000kr;
    size_t n = 0, n_to_total = 0, n_small = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double size = plausibility_size(unit_column, plausibility_row(groups, i));
        n += !isnan(size);
        n_to_total += size <= total;
        n_small += size < small;
    }
    size_t place = n ? (n - 1) / 2 : 0;
    return (size_counts){n, n && n_to_total <= place, n && n_small > place};
}

static void sizes_of_rows(void *source, size_t first, size_t n, double *figures)
{
    const unit_column *unit_column = source;
    for (size_t i = 0; i < n; i++)
        figures[i] = plausibility_size(unit_column, plausibility_row(&unit_column->look->groups, first + i));
}

/* The line log size = a + power log population with its correlation. */
typedef struct outcome_line {
    double power, correlation, spread; /* spread = standard deviation of log10 population */
} outcome_line;

static outcome_line measure_line(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t m = 0;
    double x0 = 0, y0 = 0, xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        size_t row = plausibility_row(groups, i);
        double size = plausibility_size(unit_column, row),
               population = behov_panel_population(unit_column->look->panel, row);
        if (isnan(size) || !(population > 0 && isfinite(population)))
            continue;
        double x = log10(population), y = log10(size), dx, dy; /* Welford */
        m++;
        dx = x - x0, dy = y - y0;
        x0 += dx / (double)m, y0 += dy / (double)m;
        xx += dx * (x - x0), yy += dy * (y - y0), xy += dx * (y - y0);
    }
    if (m > 1 && xx > 0 && yy > 0)
        return (outcome_line){xy / xx, xy / sqrt(xx * yy), sqrt(xx / (double)(m - 1))};
    return (outcome_line){NAN, NAN, NAN};
}

/* An amount per inhabitant does not grow with the inhabitants; a total grows as they do. */
static bool is_total(const outcome_line *line)
{
    return line->correlation > 0.9 && line->power > 0.8 && line->power < 1.2 && line->spread > 0.15;
}

behov_status plausibility_look_at_outcome(const unit_column *unit_column, behov_error *err)
{
    enum { MANY = 10 };
    bool in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    double to_1000kr = in_1000kr ? 1 : 1000;
    size_counts counts = count_sizes(unit_column, to_1000kr);
    if (!counts.is_above_total && !counts.is_small) /* nearly all: neither logarithms nor a median */
        return BEHOV_OK;
    size_t n;
    double median = plausibility_median(sizes_of_rows, (void *)(uintptr_t)unit_column, unit_column->look->groups.n_rows,
                                        PLAUSIBILITY_LOWER, unit_column->look->work, &n);
    outcome_line line = {NAN, NAN, NAN};
    if (counts.is_above_total && counts.n >= MANY)
        line = measure_line(unit_column);
    if (!is_total(&line) && !counts.is_small && !(median > LARGE_1000KR * to_1000kr))
        return BEHOV_OK;
    behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN);
    finding.value = median;
    finding.count = counts.n;
    if (is_total(&line)) {
        finding.kind = BEHOV_ODD_TOTAL;
        finding.cause = 0;
        finding.value = line.power;
        finding.low = median;
    }
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}
