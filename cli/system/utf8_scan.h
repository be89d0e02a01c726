/* utf8_scan.h - whether bytes are UTF-8, and where they are not. */
#ifndef BEHOV_CLI_UTF8_SCAN_H
#define BEHOV_CLI_UTF8_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* Walks through bytes as UTF-8, across blocks. */
typedef struct utf8_scan {
    unsigned char pending[4]; /* a character that the block's end cut */
    size_t n_pending;
    size_t n_characters; /* well-formed ones of more than one byte */
    size_t first_bad;    /* offset of the first byte that is not UTF-8 */
    bool has_bad;
} utf8_scan;

/* The next block; `start` is its offset in the file. */
void utf8_scan_block(utf8_scan *scan, const unsigned char *block, size_t length, size_t start);
/* The file ends at `end`: half a character is bad. */
void utf8_scan_end(utf8_scan *scan, size_t end);
/* Whether bytes first .. end - 1 of a large file that can be read at any place are all UTF-8, by several threads. False
 * says nothing: the file is small, has something else, or could not be read so. */
bool utf8_scan_large_file(int file, size_t first, size_t end);

#endif
