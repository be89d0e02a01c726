/* plausibility_within.c - rows and years that are off within their municipalities. */
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_units.h"

static const double VERY_FAR = 30, FROM_OTHERS = 20, FROM_ALL = 10;
enum { YEARS_MAX = 300, LEAST_OF_YEAR = 3 };

/* ---- a municipality ------------------------------------------------------------------------------------------------ */

typedef struct size_range {
    double low, high;
    size_t n;
} size_range;

static size_range range_of_sizes(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_range range = {INFINITY, 0, 0};
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double size = plausibility_size(unit_column, plausibility_row(groups, i));
        range.low = size < range.low ? size : range.low;
        range.high = size > range.high ? size : range.high;
        range.n += size == size;
    }
    return range;
}

/* One figure alone is its own median: it has no r. */
static bool has_several(size_range range)
{
    return range.n > 1;
}

/* A figure that is FIRST_SIGN times the median is FIRST_SIGN times the smallest too, and that costs no median. */
static bool has_first_sign(size_range range)
{
    return range.high >= PLAUSIBILITY_FIRST_SIGN * range.low;
}

/* ---- what may be off ----------------------------------------------------------------------------------------------- */

/* Rows that are far from their municipality's median, which are off where the column does not swing so much by itself. Most columns have none, or
 * none that could be told, and need neither the medians of all municipalities nor the spread. */
typedef struct suspicion {
    double largest;   /* |r| of the furthest, 0 = there is none */
    double high, low; /* |x| of the largest above its median, and of the smallest below it, within the column's limit */
    double usual_high; /* |x| of the largest that is not so far */
    size_t n_years;
    bool has_many_years; /* more than are counted */
    struct suspicious_year {
        int year;
        size_t n_far[2];  /* below, above */
        size_t n_most, n; /* the most of either; rows of the year, as far as they had to be counted */
    } years[YEARS_MAX];
} suspicion;

static struct suspicious_year *suspicious_year(suspicion *suspicion, int year)
{
    for (size_t t = 0; t < suspicion->n_years; t++)
        if (suspicion->years[t].year == year)
            return &suspicion->years[t];
    return NULL;
}

static void suspect_row(const unit_column *unit_column, suspicion *suspicion, size_t row, double r)
{
    int year = behov_panel_year(unit_column->look->panel, row);
    struct suspicious_year *here = suspicious_year(suspicion, year);
    double size = fabs(unit_column->values[row]);
    if (!here && suspicion->n_years < YEARS_MAX) {
        here = &suspicion->years[suspicion->n_years++];
        here->year = year;
    }
    suspicion->has_many_years = suspicion->has_many_years || !here;
    if (here) {
        size_t n = ++here->n_far[r > 0];
        here->n_most = n > here->n_most ? n : here->n_most;
    }
    suspicion->largest = fmax(suspicion->largest, fabs(r));
    if (unit_column->values[row] > unit_column->high)
        return;
    suspicion->high = r > 0 ? fmax(suspicion->high, size) : suspicion->high;
    suspicion->low = r < 0 ? fmin(suspicion->low, size) : suspicion->low;
}

static void suspect_group(const unit_column *unit_column, suspicion *suspicion, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n;
    double median = plausibility_median_size(unit_column, group, &n);
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        size_t row = plausibility_row(groups, i);
        double size = plausibility_size(unit_column, row), r = plausibility_large_deviation(size / median);
        if (isnan(size))
            continue;
        if (plausibility_is_off(r))
            suspect_row(unit_column, suspicion, row, r);
        if (!plausibility_is_off(r) && size > suspicion->usual_high)
            suspicion->usual_high = size;
    }
}

static void suspect(const unit_column *unit_column, suspicion *suspicion)
{
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++) {
        size_range range = range_of_sizes(unit_column, g);
        if (!has_several(range))
            continue;
        if (has_first_sign(range))
            suspect_group(unit_column, suspicion, g);
        else if (range.high > suspicion->usual_high)
            suspicion->usual_high = range.high;
    }
}

/* Whether more than half the rows of some year may be off. Rows are counted until no year has so few. */
static bool may_have_year(const unit_column *unit_column, suspicion *suspicion)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n_left = 0;
    for (size_t t = 0; t < suspicion->n_years; t++)
        n_left += suspicion->years[t].n_most >= LEAST_OF_YEAR;
    for (size_t g = 0; g < groups->n_groups && n_left; g++) {
        if (!has_several(range_of_sizes(unit_column, g)))
            continue;
        for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
            size_t row = plausibility_row(groups, i);
            struct suspicious_year *year =
                isnan(plausibility_size(unit_column, row))
                    ? NULL
                    : suspicious_year(suspicion, behov_panel_year(unit_column->look->panel, row));
            if (year && ++year->n == 2 * year->n_most && year->n_most >= LEAST_OF_YEAR)
                n_left--;
        }
    }
    return n_left || suspicion->has_many_years;
}

/* Whether some row may be told, by all that does not ask for the spread (is_row_off and is_row_alone). */
static behov_status may_have_row(unit_column *unit_column, const suspicion *suspicion, bool *may, behov_error *err)
{
    *may = false;
    if (unit_column->is_outcome) {
        *may = plausibility_is_large(unit_column, suspicion->high);
    } else if (unit_column->is_share && (suspicion->high > 0 || suspicion->low < INFINITY)) {
        behov_status status = plausibility_take_medians(unit_column, err);
        double middle = plausibility_middle_size(unit_column);
        *may = suspicion->high >= FROM_OTHERS * middle || suspicion->low <= middle / FROM_OTHERS;
        return status;
    } else if (unit_column->is_known) {
        *may = true;
    } else {
        *may = suspicion->high >= FROM_ALL * suspicion->usual_high;
    }
    return BEHOV_OK;
}

/* ---- the spread ---------------------------------------------------------------------------------------------------- */

/* max(q, 1/q) of each row without the medians themselves (1) and without what may be off, which would widen the spread.
 * The figure of which the one logarithm is taken is the same but where two are as near each other as an ulp, and with
 * q < 1 its logarithm may differ by one: no more than a figure that is FAR spreads off to the last digit would show. */
typedef struct times_source {
    const unit_column *unit_column;
    double limit; /* 10^(2 - NEAR) */
    size_t group; /* of the figure that comes next */
} times_source;

static void times_without_off(void *source, size_t first, size_t n, double *figures)
{
    times_source *times = source;
    const panel_groups *groups = &times->unit_column->look->groups;
    size_t group = first == 0 ? 0 : times->group;
    for (size_t i = 0; i < n;) {
        while (first + i >= groups->first[group + 1])
            group++;
        size_t left = groups->first[group + 1] - first, end = left < n ? left : n;
        double median = times->unit_column->medians[group];
        for (; i < end; i++) {
            double size = plausibility_size(times->unit_column, plausibility_row(groups, first + i));
            double value = plausibility_times(size, median);
            figures[i] = ((value > 1) & (value < times->limit)) ? value : NAN;
        }
    }
    times->group = group;
}

static double spread_without_off(const unit_column *unit_column)
{
    const panel_look *look = unit_column->look;
    times_source source = {unit_column, pow(10, 2 - PLAUSIBILITY_NEAR), 0};
    size_t n;
    return plausibility_spread(
        plausibility_median(times_without_off, &source, look->groups.n_rows, PLAUSIBILITY_UPPER, look->work, &n));
}

static bool is_off(double r, double spread)
{
    return plausibility_is_off(r) && fabs(r) >= PLAUSIBILITY_FAR * spread;
}

/* ---- years --------------------------------------------------------------------------------------------------------- */

typedef struct year_count {
    int year;
    size_t n, n_off[2]; /* below, above */
    size_t first[2];
    double sum[2]; /* of r */
} year_count;

/* What is off, by year. */
typedef struct off_counts {
    double spread, usual_high; /* usual_high = the largest figure that is not so far */
    bool has_negatives; /* besides what stands for missing, which is told as that where no other figure is below 0 */
    year_count *years;
    size_t n_years;
} off_counts;

static int compare_counts(const void *a, const void *b)
{
    int x = ((const year_count *)a)->year, y = ((const year_count *)b)->year;
    return x < y ? -1 : x > y;
}

static year_count *count_of_year(const off_counts *counts, int year)
{
    size_t i = 0;
    while (i < counts->n_years && counts->years[i].year != year)
        i++;
    return i < counts->n_years ? &counts->years[i] : NULL;
}

static void count_row(const unit_column *unit_column, off_counts *counts, size_t row, double r)
{
    int year = behov_panel_year(unit_column->look->panel, row);
    year_count *here = count_of_year(counts, year);
    if (!here && counts->n_years == YEARS_MAX)
        return;
    if (!here) {
        here = &counts->years[counts->n_years++];
        *here = (year_count){.year = year};
    }
    here->n++;
    if (!is_off(r, counts->spread))
        return;
    if (here->n_off[r > 0]++ == 0)
        here->first[r > 0] = row;
    here->sum[r > 0] += r;
}

static double quotient_at(const unit_column *unit_column, size_t group, size_t row)
{
    return plausibility_size(unit_column, row) / unit_column->medians[group];
}

static void count_off(const unit_column *unit_column, off_counts *counts)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t g = 0; g < groups->n_groups; g++) {
        if (!has_several(range_of_sizes(unit_column, g)))
            continue;
        for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
            size_t row = plausibility_row(groups, i);
            double q = quotient_at(unit_column, g, row);
            if (!isnan(q))
                count_row(unit_column, counts, row, plausibility_large_deviation(q));
        }
    }
    qsort(counts->years, counts->n_years, sizeof *counts->years, compare_counts);
}

static bool is_year_off(const year_count *year_count, bool above)
{
    return 2 * year_count->n_off[above] > year_count->n && year_count->n_off[above] >= LEAST_OF_YEAR;
}

static behov_status tell_years(const unit_column *unit_column, const off_counts *counts, behov_error *err)
{
    for (size_t t = 0; t < counts->n_years; t++)
        for (int above = 0; above < 2; above++) {
            const year_count *year = &counts->years[t];
            if (!is_year_off(year, above))
                continue;
            behov_oddity finding = plausibility_unit_finding(
                unit_column, unit_column->is_known ? BEHOV_ERROR : BEHOV_WARNING, BEHOV_UNIT_ONE_YEAR);
            finding.row = (ptrdiff_t)year->first[above];
            finding.year = year->year;
            finding.value = plausibility_factor(year->sum[above] / (double)year->n_off[above]);
            finding.count = year->n_off[above];
            behov_status status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
            if (status)
                return status;
        }
    return BEHOV_OK;
}

/* ---- single rows --------------------------------------------------------------------------------------------------- */

/* Net expenditure may be next to nothing in a year, or in all years but one (Utsira), so of an amount only figures count
 * that are far above those of other municipalities too; a share has to be far from them either way, and downwards the
 * column may hardly move by itself. */
static bool is_row_off(const unit_column *unit_column, double value, double middle, double r)
{
    if (unit_column->is_outcome)
        return r > 0 && fabs(value) >= FROM_OTHERS * middle && plausibility_is_large(unit_column, value);
    if (unit_column->is_share)
        return r > 0 ? fabs(value) >= FROM_OTHERS * middle : fabs(value) <= middle / FROM_OTHERS;
    return true;
}

/* What a column measures may not be known, but a figure that is off within its municipality and far above all others of
 * the column is off. Below it may be next to nothing, as expenditure is. */
static bool is_row_alone(double value, double r, double usual_high)
{
    return r > 0 && fabs(value) >= FROM_ALL * usual_high;
}

static behov_status tell_row(unit_column *unit_column, const off_counts *counts, size_t row, double r, behov_error *err)
{
    double value = unit_column->values[row];
    if (!is_off(r, counts->spread) || value > unit_column->high ||
        (value < 0 && !counts->has_negatives && plausibility_is_missing_code(value)))
        return BEHOV_OK;
    const year_count *year = count_of_year(counts, behov_panel_year(unit_column->look->panel, row));
    if ((year && is_year_off(year, r > 0)) ||
        !is_row_off(unit_column, value, plausibility_middle_size(unit_column), r) ||
        (!unit_column->is_known && !is_row_alone(value, r, counts->usual_high)))
        return BEHOV_OK;
    bool is_sure = r > 0 || fabs(r) >= VERY_FAR * counts->spread,
         is_date = r > 0 && plausibility_is_date_serial(value) && !unit_column->is_population;
    if (is_date && unit_column->is_outcome) /* told with its amounts */
        return BEHOV_OK;
    behov_oddity finding = plausibility_unit_finding(unit_column, is_sure ? BEHOV_ERROR : BEHOV_WARNING,
                                                     is_date ? BEHOV_UNIT_IS_DATE : BEHOV_UNIT_ONE_ROW);
    finding.row = (ptrdiff_t)row;
    finding.value = is_date ? value : plausibility_factor(r);
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

static behov_status tell_rows(unit_column *unit_column, const off_counts *counts, behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups && !status; g++) {
        if (!has_first_sign(range_of_sizes(unit_column, g)))
            continue;
        for (size_t i = groups->first[g]; i < groups->first[g + 1] && !status; i++) {
            size_t row = plausibility_row(groups, i);
            status =
                tell_row(unit_column, counts, row, plausibility_large_deviation(quotient_at(unit_column, g, row)), err);
        }
    }
    return status;
}

static bool has_negatives(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t i = 0; i < groups->n_rows; i++) {
        double value = unit_column->values[plausibility_row(groups, i)];
        if (value < 0 && !plausibility_is_missing_code(value))
            return true;
    }
    return false;
}

static behov_status tell_off(unit_column *unit_column, const suspicion *suspicion, behov_error *err)
{
    behov_status status = plausibility_take_medians(unit_column, err);
    if (status)
        return status;
    off_counts counts = {.spread = spread_without_off(unit_column),
                         .usual_high = suspicion->usual_high,
                         .has_negatives = has_negatives(unit_column)};
    if (suspicion->largest < PLAUSIBILITY_FAR * counts.spread)
        return BEHOV_OK;
    counts.years = behov_alloc(YEARS_MAX, sizeof *counts.years);
    if (!counts.years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    count_off(unit_column, &counts);
    status = tell_years(unit_column, &counts, err);
    if (!status)
        status = tell_rows(unit_column, &counts, err);
    free(counts.years);
    return status;
}

behov_status plausibility_look_within(unit_column *unit_column, behov_error *err)
{
    suspicion *suspicion = behov_alloc(1, sizeof *suspicion);
    if (!suspicion)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    suspicion->low = INFINITY;
    suspect(unit_column, suspicion);
    bool may_be_off = false;
    behov_status status = BEHOV_OK;
    if (suspicion->largest > 0) {
        status = may_have_row(unit_column, suspicion, &may_be_off, err);
        may_be_off = may_be_off || may_have_year(unit_column, suspicion);
    }
    if (!status && may_be_off)
        status = tell_off(unit_column, suspicion, err);
    free(suspicion);
    return status;
}
