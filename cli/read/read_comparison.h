/* read_comparison.h - printed tables that a fit is held against: coefficients with their notes, and ratios. */
#ifndef BEHOV_CLI_READ_COMPARISON_H
#define BEHOV_CLI_READ_COMPARISON_H

#include <behov/model.h>
#include <behov/notice.h>
#include <behov/printed_comparison.h>

enum { READ_COMPARISON_TABLES_MAX = 2 };

/* Files as the user names them (borrowed). */
typedef struct read_comparison_choices {
    const char *tables[READ_COMPARISON_TABLES_MAX]; /* one with a column `term`, and one of ratios, in any order */
    size_t n_tables;                                /* 0 = the bundled ones */
    const char *notes;                              /* NULL = TABLE_notes.csv beside the table, if there; "" = none */
    const char *const *subtotal_names;              /* two, for read_ratio_table */
    const behov_notice *notice;                     /* hears what is no error; NULL = nobody */
} read_comparison_choices;

/* Free with behov_printed_comparison_free in any case. BEHOV_E_ARGUMENT for two tables of one kind, and the errors of
 * read_printed.h and read_ratio_table.h. */
behov_status read_comparison(const read_comparison_choices *choices, behov_printed_comparison *comparison,
                             behov_error *err) BEHOV_MUST_CHECK;
/* The bundled model, whose [terms] say what printed names mean when the fit's model does not. Free with
 * behov_model_free. */
behov_status read_comparison_model(behov_model *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
