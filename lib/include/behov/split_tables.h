/* split_tables.h - a split cost as tables: what each key costs each municipality, and who gains by which key. */
#ifndef BEHOV_SPLIT_TABLES_H
#define BEHOV_SPLIT_TABLES_H

#include "error.h"
#include "language.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "split.h"
#include "split_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What is shown; all borrowed.
typedef struct behov_split_page {
    const behov_split *split;
    const behov_split_table *table;
    const behov_split_follow *follows;
    size_t n_follows;
    double man_years, man_year_cost_kr; /* NaN where the cost was given as an amount */
    bool is_rounded;                    /* man-years times cost were no whole units */
    int64_t fixed, variable;            /* of a key with a fixed part, in units; both 0 = there is none */
    const char *variable_key;           /* by which its other part is shared */
    int64_t units_per_krone;            /* 1, or 100 for øre */
    const char *path;                   /* of the file */
    behov_language lang;
} behov_split_page;

/// What a key is called: "Folketall"; a column by its own name.
BEHOV_API const char *behov_split_key_label(const behov_split_page *page, size_t key);
/// A row for each key and municipality (returned, free with behov_report_free).
BEHOV_API behov_status behov_split_rows(const behov_split_page *page, behov_report **report,
                                        behov_error *err) BEHOV_MUST_CHECK;
/// Amounts, shares in per cent, differences from the chosen key, and what follows the refugees, each with its notes.
BEHOV_API behov_status behov_split_add(const behov_split_page *page, behov_section_list *list,
                                       behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
