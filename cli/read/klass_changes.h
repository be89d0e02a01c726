/* klass_changes.h - changes of municipalities as KLASS, SSB's register of classifications, gives them. */
#ifndef BEHOV_CLI_KLASS_CHANGES_H
#define BEHOV_CLI_KLASS_CHANGES_H

#include <behov/error.h>
#include <behov/municipality_changes.h>
#include <behov/notice.h>
#include <behov/table.h>
#include <stdbool.h>

/* Whether a file is JSON, or a list of KLASS as delimited text. BEHOV_E_FILE: it cannot be opened. */
behov_status klass_changes_is_it(const char *path, bool *is_klass, behov_error *err) BEHOV_MUST_CHECK;
/* Reads {"codeChanges": [...]}, the same as delimited text (oldCode;oldName;...;newCode;...;changeOccurred), or the codes of
 * two years beside each other (kommunenummer_2019;kommunenavn_2019;kommunenummer_2020;...) into a list for
 * behov_municipality_changes_ahead (returned, free with behov_table_free).
 * BEHOV_E_DATA: a list without dates (correspondences, codes alone), the codes of more than two years; errors of the file. */
behov_status klass_changes_read(const char *path, const behov_notice *notice, behov_table **list,
                                behov_error *err) BEHOV_MUST_CHECK;

#endif
