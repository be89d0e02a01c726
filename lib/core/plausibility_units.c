/* plausibility_units.c - units off by 100 or 1000, totals where figures per inhabitant belong, shares that jump.
 *
 * Within a municipality: q = |x| / median of the municipality's |x| (the lower median, zeros apart), r = log10 q. A row
 * is off when |r| is within NEAR of 2 or 3 and at least FAR robust standard deviations of all r (1.4826 times their
 * median absolute value), so that a series that swings by itself (settled refugees) is off nowhere. More than half the
 * rows of a year off the same way: the year is. Between municipalities the same of the medians themselves.
 * Logarithms are taken only of columns where some q is beyond FIRST_SIGN, which most panels have nowhere. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* The bundled panel, the rebuilt panel 2012-16 and 200 simulated ones (tests/property/test_plausibility.c) have no
 * figure off by these; figures multiplied by 100 or 1000 are. */
static const double NEAR = 0.35, FAR = 8, VERY_FAR = 30, FIRST_SIGN = 40, LEAST_SPREAD = 0.01;

/* ---- a column ------------------------------------------------------------------------------------------------------
 * */

typedef struct unit_column {
    const panel_look *look;
    const double *values;
    size_t column;
    bool is_known; /* what it measures is known: the outcome, a share, the population */
    bool is_share, is_outcome, is_population, is_per_cent;
    double high; /* its upper limit, NaN = none */
} unit_column;

static behov_oddity unit_finding(const unit_column *unit_column, behov_severity severity, behov_unit_cause cause)
{
    return behov_oddity_new(BEHOV_ODD_UNIT, severity, (int)cause, -1, (ptrdiff_t)unit_column->column);
}

/* A figure that has a size: not missing, not 0, finite. */
static double size_at(const unit_column *unit_column, size_t row)
{
    double size = fabs(unit_column->values[row]);
    if (unit_column->is_population && unit_column->values[row] < 0)
        return NAN; /* an error of its own, which says nothing of the others */
    return size > 0 && isfinite(size) ? size : NAN;
}

/* The lower median of a municipality's sizes; NaN when it has none. `n` is how many it has. */
static double median_size(const unit_column *unit_column, size_t group, size_t *n)
{
    const panel_groups *groups = &unit_column->look->groups;
    double *sizes = unit_column->look->work;
    *n = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double size = size_at(unit_column, plausibility_row(groups, i));
        if (!isnan(size))
            sizes[(*n)++] = size;
    }
    return *n ? plausibility_select(sizes, *n, (*n - 1) / 2) : NAN;
}

/* 2 or 3, -2 or -3 when r is near, else 0. */
static int power_near(double r)
{
    double size = fabs(r);
    int power = fabs(size - 2) <= NEAR ? 2 : fabs(size - 3) <= NEAR ? 3 : 0;
    return r < 0 ? -power : power;
}

/* ---- within municipalities -----------------------------------------------------------------------------------------
 * */

/* The medians of the municipalities, of which r is computed whenever it is asked for: most columns would take more room
 * for their r than for all else here. */
typedef struct deviations {
    const unit_column *unit_column;
    double *medians; /* NaN of a municipality with one figure or none: it has no r */
    size_t group;    /* of the figure that was last asked for */
} deviations;

/* A figure that is FIRST_SIGN times the median is FIRST_SIGN times the smallest too, and that costs no median. */
static bool has_first_sign(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t g = 0; g < groups->n_groups; g++) {
        double low = INFINITY, high = 0;
        for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
            double size = fabs(unit_column->values[plausibility_row(groups, i)]);
            if (size > 0 && size < low)
                low = size;
            if (size > high && isfinite(size))
                high = size;
        }
        if (high >= FIRST_SIGN * low)
            return true;
    }
    return false;
}

/* The same for a whole column. */
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
    return high >= FIRST_SIGN * low;
}

static void find_deviations(const unit_column *unit_column, deviations *out)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t g = 0; g < groups->n_groups; g++) {
        size_t n;
        double median = median_size(unit_column, g, &n);
        out->medians[g] = n > 1 ? median : NAN;
    }
}

/* q of the i-th row; NaN where it has none. */
static double quotient(deviations *all, size_t i)
{
    const panel_groups *groups = &all->unit_column->look->groups;
    all->group = i < groups->first[all->group] ? 0 : all->group;
    while (i >= groups->first[all->group + 1])
        all->group++;
    return size_at(all->unit_column, plausibility_row(groups, i)) / all->medians[all->group];
}

/* r of a quotient that may be off, of which there are few, else 0: log10 FIRST_SIGN is below 2 - NEAR. */
static double large_deviation(double q)
{
    return q > FIRST_SIGN || q < 1 / FIRST_SIGN ? log10(q) : 0;
}

typedef struct year_count {
    int year;
    size_t n, n_off[7]; /* by power + 3 */
    size_t first[7];
} year_count;

static int compare_counts(const void *a, const void *b)
{
    int x = ((const year_count *)a)->year, y = ((const year_count *)b)->year;
    return x < y ? -1 : x > y;
}

static int off_power(double r, double spread)
{
    return fabs(r) >= FAR * spread ? power_near(r) : 0;
}

static year_count *count_of_year(year_count *years, size_t n, int year)
{
    size_t low = 0;
    while (low < n && years[low].year != year)
        low++;
    return low < n ? &years[low] : NULL;
}

enum { YEARS_MAX = 300 };

static size_t count_years(const unit_column *unit_column, deviations *all, double spread, year_count *years)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double q = quotient(all, i);
        if (isnan(q))
            continue;
        int year = behov_panel_year(unit_column->look->panel, plausibility_row(groups, i));
        year_count *here = count_of_year(years, n, year);
        if (!here && n == YEARS_MAX)
            continue;
        if (!here) {
            here = &years[n++];
            *here = (year_count){.year = year};
        }
        here->n++;
        int power = off_power(large_deviation(q), spread);
        if (power && here->n_off[power + 3]++ == 0)
            here->first[power + 3] = plausibility_row(groups, i);
    }
    qsort(years, n, sizeof *years, compare_counts);
    return n;
}

static bool is_year_off(const year_count *year_count, int power)
{
    return power && 2 * year_count->n_off[power + 3] > year_count->n && year_count->n_off[power + 3] >= 3;
}

static behov_status tell_years(const unit_column *unit_column, const year_count *years, size_t n, behov_error *err)
{
    for (size_t t = 0; t < n; t++)
        for (int power = -3; power <= 3; power++) {
            if (!is_year_off(&years[t], power))
                continue;
            behov_oddity finding =
                unit_finding(unit_column, unit_column->is_known ? BEHOV_ERROR : BEHOV_WARNING, BEHOV_UNIT_ONE_YEAR);
            finding.row = (ptrdiff_t)years[t].first[power + 3];
            finding.year = years[t].year;
            finding.value = pow(10, power);
            finding.count = years[t].n_off[power + 3];
            behov_status status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
            if (status)
                return status;
        }
    return BEHOV_OK;
}

/* The median of the municipalities' medians. */
static behov_status middle_size(const unit_column *unit_column, double *middle, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    double *medians = behov_alloc(groups->n_groups, sizeof *medians);
    if (!medians)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    size_t n = 0, n_sizes;
    for (size_t g = 0; g < groups->n_groups; g++) {
        double median = median_size(unit_column, g, &n_sizes);
        if (!isnan(median))
            medians[n++] = median;
    }
    *middle = n ? plausibility_select(medians, n, (n - 1) / 2) : NAN;
    free(medians);
    return BEHOV_OK;
}

/* Single rows. Net expenditure may be next to nothing in a year, or in all years but one (Utsira), so of an amount only
 * figures count that are far above those of other municipalities too; a share has to be far from them either way, and
 * downwards the column may hardly move by itself. */
static bool is_row_off(const unit_column *unit_column, double value, double middle, double r, double spread,
                       bool *is_sure)
{
    const double FROM_OTHERS = 20, LARGE_1000KR = 50;
    double in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_KR_PER_INHABITANT ? value / 1000 : value;
    *is_sure = r > 0 || fabs(r) >= VERY_FAR * spread;
    if (unit_column
            ->is_outcome) /* 50 000 kr per inhabitant: twenty times the usual, ten times the most that was ever spent */
        return r > 0 && fabs(value) >= FROM_OTHERS * middle && fabs(in_1000kr) >= LARGE_1000KR;
    if (unit_column->is_share)
        return r > 0 ? fabs(value) >= FROM_OTHERS * middle : fabs(value) <= middle / FROM_OTHERS;
    return true;
}

/* What a column measures may not be known, but a figure that is off within its municipality and far above all others of
 * the column is off. Below it may be next to nothing, as expenditure is. */
static bool is_row_alone(double value, double r, double usual_high)
{
    const double FROM_ALL = 10;
    return r > 0 && fabs(value) >= FROM_ALL * usual_high;
}

static behov_status tell_rows(const unit_column *unit_column, deviations *all, double spread, const year_count *years,
                              size_t n_years, behov_error *err)
{
    double middle = NAN;
    behov_status found_status = middle_size(unit_column, &middle, err);
    if (found_status)
        return found_status;
    const panel_groups *groups = &unit_column->look->groups;
    double usual_high = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double q = quotient(all, i), size = fabs(unit_column->values[plausibility_row(groups, i)]);
        bool is_usual = !isnan(q) && !(fabs(large_deviation(q)) >= 2 - NEAR);
        usual_high = is_usual && size > usual_high ? size : usual_high;
    }
    for (size_t i = 0; i < groups->n_rows; i++) {
        double r = large_deviation(quotient(all, i));
        size_t row = plausibility_row(groups, i);
        int power = off_power(r, spread);
        const year_count *year =
            power ? count_of_year((year_count *)years, n_years, behov_panel_year(unit_column->look->panel, row)) : NULL;
        double value = unit_column->values[row];
        if (!power || (year && is_year_off(year, power)) || value > unit_column->high)
            continue;
        bool is_sure;
        if (!is_row_off(unit_column, value, middle, r, spread, &is_sure) ||
            (!unit_column->is_known && !is_row_alone(value, r, usual_high)))
            continue;
        behov_oddity finding = unit_finding(unit_column, is_sure ? BEHOV_ERROR : BEHOV_WARNING, BEHOV_UNIT_ONE_ROW);
        finding.row = (ptrdiff_t)row;
        finding.value = pow(10, power);
        behov_status status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
        if (status)
            return status;
    }
    return BEHOV_OK;
}

/* 1.4826 times the median of |r|, without the medians themselves (0 off) and without what may be off, which would widen
 * it. */
static double size_without_off(void *source, size_t i)
{
    double r = fabs(log10(quotient(source, i)));
    return r < 2 - NEAR && r != 0 ? r : NAN;
}

static double spread_without_off(deviations *all, double *work)
{
    size_t n;
    double median =
        plausibility_median(size_without_off, all, all->unit_column->look->groups.n_rows, PLAUSIBILITY_UPPER, work, &n);
    return n ? fmax(1.4826 * median, LEAST_SPREAD) : LEAST_SPREAD;
}

static behov_status look_within(const unit_column *unit_column, behov_error *err)
{
    if (!has_first_sign(unit_column))
        return BEHOV_OK;
    deviations all = {unit_column, behov_alloc(unit_column->look->groups.n_groups, sizeof *all.medians), 0};
    year_count *years = behov_alloc(YEARS_MAX, sizeof *years);
    behov_status status = all.medians && years ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    if (!status) {
        find_deviations(unit_column, &all);
        double spread = spread_without_off(&all, unit_column->look->work);
        size_t n_years = count_years(unit_column, &all, spread, years);
        status = tell_years(unit_column, years, n_years, err);
        if (!status)
            status = tell_rows(unit_column, &all, spread, years, n_years, err);
    }
    free(all.medians);
    free(years);
    return status;
}

/* ---- between municipalities ----------------------------------------------------------------------------------------
 * */

static behov_status tell_municipality(const unit_column *unit_column, size_t group, double factor, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = groups->first[group + 1] - groups->first[group], row = plausibility_row(groups, groups->first[group]);
    behov_oddity finding = unit_finding(unit_column, unit_column->is_known ? BEHOV_ERROR : BEHOV_WARNING,
                                        n > 1 ? BEHOV_UNIT_MUNICIPALITY : BEHOV_UNIT_ONE_ROW);
    finding.row = (ptrdiff_t)row;
    finding.value = factor;
    finding.count = n;
    return unit_column->values[row] > unit_column->high
               ? BEHOV_OK
               : behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

/* 50 000 kr per inhabitant: twenty times the usual, ten times the most that was ever spent. */
static bool is_large_outcome(const unit_column *unit_column, double value)
{
    const double LARGE_1000KR = 50;
    double in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_KR_PER_INHABITANT ? value / 1000 : value;
    return unit_column->is_outcome && fabs(in_1000kr) >= LARGE_1000KR;
}

static double two_digits(double value)
{
    double unit = pow(10, floor(log10(value)) - 1);
    return round(value / unit) * unit;
}

static int compare_sizes(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Municipalities in two heaps, a tenth of them and three at least in each, with nothing for a factor of ten between and
 * their medians 100 or 1000 times apart: two units in a column. The smaller heap is reported, of equal ones the upper.
 * */
static behov_status look_at_two_levels(const unit_column *unit_column, const double *medians, size_t n, bool *has_two,
                                       behov_error *err)
{
    const double LEAST_GAP = 10;
    const panel_groups *groups = &unit_column->look->groups;
    double *sizes = unit_column->look->work;
    size_t filled = 0, least = n / 10 > 3 ? n / 10 : 3, split = 0;
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
    int power = power_near(log10(upper / lower));
    bool is_amount = unit_column->is_outcome &&
                     (is_large_outcome(unit_column, upper) || is_large_outcome(unit_column, upper * 1000));
    if (!power || !(is_amount || unit_column->is_share) || upper > unit_column->high)
        return BEHOV_OK;
    bool is_upper = n - split <= split;
    behov_oddity finding = unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_TWO_LEVELS);
    finding.value = pow(10, is_upper ? power : -power);
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

/* The range of those that are not off. */
typedef struct usual_medians {
    double low, high;
} usual_medians;

static usual_medians range_of_medians(const double *medians, size_t n_groups, double middle)
{
    usual_medians usual = {INFINITY, 0};
    for (size_t g = 0; g < n_groups; g++) {
        bool is_usual = !isnan(medians[g]) && fabs(log10(medians[g] / middle)) < 2 - NEAR;
        usual.low = is_usual && medians[g] < usual.low ? medians[g] : usual.low;
        usual.high = is_usual && medians[g] > usual.high ? medians[g] : usual.high;
    }
    return usual;
}

/* A share that is far from all others of its column, beyond the nearest by a factor and beyond their spread, where these
 * are near each other. What differs much between municipalities by itself (settled refugees) is so nowhere. */
static bool is_share_alone(double median, double r, double spread, usual_medians usual)
{
    const double BEYOND = 3;
    return fabs(r) >= FAR * spread && (r < 0 ? BEYOND * median <= usual.low : median >= BEYOND * usual.high);
}

/* A municipality that is off in all its years. Downwards only of shares, for a net expenditure may be next to nothing. */
static behov_status look_between(const unit_column *unit_column, behov_error *err)
{
    enum { LEAST = 10, LEAST_OF_AMOUNTS = 4 };
    const panel_groups *groups = &unit_column->look->groups;
    double *medians = behov_alloc(groups->n_groups, sizeof *medians), *work = unit_column->look->work;
    if (!medians)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    size_t n = 0, n_sizes;
    for (size_t g = 0; g < groups->n_groups; g++) {
        medians[g] = median_size(unit_column, g, &n_sizes);
        n += !isnan(medians[g]);
    }
    behov_status status = BEHOV_OK;
    double middle = NAN, spread = NAN;
    bool has_two_levels = false;
    if (n >= LEAST)
        status = look_at_two_levels(unit_column, medians, n, &has_two_levels, err);
    if (n >= (unit_column->is_outcome ? LEAST_OF_AMOUNTS : LEAST) && !has_two_levels && !status) {
        size_t index = 0;
        for (size_t g = 0; g < groups->n_groups; g++)
            if (!isnan(medians[g]))
                work[index++] = medians[g];
        middle = plausibility_select(work, n, (n - 1) / 2);
        bool has_sign = false;
        for (size_t g = 0; g < groups->n_groups; g++)
            has_sign = has_sign || medians[g] / middle >= FIRST_SIGN || medians[g] / middle <= 1 / FIRST_SIGN;
        index = 0;
        for (size_t g = 0; g < groups->n_groups && has_sign; g++)
            if (!isnan(medians[g]))
                work[index++] = fabs(log10(medians[g] / middle));
        spread = has_sign ? fmax(1.4826 * plausibility_select(work, n, n / 2), LEAST_SPREAD) : NAN;
    }
    usual_medians usual =
        isnan(spread) ? (usual_medians){NAN, NAN} : range_of_medians(medians, groups->n_groups, middle);
    bool is_in_per_cent = unit_column->is_share || unit_column->is_per_cent;
    for (size_t g = 0; g < groups->n_groups && !isnan(spread) && !status; g++) {
        double r = log10(medians[g] / middle);
        bool is_far = (unit_column->is_known && r >= FAR * spread) ||
                      (is_in_per_cent && is_share_alone(medians[g], r, spread, usual));
        int power = is_far && n >= LEAST ? power_near(r) : 0;
        bool is_total = r >= 2 - NEAR &&
                        is_large_outcome(unit_column, medians[g]); /* totals of a municipality are no power of 10 */
        if (power || is_total)
            status = tell_municipality(unit_column, g, power ? pow(10, power) : two_digits(pow(10, r)), err);
    }
    free(medians);
    return status;
}

/* ---- the whole column ----------------------------------------------------------------------------------------------
 * */

/* Coefficients hold in the units of the figures that they were estimated on. The mean of a column hardly moves between
 * years, and that of ten municipalities or more, wherever they lie, is no hundredth of the others'; of fewer, all have
 * to be where the fit had none, and largest municipalities have that. */
static behov_status look_at_range(const unit_column *unit_column, const behov_column_range *range, bool *is_told,
                                  behov_error *err)
{
    enum { MANY = 10 };
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
    int power = power_near(log10(mean / range->mean));
    bool is_outside = !unit_column->is_population && (high < range->low || low > range->high);
    if (power == 0 || (n < MANY && !is_outside))
        return BEHOV_OK;
    behov_oddity finding = unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_NOT_OF_FIT);
    finding.value = pow(10, power);
    finding.low = mean;
    finding.high = range->mean;
    finding.count = n;
    *is_told = true;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

/* The range of the column; NULL where there is none, or where the outcome's unit is known and looked at by itself. */
static const behov_column_range *range_of(const unit_column *unit_column)
{
    const behov_plausibility_options *options = unit_column->look->options;
    for (size_t i = 0; i < options->n_ranges && !unit_column->is_outcome; i++)
        if (options->ranges[i].column == unit_column->column)
            return &options->ranges[i];
    return NULL;
}

/* Median size of the outcome, and the line log size = a + power log population with its correlation. */
typedef struct outcome_sizes {
    double median, power, correlation, spread; /* spread = standard deviation of log10 population */
    size_t n;
} outcome_sizes;

static double size_of_row(void *source, size_t i)
{
    const unit_column *unit_column = source;
    return size_at(unit_column, plausibility_row(&unit_column->look->groups, i));
}

static outcome_sizes measure_outcome(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = 0, m = 0;
    double x0 = 0, y0 = 0, xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < groups->n_rows; i++) {
        size_t row = plausibility_row(groups, i);
        double size = size_at(unit_column, row), population = behov_panel_population(unit_column->look->panel, row);
        if (isnan(size))
            continue;
        n++;
        if (!(population > 0 && isfinite(population)))
            continue;
        double x = log10(population), y = log10(size), dx, dy; /* Welford */
        m++;
        dx = x - x0, dy = y - y0;
        x0 += dx / (double)m, y0 += dy / (double)m;
        xx += dx * (x - x0), yy += dy * (y - y0), xy += dx * (y - y0);
    }
    outcome_sizes out = {NAN, NAN, NAN, NAN, n};
    out.median = plausibility_median(size_of_row, (void *)(uintptr_t)unit_column, groups->n_rows, PLAUSIBILITY_LOWER,
                                     unit_column->look->work, &n);
    if (m > 1 && xx > 0 && yy > 0) {
        out.power = xy / xx;
        out.correlation = xy / sqrt(xx * yy);
        out.spread = sqrt(xx / (double)(m - 1));
    }
    return out;
}

/* An amount per inhabitant does not grow with the inhabitants; a total grows as they do. Median 2 to 3 thousand kr per
 * inhabitant in all years since 2003; 10 is far above any municipality's, 150 above all that a middling municipality
 * spends on everything, and 20 kr a hundredth of what the cheapest spend. */
static behov_status look_at_outcome(const unit_column *unit_column, behov_error *err)
{
    const double TOTAL_1000KR = 10, LARGE_1000KR = 150, SMALL_1000KR = 0.02;
    bool in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_1000KR_PER_INHABITANT;
    double to_1000kr = in_1000kr ? 1 : 1000;
    outcome_sizes sizes = measure_outcome(unit_column);
    bool is_total = sizes.n >= 10 && sizes.correlation > 0.9 && sizes.power > 0.8 && sizes.power < 1.2 &&
                    sizes.spread > 0.15 && sizes.median > TOTAL_1000KR * to_1000kr;
    if (is_total) {
        behov_oddity finding = unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN);
        finding.kind = BEHOV_ODD_TOTAL;
        finding.cause = 0;
        finding.value = sizes.power;
        finding.low = sizes.median;
        finding.count = sizes.n;
        return behov_plausibility_add(unit_column->look->plausibility, finding, err);
    }
    bool is_off = sizes.median > LARGE_1000KR * to_1000kr || sizes.median < SMALL_1000KR * to_1000kr;
    if (!is_off)
        return BEHOV_OK;
    behov_oddity finding = unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_WHOLE_COLUMN);
    finding.value = sizes.median;
    finding.count = sizes.n;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

/* ---- jumps ---------------------------------------------------------------------------------------------------------
 * */

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
    size_t group; /* of the figure that was last asked for */
} change_source;

static double change_of_row(void *source, size_t i)
{
    change_source *changes = source;
    const panel_groups *groups = &changes->unit_column->look->groups;
    const double *values = changes->unit_column->values;
    changes->group = i < groups->first[changes->group] ? 0 : changes->group;
    while (i >= groups->first[changes->group + 1])
        changes->group++;
    return i == groups->first[changes->group]
               ? NAN
               : fabs(values[plausibility_row(groups, i)] - values[plausibility_row(groups, i - 1)]);
}

static behov_status look_at_jumps(const unit_column *unit_column, behov_error *err)
{
    const double FAR_CHANGE = 15;
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = 0;
    bool has_large = false;
    for (size_t g = 0; g < groups->n_groups; g++)
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1]; i++) {
            double value = unit_column->values[plausibility_row(groups, i)],
                   old = unit_column->values[plausibility_row(groups, i - 1)];
            n += !isnan(value - old);
            has_large = has_large || is_large_change(old, value);
        }
    if (n < 4 || !has_large)
        return BEHOV_OK;
    change_source changes = {unit_column, 0};
    double median =
        plausibility_median(change_of_row, &changes, groups->n_rows, PLAUSIBILITY_UPPER, unit_column->look->work, &n);
    double limit = FAR_CHANGE * 1.4826 * median;
    for (size_t g = 0; g < groups->n_groups; g++) {
        bool has_jumped = false; /* the way back is no second jump */
        for (size_t i = groups->first[g] + 1; i < groups->first[g + 1]; i++) {
            size_t row = plausibility_row(groups, i), previous_index = plausibility_row(groups, i - 1);
            double value = unit_column->values[row], old = unit_column->values[previous_index],
                   change = fabs(value - old);
            bool is_far = change > limit && is_large_change(old, value);
            if (is_far && !has_jumped && !(value > unit_column->high) && !(old > unit_column->high)) {
                behov_oddity finding = unit_finding(unit_column, BEHOV_WARNING, BEHOV_UNIT_WHOLE_COLUMN);
                finding.kind = BEHOV_ODD_JUMP;
                finding.cause = 0;
                finding.row = (ptrdiff_t)row;
                finding.other_row = (ptrdiff_t)previous_index;
                finding.low = old;
                finding.value = value;
                behov_status status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
                if (status)
                    return status;
            }
            has_jumped = is_far && !has_jumped;
        }
    }
    return BEHOV_OK;
}

/* ---- amounts and populations that jump
 * ------------------------------------------------------------------------------- */

/* A decimal mark that slipped makes ten. The bundled panel has a population of 1.05 and an outcome of 6 times the
 * median of its municipality, the latter 3.6 times what is usual; mergers that keep a code hardly reach five. */
static const double MUCH = 5, ABOVE_MIDDLE = 5;

/* Days of 2000 to 2050 as spreadsheets count them. */
static bool is_date_serial(double value)
{
    return value >= 36526 && value <= 54789 && value == floor(value);
}

/* Whether the largest of a municipality is MUCH times the smallest, which hardly any is. */
static bool may_have_jumped(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    double low = INFINITY, high = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double size = size_at(unit_column, plausibility_row(groups, i));
        low = size < low ? size : low;
        high = size > high ? size : high;
    }
    return high >= MUCH * low;
}

static bool is_amount_off(const unit_column *unit_column, double value, double median, double middle)
{
    const double LARGE_1000KR = 50;
    double in_1000kr = unit_column->look->options->unit == BEHOV_UNIT_KR_PER_INHABITANT ? value / 1000 : value;
    bool is_unit_error =
        power_near(log10(fabs(value) / median)) != 0 && (!unit_column->is_outcome || in_1000kr >= LARGE_1000KR);
    if (is_unit_error || !(fabs(value) > 0))
        return false;
    if (unit_column->is_outcome) /* net expenditure may be next to nothing in a year or in most of them */
        return value >= MUCH * median && value >= ABOVE_MIDDLE * middle;
    return value >= MUCH * median || value <= median / MUCH;
}

static behov_status tell_jump(const unit_column *unit_column, size_t group, size_t i, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t row = plausibility_row(groups, i),
           other = plausibility_row(groups, i > groups->first[group] ? i - 1 : i + 1);
    behov_oddity finding = unit_finding(unit_column, BEHOV_WARNING, BEHOV_UNIT_WHOLE_COLUMN);
    finding.kind = BEHOV_ODD_JUMP;
    finding.cause = 0;
    finding.row = (ptrdiff_t)row;
    finding.other_row = (ptrdiff_t)other;
    finding.low = unit_column->values[other];
    finding.value = unit_column->values[row];
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
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

/* The outcome and the population against the same municipality's other years. */
static behov_status look_at_amounts(const unit_column *unit_column, behov_error *err)
{
    const double FROM_OTHERS = 10;
    const panel_groups *groups = &unit_column->look->groups;
    double middle = NAN;
    behov_status status = middle_size(unit_column, &middle, err);
    for (size_t g = 0; g < groups->n_groups && !status; g++) {
        size_t n = 0;
        double median = may_have_jumped(unit_column, g) || unit_column->is_outcome ? median_size(unit_column, g, &n)
                                                                                   : NAN; /* of sizes: no sign */
        for (size_t i = groups->first[g]; i < groups->first[g + 1] && n && !status; i++) {
            double value = unit_column->values[plausibility_row(groups, i)];
            if (value > unit_column->high || (unit_column->is_population && value <= 0))
                continue;
            if (unit_column->is_outcome && is_date_serial(value) && value >= FROM_OTHERS * middle) {
                behov_oddity finding = unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_IS_DATE);
                finding.row = (ptrdiff_t)plausibility_row(groups, i);
                finding.value = value;
                status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
            } else if (n > 1 && (is_amount_off(unit_column, value, median, middle) ||
                                 has_lone_sign(unit_column, g, i, median))) {
                status = tell_jump(unit_column, g, i, err);
            }
        }
    }
    return status;
}

/* ---- all columns ---------------------------------------------------------------------------------------------------
 * */

static unit_column describe(const panel_look *look, size_t column)
{
    const behov_plausibility_options *options = look->options;
    unit_column unit_column = {
        .look = look, .values = behov_table_numbers(look->table, column), .column = column, .high = NAN};
    unit_column.is_share = plausibility_is_share(look, column);
    unit_column.is_per_cent = options->is_per_cent && options->is_per_cent[column];
    unit_column.is_outcome = options->outcome && options->unit != BEHOV_UNIT_UNKNOWN &&
                             behov_table_find(look->table, options->outcome) == (ptrdiff_t)column;
    unit_column.is_population = look->panel->columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
    unit_column.is_known = unit_column.is_share || unit_column.is_outcome || unit_column.is_population;
    for (size_t i = 0; i < options->n_limits; i++)
        if (options->limits[i].column == column)
            unit_column.high = options->limits[i].high;
    return unit_column;
}

static behov_status look_at_column(const unit_column *unit_column, behov_error *err)
{
    const behov_column_range *range = range_of(unit_column);
    bool may_be_off = is_wide(unit_column), has_other_unit = false; /* most columns are not wide, and need no medians */
    behov_status status = range ? look_at_range(unit_column, range, &has_other_unit, err) : BEHOV_OK;
    if (!status && may_be_off)
        status = look_within(unit_column, err);
    if (!status && may_be_off && (unit_column->is_outcome || unit_column->is_share || unit_column->is_per_cent))
        status = look_between(unit_column, err);
    if (!status && (unit_column->is_share || unit_column->is_per_cent) && !has_other_unit)
        status = plausibility_look_at_fractions(unit_column->look, unit_column->column, err);
    if (!status && unit_column->is_outcome)
        status = look_at_outcome(unit_column, err);
    if (!status && unit_column->is_share)
        status = look_at_jumps(unit_column, err);
    if (!status && (unit_column->is_outcome || unit_column->is_population))
        status = look_at_amounts(unit_column, err);
    return status;
}

behov_status plausibility_look_at_units(const panel_look *look, size_t column, behov_error *err)
{
    unit_column unit_column = describe(look, column);
    return look_at_column(&unit_column, err);
}
