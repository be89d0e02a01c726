/* wording.h - text that grows: a sentence with names in it, as long as they are. Nothing is ever cut. */
#ifndef BEHOV_WORDING_H
#define BEHOV_WORDING_H

#include <stdbool.h>

#include "error.h"
#include "labels.h"
#include "phrase.h"
#include <behov/word.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Zero-initialise; free with behov_wording_free in any case.
typedef struct behov_wording {
    char *text; /* owned; NULL = nothing was added yet */
    size_t length, room;
    bool has_no_memory; /* something could not be added: behov_wording_status */
} behov_wording;

/// What it says, "" when nothing; borrowed until the next change.
BEHOV_API const char *behov_wording_text(const behov_wording *words);
BEHOV_API void behov_wording_clear(behov_wording *words);
BEHOV_API void behov_wording_free(behov_wording *words);
/// Adds a text as it stands; the words of a key with every {name} replaced, as behov_label_fill does, but whole.
BEHOV_API void behov_wording_add(behov_wording *words, const char *text);
BEHOV_API void behov_wording_add_bytes(behov_wording *words, const char *bytes, size_t length);
BEHOV_API void behov_wording_add_letter(behov_wording *words, char letter);
/// As printf has it; no floating-point conversions, for they follow the locale.
BEHOV_API void behov_wording_print(behov_wording *words, const char *format, ...) BEHOV_PRINTF(2, 3);
BEHOV_API void behov_wording_fill(behov_wording *words, behov_language lang, behov_word word, ...);
/// The same after a mark, which is left out where it would be the first: a list, or sentences on one line.
BEHOV_API void behov_wording_add_after(behov_wording *words, const char *mark, const char *text);
/// Frees a part that the sentence was made with, after its use; what the part had no memory for, the sentence lacks
/// too.
BEHOV_API void behov_wording_spend(behov_wording *words, behov_wording *part);
/// BEHOV_E_MEMORY when something could not be added.
BEHOV_API behov_status behov_wording_status(const behov_wording *words, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
