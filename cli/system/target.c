/* target.c - output files that are whole or not there at all.
 *
 * The file is made under another name in the target's own folder, so that the final rename stays on one disk and is
 * one step. A target that cannot be renamed over (a pipe, /dev/stdout, /dev/full) gets its bytes when the whole file
 * is ready: the file is made in the temporary folder and copied by target_commit, since a workbook needs to seek.
 *
 * INT, TERM, HUP, PIPE and their like take the temporary file away before they end the process as they would have: the
 * handler reads a list of paths that are there, and calls nothing but what a handler may (unlink, kill, waitpid).
 * Signals that the caller has had ignored stay ignored (nohup). KILL cannot be caught: its leftovers are called
 * .NAME.behov-XXXXXX and are swept away when NAME is next written. Each temporary file is locked (flock) as long as its
 * writer lives, so that the file of a running process is never taken for a leftover. */
#define _XOPEN_SOURCE 700 /* realpath: without fortified headers it is declared for no less */
#include "target.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files_read.h"

struct target {
    char *path;          /* as the user wrote it, for messages */
    char *resolved_text; /* where symbolic links lead */
    char *temporary;     /* the file that is written */
    int lock;            /* the temporary file, held open and locked; -1 = not */
    bool is_copied;      /* the target is no regular file: copy, do not rename */
};

/* ---- signals -------------------------------------------------------------------------------------------------------
 */

enum { MOST_TEMPORARIES = 16 };

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU, SIGXFSZ};

static const char *volatile temporaries[MOST_TEMPORARIES];
static volatile sig_atomic_t writers[MOST_TEMPORARIES]; /* children that write into them */

static void change_writer(pid_t child, pid_t next_child)
{
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (writers[i] == (sig_atomic_t)child) {
            writers[i] = (sig_atomic_t)next_child;
            return;
        }
}

void target_add_writer(pid_t child)
{
    change_writer(0, child);
}

void target_strike_writer(pid_t child)
{
    change_writer(child, 0);
}

void target_forget_writers(void)
{
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        writers[i] = 0;
}

static void clear_up(int number)
{
    int code = errno;
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (writers[i] > 0) { /* else it could make the file anew */
            kill((pid_t)writers[i], SIGKILL);
            waitpid((pid_t)writers[i], NULL, 0);
        }
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (temporaries[i])
            unlink(temporaries[i]);
    errno = code;
    raise(number); /* the default is back (SA_RESETHAND), and ends the process when the handler returns */
}

static void catch_signals(void)
{
    for (size_t i = 0; i < sizeof ending_signals / sizeof *ending_signals; i++) {
        struct sigaction previous_action, caught = {.sa_flags = (int)SA_RESETHAND};
        caught.sa_handler = clear_up;
        sigfillset(&caught.sa_mask);
        if (sigaction(ending_signals[i], NULL, &previous_action) == 0 && previous_action.sa_handler == SIG_DFL)
            sigaction(ending_signals[i], &caught, NULL);
    }
}

static void hold_signals(sigset_t *previous_signals)
{
    sigset_t ending;
    sigemptyset(&ending);
    for (size_t i = 0; i < sizeof ending_signals / sizeof *ending_signals; i++)
        sigaddset(&ending, ending_signals[i]);
    pthread_sigmask(SIG_BLOCK, &ending, previous_signals);
}

static void release_signals(const sigset_t *previous_signals)
{
    pthread_sigmask(SIG_SETMASK, previous_signals, NULL);
}

static void list_temporary(const char *path)
{
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (!temporaries[i]) {
            temporaries[i] = path;
            return;
        }
}

/* Before the path is freed. */
static void strike_temporary(const char *path)
{
    for (size_t i = 0; path && i < MOST_TEMPORARIES; i++)
        if (temporaries[i] == path)
            temporaries[i] = NULL;
}

/* ---- paths ---------------------------------------------------------------------------------------------------------
 */

const char *target_reason(int code)
{
    switch (code) {
    case EACCES:
    case EPERM: return PHRASE_TARGET_REASON_RIGHT;
    case ENOSPC: return PHRASE_TARGET_REASON_FULL;
    case EDQUOT: return PHRASE_TARGET_REASON_SHARE;
    case EFBIG: return PHRASE_TARGET_REASON_LARGE;
    case EROFS: return PHRASE_TARGET_REASON_READ_ONLY;
    case ENAMETOOLONG: return PHRASE_TARGET_REASON_NAME;
    case EMFILE:
    case ENFILE: return PHRASE_TARGET_REASON_FILES;
    case EIO: return PHRASE_TARGET_REASON_FAULT;
    case EPIPE: return PHRASE_TARGET_REASON_ENDED;
    case EBADF: return PHRASE_TARGET_REASON_CLOSED;
    default: return strerror(code);
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
static behov_status follow_links(const char *path, char **resolved_text, behov_error *err)
{
    enum { MOST_LINKS = 40 };
    char *cursor = strdup(path);
    for (int n = 0; cursor && n <= MOST_LINKS; n++) {
        char leads_to[PATH_MAX];
        ssize_t length = readlink(cursor, leads_to, sizeof leads_to - 1);
        if (length < 0) {
            *resolved_text = cursor;
            return BEHOV_OK;
        }
        leads_to[length] = '\0';
        char *next;
        if (leads_to[0] == '/') {
            next = strdup(leads_to);
        } else {
            char *folder = folder_of(cursor);
            next = folder ? join(folder, "", leads_to, INT_MAX, "") : NULL;
            free(folder);
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
    char *resolved_text = NULL, *folder = NULL, *whole_folder = NULL, *whole = NULL;
    behov_error err;
    if (follow_links(path, &resolved_text, &err) == BEHOV_OK && (folder = folder_of(resolved_text)) &&
        (whole_folder = realpath(folder, NULL))) {
        const char *slash = strrchr(resolved_text, '/');
        whole = join(whole_folder, "", slash ? slash + 1 : resolved_text, INT_MAX, "");
    }
    free(resolved_text);
    free(folder);
    free(whole_folder);
    return whole;
}

static behov_status check_folder(const char *path, const char *folder, behov_error *err)
{
    struct stat found_stat;
    if (stat(folder, &found_stat) == 0) {
        if (S_ISDIR(found_stat.st_mode))
            return BEHOV_OK;
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_NO_FOLDER, folder);
    }
    if (errno == ENOENT)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_FOLDER_MISSING, folder);
    if (errno == ENOTDIR)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_PART_NO_FOLDER, folder);
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_FOLDER_CLOSED, folder, target_reason(errno));
}

/* ---- the temporary file --------------------------------------------------------------------------------------------
 */

static const char mark[] = ".behov-", placeholder[] = "XXXXXX";

/* Takes away what killed processes have left of this target: files of this user that nobody holds a lock on. */
static void sweep(const char *folder, const char *name, int longest)
{
    DIR *opened = opendir(folder);
    size_t name_length = strnlen(name, (size_t)longest);
    for (struct dirent *entry; opened && (entry = readdir(opened));) {
        const char *match = entry->d_name;
        if (match[0] != '.' || strncmp(match + 1, name, name_length) != 0 ||
            strncmp(match + 1 + name_length, mark, sizeof mark - 1) != 0 ||
            strlen(match + 1 + name_length) != sizeof mark - 1 + sizeof placeholder - 1)
            continue;
        struct stat about;
        int file = openat(dirfd(opened), match, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (file < 0)
            continue;
        if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
            flock(file, LOCK_EX | LOCK_NB) == 0)
            unlinkat(dirfd(opened), match, 0);
        close(file);
    }
    if (opened)
        closedir(opened);
}

/* Its mode is that of the file it replaces, or what the umask gives a new one. */
static void set_mode(int file, const struct stat *replaced)
{
    mode_t mode;
    if (replaced) {
        mode = replaced->st_mode & 07777;
        /* Root keeps the owner of what it replaces; for others this fails, which is no harm. */
        if (fchown(file, replaced->st_uid, replaced->st_gid) != 0)
            mode &= 0777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = 0666 & ~mask;
    }
    if (fchmod(file, mode) != 0)
        mode = 0; /* some disks know no modes */
}

/* A new file that this process holds the lock of; -1 with errno. */
static int make_locked(const char *pattern, char *path)
{
    enum { MOST_TRIES = 10 };
    int file = -1;
    for (int n = 0; n < MOST_TRIES; n++) {
        struct stat about;
        strcpy(path, pattern);
        file = mkstemp(path);
        if (file < 0)
            return -1;
        fcntl(file, F_SETFD, FD_CLOEXEC);
        /* Another process may sweep it away before it is locked. A disk that knows no locks is never swept. */
        if (flock(file, LOCK_EX | LOCK_NB) != 0 || fstat(file, &about) != 0 || about.st_nlink > 0)
            return file;
        close(file);
    }
    errno = EAGAIN;
    return -1;
}

static behov_status make_temporary(target *target, const char *folder, const struct stat *replaced, behov_error *err)
{
    enum { LONGEST = 200 }; /* the temporary name may not pass the 255 bytes of a file name */
    const char *slash = strrchr(target->resolved_text, '/'), *name = slash ? slash + 1 : target->resolved_text;
    char ending[sizeof mark + sizeof placeholder];
    snprintf(ending, sizeof ending, "%s%s", mark, placeholder);
    char *pattern = join(folder, ".", name, LONGEST, ending), *path = pattern ? strdup(pattern) : NULL;
    if (!path) {
        free(pattern);
        return out_of_memory(target->path, err);
    }
    sweep(folder, name, LONGEST);
    catch_signals();
    sigset_t previous_signals;
    hold_signals(&previous_signals);
    target->lock = make_locked(pattern, path);
    int code = errno;
    if (target->lock >= 0)
        list_temporary(target->temporary = path);
    release_signals(&previous_signals);
    free(pattern);
    if (target->lock < 0) {
        free(path);
        return behov_error_say(err, BEHOV_E_FILE, target->path, SAY_TARGET_CANNOT_WRITE_IN, folder,
                               target_reason(code));
    }
    if (!target->is_copied)
        set_mode(target->lock, replaced);
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
    struct stat found_stat;
    bool is_there = stat(path, &found_stat) == 0;
    if (!is_there && errno == ENAMETOOLONG)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE, target_reason(errno));
    if ((is_there && S_ISDIR(found_stat.st_mode)) || path[strlen(path) - 1] == '/')
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_IS_FOLDER);
    if (is_there && files_read_hold(&found_stat))
        return behov_error_say(err, BEHOV_E_ARGUMENT, path, SAY_TARGET_IS_READ);
    /* A pipe without a reader would be waited for without end. The reader's end of one that has a reader is held open until
     * the process ends, for it takes a first writer that leaves for the end of the file. */
    if (is_there && S_ISFIFO(found_stat.st_mode) && open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) < 0)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE,
                               errno == ENXIO ? PHRASE_TARGET_REASON_PIPE : target_reason(errno));
    target->is_copied = is_there && (!S_ISREG(found_stat.st_mode) || target_is_open_stream(path));
    if (target->is_copied) {
        target->resolved_text = strdup(path);
        if (!target->resolved_text)
            return out_of_memory(path, err);
        const char *folder = getenv("TMPDIR");
        return make_temporary(target, folder && folder[0] ? folder : "/tmp", NULL, err);
    }
    behov_status status = follow_links(path, &target->resolved_text, err);
    if (status)
        return status;
    char *folder = folder_of(target->resolved_text);
    if (!folder)
        return out_of_memory(path, err);
    status = check_folder(path, folder, err);
    /* A rename would replace a write-protected file without a word. */
    if (!status && is_there && access(target->resolved_text, W_OK) != 0)
        status = behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_WRITE_FILE,
                                 errno == EACCES ? PHRASE_TARGET_REASON_PROTECTED : target_reason(errno));
    if (!status)
        status = make_temporary(target, folder, is_there ? &found_stat : NULL, err);
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
    int code = 0;
    ssize_t n_read;
    while (code == 0 && (n_read = read(start, bytes, block)) != 0) {
        if (n_read < 0) {
            code = errno == EINTR ? 0 : errno;
            continue;
        }
        for (ssize_t n_done = 0; code == 0 && n_done < n_read;) {
            ssize_t n_written = write(end, bytes + n_done, (size_t)(n_read - n_done));
            if (n_written >= 0)
                n_done += n_written;
            else if (errno != EINTR)
                code = errno;
        }
    }
    free(bytes);
    return code;
}

behov_status target_commit(target *out, behov_error *err)
{
    int code = 0;
    int file = open(out->temporary, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        code = errno;
    } else if (out->is_copied) {
        int end = open(out->resolved_text, O_WRONLY | O_APPEND | O_CLOEXEC);
        code = end < 0 ? errno : copy_bytes(file, end);
        if (end >= 0 && close(end) != 0 && code == 0)
            code = errno;
    } else if (fsync(file) != 0 && errno != EINVAL && errno != ENOTSUP) {
        code = errno;
    }
    if (file >= 0)
        close(file);
    if (code == 0 && !out->is_copied) {
        if (rename(out->temporary, out->resolved_text) != 0) {
            code = errno;
        } else {
            strike_temporary(out->temporary);
            free(out->temporary);
            out->temporary = NULL;
        }
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
        unlink(out->temporary);
    if (out->lock >= 0)
        close(out->lock);
    strike_temporary(out->temporary);
    free(out->temporary);
    free(out->resolved_text);
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
