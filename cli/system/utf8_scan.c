/* utf8_scan.c - see utf8_scan.h. */
#include "utf8_scan.h"

#include <behov/parallel.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "system.h"

/* The length of the character at `at`, 0 when it is malformed, -1 when `n` bytes are too few to say. Overlong forms,
 * surrogates and everything past U+10FFFF are malformed (Unicode 15, table 3-7). */
static int character_length(const unsigned char *cursor, size_t n)
{
    unsigned char lead = cursor[0], low = 0x80, high = 0xBF;
    int length;
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        low = lead == 0xE0 ? 0xA0 : low;
        high = lead == 0xED ? 0x9F : high;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        low = lead == 0xF0 ? 0x90 : low;
        high = lead == 0xF4 ? 0x8F : high;
    } else
        return 0;
    for (int i = 1; i < length; i++) {
        if ((size_t)i >= n)
            return -1;
        if (cursor[i] < low || cursor[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

static void note_bad(utf8_scan *scan, size_t offset)
{
    if (!scan->has_bad) {
        scan->has_bad = true;
        scan->first_bad = offset;
    }
}

void utf8_scan_block(utf8_scan *scan, const unsigned char *block, size_t length, size_t start)
{
    size_t index = 0;
    while (scan->n_pending && index < length) {
        scan->pending[scan->n_pending++] = block[index++];
        int n = character_length(scan->pending, scan->n_pending);
        if (n > 0) {
            scan->n_characters++;
            scan->n_pending = 0;
        } else if (n == 0) { /* the new byte is no part of it, so it is looked at again */
            note_bad(scan, start + index - scan->n_pending);
            scan->n_pending = 0;
            index--;
        }
    }
    while (index < length) {
        while (length - index >= 16) { /* nearly all bytes of nearly all files */
            uint64_t first, second;
            memcpy(&first, block + index, 8);
            memcpy(&second, block + index + 8, 8);
            if ((first | second) & UINT64_C(0x8080808080808080))
                break;
            index += 16;
        }
        size_t stop = length - index < 16 ? length : index + 16;
        while (index < stop) {
            if (block[index] < 0x80) {
                index++;
                continue;
            }
            int n = character_length(block + index, length - index);
            if (n > 0) {
                scan->n_characters++;
                index += (size_t)n;
            } else if (n == 0) {
                note_bad(scan, start + index);
                index++;
            } else {
                scan->n_pending = length - index;
                memcpy(scan->pending, block + index, scan->n_pending);
                return;
            }
        }
    }
}

void utf8_scan_end(utf8_scan *scan, size_t end)
{
    if (scan->n_pending)
        note_bad(scan, end - scan->n_pending);
}

/* ---- a large file, by several threads ------------------------------------------------------------------------------
 * */

enum { FILE_PART = 1 << 23, FILE_BLOCK = 1 << 18, CHARACTER_MAX = 4 };

/* Bytes first .. end - 1, but for those at its start that belong to a character of the part before. */
typedef struct file_part {
    size_t n_skipped, n_taken; /* bytes at its start that continue a character; bytes behind its end that do so */
    bool is_good;
} file_part;

typedef struct file_scan {
    int file;
    size_t first, end;
    file_part *parts;
} file_scan;

static bool continues_character(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0xBF;
}

static void scan_part(void *context, size_t part_index)
{
    const file_scan *whole = context;
    file_part *part = &whole->parts[part_index];
    size_t first = whole->first + part_index * FILE_PART,
           end = whole->end - first > FILE_PART ? first + FILE_PART : whole->end;
    unsigned char *block = malloc(FILE_BLOCK), behind[CHARACTER_MAX];
    utf8_scan scan = {.n_pending = 0};
    part->is_good = block != NULL;
    for (size_t offset = first; part->is_good && offset < end;) {
        size_t length = end - offset < FILE_BLOCK ? end - offset : FILE_BLOCK, index = 0;
        part->is_good = system_read_at(whole->file, block, length, offset) == 0;
        while (part->is_good && part_index && offset == first && index < CHARACTER_MAX && index < length &&
               continues_character(block[index]))
            index++;
        part->n_skipped = offset == first ? index : part->n_skipped;
        if (part->is_good)
            utf8_scan_block(&scan, block + index, length - index, offset + index);
        offset += length;
    }
    size_t n_behind = whole->end - end < CHARACTER_MAX ? whole->end - end : CHARACTER_MAX;
    if (part->is_good && scan.n_pending && n_behind)
        part->is_good = system_read_at(whole->file, behind, n_behind, end) == 0;
    for (; part->is_good && scan.n_pending && part->n_taken < n_behind; part->n_taken++)
        utf8_scan_block(&scan, &behind[part->n_taken], 1, end + part->n_taken);
    part->is_good = part->is_good && !scan.has_bad && !scan.n_pending;
    free(block);
}

bool utf8_scan_large_file(int file, size_t first, size_t end)
{
    if (first >= end || end - first < 2 * FILE_PART)
        return false;
    size_t n_parts = (end - first + FILE_PART - 1) / FILE_PART;
    file_scan whole = {file, first, end, calloc(n_parts, sizeof *whole.parts)};
    bool is_good = whole.parts != NULL;
    if (is_good)
        behov_parallel(system_processors(), n_parts, scan_part, &whole);
    for (size_t i = 0; i < n_parts && is_good; i++)
        is_good = whole.parts[i].is_good && (i == 0 || whole.parts[i].n_skipped == whole.parts[i - 1].n_taken);
    free(whole.parts);
    return is_good;
}
