/* zip_check.c - see zip_check.h. Nothing is unpacked to disk; memory is taken for the directory and the list of parts.
 *
 * Of XML it is looked at whether tags close: libxlsxwriter writes < and > in texts and attributes as entities, so that
 * every one that stands there belongs to a tag. */
#include "zip_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "system.h"

enum {
    END_LENGTH = 22, /* end of the central directory, without a comment */
    END64_LENGTH = 56,
    LOCATOR64_LENGTH = 20,
    CENTRAL_LENGTH = 46,
    LOCAL_LENGTH = 30,
    BLOCK = 1 << 15
};

typedef struct part {
    const char *name; /* in the directory, not ended by a nought */
    size_t name_length;
    uint64_t packed, size, offset;
    uint32_t checksum;
    unsigned method;
} part;

typedef struct archive {
    int file;
    uint64_t length;
    unsigned char *central_directory;
    uint64_t directory_offset, directory_length;
    part *parts;
    size_t n_parts;
    char *types; /* [Content_Types].xml */
    const char *shown_text;
    const char *const *packed_parts; /* not unpacked */
    size_t n_packed_parts;
    behov_error *err;
} archive;

/* Little-endian. */
static uint64_t number(const unsigned char *bytes, int n)
{
    uint64_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

static behov_status broken(const archive *zip, const part *part, const char *subject)
{
    return behov_error_say(zip->err, BEHOV_E_FILE, zip->shown_text, SAY_WORKBOOK_NOT_WHOLE,
                           part ? (int)part->name_length : 0, part ? part->name : "", part ? ": " : "", subject);
}

static behov_status out_of_memory(const archive *zip)
{
    return behov_error_say(zip->err, BEHOV_E_MEMORY, zip->shown_text, SAY_WORKBOOK_NO_MEMORY_CHECK);
}

static bool read_at(const archive *zip, void *bytes, size_t n, uint64_t offset)
{
    return system_read_at(zip->file, bytes, n, offset) == 0;
}

/* ---- the directory -------------------------------------------------------------------------------------------------
 */

static behov_status find_directory(archive *zip)
{
    unsigned char end[END_LENGTH], locator[LOCATOR64_LENGTH], end64[END64_LENGTH];
    if (zip->length < END_LENGTH || !read_at(zip, end, END_LENGTH, zip->length - END_LENGTH) ||
        memcmp(end, "PK\5\6", 4) != 0)
        return broken(zip, NULL, PHRASE_WORKBOOK_PART_NO_END);
    uint64_t end_offset = zip->length - END_LENGTH, n = number(end + 10, 2);
    zip->directory_length = number(end + 12, 4);
    zip->directory_offset = number(end + 16, 4);
    if (end_offset >= LOCATOR64_LENGTH && read_at(zip, locator, LOCATOR64_LENGTH, end_offset - LOCATOR64_LENGTH) &&
        memcmp(locator, "PK\6\7", 4) == 0) {
        uint64_t index = number(locator + 8, 8);
        if (index > zip->length || !read_at(zip, end64, END64_LENGTH, index) || memcmp(end64, "PK\6\6", 4) != 0)
            return broken(zip, NULL, PHRASE_WORKBOOK_PART_NO_LONG_END);
        n = number(end64 + 32, 8);
        zip->directory_length = number(end64 + 40, 8);
        zip->directory_offset = number(end64 + 48, 8);
        end_offset = index;
    }
    if (zip->directory_offset > end_offset || zip->directory_length != end_offset - zip->directory_offset ||
        n > zip->directory_length / CENTRAL_LENGTH)
        return broken(zip, NULL, PHRASE_WORKBOOK_PART_DIRECTORY_SIZE);
    zip->n_parts = (size_t)n;
    zip->central_directory = malloc((size_t)zip->directory_length + 1);
    zip->parts = calloc(zip->n_parts + 1, sizeof *zip->parts);
    if (!zip->central_directory || !zip->parts)
        return out_of_memory(zip);
    return read_at(zip, zip->central_directory, (size_t)zip->directory_length, zip->directory_offset)
               ? BEHOV_OK
               : broken(zip, NULL, PHRASE_WORKBOOK_PART_DIRECTORY_UNREAD);
}

/* The numbers that stand in the extra field where they need eight bytes. */
static void read_long_numbers(part *part, const unsigned char *extra, size_t length)
{
    while (length >= 4) {
        size_t n = (size_t)number(extra + 2, 2);
        if (n > length - 4)
            return;
        if (number(extra, 2) == 1) {
            uint64_t *fields[] = {&part->size, &part->packed, &part->offset};
            const unsigned char *cursor = extra + 4, *end = cursor + n;
            for (size_t i = 0; i < 3; i++)
                if (*fields[i] == UINT32_MAX && end - cursor >= 8) {
                    *fields[i] = number(cursor, 8);
                    cursor += 8;
                }
            return;
        }
        extra += 4 + n;
        length -= 4 + n;
    }
}

static behov_status read_directory(archive *zip)
{
    const unsigned char *cursor = zip->central_directory;
    uint64_t left = zip->directory_length;
    for (size_t i = 0; i < zip->n_parts; i++) {
        if (left < CENTRAL_LENGTH || memcmp(cursor, "PK\1\2", 4) != 0)
            return broken(zip, NULL, PHRASE_WORKBOOK_PART_DIRECTORY_CUT);
        size_t name_length = (size_t)number(cursor + 28, 2), extra = (size_t)number(cursor + 30, 2),
               whole = CENTRAL_LENGTH + name_length + extra + (size_t)number(cursor + 32, 2);
        if (left < whole)
            return broken(zip, NULL, PHRASE_WORKBOOK_PART_DIRECTORY_CUT);
        zip->parts[i] = (part){.name = (const char *)cursor + CENTRAL_LENGTH,
                               .name_length = name_length,
                               .method = (unsigned)number(cursor + 10, 2),
                               .checksum = (uint32_t)number(cursor + 16, 4),
                               .packed = number(cursor + 20, 4),
                               .size = number(cursor + 24, 4),
                               .offset = number(cursor + 42, 4)};
        read_long_numbers(&zip->parts[i], cursor + CENTRAL_LENGTH + name_length, extra);
        cursor += whole;
        left -= whole;
    }
    return left == 0 ? BEHOV_OK : broken(zip, NULL, PHRASE_WORKBOOK_PART_DIRECTORY_LONG);
}

/* ---- the parts -----------------------------------------------------------------------------------------------------
 */

/* What has been seen of a part's XML. */
typedef struct tags {
    long depth;
    size_t n;
    char previous_letter; /* the character before the one at hand, since the tag's < */
    bool is_inside, is_closing, is_other, is_wrong;
} tags;

static void look_at_tags(tags *seen_tags, const unsigned char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char letter = (char)text[i];
        if (!seen_tags->is_inside) {
            seen_tags->is_wrong = seen_tags->is_wrong || letter == '>';
            if (letter == '<')
                *seen_tags = (tags){.depth = seen_tags->depth,
                                    .n = seen_tags->n + 1,
                                    .previous_letter = '<',
                                    .is_inside = true,
                                    .is_wrong = seen_tags->is_wrong};
            continue;
        }
        if (seen_tags->previous_letter == '<') {
            seen_tags->is_closing = letter == '/';
            seen_tags->is_other = letter == '?' || letter == '!';
        }
        if (letter == '>') {
            if (seen_tags->is_closing)
                seen_tags->depth--;
            else if (!seen_tags->is_other && seen_tags->previous_letter != '/')
                seen_tags->depth++;
            seen_tags->is_inside = false;
            seen_tags->is_wrong = seen_tags->is_wrong || seen_tags->depth < 0;
        } else {
            seen_tags->is_wrong = seen_tags->is_wrong || letter == '<';
        }
        seen_tags->previous_letter = letter;
    }
}

typedef struct unpacked {
    uLong checksum;
    uint64_t size;
    tags tags;
    char *kept_bytes; /* NULL = not wanted; else room for all */
} unpacked;

static bool take(unpacked *out, const part *part, const unsigned char *text, size_t n)
{
    if (n > part->size - out->size)
        return false;
    if (out->kept_bytes)
        memcpy(out->kept_bytes + out->size, text, n);
    out->checksum = crc32(out->checksum, text, (uInt)n);
    out->size += n;
    look_at_tags(&out->tags, text, n);
    return true;
}

/* Inflates a part block by block; false when its bytes are no such stream. */
static bool inflate_part(const archive *zip, const part *part, uint64_t start, z_stream *stream, unpacked *out)
{
    unsigned char input_text[BLOCK], text[BLOCK];
    int code = Z_OK;
    for (uint64_t n_done = 0; n_done < part->packed && code == Z_OK;) {
        size_t n = part->packed - n_done < BLOCK ? (size_t)(part->packed - n_done) : BLOCK;
        if (!read_at(zip, input_text, n, start + n_done))
            return false;
        n_done += n;
        stream->next_in = input_text;
        stream->avail_in = (uInt)n;
        do {
            stream->next_out = text;
            stream->avail_out = BLOCK;
            code = inflate(stream, Z_NO_FLUSH);
            if ((code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) ||
                !take(out, part, text, BLOCK - stream->avail_out))
                return false;
        } while (stream->avail_out == 0 && code == Z_OK);
        if (code == Z_BUF_ERROR)
            code = Z_OK; /* it wants more */
    }
    return code == Z_STREAM_END;
}

static bool copy_part(const archive *zip, const part *part, uint64_t start, unpacked *out)
{
    unsigned char input_text[BLOCK];
    for (uint64_t n_done = 0; n_done < part->packed;) {
        size_t n = part->packed - n_done < BLOCK ? (size_t)(part->packed - n_done) : BLOCK;
        if (!read_at(zip, input_text, n, start + n_done) || !take(out, part, input_text, n))
            return false;
        n_done += n;
    }
    return true;
}

static bool is_called(const part *part, const char *name)
{
    return part->name_length == strlen(name) && memcmp(part->name, name, part->name_length) == 0;
}

static bool is_listed(const archive *zip, const part *part)
{
    for (size_t i = 0; i < zip->n_packed_parts; i++)
        if (is_called(part, zip->packed_parts[i]))
            return true;
    return false;
}

static behov_status check_part(archive *zip, const part *part)
{
    unsigned char head[LOCAL_LENGTH];
    if (part->offset > zip->directory_offset || zip->directory_offset - part->offset < LOCAL_LENGTH + part->packed ||
        !read_at(zip, head, LOCAL_LENGTH, part->offset) || memcmp(head, "PK\3\4", 4) != 0)
        return broken(zip, part, PHRASE_WORKBOOK_PART_MISPLACED);
    uint64_t start = part->offset + LOCAL_LENGTH + number(head + 26, 2) + number(head + 28, 2);
    if (start + part->packed > zip->directory_offset || (part->method != 0 && part->method != Z_DEFLATED))
        return broken(zip, part, PHRASE_WORKBOOK_PART_CUT);
    if (is_listed(zip, part))
        return BEHOV_OK;
    unpacked out = {.checksum = crc32(0, NULL, 0)};
    if (is_called(part, "[Content_Types].xml")) {
        if (zip->types || part->size > 100000000)
            return broken(zip, part, PHRASE_WORKBOOK_PART_TWICE);
        if (!(out.kept_bytes = zip->types = calloc((size_t)part->size + 1, 1)))
            return out_of_memory(zip);
    }
    bool is_unpacked;
    if (part->method == 0) {
        is_unpacked = copy_part(zip, part, start, &out);
    } else {
        z_stream stream = {0};
        if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
            return out_of_memory(zip);
        is_unpacked = inflate_part(zip, part, start, &stream, &out);
        inflateEnd(&stream);
    }
    if (!is_unpacked || out.size != part->size || out.checksum != part->checksum)
        return broken(zip, part, PHRASE_WORKBOOK_PART_BYTES);
    if (out.tags.n == 0 || out.tags.is_inside || out.tags.is_wrong || out.tags.depth != 0)
        return broken(zip, part, PHRASE_WORKBOOK_PART_TAGS);
    return BEHOV_OK;
}

/* ---- what a workbook has -------------------------------------------------------------------------------------------
 */

static behov_status demand(const archive *zip, const char *name, size_t length)
{
    const part part = {.name = name, .name_length = length};
    for (size_t i = 0; i < zip->n_parts; i++)
        if (zip->parts[i].name_length == length && memcmp(zip->parts[i].name, name, length) == 0)
            return BEHOV_OK;
    return broken(zip, &part, PHRASE_WORKBOOK_PART_MISSING);
}

static behov_status check_names(const archive *zip, size_t n_sheets)
{
    static const char *const names[] = {"[Content_Types].xml", "_rels/.rels",         "xl/workbook.xml",
                                        "xl/styles.xml",       "xl/theme/theme1.xml", "xl/_rels/workbook.xml.rels",
                                        "docProps/app.xml",    "docProps/core.xml"};
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && !status; i++)
        status = demand(zip, names[i], strlen(names[i]));
    for (size_t i = 1; i <= n_sheets && !status; i++) {
        char name[60];
        int length = snprintf(name, sizeof name, "xl/worksheets/sheet%lu.xml", (unsigned long)i);
        status = demand(zip, name, (size_t)length);
    }
    static const char attribute[] = "PartName=\"/";
    for (const char *cursor = zip->types; !status && cursor && (cursor = strstr(cursor, attribute));) {
        cursor += sizeof attribute - 1;
        status = demand(zip, cursor, strcspn(cursor, "\""));
    }
    return status;
}

behov_status zip_check_workbook(const char *path, const char *shown_text, size_t n_sheets, behov_error *err)
{
    return zip_check_workbook_but(path, shown_text, n_sheets, NULL, 0, err);
}

behov_status zip_check_workbook_but(const char *path, const char *shown_text, size_t n_sheets,
                                    const char *const *packed_parts, size_t n_packed_parts, behov_error *err)
{
    archive zip = {.file = -1,
                   .shown_text = shown_text,
                   .packed_parts = packed_parts,
                   .n_packed_parts = n_packed_parts,
                   .err = err};
    system_file about;
    behov_status status = BEHOV_OK;
    if (system_open_to_read(path, &zip.file) || system_look_at_open(zip.file, &about))
        status = broken(&zip, NULL, PHRASE_WORKBOOK_PART_CLOSED);
    else
        zip.length = about.n_bytes;
    if (!status)
        status = find_directory(&zip);
    if (!status)
        status = read_directory(&zip);
    for (size_t i = 0; i < zip.n_parts && !status; i++)
        status = check_part(&zip, &zip.parts[i]);
    if (!status)
        status = check_names(&zip, n_sheets);
    if (zip.file >= 0)
        system_close(zip.file);
    free(zip.central_directory);
    free(zip.parts);
    free(zip.types);
    return status;
}
