/* read_ratio_table.h - ratios by municipality and year out of delimited text. */
#ifndef BEHOV_CLI_READ_RATIO_TABLE_H
#define BEHOV_CLI_READ_RATIO_TABLE_H

#include <behov/notice.h>
#include <behov/ratio_table.h>

/* Reads delimited text: municipality_code or municipality (or both), a column for each year, population if it is there;
 * other columns are passed over and listed, and rows that are no municipality left out and counted. "-" is standard
 * input.
 * \param subtotal_names  what a row that is the ratio of several municipalities may be called
 * Free with behov_ratio_table_free in any case. BEHOV_E_NAME without such columns, BEHOV_E_DATA for a municipality
 * twice, a negative ratio, one that looks like a share, or codes of three digits beside others that have kept their
 * zero, and the errors of read_csv. */
behov_status read_ratio_table(const char *path, const char *const subtotal_names[2], const behov_notice *notice,
                              behov_ratio_table *out, behov_error *err) BEHOV_MUST_CHECK;

#endif
