/* page_table.h - what the writers of pages (LaTeX, Markdown, HTML) share: which columns a table shows, which belong
 * together, and its texts character by character. */
#ifndef BEHOV_PAGE_TABLE_H
#define BEHOV_PAGE_TABLE_H

#include <behov/error.h>
#include <behov/number.h>
#include <behov/report.h>
#include <stdbool.h>
#include <stdint.h>

#include <behov/labels.h>
#include <behov/section.h>
#include <behov/sections_document.h>
#include <behov/wording.h>

#define PAGE_NO_STARS ((size_t)-1)

typedef struct behov_page_column {
    size_t column;      /* of the report */
    size_t stars;       /* the report's column of stars that stands beside its figures, or PAGE_NO_STARS */
    bool is_text;       /* at the left; figures stand at the right */
    bool is_row_header; /* says which row it is */
    const char *header; /* borrowed; "" for stars that stand alone */
    size_t width;       /* characters of its widest cell, without header and stars */
} behov_page_column;

typedef struct behov_page_table {
    const behov_section *section;
    behov_language lang;
    behov_page_column *columns;
    size_t n_columns, n_rows;
} behov_page_table;

/* Free with behov_page_table_free, also after an error. */
behov_status behov_page_table_new(const behov_section *section, behov_language lang, behov_page_table *page_table,
                                  behov_error *err) BEHOV_MUST_CHECK;
void behov_page_table_free(behov_page_table *page_table);

/* The printed text of a cell (format.h) and of its stars ("" when there are none); borrowed. */
const char *behov_page_cell(const behov_page_table *table, size_t column, size_t row, char text[BEHOV_NUMBER_SIZE]);
const char *behov_page_stars(const behov_page_table *table, size_t column, size_t row);
/* Whether it is a figure: words and empty cells may stand in a column of figures. */
bool behov_page_is_figure(const behov_page_table *table, size_t column, size_t row);
bool behov_page_is_strong(const behov_page_table *table, size_t column, size_t row);
/* Whether the figure is a standard error, t or p in brackets; whether the row holds such figures and so stays with the one
 * above it. Rows past the last hold none. */
bool behov_page_is_beneath(const behov_page_table *table, size_t column, size_t row);
/* Whether the text is an interval in square brackets, which stands where such an error would. */
bool behov_page_is_interval(const behov_page_table *table, size_t column, size_t row);
bool behov_page_row_is_beneath(const behov_page_table *table, size_t row);
/* Whether the row is the first of those that measure something else than the rows above: N and R2 under coefficients.
 */
bool behov_page_row_begins_summary(const behov_page_table *table, size_t row);

/* What a reader has to know before any figure: that it is simulated, and that it is not a verdict. Such notes stand
 * once, at the top of a page that has one. */
enum { BEHOV_PAGE_WARNINGS = 2 };
/* The warning of that number when some section has it, else NULL. */
const char *behov_page_warning(const behov_document *document, size_t number);
bool behov_page_is_warning(const behov_document *document, const char *note);

enum { BEHOV_PAGE_ANCHOR_SIZE = 80 };
/* A name for links to a section: small ASCII letters, digits and hyphens, unique in the file. */
void behov_page_anchor(const behov_section *sections, size_t index, char anchor[BEHOV_PAGE_ANCHOR_SIZE]);

typedef struct behov_page_character {
    uint32_t code;
    const char *bytes; /* `length` bytes of UTF-8; not ended by zero */
    size_t length;
} behov_page_character;

/* The next character of a text, which moves on; false at its end. As behov_letter (error.h) shows it: line ends and
 * tabs come as a space; control characters, marks of direction and what is no UTF-8 as U+FFFD. */
bool behov_page_next(const char **text, behov_page_character *next);

/* A text as text of HTML, in an element or in an attribute in double quotes; NULL adds nothing. */
void behov_page_escape(const char *text, behov_wording *out);

/* The day of a moment in seconds since 1970, "2026-11-22"; "" for 0 and for what is no day of the years up to 9999. */
void behov_page_date(long long seconds, char text[16]);

#endif
