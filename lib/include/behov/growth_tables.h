/* growth_tables.h - growth by factors and groups, index series and standardised growth as tables and sentences. */
#ifndef BEHOV_GROWTH_TABLES_H
#define BEHOV_GROWTH_TABLES_H

#include <stdbool.h>

#include "error.h"
#include "growth.h"
#include "growth_groups.h"
#include "labels.h"
#include "phrase.h"
#include "report.h"
#include "section.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_GROWTH_VARIANTS = 2 };

/// Printed factors; of the report's, once as its text has them and once with the recipients of its table 3-1.
typedef struct behov_growth_variant {
    const char *name; /* NULL = there is only one */
    behov_growth_printed printed;
} behov_growth_variant;

/// What is shown: one of the results, the others are NULL or none (all borrowed).
typedef struct behov_growth_page {
    const behov_growth_places *places;
    const behov_growth_variant *variants;
    size_t n_variants;
    const behov_growth_groups *groups;
    const behov_growth_index *index;
    const behov_standardised *standardised;
    const char *path;  /* of the file, as messages name it */
    bool is_of_report; /* the figures are bundled ones, printed in the report */
    behov_language lang;
} behov_growth_page;

/// The table of the result, for every writer (returned, free with behov_report_free).
BEHOV_API behov_status behov_growth_table(const behov_growth_page *page, behov_report **report,
                                          behov_error *err) BEHOV_MUST_CHECK;
/// The table with its title and notes, as a section.
BEHOV_API behov_status behov_growth_add(const behov_growth_page *page, behov_section_list *list,
                                        behov_error *err) BEHOV_MUST_CHECK;
/// The i-th sentence about the result, for i from 0; false behind the last. An empty one says nothing.
BEHOV_API bool behov_growth_sentence(const behov_growth_page *page, size_t i, behov_wording *words);
/// What the page is called.
BEHOV_API behov_word behov_growth_title(const behov_growth_page *page);

#ifdef __cplusplus
}
#endif
#endif
