/* report_tables.h - the report's tables as a user would print them: which are wanted, and their sections. */
#ifndef BEHOV_REPORT_TABLES_H
#define BEHOV_REPORT_TABLES_H

#include "error.h"
#include "fit_results.h"
#include "groups.h"
#include "phrase.h"
#include "ratio_table.h"
#include "report.h"
#include "section.h"
#include "study.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_report_table {
    BEHOV_TABLE_REGRESSION, /* annex 1 */
    BEHOV_TABLE_RATIOS,     /* annex 2 */
    BEHOV_TABLE_SIGNS,
    BEHOV_TABLE_LEVELS, /* table 6-1 */
    BEHOV_TABLE_TREND,
    BEHOV_N_REPORT_TABLES
} behov_report_table;

/// Zero-initialise; free with behov_report_tables_free in any case.
typedef struct behov_report_tables {
    const behov_fit_results *fit_results; /* NULL where the ratios were read (borrowed, as the next two) */
    const behov_study *study;
    const behov_ratio_table *ratios;
    behov_groups groups; /* of choice.groups, where it points here (owned) */
    size_t *places;      /* of choice.places (owned) */
    behov_ratio_choice choice;
    bool is_wanted[BEHOV_N_REPORT_TABLES];
} behov_report_tables;

BEHOV_API void behov_report_tables_free(behov_report_tables *report_tables);

/// "regression", "ratios" ...; BEHOV_N_REPORT_TABLES for another word.
BEHOV_API const char *behov_report_table_name(behov_report_table kind);
BEHOV_API behov_report_table behov_report_table_of_name(const char *name);
/// Whether a table needs a fit: ratios that were read do not give it.
BEHOV_API bool behov_report_table_needs_fit(behov_report_table kind);

/// One of them (free with behov_report_free); BEHOV_E_DATA for subtotals without population.
BEHOV_API behov_status behov_report_tables_make(const behov_report_tables *report_tables, behov_report_table kind,
                                                behov_report **report, behov_error *err) BEHOV_MUST_CHECK;
/// The sections of all that are wanted, in the order of the enumeration. The same.
BEHOV_API behov_status behov_report_tables_add(const behov_report_tables *report_tables, behov_section_list *list,
                                               behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
