/* fit_sections.h - what a fit or an application has to write: Om, Regresjon, Forholdstall, Kommuner and Data in a
 * workbook, with Figurer, Diagnostikk and the sheets of full_workbook.h in a full one; Regresjon and Forholdstall on a
 * page. */
#ifndef BEHOV_CLI_FIT_SECTIONS_H
#define BEHOV_CLI_FIT_SECTIONS_H

#include "full_workbook.h"
#include "outputs.h"
#include <behov/fit_results.h>

/* The context of fit_writers. */
typedef struct fit_outputs {
    const behov_fit_results *fit_results;
    /* Sections of a comparison, which follow the regression in a workbook and are all of a page; NULL = none. */
    behov_status (*more)(const void *context, behov_section_list *list, behov_error *err);
    const void *more_context;
    bool is_full;
    const full_workbook *full_workbook; /* NULL = none of its sheets */
} fit_outputs;
extern const output_writers fit_writers;

/* Single sections, for verbs that choose among them: annex 1 as print has it, and the notes under a table of ratios. */
behov_status fit_sections_regression(const behov_fit_results *fit_results, behov_section_list *list,
                                     behov_error *err) BEHOV_MUST_CHECK;
behov_status fit_sections_ratio_notes(const behov_fit_results *fit_results, behov_section_list *list,
                                      behov_error *err) BEHOV_MUST_CHECK;

#endif
