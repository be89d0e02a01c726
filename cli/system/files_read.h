/* files_read.h - which files have been read: none of them may be written over. Files are told apart by what the system
 * knows them by, so neither another spelling nor a link hides one. */
#ifndef BEHOV_CLI_FILES_READ_H
#define BEHOV_CLI_FILES_READ_H

#include <stdbool.h>

#include "system.h"

/* Keeps in mind that this file is read ("-" = standard input); target_open refuses it from then on. */
void files_read_note(const char *path);
/* Whether this very file has been read. */
bool files_read_hold(const system_file *file);
/* Whether standard output goes into this very file (`>>`): it must not be read, for the page would be added to it. */
bool files_read_is_standard_output(const char *path);
/* Forgets all that was read: a new call begins. */
void files_read_forget(void);

#endif
