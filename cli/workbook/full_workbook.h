/* full_workbook.h - the sheets of `behov fit`'s workbook for those who plan and answer: Rangering, Kommune, and a page
 * for each municipality that is named. */
#ifndef BEHOV_FULL_WORKBOOK_H
#define BEHOV_FULL_WORKBOOK_H

#include <behov/lasting.h>
#include <behov/profile.h>
#include <behov/fit_results.h>
#include <behov/section.h>

typedef struct full_workbook_choices {
    bool has_all;                         /* Rangering, Kommune and its tables; else the named municipalities alone */
    const behov_municipality_names *list; /* municipalities with a page of their own (borrowed); NULL = none */
    behov_grouping group;                 /* kind NULL = size where there are inhabitants, for has_all */
    behov_lasting_options lasting;
} full_workbook_choices;

typedef struct full_workbook {
    behov_fit_results fit_results; /* with the level of these sheets */
    behov_profiles profiles;
    size_t *pages, n_pages; /* profiles with a page of their own */
    bool has_all;
} full_workbook;

/* From a fit with its need (borrowed, must outlive it). *full_workbook must stay where it is. Free with
 * full_workbook_free in any case. Errors: those of behov_profiles_new; BEHOV_E_DATA for a municipality of the list
 * without a need in any year. */
behov_status full_workbook_new(const behov_fit_results *fit_results, const full_workbook_choices *choices,
                               full_workbook *full_workbook, behov_error *err) BEHOV_MUST_CHECK;
void full_workbook_free(full_workbook *full_workbook);

typedef struct full_workbook_sheets {
    bool has_ranking, has_municipality;
} full_workbook_sheets;

/* Rangering and Kommune, where they are wanted, and the pages, in that order.
 * \param tables  gets the tables that Kommune looks up */
behov_status full_workbook_add(const full_workbook *full_workbook, full_workbook_sheets wanted,
                               behov_section_list *list, behov_section_list *tables, behov_error *err) BEHOV_MUST_CHECK;

#endif
