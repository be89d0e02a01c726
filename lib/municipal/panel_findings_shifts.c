/* panel_findings_shifts.c - figures that stand a row too low or too high, and years that have changed places.
 *
 * A municipality's figures are nearer to its own of the year beside than to another municipality's. Of figures without any
 * order half would be nearer to the other; so six in ten, at four standard errors from a half, are told. Where the whole
 * country changed between years nobody's figure is near to its own, so its place among all of the year has to say the
 * same, and more often than beside a municipality from elsewhere in the file. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>

#include <behov/word.h>

typedef struct nearness {
    size_t n, n_nearer; /* comparisons; those where the other is nearer */
} nearness;

/* 1 where the other is nearer, -1 where its own is, 0 where that cannot be told. */
static signed char compare(double value, double own, double other)
{
    double from_own = fabs(value - own), from_other = fabs(value - other);
    return isnan(from_own) || isnan(from_other) || from_own == from_other ? 0 : from_other < from_own ? 1 : -1;
}

/* What is compared: the figure itself, its place among the municipalities of the year. */
typedef enum yardstick { BY_FIGURE, BY_PLACE, N_YARDSTICKS } yardstick;

/* Comparisons in the order of the file, of a column or of a year of it. */
typedef struct comparison {
    uint32_t row;
    signed char beside[N_YARDSTICKS]; /* whether the one beside, another municipality's, is nearer than its own */
    signed char far;                  /* and than the same municipality's at the near end of its years */
    signed char away;                 /* whether the place of one half the file away is nearer than its own */
} comparison;

typedef struct comparisons {
    comparison *all;
    size_t n;
} comparisons;

static void count_one(nearness *count, signed char answer)
{
    count->n += answer != 0;
    count->n_nearer += answer > 0;
}

/* More than half by so many standard errors. */
static bool is_beyond_chance(const nearness *count, double standard_errors)
{
    const double SHARE = 0.6;
    double n = (double)count->n, n_nearer = (double)count->n_nearer;
    return n > 0 && n_nearer >= SHARE * n && 2 * n_nearer - n >= standard_errors * sqrt(n);
}

/* Of a part of a list: what is nearer to the one beside. */
static bool is_of_others(const comparisons *list, yardstick by, size_t first, size_t end, double standard_errors,
                         nearness *beside)
{
    const double OF_PLACES = 2.5, MORE = 0.1;
    nearness counts[N_YARDSTICKS] = {{0, 0}}, far = {0, 0}, away = {0, 0};
    for (size_t i = first; i < end; i++) {
        count_one(&counts[BY_PLACE], list->all[i].beside[BY_PLACE]);
        count_one(&counts[BY_FIGURE], list->all[i].beside[BY_FIGURE]);
        count_one(&far, list->all[i].far);
        count_one(&away, list->all[i].away);
    }
    const nearness *places = &counts[BY_PLACE];
    *beside = counts[by];
    return is_beyond_chance(beside, standard_errors) && 2 * far.n_nearer >= far.n &&
           is_beyond_chance(places, OF_PLACES) &&
           ((double)places->n_nearer / (double)places->n - MORE) * (double)away.n >= (double)away.n_nearer;
}

/* What is shifted: all of a list, or the part of it from `first` on; the comparisons that say so. */
typedef struct shift {
    bool is_found, is_part;
    uint32_t row; /* the first of the part */
    nearness beside;
} shift;

/* Below an inserted cell the figures stand a row too low down to the next lost one, or to the end: the part with most
 * comparisons for the others above those for the own (Kadane's sum; Bentley 1984). As it is the best of many parts it takes
 * more than a whole list. */
static shift find_part(const comparisons *list, yardstick by)
{
    const double STANDARD_ERRORS = 4.5;
    ptrdiff_t sum = 0, best = 0;
    size_t start = 0, first = 0, end = 0;
    shift part = {false, true, 0, {0, 0}};
    for (size_t i = 0; i < list->n; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += list->all[i].beside[by];
        if (sum > best) {
            best = sum;
            first = start;
            end = i + 1;
        }
    }
    part.is_found = is_of_others(list, by, first, end, STANDARD_ERRORS, &part.beside);
    part.row = part.is_found ? list->all[first].row : 0;
    return part;
}

/* Where one year alone stands wrong its figures are nearer to those of the year beside it. */
static shift find_shift(const comparisons *list)
{
    const double STANDARD_ERRORS = 4;
    shift found = {false, false, 0, {0, 0}};
    for (yardstick by = 0; by < N_YARDSTICKS && !found.is_found; by++)
        found.is_found = is_of_others(list, by, 0, list->n, STANDARD_ERRORS, &found.beside);
    for (yardstick by = 0; by < N_YARDSTICKS && !found.is_found; by++)
        found = find_part(list, by);
    return found;
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

/* Rows: whose figure it is, its own of the year beside, the other's, the other's at the near end, one from elsewhere. */
typedef struct list_end {
    size_t row, own, beside, near_end, away;
} list_end;

/* Which of the other's years is the nearer one the figures themselves tell, which grow. */
static void add_end(comparisons *list, const double *values, const double *places, list_end end)
{
    signed char far =
        end.near_end == end.beside ? 0 : compare(values[end.row], values[end.near_end], values[end.beside]);
    list->all[list->n++] = (comparison){(uint32_t)end.row,
                                        {compare(values[end.row], values[end.own], values[end.beside]),
                                         compare(places[end.row], places[end.own], places[end.beside])},
                                        far,
                                        compare(places[end.row], places[end.own], places[end.away])};
}

/* In a file that has the years of a municipality below each other a column that is a row too low has, in a municipality's
 * first year, the last figure of the one above; one that is too high has in its last year the first of the one below. */
static behov_status look_at_column(const whole_panel *panel, const panel_column *column, const double *places,
                                   comparison *room, bool *is_shifted, behov_error *err)
{
    comparisons down = {room, 0}, up = {room + panel->n_groups + 1, 0};
    for (size_t g = 1; g < panel->n_groups; g++) {
        const uint32_t *above = &panel->rows[panel->first[g - 1]], *below = &panel->rows[panel->first[g]];
        size_t n_above = panel->first[g] - panel->first[g - 1], n_below = panel->first[g + 1] - panel->first[g];
        size_t last = above[n_above - 1], first = below[0], away = (g + panel->n_groups / 2) % panel->n_groups;
        if (first != last + 1)
            continue;
        if (n_below > 1 && below[1] == first + 1)
            add_end(&down, column->values, places,
                    (list_end){first, first + 1, last, n_above > 1 ? above[1] : last,
                               panel->rows[panel->first[away + 1] - 1]});
        if (n_above > 1 && above[n_above - 2] + 1 == last)
            add_end(&up, column->values, places,
                    (list_end){last, last - 1, first, n_below > 1 ? below[n_below - 2] : first,
                               panel->rows[panel->first[away]]});
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

/* What the looks at a column write into: comparisons twice, positions of pairs, places of rows in their year. */
typedef struct shift_work {
    comparison *room;
    size_t *of_year;
    double *places;
} shift_work;

/* Which way the figures of the year t stand beside those of the year before: 1 down, -1 up, 0 as they should. */
static int side_of_year(const whole_panel *panel, const panel_column *column, size_t t, const shift_work *work,
                        shift *found)
{
    comparisons down = {work->room, 0}, up = {work->room + panel->n_pairs + 1, 0};
    size_t n = pairs_of_year(panel, t, work->of_year);
    for (size_t i = 1; i < n; i++) {
        const panel_pair *above = &panel->pairs[work->of_year[i - 1]], *below = &panel->pairs[work->of_year[i]];
        size_t away = panel->pairs[work->of_year[(i + n / 2) % n]].old_row;
        add_end(&down, column->values, work->places,
                (list_end){below->row, below->old_row, above->old_row, above->old_row, away});
        add_end(&up, column->values, work->places,
                (list_end){above->row, above->old_row, below->old_row, below->old_row, away});
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

/* ---- all ----------------------------------------------------------------------------------------------------------- */

static size_t count_below(const double *sorted, size_t n, double value, bool and_equal)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < value || (and_equal && sorted[middle] == value))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The share of the municipalities of its year that a row is above, half of those beside it among them; NaN without figure. */
static void find_places(const whole_panel *panel, const double *values, double *places)
{
    for (size_t t = 0; t < panel->n_years; t++) {
        size_t n = 0;
        for (size_t i = panel->year_first[t]; i < panel->year_first[t + 1]; i++)
            if (!isnan(values[panel->year_rows[i]]))
                panel->work[n++] = values[panel->year_rows[i]];
        whole_panel_sort(panel->work, n);
        for (size_t i = panel->year_first[t]; i < panel->year_first[t + 1]; i++) {
            double value = values[panel->year_rows[i]];
            size_t twice = count_below(panel->work, n, value, false) + count_below(panel->work, n, value, true);
            places[panel->year_rows[i]] = isnan(value) ? NAN : (double)twice / (2 * (double)n);
        }
    }
}

behov_status whole_panel_look_at_shifts(const whole_panel *panel, behov_error *err)
{
    size_t most = (panel->n_pairs > panel->n_groups ? panel->n_pairs : panel->n_groups) + 1;
    shift_work work = {calloc(2 * most, sizeof *work.room), calloc(most, sizeof *work.of_year),
                       panel->work + panel->n_table_rows};
    behov_status status = work.room && work.of_year
                              ? BEHOV_OK
                              : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < panel->n_columns && !status; j++) {
        const panel_column *column = &panel->columns[j];
        bool is_shifted = false;
        if (column->is_sorted)
            continue;
        find_places(panel, column->values, work.places);
        status = look_at_column(panel, column, work.places, work.room, &is_shifted, err);
        if (!status && !is_shifted)
            status = look_at_years(panel, column, &work, &is_shifted, err);
        for (size_t t = 1; t + 2 < panel->n_years && !status && !is_shifted; t++)
            status = look_at_swap(panel, column, t, err);
    }
    free(work.room);
    free(work.of_year);
    return status;
}
