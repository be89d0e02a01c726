/* xlsx_sheet.c - a section as a sheet: its cells, notes, colours, filter, and how it is printed. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/number.h>
#include "own_process.h"
#include "xlsx.h"

enum { WIDEST_NOTE = 150 };

/* Measured: 300 000 cells take 37 MB of the library, 9 million 1.1 GB. */
static const double most_cells_in_memory = 100000;

/* From here on it takes less time to put rows into their sheet than to have the library write them. */
enum { CELLS_BESIDE = 2000 };

static const lxw_color_t low_colour = 0x92C5DE, middle_colour = 0xFFFFFF, high_colour = 0xF4B183;

/* Some calls of the library lose what they have no memory for and report nothing. The allocation that failed has left
 * its mark in errno, which was 0 when the workbook was begun, and which only another failing call takes away. */
void xlsx_trouble(xlsx_writer *w, lxw_error code)
{
    if (errno == ENOMEM)
        code = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (code && !w->trouble)
        w->trouble = code;
}

void xlsx_text(xlsx_writer *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, lxw_format *format)
{
    if (!text || !text[0])
        return;
    const char *clean = behov_workbook_text(&w->clean, text, BEHOV_WORKBOOK_LONGEST_TEXT, false, &w->some_text_cut);
    if (!clean)
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        xlsx_trouble(w, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, clean, format));
}

/* Rows of wrapped text get their height here: not every program finds it by itself. A column's width is counted in
 * digits; running text takes four fifths of that a letter, a bold header nearly all of it. */
size_t xlsx_row_lines(const behov_report *table, const shown_column *columns, size_t row)
{
    enum { MOST_LINES = 27 }; /* Excel's limit is 409 points */
    size_t n_columns = behov_report_n_columns(table), lines = 1;
    for (size_t j = 0; j < n_columns; j++) {
        if (!columns[j].is_wrapped)
            continue;
        size_t n = behov_workbook_lines(behov_report_text(table, j, row), (size_t)(1.1 * columns[j].width));
        lines = n > lines ? n : lines;
    }
    return lines > MOST_LINES ? MOST_LINES : lines;
}

static void set_height(xlsx_writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns,
                       size_t row)
{
    size_t lines = xlsx_row_lines(table, columns, row);
    if (lines > 1)
        xlsx_trouble(w, worksheet_set_row(sheet, (lxw_row_t)(BEHOV_WORKBOOK_FIRST_ROW + row),
                                          XLSX_LINE_HEIGHT * (double)lines, NULL));
}

/* "0.0" of 43.0, "0.0E+00" of 2.0e-07: the decimals that a figure was printed with. */
static lxw_format *format_of_decimals(xlsx_writer *w, double value, bool may_have_exponent, int n_decimals)
{
    enum { MOST = 15 };
    char code[MOST + 8] = "0", text[BEHOV_NUMBER_SIZE];
    size_t length = 1, n = n_decimals > MOST ? MOST : (size_t)n_decimals;
    if (n)
        code[length++] = '.';
    memset(code + length, '0', n);
    behov_number_shortest(value, text);
    strcpy(code + length + n, may_have_exponent && strchr(text, 'e') ? "E+00" : "");
    return xlsx_format(w, code, LOOK_FIGURE);
}

/* A figure's format: its column's, or its own where digits, row or weight differ from cell to cell. In a table with
 * brackets every other figure is kept off the edge by the width of one. */
static lxw_format *format_of_figure(xlsx_writer *w, const behov_report *table, const shown_column *column, size_t j,
                                    size_t i, double value)
{
    bool is_strong = behov_report_is_strong(table, j, i), has_brackets = behov_report_has_row_quantities(table);
    if (behov_report_decimals(table, j, i) >= 0)
        return format_of_decimals(w, value, behov_report_quantity_at(table, j, i) != BEHOV_Q_VALUE,
                                  behov_report_decimals(table, j, i));
    if (column->format && !is_strong)
        return column->format;
    behov_quantity quantity = behov_report_quantity_at(table, j, i);
    char digits[96], code[128];
    if (xlsx_has_significant_digits(quantity))
        xlsx_three_digits(value, column->decimals, digits);
    else if (quantity == BEHOV_Q_DOF)
        strcpy(digits, value == floor(value) ? "#,##0" : "#,##0.0");
    else
        snprintf(digits, sizeof digits, "%s", xlsx_code(quantity, w->lang));
    if (quantity == BEHOV_Q_ERROR_BENEATH) { /* the bracket follows the digits; the blanks that align them follow it */
        size_t length = strcspn(digits, "_");
        snprintf(code, sizeof code, "\\(%.*s\\)%s", (int)length, digits, digits + length);
    } else if (behov_format_is_beneath(quantity)) {
        snprintf(code, sizeof code, "%s", digits);
    } else
        snprintf(code, sizeof code, "%s%s", digits, has_brackets && digits[0] && digits[0] != '[' ? "_)" : "");
    return xlsx_format(w, code, LOOK_FIGURE | (is_strong ? LOOK_STRONG : 0));
}

lxw_format *xlsx_cell_format(xlsx_writer *w, const behov_report *table, const shown_column *column, size_t j, size_t i)
{
    bool has_text = behov_report_text(table, j, i)[0] != '\0';
    if (column->is_text)
        return !has_text                             ? NULL
               : behov_report_is_strong(table, j, i) ? xlsx_format(w, "@", column->look | LOOK_STRONG)
                                                     : column->format;
    if (has_text)
        return xlsx_format(w, "@", LOOK_FIGURE);
    double value = behov_report_number(table, j, i);
    return isfinite(value) ? format_of_figure(w, table, column, j, i, value) : NULL;
}

static void write_cells(xlsx_writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns,
                        size_t first)
{
    size_t n_rows = behov_report_n_rows(table), n_columns = behov_report_n_columns(table);
    for (size_t i = first; i < n_rows; i++) {
        set_height(w, sheet, table, columns, i);
        for (size_t j = 0; j < n_columns; j++) {
            size_t row = BEHOV_WORKBOOK_FIRST_ROW + i;
            const char *text = behov_report_text(table, j, i);
            lxw_format *format = xlsx_cell_format(w, table, &columns[j], j, i);
            if (text[0])
                xlsx_text(w, sheet, row, j, text, format);
            else if (format)
                xlsx_trouble(w, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)j,
                                                       behov_report_number(table, j, i), format));
            else
                w->some_cell_empty = w->some_cell_empty || !columns[j].is_text;
        }
        if (i % 1024 == 1023)
            own_process_print_notes(0.6 * (w->cells_done + (double)((i + 1 - first) * n_columns)) / w->cells_total);
    }
    w->cells_done += (double)(n_rows - first) * (double)n_columns;
}

/* One note, broken at spaces into rows of text; returns the row after it. */
static size_t write_note(xlsx_writer *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                         size_t width)
{
    while (*text) {
        size_t length = behov_workbook_line(text, width);
        char *line = strndup(text, length);
        if (!line) {
            xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return row;
        }
        xlsx_text(w, sheet, row++, column, line, w->note);
        free(line);
        text += length;
        text += *text == ' ' || *text == '\n';
    }
    return row;
}

/* Returns the row after the last note. \param first  "" = none */
static size_t write_notes(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described,
                          const shown_column *columns, const char *first)
{
    size_t n_rows = behov_report_n_rows(described->table), column = xlsx_column_of_words(described, columns);
    double width =
        1.3 * xlsx_width_of_words(
                  described, columns); /* notes are set smaller than the table, and letters are narrower than digits */
    size_t wide = width < BEHOV_WORKBOOK_NARROWEST_NOTE ? BEHOV_WORKBOOK_NARROWEST_NOTE
                  : width > WIDEST_NOTE                 ? WIDEST_NOTE
                                                        : (size_t)width;
    if (described->n_charts) /* the charts stand to the right */
        wide = width < BEHOV_WORKBOOK_NARROWEST_NOTE / 2.0 ? BEHOV_WORKBOOK_NARROWEST_NOTE / 2 : (size_t)width;
    size_t row = BEHOV_WORKBOOK_FIRST_ROW + (n_rows ? n_rows : 1) + 1;
    bool is_missing_said = false;
    row = write_note(w, sheet, row, column, first, wide);
    for (size_t i = 0; i < described->n_notes; i++) {
        is_missing_said =
            is_missing_said || strcmp(described->notes[i], behov_label(w->lang, BEHOV_WORD_MISSING_EXPLAINED)) == 0;
        row = write_note(w, sheet, row, column, described->notes[i], wide);
    }
    if (w->some_ratio)
        row = write_note(w, sheet, row, column, behov_label(w->lang, BEHOV_WORD_RATIO_COLOURS), wide);
    if (w->some_cell_empty && !is_missing_said)
        row = write_note(w, sheet, row, column, behov_label(w->lang, BEHOV_WORD_MISSING_EXPLAINED), wide);
    if (w->some_name_changed)
        row = write_note(w, sheet, row, column, behov_label(w->lang, BEHOV_WORD_NAMES_TOLD_APART), wide);
    if (w->some_text_cut)
        row = write_note(w, sheet, row, column, behov_label(w->lang, BEHOV_WORD_TEXTS_CUT), wide);
    return row;
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

static bool mark_table(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described,
                       const shown_column *columns, bool has_filter)
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
        xlsx_trouble(w, worksheet_add_table(sheet, BEHOV_WORKBOOK_HEADER_ROW, 0,
                                            (lxw_row_t)(BEHOV_WORKBOOK_HEADER_ROW + (n_rows ? n_rows : 1)),
                                            (lxw_col_t)(n_columns - 1), &options));
        is_done = true;
    }
    free(heads);
    free(pointers);
    return is_done;
}

/* Colours for runs of neighbouring ratio columns. The scale has fixed ends, so that a colour means the same in every
 * workbook, and half and double the need are as far from 100. */
static void colour_ratios(xlsx_writer *w, lxw_worksheet *sheet, const behov_report *table, const shown_column *columns)
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
        xlsx_trouble(w, worksheet_conditional_format_range(sheet, BEHOV_WORKBOOK_FIRST_ROW, (lxw_col_t)j,
                                                           (lxw_row_t)(BEHOV_WORKBOOK_HEADER_ROW + n_rows),
                                                           (lxw_col_t)(last - 1), &scale));
        j = last;
    }
}

static void set_up_page(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described,
                        const shown_column *columns)
{
    enum { A4 = 9 };
    worksheet_set_paper(sheet, A4);
    worksheet_set_margins(sheet, XLSX_PAGE_MARGIN, XLSX_PAGE_MARGIN, 0.6, 0.8);
    if (described->landscape)
        worksheet_set_landscape(sheet);
    if (xlsx_is_too_wide(described, columns)) {
        /* Columns go onto further pages, where those that stay on the screen are repeated. */
        worksheet_set_print_scale(sheet, XLSX_SMALLEST_SCALE_PCT);
        if (described->n_frozen_columns)
            xlsx_trouble(w, worksheet_repeat_columns(sheet, 0, (lxw_col_t)(described->n_frozen_columns - 1)));
    } else {
        worksheet_fit_to_pages(sheet, 1, described->one_page ? 1 : 0);
    }
    xlsx_trouble(w, worksheet_repeat_rows(sheet, BEHOV_WORKBOOK_HEADER_ROW, BEHOV_WORKBOOK_HEADER_ROW));
}

static void set_up_view_and_print(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described,
                                  const shown_column *columns)
{
    const behov_report *table = described->table;
    size_t n_columns = behov_report_n_columns(table), n_rows = behov_report_n_rows(table);
    worksheet_freeze_panes(sheet, BEHOV_WORKBOOK_FIRST_ROW, (lxw_col_t)described->n_frozen_columns);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    set_up_page(w, sheet, described, columns);
    char footer[128];
    snprintf(footer, sizeof footer, "&L&9&A&R&9%s", behov_label(w->lang, BEHOV_WORD_PAGE_OF));
    xlsx_trouble(w, worksheet_set_footer(sheet, footer));
    /* Codes such as 0101 and headers such as 2012 are text on purpose: no green corners. */
    char last[LXW_MAX_CELL_NAME_LENGTH], cells[LXW_MAX_CELL_NAME_LENGTH + 8];
    lxw_rowcol_to_cell(last, (lxw_row_t)(BEHOV_WORKBOOK_HEADER_ROW + (n_rows ? n_rows : 1)),
                       (lxw_col_t)(n_columns - 1));
    snprintf(cells, sizeof cells, "A%d:%s", BEHOV_WORKBOOK_HEADER_ROW + 1, last);
    xlsx_trouble(w, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, cells));
}

bool xlsx_is_large(const behov_report *table)
{
    return (double)behov_report_n_rows(table) * (double)behov_report_n_columns(table) > most_cells_in_memory;
}

static bool is_drawn(const behov_section *sections, size_t n_sections, const behov_section *described)
{
    for (size_t s = 0; s < n_sections; s++) {
        for (size_t i = 0; i < sections[s].n_charts; i++)
            if (strcmp(sections[s].charts[i].text, described->name) == 0)
                return true;
        const behov_input_sheet *form = sections[s].input_sheet;
        for (size_t i = 0; form && i < form->n_charts; i++)
            for (size_t k = 0; k < BEHOV_SHEET_SERIES && form->charts[i].chart.series[k].y; k++)
                if (strstr(form->charts[i].chart.series[k].y, described->name) ||
                    (form->charts[i].chart.series[k].x && strstr(form->charts[i].chart.series[k].x, described->name)))
                    return true;
    }
    return described->n_charts > 0; /* which stand where the heights of rows put them */
}

size_t xlsx_rows_beside(const behov_section *sections, size_t n_sections, const behov_section *described)
{
    enum { BLOCK = 16 };
    const behov_report *table = described->table;
    size_t n_rows = behov_report_n_rows(table), end = (BEHOV_WORKBOOK_FIRST_ROW + n_rows) / BLOCK * BLOCK;
    if (xlsx_is_large(table))
        return n_rows;
    if (n_rows * behov_report_n_columns(table) < CELLS_BESIDE || end <= BEHOV_WORKBOOK_FIRST_ROW ||
        is_drawn(sections, n_sections, described))
        return 0;
    return end - BEHOV_WORKBOOK_FIRST_ROW;
}

/* How much of a text stands in two lines: all, or the sentences that have room; all too where not even the first has. */
static size_t length_of_two_lines(xlsx_writer *w, const char *text, size_t width)
{
    size_t length = strlen(text);
    for (size_t end = length; end > 0; end--) {
        if (end < length && (text[end] != ' ' || text[end - 1] != '.'))
            continue;
        char *part = strndup(text, end);
        if (!part) {
            xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
            return length;
        }
        bool has_room = behov_workbook_lines(part, width) <= 2;
        free(part);
        if (has_room)
            return end;
    }
    return length;
}

/* In two lines where it is longer than the page is wide, which would cut it in print. Returns what is left for the notes. */
static const char *write_subtitle(xlsx_writer *w, lxw_worksheet *sheet, const behov_section *described, size_t column,
                                  size_t width)
{
    const char *text = described->subtitle ? described->subtitle : "";
    size_t length = described->second_line ? strlen(text) : length_of_two_lines(w, text, width);
    char *lines = strndup(text, length);
    if (!lines) {
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return "";
    }
    char *second = described->second_line ? lines + length : lines + behov_workbook_line(lines, width);
    if (*second)
        *second++ = '\0';
    xlsx_text(w, sheet, BEHOV_WORKBOOK_SUBTITLE_ROW, column, lines, w->subtitle);
    xlsx_text(w, sheet, BEHOV_WORKBOOK_SUBTITLE_ROW + 1, column,
              described->second_line ? described->second_line : second, w->subtitle);
    free(lines);
    return text + length + strspn(text + length, " ");
}

bool xlsx_sheet(xlsx_writer *w, const behov_section *described)
{
    const behov_report *table = described->table;
    size_t n_columns = behov_report_n_columns(table);
    w->some_text_cut = w->some_cell_empty = w->some_name_changed = w->some_ratio = false;
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, described->name);
    shown_column *columns = calloc(n_columns, sizeof *columns);
    bool has_filter = wants_filter(table), is_done = false;
    size_t header_lines;
    if (!sheet || !columns || !xlsx_plan_columns(w, table, columns, &header_lines) ||
        !xlsx_narrow_texts(w, described, columns))
        goto done;
    size_t column = xlsx_column_of_words(described, columns);
    for (size_t j = 0; j < n_columns; j++)
        xlsx_trouble(w, worksheet_set_column(sheet, (lxw_col_t)j, (lxw_col_t)j, columns[j].width, NULL));
    xlsx_trouble(w, worksheet_set_row(sheet, BEHOV_WORKBOOK_TITLE_ROW, 21, NULL));
    xlsx_text(w, sheet, BEHOV_WORKBOOK_TITLE_ROW, 0, described->title, w->title);
    const char *rest = write_subtitle(w, sheet, described, column, xlsx_letters_above(described, columns));
    /* The filter buttons stand at the bottom of the header, and figures' headers at the right: a line of their own. */
    xlsx_trouble(w, worksheet_set_row(sheet, BEHOV_WORKBOOK_HEADER_ROW,
                                      XLSX_LINE_HEIGHT * (double)(header_lines + has_filter) + 3, NULL));
    size_t n_beside = xlsx_rows(w, sheet, described, columns);
    write_cells(w, sheet, table, columns, n_beside);
    size_t end = write_notes(w, sheet, described, columns, rest);
    if (xlsx_n_printed(described) < n_columns)
        xlsx_trouble(w,
                     worksheet_print_area(sheet, 0, 0, (lxw_row_t)end - 1, (lxw_col_t)(xlsx_n_printed(described) - 1)));
    colour_ratios(w, sheet, table, columns);
    set_up_view_and_print(w, sheet, described, columns);
    if (described->is_hidden)
        worksheet_hide(sheet);
    xlsx_charts(w, sheet, described);
    is_done = mark_table(w, sheet, described, columns, has_filter);
done:
    for (size_t j = 0; columns && j < n_columns; j++)
        free(columns[j].header);
    free(columns);
    return is_done;
}
