/* system.h - all that the program asks of the operating system: the contract of system_posix.c.
 *
 * Another system (Windows, a browser) is another file beside system_posix.c that gives these functions, and nothing
 * else in cli/ knows of it (tests/architecture). What was tried there, and what it takes, stands beside each function
 * that is more than a call of the C library.
 *
 * A function that returns `int` and says nothing else returns 0, or an errno that target_reason() and system_reason() put in words. Paths
 * are UTF-8 with / between folders. Open files are numbers, as POSIX has them; 0, 1 and 2 are the standard streams. */
#ifndef BEHOV_CLI_SYSTEM_H
#define BEHOV_CLI_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { SYSTEM_STANDARD_INPUT = 0, SYSTEM_STANDARD_OUTPUT = 1, SYSTEM_STANDARD_ERROR = 2 };

/* ---- the process and the machine ---------------------------------------------------------------------------------- */

/* A variable of the environment (borrowed until the environment changes); NULL when it is not set, or empty. */
const char *system_environment(const char *name);
/* The folder of temporary files (borrowed): TMPDIR, else what the system has for it. */
const char *system_temporary_folder(void);
/* Seconds since 1970-01-01 00:00 UTC. */
long long system_now(void);
/* Seconds of a clock that nobody sets; its zero means nothing. */
double system_stopwatch(void);
/* Waits; a signal that ends the process ends the waiting too. */
void system_sleep(double seconds);
/* Processors that may work at once, at least 1; 1 where the program was built without threads. */
size_t system_processors(void);
/* Calls job(context, 0) .. job(context, n_jobs - 1), each once, at the same time where there are threads for it, else
 * one after another; returns when all have ended. */
void system_at_once(size_t n_jobs, void (*job)(void *context, size_t index), void *context);

/* Numbers have a decimal point from here on, for this thread, whatever the locale. false when memory is short; else
 * system_plain_numbers_end() gives the locale back. */
typedef struct system_locale {
    void *plain, *previous;
} system_locale;
bool system_plain_numbers_begin(system_locale *kept);
void system_plain_numbers_end(system_locale *kept);

/* ---- standard streams and the terminal ---------------------------------------------------------------------------- */

/* Before anything is opened: gives the standard streams that are closed something to stand on, so that no file of the
 * program gets their number, and lets a limit on the size of files (ulimit -f) fail a write instead of ending the
 * process. Reading or writing a stream that was closed still fails. Windows: also puts standard output in binary mode,
 * since lines end with \n alone everywhere. */
void system_streams_hold(void);
/* Whoever closed standard output and names a file by -o wants the file alone: the page goes nowhere, and that is no
 * failure. Without effect when standard output was open. */
void system_streams_let_page_go(void);
/* Sends standard error to standard output until system_error_stream_back; returns what that needs, below 0 when it could
 * not be done. */
int system_error_stream_to_output(void);
void system_error_stream_back(int kept);
/* Sends standard output nowhere until system_output_stream_back; returns what that needs, below 0 when it could not be
 * done. */
int system_output_stream_hide(void);
void system_output_stream_back(int kept);
/* Whether a stream is a terminal, and how many columns it says that it has, 0 = not known. */
bool system_is_terminal(FILE *stream);
size_t system_terminal_columns(FILE *stream);

/* ---- looking at files ---------------------------------------------------------------------------------------------- */

typedef enum system_kind {
    SYSTEM_REGULAR,
    SYSTEM_FOLDER,
    SYSTEM_PIPE,
    SYSTEM_CHARACTER_DEVICE, /* a terminal is one */
    SYSTEM_BLOCK_DEVICE,
    SYSTEM_OTHER
} system_kind;

typedef struct system_file {
    system_kind kind;
    bool is_null_device;         /* /dev/null */
    uint64_t n_bytes;            /* of a regular file */
    uint64_t volume, number;     /* which file it is, whatever it is called. Windows: GetFileInformationByHandle */
    uint32_t mode, owner, group; /* looked at by system_temporary_take_mode alone */
} system_file;

/* Links are followed. *file is changed on success alone. */
int system_look(const char *path, system_file *file);
int system_look_at_stream(FILE *stream, system_file *file);
int system_look_at_open(int number, system_file *file);
/* Whether the two are one regular file, by whatever names. */
bool system_is_same_file(const system_file *a, const system_file *b);
bool system_is_regular_file(const char *path);
bool system_is_there(const char *path);
int system_may_read(const char *path);
/* Windows: also EACCES for a workbook that is open in Excel. */
int system_may_write(const char *path);

/* ---- bytes of files ------------------------------------------------------------------------------------------------ */

/* The file is not handed on to other programs. Bytes are bytes: no line end is changed. */
int system_open_to_read(const char *path, int *number);
int system_open_to_append(const char *path, int *number);
int system_close(int number);
/* Some of the next bytes, at most `size`; *n_read = 0 at the end. A signal does not interrupt it. */
int system_read(int number, void *bytes, size_t size, size_t *n_read);
/* All `size` bytes from an offset; EIO when the file ends before. The place of the next system_read stays. */
int system_read_at(int number, void *bytes, size_t size, uint64_t offset);
int system_go_to(int number, uint64_t offset);
/* All bytes, in one piece where the system takes them so. */
int system_write(int number, const void *bytes, size_t size);
/* The bytes are on the disk when it returns, as far as the disk can be told so. */
int system_flush_to_disk(int number);
/* What has been written so far may go to the disk while more is made, so that there is less to wait for at the end;
 * returns at once. Without effect where the system has no such call. */
void system_begin_flush(FILE *stream);

/* ---- names and places ---------------------------------------------------------------------------------------------- */

/* The names in a folder, but . and .. (*names and each of them: malloc), in no order. */
int system_list_folder(const char *folder, char ***names, size_t *n);
/* The paths that a pattern of the shell fits, * ? and [] in it, in the order of their bytes (*paths and each of them:
 * malloc); a path that is there fits itself. 0 also where there are none; ENOMEM alone. */
int system_match(const char *pattern, char ***paths, size_t *n);
/* Where a symbolic link leads (*leads_to: malloc), one step; NULL when the path is no link. ENOMEM alone. */
int system_follow_link(const char *path, char **leads_to);
/* A folder's name spelt in full, without links (malloc); NULL when it cannot be told. */
char *system_whole_folder(const char *folder);
/* Gives a file another name in one step; a file that has the name is replaced. Windows: MoveFileEx. */
int system_rename(const char *path, const char *next_path);
int system_remove(const char *path);
/* A library of the machine, kept until the process ends; NULL when it is not there. A function of it; NULL when it has none of
 * the name. */
void *system_library_open(const char *name);
void *system_library_function(void *library, const char *name);
/* A new folder; EEXIST when the name is taken. */
int system_make_folder(const char *path);
/* Removes a folder that is empty. */
int system_remove_folder(const char *path);
/* Paths that begin with no / are taken from this folder on. */
int system_work_in(const char *folder);
/* Keeps a folder for this process until system_close(*lock), or its end; EWOULDBLOCK while another process has it. On a disk
 * that knows no locks everyone gets it. */
int system_lock_folder(const char *folder, int *lock);
/* Does some short work that INT, TERM and their like come after, not into. */
void system_uninterrupted(void (*work)(void *context), void *context);
/* Bytes that are free for files in a folder, below 0 when it is not known. */
double system_free_bytes(const char *folder);
/* The largest file that this account may write, in bytes; infinite without a limit. */
double system_largest_file(void);
/* Holds the reader of a named pipe until the process ends, for it takes a first writer that leaves for the end of the
 * file. ENXIO when nobody reads. */
int system_hold_pipe(const char *path);

/* ---- temporary files, which go with the process -------------------------------------------------------------------- */

/* Makes a new file; `path` ends with SYSTEM_TEMPORARY_ENDING, in whose place a name that was free is put. The file is
 * held open in *lock and locked as long as the process lives, and a signal that ends the process (INT, TERM, HUP ...)
 * removes it first: `path` has to stay where it is until system_temporary_forget. close(*lock) when done. */
#define SYSTEM_TEMPORARY_ENDING "XXXXXX"
int system_temporary_new(char *path, int *lock);
/* Before `path` is freed, and after the file was removed or renamed. */
void system_temporary_forget(const char *path);
/* Gives it the mode, and the owner where that may be, of the file that it will replace; NULL = of any new file. What a
 * disk cannot do is left out. */
void system_temporary_take_mode(int lock, const system_file *replaced);
/* Removes what killed processes have left in a folder: regular files of this user that nobody has locked, whose names
 * are the first `n` bytes of `start` and a SYSTEM_TEMPORARY_ENDING's length of others. */
void system_temporary_sweep(const char *folder, const char *start, size_t n);

/* ---- work in a process of its own ---------------------------------------------------------------------------------- */

typedef struct system_child {
    long process;
    int result;  /* what `work` writes to its own `result` is read from here, end of file when it has ended */
    int printed; /* the same for what it printed on standard error; never blocks: EAGAIN */
} system_child;

/* Does work(context, result) in a copy of this process, which cannot change this one's memory, ends with it, and leaves
 * no core. A signal that ends this process ends it before temporary files are removed. system_child_wait has to follow
 * unless this fails. A system that cannot copy a process does the work at once in this one, and keeps the bytes of
 * `result`, at most 300 000, until they are read; a crash is then the program's own. */
int system_child_start(void (*work)(void *context, int result), void *context, system_child *child);
/* Waits for its end. 0 = `work` returned; above 0 the signal that ended it; below 0 it ended otherwise. */
int system_child_wait(const system_child *child);
void system_child_close(system_child *child);

/* ---- character sets ------------------------------------------------------------------------------------------------ */

/* Turns text of an encoding into UTF-8; NULL when the encoding is not known. */
typedef struct system_converter system_converter;
system_converter *system_converter_new(const char *encoding);
/* NULL is fine. */
void system_converter_free(system_converter *converter);
/* As iconv(3): moves along *text and *out, and takes what it used from *n_text and *room. EILSEQ at bytes that are no
 * character, EINVAL when the text ends within one, E2BIG when *room is too small. Without `text` it ends what was begun
 * (some encodings write bytes then); without `out` either it starts anew. */
int system_convert(system_converter *converter, char **text, size_t *n_text, char **out, size_t *room);

#endif
