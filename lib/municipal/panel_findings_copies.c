/* panel_findings_copies.c - figures that are carried forward from the year before, rows that are another's.
 *
 * A figure that is the very one of the year before is no chance where figures have decimals, and common where they are
 * small counts: so the share of a year is held against that of the column's other years. */
#include "panel_findings_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

enum { LEAST_PAIRS = 10, LEAST_FIGURES = 4 };

/* ---- years --------------------------------------------------------------------------------------------------------- */

typedef struct year_share {
    size_t n, n_equal, first_row;
} year_share;

static double share_of_year(const year_share *year)
{
    return year->n ? (double)year->n_equal / (double)year->n : NAN;
}

static void count_years(const whole_panel *panel, const panel_column *column, year_share *years)
{
    memset(years, 0, panel->n_years * sizeof *years);
    for (size_t i = 0; i < panel->n_pairs; i++) {
        const panel_pair *pair = &panel->pairs[i];
        double old = column->values[pair->old_row], value = column->values[pair->row];
        if (isnan(old) || isnan(value) || (old == 0 && value == 0))
            continue;
        year_share *year = &years[pair->year];
        if (old == value && year->n_equal++ == 0)
            year->first_row = pair->row;
        year->n++;
    }
}

/* At least half of a year's figures, where of the other years a fifth is the most that is usual; of two years alone nine in
 * ten. */
static bool is_year_copied(const whole_panel *panel, const year_share *years, size_t t)
{
    const double MUCH = 0.5, USUAL = 0.2, NEARLY_ALL = 0.9;
    size_t n = 0;
    for (size_t other = 1; other < panel->n_years; other++)
        if (other != t && years[other].n >= LEAST_PAIRS)
            panel->work[n++] = share_of_year(&years[other]);
    double usual = n ? whole_panel_median(panel->work, n) : 0;
    return years[t].n >= LEAST_PAIRS && usual <= USUAL && share_of_year(&years[t]) >= (n ? MUCH : NEARLY_ALL);
}

static behov_status look_at_years(const whole_panel *panel, const panel_column *column, year_share *years,
                                  bool *is_copied, behov_error *err)
{
    behov_status status = BEHOV_OK;
    count_years(panel, column, years);
    if (column->is_still && panel->n_years > 1) {
        behov_oddity finding = behov_oddity_new(BEHOV_ODD_COPIED, column->is_outcome ? BEHOV_ERROR : BEHOV_INFORMATION,
                                                BEHOV_COPIED_ALWAYS, -1, (ptrdiff_t)column->column);
        return whole_panel_add(panel, finding, err);
    }
    for (size_t t = 1; t < panel->n_years && !status; t++) {
        is_copied[t] = is_year_copied(panel, years, t);
        if (!is_copied[t])
            continue;
        behov_oddity finding =
            behov_oddity_new(BEHOV_ODD_COPIED, column->is_outcome ? BEHOV_ERROR : BEHOV_WARNING, BEHOV_COPIED_YEAR,
                             (ptrdiff_t)years[t].first_row, (ptrdiff_t)column->column);
        finding.year = panel->years[t];
        finding.count = years[t].n_equal;
        finding.low = (double)years[t].n;
        status = whole_panel_add(panel, finding, err);
    }
    return status;
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

/* How many figures two rows share in columns that change; 0 when one differs. Zeros say nothing. */
static size_t n_shared(const whole_panel *panel, size_t row, size_t other, const bool *is_copied, bool *has_outcome)
{
    size_t n = 0;
    *has_outcome = false;
    for (size_t j = 0; j < panel->n_columns; j++) {
        const panel_column *column = &panel->columns[j];
        double value = column->values[row], old = column->values[other];
        if (column->is_still || (is_copied && is_copied[j * panel->n_years + panel->year_at[row]]) || isnan(value) ||
            isnan(old))
            continue;
        if (value != old)
            return 0;
        n += value != 0;
        *has_outcome = *has_outcome || column->is_outcome;
    }
    return n;
}

static behov_status tell_row(const whole_panel *panel, behov_copied_cause cause, size_t row, size_t other, size_t n,
                             bool is_error, behov_error *err)
{
    behov_oddity finding =
        behov_oddity_new(BEHOV_ODD_COPIED, is_error ? BEHOV_ERROR : BEHOV_WARNING, (int)cause, (ptrdiff_t)row, -1);
    finding.other_row = (ptrdiff_t)other;
    finding.year = panel->years[panel->year_at[row]];
    finding.count = n;
    return whole_panel_add(panel, finding, err);
}

static behov_status look_at_rows(const whole_panel *panel, const bool *is_copied, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < panel->n_pairs && !status; i++) {
        const panel_pair *pair = &panel->pairs[i];
        bool has_outcome;
        size_t n = n_shared(panel, pair->row, pair->old_row, is_copied, &has_outcome);
        if (n >= LEAST_FIGURES)
            status = tell_row(panel, BEHOV_COPIED_ROW, pair->row, pair->old_row, n, has_outcome, err);
    }
    return status;
}

/* ---- two municipalities -------------------------------------------------------------------------------------------- */

typedef struct row_print {
    uint64_t print;
    size_t year;
    uint32_t row;
} row_print;

static int compare_prints(const void *a, const void *b)
{
    const row_print *x = a, *y = b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    if (x->print != y->print)
        return x->print < y->print ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* FNV-1a of the bytes of the figures; alike figures have alike bytes but for the sign of 0 and missing ones. */
static uint64_t print_of_row(const whole_panel *panel, size_t row)
{
    uint64_t print = 14695981039346656037u;
    for (size_t j = 0; j < panel->n_columns; j++) {
        double value = panel->columns[j].values[row];
        unsigned char bytes[sizeof value];
        value = isnan(value) ? -1e300 : value == 0 ? 0 : value;
        memcpy(bytes, &value, sizeof value);
        for (size_t k = 0; k < sizeof bytes; k++)
            print = (print ^ bytes[k]) * 1099511628211u;
    }
    return print;
}

static size_t n_alike(const whole_panel *panel, size_t row, size_t other)
{
    size_t n = 0;
    for (size_t j = 0; j < panel->n_columns; j++) {
        double value = panel->columns[j].values[row], figure = panel->columns[j].values[other];
        if (isnan(value) != isnan(figure) || (!isnan(value) && value != figure))
            return 0;
        n += !isnan(value) && value != 0;
    }
    return n;
}

static behov_status look_at_twins(const whole_panel *panel, behov_error *err)
{
    row_print *prints = calloc(panel->n_rows + 1, sizeof *prints);
    if (!prints)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t i = 0; i < panel->n_rows; i++)
        prints[i] = (row_print){print_of_row(panel, panel->rows[i]), panel->year_at[panel->rows[i]], panel->rows[i]};
    if (panel->n_rows > 1)
        qsort(prints, panel->n_rows, sizeof *prints, compare_prints);
    behov_status status = BEHOV_OK;
    for (size_t i = 1; i < panel->n_rows && !status; i++) {
        const row_print *print = &prints[i], *other = &prints[i - 1];
        if (print->year != other->year || print->print != other->print)
            continue;
        bool is_same_code = strcmp(behov_panel_code(&panel->study->panel, print->row),
                                   behov_panel_code(&panel->study->panel, other->row)) == 0;
        size_t n = is_same_code ? 0 : n_alike(panel, print->row, other->row);
        if (n >= LEAST_FIGURES)
            status = tell_row(panel, BEHOV_COPIED_TWIN, print->row, other->row, n, true, err);
    }
    free(prints);
    return status;
}

behov_status whole_panel_look_at_copies(const whole_panel *panel, behov_error *err)
{
    year_share *years = calloc(panel->n_years + 1, sizeof *years);
    bool *is_copied = calloc(panel->n_columns * panel->n_years + 1, sizeof *is_copied);
    behov_status status =
        years && is_copied ? BEHOV_OK : behov_error_say(err, BEHOV_E_MEMORY, "", SAY_FINDINGS_NO_MEMORY_FOR_LIMITS);
    for (size_t j = 0; j < panel->n_columns && !status; j++)
        status = look_at_years(panel, &panel->columns[j], years, &is_copied[j * panel->n_years], err);
    if (!status)
        status = look_at_rows(panel, is_copied, err);
    if (!status)
        status = look_at_twins(panel, err);
    free(years);
    free(is_copied);
    return status;
}
