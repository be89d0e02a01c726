/* grid_sheet.c - a sheet of a workbook into rows of cells.
 *
 * Rows that the file holds once for many that are alike become as many, for they are data; cells that others cover are
 * empty. */
#include <stdarg.h>
#include <string.h>

#include "person_number.h"
#include "read_grid.h"
#include "read_kostra_filing.h"
#include "read_spreadsheet.h"

void read_grid_tell(const behov_notice *notice, const text_source *source, behov_word word, const char *format, ...)
{
    if (!notice || !notice->hear)
        return;
    behov_error message;
    va_list arguments;
    va_start(arguments, format);
    behov_error_say_list(&message, BEHOV_OK, "", word, format, arguments);
    va_end(arguments);
    behov_said whole, sentence = behov_error_phrase(&message), sheet = text_source_sheet(source);
    behov_phrase_list(&whole, text_source_name(source), sheet.text, ": ", sentence.text, NULL);
    notice->hear(notice->context, whole.text);
}

static behov_status add_cell(cell_grid *grid, const sheet_cells *cells, const sheet_cell *cell, behov_error *err)
{
    char number[BEHOV_NUMBER_SIZE];
    switch (cell->kind) {
    case SHEET_ERROR: return grid_add(grid, cells->texts + cell->text, cell->length, GRID_ERROR, err);
    case SHEET_UNCOMPUTED: return grid_add(grid, "=", 1, GRID_UNCOMPUTED, err);
    case SHEET_NUMBER:
    case SHEET_PERCENT:
    case SHEET_BOOLEAN:
        grid->n_percent += cell->kind == SHEET_PERCENT;
        return grid_add(grid, number, sheet_number_text(cell->number, number), GRID_NUMBER, err);
    case SHEET_TEXT:
    case SHEET_DATE: break;
    }
    return grid_add(grid, cells->texts ? cells->texts + cell->text : "", cell->length, GRID_TEXT, err);
}

static behov_status add_row(cell_grid *grid, const sheet_cells *cells, const sheet_row *row, size_t line,
                            behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t column = 0;
    for (size_t k = 0; k < row->n_cells && !status; k++) {
        const sheet_cell *cell = &cells->cells[row->first + k];
        for (; column < cell->column && !status; column++)
            status = grid_add(grid, "", 0, GRID_TEXT, err);
        if (!status)
            status = add_cell(grid, cells, cell, err);
        column++;
    }
    return status ? status : grid_end_row(grid, line, err);
}

static behov_status add_rows(cell_grid *grid, const sheet_cells *cells, behov_error *err)
{
    uint64_t n_dense = 0;
    for (size_t i = 0; i < cells->n_rows; i++) {
        const sheet_row *row = &cells->rows[i];
        if (row->n_cells)
            n_dense += (uint64_t)row->n_repeats * (cells->cells[row->first + row->n_cells - 1].column + 1u);
    }
    if (n_dense > GRID_MOST_CELLS)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_GRID_TOO_LARGE,
                               GRID_MOST_CELLS / 1000000);
    behov_status status = BEHOV_OK;
    size_t next = 1;
    for (size_t i = 0; i < cells->n_rows && !status; i++) {
        const sheet_row *row = &cells->rows[i];
        grid->is_after_blank |= row->number > next;
        for (uint32_t k = 0; k < row->n_repeats && !status; k++)
            status = add_row(grid, cells, row, (size_t)row->number + k, err);
        next = (size_t)row->number + row->n_repeats;
    }
    return status;
}

static void tell(const cell_grid *grid, const sheet_cells *cells, const sheet_list *list, size_t index,
                 const char *wanted, const behov_notice *notice)
{
    size_t n_hidden = 0, n_columns = 0;
    unsigned long first_hidden = 0;
    char letters[16] = "";
    if (list->n > 1 && !wanted) {
        behov_said others = sheet_list_names(list, index);
        if (list->n == 2)
            read_grid_tell(notice, grid->source, SAY_SHEET_ONE_OTHER, others.text);
        else
            read_grid_tell(notice, grid->source, SAY_SHEET_OTHERS, list->n - 1, others.text);
    }
    for (size_t i = 0; i < cells->n_rows; i++)
        if (cells->rows[i].is_hidden) {
            first_hidden = n_hidden ? first_hidden : cells->rows[i].number;
            n_hidden += cells->rows[i].n_repeats;
        }
    for (uint32_t j = 0; j < cells->n_columns && cells->is_hidden_column; j++)
        if (cells->is_hidden_column[j] && n_columns++ == 0)
            sheet_cell_name(j, 0, letters);
    if (n_hidden)
        read_grid_tell(notice, grid->source, SAY_SHEET_HIDDEN_ROWS, n_hidden, first_hidden);
    if (n_columns)
        read_grid_tell(notice, grid->source, SAY_SHEET_HIDDEN_COLUMNS, n_columns, letters);
    if (grid->n_percent == 1)
        read_grid_tell(notice, grid->source, SAY_GRID_PERCENT_ONE, (size_t)grid->n_percent);
    else if (grid->n_percent)
        read_grid_tell(notice, grid->source, SAY_GRID_PERCENT, (size_t)grid->n_percent);
}

/* Lists of persons are refused as texts of them are, and nothing of them is shown. */
static behov_status refuse_persons(const cell_grid *grid, const sheet_cells *cells, behov_error *err)
{
    person_count count = {0, 0};
    for (size_t i = 0; i < cells->n_cells; i++) {
        const sheet_cell *cell = &cells->cells[i];
        if (cell->kind == SHEET_TEXT && cell->length)
            person_count_text(&count, cells->texts + cell->text, cell->length);
        else if (cell->kind == SHEET_NUMBER)
            person_count_number(&count, cell->number);
    }
    return person_count_is_personal(&count) ? read_kostra_filing_refuse_personal(text_source_name(grid->source), err)
                                            : BEHOV_OK;
}

behov_status read_grid_sheet(text_source *source, const char *wanted, const behov_notice *notice, cell_grid *grid,
                             behov_error *err)
{
    sheet_list list = {0};
    sheet_cells cells = {0};
    size_t index = 0;
    grid->source = source;
    grid->is_sheet = true;
    behov_status status = read_spreadsheet_cells(source, wanted, NULL, &list, &index, &cells, err);
    text_source_count_rows(source);
    if (!status)
        status = refuse_persons(grid, &cells, err);
    if (!status)
        status = add_rows(grid, &cells, err);
    if (!status)
        tell(grid, &cells, &list, index, wanted, notice);
    sheet_list_free(&list);
    sheet_cells_clear(&cells);
    return status;
}
