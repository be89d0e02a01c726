/* read_scenarios.c - see read_scenarios.h. */
#include "read_scenarios.h"

#include <string.h>
#include <strings.h>

#include <behov/panel.h>
#include <behov/word.h>

#include "read_beside.h"

static bool is_called(const char *name, const char *known, const char *in_norwegian)
{
    return strcasecmp(name, known) == 0 || strcasecmp(name, in_norwegian) == 0;
}

/* A change such as 20 is a text here: a sign and a unit may stand around it. */
static behov_read_kind wanted_column(void *context, const char *name)
{
    (void)context;
    behov_role role = behov_role_of_name(name);
    bool is_text = role == BEHOV_ROLE_MUNICIPALITY || is_called(name, "scenario", "scenario") ||
                   is_called(name, "column", "kolonne") || is_called(name, "change", "endring");
    return role == BEHOV_ROLE_CODE ? BEHOV_READ_AS_CODE : is_text ? BEHOV_READ_AS_TEXT : BEHOV_READ_NOT;
}

static void find_columns(const behov_table *table, scenario_columns *columns)
{
    *columns = (scenario_columns){-1, -1, -1, -1};
    for (size_t j = 0; j < behov_table_n_columns(table); j++) {
        const char *name = behov_table_name(table, j);
        behov_role role = behov_role_of_name(name);
        if (role == BEHOV_ROLE_CODE || (role == BEHOV_ROLE_MUNICIPALITY && columns->municipality < 0))
            columns->municipality = (ptrdiff_t)j;
        else if (is_called(name, "scenario", "scenario"))
            columns->scenario = (ptrdiff_t)j;
        else if (is_called(name, "column", "kolonne"))
            columns->column = (ptrdiff_t)j;
        else if (is_called(name, "change", "endring"))
            columns->change = (ptrdiff_t)j;
    }
}

behov_status read_scenarios(const char *path, const behov_notice *notice, behov_table **table,
                            scenario_columns *columns, behov_error *err)
{
    behov_status status = read_beside(path, wanted_column, notice, table, err);
    if (status)
        return status;
    find_columns(*table, columns);
    const char *missing = columns->municipality < 0 ? "municipality_code (kommunenr)"
                          : columns->column < 0     ? "column (kolonne)"
                          : columns->change < 0     ? "change (endring)"
                                                    : NULL;
    return missing ? behov_error_say(err, BEHOV_E_NAME, path, SAY_SCENARIO_FILE_COLUMN, missing) : BEHOV_OK;
}
