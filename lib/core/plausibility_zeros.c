/* plausibility_zeros.c - an outcome of 0 where a municipality has some expenditure: a mark for missing.
 *
 * Of the municipalities of 2012-16 Utsira alone, of 209 inhabitants, has had none in a year; from 1000 inhabitants on the
 * least is a fifth of the middle. So 0 is doubted there, and of any municipality whose other years are all above a third of
 * the middle, unless 0 is common or the others lie far from each other: then the outcome is something else. */
#include "plausibility_levels.h"

static const double CLEARLY = 1 / 3.0;
enum { LEAST_OTHERS = 3, LEAST_LEVELS = 3, FEW = 2, PARTS = 10 };

/* Years of zeros are told as errors. */
static bool is_told(const unit_column *unit_column, size_t row)
{
    const behov_plausibility *plausibility = unit_column->look->plausibility;
    for (size_t i = 0; i < plausibility->n; i++)
        if (plausibility->findings[i].kind == BEHOV_ODD_UNIT &&
            plausibility->findings[i].cause == BEHOV_UNIT_YEAR_OF_ZEROS &&
            plausibility->findings[i].year == behov_panel_year(unit_column->look->panel, row))
            return true;
    return false;
}

/* Why the zeros of a municipality are doubted; BEHOV_MISSING_IS_FAR = they are not. */
static behov_missing_cause cause_of_doubt(const outcome_levels *levels, size_t group)
{
    level_range range = levels->ranges[group];
    if (range.n_zero == 0)
        return BEHOV_MISSING_IS_FAR;
    if (plausibility_inhabitants(levels->unit_column, group) >= PLAUSIBILITY_FEW_INHABITANTS)
        return BEHOV_MISSING_IS_ZERO;
    bool is_lone = range.n_zero == 1 && range.n >= LEAST_OTHERS && range.low > CLEARLY * levels->middle;
    return is_lone ? BEHOV_MISSING_IS_LONE_ZERO : BEHOV_MISSING_IS_FAR;
}

static behov_status tell_group(const unit_column *unit_column, size_t group, behov_missing_cause cause,
                               behov_error *err)
{
    const panel_groups *groups = &unit_column->look->groups;
    behov_status status = BEHOV_OK;
    for (size_t i = groups->first[group]; i < groups->first[group + 1] && !status; i++) {
        size_t row = plausibility_row(groups, i);
        if (unit_column->values[row] != 0 || is_told(unit_column, row))
            continue;
        behov_oddity finding = behov_oddity_new(BEHOV_ODD_MISSING, BEHOV_WARNING, (int)cause, (ptrdiff_t)row,
                                                (ptrdiff_t)unit_column->column);
        finding.value = 0;
        finding.low = PLAUSIBILITY_FEW_INHABITANTS;
        status = behov_plausibility_add(unit_column->look->plausibility, finding, err);
    }
    return status;
}

behov_status plausibility_look_at_zeros(const outcome_levels *levels, behov_error *err)
{
    const panel_groups *groups = &levels->unit_column->look->groups;
    size_t n_doubted = 0;
    for (size_t g = 0; g < groups->n_groups; g++)
        n_doubted += cause_of_doubt(levels, g) ? levels->ranges[g].n_zero : 0;
    bool is_rare = n_doubted <= FEW || PARTS * n_doubted <= groups->n_rows;
    if (!is_rare || levels->n < LEAST_LEVELS || !plausibility_levels_are_near(levels, NULL))
        return BEHOV_OK;
    behov_status status = BEHOV_OK;
    for (size_t g = 0; g < groups->n_groups && !status; g++) {
        behov_missing_cause cause = cause_of_doubt(levels, g);
        status = cause ? tell_group(levels->unit_column, g, cause, err) : BEHOV_OK;
    }
    return status;
}
