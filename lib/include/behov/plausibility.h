/* plausibility.h - a look at a panel before anything is fitted to it: what cannot be right, and what is worth a second
 * look.
 *
 * Rows that are no municipality, codes that are none, figures outside their limits, units off by 100 or 1000, totals
 * where figures per inhabitant belong, shares that jump, municipalities that change their code. An error is what no
 * panel of municipalities can hold; a warning is what one may hold but seldom does; mended is what was put right.
 * Thresholds are those of public Norwegian panels, each beside its test in the source; they are robust (medians), so
 * that what is wrong does not set them.
 *
 * Not here: what the fit says of its rows (diagnose.h), sentences. */
#ifndef BEHOV_PLAUSIBILITY_H
#define BEHOV_PLAUSIBILITY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "expression.h"
#include "need.h"
#include "panel.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_oddity_kind {
    BEHOV_ODD_NO_MUNICIPALITY = 0, /* cause = behov_row_mark */
    BEHOV_ODD_CODE,                /* cause = behov_code_cause */
    BEHOV_ODD_ROW,                 /* cause = behov_row_cause */
    BEHOV_ODD_LIMIT,               /* cause = behov_limit_cause; value outside low .. high, or not whole */
    BEHOV_ODD_UNIT,                /* cause = behov_unit_cause; value = factor, or the outcome's median */
    BEHOV_ODD_TOTAL,               /* value = power of the population that the outcome grows with, low = its median */
    BEHOV_ODD_JUMP,                /* low = the figure of the row before, in other_row; value = this one */
    BEHOV_ODD_TWO_CODES, /* cause = behov_two_codes_cause; row = first under a new code, other_row = last under
                                      the one before */
    BEHOV_ODD_MISSING, /* cause = behov_missing_cause; a figure that stands for missing, -9999; low, high = the others */
    BEHOV_ODD_INFLUENCE, /* of a fit; value = leverage, high = Cook's distance */
    BEHOV_ODD_EXACT_FIT, /* of a fit; cause = behov_exact_cause */
    BEHOV_ODD_MODEL,     /* not found in a table; cause = behov_model_cause; count = columns */
    BEHOV_ODD_EMPTY,     /* likewise; cause = behov_empty_cause; count rows of `low` have no value in the column */
    BEHOV_ODD_LIFE,      /* of a whole panel (panel_findings.h), as the next three; cause = behov_life_cause */
    BEHOV_ODD_COPIED,    /* cause = behov_copied_cause */
    BEHOV_ODD_CONSTANT,  /* cause = behov_constant_cause; value = the figure, count rows of `low` */
    BEHOV_ODD_COUNTRY, /* cause = behov_country_cause; value = the country's figure, low = that of the municipalities */
    BEHOV_N_ODDITY_KINDS
} behov_oddity_kind;

/* Twice what any Norwegian municipality has: Oslo, the largest, had 0.72 million inhabitants on 1 January 2024 (SSB, table
 * 07459). The country has 5.6 million. */
#define BEHOV_MOST_INHABITANTS 1.5e6
/* No figure of a municipality is as large, in kr or in 1000 kr: all municipalities of the country together spend less than
 * 10^12 kr a year. */
#define BEHOV_ABSURD_AMOUNT 1e12

/* Information is what a user may want to know and no fault. */
typedef enum behov_severity { BEHOV_MENDED = 0, BEHOV_WARNING, BEHOV_ERROR, BEHOV_INFORMATION } behov_severity;

typedef enum behov_empty_cause {
    BEHOV_EMPTY_CELLS = 0, /* of all years */
    BEHOV_EMPTY_CELLS_IN_YEAR,
    BEHOV_EMPTY_POPULATION /* no column is the population that the model names */
} behov_empty_cause;

typedef enum behov_code_cause {
    BEHOV_CODE_IS_DECORATED = 0, /* of a reader that mends; not found in a table */
    BEHOV_CODE_LOST_ZERO,        /* likewise */
    BEHOV_CODE_MIXED_ZEROS,      /* three digits beside codes that have kept their zero */
    BEHOV_CODE_ALL_SHORT,        /* no code of the column has four digits */
    BEHOV_CODE_NONE              /* no four digits can be made of it */
} behov_code_cause;

typedef enum behov_row_cause {
    BEHOV_ROW_IS_DOUBLE = 0, /* the first of municipality and year is other_row */
    BEHOV_ROW_HAS_NO_CODE,
    BEHOV_ROW_HAS_NO_YEAR,
    BEHOV_ROW_YEAR_IS_NONE,
    BEHOV_ROW_POPULATION_IS_NONE,
    BEHOV_ROW_ESTIMATED_ON_IS_NONE, /* neither 0 nor 1 */
    BEHOV_ROW_YEAR_IS_FAR           /* a year that stands far from all the others; a warning */
} behov_row_cause;

typedef enum behov_missing_cause {
    BEHOV_MISSING_IS_FAR = 0,
    BEHOV_MISSING_IS_REPEATED, /* 9 or 98 in `count` rows of many municipalities, and no whole number near it in as many */
    BEHOV_MISSING_IS_ZERO,     /* 0 in `count` rows of municipalities with `low` inhabitants or more */
    BEHOV_MISSING_IS_LONE_ZERO, /* 0 in a year of a municipality whose other years are clearly above */
    BEHOV_MISSING_IS_BELOW_0    /* the only figure below 0 of the column, in `count` rows */
} behov_missing_cause;

typedef enum behov_limit_cause {
    BEHOV_LIMIT_OF_MODEL = 0,
    BEHOV_LIMIT_OF_YEARS,       /* a year before 1900 or after 2100: 19 for 2019 */
    BEHOV_LIMIT_OF_INHABITANTS, /* above BEHOV_MOST_INHABITANTS: high */
    BEHOV_LIMIT_OF_AMOUNTS,     /* BEHOV_ABSURD_AMOUNT or more in size; a warning but in the outcome */
    BEHOV_LIMIT_OF_COUNTRY,     /* what no municipality has had in one of the report's columns, known by its name */
    BEHOV_LIMIT_OF_NAME /* a column whose name says per cent, and that no model knows; value = the largest of count */
} behov_limit_cause;

typedef enum behov_exact_cause {
    BEHOV_EXACT_FIGURES = 0, /* behov_fit_is_exact */
    BEHOV_EXACT_BUT_ROUNDED  /* behov_fit_find_rounding; value = decimals */
} behov_exact_cause;

typedef enum behov_model_cause {
    BEHOV_MODEL_LACKS_COLUMNS = 0, /* the table's columns are not those of the model */
    BEHOV_MODEL_IS_REFUSED,        /* no fit can be made of it */
    BEHOV_MODEL_OF_OTHER_COLUMNS   /* the same as the first, for who chooses a model alone, and no formula */
} behov_model_cause;

typedef enum behov_unit_cause {
    BEHOV_UNIT_WHOLE_COLUMN = 0, /* the outcome cannot have the unit it is said to have */
    BEHOV_UNIT_ONE_YEAR,     /* figures of a year are `value` times those of the same municipalities in other years */
    BEHOV_UNIT_MUNICIPALITY, /* a municipality's figures are `value` times those of the others */
    BEHOV_UNIT_ONE_ROW,      /* a figure is `value` times those of the municipality in other years */
    BEHOV_UNIT_COUNTS,       /* a column in per cent holds whole numbers, up to `high`, in `count` rows: a count? */
    BEHOV_UNIT_FRACTIONS,    /* a column in per cent holds nothing but figures between 0 and 1: a warning where they are
                              * a hundredth of what is usual, or near each other as shares of a whole are; an
                              * information where nothing is known of the column */
    BEHOV_UNIT_NOT_OF_FIT,   /* a column's mean (low) is `value` times that of the fit whose coefficients are given
                                  * (high) */
    BEHOV_UNIT_TWO_LEVELS, /* `count` rows of several municipalities are `value` times the rest; low, high = medians */
    BEHOV_UNIT_FEW_INHABITANTS, /* a municipality with less than `low` inhabitants in all its years: thousands? */
    BEHOV_UNIT_IS_DATE,         /* a whole number that a spreadsheet has for a day of 2000 to 2050, among far smaller */
    BEHOV_UNIT_YEAR_OF_ZEROS, /* the outcome is 0 in `count` rows of a year, of municipalities that have figures in others */
    BEHOV_UNIT_SIGN           /* the outcome is below 0 in all `count` rows of one municipality or several */
} behov_unit_cause;

/* What the history of municipalities says of a code. low and high = the first and the last year of its life, NaN = none. */
typedef enum behov_life_cause {
    BEHOV_LIFE_UNKNOWN = 0, /* no municipality ever had the code: an error */
    BEHOV_LIFE_TWICE,    /* `count` rows outside the code's life, beside a row of what it is in that year: an error */
    BEHOV_LIFE_OUTSIDE,  /* `count` rows outside the code's life; detail = what it was or became */
    BEHOV_LIFE_ABSENT,   /* no row in years in which it was there; detail = the years */
    BEHOV_LIFE_FEWER,    /* a year of `count` municipalities, of the `high` that there were; low = most of any year */
    BEHOV_LIFE_REFORM,   /* municipalities with new codes (count), from year on; value = merged, high = split */
    BEHOV_LIFE_NOWHERE,  /* `count` municipalities without any row; detail = which */
    BEHOV_LIFE_ONE_YEAR, /* all rows are in the municipalities of 1 January of `year`: information */
    BEHOV_LIFE_FEW,      /* `count` municipalities in `year`, the last, of the `high` that there were */
    BEHOV_LIFE_NO_CODES  /* `count` codes of `low` are none of Norway's: nothing is said of them */
} behov_life_cause;

typedef enum behov_copied_cause {
    BEHOV_COPIED_YEAR = 0, /* `count` of `low` municipalities have the figure of the year before in `year` */
    BEHOV_COPIED_ROW,      /* `count` figures of a row are those of the year before, in other_row */
    BEHOV_COPIED_TWIN,     /* `count` figures of a row are those of another municipality, in other_row */
    BEHOV_COPIED_ALWAYS,   /* the column does not change from year to year: information */
    /* `count` of `low` municipalities have figures that are nearer to another's than to their own of the year beside: */
    BEHOV_COPIED_ROWS_DOWN, /* the column stands a row too low, in the order of the file */
    BEHOV_COPIED_ROWS_UP,   /* too high */
    BEHOV_COPIED_PART_DOWN, /* from about `row` on, below a cell that was inserted */
    BEHOV_COPIED_PART_UP,   /* below one that was lost */
    BEHOV_COPIED_YEAR_DOWN, /* its `year` stands a municipality too low */
    BEHOV_COPIED_YEAR_UP,
    BEHOV_COPIED_SWAPPED, /* `year` and the next one of the panel fit better in each other's place */
    BEHOV_COPIED_SORTED   /* all `count` figures of `year` rise, or fall, in the order of the municipalities */
} behov_copied_cause;

typedef enum behov_constant_cause {
    BEHOV_CONSTANT_IN_YEAR = 0, /* one figure for all municipalities, in this year and not in others */
    BEHOV_CONSTANT_FILLED,      /* one figure for many */
    BEHOV_CONSTANT_ALWAYS       /* one figure for all in every year: information */
} behov_constant_cause;

typedef enum behov_country_cause { BEHOV_COUNTRY_SUM = 0, BEHOV_COUNTRY_MEAN } behov_country_cause;

typedef enum behov_jump_cause {
    BEHOV_JUMP_BY_ITSELF = 0,
    BEHOV_JUMP_AMONG_CHANGES /* high = how many times a usual change of municipalities of its size */
} behov_jump_cause;

typedef enum behov_two_codes_cause {
    BEHOV_CODE_FOLLOWS = 0, /* a warning */
    BEHOV_NAMES_CROSSED /* the name stands at row's code and at other_row's in years when both have rows: an error */
} behov_two_codes_cause;

typedef struct behov_oddity {
    behov_oddity_kind kind;
    behov_severity severity;
    int cause;
    ptrdiff_t row, other_row, column; /* -1 = none */
    int year;                         /* 0 = none */
    double value, low, high;          /* NaN = none */
    bool is_whole;                    /* of a limit: whole numbers were asked for */
    bool is_rest;                     /* stands for `count` more of the findings before it, which are not listed */
    size_t count;                     /* rows that it is about */
    const char *detail;               /* codes, names and years, the same in every language; NULL = none */
} behov_oddity;

typedef struct behov_column_limits {
    size_t column;
    double low, high; /* NaN = no limit */
    bool is_whole;
} behov_column_limits;

/* What the figures of a column were in the rows that given coefficients were estimated on. */
typedef struct behov_column_range {
    size_t column;
    double low, mean, high;
} behov_column_range;

typedef struct behov_plausibility_options {
    const behov_column_limits *limits; /* borrowed for the call; a column with 0..100 is in per cent */
    size_t n_limits;
    const bool *is_per_cent;          /* of each column, by its name or label; borrowed; NULL = of none */
    const behov_column_range *ranges; /* borrowed; of columns whose unit has to be that of a fit */
    size_t n_ranges;
    const behov_column_range
        *usual; /* borrowed; low..high: where the mean of the figures above 0 of a column of per cent
                                      * lies in any year of the country, which tells shares from a rare thing's per cent */
    size_t n_usual;
    const char *outcome; /* the column of the outcome; NULL = it is none, or arithmetic */
    behov_outcome_unit unit;
    const char
        *index; /* the column of the report's index of accumulated disadvantage, in whatever scale; NULL = none */
    const behov_expression *exclude; /* rows where it is true are not looked at; bound; NULL = none */
    size_t listed_most;              /* of one kind and column; 0 = fifty */
    bool knows_codes;                /* what became of a code is told by other means: no BEHOV_CODE_FOLLOWS */
    size_t n_threads;                /* of a large panel; 0 = 1. No finding depends on it */
} behov_plausibility_options;

typedef struct behov_plausibility behov_plausibility;

/// Marks the rows of a table that are no municipality (behov_table_mark_row), by their code, their name, or a
/// population that is, to the inhabitant, the sum of at least ten others of its year.
/// \param panel  from behov_panel_find (borrowed); its values need not have been checked
/// Cost O(n_rows).
BEHOV_API behov_status behov_plausibility_mark(behov_table *table, const behov_panel *panel,
                                               behov_error *err) BEHOV_MUST_CHECK;

/// Looks at every row that is a municipality and not excluded.
/// \param panel  from behov_panel_find (borrowed for the call)
/// \param[out] plausibility  findings: mended ones, errors, warnings, each group in the order of kinds and rows (free
///                    with behov_plausibility_free). Of one kind and column at most fifty are listed, the rest is
///                    counted.
/// Cost O(n_rows * n_columns), and n_rows log n_rows where rows of a municipality do not follow each other.
BEHOV_API behov_status behov_plausibility_new(const behov_panel *panel, const behov_plausibility_options *options,
                                              behov_plausibility **plausibility, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_plausibility_free(behov_plausibility *plausibility);

/// Findings in order (borrowed).
BEHOV_API const behov_oddity *behov_plausibility_findings(const behov_plausibility *plausibility, size_t *n_findings);
/// Rows or municipalities that findings of a kind and severity are about, those that are not listed too.
BEHOV_API size_t behov_plausibility_count(const behov_plausibility *plausibility, behov_oddity_kind kind,
                                          behov_severity severity);
/// A finding about one row: no other row, no year and no figures, which its maker fills in. -1 = no row, no column.
BEHOV_API behov_oddity behov_oddity_new(behov_oddity_kind kind, behov_severity severity, int cause, ptrdiff_t row,
                                        ptrdiff_t column);
/// One more finding, of a fit for instance; its detail is copied.
BEHOV_API behov_status behov_plausibility_add(behov_plausibility *plausibility, behov_oddity finding,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
