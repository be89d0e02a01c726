/* read_split.h - the municipalities that share a service, out of any table that is read (split_table.h). */
#ifndef BEHOV_CLI_READ_SPLIT_H
#define BEHOV_CLI_READ_SPLIT_H

#include <behov/notice.h>
#include <behov/split_table.h>

#include "read_csv.h"

/* \param reading     how a text is read: its marks, encoding, sheet and missing values (borrowed for the call)
 * \param columns     those that the call names (borrowed for the call)
 * \param notice      hears what is no error
 * \param[out] table  free with behov_table_free
 * The errors of read_table. */
behov_status read_split(const char *path, const read_csv_options *reading, const behov_split_columns *columns,
                        const behov_notice *notice, behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

#endif
