/* terminal.h - how wide a page may be where it is read on a terminal. */
#ifndef BEHOV_CLI_TERMINAL_H
#define BEHOV_CLI_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

enum { TERMINAL_NARROWEST = 40 };

/* Columns of the terminal that a file writes to, at least TERMINAL_NARROWEST: COLUMNS of the environment, else what the
 * terminal says, else 80. 0 for anything but a terminal: a page in a file or a pipe has the same bytes everywhere. */
size_t terminal_width(FILE *out);

#endif
