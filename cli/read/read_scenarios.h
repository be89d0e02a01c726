/* read_scenarios.h - a file of scenarios: a row for each column that is changed. */
#ifndef BEHOV_CLI_READ_SCENARIOS_H
#define BEHOV_CLI_READ_SCENARIOS_H

#include <behov/error.h>
#include <behov/notice.h>
#include <behov/table.h>

/* Positions of the columns, all of text; scenario -1 = there is none. */
typedef struct scenario_columns {
    ptrdiff_t scenario, municipality, column, change;
} scenario_columns;

/* Columns scenario (scenario), municipality_code or municipality, column (kolonne) and change (endring).
 * \param[out] table  free with behov_table_free, also after a failure
 * \return those of read_beside; BEHOV_E_NAME for a file that lacks one */
behov_status read_scenarios(const char *path, const behov_notice *notice, behov_table **table,
                            scenario_columns *columns, behov_error *err) BEHOV_MUST_CHECK;

#endif
