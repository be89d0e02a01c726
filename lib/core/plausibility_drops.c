/* plausibility_drops.c - years in which many municipalities' outcome is 0, or far below that of their other years. */
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_units.h"

/* Net expenditure may be next to nothing in a small municipality, in one year as in another. Many at once in one year and
 * not in the others is what tells: FIVE times below the municipality's median, in a part of the year's municipalities, and
 * several times as many as in the other years together have on average. Subsets of the bundled panel have two at most, and
 * panels simulated with small municipalities that swing (tests/property/test_plausibility.c) as many in one year as in
 * the other. */
static const double FIVE = 5, PART = 0.05, FEW_PART = 0.8, MANY_TIMES = 5;
enum { YEARS_MAX = 300, LEAST = 10, LEAST_OF_FEW = 5 };

typedef struct drop_year {
    int year;
    size_t n, n_low, n_zero, first_low, first_zero;
    double sum; /* of log10 q of those that are low and not 0 */
} drop_year;

typedef struct drop_years {
    drop_year *years;
    size_t n, next;
} drop_years;

/* Years of a municipality follow each other, so that the next one is looked at first. */
static drop_year *year_at(drop_years *drops, int year)
{
    if (drops->next < drops->n && drops->years[drops->next].year == year)
        return &drops->years[drops->next++];
    size_t t = 0;
    while (t < drops->n && drops->years[t].year != year)
        t++;
    if (t == YEARS_MAX)
        return NULL;
    if (t == drops->n)
        drops->years[drops->n++] = (drop_year){.year = year};
    drops->next = t + 1;
    return &drops->years[t];
}

/* Hardly any municipality has a figure FIVE times its smallest, or 0; without one there is no drop, nor a median. */
static bool may_drop(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    double low = INFINITY, high = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        double size = fabs(unit_column->values[plausibility_row(groups, i)]);
        low = size < low ? size : low;
        high = size > high ? size : high;
    }
    return high > 0 && FIVE * low <= high;
}

static double median_at(const unit_column *unit_column, size_t group)
{
    size_t n;
    double median = plausibility_median_size(unit_column, group, &n);
    /* of an even number the upper one: the lower may be the drop */
    return n && n % 2 == 0 ? plausibility_select(unit_column->look->work, n, n / 2) : median;
}

static void count_row(drop_year *here, size_t row, double size, double median)
{
    here->n++;
    if (!(size > 0)) {
        here->first_zero = here->n_zero == 0 || row < here->first_zero ? row : here->first_zero;
        here->n_zero++;
    } else if (FIVE * size <= median) {
        here->first_low = here->n_low == 0 || row < here->first_low ? row : here->first_low;
        here->n_low++;
        here->sum += log10(size / median);
    }
}

/* A municipality with nothing but 0 says nothing. */
static void count_group(const unit_column *unit_column, drop_years *drops, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    double median = may_drop(unit_column, group) ? median_at(unit_column, group) : 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        size_t row = plausibility_row(groups, i);
        double size = fabs(unit_column->values[row]);
        if (isnan(size) || (median == 0 && size == 0))
            continue;
        drop_year *here = year_at(drops, behov_panel_year(unit_column->look->panel, row));
        if (here)
            count_row(here, row, size, median);
    }
}

/* Whether a count is that of a year that dropped, beside those of the other years. */
static bool is_drop(const drop_years *drops, size_t t, bool of_zeros)
{
    size_t n_low = of_zeros ? drops->years[t].n_zero : drops->years[t].n_low, n_others = 0, n_others_low = 0;
    double n = (double)drops->years[t].n;
    for (size_t i = 0; i < drops->n; i++) {
        n_others += i == t ? 0 : drops->years[i].n;
        n_others_low += i == t ? 0 : of_zeros ? drops->years[i].n_zero : drops->years[i].n_low;
    }
    bool are_many =
        (n_low >= LEAST && (double)n_low >= PART * n) || (n_low >= LEAST_OF_FEW && (double)n_low >= FEW_PART * n);
    return are_many && n_others && (double)n_low / n >= MANY_TIMES * (double)n_others_low / (double)n_others;
}

/* An error of a year stands already. */
static bool is_told(const unit_column *unit_column, int year)
{
    const behov_plausibility *plausibility = unit_column->look->plausibility;
    for (size_t i = 0; i < plausibility->n; i++)
        if (plausibility->findings[i].kind == BEHOV_ODD_UNIT && plausibility->findings[i].year == year)
            return true;
    return false;
}

static int compare_years(const void *a, const void *b)
{
    int x = ((const drop_year *)a)->year, y = ((const drop_year *)b)->year;
    return x < y ? -1 : x > y;
}

static behov_status tell_drop(const unit_column *unit_column, const drop_year *year, bool of_zeros, behov_error *err)
{
    behov_oddity finding =
        plausibility_unit_finding(unit_column, BEHOV_ERROR, of_zeros ? BEHOV_UNIT_YEAR_OF_ZEROS : BEHOV_UNIT_ONE_YEAR);
    finding.row = (ptrdiff_t)(of_zeros ? year->first_zero : year->first_low);
    finding.year = year->year;
    finding.count = of_zeros ? year->n_zero : year->n_low;
    const double NEAR_A_TENTH = 0.1;
    double r = year->n_low ? year->sum / (double)year->n_low : 0;
    finding.value = of_zeros ? 0 : fabs(r + 1) <= NEAR_A_TENTH ? 0.1 : plausibility_factor(r);
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

static bool may_have_drop(const unit_column *unit_column)
{
    size_t n = 0;
    for (size_t g = 0; g < unit_column->look->groups.n_groups && n < LEAST_OF_FEW; g++)
        n += may_drop(unit_column, g);
    return n == LEAST_OF_FEW;
}

behov_status plausibility_look_at_drops(unit_column *unit_column, behov_error *err)
{
    if (!may_have_drop(unit_column))
        return BEHOV_OK;
    drop_years drops = {behov_alloc(YEARS_MAX, sizeof *drops.years), 0, 0};
    if (!drops.years)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++)
        count_group(unit_column, &drops, g);
    qsort(drops.years, drops.n, sizeof *drops.years, compare_years);
    behov_status status = BEHOV_OK;
    for (size_t t = 0; t < drops.n && !status; t++)
        for (int of_zeros = 0; of_zeros < 2 && !status; of_zeros++)
            if (is_drop(&drops, t, of_zeros) && (of_zeros || !is_told(unit_column, drops.years[t].year)))
                status = tell_drop(unit_column, &drops.years[t], of_zeros, err);
    free(drops.years);
    return status;
}
