/* xlsx_columns.c - how the columns of a table are shown: headers, widths, formats, and what a printed page has room for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/number.h>
#include "xlsx.h"

enum {
    WIDEST_TEXT = 64,     /* characters; a longer text is wrapped */
    WIDEST_LABEL = 48,    /* the same in the first column */
    NARROWEST_NUMBER = 9, /* years side by side stay readable */
    MOST_HEADER_LINES = 3,
    MOST_SHOWN_DECIMALS = 6,
    FEW_ROWS_TO_LOOK_AT = 10000
};

/* Header of a column: its label or its key's words, clean, and told apart from those before it. */
static bool make_header(xlsx_writer *w, const behov_report *table, shown_column *columns, size_t index)
{
    behov_report_column described = behov_report_column_at(table, index);
    const char *words = described.label ? described.label : behov_label_of_key(w->lang, described.key);
    while (*words == ' ')
        words++;
    if (!*words)
        words = described.key;
    enum { ROOM_FOR_NUMBER = 12 };
    const char *clean =
        behov_workbook_text(&w->clean, words, BEHOV_WORKBOOK_LONGEST_HEADER - ROOM_FOR_NUMBER, true, &w->some_text_cut);
    if (!clean)
        return false;
    size_t length = strlen(clean);
    char *header = malloc(length + ROOM_FOR_NUMBER + 1);
    if (!header)
        return false;
    memcpy(header, clean, length + 1);
    while (length && header[length - 1] == ' ')
        header[--length] = '\0';
    columns[index].header = header;
    for (unsigned long n = 2, j = 0; j < index;) {
        if (behov_workbook_same_name(columns[j].header, header)) {
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

static range look_at(const behov_report *table, size_t index, behov_quantity quantity)
{
    range range = {.largest = 0};
    size_t n_rows = behov_report_n_rows(table);
    for (size_t i = 0; i < n_rows; i++) {
        double value = behov_report_number(table, index, i), size = fabs(value);
        if (!isfinite(value))
            continue;
        if (size > range.largest)
            range.largest = size;
        range.has_negative = range.has_negative || value < 0;
        if (xlsx_has_significant_digits(behov_report_quantity_at(table, index, i))) {
            int decimals = xlsx_decimals(value);
            range.has_power = range.has_power || decimals < 0;
            range.decimals = decimals > range.decimals ? decimals : range.decimals;
        } else if (quantity == BEHOV_Q_DOF) {
            range.has_part = range.has_part || size != floor(size);
        } else if (quantity == BEHOV_Q_VALUE && i < FEW_ROWS_TO_LOOK_AT) {
            static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
            while (range.decimals <= MOST_SHOWN_DECIMALS) {
                double scaled_value = size * powers[range.decimals];
                if (fabs(scaled_value - nearbyint(scaled_value)) <= 1e-12 * scaled_value + 1e-12)
                    break;
                range.decimals++;
            }
        }
    }
    return range;
}

/* Format and width of a column of numbers. */
static bool plan_numbers(xlsx_writer *w, const behov_report *table, size_t index, shown_column *column)
{
    range range = look_at(table, index, column->quantity);
    char code[96];
    snprintf(code, sizeof code, "%s", xlsx_code(column->quantity, w->lang));
    int decimals = 0;
    switch (column->quantity) {
    case BEHOV_Q_OUTCOME:
    case BEHOV_Q_P: decimals = 3; break;
    case BEHOV_Q_INDEX: decimals = 1; break;
    case BEHOV_Q_T:
    case BEHOV_Q_PROBABILITY:
    case BEHOV_Q_SHARE: decimals = 2; break;
    case BEHOV_Q_DOF:
        decimals = range.has_part;
        snprintf(code, sizeof code, "%s", range.has_part ? "#,##0.0" : "#,##0");
        break;
    case BEHOV_Q_COEFFICIENT:
    case BEHOV_Q_STANDARD_ERROR:
    case BEHOV_Q_ERROR_BENEATH: decimals = column->decimals = range.decimals; break;
    case BEHOV_Q_VALUE:
        /* Figures as read: all their decimals when those are few, so that decimal marks are aligned. Years and codes
         * have no thousands mark, so whole numbers get one only when some are too long to read without. */
        decimals = range.decimals;
        if (range.largest < 1e15 && decimals == 0)
            snprintf(code, sizeof code, "%s", range.largest >= 100000 ? "#,##0" : "0");
        else if (range.largest < 1e15 && decimals <= MOST_SHOWN_DECIMALS)
            snprintf(code, sizeof code, "0.%.*s", decimals, "000000");
        break;
    default: break;
    }
    bool is_general = column->quantity == BEHOV_Q_VALUE && !code[0];
    int width =
        integer_width(range.largest, strchr(code, ',') != NULL) + (decimals ? decimals + 1 : 0) + range.has_negative;
    if (is_general)
        width = 12;
    if (range.has_power && width < 9)
        width = 9;
    for (size_t i = 0; i < behov_report_n_rows(table); i++) /* an interval in brackets is two figures */
        if (behov_format_is_beneath(behov_report_quantity_at(table, index, i))) {
            int letters = (int)behov_format_width(behov_report_text(table, index, i));
            width = letters > width ? letters : width;
        }
    column->width = width > 26 ? 26 : width < NARROWEST_NUMBER - 1 ? NARROWEST_NUMBER - 1 : width;
    if (behov_report_has_row_quantities(table))
        column->width += 2; /* the brackets */
    if (xlsx_has_significant_digits(column->quantity) || behov_report_has_row_quantities(table))
        return true;
    column->format = xlsx_format(w, code, LOOK_FIGURE);
    return column->format != NULL;
}

static bool plan_text(xlsx_writer *w, const behov_report *table, size_t index, unsigned look, shown_column *column)
{
    size_t widest = index == 0 ? WIDEST_LABEL : WIDEST_TEXT, longest = 0;
    size_t n_rows = behov_report_n_rows(table);
    for (size_t i = 0; i < n_rows; i++) {
        const char *text = behov_report_text(table, index, i);
        size_t n = behov_workbook_characters(text);
        longest = n > longest ? n : longest;
        column->is_wrapped = column->is_wrapped || n > widest || strchr(text, '\n');
    }
    column->width = longest > widest ? (double)widest : longest < 6 ? 6 : (double)longest;
    column->look = look | (column->is_wrapped ? LOOK_WRAPPED : 0);
    column->format = xlsx_format(w, "@", column->look);
    return column->format != NULL;
}

/* Capitals in bold are a third wider than the digits that widths are counted in, other letters no wider. */
static size_t letters_of_header(const char *header, double width)
{
    size_t n_capitals = 0, n = behov_workbook_characters(header);
    for (const unsigned char *c = (const unsigned char *)header; *c; c++)
        n_capitals += (*c >= 'A' && *c <= 'Z') || (*c == 0xC3 && c[1] >= 0x80 && c[1] <= 0x9E);
    return (size_t)(3 * n_capitals > n ? 3 * width / 4 : width);
}

/* The longest word of the header is not broken, nor are its lines many. */
static double width_of_header(const char *header, double width)
{
    for (const char *word = header; *word;) {
        size_t length = strcspn(word, " "), n = behov_workbook_characters_in(word, length);
        while (letters_of_header(header, width) < n && n <= WIDEST_LABEL)
            width++;
        word += length + (word[length] == ' ');
    }
    while (behov_workbook_lines(header, letters_of_header(header, width)) > MOST_HEADER_LINES)
        width++;
    return width;
}

bool xlsx_plan_columns(xlsx_writer *w, const behov_report *table, shown_column *columns, size_t *header_lines)
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
        column->header_format = xlsx_format(w, "@", look | LOOK_HEADER);
        if (!column->header_format || !make_header(w, table, columns, j))
            return false;
        if (!(column->is_text ? plan_text(w, table, j, look, column) : plan_numbers(w, table, j, column)))
            return false;
        double width = width_of_header(column->header, column->width);
        size_t lines = behov_workbook_lines(column->header, letters_of_header(column->header, width));
        *header_lines = lines > *header_lines ? lines : *header_lines;
        column->width = width + (look & LOOK_INDENTED ? 3 : 2);
    }
    return true;
}

/* ---- what the page has room for --------------------------------------------------------------------------------- */

/* Points across a sheet of A4 between its margins. */
static double page_width(const behov_section *described)
{
    enum { A4_WIDTH = 595, A4_HEIGHT = 842, INCH = 72 };
    return (described->landscape ? A4_HEIGHT : A4_WIDTH) - 2 * XLSX_PAGE_MARGIN * INCH;
}

/* A digit is 7 and a column's edge 5 of the 96 dots of an inch, and 72 points are one. */
static double points_across(const shown_column *columns, size_t first, size_t end)
{
    double width = 0;
    for (size_t j = first; j < end; j++)
        width += (7 * columns[j].width + 5) * 72 / 96;
    return width;
}

/* The columns that are printed. */
size_t xlsx_n_printed(const behov_section *described)
{
    size_t n = behov_report_n_columns(described->table);
    return described->n_printed_columns && described->n_printed_columns < n ? described->n_printed_columns : n;
}

/* Whether a table that is as wide as the page would be printed smaller than 7 points. */
bool xlsx_is_too_wide(const behov_section *described, const shown_column *columns)
{
    double width = points_across(columns, 0, xlsx_n_printed(described));
    return !described->one_page && page_width(described) / width < XLSX_SMALLEST_SCALE_PCT / 100.0;
}

/* A table that is too wide by its notes alone has them broken into more lines, so that they take no pages of their own.
 * */
bool xlsx_narrow_texts(xlsx_writer *w, const behov_section *described, shown_column *columns)
{
    enum { NARROWEST_TEXT = 24 };
    for (size_t j = xlsx_n_printed(described); j-- > described->n_frozen_columns;) {
        double width = columns[j].width;
        if (!columns[j].is_text)
            continue;
        while (columns[j].width > NARROWEST_TEXT && xlsx_is_too_wide(described, columns))
            columns[j].width -= 1;
        if (xlsx_is_too_wide(described, columns)) {
            columns[j].width = width; /* in vain */
        } else if (columns[j].width < width) {
            columns[j].is_wrapped = true;
            columns[j].look |= LOOK_WRAPPED;
            columns[j].format = xlsx_format(w, "@", columns[j].look);
        }
        if (!columns[j].format)
            return false;
    }
    return true;
}

/* Words above and below a table that goes over several pages begin beside the columns that each page repeats: in one of
 * these they would be printed on every page, and cut there. */
size_t xlsx_column_of_words(const behov_section *described, const shown_column *columns)
{
    size_t n_frozen = described->n_frozen_columns;
    return n_frozen < behov_report_n_columns(described->table) && xlsx_is_too_wide(described, columns) ? n_frozen : 0;
}

/* Digits from the column of the words to the end of the first page, or of the table. */
double xlsx_width_of_words(const behov_section *described, const shown_column *columns)
{
    size_t n_columns = xlsx_n_printed(described), first = xlsx_column_of_words(described, columns);
    double width = 0, page = page_width(described) * 100 / XLSX_SMALLEST_SCALE_PCT;
    for (size_t j = first; j < n_columns && (!first || points_across(columns, 0, j + 1) <= page); j++)
        width += columns[j].width;
    return width;
}

/* Letters of a line above the table: as wide as what is printed on the first page, and of a narrow table as the page. */
size_t xlsx_letters_above(const behov_section *described, const shown_column *columns)
{
    const double POINTS_OF_A_DIGIT = 7 * 72 / 96.0, LETTERS_OF_A_DIGIT = 1.1;
    double width = xlsx_width_of_words(described, columns), page = page_width(described) / POINTS_OF_A_DIGIT;
    return (size_t)(LETTERS_OF_A_DIGIT * (width > page ? width : page));
}
