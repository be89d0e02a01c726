/* level_words.h - what a level is called, and what is said of the chance that it is freed of. */
#ifndef BEHOV_LEVEL_WORDS_H
#define BEHOV_LEVEL_WORDS_H

#include "error.h"
#include "labels.h"
#include "lasting.h"
#include "shrink.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Where a name of the level stands: with chance that lasts it is that of the years ahead (behov_lasting_is_ahead), else
/// the lasting level.
typedef enum behov_level_form {
    BEHOV_LEVEL_NAME = 0,   /* "varig nivå", "nivået de neste tre årene": by .. */
    BEHOV_LEVEL_NAME_FIRST, /* the same first in a sentence or alone */
    BEHOV_LEVEL_DEFINITE,   /* "det varige nivået", "nivået de neste tre årene" */
    BEHOV_LEVEL_DEFINITE_FIRST,
    BEHOV_LEVEL_SHORT,       /* "Varig nivå", "Nivå neste 3 år": over a column */
    BEHOV_LEVEL_SHORT_WITHIN /* the same behind other words */
} behov_level_form;

/// A number of years or the like in words up to twelve, then in figures. Added to the words.
BEHOV_API void behov_number_words(unsigned number, behov_language lang, behov_wording *words);
/// The name of the level, added to the words.
BEHOV_API void behov_level_name(const behov_shrink_variances *shrink_variances, behov_level_form form,
                                behov_language lang, behov_wording *words);
/// Whether what lies in an interval of this level (0 .. 1) may be called likely: from 80 per cent, where
/// behov_lasting_is_firm.
BEHOV_API bool behov_level_is_likely(double level, bool is_firm);
/// "probably" then, else "perhaps".
BEHOV_API const char *behov_level_likely(double level, bool is_firm, behov_language lang);
/// What limits every claim of levels and places, a sentence each, in the place of what the words said: chance assumed of
/// one year, or for a large part of two; few municipalities; chance or differences of another form, which intervals do
/// not allow for. Nothing where there is no such limit, or no level.
enum { BEHOV_LEVEL_LIMITS = 4, BEHOV_LEVEL_LIMIT_FEW = 1 };
BEHOV_API void behov_level_limit(const behov_shrink_variances *shrink_variances, size_t n_municipalities, size_t i,
                                 behov_language lang, behov_wording *words);
/// All of them after what the words say.
BEHOV_API void behov_level_add_limits(const behov_shrink_variances *shrink_variances, size_t n_municipalities,
                                      behov_language lang, behov_wording *words);
/// The words of a key whose names are {level_name}, {level_first}, {level_definite}, {level_definite_first},
/// {level_short}, {level_name_short} and {level}, that of intervals in per cent; added to the words. For headings.
BEHOV_API void behov_level_fill(const behov_shrink_variances *shrink_variances, double level_pct, behov_word word,
                                behov_language lang, behov_wording *words);

/// What is said of chance that lasts, a sentence each, in the place of what the words said; nothing where there is nothing
/// to say: how it goes on from year to year; what the level is; what can be told of the permanent part; and warnings:
/// two years, few municipalities, chance of another form, small municipalities that differ by more.
enum {
    BEHOV_CHANCE_SENTENCES = 7,
    BEHOV_CHANCE_PHI = 0,
    BEHOV_CHANCE_PERMANENT = 2,
    BEHOV_CHANCE_WARNINGS = 3 /* the first */
};
BEHOV_API void behov_chance_sentence(const behov_shrink_variances *shrink_variances, size_t n_municipalities, size_t i,
                                     behov_language lang, behov_wording *words);

#ifdef __cplusplus
}
#endif
#endif
