/* target.h - an output file that is written beside its target and renamed into place when it is whole. */
#ifndef BEHOV_CLI_TARGET_H
#define BEHOV_CLI_TARGET_H

#include <behov/error.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct target target;

/* Whether a path is one of the process's own streams, "/dev/stdout" or the like. */
bool target_is_open_stream(const char *path);
/* The path that a target has when links are followed and its folder is spelt in full; from malloc, NULL when that
 * cannot be told. */
char *target_whole_path(const char *path);

/* A file that the program names itself, beside a target, stands for nothing else: a link there would lead what is written to
 * a file that nobody named. BEHOV_E_FILE with where = path when it is one. */
behov_status target_check_beside(const char *path, behov_error *err) BEHOV_MUST_CHECK;

/* Makes a file with another name in the folder of `path` (checks that the folder is there and can be written, and that
 * `path` is no folder). Symbolic links are followed, so the link stays and its target is replaced; the mode of an
 * existing target is kept. "/dev/stdout"-like targets that are no regular file are written directly.
 * BEHOV_E_FILE with where = path. */
behov_status target_open(const char *path, target **out, behov_error *err) BEHOV_MUST_CHECK;
/* The path to write to, beside the target (borrowed). */
const char *target_path(const target *out);
/* Flushes to disk (fsync), renames over the target and frees. On failure the target is as it was, the temporary file
 * is removed, and `out` is freed all the same. */
behov_status target_commit(target *out, behov_error *err) BEHOV_MUST_CHECK;
/* Why a file cannot be written, in words: "the disk is full"; `code` as errno has it. */
const char *target_reason(int code);
/* Removes the temporary file and frees; NULL is fine. */
void target_abandon(target *out);

/* Opens beside the target, lets `print` write it, and commits: what a writer of text needs. `print` need not look
 * whether bytes arrive: a full disk is found at the end. When it fails the target is as it was. */
typedef behov_status target_print(FILE *out, const void *context, behov_error *err);
behov_status target_write(const char *path, target_print *print, const void *context,
                          behov_error *err) BEHOV_MUST_CHECK;

#endif
