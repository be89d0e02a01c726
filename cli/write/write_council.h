/* write_council.h - the page for a municipal council into a file. */
#ifndef BEHOV_CLI_WRITE_COUNCIL_H
#define BEHOV_CLI_WRITE_COUNCIL_H

#include <stddef.h>

#include <behov/council_page.h>
#include <behov/error.h>

/* What the page holds that is not of its figures; all of it is borrowed. */
typedef struct write_council_parts {
    const void *workbook; /* the bytes of the table of all as a workbook; NULL = none */
    size_t n_workbook_bytes;
    const char *workbook_name, *made_on;
    const behov_ratio_map *map; /* NULL = none, for the reason in no_map */
    const behov_error *no_map;
} write_council_parts;

/* Packs what a page of several holds of each, and writes the page beside its target (target.h). */
behov_status write_council(const char *path, const behov_council *council, const write_council_parts *parts,
                           behov_error *err) BEHOV_MUST_CHECK;

#endif
