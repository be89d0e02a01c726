/* roles.c - columns that could have one role: folketall and folkemengde, year and regnskapsaar. A figure that is taken
 * from the wrong one is wrong without a sign, so the file has to leave no doubt, or the call has to end it. */
#include "roles.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "letters.h"

static const char *const role_words[BEHOV_N_ROLES] = {
    [BEHOV_ROLE_CODE] = "the municipality code",
    [BEHOV_ROLE_MUNICIPALITY] = "the municipality's name",
    [BEHOV_ROLE_YEAR] = "the year",
    [BEHOV_ROLE_POPULATION] = "the population",
    [BEHOV_ROLE_ESTIMATED_ON] = "estimated_on",
};

bool behov_roles_gives_way(const char *const names[BEHOV_N_ROLES], const char *column)
{
    behov_role role = behov_role_of_name(column);
    return role < BEHOV_N_ROLES && names[role] && strcmp(names[role], column) != 0 &&
           strcmp(behov_role_name(role), column) == 0;
}

/* ---- two columns that could both be meant ---------------------------------------------------------------------------- */

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

static void cell_in_words(const behov_table *table, size_t column, size_t row, char text[60])
{
    const double *numbers = behov_table_numbers(table, column);
    char number[BEHOV_NUMBER_SIZE];
    if (behov_table_missing(table, column, row)) {
        snprintf(text, 60, "nothing");
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
    char where[BEHOV_PLACE_SIZE], here[60], there[60];
    behov_table_where(study->table, row, -1, where);
    cell_in_words(study->table, column, row, here);
    cell_in_words(study->table, rival, row, there);
    return behov_error_set(err, BEHOV_E_DATA, where,
                           "columns %s (%s) and %s (%s) could both be %s, and differ here; %s%s%s%s", name, here,
                           behov_table_name(study->table, rival), there, role_words[role],
                           option ? "say which is meant with " : "keep one of them", option ? option : "",
                           option ? " " : "", option ? name : "");
}

static behov_status hold_rival(const behov_study *study, const behov_panel_request *request, behov_role role,
                               size_t rival, behov_error *err)
{
    size_t column = (size_t)study->panel.columns[role], row = 0, n_rows = behov_table_n_rows(study->table);
    while (row < n_rows && (behov_table_row_mark(study->table, row) || is_equal(study->table, column, rival, row)))
        row++;
    /* Beside codes a name is a name: no figure hangs on how it is spelt. */
    bool decides = role != BEHOV_ROLE_MUNICIPALITY || study->panel.columns[BEHOV_ROLE_CODE] < 0;
    if (row < n_rows && decides)
        return refuse_rival(study, request, role, rival, row, err);
    const char *option = request->role_options[role];
    behov_notice_tell(&study->notice, "%s: columns %s and %s could both be %s%s; %s is taken%s%s%s",
                      behov_table_source(study->table), behov_table_name(study->table, column),
                      behov_table_name(study->table, rival), role_words[role], row < n_rows ? "" : " and are equal",
                      behov_table_name(study->table, column), option && row < n_rows ? " (" : "",
                      option && row < n_rows ? option : "", option && row < n_rows ? " names another)" : "");
    return BEHOV_OK;
}

/* ---- columns that a named one takes the place of ----------------------------------------------------------------------- */

static void tell_left_aside(const behov_study *study, behov_role role, const char *name, const char *column)
{
    const char *english = behov_role_name(role);
    bool is_english = strcmp(column, english) == 0;
    if (behov_role_of_name(column) == role && strcmp(column, name) != 0)
        behov_notice_tell(&study->notice, "%s: column %s is left aside, for %s is named as %s%s%s%s%s",
                          behov_table_source(study->table), column, name, role_words[role], is_english ? "; " : "",
                          is_english ? english : "", is_english ? " in formula and conditions means " : "",
                          is_english ? name : "");
}

static behov_status find_population(const behov_study *study, const behov_panel_request *request, behov_error *err)
{
    const char *requested_text = study->model.population;
    if (!requested_text || request->role_columns[BEHOV_ROLE_POPULATION] ||
        behov_role_of_name(requested_text) == BEHOV_ROLE_POPULATION)
        return BEHOV_OK;
    const char *nearest = behov_table_nearest_name(study->table, requested_text);
    return behov_error_set(
        err, BEHOV_E_NAME, behov_table_source(study->table),
        "no column is called \"%s\", which the model names as its population%s%s%s; name another with %s",
        behov_cut(requested_text, 80).text, nearest ? " (did you mean \"" : "", nearest ? nearest : "",
        nearest ? "\"?)" : "", request->role_options[BEHOV_ROLE_POPULATION]);
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
