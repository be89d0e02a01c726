/* refit_folder.c - see refit_folder.h. */
#include "refit_folder.h"

#include <errno.h>
#include <stdint.h>
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

/* Where an earlier call's file waits while the new ones take their places: "folder/name.old" (malloc). */
static char *path_aside(const refit_folder *folder, const char *name)
{
    char *path = path_in(folder->work, name), *aside = path ? malloc(strlen(path) + 5) : NULL;
    if (aside) {
        memcpy(aside, path, strlen(path));
        memcpy(aside + strlen(path), ".old", 5);
    }
    free(path);
    return aside;
}

/* The three places of one of the files, each from malloc. */
typedef struct places {
    char *made, *aside, *place;
} places;

static bool find_file(const refit_folder *folder, size_t i, places *places)
{
    const char *name = folder->names[i];
    places->made = path_in(folder->work, name);
    places->aside = path_aside(folder, name);
    places->place = path_in(folder->whole, name);
    return places->made && places->aside && places->place;
}

static void free_places(const places *places)
{
    free(places->made);
    free(places->aside);
    free(places->place);
}

/* What this call made, or an earlier one that was ended in the middle, and what it replaced. */
static bool empty(const refit_folder *folder)
{
    bool has_files = false;
    for (size_t i = 0; folder->work && folder->names[i]; i++) {
        places places;
        if (find_file(folder, i, &places)) {
            bool is_made = system_remove(places.made) == 0, is_aside = system_remove(places.aside) == 0;
            has_files = has_files || is_made || is_aside;
        }
        free_places(&places);
    }
    return has_files;
}

/* Files that were set aside are the folder's. 0, or why one cannot be put back. */
static int put_back(const refit_folder *folder)
{
    int code = 0;
    for (size_t i = 0; folder->names[i] && !code; i++) {
        places places;
        if (!find_file(folder, i, &places))
            code = ENOMEM;
        else if (system_is_there(places.aside))
            code = system_rename(places.aside, places.place);
        free_places(&places);
    }
    return code;
}

/* Whether files of the call can take their places, told before the long work as well as after it. */
static behov_status check_places(const refit_folder *folder, behov_error *err)
{
    behov_status status = BEHOV_OK;
    for (size_t i = 0; folder->names[i] && !status; i++) {
        char *path = path_in(folder->whole, folder->names[i]);
        system_file file = {.kind = SYSTEM_REGULAR};
        status = path ? target_check_beside(path, err) : no_memory(folder->path, err);
        if (!status && system_look(path, &file) == 0 && file.kind != SYSTEM_REGULAR)
            status = behov_error_say(err, BEHOV_E_FILE, path, SAY_REFIT_IN_THE_WAY);
        free(path);
    }
    return status;
}

static behov_status find_folders(const char *path, refit_folder *folder, behov_error *err)
{
    folder->before = system_whole_folder(".");
    folder->whole = system_whole_folder(path);
    return folder->before && folder->whole ? BEHOV_OK : no_memory(path, err);
}

/* `work` is set when it is this call's, so that refit_folder_end removes nothing of another's. */
static behov_status make_work_folder(refit_folder *folder, behov_error *err)
{
    char *work = path_in(folder->whole, ".refit");
    behov_status status = BEHOV_OK;
    int code = system_lock_folder(folder->whole, &folder->lock);
    if (!work)
        status = no_memory(folder->path, err);
    else if (code == EWOULDBLOCK)
        status = behov_error_say(err, BEHOV_E_FILE, folder->path, SAY_REFIT_BUSY);
    else if (!(status = target_check_beside(work, err)) &&
             (code || (!system_is_there(work) && (code = system_make_folder(work)))))
        status = refused(folder->path, code, err);
    if (status)
        free(work);
    else
        folder->work = work;
    return status;
}

behov_status refit_folder_begin(const char *path, const char *const *names, refit_folder *folder, behov_error *err)
{
    *folder = (refit_folder){.path = path, .names = names, .lock = -1};
    folder->is_new = !system_is_there(path);
    int code = folder->is_new ? system_make_folder(path) : 0;
    if (code) {
        folder->is_new = false;
        return refused(path, code, err);
    }
    behov_status status = find_folders(path, folder, err);
    if (!status)
        status = make_work_folder(folder, err);
    if (status)
        return status;
    if (!(code = put_back(folder))) {
        folder->has_leftovers = empty(folder);
        status = check_places(folder, err);
        if (!status)
            code = system_work_in(folder->work);
    }
    return code ? refused(path, code, err) : status;
}

/* The moving out of all files, in one piece for signals. */
typedef struct moving {
    const refit_folder *folder;
    const char *name; /* of the file that could not take its place */
    int code, back;   /* why it could not, and why those before it could not be put back; 0 = all is well */
    uint32_t moved;   /* a bit for each file that took its place */
} moving;

static int move_file(const places *places)
{
    int code = system_is_there(places->place) ? system_rename(places->place, places->aside) : 0;
    return code ? code : system_rename(places->made, places->place);
}

/* What took its place goes back to the working folder, so that it is there neither beside old files nor instead of none. */
static int undo(const moving *moving)
{
    int code = 0;
    for (size_t i = 0; moving->folder->names[i] && !code; i++) {
        places places;
        if (!find_file(moving->folder, i, &places))
            code = ENOMEM;
        else if (moving->moved & 1u << i)
            code = system_rename(places.place, places.made);
        free_places(&places);
    }
    return code ? code : put_back(moving->folder);
}

static void move_all(void *context)
{
    moving *moving = context;
    const refit_folder *folder = moving->folder;
    for (size_t i = 0; folder->names[i] && !moving->code; i++) {
        places places;
        bool is_found = find_file(folder, i, &places), is_made = is_found && system_is_there(places.made);
        moving->code = !is_found ? ENOMEM : is_made ? move_file(&places) : 0;
        moving->moved |= is_made && !moving->code ? 1u << i : 0;
        free_places(&places);
        if (moving->code) {
            moving->name = folder->names[i];
            moving->back = undo(moving);
        }
    }
}

static behov_status move_out(refit_folder *folder, behov_error *err)
{
    behov_status status = check_places(folder, err);
    if (status)
        return status;
    moving moving = {.folder = folder};
    system_uninterrupted(move_all, &moving);
    if (moving.back) {
        status = behov_error_say(err, BEHOV_E_FILE, folder->work, SAY_REFIT_NOT_PUT_BACK, target_reason(moving.back));
        free(folder->work); /* the files that it has are the only ones */
        folder->work = NULL;
        return status;
    }
    return moving.code ? behov_error_say(err, BEHOV_E_FILE, folder->path, SAY_REFIT_NOT_MOVED, moving.name,
                                         target_reason(moving.code))
                       : BEHOV_OK;
}

behov_status refit_folder_end(refit_folder *folder, bool is_well, behov_error *err)
{
    if (folder->before)
        (void)system_work_in(folder->before);
    behov_status status = is_well ? move_out(folder, err) : BEHOV_OK;
    (void)empty(folder);
    if (folder->work)
        (void)system_remove_folder(folder->work);
    if (folder->is_new && (!is_well || status))
        (void)system_remove_folder(folder->path);
    if (folder->lock >= 0)
        (void)system_close(folder->lock);
    free(folder->whole);
    free(folder->work);
    free(folder->before);
    *folder = (refit_folder){.lock = -1};
    return status;
}
