/* panel_build.h - a panel made of published files, as a recipe says: cells of long tables are chosen and summed, rates are
 * made after all summing, and whatever is not in the panel is counted with its reason. Nothing is filled. */
#ifndef BEHOV_PANEL_BUILD_H
#define BEHOV_PANEL_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "long_table.h"
#include "municipality_history.h"
#include "panel_merge.h"
#include "recipe.h"
#include "region.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a row of a file gives nothing to the panel; each row has one, the first that holds. The kinds of behov_region_kind
 * but the municipality come first. */
typedef enum behov_build_reason {
    BEHOV_BUILD_CODE_NEVER_USED = BEHOV_N_REGION_KINDS, /* no municipality ever had the code */
    BEHOV_BUILD_NO_YEAR,                                /* no year of four digits */
    BEHOV_BUILD_OTHER_YEAR,
    BEHOV_BUILD_NOT_ASKED_FOR, /* no column takes it */
    BEHOV_BUILD_DID_NOT_EXIST, /* `.`, 0 or nothing of a municipality that did not exist then */
    BEHOV_BUILD_GAVE_WAY,      /* `.` under a code that another stands for by the recipe */
    BEHOV_N_BUILD_REASONS
} behov_build_reason;

/* What came of a file. n_rows = n_used + sum(n_left_out). */
typedef struct behov_build_file_count {
    char *name; /* owned */
    size_t source;
    size_t n_rows, n_used, n_left_out[BEHOV_N_BUILD_REASONS]; /* BEHOV_REGION_MUNICIPALITY: 0 */
    size_t n_missing, n_suppressed;                           /* of those used */
    size_t n_renumbered;    /* of those used: under the code of another year, taken for the municipality's own */
    size_t n_zeros;         /* of those used: a mark that the recipe takes for 0 */
    bool is_measure_unsaid; /* the recipe names a measure, and the file does not say which its figures are */
    bool is_word_unsaid;    /* nor has it the word that the recipe's source says they are */
    int name_year;          /* {year} of its name, 0 = none */
} behov_build_file_count;

enum { BEHOV_BUILD_MARKS = 16 };

/* A column in a year, before municipalities merge. n_rows = n_figures + n_absent + n_incomplete + sum(n_marked). */
typedef struct behov_build_column_year {
    size_t column; /* of the recipe, the first of its name */
    int year;
    size_t n_rows;       /* of the panel */
    size_t n_figures;    /* cells with a figure */
    size_t n_zeros;      /* of them, those in which a mark was taken for 0, as the recipe says */
    double sum;          /* of counts and amounts; NaN for the others */
    size_t n_absent;     /* no file has a row for them, or none is for the year */
    size_t n_incomplete; /* a part of the sum has no row */
    size_t n_marked[BEHOV_BUILD_MARKS];
} behov_build_column_year;

typedef enum behov_build_fact_kind {
    BEHOV_BUILD_FACT_NO_SOURCE = 0, /* a column of the model that the recipe does not give */
    BEHOV_BUILD_FACT_ABSENT,        /* a municipality that no file has a row for, in a column */
    BEHOV_BUILD_FACT_INCOMPLETE,    /* a part of its sum has no row */
    BEHOV_BUILD_FACT_OUTSIDE_LIFE,  /* a figure under a code that was not in use then */
    BEHOV_BUILD_FACT_UNKNOWN_PLACE, /* what stands under 9999, left out */
    BEHOV_BUILD_FACT_NEVER_USED,    /* a code that no municipality ever had, left out */
    BEHOV_BUILD_FACT_COPIED,        /* figures that are those of the year before in nearly every municipality */
    BEHOV_BUILD_FACT_RECODED,       /* rows under a code that stands for another by the recipe; figure: how many */
    /* Under a code of another year (code_year_shift): */
    BEHOV_BUILD_FACT_TOGETHER, /* a figure of several municipalities of its year together: not divided, left out */
    BEHOV_BUILD_FACT_MERGED,   /* the same, where the panel merges them anyway: used */
    BEHOV_BUILD_FACT_SPLIT,    /* a figure of a part of a municipality: left out */
    BEHOV_BUILD_FACT_SUMMED,   /* a figure of a part, with all others the municipality's: summed */
    /* Of files and the recipe: */
    BEHOV_BUILD_FACT_CODE_UNUSED, /* `code` of the recipe that no row has */
    BEHOV_BUILD_FACT_LONE_LEVEL,  /* a dimension that the recipe does not mention, with one level */
    BEHOV_BUILD_FACT_UNSAID, /* a file that does not say what its figures are: its measure, or the word of `says` */
    BEHOV_BUILD_FACT_FILE_UNUSED, /* a file of which no row was used */
    BEHOV_N_BUILD_FACTS
} behov_build_fact_kind;

typedef struct behov_build_fact {
    behov_build_fact_kind kind;
    char *subject, *column;    /* "1903 Harstad"; "new_refugees_count", "" for all. Owned */
    int first_year, last_year; /* 0 = none */
    double figure;             /* NaN = none */
} behov_build_fact;

typedef struct behov_panel_build {
    behov_table *
        table; /* municipality_code, municipality, year, the columns of the recipe; merged: merged_from, merge_is_exact */
    int first_year, last_year;
    behov_build_file_count *files;
    size_t n_files;
    behov_build_column_year *column_years; /* by column, then year; no rates */
    size_t n_column_years;
    char *marks[BEHOV_BUILD_MARKS]; /* as the files have them, owned; the last stands for all further ones */
    size_t n_marks;
    behov_build_fact *facts; /* by kind, column, code */
    size_t n_facts;
    size_t n_municipalities;
    bool is_merged;
    behov_panel_merge merge; /* where it is */
} behov_panel_build;

BEHOV_API void behov_panel_build_free(behov_panel_build *build);

/// What every output of a panel has to say of its making (behov/build_remarks.h finds and says it; the manifest keeps it):
/// lists of names, each from malloc, NULL = none. Zero-initialise; free with behov_build_remarks_free in any case.
typedef struct behov_build_remarks {
    char *absent_years;  /* that were asked for: "2014, 2016–2017" */
    char *empty_columns; /* without any figure in years that the panel has: "net_expenditure (2025)" */
    char *unconfirmed;   /* sources and columns of which the recipe says that something is not confirmed */
    char *left_out;      /* municipalities, with the years: "1508 Ålesund (2021–2023)" */
} behov_build_remarks;
BEHOV_API void behov_build_remarks_free(behov_build_remarks *remarks);

/// Whether a mark says that a figure is there and not published: ":" and "*".
BEHOV_API bool behov_build_mark_is_suppressed(const char *mark);

typedef struct behov_build_options {
    const char *recipe_name;   /* for messages */
    int first_year, last_year; /* 0 = those of the recipe */
    int municipalities;        /* of 1 January of which year; 0 = as published */
    behov_merge_splits splits;
    const behov_merge_share *shares;
    size_t n_shares;
    const behov_model *model;  /* whose limits stand in place of those of every municipality (borrowed); NULL = none */
    const char *const *needed; /* columns that the panel should have (borrowed): those of the model */
    size_t n_needed;
} behov_build_options;

/// A panel that is being made: files are added one at a time, so that only one is in memory.
typedef struct behov_panel_builder behov_panel_builder;

/// \param recipe, history, options  borrowed until behov_panel_builder_free
/// BEHOV_E_ARGUMENT without years, or with more than 100 of them; BEHOV_E_NAME where a `code` stands for what was never a
/// municipality; BEHOV_E_MEMORY.
BEHOV_API behov_status behov_panel_builder_new(const behov_recipe *recipe, const behov_municipality_history *history,
                                               const behov_build_options *options, behov_panel_builder **builder,
                                               behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_panel_builder_free(behov_panel_builder *builder);

/// Adds a file of a source (position in the recipe). The table may be freed afterwards.
/// \param name  of the file, for messages and counts (copied)
/// \param year  of {year} in its name; 0 = none
/// \return BEHOV_E_NAME: a dimension that is not there; BEHOV_E_DATA, with file, line, municipality and year: two rows for one
/// cell, a dimension with several values left, an age group across the end of a range, a total among what is summed, a mask that
/// fits two headings, another table than the source's, a count below 0 or with decimals, texts in place of figures. O(rows x columns).
BEHOV_API behov_status behov_panel_builder_add(behov_panel_builder *builder, size_t source, const char *name,
                                               const behov_long_table *long_table, int year,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// The panel. `out` is zeroed first; free with behov_panel_build_free in any case.
/// \return BEHOV_E_DATA: one level that would stand for all of a sum, one sex for both, the only file of a year without a row
/// that is used, an item of a filter that no file has, a range with holes, a denominator of 0, no rows at all; the
/// errors of behov_panel_merge_compute
BEHOV_API behov_status behov_panel_builder_finish(behov_panel_builder *builder, behov_panel_build *out,
                                                  behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
