/* xlsx_input.c - sheets of formulas, with what may be typed into them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <behov/labels.h>
#include "xlsx.h"

static const double largest_number = 1e300; /* well within what Excel compares */

static lxw_format *format_of(xlsx_writer *w, const behov_input_sheet *input_sheet, const behov_input_cell *cell)
{
    bool stays_text = cell->look & BEHOV_FORM_INPUT ||
                      (cell->column < input_sheet->n_columns && input_sheet->columns[cell->column].is_text);
    unsigned look =
        (cell->look & BEHOV_FORM_STRONG ? LOOK_STRONG : 0) | (cell->look & BEHOV_FORM_HEAD ? LOOK_HEADER : 0) |
        (cell->look & BEHOV_FORM_INPUT ? LOOK_INPUT : 0) | (cell->look & BEHOV_FORM_SUM ? LOOK_SUM : 0) |
        (cell->look & BEHOV_FORM_FAINT ? LOOK_FAINT : 0) | (cell->look & BEHOV_FORM_HIDDEN ? LOOK_HIDDEN : 0) |
        (cell->look & BEHOV_FORM_WRAPPED ? LOOK_WRAPPED : 0);
    if (cell->look & BEHOV_FORM_TITLE)
        return w->title;
    if (cell->look & BEHOV_FORM_NOTE)
        return w->note;
    if (cell->text)
        return xlsx_format(w, stays_text ? "@" : "", look | (cell->look & BEHOV_FORM_RIGHT ? LOOK_FIGURE : LOOK_TEXT));
    char code[96];
    snprintf(code, sizeof code, "%s", xlsx_code(cell->quantity, w->lang));
    if (xlsx_has_significant_digits(cell->quantity) && isfinite(cell->number))
        xlsx_three_digits(cell->number, xlsx_decimals(cell->number), code);
    return xlsx_format(w, code, look | LOOK_FIGURE);
}

static void write_formula(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_cell *cell, lxw_format *format)
{
    lxw_row_t row = (lxw_row_t)cell->row;
    lxw_col_t column = (lxw_col_t)cell->column;
    if (!cell->text && isfinite(cell->number)) {
        xlsx_trouble(w, worksheet_write_formula_num(sheet, row, column, cell->formula, format, cell->number));
        return;
    }
    const char *clean = behov_workbook_text(&w->clean, cell->text ? cell->text : "", BEHOV_WORKBOOK_LONGEST_TEXT, false,
                                            &w->some_text_cut);
    xlsx_trouble(w, clean ? worksheet_write_formula_str(sheet, row, column, cell->formula, format, clean)
                          : LXW_ERROR_MEMORY_MALLOC_FAILED);
}

static bool write_cell(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_sheet *input_sheet,
                       const behov_input_cell *cell)
{
    lxw_format *format = format_of(w, input_sheet, cell);
    if (!format)
        return false;
    lxw_row_t row = (lxw_row_t)cell->row;
    lxw_col_t column = (lxw_col_t)cell->column;
    if (cell->formula)
        write_formula(w, sheet, cell, format);
    else if (cell->text && cell->text[0])
        xlsx_text(w, sheet, cell->row, cell->column, cell->text, format);
    else if (!cell->text && isfinite(cell->number))
        xlsx_trouble(w, worksheet_write_number(sheet, row, column, cell->number, format));
    else
        xlsx_trouble(w, worksheet_write_blank(sheet, row, column, format));
    return true;
}

static bool is_wrapped(const behov_input_sheet *input_sheet, const behov_input_cell *cell)
{
    return (cell->look & (BEHOV_FORM_WRAPPED | BEHOV_FORM_HEAD)) && cell->text && cell->column < input_sheet->n_columns;
}

/* Wrapped text gets its rows' height here: not every program finds it by itself. */
static void set_heights(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_sheet *input_sheet)
{
    size_t n_rows = 0;
    for (size_t i = 0; i < input_sheet->n_cells; i++)
        n_rows = input_sheet->cells[i].row >= n_rows ? (size_t)input_sheet->cells[i].row + 1 : n_rows;
    double *lines = calloc(n_rows + 1, sizeof *lines); /* of the tallest cell of each row */
    if (!lines) {
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (size_t i = 0; i < input_sheet->n_cells; i++) {
        const behov_input_cell *cell = &input_sheet->cells[i];
        if (cell->look & BEHOV_FORM_TITLE)
            xlsx_trouble(w, worksheet_set_row(sheet, (lxw_row_t)cell->row, 21, NULL));
        if (!is_wrapped(input_sheet, cell))
            continue;
        /* Running text is narrower than the digits that widths are counted in, bold heads are not. Where Calibri is not
         * installed letters are a tenth wider: a line too many is no harm, one too few is cut. */
        double wide = input_sheet->columns[cell->column].width * (cell->look & BEHOV_FORM_HEAD ? 0.95 : 1);
        double n = (double)behov_workbook_lines(cell->text, (size_t)wide);
        lines[cell->row] = n > lines[cell->row] ? n : lines[cell->row];
    }
    for (size_t row = 0; row < n_rows; row++)
        if (lines[row] > 1)
            xlsx_trouble(w, worksheet_set_row(sheet, (lxw_row_t)row, XLSX_LINE_HEIGHT * lines[row] + 2, NULL));
    free(lines);
}

/* A text beside a cell: clean, and no longer than Excel takes it and the library, which counts escapes too. NULL for
 * none, or without memory. */
static char *rule_text(xlsx_writer *w, const char *text, size_t most)
{
    const char *clean = NULL;
    bool is_cut = false;
    for (size_t longest = most; text; longest--) {
        clean = behov_workbook_text(&w->clean, text, longest, false, &is_cut);
        if (!clean || behov_workbook_units(clean) <= most)
            break;
    }
    char *copy = clean ? strdup(clean) : NULL;
    if (text && !copy)
        xlsx_trouble(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return copy;
}

static void add_rule(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_rule *rule)
{
    enum { LONGEST_TITLE = 32, LONGEST_WORDS = 255 };
    char list[BEHOV_WORKBOOK_RANGE + 1];
    char *title = rule_text(w, rule->title, LONGEST_TITLE), *words = rule_text(w, rule->words, LONGEST_WORDS),
         *refusal = rule_text(w, rule->refusal, LONGEST_WORDS);
    static const uint8_t kinds[] = {[BEHOV_FORM_RULE_LIST] = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                    [BEHOV_FORM_RULE_WHOLE] = LXW_VALIDATION_TYPE_INTEGER,
                                    [BEHOV_FORM_RULE_DECIMAL] = LXW_VALIDATION_TYPE_DECIMAL,
                                    [BEHOV_FORM_RULE_LENGTH] = LXW_VALIDATION_TYPE_LENGTH,
                                    [BEHOV_FORM_RULE_ANY] = LXW_VALIDATION_TYPE_ANY};
    lxw_data_validation validation = {.validate = kinds[rule->kind],
                                      .ignore_blank = LXW_VALIDATION_ON,
                                      .show_input = LXW_VALIDATION_ON,
                                      .show_error = LXW_VALIDATION_ON,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
                                      .input_title = title, /* copies are taken */
                                      .input_message = words,
                                      .error_message = refusal};
    if (rule->kind == BEHOV_FORM_RULE_LIST) {
        snprintf(list, sizeof list, "=%s", rule->list);
        validation.value_formula = list;
        validation.dropdown = LXW_VALIDATION_ON;
    } else if (rule->kind != BEHOV_FORM_RULE_ANY) {
        bool has_low = isfinite(rule->low), has_high = isfinite(rule->high);
        validation.criteria = has_low && has_high ? LXW_VALIDATION_CRITERIA_BETWEEN
                              : has_high          ? LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO
                                                  : LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        validation.minimum_number = has_low ? rule->low : 0;
        validation.maximum_number = has_high ? rule->high : 0;
        if (!has_low && !has_high) { /* any number, but no word */
            validation.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
            validation.minimum_number = -largest_number;
            validation.maximum_number = largest_number;
        }
        validation.value_number = has_high ? rule->high : rule->low;
    }
    xlsx_trouble(w,
                 worksheet_data_validation_range(sheet, (lxw_row_t)rule->first_row, (lxw_col_t)rule->first_column,
                                                 (lxw_row_t)rule->last_row, (lxw_col_t)rule->last_column, &validation));
    free(title), free(words), free(refusal);
}

/* Codes such as 0101 are text on purpose: no green corners. */
static void keep_text_unmarked(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_sheet *input_sheet)
{
    char cells[1024] = "";
    size_t length = 0;
    for (size_t j = 0; j < input_sheet->n_columns && length + 32 < sizeof cells; j++) {
        if (!input_sheet->columns[j].is_text)
            continue;
        char column[LXW_MAX_COL_NAME_LENGTH];
        lxw_col_to_name(column, (lxw_col_t)j, LXW_FALSE);
        length += (size_t)snprintf(cells + length, sizeof cells - length, "%s%s1:%s%d", length ? " " : "", column,
                                   column, BEHOV_WORKBOOK_ROWS);
    }
    if (length)
        xlsx_trouble(w, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, cells));
}

static void set_up_print(xlsx_writer *w, lxw_worksheet *sheet, const behov_input_sheet *input_sheet)
{
    worksheet_gridlines(sheet, input_sheet->n_frozen_rows ? LXW_SHOW_SCREEN_GRIDLINES : LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_paper(sheet, 9); /* A4 */
    if (input_sheet->landscape)
        worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, input_sheet->one_page ? 1 : 0);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.5, 0.7);
    if (input_sheet->printed_row)
        xlsx_trouble(w, worksheet_print_area(sheet, 0, 0, (lxw_row_t)input_sheet->printed_row,
                                             (lxw_col_t)input_sheet->printed_column));
    if (input_sheet->n_frozen_rows || input_sheet->n_frozen_columns)
        worksheet_freeze_panes(sheet, (lxw_row_t)input_sheet->n_frozen_rows, (lxw_col_t)input_sheet->n_frozen_columns);
    if (input_sheet->n_frozen_rows && !input_sheet->one_page)
        xlsx_trouble(w, worksheet_repeat_rows(sheet, 0, (lxw_row_t)input_sheet->n_frozen_rows - 1));
    char footer[128];
    snprintf(footer, sizeof footer, "&L&9&A&R&9%s", behov_label(w->lang, BEHOV_WORD_PAGE_OF));
    xlsx_trouble(w, worksheet_set_footer(sheet, footer));
    if (input_sheet->is_first_shown)
        worksheet_activate(sheet);
}

bool xlsx_form(xlsx_writer *w, const behov_section *described)
{
    const behov_input_sheet *input_sheet = described->input_sheet;
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, described->name);
    lxw_format *text = xlsx_format(w, "@", LOOK_TEXT);
    if (!sheet || !text)
        return false;
    for (size_t j = 0; j < input_sheet->n_columns; j++)
        xlsx_trouble(w, worksheet_set_column(sheet, (lxw_col_t)j, (lxw_col_t)j,
                                             input_sheet->columns[j].width > 0 ? input_sheet->columns[j].width
                                                                               : LXW_DEF_COL_WIDTH,
                                             input_sheet->columns[j].is_text ? text : NULL));
    for (size_t i = 0; i < input_sheet->n_cells; i++)
        if (!write_cell(w, sheet, input_sheet, &input_sheet->cells[i]))
            return false;
    set_heights(w, sheet, input_sheet);
    for (size_t i = 0; i < input_sheet->n_rules; i++)
        add_rule(w, sheet, &input_sheet->rules[i]);
    for (size_t i = 0; i < input_sheet->n_charts; i++)
        xlsx_chart(w, sheet, &input_sheet->charts[i].chart, NULL, input_sheet->charts[i].row,
                   input_sheet->charts[i].column, input_sheet->charts[i].width, input_sheet->charts[i].height);
    keep_text_unmarked(w, sheet, input_sheet);
    set_up_print(w, sheet, input_sheet);
    return true;
}
