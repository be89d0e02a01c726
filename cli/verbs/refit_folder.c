/* refit_folder.c - see refit_folder.h. */
#include "refit_folder.h"

#include <stdlib.h>
#include <string.h>

#include <behov/word.h>

#include "system.h"
#include "target.h"

/* "folder/name" (malloc); NULL without memory. */
static char *path_in(const char *folder, const char *name)
{
    size_t n = strlen(folder), size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (!path)
        return NULL;
    memcpy(path, folder, n);
    path[n] = '/';
    memcpy(path + n + 1, name, size - n - 1);
    return path;
}

static behov_status no_memory(const char *path, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_REFIT_NO_MEMORY);
}

static behov_status refused(const char *path, int code, behov_error *err)
{
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_REFIT_FOLDER, target_reason(code));
}

/* What an earlier call that was ended in the middle has left. */
static void empty(const refit_folder *folder)
{
    for (size_t i = 0; folder->work && folder->names[i]; i++) {
        char *path = path_in(folder->work, folder->names[i]);
        if (path)
            system_remove(path);
        free(path);
    }
}

static behov_status find_places(const char *path, refit_folder *folder, behov_error *err)
{
    folder->before = system_whole_folder(".");
    folder->whole = system_whole_folder(path);
    folder->work = folder->whole ? path_in(folder->whole, ".refit") : NULL;
    return folder->before && folder->work ? BEHOV_OK : no_memory(path, err);
}

behov_status refit_folder_begin(const char *path, const char *const *names, refit_folder *folder, behov_error *err)
{
    *folder = (refit_folder){.path = path, .names = names};
    folder->is_new = !system_is_there(path);
    int code = folder->is_new ? system_make_folder(path) : 0;
    if (code) {
        folder->is_new = false;
        return refused(path, code, err);
    }
    behov_status status = find_places(path, folder, err);
    if (status)
        return status;
    if (!system_is_there(folder->work))
        code = system_make_folder(folder->work);
    if (!code) {
        empty(folder);
        code = system_work_in(folder->work);
    }
    return code ? refused(path, code, err) : BEHOV_OK;
}

static behov_status move_out(const refit_folder *folder, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; folder->names[i] && !status; i++) {
        char *old = path_in(folder->work, folder->names[i]), *new = path_in(folder->whole, folder->names[i]);
        int code = 0;
        if (!old || !new)
            status = no_memory(folder->path, err);
        else if (system_is_there(old))
            code = system_rename(old, new);
        if (code)
            status = refused(new, code, err);
        free(old);
        free(new);
    }
    return status;
}

behov_status refit_folder_end(refit_folder *folder, bool is_well, behov_error *err)
{
    if (folder->before)
        (void)system_work_in(folder->before);
    behov_status status = is_well ? move_out(folder, err) : BEHOV_OK;
    empty(folder);
    if (folder->work)
        (void)system_remove_folder(folder->work);
    if (folder->is_new && !is_well)
        (void)system_remove_folder(folder->path);
    free(folder->whole);
    free(folder->work);
    free(folder->before);
    *folder = (refit_folder){0};
    return status;
}
