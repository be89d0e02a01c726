/* text_source.c - opens a file or standard input, finds its encoding, gives it out as UTF-8 in blocks. */
#include "text_source.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "datasets.h"
#include "files_read.h"
#include "system.h"
#include "system_reason.h"
#include "utf8_scan.h"

enum {
    BLOCK = 256 * 1024,     /* stays in the second-level cache between the passes over it */
    LONGEST_CHARACTER = 16, /* bytes that iconv may leave for the next block */
    CONVERTED = 4 * BLOCK   /* one byte of any encoding gives at most 3 bytes of UTF-8, UTF-7 and the like less */
};

struct text_source {
    char *name;
    int file;          /* -1 when the text is in memory */
    char *memory;      /* all bytes of standard input or a pipe, else NULL */
    const char *bytes; /* those, or of a bundled file; NULL when they are read from the file */
    size_t n_bytes;    /* of the file as it was when opened, for the progress bar and estimates */
    size_t offset;     /* next byte to read */
    size_t mark_bytes; /* length of the byte order mark, passed over at each start */
    char *encoding;    /* as iconv calls it; NULL = UTF-8 that was looked through already */
    const char *encoding_in_words;
    bool is_guess;
    system_converter *converter; /* NULL when none is needed */
    char *raw;                   /* BLOCK + LONGEST_CHARACTER */
    size_t n_left;               /* bytes at the start of raw that the last block could not use */
    bool has_ended;
    char *converted;     /* CONVERTED, only with a converter */
    bool is_first_block; /* of the converted text */
    size_t n_given;      /* bytes of UTF-8 given out so far */
    bool ends_with_mark; /* the last block, with U+0002 */
    bool is_closed;      /* Ctrl-Z has been met: only blanks and line ends may follow */
    bool has_rows;       /* places are rows, not lines */
    const char *sheet;   /* places are cells of this sheet; NULL = there is none */
    bool (*name_cell)(const void *context, size_t row, const char *column, char name[16]);
    const void *cell_context;
    progress *bar;
    double part_before, part_per_byte;
};

const char *text_source_name(const text_source *source)
{
    return source->name;
}

const char *text_source_encoding(const text_source *source, bool *is_guess)
{
    *is_guess = source->is_guess;
    return source->encoding_in_words;
}

size_t text_source_n_bytes(const text_source *source)
{
    return source->n_bytes;
}

/* A column's name, cut before a letter: `kept` bytes and what stands for the rest. */
static const char *cut_column(const char *column, size_t most, int *kept_bytes)
{
    bool is_cut = strlen(column) > most;
    int kept_index = (int)(is_cut ? most - 3 : most);
    while (is_cut && ((unsigned char)column[kept_index] & 0xC0) == 0x80)
        kept_index--;
    *kept_bytes = kept_index;
    return is_cut ? "\u2026" : "";
}

static void sheet_place(const text_source *source, size_t line, const char *column, behov_said *sheet, behov_said *cell)
{
    enum { LONGEST_SHEET = 40, LONGEST_COLUMN = 50 };
    char name[16];
    *sheet = behov_phrase(SAY_TEXT_SOURCE_WHERE_SHEET, behov_cut(source->sheet, LONGEST_SHEET).text);
    if (line && column && source->name_cell(source->cell_context, line, column, name)) {
        int kept_bytes;
        const char *rest = cut_column(column, LONGEST_COLUMN, &kept_bytes);
        *cell = behov_phrase(SAY_TEXT_SOURCE_WHERE_CELL, name, kept_bytes, column, rest);
    } else if (line)
        *cell = behov_phrase(SAY_TEXT_SOURCE_WHERE_ROW, line);
}

void text_source_where(const text_source *source, size_t line, const char *column, char where[BEHOV_PLACE_SIZE])
{
    behov_said whole, of_line = {""}, of_column = {""};
    char english[160];
    if (source->sheet) {
        sheet_place(source, line, column, &of_line, &of_column);
    } else if (line)
        of_line = source->has_rows ? behov_phrase(SAY_TEXT_SOURCE_WHERE_ROW, line)
                                   : behov_phrase(SAY_TEXT_SOURCE_WHERE_LINE, line);
    if (column && !source->sheet) {
        int kept_bytes;
        const char *rest = cut_column(column, 80, &kept_bytes);
        of_column = behov_phrase(SAY_TEXT_SOURCE_WHERE_COLUMN, kept_bytes, column, rest);
    }
    size_t length = behov_phrase_english(of_line.text, sizeof english, english);
    length += behov_phrase_english(of_column.text, sizeof english, english);
    const char *name = source->name;
    size_t n_name = strlen(name), room = 159 - length;
    bool is_cut = name[0] != 0x02 && n_name > room;
    if (is_cut)
        name += n_name - (room - 3);
    while (((unsigned char)*name & 0xC0) == 0x80)
        name++;
    behov_phrase_list(&whole, is_cut ? "\u2026" : "", name, of_line.text, of_column.text, NULL);
    behov_phrase_copy(whole.text, BEHOV_PLACE_SIZE, where);
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static behov_status out_of_memory(const text_source *source, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, source->name, SAY_TEXT_SOURCE_NO_MEMORY);
}

void text_source_free(text_source *source)
{
    if (!source)
        return;
    if (source->file > SYSTEM_STANDARD_INPUT)
        system_close(source->file);
    system_converter_free(source->converter);
    free(source->name);
    free(source->memory);
    free(source->encoding);
    free(source->raw);
    free(source->converted);
    free(source);
}

/* Up to `size` bytes from where the last call ended; 0 at the end. */
static behov_status read_bytes(text_source *source, char *target_text, size_t size, size_t *n_read, behov_error *err)
{
    size_t n = 0;
    if (source->file < 0) {
        n = source->n_bytes - source->offset < size ? source->n_bytes - source->offset : size;
        if (n)
            memcpy(target_text, source->bytes + source->offset, n);
    } else {
        while (n < size) {
            size_t got;
            int code = system_read(source->file, target_text + n, size - n, &got);
            if (code)
                return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_CANNOT_BE_READ,
                                       code == EBADF ? PHRASE_TARGET_REASON_CLOSED : system_reason(code));
            if (got == 0)
                break;
            n += got;
        }
    }
    source->offset += n;
    *n_read = n;
    progress_set(source->bar, source->part_before + source->part_per_byte * (double)source->offset);
    return BEHOV_OK;
}

static behov_status go_to_byte(text_source *source, size_t offset, behov_error *err)
{
    int code = source->file >= 0 ? system_go_to(source->file, offset) : 0;
    if (code)
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_CANNOT_REWIND, system_reason(code));
    source->offset = offset;
    return BEHOV_OK;
}

/* ---------------------------------------------------------------- lines, for messages only */

/* Counts line ends: LF, CR, and CR LF as one. */
typedef struct line_counter {
    size_t n_ends;
    bool after_return;
} line_counter;

static void count_lines(line_counter *lines, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\r' || (text[i] == '\n' && !lines->after_return))
            lines->n_ends++;
        lines->after_return = text[i] == '\r';
    }
}

/* Turns the next bytes into UTF-8; *length is 0 at the end, `problem` an errno that stopped it after *length bytes. */
static behov_status next_block(text_source *source, const char **text, size_t *length, int *problem, behov_error *err)
{
    *problem = 0;
    *text = source->raw;
    if (!source->converter)
        return read_bytes(source, source->raw, BLOCK, length, err);
    *length = 0;
    *text = source->converted;
    while (*length == 0 && *problem == 0 && !source->has_ended) {
        size_t n_read;
        behov_status status = read_bytes(source, source->raw + source->n_left, BLOCK, &n_read, err);
        if (status != BEHOV_OK)
            return status;
        char *input_text = source->raw, *out = source->converted;
        size_t n_in = source->n_left + n_read, room = CONVERTED;
        if (n_read) {
            int code = system_convert(source->converter, &input_text, &n_in, &out, &room);
            if (code && (code != EINVAL || n_in > LONGEST_CHARACTER))
                *problem = code;
        } else {
            source->has_ended = true;
            *problem = n_in ? EINVAL /* half a character is left */
                            : system_convert(source->converter, NULL, NULL, &out, &room);
        }
        memmove(source->raw, input_text, n_in);
        source->n_left = n_in;
        *text = source->converted;
        *length = CONVERTED - room;
        if (*length && source->is_first_block) {
            source->is_first_block = false;
            if (*length >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
                *text += 3;
                *length -= 3;
            }
        }
    }
    return BEHOV_OK;
}

/* The line of a byte of the text. Reads from the start again: for errors, after which nothing more is read. */
static size_t line_of(text_source *source, size_t text_offset)
{
    line_counter lines = {0, false};
    size_t n_done = 0, length = 1;
    int problem = 0;
    behov_status status = text_source_rewind(source, NULL);
    while (status == BEHOV_OK && n_done < text_offset && length && !problem) {
        const char *text;
        status = next_block(source, &text, &length, &problem, NULL);
        if (status != BEHOV_OK)
            break;
        length = length < text_offset - n_done ? length : text_offset - n_done;
        count_lines(&lines, text, length);
        n_done += length;
    }
    return lines.n_ends + 1;
}

/* ---------------------------------------------------------------- finding the encoding */

bool text_source_is_utf8(const char *text, size_t length)
{
    utf8_scan scan = {.n_pending = 0};
    utf8_scan_block(&scan, (const unsigned char *)text, length, 0);
    return !scan.has_bad && !scan.n_pending;
}

static behov_status scan_whole_file(text_source *source, utf8_scan *scan, behov_error *err)
{
    size_t n;
    if (source->file >= 0 && utf8_scan_large_file(source->file, source->offset, source->n_bytes))
        return BEHOV_OK;
    do {
        size_t start = source->offset;
        behov_status status = read_bytes(source, source->raw, BLOCK, &n, err);
        if (status != BEHOV_OK)
            return status;
        utf8_scan_block(scan, (const unsigned char *)source->raw, n, start);
    } while (n);
    utf8_scan_end(scan, source->offset);
    source->n_bytes = source->offset;
    return BEHOV_OK;
}

/* Whether a name that the user gave means UTF-8. */
static bool means_utf8(const char *encoding)
{
    return strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

static behov_status use_encoding(text_source *source, const char *encoding, const char *in_words, behov_error *err)
{
    source->encoding = copy_text(encoding);
    source->converted = malloc(CONVERTED);
    if (!source->encoding || !source->converted)
        return out_of_memory(source, err);
    source->encoding_in_words = in_words ? in_words : source->encoding;
    source->converter = system_converter_new(encoding);
    if (!source->converter)
        return behov_error_say(err, BEHOV_E_ARGUMENT, source->name, SAY_TEXT_SOURCE_ENCODING_UNKNOWN,
                               behov_cut(encoding, 60).text);
    return BEHOV_OK;
}

static behov_status not_utf8(text_source *source, const utf8_scan *scan, const char *advice, behov_error *err)
{
    char where[BEHOV_PLACE_SIZE];
    text_source_where(source, line_of(source, scan->first_bad - source->mark_bytes), NULL, where);
    return behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_INVALID_UTF8, advice);
}

static behov_status find_encoding(text_source *source, const char *requested_text, behov_error *err)
{
    unsigned char head[4] = {0};
    size_t n_head;
    behov_status status = read_bytes(source, (char *)head, sizeof head, &n_head, err);
    if (status != BEHOV_OK)
        return status;
    if (n_head == 0)
        return behov_error_say(err, BEHOV_E_DATA, source->name, SAY_TEXT_SOURCE_EMPTY);
    if (n_head == 4 && memcmp(head, "PK\3\4", 4) == 0)
        return behov_error_say(err, BEHOV_E_DATA, source->name, SAY_TEXT_SOURCE_ZIP);
    if (n_head == 4 && (memcmp(head, "\xD0\xCF\x11\xE0", 4) == 0 || memcmp(head, "\x1F\x8B", 2) == 0))
        return behov_error_say(err, BEHOV_E_DATA, source->name, SAY_TEXT_SOURCE_OLD_WORKBOOK);
    bool is_old_stata = head[0] >= 104 && head[0] <= 115 && (head[1] == 1 || head[1] == 2) && head[2] == 1 && !head[3];
    if (n_head == 4 && (memcmp(head, "<sta", 4) == 0 || memcmp(head, "$FL", 3) == 0 || is_old_stata))
        return behov_error_say(err, BEHOV_E_DATA, source->name, SAY_TEXT_SOURCE_STATISTICS);
    const char *utf16 = memcmp(head, "\xFF\xFE", 2) == 0   ? "UTF-16LE"
                        : memcmp(head, "\xFE\xFF", 2) == 0 ? "UTF-16BE"
                                                           : NULL;
    bool has_utf8_mark = memcmp(head, "\xEF\xBB\xBF", 3) == 0;
    if (requested_text && !means_utf8(requested_text))
        return use_encoding(source, requested_text, NULL, err); /* its byte order mark is taken off after conversion */
    if (utf16 && !requested_text) {
        source->mark_bytes = 2;
        return use_encoding(source, utf16, utf16, err);
    }
    source->mark_bytes = has_utf8_mark ? 3 : 0;
    source->encoding_in_words = "UTF-8";
    utf8_scan scan = {.n_pending = 0};
    status = go_to_byte(source, source->mark_bytes, err);
    if (status == BEHOV_OK)
        status = scan_whole_file(source, &scan, err);
    if (status != BEHOV_OK || !scan.has_bad)
        return status;
    if (requested_text || has_utf8_mark)
        return not_utf8(source, &scan, PHRASE_TEXT_SOURCE_SAID_UTF8, err);
    if (scan.n_characters)
        return not_utf8(source, &scan, PHRASE_TEXT_SOURCE_MIXED, err);
    source->is_guess = true;
    return use_encoding(source, "WINDOWS-1252", "ISO-8859-1/Windows-1252", err);
}

/* ---------------------------------------------------------------- opening */

static behov_status keep_in_memory(text_source *source, behov_error *err)
{
    size_t room = 0, length = 0;
    for (;;) {
        if (length == room) {
            room = room ? room + room / 2 : BLOCK;
            char *memory = room > length ? realloc(source->memory, room) : NULL;
            if (!memory)
                return out_of_memory(source, err);
            source->memory = memory;
        }
        size_t got;
        int code = system_read(source->file, source->memory + length, room - length, &got);
        if (code)
            return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_CANNOT_BE_READ,
                                   code == EBADF ? PHRASE_TARGET_REASON_CLOSED : system_reason(code));
        if (got == 0)
            break;
        length += got;
        if (length > TEXT_SOURCE_MOST_KEPT)
            return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_ENDLESS,
                                   TEXT_SOURCE_MOST_KEPT / 1000000);
    }
    if (source->file > SYSTEM_STANDARD_INPUT)
        system_close(source->file);
    source->file = -1;
    source->bytes = source->memory;
    source->n_bytes = length;
    return BEHOV_OK;
}

static behov_status open_bundled(text_source *source, const char *path, behov_error *err)
{
    source->bytes = datasets_find(path, &source->n_bytes);
    return source->bytes ? BEHOV_OK : behov_error_say(err, BEHOV_E_FILE, path, SAY_TEXT_SOURCE_NOT_BUNDLED);
}

static behov_status open_file(text_source *source, const char *path, behov_error *err)
{
    if (datasets_is_bundled(path))
        return open_bundled(source, path, err);
    int code = 0;
    if (strcmp(path, "-") == 0)
        source->file = SYSTEM_STANDARD_INPUT;
    else
        code = system_open_to_read(path, &source->file);
    if (code == ENOENT || code == ENOTDIR)
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_NO_FILE);
    if (code)
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_CANNOT_BE_OPENED, system_reason(code));
    if (files_read_is_standard_output(path))
        return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_TEXT_SOURCE_IS_OUTPUT);
    files_read_note(path);
    system_file about;
    if ((code = system_look_at_open(source->file, &about)))
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_CANNOT_BE_LOOKED_AT,
                               system_reason(code));
    if (about.kind == SYSTEM_FOLDER)
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_FOLDER);
    bool is_standard_input = source->file == SYSTEM_STANDARD_INPUT;
    if (about.kind == SYSTEM_BLOCK_DEVICE ||
        (about.kind == SYSTEM_CHARACTER_DEVICE && !is_standard_input && !about.is_null_device)) /* which is empty */
        return behov_error_say(err, BEHOV_E_FILE, source->name, SAY_TEXT_SOURCE_DEVICE);
    /* Standard input may be a file that someone else has read the first lines of: it is taken from where it stands. */
    if (about.kind != SYSTEM_REGULAR || is_standard_input)
        return keep_in_memory(source, err);
    source->n_bytes = (size_t)about.n_bytes;
    return BEHOV_OK;
}

behov_status text_source_open_bytes(const char *path, progress *bar, text_source **source, behov_error *err)
{
    text_source *text_source = calloc(1, sizeof *text_source);
    if (!text_source)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_TEXT_SOURCE_NO_MEMORY);
    text_source->file = -1;
    text_source->name = copy_text(strcmp(path, "-") == 0 ? PHRASE_STANDARD_INPUT : path);
    text_source->raw = malloc(BLOCK + LONGEST_CHARACTER);
    behov_status status;
    if (!text_source->name || !text_source->raw)
        status = behov_error_say(err, BEHOV_E_MEMORY, path, SAY_TEXT_SOURCE_NO_MEMORY);
    else
        status = open_file(text_source, path, err);
    text_source->bar = bar;
    text_source->encoding_in_words = "UTF-8";
    text_source->part_per_byte = text_source->n_bytes ? 1 / (double)text_source->n_bytes : 0;
    if (status != BEHOV_OK) {
        text_source_free(text_source);
        return status;
    }
    *source = text_source;
    return BEHOV_OK;
}

behov_status text_source_start_text(text_source *source, const char *encoding, behov_error *err)
{
    /* Looking through for the encoding is the cheap pass, about a twentieth of the whole. */
    source->part_per_byte = source->n_bytes ? 0.05 / (double)source->n_bytes : 0;
    behov_status status = go_to_byte(source, 0, err);
    if (status == BEHOV_OK)
        status = find_encoding(source, encoding, err);
    source->part_before = 0.05;
    source->part_per_byte = source->n_bytes ? 0.95 / (double)source->n_bytes : 0;
    return status == BEHOV_OK ? text_source_rewind(source, err) : status;
}

behov_status text_source_open(const char *path, const char *encoding, progress *bar, text_source **source,
                              behov_error *err)
{
    text_source *opened;
    behov_status status = text_source_open_bytes(path, bar, &opened, err);
    if (status != BEHOV_OK)
        return status;
    status = text_source_start_text(opened, encoding, err);
    if (status != BEHOV_OK)
        text_source_free(opened);
    else
        *source = opened;
    return status;
}

behov_status text_source_read_at(text_source *source, size_t offset, void *bytes, size_t size, size_t *n_read,
                                 behov_error *err)
{
    behov_status status = BEHOV_OK;
    size_t place = source->file < 0 && offset > source->n_bytes ? source->n_bytes : offset;
    if (source->offset != place)
        status = go_to_byte(source, place, err);
    return status == BEHOV_OK ? read_bytes(source, bytes, size, n_read, err) : status;
}

void text_source_count_rows(text_source *source)
{
    source->has_rows = true;
}

void text_source_count_cells(text_source *source, const char *sheet,
                             bool (*name_cell)(const void *context, size_t row, const char *column, char name[16]),
                             const void *context)
{
    source->has_rows = true;
    source->sheet = sheet;
    source->name_cell = name_cell;
    source->cell_context = context;
}

behov_said text_source_sheet(const text_source *source)
{
    return source->sheet ? behov_phrase(SAY_TEXT_SOURCE_WHERE_SHEET, behov_cut(source->sheet, 40).text)
                         : (behov_said){.text = ""};
}

behov_said text_source_place(const text_source *source, size_t line)
{
    return source->has_rows ? behov_phrase(SAY_TEXT_SOURCE_ROW, line) : behov_phrase(SAY_TEXT_SOURCE_LINE, line);
}

behov_said text_source_cell(const text_source *source, size_t line, const char *column)
{
    char name[16];
    behov_excerpt cut = behov_cut(column, 40);
    if (source->sheet && source->name_cell(source->cell_context, line, column, name))
        return behov_phrase(SAY_TEXT_SOURCE_CELL, name, cut.text);
    return source->has_rows ? behov_phrase(SAY_TEXT_SOURCE_ROW_COLUMN, line, cut.text)
                            : behov_phrase(SAY_TEXT_SOURCE_LINE_COLUMN, line, cut.text);
}

behov_status text_source_rewind(text_source *source, behov_error *err)
{
    source->n_left = 0;
    source->n_given = 0;
    source->is_closed = false;
    source->ends_with_mark = false;
    source->has_ended = false;
    source->is_first_block = true;
    if (source->converter)
        system_convert(source->converter, NULL, NULL, NULL, NULL);
    return go_to_byte(source, source->mark_bytes, err);
}

/* ---------------------------------------------------------------- giving out */

static const char ctrl_z = '\x1A';

/* Ctrl-Z, which old editors end a file with: it and what follows is taken off, which may be blanks and line ends alone.
 * Returns whether that holds; *length is then shortened, else the length up to the text that would be lost. */
static bool end_at_ctrl_z(text_source *source, const char *text, size_t *length)
{
    const char *end = text + *length, *match = source->is_closed ? text : memchr(text, ctrl_z, *length);
    if (!match)
        return true;
    for (const char *cursor = match; cursor < end; cursor++)
        if (!strchr(" \t\r\n\x1A", *cursor) || !*cursor) {
            *length = (size_t)(cursor - text);
            return false;
        }
    source->is_closed = true;
    *length = (size_t)(match - text);
    return true;
}

/* The beginning of a phrase (behov/phrase.h), which no user's text may hold, also over two blocks; NULL = none. */
static const char *forged_phrase(text_source *source, const char *text, size_t length)
{
    const char *mark = text;
    if (length && source->ends_with_mark && text[0] >= '0' && text[0] <= '9')
        return text;
    if (length)
        source->ends_with_mark = text[length - 1] == '\002';
    if (!length || !behov_phrase_is_forged(text, length))
        return NULL;
    do
        mark = (const char *)memchr(mark, '\002', length - (size_t)(mark - text)) + 1;
    while (*mark < '0' || *mark > '9');
    return mark;
}

behov_status text_source_next(text_source *source, const char **text, size_t *length, behov_error *err)
{
    int problem;
    bool has_end = true;
    size_t n_raw;
    do { /* a block of nothing but what follows a Ctrl-Z is no end for the caller */
        behov_status status = next_block(source, text, length, &problem, err);
        if (status != BEHOV_OK)
            return status;
        n_raw = *length;
        has_end = !n_raw || end_at_ctrl_z(source, *text, length);
    } while (has_end && n_raw && *length == 0 && !problem);
    const char *zero = *length ? memchr(*text, '\0', *length) : NULL;
    size_t good = zero ? (size_t)(zero - *text) : *length;
    const char *phrase = forged_phrase(source, *text, good);
    good = phrase ? (size_t)(phrase - *text) : good;
    source->n_given += good;
    if (!zero && !problem && has_end && !phrase)
        return BEHOV_OK;
    unsigned byte = (unsigned char)source->raw[0]; /* the one that iconv stopped at */
    char where[BEHOV_PLACE_SIZE];
    text_source_where(source, line_of(source, source->n_given), NULL, where);
    if (phrase)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_DICTIONARY_CONTROL_CHARACTER);
    if (zero)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_ZERO);
    if (!has_end)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_CTRL_Z);
    if (problem == EINVAL)
        return behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_CUT_CHARACTER, source->encoding_in_words);
    return (source->is_guess
                ? behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_BAD_BYTE_GUESSED, byte,
                                  source->encoding_in_words)
                : behov_error_say(err, BEHOV_E_DATA, where, SAY_TEXT_SOURCE_BAD_BYTE, byte, source->encoding_in_words));
}

behov_status text_source_whole(text_source *source, size_t most, char **text, size_t *length, behov_error *err)
{
    size_t n = 0, room = 0;
    char *whole = NULL;
    for (;;) {
        const char *block;
        size_t n_block;
        behov_status status = text_source_next(source, &block, &n_block, err);
        if (!status && n + n_block > most)
            status = behov_error_say(err, BEHOV_E_DATA, source->name, SAY_TEXT_SOURCE_TOO_LARGE, (unsigned long)most);
        if (!status && n + n_block + 1 > room) {
            room = 2 * (n + n_block) + 1;
            char *larger = realloc(whole, room);
            whole = larger ? larger : whole;
            status = larger ? BEHOV_OK : out_of_memory(source, err);
        }
        if (status) {
            free(whole);
            return status;
        }
        if (n_block)
            memcpy(whole + n, block, n_block);
        n += n_block;
        if (n_block == 0)
            break;
    }
    whole[n] = '\0';
    *text = whole;
    *length = n;
    return BEHOV_OK;
}

behov_status text_source_read(const char *path, size_t most, char **text, size_t *length, bool *is_guess,
                              behov_error *err)
{
    text_source *source = NULL;
    behov_status status = text_source_open(path, NULL, NULL, &source, err);
    if (status)
        return status;
    text_source_encoding(source, is_guess);
    status = text_source_whole(source, most, text, length, err);
    text_source_free(source);
    return status;
}
