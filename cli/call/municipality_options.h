/* municipality_options.h - which municipalities a call names, and by what it groups them: what lists and files say,
 * read. */
#ifndef BEHOV_CLI_MUNICIPALITY_OPTIONS_H
#define BEHOV_CLI_MUNICIPALITY_OPTIONS_H

#include <behov/groups.h>
#include <behov/language.h>
#include <behov/municipality_list.h>

/* Zero-initialise; free with municipality_options_free in any case. It must stay where it is while `list` is used. */
typedef struct municipality_options {
    const behov_municipality_names *list; /* `names`, or NULL when nothing is named */
    behov_grouping grouping;              /* kind NULL = none */
    behov_municipality_names names;
    behov_table *table; /* of the grouping */
    char *kind;         /* of a grouping that no word of the call is (owned); NULL = one of the call's */
} municipality_options;

/* \param list   codes or names separated by commas, or a file of them; NULL = nothing is named
 * \param group  "county", "size" or a file; NULL = nothing is grouped (borrowed)
 * Prints what went wrong; returns the exit code. */
int municipality_options_read(const char *list, const char *group, behov_language lang, municipality_options *options);
void municipality_options_free(municipality_options *options);

#endif
