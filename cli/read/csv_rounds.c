/* csv_rounds.c - see csv_rounds.h. */
#include "csv_rounds.h"

#include <behov/parallel.h>
#include <stdlib.h>
#include <string.h>

#include "table_parts.h"

enum {
    PIECES_A_THREAD = 4, /* of a round: threads that are done early take what is left */
    PIECES_MAX = 64
};

typedef struct piece {
    size_t first, length; /* in the text of its round */
} piece;

/* Text that lies in memory, and the pieces that it is cut into. What is behind the last of them belongs to the next. */
typedef struct text_round {
    char *text;
    size_t length, room, n_used;
    piece pieces[PIECES_MAX];
    size_t n_pieces;
} text_round;

typedef struct csv_part {
    csv_reader reader;
    behov_error err;
    bool is_good; /* it ends where a row does, and has no errors */
} csv_part;

typedef struct csv_rounds {
    csv_reader *reader;
    text_source *source;
    size_t n_threads, most_pieces, piece_bytes;
    double rows_a_byte; /* as far as is known */
    text_round rounds[2], *now, *next;
    bool has_ended; /* the source, in whatever status */
    behov_status source_status;
    behov_error source_err; /* for when all before it is read */
    size_t first_part;      /* the first piece of the round that is read at once with others */
    csv_part *parts;        /* by piece */
    csv_column *known;      /* the columns when the parts began: their pointers are not theirs */
} csv_rounds;

/* ---------------------------------------------------------------- cutting */

/* The length up to the last line end that has an even number of quotes before it, so that it is hardly inside a field,
 * unless that is far from the end; then up to the last line end, 0 when there is none. */
static size_t find_cut(const char *text, size_t length)
{
    size_t n_quotes = 0, n_behind = 0, last = 0;
    for (size_t i = 0; i < length; i++)
        n_quotes += text[i] == '"';
    for (size_t i = length; i > 0 && (i > length / 2 || !last); i--) {
        if (text[i - 1] == '\n') {
            last = last ? last : i;
            if ((n_quotes - n_behind) % 2 == 0)
                return i;
        }
        n_behind += text[i - 1] == '"';
    }
    return last;
}

/* Room for so many more bytes; false when memory is short. */
static bool make_room(text_round *round, size_t length)
{
    if (round->room - round->length >= length)
        return true;
    size_t room = round->length + length + round->room / 2;
    char *text = realloc(round->text, room);
    if (!text)
        return false;
    round->text = text;
    round->room = room;
    return true;
}

static void add_text(csv_rounds *rounds, text_round *round, const char *text, size_t length)
{
    if (make_room(round, length)) {
        memcpy(round->text + round->length, text, length);
        round->length += length;
        return;
    }
    rounds->has_ended = true;
    rounds->source_status =
        behov_error_say(&rounds->source_err, BEHOV_E_MEMORY, text_source_name(rounds->source), SAY_CSV_FILE_NO_MEMORY);
}

static void add_piece(text_round *round, size_t length)
{
    round->pieces[round->n_pieces++] = (piece){.first = round->n_used, .length = length};
    round->n_used += length;
}

/* Fetches the next round of pieces. */
static void fetch(csv_rounds *rounds)
{
    text_round *round = rounds->next;
    const text_round *before = rounds->now;
    size_t most_bytes = rounds->most_pieces * rounds->piece_bytes;
    round->n_pieces = round->n_used = round->length = 0;
    if (before->length > before->n_used)
        add_text(rounds, round, before->text + before->n_used, before->length - before->n_used);
    while (round->n_pieces < rounds->most_pieces) {
        size_t length = round->length - round->n_used, cut = 0;
        size_t n_looked_at = rounds->piece_bytes;
        for (; length >= n_looked_at && !cut; n_looked_at *= 2)
            cut = find_cut(round->text + round->n_used, n_looked_at);
        if (cut) {
            add_piece(round, cut);
        } else if (length && (rounds->has_ended || length > most_bytes)) {
            add_piece(round, length); /* the last line, or one that is longer than a round */
        } else if (rounds->has_ended) {
            break;
        } else {
            const char *text;
            rounds->source_status = text_source_next(rounds->source, &text, &length, &rounds->source_err);
            rounds->has_ended = rounds->source_status != BEHOV_OK || length == 0;
            if (!rounds->has_ended)
                add_text(rounds, round, text, length);
        }
    }
}

/* ---------------------------------------------------------------- reading */

static const char *text_of(const csv_rounds *rounds, size_t piece)
{
    return rounds->now->text + rounds->now->pieces[piece].first;
}

static void read_part(csv_rounds *rounds, size_t i)
{
    csv_part *part = &rounds->parts[i];
    const csv_reader *reader = rounds->reader;
    size_t length = rounds->now->pieces[i].length;
    table_part_start(&part->reader.rows, &reader->rows, (size_t)((double)length * rounds->rows_a_byte * 1.1) + 64,
                     &part->err);
    csv_reader_start(&part->reader, reader->separator);
    csv_reader_feed(&part->reader, text_of(rounds, i), length);
    part->is_good = csv_reader_is_between_rows(&part->reader) && !part->reader.rows.n_unreadable;
    csv_reader_free(&part->reader);
}

/* What one thread does: the calling one fetches, which moves the progress bar. */
static void run(void *context, size_t index)
{
    csv_rounds *rounds = context;
    if (index)
        read_part(rounds, rounds->first_part + index - 1);
    else
        fetch(rounds);
}

static bool can_have_parts(const csv_reader *reader)
{
    return csv_reader_is_between_rows(reader) && table_parts_may_begin(&reader->rows);
}

/* Whether a part holds what the reader would make of its piece: it began where the reader stands, and its rows have
 * taught nothing of the columns, nor has what came between. */
static bool fits(const csv_rounds *rounds, const csv_part *part)
{
    const table_rows *whole = &rounds->reader->rows;
    return part->is_good && table_parts_agree(part->reader.rows.columns, rounds->known, whole->n_columns) &&
           table_parts_agree(whole->columns, rounds->known, whole->n_columns);
}

/* Joins the parts of a round in order, or reads their pieces. */
static void join_round(csv_rounds *rounds)
{
    csv_reader *reader = rounds->reader;
    table_rows *joined[PIECES_MAX];
    size_t n_pieces = rounds->now->n_pieces;
    for (size_t i = rounds->first_part; i < n_pieces && reader->rows.status == BEHOV_OK;) {
        size_t n = 0;
        if (can_have_parts(reader))
            for (; i + n < n_pieces && fits(rounds, &rounds->parts[i + n]); n++)
                joined[n] = &rounds->parts[i + n].reader.rows;
        for (size_t k = 0; k < n; k++)
            reader->n_bytes += rounds->now->pieces[i + k].length;
        if (n)
            table_parts_join(&reader->rows, joined, n, rounds->n_threads);
        else
            csv_reader_feed(reader, text_of(rounds, i), rounds->now->pieces[i].length);
        i += n ? n : 1;
    }
}

/* What the parts of the round begin with. */
static void note_known(csv_rounds *rounds)
{
    table_rows *rows = &rounds->reader->rows;
    enum { FEWEST = 8 }; /* bytes of a row, so that estimates stay small */
    double rows_a_byte = (double)rows->row / (double)rounds->reader->n_bytes;
    rounds->rows_a_byte = rows_a_byte < 1.0 / FEWEST ? rows_a_byte : 1.0 / FEWEST;
    if (!rounds->known)
        rounds->known = calloc(rows->n_columns, sizeof *rounds->known);
    if (rounds->known)
        memcpy(rounds->known, rows->columns, rows->n_columns * sizeof *rounds->known);
    else
        table_rows_fail_out_of_memory(rows);
}

static void read_round(csv_rounds *rounds)
{
    csv_reader *reader = rounds->reader;
    size_t n_pieces = rounds->now->n_pieces, i = 0;
    for (; i < n_pieces && reader->rows.status == BEHOV_OK && !can_have_parts(reader); i++)
        csv_reader_feed(reader, text_of(rounds, i), rounds->now->pieces[i].length);
    if (i < n_pieces && reader->rows.status == BEHOV_OK)
        note_known(rounds);
    if (reader->rows.status != BEHOV_OK)
        return;
    rounds->first_part = i;
    behov_parallel(rounds->n_threads, 1 + n_pieces - i, run, rounds);
    join_round(rounds);
}

/* ---------------------------------------------------------------- the whole */

static void free_rounds(csv_rounds *rounds)
{
    for (size_t i = 0; rounds->parts && i < rounds->most_pieces; i++)
        table_part_free(&rounds->parts[i].reader.rows);
    free(rounds->parts);
    free(rounds->known);
    free(rounds->rounds[0].text);
    free(rounds->rounds[1].text);
    free(rounds);
}

void csv_rounds_read(csv_reader *reader, text_source *source, csv_text begun, size_t n_threads, size_t piece_bytes)
{
    table_rows *rows = &reader->rows;
    csv_rounds *rounds = calloc(1, sizeof *rounds);
    if (!rounds) {
        table_rows_fail_out_of_memory(rows);
        return;
    }
    *rounds = (csv_rounds){.reader = reader, .source = source, .n_threads = n_threads};
    rounds->most_pieces = PIECES_A_THREAD * n_threads < PIECES_MAX ? PIECES_A_THREAD * n_threads : PIECES_MAX;
    rounds->piece_bytes = piece_bytes;
    rounds->now = &rounds->rounds[0];
    rounds->next = &rounds->rounds[1];
    rounds->parts = calloc(rounds->most_pieces, sizeof *rounds->parts);
    if (!rounds->parts)
        table_rows_fail_out_of_memory(rows);
    else if (begun.length)
        add_text(rounds, rounds->now, begun.text, begun.length);
    for (bool is_last = false; rows->status == BEHOV_OK && !is_last;) {
        read_round(rounds); /* the first has no pieces, and fetches */
        text_round *read = rounds->now;
        rounds->now = rounds->next;
        rounds->next = read;
        is_last = rounds->has_ended && !rounds->now->length;
    }
    if (rows->status == BEHOV_OK && rounds->source_status != BEHOV_OK) {
        rows->status = rounds->source_status;
        if (rows->err)
            *rows->err = rounds->source_err;
    }
    free_rounds(rounds);
}
