/* files_read.c - see files_read.h. What has been read is kept for the process, for the writers know nothing of the call. */
#include "files_read.h"

#include <stdlib.h>
#include <string.h>

typedef struct file_identity {
    uint64_t volume, number;
} file_identity;

/* The first of them need no memory, which may be short; few calls read more. */
enum { FIRST_FILES = 64 };

static file_identity first_read[FIRST_FILES], *more_read;
static size_t n_read, more_room;
static bool is_list_short; /* memory ended: nothing may be written over any file */

static file_identity *read_at(size_t i)
{
    return i < FIRST_FILES ? &first_read[i] : &more_read[i - FIRST_FILES];
}

void files_read_note(const char *path)
{
    system_file found;
    if ((strcmp(path, "-") == 0 ? system_look_at_stream(stdin, &found) : system_look(path, &found)) != 0 ||
        found.kind != SYSTEM_REGULAR || files_read_hold(&found))
        return;
    if (n_read == FIRST_FILES + more_room) {
        size_t room = 2 * more_room + FIRST_FILES;
        file_identity *larger = realloc(more_read, room * sizeof *larger);
        if (!larger) {
            is_list_short = true;
            return;
        }
        more_read = larger;
        more_room = room;
    }
    *read_at(n_read++) = (file_identity){found.volume, found.number};
}

bool files_read_hold(const system_file *file)
{
    if (file->kind != SYSTEM_REGULAR)
        return false;
    for (size_t i = 0; i < n_read; i++)
        if (read_at(i)->volume == file->volume && read_at(i)->number == file->number)
            return true;
    return is_list_short;
}

bool files_read_is_standard_output(const char *path)
{
    system_file found, out;
    return strcmp(path, "-") != 0 && system_look(path, &found) == 0 && system_look_at_stream(stdout, &out) == 0 &&
           system_is_same_file(&found, &out);
}

void files_read_forget(void)
{
    free(more_read);
    more_read = NULL;
    n_read = more_room = 0;
    is_list_short = false;
}
