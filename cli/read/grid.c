/* grid.c - see grid.h. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "long_cell.h"

enum { LONGEST_CELL = 1 << 24 };

static behov_status out_of_memory(const cell_grid *grid, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(grid->source), SAY_GRID_NO_MEMORY);
}

/* Room for `n` in all; *room grows by halves. */
static bool make_room(void **block, size_t n, size_t *room, size_t size)
{
    if (n <= *room)
        return true;
    size_t larger = *room + *room / 2 + 64;
    larger = larger < n ? n : larger;
    void *memory = larger <= SIZE_MAX / size ? realloc(*block, larger * size) : NULL;
    if (!memory)
        return false;
    *block = memory;
    *room = larger;
    return true;
}

behov_status grid_expect(cell_grid *grid, size_t n_bytes, behov_error *err)
{
    void *texts = grid->texts;
    if (!make_room(&texts, n_bytes, &grid->bytes_room, 1))
        return out_of_memory(grid, err);
    grid->texts = texts;
    return BEHOV_OK;
}

/* Bytes of the blank that a text begins with: a blank, a tab, a line break, U+00A0, U+FEFF; 0 = none. */
static size_t blank_at(const char *text, size_t length)
{
    if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
        return 1;
    if ((unsigned char)*text < 0xC2)
        return 0;
    if (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    return length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static size_t blank_before(const char *text, size_t length)
{
    char last = text[length - 1];
    if (last == ' ' || last == '\t' || last == '\r' || last == '\n')
        return 1;
    return length >= 2 && memcmp(text + length - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static behov_status keep_text(cell_grid *grid, const char *text, size_t length, uint32_t *first, behov_error *err)
{
    if (behov_phrase_is_forged(text, length))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_DICTIONARY_CONTROL_CHARACTER);
    if (grid->n_bytes + length > UINT32_MAX)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_GRID_TOO_LARGE,
                               GRID_MOST_CELLS / 1000000);
    void *texts = grid->texts;
    if (!make_room(&texts, grid->n_bytes + length, &grid->bytes_room, 1))
        return out_of_memory(grid, err);
    grid->texts = texts;
    *first = (uint32_t)grid->n_bytes;
    bool has_breaks = memchr(text, '\n', length) || memchr(text, '\r', length) || memchr(text, '\t', length);
    if (!has_breaks && length) {
        memcpy(grid->texts + grid->n_bytes, text, length);
        grid->n_bytes += length;
    }
    for (size_t i = 0; i < length && has_breaks;
         i++) /* a line break within a cell is a blank, after one it is nothing */
        if (text[i] != '\r' && text[i] != '\n' && text[i] != '\t')
            grid->texts[grid->n_bytes++] = text[i];
        else if (grid->n_bytes > *first && grid->texts[grid->n_bytes - 1] != ' ')
            grid->texts[grid->n_bytes++] = ' ';
    return BEHOV_OK;
}

/* The cell above, of the row before: empty where there is none. */
static grid_cell above(const cell_grid *grid, size_t column)
{
    return grid->n_rows ? grid_at(grid, grid->n_rows - 1, column) : (grid_cell){0};
}

behov_status grid_add(cell_grid *grid, const char *text, size_t length, grid_kind kind, behov_error *err)
{
    for (size_t n; length && (n = blank_at(text, length)) > 0; length -= n)
        text += n;
    for (size_t n; length && (n = blank_before(text, length)) > 0;)
        length -= n;
    size_t column = grid->n_cells - grid->first;
    if (grid->n_cells >= GRID_MOST_CELLS || column >= GRID_MOST_COLUMNS || length >= LONGEST_CELL)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_GRID_TOO_LARGE,
                               GRID_MOST_CELLS / 1000000);
    void *cells = grid->cells;
    if (!make_room(&cells, grid->n_cells + 1, &grid->cells_room, sizeof *grid->cells))
        return out_of_memory(grid, err);
    grid->cells = cells;
    grid_cell cell = {.kind = kind & 7u}, upper = above(grid, column);
    if (length) {
        size_t before = grid->n_bytes;
        if (upper.length == length && upper.kind == cell.kind && memcmp(grid->texts + upper.first, text, length) == 0)
            cell = upper;
        else {
            behov_status status = keep_text(grid, text, length, &cell.first, err);
            if (status)
                return status;
            cell.length = (uint32_t)(grid->n_bytes - before) & 0x1FFFFFFu;
            long_cell_look(grid, &cell);
        }
        grid->n_filled = column + 1;
    }
    grid->cells[grid->n_cells++] = cell;
    return BEHOV_OK;
}

behov_status grid_end_row(cell_grid *grid, size_t line, behov_error *err)
{
    size_t n_cells = grid->n_filled, n_fields = grid->is_sheet ? 0 : grid->n_cells - grid->first;
    grid->n_cells = grid->first + n_cells;
    grid->n_filled = 0;
    if (!n_cells) {
        grid->is_after_blank = true;
        return BEHOV_OK;
    }
    void *rows = grid->rows;
    if (!make_room(&rows, grid->n_rows + 1, &grid->rows_room, sizeof *grid->rows))
        return out_of_memory(grid, err);
    grid->rows = rows;
    grid->rows[grid->n_rows++] = (grid_row){.first = grid->first,
                                            .line = (uint32_t)line,
                                            .n_fields = (uint32_t)n_fields,
                                            .n_cells = (uint32_t)n_cells & 0x7FFFFFFFu,
                                            .is_after_blank = grid->is_after_blank};
    grid->is_after_blank = false;
    grid->first = grid->n_cells;
    if (n_cells > grid->n_columns)
        grid->n_columns = n_cells;
    return BEHOV_OK;
}

void grid_free(cell_grid *grid)
{
    free(grid->rows);
    free(grid->cells);
    free(grid->texts);
    *grid = (cell_grid){.source = grid->source};
}

bool grid_is_same(const cell_grid *grid, grid_cell a, grid_cell b)
{
    return a.length == b.length &&
           (a.first == b.first || memcmp(grid_text(grid, a), grid_text(grid, b), a.length) == 0);
}
