/* sheet_cells.c - see sheet_cells.h. */
#include "sheet_cells.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static behov_status out_of_memory(const sheet_cells *cells, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(cells->source), SAY_SHEET_NO_MEMORY);
}

static behov_status outside(const sheet_cells *cells, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_DATA, text_source_name(cells->source), SAY_SHEET_OUTSIDE);
}

/* Room for one more; *room grows by halves. */
static bool make_room(void **block, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return true;
    size_t larger = *room + *room / 2 + 64;
    void *memory = larger <= SIZE_MAX / size ? realloc(*block, larger * size) : NULL;
    if (!memory)
        return false;
    *block = memory;
    *room = larger;
    return true;
}

/* ---- building ----------------------------------------------------------------------------------------------------- */

/* The row at hand has all its cells: one without any is forgotten. */
static behov_status end_row(sheet_cells *cells, behov_error *err)
{
    if (!cells->n_rows)
        return BEHOV_OK;
    sheet_row *row = &cells->rows[cells->n_rows - 1];
    row->n_cells = cells->n_cells - row->first;
    if (!row->n_cells) {
        cells->n_rows--;
        return BEHOV_OK;
    }
    cells->n_expanded += (uint64_t)row->n_cells * row->n_repeats;
    if (cells->n_expanded > SHEET_MOST_CELLS)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(cells->source), SAY_SHEET_TOO_MANY_CELLS,
                               SHEET_MOST_CELLS / 1000000);
    if (cells->n_rows > 1) {
        const sheet_row *before = row - 1;
        cells->is_out_of_order |= row->number < before->number + before->n_repeats;
    }
    return BEHOV_OK;
}

behov_status sheet_cells_begin_row(sheet_cells *cells, uint64_t number, uint64_t n_repeats, bool is_hidden,
                                   behov_error *err)
{
    behov_status status = end_row(cells, err);
    if (status != BEHOV_OK)
        return status;
    if (number < 1 || number > SHEET_MOST_ROWS || n_repeats < 1)
        return outside(cells, err);
    if (n_repeats > SHEET_MOST_ROWS - number + 1)
        n_repeats = SHEET_MOST_ROWS - number + 1; /* rows without cells up to the last row, and past it */
    void *rows = cells->rows;
    if (!make_room(&rows, cells->n_rows, &cells->rows_room, sizeof *cells->rows))
        return out_of_memory(cells, err);
    cells->rows = rows;
    cells->rows[cells->n_rows++] = (sheet_row){
        .number = (uint32_t)number, .n_repeats = (uint32_t)n_repeats, .first = cells->n_cells, .is_hidden = is_hidden};
    return BEHOV_OK;
}

behov_status sheet_cells_add(sheet_cells *cells, uint64_t column, sheet_cell cell, behov_error *err)
{
    if (column >= SHEET_MOST_COLUMNS || !cells->n_rows)
        return outside(cells, err);
    if (cells->n_cells >= SHEET_MOST_CELLS)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(cells->source), SAY_SHEET_TOO_MANY_CELLS,
                               SHEET_MOST_CELLS / 1000000);
    void *memory = cells->cells;
    if (!make_room(&memory, cells->n_cells, &cells->cells_room, sizeof *cells->cells))
        return out_of_memory(cells, err);
    cells->cells = memory;
    cell.column = (uint32_t)column;
    if (cells->n_cells > cells->rows[cells->n_rows - 1].first)
        cells->is_out_of_order |= cells->cells[cells->n_cells - 1].column >= cell.column;
    cells->cells[cells->n_cells++] = cell;
    if (cell.column >= cells->n_columns)
        cells->n_columns = cell.column + 1;
    return BEHOV_OK;
}

behov_status sheet_cells_keep_text(sheet_cells *cells, const char *text, size_t length, size_t *first, behov_error *err)
{
    if (length > cells->bytes_room - cells->n_bytes) {
        size_t room = 2 * (cells->n_bytes + length) + 4096;
        char *texts = room > length ? realloc(cells->texts, room) : NULL;
        if (!texts)
            return out_of_memory(cells, err);
        cells->texts = texts;
        cells->bytes_room = room;
    }
    *first = cells->n_bytes;
    for (size_t i = 0; i < length; i++) /* a control character would also be the beginning of a phrase */
        cells->texts[cells->n_bytes++] = (unsigned char)text[i] < ' ' && !strchr("\t\n\r", text[i]) ? ' ' : text[i];
    return BEHOV_OK;
}

behov_status sheet_cells_hide_columns(sheet_cells *cells, uint64_t first, uint64_t last, behov_error *err)
{
    if (!cells->is_hidden_column &&
        !(cells->is_hidden_column = calloc(SHEET_MOST_COLUMNS, sizeof *cells->is_hidden_column)))
        return out_of_memory(cells, err);
    for (uint64_t column = first; column <= last && column < SHEET_MOST_COLUMNS; column++)
        cells->is_hidden_column[column] = 1;
    return BEHOV_OK;
}

void sheet_cells_merge(sheet_cells *cells, uint32_t first_row, uint32_t first_column, uint32_t last_row,
                       uint32_t last_column)
{
    if (last_row <= first_row)
        return;
    if (last_row > cells->merged_last_row)
        cells->merged_last_row = last_row;
    if (cells->n_merged++)
        return;
    char first[16], last[16];
    sheet_cell_name(first_column, first_row, first);
    sheet_cell_name(last_column, last_row, last);
    snprintf(cells->merged, sizeof cells->merged, "%.11s:%.11s", first, last);
}

static int compare_rows(const void *a, const void *b)
{
    const sheet_row *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int compare_cells(const void *a, const void *b)
{
    const sheet_cell *x = a, *y = b;
    return x->column < y->column ? -1 : x->column > y->column;
}

static behov_status twice(const sheet_cells *cells, uint32_t column, uint32_t row, behov_error *err)
{
    char name[16];
    sheet_cell_name(column, row, name);
    return behov_error_say(err, BEHOV_E_DATA, text_source_name(cells->source), SAY_SHEET_CELL_TWICE, name);
}

behov_status sheet_cells_finish(sheet_cells *cells, behov_error *err)
{
    behov_status status = end_row(cells, err);
    if (status != BEHOV_OK || !cells->is_out_of_order)
        return status;
    qsort(cells->rows, cells->n_rows, sizeof *cells->rows, compare_rows);
    for (size_t i = 0; i < cells->n_rows; i++) {
        sheet_row *row = &cells->rows[i];
        sheet_cell *first = &cells->cells[row->first];
        qsort(first, row->n_cells, sizeof *first, compare_cells);
        for (size_t k = 1; k < row->n_cells; k++)
            if (first[k].column == first[k - 1].column)
                return twice(cells, first[k].column, row->number, err);
        if (i && row->number < row[-1].number + row[-1].n_repeats)
            return twice(cells, first->column, row->number, err);
    }
    return BEHOV_OK;
}

void sheet_cells_clear(sheet_cells *cells)
{
    free(cells->rows);
    free(cells->cells);
    free(cells->texts);
    free(cells->is_hidden_column);
    *cells = (sheet_cells){.source = cells->source};
}

/* ---- names -------------------------------------------------------------------------------------------------------- */

size_t sheet_number_text(double number, char text[BEHOV_NUMBER_SIZE])
{
    if (fabs(number) < 1e15 && number == floor(number))
        return (size_t)snprintf(text, BEHOV_NUMBER_SIZE, "%.0f", number == 0 ? 0.0 : number);
    return behov_number_shortest(number, text);
}

void sheet_cell_name(uint32_t column, uint32_t row, char name[16])
{
    char letters[8];
    size_t n = 0;
    for (uint32_t rest = column + 1; rest && n < sizeof letters; rest = (rest - 1) / 26)
        letters[n++] = (char)('A' + (rest - 1) % 26);
    size_t k = 0;
    while (n)
        name[k++] = letters[--n];
    if (row)
        snprintf(name + k, 16 - k, "%lu", (unsigned long)row);
    else
        name[k] = '\0';
}

bool sheet_cell_of_name(const char *name, uint32_t *column, uint32_t *row)
{
    uint32_t number = 0, digits = 0;
    const char *cursor = name + (*name == '$');
    for (; (*cursor >= 'A' && *cursor <= 'Z') || (*cursor >= 'a' && *cursor <= 'z'); cursor++) {
        number = 26 * number + (uint32_t)((*cursor & 0x1F));
        if (number > SHEET_MOST_COLUMNS)
            return false;
    }
    if (!number)
        return false;
    cursor += *cursor == '$';
    for (; *cursor >= '0' && *cursor <= '9'; cursor++) {
        digits = 10 * digits + (uint32_t)(*cursor - '0');
        if (digits > SHEET_MOST_ROWS)
            return false;
    }
    *column = number - 1;
    *row = digits;
    return *cursor == '\0' || *cursor == ':';
}
