/* funnel_sentences.c - see funnel_sentences.h. */
#include <behov/funnel_sentences.h>

#include <math.h>
#include <stdio.h>

#include <behov/format.h>
#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include <behov/study_words.h>
#include "sentence_parts.h"

static behov_language lang_of(const behov_funnel *funnel)
{
    return funnel->fit_results->study->lang;
}

static behov_word word_of(const behov_funnel *funnel, behov_word word)
{
    return behov_word_by_unit(word, behov_need_gap_is_1000kr(funnel->fit_results->need));
}

static const char *whole(const behov_funnel *funnel, double value, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_count(lang_of(funnel), value, text);
}

static const char *ratio_of(const behov_funnel *funnel, double ratio, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_RATIO, ratio, lang_of(funnel), text);
}

static const char *level_of(const behov_funnel *funnel, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_level(lang_of(funnel), 100 * funnel->choices.level, text);
}

const char *behov_funnel_side_words(const behov_funnel *funnel, behov_funnel_side side)
{
    static const behov_word words[BEHOV_N_FUNNEL_SIDES] = {
        [BEHOV_WITHIN_CHANCE] = BEHOV_WORD_FUNNEL_WITHIN_CHANCE,
        [BEHOV_WITHIN_SPREAD] = BEHOV_WORD_FUNNEL_WITHIN_SPREAD,
        [BEHOV_BEYOND_BELOW] = BEHOV_WORD_FUNNEL_BEYOND_BELOW,
        [BEHOV_BEYOND_ABOVE] = BEHOV_WORD_FUNNEL_BEYOND_ABOVE,
    };
    return behov_label(lang_of(funnel), words[side]);
}

void behov_funnel_name_limits(const behov_funnel *funnel, bool is_outer, behov_language lang, behov_wording *words)
{
    char level[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, lang,
                       !is_outer                                           ? BEHOV_WORD_FUNNEL_INNER
                       : funnel->choices.spread == BEHOV_SPREAD_WINSORISED ? BEHOV_WORD_FUNNEL_OUTER_WINSORISED
                                                                           : BEHOV_WORD_FUNNEL_OUTER,
                       "level", behov_format_level(lang, 100 * funnel->choices.level, level), NULL);
}

/* ---- answers ---------------------------------------------------------------------------------------------------- */

static void say_within(const behov_funnel *funnel, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], within[BEHOV_NUMBER_SIZE], inner[BEHOV_NUMBER_SIZE], expected[BEHOV_NUMBER_SIZE];
    behov_wording_fill(words, lang_of(funnel),
                       funnel->n_points == 1                               ? BEHOV_WORD_FUNNEL_ONE_MUNICIPALITY
                       : funnel->choices.spread == BEHOV_SPREAD_WINSORISED ? BEHOV_WORD_FUNNEL_WITHIN_WINSORISED
                                                                           : BEHOV_WORD_FUNNEL_WITHIN,
                       "n", whole(funnel, (double)funnel->n_points, n), "within",
                       whole(funnel, (double)behov_funnel_n_within(funnel, false), within), "inner",
                       whole(funnel, (double)funnel->n_of_side[BEHOV_WITHIN_CHANCE], inner), "expected",
                       whole(funnel, round(funnel->choices.level * (double)funnel->n_points), expected), NULL);
}

static void say_point(const behov_funnel *funnel, const behov_funnel_point *point, behov_wording *words)
{
    char ratio[BEHOV_NUMBER_SIZE], population[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording name = {0};
    behov_sentence_municipality_name_first(&name, &funnel->places.all[point->place]);
    behov_wording_add(words, words->length ? " " : "");
    behov_wording_fill(
        words, lang_of(funnel),
        word_of(funnel, point->own_side == point->side ? BEHOV_WORD_FUNNEL_MARKED : BEHOV_WORD_FUNNEL_MARKED_OTHERWISE),
        "name", behov_wording_text(&name), "ratio", ratio_of(funnel, point->ratio, ratio), "population",
        whole(funnel, point->population, population), "side", behov_funnel_side_words(funnel, point->side), "low",
        ratio_of(funnel, behov_lasting_shown(point->limits.spread.low), low), "high",
        ratio_of(funnel, point->limits.spread.high, high), "own_side", behov_funnel_side_words(funnel, point->own_side),
        NULL);
    behov_wording_spend(words, &name);
}

static void say_marked(const behov_funnel *funnel, behov_wording *words)
{
    enum { MOST_SENTENCES = 3 };
    char n[BEHOV_NUMBER_SIZE], within_text[BEHOV_NUMBER_SIZE];
    size_t within = 0;
    for (size_t i = 0; i < funnel->n_points; i++) {
        const behov_funnel_point *point = &funnel->points[i];
        if (point->is_marked && funnel->n_marked <= MOST_SENTENCES)
            say_point(funnel, point, words);
        within += point->is_marked && point->side <= BEHOV_WITHIN_SPREAD;
    }
    if (funnel->n_marked > MOST_SENTENCES)
        behov_wording_fill(words, lang_of(funnel), BEHOV_WORD_FUNNEL_MARKED_MANY, "n",
                           whole(funnel, (double)funnel->n_marked, n), "within",
                           whole(funnel, (double)within, within_text), NULL);
    if (funnel->n_marked && funnel->fit_results->study->is_simulated)
        behov_sentence_simulated_sentence(words, lang_of(funnel));
}

void behov_funnel_answer(const behov_funnel *funnel, size_t i, behov_wording *words)
{
    behov_wording_clear(words);
    (i ? say_marked : say_within)(funnel, words);
}

/* ---- notes ------------------------------------------------------------------------------------------------------ */

static void note_limits(const behov_funnel *funnel, behov_wording *words)
{
    char level[BEHOV_NUMBER_SIZE], rest[BEHOV_NUMBER_SIZE], tau[BEHOV_NUMBER_SIZE];
    behov_number_fixed(sqrt(funnel->tau2), 1, behov_label_decimal_mark(lang_of(funnel)),
                       behov_label_group_mark(lang_of(funnel)), 4, tau);
    behov_wording_fill(words, lang_of(funnel),
                       funnel->choices.spread == BEHOV_SPREAD_WINSORISED ? BEHOV_WORD_FUNNEL_LIMITS_WINSORISED
                                                                         : BEHOV_WORD_FUNNEL_LIMITS,
                       "level", level_of(funnel, level), "rest",
                       behov_format_level(lang_of(funnel), 100 - 100 * funnel->choices.level, rest), "tau", tau, NULL);
}

static void note_need(const behov_funnel *funnel, behov_wording *words)
{
    behov_language lang = lang_of(funnel);
    char need[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE], within[BEHOV_NUMBER_SIZE];
    const behov_study *study = funnel->fit_results->study;
    if (study->unit == BEHOV_UNIT_UNKNOWN)
        behov_format_cell(behov_study_amount_quantity(study), funnel->country_need, lang, need);
    else
        whole(funnel, funnel->country_need * (study->unit == BEHOV_UNIT_1000KR_PER_INHABITANT ? 1000 : 1), need);
    behov_wording_fill(words, lang, word_of(funnel, BEHOV_WORD_FUNNEL_NEED), "need", need, "unit",
                       behov_label(lang, study->unit == BEHOV_UNIT_UNKNOWN ? BEHOV_WORD_FUNNEL_NO_UNIT
                                                                           : BEHOV_WORD_UNIT_KR_PER_INHABITANT),
                       "within", whole(funnel, (double)behov_funnel_n_within(funnel, true), within), "n",
                       whole(funnel, (double)funnel->n_points, n), NULL);
}

static void note_flat(const behov_funnel *funnel, behov_wording *words)
{
    if (funnel->is_flat)
        behov_wording_add(words, behov_label(lang_of(funnel), BEHOV_WORD_FUNNEL_FLAT));
}

static void note_one(const behov_funnel *funnel, behov_wording *words)
{
    if (funnel->is_one)
        behov_wording_add(words, behov_label(lang_of(funnel), funnel->choices.spread == BEHOV_SPREAD_WINSORISED
                                                                  ? BEHOV_WORD_FUNNEL_ONE_WINSORISED
                                                                  : BEHOV_WORD_FUNNEL_ONE));
}

static void note_inseparable(const behov_funnel *funnel, behov_wording *words)
{
    if (behov_lasting_is_ahead(&funnel->variances) && funnel->variances.is_inseparable)
        behov_wording_add(words, behov_label(lang_of(funnel), BEHOV_WORD_FUNNEL_INSEPARABLE));
}

static void note_one_year(const behov_funnel *funnel, behov_wording *words)
{
    if (funnel->variances.is_one_year)
        behov_wording_add(words, behov_label(lang_of(funnel), BEHOV_WORD_FUNNEL_ONE_YEAR));
}

static void note_chance(const behov_funnel *funnel, behov_wording *words)
{
    char phi[BEHOV_NUMBER_SIZE];
    behov_number_fixed(funnel->variances.phi, 2, behov_label_decimal_mark(lang_of(funnel)),
                       behov_label_group_mark(lang_of(funnel)), 4, phi);
    if (behov_lasting_is_ahead(&funnel->variances) && funnel->variances.phi >= 0.005) /* else it is printed as 0 */
        behov_wording_fill(words, lang_of(funnel), BEHOV_WORD_FUNNEL_CHANCE_LASTS, "phi", phi, NULL);
}

static void note_below_zero(const behov_funnel *funnel, behov_wording *words)
{
    bool is_below = false;
    for (size_t i = 0; i < funnel->n_points; i++)
        is_below = is_below || funnel->points[i].limits.spread.low < 0;
    if (is_below)
        behov_wording_add(words, behov_label(lang_of(funnel), BEHOV_WORD_FUNNEL_BELOW_ZERO));
}

static void note_lacking(const behov_funnel *funnel, behov_wording *words)
{
    behov_wording names = {0};
    for (size_t i = 0; i < funnel->n_lacking; i++) {
        behov_wording_add(&names, i ? ", " : "");
        behov_sentence_municipality_name_first(&names, &funnel->places.all[funnel->lacking[i]]);
    }
    if (funnel->n_lacking)
        behov_wording_fill(words, lang_of(funnel), BEHOV_WORD_FUNNEL_LACKING, "names", behov_wording_text(&names),
                           NULL);
    behov_wording_spend(words, &names);
}

static void note_left_out(const behov_funnel *funnel, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE];
    size_t n = funnel->n_without_population;
    if (n)
        behov_wording_fill(words, lang_of(funnel),
                           n == 1 ? BEHOV_WORD_FUNNEL_WITHOUT_POPULATION_ONE : BEHOV_WORD_FUNNEL_WITHOUT_POPULATION,
                           "n", whole(funnel, (double)n, number), NULL);
    n = funnel->n_without_ratio;
    behov_wording_add(words, n && words->length ? " " : "");
    if (n)
        behov_wording_fill(words, lang_of(funnel),
                           n == 1 ? BEHOV_WORD_PLOT_WITHOUT_RATIO_ONE : BEHOV_WORD_PLOT_WITHOUT_RATIO, "n",
                           whole(funnel, (double)n, number), NULL);
}

static void note_verdict(const behov_funnel *funnel, behov_wording *words)
{
    behov_wording_add(words, behov_label(lang_of(funnel), BEHOV_WORD_NOT_A_VERDICT));
}

void behov_funnel_note(const behov_funnel *funnel, size_t i, behov_wording *words)
{
    static void (*const say[BEHOV_FUNNEL_NOTES])(const behov_funnel *, behov_wording *) = {
        note_limits, note_need,       note_flat,    note_one,      note_inseparable, note_one_year,
        note_chance, note_below_zero, note_lacking, note_left_out, note_verdict};
    behov_wording_clear(words);
    say[i](funnel, words);
}

void behov_funnel_describe(const behov_funnel *funnel, behov_wording *words)
{
    behov_wording answer = {0};
    char n[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < funnel->n_points; i++) {
        least = fmin(least, funnel->points[i].population);
        most = fmax(most, funnel->points[i].population);
    }
    behov_wording_fill(words, lang_of(funnel), BEHOV_WORD_FUNNEL_DESCRIPTION, "n",
                       whole(funnel, (double)funnel->n_points, n), "low", whole(funnel, least, low), "high",
                       whole(funnel, most, high), NULL);
    for (size_t i = 0; i < BEHOV_FUNNEL_ANSWERS; i++) {
        behov_funnel_answer(funnel, i, &answer);
        behov_wording_add_after(words, " ", behov_wording_text(&answer));
    }
    if (funnel->is_flat) {
        behov_wording_add(words, " ");
        note_flat(funnel, words);
    }
    behov_wording_spend(words, &answer);
}
