/* grid_blocks.c - see grid_blocks.h. */
#include "grid_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "long_cell.h"

enum { ROWS_LOOKED_AT = 80, MOST_BLOCKS = 64 };

typedef struct block_places {
    size_t first, width, n; /* columns from the first, of each, and how many blocks */
} block_places;

/* Whether a column names rows below a header: words, or codes of municipalities. */
static bool is_label_column(const cell_grid *grid, size_t header, size_t column)
{
    size_t n_labels = 0, n_filled = 0;
    for (size_t i = header + 1; i < grid->n_rows; i++) {
        grid_cell cell = grid_at(grid, i, column);
        bool has_label;
        if (!cell.length)
            continue;
        n_filled++;
        n_labels += long_cell_class_of(cell) == CELL_TEXT ||
                    (cell.kind == GRID_TEXT && long_cell_has_leading_zero(grid_text(grid, cell), cell.length)) ||
                    (long_cell_is_region(grid_text(grid, cell), cell.length, &has_label) && has_label);
    }
    return n_filled && 2 * n_labels > n_filled;
}

/* Whether the cells of a row repeat from `first` on with this period. */
static bool repeats(const cell_grid *grid, size_t row, block_places *blocks)
{
    size_t n_cells = grid->rows[row].n_cells;
    blocks->n = (n_cells - blocks->first + blocks->width - 1) / blocks->width;
    for (size_t j = blocks->first + blocks->width; j < n_cells; j++)
        if (!grid_is_same(grid, grid_at(grid, row, j), grid_at(grid, row, j - blocks->width)))
            return false;
    /* The last block may lack the empty column behind it, and nothing else. */
    for (size_t j = n_cells; j < blocks->first + blocks->n * blocks->width; j++)
        if (grid_at(grid, row, j - blocks->width).length)
            return false;
    return blocks->n > 1 && blocks->n <= MOST_BLOCKS;
}

static bool find_blocks(const cell_grid *grid, size_t row, block_places *blocks)
{
    size_t n_cells = grid->rows[row].n_cells;
    *blocks = (block_places){0};
    while (blocks->first < n_cells && !grid_at(grid, row, blocks->first).length)
        blocks->first++;
    grid_cell corner = grid_at(grid, row, blocks->first);
    if (long_cell_class_of(corner) != CELL_TEXT)
        return false;
    for (blocks->width = 2; blocks->first + blocks->width < n_cells; blocks->width++)
        if (grid_is_same(grid, corner, grid_at(grid, row, blocks->first + blocks->width)))
            break;
    if (blocks->first + blocks->width >= n_cells || !repeats(grid, row, blocks))
        return false;
    for (size_t b = 0; b < blocks->n; b++)
        if (!is_label_column(grid, row, blocks->first + b * blocks->width))
            return false;
    return true;
}

/* The cells of one block in one row, as a row of their own. */
static void add_part(const cell_grid *grid, const block_places *blocks, size_t b, size_t row, cell_grid *stacked)
{
    size_t first = b ? blocks->first + b * blocks->width : 0, end = blocks->first + (b + 1) * blocks->width;
    size_t skipped = b ? 0 : blocks->first, n_filled = 0;
    grid_row *added = &stacked->rows[stacked->n_rows];
    *added = grid->rows[row];
    added->n_fields = 0;
    added->first = stacked->n_cells;
    for (size_t j = first; j < end; j++) {
        grid_cell cell = grid_at(grid, row, j);
        if (j < skipped && !cell.length)
            continue; /* left of the first block stands a title at the most */
        stacked->cells[stacked->n_cells++] = cell;
        if (cell.length)
            n_filled = stacked->n_cells - added->first;
    }
    stacked->n_cells = added->first + n_filled;
    added->n_cells = (uint32_t)n_filled & 0x7FFFFFFFu;
    stacked->n_rows += n_filled > 0;
    if (n_filled > stacked->n_columns)
        stacked->n_columns = n_filled;
}

static behov_status stack(cell_grid *grid, const block_places *blocks, behov_error *err)
{
    cell_grid stacked = *grid;
    size_t n_rows = grid->n_rows * blocks->n, n_cells = 0;
    for (size_t i = 0; i < grid->n_rows; i++)
        n_cells += grid->rows[i].n_cells;
    n_cells += n_rows * blocks->width + blocks->first * grid->n_rows;
    stacked.rows = malloc((n_rows + 1) * sizeof *stacked.rows);
    stacked.cells = malloc((n_cells + 1) * sizeof *stacked.cells);
    stacked.n_rows = stacked.n_cells = stacked.n_columns = 0;
    if (!stacked.rows || !stacked.cells) {
        free(stacked.rows);
        free(stacked.cells);
        return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(grid->source), SAY_GRID_NO_MEMORY);
    }
    for (size_t b = 0; b < blocks->n; b++)
        for (size_t i = 0; i < grid->n_rows; i++)
            add_part(grid, blocks, b, i, &stacked);
    free(grid->rows);
    free(grid->cells);
    *grid = stacked;
    return BEHOV_OK;
}

behov_status grid_blocks_stack(cell_grid *grid, size_t *n_blocks, behov_error *err)
{
    block_places blocks;
    *n_blocks = 1;
    for (size_t i = 0; i < grid->n_rows && i < ROWS_LOOKED_AT; i++)
        if (grid->rows[i].n_cells > 3 && find_blocks(grid, i, &blocks)) {
            *n_blocks = blocks.n;
            return stack(grid, &blocks, err);
        }
    return BEHOV_OK;
}
