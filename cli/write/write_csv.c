/* write_csv.c - rows as text, formatted by several threads and written in order.
 *
 * Each run of rows has a buffer of its own; while a round of runs is formatted, the one before it is written, one run after
 * the other, so the number of threads changes no byte. */
#include "write_csv.h"

#include <behov/number.h>
#include <behov/parallel.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "system.h"
#include "target.h"

enum { ROWS_A_RUN = 1024, THREADS_MAX = 8, RUNS_A_THREAD = 4, RUNS_MAX = RUNS_A_THREAD * THREADS_MAX };
enum { FLUSHED_BYTES = 1 << 24 };

/* What is known of a text of a dictionary, which is looked at once instead of in every row: its length where it needs no
 * quotes and no apostrophe. A byte, since a column of codes may have as many texts as the panel has municipalities. */
enum { NOT_PLAIN = UINT8_MAX };

typedef struct csv_column {
    behov_report_storage storage;
    uint8_t *lengths; /* by code, where the column has codes; NOT_PLAIN = looked at again */
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
    } else if (storage->figure) {
        put_number(out, storage->figure(storage->source, stored_index));
    } else if (storage->text) {
        put_text(out, storage->text(storage->source, stored_index));
    } else if (storage->codes && storage->codes[stored_index] >= 0) {
        int32_t code = storage->codes[stored_index];
        const char *text = behov_dictionary_text(storage->levels, code);
        if (column->lengths[code] != NOT_PLAIN)
            put(out, text, column->lengths[code]);
        else
            put_text(out, text);
    }
}

static void format_run(run *run)
{
    const uint32_t *rows = run->n_columns ? run->columns[0].storage.rows : NULL;
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
        free(columns[j].lengths);
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
        columns[j].lengths = calloc(n_levels + 1, sizeof *columns[j].lengths);
        if (!columns[j].lengths) {
            columns_free(columns, n_columns);
            return NULL;
        }
        for (size_t code = 0; code < n_levels; code++) {
            const char *text = behov_dictionary_text(columns[j].storage.levels, (int32_t)code);
            size_t length = strlen(text);
            bool is_known = length < NOT_PLAIN && is_plain(style, text, length);
            columns[j].lengths[code] = is_known ? (uint8_t)length : NOT_PLAIN;
        }
    }
    return columns;
}

/* Runs that are formatted at once, and written in their order. */
typedef struct row_round {
    run runs[RUNS_MAX];
    size_t n_runs;
} row_round;

typedef struct rounds {
    FILE *file;
    size_t n_unflushed;           /* bytes written since the disk was told of any */
    row_round formatted, written; /* the second is the one before the first */
    int reason;                   /* errno of what could not be written, 0 = all was */
} rounds;

static void write_round(rounds *rounds)
{
    for (size_t i = 0; i < rounds->written.n_runs && !rounds->reason; i++) {
        const run *run = &rounds->written.runs[i];
        if (run->length && fwrite(run->text, 1, run->length, rounds->file) != run->length)
            rounds->reason = errno ? errno : EIO;
        rounds->n_unflushed += run->length;
    }
    if (rounds->n_unflushed >= FLUSHED_BYTES) {
        system_begin_flush(rounds->file);
        rounds->n_unflushed = 0;
    }
}

/* What one thread does: the calling one writes. */
static void work(void *context, size_t index)
{
    rounds *rounds = context;
    if (index)
        format_run(&rounds->formatted.runs[index - 1]);
    else
        write_round(rounds);
}

/* The rows of the next runs; returns the first that is in none. */
static size_t start_round(row_round *round, size_t first, size_t n_rows, size_t most_runs)
{
    for (round->n_runs = 0; round->n_runs < most_runs && first < n_rows; round->n_runs++) {
        run *run = &round->runs[round->n_runs];
        run->length = 0;
        run->first = first;
        first = n_rows - first > ROWS_A_RUN ? first + ROWS_A_RUN : n_rows;
        run->end = first;
    }
    return first;
}

static bool is_short(const row_round *round)
{
    bool any_short = false;
    for (size_t i = 0; i < round->n_runs; i++)
        any_short |= round->runs[i].out_of_memory;
    return any_short;
}

static void put_header(run *run, const behov_report *report)
{
    if (run->style == WRITE_CSV_EXCEL_NB)
        put(run, "\xEF\xBB\xBF", 3);
    for (size_t j = 0; j < run->n_columns; j++) {
        if (j)
            put_separator(run);
        put_text(run, behov_report_column_at(report, j).key);
    }
    put(run, "\n", 1);
}

static behov_status write_rows(FILE *file, const char *path, const behov_report *report, write_csv_style style,
                               progress *bar, behov_error *err)
{
    size_t n_processors = system_processors(), n_threads = n_processors > THREADS_MAX ? THREADS_MAX : n_processors;
    size_t n_rows = behov_report_n_rows(report), n_columns = behov_report_n_columns(report), first = 0;
    csv_column *columns = columns_of(report, style);
    rounds *rounds = calloc(1, sizeof *rounds);
    bool out_of_memory = !columns || !rounds;
    if (!out_of_memory) {
        rounds->file = file;
        for (size_t i = 0; i < RUNS_MAX; i++)
            rounds->formatted.runs[i] = rounds->written.runs[i] =
                (run){.style = style, .columns = columns, .n_columns = n_columns};
        put_header(&rounds->written.runs[0], report);
        rounds->written.n_runs = 1;
        out_of_memory = is_short(&rounds->written);
    }
    while (!out_of_memory && !rounds->reason && rounds->written.n_runs) {
        first = start_round(&rounds->formatted, first, n_rows, RUNS_A_THREAD * n_threads);
        behov_parallel(n_threads, 1 + rounds->formatted.n_runs, work, rounds);
        out_of_memory = is_short(&rounds->formatted);
        row_round written = rounds->written;
        rounds->written = rounds->formatted;
        rounds->formatted = written;
        progress_set(bar, n_rows ? (double)first / (double)n_rows : 1);
    }
    int reason = rounds ? rounds->reason : 0;
    for (size_t i = 0; rounds && i < RUNS_MAX; i++) {
        free(rounds->formatted.runs[i].text);
        free(rounds->written.runs[i].text);
    }
    free(rounds);
    columns_free(columns, n_columns);
    if (out_of_memory)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PAGE_NO_MEMORY_FILE);
    if (reason)
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
