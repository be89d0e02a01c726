/* roles.c - columns that could have one role: folketall and folkemengde, year and regnskapsaar. A figure that is taken
 * from the wrong one is wrong without a sign, so the file has to leave no doubt, or the call has to end it. */
#include "roles.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "letters.h"

static const char *const role_words[BEHOV_N_ROLES] = {
    [BEHOV_ROLE_CODE] = PHRASE_ROLES_CODE,      [BEHOV_ROLE_MUNICIPALITY] = PHRASE_ROLES_NAME,
    [BEHOV_ROLE_YEAR] = PHRASE_ROLES_YEAR,      [BEHOV_ROLE_POPULATION] = PHRASE_ROLES_POPULATION,
    [BEHOV_ROLE_ESTIMATED_ON] = "estimated_on",
};

bool behov_roles_gives_way(const char *const names[BEHOV_N_ROLES], const char *column)
{
    behov_role role = behov_role_of_name(column);
    return role < BEHOV_N_ROLES && names[role] && strcmp(names[role], column) != 0 &&
           strcmp(behov_role_name(role), column) == 0;
}

/* ---- two columns that could both be meant
 * ---------------------------------------------------------------------------- */

static bool is_equal(const behov_table *table, size_t first, size_t second, size_t row)
{
    const double *numbers = behov_table_numbers(table, first), *others = behov_table_numbers(table, second);
    if ((numbers != NULL) != (others != NULL))
        return false;
    if (numbers)
        return isnan(numbers[row]) ? isnan(others[row]) : numbers[row] == others[row];
    int32_t code = behov_table_codes(table, first)[row], other = behov_table_codes(table, second)[row];
    if (code < 0 || other < 0)
        return code < 0 && other < 0;
    return strcmp(behov_dictionary_text(behov_table_levels(table, first), code),
                  behov_dictionary_text(behov_table_levels(table, second), other)) == 0;
}

static void cell_in_words(const behov_table *table, size_t column, size_t row, char text[100])
{
    const double *numbers = behov_table_numbers(table, column);
    char number[BEHOV_NUMBER_SIZE];
    if (behov_table_missing(table, column, row)) {
        snprintf(text, 100, "%s", PHRASE_ROLES_NOTHING);
    } else if (numbers) {
        behov_number_shortest(numbers[row], number);
        snprintf(text, 60, "%.59s", number);
    } else {
        const char *cell =
            behov_dictionary_text(behov_table_levels(table, column), behov_table_codes(table, column)[row]);
        snprintf(text, 60, "%.*s", behov_letters_clip(cell, 59), cell);
    }
}

static behov_status refuse_rival(const behov_study *study, const behov_panel_request *request, behov_role role,
                                 size_t rival, size_t row, behov_error *err)
{
    size_t column = (size_t)study->panel.columns[role];
    const char *name = behov_table_name(study->table, column), *option = request->role_options[role];
    char where[BEHOV_PLACE_SIZE], here[100], there[100];
    behov_table_where(study->table, row, -1, where);
    cell_in_words(study->table, column, row, here);
    cell_in_words(study->table, rival, row, there);
    const char *other = behov_table_name(study->table, rival);
    return option ? behov_error_say(err, BEHOV_E_DATA, where, SAY_ROLES_DIFFER_OPTION, name, here, other, there,
                                    role_words[role], option, name)
                  : behov_error_say(err, BEHOV_E_DATA, where, SAY_ROLES_DIFFER, name, here, other, there,
                                    role_words[role]);
}

static behov_status hold_rival(const behov_study *study, const behov_panel_request *request, behov_role role,
                               size_t rival, behov_error *err)
{
    size_t column = (size_t)study->panel.columns[role], row = 0, n_rows = behov_table_n_rows(study->table);
    while (row < n_rows && (behov_table_row_mark(study->table, row) || is_equal(study->table, column, rival, row)))
        row++;
    /* Beside codes a name is a name: no figure depends on how it is spelt. */
    bool decides = role != BEHOV_ROLE_MUNICIPALITY || study->panel.columns[BEHOV_ROLE_CODE] < 0;
    if (row < n_rows && decides)
        return refuse_rival(study, request, role, rival, row, err);
    const char *option = request->role_options[role];
    const char *source = behov_table_source(study->table), *name = behov_table_name(study->table, column),
               *other = behov_table_name(study->table, rival);
    if (row >= n_rows)
        behov_notice_tell(&study->notice, SAY_ROLES_TAKEN_EQUAL, source, name, other, role_words[role], name);
    else if (option)
        behov_notice_tell(&study->notice, SAY_ROLES_TAKEN_OPTION, source, name, other, role_words[role], name, option);
    else
        behov_notice_tell(&study->notice, SAY_ROLES_TAKEN, source, name, other, role_words[role], name);
    return BEHOV_OK;
}

/* ---- columns that a named one takes the place of
 * ----------------------------------------------------------------------- */

static void tell_left_aside(const behov_study *study, behov_role role, const char *name, const char *column)
{
    const char *english = behov_role_name(role);
    const char *source = behov_table_source(study->table);
    if (behov_role_of_name(column) != role || strcmp(column, name) == 0)
        return;
    if (strcmp(column, english) == 0)
        behov_notice_tell(&study->notice, SAY_ROLES_LEFT_ASIDE_ENGLISH, source, column, name, role_words[role], english,
                          name);
    else
        behov_notice_tell(&study->notice, SAY_ROLES_LEFT_ASIDE, source, column, name, role_words[role]);
}

static behov_status find_population(const behov_study *study, const behov_panel_request *request, behov_error *err)
{
    const char *column_name = study->model.population;
    if (!column_name || request->role_columns[BEHOV_ROLE_POPULATION] ||
        behov_role_of_name(column_name) == BEHOV_ROLE_POPULATION)
        return BEHOV_OK;
    const char *nearest = behov_table_nearest_name(study->table, column_name);
    const char *source = behov_table_source(study->table), *option = request->role_options[BEHOV_ROLE_POPULATION];
    behov_excerpt name = behov_cut(column_name, 80);
    if (nearest)
        return behov_error_say(err, BEHOV_E_NAME, source, SAY_ROLES_NO_POPULATION_NEAR, name.text, nearest, option);
    char columns[BEHOV_COLUMN_LIST];
    size_t n_columns = behov_table_n_columns(study->table) + behov_table_n_unread(study->table),
           n_listed = behov_table_list(study->table, columns);
    behov_said list = {""};
    behov_phrase_list(&list, columns,
                      n_listed < n_columns ? behov_phrase(SAY_NAMES_MORE, n_columns - n_listed).text : "", NULL);
    return behov_error_say(err, BEHOV_E_NAME, source, SAY_ROLES_NO_POPULATION, name.text, option, list.text);
}

behov_status behov_roles_settle(const behov_study *study, const behov_panel_request *request, behov_error *err)
{
    const char *const *names = request->role_columns;
    behov_status status = find_population(study, request, err);
    for (int role = 0; role < BEHOV_N_ROLES && !status; role++) {
        for (size_t j = 0; j < behov_table_n_columns(study->table) && !status; j++) {
            const char *column = behov_table_name(study->table, j);
            if (study->panel.columns[role] < 0 || behov_role_of_name(column) != (behov_role)role)
                continue;
            if (names[role])
                tell_left_aside(study, (behov_role)role, names[role], column);
            if (!names[role] && (ptrdiff_t)j != study->panel.columns[role])
                status = hold_rival(study, request, (behov_role)role, j, err);
        }
        for (size_t j = 0; j < behov_table_n_unread(study->table) && names[role] && !status; j++)
            tell_left_aside(study, (behov_role)role, names[role], behov_table_unread(study->table, j));
    }
    return status;
}
