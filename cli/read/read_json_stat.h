/* read_json_stat.h - a cube of JSON-stat as a long table: a row for each cell. */
#ifndef BEHOV_CLI_READ_JSON_STAT_H
#define BEHOV_CLI_READ_JSON_STAT_H

#include <behov/error.h>
#include <behov/notice.h>
#include <behov/long_table.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Reads a file into a table (free with behov_long_table_free in any case): a text column of codes for each dimension, with
 * has_labels another of labels ("Region_label") where there are any; value; mark, as the file has it (status), where a cell has one. Text values
 * ("A1B2") make value a column of text.
 * \param dataset  which of several, from 1; 0 = the only one: BEHOV_E_ARGUMENT with their names where there are more
 * Errors: json_file_read, json_stat_open; BEHOV_E_DATA for JSON that is no JSON-stat. */
behov_status read_json_stat(const char *path, size_t dataset, bool has_labels, const behov_notice *notice,
                            behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;
/* The same of a document that was read already (borrowed). `name` is what messages call the file. */
behov_status read_json_stat_tree(const json_t *document, const char *name, size_t dataset, bool has_labels,
                                 const behov_notice *notice, behov_long_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
