/* inputs.h - no output is ever an input: what a call reads, held against what it writes.
 *
 * Every word of a call that names a file counts as read, whatever option it came by, so that an option that is added
 * later is covered: the values of all options but --output, what stands alone, standard input that comes from a file,
 * and the bundled files. Files are told apart by device and inode, so neither another spelling nor a link hides one. */
#ifndef BEHOV_CLI_INPUTS_H
#define BEHOV_CLI_INPUTS_H

#include <stdbool.h>
#include <sys/stat.h>

#include "options.h"

/* Whether every -o, and standard output and error where they go to files, are files of their own: none that is read,
 * none that is written twice. Prints a sentence and returns 2 if not, else 0. Before anything is read; once more before
 * anything is written, when files that no word named have been read as well. */
int inputs_check(const command_line *line);

/* Keeps in mind that this file is read ("-" = standard input); target_open refuses it from then on. */
void inputs_note(const char *path);
bool inputs_hold(const struct stat *file);
/* Whether standard output goes into this very file (`>>`): it must not be read, for the page would be added to it. */
bool inputs_are_standard_output(const char *path);
/* Forgets all that was read: a new call begins. */
void inputs_forget(void);

#endif
