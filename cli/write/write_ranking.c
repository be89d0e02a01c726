/* write_ranking.c - a ranking in words: who is highest and lowest and how sure that is, then the table. */
#include "write_ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "json_build.h"
#include "group_names.h"
#include "labels.h"
#include "remarks.h"
#include "lasting.h"
#include "result_sentences.h"
#include "study_words.h"
#include "text_lines.h"
#include "wording.h"
#include "write_json.h"
#include "write_text.h"

enum { SENTENCE = 1200, FIGURE = BEHOV_NUMBER_SIZE };

static bool in_kroner(const behov_ranking *ranking)
{
    return behov_need_gap_is_1000kr(ranking->fit_results->need);
}

static bool has_population(const behov_ranking *ranking)
{
    return ranking->fit_results->study->panel.columns[BEHOV_ROLE_POPULATION] >= 0;
}

static bool has_intervals(const behov_ranking *ranking)
{
    return ranking->choices.ranked_by == BEHOV_BY_NEED || ranking->variances.is_known;
}

static const char *by_name(const behov_ranking *ranking)
{
    static const char *const names[] = {"ratio", "need", "gap"};
    return names[ranking->choices.ranked_by];
}

static void whole(behov_language lang, double value, char text[FIGURE])
{
    behov_format_cell(BEHOV_Q_COUNT, value, lang, text);
}

/* "2016", "2012–2016"; "" without years. */
static void years_of(const behov_ranking *ranking, bool all, char text[64])
{
    size_t n_years;
    const int *years = behov_need_years(ranking->fit_results->need, &n_years);
    text[0] = '\0';
    if (ranking->choices.year && !all)
        snprintf(text, 64, "%d", ranking->choices.year);
    else if (years[0] && n_years == 1)
        snprintf(text, 64, "%d", years[0]);
    else if (years[0])
        snprintf(text, 64, "%d–%d", years[0], years[n_years - 1]);
}

static bool is_pooled(const behov_ranking *ranking)
{
    size_t n_years;
    behov_need_years(ranking->fit_results->need, &n_years);
    return !ranking->choices.year && n_years > 1;
}

/* 97.5 as a user types it, with the language's decimal mark. */
static void level_of(const behov_ranking *ranking, char text[100])
{
    behov_fit_results_interval_label(ranking->fit_results, BEHOV_WORD_WORD_LEVEL, text);
}

static void title_of(const behov_ranking *ranking, char text[SENTENCE])
{
    static const behov_word keys[] = {BEHOV_WORD_TITLE_RANKING_RATIO, BEHOV_WORD_TITLE_RANKING_NEED,
                                      BEHOV_WORD_TITLE_RANKING_GAP};
    char years[64];
    years_of(ranking, false, years);
    snprintf(text, SENTENCE, "%s%s%s",
             behov_label(ranking->fit_results->study->lang,
                         behov_word_by_unit(keys[ranking->choices.ranked_by], in_kroner(ranking))),
             years[0] ? ", " : "", years);
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 */

/* The first or the last in the country. */
static const behov_ranked_municipality *extreme(const behov_ranking *ranking, bool is_first, size_t *place)
{
    const behov_ranked_municipality *ranked_municipality = NULL;
    for (size_t i = 0; i < ranking->places.n; i++) {
        const behov_ranked_municipality *municipality = &ranking->all[i];
        if (isnan(municipality->rank) ||
            (ranked_municipality && (is_first ? municipality->rank >= ranked_municipality->rank
                                              : municipality->rank <= ranked_municipality->rank)))
            continue;
        ranked_municipality = municipality;
        *place = i;
    }
    return ranked_municipality;
}

static void name_of(const behov_ranking *ranking, size_t place, char text[200])
{
    const behov_municipality *municipality = &ranking->places.all[place];
    behov_municipality_list_name_first(municipality, text, 200);
}

/* "−117,8" million kr from 1000 kr, or as the outcome's unit has it */
static void gap_of(const behov_ranking *ranking, double gap, char text[FIGURE + 3])
{
    behov_language lang = ranking->fit_results->study->lang;
    char number[FIGURE];
    if (in_kroner(ranking))
        behov_number_fixed(gap / 1000, 1, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, number);
    else
        behov_format_cell(behov_study_amount_quantity(ranking->fit_results->study), gap, lang, number);
    snprintf(text, FIGURE + 3, "%s%s", number[0] == '-' ? "−" : "", number + (number[0] == '-'));
}

static void figure_of(const behov_ranking *ranking, const behov_ranked_municipality *ranked_municipality,
                      char text[200])
{
    behov_language lang = ranking->fit_results->study->lang;
    char number[FIGURE + 3];
    behov_word key = ranking->choices.ranked_by == BEHOV_BY_RATIO ? BEHOV_WORD_RANKED_RATIO
                     : ranking->choices.ranked_by == BEHOV_BY_GAP
                         ? (in_kroner(ranking) ? BEHOV_WORD_RANKED_GAP : BEHOV_WORD_RANKED_GAP_OTHER)
                     : isnan(ranked_municipality->index) ? BEHOV_WORD_RANKED_NEED
                                                         : BEHOV_WORD_RANKED_INDEX;
    if (ranking->choices.ranked_by == BEHOV_BY_RATIO)
        behov_format_cell(BEHOV_Q_RATIO, ranked_municipality->ratio, lang, number);
    else if (ranking->choices.ranked_by == BEHOV_BY_GAP)
        gap_of(ranking, ranked_municipality->gap, number);
    else
        behov_format_cell(isnan(ranked_municipality->index) ? behov_study_amount_quantity(ranking->fit_results->study)
                                                            : BEHOV_Q_INDEX,
                          isnan(ranked_municipality->index) ? ranked_municipality->need : ranked_municipality->index,
                          lang, number);
    behov_label_fill(lang, behov_word_by_unit(key, in_kroner(ranking)), text, 200, "n", number, NULL);
}

static bool answer_extreme(const behov_ranking *ranking, bool is_first, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    size_t place = 0;
    const behov_ranked_municipality *ranked_municipality =
        ranking->has_groups ? NULL : extreme(ranking, is_first, &place);
    if (!ranked_municipality)
        return false;
    char name[200], figure[200], level[100], n[FIGURE], rank[FIGURE], low[FIGURE], high[FIGURE], year[16];
    char lasting[FIGURE];
    name_of(ranking, place, name);
    figure_of(ranking, ranked_municipality, figure);
    level_of(ranking, level);
    whole(lang, (double)ranking->n_ranked, n);
    whole(lang, ranked_municipality->rank, rank);
    whole(lang, ranked_municipality->lasting_rank, lasting);
    whole(lang, ranked_municipality->rank_low, low);
    whole(lang, ranked_municipality->rank_high, high);
    snprintf(year, sizeof year, "%d", ranking->choices.year);
    behov_label_fill(lang,
                     !has_intervals(ranking)                    ? BEHOV_WORD_RANKING_EXTREME_ALONE
                     : behov_ranking_is_one_of_years(ranking)   ? BEHOV_WORD_RANKING_EXTREME_ONE_YEAR
                     : behov_ranking_has_lasting_ranks(ranking) ? BEHOV_WORD_RANKING_EXTREME_LASTING
                                                                : BEHOV_WORD_RANKING_EXTREME,
                     text, SENTENCE, "year", year, "lasting", lasting, "which",
                     behov_label(lang, is_first ? BEHOV_WORD_WORD_HIGHEST : BEHOV_WORD_WORD_LOWEST), "name", name,
                     "figure", figure, "rank", rank, "n", n, "level", level, "low", low, "high", high, NULL);
    behov_study_mark_sentence(ranking->fit_results->study, text, SENTENCE);
    return true;
}

static bool answer_none(const behov_ranking *ranking, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    if (ranking->n_ranked)
        return false;
    char n[FIGURE], floor[BEHOV_NUMBER_SIZE];
    whole(lang, (double)ranking->places.n, n);
    behov_number_significant(ranking->fit_results->floor, 3, behov_label_decimal_mark(lang), floor);
    behov_label_fill(lang, behov_word_by_unit(BEHOV_WORD_RANKING_NONE, in_kroner(ranking)), text, SENTENCE, "n", n,
                     "floor", ranking->fit_results->floor > 0 ? floor : "0", NULL);
    return true;
}

/* Municipalities that are ranked with no other: nothing is unsure about their place. */
static size_t count_alone(const behov_ranking *ranking)
{
    size_t n_alone = ranking->n_ranked == 1;
    for (size_t i = 0; ranking->has_groups && ranking->n_ranked > 1 && i < ranking->places.n; i++) {
        bool is_alone = ranking->all[i].rank == 1; /* which each group has, so that few are compared with all others */
        for (size_t j = 0; is_alone && j < ranking->places.n; j++)
            is_alone = j == i || isnan(ranking->all[j].rank) || ranking->groups.values[j] != ranking->groups.values[i];
        n_alone += is_alone;
    }
    return n_alone;
}

static bool answer_clear(const behov_ranking *ranking, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    size_t n_alone = count_alone(ranking);
    if (!has_intervals(ranking) || ranking->n_ranked == n_alone)
        return false;
    char n[FIGURE], above[FIGURE], lower_text[FIGURE], rest[FIGURE], level[100];
    whole(lang, (double)(ranking->n_ranked - n_alone), n);
    whole(lang, (double)ranking->n_clearly_above, above);
    whole(lang, (double)ranking->n_clearly_below, lower_text);
    whole(lang, (double)(ranking->n_ranked - n_alone - ranking->n_clearly_above - ranking->n_clearly_below), rest);
    level_of(ranking, level);
    bool is_one_year = ranking->variances.is_one_year; /* chance and what lasts are not told apart then */
    behov_label_fill(lang,
                     is_one_year           ? (ranking->has_groups ? BEHOV_WORD_RANKING_ONE_SIDE_ONE_YEAR_GROUPS
                                                                  : BEHOV_WORD_RANKING_ONE_SIDE_ONE_YEAR)
                     : ranking->has_groups ? BEHOV_WORD_RANKING_CLEAR_GROUPS
                                           : BEHOV_WORD_RANKING_CLEAR,
                     text, SENTENCE, "n", n, "above", above, "below", lower_text, "rest", rest, "level", level, NULL);
    return true;
}

static double share(size_t part, size_t index)
{
    return index ? 100 * (double)part / (double)index : NAN;
}

static bool answer_extremes(const behov_ranking *ranking, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    if (ranking->n_extremes < 2 * BEHOV_EXTREMES_EACH || ranking->n_ranked < 4 * BEHOV_EXTREMES_EACH)
        return false; /* too few for extremes to be apart from the rest */
    char each[FIGURE], n[FIGURE], few[FIGURE], small[FIGURE], few_pct[FIGURE], small_pct[FIGURE], limits[2][FIGURE];
    whole(lang, BEHOV_EXTREMES_EACH, each);
    whole(lang, (double)ranking->n_extremes, n);
    whole(lang, (double)ranking->n_extremes_few, few);
    whole(lang, (double)ranking->n_extremes_small, small);
    whole(lang, share(ranking->n_few, ranking->n_ranked), few_pct);
    whole(lang, share(ranking->n_small, ranking->n_ranked), small_pct);
    whole(lang, BEHOV_FEW_INHABITANTS, limits[0]);
    whole(lang, BEHOV_SMALL_INHABITANTS, limits[1]);
    behov_label_fill(lang, BEHOV_WORD_RANKING_EXTREMES, text, SENTENCE, "each", each, "n", n, "few", few, "small",
                     small, "few_pct", few_pct, "small_pct", small_pct, "few_limit", limits[0], "small_limit",
                     limits[1], NULL);
    return true;
}

/* Sentences that answer first; false when there is none of this number. */
static bool answer(const behov_ranking *ranking, size_t i, char text[SENTENCE])
{
    switch (i) {
    case 0: return answer_extreme(ranking, true, text);
    case 1: return answer_extreme(ranking, false, text);
    case 2: return answer_clear(ranking, text);
    case 3: return answer_none(ranking, text);
    default: return answer_extremes(ranking, text);
    }
}

/* ---- notes ---------------------------------------------------------------------------------------------------------
 */

enum { ANSWERS = 5, NOTES = 15, ERRORS_NOTE = 6 };

static void note_pooling(const behov_ranking *ranking, char text[SENTENCE])
{
    static const behov_word keys[] = {BEHOV_WORD_RANKING_POOLED_RATIO, BEHOV_WORD_RANKING_POOLED_NEED,
                                      BEHOV_WORD_RANKING_POOLED_GAP};
    char years[64];
    years_of(ranking, true, years);
    text[0] = '\0';
    if (is_pooled(ranking))
        behov_label_fill(ranking->fit_results->study->lang,
                         behov_word_by_unit(keys[ranking->choices.ranked_by], in_kroner(ranking)), text, SENTENCE,
                         "years", years, NULL);
    else if (ranking->choices.year && !ranking->variances.is_one_year)
        behov_label_fill(ranking->fit_results->study->lang, BEHOV_WORD_RANKING_ONE_OF_YEARS, text, SENTENCE, "years",
                         years, NULL);
}

/* The standard deviation of chance in a year with so many inhabitants. */
static double chance_of(const behov_ranking *ranking, double population)
{
    return sqrt(ranking->variances.row + ranking->variances.person / population);
}

static void note_variances(const behov_ranking *ranking, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    char lasting[FIGURE], small[FIGURE], large[FIGURE], unit[400];
    if (!ranking->variances.is_known) {
        snprintf(
            text, SENTENCE, "%s",
            behov_label(lang, ranking->is_at_border ? BEHOV_WORD_LASTING_AT_BORDER : BEHOV_WORD_RANKING_NOT_KNOWN));
        return;
    }
    snprintf(unit, sizeof unit, "%s",
             behov_label(lang, ranking->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT
                                   ? BEHOV_WORD_UNIT_1000KR_PER_INHABITANT
                               : ranking->fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT
                                   ? BEHOV_WORD_UNIT_KR_PER_INHABITANT
                                   : BEHOV_WORD_UNIT_OF_OUTCOME));
    behov_format_cell(BEHOV_Q_COEFFICIENT, sqrt(ranking->variances.lasting), lang, lasting);
    behov_format_cell(BEHOV_Q_COEFFICIENT, chance_of(ranking, 1000), lang, small);
    behov_format_cell(BEHOV_Q_COEFFICIENT, chance_of(ranking, 10000), lang, large);
    behov_label_fill(lang,
                     ranking->variances.has_person ? BEHOV_WORD_RANKING_VARIANCES : BEHOV_WORD_RANKING_VARIANCES_ALIKE,
                     text, SENTENCE, "lasting", lasting, "small", small, "large", large, "unit", unit, NULL);
}

/* "" where there is nothing to say. */
static void note_at(const behov_ranking *ranking, size_t i, bool is_whole, char text[SENTENCE])
{
    behov_language lang = ranking->fit_results->study->lang;
    char number[FIGURE], other[FIGURE];
    text[0] = '\0';
    switch (i) {
    case 0: note_pooling(ranking, text); break;
    case 1:
        snprintf(text, SENTENCE, "%s",
                 behov_label(lang, behov_word_by_unit(!has_intervals(ranking) ? BEHOV_WORD_RANKING_INTERVAL_RATIO
                                                      : ranking->choices.ranked_by == BEHOV_BY_NEED
                                                          ? BEHOV_WORD_RANKING_INTERVAL_NEED
                                                          : BEHOV_WORD_RANKING_INTERVAL_LASTING,
                                                      in_kroner(ranking))));
        break;
    case 2: note_variances(ranking, text); break;
    case 3:
        if (ranking->variances.is_known && ranking->variances.is_one_year)
            snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_RANKING_ONE_YEAR));
        break;
    case 4:
        if (behov_ranking_has_cut_level(ranking, is_whole))
            snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_LASTING_BELOW_ZERO));
        break;
    case 5:
        whole(lang, (double)ranking->choices.n_draws, number);
        snprintf(other, sizeof other, "%llu", (unsigned long long)ranking->choices.seed);
        if (has_intervals(ranking))
            behov_label_fill(lang, BEHOV_WORD_RANKING_DRAWS, text, SENTENCE, "n", number, "seed", other, NULL);
        break;
    case ERRORS_NOTE: break; /* which grows: errors_note */
    case 7:
        if (!in_kroner(ranking))
            snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_RANKING_NO_KRONER));
        else if (!has_population(ranking))
            snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_NO_POPULATION_COLUMN));
        break;
    case 8: behov_fit_results_gap_sum(ranking->fit_results, text); break;
    case 9:
        snprintf(number, sizeof number, "%lu", (unsigned long)ranking->groups.n_without);
        if (ranking->has_groups && ranking->groups.n_without)
            behov_label_fill(lang,
                             ranking->groups.n_without == 1 ? BEHOV_WORD_RANKING_WITHOUT_GROUP_ONE
                                                            : BEHOV_WORD_RANKING_WITHOUT_GROUP,
                             text, SENTENCE, "n", number, NULL);
        break;
    case 10:
        whole(lang, (double)ranking->n_without_population, number);
        if (ranking->n_without_population)
            behov_label_fill(lang, BEHOV_WORD_RANKING_WITHOUT_POPULATION, text, SENTENCE, "n", number, NULL);
        break;
    case 11:
        whole(lang, (double)ranking->n_ranked, number);
        if (ranking->choices.list)
            behov_label_fill(lang, BEHOV_WORD_RANKING_OF_THE_LIST, text, SENTENCE, "n", number, NULL);
        break;
    case 12:
        whole(lang, (double)count_alone(ranking), number);
        if (ranking->has_groups && count_alone(ranking))
            behov_label_fill(lang, count_alone(ranking) == 1 ? BEHOV_WORD_RANKING_ALONE_ONE : BEHOV_WORD_RANKING_ALONE,
                             text, SENTENCE, "n", number, NULL);
        break;
    case 13:
        if (ranking->fit_results->study->is_simulated)
            snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_SIMULATED_EXPLAINED));
        break;
    default: snprintf(text, SENTENCE, "%s", behov_label(lang, BEHOV_WORD_NOT_A_VERDICT)); break;
    }
}

/* Standard errors, and what the intervals and the order have to say of the data. */
static behov_status errors_note(const behov_ranking *ranking, behov_section_list *list, behov_error *err)
{
    behov_wording errors = {0}, words = {0};
    unsigned remarks = BEHOV_CODES_REMARK | BEHOV_CLUSTERS_REMARK |
                       (has_population(ranking) ? BEHOV_COUNTRY_REMARK : 0) |
                       (ranking->choices.year ? 0 : BEHOV_PRICES_REMARK);
    behov_fit_results_errors(ranking->fit_results, &errors);
    behov_wording_fill(&words, ranking->fit_results->study->lang, BEHOV_WORD_RANKING_ERRORS, "errors",
                       behov_wording_text(&errors), NULL);
    behov_status status = behov_wording_status(&errors, err);
    status = status ? status : behov_section_list_say(list, "", &words, err);
    behov_wording_free(&errors), behov_wording_free(&words);
    if (!status && has_population(ranking))
        status = behov_section_list_note(
            list,
            behov_label(ranking->fit_results->study->lang,
                        in_kroner(ranking) ? BEHOV_WORD_INDEX_EXPLAINED : BEHOV_WORD_INDEX_EXPLAINED_OTHER),
            err);
    return status ? status : behov_remarks_add(ranking->fit_results, remarks, list, err);
}

/* ---- the table -----------------------------------------------------------------------------------------------------
 */

static double pick_rank(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->rank;
}
static double pick_lasting_rank(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->lasting_rank;
}
static double pick_rank_low(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->rank_low;
}
static double pick_rank_high(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->rank_high;
}
static double pick_need(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->need;
}
static double pick_index(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->index;
}
static double pick_actual(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->actual;
}
static double pick_ratio(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->ratio;
}
static double pick_ratio_low(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->ratio_interval.low;
}
static double pick_ratio_high(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->ratio_interval.high;
}
static double pick_shrunk(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->lasting.ratio;
}
static double pick_shrunk_low(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->lasting.interval.low;
}
static double pick_shrunk_high(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->lasting.interval.high;
}
static double pick_above(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->lasting.probability_above;
}
static double pick_gap(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->gap;
}
static double pick_unclear(const behov_ranked_municipality *ranked_municipality)
{
    return isnan(ranked_municipality->rank_low) ? NAN : (double)ranked_municipality->n_unclear;
}
static double pick_population(const behov_ranked_municipality *ranked_municipality)
{
    return ranked_municipality->population;
}
static double pick_years(const behov_ranked_municipality *ranked_municipality)
{
    return (double)ranked_municipality->n_rows;
}

typedef struct ranking_column {
    const char *key;
    behov_quantity quantity;
    double (*pick)(const behov_ranked_municipality *);
    bool is_on_page, has_level;
} ranking_column;

static const ranking_column columns[] = {
    {"rank", BEHOV_Q_RANK, pick_rank, true, false},
    {"lasting_rank", BEHOV_Q_RANK, pick_lasting_rank, true, false},
    {"rank_low", BEHOV_Q_RANK, pick_rank_low, true, true},
    {"rank_high", BEHOV_Q_RANK, pick_rank_high, true, true},
    {"need", BEHOV_Q_OUTCOME, pick_need, false, false},
    {"index", BEHOV_Q_INDEX, pick_index, true, false},
    {"actual", BEHOV_Q_OUTCOME, pick_actual, false, false},
    {"ratio", BEHOV_Q_RATIO, pick_ratio, true, false},
    {"ratio_low", BEHOV_Q_RATIO, pick_ratio_low, true, true},
    {"ratio_high", BEHOV_Q_RATIO, pick_ratio_high, true, true},
    {"shrunk_ratio", BEHOV_Q_RATIO, pick_shrunk, true, false},
    {"gap_1000kr", BEHOV_Q_GAP, pick_gap, true, false},
    {"shrunk_ratio_low", BEHOV_Q_RATIO, pick_shrunk_low, false, true},
    {"shrunk_ratio_high", BEHOV_Q_RATIO, pick_shrunk_high, false, true},
    {"probability_above_100", BEHOV_Q_PROBABILITY, pick_above, false, false},
    {"not_clearly_different", BEHOV_Q_COUNT, pick_unclear, false, false},
    {"population", BEHOV_Q_COUNT, pick_population, false, false},
    {"n_years", BEHOV_Q_COUNT, pick_years, false, false},
};

/* Headings that a page has room for; "Plass" alone, for what is ranked by stands in the title. */
static const char *heading(const behov_ranking *ranking, const ranking_column *column, bool is_whole, char text[100])
{
    behov_language lang = ranking->fit_results->study->lang;
    bool is_in_1000kr = ranking->fit_results->study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT,
         is_in_kr = ranking->fit_results->study->unit == BEHOV_UNIT_KR_PER_INHABITANT;
    if (strcmp(column->key, "rank") == 0)
        return behov_label(lang, BEHOV_WORD_RANKING_RANK);
    if (strcmp(column->key, "need") == 0)
        return behov_label(lang, is_in_1000kr ? BEHOV_WORD_NEED_1000KR
                                 : is_in_kr   ? BEHOV_WORD_NEED_KR
                                              : BEHOV_WORD_NEED_OTHER);
    if (strcmp(column->key, "actual") == 0)
        return behov_label(lang, is_in_1000kr ? BEHOV_WORD_ACTUAL_1000KR
                                 : is_in_kr   ? BEHOV_WORD_ACTUAL_KR
                                              : BEHOV_WORD_ACTUAL_OTHER);
    if (!is_whole && strcmp(column->key, "index") == 0)
        return behov_label(lang, BEHOV_WORD_RANKING_INDEX);
    if (strcmp(column->key, "index") == 0)
        return behov_label(lang, is_in_1000kr || is_in_kr ? BEHOV_WORD_INDEX : BEHOV_WORD_INDEX_OTHER);
    if (strcmp(column->key, "ratio") == 0)
        return behov_label(lang, !is_whole                  ? BEHOV_WORD_RANKING_RATIO
                                 : is_in_1000kr || is_in_kr ? BEHOV_WORD_RATIO
                                                            : BEHOV_WORD_RATIO_OTHER);
    if (!column->has_level)
        return behov_label_of_key(lang, column->key);
    bool is_lasting = behov_ranking_has_lasting_ranks(ranking);
    behov_word word = is_lasting && column->pick == pick_rank_low    ? BEHOV_WORD_RANK_LOW_LASTING
                      : is_lasting && column->pick == pick_rank_high ? BEHOV_WORD_RANK_HIGH_LASTING
                                                                     : behov_word_find(column->key);
    behov_fit_results_interval_label(ranking->fit_results, word, text);
    return text;
}

static behov_status add_figures(const behov_ranking *ranking, const ranking_column *column, bool is_whole,
                                bool is_shown, behov_report *report, behov_error *err)
{
    bool is_gap = column->pick == pick_gap, is_other = is_gap && !in_kroner(ranking);
    char text[100];
    double *values = malloc((ranking->n_shown + 1) * sizeof *values);
    if (!values)
        return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_RANKING_NO_MEMORY);
    for (size_t i = 0; i < ranking->n_shown; i++)
        values[i] = is_shown && strncmp(column->key, "shrunk_ratio", strlen("shrunk_ratio")) == 0
                        ? behov_lasting_shown(column->pick(&ranking->all[ranking->shown_positions[i]]))
                        : column->pick(&ranking->all[ranking->shown_positions[i]]);
    behov_status status =
        behov_report_add_numbers(report,
                                 (behov_report_column){is_other ? "gap" : column->key,
                                                       is_other ? NULL : heading(ranking, column, is_whole, text),
                                                       is_other || column->quantity == BEHOV_Q_OUTCOME
                                                           ? behov_study_amount_quantity(ranking->fit_results->study)
                                                           : column->quantity},
                                 values, true, err);
    if (status)
        free(values);
    return status;
}

static behov_status add_texts(behov_report *report, const char *key, behov_quantity quantity, size_t *column,
                              behov_error *err)
{
    *column = behov_report_n_columns(report);
    return behov_report_add_texts(report, (behov_report_column){key, NULL, quantity}, err);
}

static void append(char *text, size_t size, const char *more)
{
    size_t length = strlen(text);
    if (length + strlen(more) + 3 < size)
        snprintf(text + length, size - length, "%s%s", length ? "; " : "", more);
}

static void note_of(const behov_ranking *ranking, const behov_ranked_municipality *ranked_municipality, char text[400])
{
    behov_language lang = ranking->fit_results->study->lang;
    char words[200], limit[FIGURE];
    text[0] = '\0';
    if (ranked_municipality->n_estimated == 0)
        append(text, 400, behov_label(lang, BEHOV_WORD_PREDICTED_ONLY));
    if (ranked_municipality->is_below_floor)
        append(text, 400,
               behov_label(lang, ranking->fit_results->floor > 0 ? BEHOV_WORD_NEED_BELOW_FLOOR
                                                                 : BEHOV_WORD_NEED_NOT_POSITIVE));
    if (!ranked_municipality->is_below_floor && ranked_municipality->actual < 0)
        append(text, 400, behov_label(lang, BEHOV_WORD_ACTUAL_NEGATIVE));
    if (ranked_municipality->n_compared == 0)
        append(text, 400, behov_label(lang, BEHOV_WORD_RANKING_NO_OUTCOME));
    if (ranked_municipality->population < BEHOV_FEW_INHABITANTS) {
        whole(lang, BEHOV_FEW_INHABITANTS, limit);
        behov_label_fill(lang, BEHOV_WORD_FEW_INHABITANTS, words, sizeof words, "n", limit, NULL);
        append(text, 400, words);
    }
    if (in_kroner(ranking) && has_population(ranking) &&
        isnan(ranked_municipality->population)) /* else it is said once, of all */
        append(text, 400, behov_label(lang, BEHOV_WORD_NO_POPULATION));
}

/* `is_shown`: for readers, else for programs, which get levels as they were computed. */
static behov_status make_table(const behov_ranking *ranking, bool is_whole, bool is_shown, behov_report **out,
                               behov_error *err)
{
    const ptrdiff_t *roles = ranking->fit_results->study->panel.columns;
    behov_report *report = NULL;
    size_t group = 0, code = 0, name = 0, size_class = 0, note = 0;
    behov_status status = behov_report_new("ranking", ranking->n_shown, NULL, &report, err);
    if (!status && ranking->has_groups)
        status = add_texts(report, "group", BEHOV_Q_TEXT, &group, err);
    if (!status && roles[BEHOV_ROLE_CODE] >= 0)
        status = add_texts(report, "municipality_code", BEHOV_Q_CODE, &code, err);
    if (!status && roles[BEHOV_ROLE_MUNICIPALITY] >= 0)
        status = add_texts(report, "municipality", BEHOV_Q_TEXT, &name, err);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && !status; i++) {
        if (columns[i].pick == pick_lasting_rank && ranking->choices.ranked_by == BEHOV_BY_NEED)
            continue;
        if (is_whole || columns[i].is_on_page)
            status = add_figures(ranking, &columns[i], is_whole, is_shown, report, err);
        if (!status && is_whole && columns[i].pick == pick_gap) /* to filter by, before what is looked at less */
            status = add_texts(report, "size_class", BEHOV_Q_TEXT, &size_class, err);
    }
    if (!status)
        status = add_texts(report, "note", BEHOV_Q_TEXT, &note, err);
    for (size_t i = 0; i < ranking->n_shown && !status; i++) {
        size_t place = ranking->shown_positions[i];
        char text[400];
        note_of(ranking, &ranking->all[place], text);
        status = behov_report_set_text(report, note, i, text, err);
        if (!status && ranking->has_groups)
            status = behov_report_set_text(
                report, group, i,
                behov_group_name(&ranking->groups, ranking->groups.values[place], ranking->fit_results->study->lang),
                err);
        if (!status && is_whole && ranking->sizes.n && ranking->sizes.values[place] != BEHOV_WITHOUT_GROUP)
            status = behov_report_set_text(
                report, size_class, i,
                behov_group_name(&ranking->sizes, ranking->sizes.values[place], ranking->fit_results->study->lang),
                err);
        if (!status && roles[BEHOV_ROLE_CODE] >= 0)
            status = behov_report_set_text(report, code, i, ranking->places.all[place].code, err);
        if (!status && roles[BEHOV_ROLE_MUNICIPALITY] >= 0)
            status = behov_report_set_text(report, name, i, ranking->places.all[place].name, err);
        if (!status && ranking->choices.around && i == ranking->around_shown)
            for (size_t j = 0; j < behov_report_n_columns(report) && !status; j++)
                status = behov_report_set_strong(report, j, i, err);
    }
    if (status)
        behov_report_free(report);
    else
        *out = report;
    return status;
}

behov_status ranking_table(const behov_ranking *ranking, bool is_whole, behov_report **out, behov_error *err)
{
    return make_table(ranking, is_whole, false, out, err);
}

/* ---- section and page ----------------------------------------------------------------------------------------------
 */

static behov_status add(const behov_ranking *ranking, bool is_whole, bool has_answers, behov_section_list *list,
                        behov_error *err)
{
    behov_language lang = ranking->fit_results->study->lang;
    char title[SENTENCE], text[SENTENCE];
    behov_report *table = NULL;
    title_of(ranking, title);
    behov_study_mark_title(ranking->fit_results->study, title, sizeof title);
    behov_status status = make_table(ranking, is_whole, true, &table, err);
    if (!status)
        status = behov_section_list_add(list,
                                        (behov_section){.name = behov_label(lang, BEHOV_WORD_SHEET_RANKING),
                                                        .title = title,
                                                        .subtitle = behov_label(lang, BEHOV_WORD_SUBTITLE_RANKING),
                                                        .table_name = behov_label(lang, BEHOV_WORD_SHEET_RANKING),
                                                        .n_frozen_columns = ranking->has_groups ? 3 : 2,
                                                        .landscape = true},
                                        table, err);
    for (size_t i = 0; i < ANSWERS && !status && has_answers; i++)
        if (answer(ranking, i, text))
            status = behov_section_list_note(list, text, err);
    for (size_t i = 0; i < NOTES && !status; i++) {
        note_at(ranking, i, is_whole, text);
        status = i == ERRORS_NOTE ? errors_note(ranking, list, err) : behov_section_list_note(list, text, err);
    }
    return status;
}

behov_status ranking_add(const behov_ranking *ranking, bool is_whole, behov_section_list *list, behov_error *err)
{
    return add(ranking, is_whole, true, list, err);
}

behov_status write_ranking_page(const behov_ranking *ranking, FILE *out, behov_error *err)
{
    char text[SENTENCE];
    behov_section_list list = {0};
    behov_status status = add(ranking, false, false, &list, err);
    if (!status)
        status = write_text_head(ranking->fit_results, out, err);
    if (!status) {
        fputc('\n', out);
        for (size_t i = 0; i < ANSWERS; i++)
            if (answer(ranking, i, text))
                text_line(text, 0, out);
        fputc('\n', out);
        write_text_section(&list.sections[0], NULL, ranking->fit_results->study->lang, out);
    }
    behov_section_list_free(&list);
    return status;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------
 */

static json_t *number(double value)
{
    return json_figure(value);
}

static json_t *count(size_t value)
{
    return json_integer((json_int_t)value);
}

behov_status write_ranking_json(const char *path, const behov_ranking *ranking, behov_error *err)
{
    behov_report *report = NULL;
    behov_status status = ranking_table(ranking, true, &report, err);
    if (status)
        return status;
    const behov_shrink_variances *shrink_variances = &ranking->variances;
    size_t n_years;
    const int *all_years = behov_need_years(ranking->fit_results->need, &n_years);
    json_t *object = json_object(), *years = json_array(), *variances = json_object(), *extremes = json_object();
    write_json_common(object, ranking->fit_results);
    json_put(object, "se_kind", json_text(behov_vcov_kind_name(behov_vcov_kind_of(ranking->fit_results->vcov))));
    json_put(object, "cluster", ranking->fit_results->cluster ? json_text(ranking->fit_results->cluster) : json_null());
    json_put(object, "by", json_text(by_name(ranking)));
    for (size_t t = 0; t < n_years; t++)
        if (all_years[t] && (!ranking->choices.year || all_years[t] == ranking->choices.year))
            json_add(years, json_integer(all_years[t]));
    json_put(object, "years", years);
    json_put(object, "is_pooled", json_boolean(is_pooled(ranking)));
    json_put(object, "within", json_text(ranking->choices.within.kind));
    json_put(object, "level", number(ranking->choices.level));
    json_put(object, "draws", has_intervals(ranking) ? count(ranking->choices.n_draws) : json_null());
    json_put(object, "seed", json_integer((json_int_t)ranking->choices.seed));
    json_put(object, "method", json_text("REML of y - need = u + e, Var e = row + person / population"));
    json_put(variances, "lasting", number(shrink_variances->lasting));
    json_put(variances, "row", number(shrink_variances->row));
    json_put(variances, "person", number(shrink_variances->person));
    json_put(variances, "is_known", json_boolean(shrink_variances->is_known));
    json_put(variances, "is_at_border", json_boolean(ranking->is_at_border));
    json_put(variances, "is_one_year", json_boolean(shrink_variances->is_one_year));
    json_put(variances, "has_person", json_boolean(shrink_variances->has_person));
    json_put(variances, "is_converged", json_boolean(shrink_variances->is_converged));
    json_put(object, "variances", variances);
    json_put(object, "n_ranked", count(ranking->n_ranked));
    json_put(object, "n_clearly_above_middle", has_intervals(ranking) ? count(ranking->n_clearly_above) : json_null());
    json_put(object, "n_clearly_below_middle", has_intervals(ranking) ? count(ranking->n_clearly_below) : json_null());
    json_put(extremes, "n", count(ranking->n_extremes));
    json_put(extremes, "n_under_2000", count(ranking->n_extremes_few));
    json_put(extremes, "n_under_5000", count(ranking->n_extremes_small));
    json_put(extremes, "n_all_under_2000", count(ranking->n_few));
    json_put(extremes, "n_all_under_5000", count(ranking->n_small));
    json_put(object, "extremes", extremes);
    write_json_gaps(object, ranking->fit_results);
    json_put(object, "rows", write_json_rows(report));
    behov_report_free(report);
    return write_json_object(path, object, err);
}
