/* roles.h - which column is the code, the name, the year, the population, where a file has more than one that could be.
 * */
#ifndef BEHOV_ROLES_H
#define BEHOV_ROLES_H

#include <behov.h>
#include <stdbool.h>

#include <behov/study.h>

/* Whether a column gives way to one that the call or the model names for the role whose English name it bears. */
bool behov_roles_gives_way(const char *const names[BEHOV_N_ROLES], const char *column);

/* Two columns that could both have a role have to be equal; columns that are left aside are reported (study->notice).
 * Returns BEHOV_E_DATA with the first line where two columns differ, BEHOV_E_NAME for a population of the model that is
 * not there. Cost O(n_rows) for each second column. */
behov_status behov_roles_settle(const behov_study *study, const behov_panel_request *request,
                                behov_error *err) BEHOV_MUST_CHECK;

#endif
