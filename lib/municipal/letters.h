/* letters.h - texts cut between letters, never inside one. behov_show and behov_cut (behov/error.h) put an ellipsis where
 * they cut; these do not. */
#ifndef BEHOV_LETTERS_H
#define BEHOV_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a UTF-8 text that are printed with "%.*s" to have at most `most` of them, and whole letters. */
int behov_letters_clip(const char *text, size_t most);
/* Whether a spreadsheet would take a text for a formula: it begins with = + - @ or a tab, and is no figure. In CSV for
 * Excel an apostrophe stands before such a text (OWASP, CSV injection), which is taken off when it is read. */
bool behov_letters_is_formula(const char *text, size_t length);
/* A cell for a message: no line breaks, at most some forty bytes of its `length`, an ellipsis in the place of the others. */
void behov_letters_show_cell(const char *text, size_t length, char shown_text[64]);

#endif
