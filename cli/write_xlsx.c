/* write_xlsx.c - result tables as an Excel workbook; the only file that includes xlsxwriter.h.
 *
 * A sheet is: title in A1, one sentence in A2, an empty row, the header in row 4, the table, an empty row, the notes.
 * Cells are never merged; notes are broken here into lines as wide as the table, because wrapped text in a narrow
 * column A would be forty lines high. Cells are numbers with a number format, or text; there are no formulas.
 *
 * What libxlsxwriter 1.1.4 leaves to its caller, and what is done about it:
 * - NaN and infinities become text that Excel rejects: such cells stay empty.
 * - Numbers are written with the locale's decimal mark: the C locale is lent to the thread meanwhile.
 * - Without `created` the clock enters the file: it is always set.
 * - Each cell costs about 100 bytes. A sheet of more than `most_cells_in_memory` cells is written row by row to a
 *   temporary file instead (its constant-memory mode, which is chosen when a sheet is made). That mode refuses tables
 *   because their header would be written late; here the header has been written in its turn, so the mode is lifted
 *   for the length of that one call.
 * - Errors of its temporary files go unseen, and a full disk would give a cut workbook: the room is checked before
 *   and after. A disk quota that ends meanwhile is not seen.
 * - It prints its errors: standard error is sent to /dev/null while the file is put together.
 *
 * Not here: charts, formulas, several tables on a sheet. */
#include "write_xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "target.h"

enum {
    TITLE_ROW = 0,
    SUBTITLE_ROW = 1,
    HEADER_ROW = 3,
    FIRST_ROW = 4,
    LONGEST_TEXT = 32767, /* UTF-16 units in a cell */
    LONGEST_HEADER = 255, /* UTF-16 units in the name of a table's column */
    WIDEST_TEXT = 90,     /* characters; a longer text is wrapped */
    WIDEST_LABEL = 48,    /* the same in the first column */
    NARROWEST_NUMBER = 9, /* years side by side stay readable */
    NARROWEST_NOTE = 80,  /* characters */
    WIDEST_NOTE = 150,
    MOST_HEADER_LINES = 3,
    LINE_HEIGHT = 15, /* points, Calibri 11 */
    MOST_SHOWN_DECIMALS = 6,
    FEW_ROWS_TO_LOOK_AT = 10000
};

/* Measured: 300 000 cells 37 MB, 9 million 1.1 GB (19 s); row by row 1 MB (18 s), with a second copy on disk meanwhile.
 */
static const double most_cells_in_memory = 100000;

/* 1980-01-01, the first date that a zip archive can hold. */
static const long long earliest_date = 315532800;

static const lxw_color_t header_colour = 0xDCE6F1, rule_colour = 0x7F7F7F, note_colour = 0x404040;
static const lxw_color_t low_colour = 0x92C5DE, middle_colour = 0xFFFFFF, high_colour = 0xF4B183;

/* How a cell is set; figures stand at the right. A text that follows a column of figures is kept off them. */
enum { LOOK_FIGURE = 0, LOOK_TEXT = 1, LOOK_WRAPPED = 2, LOOK_INDENTED = 4, LOOK_HEADER = 8, LOOK_STRONG = 16 };

typedef struct format_entry {
    char code[128];
    unsigned look;
    lxw_format *format;
} format_entry;

/* One column of a table as it will be shown. */
typedef struct shown_column {
    behov_quantity quantity;
    bool is_text, is_wrapped;
    unsigned look; /* of a text */
    char *header; /* owned; clean, not empty, unique in the table */
    lxw_format *header_format;
    lxw_format *format; /* NULL when each cell has its own */
    int decimals;       /* most decimals of any cell, for figures with significant digits */
    double width;
} shown_column;

typedef struct writer {
    lxw_workbook *book;
    language lang;
    format_entry *formats;
    size_t n_formats, formats_room;
    lxw_format *title, *subtitle, *note;
    char *clean; /* buffer of clean_text */
    size_t clean_room;
    progress *bar;
    double cells_done, cells_total;
    lxw_error trouble; /* first failing call of the library */
    /* of the sheet at hand */
    bool some_text_cut, some_cell_empty, some_name_changed, some_ratio;
} writer;

/* ---- text ------------------------------------------------------------------------------------------------------ */

/* Bytes of the UTF-8 character at `text` (at least one byte is there), 0 when XML cannot hold it. */
static size_t character_length(const unsigned char *text)
{
    if (text[0] < 0x80)
        return text[0] >= 0x20 || text[0] == '\n' || text[0] == '\t' || text[0] == '\r' ? 1 : 0;
    size_t length = text[0] >= 0xF0 && text[0] <= 0xF4   ? 4
                    : text[0] >= 0xE0                    ? 3
                    : text[0] >= 0xC2 && text[0] <= 0xDF ? 2
                                                         : 0;
    if (text[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    if (length == 3 && ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] >= 0xA0) ||
                        (text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE)))
        return 0;
    if (length == 4 && ((text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] >= 0x90)))
        return 0;
    return length;
}

/* Excel reads _x0041_ as "A", so a text that has it by nature needs its underscore escaped. */
static bool looks_escaped(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'F') ||
              (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    return text[6] == '_';
}

static bool reserve(writer *w, size_t size)
{
    if (size <= w->clean_room)
        return true;
    char *bytes = realloc(w->clean, 2 * size);
    if (!bytes)
        return false;
    w->clean = bytes;
    w->clean_room = 2 * size;
    return true;
}

/* The text as a workbook can hold it: valid characters, at most `longest` UTF-16 units, control characters as spaces in
 * a header. Borrowed from the caller or from the writer until the next call; NULL when memory is short. */
static const char *clean_text(writer *w, const char *text, size_t longest, bool is_header)
{
    static const char replacement[] = "\xEF\xBF\xBD", underscore[] = "_x005F_";
    const unsigned char *at = (const unsigned char *)text;
    while (at[0] >= 0x20 && at[0] < 0x7F && at[0] != '_')
        at++;
    size_t plain = (size_t)(at - (const unsigned char *)text);
    if (!at[0] && plain <= longest)
        return text;
    size_t length = strlen(text), n_out = 0, units = 0;
    if (!reserve(w, 7 * length + 1))
        return NULL;
    for (const char *from = text; *from;) {
        size_t n = character_length((const unsigned char *)from);
        size_t wide = n == 4 ? 2 : 1;
        if (units + wide > longest) {
            w->some_text_cut = true;
            break;
        }
        units += wide;
        if (is_header && (unsigned char)from[0] < 0x20) {
            w->clean[n_out++] = ' ';
            n = 1;
        } else if (n == 0) {
            memcpy(w->clean + n_out, replacement, 3);
            n_out += 3;
            n = 1;
        } else if (looks_escaped(from)) {
            memcpy(w->clean + n_out, underscore, 7);
            n_out += 7;
        } else {
            memcpy(w->clean + n_out, from, n);
            n_out += n;
        }
        from += n;
    }
    w->clean[n_out] = '\0';
    return w->clean;
}

static size_t count_characters_in(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    return n;
}

static size_t count_characters(const char *text) { return count_characters_in(text, strlen(text)); }

/* Bytes of the first line of a text that is broken at spaces into lines of at most `width` characters. */
static size_t line_length(const char *text, size_t width)
{
    size_t at = 0, n = 0, last_space = 0;
    while (text[at] && text[at] != '\n') {
        if (text[at] == ' ')
            last_space = at;
        if (n == width)
            return last_space ? last_space : at;
        at++, n++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static size_t count_lines(const char *text, size_t width)
{
    size_t lines = 0;
    do {
        text += line_length(text, width);
        text += *text == ' ' || *text == '\n';
        lines++;
    } while (*text);
    return lines;
}

/* Letters A-Z and those of Latin-1 without case: what Excel holds for the same name, as far as Norwegian goes. */
static bool is_same_name(const char *a, const char *b)
{
    for (unsigned char before = 0;; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
        if (before == 0xC3) {
            x = x >= 0x80 && x <= 0x9E && x != 0x97 ? (unsigned char)(x + 0x20) : x;
            y = y >= 0x80 && y <= 0x9E && y != 0x97 ? (unsigned char)(y + 0x20) : y;
        }
        x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
        if (x != y)
            return false;
        if (!x)
            return true;
        before = x;
    }
}

/* ---- formats --------------------------------------------------------------------------------------------------- */

static lxw_format *format_for(writer *w, const char *code, unsigned look)
{
    for (size_t i = 0; i < w->n_formats; i++)
        if (w->formats[i].look == look && strcmp(w->formats[i].code, code) == 0)
            return w->formats[i].format;
    if (w->n_formats == w->formats_room) {
        size_t room = w->formats_room ? 2 * w->formats_room : 32;
        format_entry *entries = realloc(w->formats, room * sizeof *entries);
        if (!entries)
            return NULL;
        w->formats = entries;
        w->formats_room = room;
    }
    lxw_format *format = workbook_add_format(w->book);
    if (!format)
        return NULL;
    if (code[0])
        format_set_num_format(format, code);
    format_set_align(format, look & LOOK_TEXT ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look & LOOK_INDENTED)
        format_set_indent(format, 1);
    if (look & (LOOK_WRAPPED | LOOK_HEADER))
        format_set_text_wrap(format);
    if (look & (LOOK_HEADER | LOOK_STRONG))
        format_set_bold(format);
    if (look & LOOK_HEADER) {
        format_set_bg_color(format, header_colour);
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, rule_colour);
    }
    format_entry *entry = &w->formats[w->n_formats++];
    snprintf(entry->code, sizeof entry->code, "%s", code);
    entry->look = look;
    entry->format = format;
    return format;
}

static bool make_common_formats(writer *w)
{
    w->title = workbook_add_format(w->book);
    w->subtitle = workbook_add_format(w->book);
    w->note = workbook_add_format(w->book);
    if (!w->title || !w->subtitle || !w->note)
        return false;
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    format_set_font_color(w->subtitle, note_colour);
    format_set_font_color(w->note, note_colour);
    format_set_font_size(w->note, 10);
    return true;
}

/* Decimals that show three significant digits, -1 when the figure needs powers of ten. The power is taken after
 * rounding, so that 0.9996 counts as 1.00. */
static int decimals_of_three_digits(double value)
{
    if (value == 0)
        return 2;
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    int power = atoi(strchr(text, 'e') + 1);
    return power < -4 || power >= 15 ? -1 : power > 2 ? 0 : 2 - power;
}

/* Blanks as wide as the decimals that are not shown follow, so that the decimal marks of a column stand under one
 * another. */
static void three_digits_code(double value, int most_decimals, char code[96])
{
    int decimals = decimals_of_three_digits(value);
    strcpy(code, decimals < 0 ? "0.00E+00" : "#,##0");
    if (decimals < 0)
        return;
    size_t length = 5;
    if (decimals > 0) {
        memcpy(code, "0.", 2);
        memset(code + 2, '0', (size_t)decimals);
        length = 2 + (size_t)decimals;
    }
    for (int i = decimals; i < most_decimals; i++) {
        memcpy(code + length, "_0", 2);
        length += 2;
    }
    code[length] = '\0';
}

static const char *code_of_quantity(behov_quantity quantity, language lang)
{
    switch (quantity) {
    case BEHOV_Q_TEXT:
    case BEHOV_Q_CODE:
    case BEHOV_Q_STARS: return "@";
    case BEHOV_Q_YEAR: return "0";
    case BEHOV_Q_COUNT:
    case BEHOV_Q_RANK:
    case BEHOV_Q_GAP: return "#,##0";
    case BEHOV_Q_OUTCOME: return "0.000";
    case BEHOV_Q_RATIO: return "0";
    case BEHOV_Q_INDEX: return "0.0";
    case BEHOV_Q_T:
    case BEHOV_Q_SHARE: return "0.00";
    case BEHOV_Q_P: return lang == LANGUAGE_EN ? "[<0.001]\"< 0.001\";0.000" : "[<0.001]\"< 0,001\";0.000";
    case BEHOV_Q_COEFFICIENT:
    case BEHOV_Q_STANDARD_ERROR:
    case BEHOV_Q_ERROR_BENEATH:
    case BEHOV_Q_DOF:
    case BEHOV_Q_VALUE: return "";
    }
    return "";
}

static bool has_significant_digits(behov_quantity quantity)
{
    return quantity == BEHOV_Q_COEFFICIENT || quantity == BEHOV_Q_STANDARD_ERROR || quantity == BEHOV_Q_ERROR_BENEATH;
}

/* ---- columns --------------------------------------------------------------------------------------------------- */

/* Header of a column: its label or its key's words, clean, and told apart from those before it. */
static bool make_header(writer *w, const behov_report *table, shown_column *columns, size_t at)
{
    behov_report_column described = behov_report_column_at(table, at);
    const char *words = described.label ? described.label : label(w->lang, described.key);
    while (*words == ' ')
        words++;
    if (!*words)
        words = described.key;
    enum { ROOM_FOR_NUMBER = 12 };
    const char *clean = clean_text(w, words, LONGEST_HEADER - ROOM_FOR_NUMBER, true);
    if (!clean)
        return false;
    size_t length = strlen(clean);
    char *header = malloc(length + ROOM_FOR_NUMBER + 1);
    if (!header)
        return false;
    memcpy(header, clean, length + 1);
    while (length && header[length - 1] == ' ')
        header[--length] = '\0';
    columns[at].header = header;
    for (unsigned long n = 2, j = 0; j < at;) {
        if (is_same_name(columns[j].header, header)) {
            snprintf(header + length, ROOM_FOR_NUMBER + 1, " (%lu)", n++);
            w->some_name_changed = true;
            j = 0;
        } else {
            j++;
        }
    }
    return true;
}

/* Characters of the integer part with its grouping. */
static int integer_width(double largest, bool is_grouped)
{
    int digits = largest < 10 ? 1 : (int)floor(log10(largest) + 1e-9) + 1;
    return digits + (is_grouped ? (digits - 1) / 3 : 0);
}

typedef struct range {
    double largest;
    bool has_negative, has_part, has_power;
    int decimals; /* that show every figure in full, MOST_SHOWN_DECIMALS + 1 when none do */
} range;

static range look_at(const behov_report *table, size_t at, behov_quantity quantity)
{
    range seen = {.largest = 0};
    size_t n_rows = behov_report_n_rows(table);
    for (size_t i = 0; i < n_rows; i++) {
        double value = behov_report_number(table, at, i), size = fabs(value);
        if (!isfinite(value))
            continue;
        if (size > seen.largest)
            seen.largest = size;
        seen.has_negative = seen.has_negative || value < 0;
        if (has_significant_digits(behov_report_quantity_at(table, at, i))) {
            int decimals = decimals_of_three_digits(value);
            seen.has_power = seen.has_power || decimals < 0;
            seen.decimals = decimals > seen.decimals ? decimals : seen.decimals;
        } else if (quantity == BEHOV_Q_DOF) {
            seen.has_part = seen.has_part || size != floor(size);
        } else if (quantity == BEHOV_Q_VALUE && i < FEW_ROWS_TO_LOOK_AT) {
            static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
            while (seen.decimals <= MOST_SHOWN_DECIMALS) {
                double scaled = size * powers[seen.decimals];
                if (fabs(scaled - nearbyint(scaled)) <= 1e-12 * scaled + 1e-12)
                    break;
                seen.decimals++;
            }
        }
    }
    return seen;
}

/* Format and width of a column of numbers. */
static bool plan_numbers(writer *w, const behov_report *table, size_t at, shown_column *column)
{
    range seen = look_at(table, at, column->quantity);
    char code[96];
    snprintf(code, sizeof code, "%s", code_of_quantity(column->quantity, w->lang));
    int decimals = 0;
    switch (column->quantity) {
    case BEHOV_Q_OUTCOME:
    case BEHOV_Q_P: decimals = 3; break;
    case BEHOV_Q_INDEX: decimals = 1; break;
    case BEHOV_Q_T:
    case BEHOV_Q_SHARE: decimals = 2; break;
    case BEHOV_Q_DOF:
        decimals = seen.has_part;
        snprintf(code, sizeof code, "%s", seen.has_part ? "#,##0.0" : "#,##0");
        break;
    case BEHOV_Q_COEFFICIENT:
    case BEHOV_Q_STANDARD_ERROR:
    case BEHOV_Q_ERROR_BENEATH: decimals = column->decimals = seen.decimals; break;
    case BEHOV_Q_VALUE:
        /* Figures as read: all their decimals when those are few, so that decimal marks are aligned. Years and codes
         * have no thousands mark, so whole numbers get one only when some are too long to read without. */
        decimals = seen.decimals;
        if (seen.largest < 1e15 && decimals == 0)
            snprintf(code, sizeof code, "%s", seen.largest >= 100000 ? "#,##0" : "0");
        else if (seen.largest < 1e15 && decimals <= MOST_SHOWN_DECIMALS)
            snprintf(code, sizeof code, "0.%.*s", decimals, "000000");
        break;
    default: break;
    }
    bool is_general = column->quantity == BEHOV_Q_VALUE && !code[0];
    int width =
        integer_width(seen.largest, strchr(code, ',') != NULL) + (decimals ? decimals + 1 : 0) + seen.has_negative;
    if (is_general)
        width = 12;
    if (seen.has_power && width < 9)
        width = 9;
    column->width = width > 26 ? 26 : width < NARROWEST_NUMBER - 1 ? NARROWEST_NUMBER - 1 : width;
    if (behov_report_has_row_quantities(table))
        column->width += 2; /* the brackets */
    if (has_significant_digits(column->quantity) || behov_report_has_row_quantities(table))
        return true;
    column->format = format_for(w, code, LOOK_FIGURE);
    return column->format != NULL;
}

static bool plan_text(writer *w, const behov_report *table, size_t at, unsigned look, shown_column *column)
{
    size_t widest = at == 0 ? WIDEST_LABEL : WIDEST_TEXT, longest = 0;
    size_t n_rows = behov_report_n_rows(table);
    for (size_t i = 0; i < n_rows; i++) {
        const char *text = behov_report_text(table, at, i);
        size_t n = count_characters(text);
        longest = n > longest ? n : longest;
        column->is_wrapped = column->is_wrapped || n > widest || strchr(text, '\n');
    }
    column->width = longest > widest ? (double)widest : longest < 6 ? 6 : (double)longest;
    column->look = look | (column->is_wrapped ? LOOK_WRAPPED : 0);
    column->format = format_for(w, "@", column->look);
    return column->format != NULL;
}

static bool plan_columns(writer *w, const behov_report *table, shown_column *columns, size_t *header_lines)
{
    size_t n_columns = behov_report_n_columns(table);
    *header_lines = 1;
    for (size_t j = 0; j < n_columns; j++) {
        shown_column *column = &columns[j];
        column->quantity = behov_report_column_at(table, j).quantity;
        column->is_text = behov_report_is_text(table, j);
        w->some_ratio = w->some_ratio || (column->quantity == BEHOV_Q_RATIO && !column->is_text);
        unsigned look = !column->is_text                   ? LOOK_FIGURE
                        : j > 0 && !columns[j - 1].is_text ? LOOK_TEXT | LOOK_INDENTED
                                                           : LOOK_TEXT;
        column->header_format = format_for(w, "@", look | LOOK_HEADER);
        if (!column->header_format || !make_header(w, table, columns, j))
            return false;
        if (!(column->is_text ? plan_text(w, table, j, look, column) : plan_numbers(w, table, j, column)))
            return false;
        /* The longest word of the header is not broken, nor are its lines many. */
        double width = column->width;
        for (const char *word = column->header; *word;) {
            size_t length = strcspn(word, " "), n = count_characters_in(word, length);
            while ((size_t)width < n && n <= WIDEST_LABEL)
                width++;
            word += length + (word[length] == ' ');
        }
        while (count_lines(column->header, (size_t)width) > MOST_HEADER_LINES)
            width++;
        size_t lines = count_lines(column->header, (size_t)width);
        *header_lines = lines > *header_lines ? lines : *header_lines;
        column->width = width + (look & LOOK_INDENTED ? 3 : 2);
    }
    return true;
}

/* ---- sheets ---------------------------------------------------------------------------------------------------- */

static void note_trouble(writer *w, lxw_error code)
{
    if (code && !w->trouble)
        w->trouble = code;
}

static void write_text(writer *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, lxw_format *format)
{
    if (!text || !text[0])
        return;
    const char *clean = clean_text(w, text, LONGEST_TEXT, false);
    if (!clean)
        note_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        note_trouble(w, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, clean, format));
}

/* Rows of wrapped text get their height here: not every program finds it by itself. A column's width is counted in
 * digits; running text takes four fifths of that a letter, a bold header nearly all of it. */
static void set_height(writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns,
                       size_t row)
{
    enum { MOST_LINES = 27 }; /* Excel's limit is 409 points */
    size_t n_columns = behov_report_n_columns(table), lines = 1;
    for (size_t j = 0; j < n_columns; j++) {
        if (!columns[j].is_wrapped)
            continue;
        size_t n = count_lines(behov_report_text(table, j, row), (size_t)(1.1 * columns[j].width));
        lines = n > lines ? n : lines;
    }
    if (lines > 1)
        note_trouble(w, worksheet_set_row(sheet, (lxw_row_t)(FIRST_ROW + row),
                                          LINE_HEIGHT * (double)(lines > MOST_LINES ? MOST_LINES : lines), NULL));
}

/* A figure's format: its column's, or its own where digits, row or weight differ from cell to cell. In a table with
 * brackets every other figure is kept off the edge by the width of one. */
static lxw_format *format_of_figure(writer *w, const behov_report *table, const shown_column *column, size_t j, size_t i,
                                    double value)
{
    bool is_strong = behov_report_is_strong(table, j, i), has_brackets = behov_report_has_row_quantities(table);
    if (column->format && !is_strong)
        return column->format;
    behov_quantity quantity = behov_report_quantity_at(table, j, i);
    char digits[96], code[128];
    if (has_significant_digits(quantity))
        three_digits_code(value, column->decimals, digits);
    else if (quantity == BEHOV_Q_DOF)
        strcpy(digits, value == floor(value) ? "#,##0" : "#,##0.0");
    else
        snprintf(digits, sizeof digits, "%s", code_of_quantity(quantity, w->lang));
    if (quantity == BEHOV_Q_ERROR_BENEATH) { /* the bracket follows the digits; the blanks that align them follow it */
        size_t length = strcspn(digits, "_");
        snprintf(code, sizeof code, "\\(%.*s\\)%s", (int)length, digits, digits + length);
    } else
        snprintf(code, sizeof code, "%s%s", digits, has_brackets && digits[0] && digits[0] != '[' ? "_)" : "");
    return format_for(w, code, LOOK_FIGURE | (is_strong ? LOOK_STRONG : 0));
}

static void write_cells(writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns)
{
    size_t n_rows = behov_report_n_rows(table), n_columns = behov_report_n_columns(table);
    for (size_t i = 0; i < n_rows; i++) {
        set_height(w, sheet, table, columns, i);
        for (size_t j = 0; j < n_columns; j++) {
            const shown_column *column = &columns[j];
            if (column->is_text) {
                lxw_format *set = behov_report_is_strong(table, j, i)
                                      ? format_for(w, "@", column->look | LOOK_STRONG)
                                      : column->format;
                write_text(w, sheet, FIRST_ROW + i, j, behov_report_text(table, j, i), set);
                continue;
            }
            double value = behov_report_number(table, j, i);
            if (behov_report_text(table, j, i)[0]) {
                write_text(w, sheet, FIRST_ROW + i, j, behov_report_text(table, j, i), format_for(w, "@", LOOK_FIGURE));
                continue;
            }
            if (!isfinite(value)) {
                w->some_cell_empty = true;
                continue;
            }
            note_trouble(w, worksheet_write_number(sheet, (lxw_row_t)(FIRST_ROW + i), (lxw_col_t)j, value,
                                                   format_of_figure(w, table, column, j, i, value)));
        }
        if (i % 1024 == 1023)
            progress_set(w->bar, 0.6 * (w->cells_done + (double)((i + 1) * n_columns)) / w->cells_total);
    }
    w->cells_done += (double)n_rows * (double)n_columns;
}

/* One note, broken at spaces into rows of text; returns the row after it. */
static size_t write_note(writer *w, lxw_worksheet *sheet, size_t row, const char *text, size_t width)
{
    while (*text) {
        size_t length = line_length(text, width);
        char *line = strndup(text, length);
        if (!line) {
            note_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return row;
        }
        write_text(w, sheet, row++, 0, line, w->note);
        free(line);
        text += length;
        text += *text == ' ' || *text == '\n';
    }
    return row;
}

static void write_notes(writer *w, lxw_worksheet *sheet, const section *described, const shown_column *columns)
{
    size_t n_columns = behov_report_n_columns(described->table), n_rows = behov_report_n_rows(described->table);
    double width = 0;
    for (size_t j = 0; j < n_columns; j++)
        width += columns[j].width;
    width *= 1.3; /* notes are set smaller than the table, and letters are narrower than digits */
    size_t wide = width < NARROWEST_NOTE ? NARROWEST_NOTE : width > WIDEST_NOTE ? WIDEST_NOTE : (size_t)width;
    size_t row = FIRST_ROW + (n_rows ? n_rows : 1) + 1;
    for (size_t i = 0; i < described->n_notes; i++)
        row = write_note(w, sheet, row, described->notes[i], wide);
    if (w->some_ratio)
        row = write_note(w, sheet, row, label(w->lang, "ratio_colours"), wide);
    if (w->some_cell_empty)
        row = write_note(w, sheet, row, label(w->lang, "missing_explained"), wide);
    if (w->some_name_changed)
        row = write_note(w, sheet, row, label(w->lang, "names_told_apart"), wide);
    if (w->some_text_cut)
        write_note(w, sheet, row, label(w->lang, "texts_cut"), wide);
}

/* A filter serves tables of many like rows, not a regression or a list of facts. */
static bool wants_filter(const behov_report *table)
{
    size_t n_columns = behov_report_n_columns(table);
    for (size_t j = 0; j < n_columns; j++) {
        behov_quantity quantity = behov_report_column_at(table, j).quantity;
        if (quantity == BEHOV_Q_CODE || quantity == BEHOV_Q_YEAR || quantity == BEHOV_Q_RANK ||
            quantity == BEHOV_Q_RATIO)
            return true;
    }
    return false;
}

static bool mark_table(writer *w, lxw_worksheet *sheet, const section *described, const shown_column *columns,
                       bool has_filter)
{
    size_t n_columns = behov_report_n_columns(described->table), n_rows = behov_report_n_rows(described->table);
    lxw_table_column *heads = calloc(n_columns, sizeof *heads);
    lxw_table_column **pointers = calloc(n_columns + 1, sizeof(lxw_table_column *));
    bool is_done = false;
    if (heads && pointers) {
        for (size_t j = 0; j < n_columns; j++) {
            heads[j].header = columns[j].header;
            heads[j].header_format = columns[j].header_format;
            pointers[j] = &heads[j];
        }
        lxw_table_options options = {.name = (char *)described->table_name, /* the library takes copies */
                                     .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                     .style_type_number = 1,
                                     .no_autofilter = !has_filter,
                                     .columns = pointers};
        uint8_t was_row_by_row = sheet->optimize;
        sheet->optimize = LXW_FALSE;
        note_trouble(w, worksheet_add_table(sheet, HEADER_ROW, 0, (lxw_row_t)(HEADER_ROW + (n_rows ? n_rows : 1)),
                                            (lxw_col_t)(n_columns - 1), &options));
        sheet->optimize = was_row_by_row;
        is_done = true;
    }
    free(heads);
    free(pointers);
    return is_done;
}

/* Colours for runs of neighbouring ratio columns. The scale has fixed ends, so that a colour means the same in every
 * workbook, and half and double the need are as far from 100. */
static void colour_ratios(writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns)
{
    size_t n_columns = behov_report_n_columns(table), n_rows = behov_report_n_rows(table);
    for (size_t j = 0; n_rows && j < n_columns; j++) {
        size_t last = j;
        while (last < n_columns && columns[last].quantity == BEHOV_Q_RATIO && !columns[last].is_text)
            last++;
        if (last == j)
            continue;
        lxw_conditional_format scale = {.type = LXW_CONDITIONAL_3_COLOR_SCALE,
                                        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                        .mid_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                        .min_value = 50,
                                        .mid_value = 100,
                                        .max_value = 200,
                                        .min_color = low_colour,
                                        .mid_color = middle_colour,
                                        .max_color = high_colour};
        note_trouble(w, worksheet_conditional_format_range(sheet, FIRST_ROW, (lxw_col_t)j,
                                                           (lxw_row_t)(HEADER_ROW + n_rows), (lxw_col_t)(last - 1),
                                                           &scale));
        j = last;
    }
}

static void set_up_view_and_print(writer *w, lxw_worksheet *sheet, const section *described)
{
    const behov_report *table = described->table;
    size_t n_columns = behov_report_n_columns(table), n_rows = behov_report_n_rows(table);
    worksheet_freeze_panes(sheet, FIRST_ROW, (lxw_col_t)described->n_frozen_columns);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_paper(sheet, 9); /* A4 */
    if (described->landscape)
        worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.6, 0.6, 0.6, 0.8);
    note_trouble(w, worksheet_repeat_rows(sheet, HEADER_ROW, HEADER_ROW));
    char footer[128];
    snprintf(footer, sizeof footer, "&L&9&A&R&9%s", label(w->lang, "page_of"));
    note_trouble(w, worksheet_set_footer(sheet, footer));
    /* Codes such as 0101 and headers such as 2012 are text on purpose: no green corners. */
    char last[LXW_MAX_CELL_NAME_LENGTH], cells[LXW_MAX_CELL_NAME_LENGTH + 8];
    lxw_rowcol_to_cell(last, (lxw_row_t)(HEADER_ROW + (n_rows ? n_rows : 1)), (lxw_col_t)(n_columns - 1));
    snprintf(cells, sizeof cells, "A%d:%s", HEADER_ROW + 1, last);
    note_trouble(w, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, cells));
}

static bool is_large(const behov_report *table)
{
    return (double)behov_report_n_rows(table) * (double)behov_report_n_columns(table) > most_cells_in_memory;
}

static bool write_sheet(writer *w, const section *described)
{
    const behov_report *table = described->table;
    size_t n_columns = behov_report_n_columns(table);
    w->some_text_cut = w->some_cell_empty = w->some_name_changed = w->some_ratio = false;
    w->book->options.constant_memory = is_large(table);
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, described->name);
    w->book->options.constant_memory = LXW_FALSE;
    shown_column *columns = calloc(n_columns, sizeof *columns);
    bool has_filter = wants_filter(table), is_done = false;
    size_t header_lines;
    if (!sheet || !columns || !plan_columns(w, table, columns, &header_lines))
        goto done;
    for (size_t j = 0; j < n_columns; j++)
        note_trouble(w, worksheet_set_column(sheet, (lxw_col_t)j, (lxw_col_t)j, columns[j].width, NULL));
    note_trouble(w, worksheet_set_row(sheet, TITLE_ROW, 21, NULL));
    write_text(w, sheet, TITLE_ROW, 0, described->title, w->title);
    write_text(w, sheet, SUBTITLE_ROW, 0, described->subtitle, w->subtitle);
    /* The filter buttons stand at the bottom of the header, and figures' headers at the right: a line of their own. */
    note_trouble(w, worksheet_set_row(sheet, HEADER_ROW, LINE_HEIGHT * (double)(header_lines + has_filter) + 3, NULL));
    if (sheet->optimize)
        for (size_t j = 0; j < n_columns; j++)
            note_trouble(w, worksheet_write_string(sheet, HEADER_ROW, (lxw_col_t)j, columns[j].header,
                                                   columns[j].header_format));
    write_cells(w, sheet, table, columns);
    write_notes(w, sheet, described, columns);
    colour_ratios(w, sheet, table, columns);
    set_up_view_and_print(w, sheet, described);
    is_done = mark_table(w, sheet, described, columns, has_filter);
done:
    for (size_t j = 0; columns && j < n_columns; j++)
        free(columns[j].header);
    free(columns);
    return is_done;
}

/* ---- checks before anything is written --------------------------------------------------------------------------- */

static behov_status check_table_name(const section *sheet, behov_error *err)
{
    const char *name = sheet->table_name;
    bool is_good = name && name[0] && count_characters(name) <= 255 && !((name[0] | 32) == 'c' && !name[1]) &&
                   !((name[0] | 32) == 'r' && !name[1]);
    for (const char *at = name; is_good && *at; at++) {
        unsigned char byte = (unsigned char)*at;
        bool is_letter = byte >= 0x80 || byte == '_' || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
        bool is_digit = byte >= '0' && byte <= '9';
        is_good = is_letter || (at > name && (is_digit || byte == '.'));
    }
    /* A name such as AB12 would be a cell. */
    if (is_good) {
        size_t n_letters = 0;
        while ((name[n_letters] | 32) >= 'a' && (name[n_letters] | 32) <= 'z')
            n_letters++;
        is_good = !(n_letters >= 1 && n_letters <= 3 && name[n_letters] &&
                    name[n_letters + strspn(name + n_letters, "0123456789")] == '\0');
    }
    if (is_good)
        return BEHOV_OK;
    return behov_error_set(err, BEHOV_E_ARGUMENT, sheet->name,
                           "\"%s\" cannot name a table in Excel; use letters, digits and _, a letter first",
                           name ? name : "");
}

static behov_status check_sheet(const section *sheets, size_t at, behov_error *err)
{
    const section *sheet = &sheets[at];
    const char *name = sheet->name ? sheet->name : "";
    size_t length = strlen(name);
    if (!length || count_characters(name) > 31 || strpbrk(name, "[]:*?/\\") || name[0] == '\'' ||
        name[length - 1] == '\'')
        return behov_error_set(err, BEHOV_E_ARGUMENT, name,
                               "\"%s\" cannot name a sheet in Excel; use 1 to 31 characters without []:*?/\\ and "
                               "without ' at the ends",
                               name);
    behov_status status = check_table_name(sheet, err);
    if (status)
        return status;
    for (size_t i = 0; i < at; i++) {
        if (is_same_name(sheets[i].name, name))
            return behov_error_set(err, BEHOV_E_ARGUMENT, name, "two sheets are called \"%s\"", name);
        if (is_same_name(sheets[i].table_name, sheet->table_name))
            return behov_error_set(err, BEHOV_E_ARGUMENT, name, "two tables are called \"%s\"", sheet->table_name);
    }
    size_t n_columns = behov_report_n_columns(sheet->table), n_rows = behov_report_n_rows(sheet->table);
    if (n_columns == 0)
        return behov_error_set(err, BEHOV_E_ARGUMENT, name, "the table has no columns");
    if (n_columns > LXW_COL_MAX)
        return behov_error_set(err, BEHOV_E_DATA, name,
                               "%zu columns do not fit: a sheet of Excel has %d; write a CSV file instead "
                               "(-o FILE.csv), which has no such limit",
                               n_columns, LXW_COL_MAX);
    size_t room = LXW_ROW_MAX - FIRST_ROW;
    for (size_t i = 0; i < sheet->n_notes; i++)
        room -= strlen(sheet->notes[i]) / (NARROWEST_NOTE / 2) + 1;
    room -= 16; /* the empty row and the writer's own notes */
    if (n_rows > room)
        return behov_error_set(err, BEHOV_E_DATA, name,
                               "%zu rows do not fit: a sheet of Excel has 1048576 rows, %zu of them below the header "
                               "and above the notes; write a CSV file instead (-o FILE.csv), which has no such limit",
                               n_rows, room);
    return BEHOV_OK;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

/* Upper estimates of the bytes that the library puts in temporary files: of the largest sheet, and at once. */
typedef struct room_needed {
    double largest, at_once;
} room_needed;

static room_needed estimate_room(const section *sheets, size_t n_sheets)
{
    room_needed needed = {0, 0};
    for (size_t s = 0; s < n_sheets; s++) {
        const behov_report *table = sheets[s].table;
        size_t n_rows = behov_report_n_rows(table), n_columns = behov_report_n_columns(table);
        double bytes = 20e3 + 60.0 * (double)n_rows;
        for (size_t j = 0; j < n_columns; j++) {
            if (!behov_report_is_text(table, j)) {
                bytes += 60.0 * (double)n_rows;
                continue;
            }
            bytes += 80.0 * (double)n_rows;
            for (size_t i = 0; i < n_rows; i++)
                bytes += 1.2 * (double)strlen(behov_report_text(table, j, i));
        }
        needed.largest = bytes > needed.largest ? bytes : needed.largest;
        if (is_large(table))
            needed.at_once += bytes; /* its rows are kept until the file is put together */
    }
    needed.at_once += needed.largest;
    return needed;
}

static double free_room(const char *folder)
{
    struct statvfs disk;
    return statvfs(folder, &disk) == 0 ? (double)disk.f_bavail * (double)disk.f_frsize : -1;
}

static behov_status no_room(const char *path, const char *folder, double needed, behov_error *err)
{
    return behov_error_set(err, BEHOV_E_FILE, path,
                           "no room for temporary files in %s: the workbook may need %lu MB; free some or set TMPDIR "
                           "to another folder",
                           folder, (unsigned long)(needed / 1e6) + 1);
}

/* The library's errors as sentences; errno is that of the failing call where there is one. */
static behov_status tell(const char *path, lxw_error code, int system_code, behov_error *err)
{
    switch (code) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
        return behov_error_set(err, BEHOV_E_MEMORY, path, "the machine has no more memory for the workbook");
    case LXW_ERROR_CREATING_TMPFILE:
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot make temporary files: %s; set TMPDIR to another folder",
                               system_code ? strerror(system_code) : "unknown reason");
    default: break;
    }
    if (system_code == ENOSPC || system_code == EDQUOT)
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot write the workbook: the disk is full");
    if (system_code == EFBIG)
        return behov_error_set(err, BEHOV_E_FILE, path,
                               "cannot write the workbook: the file is larger than this disk or account allows");
    if (code == LXW_ERROR_CREATING_XLSX_FILE || code == LXW_ERROR_ZIP_FILE_OPERATION || code == LXW_ERROR_ZIP_CLOSE ||
        code == LXW_ERROR_ZIP_FILE_ADD)
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot write the workbook: %s",
                               system_code ? strerror(system_code) : lxw_strerror(code));
    return behov_error_set(err, BEHOV_E_ARGUMENT, path, "cannot make the workbook: %s", lxw_strerror(code));
}

/* Standard error goes to /dev/null; returns what restores it, or -1. */
static int silence_errors(void)
{
    fflush(stderr);
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int nowhere = kept < 0 ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
    return kept;
}

static void restore_errors(int kept)
{
    if (kept < 0)
        return;
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
}

static behov_status write_book(const char *path, const char *written, const section *sheets, size_t n_sheets,
                               const document_properties *properties, writer *w, behov_error *err)
{
    room_needed needed = estimate_room(sheets, n_sheets);
    const char *named = getenv("TMPDIR");
    char folder[512];
    snprintf(folder, sizeof folder, "%s", named && named[0] ? named : "/tmp");
    double room = free_room(folder);
    if (room >= 0 && room < needed.at_once)
        return no_room(path, folder, needed.at_once, err);

    struct rlimit largest;
    if (getrlimit(RLIMIT_FSIZE, &largest) == 0 && largest.rlim_cur != RLIM_INFINITY &&
        (double)largest.rlim_cur < needed.largest)
        return behov_error_set(err, BEHOV_E_FILE, path,
                               "cannot write the workbook: it may need temporary files of %lu kB, and this account is "
                               "held to files of %lu kB (ulimit -f)",
                               (unsigned long)(needed.largest / 1e3) + 1, (unsigned long)(largest.rlim_cur / 1000));

    lxw_workbook_options options = {.tmpdir = folder, .use_zip64 = needed.largest > 4e9};
    w->book = workbook_new_opt(written, &options);
    if (!w->book || !make_common_formats(w))
        goto out_of_memory;
    long long created = properties && properties->created ? properties->created : earliest_date;
    lxw_doc_properties told = {.title = properties ? (char *)properties->title : NULL, /* copies */
                               .subject = properties ? (char *)properties->subject : NULL,
                               .comments = properties ? (char *)properties->comments : NULL,
                               .author = "behov",
                               .created = (time_t)created};
    note_trouble(w, workbook_set_properties(w->book, &told));
    for (size_t s = 0; s < n_sheets; s++)
        if (!write_sheet(w, &sheets[s]))
            goto out_of_memory;
    if (w->trouble) {
        lxw_workbook_free(w->book);
        return tell(path, w->trouble, 0, err);
    }
    progress_set(w->bar, 0.6);
    int kept = silence_errors();
    errno = 0;
    lxw_error code = workbook_close(w->book);
    int system_code = errno;
    restore_errors(kept);
    if (code)
        return tell(path, code, system_code, err);
    room = free_room(folder);
    if (room >= 0 && room < needed.largest)
        return no_room(path, folder, needed.at_once, err);
    return BEHOV_OK;

out_of_memory:
    if (w->book)
        lxw_workbook_free(w->book);
    return behov_error_set(err, BEHOV_E_MEMORY, path, "the machine has no more memory for the workbook");
}

behov_status write_xlsx(const char *path, const section *sheets, size_t n_sheets,
                        const document_properties *properties, language lang, progress *bar, behov_error *err)
{
    if (n_sheets == 0)
        return behov_error_set(err, BEHOV_E_ARGUMENT, path, "a workbook needs a sheet");
    writer w = {.lang = lang, .bar = bar, .cells_total = 1};
    for (size_t s = 0; s < n_sheets; s++) {
        behov_status status = check_sheet(sheets, s, err);
        if (status)
            return status;
        w.cells_total += (double)behov_report_n_rows(sheets[s].table) * (double)behov_report_n_columns(sheets[s].table);
    }
    target *out;
    behov_status status = target_open(path, &out, err);
    if (status)
        return status;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    status = write_book(path, target_path(out), sheets, n_sheets, properties, &w, err);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    free(w.formats);
    free(w.clean);
    if (status) {
        target_abandon(out);
        return status;
    }
    progress_set(bar, 1);
    return target_commit(out, err);
}
