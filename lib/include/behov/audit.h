/* audit.h - what cannot be right in a printed regression table, from the printed digits alone.
 *
 * Interval arithmetic: the coefficient b and the standard error s may be any numbers that round to what is printed, the
 * degrees of freedom any within the limits. A mark is wrong only when no such numbers could give it; what may be right
 * is never found. That nothing is found proves nothing. */
#ifndef BEHOV_AUDIT_H
#define BEHOV_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "printed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The most stars that a legend can give a meaning. */
#define BEHOV_LEGEND_MARKS 9

/// What stars mean: p below levels[i] has i + 1 of them, unless more apply; 0 = the legend has no such mark.
typedef struct behov_legend {
    double levels[BEHOV_LEGEND_MARKS];
} behov_legend;

/// 10, 5 and 1 per cent: * ** ***.
BEHOV_API behov_legend behov_legend_default(void);
/// The legends that are common in print: 0 = 10/5/1 per cent, 1 = 5/1/0.1 per cent.
#define BEHOV_N_COMMON_LEGENDS 2
BEHOV_API behov_legend behov_legend_common(size_t i);

/// One line of the table; the standard error not below 0.
typedef struct behov_audit_row {
    behov_printed coefficient, standard_error;
    int n_stars;
    int expected_sign; /* of another table: 1, -1; 0 = it says nothing */
} behov_audit_row;

typedef struct behov_audit_options {
    behov_legend legend; /* all 0 = behov_legend_default() */
    double dof_low,
        dof_high;          /* of the t distribution; 0 = not known: from 1, up to the normal distribution (INFINITY) */
    size_t n_observations; /* rows of the panel, 0 = not known */
    size_t n_years;        /* 0 = not known */
} behov_audit_options;

/// What a line may have been before it was rounded.
typedef struct behov_audit_range {
    double t_least, t_most; /* |t|; t_most INFINITY where 0 may have been rounded to the standard error */
    double p_least, p_most; /* two-sided: at t_most with dof_high, at t_least with dof_low */
    int fewest, most;       /* stars that the legend may give it */
} behov_audit_range;

typedef enum behov_finding_kind {
    BEHOV_FINDING_STARS,  /* no unrounded values give these stars */
    BEHOV_FINDING_SIGN,   /* the sign is not that of the other table, and 0 cannot have been rounded to it */
    BEHOV_FINDING_ROWS,   /* no balanced panel of so many years has so many rows */
    BEHOV_FINDING_LEGEND, /* legend and stars do not belong together */
    BEHOV_FINDING_T,      /* what is printed for standard errors are t-values; no line's stars were held against them */
    BEHOV_N_FINDINGS
} behov_finding_kind;

/// "stars", "sign", "rows", "legend", "t_values".
BEHOV_API const char *behov_finding_kind_name(behov_finding_kind kind);

typedef enum behov_legend_fault {
    BEHOV_LEGEND_LACKS_MARK, /* stars are used that it has no level for */
    BEHOV_LEGEND_RISES,      /* more stars do not mean a lower level; no line was held against it */
    BEHOV_LEGEND_IS_OTHER    /* lines contradict it, but all, or all but one, fit a common legend */
} behov_legend_fault;

/* Where a single slip may have happened. */
typedef enum behov_audit_entry {
    BEHOV_ENTRY_NONE = 0,
    BEHOV_ENTRY_STANDARD_ERROR,
    BEHOV_ENTRY_COEFFICIENT,
    BEHOV_ENTRY_STARS
} behov_audit_entry;

/// A change of one entry after which the stars are possible.
typedef struct behov_misprint {
    behov_audit_entry entry; /* BEHOV_ENTRY_NONE: there is none */
    behov_slip slip;         /* of a number: what makes `number` of the printed one */
    behov_printed number;    /* that would fit */
    int n_stars;             /* that would fit, BEHOV_ENTRY_STARS */
} behov_misprint;

typedef struct behov_finding {
    behov_finding_kind kind;
    size_t row; /* the line; of BEHOV_FINDING_LEGEND the first that it is about; of BEHOV_FINDING_ROWS n_rows */
    /* stars: */
    behov_misprint likely;  /* the first in the order of behov_audit_new */
    behov_misprint other;   /* a slip of the same sort in the other number that would fit too */
    double se_low, se_high; /* unrounded standard errors that fit coefficient and stars: 0 and INFINITY are no limits */
    /* rows: */
    size_t rows_below, rows_above; /* the nearest that a balanced panel has; rows_below 0 = none */
    /* legend: */
    behov_legend_fault fault;
    int n_stars;         /* LACKS_MARK: of the mark; RISES: of the first mark whose level is not below that before it */
    size_t n_lines;      /* LACKS_MARK: that use the mark; IS_OTHER: that contradict the legend; t-values: whose stars
                            cannot be right if they are standard errors */
    size_t n_lines_left; /* IS_OTHER: that contradict the other legend too, 0 or 1 */
    bool has_other_legend; /* a common legend that all lines fit (IS_OTHER: but n_lines_left) */
    behov_legend other_legend;
} behov_finding;

typedef struct behov_audit behov_audit;

/// Audits a table (returned, free with behov_audit_free).
///
/// |t| lies between (|b| - half_b)+ / (s + half_s) and (|b| + half_b) / (s - half_s)+, with half_widest of the printed
/// numbers for half: zeros at the end of a whole number may be rounding. The most stars are those of the
/// largest |t| with dof_high, the fewest those of the smallest with dof_low; printed stars outside are a finding.
/// Limits have an allowance of 1e-12 of the level, far above the error of |t| and p (about 1e-15) and far below what a
/// digit moves.
///
/// The likely misprint of a line is the first change that makes its stars possible, in this order: the decimal mark
/// moved one place (left, then right), two neighbouring digits swapped, a digit dropped or doubled, each in the
/// standard error before the coefficient, digits from the left; last, one mark more or less.
///
/// Where at least two lines more contradict the legend than one of the common ones, and that one at most by one line,
/// the legend is the finding; lines are then held against the other one.
///
/// Where the stars of at least two lines cannot be right, and more than half, but those of all lines, or all but one,
/// fit the printed "standard errors" as t-values, that is the finding (BEHOV_FINDING_T), and signs alone are held against
/// the lines.
///
/// Findings come in the order legend or t-values, lines (stars before sign), rows of the panel.
/// \param rows  n_rows lines (borrowed for the call)
/// \return BEHOV_E_ARGUMENT: a standard error below 0, stars below 0 or above BEHOV_LEGEND_MARKS, limits of the degrees
/// of
///         freedom that are not 0 < low <= high, a level outside (0, 1)
BEHOV_API behov_status behov_audit_new(const behov_audit_row *rows, size_t n_rows, const behov_audit_options *options,
                                       behov_audit **audit, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_audit_free(behov_audit *audit);

BEHOV_API size_t behov_audit_n_findings(const behov_audit *audit);
/// Borrowed from the audit.
BEHOV_API const behov_finding *behov_audit_finding(const behov_audit *audit, size_t i);
/// The legend that the lines were held against: that of the options, or of a finding BEHOV_LEGEND_IS_OTHER.
BEHOV_API behov_legend behov_audit_legend(const behov_audit *audit);
BEHOV_API size_t behov_audit_n_rows(const behov_audit *audit);
/// Borrowed; fewest and most are -1 where the legend rises.
BEHOV_API const behov_audit_range *behov_audit_range_of(const behov_audit *audit, size_t row);

#ifdef __cplusplus
}
#endif
#endif
