/* profile_sentences.c - the sentences of a profile.
 *
 * The sentence about the lasting level follows from three figures as printed, in whole per cent: the year's ratio R,
 * its interval a .. b (what the coefficients leave open), and the interval L .. H of the lasting level.
 *
 *   L > 100    R > 100    a > H above_less, b < L above_more, else above       ('also the lasting level')
 *              R <= 100   b < L but_above ('this year differs'), else yet_above ('even so')
 *              no R       above_open
 *   H < 100    R < 100    b < L below_less, a > H below_more, else below
 *              R >= 100   a > H but_below, else yet_below
 *              no R       below_open
 *   else       no R       open
 *              R <= 0     none: the first sentence is two already
 *              R in 90 .. 110       L .. H within 90 .. 110: near, else small
 *              else                 L .. H within 90 .. 110: near_but, else uncertain
 *
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
#include "phrases.h"
#include <behov/result_sentences.h>
#include <behov/wording.h>

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
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

static const char *whole(const behov_profiles *profiles, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang_of(profiles), value, text);
}

/* "2 188 kr per innbygger", "2,188" */
static void add_amount(const behov_profiles *profiles, double value, behov_wording *words)
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
static void add_kroner(const behov_profiles *profiles, double amount_1000kr, behov_wording *words)
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
    behov_wording_fill(words, lang, is_millions ? BEHOV_WORD_AMOUNT_MILL_KR : BEHOV_WORD_AMOUNT_KR, "n", number, NULL);
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
static const char *year_text(int year, char text[16])
{
    text[0] = '\0';
    if (year)
        snprintf(text, 16, "%d", year);
    return text;
}

static void say_title(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    int year = profile->years[index].year;
    behov_phrase_municipality(words, &profiles->country.places.all[profile->place]);
    behov_phrase_years(words, ", ", year, year);
    if (profiles->fit_results->study->is_simulated)
        behov_phrase_simulated_title(words, lang_of(profiles));
}

static void level_of(const behov_profiles *profiles, char text[100])
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
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_WORD_IN_YEAR, "year", year_text(year, number), NULL);
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
                           "ratio", whole(profiles, behov_ratio_printed(profile->years[t].ratio), ratio), "year",
                           year_text(profile->years[t].year, year), NULL);
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
    add_amount(profiles, now->need, &need);
    add_before(profiles, profile, index, &before);
    behov_wording_fill(words, lang_of(profiles), behov_profile_word(profiles, ratio_key(now)), "n",
                       whole(profiles, fabs(printed - 100), difference), "ratio", whole(profiles, printed, ratio),
                       "before", behov_wording_text(&before), "year", behov_wording_text(&year), "need",
                       behov_wording_text(&need), NULL);
    behov_wording_spend(words, &before);
    behov_wording_spend(words, &need);
    behov_wording_spend(words, &year);
}

/* Intervals as printed. */
static bool is_above(behov_interval interval, behov_interval other)
{
    return behov_ratio_printed(interval.low) > behov_ratio_printed(other.high);
}

behov_word behov_profile_lasting_key(double ratio, behov_interval ratio_interval, behov_interval lasting)
{
    double printed = behov_ratio_printed(ratio), low = behov_ratio_printed(lasting.low),
           high = behov_ratio_printed(lasting.high);
    bool is_over = is_above(ratio_interval, lasting), is_under = is_above(lasting, ratio_interval),
         is_near = low >= 90 && high <= 110;
    if (isnan(low) || isnan(high))
        return BEHOV_NO_WORD;
    if (low > 100)
        return isnan(printed) ? BEHOV_WORD_PROFILE_LASTING_ABOVE_OPEN
               : printed <= 100
                   ? (is_under ? BEHOV_WORD_PROFILE_LASTING_BUT_ABOVE : BEHOV_WORD_PROFILE_LASTING_YET_ABOVE)
               : is_over  ? BEHOV_WORD_PROFILE_LASTING_ABOVE_LESS
               : is_under ? BEHOV_WORD_PROFILE_LASTING_ABOVE_MORE
                          : BEHOV_WORD_PROFILE_LASTING_ABOVE;
    if (high < 100)
        return isnan(printed) ? BEHOV_WORD_PROFILE_LASTING_BELOW_OPEN
               : printed >= 100
                   ? (is_over ? BEHOV_WORD_PROFILE_LASTING_BUT_BELOW : BEHOV_WORD_PROFILE_LASTING_YET_BELOW)
               : is_under ? BEHOV_WORD_PROFILE_LASTING_BELOW_LESS
               : is_over  ? BEHOV_WORD_PROFILE_LASTING_BELOW_MORE
                          : BEHOV_WORD_PROFILE_LASTING_BELOW;
    if (isnan(printed))
        return BEHOV_WORD_PROFILE_LASTING_OPEN;
    if (printed <= 0)
        return BEHOV_NO_WORD;
    if (printed >= 90 && printed <= 110)
        return is_near ? BEHOV_WORD_PROFILE_LASTING_NEAR : BEHOV_WORD_PROFILE_LASTING_SMALL;
    return is_near ? BEHOV_WORD_PROFILE_LASTING_NEAR_BUT : BEHOV_WORD_PROFILE_LASTING_UNCERTAIN;
}

/* Nothing when there is no interval of the lasting level, or nothing to add to a first sentence of two. */
static void say_lasting(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                        behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    char low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], level[100];
    if (!profiles->country.variances.is_known) {
        if (!(behov_ratio_printed(now->ratio) <= 0))
            behov_wording_add(words, behov_label(lang_of(profiles), profiles->country.is_at_border
                                                                        ? BEHOV_WORD_LASTING_AT_BORDER
                                                                        : BEHOV_WORD_PROFILE_LASTING_NOT_KNOWN));
        return;
    }
    behov_word key = behov_profile_lasting_key(now->ratio, now->ratio_interval, now->lasting.interval);
    if (!key)
        return;
    bool is_above_100 = behov_ratio_printed(now->lasting.interval.low) > 100;
    if (profiles->country.variances.is_one_year &&
        (is_above_100 || behov_ratio_printed(now->lasting.interval.high) < 100))
        key = is_above_100 ? BEHOV_WORD_PROFILE_LASTING_ONE_YEAR_ABOVE : BEHOV_WORD_PROFILE_LASTING_ONE_YEAR_BELOW;
    whole(profiles, behov_ratio_printed(behov_lasting_shown(now->lasting.interval.low)), low);
    whole(profiles, behov_ratio_printed(behov_lasting_shown(now->lasting.interval.high)), high);
    level_of(profiles, level);
    behov_wording_fill(words, lang_of(profiles), key, "low", low, "high", high, "level", level, NULL);
}

static void say_to_100(const behov_profiles *profiles, const behov_profile *profile, size_t index, behov_wording *words)
{
    const behov_profile_year *now = &profile->years[index];
    if (isnan(now->ratio) || behov_ratio_printed(now->ratio) == 100)
        return;
    behov_wording amount = {0}, each = {0}, year = {0};
    add_amount(profiles, fabs(now->gap), &each);
    add_kroner(profiles, fabs(now->gap_1000kr), &amount);
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
        "from", year_text(now[-1].year, first_year), "to", year_text(now->year, last_year), "which",
        behov_label(lang_of(profiles), now->ratio_change < 0 ? BEHOV_WORD_WORD_FELL : BEHOV_WORD_WORD_ROSE), "n",
        points_of(profiles, now->ratio_change, false, change), "actual",
        points_of(profiles, now->ratio_by_actual, true, actual), "need",
        points_of(profiles, now->ratio_by_need, true, need), NULL);
}

/* "ikke klart forskjellig fra 153 andre kommuner" */
static void add_unclear(const behov_profiles *profiles, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, lang_of(profiles),
                       n == 0   ? BEHOV_WORD_PROFILE_UNCLEAR_NONE
                       : n == 1 ? BEHOV_WORD_PROFILE_UNCLEAR_ONE
                                : BEHOV_WORD_PROFILE_UNCLEAR,
                       "n", whole(profiles, (double)n, number), NULL);
}

/* " 2012–2016" */
static void add_pooled_years(const behov_profiles *profiles, behov_wording *words)
{
    const int *years = behov_need_years(profiles->fit_results->need, &(size_t){0});
    behov_phrase_years(words, " ", years[0], years[profiles->n_years - 1]);
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
    behov_quartiles quartiles = behov_profiles_quartiles(profiles, is_group, profile->place);
    behov_wording unclear = {0}, years = {0};
    add_unclear(profiles, (size_t)ranked_municipality->n_unclear, &unclear);
    add_pooled_years(profiles, &years);
    level_of(profiles, level);
    behov_wording_fill(words, lang_of(profiles), place_key(ranked_municipality, quartiles.n, is_group), "group",
                       group_name(profiles, profile), "rank", whole(profiles, ranked_municipality->rank, rank), "n",
                       whole(profiles, (double)quartiles.n, n_ranked), "lasting",
                       whole(profiles, ranked_municipality->lasting_rank, lasting), "low",
                       whole(profiles, ranked_municipality->rank_low, low), "high",
                       whole(profiles, ranked_municipality->rank_high, high), "level", level, "unclear",
                       behov_wording_text(&unclear), "years", behov_wording_text(&years), "ratio",
                       whole(profiles, behov_ratio_printed(ranked_municipality->ratio), ratio), "first",
                       whole(profiles, quartiles.low, first), "median", whole(profiles, quartiles.median, median),
                       "third", whole(profiles, quartiles.high, third), NULL);
    behov_wording_spend(words, &unclear);
    behov_wording_spend(words, &years);
}

/* "Vågan (104), Bodø (103)" */
static void list_places(const behov_profiles *profiles, const size_t *places, size_t n, behov_wording *words)
{
    for (size_t i = 0; i < n; i++) {
        const behov_municipality *place = &profiles->country.places.all[places[i]];
        char ratio[BEHOV_NUMBER_SIZE];
        whole(profiles, behov_ratio_printed(profiles->country.all[places[i]].ratio), ratio);
        behov_wording_add_after(words, ", ", place->name[0] ? place->name : place->code);
        behov_wording_print(words, " (%s)", ratio);
    }
}

static void say_neighbours(const behov_profiles *profiles, const behov_profile *profile, behov_wording *words)
{
    size_t above[BEHOV_NEIGHBOURS_EACH], lower_positions[BEHOV_NEIGHBOURS_EACH], n_above, n_below;
    behov_profiles_neighbours(profiles, profile->place, above, &n_above, lower_positions, &n_below);
    if (!n_above && !n_below)
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
    behov_phrase_years(&year, ", ", now->year, now->year);
    behov_wording_fill(words, lang_of(profiles),
                       behov_profile_word(profiles, isnan(printed) || printed <= 0 ? BEHOV_WORD_PROFILE_WHY
                                                    : printed > 100                ? BEHOV_WORD_PROFILE_WHY_ABOVE
                                                    : printed < 100                ? BEHOV_WORD_PROFILE_WHY_BELOW
                                                                                   : BEHOV_WORD_PROFILE_WHY_EQUAL),
                       "n", whole(profiles, fabs(printed - 100), difference), "name",
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
    add_amount(profiles, now->need, &own);
    add_amount(profiles, now->means[which], &mean);
    behov_wording_fill(words, lang_of(profiles),
                       behov_profile_word(profiles, which == BEHOV_PEER_COUNTRY ? BEHOV_WORD_PROFILE_SUM_COUNTRY
                                                                                : BEHOV_WORD_PROFILE_SUM_GROUP),
                       "name", behov_profile_name(profiles, profile), "need", behov_wording_text(&own), "mean",
                       behov_wording_text(&mean), "group",
                       which == BEHOV_PEER_GROUP ? group_name(profiles, profile) : "", NULL);
    behov_wording_spend(words, &own);
    behov_wording_spend(words, &mean);
}

static void say_of_year(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                        behov_profile_sentence_kind which, behov_wording *words)
{
    switch (which) {
    case BEHOV_PROFILE_RATIO: say_ratio(profiles, profile, year, words); break;
    case BEHOV_PROFILE_LASTING: say_lasting(profiles, profile, year, words); break;
    case BEHOV_PROFILE_CHANGE: say_change(profiles, profile, year, words); break;
    case BEHOV_PROFILE_TO_100: say_to_100(profiles, profile, year, words); break;
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

/* "Vågan (plass 71, 37–103)" */
static void add_place(const behov_profiles *profiles, const behov_profile *profile, const char *name,
                      behov_wording *words)
{
    const behov_ranked_municipality *ranked_municipality = &profiles->country.all[profile->place];
    char rank[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_PAIR_PLACE, "name", name, "rank",
                       whole(profiles, ranked_municipality->lasting_rank, rank), "low",
                       whole(profiles, ranked_municipality->rank_low, low), "high",
                       whole(profiles, ranked_municipality->rank_high, high), NULL);
}

void behov_profile_pair_sentence(const behov_profiles *profiles, const behov_profile_pair *pair, behov_wording *words)
{
    const behov_profile *both[2] = {pair->a, pair->b};
    behov_wording names[2] = {{0}, {0}}, places[2] = {{0}, {0}};
    char level[100];
    bool is_a_higher = pair->probability > 0.5;
    for (size_t i = 0; i < 2; i++) {
        add_name_beside(profiles, both[i], both[1 - i], &names[i]);
        if (pair->has_levels)
            add_place(profiles, both[i], behov_wording_text(&names[i]), &places[i]);
        else
            behov_wording_add(&places[i], behov_wording_text(&names[i]));
    }
    level_of(profiles, level);
    behov_wording_clear(words);
    behov_wording_fill(words, lang_of(profiles),
                       !pair->has_levels                      ? BEHOV_WORD_PROFILE_PAIR_NOT_KNOWN
                       : !pair->is_clear                         ? BEHOV_WORD_PROFILE_PAIR_UNCLEAR
                       : profiles->country.variances.is_one_year ? BEHOV_WORD_PROFILE_PAIR_ONE_YEAR
                                                                 : BEHOV_WORD_PROFILE_PAIR_CLEAR,
                       "a", behov_wording_text(&places[0]), "b", behov_wording_text(&places[1]), "higher",
                       behov_wording_text(&names[is_a_higher ? 0 : 1]), "level", level, NULL);
    for (size_t i = 0; i < 2; i++) {
        behov_wording_spend(words, &names[i]);
        behov_wording_spend(words, &places[i]);
    }
}

void behov_profile_pairs_left_out(const behov_profiles *profiles, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (n)
        behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_PAIRS_LEFT_OUT, "n",
                           whole(profiles, (double)n, number), NULL);
}

/* ---- notes on the data ---------------------------------------------------------------------------------------------
 */

static bool is_without_need(const behov_profile_year *profile_year)
{
    return !profile_year->has_need;
}
static bool is_predicted_only(const behov_profile_year *profile_year)
{
    return profile_year->has_need && !profile_year->is_estimated;
}
static bool is_without_actual(const behov_profile_year *profile_year)
{
    return profile_year->has_need && isnan(profile_year->actual);
}
static bool is_too_low(const behov_profile_year *profile_year)
{
    return profile_year->note == BEHOV_NOTE_NEED_TOO_LOW;
}

/* ": 2012, 2014", all of which there are. */
static void note_years(const behov_profiles *profiles, const behov_profile *profile, behov_word key,
                       bool (*is_it)(const behov_profile_year *), behov_wording *words)
{
    behov_wording years = {0};
    size_t n = 0;
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (!is_it(&profile->years[t]))
            continue;
        n++;
        if (profile->years[t].year)
            behov_wording_print(&years, "%s%d", years.length ? ", " : ": ", profile->years[t].year);
    }
    if (n)
        behov_wording_fill(words, lang_of(profiles), key, "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &years);
}

void behov_profile_data_note(const behov_profiles *profiles, const behov_profile *profile, size_t i,
                             behov_wording *words)
{
    char limit[BEHOV_NUMBER_SIZE];
    double population = profiles->country.places.all[profile->place].population;
    behov_wording_clear(words);
    switch (i) {
    case 0:
        if (population < BEHOV_FEW_INHABITANTS)
            behov_wording_fill(words, lang_of(profiles), BEHOV_WORD_PROFILE_FEW_INHABITANTS, "n",
                               whole(profiles, BEHOV_FEW_INHABITANTS, limit), NULL);
        break;
    case 1: note_years(profiles, profile, BEHOV_WORD_PROFILE_PREDICTED_ONLY, is_predicted_only, words); break;
    case 2: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_NEED, is_without_need, words); break;
    case 3: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_ACTUAL, is_without_actual, words); break;
    case 4: note_years(profiles, profile, BEHOV_WORD_PROFILE_NEED_TOO_LOW, is_too_low, words); break;
    default:
        if (profiles->has_group && !behov_profile_has_group(profiles, profile))
            behov_wording_add(words, behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_WITHOUT_GROUP));
        break;
    }
}

/* Is there a row of years without a gap? */
static bool years_follow(const behov_profiles *profiles)
{
    size_t n;
    const int *years = behov_need_years(profiles->fit_results->need, &n);
    return n == 0 || years[n - 1] - years[0] == (int)n - 1;
}

static bool has_cut_level(const behov_profiles *profiles)
{
    for (size_t i = 0; i < profiles->n; i++)
        for (size_t t = 0; t < profiles->n_years; t++)
            if (behov_lasting_is_cut(profiles->all[i].years[t].lasting))
                return true;
    return false;
}

static bool has_precision_weights(const behov_profiles *profiles)
{
    return profiles->fit_results->study->weights &&
           behov_design_weight_kind(profiles->fit_results->design) == BEHOV_WEIGHT_PRECISION;
}

static void say_errors(const behov_profiles *profiles, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE], seed[BEHOV_NUMBER_SIZE];
    behov_wording errors = {0};
    behov_fit_results_errors(profiles->fit_results, &errors);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)profiles->choices.seed);
    behov_wording_fill(words, lang_of(profiles),
                       profiles->n_years == 1 ? BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED_ONE_YEAR
                                              : BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED,
                       "errors", behov_wording_text(&errors), "n",
                       whole(profiles, (double)profiles->choices.n_draws, number), "seed", seed, NULL);
    behov_wording_spend(words, &errors);
    if (profiles->n_years == 1 && profiles->country.variances.is_known)
        behov_wording_add_after(words, " ", behov_label(lang_of(profiles), BEHOV_WORD_RANKING_ONE_YEAR));
}

/* The words of a note that has no figures; NULL where it does not hold. */
static const char *method_words(const behov_profiles *profiles, size_t i, bool has_all)
{
    behov_language lang = lang_of(profiles);
    switch (i) {
    case 0:
        return profiles->n_years > 1
                   ? behov_label(lang, years_follow(profiles) ? BEHOV_WORD_PROFILE_CHANGE_EXPLAINED
                                                              : BEHOV_WORD_PROFILE_CHANGE_EXPLAINED_GAPS)
                   : NULL;
    case 1:
        return behov_label(lang, profiles->has_population ? BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED
                                                          : BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED_UNWEIGHTED);
    case 3: return has_cut_level(profiles) ? behov_label(lang, BEHOV_WORD_LASTING_BELOW_ZERO) : NULL;
    case 4:
        return has_all
                   ? behov_label(lang, has_precision_weights(profiles) ? BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_WEIGHTED
                                                                       : BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED)
                   : NULL;
    case 5:
        return behov_label(lang, profiles->has_population ? BEHOV_WORD_PROFILE_RATIOS_EXPLAINED
                                                          : BEHOV_WORD_PROFILE_RATIOS_EXPLAINED_UNWEIGHTED);
    case 6: return profiles->has_population ? NULL : behov_profile_words(profiles, BEHOV_WORD_PROFILE_NO_POPULATION);
    case 7: return behov_profile_in_kroner(profiles) ? NULL : behov_label(lang, BEHOV_WORD_PROFILE_NO_KRONER);
    case 8:
        return profiles->fit_results->study->is_simulated ? behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED) : NULL;
    default: return behov_label(lang, BEHOV_WORD_NOT_A_VERDICT);
    }
}

void behov_profile_method_note(const behov_profiles *profiles, size_t i, bool has_all, behov_wording *words)
{
    behov_wording_clear(words);
    if (i == BEHOV_PROFILE_ERRORS_NOTE) {
        say_errors(profiles, words);
        return;
    }
    const char *text = method_words(profiles, i, has_all);
    behov_wording_add(words, text ? text : "");
}
