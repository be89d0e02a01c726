/* table_rows.c - see table_rows.h: cells into columns, rows of the table told from what stands below it. */
#include "table_rows.h"

#include <behov/number.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"

/* ---------------------------------------------------------------- messages */

void table_rows_fail_out_of_memory(table_rows *rows)
{
    rows->status = behov_error_say(rows->err, BEHOV_E_MEMORY, text_source_name(rows->source), SAY_CSV_FILE_NO_MEMORY);
}

void table_rows_fail(table_rows *rows, size_t line, const char *column, behov_word word, const char *format, ...)
{
    char where[BEHOV_PLACE_SIZE];
    text_source_where(rows->source, line, column, where);
    va_list arguments;
    va_start(arguments, format);
    rows->status = behov_error_say_list(rows->err, BEHOV_E_DATA, where, word, format, arguments);
    va_end(arguments);
}

/* ---------------------------------------------------------------- rows */

/* Says in the error at hand which municipality it is about, where its code stands before the cell. */
static void add_municipality(const table_rows *rows, size_t n_columns)
{
    enum { LONGEST_CODE = 20 };
    behov_error *err = rows->err;
    for (size_t j = 0; err && j < n_columns; j++) {
        const csv_column *column = &rows->columns[j];
        if (column->read_kind != BEHOV_READ_AS_CODE || !column->codes || column->codes[rows->row] < 0)
            continue;
        char place[BEHOV_PLACE_SIZE], shown_text[64];
        const char *code = behov_dictionary_text(column->levels, column->codes[rows->row]);
        behov_letters_show_cell(code, strlen(code), shown_text);
        behov_said whole, municipality = behov_phrase(SAY_CSV_FILE_WHERE_MUNICIPALITY, shown_text);
        behov_phrase_list(&whole, err->place, municipality.text, NULL);
        size_t length = behov_phrase_english(whole.text, sizeof place, place);
        if (strlen(code) <= LONGEST_CODE && length < sizeof err->where) {
            strcpy(err->where, place);
            behov_phrase_copy(whole.text, sizeof err->place, err->place);
        }
        return;
    }
}

/* A cell that is no number ends the reading at its end alone, so that all such cells are mended at once: the first is
 * the error, those after it are listed. */
static void keep_unreadable(table_rows *rows, csv_column *column, const csv_cell *cell)
{
    char shown_text[64];
    size_t n = rows->n_unreadable++;
    rows->status = BEHOV_OK;
    if (column->numbers)
        column->numbers[rows->row] = behov_missing_number(BEHOV_MISSING_EMPTY);
    else
        column->codes[rows->row] = behov_missing_code(BEHOV_MISSING_EMPTY);
    if (n == 0 && rows->err)
        rows->unreadable = *rows->err;
    if (n == 0 || n > CSV_TOLD_CELLS)
        return;
    behov_letters_show_cell(cell->text, cell->length, shown_text);
    behov_said list = rows->more_cells, place = text_source_cell(rows->source, rows->line, column->name),
               listed = behov_phrase(SAY_CSV_UNREADABLE_CELL, place.text, shown_text);
    behov_phrase_list(&rows->more_cells, list.text, n > 1 ? "; " : "", listed.text, NULL);
}

void table_rows_fail_unreadable(table_rows *rows)
{
    bool is_failed = rows->status == BEHOV_E_MEMORY || rows->status == BEHOV_E_FILE;
    if (!rows->n_unreadable || is_failed)
        return;
    csv_told_unreadable(&(csv_told){.options = rows->options, .source = rows->source}, rows->n_unreadable - 1,
                        rows->more_cells.text);
    rows->status = rows->unreadable.code ? rows->unreadable.code : BEHOV_E_TYPE;
    if (rows->err)
        *rows->err = rows->unreadable;
}

static void take_field_in_full(table_rows *rows, size_t j, const csv_cell *cell)
{
    if (!rows->has_header) {
        if (!rows->is_second_pass)
            table_header_take_name(rows, cell->text, cell->length);
        return;
    }
    if (j >= rows->n_columns) {
        rows->extra_bytes += cell->length;
        return;
    }
    csv_column *column = &rows->columns[j];
    if (column->role == CSV_NAMELESS) { /* no term can name it: passed over, and reported with the first of its cells */
        if (cell->length && !column->first_line) {
            behov_letters_show_cell(cell->text, cell->length, column->first_shown);
            column->first_line = rows->line;
        }
        return;
    }
    rows->status = csv_column_take_cell(column, &rows->rules, cell, rows->row, rows->capacity, rows->line, rows->err);
    if (rows->status == BEHOV_E_TYPE || rows->status == BEHOV_E_RANGE)
        add_municipality(rows, j);
    bool is_stored = (column->role == CSV_NUMBER && column->numbers) || (column->role == CSV_TEXT && column->codes);
    if (rows->status == BEHOV_E_TYPE && is_stored)
        keep_unreadable(rows, column, cell);
}

/* A figure of a column that is not read says as much about points and commas as one that is. */
static void print_notes_of_skipped(table_rows *rows, const char *text, size_t length)
{
    double value;
    char plain[BEHOV_NUMBER_SIZE];
    number_marks marks = number_marks_of(text, length);
    if ((marks.kind == MARKS_DECIMAL || marks.kind == MARKS_THOUSANDS) &&
        number_marks_strip(text, length, marks.thousands ? marks.thousands : '\1', plain) &&
        behov_number_parse(plain, strlen(plain), marks.decimal ? marks.decimal : '.', &value) == BEHOV_NUMBER_OK)
        marks_told_add(&rows->marks_told, marks);
}

static inline void take_cell(table_rows *rows, size_t j, const csv_cell *cell)
{
    if (rows->has_header && j < rows->n_columns) {
        csv_column *column = &rows->columns[j];
        if (column->role == CSV_SKIPPED) { /* what it tells about the marks of others */
            if (rows->row < TABLE_ROWS_LOOKED_AT && !rows->is_second_pass && !rows->is_part &&
                cell->kind == CSV_CELL_TEXT)
                print_notes_of_skipped(rows, cell->text, cell->length);
            return;
        }
        if (column->is_settled && column->role == CSV_NUMBER && cell->length && cell->kind == CSV_CELL_TEXT &&
            (column->read_kind == BEHOV_READ_AS_NUMBER ||
             csv_is_plain_number(cell->text, cell->length, column->decimal_mark)) &&
            behov_number_parse(cell->text, cell->length, column->decimal_mark, &column->numbers[rows->row]) ==
                BEHOV_NUMBER_OK) {
            column->n_numbers++;
            return;
        }
    }
    take_field_in_full(rows, j, cell);
}

static void begin_row(table_rows *rows, size_t n_fields);

/* The cell may be the first of a note below the table, or empty beside one: it waits for what follows. */
static bool may_be_of_note(table_rows *rows, size_t j, const char *text, size_t length)
{
    csv_notes *notes = &rows->notes;
    if (j == notes->column && notes->n_columns > 1 && csv_notes_may_be(text, length))
        return csv_notes_hold(notes, text, length);
    for (size_t n; length && (n = csv_blank_at(text, length)) > 0;) {
        text += n;
        length -= n;
    }
    return length == 0 && notes->held_length;
}

void table_rows_field(table_rows *rows, const csv_cell *cell)
{
    if (rows->status != BEHOV_OK)
        return;
    size_t j = rows->field++;
    rows->text_bytes |= cell->length;
    if (rows->has_header && !rows->is_row) {
        if (cell->length == 0 || (cell->kind == CSV_CELL_TEXT && may_be_of_note(rows, j, cell->text, cell->length)))
            return;
        begin_row(rows, j);
        if (rows->status != BEHOV_OK)
            return;
    }
    take_cell(rows, j, cell);
}

/* More or fewer fields than the header is an error, but for separators at the line's end. */
static bool has_right_width(table_rows *rows)
{
    size_t n_named = rows->n_columns;
    while (n_named && !rows->columns[n_named - 1].name[0])
        n_named--;
    if (rows->field >= n_named && rows->extra_bytes == 0)
        return true;
    const char *advice = PHRASE_CSV_FILE_ADVICE_QUOTES;
    if (rows->field == 1 && n_named > 2)
        advice = PHRASE_CSV_FILE_ADVICE_NOTES;
    else if (rows->field < n_named)
        advice = n_named - rows->field == 1 ? PHRASE_CSV_FILE_ADVICE_MISSING_ONE : PHRASE_CSV_FILE_ADVICE_MISSING_MANY;
    if (rows->field == 1)
        table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_WIDTH_ONE, rows->field, n_named,
                        csv_separator_word(rows->layout->separator), advice);
    else
        table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_WIDTH_MANY, rows->field, n_named,
                        csv_separator_word(rows->layout->separator), advice);
    return false;
}

void table_rows_make_room(table_rows *rows)
{
    if (rows->is_second_pass && !rows->is_part) {
        table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_GROWN);
        return;
    }
    size_t capacity = rows->capacity + rows->capacity / 2 + 64;
    if (rows->row >= UINT32_MAX - 1 || capacity > SIZE_MAX / sizeof(double)) {
        table_rows_fail(rows, rows->line, NULL, SAY_CSV_FILE_TOO_MANY_ROWS);
        return;
    }
    for (size_t j = 0; j < rows->n_columns; j++)
        if (rows->columns[j].role == CSV_NUMBER || rows->columns[j].role == CSV_TEXT) {
            rows->status = csv_column_make_room(&rows->columns[j], capacity, rows->source, rows->err);
            if (rows->status != BEHOV_OK)
                return;
        }
    uint32_t *lines = realloc(rows->lines, capacity * sizeof *lines);
    if (!lines) {
        table_rows_fail_out_of_memory(rows);
        return;
    }
    rows->lines = lines;
    rows->capacity = capacity;
}

/* Whether an open quote has made one row of several: then each line is a row of the header's width by itself. */
static bool has_swallowed_rows(table_rows *rows)
{
    const swallowed *swallowed = &rows->suspect;
    if (!swallowed->first_line || swallowed->n_last_fields + rows->field - swallowed->field - 1 != rows->n_columns)
        return false;
    const char *name = rows->columns[swallowed->field].name;
    table_rows_fail(rows, swallowed->first_line, name[0] ? name : NULL, SAY_CSV_FILE_QUOTE_SWALLOWS,
                    swallowed->last_line);
    return true;
}

/* The row at hand has all its cells. */
static void add_row(table_rows *rows)
{
    if (has_swallowed_rows(rows) || !has_right_width(rows))
        return;
    if (!rows->is_second_pass)
        rows->lines[rows->row] = (uint32_t)rows->line;
    rows->row++;
    /* Room is made before the next row begins, so that storing a cell need not look. */
    if (rows->row == rows->capacity)
        table_rows_make_room(rows);
}

/* A row of which nothing is known but the text of its first cell. */
static void take_cells(table_rows *rows, size_t n_fields, const char *text, size_t length)
{
    const csv_cell first = {.text = text, .length = length}, empty = {.text = ""};
    for (size_t j = 0; rows->status == BEHOV_OK && j < n_fields; j++)
        take_cell(rows, j, j == rows->notes.column ? &first : &empty);
}

/* A row of the table follows: what was taken for notes are rows of it. */
static void add_kept_rows(table_rows *rows)
{
    size_t line = rows->line, field = rows->field, extra_bytes = rows->extra_bytes;
    swallowed suspect = rows->suspect;
    rows->suspect.first_line = 0;
    for (size_t i = 0; rows->status == BEHOV_OK && i < rows->notes.n_notes; i++) {
        csv_note note = rows->notes.notes[i];
        rows->line = note.line;
        rows->field = note.n_fields;
        rows->extra_bytes = 0;
        take_cells(rows, note.n_fields, rows->notes.texts + note.first, note.length);
        if (rows->status == BEHOV_OK)
            add_row(rows);
    }
    if (rows->status != BEHOV_OK)
        return;
    rows->line = line;
    rows->field = field;
    rows->extra_bytes = extra_bytes;
    rows->suspect = suspect;
}

/* The row at hand is one of the table: its first `n_fields` cells, which are empty or held, are stored. */
static void begin_row(table_rows *rows, size_t n_fields)
{
    csv_notes *notes = &rows->notes;
    rows->is_row = true;
    if (notes->n_notes)
        add_kept_rows(rows);
    take_cells(rows, n_fields, notes->held_length ? csv_notes_held(notes) : "", notes->held_length);
    csv_notes_forget(notes);
}

static void end_table_row(table_rows *rows)
{
    static const csv_cell empty = {.text = ""};
    while (rows->options->may_be_short && rows->text_bytes && rows->field < rows->n_columns)
        table_rows_field(rows, &empty);
    if (rows->status != BEHOV_OK)
        return;
    if (!rows->is_row) {
        if (rows->notes.held_length && !rows->suspect.first_line &&
            csv_notes_keep(&rows->notes, rows->line, rows->field, rows->is_after_blank))
            return;
        begin_row(rows, rows->field);
        if (rows->status != BEHOV_OK)
            return;
    }
    add_row(rows);
}

void table_rows_end(table_rows *rows)
{
    if (rows->status != BEHOV_OK)
        return;
    if (!rows->has_header) {
        if (rows->is_second_pass)
            rows->has_header = rows->text_bytes != 0;
        else if (rows->text_bytes)
            table_header_end(rows);
        else
            table_header_forget_names(rows); /* a line of separators only, as spreadsheets leave above a table */
    } else if (rows->text_bytes || rows->n_columns == 1)
        end_table_row(rows);
    else if (!rows->is_second_pass)
        rows->n_empty_rows++;
    rows->is_row = false;
    rows->is_after_blank = rows->text_bytes == 0;
    rows->field = rows->text_bytes = rows->extra_bytes = 0;
    rows->suspect.first_line = 0;
}

bool table_rows_is_between(const table_rows *rows)
{
    return rows->status == BEHOV_OK && rows->has_header && !rows->field && !rows->is_row && !rows->is_after_blank &&
           !rows->text_bytes && !rows->extra_bytes && !rows->notes.n_notes && !rows->notes.held_length &&
           !rows->suspect.first_line;
}
