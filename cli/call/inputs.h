/* inputs.h - no output is ever an input: what a call reads, held against what it writes.
 *
 * Every word of a call that names a file counts as read, whatever option it came by, so that an option that is added
 * later is covered: the values of all options but --output, what stands alone, standard input that comes from a file,
 * and the bundled files. What has been read is known to files_read.h. */
#ifndef BEHOV_CLI_INPUTS_H
#define BEHOV_CLI_INPUTS_H

#include "options.h"

/* Whether every -o, and standard output and error where they go to files, are files of their own: none that is read,
 * none that is written twice. Prints a sentence and returns 2 if not, else 0. Before anything is read; once more before
 * anything is written, when files that no word named have been read as well. */
int inputs_check(const command_line *line);

#endif
