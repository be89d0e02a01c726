/* finance.h - the sheets of `behov fit`'s workbook for those who plan and answer: Rangering, Kommune, and a page for
 * each municipality that is named. */
#ifndef BEHOV_CLI_FINANCE_H
#define BEHOV_CLI_FINANCE_H

#include "lasting.h"
#include "profile.h"
#include "results.h"
#include "section.h"

typedef struct finance_choices {
    bool has_all;      /* Rangering, Kommune and its tables; else the named municipalities alone */
    const char *list;  /* municipalities with a page of their own, as directory_choose; NULL = none */
    const char *group; /* "county", "size" or a file; NULL = size where there are inhabitants, for has_all */
    lasting_options lasting;
} finance_choices;

typedef struct finance {
    results of; /* with the level of these sheets */
    profiles profiles;
    size_t *pages, n_pages; /* profiles with a page of their own */
    bool has_all;
} finance;

/* From a fit with its need (borrowed, must outlive it). `made` must stay where it is. Free with finance_free in any
 * case. Errors: those of profiles_new; BEHOV_E_DATA for a municipality of the list without a need in any year. */
behov_status finance_new(const results *of, const finance_choices *choices, finance *made,
                         behov_error *err) BEHOV_MUST_CHECK;
void finance_free(finance *of);

/* Rangering, Kommune and the pages, in that order. \param tables  gets the tables that Kommune looks up */
behov_status finance_add(const finance *of, section_list *list, section_list *tables,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
