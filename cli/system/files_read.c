/* files_read.c - see files_read.h. What has been read is kept for the process, for the writers know nothing of the call. */
#include "files_read.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct file_identity {
    dev_t device;
    ino_t inode;
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

bool files_read_is_same(const struct stat *a, const struct stat *b)
{
    return S_ISREG(a->st_mode) && S_ISREG(b->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

void files_read_note(const char *path)
{
    struct stat found_stat;
    if ((strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &found_stat) : stat(path, &found_stat)) != 0 ||
        !S_ISREG(found_stat.st_mode) || files_read_hold(&found_stat))
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
    *read_at(n_read++) = (file_identity){found_stat.st_dev, found_stat.st_ino};
}

bool files_read_hold(const struct stat *file)
{
    if (!S_ISREG(file->st_mode))
        return false;
    for (size_t i = 0; i < n_read; i++)
        if (read_at(i)->device == file->st_dev && read_at(i)->inode == file->st_ino)
            return true;
    return is_list_short;
}

bool files_read_is_standard_output(const char *path)
{
    struct stat found_stat, out;
    return strcmp(path, "-") != 0 && stat(path, &found_stat) == 0 && fstat(STDOUT_FILENO, &out) == 0 &&
           files_read_is_same(&found_stat, &out);
}

void files_read_forget(void)
{
    free(more_read);
    more_read = NULL;
    n_read = more_room = 0;
    is_list_short = false;
}
