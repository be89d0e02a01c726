/* write_chart.h - a chart as SVG, PNG or PDF. */
#ifndef BEHOV_CLI_WRITE_CHART_H
#define BEHOV_CLI_WRITE_CHART_H

#include <behov/error.h>
#include <stdbool.h>

#include "chart.h"

/* Whether the ending of the name is one that can be written: .svg, .png or .pdf. */
bool write_chart_is_known(const char *path);

/* Writes beside the target and renames. The same chart and date give the same bytes.
 * \param date  that a PDF says it was made on, seconds since 1970
 * BEHOV_E_ARGUMENT for a size without room (where = the option) or a PNG larger than there can be, BEHOV_E_DATA for an
 * empty chart, BEHOV_E_FILE. */
behov_status write_chart(const char *path, const chart *of, long long date, behov_error *err) BEHOV_MUST_CHECK;

#endif
