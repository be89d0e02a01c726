/* read_table.h - a table in whatever format it lies: every table that a user names is read here. */
#ifndef BEHOV_CLI_READ_TABLE_H
#define BEHOV_CLI_READ_TABLE_H

#include <behov/error.h>
#include <behov/table.h>

#include "read_csv.h"

/* Reads a file ("-" = standard input) into a table whose rows know their lines (returned, free with behov_table_free).
 * Its first bytes and the ending of its name tell the format; what no other format knows is delimited text.
 * Errors: BEHOV_E_FILE (missing, directory, unreadable), and those of the format's reader. */
behov_status read_table(const char *path, const read_csv_options *options, behov_table **table,
                        behov_error *err) BEHOV_MUST_CHECK;

#endif
