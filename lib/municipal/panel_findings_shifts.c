/* panel_findings_shifts.c - figures that stand a row too low or too high, and years that have changed places.
 *
 * A municipality's figures are nearer to its own of the year beside than to another municipality's. Of figures without
 * any order half would be nearer to the other; so six in ten, at four standard errors from a half, are told. In the
 * bundled panel and the published figures at hand no column has more than 28 in 100, and a shifted one at least 72. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>

#include <behov/word.h>

typedef struct nearness {
    size_t n, n_nearer; /* comparisons; those where the other is nearer */
} nearness;

/* 1 where the other is nearer, -1 where its own is, 0 where that cannot be told. */
static int compare(double value, double own, double other)
{
    double from_own = fabs(value - own), from_other = fabs(value - other);
    return isnan(from_own) || isnan(from_other) || from_own == from_other ? 0 : from_other < from_own ? 1 : -1;
}

static bool is_of_others(const nearness *count)
{
    const double SHARE = 0.6, STANDARD_ERRORS = 4;
    double n = (double)count->n, above = 2 * (double)count->n_nearer - n;
    return n > 0 && (double)count->n_nearer >= SHARE * n && above >= STANDARD_ERRORS * sqrt(n);
}

/* Comparisons in the order of the file, of a column or of a year of it. */
typedef struct comparison {
    uint32_t row;
    signed char beside; /* whether the figure beside, of another municipality, is nearer than the municipality's own */
    signed char far;    /* and than the same municipality's at the near end of its years */
} comparison;

typedef struct comparisons {
    comparison *all;
    size_t n;
} comparisons;

static void count_part(const comparisons *list, size_t first, size_t end, nearness *beside, nearness *far)
{
    *beside = *far = (nearness){0, 0};
    for (size_t i = first; i < end; i++) {
        beside->n += list->all[i].beside != 0;
        beside->n_nearer += list->all[i].beside > 0;
        far->n += list->all[i].far != 0;
        far->n_nearer += list->all[i].far > 0;
    }
}

/* What is shifted: all of a list, or the part of it from `first` on; the comparisons that say so. */
typedef struct shift {
    bool is_found, is_part;
    uint32_t row; /* the first of the part */
    nearness beside;
} shift;

/* Below an inserted cell the figures stand a row too low down to the next lost one, or to the end: the part with most
 * comparisons for the others above those for the own (Kadane's sum; Bentley 1984). As it is the best of many parts it takes
 * more than a whole list: in 550 columns of simulated panels none that is in order has a part beyond 2.9 standard errors. */
static shift find_part(const comparisons *list)
{
    const double SHARE = 0.6, STANDARD_ERRORS = 4.5;
    ptrdiff_t sum = 0, best = 0;
    size_t start = 0, first = 0, end = 0;
    nearness beside, far;
    for (size_t i = 0; i < list->n; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += list->all[i].beside;
        if (sum > best) {
            best = sum;
            first = start;
            end = i + 1;
        }
    }
    count_part(list, first, end, &beside, &far);
    double n = (double)beside.n, n_nearer = (double)beside.n_nearer;
    bool is_found =
        n > 0 && n_nearer >= SHARE * n && 2 * n_nearer - n >= STANDARD_ERRORS * sqrt(n) && 2 * far.n_nearer >= far.n;
    return (shift){is_found, true, is_found ? list->all[first].row : 0, beside};
}

/* Where one year alone stands wrong its figures are nearer to those of the year beside it. */
static shift find_shift(const comparisons *list)
{
    nearness beside, far;
    count_part(list, 0, list->n, &beside, &far);
    if (is_of_others(&beside) && 2 * far.n_nearer >= far.n)
        return (shift){true, false, 0, beside};
    return find_part(list);
}

static behov_status tell(const whole_panel *panel, const panel_column *column, behov_copied_cause cause,
                         const shift *shift, int year, behov_error *err)
{
    behov_severity severity = cause == BEHOV_COPIED_SWAPPED ? BEHOV_WARNING : whole_panel_severity(column);
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_COPIED, severity, (int)cause,
                                            shift->is_part ? (ptrdiff_t)shift->row : -1, (ptrdiff_t)column->column);
    finding.count = shift->beside.n_nearer;
    finding.low = (double)shift->beside.n;
    finding.year = year;
    return whole_panel_add(panel, finding, err);
}

/* ---- a column, in the order of the file ---------------------------------------------------------------------------- */

static void add_end(comparisons *list, const double *values, size_t row, size_t own, size_t beside, double near_end)
{
    list->all[list->n++] = (comparison){(uint32_t)row, (signed char)compare(values[row], values[own], values[beside]),
                                        (signed char)compare(values[row], near_end, values[beside])};
}

/* In a file that has the years of a municipality below each other a column that is a row too low has, in a municipality's
 * first year, the last figure of the one above; one that is too high has in its last year the first of the one below. */
static behov_status look_at_column(const whole_panel *panel, const panel_column *column, comparison *room,
                                   bool *is_shifted, behov_error *err)
{
    comparisons down = {room, 0}, up = {room + panel->n_groups + 1, 0};
    const double *values = column->values;
    for (size_t g = 1; g < panel->n_groups; g++) {
        const uint32_t *above = &panel->rows[panel->first[g - 1]], *below = &panel->rows[panel->first[g]];
        size_t n_above = panel->first[g] - panel->first[g - 1], n_below = panel->first[g + 1] - panel->first[g];
        size_t last = above[n_above - 1], first = below[0];
        if (first != last + 1)
            continue;
        if (n_below > 1 && below[1] == first + 1)
            add_end(&down, values, first, first + 1, last, n_above > 1 ? values[above[1]] : NAN);
        if (n_above > 1 && above[n_above - 2] + 1 == last)
            add_end(&up, values, last, last - 1, first, n_below > 1 ? values[below[n_below - 2]] : NAN);
    }
    shift low = find_shift(&down), high = find_shift(&up);
    *is_shifted = low.is_found || high.is_found;
    if (!*is_shifted)
        return BEHOV_OK;
    bool is_down = low.is_found && (!high.is_found || !low.is_part || high.is_part);
    const shift *found = is_down ? &low : &high;
    behov_copied_cause cause = found->is_part ? is_down ? BEHOV_COPIED_PART_DOWN : BEHOV_COPIED_PART_UP
                               : is_down      ? BEHOV_COPIED_ROWS_DOWN
                                              : BEHOV_COPIED_ROWS_UP;
    return tell(panel, column, cause, found, 0, err);
}

/* ---- one year of it ------------------------------------------------------------------------------------------------ */

/* The pairs of a year, in the order of municipalities; how many. */
static size_t pairs_of_year(const whole_panel *panel, size_t t, size_t *of_year)
{
    size_t n = 0;
    for (size_t i = 0; i < panel->n_pairs; i++)
        if (panel->pairs[i].year == t)
            of_year[n++] = i;
    return n;
}

/* What the looks at a column write into: comparisons twice, positions of pairs. */
typedef struct shift_work {
    comparison *room;
    size_t *of_year;
} shift_work;

/* Which way the figures of the year t stand beside those of the year before: 1 down, -1 up, 0 as they should. */
static int side_of_year(const whole_panel *panel, const panel_column *column, size_t t, const shift_work *work,
                        shift *found)
{
    comparisons down = {work->room, 0}, up = {work->room + panel->n_pairs + 1, 0};
    const double *values = column->values;
    size_t n = pairs_of_year(panel, t, work->of_year);
    for (size_t i = 1; i < n; i++) {
        const panel_pair *above = &panel->pairs[work->of_year[i - 1]], *below = &panel->pairs[work->of_year[i]];
        down.all[down.n++] = (comparison){
            below->row, (signed char)compare(values[below->row], values[below->old_row], values[above->old_row]), 0};
        up.all[up.n++] = (comparison){
            above->row, (signed char)compare(values[above->row], values[above->old_row], values[below->old_row]), 0};
    }
    shift low = find_shift(&down), high = find_shift(&up);
    bool is_down = low.is_found && (!high.is_found || !low.is_part || high.is_part);
    *found = is_down ? low : high;
    return is_down ? 1 : high.is_found ? -1 : 0;
}

/* A year that was pasted a municipality too low has the figures that the one above had the year before; the year after,
 * which has them in their places, looks too high beside it. Where only the first two years disagree it is the first that
 * stands wrong, and not all others. */
static behov_status look_at_years(const whole_panel *panel, const panel_column *column, const shift_work *work,
                                  bool *is_shifted, behov_error *err)
{
    behov_status status = BEHOV_OK;
    shift found, next;
    for (size_t t = 1; t < panel->n_years && !status; t++) {
        int side = side_of_year(panel, column, t, work, &found);
        if (!side)
            continue;
        bool is_back = t + 1 < panel->n_years && side_of_year(panel, column, t + 1, work, &next) == -side;
        bool is_first = t == 1 && panel->n_years > 2 && !is_back;
        bool is_down = is_first ? side < 0 : side > 0;
        *is_shifted = true;
        status = tell(panel, column, is_down ? BEHOV_COPIED_YEAR_DOWN : BEHOV_COPIED_YEAR_UP, &found,
                      panel->years[is_first ? 0 : t], err);
        t += is_back;
    }
    return status;
}

/* ---- two years in each other's place ------------------------------------------------------------------------------- */

/* Of figures without any order a quarter is nearer on both sides when two years change places. */
static bool is_swapped(const nearness *count)
{
    const double SHARE = 0.5, BY_CHANCE = 0.25, STANDARD_ERRORS = 6;
    double n = (double)count->n;
    return n > 0 && (double)count->n_nearer >= SHARE * n &&
           (double)count->n_nearer - BY_CHANCE * n >= STANDARD_ERRORS * sqrt(n * BY_CHANCE * (1 - BY_CHANCE));
}

/* The years t and t + 1, of municipalities that have the year before and the year after them too. */
static behov_status look_at_swap(const whole_panel *panel, const panel_column *column, size_t t, behov_error *err)
{
    nearness count = {0, 0};
    for (size_t g = 0; g < panel->n_groups; g++)
        for (size_t i = panel->first[g]; i + 3 < panel->first[g + 1]; i++) {
            const uint32_t *rows = &panel->rows[i];
            if (panel->year_at[rows[0]] + 1 != t || panel->year_at[rows[1]] != t || panel->year_at[rows[2]] != t + 1 ||
                panel->year_at[rows[3]] != t + 2)
                continue;
            double before = column->values[rows[0]], first = column->values[rows[1]], second = column->values[rows[2]],
                   after = column->values[rows[3]];
            if (isnan(before) || isnan(first) || isnan(second) || isnan(after) || first == second)
                continue;
            count.n++;
            count.n_nearer +=
                fabs(before - second) < fabs(before - first) && fabs(after - first) < fabs(after - second);
        }
    const shift swap = {.beside = count};
    return is_swapped(&count) ? tell(panel, column, BEHOV_COPIED_SWAPPED, &swap, panel->years[t], err) : BEHOV_OK;
}

behov_status whole_panel_look_at_shifts(const whole_panel *panel, behov_error *err)
{
    size_t most = (panel->n_pairs > panel->n_groups ? panel->n_pairs : panel->n_groups) + 1;
    shift_work work = {calloc(2 * most, sizeof *work.room), calloc(most, sizeof *work.of_year)};
    behov_status status = work.room && work.of_year
                              ? BEHOV_OK
                              : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < panel->n_columns && !status; j++) {
        bool is_shifted = false;
        status = look_at_column(panel, &panel->columns[j], work.room, &is_shifted, err);
        if (!status && !is_shifted)
            status = look_at_years(panel, &panel->columns[j], &work, &is_shifted, err);
        for (size_t t = 1; t + 2 < panel->n_years && !status && !is_shifted; t++)
            status = look_at_swap(panel, &panel->columns[j], t, err);
    }
    free(work.room);
    free(work.of_year);
    return status;
}
