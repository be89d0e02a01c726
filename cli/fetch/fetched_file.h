/* fetched_file.h - a file that was fetched, and the request beside it: what a file does not tell itself. FILE.request.json
 * stands beside FILE, and makes the folder a cache: what was asked, when the publisher last updated it, and the digest by
 * which a file that was changed or cut is known. */
#ifndef BEHOV_CLI_FETCHED_FILE_H
#define BEHOV_CLI_FETCHED_FILE_H

#include <behov/error.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* What is written beside a file; texts borrowed, NULL = not known. */
typedef struct fetch_record {
    const char *address, *method, *body;
    const char *api, *table, *title, *source;
    const char *updated;          /* of the answer, as it says */
    const char *metadata_updated; /* of the table's metadata when it was asked */
    const char *etag, *last_modified;
    const char *selection; /* of a recipe */
    const char *asked;     /* the digest of the whole question, of which this file may be a part */
    size_t part, n_parts, n_cells;
    bool is_named_here; /* the file has its name of a recipe, or of its part, and not of the call */
} fetch_record;

/* A file that is there already. Zero-initialise; free with kept_file_free in any case. */
typedef struct kept_file {
    bool is_there;
    bool is_fetched; /* a request stands beside it */
    bool is_whole;   /* and its bytes are still those that were fetched */
    json_t *record;  /* owned; NULL = none */
} kept_file;

/* Looks at FILE and FILE.request.json. A request that cannot be read is none. BEHOV_E_MEMORY. */
behov_status kept_file_look(const char *path, kept_file *kept, behov_error *err) BEHOV_MUST_CHECK;
void kept_file_free(kept_file *kept);
/* A text of the request beside it (borrowed); "" when it is not there. */
const char *kept_file_text(const kept_file *kept, const char *key);
size_t kept_file_count(const kept_file *kept, const char *key);
/* Whether it is whole and answers this very request: address and body, by their digest. */
bool kept_file_answers(const kept_file *kept, const char *address, const char *body);

/* Whether it was fetched as an answer to another question, which the new answer replaces. */
bool kept_file_is_of_other(const kept_file *kept, const char *address, const char *body);

/* Writes a file, and the request beside it: beside the target and renamed when whole, each; a file without a request is one
 * that was never finished. BEHOV_E_FILE. */
behov_status fetched_file_write(const char *path, const char *bytes, size_t n_bytes, const fetch_record *record,
                                behov_error *err) BEHOV_MUST_CHECK;
/* Removes a file that was fetched, with its request. */
void fetched_file_remove(const char *path);

/* FILE.request.json (malloc); NULL without memory. */
char *fetched_file_request_path(const char *path);
/* FILE with -N before its ending, or FILE itself for a file alone (part 0) (malloc); NULL without memory. */
char *fetched_file_part_path(const char *path, size_t part);

#endif
