/* read_municipality_names.c - see read_municipality_names.h. */
#include "read_municipality_names.h"

#include <string.h>

#include "read_beside.h"
#include "roles.h"
#include "system.h"

static behov_read_kind wanted_column(void *context, const char *name)
{
    (void)context;
    behov_role role = behov_role_of_name(name);
    return role == BEHOV_ROLE_CODE           ? BEHOV_READ_AS_CODE
           : role == BEHOV_ROLE_MUNICIPALITY ? BEHOV_READ_AS_TEXT
                                             : BEHOV_READ_NOT;
}

static behov_status read_file(const char *path, const behov_notice *notice, behov_municipality_names *names,
                              behov_error *err)
{
    behov_table *table = NULL;
    behov_status status = read_beside(path, wanted_column, notice, &table, err);
    if (status)
        return status;
    ptrdiff_t column = -1;
    for (size_t j = 0; j < behov_table_n_columns(table); j++)
        if (column < 0 || behov_role_of_name(behov_table_name(table, j)) == BEHOV_ROLE_CODE)
            column = (ptrdiff_t)j;
    if (column < 0)
        status = behov_error_say(err, BEHOV_E_NAME, path, SAY_DIRECTORY_LIST_NEEDS_COLUMN);
    for (size_t row = 0; row < behov_table_n_rows(table) && !status; row++) {
        int32_t code = behov_table_codes(table, (size_t)column)[row];
        if (code < 0)
            continue;
        const char *text = behov_dictionary_text(behov_table_levels(table, (size_t)column), code);
        char where[BEHOV_PLACE_SIZE];
        behov_table_where(table, row, column, where);
        status = behov_municipality_names_add(names, text, strlen(text), where, err);
    }
    behov_table_free(table);
    return status;
}

behov_status read_municipality_names(const char *text, const behov_notice *notice, behov_municipality_names *names,
                                     behov_error *err)
{
    *names = (behov_municipality_names){0};
    return system_is_regular_file(text) ? read_file(text, notice, names, err)
                                        : behov_municipality_names_split(names, text, err);
}
