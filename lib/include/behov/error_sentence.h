/* error_sentence.h - the message of an error, and phrases in a text, in a language. */
#ifndef BEHOV_ERROR_SENTENCE_H
#define BEHOV_ERROR_SENTENCE_H

#include "error.h"
#include <behov/word.h>
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Adds "where: what" in a language: of each word "KEY@cli", which names the program's options, where it is there.
BEHOV_API void behov_error_sentence(const behov_error *err, behov_language lang, behov_wording *out);
/// The same of the place and of the sentence alone.
BEHOV_API void behov_error_place(const behov_error *err, behov_language lang, behov_wording *out);
BEHOV_API void behov_error_what(const behov_error *err, behov_language lang, behov_wording *out);
/// Adds a text with its phrases in a language.
BEHOV_API void behov_phrase_add(const char *text, behov_language lang, behov_wording *out);
/// Adds a word with its values, separated by 0x1F (behov/phrase.h).
BEHOV_API void behov_phrase_fill(behov_word word, const char *values, size_t length, behov_language lang,
                                 behov_wording *out);

#ifdef __cplusplus
}
#endif
#endif
