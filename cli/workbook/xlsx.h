/* xlsx.h - what the files that write a workbook share: write_xlsx.c and xlsx_*.c alone include it, and xlsxwriter.h. */
#ifndef BEHOV_CLI_XLSX_H
#define BEHOV_CLI_XLSX_H

#include <xlsxwriter.h>

#include <behov/input_sheet.h>
#include <behov/labels.h>
#include <behov/section.h>
#include <stdio.h>

#include "workbook.h"
#include "xlsx_rows.h"

enum { XLSX_LINE_HEIGHT = 15 /* points, Calibri 11 */ };

/* How a cell is set; figures stand at the right. A text that follows a column of figures is kept off them. */
enum {
    LOOK_FIGURE = 0,
    LOOK_TEXT = 1,
    LOOK_WRAPPED = 2,
    LOOK_INDENTED = 4,
    LOOK_HEADER = 8,
    LOOK_STRONG = 16,
    LOOK_INPUT = 32, /* to be typed into */
    LOOK_SUM = 64,   /* a rule above */
    LOOK_FAINT = 128,
    LOOK_HIDDEN = 256
};

typedef struct format_entry {
    char code[128];
    unsigned look;
    lxw_format *format;
} format_entry;

typedef struct xlsx_writer {
    lxw_workbook *book;
    const behov_section *sections; /* of the whole workbook */
    size_t n_sections;
    behov_language lang;
    format_entry *formats;
    size_t n_formats, formats_room;
    lxw_format *title, *subtitle, *note;
    behov_workbook_room clean;
    double cells_done, cells_total;
    lxw_error trouble; /* first failing call of the library */
    /* rows beside the workbook */
    FILE *rows_file;               /* NULL = left to the other process */
    uint64_t rows_end;             /* bytes written */
    xlsx_packed_rows *packed_rows; /* as many as there are tables with such rows */
    size_t n_packed_rows;
    int rows_trouble; /* errno; 0 = none */
    /* of the sheet at hand */
    bool some_text_cut, some_cell_empty, some_name_changed, some_ratio;
} xlsx_writer;

/* ---- formats: xlsx_format.c ---- */

/* The format of a number code and a look, made once; NULL when memory is short, which is kept as trouble. */
lxw_format *xlsx_format(xlsx_writer *w, const char *code, unsigned look);
/* Title, subtitle and note; false when memory is short. */
bool xlsx_make_common_formats(xlsx_writer *w);
/* The number code of a quantity; "" for one whose digits the figure itself decides. */
const char *xlsx_code(behov_quantity quantity, behov_language lang);
bool xlsx_has_significant_digits(behov_quantity quantity);
/* Decimals that show three significant digits, -1 when the figure needs powers of ten. */
int xlsx_decimals(double value);
/* The code for them. Blanks as wide as the decimals that are not shown follow, so that the decimal marks of a column
 * stand under one another. */
void xlsx_three_digits(double value, int most_decimals, char code[96]);

/* ---- columns of a table, and the page: xlsx_columns.c ---- */

/* One column of a table as it will be shown. */
typedef struct shown_column {
    behov_quantity quantity;
    bool is_text, is_wrapped;
    unsigned look; /* of a text */
    char *header;  /* owned; clean, not empty, unique in the table */
    lxw_format *header_format;
    lxw_format *format; /* NULL when each cell has its own */
    int decimals;       /* most decimals of any cell, for figures with significant digits */
    double width;
} shown_column;

/* Letters of 11 points are printed with 7 at the least; margins are inches. */
enum { XLSX_SMALLEST_SCALE_PCT = 64 };
#define XLSX_PAGE_MARGIN 0.4

/* How each column is shown, and how many lines the header has. False when memory is short.
 * \param[out] columns  as many as the table has (caller's, zero); the headers are freed by the caller in any case */
bool xlsx_plan_columns(xlsx_writer *w, const behov_report *table, shown_column *columns, size_t *header_lines);
/* Breaks notes of a table that is too wide for the page into more lines. False when memory is short. */
bool xlsx_narrow_texts(xlsx_writer *w, const behov_section *described, shown_column *columns);
/* The columns that are printed. */
size_t xlsx_n_printed(const behov_section *described);
/* Whether a table that is as wide as the page would be printed smaller than 7 points. */
bool xlsx_is_too_wide(const behov_section *described, const shown_column *columns);
/* Where words above and below a table begin, and digits from there to the end of the first page, or of the table. */
size_t xlsx_column_of_words(const behov_section *described, const shown_column *columns);
double xlsx_width_of_words(const behov_section *described, const shown_column *columns);
size_t xlsx_letters_above(const behov_section *described, const shown_column *columns);

/* ---- sheets and cells: xlsx_sheet.c ---- */

/* A table as a sheet. False when memory is short. */
bool xlsx_sheet(xlsx_writer *w, const behov_section *described);
/* Whether the library is spared all its rows, for the memory that they would take. */
bool xlsx_is_large(const behov_report *table);
/* How many of its first rows are written beside the workbook, for the room or the time that they would take: all of a large
 * one, of one that is not small those that share no sixteen rows of the sheet with what follows the table; none where a
 * chart shows cells of the table, which the library remembers with the chart. */
size_t xlsx_rows_beside(const behov_section *sections, size_t n_sections, const behov_section *described);
/* The format of a cell, NULL of an empty one. Makes what is not there: by one thread, all cells in their order. */
lxw_format *xlsx_cell_format(xlsx_writer *w, const behov_report *table, const shown_column *column, size_t j, size_t i);
/* Lines of a row of wrapped texts, as many as a row may have. */
size_t xlsx_row_lines(const behov_report *table, const shown_column *columns, size_t row);

/* ---- cells with the numbers that the library would give their formats and texts: xlsx_cells.c ---- */

enum { XLSX_NO_CELL = -1, XLSX_FIGURE = -1, XLSX_BLANK = -2 };

typedef struct xlsx_numbered_cell {
    int32_t style; /* XLSX_NO_CELL: empty, and not written */
    int32_t text;  /* among the texts of the workbook; XLSX_FIGURE; XLSX_BLANK: a format and nothing else */
} xlsx_numbered_cell;

typedef struct xlsx_cells {
    size_t n_rows, n_columns;
    xlsx_numbered_cell *cells; /* row by row; from malloc */
} xlsx_cells;

/* Numbers the first rows, and all that the library was given before them; tells the writer what the notes will say. The head
 * of the sheet is not in the library yet. False when memory is short. */
bool xlsx_cells_number(xlsx_writer *w, const lxw_worksheet *sheet, const behov_report *table,
                       const shown_column *columns, size_t n_rows, xlsx_cells *out);
/* The first and last column, from 1, of the sixteen rows of the sheet that a row stands in. */
void xlsx_cells_span(const xlsx_cells *cells, size_t row, size_t *first, size_t *last);

/* ---- rows beside the workbook: xlsx_rows.c ---- */

/* Writes rows of a table to the file of rows, where this process has it, and tells the sheet how far they go. Returns how many:
 * those of xlsx_rows_beside. */
size_t xlsx_rows(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described, const shown_column *columns);

/* Keeps the first error of the library. */
void xlsx_trouble(xlsx_writer *w, lxw_error code);
/* A text, cleaned; nothing for "" and NULL. */
void xlsx_text(xlsx_writer *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, lxw_format *format);

/* ---- charts: xlsx_chart.c ---- */

/* Charts of a sheet, one under the other, right of its table. */
void xlsx_charts(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described);
/* A chart at a place, in points of the screen.
 * \param section  whose columns it draws; NULL = its series name cells */
void xlsx_chart(xlsx_writer *w, lxw_worksheet *sheet, const behov_sheet_chart *described, const behov_section *section,
                size_t row, size_t column, double width, double height);

/* ---- forms: xlsx_input.c ---- */

/* A sheet of formulas. False when memory is short. */
bool xlsx_form(xlsx_writer *w, const behov_section *described);

#endif
