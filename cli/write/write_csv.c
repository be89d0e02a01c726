/* write_csv.c - rows as text, formatted by several threads and written in order.
 *
 * A round gives every thread a run of rows and a buffer of its own; the buffers are written one after the other, so the
 * number of threads changes no byte. */
#include "write_csv.h"

#include <behov/number.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "system.h"
#include "target.h"

enum { ROWS_A_RUN = 8192, THREADS_MAX = 4 };

/* A text of a dictionary, looked at once instead of in every row. */
typedef struct known_text {
    const char *text;
    size_t length;
    bool is_plain; /* needs no quotes, and no apostrophe */
} known_text;

typedef struct csv_column {
    behov_report_storage storage;
    known_text *known_text; /* by code, where the column has codes */
} csv_column;

/* Rows first .. end - 1 as text. */
typedef struct run {
    write_csv_style style;
    const csv_column *columns;
    size_t n_columns;
    size_t first, end;
    char *text;
    size_t length, room;
    bool out_of_memory;
} run;

static inline bool make_room(run *run, size_t length)
{
    if (length <= run->room - run->length)
        return true;
    size_t room = 2 * run->room + length + 65536;
    char *text = realloc(run->text, room);
    if (!text) {
        run->out_of_memory = true;
        return false;
    }
    run->text = text;
    run->room = room;
    return true;
}

static inline void put(run *out, const char *text, size_t length)
{
    if (!make_room(out, length))
        return;
    memcpy(out->text + out->length, text, length);
    out->length += length;
}

static bool is_plain(write_csv_style style, const char *text, size_t length)
{
    bool is_nb = style == WRITE_CSV_EXCEL_NB;
    return strcspn(text, is_nb ? ";\"\r\n" : ",\"\r\n") == length &&
           !(length && (text[0] == ' ' || text[length - 1] == ' ')) &&
           !(is_nb && behov_letters_is_formula(text, length));
}

static void put_quoted(run *out, const char *text)
{
    put(out, "\"", 1);
    /* a quoted cell is a formula to a spreadsheet all the same; one with an apostrophe is none */
    put(out, "'", out->style == WRITE_CSV_EXCEL_NB && behov_letters_is_formula(text, strlen(text)));
    for (const char *c = text; *c; c++)
        put(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    put(out, "\"", 1);
}

static void put_text(run *out, const char *text)
{
    size_t length = strlen(text);
    if (is_plain(out->style, text, length))
        put(out, text, length);
    else
        put_quoted(out, text);
}

static void put_separator(run *out)
{
    put(out, out->style == WRITE_CSV_EXCEL_NB ? ";" : ",", 1);
}

static void put_number(run *out, double value)
{
    if (isnan(value) || !make_room(out, BEHOV_NUMBER_SIZE))
        return;
    char *text = out->text + out->length;
    size_t length = behov_number_shortest(value, text);
    char *mark = out->style == WRITE_CSV_EXCEL_NB ? memchr(text, '.', length) : NULL;
    if (mark)
        *mark = ',';
    out->length += length;
}

static void put_cell(run *out, const csv_column *column, size_t stored_index)
{
    const behov_report_storage *storage = &column->storage;
    if (storage->texts && storage->texts[stored_index]) {
        put_text(out, storage->texts[stored_index]);
    } else if (storage->numbers) {
        put_number(out, storage->numbers[stored_index]);
    } else if (storage->codes && storage->codes[stored_index] >= 0) {
        const known_text *known_text = &column->known_text[storage->codes[stored_index]];
        if (known_text->is_plain)
            put(out, known_text->text, known_text->length);
        else
            put_quoted(out, known_text->text);
    }
}

static void format_run(void *context, size_t index)
{
    run *runs = context, *run = &runs[index];
    const uint32_t *rows = run->n_columns ? run->columns[0].storage.rows : NULL;
    run->length = 0;
    for (size_t i = run->first; i < run->end && !run->out_of_memory; i++) {
        size_t stored_index = rows ? rows[i] : i;
        for (size_t j = 0; j < run->n_columns; j++) {
            if (j)
                put_separator(run);
            put_cell(run, &run->columns[j], stored_index);
        }
        put(run, "\n", 1);
    }
}

static void columns_free(csv_column *columns, size_t n_columns)
{
    for (size_t j = 0; columns && j < n_columns; j++)
        free(columns[j].known_text);
    free(columns);
}

static csv_column *columns_of(const behov_report *report, write_csv_style style)
{
    size_t n_columns = behov_report_n_columns(report);
    csv_column *columns = calloc(n_columns + 1, sizeof *columns);
    for (size_t j = 0; columns && j < n_columns; j++) {
        columns[j].storage = behov_report_storage_of(report, j);
        if (!columns[j].storage.codes)
            continue;
        size_t n_levels = behov_dictionary_count(columns[j].storage.levels);
        columns[j].known_text = calloc(n_levels + 1, sizeof *columns[j].known_text);
        if (!columns[j].known_text) {
            columns_free(columns, n_columns);
            return NULL;
        }
        for (size_t code = 0; code < n_levels; code++) {
            const char *text = behov_dictionary_text(columns[j].storage.levels, (int32_t)code);
            size_t length = strlen(text);
            columns[j].known_text[code] = (known_text){text, length, is_plain(style, text, length)};
        }
    }
    return columns;
}

static bool write_text(FILE *file, const run *run)
{
    return run->length == 0 || fwrite(run->text, 1, run->length, file) == run->length;
}

static behov_status write_rows(FILE *file, const char *path, const behov_report *report, write_csv_style style,
                               progress *bar, behov_error *err)
{
    size_t n_processors = system_processors(), n_threads = n_processors > THREADS_MAX ? THREADS_MAX : n_processors;
    size_t n_rows = behov_report_n_rows(report), n_columns = behov_report_n_columns(report);
    csv_column *columns = columns_of(report, style);
    if (!columns)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PAGE_NO_MEMORY_FILE);
    run runs[THREADS_MAX] = {{0}};
    for (size_t i = 0; i < THREADS_MAX; i++) {
        runs[i].style = style;
        runs[i].columns = columns;
        runs[i].n_columns = n_columns;
    }
    if (style == WRITE_CSV_EXCEL_NB)
        put(&runs[0], "\xEF\xBB\xBF", 3);
    for (size_t j = 0; j < n_columns; j++) {
        if (j)
            put_separator(&runs[0]);
        put_text(&runs[0], behov_report_column_at(report, j).key);
    }
    put(&runs[0], "\n", 1);
    bool is_written = write_text(file, &runs[0]), out_of_memory = runs[0].out_of_memory;
    for (size_t first = 0; first < n_rows && is_written && !out_of_memory;) {
        size_t n_runs = 0;
        for (; n_runs < n_threads && first < n_rows; n_runs++) {
            runs[n_runs].first = first;
            first = n_rows - first > ROWS_A_RUN ? first + ROWS_A_RUN : n_rows;
            runs[n_runs].end = first;
        }
        system_at_once(n_runs, format_run, runs);
        for (size_t i = 0; i < n_runs && is_written; i++) {
            out_of_memory = out_of_memory || runs[i].out_of_memory;
            is_written = write_text(file, &runs[i]);
        }
        progress_set(bar, (double)first / (double)n_rows);
    }
    int reason = errno;
    for (size_t i = 0; i < THREADS_MAX; i++)
        free(runs[i].text);
    columns_free(columns, n_columns);
    if (out_of_memory)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PAGE_NO_MEMORY_FILE);
    if (!is_written)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN_OLD, target_reason(reason));
    return BEHOV_OK;
}

behov_status write_csv(const char *path, const behov_report *report, write_csv_style style, progress *bar,
                       behov_error *err)
{
    target *extra_tables = NULL;
    behov_status status = target_open(path, &extra_tables, err);
    if (status)
        return status;
    FILE *file = fopen(target_path(extra_tables), "wb");
    if (!file)
        status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN, target_reason(errno));
    else
        status = write_rows(file, path, report, style, bar, err);
    if (file && fclose(file) != 0 && !status)
        status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN_OLD, target_reason(errno));
    if (status) {
        target_abandon(extra_tables);
        return status;
    }
    return target_commit(extra_tables, err);
}
