/* system_posix.c - system.h for Linux and its like, but for other processes: system_fork.c, or system_no_fork.c.
 *
 * INT, TERM, HUP, PIPE and their like take temporary files away before they end the process as they would have: the
 * handler reads a list of paths that are there, and calls nothing but what a handler may (unlink, kill, waitpid).
 * Signals that the caller has had ignored stay ignored (nohup). KILL cannot be caught: its leftovers are swept away
 * later. Each temporary file is locked (flock) as long as its writer lives, so that the file of a running process is
 * never taken for a leftover. */
#define _GNU_SOURCE /* realpath, flock, SIGXFSZ */
#include "system_posix.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <iconv.h>
#include <limits.h>
#include <locale.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef BEHOV_WITH_THREADS
#include <pthread.h>
#endif

/* 0 for a call that went well, else errno. */
static int code_of(int result)
{
    return result == 0 ? 0 : errno;
}

/* ---- the process and the machine -----------------------------------------------------------------------------------
 */

const char *system_environment(const char *name)
{
    const char *text = getenv(name);
    return text && text[0] ? text : NULL;
}

const char *system_temporary_folder(void)
{
    const char *folder = system_environment("TMPDIR");
    return folder ? folder : "/tmp";
}

long long system_now(void)
{
    return (long long)time(NULL);
}

double system_stopwatch(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void system_sleep(double seconds)
{
    if (!(seconds > 0))
        return;
    struct timespec left = {.tv_sec = (time_t)seconds};
    left.tv_nsec = (long)(1e9 * (seconds - (double)left.tv_sec));
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        ;
}

#ifdef BEHOV_WITH_THREADS
size_t system_processors(void)
{
    long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    return n_processors < 1 ? 1 : (size_t)n_processors;
}

typedef struct numbered_job {
    void (*job)(void *context, size_t index);
    void *context;
    size_t index;
} numbered_job;

static void *run_job(void *argument)
{
    const numbered_job *numbered = argument;
    numbered->job(numbered->context, numbered->index);
    return NULL;
}

void system_at_once(size_t n_jobs, void (*job)(void *context, size_t index), void *context)
{
    enum { MOST_THREADS = 64 };
    pthread_t threads[MOST_THREADS];
    numbered_job jobs[MOST_THREADS];
    bool is_started[MOST_THREADS] = {false};
    for (size_t i = 1; i < n_jobs && i < MOST_THREADS; i++) {
        jobs[i] = (numbered_job){job, context, i};
        is_started[i] = pthread_create(&threads[i], NULL, run_job, &jobs[i]) == 0;
    }
    for (size_t i = 0; i < n_jobs; i++)
        if (i >= MOST_THREADS || !is_started[i])
            job(context, i);
    for (size_t i = 1; i < n_jobs && i < MOST_THREADS; i++)
        if (is_started[i])
            pthread_join(threads[i], NULL);
}
#else
size_t system_processors(void)
{
    return 1;
}

void system_at_once(size_t n_jobs, void (*job)(void *context, size_t index), void *context)
{
    for (size_t i = 0; i < n_jobs; i++)
        job(context, i);
}
#endif

bool system_plain_numbers_begin(system_locale *kept)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!plain)
        return false;
    *kept = (system_locale){plain, uselocale(plain)};
    return true;
}

void system_plain_numbers_end(system_locale *kept)
{
    uselocale((locale_t)kept->previous);
    freelocale((locale_t)kept->plain);
}

/* ---- standard streams and the terminal -----------------------------------------------------------------------------
 */

static bool was_output_closed;

void system_streams_hold(void)
{
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++) {
        if (fcntl(number, F_GETFD) >= 0 || errno != EBADF)
            continue;
        was_output_closed = was_output_closed || number == STDOUT_FILENO;
        /* The lowest number that is free is this one. Opened the wrong way round, so that its use fails as before. */
        if (open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            break;
    }
#ifdef SIGXFSZ
    signal(SIGXFSZ, SIG_IGN);
#endif
}

void system_streams_let_page_go(void)
{
    int nowhere = was_output_closed ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
    if (nowhere < 0)
        return;
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
}

int system_error_stream_to_output(void)
{
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (kept >= 0)
        dup2(STDOUT_FILENO, STDERR_FILENO);
    return kept;
}

void system_error_stream_back(int kept)
{
    dup2(kept, STDERR_FILENO);
    close(kept);
}

int system_output_stream_hide(void)
{
    fflush(stdout);
    int kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1),
        nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0)
        dup2(nowhere, STDOUT_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return kept;
}

void system_output_stream_back(int kept)
{
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
}

bool system_is_terminal(FILE *stream)
{
    int number = fileno(stream);
    return number >= 0 && isatty(number);
}

size_t system_terminal_columns(FILE *stream)
{
    struct winsize window = {0}; /* emscripten says yes, and leaves it as it is */
    return ioctl(fileno(stream), TIOCGWINSZ, &window) == 0 ? window.ws_col : 0;
}

/* ---- looking at files ----------------------------------------------------------------------------------------------
 */

static system_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)    ? SYSTEM_REGULAR
           : S_ISDIR(mode)  ? SYSTEM_FOLDER
           : S_ISFIFO(mode) ? SYSTEM_PIPE
           : S_ISCHR(mode)  ? SYSTEM_CHARACTER_DEVICE
           : S_ISBLK(mode)  ? SYSTEM_BLOCK_DEVICE
                            : SYSTEM_OTHER;
}

static int take(int result, const struct stat *about, system_file *file)
{
    if (result != 0)
        return errno;
    *file = (system_file){.kind = kind_of(about->st_mode),
                          .n_bytes = about->st_size > 0 ? (uint64_t)about->st_size : 0,
                          .volume = (uint64_t)about->st_dev,
                          .number = (uint64_t)about->st_ino,
                          .mode = (uint32_t)(about->st_mode & 07777),
                          .owner = (uint32_t)about->st_uid,
                          .group = (uint32_t)about->st_gid};
    struct stat null;
    file->is_null_device =
        file->kind == SYSTEM_CHARACTER_DEVICE && stat("/dev/null", &null) == 0 && null.st_rdev == about->st_rdev;
    return 0;
}

int system_look(const char *path, system_file *file)
{
    struct stat about;
    return take(stat(path, &about), &about, file);
}

int system_look_at_open(int number, system_file *file)
{
    struct stat about;
    return take(fstat(number, &about), &about, file);
}

int system_look_at_stream(FILE *stream, system_file *file)
{
    return system_look_at_open(fileno(stream), file);
}

bool system_is_same_file(const system_file *a, const system_file *b)
{
    return a->kind == SYSTEM_REGULAR && b->kind == SYSTEM_REGULAR && a->volume == b->volume && a->number == b->number;
}

bool system_is_regular_file(const char *path)
{
    system_file file;
    return system_look(path, &file) == 0 && file.kind == SYSTEM_REGULAR;
}

bool system_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

int system_may_read(const char *path)
{
    return code_of(access(path, R_OK));
}

int system_may_write(const char *path)
{
    return code_of(access(path, W_OK));
}

/* ---- bytes of files ------------------------------------------------------------------------------------------------
 */

static int open_as(const char *path, int how, int *number)
{
    int opened = open(path, how | O_CLOEXEC);
    if (opened < 0)
        return errno;
    *number = opened;
    return 0;
}

int system_open_to_read(const char *path, int *number)
{
    return open_as(path, O_RDONLY, number);
}

int system_open_to_append(const char *path, int *number)
{
    return open_as(path, O_WRONLY | O_APPEND, number);
}

int system_close(int number)
{
    return code_of(close(number));
}

int system_read(int number, void *bytes, size_t size, size_t *n_read)
{
    ssize_t n;
    do
        n = read(number, bytes, size);
    while (n < 0 && errno == EINTR);
    *n_read = n > 0 ? (size_t)n : 0;
    return n < 0 ? errno : 0;
}

int system_read_at(int number, void *bytes, size_t size, uint64_t offset)
{
    for (size_t n_done = 0; n_done < size;) {
        ssize_t n = pread(number, (char *)bytes + n_done, size - n_done, (off_t)(offset + n_done));
        if (n <= 0)
            return n < 0 ? errno : EIO;
        n_done += (size_t)n;
    }
    return 0;
}

int system_go_to(int number, uint64_t offset)
{
    return lseek(number, (off_t)offset, SEEK_SET) < 0 ? errno : 0;
}

int system_write(int number, const void *bytes, size_t size)
{
    for (size_t n_done = 0; n_done < size;) {
        ssize_t n = write(number, (const char *)bytes + n_done, size - n_done);
        if (n >= 0)
            n_done += (size_t)n;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

void system_begin_flush(FILE *stream)
{
#if defined(SYNC_FILE_RANGE_WRITE) && !defined(__EMSCRIPTEN__) /* which declares it alone */
    sync_file_range(fileno(stream), 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    (void)stream;
#endif
}

int system_flush_to_disk(int number)
{
    int code = code_of(fsync(number));
    return code == EINVAL || code == ENOTSUP ? 0 : code;
}

/* ---- names and places ----------------------------------------------------------------------------------------------
 */

int system_list_folder(const char *folder, char ***names, size_t *n)
{
    DIR *opened = opendir(folder);
    *names = NULL;
    *n = 0;
    if (!opened)
        return errno;
    int reason = 0;
    for (struct dirent *entry; !reason && (errno = 0, entry = readdir(opened));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char **larger = realloc(*names, (*n + 1) * sizeof *larger);
        if (larger)
            *names = larger;
        if (!larger || !(larger[*n] = strdup(entry->d_name)))
            reason = ENOMEM;
        else
            ++*n;
    }
    reason = reason ? reason : errno;
    closedir(opened);
    return reason;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int system_match(const char *pattern, char ***paths, size_t *n)
{
    glob_t found = {0};
    bool is_there = system_is_there(pattern);
    /* [æ] is one letter where letters are those of UTF-8, two bytes else; for this thread and this call alone */
    locale_t letters = is_there ? (locale_t)0 : newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = letters ? uselocale(letters) : (locale_t)0;
    int code = is_there ? GLOB_NOMATCH : glob(pattern, 0, NULL, &found), reason = code == GLOB_NOSPACE ? ENOMEM : 0;
    if (letters) {
        uselocale(before);
        freelocale(letters);
    }
    size_t n_found = is_there ? 1 : code ? 0 : found.gl_pathc;
    *n = 0;
    *paths = calloc(n_found + 1, sizeof **paths);
    for (size_t i = 0; i < n_found && *paths && !reason; i++) {
        if (!((*paths)[i] = strdup(is_there ? pattern : found.gl_pathv[i])))
            reason = ENOMEM;
        else
            ++*n;
    }
    if (!is_there)
        globfree(&found);
    if (*paths && *n > 1) /* glob's own order is the locale's */
        qsort(*paths, *n, sizeof **paths, compare_paths);
    return *paths ? reason : ENOMEM;
}

int system_follow_link(const char *path, char **leads_to)
{
    char text[PATH_MAX];
    ssize_t length = readlink(path, text, sizeof text - 1);
    *leads_to = NULL;
    if (length < 0)
        return 0;
    text[length] = '\0';
    *leads_to = strdup(text);
    return *leads_to ? 0 : ENOMEM;
}

char *system_whole_folder(const char *folder)
{
    return realpath(folder, NULL);
}

int system_rename(const char *path, const char *next_path)
{
    return code_of(rename(path, next_path));
}

int system_lock_folder(const char *folder, int *lock)
{
    int number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0)
        return errno;
    if (flock(number, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(number);
        return EWOULDBLOCK;
    }
    *lock = number;
    return 0;
}

void *system_library_open(const char *name)
{
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

void *system_library_function(void *library, const char *name)
{
    return dlsym(library, name);
}

int system_make_folder(const char *path)
{
    return mkdir(path, 0777) ? errno : 0;
}

int system_remove_folder(const char *path)
{
    return rmdir(path) ? errno : 0;
}

int system_work_in(const char *folder)
{
    return chdir(folder) ? errno : 0;
}

int system_remove(const char *path)
{
    return code_of(unlink(path));
}

double system_free_bytes(const char *folder)
{
    struct statvfs disk;
    return statvfs(folder, &disk) == 0 ? (double)disk.f_bavail * (double)disk.f_frsize : -1;
}

double system_largest_file(void)
{
    struct rlimit largest;
    return getrlimit(RLIMIT_FSIZE, &largest) == 0 && largest.rlim_cur != RLIM_INFINITY ? (double)largest.rlim_cur
                                                                                       : INFINITY;
}

int system_hold_pipe(const char *path)
{
    int number;
    return open_as(path, O_WRONLY | O_NONBLOCK, &number);
}

/* ---- signals -------------------------------------------------------------------------------------------------------
 */

enum { MOST_TEMPORARIES = 16 };

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGXCPU, SIGXFSZ};

static const char *volatile temporaries[MOST_TEMPORARIES];
static volatile sig_atomic_t writers[MOST_TEMPORARIES]; /* children that write into them */

void system_posix_change_writer(pid_t child, pid_t next_child)
{
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (writers[i] == (sig_atomic_t)child) {
            writers[i] = (sig_atomic_t)next_child;
            return;
        }
}

void system_posix_forget_writers(void)
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

void system_posix_mask_signals(int how, const sigset_t *signals, sigset_t *previous_signals)
{
#ifdef BEHOV_WITH_THREADS
    pthread_sigmask(how, signals, previous_signals);
#else
    sigprocmask(how, signals, previous_signals);
#endif
}

static void hold_signals(sigset_t *previous_signals)
{
    sigset_t ending;
    sigemptyset(&ending);
    for (size_t i = 0; i < sizeof ending_signals / sizeof *ending_signals; i++)
        sigaddset(&ending, ending_signals[i]);
    system_posix_mask_signals(SIG_BLOCK, &ending, previous_signals);
}

void system_uninterrupted(void (*work)(void *context), void *context)
{
    sigset_t previous_signals;
    hold_signals(&previous_signals);
    work(context);
    system_posix_mask_signals(SIG_SETMASK, &previous_signals, NULL);
}

/* ---- temporary files -----------------------------------------------------------------------------------------------
 */

enum { ENDING_LENGTH = sizeof SYSTEM_TEMPORARY_ENDING - 1 };

static void list_temporary(const char *path)
{
    for (size_t i = 0; i < MOST_TEMPORARIES; i++)
        if (!temporaries[i]) {
            temporaries[i] = path;
            return;
        }
}

void system_temporary_forget(const char *path)
{
    for (size_t i = 0; path && i < MOST_TEMPORARIES; i++)
        if (temporaries[i] == path)
            temporaries[i] = NULL;
}

/* A new file that this process holds the lock of; -1 with errno. */
static int make_locked(char *path)
{
    enum { MOST_TRIES = 10 };
    for (int n = 0; n < MOST_TRIES; n++) {
        struct stat about;
        strcpy(path + strlen(path) - ENDING_LENGTH, SYSTEM_TEMPORARY_ENDING);
        int file = mkstemp(path);
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

int system_temporary_new(char *path, int *lock)
{
    catch_signals();
    sigset_t previous_signals;
    hold_signals(&previous_signals);
    int file = make_locked(path), code = errno;
    if (file >= 0)
        list_temporary(path);
    system_posix_mask_signals(SIG_SETMASK, &previous_signals, NULL);
    if (file < 0)
        return code;
    *lock = file;
    return 0;
}

/* The mode is that of the file it replaces, or what the umask gives a new one. */
void system_temporary_take_mode(int lock, const system_file *replaced)
{
    mode_t mode;
    if (replaced) {
        mode = (mode_t)replaced->mode;
        /* Root keeps the owner of what it replaces; for others this fails, which is no harm. */
        if (fchown(lock, (uid_t)replaced->owner, (gid_t)replaced->group) != 0)
            mode &= 0777;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        mode = (0666 & ~mask) | 0600; /* emscripten has 0777 */
    }
    if (fchmod(lock, mode) != 0)
        mode = 0; /* some disks know no modes */
}

void system_temporary_sweep(const char *folder, const char *start, size_t n)
{
    DIR *opened = opendir(folder);
    for (struct dirent *entry; opened && (entry = readdir(opened));) {
        const char *name = entry->d_name;
        if (strncmp(name, start, n) != 0 || strlen(name) != n + ENDING_LENGTH)
            continue;
        struct stat about;
        int file = openat(dirfd(opened), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (file < 0)
            continue;
        if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid() &&
            flock(file, LOCK_EX | LOCK_NB) == 0)
            unlinkat(dirfd(opened), name, 0);
        close(file);
    }
    if (opened)
        closedir(opened);
}

/* ---- character sets ------------------------------------------------------------------------------------------------
 */

_Static_assert(sizeof(iconv_t) == sizeof(system_converter *), "an iconv_t is handed out as a pointer");

system_converter *system_converter_new(const char *encoding)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    return converter == (iconv_t)-1 ? NULL : (system_converter *)converter;
}

void system_converter_free(system_converter *converter)
{
    if (converter)
        iconv_close((iconv_t)converter);
}

int system_convert(system_converter *converter, char **text, size_t *n_text, char **out, size_t *room)
{
    return iconv((iconv_t)converter, text, n_text, out, room) == (size_t)-1 ? errno : 0;
}
