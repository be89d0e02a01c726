/* empty_cells.h - how many rows have no value in the columns of the model, or in every column: what `behov check` and
 * `behov panel check` count. */
#ifndef BEHOV_EMPTY_CELLS_H
#define BEHOV_EMPTY_CELLS_H

#include <behov/study.h>

/* Adds to study->found: for each column of the formula how many rows have no value, which is information; a year where
 * more than half have none, which is a warning unless all outcomes of the year are missing; a population that the model
 * names and the file lacks. Rows that are no municipality or excluded are not counted. BEHOV_E_MEMORY. */
behov_status behov_empty_cells_add(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;
/* The same of every column of the table. */
behov_status behov_empty_cells_add_all(behov_study *study, behov_error *err) BEHOV_MUST_CHECK;

#endif
