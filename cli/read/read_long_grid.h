/* read_long_grid.h - delimited text and sheets of workbooks, as publishers send them, into a long table. */
#ifndef BEHOV_CLI_READ_LONG_GRID_H
#define BEHOV_CLI_READ_LONG_GRID_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <behov/notice.h>

#include "read_long_table.h"
#include "text_source.h"

/* Both read a file that was opened by text_source_open_bytes; free the table with behov_long_table_free in any case.
 * Errors and what is told: read_grid.h, long_layout.h, long_rows.h. */
behov_status read_long_text(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                            behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;
behov_status read_long_sheet(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                             behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
