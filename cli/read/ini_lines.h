/* ini_lines.h - the lines of an INI file, each with its number, also as sections and pairs. What they mean is the caller's.
 *
 * A line that is indented more than its key goes on from the line before it, joined by a blank; # and ; begin a comment
 * at the start of a line, ; also after a blank. A key ends at the first equals sign. */
#ifndef BEHOV_CLI_INI_LINES_H
#define BEHOV_CLI_INI_LINES_H

#include <behov/error.h>
#include <stdbool.h>
#include <stddef.h>

/* Each takes texts that are borrowed for the call, and fills the error itself. */
typedef struct ini_lines_taker {
    behov_status (*section)(void *context, const char *name, size_t line, behov_error *err);
    behov_status (*pair)(void *context, const char *key, const char *value, size_t line, behov_error *err);
    void *context;
} ini_lines_taker;

/* Reads a file of at most 16 MiB. *is_guess says that it is no UTF-8. BEHOV_E_FILE, BEHOV_E_DATA (no text),
 * BEHOV_E_SYNTAX with where = "my.ini, line 7" (a section without its bracket, a line that is none of these, a pair before
 * the first section), or what the taker returns. */
behov_status ini_lines_read(const char *path, const ini_lines_taker *taker, bool *is_guess,
                            behov_error *err) BEHOV_MUST_CHECK;
/* A line without its comment and the blanks around it, which the taker may change until the end of the file; its indent in
 * bytes. NULL at the end. */
typedef behov_status (*ini_line_taker)(void *context, char *text, size_t length, size_t indent, size_t line,
                                       behov_error *err);
/* The lines of such a file as they are, for what ends a key in another way: those that are blank or a comment are left out. Errors
 * as above, or what the taker returns. */
behov_status ini_lines_each(const char *path, ini_line_taker take, void *context, bool *is_guess,
                            behov_error *err) BEHOV_MUST_CHECK;
bool ini_lines_is_blank(char letter);
/* "my.ini, line 7" for messages. */
behov_said ini_lines_where(const char *path, size_t line);

#endif
