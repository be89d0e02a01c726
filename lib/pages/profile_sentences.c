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

enum { SENTENCE = PROFILE_SENTENCE, FIGURE = BEHOV_NUMBER_SIZE + 3 /* a minus sign is three bytes */ };

static behov_language lang_of(const profiles *of) { return of->of->of->lang; }

bool profile_in_kroner(const profiles *of) { return behov_need_gap_is_1000kr(of->of->need); }

const char *profile_words(const profiles *of, const char *key)
{
    char other[80];
    snprintf(other, sizeof other, "%s_other", key);
    return label(lang_of(of), profile_in_kroner(of) ? key : other);
}

const char *profile_key(const profiles *of, const char *key, char text[80])
{
    snprintf(text, 80, "%s%s", key, profile_in_kroner(of) ? "" : "_other");
    return text;
}

behov_quantity profile_amount_quantity(const profiles *of)
{
    return profile_in_kroner(of) ? BEHOV_Q_GAP : BEHOV_Q_OUTCOME;
}

double profile_shown(const profiles *of, double amount)
{
    return of->of->of->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 * amount : amount;
}

/* A figure within a sentence has a minus sign, not a hyphen. */
static const char *figure_of(const profiles *of, behov_quantity quantity, double value, char text[FIGURE])
{
    char number[BEHOV_NUMBER_SIZE];
    format_cell(quantity, value, lang_of(of), number);
    snprintf(text, FIGURE, "%s%s", number[0] == '-' ? "−" : "", number + (number[0] == '-'));
    return text;
}

static const char *whole(const profiles *of, double value, char text[FIGURE])
{
    return figure_of(of, BEHOV_Q_COUNT, value, text);
}

/* "2 188 kr per innbygger", "2,188" */
static void amount_of(const profiles *of, double value, char text[100])
{
    char number[FIGURE];
    figure_of(of, profile_amount_quantity(of), profile_shown(of, value), number);
    label_fill(lang_of(of), profile_in_kroner(of) ? "amount_kr_per_inhabitant" : "amount_other", text, 100, "n", number,
               NULL);
}

/* "1,2 mill. kr", "840 000 kr" from 1000 kr */
static void kroner_of(const profiles *of, double amount_1000kr, char text[100])
{
    behov_language lang = lang_of(of);
    char number[FIGURE];
    bool is_millions = fabs(behov_number_rounded(amount_1000kr, 0)) >= 1000;
    if (is_millions)
        behov_number_fixed(amount_1000kr / 1000, 1, label_decimal_mark(lang), label_group_mark(lang), 4, number);
    else
        behov_number_fixed(1000 * behov_number_rounded(amount_1000kr, 0), 0, '.', label_group_mark(lang), 4, number);
    label_fill(lang, is_millions ? "amount_mill_kr" : "amount_kr", text, 100, "n", number, NULL);
}

/* Is it 0,0 as printed? */
static bool is_no_change(double points) { return behov_number_rounded(points, 1) == 0; }

/* "+8,3", "−4,0", "0,0" points */
static void points_of(const profiles *of, double value, bool has_sign, char text[FIGURE + 4])
{
    char number[FIGURE];
    behov_number_fixed(fabs(value), 1, label_decimal_mark(lang_of(of)), label_group_mark(lang_of(of)), 4, number);
    snprintf(text, FIGURE + 4, "%s%s", !has_sign || is_no_change(value) ? "" : value < 0 ? "−" : "+", number);
}

const char *profile_name(const profiles *of, const profile *one)
{
    const municipality *place = &of->country.places.all[one->place];
    return place->name[0] ? place->name : place->code;
}

static const char *group_name(const profiles *of, const profile *one)
{
    return profile_has_group(of, one) ? of->group.by.names[of->group.by.of[one->place]] : "";
}

const char *profile_against(const profiles *of, const profile *one, size_t which)
{
    return which == COUNTRY ? label(lang_of(of), "word_the_country") : group_name(of, one);
}

/* " 2016"; "" without years. */
static void year_text(int year, const char *before, char text[16])
{
    text[0] = '\0';
    if (year)
        snprintf(text, 16, "%s%d", before, year);
}

static void title_of(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    char year[16], name[MUNICIPALITY_NAME];
    year_text(one->years[at].year, ", ", year);
    directory_name(&of->country.places.all[one->place], name, sizeof name);
    snprintf(text, SENTENCE, "%s%s", name, year);
    study_mark_title(of->of->of, text, SENTENCE);
}

static void level_of(const profiles *of, char text[100]) { results_interval_label(of->of, "word_level", text); }

/* " i 2016"; "" without years. */
static void in_year(const profiles *of, int year, char text[24])
{
    char number[16];
    year_text(year, "", number);
    text[0] = '\0';
    if (year) {
        text[0] = ' ';
        label_fill(lang_of(of), "word_in_year", text + 1, 23, "year", number, NULL);
    }
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* ", etter 98 året før" */
static void before_of(const profiles *of, const profile *one, size_t at, char text[100])
{
    char ratio[FIGURE], year[16];
    text[0] = '\0';
    for (size_t t = at; t-- > 0;) {
        if (isnan(one->years[t].ratio))
            continue;
        whole(of, behov_ratio_printed(one->years[t].ratio), ratio);
        year_text(one->years[t].year, "", year);
        label_fill(lang_of(of),
                   one->years[t].year == one->years[at].year - 1 ? "profile_before" : "profile_before_year", text, 100,
                   "ratio", ratio, "year", year, NULL);
        return;
    }
}

static void answer_ratio(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char key[80], before[100], ratio[FIGURE], difference[FIGURE], need[100], year[24];
    in_year(of, now->year, year);
    amount_of(of, now->need, need);
    if (isnan(now->ratio)) {
        label_fill(lang_of(of), profile_key(of,
                               isnan(now->actual)  ? "profile_no_actual"
                               : now->note == BEHOV_NOTE_NEGATIVE_OUTCOME ? "profile_negative"
                                                   : "profile_no_ratio",
                               key),
                   text, SENTENCE, "year", year, "need", need, NULL);
        return;
    }
    double printed = behov_ratio_printed(now->ratio);
    before_of(of, one, at, before);
    whole(of, printed, ratio);
    whole(of, fabs(printed - 100), difference);
    label_fill(lang_of(of),
               profile_key(of,
                           printed > 100    ? "profile_above"
                           : printed == 100 ? "profile_equal"
                           : printed > 0    ? "profile_below"
                                            : "profile_zero",
                           key),
               text, SENTENCE, "n", difference, "ratio", ratio, "before", before, "year", year, "need", need, NULL);
}

/* Intervals as printed. */
static bool is_above(behov_interval interval, behov_interval other)
{
    return behov_ratio_printed(interval.low) > behov_ratio_printed(other.high);
}

const char *profile_lasting_key(double ratio, behov_interval ratio_interval, behov_interval lasting)
{
    double printed = behov_ratio_printed(ratio), low = behov_ratio_printed(lasting.low),
           high = behov_ratio_printed(lasting.high);
    bool is_over = is_above(ratio_interval, lasting), is_under = is_above(lasting, ratio_interval),
         is_near = low >= 90 && high <= 110;
    if (isnan(low) || isnan(high))
        return NULL;
    if (low > 100)
        return isnan(printed)   ? "profile_lasting_above_open"
               : printed <= 100 ? (is_under ? "profile_lasting_but_above" : "profile_lasting_yet_above")
               : is_over        ? "profile_lasting_above_less"
               : is_under       ? "profile_lasting_above_more"
                                : "profile_lasting_above";
    if (high < 100)
        return isnan(printed)   ? "profile_lasting_below_open"
               : printed >= 100 ? (is_over ? "profile_lasting_but_below" : "profile_lasting_yet_below")
               : is_under       ? "profile_lasting_below_less"
               : is_over        ? "profile_lasting_below_more"
                                : "profile_lasting_below";
    if (isnan(printed))
        return "profile_lasting_open";
    if (printed <= 0)
        return NULL;
    if (printed >= 90 && printed <= 110)
        return is_near ? "profile_lasting_near" : "profile_lasting_small";
    return is_near ? "profile_lasting_near_but" : "profile_lasting_uncertain";
}

/* "" when there is no interval of the lasting level, or nothing to add to a first sentence of two. */
static void answer_lasting(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char low[FIGURE], high[FIGURE], level[100];
    text[0] = '\0';
    if (!of->country.variances.is_known) {
        if (!(behov_ratio_printed(now->ratio) <= 0))
            snprintf(text, SENTENCE, "%s", label(lang_of(of), of->country.is_at_border ? "lasting_at_border" : "profile_lasting_not_known"));
        return;
    }
    const char *key = profile_lasting_key(now->ratio, now->ratio_interval, now->lasting.interval);
    if (!key)
        return;
    bool is_above_100 = behov_ratio_printed(now->lasting.interval.low) > 100;
    if (of->country.variances.is_one_year && (is_above_100 || behov_ratio_printed(now->lasting.interval.high) < 100))
        key = is_above_100 ? "profile_lasting_one_year_above" : "profile_lasting_one_year_below";
    whole(of, behov_ratio_printed(lasting_shown(now->lasting.interval.low)), low);
    whole(of, behov_ratio_printed(lasting_shown(now->lasting.interval.high)), high);
    level_of(of, level);
    label_fill(lang_of(of), key, text, SENTENCE, "low", low, "high", high, "level", level, NULL);
}

static void answer_to_100(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char amount[100], each[100], year[24];
    text[0] = '\0';
    if (isnan(now->ratio) || behov_ratio_printed(now->ratio) == 100)
        return;
    amount_of(of, fabs(now->gap), each);
    kroner_of(of, fabs(now->gap_1000kr), amount);
    in_year(of, now->year, year);
    label_fill(lang_of(of),
               !profile_in_kroner(of)   ? "profile_to_100_other"
               : isnan(now->gap_1000kr) ? "profile_to_100_each"
                                        : "profile_to_100",
               text, SENTENCE, "year", year, "amount", amount, "each", each, "which",
               label(lang_of(of), now->gap > 0 ? "word_lower" : "word_higher"), NULL);
}

static void answer_change(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char key[80], change[FIGURE + 4], actual[FIGURE + 4], need[FIGURE + 4], from[16], to[16];
    text[0] = '\0';
    if (isnan(now->ratio_change))
        return;
    points_of(of, now->ratio_change, false, change);
    points_of(of, now->ratio_by_actual, true, actual);
    points_of(of, now->ratio_by_need, true, need);
    year_text(now[-1].year, "", from);
    year_text(now->year, "", to);
    label_fill(lang_of(of),
               profile_key(of, is_no_change(now->ratio_change) ? "profile_no_change" : "profile_change", key), text,
               SENTENCE, "from", from, "to", to, "which",
               label(lang_of(of), now->ratio_change < 0 ? "word_fell" : "word_rose"), "n", change, "actual", actual,
               "need", need, NULL);
}

static void years_pooled(const profiles *of, char text[64])
{
    const int *years = behov_need_years(of->of->need, &(size_t){0});
    text[0] = '\0';
    if (years[0] && of->n_years == 1)
        snprintf(text, 64, " %d", years[0]);
    else if (years[0])
        snprintf(text, 64, " %d–%d", years[0], years[of->n_years - 1]);
}

/* "ikke klart forskjellig fra 153 andre kommuner" */
static void unclear_of(const profiles *of, size_t n, char text[120])
{
    char number[FIGURE];
    label_fill(lang_of(of),
               n == 0   ? "profile_unclear_none"
               : n == 1 ? "profile_unclear_one"
                        : "profile_unclear",
               text, 120, "n", whole(of, (double)n, number), NULL);
}

static void answer_place(const profiles *of, const profile *one, bool is_group, char text[SENTENCE])
{
    const ranking *from = is_group ? &of->group : &of->country;
    char rank[FIGURE], n_ranked[FIGURE], low[FIGURE], high[FIGURE], unclear[200], level[100], years[64], ratio[FIGURE];
    char first[FIGURE], median[FIGURE], third[FIGURE], lasting[FIGURE];
    text[0] = '\0';
    if (is_group && !profile_has_group(of, one))
        return;
    const ranked *at = &from->all[one->place];
    if (isnan(at->rank))
        return;
    quartiles found = profiles_quartiles(of, is_group, one->place);
    whole(of, at->rank, rank);
    whole(of, (double)found.n, n_ranked);
    whole(of, at->lasting_rank, lasting);
    whole(of, at->rank_low, low);
    whole(of, at->rank_high, high);
    whole(of, behov_ratio_printed(at->ratio), ratio);
    unclear_of(of, (size_t)at->n_unclear, unclear);
    whole(of, found.low, first);
    whole(of, found.median, median);
    whole(of, found.high, third);
    level_of(of, level);
    years_pooled(of, years);
    label_fill(lang_of(of),
               is_group && found.n == 1 ? "profile_place_group_single"
               : isnan(at->rank_low)    ? (is_group ? "profile_place_group_alone" : "profile_place_alone")
               : is_group               ? "profile_place_group"
                                        : "profile_place",
               text, SENTENCE, "group", group_name(of, one), "rank", rank, "n", n_ranked, "lasting", lasting, "low",
               low, "high", high, "level", level, "unclear", unclear, "years", years, "ratio", ratio, "first", first, "median", median,
               "third", third, NULL);
}

enum { LISTED = 400 };

static void list_places(const profiles *of, const size_t *places, size_t n, char text[LISTED])
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && length + 130 < LISTED; i++) {
        const municipality *place = &of->country.places.all[places[i]];
        const char *name = place->name[0] ? place->name : place->code;
        char ratio[FIGURE];
        whole(of, behov_ratio_printed(of->country.all[places[i]].ratio), ratio);
        length += (size_t)snprintf(text + length, LISTED - length, "%s%.*s (%s)", i ? ", " : "", label_clip(name, 80),
                                   name, ratio);
    }
}

static void answer_neighbours(const profiles *of, const profile *one, char text[SENTENCE])
{
    size_t above[NEIGHBOURS_EACH], below[NEIGHBOURS_EACH], n_above, n_below;
    char over[LISTED], under[LISTED];
    profiles_neighbours(of, one->place, above, &n_above, below, &n_below);
    list_places(of, above, n_above, over);
    list_places(of, below, n_below, under);
    text[0] = '\0';
    if (n_above || n_below)
        label_fill(lang_of(of),
                   !n_above   ? "profile_neighbours_below"
                   : !n_below ? "profile_neighbours_above"
                              : "profile_neighbours",
                   text, SENTENCE, "above", over, "below", under, NULL);
}

static void drivers_title(const profiles *of, const profile *one, size_t at, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char key[80], year[16], difference[FIGURE];
    double printed = behov_ratio_printed(now->index);
    year_text(now->year, ", ", year);
    whole(of, fabs(printed - 100), difference);
    label_fill(lang_of(of),
               profile_key(of,
                           isnan(printed) || printed <= 0 ? "profile_why"
                           : printed > 100 ? "profile_why_above"
                           : printed < 100 ? "profile_why_below"
                                           : "profile_why_equal",
                           key),
               text, SENTENCE, "n", difference, "name", profile_name(of, one), "year", year, NULL);
}

/* "Sum: Vågan 2 188 mot 2 100 kr per innbygger i landet." */
static void sum_sentence(const profiles *of, const profile *one, size_t at, size_t which, char text[SENTENCE])
{
    const profile_year *now = &one->years[at];
    char key[80], own[100], mean[100];
    text[0] = '\0';
    if (isnan(now->means[which]))
        return;
    amount_of(of, now->need, own);
    amount_of(of, now->means[which], mean);
    label_fill(lang_of(of), profile_key(of, which == COUNTRY ? "profile_sum_country" : "profile_sum_group", key), text,
               SENTENCE, "name", profile_name(of, one), "need", own, "mean", mean, "group",
               which == GROUP ? group_name(of, one) : "", NULL);
}

static void of_year(const profiles *of, const profile *one, size_t year, profile_sentence_kind which,
                    char text[SENTENCE])
{
    switch (which) {
    case PROFILE_RATIO: answer_ratio(of, one, year, text); break;
    case PROFILE_LASTING: answer_lasting(of, one, year, text); break;
    case PROFILE_CHANGE: answer_change(of, one, year, text); break;
    case PROFILE_TO_100: answer_to_100(of, one, year, text); break;
    case PROFILE_WHY: drivers_title(of, one, year, text); break;
    case PROFILE_SUM_COUNTRY: sum_sentence(of, one, year, COUNTRY, text); break;
    case PROFILE_SUM_GROUP: sum_sentence(of, one, year, GROUP, text); break;
    default: break;
    }
}

void profile_sentence(const profiles *of, const profile *one, size_t year, profile_sentence_kind which,
                      char text[PROFILE_SENTENCE])
{
    bool has_need = one->years[year].has_need;
    text[0] = '\0';
    switch (which) {
    case PROFILE_TITLE: title_of(of, one, year, text); break;
    case PROFILE_PLACE: answer_place(of, one, false, text); break;
    case PROFILE_PLACE_IN_GROUP: answer_place(of, one, true, text); break;
    case PROFILE_NEIGHBOURS: answer_neighbours(of, one, text); break;
    case PROFILE_N_SENTENCES: break;
    default:
        if (has_need)
            of_year(of, one, year, which, text);
        break;
    }
}

/* ---- two municipalities --------------------------------------------------------------------------------------------
 */

/* A name, with the code where both have one name: Våler, Os, Nes. */
static void name_beside(const profiles *of, const profile *one, const profile *other, char text[200])
{
    const char *name = profile_name(of, one);
    const char *code = of->country.places.all[one->place].code;
    bool is_twin = strcmp(name, profile_name(of, other)) == 0;
    snprintf(text, 200, "%.*s%s%.*s", label_clip(code, 20), is_twin ? code : "", is_twin ? " " : "",
             label_clip(name, 150), name);
}

/* "Vågan (plass 71, 37–103)" */
static void place_of(const profiles *of, const profile *one, const char *name, char text[400])
{
    const ranked *at = &of->country.all[one->place];
    char rank[FIGURE], low[FIGURE], high[FIGURE];
    whole(of, at->lasting_rank, rank);
    whole(of, at->rank_low, low);
    whole(of, at->rank_high, high);
    label_fill(lang_of(of), "profile_pair_place", text, 400, "name", name, "rank", rank, "low", low, "high", high,
               NULL);
}

void profile_pair_sentence(const profiles *of, const profile_pair *pair, char text[PROFILE_SENTENCE])
{
    char names[2][200], a[400], b[400], level[100];
    bool is_a_higher = of->country.all[pair->a->place].rank_high < of->country.all[pair->b->place].rank_low;
    name_beside(of, pair->a, pair->b, names[0]);
    name_beside(of, pair->b, pair->a, names[1]);
    place_of(of, pair->a, names[0], a);
    place_of(of, pair->b, names[1], b);
    level_of(of, level);
    const char *key = !pair->has_intervals ? "profile_pair_not_known"
                      : !pair->is_clear    ? "profile_pair_unclear"
                      : of->country.variances.is_one_year ? "profile_pair_one_year"
                                                          : "profile_pair_clear";
    label_fill(lang_of(of), key, text, SENTENCE, "a", pair->has_intervals ? a : names[0], "b",
               pair->has_intervals ? b : names[1], "higher", names[is_a_higher ? 0 : 1], "level", level, NULL);
}

void profile_pairs_left_out(const profiles *of, size_t n, char text[PROFILE_SENTENCE])
{
    char number[FIGURE];
    text[0] = '\0';
    if (n)
        label_fill(lang_of(of), "profile_pairs_left_out", text, SENTENCE, "n", whole(of, (double)n, number), NULL);
}

/* ---- notes on the data ---------------------------------------------------------------------------------------------
 */

static bool is_without_need(const profile_year *of) { return !of->has_need; }
static bool is_predicted_only(const profile_year *of) { return of->has_need && !of->is_estimated; }
static bool is_without_actual(const profile_year *of) { return of->has_need && isnan(of->actual); }
static bool is_too_low(const profile_year *of) { return of->note == BEHOV_NOTE_NEED_TOO_LOW; }

static void note_years(const profiles *of, const profile *one, const char *key, bool (*is_it)(const profile_year *),
                       char text[SENTENCE])
{
    char years[400] = "";
    size_t length = 0, n = 0;
    text[0] = '\0';
    for (size_t t = 0; t < of->n_years; t++) {
        if (!is_it(&one->years[t]))
            continue;
        n++;
        if (one->years[t].year && length + 8 < sizeof years)
            length += (size_t)snprintf(years + length, sizeof years - length, "%s%d", length ? ", " : ": ",
                                       one->years[t].year);
    }
    if (n)
        label_fill(lang_of(of), key, text, SENTENCE, "years", years, NULL);
}

void profile_data_note(const profiles *of, const profile *one, size_t i, char text[SENTENCE])
{
    char limit[FIGURE];
    double population = of->country.places.all[one->place].population;
    text[0] = '\0';
    switch (i) {
    case 0:
        if (population < FEW_INHABITANTS) {
            whole(of, FEW_INHABITANTS, limit);
            label_fill(lang_of(of), "profile_few_inhabitants", text, SENTENCE, "n", limit, NULL);
        }
        break;
    case 1: note_years(of, one, "profile_predicted_only", is_predicted_only, text); break;
    case 2: note_years(of, one, "profile_without_need", is_without_need, text); break;
    case 3: note_years(of, one, "profile_without_actual", is_without_actual, text); break;
    case 4: note_years(of, one, "profile_need_too_low", is_too_low, text); break;
    default:
        if (of->has_group && !profile_has_group(of, one))
            snprintf(text, SENTENCE, "%s", label(lang_of(of), "profile_without_group"));
        break;
    }
}

/* Is there a row of years without a gap? */
static bool years_follow(const profiles *of)
{
    size_t n;
    const int *years = behov_need_years(of->of->need, &n);
    return n == 0 || years[n - 1] - years[0] == (int)n - 1;
}

static bool has_cut_level(const profiles *of)
{
    for (size_t i = 0; i < of->n; i++)
        for (size_t t = 0; t < of->n_years; t++)
            if (lasting_is_cut(of->all[i].years[t].lasting))
                return true;
    return false;
}

void profile_method_note(const profiles *of, size_t i, bool has_all, wording *words)
{
    char number[FIGURE], seed[FIGURE];
    wording errors = {0};
    behov_language lang = lang_of(of);
    wording_clear(words);
    switch (i) {
    case 0:
        if (of->n_years > 1)
            wording_add(words, label(lang, years_follow(of) ? "profile_change_explained" : "profile_change_explained_gaps"));
        break;
    case 1:
        wording_add(words, label(lang, of->has_population ? "profile_drivers_explained" : "profile_drivers_explained_unweighted"));
        break;
    case PROFILE_ERRORS_NOTE:
        results_errors(of->of, &errors);
        whole(of, (double)of->choices.n_draws, number);
        snprintf(seed, sizeof seed, "%llu", (unsigned long long)of->choices.seed);
        wording_fill(words, lang,
                      of->n_years == 1 ? "profile_intervals_explained_one_year" : "profile_intervals_explained",
                      "errors", wording_text(&errors), "n", number, "seed", seed, NULL);
        words->has_no_memory = words->has_no_memory || errors.has_no_memory;
        wording_free(&errors);
        if (of->n_years == 1 && of->country.variances.is_known)
            wording_add_after(words, " ", label(lang, "ranking_one_year"));
        break;
    case 3:
        if (has_cut_level(of))
            wording_add(words, label(lang, "lasting_below_zero"));
        break;
    case 4:
        if (has_all)
            wording_add(words, label(lang, of->of->of->weights && behov_design_weight_kind(of->of->design) == BEHOV_WEIGHT_PRECISION
                                ? "profile_new_year_explained_weighted"
                                : "profile_new_year_explained"));
        break;
    case 5:
        wording_add(words, label(lang, of->has_population ? "profile_ratios_explained" : "profile_ratios_explained_unweighted"));
        break;
    case 6:
        if (!of->has_population)
            wording_add(words, profile_words(of, "profile_no_population"));
        break;
    case 7:
        if (!profile_in_kroner(of))
            wording_add(words, label(lang, "profile_no_kroner"));
        break;
    case 8:
        if (of->of->of->is_simulated)
            wording_add(words, label(lang, "simulated_explained"));
        break;
    default: wording_add(words, label(lang, "not_a_verdict")); break;
    }
}
