/* visible.h - lines of a page or a message, with nothing in them that a terminal obeys. */
#ifndef BEHOV_CLI_VISIBLE_H
#define BEHOV_CLI_VISIBLE_H

#include <behov/error.h>
#include <stdarg.h>
#include <stdio.h>

/* fprintf for what is read on a terminal: names and texts of files may hold escape sequences, marks of direction or
 * bytes of another encoding, which are written as behov_letter (error.h) shows them. Line ends stay. */
void print_visible(FILE *out, const char *format, ...) BEHOV_PRINTF(2, 3);
void print_visible_list(FILE *out, const char *format, va_list arguments) BEHOV_PRINTF(2, 0);

#endif
