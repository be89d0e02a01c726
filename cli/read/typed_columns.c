/* typed_columns.c - see typed_columns.h.
 *
 * A column that is wanted as it is found, or as a key, starts as numbers. The first text makes it one of texts, and the
 * numbers before it are written in their shortest form; at the end a column all of whose texts are plain numbers is one
 * of numbers again, as delimited text would be. */
#include "typed_columns.h"

#include <behov/dictionary.h>
#include <behov/number.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv_column.h"
#include "csv_notes.h"
#include "csv_told.h"
#include "letters.h"

enum { FIRST_ROWS = 1024 };

struct typed_columns {
    const read_csv_options *options;
    text_source *source;
    csv_rules rules;
    marks_told marks_told;
    csv_column *all;
    size_t n, room;
    behov_dictionary *names; /* of columns that have one */
    size_t *named;           /* the column of each name, with room for `room` */
    uint32_t *lines;
    size_t n_rows, capacity;
};

static behov_status out_of_memory(const typed_columns *columns, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(columns->source), SAY_CSV_COLUMN_NO_MEMORY);
}

behov_status typed_columns_new(text_source *source, const read_csv_options *options, typed_columns **columns,
                               behov_error *err)
{
    typed_columns *new_columns = calloc(1, sizeof *new_columns);
    if (!new_columns)
        return behov_error_say(err, BEHOV_E_MEMORY, text_source_name(source), SAY_CSV_COLUMN_NO_MEMORY);
    new_columns->options = options;
    new_columns->source = source;
    new_columns->rules = (csv_rules){.source = source,
                                     .decimal_mark = options->decimal_mark,
                                     .missing_text = options->missing_text,
                                     .n_missing = options->n_missing,
                                     .marks_told = &new_columns->marks_told};
    text_source_count_rows(source);
    behov_status status = behov_dictionary_new(&new_columns->names, err);
    if (status)
        typed_columns_free(new_columns);
    else
        *columns = new_columns;
    return status;
}

void typed_columns_free(typed_columns *columns)
{
    if (!columns)
        return;
    for (size_t j = 0; j < columns->n; j++)
        csv_column_clear(&columns->all[j]);
    free(columns->all);
    free(columns->named);
    free(columns->lines);
    behov_dictionary_free(columns->names);
    free(columns);
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static behov_status make_room_for_columns(typed_columns *columns, behov_error *err)
{
    if (columns->n < columns->room)
        return BEHOV_OK;
    size_t room = columns->room ? 2 * columns->room : 32;
    csv_column *all = realloc(columns->all, room * sizeof *all);
    columns->all = all ? all : columns->all;
    size_t *named = realloc(columns->named, room * sizeof *named);
    columns->named = named ? named : columns->named;
    if (!all || !named)
        return out_of_memory(columns, err);
    columns->room = room;
    return BEHOV_OK;
}

/* Every name once, as in delimited text. */
static behov_status keep_name(typed_columns *columns, const char *name, behov_error *err)
{
    size_t n_before = behov_dictionary_count(columns->names);
    int32_t code;
    behov_status status = behov_dictionary_intern(columns->names, name, strlen(name), &code, err);
    if (status)
        return status;
    if (behov_dictionary_count(columns->names) == n_before)
        return behov_error_say(err, BEHOV_E_DATA, text_source_name(columns->source), SAY_CSV_FILE_NAME_TWICE,
                               columns->named[code] + 1, columns->n + 1, behov_cut(name, 80).text);
    columns->named[code] = columns->n;
    return BEHOV_OK;
}

behov_status typed_columns_add_as(typed_columns *columns, const char *name, behov_read_kind kind, behov_error *err)
{
    behov_status status = make_room_for_columns(columns, err);
    if (!status && name[0])
        status = keep_name(columns, name, err);
    if (status)
        return status;
    csv_column *column = &columns->all[columns->n];
    *column = (csv_column){.name = malloc(strlen(name) + 1), .role = CSV_SKIPPED, .read_kind = kind};
    if (!column->name)
        return out_of_memory(columns, err);
    strcpy(column->name, name);
    columns->n++;
    if (!name[0])
        column->role = CSV_NAMELESS;
    else if (kind != BEHOV_READ_NOT)
        status =
            csv_column_start(column, kind == BEHOV_READ_AS_TEXT || kind == BEHOV_READ_AS_CODE ? CSV_TEXT : CSV_NUMBER,
                             columns->capacity, &columns->rules, err);
    return status;
}

behov_status typed_columns_add(typed_columns *columns, const char *name, behov_error *err)
{
    const read_csv_options *options = columns->options;
    behov_read_kind kind = !name[0]          ? BEHOV_READ_NOT
                           : options->choose ? options->choose(options->context, name)
                                             : BEHOV_READ_AS_FOUND;
    return typed_columns_add_as(columns, name, kind, err);
}

size_t typed_columns_count(const typed_columns *columns)
{
    return columns->n;
}

behov_read_kind typed_columns_kind(const typed_columns *columns, size_t column)
{
    return columns->all[column].read_kind;
}

const char *typed_columns_name(const typed_columns *columns, size_t column)
{
    return columns->all[column].name;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static behov_status make_room_for_rows(typed_columns *columns, behov_error *err)
{
    if (columns->n_rows < columns->capacity)
        return BEHOV_OK;
    size_t capacity = columns->capacity ? 2 * columns->capacity : FIRST_ROWS;
    uint32_t *lines = realloc(columns->lines, capacity * sizeof *lines);
    if (!lines)
        return out_of_memory(columns, err);
    columns->lines = lines;
    for (size_t j = 0; j < columns->n; j++) {
        behov_status status = csv_column_make_room(&columns->all[j], capacity, columns->source, err);
        if (status)
            return status;
    }
    columns->capacity = capacity;
    return BEHOV_OK;
}

static void set_missing(csv_column *column, size_t row, behov_missing mark)
{
    if (column->role == CSV_NUMBER)
        column->numbers[row] = behov_missing_number(mark);
    else if (column->role == CSV_TEXT)
        column->codes[row] = behov_missing_code(mark);
}

behov_status typed_columns_begin_row(typed_columns *columns, size_t line, behov_error *err)
{
    behov_status status = make_room_for_rows(columns, err);
    if (!status && (line >= UINT32_MAX || columns->n_rows >= UINT32_MAX - 1))
        status = behov_error_say(err, BEHOV_E_DATA, text_source_name(columns->source), SAY_TABLE_TOO_MANY_ROWS);
    if (status)
        return status;
    size_t row = columns->n_rows++;
    columns->lines[row] = (uint32_t)line;
    for (size_t j = 0; j < columns->n; j++)
        set_missing(&columns->all[j], row, BEHOV_MISSING_EMPTY);
    return BEHOV_OK;
}

void typed_columns_drop_row(typed_columns *columns)
{
    columns->n_rows--;
}

size_t typed_columns_n_rows(const typed_columns *columns)
{
    return columns->n_rows;
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

static size_t last_line(const typed_columns *columns)
{
    return columns->lines[columns->n_rows - 1];
}

static behov_status refuse_number(const typed_columns *columns, const csv_column *column, double number,
                                  behov_error *err)
{
    char where[BEHOV_PLACE_SIZE], text[BEHOV_NUMBER_SIZE];
    text_source_where(columns->source, last_line(columns), column->name, where);
    if (!isfinite(number))
        return behov_error_say(err, BEHOV_E_RANGE, where, SAY_TYPED_CELL_NOT_FINITE);
    behov_number_shortest(number, text);
    return behov_error_say(err, BEHOV_E_RANGE, where, SAY_CSV_COLUMN_TOO_MANY_DIGITS, text);
}

static behov_status take_text(typed_columns *columns, csv_column *column, size_t row, const char *text, size_t length,
                              behov_error *err)
{
    return csv_column_take(column, &columns->rules, text, length, row, columns->capacity, columns->lines[row], err);
}

/* The shortest text that is this number and no other: 101, 0.1. */
static behov_status take_number_as_text(typed_columns *columns, csv_column *column, size_t row, double number,
                                        behov_error *err)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_number_shortest(number, text);
    return take_text(columns, column, row, text, strlen(text), err);
}

behov_status typed_columns_number(typed_columns *columns, size_t j, double number, behov_error *err)
{
    csv_column *column = &columns->all[j];
    size_t row = columns->n_rows - 1;
    if (column->role != CSV_NUMBER && column->role != CSV_TEXT)
        return BEHOV_OK;
    if (!isfinite(number) || (column->read_kind == BEHOV_READ_AS_BOTH && fabs(number) > 9007199254740992.0))
        return refuse_number(columns, column, number, err);
    if (column->role == CSV_TEXT)
        return take_number_as_text(columns, column, row, number, err);
    column->numbers[row] = number;
    column->n_numbers++;
    return BEHOV_OK;
}

void typed_columns_missing(typed_columns *columns, size_t column, behov_missing mark)
{
    set_missing(&columns->all[column], columns->n_rows - 1, mark);
}

/* The first text in a column that is wanted as it is found. */
static behov_status turn_to_text(typed_columns *columns, csv_column *column, behov_error *err)
{
    double *numbers = column->numbers;
    column->numbers = NULL;
    behov_status status = csv_column_start(column, CSV_TEXT, columns->capacity, &columns->rules, err);
    for (size_t row = 0; !status && row < columns->n_rows; row++) {
        behov_missing mark = behov_missing_of_number(numbers[row]);
        if (mark == BEHOV_PRESENT)
            status = take_number_as_text(columns, column, row, numbers[row], err);
        else
            set_missing(column, row, mark);
    }
    free(numbers);
    column->n_numbers = 0;
    return status;
}

behov_status typed_columns_text(typed_columns *columns, size_t j, const char *text, size_t length, behov_error *err)
{
    csv_column *column = &columns->all[j];
    behov_status status = BEHOV_OK;
    for (size_t n; length && (n = csv_blank_at(text, length)) > 0;) {
        text += n;
        length -= n;
    }
    for (size_t n; length && (n = csv_blank_before(text, length)) > 0;)
        length -= n;
    if (column->role == CSV_NAMELESS && length && !column->first_line) {
        behov_letters_show_cell(text, length, column->first_shown);
        column->first_line = last_line(columns);
    }
    if (column->role != CSV_NUMBER && column->role != CSV_TEXT)
        return BEHOV_OK;
    bool may_be_text = column->read_kind == BEHOV_READ_AS_FOUND || column->read_kind == BEHOV_READ_AS_KEY;
    if (column->role == CSV_NUMBER && may_be_text)
        status = turn_to_text(columns, column, err);
    return status ? status : take_text(columns, column, columns->n_rows - 1, text, length, err);
}

/* ---- the end ----------------------------------------------------------------------------------------------------- */

/* A column of texts that are all plain numbers becomes one of numbers. */
static behov_status turn_to_numbers(typed_columns *columns, csv_column *column, behov_error *err)
{
    size_t n_levels = behov_dictionary_count(column->levels);
    double *values = malloc((n_levels + 1) * sizeof *values), *numbers = NULL;
    bool is_number = n_levels > 0;
    if (!values)
        return out_of_memory(columns, err);
    for (size_t i = 0; i < n_levels && is_number; i++) {
        const char *text = behov_dictionary_text(column->levels, (int32_t)i);
        is_number = csv_is_plain_number(text, strlen(text), '.') &&
                    behov_number_parse(text, strlen(text), '.', &values[i]) == BEHOV_NUMBER_OK;
    }
    if (is_number && !(numbers = malloc(columns->n_rows * sizeof *numbers))) {
        free(values);
        return out_of_memory(columns, err);
    }
    for (size_t row = 0; numbers && row < columns->n_rows; row++) {
        int32_t code = column->codes[row];
        numbers[row] = code >= 0 ? values[code] : behov_missing_number(behov_missing_of_code(code));
    }
    free(values);
    if (numbers) {
        free(column->codes);
        column->codes = NULL;
        column->numbers = numbers;
        column->role = CSV_NUMBER;
    }
    return BEHOV_OK;
}

/* Texts in a column of numbers whose marks may be between thousands: the user is asked, as of delimited text. */
static behov_status ask_about_marks(const typed_columns *columns, const csv_column *column, behov_error *err)
{
    bool is_late = column->thousands_mark && column->thousands_mark == column->either_mark;
    if (!is_late && !csv_column_asks(column))
        return BEHOV_OK;
    char where[BEHOV_PLACE_SIZE];
    text_source_where(columns->source, column->mark_line, column->name, where);
    return column->either_mark == ','
               ? behov_error_say(err, BEHOV_E_DATA, where, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_COMMA, column->shown_text)
               : behov_error_say(err, BEHOV_E_DATA, where, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_POINT, column->shown_text);
}

static behov_status settle(typed_columns *columns, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < columns->n && !status; j++) {
        csv_column *column = &columns->all[j];
        bool may_be_number = column->read_kind == BEHOV_READ_AS_FOUND || column->read_kind == BEHOV_READ_AS_KEY;
        if (column->role == CSV_TEXT && column->read_kind == BEHOV_READ_AS_CODE)
            status = csv_column_mend_codes(column, columns->n_rows, columns->source, columns->options->mending, err);
        else if (column->role == CSV_TEXT && may_be_number)
            status = turn_to_numbers(columns, column, err);
        else if (column->role == CSV_NUMBER)
            status = ask_about_marks(columns, column, err);
    }
    return status;
}

static behov_status add_column(typed_columns *columns, csv_column *column, behov_table *table, behov_error *err)
{
    behov_status status = csv_column_make_room(column, columns->n_rows, columns->source, err); /* the rest back */
    if (status || column->role == CSV_NAMELESS)
        return status;
    if (column->role == CSV_NUMBER) {
        status = behov_table_add_numbers(table, column->name, column->numbers, err);
        if (!status)
            column->numbers = NULL;
    } else if (column->role == CSV_TEXT) {
        status = behov_table_add_text(table, column->name, column->codes, column->levels, err);
        if (!status) {
            column->codes = NULL;
            column->levels = NULL;
        }
    } else {
        status = behov_table_add_unread(table, column->name, err);
    }
    return status;
}

behov_status typed_columns_finish(typed_columns *columns, behov_table **table, behov_error *err)
{
    const char *name = text_source_name(columns->source);
    if (columns->n_rows == 0 && !columns->options->may_be_empty)
        return behov_error_say(err, BEHOV_E_DATA, name, SAY_CSV_FILE_NO_ROWS);
    behov_status status = settle(columns, err);
    if (status)
        return status;
    const csv_notes no_notes = {0};
    csv_told_rest(&(csv_told){.options = columns->options,
                              .source = columns->source,
                              .columns = columns->all,
                              .n_columns = columns->n,
                              .notes = &no_notes});
    behov_table *new_table;
    status = behov_table_new(columns->n_rows, name, &new_table, err);
    if (status)
        return status;
    for (size_t j = 0; j < columns->n && !status; j++)
        status = add_column(columns, &columns->all[j], new_table, err);
    if (status) {
        behov_table_free(new_table);
        return status;
    }
    behov_table_set_lines(new_table, columns->lines);
    behov_table_count_rows(new_table);
    columns->lines = NULL;
    *table = new_table;
    return BEHOV_OK;
}
