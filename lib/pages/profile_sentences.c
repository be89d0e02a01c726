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
#include "profile_sentences.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "format.h"
#include "labels.h"
#include "lasting.h"
#include "result_sentences.h"
#include "study_words.h"

enum { SENTENCE = BEHOV_PROFILE_SENTENCE, FIGURE = BEHOV_NUMBER_SIZE + 3 /* a minus sign is three bytes */ };

static behov_language lang_of(const behov_profiles *profiles)
{
    return profiles->fit_results->study->lang;
}

bool behov_profile_in_kroner(const behov_profiles *profiles)
{
    return behov_need_gap_is_1000kr(profiles->fit_results->need);
}

const char *behov_profile_words(const behov_profiles *profiles, behov_word word)
{
    return behov_label(lang_of(profiles), behov_profile_word(profiles, word));
}

behov_word behov_profile_word(const behov_profiles *profiles, behov_word word)
{
    return behov_word_by_unit(word, behov_profile_in_kroner(profiles));
}

behov_quantity behov_profile_amount_quantity(const behov_profiles *profiles)
{
    return behov_profile_in_kroner(profiles) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

double behov_profile_shown(const behov_profiles *profiles, double amount)
{
    return profiles->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 * amount : amount;
}

/* A figure within a sentence has a minus sign, not a hyphen. */
static const char *figure_of(const behov_profiles *profiles, behov_quantity quantity, double value, char text[FIGURE])
{
    char number[BEHOV_NUMBER_SIZE];
    behov_format_cell(quantity, value, lang_of(profiles), number);
    snprintf(text, FIGURE, "%s%s", number[0] == '-' ? "−" : "", number + (number[0] == '-'));
    return text;
}

static const char *whole(const behov_profiles *profiles, double value, char text[FIGURE])
{
    return figure_of(profiles, BEHOV_Q_COUNT, value, text);
}

/* "2 188 kr per innbygger", "2,188" */
static void amount_of(const behov_profiles *profiles, double value, char text[100])
{
    char number[FIGURE];
    figure_of(profiles, behov_profile_amount_quantity(profiles), behov_profile_shown(profiles, value), number);
    behov_label_fill(lang_of(profiles),
                     behov_profile_in_kroner(profiles) ? BEHOV_WORD_AMOUNT_KR_PER_INHABITANT : BEHOV_WORD_AMOUNT_OTHER,
                     text, 100, "n", number, NULL);
}

/* "1,2 mill. kr", "840 000 kr" from 1000 kr */
static void kroner_of(const behov_profiles *profiles, double amount_1000kr, char text[100])
{
    behov_language lang = lang_of(profiles);
    char number[FIGURE];
    bool is_millions = fabs(behov_number_rounded(amount_1000kr, 0)) >= 1000;
    if (is_millions)
        behov_number_fixed(amount_1000kr / 1000, 1, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4,
                           number);
    else
        behov_number_fixed(1000 * behov_number_rounded(amount_1000kr, 0), 0, '.', behov_label_group_mark(lang), 4,
                           number);
    behov_label_fill(lang, is_millions ? BEHOV_WORD_AMOUNT_MILL_KR : BEHOV_WORD_AMOUNT_KR, text, 100, "n", number,
                     NULL);
}

/* Is it 0,0 as printed? */
static bool is_no_change(double points)
{
    return behov_number_rounded(points, 1) == 0;
}

/* "+8,3", "−4,0", "0,0" points */
static void points_of(const behov_profiles *profiles, double value, bool has_sign, char text[FIGURE + 4])
{
    char number[FIGURE];
    behov_number_fixed(fabs(value), 1, behov_label_decimal_mark(lang_of(profiles)),
                       behov_label_group_mark(lang_of(profiles)), 4, number);
    snprintf(text, FIGURE + 4, "%s%s", !has_sign || is_no_change(value) ? "" : value < 0 ? "−" : "+", number);
}

const char *behov_profile_name(const behov_profiles *profiles, const behov_profile *profile)
{
    const behov_municipality *place = &profiles->country.places.all[profile->place];
    return place->name[0] ? place->name : place->code;
}

static const char *group_name(const behov_profiles *profiles, const behov_profile *profile)
{
    return behov_profile_has_group(profiles, profile)
               ? profiles->group.groups.names[profiles->group.groups.values[profile->place]]
               : "";
}

const char *behov_profile_against(const behov_profiles *profiles, const behov_profile *profile, size_t which)
{
    return which == BEHOV_PEER_COUNTRY ? behov_label(lang_of(profiles), BEHOV_WORD_WORD_THE_COUNTRY)
                                       : group_name(profiles, profile);
}

/* " 2016"; "" without years. */
static void year_text(int year, const char *previous_text, char text[16])
{
    text[0] = '\0';
    if (year)
        snprintf(text, 16, "%s%d", previous_text, year);
}

static void title_of(const behov_profiles *profiles, const behov_profile *profile, size_t index, char text[SENTENCE])
{
    char year[16], name[BEHOV_MUNICIPALITY_NAME];
    year_text(profile->years[index].year, ", ", year);
    behov_municipality_list_name(&profiles->country.places.all[profile->place], name, sizeof name);
    snprintf(text, SENTENCE, "%s%s", name, year);
    behov_study_mark_title(profiles->fit_results->study, text, SENTENCE);
}

static void level_of(const behov_profiles *profiles, char text[100])
{
    behov_fit_results_interval_label(profiles->fit_results, BEHOV_WORD_WORD_LEVEL, text);
}

/* " i 2016"; "" without years. */
static void in_year(const behov_profiles *profiles, int year, char text[24])
{
    char number[16];
    year_text(year, "", number);
    text[0] = '\0';
    if (year) {
        text[0] = ' ';
        behov_label_fill(lang_of(profiles), BEHOV_WORD_WORD_IN_YEAR, text + 1, 23, "year", number, NULL);
    }
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* ", etter 98 året før" */
static void before_of(const behov_profiles *profiles, const behov_profile *profile, size_t index, char text[100])
{
    char ratio[FIGURE], year[16];
    text[0] = '\0';
    for (size_t t = index; t-- > 0;) {
        if (isnan(profile->years[t].ratio))
            continue;
        whole(profiles, behov_ratio_printed(profile->years[t].ratio), ratio);
        year_text(profile->years[t].year, "", year);
        behov_label_fill(lang_of(profiles),
                         profile->years[t].year == profile->years[index].year - 1 ? BEHOV_WORD_PROFILE_BEFORE
                                                                                  : BEHOV_WORD_PROFILE_BEFORE_YEAR,
                         text, 100, "ratio", ratio, "year", year, NULL);
        return;
    }
}

static void answer_ratio(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                         char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char previous_text[100], ratio[FIGURE], difference[FIGURE], need[100], year[24];
    in_year(profiles, now->year, year);
    amount_of(profiles, now->need, need);
    if (isnan(now->ratio)) {
        behov_label_fill(lang_of(profiles),
                         behov_profile_word(profiles, isnan(now->actual) ? BEHOV_WORD_PROFILE_NO_ACTUAL
                                                      : now->note == BEHOV_NOTE_NEGATIVE_OUTCOME
                                                          ? BEHOV_WORD_PROFILE_NEGATIVE
                                                          : BEHOV_WORD_PROFILE_NO_RATIO),
                         text, SENTENCE, "year", year, "need", need, NULL);
        return;
    }
    double printed = behov_ratio_printed(now->ratio);
    before_of(profiles, profile, index, previous_text);
    whole(profiles, printed, ratio);
    whole(profiles, fabs(printed - 100), difference);
    behov_label_fill(lang_of(profiles),
                     behov_profile_word(profiles, printed > 100    ? BEHOV_WORD_PROFILE_ABOVE
                                                  : printed == 100 ? BEHOV_WORD_PROFILE_EQUAL
                                                  : printed > 0    ? BEHOV_WORD_PROFILE_BELOW
                                                                   : BEHOV_WORD_PROFILE_ZERO),
                     text, SENTENCE, "n", difference, "ratio", ratio, "before", previous_text, "year", year, "need",
                     need, NULL);
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

/* "" when there is no interval of the lasting level, or nothing to add to a first sentence of two. */
static void answer_lasting(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                           char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char low[FIGURE], high[FIGURE], level[100];
    text[0] = '\0';
    if (!profiles->country.variances.is_known) {
        if (!(behov_ratio_printed(now->ratio) <= 0))
            snprintf(text, SENTENCE, "%s",
                     behov_label(lang_of(profiles), profiles->country.is_at_border
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
    behov_label_fill(lang_of(profiles), key, text, SENTENCE, "low", low, "high", high, "level", level, NULL);
}

static void answer_to_100(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                          char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char amount[100], each[100], year[24];
    text[0] = '\0';
    if (isnan(now->ratio) || behov_ratio_printed(now->ratio) == 100)
        return;
    amount_of(profiles, fabs(now->gap), each);
    kroner_of(profiles, fabs(now->gap_1000kr), amount);
    in_year(profiles, now->year, year);
    behov_label_fill(lang_of(profiles),
                     !behov_profile_in_kroner(profiles) ? BEHOV_WORD_PROFILE_TO_100_OTHER
                     : isnan(now->gap_1000kr)           ? BEHOV_WORD_PROFILE_TO_100_EACH
                                                        : BEHOV_WORD_PROFILE_TO_100,
                     text, SENTENCE, "year", year, "amount", amount, "each", each, "which",
                     behov_label(lang_of(profiles), now->gap > 0 ? BEHOV_WORD_WORD_LOWER : BEHOV_WORD_WORD_HIGHER),
                     NULL);
}

static void answer_change(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                          char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char change[FIGURE + 4], actual[FIGURE + 4], need[FIGURE + 4], source[16], out[16];
    text[0] = '\0';
    if (isnan(now->ratio_change))
        return;
    points_of(profiles, now->ratio_change, false, change);
    points_of(profiles, now->ratio_by_actual, true, actual);
    points_of(profiles, now->ratio_by_need, true, need);
    year_text(now[-1].year, "", source);
    year_text(now->year, "", out);
    behov_label_fill(
        lang_of(profiles),
        behov_profile_word(profiles,
                           is_no_change(now->ratio_change) ? BEHOV_WORD_PROFILE_NO_CHANGE : BEHOV_WORD_PROFILE_CHANGE),
        text, SENTENCE, "from", source, "to", out, "which",
        behov_label(lang_of(profiles), now->ratio_change < 0 ? BEHOV_WORD_WORD_FELL : BEHOV_WORD_WORD_ROSE), "n",
        change, "actual", actual, "need", need, NULL);
}

static void years_pooled(const behov_profiles *profiles, char text[64])
{
    const int *years = behov_need_years(profiles->fit_results->need, &(size_t){0});
    text[0] = '\0';
    if (years[0] && profiles->n_years == 1)
        snprintf(text, 64, " %d", years[0]);
    else if (years[0])
        snprintf(text, 64, " %d–%d", years[0], years[profiles->n_years - 1]);
}

/* "ikke klart forskjellig fra 153 andre kommuner" */
static void unclear_of(const behov_profiles *profiles, size_t n, char text[120])
{
    char number[FIGURE];
    behov_label_fill(lang_of(profiles),
                     n == 0   ? BEHOV_WORD_PROFILE_UNCLEAR_NONE
                     : n == 1 ? BEHOV_WORD_PROFILE_UNCLEAR_ONE
                              : BEHOV_WORD_PROFILE_UNCLEAR,
                     text, 120, "n", whole(profiles, (double)n, number), NULL);
}

static void answer_place(const behov_profiles *profiles, const behov_profile *profile, bool is_group,
                         char text[SENTENCE])
{
    const behov_ranking *source = is_group ? &profiles->group : &profiles->country;
    char rank[FIGURE], n_ranked[FIGURE], low[FIGURE], high[FIGURE], unclear[200], level[100], years[64], ratio[FIGURE];
    char first[FIGURE], median[FIGURE], third[FIGURE], lasting[FIGURE];
    text[0] = '\0';
    if (is_group && !behov_profile_has_group(profiles, profile))
        return;
    const behov_ranked_municipality *ranked_municipality = &source->all[profile->place];
    if (isnan(ranked_municipality->rank))
        return;
    behov_quartiles quartiles = behov_profiles_quartiles(profiles, is_group, profile->place);
    whole(profiles, ranked_municipality->rank, rank);
    whole(profiles, (double)quartiles.n, n_ranked);
    whole(profiles, ranked_municipality->lasting_rank, lasting);
    whole(profiles, ranked_municipality->rank_low, low);
    whole(profiles, ranked_municipality->rank_high, high);
    whole(profiles, behov_ratio_printed(ranked_municipality->ratio), ratio);
    unclear_of(profiles, (size_t)ranked_municipality->n_unclear, unclear);
    whole(profiles, quartiles.low, first);
    whole(profiles, quartiles.median, median);
    whole(profiles, quartiles.high, third);
    level_of(profiles, level);
    years_pooled(profiles, years);
    behov_label_fill(lang_of(profiles),
                     is_group && quartiles.n == 1 ? BEHOV_WORD_PROFILE_PLACE_GROUP_SINGLE
                     : isnan(ranked_municipality->rank_low)
                         ? (is_group ? BEHOV_WORD_PROFILE_PLACE_GROUP_ALONE : BEHOV_WORD_PROFILE_PLACE_ALONE)
                     : is_group ? BEHOV_WORD_PROFILE_PLACE_GROUP
                                : BEHOV_WORD_PROFILE_PLACE,
                     text, SENTENCE, "group", group_name(profiles, profile), "rank", rank, "n", n_ranked, "lasting",
                     lasting, "low", low, "high", high, "level", level, "unclear", unclear, "years", years, "ratio",
                     ratio, "first", first, "median", median, "third", third, NULL);
}

enum { LISTED = 400 };

static void list_places(const behov_profiles *profiles, const size_t *places, size_t n, char text[LISTED])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && length + 130 < LISTED; i++) {
        const behov_municipality *place = &profiles->country.places.all[places[i]];
        const char *name = place->name[0] ? place->name : place->code;
        char ratio[FIGURE];
        whole(profiles, behov_ratio_printed(profiles->country.all[places[i]].ratio), ratio);
        length += (size_t)snprintf(text + length, LISTED - length, "%s%.*s (%s)", i ? ", " : "",
                                   behov_label_clip(name, 80), name, ratio);
    }
}

static void answer_neighbours(const behov_profiles *profiles, const behov_profile *profile, char text[SENTENCE])
{
    size_t above[BEHOV_NEIGHBOURS_EACH], lower_positions[BEHOV_NEIGHBOURS_EACH], n_above, n_below;
    char upper_text[LISTED], lower_text[LISTED];
    behov_profiles_neighbours(profiles, profile->place, above, &n_above, lower_positions, &n_below);
    list_places(profiles, above, n_above, upper_text);
    list_places(profiles, lower_positions, n_below, lower_text);
    text[0] = '\0';
    if (n_above || n_below)
        behov_label_fill(lang_of(profiles),
                         !n_above   ? BEHOV_WORD_PROFILE_NEIGHBOURS_BELOW
                         : !n_below ? BEHOV_WORD_PROFILE_NEIGHBOURS_ABOVE
                                    : BEHOV_WORD_PROFILE_NEIGHBOURS,
                         text, SENTENCE, "above", upper_text, "below", lower_text, NULL);
}

static void drivers_title(const behov_profiles *profiles, const behov_profile *profile, size_t index,
                          char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char year[16], difference[FIGURE];
    double printed = behov_ratio_printed(now->index);
    year_text(now->year, ", ", year);
    whole(profiles, fabs(printed - 100), difference);
    behov_label_fill(lang_of(profiles),
                     behov_profile_word(profiles, isnan(printed) || printed <= 0 ? BEHOV_WORD_PROFILE_WHY
                                                  : printed > 100                ? BEHOV_WORD_PROFILE_WHY_ABOVE
                                                  : printed < 100                ? BEHOV_WORD_PROFILE_WHY_BELOW
                                                                                 : BEHOV_WORD_PROFILE_WHY_EQUAL),
                     text, SENTENCE, "n", difference, "name", behov_profile_name(profiles, profile), "year", year,
                     NULL);
}

/* "Sum: Vågan 2 188 mot 2 100 kr per innbygger i landet." */
static void sum_sentence(const behov_profiles *profiles, const behov_profile *profile, size_t index, size_t which,
                         char text[SENTENCE])
{
    const behov_profile_year *now = &profile->years[index];
    char own[100], mean[100];
    text[0] = '\0';
    if (isnan(now->means[which]))
        return;
    amount_of(profiles, now->need, own);
    amount_of(profiles, now->means[which], mean);
    behov_label_fill(lang_of(profiles),
                     behov_profile_word(profiles, which == BEHOV_PEER_COUNTRY ? BEHOV_WORD_PROFILE_SUM_COUNTRY
                                                                              : BEHOV_WORD_PROFILE_SUM_GROUP),
                     text, SENTENCE, "name", behov_profile_name(profiles, profile), "need", own, "mean", mean, "group",
                     which == BEHOV_PEER_GROUP ? group_name(profiles, profile) : "", NULL);
}

static void of_year(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                    behov_profile_sentence_kind which, char text[SENTENCE])
{
    switch (which) {
    case BEHOV_PROFILE_RATIO: answer_ratio(profiles, profile, year, text); break;
    case BEHOV_PROFILE_LASTING: answer_lasting(profiles, profile, year, text); break;
    case BEHOV_PROFILE_CHANGE: answer_change(profiles, profile, year, text); break;
    case BEHOV_PROFILE_TO_100: answer_to_100(profiles, profile, year, text); break;
    case BEHOV_PROFILE_WHY: drivers_title(profiles, profile, year, text); break;
    case BEHOV_PROFILE_SUM_COUNTRY: sum_sentence(profiles, profile, year, BEHOV_PEER_COUNTRY, text); break;
    case BEHOV_PROFILE_SUM_GROUP: sum_sentence(profiles, profile, year, BEHOV_PEER_GROUP, text); break;
    default: break;
    }
}

void behov_profile_sentence(const behov_profiles *profiles, const behov_profile *profile, size_t year,
                            behov_profile_sentence_kind which, char text[BEHOV_PROFILE_SENTENCE])
{
    bool has_need = profile->years[year].has_need;
    text[0] = '\0';
    switch (which) {
    case BEHOV_PROFILE_TITLE: title_of(profiles, profile, year, text); break;
    case BEHOV_PROFILE_PLACE: answer_place(profiles, profile, false, text); break;
    case BEHOV_PROFILE_PLACE_IN_GROUP: answer_place(profiles, profile, true, text); break;
    case BEHOV_PROFILE_NEIGHBOURS: answer_neighbours(profiles, profile, text); break;
    case BEHOV_PROFILE_N_SENTENCES: break;
    default:
        if (has_need)
            of_year(profiles, profile, year, which, text);
        break;
    }
}

/* ---- two municipalities --------------------------------------------------------------------------------------------
 */

/* A name, with the code where both have one name: Våler, Os, Nes. */
static void name_beside(const behov_profiles *profiles, const behov_profile *profile, const behov_profile *other,
                        char text[200])
{
    const char *name = behov_profile_name(profiles, profile);
    const char *code = profiles->country.places.all[profile->place].code;
    bool is_twin = strcmp(name, behov_profile_name(profiles, other)) == 0;
    snprintf(text, 200, "%.*s%s%.*s", behov_label_clip(code, 20), is_twin ? code : "", is_twin ? " " : "",
             behov_label_clip(name, 150), name);
}

/* "Vågan (plass 71, 37–103)" */
static void place_of(const behov_profiles *profiles, const behov_profile *profile, const char *name, char text[400])
{
    const behov_ranked_municipality *ranked_municipality = &profiles->country.all[profile->place];
    char rank[FIGURE], low[FIGURE], high[FIGURE];
    whole(profiles, ranked_municipality->lasting_rank, rank);
    whole(profiles, ranked_municipality->rank_low, low);
    whole(profiles, ranked_municipality->rank_high, high);
    behov_label_fill(lang_of(profiles), BEHOV_WORD_PROFILE_PAIR_PLACE, text, 400, "name", name, "rank", rank, "low",
                     low, "high", high, NULL);
}

void behov_profile_pair_sentence(const behov_profiles *profiles, const behov_profile_pair *pair,
                                 char text[BEHOV_PROFILE_SENTENCE])
{
    char names[2][200], a[400], b[400], level[100];
    bool is_a_higher = profiles->country.all[pair->a->place].rank_high < profiles->country.all[pair->b->place].rank_low;
    name_beside(profiles, pair->a, pair->b, names[0]);
    name_beside(profiles, pair->b, pair->a, names[1]);
    place_of(profiles, pair->a, names[0], a);
    place_of(profiles, pair->b, names[1], b);
    level_of(profiles, level);
    behov_word key = !pair->has_intervals                      ? BEHOV_WORD_PROFILE_PAIR_NOT_KNOWN
                     : !pair->is_clear                         ? BEHOV_WORD_PROFILE_PAIR_UNCLEAR
                     : profiles->country.variances.is_one_year ? BEHOV_WORD_PROFILE_PAIR_ONE_YEAR
                                                               : BEHOV_WORD_PROFILE_PAIR_CLEAR;
    behov_label_fill(lang_of(profiles), key, text, SENTENCE, "a", pair->has_intervals ? a : names[0], "b",
                     pair->has_intervals ? b : names[1], "higher", names[is_a_higher ? 0 : 1], "level", level, NULL);
}

void behov_profile_pairs_left_out(const behov_profiles *profiles, size_t n, char text[BEHOV_PROFILE_SENTENCE])
{
    char number[FIGURE];
    text[0] = '\0';
    if (n)
        behov_label_fill(lang_of(profiles), BEHOV_WORD_PROFILE_PAIRS_LEFT_OUT, text, SENTENCE, "n",
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

static void note_years(const behov_profiles *profiles, const behov_profile *profile, behov_word key,
                       bool (*is_it)(const behov_profile_year *), char text[SENTENCE])
{
    char years[400] = "";
    size_t length = 0, n = 0;
    text[0] = '\0';
    for (size_t t = 0; t < profiles->n_years; t++) {
        if (!is_it(&profile->years[t]))
            continue;
        n++;
        if (profile->years[t].year && length + 8 < sizeof years)
            length += (size_t)snprintf(years + length, sizeof years - length, "%s%d", length ? ", " : ": ",
                                       profile->years[t].year);
    }
    if (n)
        behov_label_fill(lang_of(profiles), key, text, SENTENCE, "years", years, NULL);
}

void behov_profile_data_note(const behov_profiles *profiles, const behov_profile *profile, size_t i,
                             char text[SENTENCE])
{
    char limit[FIGURE];
    double population = profiles->country.places.all[profile->place].population;
    text[0] = '\0';
    switch (i) {
    case 0:
        if (population < BEHOV_FEW_INHABITANTS) {
            whole(profiles, BEHOV_FEW_INHABITANTS, limit);
            behov_label_fill(lang_of(profiles), BEHOV_WORD_PROFILE_FEW_INHABITANTS, text, SENTENCE, "n", limit, NULL);
        }
        break;
    case 1: note_years(profiles, profile, BEHOV_WORD_PROFILE_PREDICTED_ONLY, is_predicted_only, text); break;
    case 2: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_NEED, is_without_need, text); break;
    case 3: note_years(profiles, profile, BEHOV_WORD_PROFILE_WITHOUT_ACTUAL, is_without_actual, text); break;
    case 4: note_years(profiles, profile, BEHOV_WORD_PROFILE_NEED_TOO_LOW, is_too_low, text); break;
    default:
        if (profiles->has_group && !behov_profile_has_group(profiles, profile))
            snprintf(text, SENTENCE, "%s", behov_label(lang_of(profiles), BEHOV_WORD_PROFILE_WITHOUT_GROUP));
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

void behov_profile_method_note(const behov_profiles *profiles, size_t i, bool has_all, behov_wording *words)
{
    char number[FIGURE], seed[FIGURE];
    behov_wording errors = {0};
    behov_language lang = lang_of(profiles);
    behov_wording_clear(words);
    switch (i) {
    case 0:
        if (profiles->n_years > 1)
            behov_wording_add(words,
                              behov_label(lang, years_follow(profiles) ? BEHOV_WORD_PROFILE_CHANGE_EXPLAINED
                                                                       : BEHOV_WORD_PROFILE_CHANGE_EXPLAINED_GAPS));
        break;
    case 1:
        behov_wording_add(words, behov_label(lang, profiles->has_population
                                                       ? BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED
                                                       : BEHOV_WORD_PROFILE_DRIVERS_EXPLAINED_UNWEIGHTED));
        break;
    case BEHOV_PROFILE_ERRORS_NOTE:
        behov_fit_results_errors(profiles->fit_results, &errors);
        whole(profiles, (double)profiles->choices.n_draws, number);
        snprintf(seed, sizeof seed, "%llu", (unsigned long long)profiles->choices.seed);
        behov_wording_fill(words, lang,
                           profiles->n_years == 1 ? BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED_ONE_YEAR
                                                  : BEHOV_WORD_PROFILE_INTERVALS_EXPLAINED,
                           "errors", behov_wording_text(&errors), "n", number, "seed", seed, NULL);
        words->has_no_memory = words->has_no_memory || errors.has_no_memory;
        behov_wording_free(&errors);
        if (profiles->n_years == 1 && profiles->country.variances.is_known)
            behov_wording_add_after(words, " ", behov_label(lang, BEHOV_WORD_RANKING_ONE_YEAR));
        break;
    case 3:
        if (has_cut_level(profiles))
            behov_wording_add(words, behov_label(lang, BEHOV_WORD_LASTING_BELOW_ZERO));
        break;
    case 4:
        if (has_all)
            behov_wording_add(words,
                              behov_label(lang, profiles->fit_results->study->weights &&
                                                        behov_design_weight_kind(profiles->fit_results->design) ==
                                                            BEHOV_WEIGHT_PRECISION
                                                    ? BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED_WEIGHTED
                                                    : BEHOV_WORD_PROFILE_NEW_YEAR_EXPLAINED));
        break;
    case 5:
        behov_wording_add(words,
                          behov_label(lang, profiles->has_population ? BEHOV_WORD_PROFILE_RATIOS_EXPLAINED
                                                                     : BEHOV_WORD_PROFILE_RATIOS_EXPLAINED_UNWEIGHTED));
        break;
    case 6:
        if (!profiles->has_population)
            behov_wording_add(words, behov_profile_words(profiles, BEHOV_WORD_PROFILE_NO_POPULATION));
        break;
    case 7:
        if (!behov_profile_in_kroner(profiles))
            behov_wording_add(words, behov_label(lang, BEHOV_WORD_PROFILE_NO_KRONER));
        break;
    case 8:
        if (profiles->fit_results->study->is_simulated)
            behov_wording_add(words, behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
        break;
    default: behov_wording_add(words, behov_label(lang, BEHOV_WORD_NOT_A_VERDICT)); break;
    }
}
