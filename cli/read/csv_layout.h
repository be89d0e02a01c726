/* csv_layout.h - where the header of a delimited text is, and what separates its fields, found by looking. */
#ifndef BEHOV_CLI_CSV_LAYOUT_H
#define BEHOV_CLI_CSV_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct csv_layout {
    char separator;
    size_t n_fields;       /* of the header, as far as it was seen */
    bool is_from_sep_line; /* a first line "sep=;", as Excel writes it */
    size_t header_offset;  /* bytes before the header */
    size_t header_line;    /* from 1 */
    size_t n_title_lines;  /* lines with text before the header, without the sep= line */
    const char *title;     /* the first of them, in the text that was looked at; NULL when there is none */
    size_t title_length;
    size_t likely_line; /* a line below that looks more like the header than the one taken, 0 = none */
} csv_layout;

enum { CSV_LOOKED_AT = 100, CSV_MOST_KINDS = 64 };

/* What is known of a line, or of a row of a sheet, before the header is found. */
typedef struct csv_record {
    size_t offset, line;
    size_t n_fields;
    size_t n_filled; /* up to the last field that is not empty: Excel pads title lines with separators */
    size_t n_cells;  /* that are not empty */
    bool is_after_blank;
    unsigned long long numeric; /* bit j: field j is a number; the first CSV_MOST_KINDS fields */
} csv_record;

/* Whether a field is written as a number. */
bool csv_layout_is_numeric(const char *cursor, const char *end);

/* The header among the first rows of a sheet (at most CSV_LOOKED_AT, none of them empty), which have one width; the title
 * is the caller's to find. */
csv_layout csv_layout_of_rows(const csv_record *records, size_t n_records);

/* Looks at the first hundred records of `text`. `wanted_letter` is ',', ';', '\t', or 0 to choose among them.
 * `is_whole` says that the text is the whole file, so that its last line counts. */
csv_layout csv_layout_find(const char *text, size_t length, bool is_whole, char wanted_letter);

#endif
