/* municipality_options.c - see municipality_options.h. */
#include "municipality_options.h"

#include <stdlib.h>

#include <behov/labels.h>

#include "messages.h"
#include "read_groups.h"
#include "read_municipality_names.h"

int municipality_options_read(const char *list, const char *group, behov_language lang, municipality_options *options)
{
    behov_error err;
    *options = (municipality_options){.list = list ? &options->names : NULL};
    if (list && read_municipality_names(list, &note_beside, &options->names, &err))
        return print_failure(&err);
    if (group && read_groups(group, &note_beside, &options->table, &err))
        return print_failure(&err);
    options->grouping = (behov_grouping){group, options->table, behov_label(lang, BEHOV_WORD_GROUP_COUNTY_UNKNOWN)};
    return 0;
}

void municipality_options_free(municipality_options *options)
{
    behov_municipality_names_free(&options->names);
    behov_table_free(options->table);
    free(options->kind);
    *options = (municipality_options){0};
}
