/* labels.h - words of the output, Norwegian (bokmål) and English. Every key of a report's column or sheet and every
 * sentence of the output stands in words.txt, in both languages, and nowhere else. */
#ifndef BEHOV_LABELS_H
#define BEHOV_LABELS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "language.h"
#include "table.h"
#include <behov/word.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The text of a word, of LANGUAGE_.._OF_FILE that of "KEY@file" where it is there (BEHOV_WORD_RATIO_PCT ->
/// "Forholdstall (pst.)" / "Ratio (per cent)"); "" of BEHOV_NO_WORD.
BEHOV_API const char *behov_label(behov_language lang, behov_word word);
/// What a page calls a mark of missing values: the mark, or "tom celle", "andre merker" ...
BEHOV_API const char *behov_label_of_missing(behov_language lang, behov_missing mark);
/// What stands under a key that is data (the key of a report's column, the name of a term): its text, or the key
/// itself.
BEHOV_API const char *behov_label_of_key(behov_language lang, const char *key);
/// The word with this key, BEHOV_NO_WORD when there is none. The key of a word.
BEHOV_API behov_word behov_word_find(const char *key);
BEHOV_API const char *behov_word_key(behov_word word);
/// The same word for an outcome that is no expenditure in kroner, "KEY_other", where there is one and `in_kroner` is
/// false; else the word itself.
BEHOV_API behov_word behov_word_by_unit(behov_word word, bool in_kroner);
/// The same word for a count of one, "KEY_one", where there is one and `n` is 1; else the word itself.
BEHOV_API behov_word behov_word_by_count(behov_word word, double n);
/// The text of a word with every {name} replaced by its value: pairs of name and value, ended by NULL. Cut to `size`
/// at a character boundary; returns the length.
BEHOV_API size_t behov_label_fill(behov_language lang, behov_word word, char *text, size_t size, ...);
/// The same of a list of pairs, which may be used again; text NULL: how long it is when it is whole.
BEHOV_API size_t behov_label_fill_list(behov_language lang, behov_word word, char *text, size_t size, va_list pairs);
/// Decimal mark and thousands mark of printed text: ',' and U+00A0 in Norwegian, '.' and U+00A0 in English.
BEHOV_API char behov_label_decimal_mark(behov_language lang);
BEHOV_API const char *behov_label_group_mark(behov_language lang);

#ifdef __cplusplus
}
#endif
#endif
