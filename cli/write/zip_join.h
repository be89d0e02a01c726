/* zip_join.h - a workbook put together of two, which have the same parts but for some, without packing anything anew. */
#ifndef BEHOV_CLI_ZIP_JOIN_H
#define BEHOV_CLI_ZIP_JOIN_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

/* A part that stands in one of the two archives alone. */
typedef struct zip_join_part {
    const char *part;
    bool is_in_second;
} zip_join_part;

/* The bytes of a part of the archive at `path`, from malloc, with a nought after them; the checksum is looked at.
 * BEHOV_E_FILE with where = shown and what is wrong; BEHOV_E_MEMORY. */
behov_status zip_join_read(const char *path, const char *part, const char *shown_text, char **bytes, size_t *length,
                           behov_error *err) BEHOV_MUST_CHECK;
/* Writes the parts of the archive `first`, in their order and packed as they are, to `path`, which is there; those that
 * are listed as in the second come from there. All that are not listed must be the same in both, by size and checksum:
 * BEHOV_E_MEMORY with where = shown when they are not. BEHOV_E_FILE when anything cannot be read or written. */
behov_status zip_join_write(const char *first, const char *second, const zip_join_part *parts, size_t n_parts,
                            const char *path, const char *shown_text, behov_error *err) BEHOV_MUST_CHECK;

#endif
