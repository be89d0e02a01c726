/* ratio_map_sentences.h - what is said of the levels on a map. Sentences are added to the words. */
#ifndef BEHOV_RATIO_MAP_SENTENCES_H
#define BEHOV_RATIO_MAP_SENTENCES_H

#include <stddef.h>

#include "labels.h"
#include "ratio_map.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// The class in words: "75–100".
BEHOV_API const char *behov_map_class_words(behov_language lang, behov_map_class map_class);
/// The classes in the order of a legend.
BEHOV_API behov_map_class behov_map_class_in_legend(size_t i);

/// Level and interval of a place as they are shown: "98 (79–117)"; nothing without a level.
BEHOV_API void behov_ratio_map_level(const behov_ratio_map *ratio_map, const behov_map_place *place,
                                     behov_wording *words);
/// The level of the one that is marked, nothing where that is not one; how many are clearly above and below 100.
BEHOV_API void behov_ratio_map_marked(const behov_ratio_map *ratio_map, behov_wording *words);
BEHOV_API void behov_ratio_map_answer(const behov_ratio_map *ratio_map, behov_wording *words);
/// What the map is, for one who does not see it.
BEHOV_API void behov_ratio_map_describe(const behov_ratio_map *ratio_map, behov_wording *words);

/// What stands beneath, a sentence each; nothing where there is nothing to say: what colours mean; who is white, and why;
/// who is not on the map; which marked ones have no colour; who is drawn whole in another; whose borders these are.
enum { BEHOV_RATIO_MAP_NOTES = 6 };
BEHOV_API void behov_ratio_map_note(const behov_ratio_map *ratio_map, size_t i, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
