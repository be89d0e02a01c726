/* write_statistics.c - see write_statistics.h. cli/read/statistics_file.h and this file alone include readstat.h.
 *
 * SPSS keeps every number as a double; Stata has whole numbers of its own, which take the place of doubles where all
 * values of a column are whole and none is -0. SPSS' compression knows no -0 either: .sav is written without. */
#include "write_statistics.h"

#include <behov/number.h>
#include <behov/table.h>
#include <float.h>
#include <math.h>
#include <readstat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "target.h"

enum {
    STATA_FORMAT = 118,
    STATA_LONGEST_STRING = 2045, /* longer ones are strL */
    LONGEST_TEXT = 32767,        /* of SPSS */
    STATA_LABEL_LETTERS = 80,    /* of a variable and of the file */
    SPSS_TITLE_BYTES = 64,
    SPSS_LABEL_BYTES = 255,
    SPSS_VALUE_LABEL_BYTES = 120,
    STATA_VALUE_LABEL_BYTES = 32000,
    SPSS_NOTE_BYTES = 80,
    LONGEST_LABEL = 340, /* 80 letters of four bytes, and an ellipsis */
    STATA_LEAST_WHOLE = -2147483647,
    STATA_GREATEST_WHOLE = 2147483620 /* above it stand the missing values */
};

static const double stata_greatest = 0x1.fffffffffffffp+1022; /* the same of doubles */
static const char ellipsis[] = "\u2026";

/* What a column is in the file. */
typedef struct statistics_variable {
    readstat_variable_t *handle;
    bool is_whole, is_long;
    size_t width;
    size_t
        first_text; /* of a long column: the number of its first row's text among ReadStat's; they follow each other */
} statistics_variable;

typedef struct statistics_writing {
    statistics_format format;
    const statistics_data *data;
    const char *path;
    progress *bar;
    readstat_writer_t *writer;
    statistics_variable *variables;
    FILE *out;
    readstat_error_t code; /* the first that ReadStat refused */
} statistics_writing;

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_STATISTICS_NO_MEMORY);
}

static void keep_code(statistics_writing *writing, readstat_error_t code)
{
    if (writing->code == READSTAT_OK)
        writing->code = code;
}

/* ---- before anything is written ---------------------------------------------------------------------------------- */

/* "panel.dta, row 12, column population" */
static behov_said cell_place(const statistics_writing *writing, size_t row, size_t column)
{
    return behov_phrase(SAY_STATISTICS_WHERE_CELL, writing->path, row + 1, writing->data->columns[column].name);
}

/* Whether the program would take a number for a missing one. */
static bool is_out_of_range(statistics_format format, double number)
{
    if (isinf(number))
        return true;
    return format == STATISTICS_DTA ? number > stata_greatest : number == DBL_MAX || number <= nextafter(-DBL_MAX, 0);
}

static bool is_whole(double number)
{
    return number >= STATA_LEAST_WHOLE && number <= STATA_GREATEST_WHOLE && number == floor(number) &&
           !(number == 0 && signbit(number));
}

static behov_status look_at_numbers(statistics_writing *writing, size_t j, behov_error *err)
{
    const statistics_column *column = &writing->data->columns[j];
    statistics_variable *variable = &writing->variables[j];
    variable->is_whole = true;
    for (size_t row = 0; row < writing->data->n_rows; row++) {
        double number = column->numbers[row];
        if (isnan(number))
            continue;
        variable->is_whole = variable->is_whole && is_whole(number);
        if (!is_out_of_range(writing->format, number))
            continue;
        char text[BEHOV_NUMBER_SIZE];
        behov_number_shortest(number, text);
        return behov_error_say(err, BEHOV_E_RANGE, cell_place(writing, row, j).text, SAY_STATISTICS_WRITE_RANGE, text);
    }
    return BEHOV_OK;
}

static behov_status look_at_texts(statistics_writing *writing, size_t j, behov_error *err)
{
    const statistics_column *column = &writing->data->columns[j];
    statistics_variable *variable = &writing->variables[j];
    variable->width = 1;
    for (size_t row = 0; row < writing->data->n_rows; row++) {
        size_t length = column->texts[row] ? strlen(column->texts[row]) : 0;
        if (length > LONGEST_TEXT)
            return behov_error_say(err, BEHOV_E_DATA, cell_place(writing, row, j).text, SAY_STATISTICS_WRITE_LONG,
                                   length, (int)LONGEST_TEXT);
        variable->width = length > variable->width ? length : variable->width;
    }
    variable->is_long = writing->format == STATISTICS_DTA && variable->width > STATA_LONGEST_STRING;
    return BEHOV_OK;
}

/* ---- labels ------------------------------------------------------------------------------------------------------ */

/* At most so many bytes, and so many letters, of a text; with an ellipsis when it is cut. */
static bool cut(const char *text, size_t most_bytes, size_t most_letters, char cut_text[LONGEST_LABEL])
{
    size_t length = strlen(text), n_letters = 0, n = 0, end = 0; /* end: the most with room for the ellipsis */
    for (; n < length && n_letters < most_letters; n_letters++) {
        size_t next = n + 1;
        while (((unsigned char)text[next] & 0xC0) == 0x80)
            next++;
        if (next > most_bytes)
            break;
        if (n_letters + 1 < most_letters && next + strlen(ellipsis) <= most_bytes)
            end = next;
        n = next;
    }
    bool is_cut = n < length;
    size_t kept = is_cut ? end : n;
    memcpy(cut_text, text, kept);
    strcpy(cut_text + kept, is_cut ? ellipsis : "");
    return is_cut;
}

/* A note of its own where a label was cut. */
static void add_note(statistics_writing *writing, const char *note)
{
    if (writing->format == STATISTICS_DTA) {
        readstat_add_note(writing->writer, note);
        return;
    }
    while (*note) { /* lines of 80 bytes, broken between words */
        char line[SPSS_NOTE_BYTES + 1];
        size_t length = strlen(note), n = length < SPSS_NOTE_BYTES ? length : SPSS_NOTE_BYTES;
        while (n && ((unsigned char)note[n] & 0xC0) == 0x80)
            n--;
        size_t blank = n;
        while (blank && note[blank] && note[blank] != ' ')
            blank--;
        n = blank ? blank : n;
        memcpy(line, note, n);
        line[n] = '\0';
        readstat_add_note(writing->writer, line);
        note += n;
        note += *note == ' ';
    }
}

static void note_whole_label(statistics_writing *writing, const char *name, const char *label)
{
    size_t size = strlen(name) + strlen(label) + 3;
    char *note = malloc(size);
    if (!note) {
        keep_code(writing, READSTAT_ERROR_MALLOC);
        return;
    }
    snprintf(note, size, "%s: %s", name, label);
    add_note(writing, note);
    free(note);
}

static void add_value_labels(statistics_writing *writing, const statistics_column *column,
                             readstat_variable_t *variable)
{
    if (!column->n_value_labels)
        return;
    readstat_label_set_t *set = readstat_add_label_set(writing->writer, READSTAT_TYPE_INT32, column->name);
    for (size_t i = 0; i < column->n_value_labels; i++) {
        char text[LONGEST_LABEL];
        size_t most = writing->format == STATISTICS_DTA ? LONGEST_LABEL - 5 : SPSS_VALUE_LABEL_BYTES;
        if (cut(column->value_labels[i].text, most, LONGEST_LABEL, text))
            note_whole_label(writing, text, column->value_labels[i].text);
        readstat_label_int32_value(set, column->value_labels[i].value, text);
    }
    readstat_variable_set_label_set(variable, set);
}

static void add_variable(statistics_writing *writing, size_t j)
{
    const statistics_column *column = &writing->data->columns[j];
    statistics_variable *variable = &writing->variables[j];
    bool is_stata = writing->format == STATISTICS_DTA;
    readstat_type_t type = !column->numbers ? (variable->is_long ? READSTAT_TYPE_STRING_REF : READSTAT_TYPE_STRING)
                           : variable->is_whole && is_stata ? READSTAT_TYPE_INT32
                                                            : READSTAT_TYPE_DOUBLE;
    variable->handle = readstat_add_variable(writing->writer, column->name, type, variable->width);
    if (column->numbers && !is_stata) /* how many digits SPSS shows; it keeps all */
        readstat_variable_set_format(variable->handle, variable->is_whole ? "F12.0" : "F12.4");
    if (column->label && column->label[0]) {
        char label[LONGEST_LABEL];
        bool is_cut = is_stata ? cut(column->label, LONGEST_LABEL - 5, STATA_LABEL_LETTERS, label)
                               : cut(column->label, SPSS_LABEL_BYTES, LONGEST_LABEL, label);
        readstat_variable_set_label(variable->handle, label);
        if (is_cut)
            note_whole_label(writing, column->name, column->label);
    }
    add_value_labels(writing, column, variable->handle);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void write_number(statistics_writing *writing, const statistics_variable *variable, double number)
{
    behov_missing mark = behov_missing_of_number(number);
    bool is_extended = writing->format == STATISTICS_DTA && mark >= BEHOV_MISSING_A && mark <= BEHOV_MISSING_Z;
    if (is_extended)
        keep_code(writing, readstat_insert_tagged_missing_value(writing->writer, variable->handle,
                                                                (char)('a' + (mark - BEHOV_MISSING_A))));
    else if (isnan(number))
        keep_code(writing, readstat_insert_missing_value(writing->writer, variable->handle));
    else if (writing->format == STATISTICS_DTA && variable->is_whole)
        keep_code(writing, readstat_insert_int32_value(writing->writer, variable->handle, (int32_t)number));
    else
        keep_code(writing, readstat_insert_double_value(writing->writer, variable->handle, number));
}

static void write_text(statistics_writing *writing, const statistics_variable *variable, size_t row, const char *text)
{
    if (variable->is_long)
        keep_code(writing, readstat_insert_string_ref(
                               writing->writer, variable->handle,
                               readstat_get_string_ref(writing->writer, (int)(variable->first_text + row))));
    else
        keep_code(writing, readstat_insert_string_value(writing->writer, variable->handle, text ? text : ""));
}

static void write_rows(statistics_writing *writing)
{
    const statistics_data *data = writing->data;
    for (size_t row = 0; row < data->n_rows && writing->code == READSTAT_OK; row++) {
        keep_code(writing, readstat_begin_row(writing->writer));
        for (size_t j = 0; j < data->n_columns && writing->code == READSTAT_OK; j++)
            if (data->columns[j].numbers)
                write_number(writing, &writing->variables[j], data->columns[j].numbers[row]);
            else
                write_text(writing, &writing->variables[j], row, data->columns[j].texts[row]);
        if (writing->code == READSTAT_OK)
            keep_code(writing, readstat_end_row(writing->writer));
        progress_set(writing->bar, (double)(row + 1) / (double)data->n_rows);
    }
}

/* Long texts stand in a section of their own, whose place Stata's file says before the rows. */
static void add_long_texts(statistics_writing *writing)
{
    size_t n = 0;
    for (size_t j = 0; j < writing->data->n_columns; j++) {
        const statistics_column *column = &writing->data->columns[j];
        writing->variables[j].first_text = n;
        for (size_t row = 0; writing->variables[j].is_long && row < writing->data->n_rows; row++, n++)
            if (!readstat_add_string_ref(writing->writer, column->texts[row] ? column->texts[row] : ""))
                keep_code(writing, READSTAT_ERROR_MALLOC);
    }
}

/* A full disk is found when the file is closed. */
static ssize_t write_bytes(const void *bytes, size_t n, void *context)
{
    statistics_writing *writing = context;
    fwrite(bytes, 1, n, writing->out);
    return (ssize_t)n;
}

static void begin(statistics_writing *writing)
{
    const statistics_data *data = writing->data;
    readstat_writer_t *writer = writing->writer;
    bool is_stata = writing->format == STATISTICS_DTA;
    char title[LONGEST_LABEL];
    readstat_set_data_writer(writer, write_bytes);
    readstat_writer_set_file_timestamp(writer, (time_t)data->made_at);
    for (size_t j = 0; j < data->n_columns; j++)
        add_variable(writing, j);
    add_long_texts(writing);
    bool is_cut = is_stata ? cut(data->title, LONGEST_LABEL - 5, STATA_LABEL_LETTERS, title)
                           : cut(data->title, SPSS_TITLE_BYTES, LONGEST_LABEL, title);
    keep_code(writing, readstat_writer_set_file_label(writer, title));
    if (is_cut)
        add_note(writing, data->title);
    for (size_t i = 0; i < data->n_notes; i++)
        add_note(writing, data->notes[i]);
    if (is_stata)
        keep_code(writing, readstat_writer_set_file_format_version(writer, STATA_FORMAT));
    else
        keep_code(writing,
                  readstat_writer_set_compression(writer, writing->format == STATISTICS_ZSAV ? READSTAT_COMPRESS_BINARY
                                                                                             : READSTAT_COMPRESS_NONE));
    if (writing->code == READSTAT_OK)
        keep_code(writing, is_stata ? readstat_begin_writing_dta(writer, writing, (long)data->n_rows)
                                    : readstat_begin_writing_sav(writer, writing, (long)data->n_rows));
}

static behov_status print(FILE *out, const void *context, behov_error *err)
{
    statistics_writing writing = *(const statistics_writing *)context;
    writing.out = out;
    writing.writer = readstat_writer_init();
    if (!writing.writer)
        return out_of_memory(writing.path, err);
    begin(&writing);
    write_rows(&writing);
    if (writing.code == READSTAT_OK)
        keep_code(&writing, readstat_end_writing(writing.writer));
    readstat_writer_free(writing.writer);
    if (writing.code == READSTAT_OK)
        return BEHOV_OK;
    bool is_name = writing.code == READSTAT_ERROR_NAME_BEGINS_WITH_ILLEGAL_CHARACTER ||
                   writing.code == READSTAT_ERROR_NAME_CONTAINS_ILLEGAL_CHARACTER ||
                   writing.code == READSTAT_ERROR_NAME_IS_RESERVED_WORD ||
                   writing.code == READSTAT_ERROR_NAME_IS_TOO_LONG ||
                   writing.code == READSTAT_ERROR_NAME_IS_ZERO_LENGTH;
    return writing.code == READSTAT_ERROR_MALLOC
               ? out_of_memory(writing.path, err)
               : behov_error_say(err, is_name ? BEHOV_E_NAME : BEHOV_E_DATA, writing.path, SAY_STATISTICS_NOT_WRITTEN,
                                 readstat_error_message(writing.code));
}

behov_status write_statistics(const char *path, statistics_format format, const statistics_data *data, progress *bar,
                              behov_error *err)
{
    statistics_writing writing = {.format = format, .data = data, .path = path, .bar = bar};
    writing.variables = calloc(data->n_columns + 1, sizeof *writing.variables);
    if (!writing.variables)
        return out_of_memory(path, err);
    behov_status status = BEHOV_OK;
    for (size_t j = 0; j < data->n_columns && !status; j++)
        status = data->columns[j].numbers ? look_at_numbers(&writing, j, err) : look_at_texts(&writing, j, err);
    if (!status)
        status = target_write(path, print, &writing, err);
    free(writing.variables);
    return status;
}
