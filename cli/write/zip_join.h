/* zip_join.h - a zip archive with some of its parts made longer by bytes that are packed already. */
#ifndef BEHOV_CLI_ZIP_JOIN_H
#define BEHOV_CLI_ZIP_JOIN_H

#include <behov/error.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* New contents of a part: a beginning, packed bytes of a file, and an end. All is borrowed. */
typedef struct zip_join_part {
    const char *name;
    const char *head, *tail;
    size_t n_head, n_tail;  /* bytes */
    uint64_t offset;        /* of the packed bytes in the file, */
    uint64_t packed, size;  /* which are so many, packed as raw deflate without an end and unpacked, */
    unsigned long checksum; /* and have this CRC-32 */
} zip_join_part;

/* The bytes of a part of the archive at `path`, from malloc, with a nought after them; the checksum is looked at.
 * BEHOV_E_FILE with where = shown and what is wrong; BEHOV_E_MEMORY. */
behov_status zip_join_read(const char *path, const char *part, const char *shown_text, char **bytes, size_t *length,
                           behov_error *err) BEHOV_MUST_CHECK;
/* Writes the parts of the archive at `source_path` in their order to `path`, packed as they are, with the new contents of
 * those listed. BEHOV_E_FILE with where = shown when anything cannot be read or written; BEHOV_E_MEMORY. */
behov_status zip_join_write(const char *source_path, FILE *rows_file, const zip_join_part *parts, size_t n_parts,
                            const char *path, const char *shown_text, behov_error *err) BEHOV_MUST_CHECK;

#endif
