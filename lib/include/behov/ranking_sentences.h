/* ranking_sentences.h - a ranking in words: who is highest and lowest and how sure that is, and how it was computed. */
#ifndef BEHOV_RANKING_SENTENCES_H
#define BEHOV_RANKING_SENTENCES_H

#include "error.h"
#include "level_words.h"
#include "ranking.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Whether amounts are kroner.
BEHOV_API bool behov_ranking_in_kroner(const behov_ranking *ranking);

/// Each takes the place of what the words said, with every name whole; nothing where there is nothing to say.
BEHOV_API void behov_ranking_title(const behov_ranking *ranking, behov_wording *words);
/// What answers first.
enum { BEHOV_RANKING_ANSWERS = 5 };
BEHOV_API void behov_ranking_answer(const behov_ranking *ranking, size_t i, behov_wording *words);
/// How it was computed, and what is peculiar to the data; what the data have to say of themselves (remarks.h) stands
/// after one of them.
/// \param is_whole  every figure is shown, that of intervals too
enum {
    BEHOV_RANKING_INTERVALS = 1, /* what is an interval of what */
    BEHOV_RANKING_DRAWN = 5 + BEHOV_CHANCE_SENTENCES,
    BEHOV_RANKING_CHANCE = 3, /* the first of BEHOV_CHANCE_SENTENCES */
    BEHOV_RANKING_NOTES = 18 + BEHOV_CHANCE_SENTENCES,
    BEHOV_RANKING_REMARKS_AFTER = 8 + BEHOV_CHANCE_SENTENCES
};
BEHOV_API void behov_ranking_note(const behov_ranking *ranking, size_t i, bool is_whole, behov_wording *words);
/// What there is to say of one municipality, for the last cell of its row.
BEHOV_API void behov_ranking_row_note(const behov_ranking *ranking,
                                      const behov_ranked_municipality *ranked_municipality, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
