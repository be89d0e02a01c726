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

/* Looks at the first hundred records of `text`. `wanted_letter` is ',', ';', '\t', or 0 to choose among them.
 * `is_whole` says that the text is the whole file, so that its last line counts. */
csv_layout csv_layout_find(const char *text, size_t length, bool is_whole, char wanted_letter);

#endif
