/* cube_column.h - a dimension of a cube as a column of a long table. */
#ifndef BEHOV_CLI_CUBE_COLUMN_H
#define BEHOV_CLI_CUBE_COLUMN_H

#include <behov/error.h>
#include <behov/table.h>
#include <stddef.h>

/* Adds a column of text to a table with a row for each cell: text i stands for `block` cells in a row, and after the last
 * comes the first again.
 * \param texts  `size` texts (borrowed for the call); NULL and "" are missing, marks are texts like any other
 * Errors of behov_table_add_text. O(cells). */
behov_status cube_column_add(behov_table *table, const char *name, const char *const *texts, size_t size, size_t block,
                             behov_error *err) BEHOV_MUST_CHECK;

#endif
