/* help_lines.h - help in lines of at most 80 columns, as words.txt has it in lines of its own. */
#ifndef BEHOV_CLI_HELP_LINES_H
#define BEHOV_CLI_HELP_LINES_H

#include <stddef.h>
#include <stdio.h>

/* Words broken at blanks and line ends, never within '...' or [...]; the caller has written `column` columns, lines after
 * the first begin at `indent`. Ends the line. */
void help_lines_fill(const char *text, size_t column, size_t indent, FILE *out);
/* Paragraphs. Lines that begin with a blank stay lines: an example of a call goes on behind a backslash, as a shell takes
 * it, what explains it stands below where there is no room beside it; a name with its explanation hangs. */
void help_lines_print(const char *text, FILE *out);

#endif
