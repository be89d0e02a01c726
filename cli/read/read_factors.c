/* read_factors.c - see read_factors.h. */
#include "read_factors.h"

#include <behov/factor_file.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files_read.h"
#include "system.h"
#include "system_reason.h"

static behov_status no_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_FACTORS_NO_MEMORY);
}

static behov_status read_bytes(const char *path, unsigned char **bytes, size_t *n_bytes, behov_error *err)
{
    system_file about;
    size_t room = 0, n_read = 1;
    int number, reason;
    *bytes = NULL;
    *n_bytes = 0;
    if (system_look(path, &about) == 0 && (about.kind == SYSTEM_FOLDER || about.kind == SYSTEM_BLOCK_DEVICE ||
                                           about.kind == SYSTEM_CHARACTER_DEVICE)) /* what may never end */
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_FACTORS_NO_FILE);
    if ((reason = system_open_to_read(path, &number)))
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_FILE_DIGEST_UNREADABLE, system_reason(reason));
    files_read_note(path);
    while (!reason && n_read) {
        if (*n_bytes == room) {
            room = room ? 2 * room : 65536;
            unsigned char *larger = realloc(*bytes, room);
            if (!larger) {
                reason = ENOMEM;
                break;
            }
            *bytes = larger;
        }
        reason = system_read(number, *bytes + *n_bytes, room - *n_bytes, &n_read);
        *n_bytes += reason ? 0 : n_read;
    }
    system_close(number);
    return !reason            ? BEHOV_OK
           : reason == ENOMEM ? no_memory(path, err)
                              : behov_error_say(err, BEHOV_E_FILE, path, SAY_FILE_DIGEST_UNREADABLE,
                                                system_reason(reason));
}

static behov_status read_one(const char *path, behov_factor_parts *parts, behov_error *err)
{
    unsigned char *bytes = NULL;
    size_t n_bytes;
    behov_factor_part *larger = realloc(parts->parts, (parts->n + 1) * sizeof *larger);
    if (larger)
        parts->parts = larger;
    char **names = realloc(parts->names, (parts->n + 1) * sizeof *names);
    if (names)
        parts->names = names;
    char *name = larger && names ? strdup(path) : NULL;
    if (!name)
        return no_memory(path, err);
    larger[parts->n] = (behov_factor_part){0};
    names[parts->n] = name;
    behov_factor_part *part = &larger[parts->n++];
    behov_status status = read_bytes(path, &bytes, &n_bytes, err);
    if (!status)
        status = behov_factor_file_read(bytes, n_bytes, path, part, err);
    free(bytes);
    return status;
}

static bool is_read(const behov_factor_parts *parts, const char *path)
{
    for (size_t i = 0; i < parts->n; i++)
        if (strcmp(parts->names[i], path) == 0)
            return true;
    return false;
}

behov_status read_factors(const char *const *patterns, size_t n_patterns, behov_factor_parts *parts, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; i < n_patterns && !status; i++) {
        char **paths;
        size_t n;
        int reason = system_match(patterns[i], &paths, &n);
        if (reason)
            status = no_memory(patterns[i], err);
        else if (n == 0)
            status = behov_error_say(err, BEHOV_E_FILE, patterns[i], SAY_FACTORS_NONE_MATCH);
        for (size_t k = 0; k < n && !status; k++)
            if (!is_read(parts, paths[k]))
                status = read_one(paths[k], parts, err);
        for (size_t k = 0; paths && k < n; k++)
            free(paths[k]);
        free(paths);
    }
    return status;
}
