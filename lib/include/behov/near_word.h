/* near_word.h - which of several known words a misspelt one may have meant. */
#ifndef BEHOV_NEAR_WORD_H
#define BEHOV_NEAR_WORD_H

#include <behov/phrase.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The search for the known word nearest to one that is none. Texts are borrowed.
typedef struct behov_near_word {
    const char *word;
    size_t most;         /* slips up to which a word is near */
    const char *nearest; /* NULL while none is near; of several equally near the first */
    size_t n_nearest;    /* how many are equally near */
} behov_near_word;

/// A search for a word of which a third of the letters may be wrong.
BEHOV_API behov_near_word behov_near_word_start(const char *word);
/// Tries one more known word.
BEHOV_API void behov_near_word_try(behov_near_word *spelling, const char *known_word);

/// Slips between two words: bytes changed, left out, put in or swapped with their neighbour, letters a to z without
/// case (Damerau 1964, each piece edited once). SIZE_MAX for words of more than 64 bytes. Cost: product of the lengths.
BEHOV_API size_t behov_near_word_distance(const char *first, const char *second);

#ifdef __cplusplus
}
#endif
#endif
