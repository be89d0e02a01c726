/* panel.h - which columns of a table say municipality, year and population.
 *
 * A plain table without them is fine: its rows are known by their number. */
#ifndef BEHOV_PANEL_H
#define BEHOV_PANEL_H

#include <stddef.h>

#include "error.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_role {
    BEHOV_ROLE_CODE = 0,     /* municipality_code, kommune_nr, kommunenr, kommunenummer, kommnr, komnr */
    BEHOV_ROLE_MUNICIPALITY, /* municipality, kommune, kommunenavn */
    BEHOV_ROLE_YEAR,         /* year, aar, år */
    BEHOV_ROLE_POPULATION,   /* population, folketall, folkemengde, innbyggere */
    BEHOV_ROLE_ESTIMATED_ON, /* estimated_on: 1 = takes part in the estimation, 0 = predicted only */
    BEHOV_N_ROLES
} behov_role;

/// The role that a column's name has by itself (letters without case; in a heading of codes blanks, full stops, hyphens
/// and underscores do not matter: "Komm. nr."), BEHOV_N_ROLES when none.
BEHOV_API behov_role behov_role_of_name(const char *name);
/// The name under which formulas know a role in every table: "municipality_code", "year" ...
BEHOV_API const char *behov_role_name(behov_role role);

/// The heading of a table without codes that is most likely theirs: spelt nearly as a known one, or beginning as such
/// headings begin (borrowed from the table); NULL when none is. Columns that were not read count too.
BEHOV_API const char *behov_panel_nearest_code_heading(const behov_table *table);

typedef struct behov_panel {
    const behov_table *table;         /* borrowed */
    ptrdiff_t columns[BEHOV_N_ROLES]; /* position, -1 = not there */
} behov_panel;

/// Finds the roles and gives the columns their role's name as an alias: the first half of behov_panel_identify.
/// \param names  as there
/// A column that the user names for a role has the role's name from then on (behov_table_lend_name), even where another
/// column of the file is called so.
/// \return BEHOV_E_NAME for a named column that is not there, BEHOV_E_TYPE for a year or population that is text, codes
///         that are numbers, and one column for two roles
BEHOV_API behov_status behov_panel_find(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                                        behov_error *err) BEHOV_MUST_CHECK;
/// Checks the values of the roles: the second half. Rows that are marked as no municipality may lack code, year and
/// population, and may be there twice.
/// \return BEHOV_E_TYPE and BEHOV_E_DATA as behov_panel_identify
BEHOV_API behov_status behov_panel_check(const behov_panel *panel, behov_error *err) BEHOV_MUST_CHECK;

/// Finds the roles, gives the columns their role's name as an alias, and checks them.
/// \param names  column named by the user per role, NULL for one found by its name
/// \return BEHOV_E_NAME for a named column that is not there, BEHOV_E_TYPE for a year that is text or not whole,
///         BEHOV_E_DATA for two rows of one municipality and year (both lines), a row without code or year, a population
///         that is not above 0, an estimated_on that is neither 0 nor 1
BEHOV_API behov_status behov_panel_identify(behov_table *table, const char *const names[BEHOV_N_ROLES],
                                            behov_panel *panel, behov_error *err) BEHOV_MUST_CHECK;

/// The column that tells municipalities apart: that of the codes, without one that of the names, -1 without either.
BEHOV_API ptrdiff_t behov_panel_key(const behov_panel *panel);
/// The code of a row ("0301"), its name ("Oslo"), "" when not there (borrowed from the table).
BEHOV_API const char *behov_panel_code(const behov_panel *panel, size_t row);
BEHOV_API const char *behov_panel_municipality(const behov_panel *panel, size_t row);
/// The year of a row, 0 when there is no year.
BEHOV_API int behov_panel_year(const behov_panel *panel, size_t row);
/// The population of a row, NaN when not there.
BEHOV_API double behov_panel_population(const behov_panel *panel, size_t row);

#ifdef __cplusplus
}
#endif
#endif
