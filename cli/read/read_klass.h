/* read_klass.h - a list of KLASS, SSB's register of classifications, as its API answers: JSON. */
#ifndef BEHOV_CLI_READ_KLASS_H
#define BEHOV_CLI_READ_KLASS_H

#include <behov/error.h>
#include <behov/table.h>

/* Reads {"codes": [{"code": "0301", "name": "Oslo"}, ...]}, the answer to /codes and codesAt, or "classificationItems",
 * that of a version, into a table of texts with the columns code and name (returned, free with behov_table_free); its
 * rows are those of the list, without lines. BEHOV_E_DATA: no list, or an entry without code or name; and the errors of
 * json_file_read. */
behov_status read_klass(const char *path, behov_table **table, behov_error *err) BEHOV_MUST_CHECK;

#endif
