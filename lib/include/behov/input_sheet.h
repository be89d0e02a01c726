/* input_sheet.h - a sheet of formulas: cells at places of their own, what may be typed into them, and charts of them.
 *
 * Only a workbook has such a sheet. A formula comes with the value that it has on the day it is written, so that a
 * program which does not compute shows the right figure. Formulas are written as the file keeps them: English names of
 * functions, commas between arguments. */
#ifndef BEHOV_INPUT_SHEET_H
#define BEHOV_INPUT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "phrase.h"
#include "report.h"
#include "sheet_chart.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How a cell looks, added up.
enum {
    BEHOV_FORM_PLAIN = 0,
    BEHOV_FORM_STRONG = 1,
    BEHOV_FORM_TITLE = 2,
    BEHOV_FORM_HEAD = 4,      /* heads columns */
    BEHOV_FORM_NOTE = 8,      /* small print */
    BEHOV_FORM_INPUT = 16,    /* to be typed into */
    BEHOV_FORM_SUM = 32,      /* a rule above */
    BEHOV_FORM_FAINT = 64,    /* what figures are made from: small and grey */
    BEHOV_FORM_WRAPPED = 128, /* broken into lines as wide as its column */
    BEHOV_FORM_HIDDEN = 256,  /* white on white: what charts alone need */
    BEHOV_FORM_RIGHT = 512    /* a text over figures */
};

typedef struct behov_input_cell {
    size_t row, column;
    unsigned look;
    behov_quantity quantity; /* of a figure */
    char *formula;           /* owned; NULL = what the cell holds is no formula */
    char *text;              /* owned; what it holds or shows; NULL = a figure */
    double number;           /* NaN = nothing */
} behov_input_cell;

typedef enum behov_input_rule_kind {
    BEHOV_FORM_RULE_LIST,    /* one of the cells of `list` */
    BEHOV_FORM_RULE_WHOLE,   /* a whole number from low to high */
    BEHOV_FORM_RULE_DECIMAL, /* a number from low to high */
    BEHOV_FORM_RULE_LENGTH,  /* a text of low to high characters */
    BEHOV_FORM_RULE_ANY      /* words to the user alone */
} behov_input_rule_kind;

/// What may be typed into a block of cells, and the words that the program shows there.
typedef struct behov_input_rule {
    behov_input_rule_kind kind;
    size_t first_row, first_column, last_row, last_column;
    double low, high;          /* NaN = no limit */
    const char *list;          /* cells as behov_workbook_range has them */
    const char *title, *words; /* beside a chosen cell; cut at 32 and 255 units of UTF-16; NULL = none */
    const char *refusal;       /* shown when it is something else, as long; NULL = the spreadsheet's own words */
} behov_input_rule;

typedef struct behov_input_column {
    double width; /* characters; 0 = the program's own */
    bool is_text; /* what is typed stays text: 0101 */
} behov_input_column;

typedef struct behov_input_chart {
    behov_sheet_chart chart;
    size_t row, column;   /* of its upper left corner */
    double width, height; /* in points of the screen */
} behov_input_chart;

typedef struct behov_input_sheet {
    behov_input_cell *cells;
    size_t n_cells, cells_room;
    behov_input_rule *rules;
    size_t n_rules;
    behov_input_column *columns;
    size_t n_columns;
    behov_input_chart *charts;
    size_t n_charts;
    size_t n_frozen_rows, n_frozen_columns;
    size_t printed_row, printed_column; /* the last that are printed; 0, 0 = all */
    bool landscape, one_page, is_first_shown;
} behov_input_sheet;

/// NULL when memory is short. behov_input_free(NULL) is fine.
BEHOV_API behov_input_sheet *behov_input_new(void);
BEHOV_API void behov_input_free(behov_input_sheet *input_sheet);

/// A cell, each once; texts and formulas are copied. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_input_text(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                        const char *text, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_input_number(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                          behov_quantity quantity, double number, behov_error *err) BEHOV_MUST_CHECK;
/// \param value  what the formula gives today; NaN = an empty text
BEHOV_API behov_status behov_input_formula(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                           behov_quantity quantity, double value, const char *formula,
                                           behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_input_text_formula(behov_input_sheet *out, size_t row, size_t column, unsigned look,
                                                const char *value, const char *formula,
                                                behov_error *err) BEHOV_MUST_CHECK;
/// All words are copied.
BEHOV_API behov_status behov_input_add_rule(behov_input_sheet *out, behov_input_rule rule,
                                            behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API behov_status behov_input_add_chart(behov_input_sheet *out, behov_input_chart chart,
                                             behov_error *err) BEHOV_MUST_CHECK;
/// Columns up to this one have a width.
BEHOV_API behov_status behov_input_set_column(behov_input_sheet *out, size_t column, behov_input_column how,
                                              behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
