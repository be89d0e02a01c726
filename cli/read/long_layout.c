/* long_layout.c - see long_layout.h: which columns name a row, which hold figures, and which rows are the table's.
 *
 * A column of figures may be one of codes: ages, years, numbers of municipalities. It is taken for such by its name, by
 * zeros before its digits, or where most of its cells are codes with names. What is left are columns of figures. Several
 * of them are measures or years side by side, if the other columns name each row but once; else one of them may be a
 * dimension, and the user is asked. */
#include "long_layout.h"

#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "long_cell.h"

static behov_status out_of_memory(const long_layout *layout, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(layout->grid->source), SAY_GRID_NO_MEMORY);
}

/* ---- columns ------------------------------------------------------------------------------------------------------- */

static void count_cell(long_column *column, const cell_grid *grid, grid_cell cell)
{
    const char *text = grid_text(grid, cell);
    long_cell_class class = long_cell_class_of(grid, cell);
    bool has_label;
    column->n_filled += class != CELL_EMPTY;
    column->n_number += class == CELL_NUMBER;
    column->n_year += class == CELL_YEAR;
    column->n_mark += class == CELL_MARK;
    column->n_text += class == CELL_TEXT;
    if (class == CELL_EMPTY || class == CELL_MARK || cell.kind != GRID_TEXT)
        return;
    column->n_zero += long_cell_has_leading_zero(text, cell.length);
    if (class != CELL_YEAR && long_cell_is_region(text, cell.length, &has_label)) {
        column->n_region++;
        column->n_labelled += has_label;
    }
}

static void count_cells(long_layout *layout)
{
    const cell_grid *grid = layout->grid;
    for (size_t i = layout->body; i < grid->n_rows; i++) {
        size_t n = 0;
        for (size_t j = 0; j < grid->rows[i].n_cells && n < 2; j++)
            n += grid_at(grid, i, j).length > 0;
        if (n < 2 || long_header_is_repeated(layout, i))
            continue;
        for (size_t j = 0; j < grid->rows[i].n_cells; j++)
            count_cell(&layout->columns[j], grid, grid_at(grid, i, j));
    }
    for (size_t j = 0; j < layout->n_columns; j++)
        for (size_t h = 0; h < layout->n_header; h++) {
            grid_cell cell = grid_at(grid, layout->header[h], j);
            if (cell.length && !layout->is_numbering[h])
                layout->columns[j].name = cell;
        }
}

static bool has_year(const cell_grid *grid, grid_cell cell)
{
    size_t first, n;
    return cell.length && long_cell_find_year(grid_text(grid, cell), cell.length, &first, &n);
}

static bool is_year_alone(const cell_grid *grid, grid_cell cell)
{
    size_t first, n;
    return cell.length && long_cell_find_year(grid_text(grid, cell), cell.length, &first, &n) && n == cell.length;
}

/* Numbers that name a row. A first column without a name that holds years names rows, too. */
static bool is_code_column(const long_layout *layout, size_t j)
{
    const long_column *column = &layout->columns[j];
    const cell_grid *grid = layout->grid;
    if (!has_year(grid, column->name) && long_cell_names_dimension(grid_text(grid, column->name), column->name.length))
        return true;
    if (column->n_zero > 0 && column->n_text == 0 && !is_year_alone(grid, column->name))
        return true;
    return !column->name.length && j == 0 && column->n_year > 0 && column->n_number == 0;
}

static void find_roles(long_layout *layout)
{
    bool has_values = false;
    for (size_t j = 0; j < layout->n_columns; j++) {
        long_column *column = &layout->columns[j];
        size_t n_figures = column->n_number + column->n_year + column->n_mark;
        bool is_number = column->n_number + column->n_year > 0 && n_figures > column->n_text;
        if (column->n_filled == 0)
            column->role = column->name.length ? (has_values ? LONG_VALUE : LONG_STUB) : LONG_NONE;
        else if (is_code_column(layout, j))
            column->role = LONG_STUB;
        else if (is_number || (has_values && column->n_text == 0)) /* marks alone, right of figures */
            column->role = LONG_VALUE;
        else
            column->role = LONG_STUB;
        has_values |= column->role == LONG_VALUE;
        column->is_split =
            column->role == LONG_STUB && column->n_labelled && 2 * column->n_labelled >= column->n_filled;
    }
}

/* ---- the column that holds the figures, as the user says ----------------------------------------------------------- */

static void add_name(const long_layout *layout, behov_said *list, size_t j, size_t n_before)
{
    char shown[64];
    behov_said before = *list;
    grid_cell name = layout->columns[j].name;
    behov_letters_show_cell(grid_text(layout->grid, name), name.length, shown);
    if (strlen(before.text) < 600)
        behov_phrase_list(list, before.text, n_before ? ", " : "", "\xC2\xAB", shown, "\xC2\xBB", NULL);
}

static behov_status take_value_column(long_layout *layout, const char *wanted, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    size_t found = SIZE_MAX, n = 0, length = strlen(wanted);
    behov_said list = {.text = ""};
    const char *const words[] = {wanted};
    for (int pass = 0; pass < 2 && found == SIZE_MAX; pass++)
        for (size_t j = layout->n_columns; j-- > 0;) {
            grid_cell name = layout->columns[j].name;
            const char *text = grid_text(grid, name);
            if (pass == 0 ? name.length == length && memcmp(text, wanted, length) == 0
                          : long_cell_is_word(text, name.length, words, 1))
                found = j;
        }
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].name.length)
            add_name(layout, &list, j, n++);
    if (found == SIZE_MAX)
        return behov_error_say(err, BEHOV_E_NAME, text_source_name(grid->source), SAY_LONG_NO_SUCH_COLUMN,
                               behov_cut(wanted, 60).text, list.text);
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE)
            layout->columns[j].role =
                layout->columns[j].n_filled || layout->columns[j].name.length ? LONG_STUB : LONG_NONE;
    layout->columns[found].role = LONG_VALUE;
    layout->columns[found].is_split = false;
    return BEHOV_OK;
}

/* Figures without a name in the header: a sum that somebody added, or a column of which nothing is known. They are
 * passed over where other columns have names. */
static void pass_over_nameless(long_layout *layout)
{
    size_t n_named = 0;
    for (size_t j = 0; j < layout->n_columns; j++)
        n_named += layout->columns[j].role == LONG_VALUE && layout->columns[j].name.length;
    for (size_t j = 0; j < layout->n_columns && n_named; j++)
        if (layout->columns[j].role == LONG_VALUE && !layout->columns[j].name.length) {
            layout->columns[j].role = LONG_NONE;
            if (layout->nameless.n++ == 0)
                layout->nameless.first = (uint32_t)j;
            layout->nameless.last = (uint32_t)j;
        }
}

static void count_roles(long_layout *layout)
{
    layout->n_values = layout->n_stubs = 0;
    for (size_t j = 0; j < layout->n_columns; j++) {
        layout->n_values += layout->columns[j].role == LONG_VALUE;
        layout->n_stubs += layout->columns[j].role == LONG_STUB;
    }
}

static behov_status no_figures(const long_layout *layout, behov_error *err)
{
    behov_said list = {.text = ""};
    size_t n = 0;
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].name.length)
            add_name(layout, &list, j, n++);
    size_t line = layout->grid->rows[layout->header[layout->n_header - 1]].line;
    return behov_error_say(err, BEHOV_E_DATA, text_source_name(layout->grid->source), SAY_LONG_NO_FIGURES,
                           text_source_place(layout->grid->source, line).text, list.text);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */

typedef struct row_look {
    size_t n_filled, n_stub, n_figures, n_texts; /* of columns with figures */
    bool is_region, is_first_stub_region;
} row_look;

static row_look look_at_row(const long_layout *layout, size_t row)
{
    const cell_grid *grid = layout->grid;
    row_look look = {0};
    for (size_t j = 0; j < grid->rows[row].n_cells; j++) {
        grid_cell cell = grid_at(grid, row, j);
        const long_column *column = &layout->columns[j];
        long_cell_class class = cell.length ? long_cell_class_of(grid, cell) : CELL_EMPTY;
        bool has_label;
        if (class == CELL_EMPTY)
            continue;
        look.n_filled++;
        if (column->role == LONG_STUB) {
            look.n_stub++;
            look.is_region |= 2 * column->n_region > column->n_filled &&
                              long_cell_is_region(grid_text(grid, cell), cell.length, &has_label);
        } else if (column->role == LONG_VALUE) {
            look.n_figures += class != CELL_TEXT;
            look.n_texts += class == CELL_TEXT;
        }
    }
    return look;
}

static void add_line(const long_layout *layout, long_lines *lines, size_t row)
{
    const cell_grid *grid = layout->grid;
    lines->last = grid->rows[row].line;
    if (lines->n++)
        return;
    lines->first = grid->rows[row].line;
    for (size_t j = 0; j < grid->rows[row].n_cells && !lines->text.length; j++)
        lines->text = grid_at(grid, row, j);
}

/* The last row that surely is one: figures, no text where they stand, and a region where the rows name theirs. */
static size_t last_sure_row(const long_layout *layout, bool has_regions)
{
    for (size_t i = layout->grid->n_rows; i-- > layout->body;) {
        row_look look = look_at_row(layout, i);
        if (look.n_figures && !look.n_texts && look.n_stub && (look.is_region || !has_regions))
            return i;
    }
    return layout->body;
}

/* The label of a row: the first cell that names it. */
static grid_cell label_of(const long_layout *layout, size_t row)
{
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_STUB && grid_at(layout->grid, row, j).length)
            return grid_at(layout->grid, row, j);
    return (grid_cell){0};
}

/* What stands below the last row with a region: sums of the whole, and notes that a separator has cut into cells. */
static bool is_note_below(const long_layout *layout, size_t row, const row_look *look)
{
    const cell_grid *grid = layout->grid;
    grid_cell label = label_of(layout, row);
    size_t width = layout->n_stubs + layout->n_values;
    if (look->n_texts || !look->n_figures)
        return true;
    return !long_cell_names_total(grid_text(grid, label), label.length) && look->n_filled < width;
}

static void take_row(long_layout *layout, size_t row, size_t sure, bool has_regions, bool *is_below)
{
    row_look look = look_at_row(layout, row);
    const cell_grid *grid = layout->grid;
    grid_cell label = label_of(layout, row);
    if (look.n_filled == 0)
        return;
    if (long_header_is_repeated(layout, row)) {
        add_line(layout, &layout->repeated, row);
        return;
    }
    bool is_full = layout->n_stubs > 1 && look.n_stub == layout->n_stubs;
    if (row > sure && has_regions && (look.n_texts || !look.n_figures || is_note_below(layout, row, &look))) {
        bool is_row = is_full && !look.n_texts && look.is_region && !*is_below && !grid->rows[row].is_after_blank;
        if (!is_row) {
            *is_below = true;
            add_line(layout, &layout->notes, row);
            return;
        }
    } else if (row > sure && !look.n_figures && !(is_full && !*is_below && !grid->rows[row].is_after_blank)) {
        *is_below = true;
        add_line(layout, &layout->notes, row);
        return;
    } else if (!look.n_figures && !is_full && !(look.is_region && !look.n_texts && row < sure)) {
        if (look.n_texts && look.is_region) {
            layout->rows[layout->n_rows++] = (uint32_t)row; /* its texts are no figures: told with their places */
            return;
        }
        add_line(layout, &layout->headings, row);
        return;
    }
    if (!look.n_stub && layout->n_stubs) {
        add_line(layout, &layout->sums, row);
        return;
    }
    if (long_cell_names_total(grid_text(grid, label), label.length))
        add_line(layout, &layout->totals, row);
    layout->rows[layout->n_rows++] = (uint32_t)row;
}

static behov_status find_rows(long_layout *layout, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    bool has_regions = false, is_below = false;
    free(layout->rows);
    layout->n_rows = 0;
    layout->notes = layout->headings = layout->sums = layout->repeated = layout->totals = (long_lines){0};
    layout->rows = malloc((grid->n_rows - layout->body + 1) * sizeof *layout->rows);
    if (!layout->rows)
        return out_of_memory(layout, err);
    for (size_t j = 0; j < layout->n_columns; j++)
        has_regions |= layout->columns[j].role == LONG_STUB &&
                       10 * layout->columns[j].n_region >= 8 * layout->columns[j].n_filled &&
                       layout->columns[j].n_region;
    size_t sure = last_sure_row(layout, has_regions);
    for (size_t i = layout->body; i < grid->n_rows; i++)
        take_row(layout, i, sure, has_regions, &is_below);
    return BEHOV_OK;
}

/* ---- rows of texts ------------------------------------------------------------------------------------------------- */

static bool has_text(const long_layout *layout, size_t i)
{
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE)
            return long_cell_class_of(layout->grid, grid_at(layout->grid, layout->rows[i], j)) == CELL_TEXT;
    return false;
}

/* Whether the rows with a text, and they alone, have this cell in the column. */
static bool parts_texts(const long_layout *layout, size_t column, grid_cell category)
{
    for (size_t i = 0; i < layout->n_rows; i++)
        if (has_text(layout, i) != grid_is_same(layout->grid, grid_at(layout->grid, layout->rows[i], column), category))
            return false;
    return true;
}

/* Whether texts differ: one that is the same in all its rows is a mark that is not known here. */
static bool texts_differ(const long_layout *layout)
{
    grid_cell first = {0};
    for (size_t i = 0; i < layout->n_rows; i++)
        for (size_t j = 0; j < layout->n_columns; j++) {
            grid_cell cell = grid_at(layout->grid, layout->rows[i], j);
            if (layout->columns[j].role != LONG_VALUE || long_cell_class_of(layout->grid, cell) != CELL_TEXT)
                continue;
            if (first.length && !grid_is_same(layout->grid, first, cell))
                return true;
            first = cell;
        }
    return false;
}

/* In a long file one category of a dimension may hold texts throughout: the names of the municipalities beside their
 * figures. Its rows are no figures and are passed over; a municipality that has texts alone is no such category. */
static void pass_over_texts(long_layout *layout)
{
    const cell_grid *grid = layout->grid;
    size_t first = 0, n_kept = 0;
    while (first < layout->n_rows && layout->n_values == 1 && !has_text(layout, first))
        first++;
    if (layout->n_values != 1 || first == layout->n_rows || !texts_differ(layout))
        return;
    size_t column = 0;
    grid_cell category = {0};
    for (; column < layout->n_columns; column++) {
        category = grid_at(grid, layout->rows[first], column);
        const long_column *about = &layout->columns[column];
        if (about->role == LONG_STUB && long_cell_class_of(grid, category) == CELL_TEXT &&
            2 * about->n_region <= about->n_filled && parts_texts(layout, column, category))
            break;
    }
    if (column == layout->n_columns)
        return;
    layout->text_column = column;
    layout->text_category = category;
    for (size_t i = 0; i < layout->n_rows; i++)
        if (has_text(layout, i))
            add_line(layout, &layout->texts, layout->rows[i]);
        else
            layout->rows[n_kept++] = layout->rows[i];
    layout->n_rows = n_kept;
}

/* ---- labels that are printed once for a group ---------------------------------------------------------------------- */

/* A column is filled down where it and all columns left of it that name rows are empty, and one to the right is not. */
static void fill_down(long_layout *layout)
{
    cell_grid *grid = layout->grid;
    for (size_t i = 0; i < layout->n_rows; i++) {
        size_t row = layout->rows[i], n_stub = look_at_row(layout, row).n_stub;
        bool is_before_first = n_stub > 0 && n_stub < layout->n_stubs;
        for (size_t j = 0; j < grid->rows[row].n_cells; j++) {
            long_column *column = &layout->columns[j];
            grid_cell *cell = &grid->cells[grid->rows[row].first + j];
            if (column->role != LONG_STUB)
                continue;
            if (cell->length) {
                is_before_first = false;
                column->last = *cell;
            } else if (is_before_first && column->last.length) {
                *cell = column->last;
                if (column->n_filled_down++ == 0)
                    column->first_filled_down = grid->rows[row].line;
            }
        }
    }
}

/* ---- one row for each name ----------------------------------------------------------------------------------------- */

static uint64_t hash_row(const long_layout *layout, size_t i)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t j = 0; j < layout->n_columns; j++) {
        if (layout->columns[j].role != LONG_STUB)
            continue;
        grid_cell cell = grid_at(layout->grid, layout->rows[i], j);
        const char *text = grid_text(layout->grid, cell);
        for (size_t k = 0; k <= cell.length; k++)
            hash = (hash ^ (k < cell.length ? (unsigned char)text[k] : 0xFFu)) * 1099511628211u;
    }
    return hash;
}

behov_status long_layout_count_twins(const long_layout *layout, size_t *n_twins, uint32_t *first_line, behov_error *err)
{
    size_t room = 16;
    while (room < 2 * layout->n_rows)
        room *= 2;
    uint64_t *hashes = calloc(room, sizeof *hashes); /* open addressing, 0 = free */
    if (!hashes)
        return out_of_memory(layout, err);
    *n_twins = 0;
    for (size_t i = 0; i < layout->n_rows; i++) {
        uint64_t hash = hash_row(layout, i);
        size_t at = (size_t)(hash ^ hash >> 29) & (room - 1);
        hash = hash ? hash : 1;
        while (hashes[at] && hashes[at] != hash)
            at = (at + 1) & (room - 1);
        if (hashes[at] && (*n_twins)++ == 0)
            *first_line = layout->grid->rows[layout->rows[i]].line;
        hashes[at] = hash;
    }
    free(hashes);
    return BEHOV_OK;
}

/* Whether the header itself says that the columns of figures are one kind of thing: several lines, or a year in each. */
static bool is_wide_by_header(const long_layout *layout)
{
    size_t n_lines = 0;
    for (size_t h = 0; h < layout->n_header; h++)
        n_lines += !layout->is_numbering[h];
    if (n_lines > 1)
        return true;
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE && !has_year(layout->grid, layout->columns[j].name))
            return false;
    return true;
}

static behov_status check_values(const long_layout *layout, behov_error *err)
{
    size_t n_twins = 0, n = 0;
    uint32_t first_line = 0;
    behov_said list = {.text = ""};
    if (layout->n_values < 2 || is_wide_by_header(layout))
        return BEHOV_OK;
    behov_status status = long_layout_count_twins(layout, &n_twins, &first_line, err);
    if (status || n_twins == 0)
        return status;
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE)
            add_name(layout, &list, j, n++);
    return behov_error_say(err, BEHOV_E_DATA, text_source_name(layout->grid->source), SAY_LONG_WHICH_VALUE, list.text,
                           n_twins, text_source_place(layout->grid->source, first_line).text);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

behov_status long_layout_find(cell_grid *grid, const long_table_choices *choices, long_layout *layout, behov_error *err)
{
    *layout = (long_layout){.grid = grid, .n_columns = grid->n_columns};
    layout->columns = calloc(grid->n_columns + 1, sizeof *layout->columns);
    if (!layout->columns)
        return out_of_memory(layout, err);
    behov_status status = grid->n_rows
                              ? long_header_find(layout, choices, err)
                              : behov_error_say(err, BEHOV_E_DATA, text_source_name(grid->source), SAY_LONG_EMPTY);
    if (status)
        return status;
    count_cells(layout);
    find_roles(layout);
    if (choices->value_column)
        status = take_value_column(layout, choices->value_column, err);
    else
        pass_over_nameless(layout);
    count_roles(layout);
    if (!status && layout->n_values == 0)
        status = no_figures(layout, err);
    if (!status)
        status = find_rows(layout, err);
    if (!status)
        pass_over_texts(layout);
    if (!status && layout->n_rows == 0)
        status = no_figures(layout, err);
    if (status)
        return status;
    fill_down(layout);
    return check_values(layout, err);
}

void long_layout_free(long_layout *layout)
{
    free(layout->columns);
    free(layout->rows);
    *layout = (long_layout){0};
}
