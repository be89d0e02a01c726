/* panel.c - finding municipality, year and population among the columns, and checking that they identify the rows. */
#include <behov/panel.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "row_key.h"

enum { NAMES_MAX = 5 };

/* The first of each is the name that formulas and outputs use. */
static const char *const known_names[BEHOV_N_ROLES][NAMES_MAX] = {
    [BEHOV_ROLE_CODE] = {"municipality_code", "kommune_nr", "kommunenr", "kommunenummer", NULL},
    [BEHOV_ROLE_MUNICIPALITY] = {"municipality", "kommune", "kommunenavn", NULL},
    [BEHOV_ROLE_YEAR] = {"year", "aar", "år", "År", NULL},
    [BEHOV_ROLE_POPULATION] = {"population", "folketall", "folkemengde", "innbyggere", NULL},
    [BEHOV_ROLE_ESTIMATED_ON] = {"estimated_on", NULL},
};

static int equal_without_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a;
        char y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return 0;
    }
    return *a == *b;
}

behov_role behov_role_of_name(const char *name)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        for (int i = 0; i < NAMES_MAX && known_names[role][i]; i++)
            if (equal_without_case(name, known_names[role][i]))
                return (behov_role)role;
    return BEHOV_N_ROLES;
}

const char *behov_role_name(behov_role role)
{
    return role < BEHOV_N_ROLES ? known_names[role][0] : "";
}

static behov_status find_roles(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                               behov_error *err)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++) {
        panel->columns[role] = -1;
        if (names && names[role]) {
            panel->columns[role] = behov_table_find(table, names[role]);
            if (panel->columns[role] < 0) {
                const char *nearest = behov_table_nearest_name(table, names[role]);
                return behov_error_set(err, BEHOV_E_NAME, behov_table_source(table),
                                       "no column is called \"%s\"%s%s%s", names[role],
                                       nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
            }
            continue;
        }
        /* The English name first, so that it wins over a Norwegian one in the same file. */
        for (int i = 0; i < NAMES_MAX && known_names[role][i] && panel->columns[role] < 0; i++)
            for (size_t j = 0; j < behov_table_n_columns(table) && panel->columns[role] < 0; j++)
                if (equal_without_case(behov_table_name(table, j), known_names[role][i]))
                    panel->columns[role] = (ptrdiff_t)j;
    }
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        if (panel->columns[role] >= 0) {
            behov_status status =
                behov_table_add_alias(table, known_names[role][0], (size_t)panel->columns[role], err);
            if (status)
                return status;
        }
    return BEHOV_OK;
}

static behov_status need_numbers(const behov_panel *panel, behov_role role, behov_error *err)
{
    ptrdiff_t column = panel->columns[role];
    if (column < 0 || behov_table_kind(panel->table, (size_t)column) == BEHOV_COLUMN_NUMBER)
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_TYPE, behov_table_source(panel->table),
                           "column %s should hold numbers but holds text", behov_table_name(panel->table, (size_t)column));
}

static behov_status check_values(const behov_panel *panel, behov_error *err)
{
    const behov_table *table = panel->table;
    ptrdiff_t year = panel->columns[BEHOV_ROLE_YEAR], population = panel->columns[BEHOV_ROLE_POPULATION];
    char where[160];
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        if (behov_table_row_mark(table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        if (year >= 0) {
            double value = behov_table_numbers(table, (size_t)year)[row];
            if (!isnan(value) && !(value == floor(value) && value >= 1 && value <= 9999)) {
                behov_table_where(table, row, year, where);
                return behov_error_set(err, BEHOV_E_DATA, where, "a year must be a whole number such as 2016");
            }
        }
        if (population >= 0) {
            double value = behov_table_numbers(table, (size_t)population)[row];
            if (!isnan(value) && !(value > 0 && isfinite(value))) {
                behov_table_where(table, row, population, where);
                return behov_error_set(err, BEHOV_E_DATA, where, "a population must be above 0");
            }
        }
    }
    return BEHOV_OK;
}

/* Two rows of one municipality and year would count it twice. Without a code column nothing is checked: names are no
 * key (Våler, Os, Nes, Sande, Herøy and Bø exist twice). */
static behov_status check_unique(const behov_panel *panel, behov_error *err)
{
    const behov_table *table = panel->table;
    ptrdiff_t code = panel->columns[BEHOV_ROLE_CODE];
    if (code < 0)
        return BEHOV_OK;
    if (behov_table_kind(table, (size_t)code) != BEHOV_COLUMN_TEXT)
        return behov_error_set(err, BEHOV_E_TYPE, behov_table_source(table), "column %s should hold codes as text",
                               behov_table_name(table, (size_t)code));
    size_t n_rows = behov_table_n_rows(table);
    row_keys all = {.keys = behov_alloc(n_rows, sizeof *all.keys)};
    if (!all.keys)
        return behov_out_of_memory(err, "checking for duplicate rows");
    const int32_t *codes = behov_table_codes(table, (size_t)code);
    behov_status status = BEHOV_OK;
    char where[160];
    for (size_t row = 0; row < n_rows && !status; row++) {
        if (behov_table_row_mark(table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        if (codes[row] < 0) {
            behov_table_where(table, row, code, where);
            status = behov_error_set(err, BEHOV_E_DATA, where, "the row has no municipality code; give it one, or take the row out of the file");
            break;
        }
        if (panel->columns[BEHOV_ROLE_YEAR] >= 0 && behov_panel_year(panel, row) == 0) {
            behov_table_where(table, row, panel->columns[BEHOV_ROLE_YEAR], where);
            status = behov_error_set(err, BEHOV_E_DATA, where, "the row has no year; give it one, or take the row out of the file");
            break;
        }
        row_keys_add(&all, (row_key){codes[row], behov_panel_year(panel, row), (uint32_t)row});
    }
    row_keys_sort(&all);
    const row_key *keys = all.keys;
    for (size_t i = 1; i < all.n && !status; i++)
        if (row_keys_is_double(&all, i)) {
            char year[32] = "";
            if (keys[i].year)
                snprintf(year, sizeof year, " in %d", keys[i].year);
            behov_table_where(table, keys[i].row, -1, where);
            uint32_t first = behov_table_line(table, keys[i - 1].row);
            status = behov_error_set(err, BEHOV_E_DATA, where,
                                     "municipality %s has a second row%s (the first is on %s %lu); keep one of them%s",
                                     behov_panel_code(panel, keys[i].row), year, first ? "line" : "row",
                                     (unsigned long)(first ? first : keys[i - 1].row + 1),
                                     keys[i].year ? "" : ", or name the column that holds the year with --year");
        }
    free(all.keys);
    return status;
}

behov_status behov_panel_find(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                              behov_error *err)
{
    behov_panel found = {.table = table};
    behov_status status = find_roles(table, names, &found, err);
    if (!status)
        status = need_numbers(&found, BEHOV_ROLE_YEAR, err);
    if (!status)
        status = need_numbers(&found, BEHOV_ROLE_POPULATION, err);
    if (!status)
        status = need_numbers(&found, BEHOV_ROLE_ESTIMATED_ON, err);
    if (!status)
        *panel = found;
    return status;
}

behov_status behov_panel_check(const behov_panel *panel, behov_error *err)
{
    behov_status status = check_values(panel, err);
    return status ? status : check_unique(panel, err);
}

behov_status behov_panel_identify(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                                  behov_error *err)
{
    behov_panel found;
    behov_status status = behov_panel_find(table, names, &found, err);
    if (!status)
        status = behov_panel_check(&found, err);
    if (!status)
        *panel = found;
    return status;
}

static const char *text_of(const behov_panel *panel, behov_role role, size_t row)
{
    ptrdiff_t column = panel->columns[role];
    if (column < 0 || behov_table_kind(panel->table, (size_t)column) != BEHOV_COLUMN_TEXT)
        return "";
    int32_t code = behov_table_codes(panel->table, (size_t)column)[row];
    return code < 0 ? "" : behov_dictionary_text(behov_table_levels(panel->table, (size_t)column), code);
}

const char *behov_panel_code(const behov_panel *panel, size_t row)
{
    return text_of(panel, BEHOV_ROLE_CODE, row);
}

const char *behov_panel_municipality(const behov_panel *panel, size_t row)
{
    return text_of(panel, BEHOV_ROLE_MUNICIPALITY, row);
}

int behov_panel_year(const behov_panel *panel, size_t row)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_YEAR];
    double value = column < 0 ? NAN : behov_table_numbers(panel->table, (size_t)column)[row];
    /* `check` looks at panels whose years are none, too */
    return value >= 1 && value <= 9999 ? (int)value : 0;
}

double behov_panel_population(const behov_panel *panel, size_t row)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_POPULATION];
    return column < 0 ? NAN : behov_table_numbers(panel->table, (size_t)column)[row];
}
