/* council_sentences.c - the headline of a council's page and the sentences beneath it.
 *
 * What the year and the level disagree about stands first, from figures as they are printed:
 *
 *   the year's ratio lies outside the interval of the level             council_year_outside
 *   the level's estimate lies on the other side of 100                  council_year_other_side
 *   both                                                                council_year_outside_other_side
 *
 * and before it, that there are no such years for a municipality that is merged or split before them (council_end).
 *
 * Then what was spent against need, and what is sure of the level: the sentence of a profile (profile_sentences.c). The
 * rules of how firm a claim may be are those of README.md in this room. */
#include <behov/council_page.h>

#include <math.h>

#include <behov/doubt_cautions.h>
#include <behov/finding_doubts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include "council_page_parts.h"

/* The words of a key with the names of municipality and year, and of the level. */
static void fill(const behov_council *council, size_t page, behov_word word, behov_wording *words)
{
    behov_wording in_year = {0}, it = {0}, first = {0};
    const behov_shrink_variances *variances = &council->ranking.variances;
    council_add_in_year(council, &in_year);
    behov_level_name(variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    behov_level_name(variances, BEHOV_LEVEL_DEFINITE_FIRST, council_language(council), &first);
    behov_wording_fill(
        words, council_language(council), word, "name", council_name(council, council->pages[page].profile->place),
        "in_year", behov_wording_text(&in_year), "it", behov_wording_text(&it), "It", behov_wording_text(&first), NULL);
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &first);
}

static behov_word headline_word(const behov_council *council, size_t page)
{
    double printed = behov_ratio_printed(council_year(council, page)->ratio);
    return isnan(printed)                          ? BEHOV_WORD_COUNCIL_HEADLINE_NONE
           : council_year_is_unsure(council, page) ? BEHOV_WORD_COUNCIL_HEADLINE_YEAR_UNCLEAR
           : printed > 100                         ? BEHOV_WORD_COUNCIL_HEADLINE_ABOVE
           : printed < 100                         ? BEHOV_WORD_COUNCIL_HEADLINE_BELOW
                                                   : BEHOV_WORD_COUNCIL_HEADLINE_EQUAL;
}

/* A figure that may be wrong: whichever way the ratios lie, they hang on it. */
static void say_doubt(const behov_council *council, size_t page, const behov_oddity *doubt, behov_wording *words)
{
    behov_wording it = {0}, what = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    behov_doubt_figure_say(council->fit_results->study, doubt, council_language(council), &what);
    behov_wording_fill(words, council_language(council), behov_doubt_word(council->fit_results->study, doubt), "name",
                       council_name(council, council->pages[page].profile->place), "it", behov_wording_text(&it),
                       "what", behov_wording_text(&what), NULL);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &what);
}

static void say_headline(const behov_council *council, size_t page, behov_wording *words)
{
    static const behov_word levels[] = {[BEHOV_LEVEL_IS_UNKNOWN] = BEHOV_WORD_COUNCIL_HEADLINE_NO_LEVEL,
                                        [BEHOV_LEVEL_IS_CLEARLY_ABOVE] = BEHOV_WORD_COUNCIL_HEADLINE_CLEARLY_ABOVE,
                                        [BEHOV_LEVEL_IS_CLEARLY_BELOW] = BEHOV_WORD_COUNCIL_HEADLINE_CLEARLY_BELOW,
                                        [BEHOV_LEVEL_IS_LIKELY_ABOVE] = BEHOV_WORD_COUNCIL_HEADLINE_LIKELY_ABOVE,
                                        [BEHOV_LEVEL_IS_LIKELY_BELOW] = BEHOV_WORD_COUNCIL_HEADLINE_LIKELY_BELOW,
                                        [BEHOV_LEVEL_IS_UNCERTAIN] = BEHOV_WORD_COUNCIL_HEADLINE_UNCLEAR};
    const behov_profile_year *now = council_year(council, page);
    size_t place = council->pages[page].profile->place;
    const behov_oddity *doubt = council_doubt(council, place);
    if (!doubt || !behov_finding_touches(council->fit_results->study, doubt, council_municipality(council, place),
                                         council->year)) {
        fill(council, page, council_word(council, headline_word(council, page)), words);
        behov_wording_add(words, " ");
    }
    if (doubt) {
        say_doubt(council, page, doubt, words);
        return;
    }
    behov_lasting_claim claim = council_claim(council, place, now->lasting);
    double printed = behov_ratio_printed(now->ratio);
    bool is_year_unclear = council_year_is_unsure(council, page);
    fill(council, page,
         claim != BEHOV_LEVEL_IS_UNCERTAIN ? levels[claim]
         : is_year_unclear                 ? BEHOV_WORD_COUNCIL_HEADLINE_UNCLEAR_TOO
         : printed > 100 || printed < 100  ? levels[claim]
                                           : BEHOV_WORD_COUNCIL_HEADLINE_UNCLEAR_EQUAL,
         words);
}

/* Whether a ratio and the level lie on different sides of 100, as printed. */
static bool is_other_side(double ratio, double level)
{
    return (ratio > 100 && level < 100) || (ratio < 100 && level > 100);
}

/* Of a municipality that ends before the years that the level is of are over, no year is to come. */
static void say_end(const behov_council *council, size_t page, behov_wording *words)
{
    behov_wording it = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    if (council->pages[page].end_date) {
        council_say_end(council, page, words);
        behov_wording_add(words, " ");
        behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_END_LEVEL, "it",
                           behov_wording_text(&it), NULL);
    }
    behov_wording_spend(words, &it);
}

static void say_disagreement(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile_year *now = council_year(council, page);
    double printed = behov_ratio_printed(now->ratio), level = behov_ratio_printed(now->lasting.ratio);
    bool is_outside = printed < behov_ratio_printed(now->lasting.interval.low) ||
                      printed > behov_ratio_printed(now->lasting.interval.high);
    bool is_other = is_other_side(printed, level);
    char ratio[BEHOV_NUMBER_SIZE], level_text[BEHOV_NUMBER_SIZE];
    behov_wording in_year = {0}, it = {0}, interval = {0};
    if (!is_outside && !is_other)
        return;
    council_add_in_year(council, &in_year);
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    council_add_interval(council, now->lasting.interval, &interval);
    behov_wording_add(words, words->length ? " " : "");
    behov_wording_fill(words, council_language(council),
                       !is_outside ? BEHOV_WORD_COUNCIL_YEAR_OTHER_SIDE
                       : is_other  ? BEHOV_WORD_COUNCIL_YEAR_OUTSIDE_OTHER_SIDE
                                   : BEHOV_WORD_COUNCIL_YEAR_OUTSIDE,
                       "in_year", behov_wording_text(&in_year), "ratio", council_whole(council, printed, ratio), "it",
                       behov_wording_text(&it), "interval", behov_wording_text(&interval), "level",
                       council_level_figure(council, now->lasting.ratio, level_text), NULL);
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &interval);
}

static void say_spent(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = council_year(council, page);
    double printed = behov_ratio_printed(now->ratio);
    char difference[BEHOV_NUMBER_SIZE], ratio[BEHOV_NUMBER_SIZE];
    behov_wording in_year = {0}, actual = {0}, need = {0};
    if (!(printed > 0)) { /* no ratio, or none to speak of: the profile says why */
        behov_profile_sentence(&council->profiles, profile, profile->index, BEHOV_PROFILE_RATIO, words);
        return;
    }
    council_add_in_year(council, &in_year);
    council_add_amount(council, now->actual, &actual);
    council_add_amount(council, now->need, &need);
    behov_wording_fill(words, council_language(council),
                       council_word(council, printed > 100   ? BEHOV_WORD_COUNCIL_SPENT_ABOVE
                                             : printed < 100 ? BEHOV_WORD_COUNCIL_SPENT_BELOW
                                                             : BEHOV_WORD_COUNCIL_SPENT_EQUAL),
                       "in_year", behov_wording_text(&in_year), "actual", behov_wording_text(&actual), "need",
                       behov_wording_text(&need), "n", council_whole(council, fabs(printed - 100), difference), "ratio",
                       council_whole(council, printed, ratio), NULL);
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &actual);
    behov_wording_spend(words, &need);
}

/* Where the year's own interval does not allow for what a municipality's years have in common. */
static void say_by_municipality(const behov_council *council, size_t page, behov_wording *words)
{
    size_t place = council->pages[page].profile->place;
    behov_wording in_year = {0}, interval = {0}, sentence = {0};
    behov_interval own = council_year_interval(council, page);
    if (!council_year_rests_on_clusters(council, place) ||
        behov_ratio_printed(council_year(council, page)->ratio) == 100)
        return;
    council_add_in_year(council, &in_year);
    council_add_interval(council, own, &interval);
    behov_wording_fill(&sentence, council_language(council),
                       !interval.length                    ? BEHOV_WORD_COUNCIL_BY_MUNICIPALITY_UNKNOWN
                       : own.low <= 100 && own.high >= 100 ? BEHOV_WORD_COUNCIL_BY_MUNICIPALITY
                                                           : BEHOV_WORD_COUNCIL_BY_MUNICIPALITY_EDGE,
                       "in_year", behov_wording_text(&in_year), "interval", behov_wording_text(&interval), NULL);
    behov_wording_add_after(words, " ", behov_wording_text(&sentence));
    behov_wording_spend(words, &in_year);
    behov_wording_spend(words, &interval);
    behov_wording_spend(words, &sentence);
}

/* A ratio so far from all others that a figure behind it may be wrong. */
static void say_far(const behov_council *council, size_t page, behov_wording *words)
{
    double other = behov_council_far_from(council, page);
    bool is_below = council_year(council, page)->ratio < other;
    char ratio[BEHOV_NUMBER_SIZE];
    if (isnan(other))
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, council_language(council),
                       is_below ? BEHOV_WORD_COUNCIL_FAR_BELOW : BEHOV_WORD_COUNCIL_FAR_ABOVE, "ratio",
                       council_whole(council, behov_ratio_printed(other), ratio), NULL);
}

/* The interval alone, where it hangs on a figure that may be wrong. */
static void say_level_in_doubt(const behov_council *council, const behov_profile_year *now, behov_wording *words)
{
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    behov_wording first = {0};
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE_FIRST, council_language(council), &first);
    behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_LEVEL_DOUBT, "It",
                       behov_wording_text(&first), "low", council_level_figure(council, now->lasting.interval.low, low),
                       "high", council_level_figure(council, now->lasting.interval.high, high), "level",
                       council_interval_level(council, level), NULL);
    behov_wording_spend(words, &first);
}

/* The sentence of a profile, unless the interval is no information. */
static void say_level(const behov_council *council, size_t page, behov_wording *words)
{
    const behov_profile *profile = council->pages[page].profile;
    const behov_profile_year *now = council_year(council, page);
    char level[BEHOV_NUMBER_SIZE];
    behov_wording it = {0}, interval = {0};
    if (!council_level_is_useless(now) && council_has_level(now) && council_doubt(council, profile->place)) {
        say_level_in_doubt(council, now, words);
        return;
    }
    if (!council_level_is_useless(now)) {
        behov_profile_sentence(&council->profiles, profile, profile->index, BEHOV_PROFILE_LASTING, words);
        return;
    }
    behov_level_name(&council->ranking.variances, BEHOV_LEVEL_DEFINITE, council_language(council), &it);
    council_add_interval(council, now->lasting.interval, &interval);
    behov_wording_fill(words, council_language(council), BEHOV_WORD_COUNCIL_LEVEL_USELESS, "it",
                       behov_wording_text(&it), "interval", behov_wording_text(&interval), "level",
                       council_interval_level(council, level), NULL);
    behov_wording_spend(words, &it);
    behov_wording_spend(words, &interval);
}

void behov_council_sentence(const behov_council *council, size_t page, size_t i, behov_wording *words)
{
    behov_wording_clear(words);
    switch (i) {
    case 0: say_headline(council, page, words); break;
    case 1: say_end(council, page, words), say_disagreement(council, page, words); break;
    case 2:
        say_spent(council, page, words), say_by_municipality(council, page, words), say_far(council, page, words);
        break;
    default: say_level(council, page, words); break;
    }
}
