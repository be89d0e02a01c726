/* long_layout.c - see long_layout.h: which columns name a row, which hold figures, and which rows are the table's.
 *
 * A column of figures may be one of codes: ages, years, numbers of municipalities. It is taken for such by its name, by
 * zeros before its digits, or where most of its cells are codes with names. What is left are columns of figures. Several
 * of them are measures or years side by side, if the other columns name each row but once; else one of them may be a
 * dimension, and the user is asked. */
#include "long_layout.h"

#include <behov/dictionary.h>
#include <stdlib.h>
#include <string.h>

#include "csv_told.h"
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
    long_cell_class class = long_cell_class_of(cell);
    bool has_label;
    column->n_filled += class != CELL_EMPTY;
    column->n_number += class == CELL_NUMBER;
    column->n_year += class == CELL_YEAR;
    column->n_mark += class == CELL_MARK;
    column->n_text += class == CELL_TEXT;
    if (class == CELL_EMPTY || class == CELL_MARK || cell.kind != GRID_TEXT)
        return;
    column->n_zero += long_cell_has_leading_zero(text, cell.length);
    if (class != CELL_YEAR && cell.is_region && long_cell_is_region(text, cell.length, &has_label)) {
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

/* Whether a column of words stands to the right. */
static bool has_words_behind(const long_layout *layout, size_t j)
{
    while (++j < layout->n_columns)
        if (2 * layout->columns[j].n_text > layout->columns[j].n_filled)
            return true;
    return false;
}

/* Numbers that name a row. Without a name it does where it is the first, or has words behind it. */
static bool is_code_column(const long_layout *layout, size_t j)
{
    const long_column *column = &layout->columns[j];
    const cell_grid *grid = layout->grid;
    if (!has_year(grid, column->name) && long_cell_names_dimension(grid_text(grid, column->name), column->name.length))
        return true;
    if (column->n_zero > 0 && column->n_text == 0 && !is_year_alone(grid, column->name))
        return true;
    return !column->name.length && (j == 0 || has_words_behind(layout, j));
}

static void find_roles(long_layout *layout)
{
    bool has_values = false;
    for (size_t j = 0; j < layout->n_columns; j++) {
        long_column *column = &layout->columns[j];
        size_t n_figures = column->n_number + column->n_year + column->n_mark;
        bool is_number = column->n_number + column->n_year > 0 &&
                         (n_figures > column->n_text || has_year(layout->grid, column->name));
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
    if (layout->body >= layout->grid->n_rows)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(layout->grid->source), SAY_LONG_NO_ROWS);
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
        long_cell_class class = long_cell_class_of(cell);
        if (class == CELL_EMPTY)
            continue;
        look.n_filled++;
        if (column->role == LONG_STUB) {
            look.n_stub++;
            look.is_region |= cell.is_region && 2 * column->n_region > column->n_filled;
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
    if (lines->n < LONG_LINES_TOLD)
        lines->lines[lines->n] = lines->last;
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

typedef enum row_sort { ROW_DATA, ROW_NOTE, ROW_HEADING, ROW_SUM } row_sort;

/* While rows are taken from above. */
typedef struct row_state {
    size_t sure;      /* the last row that surely is one */
    bool has_regions; /* rows have a municipality each */
    bool is_below;    /* a note was seen */
    grid_cell label;  /* of the row before, and whether it names a total */
    bool is_total;
} row_state;

/* A row below the last sure one. What has figures and a municipality is one as well, and what has cells that should be
 * figures is refused with its place, not passed over; without a municipality it is a sum, a group that goes on, or a note
 * that a separator has cut into cells. */
static row_sort sort_below(const long_layout *layout, size_t row, const row_look *look, const row_state *state)
{
    const cell_grid *grid = layout->grid;
    bool is_next = !state->is_below && !grid->rows[row].is_after_blank;
    bool is_wide = look->n_filled >= layout->n_stubs + layout->n_values;
    if (look->n_figures && look->is_region)
        return ROW_DATA;
    if (!look->n_figures && !look->n_texts)
        return is_next && layout->n_stubs > 1 && look->n_stub == layout->n_stubs ? ROW_DATA : ROW_NOTE;
    if (!look->n_figures)
        return is_next && look->is_region && is_wide ? ROW_DATA : ROW_NOTE;
    if (look->n_texts)
        return is_next && is_wide && !state->has_regions ? ROW_DATA : ROW_NOTE;
    bool is_group = is_next && look->n_stub < layout->n_stubs;
    return is_wide || is_group || state->is_total ? ROW_DATA : ROW_NOTE;
}

static row_sort sort_of(const long_layout *layout, size_t row, const row_look *look, const row_state *state)
{
    bool is_full = layout->n_stubs > 1 && look->n_stub == layout->n_stubs;
    if (look->n_figures && !look->n_texts && !look->n_stub && layout->n_stubs)
        return ROW_SUM;
    if (row > state->sure)
        return sort_below(layout, row, look, state);
    return look->n_figures || is_full || look->is_region ? ROW_DATA : ROW_HEADING;
}

static void take_row(long_layout *layout, size_t row, row_state *state)
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
    if (label.first != state->label.first || label.length != state->label.length)
        state->is_total = long_cell_names_total(grid_text(grid, label), label.length);
    state->label = label;
    switch (sort_of(layout, row, &look, state)) {
    case ROW_NOTE:
        state->is_below = true;
        add_line(layout, &layout->notes, row);
        return;
    case ROW_HEADING: add_line(layout, &layout->headings, row); return;
    case ROW_SUM: add_line(layout, &layout->sums, row); return;
    case ROW_DATA: break;
    }
    if (state->is_total)
        add_line(layout, &layout->totals, row);
    layout->rows[layout->n_rows++] = (uint32_t)row;
}

static behov_status find_rows(long_layout *layout, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    row_state state = {.has_regions = false};
    free(layout->rows);
    layout->n_rows = 0;
    layout->notes = layout->headings = layout->sums = layout->repeated = layout->totals = (long_lines){0};
    layout->rows = malloc((grid->n_rows - layout->body + 1) * sizeof *layout->rows);
    if (!layout->rows)
        return out_of_memory(layout, err);
    for (size_t j = 0; j < layout->n_columns; j++)
        state.has_regions |= layout->columns[j].role == LONG_STUB &&
                             10 * layout->columns[j].n_region >= 8 * layout->columns[j].n_filled &&
                             layout->columns[j].n_region;
    state.sure = last_sure_row(layout, state.has_regions);
    for (size_t i = layout->body; i < grid->n_rows; i++)
        take_row(layout, i, &state);
    return BEHOV_OK;
}

/* ---- rows of texts ------------------------------------------------------------------------------------------------- */

static bool has_text(const long_layout *layout, size_t i)
{
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE)
            return long_cell_class_of(grid_at(layout->grid, layout->rows[i], j)) == CELL_TEXT;
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
            if (layout->columns[j].role != LONG_VALUE || long_cell_class_of(cell) != CELL_TEXT)
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
        if (about->role == LONG_STUB && long_cell_class_of(category) == CELL_TEXT &&
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

/* How often each text of a column comes, so that a category within groups is told from a name that comes once. */
typedef struct text_counts {
    behov_dictionary *texts;
    uint32_t *n;
} text_counts;

static void counts_free(text_counts *counts)
{
    behov_dictionary_free(counts->texts);
    free(counts->n);
}

static behov_status count_texts(const long_layout *layout, size_t column, text_counts *counts, behov_error *err)
{
    behov_status status = behov_dictionary_new(&counts->texts, err);
    counts->n = calloc(layout->n_rows + 1, sizeof *counts->n);
    if (!status && !counts->n)
        status = out_of_memory(layout, err);
    for (size_t i = 0; i < layout->n_rows && !status; i++) {
        grid_cell cell = grid_at(layout->grid, layout->rows[i], column);
        int32_t code = 0;
        if (!cell.length)
            continue;
        status = behov_dictionary_intern(counts->texts, grid_text(layout->grid, cell), cell.length, &code, err);
        if (!status)
            counts->n[code]++;
    }
    return status;
}

/* Whether a row may go on with the group above: the first columns that name rows are empty in it, and its own category
 * (in column *inner) is filled. */
static bool may_go_on(const long_layout *layout, size_t row, size_t *inner)
{
    bool is_empty = false;
    for (size_t j = 0; j < layout->grid->rows[row].n_cells; j++) {
        if (layout->columns[j].role != LONG_STUB)
            continue;
        *inner = j;
        if (grid_at(layout->grid, row, j).length)
            return is_empty;
        is_empty = true;
    }
    return false;
}

static void fill_row(long_layout *layout, size_t row, bool goes_on, size_t inner)
{
    cell_grid *grid = layout->grid;
    for (size_t j = 0; j < grid->rows[row].n_cells; j++) {
        long_column *column = &layout->columns[j];
        grid_cell *cell = &grid->cells[grid->rows[row].first + j];
        if (column->role != LONG_STUB)
            continue;
        if (cell->length)
            column->last = *cell;
        else if (goes_on && j < inner && column->last.length) {
            *cell = column->last;
            if (column->n_filled_down++ == 0)
                column->first_filled_down = grid->rows[row].line;
        }
    }
}

/* Whether the columns before have had one label each, or none, so far and below. */
static bool has_one_group(const long_layout *layout, size_t inner)
{
    for (size_t j = 0; j < inner; j++)
        if (layout->columns[j].role == LONG_STUB && layout->columns[j].n_filled > 1)
            return false;
    return true;
}

/* Labels that are printed on the first row of their group alone: a row goes on with the group where its own category
 * comes in other groups too, or is in a column of few categories, or where there is one group. "Hele landet" behind an
 * empty code goes on with none. */
static behov_status fill_down(long_layout *layout, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    text_counts *counts = calloc(layout->n_columns + 1, sizeof *counts);
    behov_status status = counts ? BEHOV_OK : out_of_memory(layout, err);
    for (size_t i = 0; i < layout->n_rows && !status; i++) {
        size_t inner = 0, row = layout->rows[i];
        bool goes_on = may_go_on(layout, row, &inner);
        if (goes_on && !counts[inner].texts)
            status = count_texts(layout, inner, &counts[inner], err);
        if (status)
            break;
        if (goes_on) {
            grid_cell cell = grid_at(grid, row, inner);
            int32_t code = behov_dictionary_find(counts[inner].texts, grid_text(grid, cell), cell.length);
            bool is_total = long_cell_names_total(grid_text(grid, cell), cell.length),
                 are_categories =
                     10 * behov_dictionary_count(counts[inner].texts) <= 7 * layout->columns[inner].n_filled;
            goes_on = code >= 0 &&
                      (counts[inner].n[code] > 1 || (!is_total && (are_categories || has_one_group(layout, inner))));
            if (!goes_on)
                add_line(layout, &layout->unnamed, row);
        }
        fill_row(layout, row, goes_on, inner);
    }
    for (size_t j = 0; j < layout->n_columns && counts; j++)
        counts_free(&counts[j]);
    free(counts);
    return status;
}

/* ---- one row for each name ----------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

static uint64_t hash_text(uint64_t hash, const char *text, size_t length)
{
    hash = mix(hash, length);
    for (size_t i = 0; i < length; i += sizeof hash) {
        uint64_t part = 0;
        memcpy(&part, text + i, length - i < sizeof part ? length - i : sizeof part);
        hash = mix(hash, part);
    }
    return hash;
}

static uint64_t hash_row(const long_layout *layout, size_t i)
{
    const cell_grid *grid = layout->grid;
    uint64_t hash = 1469598103934665603u;
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_STUB) {
            grid_cell cell = grid_at(grid, layout->rows[i], j);
            hash = hash_text(hash, grid_text(grid, cell), cell.length);
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

/* ---- rows that are wider than the header, or narrower -------------------------------------------------------------- */

/* A row of a text that ends before the last column has empty cells there: cut off, or a field in it is missing and the rest
 * stands one to the left. */
static void find_narrow_rows(long_layout *layout)
{
    const cell_grid *grid = layout->grid;
    size_t width = 0;
    for (size_t j = 0; j < layout->n_columns; j++)
        width = layout->columns[j].role == LONG_NONE ? width : j + 1;
    for (size_t i = 0; i < layout->n_rows; i++) {
        size_t n_fields = grid->rows[layout->rows[i]].n_fields;
        if (n_fields && n_fields < width)
            add_line(layout, &layout->narrow, layout->rows[i]);
    }
}

/* A row of a text with a value where the header has no field at all was cut where it should not be: "1,5" in a file of
 * commas is 1, and a column without a name. */
static behov_status refuse_wide_rows(const long_layout *layout, behov_error *err)
{
    const cell_grid *grid = layout->grid;
    size_t width = 0;
    for (size_t h = 0; h < layout->n_header; h++) {
        size_t n_fields = grid->rows[layout->header[h]].n_fields;
        width = n_fields > width ? n_fields : width;
    }
    for (size_t i = 0; i < layout->n_rows && width; i++) {
        const grid_row *row = &grid->rows[layout->rows[i]];
        if (row->n_cells <= width)
            continue;
        char where[BEHOV_PLACE_SIZE], shown[64];
        grid_cell cell = {0};
        size_t column = width;
        while (!(cell = grid_at(grid, layout->rows[i], column)).length)
            column++;
        behov_letters_show_cell(grid_text(grid, cell), cell.length, shown);
        text_source_where(grid->source, row->line, NULL, where);
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_LONG_ROW_TOO_WIDE, column + 1, shown, width,
                               csv_separator_word(grid->separator));
    }
    return BEHOV_OK;
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
        status = refuse_wide_rows(layout, err);
    find_narrow_rows(layout);
    if (!status)
        pass_over_texts(layout);
    if (!status && layout->n_rows == 0)
        status = no_figures(layout, err);
    if (status)
        return status;
    status = fill_down(layout, err);
    return status ? status : check_values(layout, err);
}

void long_layout_free(long_layout *layout)
{
    free(layout->columns);
    free(layout->rows);
    *layout = (long_layout){0};
}
