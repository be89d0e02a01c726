/* growth_groups.h - growth by group: contributions of groups to the growth of all, index series, and growth with the
 * composition of the first year.
 *
 * A table has a row for each group and these columns, known by how their names begin; years stand in the names:
 *     group (gruppe)                            the name; a row "Totalt" ("Total", "I alt", "Alle", "Sum") is all of them
 *     count_2012 (antall_2012), or 2012         members in a year
 *     share_2016_pct (andel_2016_pct)           the group's share at the end, per cent
 *     growth_2012_2016_pct (vekst_2012_2016_pct)  growth of its number, per cent
 *     contribution_pct (bidrag_pct)             contribution as printed, to be held against
 *     index_2013 (indeks_2013)                  index of its number
 *     rate_2013 (rate, sats; recipients_in_group_2013_pct)  level within the group
 * Shares, growth, index and rates are rounded to the decimals of their column (rounded.h); counts are exact. */
#ifndef BEHOV_GROWTH_GROUPS_H
#define BEHOV_GROWTH_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

#include "column_request.h"
#include "error.h"
#include "rounded.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How a reader takes the columns; the context is not used.
BEHOV_API behov_read_kind behov_growth_groups_column(void *context, const char *name);

typedef struct behov_growth_choices {
    int start, end;      /* years; 0 = the first and the last that the columns have */
    bool has_n_decimals; /* else those of each column */
    int n_decimals;      /* of every rounded figure */
} behov_growth_choices;

/* ---- contributions ------------------------------------------------------------------------------------------------- */

/// What the growth of all is: that of the groups together, or that of the row "Totalt" as printed.
typedef enum behov_growth_reading {
    BEHOV_GROWTH_SUM,
    BEHOV_GROWTH_PRINTED,
    BEHOV_GROWTH_READINGS
} behov_growth_reading;

typedef struct behov_growth_group {
    const char *name;         /* borrowed from the table */
    double counts[2];         /* members; NaN of shares */
    behov_rounded share_pct;  /* of all at the end */
    behov_rounded growth_pct; /* value NaN where the first count is 0 */
    behov_rounded
        contributions_pct[BEHOV_GROWTH_READINGS]; /* value NaN where all have not grown, or nothing is printed */
    behov_rounded printed_pct;                    /* contribution as printed; value NaN = none */
    bool is_within[BEHOV_GROWTH_READINGS];        /* the printed figure meets what rounding allows */
    /* The growths of all, within the rounding of the printed one, from which the contribution prints as it is printed;
     * NaN where there is none */
    behov_rounded total_growth_pct;
} behov_growth_group;

typedef struct behov_growth_groups {
    behov_growth_group *all;
    size_t n;
    bool is_of_counts;
    int start, end;                                  /* years; 0 = not in the names */
    double counts[2];                                /* of all groups; NaN of shares */
    behov_rounded share_sum_pct;                     /* the groups' shares together */
    bool shares_make_100;                            /* as far as rounding allows */
    behov_rounded growth_pct[BEHOV_GROWTH_READINGS]; /* of all */
    double printed_count[2];                         /* of the row "Totalt"; NaN = none */
    bool has_printed_contributions;
} behov_growth_groups;

/// Contribution of group k: (n_k1 - n_k0) / (n_1 - n_0). From shares s at the end and growth g: n_k0 = s / (1 + g), so
/// n_k1 - n_k0 = s g / (1 + g). BEHOV_E_NAME: columns that are not there, a year that is not among them; BEHOV_E_DATA
/// with the line: a group without a name, a group twice, a figure that is missing or below zero, growth of -100 per
/// cent or less, a sum that is not the total's. Free with behov_growth_groups_free in any case.
BEHOV_API behov_status behov_growth_groups_compute(const behov_table *table, const behov_growth_choices *choices,
                                                   behov_growth_groups *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_growth_groups_free(behov_growth_groups *groups);

/* ---- index --------------------------------------------------------------------------------------------------------- */

typedef struct behov_growth_index {
    const char **names; /* of the groups, borrowed */
    size_t n, n_years;
    int *years;               /* in order; the first is the base, 100 */
    behov_rounded *index;     /* n x n_years */
    behov_rounded *share_pct; /* n x n_years, of all; low and high NaN; value NaN without counts and shares */
    behov_rounded *total;     /* n_years: index of all; value NaN without counts and shares */
    bool is_of_counts, base_is_100;
    const char *
        unused_share; /* a column of shares in another year than the last (the table's): no index of all; NULL = none */
    behov_rounded share_sum_pct; /* of the printed shares; value NaN = none */
    bool shares_make_100;
} behov_growth_index;

/// Index of each group and of all. From a printed index I and shares s in the last year: numbers are s I_t / I_end, so
/// the index of all is the mean of I_t with the weights s / I_end; shares need not sum to 100. Errors as above; all
/// counts of a first year 0 is BEHOV_E_DATA. Free with behov_growth_index_free in any case.
BEHOV_API behov_status behov_growth_index_compute(const behov_table *table, const behov_growth_choices *choices,
                                                  behov_growth_index *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_growth_index_free(behov_growth_index *index);

/* ---- standardised growth ------------------------------------------------------------------------------------------- */

typedef struct behov_standardised_group {
    const char *name;
    behov_rounded weights[2], rates[2];                  /* weights: members, or what is in proportion to them */
    double shares_pct[2];                                /* of all members */
    double rate_effect, composition_effect, interaction; /* of the group; they add up over groups */
    double mean_rate_effect, mean_composition_effect;    /* the two-fold ones */
} behov_standardised_group;

typedef struct behov_standardised {
    behov_standardised_group *all;
    size_t n;
    int start, end;
    bool is_of_index;                          /* weights were computed of shares, index and rates */
    behov_rounded levels[2];                   /* mean rate of all: start, end */
    behov_rounded standardised;                /* the end's rates with the first year's composition */
    behov_rounded change;                      /* bounds hold, but need not be reached */
    behov_rounded rate_effect;                 /* sum p_k0 (r_k1 - r_k0) */
    double composition_effect;                 /* sum (p_k1 - p_k0) r_k0 */
    double interaction;                        /* sum (p_k1 - p_k0) (r_k1 - r_k0) */
    behov_rounded composition_and_interaction; /* bounds hold, but need not be reached */
    double mean_rate_effect,
        mean_composition_effect; /* Kitagawa (1955): with the mean composition and the mean rates */
} behov_standardised;

/// Growth of a mean rate taken apart: rate effect, composition effect and interaction (three-fold; Oaxaca 1973, Blinder
/// 1973), and rate and composition at means (two-fold; Kitagawa 1955, Journal of the American Statistical Association
/// 50, 1168-1194). Parts add up exactly. Weights are counts or shares of two years, else shares of the last and an
/// index, both divided by the rates. Rates of counts are taken as exact where no number of decimals is given, and
/// intervals then are points. Errors as above. Free with behov_standardised_free in any case.
BEHOV_API behov_status behov_standardised_compute(const behov_table *table, const behov_growth_choices *choices,
                                                  behov_standardised *out, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_standardised_free(behov_standardised *standardised);

/* ---- printed factors ----------------------------------------------------------------------------------------------- */

struct behov_growth_printed;
enum { BEHOV_GROWTH_TABLE_FACTORS = 8 };

/// Factors of a table with the columns factor (faktor) and growth_... in per cent: their names, growth and the growth of
/// the row expenditure (utgift), each rounded to its own decimals. \param n  of the factors. Errors as above.
BEHOV_API behov_status behov_growth_printed_rows(const behov_table *table, const behov_growth_choices *choices,
                                                 const char *names[BEHOV_GROWTH_TABLE_FACTORS],
                                                 behov_rounded growth_pct[BEHOV_GROWTH_TABLE_FACTORS], size_t *n,
                                                 behov_rounded *total_growth_pct, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
