/* ratio_map_tables.h - the table behind a map: a row for each municipality of the map, then those that are not on it. */
#ifndef BEHOV_RATIO_MAP_TABLES_H
#define BEHOV_RATIO_MAP_TABLES_H

#include "error.h"
#include "ratio_map.h"
#include "report.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Code, name, the year of the map, level with its interval as it was computed, class. The map is borrowed and must
/// outlive the report.
BEHOV_API behov_status behov_ratio_map_table(const behov_ratio_map *ratio_map, behov_report **report,
                                             behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
