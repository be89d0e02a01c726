/* plausibility_parts.h - rows by municipality, and findings as they are added: what the parts of plausibility share. */
#ifndef BEHOV_SRC_PLAUSIBILITY_PARTS_H
#define BEHOV_SRC_PLAUSIBILITY_PARTS_H

#include <behov/error.h>
#include <behov/panel.h>
#include <behov/plausibility.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The rows that are looked at, those of a municipality together, by year. Without codes every row stands alone.
typedef struct panel_groups {
    uint32_t *rows; /* n_rows; NULL = all of the table in its order */
    size_t n_rows;
    size_t *first;              /* n_groups + 1 positions in rows */
    size_t n_groups, n_largest; /* rows of the largest */
    bool has_double;            /* two rows of one municipality and year */
} panel_groups;

static inline size_t plausibility_row(const panel_groups *groups, size_t i)
{
    return groups->rows ? groups->rows[i] : i;
}

/// Findings in the order of their severity.
struct behov_plausibility {
    behov_oddity *findings;
    size_t n, room;
    char **details; /* those that findings have; n_details < details_room */
    size_t n_details, details_room;
    size_t listed_most;
};

/// A finding about a row, and no column.
static inline behov_oddity plausibility_finding_at(behov_oddity_kind kind, behov_severity severity, int cause,
                                                   size_t row)
{
    return behov_oddity_new(kind, severity, cause, (ptrdiff_t)row, -1);
}

/// What a look works on.
typedef struct panel_look {
    const behov_panel *panel;
    const behov_table *table;
    const behov_plausibility_options *options;
    panel_groups groups;
    behov_plausibility *plausibility;
    double *work; /* plausibility_room numbers; one thread's */
} panel_look;

/// The rows of a panel by municipality; groups->rows and groups->first are the caller's to free, after an error too.
behov_status plausibility_group_rows(panel_look *look, behov_error *err);

/// Whether the column's limits say that it is in per cent.
bool plausibility_is_share(const panel_look *look, size_t column);
/// Codes from 2101 to 2399 that Norway has not for anything: whoever has them has made codes up.
bool plausibility_has_generated_codes(const behov_dictionary *levels);
/// Whether the panel has codes of four digits, none of them made up.
bool plausibility_is_norwegian(const panel_look *look);
/// Marks rows whose population is the sum of the others of their year.
behov_status plausibility_mark_sums(behov_table *table, const behov_panel *panel, behov_error *err);

/// Rows that are marked as no municipality, and a population that is nearly the sum of the others.
behov_status plausibility_tell_marks(const panel_look *look, behov_error *err);
behov_status plausibility_look_at_sums(const panel_look *look, behov_error *err);
/// Codes that are none; rows without code, year or population, and those of one year.
behov_status plausibility_look_at_codes(const panel_look *look, behov_error *err);
behov_status plausibility_look_at_rows(const panel_look *look, behov_error *err);
/// Figures outside one of the limits of the model, and more than any Norwegian municipality has.
behov_status plausibility_look_at_limit(const panel_look *look, size_t index, behov_error *err);
behov_status plausibility_look_at_sizes(const panel_look *look, behov_error *err);
/// Units, totals and jumps of a column of figures.
behov_status plausibility_look_at_units(const panel_look *look, size_t column, behov_error *err);

/// A column of per cent with nothing but figures between 0 and 1.
behov_status plausibility_look_at_fractions(const panel_look *look, size_t column, behov_error *err);

/// Figures of a column that stand for missing; populations in thousands, a year far from the others, one name under two
/// codes, names at each other's codes.
behov_status plausibility_look_for_missing_codes(const panel_look *look, size_t column, behov_error *err);
/// Whether a figure is one that stands for missing in some panels, such as -9999 and 999.
bool plausibility_is_missing_code(double value);
bool plausibility_is_outside_limits(const panel_look *look, size_t column, double value);
/// One of 8, 9, 98 and the like in far more rows than the whole numbers beside it; none that is told in look->plausibility.
behov_status plausibility_look_for_repeated(const panel_look *look, size_t column, behov_error *err);
behov_status plausibility_look_at_inhabitants(const panel_look *look, behov_error *err);
behov_status plausibility_look_at_years(const panel_look *look, behov_error *err);
behov_status plausibility_look_at_names(const panel_look *look, behov_error *err);
behov_status plausibility_look_at_crossed_names(const panel_look *look, behov_error *err);

/// The k-th smallest of n numbers, 0 <= k < n; reorders them. Cost O(n) on average.
double plausibility_select(double *values, size_t n, size_t k);

/// Some figures from the first on, n <= PLAUSIBILITY_BLOCK of them; NaN = passed over. They are asked for in their order,
/// from 0 on, more than once.
typedef void plausibility_figures(void *source, size_t first, size_t n, double *figures);
typedef enum plausibility_middle { PLAUSIBILITY_LOWER, PLAUSIBILITY_UPPER } plausibility_middle;
/// The median of figures that need not all be kept: the lower or the upper of an even number; NaN of none. Of more than
/// PLAUSIBILITY_KEPT figures those are counted by their leading bits first, and only what is near the median is kept.
/// \param work     plausibility_room numbers
/// \param n_found  how many were not passed over
double plausibility_median(plausibility_figures *figures, void *source, size_t n, plausibility_middle middle,
                           double *work, size_t *n_found);
enum { PLAUSIBILITY_KEPT = 65536, PLAUSIBILITY_BLOCK = 1024 };
/// Numbers that a look has room for: those that a median keeps, one of each group, and those of a group.
size_t plausibility_room(const panel_groups *groups);

#endif
