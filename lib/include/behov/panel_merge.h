/* panel_merge.h - a panel in the municipalities of another year: what merged is summed, what was renumbered gets its new
 * code, and what was split is never divided in silence.
 *
 * A row means the municipality that has its code on 1 January of its year. From there the history of municipalities is
 * followed to 1 January of the year that is asked for. A sum is exact; an amount per inhabitant or a share is exact when
 * the figure that it is divided by is there: the numerators are summed and divided anew. A figure of which no such sum
 * can be made (an index) is a mean, and the row says so. */
#ifndef BEHOV_PANEL_MERGE_H
#define BEHOV_PANEL_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "model.h"
#include "municipality_history.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a column's figures become one. */
typedef enum behov_merge_kind {
    BEHOV_MERGE_UNKNOWN = 0,
    BEHOV_MERGE_SUM,  /* amounts and counts */
    BEHOV_MERGE_RATE, /* per another column: sum(rate x weight) / sum(weight), which is exact */
    BEHOV_MERGE_MEAN, /* the same of a figure that no sum stands behind: an estimate */
    BEHOV_MERGE_EVERY /* the smallest: 1 when it is 1 in every part */
} behov_merge_kind;

typedef struct behov_merge_rule {
    const char *column, *weight; /* borrowed; weight of a rate and a mean, else NULL */
    behov_merge_kind kind;
} behov_merge_rule;

/// "sum", "every", "rate population", "mean population", as a model file has them under [merging]. The weight is
/// borrowed from the text. BEHOV_E_SYNTAX, where = the column.
BEHOV_API behov_status behov_merge_rule_parse(const char *column, const char *text, behov_merge_rule *rule,
                                              behov_error *err) BEHOV_MUST_CHECK;

/// The rule of a column: the first of `rules` that names it, else that of the model (may be NULL), else kind
/// BEHOV_MERGE_UNKNOWN. Texts are borrowed from those. BEHOV_E_SYNTAX for a rule of the model that is none.
BEHOV_API behov_status behov_merge_rule_find(const behov_merge_rule *rules, size_t n_rules, const behov_model *model,
                                             const char *column, behov_merge_rule *rule,
                                             behov_error *err) BEHOV_MUST_CHECK;

typedef enum behov_merge_splits {
    BEHOV_SPLITS_REFUSED = 0, /* an error that names them */
    BEHOV_SPLITS_DROPPED,     /* they are left out, and so is every municipality that a part of them went into */
    BEHOV_SPLITS_WEIGHTED     /* divided by the shares that are given; the rows say so */
} behov_merge_splits;

/* How much of a municipality goes into another, 0 to 1. */
typedef struct behov_merge_share {
    const char *old_code, *new_code; /* borrowed */
    double share;
} behov_merge_share;

/// Reads shares from a table with columns old_code, new_code and share (the texts are borrowed from it): shares from
/// malloc. BEHOV_E_NAME, BEHOV_E_DATA: shares of a municipality that do not sum to 1 (within 1e-9, rounding of the sum).
BEHOV_API behov_status behov_merge_shares_read(const behov_table *table, behov_merge_share **shares, size_t *n,
                                               behov_error *err) BEHOV_MUST_CHECK;

typedef struct behov_merge_options {
    int year;                      /* the municipalities of 1 January of it */
    const behov_merge_rule *rules; /* the first of a column counts; those of `model` come after them */
    size_t n_rules;
    const behov_model *model;    /* NULL = none */
    const char *const *left_out; /* columns that are left out */
    size_t n_left_out;
    behov_merge_splits splits;
    const behov_merge_share *shares;
    size_t n_shares;
} behov_merge_options;

/* Columns that a merging adds: "0104+0136"; 1, 0. */
#define BEHOV_MERGE_ORIGIN_COLUMN "merged_from"
#define BEHOV_MERGE_EXACT_COLUMN "merge_is_exact"

/* What a merging found, each for one municipality (or column), all its years together. */
typedef enum behov_merge_fact_kind {
    BEHOV_MERGE_NO_MUNICIPALITY = 0, /* the country, a county, 9999: left out */
    BEHOV_MERGE_DID_NOT_EXIST,       /* a code of another time, without a figure: left out */
    BEHOV_MERGE_OUTSIDE_LIFE, /* a code of another time, with figures: taken for what the code meant nearest in time */
    BEHOV_MERGE_SPLIT,        /* went into several */
    BEHOV_MERGE_NOT_EXACT,    /* a part of a split went into it: left out */
    BEHOV_MERGE_INCOMPLETE,   /* a part has no row: left out */
    BEHOV_MERGE_MISSING,      /* a column is missing in a part, so it is missing */
    BEHOV_MERGE_NO_DENOMINATOR, /* the weights of a column sum to 0, so it is missing */
    BEHOV_MERGE_ESTIMATED,      /* a column is a mean in rows of several parts */
    BEHOV_MERGE_TEXTS_DIFFER,   /* a text is not the same in all parts, so it is missing */
    BEHOV_MERGE_RENUMBERED,
    BEHOV_MERGE_RENAMED,
    BEHOV_MERGE_MERGED,
    BEHOV_MERGE_UNCHANGED,
    BEHOV_N_MERGE_FACTS
} behov_merge_fact_kind;

typedef struct behov_merge_fact {
    behov_merge_fact_kind kind;
    char *subject;             /* "0720 Stokke", or a column */
    char *detail;              /* "0704 Tønsberg, 0710 Sandefjord"; "" = none */
    int first_year, last_year; /* 0 without years */
    size_t n_rows;             /* of the panel, or of the outcome where they are its rows */
} behov_merge_fact;

typedef struct behov_panel_merge {
    behov_table
        *table; /* columns of the panel in their order, then merged_from ("0104+0136") and merge_is_exact (1, 0) */
    behov_merge_fact *facts; /* by kind, then in the order of codes or columns */
    size_t n_facts, room;
    size_t n_rows_read, n_rows, n_municipalities; /* of the panel; of the outcome */
    size_t n_not_exact;                           /* rows of the outcome */
    int year;
} behov_panel_merge;

/// Marks rows of a code of another time that have no figure but 0: they did not exist, so that nothing asks for their
/// inhabitants. Comes between behov_panel_find and behov_panel_check. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_panel_merge_mark(behov_table *table, const behov_panel *panel,
                                              const behov_municipality_history *history,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// Merges a panel with codes, years and populations as its roles; `out` is zeroed first, free with
/// behov_panel_merge_free in any case. A row of one part is carried to the bit.
/// \return BEHOV_E_NAME: no code or year, a code that no municipality ever had; BEHOV_E_DATA: a split
/// (BEHOV_SPLITS_REFUSED), a split without shares (BEHOV_SPLITS_WEIGHTED), a municipality that is there twice, under an
/// old and a new code; BEHOV_E_ARGUMENT: a column that merges, without a rule; a year that the history does not reach
/// O(rows x parts x columns).
BEHOV_API behov_status behov_panel_merge_compute(const behov_panel *panel, const behov_municipality_history *history,
                                                 const behov_merge_options *options, behov_panel_merge *out,
                                                 behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_panel_merge_free(behov_panel_merge *merge);

#ifdef __cplusplus
}
#endif
#endif
