/* dictionary.h - distinct texts and their codes 0, 1, 2 ... in order of first appearance.
 *
 * Text columns, factor levels and cluster keys hold codes; the dictionary holds each text once. */
#ifndef BEHOV_DICTIONARY_H
#define BEHOV_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct behov_dictionary behov_dictionary;

/// An empty dictionary (returned, free with behov_dictionary_free).
BEHOV_API behov_status behov_dictionary_new(behov_dictionary **dictionary, behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_dictionary_free(behov_dictionary *dictionary);

/// The code of a text, added if it is new. The text is copied; it may hold any bytes but zero.
/// Amortised O(length).
BEHOV_API behov_status behov_dictionary_intern(behov_dictionary *dictionary, const char *text, size_t length,
                                               int32_t *code, behov_error *err) BEHOV_MUST_CHECK;

/// The code of a text, or -1 when it is not there.
BEHOV_API int32_t behov_dictionary_find(const behov_dictionary *dictionary, const char *text, size_t length);

BEHOV_API size_t behov_dictionary_count(const behov_dictionary *dictionary);

/// The text of a code, 0 <= code < count (borrowed until the next intern or free).
BEHOV_API const char *behov_dictionary_text(const behov_dictionary *dictionary, int32_t code);

#ifdef __cplusplus
}
#endif
#endif
