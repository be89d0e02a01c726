/* plausibility_far.c - figures far from the bulk of their column, however many they are.
 *
 * The sizes |x| of all rows are counted in heaps of equal leading bits (eight to a power of 2). From the median outwards the
 * first empty stretch is taken whose far side is, as a whole, no part of the column: the stretch is a factor of GAP, and
 * the median of what lies beyond is at least FAR_DECADES powers of 10 and FAR_SPREADS robust standard deviations (quartiles
 * of the logarithms) from that of what lies before. Both are of the bulk alone, so neither the number nor the size of what
 * is wrong hides it, as long as it is less than half.
 *
 * Counts and amounts in kr are as uneven as municipalities are large: of a column that is not known to be a share or an
 * amount per inhabitant, a figure counts as far only where it is so for its municipality's inhabitants too.
 *
 * The index of accumulated disadvantage, known by its name, is a product of shares in whatever scale: of the municipalities of
 * 2012-16 the largest is six times the median, the least a sixth, so that INDEX_TIMES either way are far without a gap.
 *
 * Limits: subsets of the bundled panel and of the rebuilt one of 2012-16 (years, counties, random municipalities, sizes)
 * have nothing so far from the rest. */
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_heaps.h"
#include "plausibility_units.h"

static const double SURE_GAP = 10, BEYOND = 10, INDEX_TIMES = 30;
enum {
    HEAPS = PLAUSIBILITY_HEAPS,
    LEAST_SIZES = 10,
    LEAST_OF_INDEX = 100,
    LEAST_GROUPS = 10,
    SINGLE_MOST = 10,
    LOW_GROUPS = 4
};

/* What stands for missing, or is above the column's limit, is told as that. */
static bool is_counted(const unit_column *unit_column, double value)
{
    return !(value > unit_column->high) && !plausibility_is_missing_code(value);
}

static double size_at(const unit_column *unit_column, size_t row)
{
    double size = plausibility_size(unit_column, row);
    return !isnan(size) && is_counted(unit_column, unit_column->values[row]) ? size : NAN;
}

static void count_heaps(const unit_column *unit_column, size_heaps *heaps)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t i = 0; i < groups->n_rows; i++) {
        size_t row = plausibility_row(groups, i);
        double size = plausibility_size(unit_column, row);
        if (isnan(size))
            continue;
        heaps->has_negative = heaps->has_negative || unit_column->values[row] < 0;
        heaps->counts[plausibility_heap_at(size)]++;
        heaps->n++;
    }
}

/* What stands for missing is taken out again: that is looked up for the few that may be told. */
static void take_out_uncounted(const unit_column *unit_column, size_heaps *heaps)
{
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t i = 0; i < groups->n_rows; i++) {
        size_t row = plausibility_row(groups, i);
        double size = plausibility_size(unit_column, row);
        if (isnan(size) || is_counted(unit_column, unit_column->values[row]))
            continue;
        heaps->counts[plausibility_heap_at(size)]--;
        heaps->n--;
    }
}

/* ---- what is told -------------------------------------------------------------------------------------------------- */

/* Findings of this column that stand already, and what more there is. */
typedef struct far_rows {
    unit_column *unit_column;
    const far_part *part;
    double population;  /* the median; NaN = the column's figures are not per inhabitant or there is none */
    size_t n_before;    /* findings that stood before */
    size_t n, n_groups; /* rows that are told now */
    size_t n_uneven;    /* rows as far as their inhabitants are many */
    size_t first_row;
    behov_severity severity;
} far_rows;

static bool is_far(const far_rows *rows, size_t row)
{
    double size = size_at(rows->unit_column, row);
    return rows->part->is_above ? size >= rows->part->border : size <= rows->part->border;
}

/* As far for the inhabitants as for the column. */
static bool is_far_for_population(const far_rows *rows, size_t row)
{
    double population = behov_panel_population(rows->unit_column->look->panel, row) / rows->population;
    if (isnan(rows->population) || !(population > 0 && isfinite(population)))
        return true;
    double size = size_at(rows->unit_column, row) / pow(10, rows->part->bulk);
    return rows->part->is_above ? size >= BEYOND * fmax(population, 1) : BEYOND * size <= fmin(population, 1);
}

/* Whether an error tells of the row already. */
static bool is_told(const far_rows *rows, size_t group, size_t row)
{
    const unit_column *unit_column = rows->unit_column;
    const behov_plausibility *plausibility = unit_column->look->plausibility;
    const panel_groups *groups = &unit_column->look->groups;
    for (size_t i = 0; i < rows->n_before; i++) {
        const behov_oddity *finding = &plausibility->findings[i];
        if (finding->severity != BEHOV_ERROR)
            continue;
        if (finding->kind != BEHOV_ODD_UNIT || finding->is_rest)
            return true;
        switch ((behov_unit_cause)finding->cause) {
        case BEHOV_UNIT_ONE_YEAR:
            if (finding->year == behov_panel_year(unit_column->look->panel, row))
                return true;
            break;
        case BEHOV_UNIT_MUNICIPALITY:
            for (size_t k = groups->first[group]; k < groups->first[group + 1]; k++)
                if (finding->row == (ptrdiff_t)plausibility_row(groups, k))
                    return true;
            break;
        case BEHOV_UNIT_ONE_ROW:
        case BEHOV_UNIT_IS_DATE:
            if (finding->row == (ptrdiff_t)row)
                return true;
            break;
        default: return true;
        }
    }
    return false;
}

/* How many rows of a municipality are to be told, and whether all its figures are. */
static size_t count_group(far_rows *rows, size_t group, bool *are_all)
{
    const panel_groups *groups = &rows->unit_column->look->groups;
    size_t n = 0, n_sizes = 0;
    for (size_t i = groups->first[group]; i < groups->first[group + 1]; i++) {
        size_t row = plausibility_row(groups, i);
        n_sizes += !isnan(plausibility_size(rows->unit_column, row));
        if (!is_far(rows, row) || is_told(rows, group, row))
            continue;
        if (!is_far_for_population(rows, row)) {
            rows->n_uneven++;
            continue;
        }
        rows->first_row = rows->n + n == 0 || row < rows->first_row ? row : rows->first_row;
        n++;
    }
    *are_all = n == n_sizes;
    return n;
}

static void count_far(far_rows *rows)
{
    for (size_t g = 0; g < rows->unit_column->look->groups.n_groups; g++) {
        bool are_all;
        size_t n = count_group(rows, g, &are_all);
        rows->n += n;
        rows->n_groups += n > 0;
    }
}

static behov_status add_far(const far_rows *rows, behov_unit_cause cause, size_t row, size_t count, double r,
                            behov_error *err)
{
    behov_oddity finding = plausibility_unit_finding(rows->unit_column, rows->severity, cause);
    finding.row = (ptrdiff_t)row;
    finding.value = plausibility_factor(r);
    finding.count = count;
    return behov_plausibility_add(rows->unit_column->look->plausibility, finding, err);
}

static behov_status tell_date(const far_rows *rows, size_t row, behov_error *err)
{
    behov_oddity finding = plausibility_unit_finding(rows->unit_column, BEHOV_ERROR, BEHOV_UNIT_IS_DATE);
    finding.row = (ptrdiff_t)row;
    finding.value = rows->unit_column->values[row];
    return behov_plausibility_add(rows->unit_column->look->plausibility, finding, err);
}

static behov_status tell_group(far_rows *rows, size_t group, behov_error *err)
{
    const panel_groups *groups = &rows->unit_column->look->groups;
    bool are_all;
    size_t n = count_group(rows, group, &are_all);
    if (n == 0)
        return BEHOV_OK;
    behov_status status = BEHOV_OK;
    bool are_told_together = are_all && n > 1;
    for (size_t i = groups->first[group]; i < groups->first[group + 1] && !status; i++) {
        size_t row = plausibility_row(groups, i);
        if (!is_far(rows, row) || is_told(rows, group, row) || !is_far_for_population(rows, row))
            continue;
        double r = log10(plausibility_size(rows->unit_column, row)) - rows->part->bulk;
        if (rows->part->is_above && plausibility_is_date_serial(rows->unit_column->values[row]))
            status = tell_date(rows, row, err);
        else if (are_told_together)
            return add_far(rows, BEHOV_UNIT_MUNICIPALITY, row, n, r, err);
        else
            status = add_far(rows, BEHOV_UNIT_ONE_ROW, row, 1, r, err);
    }
    return status;
}

/* Dates each by itself, what else there is together. */
static behov_status tell_many(far_rows *rows, behov_error *err)
{
    const panel_groups *groups = &rows->unit_column->look->groups;
    behov_status status = BEHOV_OK;
    size_t n_others = 0, first = 0;
    for (size_t g = 0; g < groups->n_groups && !status; g++)
        for (size_t i = groups->first[g]; i < groups->first[g + 1] && !status; i++) {
            size_t row = plausibility_row(groups, i);
            if (!is_far(rows, row) || is_told(rows, g, row) || !is_far_for_population(rows, row))
                continue;
            if (rows->part->is_above && plausibility_is_date_serial(rows->unit_column->values[row])) {
                status = tell_date(rows, row, err);
                continue;
            }
            first = n_others == 0 || row < first ? row : first;
            n_others++;
        }
    if (status || n_others == 0)
        return status;
    behov_oddity finding = plausibility_unit_finding(rows->unit_column, rows->severity, BEHOV_UNIT_TWO_LEVELS);
    double bulk = pow(10, rows->part->bulk), far = pow(10, rows->part->far);
    finding.row = (ptrdiff_t)first;
    finding.value = plausibility_factor(rows->part->far - rows->part->bulk);
    finding.low = fmin(bulk, far);
    finding.high = fmax(bulk, far);
    finding.count = n_others;
    return behov_plausibility_add(rows->unit_column->look->plausibility, finding, err);
}

static void populations(void *source, size_t first, size_t n, double *figures)
{
    const panel_look *look = source;
    for (size_t i = 0; i < n; i++) {
        double population = behov_panel_population(look->panel, plausibility_row(&look->groups, first + i));
        figures[i] = population > 0 && isfinite(population) ? population : NAN;
    }
}

static double middle_population(const unit_column *unit_column)
{
    const panel_look *look = unit_column->look;
    size_t n;
    return plausibility_median(populations, (void *)(uintptr_t)look, look->groups.n_rows, PLAUSIBILITY_LOWER,
                               look->work, &n);
}

/* What does not grow with the inhabitants. */
static bool is_per_inhabitant(const unit_column *unit_column)
{
    return unit_column->is_known || unit_column->is_per_cent || unit_column->is_index;
}

static behov_status tell_part(unit_column *unit_column, const far_part *part, behov_error *err)
{
    far_rows rows = {.unit_column = unit_column, .part = part, .n_before = unit_column->look->plausibility->n};
    rows.population = is_per_inhabitant(unit_column) ? NAN : middle_population(unit_column);
    bool is_sure = part->is_above ? part->gap >= SURE_GAP || unit_column->is_outcome || unit_column->is_index
                                  : unit_column->is_share || unit_column->is_index;
    rows.severity = is_sure ? BEHOV_ERROR : BEHOV_WARNING;
    count_far(&rows);
    if (rows.n == 0 || rows.n_uneven > rows.n ||
        (!part->is_above && !unit_column->is_index && rows.n_groups < LOW_GROUPS))
        return BEHOV_OK;
    rows.n_uneven = 0;
    behov_status status = BEHOV_OK;
    if (rows.n > SINGLE_MOST)
        return tell_many(&rows, err);
    for (size_t g = 0; g < unit_column->look->groups.n_groups && !status; g++)
        status = tell_group(&rows, g, err);
    return status;
}

static far_part find_part(const unit_column *unit_column, const size_heaps *heaps, bool is_above)
{
    bool has_population =
        is_per_inhabitant(unit_column) || unit_column->look->panel->columns[BEHOV_ROLE_POPULATION] >= 0;
    far_part part = plausibility_part_beyond_gap(heaps, is_above, has_population);
    return unit_column->is_index && part.n == 0 && heaps->n >= LEAST_OF_INDEX
               ? plausibility_part_beyond_times(heaps, is_above, INDEX_TIMES)
               : part;
}

static behov_status look_at_heaps(unit_column *unit_column, size_heaps *heaps, behov_error *err)
{
    count_heaps(unit_column, heaps);
    if (heaps->n < LEAST_SIZES)
        return BEHOV_OK;
    far_part above = find_part(unit_column, heaps, true), below = find_part(unit_column, heaps, false);
    if (above.n || below.n) {
        take_out_uncounted(unit_column, heaps);
        if (heaps->n < LEAST_SIZES)
            return BEHOV_OK;
        above = find_part(unit_column, heaps, true);
        below = find_part(unit_column, heaps, false);
    }
    behov_status status = above.n ? tell_part(unit_column, &above, err) : BEHOV_OK;
    /* net expenditure may be next to nothing, and what has both signs lies about 0 */
    if (!status && below.n && !unit_column->is_outcome && !heaps->has_negative)
        status = tell_part(unit_column, &below, err);
    return status;
}

behov_status plausibility_look_far(unit_column *unit_column, behov_error *err)
{
    if (unit_column->look->groups.n_groups < LEAST_GROUPS || unit_column->is_population)
        return BEHOV_OK;
    size_heaps heaps = {behov_alloc(HEAPS + 1, sizeof *heaps.counts), 0, false};
    behov_status status = heaps.counts ? look_at_heaps(unit_column, &heaps, err)
                                       : behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_UNITS);
    free(heaps.counts);
    return status;
}
