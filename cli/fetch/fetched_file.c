/* fetched_file.c - see fetched_file.h. */
#include "fetched_file.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <behov/wording.h>

#include "json_build.h"
#include "sha256.h"
#include "system.h"
#include "target.h"
#include "write_json.h"

static behov_status out_of_memory(const char *where, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, where, SAY_FETCH_NO_MEMORY);
}

/* ---- names ----------------------------------------------------------------------------------------------------------- */

char *fetched_file_request_path(const char *path)
{
    static const char ending[] = ".request.json";
    char *joined = malloc(strlen(path) + sizeof ending);
    if (joined) {
        memcpy(joined, path, strlen(path));
        memcpy(joined + strlen(path), ending, sizeof ending);
    }
    return joined;
}

char *fetched_file_part_path(const char *path, size_t part)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t length = strlen(path), size = length + 32;
    size_t stem = dot && dot > (slash ? slash + 1 : path) ? (size_t)(dot - path) : length;
    char *joined = malloc(size);
    if (joined && part)
        snprintf(joined, size, "%.*s-%zu%s", (int)stem, path, part, path + stem);
    else if (joined)
        memcpy(joined, path, length + 1);
    return joined;
}

/* The digest of a request: address and body. */
static bool digest_of(const char *address, const char *body, char hex[65])
{
    size_t n_address = strlen(address), n_body = body ? strlen(body) : 0;
    char *text = malloc(n_address + n_body + 2);
    if (!text)
        return false;
    memcpy(text, address, n_address);
    text[n_address] = '\n';
    memcpy(text + n_address + 1, body ? body : "", n_body + 1);
    sha256_hex(text, n_address + 1 + n_body, hex);
    free(text);
    return true;
}

/* ---- what is there --------------------------------------------------------------------------------------------------- */

/* All bytes of a regular file (malloc); NULL when it cannot be read, or is too large to have been fetched. */
static char *read_whole(const char *path, size_t *n_bytes)
{
    enum { MOST_BYTES = 200000000 };
    system_file about;
    int file;
    if (system_look(path, &about) != 0 || about.kind != SYSTEM_REGULAR || about.n_bytes > MOST_BYTES ||
        system_open_to_read(path, &file) != 0)
        return NULL;
    size_t size = (size_t)about.n_bytes, n = 0, n_read = 1;
    char *bytes = malloc(size + 1);
    while (bytes && n < size && n_read)
        if (system_read(file, bytes + n, size - n, &n_read) != 0)
            break;
        else
            n += n_read;
    system_close(file);
    *n_bytes = n;
    return bytes;
}

const char *kept_file_text(const kept_file *kept, const char *key)
{
    const char *text = json_string_value(json_object_get(kept->record, key));
    return text ? text : "";
}

size_t kept_file_count(const kept_file *kept, const char *key)
{
    json_int_t count = json_integer_value(json_object_get(kept->record, key));
    return count > 0 ? (size_t)count : 0;
}

behov_status kept_file_look(const char *path, kept_file *kept, behov_error *err)
{
    *kept = (kept_file){.is_there = system_is_there(path)};
    char *beside = fetched_file_request_path(path), hex[65];
    size_t n_bytes = 0;
    if (!beside)
        return out_of_memory(path, err);
    char *bytes = read_whole(beside, &n_bytes);
    free(beside);
    if (bytes)
        kept->record = json_loadb(bytes, n_bytes, JSON_REJECT_DUPLICATES, NULL);
    free(bytes);
    kept->is_fetched = kept_file_text(kept, "sha256")[0] != '\0';
    if (!kept->is_there || !kept->is_fetched)
        return BEHOV_OK;
    bytes = read_whole(path, &n_bytes);
    if (bytes) {
        sha256_hex(bytes, n_bytes, hex);
        kept->is_whole = strcmp(hex, kept_file_text(kept, "sha256")) == 0;
    }
    free(bytes);
    return BEHOV_OK;
}

void kept_file_free(kept_file *kept)
{
    json_decref(kept->record);
    *kept = (kept_file){0};
}

bool kept_file_answers(const kept_file *kept, const char *address, const char *body)
{
    char hex[65];
    return kept->is_whole && digest_of(address, body, hex) && strcmp(hex, kept_file_text(kept, "request_sha256")) == 0;
}

bool kept_file_is_of_other(const kept_file *kept, const char *address, const char *body)
{
    char hex[65];
    const char *noted = kept_file_text(kept, "request_sha256");
    return kept->is_there && noted[0] && digest_of(address, body, hex) && strcmp(hex, noted) != 0;
}

/* ---- writing --------------------------------------------------------------------------------------------------------- */

/* 2026-11-29T18:02:11Z; "" where the clock says nothing. */
static void moment_text(long long seconds, char text[32])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&moment, &parts) || strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        text[0] = '\0';
}

static json_t *record_object(const fetch_record *record, const char *bytes, size_t n_bytes)
{
    json_t *object = json_object();
    char fetched[32], hex[65];
    moment_text(system_now(), fetched);
    json_put(object, "address", json_text(record->address));
    json_put(object, "method", json_text(record->method));
    json_put(object, "body", json_text(record->body));
    json_put(object, "fetched", json_text(fetched));
    json_put(object, "updated", json_text(record->updated));
    sha256_hex(bytes, n_bytes, hex);
    json_put(object, "sha256", json_text(hex));
    json_put(object, "bytes", json_count(n_bytes));
    json_put(object, "api", json_text(record->api));
    json_put(object, "table", json_text(record->table));
    json_put(object, "title", json_text(record->title));
    json_put(object, "source", json_text(record->source));
    json_put(object, "cells", record->n_cells ? json_count(record->n_cells) : json_null());
    json_put(object, "part", json_count(record->part));
    json_put(object, "parts", json_count(record->n_parts));
    json_put(object, "metadata_updated", json_text(record->metadata_updated));
    json_put(object, "etag", json_text(record->etag));
    json_put(object, "last_modified", json_text(record->last_modified));
    json_put(object, "request_sha256", digest_of(record->address, record->body, hex) ? json_text(hex) : NULL);
    json_put(object, "selection", json_text(record->selection));
    json_put(object, "asked_sha256", json_text(record->asked));
    json_put(object, "program", json_text("behov " BEHOV_VERSION));
    return object;
}

typedef struct byte_text {
    const char *bytes;
    size_t n;
} byte_text;

static behov_status print_bytes(FILE *out, const void *context, behov_error *err)
{
    const byte_text *text = context;
    (void)err;
    fwrite(text->bytes, 1, text->n, out); /* whether they arrive is seen by target_write */
    return BEHOV_OK;
}

void fetched_file_remove(const char *path)
{
    char *beside = fetched_file_request_path(path);
    if (beside)
        system_remove(beside);
    free(beside);
    system_remove(path);
}

behov_status fetched_file_write(const char *path, const char *bytes, size_t n_bytes, const fetch_record *record,
                                behov_error *err)
{
    byte_text text = {bytes, n_bytes};
    char *beside = fetched_file_request_path(path);
    if (!beside)
        return out_of_memory(path, err);
    /* The old request must not stand beside the new file, not even for a moment in which the power fails. */
    behov_status status = target_check_beside(beside, err);
    if (!status && record->is_named_here)
        status = target_check_beside(path, err);
    if (!status && system_is_regular_file(beside))
        system_remove(beside);
    if (!status)
        status = target_write(path, print_bytes, &text, err);
    if (!status)
        status = write_json_object(beside, record_object(record, bytes, n_bytes), err);
    free(beside);
    return status;
}
