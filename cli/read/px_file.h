/* px_file.h - a file of PC-Axis (.px) as keywords with their texts, and where its figures begin.
 *
 * The format is Statistics Sweden's ("PX file format", 2013): KEYWORD[lang]("subkey")=value,value; with texts in quotes that go
 * on behind a line break when the next line begins with a quote. Keywords may stand in any order but DATA, which is last. */
#ifndef BEHOV_CLI_PX_FILE_H
#define BEHOV_CLI_PX_FILE_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_source.h"

typedef struct px_entry {
    const char *keyword;  /* in capitals; all texts are borrowed from the file */
    const char *language; /* "sv"; NULL = that of the file */
    const char *subkey;   /* the first of ("sector"), which is a dimension or a value; NULL = none */
    size_t first_value, n_values;
    size_t line;
} px_entry;

typedef struct px_file {
    char *texts; /* owned */
    px_entry *entries;
    size_t n_entries;
    const char **values; /* of all entries, those of one behind each other */
    size_t n_values;
    const char *data; /* borrowed from the text: behind "DATA=" */
    size_t data_length, data_line;
} px_file;

/* Reads the keywords of a text (borrowed, outlives the file); free with px_file_free in any case.
 * \param source  names places
 * BEHOV_E_SYNTAX with the line: no keyword, a quote that is not closed, no "=" or ";"; BEHOV_E_DATA: no DATA. O(length). */
behov_status px_file_parse(const text_source *source, const char *text, size_t length, px_file *file,
                           behov_error *err) BEHOV_MUST_CHECK;
void px_file_free(px_file *file);

/* The entry of a keyword in the file's own language, NULL when there is none. `subkey` NULL: one without. */
const px_entry *px_file_find(const px_file *file, const char *keyword, const char *subkey);
/* Value i of an entry, NULL when there are not as many; the first one of a keyword. */
const char *px_file_value(const px_file *file, const px_entry *entry, size_t i);
const char *px_file_text(const px_file *file, const char *keyword, const char *subkey);

#endif
