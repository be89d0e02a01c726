/* plausibility_repeated.c - 9, 98 and the like among a column's figures, in far too many rows. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "plausibility_parts.h"

/* 8, 9, 98 and the like lie within many columns. Where the figures are broken, or are populations, one whole number that
 * stands in REPEATED_MOST times as many rows as its neighbours have on average, in many municipalities, is none. Figures
 * that were rounded have neighbours. */
static const int repeated_codes[] = {8, 9, 88, 98, 99, 888, 998, 999, 9998, 9999};
enum {
    N_REPEATED = sizeof repeated_codes / sizeof *repeated_codes,
    NEIGHBOURS = 4,
    LEAST = 8,
    LEAST_ROWS = 10,
    MOST_SMALL = 9999 + NEIGHBOURS
};

static bool is_repeated_code(int value)
{
    int last = value % 10; /* most whole numbers are none, and that is seen at once */
    if (last < 8)
        return false;
    for (size_t i = 0; i < N_REPEATED; i++)
        if (repeated_codes[i] == value)
            return true;
    return false;
}

static size_t count_municipalities(const panel_look *look, const double *values, double code)
{
    size_t n = 0;
    for (size_t g = 0; g < look->groups.n_groups; g++)
        for (size_t i = look->groups.first[g]; i < look->groups.first[g + 1]; i++)
            if (values[plausibility_row(&look->groups, i)] == code) {
                n++;
                break;
            }
    return n;
}

static double mean_of_neighbours(const uint32_t *counts, int code)
{
    size_t sum = 0, n = 0;
    for (int value = code - NEIGHBOURS; value <= code + NEIGHBOURS; value++)
        if (!is_repeated_code(value)) {
            sum += counts[value];
            n++;
        }
    return (double)sum / (double)n;
}

static behov_status look_at_repeated(const panel_look *look, size_t column, const uint32_t *counts, int code,
                                     behov_error *err)
{
    enum { LEAST_MUNICIPALITIES = 5, LEAST_FIGURES = 20 };
    const double REPEATED_MOST = 10;
    const double *values = behov_table_numbers(look->table, column);
    bool is_population = look->panel->columns[BEHOV_ROLE_POPULATION] == (ptrdiff_t)column;
    size_t count = counts[code], n = 0, n_broken = 0;
    if (count < LEAST_ROWS || (double)count < REPEATED_MOST * fmax(mean_of_neighbours(counts, code), 1))
        return BEHOV_OK;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        double value = values[plausibility_row(&look->groups, i)];
        if (!isfinite(value) || value == code)
            continue;
        low = value < low ? value : low;
        high = value > high ? value : high;
        n_broken += value != floor(value);
        n++;
    }
    if (n < LEAST_FIGURES || n < count || !(is_population || 2 * n_broken > n) ||
        count_municipalities(look, values, code) < LEAST_MUNICIPALITIES)
        return BEHOV_OK;
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_MISSING, code > high || is_population ? BEHOV_ERROR : BEHOV_WARNING,
                         BEHOV_MISSING_IS_REPEATED, -1, (ptrdiff_t)column);
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        size_t row = plausibility_row(&look->groups, i);
        if (values[row] == code && (finding.row < 0 || (ptrdiff_t)row < finding.row))
            finding.row = (ptrdiff_t)row;
    }
    finding.value = code;
    finding.low = low;
    finding.high = high;
    finding.count = count;
    return behov_plausibility_add(look->plausibility, finding, err);
}

static bool is_told(const panel_look *look, double code)
{
    for (size_t i = 0; i < look->plausibility->n; i++)
        if (look->plausibility->findings[i].value == code)
            return true;
    return false;
}

behov_status plausibility_look_for_repeated(const panel_look *look, size_t column, behov_error *err)
{
    const double *values = behov_table_numbers(look->table, column);
    size_t n = 0;
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        double value = values[plausibility_row(&look->groups, i)];
        n += value >= LEAST && value <= MOST_SMALL && value == (double)(int)value && is_repeated_code((int)value);
    }
    if (n < LEAST_ROWS)
        return BEHOV_OK;
    uint32_t *counts = behov_alloc(MOST_SMALL + 1, sizeof *counts);
    if (!counts)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_PANEL_FINDINGS);
    for (size_t i = 0; i < look->groups.n_rows; i++) {
        double value = values[plausibility_row(&look->groups, i)];
        if (value >= 0 && value <= MOST_SMALL && value == (double)(int)value)
            counts[(int)value]++;
    }
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < N_REPEATED && !status; i++)
        if (counts[repeated_codes[i]] && !plausibility_is_outside_limits(look, column, repeated_codes[i]) &&
            !is_told(look, repeated_codes[i]))
            status = look_at_repeated(look, column, counts, repeated_codes[i], err);
    free(counts);
    return status;
}
