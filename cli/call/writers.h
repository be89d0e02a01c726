/* writers.h - the table of writers: an ending, what of a verb's results it holds, and what writes it. Messages and help
 * take their lists of endings from it. */
#ifndef BEHOV_CLI_WRITERS_H
#define BEHOV_CLI_WRITERS_H

#include <behov/error.h>
#include <behov/report.h>
#include <stdbool.h>
#include <stddef.h>

#include "document.h"
#include <behov/picture.h>
#include "write_csv.h"

/* What a file can hold; bits. */
enum {
    HOLDS_SHEETS = 1 << 0,  /* sections, as the sheets of a workbook */
    HOLDS_PAGE = 1 << 1,    /* sections, one after the other */
    HOLDS_ROWS = 1 << 2,    /* one table, a line for each row */
    HOLDS_OBJECT = 1 << 3,  /* an object of names and values */
    HOLDS_PICTURE = 1 << 4, /* lines and letters */
    HOLDS_COUNCIL = 1 << 5, /* a page with script, which a verb writes itself */
    HOLDS_FACTORS = 1 << 6, /* cluster factors, which a verb writes itself */
    HOLDS_TABLES = HOLDS_SHEETS | HOLDS_PAGE | HOLDS_ROWS | HOLDS_OBJECT
};

/* What is written: of it, what the writer holds. All is borrowed. */
typedef struct writing {
    const behov_document *document;
    const behov_report *rows;
    write_csv_style csv_style;
    behov_status (*object)(const void *context, const char *path, behov_error *err);
    const void *object_context;
    const behov_picture *picture;
    long long date; /* that a picture says it was made on */
} writing;

typedef struct writer {
    const char *ending; /* ".xlsx" */
    unsigned holds;     /* one of the bits */
    behov_status (*write)(const char *path, const writing *writing, behov_error *err);
    bool is_synonym;     /* of the line above: not listed */
    bool shows_pictures; /* beside the sections of a page */
} writer;

/* By the ending of the name, capitals or not; NULL when there is none that holds one of these. */
const writer *writer_find(const char *path, unsigned holds);
/* "FILE.xlsx, FILE.csv and FILE.json" of those that hold one of these.
 * \param stem  "FILE"
 * \param word  before the last: "and"
 * \param rows  what is said of the file of rows, in parentheses; NULL = nothing
 * \return malloc; NULL without memory */
char *writer_list(unsigned holds, const char *stem, const char *word, const char *rows);

#endif
