/* target.c - output files that are whole or not there at all.
 *
 * The file is made under another name in the target's own folder, so that the final rename stays on one disk and is
 * one step. A target that cannot be renamed over (a pipe, /dev/stdout, /dev/full) gets its bytes when the whole file
 * is ready: the file is made in the temporary folder and copied by target_commit, since a workbook needs to seek.
 *
 * A temporary file goes with the process (system.h). Leftovers of a process that was killed are called
 * .NAME.behov-XXXXXX and are swept away when NAME is next written. */
#include "target.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files_read.h"
#include "system.h"
#include "system_reason.h"

struct target {
    char *path;          /* as the user wrote it, for messages */
    char *resolved_path; /* where symbolic links lead */
    char *temporary;     /* the file that is written */
    int lock;            /* the temporary file, held open and locked; -1 = not */
    bool is_copied;      /* the target is no regular file: copy, do not rename */
};

/* ---- paths ---------------------------------------------------------------------------------------------------------
 */

const char *target_reason(int code)
{
    switch (code) {
    case EACCES:
    case EPERM: return PHRASE_TARGET_REASON_RIGHT;
    case ENOSPC: return PHRASE_TARGET_REASON_FULL;
#ifdef EDQUOT
    case EDQUOT: return PHRASE_TARGET_REASON_SHARE;
#endif
    case EFBIG: return PHRASE_TARGET_REASON_LARGE;
    case EROFS: return PHRASE_TARGET_REASON_READ_ONLY;
    case ENAMETOOLONG: return PHRASE_TARGET_REASON_NAME;
    case EMFILE:
    case ENFILE: return PHRASE_TARGET_REASON_FILES;
    case EIO: return PHRASE_TARGET_REASON_FAULT;
    case EPIPE: return PHRASE_TARGET_REASON_ENDED;
    case EBADF: return PHRASE_TARGET_REASON_CLOSED;
    default: return system_reason(code);
    }
}

static behov_status out_of_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_TARGET_NO_MEMORY);
}

/* Folder part of a path, "." or "/" included; from malloc. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    char *folder = malloc(length + 1);
    if (folder) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    return folder;
}

static char *join(const char *folder, const char *previous_text, const char *name, int longest, const char *next_text)
{
    size_t size = strlen(folder) + strlen(previous_text) + strlen(name) + strlen(next_text) + 2;
    char *joined = malloc(size);
    if (joined)
        snprintf(joined, size, "%s%s%s%.*s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", previous_text,
                 longest, name, next_text);
    return joined;
}

/* Follows symbolic links one by one, since the last one may lead to a file that does not exist yet. */
static behov_status follow_links(const char *path, char **resolved_path, behov_error *err)
{
    enum { MOST_LINKS = 40 };
    char *cursor = strdup(path);
    for (int n = 0; cursor && n <= MOST_LINKS; n++) {
        char *next = NULL;
        int code = system_follow_link(cursor, &next);
        if (!code && !next) {
            *resolved_path = cursor;
            return BEHOV_OK;
        }
        if (next && next[0] != '/') {
            char *folder = folder_of(cursor), *leads_to = next;
            next = folder ? join(folder, "", leads_to, INT_MAX, "") : NULL;
            free(folder);
            free(leads_to);
        }
        free(cursor);
        cursor = next;
    }
    if (!cursor)
        return out_of_memory(path, err);
    free(cursor);
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_LINKS);
}

char *target_whole_path(const char *path)
{
    char *resolved_path = NULL, *folder = NULL, *whole_folder = NULL, *whole = NULL;
    behov_error err;
    if (follow_links(path, &resolved_path, &err) == BEHOV_OK && (folder = folder_of(resolved_path)) &&
        (whole_folder = system_whole_folder(folder))) {
        const char *slash = strrchr(resolved_path, '/');
        whole = join(whole_folder, "", slash ? slash + 1 : resolved_path, INT_MAX, "");
    }
    free(resolved_path);
    free(folder);
    free(whole_folder);
    return whole;
}

behov_status target_check_beside(const char *path, behov_error *err)
{
    char *leads_to = NULL;
    if (system_follow_link(path, &leads_to))
        return out_of_memory(path, err);
    bool is_link = leads_to != NULL;
    free(leads_to);
    return is_link ? behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_IS_LINK) : BEHOV_OK;
}

static behov_status check_folder(const char *path, const char *folder, behov_error *err)
{
    system_file found;
    int code = system_look(folder, &found);
    if (!code && found.kind == SYSTEM_FOLDER)
        return BEHOV_OK;
    if (!code)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_NO_FOLDER, folder);
    if (code == ENOENT)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_FOLDER_MISSING, folder);
    if (code == ENOTDIR)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_PART_NO_FOLDER, folder);
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_FOLDER_CLOSED, folder, target_reason(code));
}

/* ---- the temporary file --------------------------------------------------------------------------------------------
 */

static behov_status make_temporary(target *target, const char *folder, const system_file *replaced, behov_error *err)
{
    enum { LONGEST = 200 }; /* the temporary name may not pass the 255 bytes of a file name */
    static const char ending[] = ".behov-" SYSTEM_TEMPORARY_ENDING;
    const char *slash = strrchr(target->resolved_path, '/'), *name = slash ? slash + 1 : target->resolved_path;
    char *path = join(folder, ".", name, LONGEST, ending);
    if (!path)
        return out_of_memory(target->path, err);
    const char *start = strrchr(path, '/') + 1;
    system_temporary_sweep(folder, start, strlen(start) - strlen(SYSTEM_TEMPORARY_ENDING));
    int code = system_temporary_new(path, &target->lock);
    if (code) {
        free(path);
        return behov_error_say(err, BEHOV_E_FILE, target->path, SAY_TARGET_CANNOT_WRITE_IN, folder,
                               target_reason(code));
    }
    target->temporary = path;
    if (!target->is_copied)
        system_temporary_take_mode(target->lock, replaced);
    return BEHOV_OK;
}

/* /dev/stdout may lead to a regular file that the shell has open, perhaps to append: never rename over that. */
bool target_is_open_stream(const char *path)
{
    return strncmp(path, "/dev/std", 8) == 0 || strncmp(path, "/dev/fd/", 8) == 0 || strncmp(path, "/proc/", 6) == 0;
}

static behov_status open_in(const char *path, target *target, behov_error *err)
{
    target->path = strdup(path);
    if (!target->path)
        return out_of_memory(path, err);
    system_file found;
    int code = system_look(path, &found);
    bool is_there = !code;
    if (code == ENAMETOOLONG)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE, target_reason(code));
    if ((is_there && found.kind == SYSTEM_FOLDER) || path[strlen(path) - 1] == '/')
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_IS_FOLDER);
    if (is_there && files_read_hold(&found))
        return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_TARGET_IS_READ);
    /* A pipe without a reader would be waited for without end. The reader's end of one that has a reader is held open until
     * the process ends, for it takes a first writer that leaves for the end of the file. */
    if (is_there && found.kind == SYSTEM_PIPE && (code = system_hold_pipe(path)))
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE,
                               code == ENXIO ? PHRASE_TARGET_REASON_PIPE : target_reason(code));
    target->is_copied = is_there && (found.kind != SYSTEM_REGULAR || target_is_open_stream(path));
    if (target->is_copied) {
        target->resolved_path = strdup(path);
        if (!target->resolved_path)
            return out_of_memory(path, err);
        return make_temporary(target, system_temporary_folder(), NULL, err);
    }
    behov_status status = follow_links(path, &target->resolved_path, err);
    if (status)
        return status;
    char *folder = folder_of(target->resolved_path);
    if (!folder)
        return out_of_memory(path, err);
    status = check_folder(path, folder, err);
    /* A rename would replace a write-protected file without a word. */
    if (!status && is_there && (code = system_may_write(target->resolved_path)))
        status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE,
                                 code == EACCES ? PHRASE_TARGET_REASON_PROTECTED : target_reason(code));
    if (!status)
        status = make_temporary(target, folder, is_there ? &found : NULL, err);
    free(folder);
    return status;
}

behov_status target_open(const char *path, target **out, behov_error *err)
{
    if (!path || !path[0])
        return behov_error_say(err, BEHOV_E_FILE, "", SAY_TARGET_NO_NAME);
    target *target = calloc(1, sizeof *target);
    if (!target)
        return out_of_memory(path, err);
    target->lock = -1;
    behov_status status = open_in(path, target, err);
    if (status)
        target_abandon(target);
    else
        *out = target;
    return status;
}

const char *target_path(const target *out)
{
    return out->temporary;
}

static int copy_bytes(int start, int end)
{
    static const size_t block = 1u << 16;
    char *bytes = malloc(block);
    if (!bytes)
        return ENOMEM;
    int code;
    size_t n_read;
    do {
        code = system_read(start, bytes, block, &n_read);
        if (!code)
            code = system_write(end, bytes, n_read);
    } while (!code && n_read);
    free(bytes);
    return code;
}

behov_status target_commit(target *out, behov_error *err)
{
    int file = -1, end = -1, code = system_open_to_read(out->temporary, &file);
    if (!code && out->is_copied) {
        code = system_open_to_append(out->resolved_path, &end);
        if (!code)
            code = copy_bytes(file, end);
        int code_of_end = end >= 0 ? system_close(end) : 0;
        code = code ? code : code_of_end;
    } else if (!code) {
        code = system_flush_to_disk(file);
    }
    if (file >= 0)
        system_close(file);
    if (!code && !out->is_copied && !(code = system_rename(out->temporary, out->resolved_path))) {
        system_temporary_forget(out->temporary);
        free(out->temporary);
        out->temporary = NULL;
    }
    behov_status status = BEHOV_OK;
    if (code == EISDIR)
        status = behov_error_say(err, BEHOV_E_FILE, out->path, SAY_TARGET_IS_FOLDER);
    else if (code)
        status = behov_error_say(err, BEHOV_E_FILE, out->path, SAY_TARGET_CANNOT_WRITE_FILE, target_reason(code));
    target_abandon(out);
    return status;
}

void target_abandon(target *out)
{
    if (!out)
        return;
    if (out->temporary)
        system_remove(out->temporary);
    if (out->lock >= 0)
        system_close(out->lock);
    system_temporary_forget(out->temporary);
    free(out->temporary);
    free(out->resolved_path);
    free(out->path);
    free(out);
}

behov_status target_write(const char *path, target_print *print, const void *context, behov_error *err)
{
    target *extra_tables = NULL;
    behov_status status = target_open(path, &extra_tables, err);
    if (status)
        return status;
    FILE *file = fopen(extra_tables->temporary, "wb");
    if (!file) {
        status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN, target_reason(errno));
    } else {
        errno = 0;
        status = print(file, context, err);
        bool is_bad = ferror(file) != 0;
        if (fclose(file) != 0 || is_bad) /* whatever `print` says of it */
            status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN,
                                     target_reason(errno ? errno : ENOSPC));
    }
    if (status) {
        target_abandon(extra_tables);
        return status;
    }
    return target_commit(extra_tables, err);
}
