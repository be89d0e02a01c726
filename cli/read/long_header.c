/* long_header.c - which lines are titles, which are the header, and where the rows begin.
 *
 * A title stands in the first column alone. A line of the header has words, or years, where the rows below have figures,
 * and no figure itself; a line of years below other header lines names no row. What has the code of a municipality in
 * the column where the rows have theirs is a row. */
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "long_cell.h"
#include "long_layout.h"

enum { MOST_TITLES = 60, MOST_WIDTHS = 256 };

/* What stands in one column in the rows below a line. */
typedef struct below {
    size_t n_figures, n_texts, n_regions, n_filled;
} below;

typedef struct finder {
    long_layout *layout;
    const cell_grid *grid;
    below *columns;
    size_t n_below;     /* rows of several cells below the line at hand */
    size_t left, width; /* the first column of the table, and the cells that most of its rows have */
    bool has_names;     /* a header line above has a text in a column that names rows */
} finder;

static size_t count_cells(const cell_grid *grid, size_t row, size_t *first)
{
    size_t n = 0;
    *first = grid->n_columns;
    for (size_t j = 0; j < grid->rows[row].n_cells; j++)
        if (grid_at(grid, row, j).length && n++ == 0)
            *first = j;
    return n;
}

/* ---- what most rows are like --------------------------------------------------------------------------------------- */

static void count_row(finder *finder, size_t row, bool is_added)
{
    const cell_grid *grid = finder->grid;
    if (!is_added)
        finder->n_below--;
    for (size_t j = 0; j < grid->rows[row].n_cells; j++) {
        grid_cell cell = grid_at(grid, row, j);
        long_cell_class class = long_cell_class_of(cell);
        below *column = &finder->columns[j];
        size_t change = is_added ? 1 : (size_t)-1;
        if (class == CELL_EMPTY)
            continue;
        column->n_filled += change;
        column->n_figures += class != CELL_TEXT ? change : 0;
        column->n_texts += class == CELL_TEXT ? change : 0;
        column->n_regions += cell.is_region ? change : 0;
    }
}

/* Rows with several cells: how many cells the most of them have, and where the table begins. */
static void look_at_rows(finder *finder)
{
    const cell_grid *grid = finder->grid;
    size_t n_width[MOST_WIDTHS] = {0}, first;
    for (size_t i = 0; i < grid->n_rows; i++) {
        size_t n = count_cells(grid, i, &first);
        if (n < 2)
            continue;
        finder->n_below++;
        n_width[n < MOST_WIDTHS ? n : MOST_WIDTHS - 1]++;
        count_row(finder, i, true);
    }
    finder->width = 2;
    for (size_t k = 2; k < MOST_WIDTHS; k++)
        if (n_width[k] && n_width[k] >= n_width[finder->width])
            finder->width = k;
    while (finder->left + 1 < grid->n_columns && 10 * finder->columns[finder->left].n_filled < finder->n_below)
        finder->left++;
}

static bool is_strictly_numeric(const below *column)
{
    return column->n_figures > column->n_texts;
}

static bool may_be_numeric(const below *column)
{
    return column->n_figures && 4 * column->n_figures >= column->n_texts;
}

/* ---- one line ------------------------------------------------------------------------------------------------------ */

typedef struct line_look {
    size_t n_filled, first;
    size_t n_texts, n_strict_texts, n_years, n_numbers, n_marks, n_zeros; /* where figures may stand below */
    size_t n_stub, n_stub_figures;                                        /* cells where they do not */
    bool is_region, is_rising, is_counted;                                /* whole numbers that rise; by ones */
    grid_cell stub;                                                       /* the first of n_stub */
} line_look;

static bool whole_number(const char *text, size_t length, long *number)
{
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || i > 8)
            return false;
        *number = 10 * *number + (text[i] - '0');
    }
    return length > 0;
}

static void look_at_number(line_look *look, const cell_grid *grid, grid_cell cell, bool is_first, long *before)
{
    long number;
    const char *text = grid_text(grid, cell);
    if (!whole_number(text, cell.length, &number)) {
        look->is_rising = look->is_counted = false;
        return;
    }
    look->n_zeros += long_cell_has_leading_zero(text, cell.length);
    look->is_rising = look->is_rising && (is_first || number > *before);
    look->is_counted = look->is_counted && (is_first ? number <= 2 : number == *before + 1);
    *before = number;
}

static line_look look_at_line(const finder *finder, size_t row)
{
    const cell_grid *grid = finder->grid;
    line_look look = {.is_rising = true, .is_counted = true};
    long before = 0;
    look.n_filled = count_cells(grid, row, &look.first);
    for (size_t j = 0; j < grid->rows[row].n_cells; j++) {
        grid_cell cell = grid_at(grid, row, j);
        const below *column = &finder->columns[j];
        long_cell_class class = long_cell_class_of(cell);
        bool is_place = 2 * column->n_regions > column->n_filled;
        if (class == CELL_EMPTY)
            continue;
        look.is_region |= is_place && column->n_regions && class != CELL_YEAR && cell.is_region;
        if (!may_be_numeric(column)) {
            look.n_stub_figures += class != CELL_TEXT;
            if (look.n_stub++ == 0)
                look.stub = cell;
            continue;
        }
        if (class == CELL_NUMBER || class == CELL_YEAR)
            look_at_number(&look, grid, cell, look.n_numbers + look.n_years == 0, &before);
        look.n_texts += class == CELL_TEXT;
        look.n_strict_texts += class == CELL_TEXT && is_strictly_numeric(column);
        look.n_years += class == CELL_YEAR;
        look.n_numbers += class == CELL_NUMBER;
        look.n_marks += class == CELL_MARK;
    }
    return look;
}

static bool names_dimension(const finder *finder, const line_look *look)
{
    return look->n_stub && long_cell_names_dimension(grid_text(finder->grid, look->stub), look->stub.length);
}

static bool is_header(const finder *finder, const line_look *look, size_t n_before)
{
    bool has_stub = look->n_stub > 0, no_figures = look->n_numbers == 0 && look->n_marks == 0;
    bool is_series = n_before == 0 && look->is_rising && look->n_numbers > 1 && !look->n_marks &&
                     (look->first > finder->left || names_dimension(finder, look));
    if (look->is_region && !is_series)
        return false;
    if (look->n_texts)
        return (n_before == 0 && look->n_marks == 0 && (no_figures || look->is_rising)) ||
               (no_figures && (look->n_strict_texts || !(has_stub && finder->has_names)));
    if (look->n_marks)
        return false;
    if (look->n_years && !look->n_numbers) {
        if (n_before)
            return !has_stub || !finder->has_names;
        return !has_stub || look->is_rising || names_dimension(finder, look);
    }
    if (look->n_numbers) { /* ages, codes of municipalities, or the numbers of the columns */
        if (n_before)
            return !has_stub && look->is_counted && look->n_numbers > 1;
        return is_series;
    }
    return n_before && !finder->has_names && look->n_filled > 1 &&
           !look->n_stub_figures; /* names of the columns that name rows, alone */
}

/* A line of the first column alone, or of the first two where rows have many: "Tabell;12345". One above a line that does
 * not name the first column is the upper line of a header: "Kommune;Menn", and ";2015;2016" below. */
static bool is_title(const finder *finder, size_t row, const line_look *look)
{
    const cell_grid *grid = finder->grid;
    if (look->n_filled == 1)
        return look->first <= finder->left;
    if (2 * look->n_filled >= finder->width || look->first > finder->left || !look->n_stub)
        return false;
    bool is_above_header =
        row + 1 < grid->n_rows && grid->rows[row + 1].n_cells > 1 && !grid_at(grid, row + 1, finder->left).length;
    return grid->rows[row].n_cells <= finder->left + 2 && !is_above_header;
}

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

static void add_header(finder *finder, size_t row, const line_look *look)
{
    long_layout *layout = finder->layout;
    layout->is_numbering[layout->n_header] = layout->n_header && !look->n_texts && !look->n_stub &&
                                             look->n_numbers > 1 && look->is_counted && look->n_years == 0;
    layout->header[layout->n_header++] = row;
    finder->has_names |= look->n_stub > 0;
}

static void find_lines(finder *finder)
{
    long_layout *layout = finder->layout;
    const cell_grid *grid = finder->grid;
    size_t row = 0;
    for (; row < grid->n_rows && row < MOST_TITLES; row++) {
        line_look look = look_at_line(finder, row);
        if (!is_title(finder, row, &look) && look.n_filled)
            break;
        if (layout->n_titles++ == 0)
            layout->title = grid_at(grid, row, look.first);
        if (look.n_filled > 1)
            count_row(finder, row, false);
    }
    for (; row < grid->n_rows && layout->n_header < LONG_MOST_HEADERS; row++) {
        if (grid->rows[row].n_cells == 0)
            break;
        size_t first;
        bool is_counted = count_cells(grid, row, &first) > 1;
        if (is_counted)
            count_row(finder, row, false);
        line_look look = look_at_line(finder, row);
        if (!finder->n_below || !is_header(finder, &look, layout->n_header))
            break;
        add_header(finder, row, &look);
    }
    layout->body = row;
}

/* The header by its lines in the file, as the user says. */
static behov_status take_lines(finder *finder, const long_table_choices *choices, behov_error *err)
{
    long_layout *layout = finder->layout;
    const cell_grid *grid = finder->grid;
    size_t row = 0, first;
    for (; row < grid->n_rows && grid->rows[row].line < choices->header_first; row++)
        if (layout->n_titles++ == 0 && count_cells(grid, row, &first))
            layout->title = grid_at(grid, row, first);
    for (; row < grid->n_rows && grid->rows[row].line <= choices->header_last; row++) {
        if (layout->n_header == LONG_MOST_HEADERS)
            break;
        line_look look = look_at_line(finder, row);
        add_header(finder, row, &look);
    }
    layout->body = row;
    if (layout->n_header && row < grid->n_rows)
        return BEHOV_OK;
    return behov_error_say(err, BEHOV_E_ARGUMENT, text_source_name(grid->source), SAY_LONG_HEADER_OUTSIDE,
                           choices->header_first, choices->header_last,
                           grid->n_rows ? (size_t)grid->rows[grid->n_rows - 1].line : (size_t)0,
                           (size_t)LONG_MOST_HEADERS);
}

/* Titles may stand above; the only row of several cells is the last. */
static bool is_header_alone(const cell_grid *grid)
{
    size_t n_wide = 0, first;
    for (size_t row = 0; row < grid->n_rows; row++)
        n_wide += count_cells(grid, row, &first) > 1;
    return n_wide == 1 && count_cells(grid, grid->n_rows - 1, &first) > 1;
}

behov_status long_header_find(long_layout *layout, const long_table_choices *choices, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    finder finder = {.layout = layout, .grid = grid};
    finder.columns = calloc(grid->n_columns + 1, sizeof *finder.columns);
    if (!finder.columns)
        return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(grid->source), SAY_GRID_NO_MEMORY);
    behov_status status = BEHOV_OK;
    look_at_rows(&finder);
    if (choices->header_first)
        status = take_lines(&finder, choices, err);
    else
        find_lines(&finder);
    free(finder.columns);
    if (!status && !layout->n_header && is_header_alone(grid))
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_LONG_NO_ROWS);
    if (!status && !layout->n_header && grid->n_rows) {
        size_t row = layout->body < grid->n_rows ? layout->body : grid->n_rows - 1;
        size_t first;
        (void)count_cells(grid, row, &first);
        char shown[64];
        grid_cell cell = grid_at(grid, row, first);
        behov_letters_show_cell(grid_text(grid, cell), cell.length, shown);
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_LONG_NO_HEADER,
                               text_source_place(grid->source, grid->rows[row].line).text, shown);
    }
    return status;
}

bool long_header_is_repeated(const long_layout *layout, size_t row)
{
    const cell_grid *grid = layout->grid;
    for (size_t h = 0; h < layout->n_header; h++) {
        size_t n = grid->rows[row].n_cells, j = 0;
        if (n != grid->rows[layout->header[h]].n_cells || n < 2)
            continue;
        while (j < n && grid_is_same(grid, grid_at(grid, row, j), grid_at(grid, layout->header[h], j)))
            j++;
        if (j == n)
            return true;
    }
    return false;
}
