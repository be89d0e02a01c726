/* read_beside.h - delimited text that stands beside the panel: a list, groups, a printed table. */
#ifndef BEHOV_CLI_READ_BESIDE_H
#define BEHOV_CLI_READ_BESIDE_H

#include <behov/error.h>
#include <behov/table.h>

#include <behov/column_request.h>
#include <behov/notice.h>

/* Reads a file as read_csv does, without telling what was guessed, for no option overrides it.
 * \param choose  asked once per column of the header
 * \param notice  hears what is no error (borrowed); NULL = nobody
 * \param[out] table  free with behov_table_free
 * The errors of read_csv. */
behov_status read_beside(const char *path, behov_read_kind (*choose)(void *context, const char *name),
                         const behov_notice *notice, behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

/* The same of amounts: in a text with commas between its fields, too, 1.100 is refused where no other figure tells
 * whether it is 1100. */
behov_status read_amounts_beside(const char *path, behov_read_kind (*choose)(void *context, const char *name),
                                 const behov_notice *notice, behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

#endif
