/* messages.h - what the program says of its work, on standard error. */
#ifndef BEHOV_CLI_MESSAGES_H
#define BEHOV_CLI_MESSAGES_H

#include <behov/error.h>
#include <stdbool.h>

#include <behov/language.h>
#include <behov/notice.h>

/* The language of what is said: that of --lang or BEHOV_LANG (help_language), whatever the locale. */
void messages_set_language(behov_language lang);
behov_language messages_language(void);
/* Prints "behov: where: what" to standard error and returns the exit code: 1, for a wrong call 2. */
int print_failure(const behov_error *err);
/* Prints "behov: ..." to standard error. */
void print_line(behov_word word, const char *format, ...) BEHOV_PRINTF(2, 3);
/* Prints "behov: note: ..." to standard error, but for --quiet. */
void print_note(behov_word word, const char *format, ...) BEHOV_PRINTF(2, 3);
void print_note_silence(bool silent);
/* Prints "behov: wrote ..." to standard error: a file that is in its place. Silent where a verb is a step of another one, whose
 * files find their places later, or never. */
void print_written(const char *path);
void print_written_silence(bool silent);
/* The notice of read_csv, and of all that reads a file beside the panel. */
void print_note_beside(void *context, const char *message);
extern const behov_notice note_beside;

#endif
