/* phrase.h - sentences before they have a language: the word and the values that go into it, as text.
 *
 * A phrase is a text that may stand wherever a text of a message does, also inside another text or another phrase:
 *     0x02 WORD 0x1F ENGLISH [0x1F VALUE]... 0x03
 * with the number of the word, its English with the values in it, and the values, which may hold phrases. PHRASE_KEY of
 * word.h is one without values. Who prints it has the texts of the words; who has not takes the English. */
#ifndef BEHOV_PHRASE_H
#define BEHOV_PHRASE_H

#include <behov/api.h>
#include <behov/word.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A phrase by value.
typedef struct behov_said {
    char text[4096];
} behov_said;

/// behov_phrase(SAY_FILE_LINE, path, line).text is a phrase with values.
/// \param format the English of the word, as SAY_KEY gives it; d i u x X c s with h l z j t, no floating-point conversions
/// (they follow the locale)
BEHOV_API behov_said behov_phrase(behov_word word, const char *format, ...) BEHOV_PRINTF(2, 3);

/// A phrase of its parts (borrowed; English without phrases, values separated by 0x1F); the English when it is too long.
BEHOV_API behov_said behov_phrase_whole(behov_word word, const char *english, const char *values);

/// The same into a text of `size`; in English where it does not fit.
BEHOV_API void behov_phrase_into(char *text, size_t size, behov_word word, const char *format, ...) BEHOV_PRINTF(4, 5);

/// The values of a format as text, separated by 0x1F, and the English with them in it. What there is no room for is cut
/// with an ellipsis; a phrase that does not fit is given in English.
/// \param values, english  may be NULL when their size is 0
BEHOV_API void behov_phrase_pack(const char *format, va_list arguments, size_t values_size, char *values,
                                 size_t english_size, char *english);

/// A phrase at the beginning of a text, taken apart.
typedef struct behov_phrase_parts {
    behov_word word;              /* BEHOV_NO_WORD when there is none of this number */
    const char *english, *values; /* borrowed from the text, not ended by zero; values without any: NULL */
    size_t english_length, values_length;
    size_t length; /* bytes of the whole phrase */
} behov_phrase_parts;

/// Whether a text (borrowed) begins with a whole phrase.
BEHOV_API bool behov_phrase_begins(const char *text, behov_phrase_parts *parts);

/// Whether a text of a user (`length` bytes, borrowed) holds the beginning of a phrase, 0x02 and a digit: it must not
/// get near a message, which would say another sentence for it. Tables and dictionaries refuse such texts.
BEHOV_API bool behov_phrase_is_forged(const char *text, size_t length);

/// The length of the first of some values, which are `length` bytes.
BEHOV_API size_t behov_phrase_value(const char *values, size_t length);

/// A text with the English in the place of each phrase, cut to `size` with an ellipsis. \return its bytes
BEHOV_API size_t behov_phrase_english(const char *text, size_t size, char *english);

/// Several texts (borrowed), ended by NULL, one behind the other; those that do not fit are left out.
BEHOV_API void behov_phrase_list(behov_said *said, const char *text, ...);

/// A text as it is with its phrases, in English where it is longer than `size`.
BEHOV_API void behov_phrase_copy(const char *text, size_t size, char *copy);

#ifdef __cplusplus
}
#endif
#endif
