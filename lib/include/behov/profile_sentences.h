/* profile_sentences.h - a profile in plain sentences, made from its figures by rules. */
#ifndef BEHOV_PROFILE_SENTENCES_H
#define BEHOV_PROFILE_SENTENCES_H

#include "error.h"
#include "lasting.h"
#include "number.h"
#include "profile.h"
#include "report.h"
#include "shrink.h"
#include <behov/word.h>
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_profile_sentence_kind {
    BEHOV_PROFILE_TITLE = 0,      /* "1865 Vågan, 2016" */
    BEHOV_PROFILE_RATIO,          /* the first answer: what was spent against the need, and the year before */
    BEHOV_PROFILE_LASTING,        /* the second: what is sure about it */
    BEHOV_PROFILE_CHANGE,         /* from the year before, by spending and by need */
    BEHOV_PROFILE_TO_100,         /* what it would take to be at 100 */
    BEHOV_PROFILE_PLACE,          /* in the country, with the quartiles */
    BEHOV_PROFILE_PLACE_IN_GROUP, /* in its group */
    BEHOV_PROFILE_NEIGHBOURS,     /* next above and below in the country */
    BEHOV_PROFILE_WHY,            /* title of the drivers */
    BEHOV_PROFILE_SUM_COUNTRY,    /* its need and the country's, the sum of the drivers */
    BEHOV_PROFILE_SUM_GROUP,
    BEHOV_PROFILE_FORECAST_TITLE, /* title of the years to come; none without them */
    BEHOV_PROFILE_NEXT,           /* next year and the years ahead with their prediction intervals */
    BEHOV_PROFILE_N_SENTENCES
} behov_profile_sentence_kind;

/// Each sentence takes the place of what the words said, with every name whole; nothing where there is nothing to say.
/// One about a year of a profile (position among its years; profile->index is the page's). Places and neighbours are
/// those of all years together, whatever the year.
BEHOV_API void behov_profile_sentence(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                                      behov_profile_sentence_kind which, behov_wording *words);

/// The words for the level beside a year's ratio (NaN = none), with what the coefficients leave open of it (NaN = not
/// known); in per cent, rounded to whole ones here, and clear by the probability that is chosen. BEHOV_NO_WORD when
/// nothing is said: no interval, or a ratio at or below zero with an unclear level.
/// \param is_firm  behov_lasting_is_firm
BEHOV_API behov_word behov_profile_lasting_key(double ratio, behov_interval ratio_interval, behov_lasting level,
                                               const behov_lasting_choices *choices, bool is_firm);
/// Whether levels stand on enough years and municipalities (behov_lasting_is_firm).
BEHOV_API bool behov_profile_is_firm(const behov_profiles *profiles);
/// "probably", or "perhaps" (behov_level_likely).
BEHOV_API const char *behov_profile_likely(const behov_profiles *profiles);
/// The probability from which a difference is called clear, in per cent: "95".
BEHOV_API const char *behov_profile_clear(const behov_profiles *profiles, char text[BEHOV_NUMBER_SIZE]);

/// Whether years to come are forecast of the municipality; whether their mean is another figure than next year's.
BEHOV_API bool behov_profile_has_forecast(const behov_profiles *profiles, const behov_profile *profile);
BEHOV_API bool behov_profile_has_coming(const behov_profiles *profiles);
/// "Neste år, 2017", "Gjennomsnitt 2017–2019", "Ny kommune, samme tall" (BEHOV_FORECAST_..), added to the words.
BEHOV_API void behov_profile_forecast_name(const behov_profiles *profiles, size_t which, behov_wording *words);

/// What is peculiar to the data of a municipality, and how all was computed (`has_all`: also of figures that
/// are not on the page).
/// Notes on the method that some leave out: a picture has no changes, pairs, columns or new municipality.
enum {
    BEHOV_PROFILE_CHANGES_NOTE = 0,
    BEHOV_PROFILE_CLEAR_NOTE = 3,
    BEHOV_PROFILE_COLUMNS_NOTE,
    BEHOV_PROFILE_NEW_NOTE = 14
};
enum {
    BEHOV_PROFILE_DATA_NOTES = 7,
    BEHOV_PROFILE_FINDINGS_NOTE = 6, /* what a look at the panel found in the municipality's own rows */
    BEHOV_PROFILE_FEW_NOTE = 0,
    BEHOV_PROFILE_METHOD_NOTES = 20,
    BEHOV_PROFILE_ERRORS_NOTE = 2
};
BEHOV_API void behov_profile_data_note(const behov_profiles *profiles, const behov_profile *profile, size_t i,
                                       behov_wording *words);
BEHOV_API void behov_profile_method_note(const behov_profiles *profiles, size_t i, bool has_all, behov_wording *words);

/// Whether the difference of two municipalities is clear, with both places and the probability; how many pairs were left out.
BEHOV_API void behov_profile_pair_sentence(const behov_profiles *profiles, const behov_profile_pair *pair,
                                           behov_wording *words);
BEHOV_API void behov_profile_pairs_left_out(const behov_profiles *profiles, size_t n, behov_wording *words);

/// Pieces that tables need too. Whether amounts are kroner.
BEHOV_API bool behov_profile_in_kroner(const behov_profiles *profiles);
/// The text of a word, or of its twin `KEY_other` for an outcome that is not kroner; that word.
BEHOV_API const char *behov_profile_words(const behov_profiles *profiles, behov_word word);
BEHOV_API behov_word behov_profile_word(const behov_profiles *profiles, behov_word word);
BEHOV_API behov_quantity behov_profile_amount_quantity(const behov_profiles *profiles);
/// An amount as it is shown: 1000 kr per inhabitant as kr.
BEHOV_API double behov_profile_shown(const behov_profiles *profiles, double amount);
/// "Vågan", or its code; the country ("landet") or the name of the group.
BEHOV_API const char *behov_profile_name(const behov_profiles *profiles, const behov_profile *profile);
BEHOV_API const char *behov_profile_against(const behov_profiles *profiles, const behov_profile *profile, size_t which);

#ifdef __cplusplus
}
#endif
#endif
