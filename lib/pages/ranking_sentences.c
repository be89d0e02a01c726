/* ranking_sentences.c - see ranking_sentences.h. */
#include <behov/ranking_sentences.h>
#include <behov/study_words.h>

#include <math.h>
#include <stdio.h>

#include <behov/doubt_cautions.h>
#include <behov/finding_doubts.h>
#include <behov/format.h>
#include <behov/labels.h>
#include <behov/level_words.h>
#include "sentence_parts.h"
#include <behov/result_sentences.h>

static behov_language lang_of(const behov_ranking *ranking)
{
    return ranking->fit_results->study->lang;
}

bool behov_ranking_in_kroner(const behov_ranking *ranking)
{
    return behov_need_gap_is_1000kr(ranking->fit_results->need);
}

static behov_word word_of(const behov_ranking *ranking, behov_word word)
{
    return behov_word_by_unit(word, behov_ranking_in_kroner(ranking));
}

static const char *whole(const behov_ranking *ranking, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang_of(ranking), value, text);
}

/* "90 prosent" */
static void level_of(const behov_ranking *ranking, char text[100])
{
    behov_fit_results_interval_label(ranking->fit_results, BEHOV_WORD_WORD_LEVEL, text);
}

/* "2012–2016", all the years of the need. */
static void add_years(const behov_ranking *ranking, const char *mark, behov_wording *words)
{
    size_t n_years;
    const int *years = behov_need_years(ranking->fit_results->need, &n_years);
    behov_sentence_years(words, mark, years[0], n_years ? years[n_years - 1] : 0);
}

void behov_ranking_title(const behov_ranking *ranking, behov_wording *words)
{
    static const behov_word keys[] = {BEHOV_WORD_TITLE_RANKING_RATIO, BEHOV_WORD_TITLE_RANKING_NEED,
                                      BEHOV_WORD_TITLE_RANKING_GAP};
    behov_wording_clear(words);
    behov_wording_add(words, behov_label(lang_of(ranking), word_of(ranking, keys[ranking->choices.ranked_by])));
    if (ranking->choices.year)
        behov_sentence_years(words, ", ", ranking->choices.year, ranking->choices.year);
    else
        add_years(ranking, ", ", words);
    if (ranking->fit_results->study->is_simulated)
        behov_sentence_simulated_title(words, lang_of(ranking));
}

/* The name of the level, a part of a sentence. */
static void name_level(const behov_ranking *ranking, behov_level_form form, behov_wording *name)
{
    behov_level_name(&ranking->variances, form, lang_of(ranking), name);
}

/* ---- answers -------------------------------------------------------------------------------------------------------
 * */

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

/* "−117,8" million kr from 1000 kr, or as the outcome's unit has it */
static void gap_of(const behov_ranking *ranking, double gap, char text[BEHOV_NUMBER_SIZE])
{
    behov_language lang = lang_of(ranking);
    if (behov_ranking_in_kroner(ranking))
        behov_number_fixed(gap / 1000, 1, behov_label_decimal_mark(lang), behov_label_group_mark(lang), 4, text);
    else
        behov_format_cell(behov_study_amount_quantity(ranking->fit_results->study), gap, lang, text);
    behov_format_minus(text);
}

/* "a ratio of 141 per cent", "a gap of −117.8 million kr" */
static void add_figure(const behov_ranking *ranking, const behov_ranked_municipality *ranked_municipality,
                       behov_wording *words)
{
    behov_language lang = lang_of(ranking);
    behov_quantity amount = behov_study_amount_quantity(ranking->fit_results->study);
    char number[BEHOV_NUMBER_SIZE];
    behov_word word;
    if (ranking->choices.ranked_by == BEHOV_BY_RATIO) {
        behov_format_cell(BEHOV_Q_RATIO, ranked_municipality->ratio, lang, number);
        word = BEHOV_WORD_RANKED_RATIO;
    } else if (ranking->choices.ranked_by == BEHOV_BY_GAP) {
        gap_of(ranking, ranked_municipality->gap, number);
        word = BEHOV_WORD_RANKED_GAP;
    } else if (isnan(ranked_municipality->index)) {
        behov_format_cell(amount, ranked_municipality->need, lang, number);
        word = BEHOV_WORD_RANKED_NEED;
    } else {
        behov_format_cell(BEHOV_Q_INDEX, ranked_municipality->index, lang, number);
        word = BEHOV_WORD_RANKED_INDEX;
    }
    behov_wording_fill(words, lang, word_of(ranking, word), "n", number, NULL);
}

static void say_extreme(const behov_ranking *ranking, bool is_first, behov_wording *words)
{
    size_t place = 0;
    const behov_ranked_municipality *ranked_municipality =
        ranking->has_groups ? NULL : extreme(ranking, is_first, &place);
    if (!ranked_municipality)
        return;
    char n[BEHOV_NUMBER_SIZE], rank[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    char lasting[BEHOV_NUMBER_SIZE], level[100], year[16];
    behov_wording name = {0}, figure = {0}, level_name = {0};
    const behov_study *study = ranking->fit_results->study;
    bool is_doubted = behov_findings_doubt(study, &ranking->places.all[place], 0) != NULL;
    name_level(ranking, BEHOV_LEVEL_NAME, &level_name);
    behov_sentence_municipality_name_first(&name, &ranking->places.all[place]);
    add_figure(ranking, ranked_municipality, &figure);
    level_of(ranking, level);
    snprintf(year, sizeof year, "%d", ranking->choices.year);
    behov_wording_fill(words, lang_of(ranking),
                       !behov_ranking_has_intervals(ranking)      ? BEHOV_WORD_RANKING_EXTREME_ALONE
                       : behov_ranking_is_one_of_years(ranking)   ? BEHOV_WORD_RANKING_EXTREME_ONE_YEAR
                       : behov_ranking_has_lasting_ranks(ranking) ? BEHOV_WORD_RANKING_EXTREME_LASTING
                                                                  : BEHOV_WORD_RANKING_EXTREME,
                       "level_name", behov_wording_text(&level_name), "year", year, "lasting",
                       whole(ranking, ranked_municipality->lasting_rank, lasting), "which",
                       behov_label(lang_of(ranking), is_first ? BEHOV_WORD_WORD_HIGHEST : BEHOV_WORD_WORD_LOWEST),
                       "name", behov_wording_text(&name), "figure", behov_wording_text(&figure), "rank",
                       whole(ranking, ranked_municipality->rank, rank), "n",
                       whole(ranking, (double)ranking->n_ranked, n), "level", level, "low",
                       whole(ranking, ranked_municipality->rank_low, low), "high",
                       whole(ranking, ranked_municipality->rank_high, high), "likely",
                       behov_level_likely(ranking->fit_results->level_pct / 100,
                                          behov_lasting_is_firm(&ranking->variances, ranking->places.n) && !is_doubted,
                                          lang_of(ranking)),
                       NULL);
    if (is_doubted)
        behov_wording_print(words, " %s", behov_label(lang_of(ranking), BEHOV_WORD_COUNCIL_QUOTE_DOUBT));
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &figure);
    behov_wording_spend(words, &level_name);
    if (study->is_simulated)
        behov_sentence_simulated_sentence(words, lang_of(ranking));
}

static void say_highest(const behov_ranking *ranking, behov_wording *words)
{
    say_extreme(ranking, true, words);
}

static void say_lowest(const behov_ranking *ranking, behov_wording *words)
{
    say_extreme(ranking, false, words);
}

static void say_clear(const behov_ranking *ranking, behov_wording *words)
{
    size_t n_alone = behov_ranking_n_alone(ranking), n_compared = ranking->n_ranked - n_alone;
    if (!behov_ranking_has_intervals(ranking) || !n_compared)
        return;
    char n[BEHOV_NUMBER_SIZE], above[BEHOV_NUMBER_SIZE], lower_text[BEHOV_NUMBER_SIZE], rest[BEHOV_NUMBER_SIZE],
        level[100];
    level_of(ranking, level);
    bool is_one_year = ranking->variances.is_one_year; /* chance and what lasts are not told apart then */
    behov_wording_fill(
        words, lang_of(ranking),
        is_one_year
            ? (ranking->has_groups ? BEHOV_WORD_RANKING_ONE_SIDE_ONE_YEAR_GROUPS : BEHOV_WORD_RANKING_ONE_SIDE_ONE_YEAR)
        : ranking->has_groups ? BEHOV_WORD_RANKING_CLEAR_GROUPS
                              : BEHOV_WORD_RANKING_CLEAR,
        "n", whole(ranking, (double)n_compared, n), "above", whole(ranking, (double)ranking->n_clearly_above, above),
        "below", whole(ranking, (double)ranking->n_clearly_below, lower_text), "rest",
        whole(ranking, (double)(n_compared - ranking->n_clearly_above - ranking->n_clearly_below), rest), "level",
        level, "judged",
        behov_label(lang_of(ranking), ranking->choices.lasting.ranks_together ? BEHOV_WORD_RANKING_JUDGED_TOGETHER
                                                                              : BEHOV_WORD_RANKING_JUDGED_EACH),
        NULL);
    if (behov_lasting_is_assumed(&ranking->variances)) {
        behov_wording_add(words, " ");
        behov_wording_add(words, behov_label(lang_of(ranking), BEHOV_WORD_LASTING_IS_ASSUMED));
    }
    behov_wording limit = {0};
    behov_level_limit(&ranking->variances, ranking->places.n, BEHOV_LEVEL_LIMIT_FEW, lang_of(ranking), &limit);
    if (limit.length)
        behov_wording_add_after(words, " ", behov_wording_text(&limit));
    behov_wording_spend(words, &limit);
}

static void say_none(const behov_ranking *ranking, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], floor[BEHOV_NUMBER_SIZE];
    if (ranking->n_ranked)
        return;
    behov_number_significant(ranking->fit_results->floor, 3, behov_label_decimal_mark(lang_of(ranking)), floor);
    behov_wording_fill(words, lang_of(ranking), word_of(ranking, BEHOV_WORD_RANKING_NONE), "n",
                       whole(ranking, (double)ranking->places.n, n), "floor",
                       ranking->fit_results->floor > 0 ? floor : "0", NULL);
}

static double share(size_t part, size_t all)
{
    return all ? 100 * (double)part / (double)all : NAN;
}

static void say_extremes(const behov_ranking *ranking, behov_wording *words)
{
    char each[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], few[BEHOV_NUMBER_SIZE], small[BEHOV_NUMBER_SIZE];
    char few_pct[BEHOV_NUMBER_SIZE], small_pct[BEHOV_NUMBER_SIZE], limits[2][BEHOV_NUMBER_SIZE];
    if (ranking->n_extremes < 2 * BEHOV_EXTREMES_EACH || ranking->n_ranked < 4 * BEHOV_EXTREMES_EACH)
        return; /* too few for extremes to be apart from the rest */
    behov_wording_fill(words, lang_of(ranking), BEHOV_WORD_RANKING_EXTREMES, "each",
                       whole(ranking, BEHOV_EXTREMES_EACH, each), "n", whole(ranking, (double)ranking->n_extremes, n),
                       "few", whole(ranking, (double)ranking->n_extremes_few, few), "small",
                       whole(ranking, (double)ranking->n_extremes_small, small), "few_pct",
                       whole(ranking, share(ranking->n_few, ranking->n_ranked), few_pct), "small_pct",
                       whole(ranking, share(ranking->n_small, ranking->n_ranked), small_pct), "few_limit",
                       whole(ranking, BEHOV_FEW_INHABITANTS, limits[0]), "small_limit",
                       whole(ranking, BEHOV_SMALL_INHABITANTS, limits[1]), NULL);
}

void behov_ranking_answer(const behov_ranking *ranking, size_t i, behov_wording *words)
{
    static void (*const say[BEHOV_RANKING_ANSWERS])(const behov_ranking *, behov_wording *) = {
        say_highest, say_lowest, say_clear, say_none, say_extremes};
    behov_wording_clear(words);
    say[i](ranking, words);
}

/* ---- notes ---------------------------------------------------------------------------------------------------------
 * */

static void say_label(const behov_ranking *ranking, bool is_said, behov_word word, behov_wording *words)
{
    if (is_said)
        behov_wording_add(words, behov_label(lang_of(ranking), word));
}

/* A sentence about a number, unless that is 0. */
static void say_number(const behov_ranking *ranking, size_t n, behov_word word_of_one, behov_word word,
                       behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    if (n)
        behov_wording_fill(words, lang_of(ranking), n == 1 ? word_of_one : word, "n", whole(ranking, (double)n, number),
                           NULL);
}

/* A sentence with the name of the level in it, and a number or years. */
static void say_level(const behov_ranking *ranking, behov_word word, const char *number, behov_wording *words)
{
    behov_wording name = {0}, name_first = {0};
    name_level(ranking, BEHOV_LEVEL_NAME, &name);
    name_level(ranking, BEHOV_LEVEL_NAME_FIRST, &name_first);
    behov_wording_fill(words, lang_of(ranking), word, "level_name", behov_wording_text(&name), "level_first",
                       behov_wording_text(&name_first), "n", number, "years", number, NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &name_first);
}

static void note_pooling(const behov_ranking *ranking, behov_wording *words)
{
    static const behov_word keys[] = {BEHOV_WORD_RANKING_POOLED_RATIO, BEHOV_WORD_RANKING_POOLED_NEED,
                                      BEHOV_WORD_RANKING_POOLED_GAP};
    behov_wording years = {0};
    add_years(ranking, "", &years);
    if (behov_ranking_is_pooled(ranking))
        behov_wording_fill(words, lang_of(ranking), word_of(ranking, keys[ranking->choices.ranked_by]), "years",
                           behov_wording_text(&years), NULL);
    else if (ranking->choices.year && !ranking->variances.is_one_year)
        say_level(ranking, BEHOV_WORD_RANKING_ONE_OF_YEARS, behov_wording_text(&years), words);
    behov_wording_spend(words, &years);
}

/* The years that the level is of: those after the panel's last. */
static void add_years_ahead(const behov_ranking *ranking, behov_wording *words)
{
    int last = ranking->variances.last_year;
    behov_sentence_years(words, "", last + 1, last + (int)ranking->variances.horizon);
}

static void note_intervals(const behov_ranking *ranking, behov_wording *words)
{
    behov_word word = !behov_ranking_has_intervals(ranking)         ? BEHOV_WORD_RANKING_INTERVAL_RATIO
                      : ranking->choices.ranked_by == BEHOV_BY_NEED ? BEHOV_WORD_RANKING_INTERVAL_NEED
                      : ranking->variances.is_one_year              ? BEHOV_WORD_RANKING_INTERVAL_ONE_YEAR
                                                                    : BEHOV_WORD_RANKING_INTERVAL_LASTING;
    if (!behov_lasting_is_ahead(&ranking->variances) || word == BEHOV_WORD_RANKING_INTERVAL_RATIO) {
        say_label(ranking, true, word_of(ranking, word), words);
        return;
    }
    behov_wording name = {0}, years = {0};
    name_level(ranking, BEHOV_LEVEL_NAME_FIRST, &name);
    add_years_ahead(ranking, &years);
    behov_wording_fill(words, lang_of(ranking),
                       word_of(ranking, ranking->choices.ranked_by == BEHOV_BY_NEED ? BEHOV_WORD_RANKING_AHEAD_NEED
                                                                                    : BEHOV_WORD_RANKING_AHEAD),
                       "level_first", behov_wording_text(&name), "years", behov_wording_text(&years), NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &years);
}

/* The standard deviation of chance in a year with so many inhabitants. */
static double chance_of(const behov_ranking *ranking, double population)
{
    return sqrt(ranking->variances.row + ranking->variances.person / population);
}

static void note_variances(const behov_ranking *ranking, behov_wording *words)
{
    behov_language lang = lang_of(ranking);
    char lasting[BEHOV_NUMBER_SIZE], small[BEHOV_NUMBER_SIZE], large[BEHOV_NUMBER_SIZE];
    if (!ranking->variances.is_known) {
        say_label(ranking, true, ranking->is_at_border ? BEHOV_WORD_LASTING_AT_BORDER : BEHOV_WORD_RANKING_NOT_KNOWN,
                  words);
        return;
    }
    bool is_ahead = behov_lasting_is_ahead(&ranking->variances);
    behov_wording_fill(words, lang,
                       ranking->variances.is_one_year ? BEHOV_WORD_RANKING_VARIANCES_ONE_YEAR
                       : ranking->variances.has_person
                           ? (is_ahead ? BEHOV_WORD_RANKING_VARIANCES_AHEAD : BEHOV_WORD_RANKING_VARIANCES)
                           : (is_ahead ? BEHOV_WORD_RANKING_VARIANCES_AHEAD_ALIKE : BEHOV_WORD_RANKING_VARIANCES_ALIKE),
                       "lasting",
                       behov_format_cell(BEHOV_Q_COEFFICIENT, sqrt(ranking->variances.lasting), lang, lasting), "small",
                       behov_format_cell(BEHOV_Q_COEFFICIENT, chance_of(ranking, 1000), lang, small), "large",
                       behov_format_cell(BEHOV_Q_COEFFICIENT, chance_of(ranking, 10000), lang, large), "unit",
                       behov_study_label_by_unit(ranking->fit_results->study, BEHOV_WORD_UNIT_1000KR_PER_INHABITANT,
                                                 BEHOV_WORD_UNIT_KR_PER_INHABITANT, BEHOV_WORD_UNIT_OF_OUTCOME),
                       NULL);
}

static void note_draws(const behov_ranking *ranking, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE], seed[BEHOV_NUMBER_SIZE];
    char level[100];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)ranking->choices.seed);
    level_of(ranking, level);
    if (behov_ranking_has_intervals(ranking))
        behov_wording_fill(
            words, lang_of(ranking),
            ranking->choices.lasting.ranks_together ? BEHOV_WORD_RANKING_DRAWS_TOGETHER : BEHOV_WORD_RANKING_DRAWS, "n",
            whole(ranking, (double)ranking->choices.n_draws, number), "seed", seed, "level", level, NULL);
}

/* When two municipalities are called clearly different. */
static void note_clear(const behov_ranking *ranking, bool is_whole, behov_wording *words)
{
    char clear[BEHOV_NUMBER_SIZE];
    if (is_whole && behov_ranking_has_intervals(ranking))
        behov_wording_fill(
            words, lang_of(ranking), BEHOV_WORD_RANKING_CLEARLY_DIFFERENT, "clear",
            behov_format_level(lang_of(ranking), 100 * behov_lasting_clear(&ranking->choices.lasting), clear), NULL);
}

static void note_errors(const behov_ranking *ranking, behov_wording *words)
{
    behov_wording errors = {0};
    behov_fit_results_errors(ranking->fit_results, &errors);
    behov_wording_fill(words, lang_of(ranking), BEHOV_WORD_RANKING_ERRORS, "errors", behov_wording_text(&errors), NULL);
    behov_wording_spend(words, &errors);
}

static void note_of_the_list(const behov_ranking *ranking, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    if (ranking->choices.list)
        behov_wording_fill(words, lang_of(ranking),
                           ranking->n_ranked == 1 ? BEHOV_WORD_RANKING_OF_THE_LIST_ONE : BEHOV_WORD_RANKING_OF_THE_LIST,
                           "n", whole(ranking, (double)ranking->n_ranked, number), NULL);
}

static void note_kroner(const behov_ranking *ranking, behov_wording *words)
{
    bool in_kroner = behov_ranking_in_kroner(ranking);
    say_label(ranking, !in_kroner || !behov_ranking_has_population(ranking),
              in_kroner ? BEHOV_WORD_NO_POPULATION_COLUMN : BEHOV_WORD_RANKING_NO_KRONER, words);
}

void behov_ranking_note(const behov_ranking *ranking, size_t i, bool is_whole, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    if (i >= BEHOV_RANKING_CHANCE && i < BEHOV_RANKING_CHANCE + BEHOV_CHANCE_SENTENCES) {
        behov_chance_sentence(&ranking->variances, ranking->places.n, i - BEHOV_RANKING_CHANCE, lang_of(ranking),
                              words);
        return;
    }
    i -= i >= BEHOV_RANKING_CHANCE ? BEHOV_CHANCE_SENTENCES : 0;
    switch (i) {
    case 0: note_pooling(ranking, words); break;
    case 1: note_intervals(ranking, words); break;
    case 2: note_variances(ranking, words); break;
    case 3:
        say_label(ranking, ranking->variances.is_known && ranking->variances.is_one_year, BEHOV_WORD_RANKING_ONE_YEAR,
                  words);
        break;
    case 4:
        if (behov_ranking_has_cut_level(ranking, is_whole))
            say_level(ranking, BEHOV_WORD_LEVEL_BELOW_ZERO, "", words);
        break;
    case 5: note_draws(ranking, words); break;
    case 6: note_clear(ranking, is_whole, words); break;
    case 7: note_errors(ranking, words); break;
    case 8: /* BEHOV_RANKING_REMARKS_AFTER */
        say_label(ranking, behov_ranking_has_population(ranking), word_of(ranking, BEHOV_WORD_INDEX_EXPLAINED), words);
        break;
    case 9: note_kroner(ranking, words); break;
    case 10: behov_fit_results_gap_sum(ranking->fit_results, words); break;
    case 11:
        say_number(ranking, ranking->has_groups ? ranking->groups.n_without : 0, BEHOV_WORD_RANKING_WITHOUT_GROUP_ONE,
                   BEHOV_WORD_RANKING_WITHOUT_GROUP, words);
        break;
    case 12:
        if (ranking->n_without_population)
            say_level(ranking,
                      behov_word_by_count(BEHOV_WORD_RANKING_WITHOUT_POPULATION, (double)ranking->n_without_population),
                      whole(ranking, (double)ranking->n_without_population, number), words);
        break;
    case 13: note_of_the_list(ranking, words); break;
    case 14:
        say_number(ranking, ranking->has_groups ? behov_ranking_n_alone(ranking) : 0, BEHOV_WORD_RANKING_ALONE_ONE,
                   BEHOV_WORD_RANKING_ALONE, words);
        break;
    case 15:
        if (ranking->choices.ranked_by == BEHOV_BY_RATIO)
            behov_fit_results_needs_too_low(ranking->fit_results, words);
        break;
    case 16:
        say_label(ranking, ranking->fit_results->study->is_simulated, BEHOV_WORD_SIMULATED_EXPLAINED, words);
        break;
    default: say_label(ranking, true, BEHOV_WORD_NOT_A_VERDICT, words); break;
    }
}

/* ---- one municipality ----------------------------------------------------------------------------------------------
 * */

/* "1 av 6 år", where the figure is of fewer years than those that are pooled; both counts where the need is of other
 * years than the outcome, and the ratio is not the quotient of what stands beside it. */
static void say_some_years(const behov_ranking *ranking, const behov_ranked_municipality *ranked_municipality,
                           behov_wording *words)
{
    size_t n_all,
        n = ranking->choices.ranked_by == BEHOV_BY_NEED ? ranked_municipality->n_rows : ranked_municipality->n_compared;
    char number[BEHOV_NUMBER_SIZE], all[BEHOV_NUMBER_SIZE];
    behov_need_years(ranking->fit_results->need, &n_all);
    if (!behov_ranking_is_pooled(ranking) || n == 0)
        return;
    if (ranked_municipality->n_compared > 0 && ranked_municipality->n_compared < ranked_municipality->n_rows) {
        char n_compared[BEHOV_NUMBER_SIZE];
        behov_wording_add_after(words, "; ", "");
        behov_wording_fill(words, lang_of(ranking), BEHOV_WORD_SOME_OF_YEARS_APART, "n",
                           whole(ranking, (double)ranked_municipality->n_compared, n_compared), "need",
                           whole(ranking, (double)ranked_municipality->n_rows, number), "all",
                           whole(ranking, (double)n_all, all), NULL);
        return;
    }
    if (n >= n_all)
        return;
    behov_wording_add_after(words, "; ", "");
    behov_wording_fill(words, lang_of(ranking), BEHOV_WORD_SOME_OF_YEARS, "n", whole(ranking, (double)n, number), "all",
                       whole(ranking, (double)n_all, all), NULL);
}

void behov_ranking_row_note(const behov_ranking *ranking, const behov_ranked_municipality *ranked_municipality,
                            behov_wording *words)
{
    behov_language lang = lang_of(ranking);
    char limit[BEHOV_NUMBER_SIZE];
    behov_wording_clear(words);
    behov_doubt_note(ranking->fit_results->study, &ranking->places.all[ranked_municipality - ranking->all],
                     ranking->choices.year, words);
    if (ranked_municipality->n_estimated == 0)
        behov_wording_add_after(words, "; ", behov_label(lang, BEHOV_WORD_PREDICTED_ONLY));
    if (ranked_municipality->is_below_floor)
        behov_wording_add_after(words, "; ",
                                behov_label(lang, ranking->fit_results->floor > 0 ? BEHOV_WORD_NEED_BELOW_FLOOR
                                                                                  : BEHOV_WORD_NEED_NOT_POSITIVE));
    if (!ranked_municipality->is_below_floor && ranked_municipality->actual < 0)
        behov_wording_add_after(words, "; ", behov_label(lang, BEHOV_WORD_ACTUAL_NEGATIVE));
    if (ranked_municipality->n_compared == 0)
        behov_wording_add_after(words, "; ", behov_label(lang, BEHOV_WORD_RANKING_NO_OUTCOME));
    say_some_years(ranking, ranked_municipality, words);
    if (ranked_municipality->population < BEHOV_FEW_INHABITANTS) {
        behov_wording_add_after(words, "; ", "");
        behov_wording_fill(words, lang, BEHOV_WORD_FEW_INHABITANTS, "n", whole(ranking, BEHOV_FEW_INHABITANTS, limit),
                           NULL);
    }
    if (behov_ranking_in_kroner(ranking) && behov_ranking_has_population(ranking) &&
        isnan(ranked_municipality->population)) /* else it is said once, of all */
        behov_wording_add_after(words, "; ", behov_label(lang, BEHOV_WORD_NO_POPULATION));
}
