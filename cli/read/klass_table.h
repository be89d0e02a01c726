/* klass_table.h - what KLASS, SSB's register of classifications, answers: codes, changes, correspondences; as JSON or as
 * delimited text. All of it is text. */
#ifndef BEHOV_CLI_KLASS_TABLE_H
#define BEHOV_CLI_KLASS_TABLE_H

#include <behov/error.h>
#include <behov/long_table.h>
#include <behov/notice.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

/* Whether a document is {"codes": [...]}, "classificationItems", "codeChanges", "correspondenceItems" or
 * "correspondenceMaps". */
bool klass_json_is_it(const json_t *document);
/* Its entries as a table of texts, a column for each key in the order in which keys first come (returned, free with
 * behov_table_free); null and "" are missing, lists in an entry are left out. BEHOV_E_DATA: no entries, or one that is no
 * object; two entries alike in all are two rows. O(entries x keys). */
behov_status klass_json_table(const json_t *document, const char *path, behov_table **table,
                              behov_error *err) BEHOV_MUST_CHECK;

/* Whether the first bytes are the header of a list of KLASS as delimited text: "code";"parentCode";"level", oldCode and
 * newCode, sourceCode and targetCode, or the codes of two years, kommunenummer_2019 and kommunenummer_2020. */
bool klass_text_is_it(const char *head, size_t n_head);
/* The same table. `source` as text_source_open_bytes gave it; stays the caller's. Errors of read_csv. */
behov_status klass_text_table(text_source *source, char separator, const char *encoding, const behov_notice *notice,
                              behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

/* A table of texts (taken) as a long table without values; free with behov_long_table_free. */
void klass_long_table(behov_table *table, behov_long_table *out);

#endif
