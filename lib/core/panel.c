/* panel.c - finding municipality, year and population among the columns, and checking that they identify the rows. */
#include <behov/panel.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "row_key.h"

enum { NAMES_MAX = 7 };

/* The first of each is the name that formulas and outputs use. */
static const char *const known_names[BEHOV_N_ROLES][NAMES_MAX] = {
    [BEHOV_ROLE_CODE] = {"municipality_code", "kommune_nr", "kommunenr", "kommunenummer", "kommnr", "komnr", NULL},
    [BEHOV_ROLE_MUNICIPALITY] = {"municipality", "kommune", "kommunenavn", NULL},
    [BEHOV_ROLE_YEAR] = {"year", "aar", "år", "År", NULL},
    [BEHOV_ROLE_POPULATION] = {"population", "folketall", "folkemengde", "innbyggere", "innbyggertall", NULL},
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

/* Bytes of a mark that people put into the heading of the codes and others leave out: "Kommunenr.", "Komm. nr", "Kommune-nr". */
static size_t n_loose(const char *cursor)
{
    if (strncmp(cursor, "\xC2\xA0", 2) == 0)
        return 2;
    return *cursor && strchr(" ._-", *cursor) ? 1 : 0;
}

/* Headings of codes alone are read so: a column of codes is known by its values too, one of figures is not. */
static int is_code_heading(const char *name)
{
    char letters[32];
    size_t n = 0;
    for (const char *cursor = name; *cursor;) {
        size_t n_skipped = n_loose(cursor);
        if (!n_skipped && n + 1 == sizeof letters)
            return 0;
        if (!n_skipped)
            letters[n++] = *cursor;
        cursor += n_skipped ? n_skipped : 1;
    }
    letters[n] = '\0';
    if (equal_without_case(letters, "municipalitycode"))
        return 1;
    for (int i = 0; i < NAMES_MAX && known_names[BEHOV_ROLE_CODE][i]; i++)
        if (equal_without_case(letters, known_names[BEHOV_ROLE_CODE][i]))
            return 1;
    return 0;
}

/* Bytes of ASCII letters alone, without case: enough for the beginnings that are looked for. */
static int begins_without_case(const char *text, const char *beginning)
{
    for (; *beginning; text++, beginning++)
        if ((*text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text) != *beginning)
            return 0;
    return 1;
}

const char *behov_panel_nearest_code_heading(const behov_table *table)
{
    static const char *const beginnings[] = {"komm", "kode", "code", "municipality", "knr", "region", "nr"};
    size_t n_read = behov_table_n_columns(table), n = n_read + behov_table_n_unread(table);
    for (int i = 0; i < NAMES_MAX && known_names[BEHOV_ROLE_CODE][i]; i++) {
        const char *nearest = behov_table_nearest_name(table, known_names[BEHOV_ROLE_CODE][i]);
        if (nearest && behov_role_of_name(nearest) == BEHOV_N_ROLES)
            return nearest;
    }
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        for (size_t j = 0; j < n; j++) {
            const char *name = j < n_read ? behov_table_name(table, j) : behov_table_unread(table, j - n_read);
            if (begins_without_case(name, beginnings[i]) && behov_role_of_name(name) == BEHOV_N_ROLES)
                return name;
        }
    return NULL;
}

behov_role behov_role_of_name(const char *name)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        for (int i = 0; i < NAMES_MAX && known_names[role][i]; i++)
            if (equal_without_case(name, known_names[role][i]))
                return (behov_role)role;
    return is_code_heading(name) ? BEHOV_ROLE_CODE : BEHOV_N_ROLES;
}

const char *behov_role_name(behov_role role)
{
    return role < BEHOV_N_ROLES ? known_names[role][0] : "";
}

/* A column that the user names for one role and whose name stands for another cannot be both. */
static behov_status refuse_two_roles(const behov_table *table, const behov_panel *panel, behov_error *err)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++)
        for (int other = 0; other < role; other++)
            if (panel->columns[role] >= 0 && panel->columns[role] == panel->columns[other])
                return behov_error_say(err, BEHOV_E_TYPE, behov_table_source(table), SAY_PANEL_TWO_ROLES,
                                       behov_table_name(table, (size_t)panel->columns[role]), known_names[other][0],
                                       known_names[role][0]);
    return BEHOV_OK;
}

static behov_status no_column(const behov_table *table, const char *name, behov_error *err)
{
    const char *nearest = behov_table_nearest_name(table, name), *source = behov_table_source(table);
    if (nearest)
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_PANEL_NO_COLUMN_NEAREST, name, nearest);
    char list[BEHOV_COLUMN_LIST];
    size_t n_columns = behov_table_n_columns(table) + behov_table_n_unread(table),
           n_listed = behov_table_list(table, list);
    return behov_error_say(err, BEHOV_E_NAME, source, SAY_PANEL_NO_COLUMN, name, list,
                           n_listed < n_columns ? behov_phrase(SAY_NAMES_MORE, n_columns - n_listed).text : "");
}

static behov_status find_roles(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                               behov_error *err)
{
    for (int role = 0; role < BEHOV_N_ROLES; role++) {
        panel->columns[role] = -1;
        if (names && names[role]) {
            panel->columns[role] = behov_table_find(table, names[role]);
            if (panel->columns[role] < 0) {
                return no_column(table, names[role], err);
            }
            continue;
        }
        /* The English name first, so that it wins over a Norwegian one in the same file. */
        for (int i = 0; i < NAMES_MAX && known_names[role][i] && panel->columns[role] < 0; i++)
            for (size_t j = 0; j < behov_table_n_columns(table) && panel->columns[role] < 0; j++)
                if (equal_without_case(behov_table_name(table, j), known_names[role][i]))
                    panel->columns[role] = (ptrdiff_t)j;
        for (size_t j = 0; role == BEHOV_ROLE_CODE && j < behov_table_n_columns(table) && panel->columns[role] < 0; j++)
            if (is_code_heading(behov_table_name(table, j)))
                panel->columns[role] = (ptrdiff_t)j;
    }
    behov_status status = refuse_two_roles(table, panel, err);
    for (int role = 0; role < BEHOV_N_ROLES && !status; role++) {
        size_t column = (size_t)panel->columns[role];
        if (panel->columns[role] < 0)
            continue;
        status = names && names[role] ? behov_table_lend_name(table, known_names[role][0], column, err)
                                      : behov_table_add_alias(table, known_names[role][0], column, err);
    }
    return status;
}

static behov_status need_numbers(const behov_panel *panel, behov_role role, behov_error *err)
{
    ptrdiff_t column = panel->columns[role];
    if (column < 0 || behov_table_kind(panel->table, (size_t)column) == BEHOV_COLUMN_NUMBER)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_TYPE, behov_table_source(panel->table), SAY_PANEL_TEXT_FOR_NUMBER,
                           behov_table_name(panel->table, (size_t)column));
}

static behov_status need_codes(const behov_panel *panel, behov_error *err)
{
    ptrdiff_t column = panel->columns[BEHOV_ROLE_CODE];
    if (column < 0 || behov_table_kind(panel->table, (size_t)column) == BEHOV_COLUMN_TEXT)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_TYPE, behov_table_source(panel->table), SAY_PANEL_NUMBER_FOR_CODE,
                           behov_table_name(panel->table, (size_t)column));
}

static const double *numbers_of(const behov_panel *panel, behov_role role)
{
    ptrdiff_t column = panel->columns[role];
    return column < 0 ? NULL : behov_table_numbers(panel->table, (size_t)column);
}

static behov_status check_values(const behov_panel *panel, behov_error *err)
{
    const behov_table *table = panel->table;
    const double *years = numbers_of(panel, BEHOV_ROLE_YEAR), *populations = numbers_of(panel, BEHOV_ROLE_POPULATION),
                 *estimated_on = numbers_of(panel, BEHOV_ROLE_ESTIMATED_ON);
    bool has_marks = behov_table_n_marked(table) > 0;
    char where[BEHOV_PLACE_SIZE];
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        if (has_marks && behov_table_row_mark(table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        if (years && !isnan(years[row]) &&
            !(years[row] == floor(years[row]) && years[row] >= 1 && years[row] <= 9999)) {
            behov_table_where(table, row, panel->columns[BEHOV_ROLE_YEAR], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_YEAR_NOT_WHOLE);
        }
        if (populations && !isnan(populations[row]) && !(populations[row] > 0 && isfinite(populations[row]))) {
            behov_table_where(table, row, panel->columns[BEHOV_ROLE_POPULATION], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_POPULATION_NOT_POSITIVE);
        }
        if (estimated_on && estimated_on[row] != 0 && estimated_on[row] != 1) { /* missing is neither */
            behov_table_where(table, row, panel->columns[BEHOV_ROLE_ESTIMATED_ON], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_ESTIMATED_ON,
                                   known_names[BEHOV_ROLE_ESTIMATED_ON][0]);
        }
    }
    return BEHOV_OK;
}

/* A row twice; by its name where there are no codes: two municipalities of one name may be mixed up then. */
static behov_status refuse_double(const behov_panel *panel, uint32_t row, uint32_t first_row, behov_error *err)
{
    bool has_codes = panel->columns[BEHOV_ROLE_CODE] >= 0;
    char where[BEHOV_PLACE_SIZE];
    int year = behov_panel_year(panel, row);
    behov_table_where(panel->table, row, -1, where);
    const char *name = has_codes ? behov_panel_code(panel, row) : behov_panel_municipality(panel, row);
    unsigned long line = behov_table_line(panel->table, first_row), first = line ? line : (unsigned long)first_row + 1;
    if (year && has_codes)
        return line ? behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_CODE_YEAR_LINE, name, year, first)
                    : behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_CODE_YEAR_ROW, name, year, first);
    if (year)
        return line ? behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_NAME_YEAR_LINE, name, year, first)
                    : behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_NAME_YEAR_ROW, name, year, first);
    if (has_codes)
        return line ? behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_CODE_LINE, name, first)
                    : behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_CODE_ROW, name, first);
    return line ? behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_NAME_LINE, name, first)
                : behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_TWICE_NAME_ROW, name, first);
}

/* The keys of all rows that are a municipality's; BEHOV_E_DATA for one without code or year. */
static behov_status add_keys(const behov_panel *panel, row_keys *all, behov_error *err)
{
    const behov_table *table = panel->table;
    ptrdiff_t code = behov_panel_key(panel);
    bool has_codes = panel->columns[BEHOV_ROLE_CODE] >= 0;
    const int32_t *codes = behov_table_codes(table, (size_t)code);
    bool has_marks = behov_table_n_marked(table) > 0, has_years = panel->columns[BEHOV_ROLE_YEAR] >= 0;
    char where[BEHOV_PLACE_SIZE];
    for (size_t row = 0; row < behov_table_n_rows(table); row++) {
        if (has_marks && behov_table_row_mark(table, row) != BEHOV_ROW_MUNICIPALITY)
            continue;
        int year = behov_panel_year(panel, row);
        if (codes[row] < 0 && !has_codes)
            continue; /* a row without a name is known by its number */
        if (codes[row] < 0) {
            behov_table_where(table, row, code, where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_NO_CODE);
        }
        if (has_years && year == 0) {
            behov_table_where(table, row, panel->columns[BEHOV_ROLE_YEAR], where);
            return behov_error_say(err, BEHOV_E_DATA, where, SAY_PANEL_NO_YEAR);
        }
        row_keys_add(all, (row_key){codes[row], year, (uint32_t)row});
    }
    return BEHOV_OK;
}

/* Two rows of one municipality and year would count it twice. In a file in order they follow each other. */
static behov_status check_unique(const behov_panel *panel, behov_error *err)
{
    if (behov_panel_key(panel) < 0)
        return BEHOV_OK;
    row_keys all = {0};
    behov_status status = add_keys(panel, &all, err);
    if (status || !(all.has_disorder || all.has_double))
        return status;
    all = (row_keys){.keys = behov_alloc(all.n, sizeof *all.keys)};
    if (!all.keys)
        return behov_out_of_memory(err, PHRASE_MEMORY_FOR_DUPLICATE_ROWS);
    status = add_keys(panel, &all, err);
    row_keys_sort(&all);
    for (size_t i = 1; i < all.n && !status; i++)
        if (row_keys_is_double(&all, i))
            status = refuse_double(panel, all.keys[i].row, all.keys[i - 1].row, err);
    free(all.keys);
    return status;
}

behov_status behov_panel_find(behov_table *table, const char *const names[BEHOV_N_ROLES], behov_panel *panel,
                              behov_error *err)
{
    behov_panel found_panel = {.table = table};
    behov_status status = find_roles(table, names, &found_panel, err);
    if (!status)
        status = need_numbers(&found_panel, BEHOV_ROLE_YEAR, err);
    if (!status)
        status = need_numbers(&found_panel, BEHOV_ROLE_POPULATION, err);
    if (!status)
        status = need_numbers(&found_panel, BEHOV_ROLE_ESTIMATED_ON, err);
    if (!status)
        status = need_codes(&found_panel, err);
    if (!status)
        *panel = found_panel;
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
    behov_panel found_panel;
    behov_status status = behov_panel_find(table, names, &found_panel, err);
    if (!status)
        status = behov_panel_check(&found_panel, err);
    if (!status)
        *panel = found_panel;
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

ptrdiff_t behov_panel_key(const behov_panel *panel)
{
    ptrdiff_t code = panel->columns[BEHOV_ROLE_CODE], name = panel->columns[BEHOV_ROLE_MUNICIPALITY];
    bool has_names = name >= 0 && behov_table_kind(panel->table, (size_t)name) == BEHOV_COLUMN_TEXT;
    return code >= 0 ? code : has_names ? name : -1;
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
