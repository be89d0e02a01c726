/* grid_blocks.h - tables that stand side by side in one sheet, set below each other. */
#ifndef BEHOV_CLI_GRID_BLOCKS_H
#define BEHOV_CLI_GRID_BLOCKS_H

#include <behov/error.h>
#include <stddef.h>

#include "grid.h"

/* Looks for a row whose first cells come again to the right, all of them, above columns that name rows: the header of
 * tables side by side. Their rows are set below those of the first, each header with its rows. *n_blocks is how many
 * there were; 1 leaves the grid as it is. O(cells). */
behov_status grid_blocks_stack(cell_grid *grid, size_t *n_blocks, behov_error *err) BEHOV_MUST_CHECK;

#endif
