/* write_csv.c - rows as text, formatted by several threads and written in order.
 *
 * A round gives every thread a run of rows and a buffer of its own; the buffers are written one after the other, so the
 * number of threads changes no byte. */
#include "write_csv.h"

#include <behov/number.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "target.h"

enum { ROWS_A_RUN = 8192, THREADS_MAX = 4 };

/* Rows first .. end - 1 as text. */
typedef struct run {
    const behov_report *report;
    size_t first, end;
    char *text;
    size_t length, room;
    bool out_of_memory;
} run;

static bool make_room(run *of, size_t length)
{
    if (length <= of->room - of->length)
        return true;
    size_t room = 2 * of->room + length + 65536;
    char *text = realloc(of->text, room);
    if (!text) {
        of->out_of_memory = true;
        return false;
    }
    of->text = text;
    of->room = room;
    return true;
}

static void put(run *to, const char *text, size_t length)
{
    if (!make_room(to, length))
        return;
    memcpy(to->text + to->length, text, length);
    to->length += length;
}

static void put_text(run *to, const char *text)
{
    size_t length = strlen(text), plain = strcspn(text, ",\"\r\n");
    if (plain == length && !(length && (text[0] == ' ' || text[length - 1] == ' '))) {
        put(to, text, length);
        return;
    }
    put(to, "\"", 1);
    for (const char *c = text; *c; c++)
        put(to, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    put(to, "\"", 1);
}

static void put_number(run *to, double value)
{
    if (isnan(value))
        return;
    if (make_room(to, BEHOV_NUMBER_SIZE))
        to->length += behov_number_shortest(value, to->text + to->length);
}

static void *format_run(void *context)
{
    run *of = context;
    size_t n_columns = behov_report_n_columns(of->report);
    of->length = 0;
    for (size_t i = of->first; i < of->end && !of->out_of_memory; i++) {
        for (size_t j = 0; j < n_columns; j++) {
            if (j)
                put(of, ",", 1);
            if (behov_report_is_text(of->report, j))
                put_text(of, behov_report_text(of->report, j, i));
            else
                put_number(of, behov_report_number(of->report, j, i));
        }
        put(of, "\n", 1);
    }
    return NULL;
}

/* Formats the runs at once; a thread that cannot be made is done without. */
static void format_round(run *runs, size_t n_runs)
{
    pthread_t threads[THREADS_MAX];
    bool started[THREADS_MAX] = {false};
    for (size_t i = 1; i < n_runs; i++)
        started[i] = pthread_create(&threads[i], NULL, format_run, &runs[i]) == 0;
    format_run(&runs[0]);
    for (size_t i = 1; i < n_runs; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
        else
            format_run(&runs[i]);
    }
}

static bool write_text(FILE *file, const run *of)
{
    return of->length == 0 || fwrite(of->text, 1, of->length, file) == of->length;
}

static behov_status write_rows(FILE *file, const char *path, const behov_report *report, progress *bar,
                               behov_error *err)
{
    long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n_threads = n_processors < 1 ? 1 : n_processors > THREADS_MAX ? THREADS_MAX : (size_t)n_processors;
    size_t n_rows = behov_report_n_rows(report);
    run runs[THREADS_MAX] = {{0}};
    for (size_t i = 0; i < THREADS_MAX; i++)
        runs[i].report = report;
    for (size_t j = 0; j < behov_report_n_columns(report); j++) {
        if (j)
            put(&runs[0], ",", 1);
        put_text(&runs[0], behov_report_column_at(report, j).key);
    }
    put(&runs[0], "\n", 1);
    bool written = write_text(file, &runs[0]), out_of_memory = runs[0].out_of_memory;
    for (size_t first = 0; first < n_rows && written && !out_of_memory;) {
        size_t n_runs = 0;
        for (; n_runs < n_threads && first < n_rows; n_runs++) {
            runs[n_runs].first = first;
            first = n_rows - first > ROWS_A_RUN ? first + ROWS_A_RUN : n_rows;
            runs[n_runs].end = first;
        }
        format_round(runs, n_runs);
        for (size_t i = 0; i < n_runs && written; i++) {
            out_of_memory = out_of_memory || runs[i].out_of_memory;
            written = write_text(file, &runs[i]);
        }
        progress_set(bar, (double)first / (double)n_rows);
    }
    int reason = errno;
    for (size_t i = 0; i < THREADS_MAX; i++)
        free(runs[i].text);
    if (out_of_memory)
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory to write it");
    if (!written)
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot be written: %s; the old file, if any, is untouched",
                               strerror(reason));
    return BEHOV_OK;
}

behov_status write_csv(const char *path, const behov_report *report, progress *bar, behov_error *err)
{
    target *beside = NULL;
    behov_status status = target_open(path, &beside, err);
    if (status)
        return status;
    FILE *file = fopen(target_path(beside), "wb");
    if (!file)
        status = behov_error_set(err, BEHOV_E_FILE, path, "cannot be written: %s", strerror(errno));
    else
        status = write_rows(file, path, report, bar, err);
    if (file && fclose(file) != 0 && !status)
        status = behov_error_set(err, BEHOV_E_FILE, path, "cannot be written: %s; the old file, if any, is untouched",
                                 strerror(errno));
    if (status) {
        target_abandon(beside);
        return status;
    }
    return target_commit(beside, err);
}
