/* roles.c - columns that could have one role: folketall and folkemengde, year and regnskapsaar. A figure that is taken
 * from the wrong one is wrong without a sign, so the file has to leave no doubt, or the call has to end it. */
#include "roles.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "labels.h"

static const char *const role_words[BEHOV_N_ROLES] = {
    [BEHOV_ROLE_CODE] = "the municipality code",
    [BEHOV_ROLE_MUNICIPALITY] = "the municipality's name",
    [BEHOV_ROLE_YEAR] = "the year",
    [BEHOV_ROLE_POPULATION] = "the population",
    [BEHOV_ROLE_ESTIMATED_ON] = "estimated_on",
};

bool roles_gives_way(const char *const names[BEHOV_N_ROLES], const char *column)
{
    behov_role role = behov_role_of_name(column);
    return role < BEHOV_N_ROLES && names[role] && strcmp(names[role], column) != 0 &&
           strcmp(behov_role_name(role), column) == 0;
}

/* ---- two columns that could both be meant ---------------------------------------------------------------------------- */

/* Told, but no error. */
static void tell(const panel_request *request, const char *format, ...) BEHOV_PRINTF(2, 3);

static void tell(const panel_request *request, const char *format, ...)
{
    char message[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (request->notice)
        request->notice(request->context, message);
}

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
        const char *cell = behov_dictionary_text(behov_table_levels(table, column), behov_table_codes(table, column)[row]);
        snprintf(text, 60, "%.*s", label_clip(cell, 59), cell);
    }
}

static behov_status refuse_rival(const behov_study *of, const panel_request *request, behov_role role, size_t rival, size_t row,
                                 behov_error *err)
{
    size_t column = (size_t)of->panel.columns[role];
    const char *name = behov_table_name(of->table, column), *option = request->role_options[role];
    char where[160], here[60], there[60];
    behov_table_where(of->table, row, -1, where);
    cell_in_words(of->table, column, row, here);
    cell_in_words(of->table, rival, row, there);
    return behov_error_set(err, BEHOV_E_DATA, where,
                           "columns %s (%s) and %s (%s) could both be %s, and differ here; %s%s%s%s", name, here,
                           behov_table_name(of->table, rival), there, role_words[role],
                           option ? "say which is meant with " : "keep one of them", option ? option : "",
                           option ? " " : "", option ? name : "");
}

static behov_status hold_rival(const behov_study *of, const panel_request *request, behov_role role, size_t rival, behov_error *err)
{
    size_t column = (size_t)of->panel.columns[role], row = 0, n_rows = behov_table_n_rows(of->table);
    while (row < n_rows && (behov_table_row_mark(of->table, row) || is_equal(of->table, column, rival, row)))
        row++;
    /* Beside codes a name is a name: no figure hangs on how it is spelt. */
    bool decides = role != BEHOV_ROLE_MUNICIPALITY || of->panel.columns[BEHOV_ROLE_CODE] < 0;
    if (row < n_rows && decides)
        return refuse_rival(of, request, role, rival, row, err);
    const char *option = request->role_options[role];
    tell(request, "%s: columns %s and %s could both be %s%s; %s is taken%s%s%s", behov_table_source(of->table),
             behov_table_name(of->table, column), behov_table_name(of->table, rival), role_words[role],
             row < n_rows ? "" : " and are equal", behov_table_name(of->table, column),
             option && row < n_rows ? " (" : "", option && row < n_rows ? option : "",
             option && row < n_rows ? " names another)" : "");
    return BEHOV_OK;
}

/* ---- columns that a named one takes the place of ----------------------------------------------------------------------- */

static void tell_left_aside(const behov_study *of, const panel_request *request, behov_role role, const char *name, const char *column)
{
    const char *english = behov_role_name(role);
    bool is_english = strcmp(column, english) == 0;
    if (behov_role_of_name(column) == role && strcmp(column, name) != 0)
        tell(request, "%s: column %s is left aside, for %s is named as %s%s%s%s%s", behov_table_source(of->table), column, name,
             role_words[role], is_english ? "; " : "", is_english ? english : "",
             is_english ? " in formula and conditions means " : "", is_english ? name : "");
}

static behov_status find_population(const behov_study *of, const panel_request *request, behov_error *err)
{
    const char *wanted = of->model.population;
    if (!wanted || request->role_columns[BEHOV_ROLE_POPULATION] || behov_role_of_name(wanted) == BEHOV_ROLE_POPULATION)
        return BEHOV_OK;
    const char *nearest = behov_table_nearest_name(of->table, wanted);
    return behov_error_set(err, BEHOV_E_NAME, behov_table_source(of->table),
                           "no column is called \"%s\", which the model names as its population%s%s%s; name another with %s",
                           behov_cut(wanted, 80).text, nearest ? " (did you mean \"" : "", nearest ? nearest : "",
                           nearest ? "\"?)" : "", request->role_options[BEHOV_ROLE_POPULATION]);
}

behov_status roles_settle(const behov_study *of, const panel_request *request, behov_error *err)
{
    const char *const *names = request->role_columns;
    behov_status status = find_population(of, request, err);
    for (int role = 0; role < BEHOV_N_ROLES && !status; role++) {
        for (size_t j = 0; j < behov_table_n_columns(of->table) && !status; j++) {
            const char *column = behov_table_name(of->table, j);
            if (of->panel.columns[role] < 0 || behov_role_of_name(column) != (behov_role)role)
                continue;
            if (names[role])
                tell_left_aside(of, request, (behov_role)role, names[role], column);
            if (!names[role] && (ptrdiff_t)j != of->panel.columns[role])
                status = hold_rival(of, request, (behov_role)role, j, err);
        }
        for (size_t j = 0; j < behov_table_n_unread(of->table) && names[role] && !status; j++)
            tell_left_aside(of, request, (behov_role)role, names[role], behov_table_unread(of->table, j));
    }
    return status;
}
