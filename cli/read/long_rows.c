/* long_rows.c - see long_rows.h. */
#include "long_rows.h"

#include <behov/dictionary.h>
#include <behov/number.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "long_cell.h"
#include "number_marks.h"

/* Figures of a column with and without a per cent sign, and the first of each. */
typedef struct percent_column {
    size_t n[2], rows[2];
    grid_cell first[2];
} percent_column;

typedef struct unfolding {
    const long_layout *layout;
    const long_parts *parts;
    const cell_grid *grid;
    behov_long_table *out;
    long_rows_told *told;
    size_t *value_columns;    /* by position */
    marks_told marks;         /* what points and commas mean by the figures that tell */
    percent_column *percents; /* of each value column */
    char decimal;             /* that was asked for */
    bool has_labels;
    behov_error *err;
} unfolding;

static behov_status out_of_memory(const unfolding *unfolding)
{
    return behov_error_say(unfolding->err, BEHOV_E_MEMORY, text_source_name(unfolding->grid->source),
                           SAY_GRID_NO_MEMORY);
}

/* ---- names of columns ---------------------------------------------------------------------------------------------- */

/* Adds a column of text under its name, or name_2 where another has it already. */
static behov_status add_column(const unfolding *unfolding, const char *name, const char *ending, int32_t *codes,
                               behov_dictionary *levels)
{
    size_t length = strlen(name), size = length + strlen(ending) + 16;
    char *own = malloc(size);
    if (!own)
        return out_of_memory(unfolding);
    snprintf(own, size, "%s%s", name, ending);
    for (int i = 2; i < 1000; i++) {
        bool is_taken =
            strcmp(own, "value") == 0 || strcmp(own, "mark") == 0 || behov_table_find(unfolding->out->table, own) >= 0;
        if (!is_taken)
            break;
        snprintf(own, size, "%s_%d%s", name, i, ending);
    }
    behov_status status = behov_table_add_text(unfolding->out->table, own, codes, levels, unfolding->err);
    free(own);
    return status;
}

/* ---- columns that name rows ---------------------------------------------------------------------------------------- */

static behov_status intern(behov_dictionary *levels, const char *text, size_t length, int32_t *code, behov_error *err)
{
    behov_missing missing = length ? behov_missing_of_text(text, length) : BEHOV_MISSING_EMPTY;
    *code = behov_missing_code(missing);
    return missing ? BEHOV_OK : behov_dictionary_intern(levels, text, length, code, err);
}

/* The part of a cell that is the code, or the name; the whole where it is not split. */
static void part_of_cell(const unfolding *unfolding, size_t column, grid_cell cell, bool is_label, const char **text,
                         size_t *length)
{
    size_t label, n = 0;
    *text = grid_text(unfolding->grid, cell);
    *length = cell.length;
    if (!unfolding->layout->columns[column].is_split || !cell.length || !(n = long_cell_code(*text, *length, &label)))
        return;
    *length = is_label ? *length - label : n;
    *text += is_label ? label : 0;
}

static behov_status fill_stub(const unfolding *unfolding, size_t column, bool is_label, int32_t *codes,
                              behov_dictionary *levels)
{
    const long_layout *layout = unfolding->layout;
    behov_status status = BEHOV_OK;
    grid_cell before = {0};
    int32_t code = behov_missing_code(BEHOV_MISSING_EMPTY);
    for (size_t i = 0; i < layout->n_rows && !status; i++) {
        grid_cell cell = grid_at(unfolding->grid, layout->rows[i], column);
        if (cell.length != before.length || cell.first != before.first) {
            const char *text;
            size_t length;
            part_of_cell(unfolding, column, cell, is_label, &text, &length);
            status = intern(levels, text, length, &code, unfolding->err);
            before = cell;
        }
        for (size_t k = 0; k < layout->n_values; k++)
            codes[i * layout->n_values + k] = code;
    }
    return status;
}

static behov_status add_stub(const unfolding *unfolding, size_t column, const char *name, bool is_label)
{
    const long_layout *layout = unfolding->layout;
    int32_t *codes = malloc((layout->n_rows * layout->n_values + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status = codes ? behov_dictionary_new(&levels, unfolding->err) : out_of_memory(unfolding);
    if (!status)
        status = fill_stub(unfolding, column, is_label, codes, levels);
    if (!status)
        status = add_column(unfolding, name, is_label ? "_label" : "", codes, levels);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

static behov_status add_stubs(unfolding *unfolding)
{
    const long_layout *layout = unfolding->layout;
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < layout->n_columns && !status; j++) {
        if (layout->columns[j].role != LONG_STUB)
            continue;
        char *name = long_parts_stub_name(layout, unfolding->parts, j);
        status = name ? add_stub(unfolding, j, name, false) : out_of_memory(unfolding);
        if (!status && unfolding->has_labels && layout->columns[j].is_split)
            status = add_stub(unfolding, j, name, true);
        unfolding->told->has_labels |= layout->columns[j].is_split;
        unfolding->out->n_dimensions++;
        free(name);
    }
    return status;
}

/* ---- dimensions of the header -------------------------------------------------------------------------------------- */

static behov_status add_part(const unfolding *unfolding, const char *name, char *const *texts, bool is_label)
{
    size_t n_values = unfolding->layout->n_values, n_rows = unfolding->layout->n_rows;
    int32_t *codes = malloc((n_rows * n_values + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status = codes ? behov_dictionary_new(&levels, unfolding->err) : out_of_memory(unfolding);
    for (size_t k = 0; k < n_values && !status && n_rows; k++)
        status = intern(levels, texts[k] ? texts[k] : "", texts[k] ? strlen(texts[k]) : 0, &codes[k], unfolding->err);
    for (size_t i = n_values; i < n_rows * n_values && !status; i++)
        codes[i] = codes[i - n_values];
    if (!status)
        status = add_column(unfolding, name, is_label ? "_label" : "", codes, levels);
    if (status) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

static behov_status add_parts(const unfolding *unfolding)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < unfolding->parts->n && !status; i++) {
        const long_part *part = &unfolding->parts->parts[i];
        status = add_part(unfolding, part->name, part->texts, false);
        if (!status && unfolding->has_labels && part->labels)
            status = add_part(unfolding, part->name, part->labels, true);
        unfolding->out->n_dimensions++;
    }
    return status;
}

/* ---- figures ------------------------------------------------------------------------------------------------------- */

static grid_cell value_cell(const unfolding *unfolding, size_t i, size_t k)
{
    return grid_at(unfolding->grid, unfolding->layout->rows[i], unfolding->value_columns[k]);
}

static bool has_mark(const char *text, size_t length)
{
    return memchr(text, '.', length) || memchr(text, ',', length);
}

/* What the figures tell of points and commas. The first figures that have each of the two as decimals are refused
 * together, for one of them is read wrongly whatever is chosen. */
static behov_status look_at_marks(unfolding *unfolding)
{
    const long_layout *layout = unfolding->layout;
    grid_cell first[2] = {{0}, {0}};
    size_t rows[2] = {0, 0};
    for (size_t i = 0; i < layout->n_rows; i++)
        for (size_t k = 0; k < layout->n_values; k++) {
            grid_cell cell = value_cell(unfolding, i, k);
            const char *text = grid_text(unfolding->grid, cell);
            if (cell.kind != GRID_TEXT || cell.length < 2 || !has_mark(text, cell.length) ||
                long_cell_class_of(cell) != CELL_NUMBER)
                continue;
            number_marks marks = number_marks_of(text, cell.length);
            marks_told_add(&unfolding->marks, marks);
            bool is_decimal = marks.kind == MARKS_DECIMAL || (marks.kind == MARKS_THOUSANDS && marks.decimal);
            if (is_decimal && !first[marks.decimal == ','].length) {
                first[marks.decimal == ','] = cell;
                rows[marks.decimal == ','] = i;
            }
        }
    if (!first[0].length || !first[1].length || unfolding->decimal)
        return BEHOV_OK;
    char point[64], comma[64];
    behov_letters_show_cell(grid_text(unfolding->grid, first[0]), first[0].length, point);
    behov_letters_show_cell(grid_text(unfolding->grid, first[1]), first[1].length, comma);
    const text_source *source = unfolding->grid->source;
    return behov_error_say(unfolding->err, BEHOV_E_DATA, text_source_name(source), SAY_LONG_TWO_DECIMALS, point,
                           text_source_place(source, unfolding->grid->rows[layout->rows[rows[0]]].line).text, comma,
                           text_source_place(source, unfolding->grid->rows[layout->rows[rows[1]]].line).text);
}

static void show_column(const unfolding *unfolding, size_t column, char shown[64])
{
    grid_cell name = unfolding->layout->columns[column].name;
    behov_letters_show_cell(grid_text(unfolding->grid, name), name.length, shown);
}

static behov_status refuse_cell(unfolding *unfolding, size_t i, size_t k, behov_status code, behov_word word,
                                const char *format, ...) BEHOV_PRINTF(6, 7);

static behov_status refuse_cell(unfolding *unfolding, size_t i, size_t k, behov_status code, behov_word word,
                                const char *format, ...)
{
    char where[BEHOV_PLACE_SIZE], column[64];
    show_column(unfolding, unfolding->value_columns[k], column);
    text_source_where(unfolding->grid->source, unfolding->grid->rows[unfolding->layout->rows[i]].line,
                      column[0] ? column : NULL, where);
    va_list arguments;
    va_start(arguments, format);
    behov_status status = behov_error_say_list(unfolding->err, code, where, word, format, arguments);
    va_end(arguments);
    return status;
}

static void count_mark(unfolding *unfolding, grid_cell cell)
{
    long_marks *marks = &unfolding->told->marks;
    size_t i = 0;
    while (i < marks->n && !grid_is_same(unfolding->grid, marks->marks[i], cell))
        i++;
    if (i == LONG_MOST_MARKS)
        return;
    if (i == marks->n)
        marks->marks[marks->n++] = cell;
    marks->n_cells[i]++;
}

/* A figure with a point or a comma that may be either: "8.173". */
static bool parse_either(unfolding *unfolding, const char *text, size_t length, char mark, double *value,
                         bool *is_clear)
{
    char plain[BEHOV_NUMBER_SIZE];
    int meaning = unfolding->decimal ? (unfolding->decimal == mark ? -1 : 1) : marks_told_of(&unfolding->marks, mark);
    *is_clear = meaning != 0;
    if (meaning <= 0)
        return behov_number_parse(text, length, mark, value) == BEHOV_NUMBER_OK;
    unfolding->told->n_thousands++;
    return number_marks_strip(text, length, mark, plain) &&
           behov_number_parse(plain, strlen(plain), number_marks_other(mark), value) == BEHOV_NUMBER_OK;
}

static bool parse_figure(unfolding *unfolding, grid_cell cell, double *value, bool *is_clear)
{
    const char *text = grid_text(unfolding->grid, cell);
    size_t length = cell.length;
    char plain[BEHOV_NUMBER_SIZE];
    *is_clear = true;
    if (length > 1 && text[length - 1] == '%' && cell.kind == GRID_TEXT)
        for (length--; length > 1 && text[length - 1] == ' '; length--)
            ;
    if (cell.kind == GRID_NUMBER || !has_mark(text, length))
        return behov_number_parse(text, length, '.', value) == BEHOV_NUMBER_OK;
    number_marks marks = number_marks_of(text, length);
    if (marks.kind == MARKS_EITHER)
        return parse_either(unfolding, text, length, marks.decimal, value, is_clear);
    if (marks.kind == MARKS_DECIMAL) {
        unfolding->told->decimal = marks.decimal;
        return (!unfolding->decimal || unfolding->decimal == marks.decimal) &&
               behov_number_parse(text, length, marks.decimal, value) == BEHOV_NUMBER_OK;
    }
    if (marks.kind != MARKS_THOUSANDS || (unfolding->decimal && unfolding->decimal == marks.thousands))
        return false;
    unfolding->told->n_thousands++;
    return number_marks_strip(text, length, marks.thousands, plain) &&
           behov_number_parse(plain, strlen(plain), number_marks_other(marks.thousands), value) == BEHOV_NUMBER_OK;
}

static behov_status no_figure(unfolding *unfolding, size_t i, size_t k, grid_cell cell, bool is_clear)
{
    char shown[64];
    behov_letters_show_cell(grid_text(unfolding->grid, cell), cell.length, shown);
    if (!is_clear)
        return refuse_cell(unfolding, i, k, BEHOV_E_DATA, SAY_LONG_EITHER_MARK, shown);
    if (cell.kind == GRID_ERROR)
        return refuse_cell(unfolding, i, k, BEHOV_E_TYPE, SAY_LONG_FORMULA_ERROR, shown);
    if (cell.kind == GRID_UNCOMPUTED)
        return refuse_cell(unfolding, i, k, BEHOV_E_TYPE, SAY_LONG_UNCOMPUTED);
    return refuse_cell(unfolding, i, k, BEHOV_E_TYPE, SAY_LONG_NO_FIGURE, shown);
}

static behov_status take_figure(unfolding *unfolding, size_t i, size_t k, double *value, const char **mark)
{
    grid_cell cell = value_cell(unfolding, i, k);
    const char *text = grid_text(unfolding->grid, cell);
    bool is_clear = true, is_formula = cell.kind == GRID_ERROR || cell.kind == GRID_UNCOMPUTED;
    *mark = NULL;
    behov_missing missing = !cell.length                                 ? BEHOV_MISSING_EMPTY
                            : cell.length <= 6 && cell.kind == GRID_TEXT ? long_cell_mark(text, cell.length)
                                                                         : BEHOV_PRESENT;
    if (missing) {
        *value = behov_missing_number(missing);
        unfolding->out->n_missing++;
        unfolding->out->n_marked[missing]++;
        if (cell.length) {
            count_mark(unfolding, cell);
            *mark = text;
        }
        return BEHOV_OK;
    }
    if (is_formula || !parse_figure(unfolding, cell, value, &is_clear) || !is_clear)
        return no_figure(unfolding, i, k, cell, is_clear);
    percent_column *percent = &unfolding->percents[k];
    bool is_percent = cell.kind == GRID_TEXT && text[cell.length - 1] == '%';
    if (!percent->n[is_percent]++) {
        percent->first[is_percent] = cell;
        percent->rows[is_percent] = i;
    }
    unfolding->out->n_values++;
    return BEHOV_OK;
}

static behov_status add_figures(unfolding *unfolding)
{
    const long_layout *layout = unfolding->layout;
    size_t n_cells = layout->n_rows * layout->n_values;
    double *values = malloc((n_cells + 1) * sizeof *values);
    int32_t *codes = malloc((n_cells + 1) * sizeof *codes);
    behov_dictionary *levels = NULL;
    behov_status status = values && codes ? behov_dictionary_new(&levels, unfolding->err) : out_of_memory(unfolding);
    for (size_t i = 0; i < layout->n_rows && !status; i++)
        for (size_t k = 0; k < layout->n_values && !status; k++) {
            const char *mark;
            size_t at = i * layout->n_values + k;
            codes[at] = behov_missing_code(BEHOV_MISSING_EMPTY);
            status = take_figure(unfolding, i, k, &values[at], &mark);
            if (!status && mark)
                status = behov_dictionary_intern(levels, mark, value_cell(unfolding, i, k).length, &codes[at],
                                                 unfolding->err);
        }
    bool has_marks = levels && behov_dictionary_count(levels) > 0, has_values = false, has_codes = false;
    if (!status) {
        status = behov_table_add_numbers(unfolding->out->table, "value", values, unfolding->err);
        has_values = !status;
    }
    if (!status && has_marks) {
        status = behov_table_add_text(unfolding->out->table, "mark", codes, levels, unfolding->err);
        has_codes = !status;
    }
    if (!has_values)
        free(values);
    if (!has_codes) {
        free(codes);
        behov_dictionary_free(levels);
    }
    return status;
}

/* ---- the whole ----------------------------------------------------------------------------------------------------- */

static behov_status add_lines(const unfolding *unfolding)
{
    const long_layout *layout = unfolding->layout;
    uint32_t *lines = malloc((layout->n_rows * layout->n_values + 1) * sizeof *lines);
    if (!lines)
        return out_of_memory(unfolding);
    for (size_t i = 0; i < layout->n_rows; i++)
        for (size_t k = 0; k < layout->n_values; k++)
            lines[i * layout->n_values + k] = unfolding->grid->rows[layout->rows[i]].line;
    behov_table_set_lines(unfolding->out->table, lines);
    if (unfolding->grid->is_sheet)
        behov_table_count_rows(unfolding->out->table);
    return BEHOV_OK;
}

static behov_status start(unfolding *unfolding)
{
    const long_layout *layout = unfolding->layout;
    size_t k = 0;
    unfolding->value_columns = malloc((layout->n_values + 1) * sizeof *unfolding->value_columns);
    if (!unfolding->value_columns)
        return out_of_memory(unfolding);
    unfolding->percents = calloc(layout->n_values + 1, sizeof *unfolding->percents);
    if (!unfolding->percents)
        return out_of_memory(unfolding);
    for (size_t j = 0; j < layout->n_columns; j++)
        if (layout->columns[j].role == LONG_VALUE)
            unfolding->value_columns[k++] = j;
    behov_status status = look_at_marks(unfolding);
    if (!status)
        status = behov_table_new(layout->n_rows * layout->n_values, text_source_name(unfolding->grid->source),
                                 &unfolding->out->table, unfolding->err);
    return status;
}

/* "5 %" beside "0,07": both are read as they stand, and one of the two is off by 100 unless they are different things. */
static void find_mixed(const unfolding *unfolding)
{
    long_rows_told *told = unfolding->told;
    for (size_t k = 0; k < unfolding->layout->n_values; k++) {
        const percent_column *percent = &unfolding->percents[k];
        if (!percent->n[0] || !percent->n[1] || told->n_mixed++)
            continue;
        told->mixed_column = unfolding->value_columns[k];
        for (int is_percent = 0; is_percent < 2; is_percent++) {
            told->mixed[is_percent] = percent->first[is_percent];
            told->n_mixed_cells[is_percent] = percent->n[is_percent];
            told->mixed_lines[is_percent] =
                unfolding->grid->rows[unfolding->layout->rows[percent->rows[is_percent]]].line;
        }
    }
}

behov_status long_rows_make(const long_layout *layout, const long_parts *parts, char decimal, bool has_labels,
                            long_rows_told *told, behov_long_table *out, behov_error *err)
{
    unfolding unfolding = {.layout = layout,
                           .parts = parts,
                           .grid = layout->grid,
                           .out = out,
                           .told = told,
                           .decimal = decimal,
                           .has_labels = has_labels,
                           .err = err};
    *told = (long_rows_told){.decimal = 0};
    behov_status status = start(&unfolding);
    if (!status)
        status = add_stubs(&unfolding);
    if (!status)
        status = add_parts(&unfolding);
    if (!status)
        status = add_figures(&unfolding);
    if (!status)
        status = add_lines(&unfolding);
    if (!status && layout->title.length &&
        !(out->label = strndup(grid_text(layout->grid, layout->title), layout->title.length)))
        status = out_of_memory(&unfolding);
    if (!status)
        find_mixed(&unfolding);
    free(unfolding.value_columns), free(unfolding.percents);
    return status;
}
