/* specification_cells.h - a table of a check that is filled cell by cell, which tables of checks and their summary share. */
#ifndef BEHOV_SPECIFICATION_CELLS_H
#define BEHOV_SPECIFICATION_CELLS_H

#include <behov/report.h>
#include <behov/specification.h>
#include <behov/wording.h>

enum { MOST_COLUMNS = 12 };

/* Figures by their column, texts by behov_report_set_text. */
typedef struct specification_cells {
    behov_report *report;
    double *figures[MOST_COLUMNS];
} specification_cells;

/* Columns in the outcome's unit take that of the study. The caller frees table->report, on failure too. */
behov_status specification_cells_new(const behov_specification *specification, const char *key, size_t n_rows,
                                     const behov_report_column *columns, size_t n_columns, specification_cells *table,
                                     behov_error *err);
behov_status specification_cells_set_said(specification_cells *table, size_t column, size_t row,
                                          const behov_wording *words, behov_error *err);
/* NaN where the sentence says that the test of all terms together cannot be relied on: it rejects too often. */
double specification_joint_p(const behov_wald_result *joint);
/* The heading of a check. */
behov_word specification_title_of(behov_check check);

#endif
