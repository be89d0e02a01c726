/* ratio_map_sentences.c - see ratio_map_sentences.h. */
#include <behov/ratio_map_sentences.h>

#include <stdio.h>
#include <string.h>

#include <behov/format.h>
#include <behov/level_words.h>
#include "sentence_parts.h"

enum { NAMES_SHOWN = 8 };

static behov_language lang_of(const behov_ratio_map *map)
{
    return map->ranking->fit_results->study->lang;
}

static double level_pct(const behov_ratio_map *map)
{
    return map->ranking->fit_results->level_pct;
}

const char *behov_map_class_words(behov_language lang, behov_map_class map_class)
{
    static const behov_word keys[BEHOV_N_MAP_CLASSES] = {[BEHOV_MAP_NOT_INCLUDED] = BEHOV_WORD_MAP_CLASS_NOT_INCLUDED,
                                                         [BEHOV_MAP_UNCLEAR] = BEHOV_WORD_MAP_CLASS_UNCLEAR,
                                                         [BEHOV_MAP_FAR_BELOW] = BEHOV_WORD_MAP_CLASS_FAR_BELOW,
                                                         [BEHOV_MAP_BELOW] = BEHOV_WORD_MAP_CLASS_BELOW,
                                                         [BEHOV_MAP_ABOVE] = BEHOV_WORD_MAP_CLASS_ABOVE,
                                                         [BEHOV_MAP_FAR_ABOVE] = BEHOV_WORD_MAP_CLASS_FAR_ABOVE};
    return behov_label(lang, keys[map_class]);
}

behov_map_class behov_map_class_in_legend(size_t i)
{
    static const behov_map_class order[BEHOV_N_MAP_CLASSES] = {BEHOV_MAP_FAR_ABOVE, BEHOV_MAP_ABOVE,
                                                               BEHOV_MAP_UNCLEAR,   BEHOV_MAP_BELOW,
                                                               BEHOV_MAP_FAR_BELOW, BEHOV_MAP_NOT_INCLUDED};
    return order[i];
}

static const char *count_text(const behov_ratio_map *map, size_t n, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_COUNT, (double)n, lang_of(map), text);
}

static const char *ratio_text(const behov_ratio_map *map, double per_cent, char text[BEHOV_NUMBER_SIZE])
{
    return behov_format_cell(BEHOV_Q_RATIO, behov_lasting_shown(per_cent), lang_of(map), text);
}

static const char *year_text(const behov_ratio_map *map, char text[20])
{
    snprintf(text, 20, "%d", map->borders.year);
    return text;
}

void behov_ratio_map_level(const behov_ratio_map *ratio_map, const behov_map_place *place, behov_wording *words)
{
    char level[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    if (place->map_class != BEHOV_MAP_NOT_INCLUDED)
        behov_wording_print(words, "%s (%s–%s)", ratio_text(ratio_map, place->lasting.ratio, level),
                            ratio_text(ratio_map, place->lasting.interval.low, low),
                            ratio_text(ratio_map, place->lasting.interval.high, high));
}

void behov_ratio_map_marked(const behov_ratio_map *ratio_map, behov_wording *words)
{
    const behov_map_place *marked = NULL;
    char ratio[BEHOV_NUMBER_SIZE], low[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE], level[BEHOV_NUMBER_SIZE];
    for (size_t i = 0; i < ratio_map->n; i++) {
        if (marked && ratio_map->places[i].is_marked)
            return;
        marked = ratio_map->places[i].is_marked ? &ratio_map->places[i] : marked;
    }
    if (!marked || marked->map_class == BEHOV_MAP_NOT_INCLUDED)
        return;
    behov_wording name = {0}, level_name = {0};
    behov_sentence_municipality_name_first(&name, &ratio_map->ranking->places.all[marked->place]);
    behov_level_name(&ratio_map->ranking->variances, BEHOV_LEVEL_DEFINITE, lang_of(ratio_map), &level_name);
    behov_wording_fill(words, lang_of(ratio_map), BEHOV_WORD_MAP_MARKED, "name", behov_wording_text(&name),
                       "level_definite", behov_wording_text(&level_name), "ratio",
                       ratio_text(ratio_map, marked->lasting.ratio, ratio), "level",
                       behov_format_level(lang_of(ratio_map), level_pct(ratio_map), level), "low",
                       ratio_text(ratio_map, marked->lasting.interval.low, low), "high",
                       ratio_text(ratio_map, marked->lasting.interval.high, high), NULL);
    behov_wording_spend(words, &name);
    behov_wording_spend(words, &level_name);
    if (ratio_map->ranking->fit_results->study->is_simulated)
        behov_sentence_simulated_sentence(words, lang_of(ratio_map));
}

void behov_ratio_map_answer(const behov_ratio_map *ratio_map, behov_wording *words)
{
    const size_t *n_of = ratio_map->n_of_class;
    char above[BEHOV_NUMBER_SIZE], below[BEHOV_NUMBER_SIZE], unclear[BEHOV_NUMBER_SIZE], n[BEHOV_NUMBER_SIZE],
        level[BEHOV_NUMBER_SIZE];
    behov_wording level_name = {0};
    behov_level_name(&ratio_map->ranking->variances, BEHOV_LEVEL_DEFINITE, lang_of(ratio_map), &level_name);
    behov_wording_fill(words, lang_of(ratio_map), BEHOV_WORD_MAP_ANSWER, "level_definite",
                       behov_wording_text(&level_name), "level",
                       behov_format_level(lang_of(ratio_map), level_pct(ratio_map), level), "above",
                       count_text(ratio_map, n_of[BEHOV_MAP_ABOVE] + n_of[BEHOV_MAP_FAR_ABOVE], above), "below",
                       count_text(ratio_map, n_of[BEHOV_MAP_BELOW] + n_of[BEHOV_MAP_FAR_BELOW], below), "unclear",
                       count_text(ratio_map, n_of[BEHOV_MAP_UNCLEAR], unclear), "n",
                       count_text(ratio_map, ratio_map->n - n_of[BEHOV_MAP_NOT_INCLUDED], n), NULL);
    behov_wording_spend(words, &level_name);
}

void behov_ratio_map_describe(const behov_ratio_map *ratio_map, behov_wording *words)
{
    char n[BEHOV_NUMBER_SIZE], year[20];
    behov_wording level_name = {0};
    behov_level_name(&ratio_map->ranking->variances, BEHOV_LEVEL_NAME, lang_of(ratio_map), &level_name);
    behov_wording_fill(words, lang_of(ratio_map), BEHOV_WORD_MAP_DESCRIPTION, "n",
                       count_text(ratio_map, ratio_map->n, n), "year", year_text(ratio_map, year), "level_name",
                       behov_wording_text(&level_name), NULL);
    behov_wording_spend(words, &level_name);
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

static void add_reason(const behov_ratio_map *map, behov_word word, size_t n, behov_wording *reasons)
{
    char number[BEHOV_NUMBER_SIZE];
    behov_wording reason = {0};
    if (!n)
        return;
    behov_wording_fill(&reason, lang_of(map), word, "n", count_text(map, n, number), NULL);
    behov_wording_add_after(reasons, ", ", behov_wording_text(&reason));
    behov_wording_spend(reasons, &reason);
}

static void not_included(const behov_ratio_map *map, behov_wording *words)
{
    size_t n = map->n_of_class[BEHOV_MAP_NOT_INCLUDED];
    behov_wording reasons = {0};
    if (!n)
        return;
    add_reason(map, BEHOV_WORD_MAP_REASON_NOT_IN_PANEL, map->n_not_in_panel, &reasons);
    add_reason(map, BEHOV_WORD_MAP_REASON_LEFT_OUT, map->n_left_out, &reasons);
    add_reason(map, BEHOV_WORD_MAP_REASON_LACKING, n - map->n_not_in_panel - map->n_left_out, &reasons);
    behov_wording_fill(words, lang_of(map), BEHOV_WORD_MAP_NOT_INCLUDED, "reasons", behov_wording_text(&reasons), NULL);
    behov_wording_spend(words, &reasons);
}

/* Names, the first eight and how many more. */
static void named(const behov_ratio_map *map, behov_word word, const size_t *places, size_t n, behov_wording *words)
{
    char number[BEHOV_NUMBER_SIZE], year[20];
    behov_wording names = {0}, all = {0};
    for (size_t i = 0; i < n && i < NAMES_SHOWN; i++) {
        behov_wording_add(&names, i ? ", " : "");
        behov_sentence_municipality_name_first(&names, &map->ranking->places.all[places[i]]);
    }
    if (n > NAMES_SHOWN)
        behov_wording_fill(&all, lang_of(map), BEHOV_WORD_MAP_ABSENT_MORE, "names", behov_wording_text(&names), "n",
                           count_text(map, n - NAMES_SHOWN, number), NULL);
    if (n)
        behov_wording_fill(words, lang_of(map), word, "year", year_text(map, year), "names",
                           behov_wording_text(n > NAMES_SHOWN ? &all : &names), NULL);
    behov_wording_spend(words, &names);
    behov_wording_spend(words, &all);
}

/* A municipality that the map does not show as it was divided: where it is now, in the map's own names. */
static void drawn_whole(const behov_ratio_map *map, behov_wording *words)
{
    for (size_t i = 0; i < map->borders.n_wholes; i++) {
        const behov_border_whole *whole = &map->borders.wholes[i];
        ptrdiff_t place = behov_borders_find(&map->borders, whole->new_code);
        if (place == BEHOV_NO_PLACE || behov_borders_find(&map->borders, whole->old_code) != BEHOV_NO_PLACE)
            continue;
        behov_wording_add(words, words->length ? " " : "");
        behov_wording_fill(words, lang_of(map), BEHOV_WORD_MAP_WHOLE, "old", whole->old_code, "new",
                           map->places[place].name, NULL);
    }
}

void behov_ratio_map_note(const behov_ratio_map *ratio_map, size_t i, behov_wording *words)
{
    char year[20];
    switch (i) {
    case 0:
        behov_level_fill(&ratio_map->ranking->variances, level_pct(ratio_map), BEHOV_WORD_MAP_EXPLAINED,
                         lang_of(ratio_map), words);
        break;
    case 1: not_included(ratio_map, words); break;
    case 2: named(ratio_map, BEHOV_WORD_MAP_ABSENT, ratio_map->absent, ratio_map->n_absent, words); break;
    case 3: named(ratio_map, BEHOV_WORD_MAP_LACKING, ratio_map->lacking, ratio_map->n_lacking, words); break;
    case 4: drawn_whole(ratio_map, words); break;
    default:
        behov_wording_fill(words, lang_of(ratio_map), BEHOV_WORD_MAP_SOURCE, "year", year_text(ratio_map, year), NULL);
    }
}
