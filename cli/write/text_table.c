/* text_table.c - the layout of a table on a page of characters.
 *
 * On a terminal that is too narrow, in this order: headings in several lines, long texts in several lines (those after
 * the first are indented), the table in pieces.
 *
 * Columns are shown in pieces of consecutive units, a unit being a column with the stars that follow it. The leading
 * columns of text, which say which row it is, are repeated in each piece as far as they take no more than half of it.
 */
#include "text_table.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/labels.h>
#include "terminal.h"
#include "text_lines.h"

enum { STARS_WIDTH = 3, BETWEEN = 2, BEFORE_STARS = 1, MOST_HEADER_LINES = 4, HANGING = 2 };

typedef struct shown_column {
    size_t column, cells_width, width;
    const char *header;
    bool is_text, is_stars;
} shown_column;

typedef struct layout {
    const behov_report *report;
    behov_language lang;
    shown_column *columns;
    size_t n, n_leading;
    bool is_folded; /* headings and texts may take several lines */
} layout;

static bool is_skipped(const char *key, const char *const *skip)
{
    for (; skip && *skip; skip++)
        if (strcmp(*skip, key) == 0)
            return true;
    return false;
}

/* ---- widths --------------------------------------------------------------------------------------------------------
 */

static void find_columns(layout *csv_layout, const char *const *skip)
{
    size_t n_columns = behov_report_n_columns(csv_layout->report), n_rows = behov_report_n_rows(csv_layout->report);
    char text[BEHOV_NUMBER_SIZE];
    for (size_t j = 0; j < n_columns; j++) {
        behov_report_column described = behov_report_column_at(csv_layout->report, j);
        if (is_skipped(described.key, skip))
            continue;
        shown_column *column = &csv_layout->columns[csv_layout->n++];
        bool is_stars = described.quantity == BEHOV_Q_STARS;
        *column = (shown_column){.column = j,
                                 .is_text = behov_report_is_text(csv_layout->report, j),
                                 .is_stars = is_stars,
                                 .cells_width = is_stars ? STARS_WIDTH : 0,
                                 /* the head of stars is the stars themselves */
                                 .header = is_stars          ? ""
                                           : described.label ? described.label
                                                             : behov_label_of_key(csv_layout->lang, described.key)};
        for (size_t i = 0; i < n_rows; i++) {
            size_t width = text_width(behov_format_report_cell(csv_layout->report, j, i, csv_layout->lang, text));
            column->cells_width = width > column->cells_width ? width : column->cells_width;
        }
        size_t header_width = text_width(column->header);
        column->width = header_width > column->cells_width ? header_width : column->cells_width;
    }
    while (csv_layout->n_leading < csv_layout->n && csv_layout->columns[csv_layout->n_leading].is_text &&
           !csv_layout->columns[csv_layout->n_leading].is_stars)
        csv_layout->n_leading++;
}

/* What stands between a column and the one before it. */
static size_t gap_before(const shown_column *column)
{
    return column->is_stars ? BEFORE_STARS : BETWEEN;
}

static size_t width_of(const layout *csv_layout, size_t first, size_t last)
{
    size_t width = 0;
    for (size_t j = first; j < last; j++)
        width += csv_layout->columns[j].width + gap_before(&csv_layout->columns[j]);
    return width;
}

/* The i-th line of a text that is broken at `width`; lines after the first are `hang` shorter. False past the last. */
static bool find_line(const char *text, size_t width, size_t hang, size_t i, const char **start, size_t *length)
{
    size_t n = text_line_length(text, width);
    for (; i > 0 && text[n]; i--) {
        text += n;
        text += strspn(text, " ");
        n = text_line_length(text, width > hang ? width - hang : 1);
    }
    *start = text;
    *length = n;
    return i == 0 && n > 0;
}

static size_t count_lines(const char *text, size_t width, size_t hang)
{
    const char *start;
    size_t length, n = 0;
    while (find_line(text, width, hang, n, &start, &length))
        n++;
    return n;
}

static size_t longest_word(const char *text, size_t longest)
{
    while (*text) {
        size_t length = strcspn(text, " "), n = text_width_in(text, length);
        longest = n > longest ? n : longest;
        text += length + (text[length] == ' ');
    }
    return longest;
}

/* Columns as narrow as their cells and the words of their headings allow. */
static void fold_headers(layout *csv_layout)
{
    for (size_t j = 0; j < csv_layout->n; j++) {
        shown_column *column = &csv_layout->columns[j];
        column->width = longest_word(column->header, column->cells_width);
        while (count_lines(column->header, column->width, 0) > MOST_HEADER_LINES)
            column->width++;
    }
    csv_layout->is_folded = true;
}

/* Columns of long texts no wider than two fifths of the page, but for their longest word. */
static void fold_texts(layout *csv_layout, size_t width)
{
    size_t n_rows = behov_report_n_rows(csv_layout->report), most = 2 * width / 5;
    for (size_t j = 0; j < csv_layout->n; j++) {
        shown_column *column = &csv_layout->columns[j];
        if (!column->is_text || column->is_stars || column->width <= most)
            continue;
        size_t narrowest = longest_word(column->header, most);
        for (size_t i = 0; i < n_rows; i++)
            narrowest = longest_word(behov_report_text(csv_layout->report, column->column, i), narrowest);
        column->width = narrowest < column->width ? narrowest : column->width;
    }
}

/* ---- printing ------------------------------------------------------------------------------------------------------
 */

typedef struct line {
    FILE *out;
    size_t blanks; /* written only before something else, so that no line ends with any */
    bool is_begun;
} line;

static void put_cell(line *line, const shown_column *column, const char *text, size_t length, bool is_hanging)
{
    size_t hang = is_hanging && length ? HANGING : 0;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    size_t width = text_width_in(text, length) + hang, room = column->width > width ? column->width - width : 0;
    if (line->is_begun)
        line->blanks += gap_before(column);
    line->is_begun = true;
    line->blanks += column->is_text ? hang : room;
    if (length) {
        text_pad(line->out, line->blanks);
        line->blanks = 0;
        text_put(text, length, line->out);
    }
    line->blanks += column->is_text ? room : 0;
}

/* The columns of a piece in turn: the leading ones, then first .. last. */
static size_t first_column(const layout *csv_layout, size_t first)
{
    return csv_layout->n_leading ? 0 : first;
}

static size_t next_column(const layout *csv_layout, size_t first, size_t index)
{
    return index + 1 == csv_layout->n_leading ? first : index + 1;
}

static const char *cell_text(const layout *csv_layout, const shown_column *column, size_t row,
                             char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_report_cell(csv_layout->report, column->column, row, csv_layout->lang, text);
}

/* Lines of the head of a piece, or of a row of it. */
enum { HEAD = -1 };

static size_t row_lines(const layout *csv_layout, size_t first, size_t last, ptrdiff_t row)
{
    size_t most = 1;
    char text[BEHOV_NUMBER_SIZE];
    for (size_t j = first_column(csv_layout, first); j < last && csv_layout->is_folded;
         j = next_column(csv_layout, first, j)) {
        const shown_column *column = &csv_layout->columns[j];
        size_t n = row == HEAD ? count_lines(column->header, column->width, 0)
                   : column->is_text
                       ? count_lines(cell_text(csv_layout, column, (size_t)row, text), column->width, HANGING)
                       : 1;
        most = n > most ? n : most;
    }
    return most;
}

/* The i-th of the n lines of a heading, which stands at the bottom of them, or of a cell, which stands at the top. */
static const char *line_of(const layout *csv_layout, const shown_column *column, ptrdiff_t row, size_t i, size_t n,
                           char text[BEHOV_NUMBER_SIZE], size_t *length)
{
    const char *all = row == HEAD ? column->header : cell_text(csv_layout, column, (size_t)row, text), *start;
    *length = strlen(all);
    if (!csv_layout->is_folded || (row != HEAD && !column->is_text))
        return i == 0 ? all : "";
    size_t n_own = row == HEAD ? count_lines(all, column->width, 0) : n;
    if (i + n_own < n || !find_line(all, column->width, row == HEAD ? 0 : HANGING, i + n_own - n, &start, length)) {
        *length = 0;
        return "";
    }
    return start;
}

/* A row of a piece, or its head: the leading columns and first .. last. */
static void print_row(const layout *csv_layout, size_t first, size_t last, ptrdiff_t row, FILE *out)
{
    char text[BEHOV_NUMBER_SIZE];
    for (size_t i = 0, n = row_lines(csv_layout, first, last, row); i < n; i++) {
        line line = {.out = out};
        for (size_t j = first_column(csv_layout, first); j < last; j = next_column(csv_layout, first, j)) {
            const shown_column *column = &csv_layout->columns[j];
            size_t length = 0;
            const char *shown_text = line_of(csv_layout, column, row, i, n, text, &length);
            put_cell(&line, column, shown_text[0] ? shown_text : "", shown_text[0] ? length : 0, row != HEAD && i > 0);
        }
        fputc('\n', out);
    }
}

static void print_piece(const layout *csv_layout, size_t first, size_t last, FILE *out)
{
    size_t n_rows = behov_report_n_rows(csv_layout->report);
    print_row(csv_layout, first, last, HEAD, out);
    for (size_t i = 0; i < n_rows; i++)
        print_row(csv_layout, first, last, (ptrdiff_t)i, out);
}

static void print_pieces(layout *csv_layout, size_t width, FILE *out)
{
    if (csv_layout->n_leading == csv_layout->n)
        csv_layout->n_leading = 1;
    while (csv_layout->n_leading > 1 && 2 * width_of(csv_layout, 0, csv_layout->n_leading) > width + 2 * BETWEEN)
        csv_layout->n_leading--;
    size_t leading = width_of(csv_layout, 0, csv_layout->n_leading);
    for (size_t first = csv_layout->n_leading, last; first < csv_layout->n; first = last) {
        for (size_t end = last = first; end < csv_layout->n; last = end) {
            for (end++; end < csv_layout->n && csv_layout->columns[end].is_stars;)
                end++;
            if (last > first && leading + width_of(csv_layout, first, end) > width + BETWEEN)
                break;
        }
        if (first > csv_layout->n_leading)
            fputc('\n', out);
        print_piece(csv_layout, first, last, out);
    }
}

bool text_table_within(const behov_report *report, const char *const *skip, behov_language lang, size_t width,
                       FILE *out)
{
    enum { USUAL_COLUMNS = 256 }; /* no page lacks its table for want of a few bytes */
    size_t n_columns = behov_report_n_columns(report);
    shown_column usual[USUAL_COLUMNS], *many = n_columns > USUAL_COLUMNS ? calloc(n_columns, sizeof *many) : NULL;
    layout csv_layout = {.report = report, .lang = lang, .columns = many ? many : usual};
    if (n_columns > USUAL_COLUMNS && !many)
        return false;
    find_columns(&csv_layout, skip);
    if (width && width_of(&csv_layout, 0, csv_layout.n) > width + BETWEEN)
        fold_headers(&csv_layout);
    if (width && width_of(&csv_layout, 0, csv_layout.n) > width + BETWEEN)
        fold_texts(&csv_layout, width);
    if (width && width_of(&csv_layout, 0, csv_layout.n) > width + BETWEEN)
        print_pieces(&csv_layout, width, out);
    else
        print_piece(&csv_layout, csv_layout.n_leading, csv_layout.n, out);
    free(many);
    return true;
}

bool text_table(const behov_report *report, const char *const *skip, behov_language lang, FILE *out)
{
    return text_table_within(report, skip, lang, terminal_width(out), out);
}
