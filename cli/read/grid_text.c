/* grid_text.c - delimited text into rows of cells, with libcsv.
 *
 * Other than read_csv.c it asks nothing of a row: lines above the header and notes below the table are rows as well, of
 * whatever width. The separator is the one that cuts the most lines into the same number of fields. A quote that was
 * left open is an error here too, for it would swallow rows. */
#include <csv.h>
#include <stdarg.h>
#include <string.h>

#include "csv_reader.h"
#include "csv_told.h"
#include "read_grid.h"

enum {
    STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL,
    LOOSE = CSV_REPALL_NL,
    LINES_LOOKED_AT = 400,
    MOST_FIELDS = 512, /* that lines are counted by: wider ones count as one kind */
    LONGEST_FIELD = 16 * 1024 * 1024
};

typedef struct text_reader {
    cell_grid *grid;
    char separator;
    size_t line, n_fields, n_breaks;
    bool after_return;
    behov_status status;
    behov_error *err;
} text_reader;

/* ---- which separator ----------------------------------------------------------------------------------------------- */

/* Cuts one line; returns where the next begins, NULL when the text ends within it. */
static const char *count_fields(const char *cursor, const char *end, char separator, size_t *n_fields)
{
    bool is_quoted = false;
    *n_fields = 1;
    for (; cursor < end; cursor++) {
        if (*cursor == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && *cursor == separator)
            ++*n_fields;
        else if (!is_quoted && (*cursor == '\n' || *cursor == '\r'))
            return cursor + 1;
    }
    return NULL;
}

/* How well a separator cuts: the lines that have as many fields as most lines of several, times the cuts of each. */
static size_t score(const char *text, size_t length, char separator)
{
    size_t n_lines[MOST_FIELDS] = {0}, best = 0, n_fields = 0, seen = 0;
    const char *cursor = text, *end = text + length;
    while (cursor && cursor < end && seen < LINES_LOOKED_AT) {
        const char *next = count_fields(cursor, end, separator, &n_fields);
        if (n_fields > 1) {
            size_t kind = n_fields < MOST_FIELDS ? n_fields : MOST_FIELDS - 1;
            n_lines[kind]++;
            seen++;
        }
        cursor = next;
    }
    for (size_t k = 2; k < MOST_FIELDS; k++)
        if (n_lines[k] * (k - 1) > best)
            best = n_lines[k] * (k - 1);
    return best;
}

/* A comma may also be the mark of decimals, and a semicolon stand in a text: the rarer sign is taken where it cuts at
 * least half as well. */
static char find_separator(const char *text, size_t length)
{
    static const char separators[] = {'\t', ';', ','};
    size_t scores[3], best = 0;
    for (size_t i = 0; i < 3; i++) {
        scores[i] = score(text, length, separators[i]);
        best = scores[i] > best ? scores[i] : best;
    }
    for (size_t i = 0; i < 2; i++)
        if (scores[i] && 2 * scores[i] >= best)
            return separators[i];
    return best ? ',' : ';';
}

/* A first line "sep=;", quoted or not, with or without separators behind it: its bytes with the line's end, 0 = none. */
static size_t separator_line(const char *text, size_t length, char *separator)
{
    size_t i = length && text[0] == '"';
    if (length < i + 5 || (memcmp(text + i, "sep=", 4) != 0 && memcmp(text + i, "SEP=", 4) != 0) ||
        !strchr(",;\t", text[i + 4]))
        return 0;
    *separator = text[i + 4];
    for (i += 5; i < length && text[i] != '\r' && text[i] != '\n'; i++)
        if (text[i] != '"' && text[i] != *separator)
            return 0;
    if (i < length)
        i += text[i] == '\r' && i + 1 < length && text[i + 1] == '\n' ? 2 : 1;
    return i;
}

/* Text of two bytes a letter without its mark, as PxWeb sends it beside a sep= line: the odd bytes are zero. */
static const char *wide_letters(text_source *source)
{
    char head[512];
    size_t n = 0, n_zero[2] = {0, 0};
    behov_error ignored;
    if (text_source_read_at(source, 0, head, sizeof head, &n, &ignored) || n < 4 || head[0] == '\xFF' ||
        head[0] == '\xFE')
        return NULL;
    n -= n % 2;
    for (size_t i = 0; i < n; i++)
        n_zero[i % 2] += head[i] == '\0';
    bool is_low_first = n_zero[0] == 0 && 10 * n_zero[1] >= 4 * n,
         is_high_first = n_zero[1] == 0 && 10 * n_zero[0] >= 4 * n;
    return is_low_first ? "UTF-16LE" : is_high_first ? "UTF-16BE" : NULL;
}

/* ---- fields and rows ----------------------------------------------------------------------------------------------- */

static void fail_at(text_reader *reader, size_t line, behov_word word, const char *format, ...) BEHOV_PRINTF(4, 5);

static void fail_at(text_reader *reader, size_t line, behov_word word, const char *format, ...)
{
    char where[BEHOV_PLACE_SIZE];
    text_source_where(reader->grid->source, line, NULL, where);
    va_list arguments;
    va_start(arguments, format);
    reader->status = behov_error_say_list(reader->err, BEHOV_E_DATA, where, word, format, arguments);
    va_end(arguments);
}

/* Whether the lines within one field would be rows by themselves: an open quote has swallowed them. */
static bool holds_rows(const text_reader *reader, const char *text, size_t length)
{
    size_t n_lines = 0;
    const char *cursor = text, *end = text + length;
    for (const char *next; (next = memchr(cursor, '\n', (size_t)(end - cursor))) != NULL; cursor = next + 1) {
        const char *cut = memchr(cursor, reader->separator, (size_t)(next - cursor));
        n_lines += cut && cut + 1 < next && cut[1] != ' ';
    }
    return n_lines > 1;
}

static void take_field(void *bytes, size_t length, void *context)
{
    text_reader *reader = context;
    const char *text = bytes;
    if (reader->status != BEHOV_OK)
        return;
    reader->n_fields++;
    size_t n_breaks = 0;
    for (const char *cursor = text; length && (cursor = memchr(cursor, '\n', length - (size_t)(cursor - text)));
         cursor++)
        n_breaks++;
    if (n_breaks && holds_rows(reader, text, length)) {
        size_t line = reader->line + reader->n_breaks;
        fail_at(reader, line, SAY_CSV_FILE_QUOTE_SWALLOWS, line + n_breaks);
        return;
    }
    reader->n_breaks += n_breaks;
    reader->status = grid_add(reader->grid, length ? text : "", length, GRID_TEXT, reader->err);
}

static void end_row(int terminator, void *context)
{
    text_reader *reader = context;
    if (reader->status != BEHOV_OK)
        return;
    if (reader->n_fields == 0) { /* a blank line, or the second half of CR LF */
        bool is_line = !(terminator == '\n' && reader->after_return);
        reader->line += is_line;
        reader->grid->is_after_blank |= is_line;
    } else {
        reader->status = grid_end_row(reader->grid, reader->line, reader->err);
        reader->line += 1 + reader->n_breaks;
        reader->n_fields = reader->n_breaks = 0;
    }
    reader->after_return = terminator == '\r';
}

/* ---- feeding libcsv ------------------------------------------------------------------------------------------------ */

static void feed(text_reader *reader, struct csv_parser *parser, const char *text, size_t length)
{
    while (length && reader->status == BEHOV_OK) {
        size_t n_done = csv_parse(parser, text, length, take_field, end_row, reader);
        text += n_done;
        length -= n_done;
        if (reader->status != BEHOV_OK || length == 0)
            break;
        if (csv_error(parser) != CSV_EPARSE)
            reader->status = behov_error_say(reader->err, BEHOV_E_MEMORY, text_source_name(reader->grid->source),
                                             SAY_GRID_NO_MEMORY);
        else if (parser->quoted && memchr(parser->entry_buf, '\n', parser->entry_pos))
            fail_at(reader, reader->line + reader->n_breaks, SAY_CSV_FILE_TEXT_BEHIND_QUOTE,
                    reader->line + reader->n_breaks);
        else if (parser->quoted || !csv_forget_unseen(parser)) {
            /* a quote within a field of one line is text: 5" pipe, "Moss" is a town */
            csv_set_opts(parser, LOOSE);
            csv_parse(parser, text, 1, take_field, end_row, reader);
            csv_set_opts(parser, STRICT);
            parser->status = CSV_SUCCESS;
            text++;
            length--;
        }
    }
    if (reader->status == BEHOV_OK && parser->entry_pos > LONGEST_FIELD)
        fail_at(reader, reader->line + reader->n_breaks, SAY_CSV_FILE_FIELD_TOO_LONG);
}

static void finish(text_reader *reader, struct csv_parser *parser)
{
    if (reader->status == BEHOV_OK && csv_fini(parser, take_field, end_row, reader) != 0)
        fail_at(reader, reader->line + reader->n_breaks, SAY_CSV_FILE_QUOTE_OPEN);
}

/* What is known when the first block is there: the separator, and a line that names it. */
static void look_at_first_block(text_reader *reader, const char **text, size_t *length, bool *is_from_line)
{
    char named = 0;
    size_t n = separator_line(*text, *length, &named);
    *is_from_line = n && !reader->separator;
    if (n) {
        *text += n;
        *length -= n;
        reader->line++;
    }
    if (!reader->separator)
        reader->separator = n ? named : find_separator(*text, *length);
}

static void tell(const text_reader *reader, const behov_notice *notice, bool is_from_line)
{
    bool is_guess;
    const text_source *source = reader->grid->source;
    const char *encoding = text_source_encoding(source, &is_guess);
    read_grid_tell(notice, source, SAY_GRID_TEXT, encoding, csv_separator_word(reader->separator),
                   is_from_line ? PHRASE_CSV_TOLD_SEP_LINE : "");
}

behov_status read_grid_text(text_source *source, const char *encoding, char separator, const behov_notice *notice,
                            cell_grid *grid, behov_error *err)
{
    struct csv_parser parser;
    text_reader reader = {.grid = grid, .separator = separator, .line = 1, .err = err};
    bool is_first_block = true, is_from_line = false;
    grid->source = source;
    reader.status = text_source_start_text(source, encoding ? encoding : wide_letters(source), err);
    if (!reader.status)
        reader.status = grid_expect(grid, text_source_n_bytes(source) / 8 * 9, err);
    if (reader.status)
        return reader.status;
    csv_init(&parser, STRICT);
    csv_set_blk_size(&parser, 65536);
    while (reader.status == BEHOV_OK) {
        const char *text;
        size_t length;
        reader.status = text_source_next(source, &text, &length, err);
        if (reader.status != BEHOV_OK || length == 0)
            break;
        if (is_first_block)
            look_at_first_block(&reader, &text, &length, &is_from_line);
        is_first_block = false;
        csv_set_delim(&parser, (unsigned char)reader.separator);
        feed(&reader, &parser, text, length);
    }
    finish(&reader, &parser);
    grid->separator = reader.separator;
    csv_free(&parser);
    if (reader.status == BEHOV_OK && grid->n_rows)
        tell(&reader, notice, is_from_line);
    return reader.status;
}
