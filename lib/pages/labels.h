/* labels.h - words of the output, Norwegian (bokmål) and English. Every key of a report's column or sheet and every
 * sentence of the output stands here, in both languages, and nowhere else. */
#ifndef BEHOV_LABELS_H
#define BEHOV_LABELS_H

#include <stdarg.h>
#include <stddef.h>

#include "language.h"

/* The words for a key, of LANGUAGE_.._OF_FILE those of "KEY@file" where they are there ("ratio_pct" -> "Forholdstall (pst.)" / "Ratio (per cent)"); the key itself when there are none. */
const char *behov_label(behov_language lang, const char *key);
/* Whether the key is there, for tests. */
int behov_label_exists(const char *key);
/* The key of the same words for an outcome that is no expenditure in kroner, "KEY_other", where there are some and
 * `in_kroner` is false; else the key itself. */
const char *behov_label_key(const char *key, int in_kroner);
/* The words for a key with every {name} replaced by its value: pairs of name and value, ended by NULL. Cut to `size`
 * at a character boundary; returns the length. */
size_t behov_label_fill(behov_language lang, const char *key, char *text, size_t size, ...);
/* The same of a list of pairs, which may be used again; text NULL: how long it is when it is whole. */
size_t behov_label_fill_list(behov_language lang, const char *key, char *text, size_t size, va_list pairs);
/* Puts one more into "a, b, c". What there is no room for is not dropped in silence: then the list ends in ", …". */
void behov_label_list(char *list, size_t size, const char *name);
/* Decimal mark and thousands mark of printed text: ',' and U+00A0 in Norwegian, '.' and U+00A0 in English. */
char behov_label_decimal_mark(behov_language lang);
const char *behov_label_group_mark(behov_language lang);

#endif
