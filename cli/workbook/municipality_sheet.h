/* municipality_sheet.h - the sheet Kommune: a municipality and a year are chosen, and figures, drivers, sentences and
 * charts follow. */
#ifndef BEHOV_CLI_MUNICIPALITY_SHEET_H
#define BEHOV_CLI_MUNICIPALITY_SHEET_H

#include <behov/profile.h>
#include <behov/section.h>

/* Adds the tables that the sheet looks figures up in: by municipality and year, by group and year, by municipality.
 * \param profiles  of all municipalities (borrowed for the call) */
behov_status municipality_sheet_add_tables(const behov_profiles *profiles, behov_section_list *list,
                                           behov_error *err) BEHOV_MUST_CHECK;
/* Adds the sheet of formulas.
 * \param first   the profile that is shown first
 * \param tables  the list that has only those tables */
behov_status municipality_sheet_add(const behov_profiles *profiles, size_t first, const behov_section_list *tables,
                                    behov_section_list *list, behov_error *err) BEHOV_MUST_CHECK;

#endif
