/* plausibility_signs.c - an outcome with the wrong sign, in all years of one municipality or of many. */
#include "plausibility_units.h"

/* Net expenditure is hardly ever below 0, and then by little and not in all years. A municipality whose figures are all
 * below 0, by as much as the municipalities' usual size less a half, has the sign of an income. An outcome that goes
 * below and above 0 in many municipalities is something else, of which nothing is said. */
static const double LEAST_PART = 0.5;
enum { LEAST_ROWS = 3 };

typedef struct sign_counts {
    size_t n_rows, first_row; /* of municipalities that are all below 0 */
    size_t n_all, n_mixed;    /* municipalities: all below 0; below and above */
} sign_counts;

static void count_group(const unit_column *unit_column, size_t group, sign_counts *counts)
{
    const panel_groups *groups = &unit_column->look->groups;
    size_t n = 0, n_below = 0, n_far_below = 0, first = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        size_t row = plausibility_row(groups, i);
        double value = unit_column->values[row];
        if (!isfinite(value) || plausibility_is_missing_code(value))
            continue;
        first = n == 0 || row < first ? row : first;
        n++;
        n_below += value < 0;
        n_far_below += value <= -LEAST_PART * unit_column->middle;
    }
    bool is_all = n && n_below == n && 2 * n_far_below > n;
    counts->n_mixed += n_below < n && 2 * n_below > n;
    if (!is_all)
        return;
    counts->first_row = counts->n_all == 0 || first < counts->first_row ? first : counts->first_row;
    counts->n_all++;
    counts->n_rows += n;
}

static bool has_negative(const unit_column *unit_column)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t i = 0; i < groups->n_rows; i++)
        if (unit_column->values[plausibility_row(groups, i)] < 0)
            return true;
    return false;
}

behov_status plausibility_look_at_signs(unit_column *unit_column, behov_error *err)
{
    if (!has_negative(unit_column))
        return BEHOV_OK;
    behov_status status = plausibility_take_medians(unit_column, err);
    if (status)
        return status;
    plausibility_middle_size(unit_column);
    sign_counts counts = {0};
    for (size_t g = 0; g < unit_column->look->groups.n_groups; g++)
        count_group(unit_column, g, &counts);
    if (counts.n_rows < LEAST_ROWS || counts.n_all <= counts.n_mixed)
        return BEHOV_OK;
    behov_oddity finding = plausibility_unit_finding(unit_column, BEHOV_ERROR, BEHOV_UNIT_SIGN);
    finding.row = (ptrdiff_t)counts.first_row;
    finding.count = counts.n_rows;
    return behov_plausibility_add(unit_column->look->plausibility, finding, err);
}
