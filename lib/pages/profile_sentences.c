/* profile_sentences.c - the sentences of a profile.
 *
 * The sentence about the level follows from figures as printed, in whole per cent: the year's ratio R, its interval
 * a .. b (what the coefficients leave open), the interval L .. H of the level, and from the probabilities that the level
 * is above 100 and below it. Clearly above: L > 100 and the one is at least --clear; clearly below: H < 100 and the
 * other is.
 *
 *   clearly above   R > 100    a > H above_less, b < L above_more, else above       ('also the level')
 *                   R <= 100   b < L but_above ('this year differs'), else yet_above ('even so')
 *                   no R       above_open
 *   clearly below   R < 100    b < L below_less, a > H below_more, else below
 *                   R >= 100   a > H but_below, else yet_below
 *                   no R       below_open
 *   else            L > 100    likely_over ('but the probability is below ..'), H < 100 likely_under
 *                   no R       open
 *                   R <= 0     none: the first sentence is two already
 *                   R in 90 .. 110       L .. H within 90 .. 110: near, else small
 *                   else                 L .. H within 90 .. 110: near_but, else uncertain
 *
 * Where a figure of the municipality's own may be wrong (behov_findings_doubt), none of these: the figure is named, and the
 * interval stands with that it rests on it; its place is not given.
 * With fewer municipalities than levels can be trusted with (behov_lasting_is_firm) nothing is called clear, likely or
 * near: few, where the interval lies on one side of 100.
 * The level is that of the years ahead where chance lasts, else the lasting level (behov/level_words.h). With one year
 * nothing is called clear.
 * A ratio without an interval is never said to lie apart from the lasting level.
 * 90 and 110 are the limits of table 6-1 of the report. Words for kroner are used where the unit is kroner alone. */
#include <behov/profile_sentences.h>

#include <behov.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/group_names.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include "sentence_parts.h"
#include "profile_parts.h"
#include <behov/result_sentences.h>
#include <behov/wording.h>

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

bool behov_profile_is_firm(const behov_profiles *profiles)
{
    return behov_lasting_is_firm(&profiles->country.variances, profiles->country.places.n);
}

const char *profile_likely(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_level_likely(profiles->choices.level,
                              behov_profile_is_firm(profiles) && !profile_doubt(profiles, profile, 0),
                              lang_of(profiles));
}

const char *behov_profile_likely(const behov_profiles *profiles)
{
    return behov_level_likely(profiles->choices.level, behov_profile_is_firm(profiles), lang_of(profiles));
}

bool behov_profile_in_kroner(const behov_profiles *profiles)
{
    return behov_need_gap_is_1000kr(profiles->fit_results->need);
}

behov_word behov_profile_word(const behov_profiles *profiles, behov_word word)
{
    return behov_word_by_unit(word, behov_profile_in_kroner(profiles));
}

const char *behov_profile_words(const behov_profiles *profiles, behov_word word)
{
    return behov_label(lang_of(profiles), behov_profile_word(profiles, word));
}

behov_quantity behov_profile_amount_quantity(const behov_profiles *profiles)
{
    return behov_profile_in_kroner(profiles) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

double behov_profile_shown(const behov_profiles *profiles, double amount)
{
    return profiles->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 * amount : amount;
}

const char *profile_whole(const behov_profiles *profiles, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang_of(profiles), value, text);
}

/* "2 188 kr per innbygger", "2,188" */
void profile_add_amount(const behov_profiles *profiles, double value, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_format_cell(behov_profile_amount_quantity(profiles), behov_profile_shown(profiles, value), lang_of(profiles),
                      number);
    behov_wording_fill(words, lang_of(profiles),
                       behov_profile_in_kroner(profiles) ? BEHOV_WORD_AMOUNT_KR_PER_INHABITANT
                                                         : BEHOV_WORD_AMOUNT_OTHER,
                       "n", number, NULL);
}

/* "1,2 mill. kr", "840 000 kr" from 1000 kr */
void profile_add_kroner(const behov_profiles *profiles, double amount_1000kr, behov_wording *words)
{
    behov_language lang = lang_of(profiles);
    char number[BEHOV_NUMBER_SIZE];
    bool is_millions = fabs(behov_number_rounded(amount_1000kr, 0)) >= 1000;
    if (is_millions)
        behov_number_fixed(amount_1000kr / 1000, 1, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4,
                           number);
    else
        behov_number_fixed(1000 * behov_number_rounded(amount_1000kr, 0), 0, '.', behov_label_group_mark(lang), 4,
                           number);
    behov_wording_fill(words, lang, is_millions ? BEHOV_WORD_AMOUNT_MILL_KR : BEHOV_WORD_AMOUNT_KR, "n",
                       behov_format_minus(number), NULL);
}

/* Is it 0,0 as printed? */
static bool is_no_change(double points)
{
    return behov_number_rounded(points, 1) == 0;
}

/* "8,3", "0,0" points; with a sign "+8,3", "−4,0" */
enum { POINTS = BEHOV_NUMBER_SIZE + 3 /* a minus sign is three bytes */ };
static const char *points_of(const behov_profiles *profiles, double value, bool has_sign, char text[POINTS])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_number_fixed(fabs(value), 1, behov_label_decimal_mark(lang_of(profiles)),
                       behov_label_group_mark(lang_of(profiles)), 4, number);
    snprintf(text, POINTS, "%s%s", !has_sign || is_no_change(value) ? "" : value < 0 ? "−" : "+", number);
    return text;
}

const char *behov_profile_name(const behov_profiles *profiles, const behov_profile *profile)
{
    const behov_municipality *place = &profiles->country.places.all[profile->place];
    return place->name[0] ? place->name : place->code;
}

static const char *group_name(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_profile_has_group(profiles, profile)
               ? behov_group_name(&profiles->group.groups, profiles->group.groups.values[profile->place],
                                  lang_of(profiles))
               : "";
}

const char *behov_profile_against(const behov_profiles *profiles, const behov_profile *profile, size_t which)
{
    return which == BEHOV_PEER_COUNTRY ? behov_label(lang_of(profiles), BEHOV_WORD_WORD_THE_COUNTRY)
                                       : group_name(profiles, profile);
}

/* "2016"; "" without years. */
const char *profile_year(int year, char text[16])
{
    text[0] = '\0';
    if (year)
        snprintf(text, 16, "%d", year);
    return text;
}

static void say_title(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    int year = profile->years[index].year;
    behov_sentence_municipality(words, &profiles->country.places.all[profile->place]);
    behov_sentence_years(words, ", ", year, year);
    if (profiles->fit_results->study->is_simulated)
        behov_sentence_simulated_title(words, lang_of(profiles));
}

void profile_level(const behov_profiles *profiles, char text[100])
{
    behov_fit_results_interval_label(profiles->fit_results, BEHOV_WORD_WORD_LEVEL, text);
}

/* " i 2016"; nothing without years. */
static void add_in_year(const behov_profiles *profiles, int year, behov_wording *words)
{
    char number[16];
    if (!year)
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_WORD_IN_YEAR, "year", profile_year(year, number), NULL);
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* ", etter 98 året før" */
static void add_before(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    char ratio[BEHOV_NUMBER_SIZE], year[16];
    for (size_t t = index; t-- > 0;) {
        if (isnan(profile->years[t].ratio))
            continue;
        behov_wording_fill(words, lang_of(profiles),
                           profile->years[t].year == profile->years[index].year - 1 ? BEHOV_WORD_PROFILE_BEFORE
                                                                                    : BEHOV_WORD_PROFILE_BEFORE_YEAR,
                           "ratio", profile_whole(profiles, behov_ratio_printed(profile->years[t].ratio), ratio),
                           "year", profile_year(profile->years[t].year, year), NULL);
        return;
    }
}

static behov_word ratio_key(const behov_profile_year *now)
{
    double printed = behov_ratio_printed(now->ratio);
    if (isnan(now->ratio))
        return isnan(now->actual)                         ? BEHOV_WORD_PROFILE_NO_ACTUAL
               : now->note == BEHOV_NOTE_NEGATIVE_OUTCOME ? BEHOV_WORD_PROFILE_NEGATIVE
                                                          : BEHOV_WORD_PROFILE_NO_RATIO;
    return printed > 100    ? BEHOV_WORD_PROFILE_ABOVE
           : printed == 100 ? BEHOV_WORD_PROFILE_EQUAL
           : printed > 0    ? BEHOV_WORD_PROFILE_BELOW
                            : BEHOV_WORD_PROFILE_ZERO;
}

static void say_ratio(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    char ratio[BEHOV_NUMBER_SIZE], difference[BEHOV_NUMBER_SIZE];
    double printed = behov_ratio_printed(now->ratio);
    behov_wording before = {0}, need = {0}, year = {0};
    add_in_year(profiles, now->year, &year);
    profile_add_amount(profiles, now->need, &need);
    add_before(profiles, profile, index, &before);
    behov_wording_fill(words, lang_of(profiles), behov_profile_word(profiles, ratio_key(now)), "n",
                       profile_whole(profiles, fabs(printed - 100), difference), "ratio",
                       profile_whole(profiles, printed, ratio), "before", behov_wording_text(&before), "year",
                       behov_wording_text(&year), "need", behov_wording_text(&need), NULL);
    behov_wording_spend(words, &before);
    behov_wording_spend(words, &need);
    behov_wording_spend(words, &year);
}

/* Intervals as printed. */
static bool is_above(behov_interval interval, behov_interval other)
{
    return behov_ratio_printed(interval.low) > behov_ratio_printed(other.high);
}

/* A level that is called clear, by where the ratio of the year lies. */
static behov_word clear_key(double printed, bool is_over, bool is_under, bool is_above, bool is_year_unclear)
{
    if (is_year_unclear && !is_over && !is_under) /* "likewise" would call the year clear too */
        return is_above ? BEHOV_WORD_PROFILE_LASTING_ABOVE_OPEN : BEHOV_WORD_PROFILE_LASTING_BELOW_OPEN;
    if (is_above)
        return isnan(printed) ? BEHOV_WORD_PROFILE_LASTING_ABOVE_OPEN
               : printed <= 100
                   ? (is_under ? BEHOV_WORD_PROFILE_LASTING_BUT_ABOVE : BEHOV_WORD_PROFILE_LASTING_YET_ABOVE)
               : is_over  ? BEHOV_WORD_PROFILE_LASTING_ABOVE_LESS
               : is_under ? BEHOV_WORD_PROFILE_LASTING_ABOVE_MORE
                          : BEHOV_WORD_PROFILE_LASTING_ABOVE;
    return isnan(printed)   ? BEHOV_WORD_PROFILE_LASTING_BELOW_OPEN
           : printed >= 100 ? (is_over ? BEHOV_WORD_PROFILE_LASTING_BUT_BELOW : BEHOV_WORD_PROFILE_LASTING_YET_BELOW)
           : is_under       ? BEHOV_WORD_PROFILE_LASTING_BELOW_LESS
           : is_over        ? BEHOV_WORD_PROFILE_LASTING_BELOW_MORE
                            : BEHOV_WORD_PROFILE_LASTING_BELOW;
}

behov_word behov_profile_lasting_key(double ratio, behov_interval ratio_interval, behov_lasting level,
                                     const behov_lasting_choices *choices, bool is_firm)
{
    double printed = behov_ratio_printed(ratio), low = behov_ratio_printed(level.interval.low),
           high = behov_ratio_printed(level.interval.high);
    behov_lasting_claim claim = behov_lasting_claim_find(level, choices, is_firm);
    bool is_near = is_firm && low >= 90 && high <= 110, is_clearly_above = claim == BEHOV_LEVEL_IS_CLEARLY_ABOVE;
    if (claim == BEHOV_LEVEL_IS_UNKNOWN)
        return BEHOV_NO_WORD;
    if (is_clearly_above || claim == BEHOV_LEVEL_IS_CLEARLY_BELOW)
        return clear_key(printed, is_above(ratio_interval, level.interval), is_above(level.interval, ratio_interval),
                         is_clearly_above,
                         behov_ratio_printed(ratio_interval.low) <= 100 &&
                             behov_ratio_printed(ratio_interval.high) >= 100);
    if (!is_firm && (low > 100 || high < 100))
        return BEHOV_WORD_PROFILE_LASTING_FEW;
    if (low > 100 || high < 100)
        return low > 100 ? BEHOV_WORD_PROFILE_LASTING_LIKELY_OVER : BEHOV_WORD_PROFILE_LASTING_LIKELY_UNDER;
    if (isnan(printed))
        return BEHOV_WORD_PROFILE_LASTING_OPEN;
    if (printed <= 0)
        return BEHOV_NO_WORD;
    if (printed >= 90 && printed <= 110)
        return is_near ? BEHOV_WORD_PROFILE_LASTING_NEAR : BEHOV_WORD_PROFILE_LASTING_SMALL;
    return is_near ? BEHOV_WORD_PROFILE_LASTING_NEAR_BUT : BEHOV_WORD_PROFILE_LASTING_UNCERTAIN;
}

/* "95", "97,5" */
const char *behov_profile_clear(const behov_profiles *profiles, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_level(lang_of(profiles), 100 * behov_lasting_clear(&profiles->choices.lasting), text);
}

/* What the level is called where a sentence names it. */
typedef struct level_names {
    behov_wording name, it, first, own; /* etter NAME; IT ligger; first in a sentence; the municipality's */
} level_names;

static void find_names(const behov_profiles *profiles, level_names *names)
{
    const behov_shrink_variances *shrink_variances = &profiles->country.variances;
    behov_level_name(shrink_variances, BEHOV_LEVEL_NAME, lang_of(profiles), &names->name);
    behov_level_name(shrink_variances, BEHOV_LEVEL_DEFINITE, lang_of(profiles), &names->it);
    behov_level_name(shrink_variances, BEHOV_LEVEL_DEFINITE_FIRST, lang_of(profiles), &names->first);
    if (behov_lasting_is_ahead(shrink_variances))
        behov_wording_add(&names->own, behov_wording_text(&names->it));
    else
        behov_wording_add(&names->own, behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_LEVEL_OWN));
}

static void spend_names(behov_wording *words, level_names *names)
{
    behov_wording_spend(words, &names->name);
    behov_wording_spend(words, &names->it);
    behov_wording_spend(words, &names->first);
    behov_wording_spend(words, &names->own);
}

const behov_oddity *profile_doubt(const behov_profiles *profiles, const behov_profile *profile, int year)
{
    return behov_findings_doubt(profiles->fit_results->study, &profiles->country.places.all[profile->place], year);
}

/* What hangs on a figure that may be wrong is said with it. */
static void add_doubt_of_year(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                              behov_wording *words)
{
    const behov_study *study = profiles->fit_results->study;
    int year = profile->years[index].year;
    const behov_oddity *doubt = profile_doubt(profiles, profile, year);
    if (doubt && words->length &&
        behov_finding_touches(study, doubt, &profiles->country.places.all[profile->place], year))
        behov_wording_print(words, " %s", behov_label(lang_of(profiles), BEHOV_WORD_COUNCIL_QUOTE_DOUBT));
}

/* "Et tall for Vestvågøy kan være feil: ... Om nivået ligger over eller under beregnet, kan ikke sies ... Det er beregnet
 * til mellom 64 og 81 ..., men det bygger på tallet som kan være feil." */
static void say_in_doubt(const behov_profiles *profiles, const behov_profile *profile, const behov_oddity *doubt,
                         const level_names *names, behov_interval level, behov_wording *words)
{
    const behov_study *study = profiles->fit_results->study;
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], per_cent[BEHOV_NUMBER_SIZE];
    behov_wording what = {0};
    behov_doubt_figure_say(study, doubt, lang_of(profiles), &what);
    behov_wording_fill(words, lang_of(profiles), behov_doubt_word(study, doubt), "name",
                       behov_profile_name(profiles, profile), "it", behov_wording_text(&names->it), "what",
                       behov_wording_text(&what), NULL);
    behov_wording_spend(words, &what);
    if (isnan(behov_ratio_printed(level.low)) || isnan(behov_ratio_printed(level.high)))
        return;
    behov_wording_add(words, " ");
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_COUNCIL_LEVEL_DOUBT, "It",
                       behov_wording_text(&names->first), "low",
                       profile_whole(profiles, behov_ratio_printed(behov_lasting_shown(level.low)), low), "high",
                       profile_whole(profiles, behov_ratio_printed(behov_lasting_shown(level.high)), high), "level",
                       behov_format_level(lang_of(profiles), 100 * profiles->choices.level, per_cent), NULL);
}

/* Nothing when there is no interval of the level, or nothing to add to a first sentence of two. */
static void say_lasting(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                        behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], level[100], clear[BEHOV_NUMBER_SIZE],
        number[BEHOV_NUMBER_SIZE];
    size_t n = profiles->country.places.n;
    level_names names = {0};
    const behov_oddity *doubt = profile_doubt(profiles, profile, now->year);
    if (doubt) {
        find_names(profiles, &names);
        say_in_doubt(profiles, profile, doubt, &names, now->lasting.interval, words);
        spend_names(words, &names);
        return;
    }
    if (!profiles->country.variances.is_known) {
        if (!(behov_ratio_printed(now->ratio) <= 0))
            behov_wording_add(words, behov_label(lang_of(profiles), profiles->country.is_at_border
                                                                        ? BEHOV_WORD_LASTING_AT_BORDER
                                                                        : BEHOV_WORD_PROFILE_LASTING_NOT_KNOWN));
        return;
    }
    behov_word key = behov_profile_lasting_key(now->ratio, now->ratio_interval, now->lasting,
                                               &profiles->choices.lasting, behov_profile_is_firm(profiles));
    if (!key)
        return;
    bool is_above_100 = behov_ratio_printed(now->lasting.interval.low) > 100;
    if (profiles->country.variances.is_one_year && n >= BEHOV_FEW_MUNICIPALITIES &&
        (is_above_100 || behov_ratio_printed(now->lasting.interval.high) < 100))
        key = is_above_100 ? BEHOV_WORD_PROFILE_LASTING_ONE_YEAR_ABOVE : BEHOV_WORD_PROFILE_LASTING_ONE_YEAR_BELOW;
    else if (key != BEHOV_WORD_PROFILE_LASTING_FEW &&
             behov_ratio_printed(now->lasting.interval.high) < 0) /* "between 0 and 0" would say nothing */
        key = BEHOV_WORD_PROFILE_LASTING_UNDER_0;
    find_names(profiles, &names);
    profile_whole(profiles, behov_ratio_printed(behov_lasting_shown(now->lasting.interval.low)), low);
    profile_whole(profiles, behov_ratio_printed(behov_lasting_shown(now->lasting.interval.high)), high);
    profile_level(profiles, level);
    behov_wording_fill(words, lang_of(profiles), key, "low", low, "high", high, "level", level, "clear",
                       behov_profile_clear(profiles, clear), "it", behov_wording_text(&names.it), "It",
                       behov_wording_text(&names.first), "own", behov_wording_text(&names.own), "likely",
                       behov_profile_likely(profiles), "n", profile_whole(profiles, (double)n, number), NULL);
    bool is_one_year = profiles->country.variances.is_one_year;
    if (is_one_year || behov_lasting_is_assumed(&profiles->country.variances)) {
        behov_wording_add(words, " ");
        behov_wording_add(words, behov_label(lang_of(profiles), is_one_year ? BEHOV_WORD_LASTING_ONE_YEAR_ASSUMED
                                                                            : BEHOV_WORD_LASTING_IS_ASSUMED));
    }
    spend_names(words, &names);
}

static void say_to_100(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    if (isnan(now->ratio) || behov_ratio_printed(now->ratio) == 100)
        return;
    behov_wording amount = {0}, each = {0}, year = {0};
    profile_add_amount(profiles, fabs(now->gap), &each);
    profile_add_kroner(profiles, fabs(now->gap_1000kr), &amount);
    add_in_year(profiles, now->year, &year);
    behov_wording_fill(
        words, lang_of(profiles),
        !behov_profile_in_kroner(profiles) ? BEHOV_WORD_PROFILE_TO_100_OTHER
        : isnan(now->gap_1000kr)           ? BEHOV_WORD_PROFILE_TO_100_EACH
                                           : BEHOV_WORD_PROFILE_TO_100,
        "year", behov_wording_text(&year), "amount", behov_wording_text(&amount), "each", behov_wording_text(&each),
        "which", behov_label(lang_of(profiles), now->gap > 0 ? BEHOV_WORD_WORD_LOWER : BEHOV_WORD_WORD_HIGHER), NULL);
    behov_wording_spend(words, &amount);
    behov_wording_spend(words, &each);
    behov_wording_spend(words, &year);
}

static void say_change(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    char change[POINTS], actual[POINTS], need[POINTS], first_year[16], last_year[16];
    if (isnan(now->ratio_change))
        return;
    behov_wording_fill(
        words, lang_of(profiles),
        behov_profile_word(profiles,
                           is_no_change(now->ratio_change) ? BEHOV_WORD_PROFILE_NO_CHANGE : BEHOV_WORD_PROFILE_CHANGE),
        "from", profile_year(now[-1].year, first_year), "to", profile_year(now->year, last_year), "which",
        behov_label(lang_of(profiles), now->ratio_change < 0 ? BEHOV_WORD_WORD_FELL : BEHOV_WORD_WORD_ROSE), "n",
        points_of(profiles, now->ratio_change, false, change), "actual",
        points_of(profiles, now->ratio_by_actual, true, actual), "need",
        points_of(profiles, now->ratio_by_need, true, need), NULL);
}

/* ", og forskjellen er uklar mot 153 andre kommuner" */
static void add_unclear(const behov_profiles *profiles, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    if (!behov_profile_is_firm(profiles))
        return; /* no difference is called clear, so none unclear */
    behov_wording_fill(words, lang_of(profiles),
                       n == 0   ? BEHOV_WORD_PROFILE_UNCLEAR_NONE
                       : n == 1 ? BEHOV_WORD_PROFILE_UNCLEAR_ONE
                                : BEHOV_WORD_PROFILE_UNCLEAR,
                       "n", profile_whole(profiles, (double)n, number), NULL);
}

/* " 2012–2016" */
static void add_pooled_years(const behov_profiles *profiles, behov_wording *words)
{
    const int *years = behov_need_years(profiles->fit_results->need, &(size_t){0});
    behov_sentence_years(words, " ", years[0], years[profiles->n_years - 1]);
}

static behov_word place_key(const behov_ranked_municipality *ranked_municipality, size_t n_ranked, bool is_group)
{
    if (is_group && n_ranked == 1)
        return BEHOV_WORD_PROFILE_PLACE_GROUP_SINGLE;
    if (isnan(ranked_municipality->rank_low))
        return is_group ? BEHOV_WORD_PROFILE_PLACE_GROUP_ALONE : BEHOV_WORD_PROFILE_PLACE_ALONE;
    return is_group ? BEHOV_WORD_PROFILE_PLACE_GROUP : BEHOV_WORD_PROFILE_PLACE;
}

static void say_place(const behov_profiles *profiles, const behov_profile *profile, bool is_group, behov_wording *words)
{
    const behov_ranking *source = is_group ? &profiles->group : &profiles->country;
    char rank[BEHOV_NUMBER_SIZE], n_ranked[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    char ratio[BEHOV_NUMBER_SIZE], lasting[BEHOV_NUMBER_SIZE], level[100];
    char first[BEHOV_NUMBER_SIZE], median[BEHOV_NUMBER_SIZE], third[BEHOV_NUMBER_SIZE];
    if (is_group && !behov_profile_has_group(profiles, profile))
        return;
    const behov_ranked_municipality *ranked_municipality = &source->all[profile->place];
    if (isnan(ranked_municipality->rank))
        return;
    if (profile_doubt(profiles, profile, 0)) {
        behov_wording_add(words, is_group ? "" : behov_label(lang_of(profiles), BEHOV_WORD_PLACE_DOUBTED));
        return;
    }
    behov_quartiles quartiles = behov_profiles_quartiles(profiles, is_group, profile->place);
    behov_wording unclear = {0}, years = {0};
    level_names names = {0};
    find_names(profiles, &names);
    add_unclear(profiles, (size_t)ranked_municipality->n_unclear, &unclear);
    add_pooled_years(profiles, &years);
    profile_level(profiles, level);
    behov_wording_fill(words, lang_of(profiles), place_key(ranked_municipality, quartiles.n, is_group), "group",
                       group_name(profiles, profile), "level_name", behov_wording_text(&names.name), "rank",
                       profile_whole(profiles, ranked_municipality->rank, rank), "n",
                       profile_whole(profiles, (double)quartiles.n, n_ranked), "lasting",
                       profile_whole(profiles, ranked_municipality->lasting_rank, lasting), "low",
                       profile_whole(profiles, ranked_municipality->rank_low, low), "high",
                       profile_whole(profiles, ranked_municipality->rank_high, high), "level", level, "unclear",
                       behov_wording_text(&unclear), "years", behov_wording_text(&years), "ratio",
                       profile_whole(profiles, behov_ratio_printed(ranked_municipality->ratio), ratio), "first",
                       profile_whole(profiles, quartiles.low, first), "median",
                       profile_whole(profiles, quartiles.median, median), "third",
                       profile_whole(profiles, quartiles.high, third), NULL);
    if (!behov_profile_is_firm(profiles) && !isnan(ranked_municipality->rank_low)) {
        behov_wording_add(words, " ");
        behov_wording_fill(words, lang_of(profiles),
                           source->variances.is_one_year ? BEHOV_WORD_PROFILE_PLACE_ONE_YEAR
                                                         : BEHOV_WORD_PROFILE_PLACE_FEW,
                           "n", profile_whole(profiles, (double)profiles->country.places.n, n_ranked), NULL);
    }
    behov_wording_spend(words, &unclear);
    behov_wording_spend(words, &years);
    spend_names(words, &names);
}

/* "Vågan (104), Bodø (103)" */
static void list_places(const behov_profiles *profiles, const size_t *places, size_t n, behov_wording *words)
{
    for (size_t i = 0; i < n; i++) {
        const behov_municipality *place = &profiles->country.places.all[places[i]];
        char ratio[BEHOV_NUMBER_SIZE];
        profile_whole(profiles, behov_ratio_printed(profiles->country.all[places[i]].ratio), ratio);
        behov_wording_add_after(words, ", ", place->name[0] ? place->name : place->code);
        behov_wording_print(words, " (%s)", ratio);
    }
}

static void say_neighbours(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words)
{
    size_t above[BEHOV_NEIGHBOURS_EACH], lower_positions[BEHOV_NEIGHBOURS_EACH], n_above, n_below;
    behov_profiles_neighbours(profiles, profile->place, above, &n_above, lower_positions, &n_below);
    if ((!n_above && !n_below) || profile_doubt(profiles, profile, 0))
        return;
    behov_wording upper = {0}, lower = {0};
    list_places(profiles, above, n_above, &upper);
    list_places(profiles, lower_positions, n_below, &lower);
    behov_wording_fill(words, lang_of(profiles),
                       !n_above   ? BEHOV_WORD_PROFILE_NEIGHBOURS_BELOW
                       : !n_below ? BEHOV_WORD_PROFILE_NEIGHBOURS_ABOVE
                                  : BEHOV_WORD_PROFILE_NEIGHBOURS,
                       "above", behov_wording_text(&upper), "below", behov_wording_text(&lower), NULL);
    behov_wording_spend(words, &upper);
    behov_wording_spend(words, &lower);
}

static void say_why(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    char difference[BEHOV_NUMBER_SIZE];
    double printed = behov_ratio_printed(now->index);
    behov_wording year = {0};
    behov_sentence_years(&year, ", ", now->year, now->year);
    behov_wording_fill(words, lang_of(profiles),
                       behov_profile_word(profiles, isnan(printed) || printed <= 0 ? BEHOV_WORD_PROFILE_WHY
                                                    : printed > 100                ? BEHOV_WORD_PROFILE_WHY_ABOVE
                                                    : printed < 100                ? BEHOV_WORD_PROFILE_WHY_BELOW
                                                                                   : BEHOV_WORD_PROFILE_WHY_EQUAL),
                       "n", profile_whole(profiles, fabs(printed - 100), difference), "name",
                       behov_profile_name(profiles, profile), "year", behov_wording_text(&year), NULL);
    behov_wording_spend(words, &year);
}

/* "Sum: Vågan 2 188 mot 2 100 kr per innbygger i landet." */
static void say_sum(const behov_profiles *profiles, const behov_profile *profile, size_t index, size_t which,
                    behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    if (isnan(now->means[which]))
        return;
    behov_wording own = {0}, mean = {0};
    profile_add_amount(profiles, now->need, &own);
    profile_add_amount(profiles, now->means[which], &mean);
    behov_wording_fill(words, lang_of(profiles),
                       behov_profile_word(profiles, which == BEHOV_PEER_COUNTRY ? BEHOV_WORD_PROFILE_SUM_COUNTRY
                                                                                : BEHOV_WORD_PROFILE_SUM_GROUP),
                       "name", behov_profile_name(profiles, profile), "need", behov_wording_text(&own), "mean",
                       behov_wording_text(&mean), "group",
                       which == BEHOV_PEER_GROUP ? group_name(profiles, profile) : "", NULL);
    behov_wording_spend(words, &own);
    behov_wording_spend(words, &mean);
}

/* ---- all of them ---------------------------------------------------------------------------------------------------
 */

static void say_of_year(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                        behov_profile_sentence_kind which, behov_wording *words)
{
    switch (which) {
    case BEHOV_PROFILE_RATIO: say_ratio(profiles, profile, year, words); break;
    case BEHOV_PROFILE_LASTING: say_lasting(profiles, profile, year, words); break;
    case BEHOV_PROFILE_CHANGE: say_change(profiles, profile, year, words); break;
    case BEHOV_PROFILE_TO_100:
        say_to_100(profiles, profile, year, words), add_doubt_of_year(profiles, profile, year, words);
        break;
    case BEHOV_PROFILE_WHY: say_why(profiles, profile, year, words); break;
    case BEHOV_PROFILE_SUM_COUNTRY: say_sum(profiles, profile, year, BEHOV_PEER_COUNTRY, words); break;
    case BEHOV_PROFILE_SUM_GROUP: say_sum(profiles, profile, year, BEHOV_PEER_GROUP, words); break;
    default: break;
    }
}

void behov_profile_sentence(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                            behov_profile_sentence_kind which, behov_wording *words)
{
    behov_wording_clear(words);
    switch (which) {
    case BEHOV_PROFILE_TITLE: say_title(profiles, profile, year, words); break;
    case BEHOV_PROFILE_PLACE: say_place(profiles, profile, false, words); break;
    case BEHOV_PROFILE_PLACE_IN_GROUP: say_place(profiles, profile, true, words); break;
    case BEHOV_PROFILE_NEIGHBOURS: say_neighbours(profiles, profile, words); break;
    case BEHOV_PROFILE_FORECAST_TITLE: profile_say_forecast_title(profiles, profile, words); break;
    case BEHOV_PROFILE_NEXT: profile_say_next(profiles, profile, words); break;
    case BEHOV_PROFILE_N_SENTENCES: break;
    default:
        if (profile->years[year].has_need)
            say_of_year(profiles, profile, year, which, words);
        break;
    }
}

/* ---- two municipalities --------------------------------------------------------------------------------------------
 */

/* A name, with the code where both have one name: Våler, Os, Nes. */
static void add_name_beside(const behov_profiles *profiles, const behov_profile *profile, const behov_profile *other,
                            behov_wording *words)
{
    const char *name = behov_profile_name(profiles, profile);
    if (strcmp(name, behov_profile_name(profiles, other)) == 0)
        behov_wording_print(words, "%s ", profiles->country.places.all[profile->place].code);
    behov_wording_add(words, name);
}

/* "Vågan (plass 71 etter nivået de neste tre årene, 37–103)"; the name alone without a place. */
static void add_place(const behov_profiles *profiles, const behov_profile *profile, const char *name,
                      behov_wording *words)
{
    const behov_ranked_municipality *ranked_municipality = &profiles->country.all[profile->place];
    char rank[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (isnan(ranked_municipality->rank_low) || profile_doubt(profiles, profile, 0)) {
        behov_wording_add(words, name);
        return;
    }
    level_names names = {0};
    find_names(profiles, &names);
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_PAIR_PLACE, "name", name, "level_name",
                       behov_wording_text(&names.name), "rank",
                       profile_whole(profiles, ranked_municipality->lasting_rank, rank), "low",
                       profile_whole(profiles, ranked_municipality->rank_low, low), "high",
                       profile_whole(profiles, ranked_municipality->rank_high, high), NULL);
    spend_names(words, &names);
}

/* "97", "over 99": never more than it is, so that it never says more than the limit does; with a decimal where the
 * limit has one. */
static void add_probability(const behov_profiles *profiles, double probability, behov_wording *words)
{
    behov_language lang = lang_of(profiles);
    char number[BEHOV_NUMBER_SIZE];
    double clear = 100 * behov_lasting_clear(&profiles->choices.lasting);
    bool is_whole = fabs(clear - nearbyint(clear)) < 1e-9;
    double scale = is_whole ? 1 : 10, printed = floor(100 * probability * scale + 1e-9) / scale;
    bool is_more = is_whole && 100 * probability > 99;
    behov_number_fixed(is_more ? 99 : fmin(printed, 99.9), is_whole ? 0 : 1, behov_label_decimal_mark(lang),
                       behov_label_group_mark(lang), 4, number);
    behov_wording_fill(words, lang, is_more ? BEHOV_WORD_PROFILE_MORE_THAN : BEHOV_WORD_PROFILE_PROBABILITY, "n",
                       number, NULL);
}

void behov_profile_pair_sentence(const behov_profiles *profiles, const behov_profile_pair *pair, behov_wording *words)
{
    const behov_profile *both[2] = {pair->a, pair->b};
    behov_wording names[2] = {{0}, {0}}, places[2] = {{0}, {0}}, probability = {0};
    level_names level_names = {0};
    char clear[BEHOV_NUMBER_SIZE], number[BEHOV_NUMBER_SIZE];
    bool is_a_higher = pair->probability > 0.5;
    for (size_t i = 0; i < 2; i++) {
        add_name_beside(profiles, both[i], both[1 - i], &names[i]);
        add_place(profiles, both[i], behov_wording_text(&names[i]), &places[i]);
    }
    find_names(profiles, &level_names);
    if (pair->has_levels)
        add_probability(profiles, fmax(pair->probability, 1 - pair->probability), &probability);
    bool is_doubted = profile_doubt(profiles, pair->a, 0) || profile_doubt(profiles, pair->b, 0);
    behov_wording_clear(words);
    behov_wording_fill(words, lang_of(profiles),
                       !pair->has_levels || is_doubted           ? BEHOV_WORD_PROFILE_PAIR_NOT_KNOWN
                       : profiles->country.variances.is_one_year ? BEHOV_WORD_PROFILE_PAIR_ONE_YEAR
                       : !behov_profile_is_firm(profiles)        ? BEHOV_WORD_PROFILE_PAIR_FEW
                       : !pair->is_clear                         ? BEHOV_WORD_PROFILE_PAIR_UNCLEAR
                                                                 : BEHOV_WORD_PROFILE_PAIR_CLEAR,
                       "a", behov_wording_text(&places[0]), "b", behov_wording_text(&places[1]), "higher",
                       behov_wording_text(&names[is_a_higher ? 0 : 1]), "probability", behov_wording_text(&probability),
                       "it", behov_wording_text(&level_names.it), "clear", behov_profile_clear(profiles, clear), "n",
                       profile_whole(profiles, (double)profiles->country.places.n, number), NULL);
    for (size_t i = 0; i < 2; i++) {
        behov_wording_spend(words, &names[i]);
        behov_wording_spend(words, &places[i]);
    }
    if (is_doubted)
        behov_wording_print(words, " %s", behov_label(lang_of(profiles), BEHOV_WORD_COUNCIL_QUOTE_DOUBT));
    behov_wording_spend(words, &probability);
    spend_names(words, &level_names);
}

void behov_profile_pairs_left_out(const behov_profiles *profiles, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (n)
        behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_PAIRS_LEFT_OUT, "n",
                           profile_whole(profiles, (double)n, number), NULL);
}
