/* xlsx_cells.c - the cells of a table with the numbers that libxlsxwriter would give their formats and texts, for rows that are
 * written beside it and are the same bytes. It numbers formats where it writes the cells of one sheet after the other, and
 * texts where it is given them. What it has not written yet is therefore gone through in the order in which it will be. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "xlsx.h"

/* ---- formats of what the library holds ------------------------------------------------------------------------------ */

static void number_cells(const lxw_cell *cell)
{
    if (!cell)
        return;
    number_cells(cell->tree_pointers.rbe_left);
    if (cell->format)
        lxw_format_get_xf_index(cell->format);
    number_cells(cell->tree_pointers.rbe_right);
}

static void number_rows(const lxw_row *row)
{
    if (!row)
        return;
    number_rows(row->tree_pointers.rbe_left);
    if (row->format)
        lxw_format_get_xf_index(row->format);
    number_cells(row->cells->rbh_root);
    number_rows(row->tree_pointers.rbe_right);
}

static void number_sheets(const lxw_workbook *book)
{
    const lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, book->worksheets, list_pointers)
    {
        for (lxw_col_t j = 0; j < sheet->col_options_max; j++)
            if (sheet->col_options[j] && sheet->col_options[j]->format)
                lxw_format_get_xf_index(sheet->col_options[j]->format);
        number_rows(sheet->table->rbh_root);
    }
}

/* ---- the rows ------------------------------------------------------------------------------------------------------- */

static bool number_text(xlsx_writer *w, const lxw_worksheet *sheet, const char *text, int32_t *number)
{
    const char *clean = behov_workbook_text(&w->clean, text, BEHOV_WORKBOOK_LONGEST_TEXT, false, &w->some_text_cut);
    if (!clean)
        return false;
    *number = XLSX_BLANK;
    if (!clean[0])
        return true;
    const struct sst_element *element = lxw_get_sst_index(sheet->sst, clean, LXW_FALSE);
    if (element)
        *number = (int32_t)element->index;
    return element != NULL;
}

bool xlsx_cells_number(xlsx_writer *w, const lxw_worksheet *sheet, const behov_report *table,
                       const shown_column *columns, size_t n_rows, xlsx_cells *out)
{
    size_t n_columns = behov_report_n_columns(table);
    out->cells = malloc(n_rows * n_columns * sizeof *out->cells);
    out->n_rows = n_rows;
    out->n_columns = n_columns;
    if (!out->cells)
        return false;
    number_sheets(w->book);
    for (size_t j = 0; j < n_columns; j++)
        if (columns[j].header_format)
            lxw_format_get_xf_index(columns[j].header_format);
    xlsx_numbered_cell *cell = out->cells;
    for (size_t i = 0; i < n_rows; i++)
        for (size_t j = 0; j < n_columns; j++, cell++) {
            const char *text = behov_report_text(table, j, i);
            lxw_format *format = xlsx_cell_format(w, table, &columns[j], j, i);
            *cell = (xlsx_numbered_cell){format ? lxw_format_get_xf_index(format) : XLSX_NO_CELL, XLSX_FIGURE};
            if (text[0]) {
                if (!number_text(w, sheet, text, &cell->text))
                    return false;
            } else {
                w->some_cell_empty = w->some_cell_empty || (!format && !columns[j].is_text);
            }
        }
    return errno != ENOMEM;
}

void xlsx_cells_span(const xlsx_cells *cells, size_t row, size_t *first, size_t *last)
{
    enum { BLOCK = 16 };
    size_t sheet_row = (BEHOV_WORKBOOK_FIRST_ROW + row) / BLOCK * BLOCK, n_columns = cells->n_columns;
    *first = 1;
    *last = n_columns;
    if (sheet_row <= BEHOV_WORKBOOK_HEADER_ROW) /* the head is as wide as the table */
        return;
    size_t least = n_columns, most = 0, start = sheet_row - BEHOV_WORKBOOK_FIRST_ROW;
    for (size_t i = start; i < start + BLOCK && i < cells->n_rows; i++) {
        const xlsx_numbered_cell *line = cells->cells + i * n_columns;
        for (size_t j = 0; j < least; j++)
            if (line[j].style != XLSX_NO_CELL)
                least = j;
        for (size_t j = n_columns; j > most; j--)
            if (line[j - 1].style != XLSX_NO_CELL)
                most = j;
    }
    *first = least + 1;
    *last = most;
}
