/* csv_reader.h - pieces of a delimited text into rows of cells, with libcsv. It and grid_text.c alone include csv.h. */
#ifndef BEHOV_CLI_CSV_READER_H
#define BEHOV_CLI_CSV_READER_H

#include <csv.h>
#include <stdbool.h>
#include <stddef.h>

#include "table_rows.h"

typedef struct csv_reader {
    table_rows rows; /* what the cells are given to; a failure is left in its status */
    struct csv_parser parser;
    char separator;
    size_t n_bytes;       /* that it was given */
    size_t n_breaks;      /* line breaks inside the quotes of the row at hand so far */
    bool after_return;    /* the line before ended with CR: an LF now belongs to it */
    bool may_have_breaks; /* the piece has quotes, so fields may have line breaks */
} csv_reader;

/* For a parser that has stopped at a quote within an unquoted field: where the field has nothing but what nobody sees before
 * the quote, such as a byte order mark (cat a.csv b.csv of quoted files), forgets that, so that the quote opens the field. */
bool csv_forget_unseen(struct csv_parser *parser);

/* Begins where a row begins; free with csv_reader_free. The rows are the caller's to start and to free. */
void csv_reader_start(csv_reader *reader, char separator);
/* The next piece of the text; it may end anywhere. */
void csv_reader_feed(csv_reader *reader, const char *text, size_t length);
/* The text has ended. */
void csv_reader_finish(csv_reader *reader);
/* Whether it stands where a row begins, and nothing of what it has read waits for what follows. */
bool csv_reader_is_between_rows(const csv_reader *reader);
void csv_reader_free(csv_reader *reader);

#endif
