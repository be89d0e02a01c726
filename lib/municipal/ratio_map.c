/* ratio_map.c - see ratio_map.h. */
#include <behov/ratio_map.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/left_out.h>
#include <behov/need.h>
#include <behov/ratio.h>
#include <behov/word.h>

static const double far_below = 75, expected = 100, far_above = 125;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BORDERS_NO_MEMORY);
}

behov_map_class behov_map_class_find(behov_lasting lasting)
{
    if (!isfinite(lasting.ratio) || !isfinite(lasting.interval.low) || !isfinite(lasting.interval.high))
        return BEHOV_MAP_NOT_INCLUDED;
    double level = (double)behov_ratio_printed(lasting.ratio);
    if (behov_ratio_printed(lasting.interval.low) <= expected && behov_ratio_printed(lasting.interval.high) >= expected)
        return BEHOV_MAP_UNCLEAR;
    if (level < expected)
        return level < far_below ? BEHOV_MAP_FAR_BELOW : BEHOV_MAP_BELOW;
    return level > far_above ? BEHOV_MAP_FAR_ABOVE : BEHOV_MAP_ABOVE;
}

void behov_ratio_map_free(behov_ratio_map *ratio_map)
{
    behov_borders_free(&ratio_map->borders);
    free(ratio_map->places);
    free(ratio_map->absent);
    free(ratio_map->lacking);
    *ratio_map = (behov_ratio_map){0};
}

/* The year that was asked for, or the last of the panel. */
static int map_year(const behov_ranking *ranking)
{
    size_t n_years = 0;
    const int *years = behov_need_years(ranking->fit_results->need, &n_years);
    return ranking->choices.year ? ranking->choices.year : n_years ? years[n_years - 1] : 0;
}

/* None without a ratio: where expenditure is not above 0 a ranking, a plot and a map leave out the same. */
static behov_lasting level_at(const behov_ranking *ranking, size_t place)
{
    return isfinite(ranking->all[place].ratio) ? ranking->all[place].lasting
                                               : (behov_lasting){.ratio = NAN, .interval = {NAN, NAN}};
}

static bool has_level(const behov_ranking *ranking, size_t place)
{
    return behov_map_class_find(level_at(ranking, place)) != BEHOV_MAP_NOT_INCLUDED;
}

/* The codes of those with a level. */
static behov_status choose_borders(const behov_ranking *ranking, const behov_border_text *texts, size_t n_texts,
                                   const behov_municipality_history *history, behov_ratio_map *out, behov_error *err)
{
    const char **codes = calloc(ranking->places.n + 1, sizeof *codes);
    size_t n = 0, n_levels = 0;
    if (!codes)
        return out_of_memory(err);
    for (size_t i = 0; i < ranking->places.n; i++) {
        if (!has_level(ranking, i))
            continue;
        n_levels++;
        if (ranking->places.all[i].code[0])
            codes[n++] = ranking->places.all[i].code;
    }
    behov_status status = BEHOV_OK;
    if (!n_levels)
        status = behov_error_say(err, BEHOV_E_TOO_FEW, ranking->places.source, SAY_RATIO_MAP_NO_LEVELS);
    else if (!n)
        status = behov_error_say(err, BEHOV_E_DATA, ranking->places.source, SAY_RATIO_MAP_NO_CODES);
    else
        status = behov_borders_choose(texts, n_texts, history, codes, n, out->year, &out->borders, err);
    free(codes);
    return status;
}

/* Why a municipality of the map has no level. */
static void count_reason(behov_ratio_map *out, const behov_map_place *place)
{
    if (place->place == BEHOV_NO_PLACE)
        out->n_not_in_panel++;
    else if (behov_left_out_is(out->ranking->fit_results, &out->ranking->places.all[place->place]))
        out->n_left_out++;
}

static behov_status fill_places(behov_ratio_map *out, behov_error *err)
{
    const behov_ranking *ranking = out->ranking;
    const behov_borders *borders = &out->borders;
    out->n = borders->n;
    out->places = calloc(out->n + 1, sizeof *out->places);
    out->absent = calloc(ranking->places.n + 1, sizeof *out->absent);
    if (!out->places || !out->absent)
        return out_of_memory(err);
    for (size_t i = 0; i < out->n; i++)
        out->places[i] = (behov_map_place){.code = borders->codes[i],
                                           .name = borders->names[i],
                                           .place = BEHOV_NO_PLACE,
                                           .lasting = {NAN, {NAN, NAN}, NAN}};
    for (size_t i = 0; i < ranking->places.n; i++) {
        const behov_municipality *who = &ranking->places.all[i];
        ptrdiff_t position = behov_borders_find(borders, who->code);
        if (position == BEHOV_NO_PLACE) {
            if (has_level(ranking, i))
                out->absent[out->n_absent++] = i;
            continue;
        }
        behov_map_place *place = &out->places[position];
        place->place = (ptrdiff_t)i;
        place->name = who->name[0] ? who->name : place->name;
        place->lasting = level_at(ranking, i);
    }
    for (size_t i = 0; i < out->n; i++) {
        out->places[i].map_class = behov_map_class_find(out->places[i].lasting);
        out->n_of_class[out->places[i].map_class]++;
        if (out->places[i].map_class == BEHOV_MAP_NOT_INCLUDED)
            count_reason(out, &out->places[i]);
    }
    return BEHOV_OK;
}

static behov_status mark(const behov_municipality_names *list, behov_ratio_map *out, behov_error *err)
{
    const behov_ranking *ranking = out->ranking;
    size_t *positions = NULL, n = 0;
    behov_status status = behov_ranking_choose(ranking, list, &positions, &n, err);
    if (!status && !(out->lacking = calloc(n + 1, sizeof *out->lacking)))
        status = out_of_memory(err);
    for (size_t i = 0; i < n && !status; i++) {
        ptrdiff_t position = behov_borders_find(&out->borders, ranking->places.all[positions[i]].code);
        if (position != BEHOV_NO_PLACE)
            out->places[position].is_marked = true;
        if (position == BEHOV_NO_PLACE || !has_level(ranking, positions[i]))
            out->lacking[out->n_lacking++] = positions[i];
    }
    free(positions);
    return status;
}

behov_status behov_ratio_map_new(const behov_ranking *ranking, const behov_border_text *texts, size_t n_texts,
                                 const behov_municipality_history *history, const behov_municipality_names *list,
                                 behov_ratio_map *ratio_map, behov_error *err)
{
    *ratio_map = (behov_ratio_map){.ranking = ranking, .year = map_year(ranking)};
    behov_status status = choose_borders(ranking, texts, n_texts, history, ratio_map, err);
    if (!status)
        status = fill_places(ratio_map, err);
    return status ? status : mark(list, ratio_map, err);
}
