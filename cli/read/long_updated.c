/* long_updated.c - see long_updated.h. A time is a cell that begins with a digit; what stands there without one is none. */
#include "long_updated.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_TIME = 40 };

/* The bytes of the words that a cell begins with, and of a colon behind them; 0 for another cell. */
static size_t words_of(const char *text, size_t length)
{
    static const char *const all[] = {"Sist endret", "Sist oppdatert", "Last updated", "Latest update"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t n = strlen(all[i]);
        if (length < n || strncasecmp(text, all[i], n) != 0)
            continue;
        while (n < length && (text[n] == ':' || text[n] == ' '))
            n++;
        return n;
    }
    return 0;
}

static bool is_time(const char *text, size_t length)
{
    return length > 0 && length <= LONGEST_TIME && text[0] >= '0' && text[0] <= '9';
}

static behov_status keep(const long_layout *layout, const char *text, size_t length, char **updated, behov_error *err)
{
    *updated = strndup(text, length);
    return *updated ? BEHOV_OK
                    : behov_error_say(err, BEHOV_E_MEMORY, text_source_name(layout->grid->source), SAY_GRID_NO_MEMORY);
}

/* The first cells of the row below, those behind it in its own row, or the rest of its own text. */
static behov_status look_around(const long_layout *layout, size_t row, size_t column, size_t n_words, char **updated,
                                behov_error *err)
{
    const cell_grid *grid = layout->grid;
    grid_cell own = grid_at(grid, row, column);
    if (is_time(grid_text(grid, own) + n_words, own.length - n_words))
        return keep(layout, grid_text(grid, own) + n_words, own.length - n_words, updated, err);
    if (n_words < own.length)
        return BEHOV_OK;
    for (size_t j = column + 1; j < grid->rows[row].n_cells; j++) {
        grid_cell cell = grid_at(grid, row, j);
        if (is_time(grid_text(grid, cell), cell.length))
            return keep(layout, grid_text(grid, cell), cell.length, updated, err);
    }
    grid_cell below = row + 1 < grid->n_rows ? grid_at(grid, row + 1, column) : (grid_cell){0};
    return is_time(grid_text(grid, below), below.length)
               ? keep(layout, grid_text(grid, below), below.length, updated, err)
               : BEHOV_OK;
}

behov_status long_updated_find(const long_layout *layout, char **updated, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    behov_status status = BEHOV_OK;
    *updated = NULL;
    for (size_t row = layout->n_rows ? layout->rows[layout->n_rows - 1] + 1u : grid->n_rows;
         row < grid->n_rows && !status && !*updated; row++)
        for (size_t j = 0; j < grid->rows[row].n_cells && !status && !*updated; j++) {
            grid_cell cell = grid_at(grid, row, j);
            size_t n = words_of(grid_text(grid, cell), cell.length);
            if (n)
                status = look_around(layout, row, j, n, updated, err);
        }
    return status;
}
