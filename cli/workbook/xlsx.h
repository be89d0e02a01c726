/* xlsx.h - what the files that write a workbook share: write_xlsx.c and xlsx_*.c alone include it, and xlsxwriter.h. */
#ifndef BEHOV_CLI_XLSX_H
#define BEHOV_CLI_XLSX_H

#include <xlsxwriter.h>

#include <behov/input_sheet.h>
#include <behov/labels.h>
#include <behov/section.h>
#include "workbook.h"

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

/* ---- cells: write_xlsx.c ---- */

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
