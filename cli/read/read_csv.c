/* read_csv.c - delimited text into a table.
 *
 * text_source.c gives the text as UTF-8, csv_layout.c finds the separator and the header, csv_reader.c cuts it into
 * fields, table_rows.c makes a table of them. A large file is read by several threads once its header is known
 * (csv_rounds.c), with the same table, notes and errors. */
#include "read_csv.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "csv_layout.h"
#include "csv_reader.h"
#include "csv_rounds.h"
#include "csv_told.h"
#include "system.h"
#include "table_rows.h"
#include "text_source.h"

enum {
    THREADS_MAX = 8,
    SMALL_BYTES = 4 * 1024 * 1024, /* below it threads gain less than they cost */
    PIECE_BYTES = 256 * 1024       /* stays in the second-level cache with what is made of it */
};

typedef struct csv_file {
    csv_reader reader;
    text_source *source;
    csv_layout layout;
} csv_file;

/* Rows to expect, from the bytes of a line in the first block: arrays that need not move are cheaper. */
static size_t expected_rows(const text_source *source, const char *text, size_t length)
{
    size_t n_lines = 1;
    for (const char *cursor = text; (cursor = memchr(cursor, '\n', (size_t)(text + length - cursor))) != NULL; cursor++)
        n_lines++;
    double rows = (double)text_source_n_bytes(source) / (double)length * (double)n_lines * 1.02 + 64;
    return rows < 4e9 ? (size_t)rows : (size_t)4e9;
}

static void look_at_first_block(csv_file *file, const char *text, size_t length)
{
    table_rows *rows = &file->reader.rows;
    bool is_whole = text_source_n_bytes(file->source) <= 128 * 1024; /* blocks are longer than that */
    file->layout = csv_layout_find(text, length, is_whole, rows->options->separator);
    table_rows_expect(rows, expected_rows(file->source, text, length));
    csv_told_layout(&(csv_told){.options = rows->options, .source = file->source, .layout = &file->layout});
}

static size_t count_threads(const csv_file *file)
{
    const read_csv_options *options = file->reader.rows.options;
    size_t n_processors = system_processors();
    if (options->n_threads)
        return options->n_threads;
    if (text_source_n_bytes(file->source) < SMALL_BYTES)
        return 1;
    return n_processors < THREADS_MAX ? n_processors : THREADS_MAX;
}

static void read_rest(csv_file *file, csv_text begun)
{
    table_rows *rows = &file->reader.rows;
    size_t piece_bytes = rows->options->piece_bytes ? rows->options->piece_bytes : PIECE_BYTES;
    size_t length = count_threads(file) > 1 && begun.length > piece_bytes ? piece_bytes : begun.length;
    csv_reader_feed(&file->reader, begun.text, length);
    if (rows->status == BEHOV_OK && count_threads(file) > 1) {
        begun = (csv_text){.text = begun.text + length, .length = begun.length - length};
        csv_rounds_read(&file->reader, file->source, begun, count_threads(file), piece_bytes);
        return;
    }
    while (rows->status == BEHOV_OK) {
        rows->status = text_source_next(file->source, &begun.text, &begun.length, rows->err);
        if (rows->status != BEHOV_OK || begun.length == 0)
            break;
        csv_reader_feed(&file->reader, begun.text, begun.length);
    }
}

static void read_pass(table_rows *rows, void *context)
{
    csv_file *file = context;
    csv_text first = {.length = 0};
    if (rows->is_second_pass)
        rows->status = text_source_rewind(file->source, rows->err);
    if (rows->status == BEHOV_OK)
        rows->status = text_source_next(file->source, &first.text, &first.length, rows->err);
    if (rows->status == BEHOV_OK && first.length && !rows->is_second_pass)
        look_at_first_block(file, first.text, first.length);
    if (rows->status != BEHOV_OK)
        return;
    csv_reader_start(&file->reader, file->layout.separator);
    if (first.length) {
        rows->line = file->layout.header_line;
        first.text += file->layout.header_offset;
        first.length -= file->layout.header_offset;
        read_rest(file, first);
    }
    csv_reader_finish(&file->reader);
    csv_reader_free(&file->reader);
}

/* ---------------------------------------------------------------- the whole */

behov_status read_csv(text_source *source, const read_csv_options *options, behov_table **table, behov_error *err)
{
    static const read_csv_options plain;
    options = options ? options : &plain;
    if (options->separator && !strchr(",;\t", options->separator))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CSV_FILE_SEPARATOR);
    if (options->decimal_mark && !strchr(".,", options->decimal_mark))
        return behov_error_say(err, BEHOV_E_ARGUMENT, "", SAY_CSV_FILE_DECIMAL_MARK);
    csv_file file = {.source = source};
    behov_status status = text_source_start_text(source, options->encoding, err);
    if (status != BEHOV_OK)
        return status;
    table_rows_start(&file.reader.rows, options, source, &file.layout, err);
    status = table_rows_read(&file.reader.rows, read_pass, &file, table);
    table_rows_free(&file.reader.rows);
    return status;
}
