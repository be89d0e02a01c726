/* read_long_grid.c - see read_long_grid.h: rows of cells, their layout, the table, and what is told of it, one after the
 * other. */
#include "read_long_grid.h"

#include "grid.h"
#include "grid_blocks.h"
#include "long_layout.h"
#include "long_parts.h"
#include "long_rows.h"
#include "long_told.h"
#include "long_updated.h"
#include "read_grid.h"

static behov_status unfold(cell_grid *grid, const long_table_choices *choices, const behov_notice *notice,
                           behov_long_table *out, behov_error *err)
{
    long_layout layout = {.grid = grid};
    long_parts parts = {.n = 0};
    long_rows_told told;
    size_t n_blocks = 1;
    behov_status status = grid_blocks_stack(grid, &n_blocks, err);
    if (!status)
        status = long_layout_find(grid, choices, &layout, err);
    if (!status)
        status = long_parts_find(&layout, &parts, err);
    if (!status)
        status = long_rows_make(&layout, &parts, choices->decimal, choices->has_labels, &told, out, err);
    if (!status && !out->updated)
        status = long_updated_find(&layout, &out->updated, err);
    if (!status)
        status = long_told_layout(&layout, &parts, n_blocks, notice, err);
    if (!status)
        long_told_rows(&layout, &parts, &told, choices->has_labels, notice);
    long_parts_free(&parts);
    long_layout_free(&layout);
    return status;
}

behov_status read_long_text(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                            behov_long_table *out, behov_error *err)
{
    cell_grid grid = {.source = source};
    behov_status status = read_grid_text(source, choices->encoding, choices->separator, notice, &grid, err);
    if (!status)
        status = unfold(&grid, choices, notice, out, err);
    grid_free(&grid);
    return status;
}

behov_status read_long_sheet(text_source *source, const long_table_choices *choices, const behov_notice *notice,
                             behov_long_table *out, behov_error *err)
{
    cell_grid grid = {.source = source};
    behov_status status = read_grid_sheet(source, choices->sheet, notice, &grid, err);
    if (!status)
        status = unfold(&grid, choices, notice, out, err);
    grid_free(&grid);
    return status;
}
