/* long_told.c - see long_told.h. */
#include "long_told.h"

#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "read_grid.h"

/* "«Antall»" */
static behov_said quoted(const long_layout *layout, grid_cell cell)
{
    char shown[64];
    behov_said said;
    behov_letters_show_cell(grid_text(layout->grid, cell), cell.length, shown);
    behov_phrase_list(&said, "\xC2\xAB", shown, "\xC2\xBB", NULL);
    return said;
}

/* "line 3", "lines 3 to 5" */
static behov_said lines_of(const long_layout *layout, size_t first, size_t last)
{
    behov_said place = text_source_place(layout->grid->source, first);
    return first == last ? place : behov_phrase(SAY_LONG_TOLD_TO, place.text, last);
}

/* "lines 3 to 5" where they follow each other; "line 2, 6", "line 2, 6, 8 … 90" where others stand between. */
static behov_said lines_told(const long_layout *layout, const long_lines *lines)
{
    if (lines->last - lines->first + 1 == lines->n || lines->n == 1)
        return lines_of(layout, lines->first, lines->last);
    behov_said said = text_source_place(layout->grid->source, lines->first);
    for (size_t i = 1; i < lines->n && i < LONG_LINES_TOLD; i++)
        said = behov_phrase(SAY_LONG_TOLD_NEXT, said.text, (size_t)lines->lines[i]);
    return lines->n <= LONG_LINES_TOLD ? said : behov_phrase(SAY_LONG_TOLD_UP_TO, said.text, (size_t)lines->last);
}

/* "«Alder»", or the number of a column without a name. */
static behov_said column_told(const long_layout *layout, size_t column)
{
    grid_cell name = layout->columns[column].name;
    return name.length ? quoted(layout, name) : behov_phrase(SAY_LONG_TOLD_COLUMN_NUMBER, column + 1);
}

/* ---- columns ------------------------------------------------------------------------------------------------------- */

static void add_to_list(behov_said *list, const char *text)
{
    behov_said before = *list;
    if (strlen(before.text) < 1500)
        behov_phrase_list(list, before.text, before.text[0] ? ", " : "", text, NULL);
}

static behov_said stub_names(const long_layout *layout, const long_parts *parts)
{
    behov_said list = {.text = ""};
    for (size_t j = 0; j < layout->n_columns; j++) {
        if (layout->columns[j].role != LONG_STUB)
            continue;
        char *name = long_parts_stub_name(layout, parts, j);
        char shown[64];
        behov_letters_show_cell(name ? name : "", name ? strlen(name) : 0, shown);
        add_to_list(&list, shown);
        free(name);
    }
    return list;
}

static behov_said value_names(const long_layout *layout)
{
    size_t first = layout->n_columns, last = 0;
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE) {
            first = first < layout->n_columns ? first : j;
            last = j;
        }
    behov_said first_name = column_told(layout, first), last_name = column_told(layout, last);
    return layout->n_values == 1
               ? first_name
               : behov_phrase(SAY_LONG_TOLD_VALUES, layout->n_values, first_name.text, last_name.text);
}

static void tell_columns(const long_layout *layout, const long_parts *parts, const behov_notice *notice)
{
    const cell_grid *grid = layout->grid;
    size_t first = grid->rows[layout->header[0]].line, last = grid->rows[layout->header[layout->n_header - 1]].line;
    behov_said header = lines_of(layout, first, last), stubs = stub_names(layout, parts), values = value_names(layout),
               dimensions = {.text = ""};
    for (size_t i = 0; i < parts->n; i++)
        add_to_list(&dimensions, behov_cut(parts->parts[i].name, 60).text);
    if (layout->n_stubs == 0)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_NO_STUB, header.text, values.text);
    else if (parts->n == 0)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_LONG, header.text, stubs.text, values.text);
    else
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_WIDE, header.text, stubs.text, values.text, dimensions.text);
    if (parts->n_columns_named_by_title)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_TITLE_NAMES, quoted(layout, layout->title).text);
    if (parts->has_regions)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_REGIONS_ACROSS);
    if (parts->n_year_marks)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_YEAR_MARKS, parts->n_year_marks,
                       quoted(layout, parts->year_mark).text);
    if (parts->n_filled_right)
        read_grid_tell(notice, grid->source, SAY_LONG_TOLD_FILLED_RIGHT, parts->n_filled_right);
    for (size_t h = 0; h < layout->n_header; h++)
        if (layout->is_numbering[h])
            read_grid_tell(notice, grid->source, SAY_LONG_TOLD_NUMBERING,
                           text_source_place(grid->source, grid->rows[layout->header[h]].line).text);
}

/* ---- lines --------------------------------------------------------------------------------------------------------- */

/* Each sort of line that was passed over, or kept for all its look: how many, where, and the first. */
static void tell_all_lines(const long_layout *layout, const behov_notice *notice)
{
    const text_source *source = layout->grid->source;
#define TELL(sort, WORD)                                                                                               \
    if (layout->sort.n)                                                                                                \
    read_grid_tell(notice, source, WORD, layout->sort.n, lines_told(layout, &layout->sort).text,                       \
                   quoted(layout, layout->sort.text).text)
    TELL(repeated, SAY_LONG_TOLD_REPEATED);
    TELL(headings, SAY_LONG_TOLD_HEADINGS);
    TELL(sums, SAY_LONG_TOLD_SUMS);
    TELL(unnamed, SAY_LONG_TOLD_UNNAMED);
    TELL(totals, SAY_LONG_TOLD_TOTALS);
    TELL(notes, SAY_LONG_TOLD_NOTES);
    TELL(narrow, SAY_LONG_TOLD_NARROW);
#undef TELL
}

static void tell_filled_down(const long_layout *layout, const behov_notice *notice)
{
    const cell_grid *grid = layout->grid;
    for (size_t j = 0; j < layout->n_columns; j++) {
        const long_column *column = &layout->columns[j];
        if (column->n_filled_down)
            read_grid_tell(notice, grid->source, SAY_LONG_TOLD_FILLED_DOWN, column->n_filled_down,
                           column_told(layout, j).text,
                           text_source_place(grid->source, column->first_filled_down).text);
    }
}

behov_status long_told_layout(const long_layout *layout, const long_parts *parts, size_t n_blocks,
                              const behov_notice *notice, behov_error *err)
{
    const text_source *source = layout->grid->source;
    size_t n_twins = 0;
    uint32_t first_twin = 0;
    behov_status status = long_layout_count_twins(layout, &n_twins, &first_twin, err);
    if (status)
        return status;
    if (n_blocks > 1)
        read_grid_tell(notice, source, SAY_LONG_TOLD_BLOCKS, n_blocks);
    if (layout->n_titles)
        read_grid_tell(notice, source, SAY_LONG_TOLD_TITLES, layout->n_titles, quoted(layout, layout->title).text);
    tell_columns(layout, parts, notice);
    tell_filled_down(layout, notice);
    if (layout->nameless.n)
        read_grid_tell(notice, source, SAY_LONG_TOLD_NAMELESS, layout->nameless.n, (size_t)layout->nameless.first + 1);
    tell_all_lines(layout, notice);
    if (layout->texts.n)
        read_grid_tell(notice, source, SAY_LONG_TOLD_TEXTS, layout->texts.n,
                       column_told(layout, layout->text_column).text, quoted(layout, layout->text_category).text,
                       text_source_place(source, layout->texts.first).text);
    if (n_twins)
        read_grid_tell(notice, source, SAY_LONG_TOLD_TWINS, n_twins, text_source_place(source, first_twin).text);
    return BEHOV_OK;
}

/* ---- cells --------------------------------------------------------------------------------------------------------- */

static void tell_marks(const long_layout *layout, const long_marks *marks, const behov_notice *notice)
{
    behov_said list = {.text = ""};
    for (size_t i = 0; i < marks->n; i++) {
        behov_said mark = quoted(layout, marks->marks[i]),
                   counted = behov_phrase(SAY_LONG_TOLD_MARK, mark.text, marks->n_cells[i]);
        add_to_list(&list, counted.text);
    }
    if (marks->n)
        read_grid_tell(notice, layout->grid->source, SAY_LONG_TOLD_MARKS, list.text);
}

/* Per cent signs in some cells of a column. */
static void tell_mixed(const long_layout *layout, const long_rows_told *told, const behov_notice *notice)
{
    const text_source *source = layout->grid->source;
    if (told->n_mixed)
        read_grid_tell(notice, source, SAY_LONG_TOLD_MIXED, told->n_mixed_cells[1],
                       column_told(layout, told->mixed_column).text, quoted(layout, told->mixed[1]).text,
                       text_source_place(source, told->mixed_lines[1]).text, told->n_mixed_cells[0],
                       quoted(layout, told->mixed[0]).text, text_source_place(source, told->mixed_lines[0]).text);
    if (told->n_mixed > 1)
        read_grid_tell(notice, source, SAY_LONG_TOLD_MORE_MIXED, told->n_mixed - 1);
}

void long_told_rows(const long_layout *layout, const long_parts *parts, const long_rows_told *told, bool has_labels,
                    const behov_notice *notice)
{
    const text_source *source = layout->grid->source;
    for (size_t j = 0; j < layout->n_columns; j++) {
        const long_column *column = &layout->columns[j];
        if (!column->is_split || column->role != LONG_STUB || !layout->n_rows)
            continue;
        behov_said cell = quoted(layout, grid_at(layout->grid, layout->rows[0], j));
        char *name = long_parts_stub_name(layout, parts, j);
        if (has_labels)
            read_grid_tell(notice, source, SAY_LONG_TOLD_SPLIT_LABELS, behov_cut(name ? name : "", 60).text, cell.text);
        else
            read_grid_tell(notice, source, SAY_LONG_TOLD_SPLIT, behov_cut(name ? name : "", 60).text, cell.text);
        free(name);
    }
    tell_marks(layout, &told->marks, notice);
    tell_mixed(layout, told, notice);
    if (told->decimal == ',')
        read_grid_tell(notice, source, SAY_LONG_TOLD_COMMA);
    if (told->n_thousands)
        read_grid_tell(notice, source, SAY_LONG_TOLD_THOUSANDS, told->n_thousands);
}
