/* read_statistics.h - a file of Stata (.dta) or SPSS (.sav, .zsav) into a table, through ReadStat. */
#ifndef BEHOV_CLI_READ_STATISTICS_H
#define BEHOV_CLI_READ_STATISTICS_H

#include <behov/error.h>
#include <behov/table.h>

#include "read_csv.h"
#include "text_source.h"

/* Reads it into a table whose rows know their numbers (returned, free with behov_table_free). Numbers are kept to the
 * last bit. A variable may go by its variable label where its name is not wanted and its label is. Columns wanted as
 * text take value labels, codes of municipalities too where the values only count them. Missing: "." of Stata, ".a" to
 * ".z", what SPSS' file declares, nothing. `source` is as text_source_open_bytes gave it, and stays the caller's.
 * Errors: BEHOV_E_ARGUMENT (a program built without ReadStat), BEHOV_E_DATA (unsupported version, damaged or cut off,
 * other rows than it says to have, a name twice, text that is no UTF-8), BEHOV_E_TYPE (a text where a number is wanted),
 * BEHOV_E_RANGE, BEHOV_E_MEMORY;
 * where = "panel.dta, row 1812, column new_refugees". */
behov_status read_statistics(text_source *source, const read_csv_options *options, behov_table **table,
                             behov_error *err) BEHOV_MUST_CHECK;

#endif
