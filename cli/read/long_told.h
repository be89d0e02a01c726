/* long_told.h - what was found about the layout of a file, in sentences. */
#ifndef BEHOV_CLI_LONG_TOLD_H
#define BEHOV_CLI_LONG_TOLD_H

#include <behov/error.h>
#include <behov/notice.h>
#include <stdbool.h>
#include <stddef.h>

#include "long_layout.h"
#include "long_parts.h"
#include "long_rows.h"

/* Header, columns, dimensions; lines that were passed over; rows that have the names of another. */
behov_status long_told_layout(const long_layout *layout, const long_parts *parts, size_t n_blocks,
                              const behov_notice *notice, behov_error *err) BEHOV_MUST_CHECK;
/* Codes and names in one cell, marks for missing values, points and commas. */
void long_told_rows(const long_layout *layout, const long_parts *parts, const long_rows_told *told, bool has_labels,
                    const behov_notice *notice);

#endif
