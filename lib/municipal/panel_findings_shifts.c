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

static void compare(nearness *count, double value, double own, double other)
{
    if (isnan(value) || isnan(own) || isnan(other) || fabs(value - own) == fabs(value - other))
        return;
    count->n++;
    count->n_nearer += fabs(value - other) < fabs(value - own);
}

static bool is_of_others(const nearness *count)
{
    const double SHARE = 0.6, STANDARD_ERRORS = 4;
    double n = (double)count->n, above = 2 * (double)count->n_nearer - n;
    return n > 0 && (double)count->n_nearer >= SHARE * n && above >= STANDARD_ERRORS * sqrt(n);
}

static behov_status tell(const whole_panel *panel, const panel_column *column, behov_copied_cause cause,
                         const nearness *count, int year, behov_error *err)
{
    behov_severity severity = cause == BEHOV_COPIED_SWAPPED ? BEHOV_WARNING : whole_panel_severity(column);
    behov_oddity finding = behov_oddity_new(BEHOV_ODD_COPIED, severity, (int)cause, -1, (ptrdiff_t)column->column);
    finding.count = count->n_nearer;
    finding.low = (double)count->n;
    finding.year = year;
    return whole_panel_add(panel, finding, err);
}

/* ---- a column, in the order of the file ---------------------------------------------------------------------------- */

/* The figures at the ends of municipalities' years. */
typedef struct end_count {
    nearness beside; /* nearer to the row above or below, of another municipality, than to the municipality's own */
    nearness far;    /* and to that rather than to the same municipality's at the near end of its years */
} end_count;

static void compare_end(end_count *count, double value, double own, double beside, double near_end)
{
    compare(&count->beside, value, own, beside);
    compare(&count->far, value, near_end, beside);
}

/* Where one year alone stands wrong its figures are nearer to those of the year beside it. */
static bool is_whole_column(const end_count *count)
{
    return is_of_others(&count->beside) && 2 * count->far.n_nearer >= count->far.n;
}

/* In a file that has the years of a municipality below each other a column that is a row too low has, in a municipality's
 * first year, the last figure of the one above; one that is too high has in its last year the first of the one below. */
static behov_status look_at_column(const whole_panel *panel, const panel_column *column, bool *is_shifted,
                                   behov_error *err)
{
    end_count down = {{0, 0}, {0, 0}}, up = {{0, 0}, {0, 0}};
    const double *values = column->values;
    for (size_t g = 1; g < panel->n_groups; g++) {
        const uint32_t *above = &panel->rows[panel->first[g - 1]], *below = &panel->rows[panel->first[g]];
        size_t n_above = panel->first[g] - panel->first[g - 1], n_below = panel->first[g + 1] - panel->first[g];
        size_t last = above[n_above - 1], first = below[0];
        if (first != last + 1)
            continue;
        if (n_below > 1 && below[1] == first + 1)
            compare_end(&down, values[first], values[first + 1], values[last], n_above > 1 ? values[above[1]] : NAN);
        if (n_above > 1 && above[n_above - 2] + 1 == last)
            compare_end(&up, values[last], values[last - 1], values[first],
                        n_below > 1 ? values[below[n_below - 2]] : NAN);
    }
    *is_shifted = is_whole_column(&down) || is_whole_column(&up);
    if (!*is_shifted)
        return BEHOV_OK;
    bool is_down = is_whole_column(&down);
    return tell(panel, column, is_down ? BEHOV_COPIED_ROWS_DOWN : BEHOV_COPIED_ROWS_UP,
                is_down ? &down.beside : &up.beside, 0, err);
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

/* Which way the figures of the year t stand beside those of the year before: 1 down, -1 up, 0 as they should. */
static int side_of_year(const whole_panel *panel, const panel_column *column, size_t t, size_t *of_year,
                        nearness *count)
{
    nearness down = {0}, up = {0};
    const double *values = column->values;
    size_t n = pairs_of_year(panel, t, of_year);
    for (size_t i = 1; i < n; i++) {
        const panel_pair *above = &panel->pairs[of_year[i - 1]], *below = &panel->pairs[of_year[i]];
        compare(&down, values[below->row], values[below->old_row], values[above->old_row]);
        compare(&up, values[above->row], values[above->old_row], values[below->old_row]);
    }
    *count = is_of_others(&down) ? down : up;
    return is_of_others(&down) ? 1 : is_of_others(&up) ? -1 : 0;
}

/* A year that was pasted a municipality too low has the figures that the one above had the year before; the year after,
 * which has them in their places, looks too high beside it. Where only the first two years disagree it is the first that
 * stands wrong, and not all others. */
static behov_status look_at_years(const whole_panel *panel, const panel_column *column, size_t *of_year,
                                  bool *is_shifted, behov_error *err)
{
    behov_status status = BEHOV_OK;
    nearness count, next_count;
    for (size_t t = 1; t < panel->n_years && !status; t++) {
        int side = side_of_year(panel, column, t, of_year, &count);
        if (!side)
            continue;
        bool is_back = t + 1 < panel->n_years && side_of_year(panel, column, t + 1, of_year, &next_count) == -side;
        bool is_first = t == 1 && panel->n_years > 2 && !is_back;
        bool is_down = is_first ? side < 0 : side > 0;
        *is_shifted = true;
        status = tell(panel, column, is_down ? BEHOV_COPIED_YEAR_DOWN : BEHOV_COPIED_YEAR_UP, &count,
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
    nearness count = {0};
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
    return is_swapped(&count) ? tell(panel, column, BEHOV_COPIED_SWAPPED, &count, panel->years[t], err) : BEHOV_OK;
}

behov_status whole_panel_look_at_shifts(const whole_panel *panel, behov_error *err)
{
    size_t *of_year = calloc(panel->n_pairs + 1, sizeof *of_year);
    behov_status status =
        of_year ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < panel->n_columns && !status; j++) {
        bool is_shifted = false;
        status = look_at_column(panel, &panel->columns[j], &is_shifted, err);
        if (!status && !is_shifted)
            status = look_at_years(panel, &panel->columns[j], of_year, &is_shifted, err);
        for (size_t t = 1; t + 2 < panel->n_years && !status && !is_shifted; t++)
            status = look_at_swap(panel, &panel->columns[j], t, err);
    }
    free(of_year);
    return status;
}
