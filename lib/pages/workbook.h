/* workbook.h - what a workbook of Excel can hold, and where things stand on its sheets. Nothing here writes one. */
#ifndef BEHOV_WORKBOOK_H
#define BEHOV_WORKBOOK_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

#include <behov/section.h>

/* Rows of a sheet that holds a table, counted from 0: title, one sentence, an empty row, the header, the table. */
enum {
    BEHOV_WORKBOOK_TITLE_ROW = 0,
    BEHOV_WORKBOOK_SUBTITLE_ROW = 1,
    BEHOV_WORKBOOK_HEADER_ROW = 3,
    BEHOV_WORKBOOK_FIRST_ROW = 4
};

enum {
    BEHOV_WORKBOOK_ROWS = 1048576,
    BEHOV_WORKBOOK_COLUMNS = 16384,
    BEHOV_WORKBOOK_LONGEST_NAME = 31,    /* UTF-16 units in the name of a sheet */
    BEHOV_WORKBOOK_LONGEST_TEXT = 32767, /* UTF-16 units in a cell */
    BEHOV_WORKBOOK_LONGEST_HEADER = 255, /* UTF-16 units in the name of a table's column */
    BEHOV_WORKBOOK_NARROWEST_NOTE = 80   /* characters */
};

/* Zero-initialise; the bytes are freed by whoever owns it. */
typedef struct behov_workbook_room {
    char *bytes;
    size_t size;
} behov_workbook_room;

/* The text as a workbook can hold it: valid characters, at most `longest` UTF-16 units (*is_cut is set when there were
 * more, left alone when not), control characters as spaces in a header. Borrowed from the caller or from `room` until
 * the next call; NULL when memory is short. */
const char *behov_workbook_text(behov_workbook_room *room, const char *text, size_t longest, bool is_header,
                                bool *is_cut);

size_t behov_workbook_characters(const char *text);
/* Units of UTF-16, in which Excel counts: two for a character past U+FFFF. */
size_t behov_workbook_units(const char *text);
/* Bytes of the longest start of a text that has at most `most` units and whole characters. */
size_t behov_workbook_fitting(const char *text, size_t most);
size_t behov_workbook_characters_in(const char *text, size_t length);
/* Bytes of the first line of a text that is broken at spaces into lines of at most `width` characters. */
size_t behov_workbook_line(const char *text, size_t width);
size_t behov_workbook_lines(const char *text, size_t width);
/* Whether Excel takes two names for the same, as far as Norwegian goes. */
bool behov_workbook_same_name(const char *a, const char *b);

/* Position of a column by its key; the number of columns when there is none. */
size_t behov_workbook_column(const behov_report *table, const char *key);
/* "F5:F2139" with its sheet, as a formula names the cells of a column: 'Grunnlag'!$F$5:$F$2139. The column is there. */
enum { BEHOV_WORKBOOK_RANGE = 160 };
void behov_workbook_range(const behov_section *section, const char *key, char text[BEHOV_WORKBOOK_RANGE]);
/* "$B$4", row and column counted from 0. */
enum { BEHOV_WORKBOOK_CELL = 24 };
void behov_workbook_cell(size_t row, size_t column, char text[BEHOV_WORKBOOK_CELL]);

/* Whether a sheet may have this name, whatever the others are called. */
bool behov_workbook_takes_name(const char *name);
/* What Excel would not take of the sheet `index`: its name, its table's name, one that another sheet has, a chart of a
 * column that is not there (BEHOV_E_ARGUMENT), more rows or columns than a sheet has (BEHOV_E_DATA). */
behov_status behov_workbook_check_sheet(const behov_section *sheets, size_t n_sheets, size_t index,
                                        behov_error *err) BEHOV_MUST_CHECK;

#endif
