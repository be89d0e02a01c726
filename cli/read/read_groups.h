/* read_groups.h - the table that municipalities are grouped by: a file of the user's, or the bundled counties. */
#ifndef BEHOV_CLI_READ_GROUPS_H
#define BEHOV_CLI_READ_GROUPS_H

#include <behov/groups.h>
#include <behov/notice.h>

/* \param kind        "county", "size", "country" or a file (groups.h)
 * \param[out] table  free with behov_table_free; NULL for size and country
 * BEHOV_E_ARGUMENT for a word that is neither a kind nor a file, and the errors of read_csv. */
behov_status read_groups(const char *kind, const behov_notice *notice, behov_table **table,
                         behov_error *err) BEHOV_MUST_CHECK;

#endif
