/* panel_findings_changes.c - changes from year to year that are large among the changes of their column.
 *
 * A change is d = g(x_t) - g(x_t-1) less the median change of that year, so that a year in which all change is no jump; g is
 * the logarithm of what is always above 0 and spans a factor of five, the root of what is never below 0, else x itself.
 * How much is usual depends on the size of the municipality and is taken from the data: groups of at least 40 changes by
 * population have a spread each, 1.4826 times their median |d|, between which it is interpolated (log s over log
 * population). z = |d| / s. A change is told when z is above 8 and above three times the z that all but a hundredth of the
 * changes and three stay below, so that columns whose changes have heavy tails by themselves (refugees settled in small
 * municipalities) are no alarm; what is wrong does not set the limit unless it is more than that hundredth. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>

#include <behov/word.h>

/* Rates of false alarms are measured in tests/property/test_panel_findings.c. */
static const double FAR = 8, TIMES_TAIL = 3, LEAST_FACTOR = 5, TO_SIGMA = 1.4826;
enum { LEAST_PAIRS = 20, LEAST_IN_GROUP = 40, GROUPS_MAX = 8, LISTED = 10 };

typedef enum scale { SCALE_LINEAR = 0, SCALE_ROOT, SCALE_LOG } scale;

typedef struct change {
    double d, size, z; /* size = log population; z is signed */
    size_t pair;
} change;

static scale scale_find(const whole_panel *panel, const double *values)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < panel->n_rows; i++) {
        double value = values[panel->rows[i]];
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    return low > 0 && high >= LEAST_FACTOR * low ? SCALE_LOG : low >= 0 ? SCALE_ROOT : SCALE_LINEAR;
}

static double scaled(scale scale, double value)
{
    return scale == SCALE_LOG ? log(value) : scale == SCALE_ROOT ? sqrt(value) : value;
}

static double log_population(const whole_panel *panel, const panel_pair *pair)
{
    double population = behov_panel_population(&panel->study->panel, pair->row);
    return population > 0 && isfinite(population) ? log(population) : NAN;
}

static size_t find_changes(const whole_panel *panel, const panel_column *column, change *changes)
{
    scale scale = scale_find(panel, column->values);
    size_t n = 0;
    for (size_t i = 0; i < panel->n_pairs; i++) {
        double d =
            scaled(scale, column->values[panel->pairs[i].row]) - scaled(scale, column->values[panel->pairs[i].old_row]);
        if (isfinite(d))
            changes[n++] = (change){d, log_population(panel, &panel->pairs[i]), 0, i};
    }
    return n;
}

/* Less the median of the year, where it has enough of them. */
static void centre(const whole_panel *panel, change *changes, size_t n)
{
    enum { LEAST = 5 };
    for (size_t t = 1; t < panel->n_years; t++) {
        size_t n_year = 0;
        for (size_t i = 0; i < n; i++)
            if (panel->pairs[changes[i].pair].year == t)
                panel->work[n_year++] = changes[i].d;
        if (n_year < LEAST)
            continue;
        double middle = whole_panel_median(panel->work, n_year);
        for (size_t i = 0; i < n; i++)
            if (panel->pairs[changes[i].pair].year == t)
                changes[i].d -= middle;
    }
}

static int compare_sizes(const void *a, const void *b)
{
    const change *x = a, *y = b;
    double i = isnan(x->size) ? -INFINITY : x->size, k = isnan(y->size) ? -INFINITY : y->size;
    return i < k ? -1 : i > k ? 1 : x->pair < y->pair ? -1 : x->pair > y->pair;
}

/* Of changes that are some; a column that moves in few places has a spread too. */
static double spread_find(const whole_panel *panel, const change *changes, size_t n)
{
    size_t n_some = 0;
    for (size_t i = 0; i < n; i++)
        if (changes[i].d != 0)
            panel->work[n_some++] = fabs(changes[i].d);
    return TO_SIGMA * whole_panel_median(panel->work, n_some);
}

/* The sizes of groups and their spreads, in order of size; changes are sorted by it. */
typedef struct spreads {
    double size[GROUPS_MAX], log_spread[GROUPS_MAX];
    size_t n;
} spreads;

static spreads spreads_find(const whole_panel *panel, change *changes, size_t n)
{
    spreads out = {.n = 0};
    size_t n_groups = n / LEAST_IN_GROUP;
    n_groups = n_groups > GROUPS_MAX ? GROUPS_MAX : n_groups ? n_groups : 1;
    qsort(changes, n, sizeof *changes, compare_sizes);
    if (isnan(changes[n / 2].size)) /* without populations all are of one size */
        n_groups = 1;
    for (size_t g = 0; g < n_groups; g++) {
        size_t begin = g * n / n_groups, end = (g + 1) * n / n_groups;
        double spread = spread_find(panel, &changes[begin], end - begin);
        if (!(spread > 0))
            continue;
        out.size[out.n] = changes[(begin + end) / 2].size;
        out.log_spread[out.n++] = log(spread);
    }
    return out;
}

static double spread_at(const spreads *spreads, double size)
{
    size_t k = 0;
    while (k < spreads->n && !(size < spreads->size[k]))
        k++;
    if (k == 0 || k == spreads->n || isnan(size))
        return exp(spreads->log_spread[k == 0 ? 0 : k == spreads->n ? k - 1 : k]);
    double width = spreads->size[k] - spreads->size[k - 1];
    double share = width > 0 ? (size - spreads->size[k - 1]) / width : 1;
    return exp(spreads->log_spread[k - 1] + share * (spreads->log_spread[k] - spreads->log_spread[k - 1]));
}

static int compare_pairs(const void *a, const void *b)
{
    const change *x = a, *y = b;
    return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static int compare_z(const void *a, const void *b)
{
    const change *x = a, *y = b;
    double i = fabs(x->z), k = fabs(y->z);
    return i > k ? -1 : i < k ? 1 : compare_pairs(a, b);
}

static double limit_find(const whole_panel *panel, const change *changes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        panel->work[i] = fabs(changes[i].z);
    whole_panel_sort(panel->work, n);
    return fmax(FAR, TIMES_TAIL * panel->work[n - 1 - (n / 100 + 3)]);
}

/* Moves those beyond the limit to the front, the largest first; the way back of a figure is no second jump. */
static size_t keep_far(const whole_panel *panel, change *changes, size_t n, double limit)
{
    size_t n_far = 0;
    qsort(changes, n, sizeof *changes, compare_pairs);
    for (size_t i = 0; i < n; i++) {
        const panel_pair *pair = &panel->pairs[changes[i].pair];
        if (!(fabs(changes[i].z) > limit))
            continue;
        const change *last = n_far ? &changes[n_far - 1] : NULL;
        bool is_back = last && panel->pairs[last->pair].row == pair->old_row && last->z * changes[i].z < 0;
        if (!is_back)
            changes[n_far++] = changes[i];
    }
    if (n_far > 1)
        qsort(changes, n_far, sizeof *changes, compare_z);
    return n_far;
}

/* Whether a unit, a limit or a jump has been told of either row. */
static bool is_told(const whole_panel *panel, size_t column, const panel_pair *pair)
{
    size_t n;
    const behov_oddity *findings = behov_plausibility_findings(panel->study->plausibility, &n);
    for (size_t i = 0; i < n; i++) {
        bool is_cell = findings[i].kind == BEHOV_ODD_LIMIT || findings[i].kind == BEHOV_ODD_UNIT ||
                       findings[i].kind == BEHOV_ODD_JUMP || findings[i].kind == BEHOV_ODD_MISSING;
        if (is_cell && findings[i].column == (ptrdiff_t)column &&
            (findings[i].row == (ptrdiff_t)pair->row || findings[i].row == (ptrdiff_t)pair->old_row))
            return true;
    }
    return false;
}

static behov_status tell(const whole_panel *panel, const panel_column *column, const change *changes, size_t n,
                         behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t n_told = 0, n_more = 0;
    for (size_t i = 0; i < n && !status; i++) {
        const panel_pair *pair = &panel->pairs[changes[i].pair];
        behov_oddity finding = behov_oddity_new(BEHOV_ODD_JUMP, BEHOV_WARNING, BEHOV_JUMP_AMONG_CHANGES,
                                                (ptrdiff_t)pair->row, (ptrdiff_t)column->column);
        if (is_told(panel, column->column, pair))
            continue;
        if (n_told == LISTED) {
            n_more++;
            continue;
        }
        finding.other_row = (ptrdiff_t)pair->old_row;
        finding.low = column->values[pair->old_row];
        finding.value = column->values[pair->row];
        finding.high = fabs(changes[i].z) * TO_SIGMA; /* times the median change */
        finding.year = panel->years[pair->year];
        n_told++;
        status = whole_panel_add(panel, finding, err);
    }
    if (n_more && !status) {
        behov_oddity rest =
            behov_oddity_new(BEHOV_ODD_JUMP, BEHOV_WARNING, BEHOV_JUMP_AMONG_CHANGES, -1, (ptrdiff_t)column->column);
        rest.is_rest = true;
        rest.count = n_more;
        status = whole_panel_add(panel, rest, err);
    }
    return status;
}

static behov_status look_at_column(const whole_panel *panel, const panel_column *column, change *changes,
                                   behov_error *err)
{
    size_t n = find_changes(panel, column, changes);
    if (n < LEAST_PAIRS)
        return BEHOV_OK;
    centre(panel, changes, n);
    spreads spreads = spreads_find(panel, changes, n);
    if (spreads.n == 0)
        return BEHOV_OK;
    for (size_t i = 0; i < n; i++)
        changes[i].z = changes[i].d / spread_at(&spreads, changes[i].size);
    double limit = limit_find(panel, changes, n);
    size_t n_far = keep_far(panel, changes, n, limit);
    return tell(panel, column, changes, n_far, err);
}

behov_status whole_panel_look_at_changes(const whole_panel *panel, behov_error *err)
{
    change *changes = calloc(panel->n_pairs + 1, sizeof *changes);
    behov_status status =
        changes ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < panel->n_columns && !status; j++)
        if (!panel->columns[j].is_still)
            status = look_at_column(panel, &panel->columns[j], changes, err);
    free(changes);
    return status;
}
