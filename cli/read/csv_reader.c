/* csv_reader.c - text into fields with libcsv, and what the quotes of a file can hide.
 *
 * What libcsv 3.0.3 does and does not do, and is made up for here: rows may have any number of fields; blank lines are
 * not reported (with CSV_REPALL_NL every line end is, CR LF as two); line breaks inside quotes are not counted; a
 * callback cannot stop it; with CSV_STRICT a quote inside an unquoted field is an error, without it the text behind a
 * closing quote is joined to the field in silence. Spaces and tabs around unquoted fields, and outside the quotes of
 * quoted ones, are stripped in both modes. */
#include "csv_reader.h"

#include <string.h>

#include "csv_column.h"

enum {
    STRICT = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL,
    LOOSE = CSV_REPALL_NL,
    LONGEST_FIELD = 16 * 1024 * 1024 /* an open quote must not swallow a file of many GB */
};

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
    char separator = reader->separator;
    size_t first_line = reader->rows.line + reader->n_breaks, previous_index = j;
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
        swallowed.lines_are_rows = swallowed.lines_are_rows && n_fields == reader->rows.n_columns;
        cursor = stop + 1 + (*stop == '\r' && stop + 1 < end && stop[1] == '\n');
        previous_index = 0;
    }
    if (swallowed.lines_are_rows && reader->rows.n_columns > 2)
        reader->rows.suspect = swallowed;
    if (has_separator && !reader->rows.is_second_pass && reader->rows.n_broken++ == 0)
        reader->rows.broken = swallowed;
}

/* The name of the column that the parser stands in, NULL before the header's end and past it. */
static const char *name_at(const csv_reader *reader)
{
    return reader->rows.has_header && reader->rows.field < reader->rows.n_columns &&
                   reader->rows.columns[reader->rows.field].name[0]
               ? reader->rows.columns[reader->rows.field].name
               : NULL;
}

static void fail_at_length(csv_reader *reader)
{
    table_rows_fail(&reader->rows, reader->rows.line + reader->n_breaks, name_at(reader), SAY_CSV_FILE_FIELD_TOO_LONG);
}

static void take_field(void *bytes, size_t length, void *context)
{
    csv_reader *reader = context;
    const csv_cell cell = {.text = bytes, .length = length};
    if (length > LONGEST_FIELD && reader->rows.status == BEHOV_OK) { /* whichever piece it ended in */
        fail_at_length(reader);
        return;
    }
    if (reader->may_have_breaks && reader->rows.status == BEHOV_OK) {
        size_t n_breaks = count_breaks(cell.text, length);
        if (n_breaks && reader->rows.has_header)
            look_for_rows(reader, reader->rows.field, cell.text, length, n_breaks);
        reader->n_breaks += n_breaks;
    }
    table_rows_field(&reader->rows, &cell);
}

static void end_row(int terminator, void *context)
{
    csv_reader *reader = context;
    if (reader->rows.status != BEHOV_OK)
        return;
    if (reader->rows.field == 0) { /* a blank line, or the second half of CR LF */
        bool is_line = !(terminator == '\n' && reader->after_return);
        reader->rows.line += is_line;
        reader->rows.is_after_blank |= is_line;
    } else {
        table_rows_end(&reader->rows);
        reader->rows.line += 1 + reader->n_breaks;
        reader->n_breaks = 0;
    }
    reader->after_return = terminator == '\r';
}

/* ---------------------------------------------------------------- feeding libcsv */

/* Text behind a closing quote: either a quote is not doubled, or an earlier one was never closed. */
static void fail_at_quote(csv_reader *reader)
{
    size_t opened = reader->rows.line + reader->n_breaks;
    size_t here = opened + count_breaks((const char *)reader->parser.entry_buf, reader->parser.entry_pos);
    if (here == opened)
        table_rows_fail(&reader->rows, here, name_at(reader), SAY_CSV_FILE_QUOTE_NOT_DOUBLED);
    else
        table_rows_fail(&reader->rows, here, name_at(reader), SAY_CSV_FILE_TEXT_BEHIND_QUOTE, opened);
}

bool csv_forget_unseen(struct csv_parser *parser)
{
    enum { FIELD_NOT_BEGUN = 1 }; /* of libcsv's states */
    const char *text = (const char *)parser->entry_buf;
    size_t length = parser->entry_pos;
    for (size_t n; length && (n = csv_blank_at(text, length)) > 0; length -= n)
        text += n;
    if (length)
        return false;
    parser->entry_pos = parser->spaces = 0;
    parser->pstate = FIELD_NOT_BEGUN;
    parser->status = CSV_SUCCESS;
    return true;
}

void csv_reader_feed(csv_reader *reader, const char *text, size_t length)
{
    struct csv_parser *parser = &reader->parser;
    reader->n_bytes += length;
    reader->may_have_breaks = parser->quoted || memchr(text, '"', length) != NULL;
    while (length && reader->rows.status == BEHOV_OK) {
        size_t n_done = csv_parse(parser, text, length, take_field, end_row, reader);
        text += n_done;
        length -= n_done;
        if (reader->rows.status != BEHOV_OK || length == 0)
            break;
        if (csv_error(parser) != CSV_EPARSE)
            table_rows_fail_out_of_memory(&reader->rows);
        else if (parser->quoted)
            fail_at_quote(reader);
        else if (!csv_forget_unseen(parser)) { /* a quote in the middle of an unquoted field is text: 5" pipe */
            csv_set_opts(parser, LOOSE);
            csv_parse(parser, text, 1, take_field, end_row, reader);
            csv_set_opts(parser, STRICT);
            parser->status = CSV_SUCCESS;
            text++;
            length--;
        }
    }
    if (reader->rows.status == BEHOV_OK && parser->entry_pos > LONGEST_FIELD)
        fail_at_length(reader);
}

void csv_reader_finish(csv_reader *reader)
{
    if (reader->rows.status != BEHOV_OK)
        return;
    if (csv_fini(&reader->parser, take_field, end_row, reader) != 0)
        table_rows_fail(&reader->rows, reader->rows.line + reader->n_breaks, name_at(reader), SAY_CSV_FILE_QUOTE_OPEN);
}

/* ---------------------------------------------------------------- beginning and end */

void csv_reader_start(csv_reader *reader, char separator)
{
    csv_init(&reader->parser, STRICT);
    csv_set_blk_size(&reader->parser, 65536);
    csv_set_delim(&reader->parser, (unsigned char)separator);
    reader->separator = separator;
    reader->n_bytes = reader->n_breaks = 0;
    reader->after_return = false;
}

bool csv_reader_is_between_rows(const csv_reader *reader)
{
    enum { ROW_NOT_BEGUN = 0 }; /* of libcsv's states the one it starts in */
    const struct csv_parser *parser = &reader->parser;
    return parser->pstate == ROW_NOT_BEGUN && !parser->quoted && !parser->entry_pos && !reader->n_breaks &&
           !reader->after_return && table_rows_is_between(&reader->rows);
}

void csv_reader_free(csv_reader *reader)
{
    csv_free(&reader->parser);
}
