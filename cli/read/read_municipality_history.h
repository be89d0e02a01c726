/* read_municipality_history.h - the bundled history of municipalities, with changes to come of a user's file. */
#ifndef BEHOV_CLI_READ_MUNICIPALITY_HISTORY_H
#define BEHOV_CLI_READ_MUNICIPALITY_HISTORY_H

#include <behov/error.h>
#include <behov/municipality_history.h>
#include <behov/notice.h>
#include <behov/table.h>

/* Reads the history (returned, free with behov_municipality_history_free).
 * \param changes  a file with columns date, old_code, new_code, new_name that goes on from the bundled one, or what KLASS
 * gives (klass_changes.h), which may hold changes that are known too; NULL = none
 * Errors of the files, of behov_municipality_history_add, and of behov_municipality_changes_ahead. */
behov_status read_municipality_history(const char *changes, const behov_notice *notice,
                                       behov_municipality_history **history, behov_error *err) BEHOV_MUST_CHECK;
/* Shares of municipalities that were split: columns old_code, new_code, share (returned, free with behov_table_free). */
behov_status read_merge_shares(const char *path, const behov_notice *notice, behov_table **table,
                               behov_error *err) BEHOV_MUST_CHECK;

#endif
