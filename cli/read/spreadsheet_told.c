/* spreadsheet_told.c - see spreadsheet_told.h. */
#include "spreadsheet_told.h"

#include <behov/number.h>
#include <stdarg.h>
#include <stdlib.h>

static void notify(const spreadsheet_told *told, behov_word word, const char *format, ...) BEHOV_PRINTF(3, 4);

static void notify(const spreadsheet_told *told, behov_word word, const char *format, ...)
{
    if (!told->options->notice)
        return;
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    behov_said whole, sentence = behov_error_phrase(&message), sheet = text_source_sheet(told->source);
    behov_phrase_list(&whole, text_source_name(told->source), sheet.text, ": ", sentence.text, NULL);
    told->options->notice(told->options->context, whole.text);
}

void spreadsheet_told_start(spreadsheet_told *told, const read_csv_options *options, const text_source *source,
                            const sheet_cells *cells)
{
    *told = (spreadsheet_told){.options = options, .source = source, .cells = cells};
    told->columns = calloc(cells->n_columns ? cells->n_columns : 1, sizeof *told->columns);
}

void spreadsheet_told_free(spreadsheet_told *told)
{
    free(told->columns);
}

void spreadsheet_told_sheet(const spreadsheet_told *told, const sheet_list *list, size_t index, const char *wanted)
{
    if (list->n < 2 || wanted)
        return;
    behov_said others = sheet_list_names(list, index);
    if (list->n == 2)
        notify(told, SAY_SHEET_ONE_OTHER, others.text);
    else
        notify(told, SAY_SHEET_OTHERS, list->n - 1, others.text);
}

/* Whether the cells of a column reach the table. */
static bool is_read(const table_rows *rows, size_t column)
{
    return column < rows->n_columns && rows->columns[column].name[0] &&
           rows->columns[column].read_kind != BEHOV_READ_NOT;
}

void spreadsheet_told_cell(spreadsheet_told *told, const table_rows *rows, const sheet_cell *cell, uint32_t number)
{
    if (!told->columns || !is_read(rows, cell->column))
        return;
    column_told *column = &told->columns[cell->column];
    if (cell->kind == SHEET_PERCENT && column->n_percent++ == 0) {
        column->percent_row = number;
        column->percent = cell->number;
    } else if (cell->kind == SHEET_NUMBER && column->n_plain++ == 0) {
        column->plain_row = number;
        column->plain = cell->number;
    } else if (cell->kind == SHEET_BOOLEAN && column->n_boolean++ == 0)
        column->boolean_row = number;
}

static void tell_percent(const spreadsheet_told *told, const char *name, uint32_t j)
{
    const column_told *column = &told->columns[j];
    char cell[16], plain_cell[16];
    behov_said number = behov_phrase_number(column->percent), plain = behov_phrase_number(column->plain);
    sheet_cell_name(j, column->percent_row, cell);
    sheet_cell_name(j, column->plain_row, plain_cell);
    if (column->n_plain)
        notify(told, SAY_SHEET_PERCENT_MIXED, behov_cut(name, 80).text, column->n_percent, cell, number.text,
               column->n_plain, plain_cell, plain.text);
    else if (column->n_percent == 1)
        notify(told, SAY_SHEET_PERCENT_ONE, behov_cut(name, 80).text, column->n_percent, cell, number.text);
    else
        notify(told, SAY_SHEET_PERCENT, behov_cut(name, 80).text, column->n_percent, cell, number.text);
}

static void tell_columns(const spreadsheet_told *told, const table_rows *rows)
{
    size_t n_hidden = 0, first_hidden = 0;
    for (uint32_t j = 0; j < told->cells->n_columns && told->columns; j++) {
        if (!is_read(rows, j))
            continue;
        const column_told *column = &told->columns[j];
        const char *name = rows->columns[j].name;
        if (column->n_percent)
            tell_percent(told, name, j);
        if (column->n_boolean) {
            char cell[16];
            sheet_cell_name(j, column->boolean_row, cell);
            if (column->n_boolean == 1)
                notify(told, SAY_SHEET_BOOLEAN_ONE, behov_cut(name, 80).text, column->n_boolean, cell);
            else
                notify(told, SAY_SHEET_BOOLEAN, behov_cut(name, 80).text, column->n_boolean, cell);
        }
        if (told->cells->is_hidden_column && told->cells->is_hidden_column[j] && n_hidden++ == 0)
            first_hidden = j;
    }
    char letters[16];
    sheet_cell_name((uint32_t)first_hidden, 0, letters);
    if (n_hidden)
        notify(told, SAY_SHEET_HIDDEN_COLUMNS, n_hidden, letters);
}

void spreadsheet_told_rest(const spreadsheet_told *told, const table_rows *rows, size_t header_line)
{
    const sheet_cells *cells = told->cells;
    size_t n_hidden = 0;
    unsigned long first_hidden = 0;
    tell_columns(told, rows);
    for (size_t i = 0; i < cells->n_rows; i++)
        if (cells->rows[i].is_hidden && cells->rows[i].number > header_line) {
            first_hidden = n_hidden ? first_hidden : cells->rows[i].number;
            n_hidden += cells->rows[i].n_repeats;
        }
    if (n_hidden)
        notify(told, SAY_SHEET_HIDDEN_ROWS, n_hidden, first_hidden);
    if (cells->n_merged && cells->merged_last_row > header_line)
        notify(told, SAY_SHEET_MERGED, cells->n_merged, cells->merged);
}
