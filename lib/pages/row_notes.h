/* row_notes.h - what there is to say of a row of the panel, beside its figures. */
#ifndef BEHOV_PAGES_ROW_NOTES_H
#define BEHOV_PAGES_ROW_NOTES_H

#include <behov/error.h>
#include <behov/fit_results.h>
#include <behov/report.h>
#include <behov/wording.h>
#include <stddef.h>

/* The words of a row; none of an ordinary one. */
behov_status behov_row_note(const behov_fit_results *fit_results, size_t row, behov_wording *words,
                            behov_error *err) BEHOV_MUST_CHECK;
/* Adds them as a column to a report of all rows of the panel, which borrows the results. */
behov_status behov_row_notes_add(const behov_fit_results *fit_results, behov_report *report, behov_report_column column,
                                 behov_error *err) BEHOV_MUST_CHECK;

#endif
