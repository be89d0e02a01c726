/* read_groups.c - see read_groups.h. */
#include "read_groups.h"

#include <stdlib.h>
#include <string.h>

#include "datasets.h"
#include "read_beside.h"
#include "system.h"

static behov_status read_counties(behov_table **table, behov_error *err)
{
    char *path = NULL;
    behov_status status = datasets_path("norway/counties.csv", &path, err);
    if (!status)
        status = read_beside(path, behov_groups_column_of_counties, NULL, table, err);
    free(path);
    return status;
}

behov_status read_groups(const char *kind, const behov_notice *notice, behov_table **table, behov_error *err)
{
    *table = NULL;
    if (strcmp(kind, "size") == 0 || strcmp(kind, "country") == 0)
        return BEHOV_OK;
    if (strcmp(kind, "county") == 0)
        return read_counties(table, err);
    if (!strpbrk(kind, "./") && !system_is_there(kind)) /* fylke */
        return behov_error_say(err, BEHOV_E_ARGUMENT, behov_cut(kind, 80).text, SAY_GROUPS_KIND_UNKNOWN);
    return read_beside(kind, behov_groups_column_of_file, notice, table, err);
}
