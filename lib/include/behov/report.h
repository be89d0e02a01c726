/* report.h - a result table: named columns with a quantity each, the same object for every writer.
 *
 * A report holds keys, never words: `ratio_pct`, not "Forholdstall". Writers translate. Columns may be borrowed from
 * a table or a result, so a report of a million rows costs nothing; `rows` picks and orders storage rows. */
#ifndef BEHOV_REPORT_H
#define BEHOV_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dictionary.h"
#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a column measures; writers take the number format and the alignment from it. */
typedef enum behov_quantity {
    BEHOV_Q_TEXT = 0,
    BEHOV_Q_CODE,           /* municipality code: text, never a number */
    BEHOV_Q_YEAR,           /* whole number without grouping */
    BEHOV_Q_COUNT,          /* whole number */
    BEHOV_Q_RANK,           /* whole number, 1 = first */
    BEHOV_Q_OUTCOME,        /* in the outcome's unit, three decimals (1000 kr per inhabitant) */
    BEHOV_Q_GAP,            /* amount, 1000 kr or kr per inhabitant, no decimals */
    BEHOV_Q_RATIO,          /* per cent of need, printed with no decimals */
    BEHOV_Q_INDEX,          /* country = 100, one decimal */
    BEHOV_Q_COEFFICIENT,    /* three significant digits */
    BEHOV_Q_STANDARD_ERROR, /* three significant digits */
    BEHOV_Q_ERROR_BENEATH,  /* a standard error in brackets, in the row under its coefficient; an interval, as text */
    BEHOV_Q_T_BENEATH,      /* the same of t, */
    BEHOV_Q_P_BENEATH,      /* and of p */
    BEHOV_Q_SHARE,          /* two decimals: R2 as annex 1 prints it */
    BEHOV_Q_T,              /* two decimals */
    BEHOV_Q_DOF,            /* whole, or one decimal when not whole */
    BEHOV_Q_P,              /* three decimals, "< 0,001" below that */
    BEHOV_Q_PROBABILITY,    /* two decimals, "< 0,01" and "> 0,99" where they would be 0,00 or 1,00 */
    BEHOV_Q_STARS,          /* text: "", "*", "**", "***" */
    BEHOV_Q_VALUE           /* a figure as read or computed, no stated precision */
} behov_quantity;

typedef struct behov_report_column {
    const char *key;   /* snake_case, unique in the report: "ratio_pct", "2012" (copied) */
    const char *label; /* shown as it is instead of the key's translation; NULL = translate (copied) */
    behov_quantity quantity;
} behov_report_column;

typedef struct behov_report behov_report;

/// \param key     "regression", "ratios", "municipalities", "data", "about" ... (copied)
/// \param n_rows  rows of the report
/// \param rows    n_rows positions into the columns' storage (copied), NULL for 0, 1, 2 ...
BEHOV_API behov_status behov_report_new(const char *key, size_t n_rows, const uint32_t *rows, behov_report **report,
                                        behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_report_free(behov_report *report);

/// Columns; with take = true `values` (from malloc) belongs to the report on success, else it is borrowed and must
/// outlive it. NaN is an empty cell.
BEHOV_API behov_status behov_report_add_numbers(behov_report *report, behov_report_column column, double *values,
                                                bool take, behov_error *err) BEHOV_MUST_CHECK;
/// Figures that are computed whenever they are read, and take no memory: `figure(source, row)`, row counting in storage.
/// It must give the same each time and may be called by several threads at once; `source` is borrowed and must outlive
/// the report.
typedef double behov_report_figure(const void *source, size_t row);
BEHOV_API behov_status behov_report_add_computed(behov_report *report, behov_report_column column,
                                                 behov_report_figure *figure, const void *source,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// Texts that are found whenever they are read, "" for an empty cell: `text(source, row)` as above, borrowed from the source.
/// \param release  frees the source with the report, on success (taken); NULL = the source is borrowed
typedef const char *behov_report_text_of_row(const void *source, size_t row);
BEHOV_API behov_status behov_report_add_found_texts(behov_report *report, behov_report_column column,
                                                    behov_report_text_of_row *text, void *source,
                                                    void (*release)(void *source), behov_error *err) BEHOV_MUST_CHECK;
/// Codes into a dictionary, both borrowed; negative codes are empty cells.
BEHOV_API behov_status behov_report_add_codes(behov_report *report, behov_report_column column, const int32_t *codes,
                                              const behov_dictionary *levels, behov_error *err) BEHOV_MUST_CHECK;
/// A text column owned by the report, empty at first, set with behov_report_set_text.
BEHOV_API behov_status behov_report_add_texts(behov_report *report, behov_report_column column,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// Text of one cell of a column made by behov_report_add_texts (copied); row counts in storage, as `rows` does.
BEHOV_API behov_status behov_report_set_text(behov_report *report, size_t column, size_t row, const char *text,
                                             behov_error *err) BEHOV_MUST_CHECK;

/// What the figures of one row measure, whatever their columns say: a count under a column of coefficients. Texts of the
/// row stay what they are. `row` counts in storage.
BEHOV_API behov_status behov_report_set_quantity(behov_report *report, size_t row, behov_quantity quantity,
                                                 behov_error *err) BEHOV_MUST_CHECK;
/// Words in place of a figure, in one cell of a column of numbers (copied): the kind of standard errors under
/// coefficients. behov_report_text gives them, behov_report_number is NaN there. `row` counts in storage.
BEHOV_API behov_status behov_report_set_words(behov_report *report, size_t column, size_t row, const char *words,
                                              behov_error *err) BEHOV_MUST_CHECK;
/// The decimals that a figure of a report was printed with elsewhere, so that 43.0 is shown so; those before the power of
/// ten where it has one. -1 = as the quantity has it; row counts in storage.
BEHOV_API behov_status behov_report_set_decimals(behov_report *report, size_t column, size_t row, int n_decimals,
                                                 behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API int behov_report_decimals(const behov_report *report, size_t column, size_t row);
/// Sets a cell in bold; row counts in storage. A writer that has no bold leaves it out, so it may never be the only
/// bearer of a meaning.
BEHOV_API behov_status behov_report_set_strong(behov_report *report, size_t column, size_t row,
                                               behov_error *err) BEHOV_MUST_CHECK;

BEHOV_API const char *behov_report_key(const behov_report *report);
BEHOV_API size_t behov_report_n_rows(const behov_report *report);
BEHOV_API size_t behov_report_n_columns(const behov_report *report);
BEHOV_API behov_report_column behov_report_column_at(const behov_report *report, size_t column);
BEHOV_API bool behov_report_is_text(const behov_report *report, size_t column);
/// What a cell of the report's row measures: the row's own quantity for a figure where it has one, else the column's.
BEHOV_API behov_quantity behov_report_quantity_at(const behov_report *report, size_t column, size_t row);
/// Whether some row has a quantity of its own.
BEHOV_API bool behov_report_has_row_quantities(const behov_report *report);
BEHOV_API bool behov_report_is_strong(const behov_report *report, size_t column, size_t row);
/// A number of the report's row (not storage row); NaN for an empty cell, words, or a column of text.
BEHOV_API double behov_report_number(const behov_report *report, size_t column, size_t row);
/// A text of the report's row (borrowed), "" for an empty cell or a figure.
BEHOV_API const char *behov_report_text(const behov_report *report, size_t column, size_t row);

/// What stands behind a column, for a writer of millions of rows (all borrowed): one of numbers, figure, codes (with
/// their levels), texts and text is not NULL, texts beside numbers or a figure being words in place of some; figure and
/// text want the source. The report's row r is stored at rows[r], or at r when rows is NULL.
typedef struct behov_report_storage {
    const double *numbers;
    const int32_t *codes;
    const behov_dictionary *levels;
    char *const *texts; /* NULL entries are empty cells, or no words */
    behov_report_figure *figure;
    behov_report_text_of_row *text;
    const void *source;
    const uint32_t *rows;
} behov_report_storage;
BEHOV_API behov_report_storage behov_report_storage_of(const behov_report *report, size_t column);

#ifdef __cplusplus
}
#endif
#endif
