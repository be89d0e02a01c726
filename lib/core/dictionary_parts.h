/* dictionary_parts.h - a dictionary that is full grown. */
#ifndef BEHOV_SRC_DICTIONARY_PARTS_H
#define BEHOV_SRC_DICTIONARY_PARTS_H

#include <behov/dictionary.h>

/// Gives back what only a growing dictionary needs: the hashes of its texts, which the next one that is added makes once
/// more. Texts stay where they are, and look-ups cost as much as before.
void dictionary_settle(behov_dictionary *dictionary);

#endif
