/* read_grid.h - a file as rows of cells: delimited text in the right character set, or a sheet of a workbook. */
#ifndef BEHOV_CLI_READ_GRID_H
#define BEHOV_CLI_READ_GRID_H

#include <behov/error.h>
#include <behov/notice.h>

#include "grid.h"
#include "text_source.h"

/* Delimited text; `source` is as text_source_open_bytes gave it. Told: what was found about characters and separator.
 * \param encoding   NULL = found by looking: a byte order mark, UTF-16LE without one, UTF-8, else Windows-1252
 * \param separator  ',', ';' or '\t'; 0 = a line "sep=", else the one that cuts most lines alike
 * \param grid       zero-initialised; free with grid_free in any case
 * Errors: those of text_source; BEHOV_E_DATA for a quote that is not closed, with its line. */
behov_status read_grid_text(text_source *source, const char *encoding, char separator, const behov_notice *notice,
                            cell_grid *grid, behov_error *err) BEHOV_MUST_CHECK;

/* A sheet of an .xlsx or .ods. Told: which of several sheets, hidden rows and columns, figures in per cent.
 * \param sheet  its name or number, NULL = the first that is not hidden */
behov_status read_grid_sheet(text_source *source, const char *sheet, const behov_notice *notice, cell_grid *grid,
                             behov_error *err) BEHOV_MUST_CHECK;

/* A sentence about a file: "panel.xlsx: ...". */
void read_grid_tell(const behov_notice *notice, const text_source *source, behov_word word, const char *format, ...)
    BEHOV_PRINTF(4, 5);

#endif
