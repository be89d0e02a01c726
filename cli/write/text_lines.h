/* text_lines.h - running text in lines: as long as it is, or broken at the terminal's width. */
#ifndef BEHOV_CLI_TEXT_LINES_H
#define BEHOV_CLI_TEXT_LINES_H

#include <stdio.h>

/* Characters of a text, or of its first `length` bytes, as they are printed. */
size_t text_width(const char *text);
size_t text_width_in(const char *text, size_t length);
void text_pad(FILE *out, size_t n);
/* The first `length` bytes of a text as they stand on one line of a terminal: no control characters. */
void text_put(const char *text, size_t length, FILE *out);
/* Bytes of the first line of a text that is broken at spaces; a longer word stands alone on its line. */
size_t text_line_length(const char *text, size_t longest);
/* A sentence or paragraph and the end of its line; nothing for "". On a terminal it is broken at spaces, and lines
 * after the first begin below the place where the text began: after `indent` columns, which the caller has written. */
void text_line(const char *text, size_t indent, FILE *out);
/* The same, in lines of at most `longest` characters everywhere. */
void text_paragraph(const char *text, size_t longest, FILE *out);

#endif
