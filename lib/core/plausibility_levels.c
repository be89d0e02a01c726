/* plausibility_levels.c - an outcome that in all years is several times the others', or a fraction of it, in a municipality
 * or in a county.
 *
 * Per inhabitant Norwegian municipalities lie near each other: over its years none has had less than 0.11 (Utsira) or more
 * than 3.3 times the middle of 424 in the rebuilt panel of 2012-16, 0.18 and 3.7 in the bundled one; of single years 4.6 and
 * 6.0 (Fyresdal, which has 3.3 or more in each of five). Counties lie between 0.74 and 1.5. Few years, inhabitants or
 * municipalities have wider limits. Few inhabitants have none below (Utsira had 0 and 0.003 in two years), nor where there is
 * a single figure. Outcomes of other kinds have longer tails: where the bulk is not near its middle, nothing is said. */
#include "plausibility_levels.h"

#include <stdlib.h>

#include "alloc.h"

static const double LOW = 0.05, ALL_LOW = 0.08, HIGH = 6, ALL_HIGH = 4.5;
static const double LOW_OF_FEW = 0.02, ALL_LOW_OF_FEW = 0.05, HIGH_OF_FEW = 10, ALL_HIGH_OF_FEW = 5;
static const double COUNTY_LOW = 0.2, COUNTY_HIGH = 4;
enum { LEAST_GROUPS = 10, MANY_GROUPS = 30, COUNTIES = 100, LEAST_OF_COUNTY = 4, FEW_YEARS = 2 };

static level_range range_of_group(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    level_range range = {INFINITY, 0, NAN, 0, 0};
    size_t first = groups->first[group], end = groups->first[group + 1], place = first + (end - first - 1) / 2;
    for (size_t i = first; i < end; i++) {
        size_t row = plausibility_row(groups, i);
        double size = plausibility_size(unit_column, row);
        range.n_zero += unit_column->values[row] == 0;
        if (isnan(size))
            continue;
        range.low = size < range.low ? size : range.low;
        range.high = size > range.high ? size : range.high;
        range.middle = i <= place || range.n == 0 ? size : range.middle;
        range.n++;
    }
    return range;
}

/* One look over the rows; all else is about municipalities. */
static void measure_levels(outcome_levels *levels)
{
    double *work = levels->unit_column->look->work;
    for (size_t g = 0; g < levels->unit_column->look->groups.n_groups; g++) {
        level_range range = levels->ranges[g] = range_of_group(levels->unit_column, g);
        levels->n_zero += range.n_zero;
        if (range.n)
            work[levels->n++] = range.middle;
    }
    levels->middle = levels->n ? plausibility_select(work, levels->n, (levels->n - 1) / 2) : NAN;
}

bool plausibility_levels_are_near(const outcome_levels *levels, const bool *is_told)
{
    const double TIMES = 3, PART = 0.03;
    size_t n = 0, n_outside = 0;
    for (size_t g = 0; g < levels->unit_column->look->groups.n_groups; g++) {
        double level = levels->ranges[g].middle;
        if (isnan(level) || (is_told && is_told[g]))
            continue;
        n++;
        n_outside += level > TIMES * levels->middle || TIMES * level < levels->middle;
    }
    return n_outside <= 1 || (double)n_outside <= PART * (double)n;
}

double plausibility_inhabitants(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    double population = NAN;
    for (size_t i = groups->first[group]; i < groups->first[group + 1] && !(population > 0); i++)
        population = behov_panel_population(unit_column->look->panel, plausibility_row(groups, i));
    return population > 0 ? population : NAN;
}

/* ---- municipalities ------------------------------------------------------------------------------------------------ */

/* All its figures, and one of them more so. */
static bool is_beyond(level_range range, double middle, bool has_few)
{
    return range.low >= (has_few ? ALL_HIGH_OF_FEW : ALL_HIGH) * middle
               ? range.high >= (has_few ? HIGH_OF_FEW : HIGH) * middle
               : range.high <= (has_few ? ALL_LOW_OF_FEW : ALL_LOW) * middle &&
                     range.low <= (has_few ? LOW_OF_FEW : LOW) * middle;
}

static bool is_apart(const outcome_levels *levels, size_t group)
{
    level_range range = levels->ranges[group];
    if (range.n == 0 || !is_beyond(range, levels->middle, false))
        return false;
    bool is_small = !(plausibility_inhabitants(levels->unit_column, group) >= PLAUSIBILITY_FEW_INHABITANTS);
    if (is_small && (range.n == 1 || range.low < levels->middle))
        return false;
    return is_beyond(range, levels->middle, is_small || range.n <= FEW_YEARS || levels->n < MANY_GROUPS);
}

/* ---- counties ------------------------------------------------------------------------------------------------------ */

/* The county that a code of four digits names. */
static size_t county_at(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    const char *code = behov_panel_code(unit_column->look->panel, plausibility_row(groups, groups->first[group]));
    bool has_two = code[0] >= '0' && code[0] <= '9' && code[1] >= '0' && code[1] <= '9';
    return has_two ? (size_t)(10 * (code[0] - '0') + code[1] - '0') : COUNTIES;
}

/* A county whose municipalities are as a whole far from all others is told with all of them. How many counties are. */
static size_t add_counties(const outcome_levels *levels, bool *is_told)
{
    const unit_column *unit_column = levels->unit_column;
    size_t n_groups = unit_column->look->groups.n_groups;
    double *work = unit_column->look->work;
    size_t n_counties = 0;
    for (size_t county = 0; county < COUNTIES; county++) {
        size_t n = 0;
        for (size_t g = 0; g < n_groups; g++)
            if (levels->ranges[g].n && county_at(unit_column, g) == county)
                work[n++] = levels->ranges[g].middle;
        if (n < LEAST_OF_COUNTY || 3 * n > levels->n)
            continue;
        double q = plausibility_select(work, n, (n - 1) / 2) / levels->middle;
        bool is_far = q >= COUNTY_HIGH || q <= COUNTY_LOW;
        n_counties += is_far;
        for (size_t g = 0; g < n_groups && is_far; g++)
            is_told[g] = is_told[g] || county_at(unit_column, g) == county;
    }
    return n_counties;
}

/* ---- what is told -------------------------------------------------------------------------------------------------- */

/* Whether an error tells of the municipality already, or of the column. */
static bool has_error(const unit_column *unit_column, size_t group)
{
    const panel_groups *groups = &unit_column->look->groups;
    const behov_plausibility *plausibility = unit_column->look->plausibility;
    for (size_t i = 0; i < plausibility->n; i++) {
        const behov_oddity *finding = &plausibility->findings[i];
        bool is_unit = finding->kind == BEHOV_ODD_UNIT;
        if (finding->kind == BEHOV_ODD_TOTAL ||
            (is_unit && (finding->cause == BEHOV_UNIT_WHOLE_COLUMN || finding->cause == BEHOV_UNIT_TWO_LEVELS)))
            return true;
        for (size_t k = groups->first[group]; is_unit && k < groups->first[group + 1]; k++)
            if (finding->row == (ptrdiff_t)plausibility_row(groups, k) && finding->cause != BEHOV_UNIT_ONE_YEAR)
                return true;
    }
    return false;
}

static behov_status tell_group(const outcome_levels *levels, size_t group, behov_error *err)
{
    const unit_column *unit_column = levels->unit_column;
    const panel_groups *groups = &unit_column->look->groups;
    level_range range = levels->ranges[group];
    if (range.n == 0 || has_error(unit_column, group))
        return BEHOV_OK;
    size_t first = groups->first[group];
    while (isnan(plausibility_size(unit_column, plausibility_row(groups, first))))
        first++;
    behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_WARNING,
                                                     range.n > 1 ? BEHOV_UNIT_MUNICIPALITY : BEHOV_UNIT_ONE_ROW);
    finding.row = (ptrdiff_t)plausibility_row(groups, first);
    finding.value = plausibility_factor(log10(range.middle / levels->middle));
    finding.count = range.n;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}

static behov_status tell_groups(const outcome_levels *levels, bool *is_told, behov_error *err)
{
    size_t n_groups = levels->unit_column->look->groups.n_groups, n_told = 0, n_far = 0;
    for (size_t g = 0; g < n_groups; g++) {
        double level = levels->ranges[g].middle;
        n_told += is_told[g] = is_apart(levels, g);
        n_far += level >= COUNTY_HIGH * levels->middle || level <= COUNTY_LOW * levels->middle;
    }
    bool may_have_county = 2 * n_far >= LEAST_OF_COUNTY && levels->n >= MANY_GROUPS;
    if (may_have_county && plausibility_is_norwegian(levels->unit_column->look))
        n_told += add_counties(levels, is_told);
    if (!n_told || !plausibility_levels_are_near(levels, is_told))
        return BEHOV_OK;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < n_groups && !status; g++)
        status = is_told[g] ? tell_group(levels, g, err) : BEHOV_OK;
    return status;
}

behov_status plausibility_look_at_levels(const unit_column *unit_column, behov_error *err)
{
    size_t n_groups = unit_column->look->groups.n_groups;
    outcome_levels levels = {unit_column, behov_alloc(n_groups, sizeof *levels.ranges), 0, 0, NAN};
    bool *is_told = behov_alloc(n_groups, sizeof *is_told);
    behov_status status = levels.ranges && is_told ? BEHOV_OK : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    if (!status)
        measure_levels(&levels);
    if (!status && levels.n >= LEAST_GROUPS)
        status = tell_groups(&levels, is_told, err);
    if (!status && levels.n_zero)
        status = plausibility_look_at_zeros(&levels, err);
    free(levels.ranges);
    free(is_told);
    return status;
}
