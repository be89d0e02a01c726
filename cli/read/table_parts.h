/* table_parts.h - rows of a table that are read by themselves, several parts at once, and joined in order.
 *
 * A part begins where a row begins and knows of each column what the table knew when it began: its kind, its marks. As
 * long as its rows teach nothing new it holds what the table would have got of them, and is joined; else the caller
 * gives the table its rows one by one, as if there had been no part. So nothing depends on how a file is cut. */
#ifndef BEHOV_CLI_TABLE_PARTS_H
#define BEHOV_CLI_TABLE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "table_rows.h"

/* Whether a part may begin where the rows stand, as far as the columns are concerned. */
bool table_parts_may_begin(const table_rows *whole);
/* Begins a part: zeroed, or an earlier one whose memory is used again. `whole` must stand between rows where parts may begin. A failure is left in part->status; free with table_part_free.
 * \param n_rows  that are expected
 * \param err     the part's own */
void table_part_start(table_rows *part, const table_rows *whole, size_t n_rows, behov_error *err);
void table_part_free(table_rows *part);
/* Whether the columns of two states would take a cell alike. */
bool table_parts_agree(const csv_column *columns, const csv_column *others, size_t n_columns);
/* Joins the rows of parts that follow each other, each of which is good and agrees with the table: columns at the same
 * time. A failure is left in whole->status. */
void table_parts_join(table_rows *whole, table_rows *const *parts, size_t n_parts, size_t n_threads);

#endif
