/* read_csv.c - delimited text into a table, with libcsv.
 *
 * text_source.c gives the text as UTF-8, csv_layout.c finds the separator and the header, csv_column.c makes cells
 * into numbers and codes. Here: fields into rows, rows into the table, and what is reported.
 *
 * What libcsv 3.0.3 does and does not do, and is made up for here: rows may have any number of fields; blank lines are
 * not reported (with CSV_REPALL_NL every line end is, CR LF as two); line breaks inside quotes are not counted; a
 * callback cannot stop it; with CSV_STRICT a quote inside an unquoted field is an error, without it the text behind a
 * closing quote is joined to the field in silence. Spaces and tabs around unquoted fields, and outside the quotes of
 * quoted ones, are stripped in both modes. */
#include "read_csv.h"

#include <behov/number.h>
#include <behov/panel.h>
#include <csv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_column.h"
#include "csv_layout.h"
#include "csv_notes.h"
#include "csv_told.h"
#include "letters.h"
#include "text_source.h"

enum {
    STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL,
    LOOSE = CSV_REPALL_NL,
    LONGEST_FIELD = 16 * 1024 * 1024, /* an open quote must not swallow a file of many GB */
    ROWS_LOOKED_AT = 200              /* of columns that are not read, for their marks */
};

/* A quoted field with line breaks inside. Where a quote was left open by mistake, every line of the file would be a row
 * by itself: the first up to its end, those between, and the last with the fields behind the closing quote. */
typedef struct swallowed {
    size_t first_line, last_line; /* 0 = there is none */
    size_t n_last_fields;         /* that the last line has up to the closing quote */
    size_t field;                 /* from 0 */
    bool lines_are_rows;          /* the first line and those between */
} swallowed;

typedef struct csv_reader {
    const read_csv_options *options;
    text_source *source;
    csv_rules rules;
    marks_told marks_told;
    csv_layout layout;
    struct csv_parser parser;
    csv_column *columns;
    size_t n_columns, room;
    bool has_header, is_second_pass;
    uint32_t *lines;
    size_t row, capacity; /* rows so far and those with room */
    size_t n_rows;        /* of the first pass */
    /* the row at hand */
    size_t field;
    size_t line;          /* where it starts */
    size_t n_breaks;      /* line breaks inside its quotes so far */
    bool after_return;    /* the line before ended with CR: an LF now belongs to it */
    bool may_have_breaks; /* the block has quotes, so fields may have line breaks */
    bool is_row;          /* it is sure that it is a row of the table, and its cells are stored */
    bool is_after_blank;  /* the line before it was empty, or nothing but separators */
    csv_notes notes;      /* what may stand below the table: kept until a row of the table follows, or none */
    size_t text_bytes;    /* 0 while all fields are empty */
    size_t extra_bytes;   /* of fields past the header */
    size_t n_empty_rows;
    swallowed suspect; /* the quoted field of this row that may hold whole rows */
    swallowed broken;  /* the first quoted field of all that runs over lines with separators */
    size_t n_broken;
    behov_error unreadable; /* of the first cell that is no number: the reader goes on, to list the others */
    size_t n_unreadable;
    behov_said more_cells; /* those after the first, as far as they are listed */
    behov_status status;   /* the first failure: callbacks do nothing more */
    behov_error *err;
} csv_reader;

/* ---------------------------------------------------------------- messages */

static void fail_out_of_memory(csv_reader *reader)
{
    reader->status =
        behov_error_say(reader->err, BEHOV_E_MEMORY, text_source_name(reader->source), SAY_CSV_FILE_NO_MEMORY);
}

/* Sets the error of the row at hand, with its line and, when `column` is not NULL, its column. */
static void fail(csv_reader *reader, size_t line, const char *column, behov_word word, const char *format, ...)
    BEHOV_PRINTF(5, 6);

static void fail(csv_reader *reader, size_t line, const char *column, behov_word word, const char *format, ...)
{
    char where[BEHOV_PLACE_SIZE];
    text_source_where(reader->source, line, column, where);
    va_list arguments;
    va_start(arguments, format);
    reader->status = behov_error_say_list(reader->err, BEHOV_E_DATA, where, word, format, arguments);
    va_end(arguments);
}

/* ---------------------------------------------------------------- header */

/* A name from the header: no blanks of any width around it, no line breaks in it. NULL when memory is short. */
static char *name_of(const char *text, size_t length)
{
    for (size_t n; length && ((n = csv_blank_at(text, length)) > 0 || *text == '\r' || *text == '\n');) {
        n = n ? n : 1;
        text += n;
        length -= n;
    }
    for (size_t n;
         length && ((n = csv_blank_before(text, length)) > 0 || text[length - 1] == '\r' || text[length - 1] == '\n');)
        length -= n ? n : 1;
    char *name = malloc(length + 1);
    if (!name)
        return NULL;
    for (size_t i = 0; i < length; i++)
        name[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
    name[length] = '\0';
    return name;
}

static void take_name(csv_reader *reader, const char *text, size_t length)
{
    if (reader->n_columns == reader->room) {
        size_t room = reader->room ? 2 * reader->room : 32;
        csv_column *columns =
            room <= SIZE_MAX / sizeof *columns ? realloc(reader->columns, room * sizeof *columns) : NULL;
        if (!columns) {
            fail_out_of_memory(reader);
            return;
        }
        reader->columns = columns;
        reader->room = room;
    }
    csv_column *column = &reader->columns[reader->n_columns];
    *column = (csv_column){.name = name_of(text, length)};
    if (!column->name)
        fail_out_of_memory(reader);
    else
        reader->n_columns++;
}

static void forget_names(csv_reader *reader)
{
    for (size_t j = 0; j < reader->n_columns; j++)
        csv_column_clear(&reader->columns[j]);
    reader->n_columns = 0;
}

/* Every name once. A dictionary finds the second one, so that a header of many thousand columns takes no time. */
static void refuse_duplicates(csv_reader *reader)
{
    behov_dictionary *names = NULL;
    size_t *first = malloc(reader->n_columns * sizeof *first); /* code -> column */
    if (!first) {
        fail_out_of_memory(reader);
        return;
    }
    reader->status = behov_dictionary_new(&names, reader->err);
    for (size_t j = 0; reader->status == BEHOV_OK && j < reader->n_columns; j++) {
        const char *name = reader->columns[j].name;
        if (!name[0])
            continue;
        size_t n_before = behov_dictionary_count(names);
        int32_t code;
        reader->status = behov_dictionary_intern(names, name, strlen(name), &code, reader->err);
        if (reader->status != BEHOV_OK)
            break;
        if (behov_dictionary_count(names) == n_before)
            fail(reader, reader->line, NULL, SAY_CSV_FILE_NAME_TWICE, first[code] + 1, j + 1, behov_cut(name, 80).text);
        else
            first[code] = j;
    }
    behov_dictionary_free(names);
    free(first);
}

static void end_header(csv_reader *reader)
{
    refuse_duplicates(reader);
    for (size_t j = 0; reader->status == BEHOV_OK && j < reader->n_columns; j++) {
        csv_column *column = &reader->columns[j];
        if (!column->name[0]) {
            column->role = CSV_NAMELESS;
            continue;
        }
        column->read_kind = reader->options->choose ? reader->options->choose(reader->options->context, column->name)
                                                    : BEHOV_READ_AS_FOUND;
        if (column->read_kind != BEHOV_READ_NOT)
            reader->status = csv_column_start(
                column,
                column->read_kind == BEHOV_READ_AS_TEXT || column->read_kind == BEHOV_READ_AS_CODE ? CSV_TEXT
                                                                                                   : CSV_NUMBER,
                reader->capacity, &reader->rules, reader->err);
    }
    size_t first = 0;
    while (first < reader->n_columns && !reader->columns[first].name[0])
        first++;
    reader->notes.column = first;
    for (size_t j = first; j < reader->n_columns; j++)
        reader->notes.n_columns += reader->columns[j].name[0] != '\0';
    reader->has_header = true;
}

/* ---------------------------------------------------------------- rows */

/* Says in the error at hand which municipality it is about, where its code stands before the cell. */
static void add_municipality(const csv_reader *reader, size_t n_columns)
{
    enum { LONGEST_CODE = 20 };
    behov_error *err = reader->err;
    for (size_t j = 0; err && j < n_columns; j++) {
        const csv_column *column = &reader->columns[j];
        if (column->read_kind != BEHOV_READ_AS_CODE || !column->codes || column->codes[reader->row] < 0)
            continue;
        char place[BEHOV_PLACE_SIZE], shown_text[64];
        const char *code = behov_dictionary_text(column->levels, column->codes[reader->row]);
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
static void keep_unreadable(csv_reader *reader, csv_column *column, const char *text, size_t length)
{
    char shown_text[64];
    size_t n = reader->n_unreadable++;
    reader->status = BEHOV_OK;
    column->numbers[reader->row] = behov_missing_number(BEHOV_MISSING_EMPTY);
    if (n == 0 && reader->err)
        reader->unreadable = *reader->err;
    if (n == 0 || n > CSV_TOLD_CELLS)
        return;
    behov_letters_show_cell(text, length, shown_text);
    behov_said list = reader->more_cells,
               cell = behov_phrase(SAY_CSV_UNREADABLE_CELL, reader->line, behov_cut(column->name, 40).text, shown_text);
    behov_phrase_list(&reader->more_cells, list.text, n > 1 ? "; " : "", cell.text, NULL);
}

/* The first cell that is no number becomes the error, unless memory or the file itself failed. */
static void fail_unreadable(csv_reader *reader, const csv_told *csv_told)
{
    bool is_failed = reader->status == BEHOV_E_MEMORY || reader->status == BEHOV_E_FILE;
    if (!reader->n_unreadable || is_failed)
        return;
    csv_told_unreadable(csv_told, reader->n_unreadable - 1, reader->more_cells.text);
    reader->status = reader->unreadable.code ? reader->unreadable.code : BEHOV_E_TYPE;
    if (reader->err)
        *reader->err = reader->unreadable;
}

static void take_field_in_full(csv_reader *reader, size_t j, const char *text, size_t length)
{
    if (!reader->has_header) {
        if (!reader->is_second_pass)
            take_name(reader, text, length);
        return;
    }
    if (j >= reader->n_columns) {
        reader->extra_bytes += length;
        return;
    }
    csv_column *column = &reader->columns[j];
    if (column->role == CSV_NAMELESS) { /* no term can name it: passed over, and reported with the first of its cells */
        if (length && !column->first_line) {
            behov_letters_show_cell(text, length, column->first_shown);
            column->first_line = reader->line;
        }
        return;
    }
    reader->status =
        csv_column_take(column, &reader->rules, text, length, reader->row, reader->capacity, reader->line, reader->err);
    if (reader->status == BEHOV_E_TYPE || reader->status == BEHOV_E_RANGE)
        add_municipality(reader, j);
    if (reader->status == BEHOV_E_TYPE && column->role == CSV_NUMBER && column->numbers)
        keep_unreadable(reader, column, text, length);
}

/* CR LF is one break, so an LF counts unless it follows a CR. */
static size_t count_breaks(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
    return n;
}

/* The fields that a line would be cut into. A separator before a blank is prose: "Oslo, Norway". */
static size_t count_fields(const char *cursor, const char *end, char separator)
{
    size_t n = 1;
    for (; cursor < end; cursor++)
        n += *cursor == separator && (cursor + 1 == end || cursor[1] != ' ');
    return n;
}

/* Field j of the row at hand runs over several lines: notes what each of them would be without the quotes. */
static void look_for_rows(csv_reader *reader, size_t j, const char *text, size_t length, size_t n_breaks)
{
    char separator = reader->layout.separator;
    size_t first_line = reader->line + reader->n_breaks, previous_index = j;
    swallowed swallowed = {
        .first_line = first_line, .last_line = first_line + n_breaks, .field = j, .lines_are_rows = true};
    bool has_separator = false;
    for (const char *cursor = text, *end = text + length;;) {
        const char *stop = cursor;
        while (stop < end && *stop != '\r' && *stop != '\n')
            stop++;
        size_t n_fields = previous_index + count_fields(cursor, stop, separator);
        has_separator |= memchr(cursor, separator, (size_t)(stop - cursor)) != NULL;
        swallowed.n_last_fields = n_fields;
        if (stop == end)
            break;
        swallowed.lines_are_rows = swallowed.lines_are_rows && n_fields == reader->n_columns;
        cursor = stop + 1 + (*stop == '\r' && stop + 1 < end && stop[1] == '\n');
        previous_index = 0;
    }
    if (swallowed.lines_are_rows && reader->n_columns > 2)
        reader->suspect = swallowed;
    if (has_separator && !reader->is_second_pass && reader->n_broken++ == 0)
        reader->broken = swallowed;
}

/* A figure of a column that is not read says as much about points and commas as one that is. */
static void print_notes_of_skipped(csv_reader *reader, const char *text, size_t length)
{
    double value;
    char plain[BEHOV_NUMBER_SIZE];
    number_marks marks = number_marks_of(text, length);
    if ((marks.kind == MARKS_DECIMAL || marks.kind == MARKS_THOUSANDS) &&
        number_marks_strip(text, length, marks.thousands ? marks.thousands : '\1', plain) &&
        behov_number_parse(plain, strlen(plain), marks.decimal ? marks.decimal : '.', &value) == BEHOV_NUMBER_OK)
        marks_told_add(&reader->marks_told, marks);
}

static inline void take_cell(csv_reader *reader, size_t j, const char *text, size_t length)
{
    if (reader->has_header && j < reader->n_columns) {
        csv_column *column = &reader->columns[j];
        if (column->role == CSV_SKIPPED) { /* what it tells about the marks of others */
            if (reader->row < ROWS_LOOKED_AT && !reader->is_second_pass)
                print_notes_of_skipped(reader, text, length);
            return;
        }
        if (column->is_settled && column->role == CSV_NUMBER && length &&
            (column->read_kind == BEHOV_READ_AS_NUMBER || csv_is_plain_number(text, length, column->decimal_mark)) &&
            behov_number_parse(text, length, column->decimal_mark, &column->numbers[reader->row]) == BEHOV_NUMBER_OK) {
            column->n_numbers++;
            return;
        }
    }
    take_field_in_full(reader, j, text, length);
}

static void begin_row(csv_reader *reader, size_t n_fields);

/* The cell may be the first of a note below the table, or empty beside one: it waits for what follows. */
static bool may_be_of_note(csv_reader *reader, size_t j, const char *text, size_t length)
{
    csv_notes *notes = &reader->notes;
    if (j == notes->column && notes->n_columns > 1 && csv_notes_may_be(text, length))
        return csv_notes_hold(notes, text, length);
    for (size_t n; length && (n = csv_blank_at(text, length)) > 0;) {
        text += n;
        length -= n;
    }
    return length == 0 && notes->held_length;
}

static void take_field(void *bytes, size_t length, void *context)
{
    csv_reader *reader = context;
    const char *text = bytes;
    if (reader->status != BEHOV_OK)
        return;
    size_t j = reader->field++;
    reader->text_bytes |= length;
    if (reader->may_have_breaks) {
        size_t n_breaks = count_breaks(text, length);
        if (n_breaks && reader->has_header)
            look_for_rows(reader, j, text, length, n_breaks);
        reader->n_breaks += n_breaks;
    }
    if (reader->has_header && !reader->is_row) {
        if (length == 0 || may_be_of_note(reader, j, text, length))
            return;
        begin_row(reader, j);
        if (reader->status != BEHOV_OK)
            return;
    }
    take_cell(reader, j, text, length);
}

/* More or fewer fields than the header is an error, but for separators at the line's end. */
static bool has_right_width(csv_reader *reader)
{
    size_t n_named = reader->n_columns;
    while (n_named && !reader->columns[n_named - 1].name[0])
        n_named--;
    if (reader->field >= n_named && reader->extra_bytes == 0)
        return true;
    const char *advice = PHRASE_CSV_FILE_ADVICE_QUOTES;
    if (reader->field == 1 && n_named > 2)
        advice = PHRASE_CSV_FILE_ADVICE_NOTES;
    else if (reader->field < n_named)
        advice =
            n_named - reader->field == 1 ? PHRASE_CSV_FILE_ADVICE_MISSING_ONE : PHRASE_CSV_FILE_ADVICE_MISSING_MANY;
    if (reader->field == 1)
        fail(reader, reader->line, NULL, SAY_CSV_FILE_WIDTH_ONE, reader->field, n_named,
             csv_separator_word(reader->layout.separator), advice);
    else
        fail(reader, reader->line, NULL, SAY_CSV_FILE_WIDTH_MANY, reader->field, n_named,
             csv_separator_word(reader->layout.separator), advice);
    return false;
}

static void make_room(csv_reader *reader)
{
    if (reader->is_second_pass) {
        fail(reader, reader->line, NULL, SAY_CSV_FILE_GROWN);
        return;
    }
    size_t capacity = reader->capacity + reader->capacity / 2 + 64;
    if (reader->row >= UINT32_MAX - 1 || capacity > SIZE_MAX / sizeof(double)) {
        fail(reader, reader->line, NULL, SAY_CSV_FILE_TOO_MANY_ROWS);
        return;
    }
    for (size_t j = 0; j < reader->n_columns; j++)
        if (reader->columns[j].role == CSV_NUMBER || reader->columns[j].role == CSV_TEXT) {
            reader->status = csv_column_make_room(&reader->columns[j], capacity, reader->source, reader->err);
            if (reader->status != BEHOV_OK)
                return;
        }
    uint32_t *lines = realloc(reader->lines, capacity * sizeof *lines);
    if (!lines) {
        fail_out_of_memory(reader);
        return;
    }
    reader->lines = lines;
    reader->capacity = capacity;
}

/* Whether an open quote has made one row of several: then each line is a row of the header's width by itself. */
static bool has_swallowed_rows(csv_reader *reader)
{
    const swallowed *swallowed = &reader->suspect;
    if (!swallowed->first_line || swallowed->n_last_fields + reader->field - swallowed->field - 1 != reader->n_columns)
        return false;
    const char *name = reader->columns[swallowed->field].name;
    fail(reader, swallowed->first_line, name[0] ? name : NULL, SAY_CSV_FILE_QUOTE_SWALLOWS, swallowed->last_line);
    return true;
}

/* The row at hand has all its cells. */
static void add_row(csv_reader *reader)
{
    if (has_swallowed_rows(reader) || !has_right_width(reader))
        return;
    if (!reader->is_second_pass)
        reader->lines[reader->row] = (uint32_t)reader->line;
    reader->row++;
    /* Room is made before the next row begins, so that storing a cell need not look. */
    if (reader->row == reader->capacity)
        make_room(reader);
}

/* A row of which nothing is known but the text of its first cell. */
static void take_cells(csv_reader *reader, size_t n_fields, const char *text, size_t length)
{
    for (size_t j = 0; reader->status == BEHOV_OK && j < n_fields; j++)
        take_cell(reader, j, j == reader->notes.column ? text : "", j == reader->notes.column ? length : 0);
}

/* A row of the table follows: what was taken for notes are rows of it. */
static void add_kept_rows(csv_reader *reader)
{
    size_t line = reader->line, field = reader->field, extra_bytes = reader->extra_bytes;
    swallowed suspect = reader->suspect;
    reader->suspect.first_line = 0;
    for (size_t i = 0; reader->status == BEHOV_OK && i < reader->notes.n_notes; i++) {
        csv_note note = reader->notes.notes[i];
        reader->line = note.line;
        reader->field = note.n_fields;
        reader->extra_bytes = 0;
        take_cells(reader, note.n_fields, reader->notes.texts + note.first, note.length);
        if (reader->status == BEHOV_OK)
            add_row(reader);
    }
    if (reader->status != BEHOV_OK)
        return;
    reader->line = line;
    reader->field = field;
    reader->extra_bytes = extra_bytes;
    reader->suspect = suspect;
}

/* The row at hand is one of the table: its first `n_fields` cells, which are empty or held, are stored. */
static void begin_row(csv_reader *reader, size_t n_fields)
{
    csv_notes *notes = &reader->notes;
    reader->is_row = true;
    if (notes->n_notes)
        add_kept_rows(reader);
    take_cells(reader, n_fields, notes->held_length ? csv_notes_held(notes) : "", notes->held_length);
    csv_notes_forget(notes);
}

static void end_table_row(csv_reader *reader)
{
    static char nothing[1] = "";
    while (reader->options->may_be_short && reader->text_bytes && reader->field < reader->n_columns)
        take_field(nothing, 0, reader);
    if (reader->status != BEHOV_OK)
        return;
    if (!reader->is_row) {
        if (reader->notes.held_length && !reader->suspect.first_line &&
            csv_notes_keep(&reader->notes, reader->line, reader->field, reader->is_after_blank))
            return;
        begin_row(reader, reader->field);
        if (reader->status != BEHOV_OK)
            return;
    }
    add_row(reader);
}

static void end_row(int terminator, void *context)
{
    csv_reader *reader = context;
    if (reader->status != BEHOV_OK)
        return;
    if (reader->field == 0) { /* a blank line, or the second half of CR LF */
        bool is_line = !(terminator == '\n' && reader->after_return);
        reader->line += is_line;
        reader->is_after_blank |= is_line;
        reader->after_return = terminator == '\r';
        return;
    }
    if (!reader->has_header) {
        if (reader->is_second_pass)
            reader->has_header = reader->text_bytes != 0;
        else if (reader->text_bytes)
            end_header(reader);
        else
            forget_names(reader); /* a line of separators only, as spreadsheets leave above a table */
    } else if (reader->text_bytes || reader->n_columns == 1)
        end_table_row(reader);
    else if (!reader->is_second_pass)
        reader->n_empty_rows++;
    reader->is_row = false;
    reader->is_after_blank = reader->text_bytes == 0;
    reader->line += 1 + reader->n_breaks;
    reader->after_return = terminator == '\r';
    reader->n_breaks = reader->field = reader->text_bytes = reader->extra_bytes = 0;
    reader->suspect.first_line = 0;
}

/* ---------------------------------------------------------------- feeding libcsv */

/* The name of the column that the parser stands in, NULL before the header's end and past it. */
static const char *name_at(const csv_reader *reader)
{
    return reader->has_header && reader->field < reader->n_columns && reader->columns[reader->field].name[0]
               ? reader->columns[reader->field].name
               : NULL;
}

/* Text behind a closing quote: either a quote is not doubled, or an earlier one was never closed. */
static void fail_at_quote(csv_reader *reader)
{
    size_t opened = reader->line + reader->n_breaks;
    size_t here = opened + count_breaks((const char *)reader->parser.entry_buf, reader->parser.entry_pos);
    if (here == opened)
        fail(reader, here, name_at(reader), SAY_CSV_FILE_QUOTE_NOT_DOUBLED);
    else
        fail(reader, here, name_at(reader), SAY_CSV_FILE_TEXT_BEHIND_QUOTE, opened);
}

static void feed(csv_reader *reader, const char *text, size_t length)
{
    struct csv_parser *parser = &reader->parser;
    reader->may_have_breaks = parser->quoted || memchr(text, '"', length) != NULL;
    while (length && reader->status == BEHOV_OK) {
        size_t n_done = csv_parse(parser, text, length, take_field, end_row, reader);
        text += n_done;
        length -= n_done;
        if (reader->status != BEHOV_OK || length == 0)
            break;
        if (csv_error(parser) != CSV_EPARSE)
            fail_out_of_memory(reader);
        else if (parser->quoted)
            fail_at_quote(reader);
        else { /* a quote in the middle of an unquoted field is text: 5" pipe */
            csv_set_opts(parser, LOOSE);
            csv_parse(parser, text, 1, take_field, end_row, reader);
            csv_set_opts(parser, STRICT);
            parser->status = CSV_SUCCESS;
            text++;
            length--;
        }
    }
    if (reader->status == BEHOV_OK && parser->entry_pos > LONGEST_FIELD)
        fail(reader, reader->line + reader->n_breaks, name_at(reader), SAY_CSV_FILE_FIELD_TOO_LONG);
}

static void finish_parsing(csv_reader *reader)
{
    if (reader->status != BEHOV_OK)
        return;
    if (csv_fini(&reader->parser, take_field, end_row, reader) != 0)
        fail(reader, reader->line + reader->n_breaks, name_at(reader), SAY_CSV_FILE_QUOTE_OPEN);
}

/* Rows to expect, from the bytes of a line in the first block: arrays that need not move are cheaper. */
static size_t expected_rows(const text_source *source, const char *text, size_t length)
{
    size_t n_lines = 1;
    for (const char *cursor = text; (cursor = memchr(cursor, '\n', (size_t)(text + length - cursor))) != NULL; cursor++)
        n_lines++;
    double rows = (double)text_source_n_bytes(source) / (double)length * (double)n_lines * 1.02 + 64;
    return rows < 4e9 ? (size_t)rows : (size_t)4e9;
}

static void start_pass(csv_reader *reader)
{
    csv_init(&reader->parser, STRICT);
    csv_set_blk_size(&reader->parser, 65536);
    reader->row = reader->field = reader->n_breaks = reader->text_bytes = reader->extra_bytes = 0;
    reader->after_return = reader->is_row = reader->is_after_blank = false;
    csv_notes_forget(&reader->notes);
}

static void look_at_first_block(csv_reader *reader, const char *text, size_t length)
{
    bool is_whole = text_source_n_bytes(reader->source) <= 128 * 1024; /* blocks are longer than that */
    reader->layout = csv_layout_find(text, length, is_whole, reader->options->separator);
    reader->capacity = expected_rows(reader->source, text, length);
    reader->lines = malloc(reader->capacity * sizeof *reader->lines);
    if (!reader->lines)
        fail_out_of_memory(reader);
    csv_told_layout(&(csv_told){.options = reader->options, .source = reader->source, .layout = &reader->layout});
}

static void read_pass(csv_reader *reader)
{
    bool is_first_block = true;
    while (reader->status == BEHOV_OK) {
        const char *text;
        size_t length;
        reader->status = text_source_next(reader->source, &text, &length, reader->err);
        if (reader->status != BEHOV_OK || length == 0)
            break;
        if (is_first_block) {
            is_first_block = false;
            if (!reader->is_second_pass)
                look_at_first_block(reader, text, length);
            csv_set_delim(&reader->parser, (unsigned char)reader->layout.separator);
            reader->line = reader->layout.header_line;
            text += reader->layout.header_offset;
            length -= reader->layout.header_offset;
        }
        if (reader->status == BEHOV_OK)
            feed(reader, text, length);
    }
    finish_parsing(reader);
    csv_free(&reader->parser);
}

/* ---------------------------------------------------------------- the table */

/* In a file whose fields are separated by commas a point is the decimal mark of those who write such files, and three
 * decimals are common there; but inhabitants have no decimals. */
static bool separator_tells(const csv_reader *reader, const csv_column *column)
{
    const marks_told *marks_told = &reader->marks_told;
    size_t n_told =
        marks_told->n_decimal[0] + marks_told->n_decimal[1] + marks_told->n_thousands[0] + marks_told->n_thousands[1];
    return reader->layout.separator == ',' && column->decimal_mark == '.' && n_told == 0 &&
           behov_role_of_name(column->name) != BEHOV_ROLE_POPULATION;
}

/* Columns in which every mark stands before three digits: what the others tell decides, and where they tell nothing, or
 * both, the user is asked, for 8.173 inhabitants are no 8173. */
static void settle_marks(csv_reader *reader)
{
    for (size_t j = 0; reader->status == BEHOV_OK && j < reader->n_columns; j++) {
        csv_column *column = &reader->columns[j];
        if (column->role == CSV_NUMBER && column->thousands_mark && column->thousands_mark == column->either_mark)
            column->has_late_thousands = true; /* the first of them had been read as decimals */
        if (!csv_column_asks(column))
            continue;
        char mark = column->decimal_mark;
        int told_number = marks_told_of(&reader->marks_told, mark);
        if (told_number == 0 && separator_tells(reader, column))
            continue;
        if (told_number == 0) {
            if (mark == ',')
                fail(reader, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_COMMA,
                     column->shown_text);
            else
                fail(reader, column->mark_line, column->name, SAY_CSV_FILE_THOUSAND_OR_DECIMAL_POINT,
                     column->shown_text);
        } else if (told_number > 0) {
            column->thousands_mark = mark;
            column->decimal_mark = 0;
            column->has_late_thousands = true;
        }
    }
}

/* The second time, only columns that turned out to be text below numbers, or to have marks between thousands. */
static void read_late_columns(csv_reader *reader)
{
    bool is_needed = false;
    for (size_t j = 0; j < reader->n_columns; j++)
        is_needed |= reader->columns[j].must_be_read_again || reader->columns[j].has_late_thousands;
    if (!is_needed || reader->status != BEHOV_OK)
        return;
    reader->is_second_pass = true;
    reader->capacity = reader->n_rows + 1; /* make_room is not wanted: the columns of the first pass stay */
    for (size_t j = 0; reader->status == BEHOV_OK && j < reader->n_columns; j++) {
        csv_column *column = &reader->columns[j];
        column->role = CSV_SKIPPED;
        if (column->must_be_read_again)
            reader->status = csv_column_start(column, CSV_TEXT, reader->capacity, &reader->rules, reader->err);
        else if (column->has_late_thousands) {
            char decimal_mark = column->decimal_mark;
            reader->status = csv_column_start(column, CSV_NUMBER, reader->capacity, &reader->rules, reader->err);
            column->decimal_mark = decimal_mark;
            column->may_be_thousands = false;
            column->is_settled = false;
        }
    }
    if (reader->status == BEHOV_OK)
        reader->status = text_source_rewind(reader->source, reader->err);
    if (reader->status != BEHOV_OK)
        return;
    start_pass(reader);
    reader->has_header = false;
    read_pass(reader);
    fail_unreadable(reader, &(csv_told){.options = reader->options, .source = reader->source});
    if (reader->status == BEHOV_OK && reader->row != reader->n_rows)
        fail(reader, reader->line, NULL, SAY_CSV_FILE_CHANGED);
}

static bool is_in_table(const csv_column *column)
{
    return column->role == CSV_NUMBER || column->role == CSV_TEXT || column->numbers || column->codes;
}

static behov_status make_table(csv_reader *reader, behov_table **table)
{
    size_t n_rows = reader->n_rows;
    behov_table *new_table;
    behov_status status = behov_table_new(n_rows, text_source_name(reader->source), &new_table, reader->err);
    if (status != BEHOV_OK)
        return status;
    for (size_t j = 0; status == BEHOV_OK && j < reader->n_columns; j++) {
        csv_column *column = &reader->columns[j];
        if (!is_in_table(column)) {
            if (column->name[0])
                status = behov_table_add_unread(new_table, column->name, reader->err);
            continue;
        }
        column->role = column->numbers ? CSV_NUMBER : CSV_TEXT;
        status = csv_column_make_room(column, n_rows, reader->source, reader->err); /* gives back what is too much */
        if (status != BEHOV_OK)
            break;
        if (column->numbers) {
            status = behov_table_add_numbers(new_table, column->name, column->numbers, reader->err);
            if (status == BEHOV_OK)
                column->numbers = NULL;
        } else {
            status = behov_table_add_text(new_table, column->name, column->codes, column->levels, reader->err);
            if (status == BEHOV_OK) {
                column->codes = NULL;
                column->levels = NULL;
            }
        }
    }
    if (status != BEHOV_OK) {
        behov_table_free(new_table);
        return status;
    }
    uint32_t *lines = realloc(reader->lines, n_rows * sizeof *lines);
    behov_table_set_lines(new_table, lines ? lines : reader->lines);
    reader->lines = NULL;
    *table = new_table;
    return BEHOV_OK;
}

/* ---------------------------------------------------------------- the whole */

static behov_status read_source(csv_reader *reader, behov_table **table)
{
    start_pass(reader);
    read_pass(reader);
    reader->n_rows = reader->row;
    fail_unreadable(reader, &(csv_told){.options = reader->options, .source = reader->source});
    const char *name = text_source_name(reader->source);
    if (reader->status == BEHOV_OK && !reader->has_header)
        return behov_error_say(reader->err, BEHOV_E_DATA, name, SAY_CSV_FILE_NO_TEXT);
    if (reader->status == BEHOV_OK && reader->n_rows == 0)
        return behov_error_say(reader->err, BEHOV_E_DATA, name, SAY_CSV_FILE_NO_ROWS);
    if (reader->status == BEHOV_OK)
        settle_marks(reader);
    const csv_told csv_told = {.options = reader->options,
                               .source = reader->source,
                               .layout = &reader->layout,
                               .columns = reader->columns,
                               .n_columns = reader->n_columns,
                               .notes = &reader->notes,
                               .n_broken = reader->n_broken,
                               .first_broken_line = reader->broken.first_line,
                               .last_broken_line = reader->broken.last_line,
                               .n_empty_rows = reader->n_empty_rows};
    if (reader->status == BEHOV_OK) /* before the second pass, which forgets the roles */
        csv_told_guesses(&csv_told);
    read_late_columns(reader);
    for (size_t j = 0; reader->status == BEHOV_OK && j < reader->n_columns; j++)
        if (reader->columns[j].read_kind == BEHOV_READ_AS_CODE && reader->columns[j].codes)
            reader->status = csv_column_mend_codes(&reader->columns[j], reader->n_rows, reader->source,
                                                   reader->options->mending, reader->err);
        else if (reader->columns[j].loses_digits && reader->columns[j].codes)
            reader->status = csv_column_print_notes_equals(&reader->columns[j], reader->source, reader->err);
    if (reader->status != BEHOV_OK)
        return reader->status;
    csv_told_rest(&csv_told);
    return make_table(reader, table);
}

behov_status read_csv(text_source *source, const read_csv_options *options, behov_table **table, behov_error *err)
{
    static const read_csv_options plain;
    options = options ? options : &plain;
    if (options->separator && !strchr(",;\t", options->separator))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CSV_FILE_SEPARATOR);
    if (options->decimal_mark && !strchr(".,", options->decimal_mark))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CSV_FILE_DECIMAL_MARK);
    csv_reader reader = {.options = options, .source = source, .err = err};
    behov_status status = text_source_start_text(source, options->encoding, err);
    if (status != BEHOV_OK)
        return status;
    reader.rules = (csv_rules){.source = reader.source,
                               .decimal_mark = options->decimal_mark,
                               .missing_text = options->missing_text,
                               .n_missing = options->n_missing,
                               .marks_told = &reader.marks_told};
    status = read_source(&reader, table);
    for (size_t j = 0; j < reader.n_columns; j++)
        csv_column_clear(&reader.columns[j]);
    free(reader.columns);
    free(reader.lines);
    csv_notes_clear(&reader.notes);
    return status;
}
