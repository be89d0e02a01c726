/* write_cases.h - a selection of cases as a page, as JSON and as a section. */
#ifndef BEHOV_WRITE_CASES_H
#define BEHOV_WRITE_CASES_H

#include <stdio.h>

#include "output_writers.h"
#include "section.h"
#include "cases.h"

/* Every pick with its kind; is_for_program: kinds by their keys ("low"), not in words. */
behov_status cases_table(const behov_cases *cases, bool is_for_program, behov_report **report,
                         behov_error *err) BEHOV_MUST_CHECK;
/* Utvalg: for a workbook one table of all picks; for a page how many of each kind there are and why others were left
 * out, then a table for each kind. */
behov_status cases_add(const behov_cases *cases, bool is_workbook, behov_section_list *list,
                       behov_error *err) BEHOV_MUST_CHECK;
behov_status write_selection_page(const behov_cases *cases, FILE *out, behov_error *err) BEHOV_MUST_CHECK;
/* One object; path NULL = standard output. */
behov_status write_selection_json(const char *path, const behov_cases *cases, behov_error *err) BEHOV_MUST_CHECK;

/* Their context is a behov_cases. */
extern const output_writers cases_writers;

#endif
