/* plot_map.c - levels on a map of municipalities. A colour is shown only where the whole interval lies on one side of 100;
 * what is over it has dots, so that no hue stands alone. */
#include <stdlib.h>

#include <behov/labels.h>
#include <behov/lasting.h>
#include <behov/level_words.h>
#include "font_advances.h"
#include "plot_parts.h"
#include <behov/plots.h>
#include <behov/ratio_map_sentences.h>
#include <behov/remarks.h>

static const struct {
    behov_drawing_ink ink;
    behov_map_texture texture;
} looks[BEHOV_N_MAP_CLASSES] = {
    [BEHOV_MAP_NOT_INCLUDED] = {BEHOV_INK_WHITE, BEHOV_TEXTURE_NONE},
    [BEHOV_MAP_UNCLEAR] = {BEHOV_INK_UNCLEAR, BEHOV_TEXTURE_HATCH},
    [BEHOV_MAP_FAR_BELOW] = {BEHOV_INK_UNDER, BEHOV_TEXTURE_NONE},
    [BEHOV_MAP_BELOW] = {BEHOV_INK_UNDER_LESS, BEHOV_TEXTURE_NONE},
    [BEHOV_MAP_ABOVE] = {BEHOV_INK_OVER, BEHOV_TEXTURE_DOTS},
    [BEHOV_MAP_FAR_ABOVE] = {BEHOV_INK_OVER_MORE, BEHOV_TEXTURE_DOTS},
};

/* The land between its outermost points, y to the south. */
typedef struct frame {
    int left, right, north, south;
} frame;

static frame frame_of(const behov_borders *borders)
{
    frame frame = {borders->points[0].x, borders->points[0].x, borders->points[0].y, borders->points[0].y};
    for (size_t i = 1; i < borders->n_points; i++) {
        const behov_border_point *point = &borders->points[i];
        frame.left = point->x < frame.left ? point->x : frame.left;
        frame.right = point->x > frame.right ? point->x : frame.right;
        frame.south = point->y < frame.south ? point->y : frame.south;
        frame.north = point->y > frame.north ? point->y : frame.north;
    }
    return frame;
}

static void add_point(frame frame, const behov_border_point *point, behov_map_lines *out)
{
    behov_map_lines_add(out, (double)(point->x - frame.left), (double)(frame.north - point->y));
}

static behov_status add_ring(const behov_borders *borders, const behov_border_ring *ring, frame frame,
                             behov_map_area *area, behov_error *err)
{
    size_t n = behov_borders_ring_points(borders, ring, false, NULL, 0);
    behov_border_point *points = malloc((n + 1) * sizeof *points);
    if (!points)
        return behov_plot_out_of_memory(err);
    behov_borders_ring_points(borders, ring, false, points, n);
    size_t highest = 0;
    for (size_t i = 0; i < n && n > 2; i++) { /* two are a sliver that has no area */
        add_point(frame, &points[i], &area->outline);
        highest = points[i].y > points[highest].y ? i : highest;
    }
    behov_map_lines_end(&area->outline);
    double y = frame.north - points[highest].y;
    if (n && (area->outline.n_parts == 1 || y < area->label_y)) {
        area->label_x = points[highest].x - frame.left;
        area->label_y = y;
    }
    free(points);
    return BEHOV_OK;
}

static void name_area(const behov_ratio_map *map, const behov_map_place *place, behov_map_area *area)
{
    behov_wording level = {0};
    behov_ratio_map_level(map, place, &level);
    behov_wording_print(&area->name, "%s (%s)", place->name, place->code);
    behov_wording_add_after(&area->name, ": ",
                            level.length
                                ? behov_wording_text(&level)
                                : behov_map_class_words(map->ranking->fit_results->study->lang, place->map_class));
    behov_wording_spend(&area->name, &level);
    area->is_marked = place->is_marked;
    if (place->is_marked)
        behov_wording_add(&area->label, place->name);
}

static behov_status add_areas(const behov_ratio_map *map, const size_t *kind_of_class, frame frame,
                              behov_picture_map *out, behov_error *err)
{
    const behov_borders *borders = &map->borders;
    if (!(out->areas = calloc(map->n + 1, sizeof *out->areas)))
        return behov_plot_out_of_memory(err);
    out->n_areas = map->n;
    for (size_t i = 0; i < map->n; i++) {
        out->areas[i].kind = kind_of_class[map->places[i].map_class];
        name_area(map, &map->places[i], &out->areas[i]);
    }
    behov_status status = BEHOV_OK;
    for (size_t k = 0; k < borders->n_rings && !status; k++)
        status = add_ring(borders, &borders->rings[k], frame, &out->areas[borders->rings[k].place], err);
    return status;
}

static void add_borders(const behov_borders *borders, frame frame, behov_picture_map *out)
{
    for (size_t i = 0; i < borders->n_arcs; i++) {
        const behov_border_arc *arc = &borders->arcs[i];
        behov_map_lines *lines = behov_borders_is_between_counties(borders, arc) ? &out->strong_borders : &out->borders;
        for (size_t k = 0; k < arc->n_points; k++)
            add_point(frame, &borders->points[arc->first_point + k], lines);
        behov_map_lines_end(lines);
    }
}

static void add_kinds(const behov_ratio_map *map, size_t *kind_of_class, behov_picture *picture, behov_picture_map *out)
{
    for (size_t i = 0; i < BEHOV_N_MAP_CLASSES; i++) {
        char number[BEHOV_FIGURE];
        behov_map_class map_class = behov_map_class_in_legend(i);
        behov_map_kind *kind = &out->kinds[out->n_kinds];
        kind_of_class[map_class] = out->n_kinds++;
        kind->ink = looks[map_class].ink;
        kind->texture = looks[map_class].texture;
        behov_wording_add(&kind->words, behov_map_class_words(picture->lang, map_class));
        behov_wording_add(&kind->count, behov_plot_count(picture->lang, map->n_of_class[map_class], number));
    }
    behov_level_name(&map->ranking->variances, BEHOV_LEVEL_SHORT, picture->lang, &out->heading);
    behov_wording_add(&out->count_heading, behov_label(picture->lang, BEHOV_WORD_MAP_COUNT));
}

void behov_plot_map_unlabelled(const behov_picture *picture, behov_wording *words)
{
    for (size_t i = 0; picture->map && i < picture->map->n_areas; i++)
        if (picture->map->areas[i].is_unlabelled)
            behov_wording_add_after(words, ", ", behov_wording_text(&picture->map->areas[i].label));
}

/* The first note: names of those that are marked, where there are several, and which of them the map has no room for. */
static void say_marked(const behov_ratio_map *map, behov_picture *out)
{
    behov_wording names = {0}, without = {0}, text = {0};
    size_t n = 0;
    for (size_t i = 0; i < map->n; i++)
        if (map->places[i].is_marked) {
            behov_wording_add_after(&names, ", ", map->places[i].name);
            n++;
        }
    if (n > 1)
        behov_wording_fill(&text, out->lang, BEHOV_WORD_MAP_MARKED_NAMES, "names", behov_wording_text(&names), NULL);
    behov_plot_map_unlabelled(out, &without);
    if (without.length) {
        behov_wording_add(&text, text.length ? " " : "");
        behov_wording_fill(&text, out->lang, BEHOV_WORD_MAP_UNLABELLED, "names", behov_wording_text(&without), NULL);
    }
    behov_plot_add_note(out, &text);
    out->has_no_memory = out->has_no_memory || names.has_no_memory || without.has_no_memory;
    behov_wording_free(&names);
    behov_wording_free(&without);
}

static void add_notes(const behov_ratio_map *map, behov_picture *out)
{
    behov_wording text = {0};
    say_marked(map, out);
    for (size_t i = 0; i < BEHOV_RATIO_MAP_NOTES; i++) {
        behov_ratio_map_note(map, i, &text);
        behov_plot_add_note(out, &text);
    }
    if (map->ranking->variances.is_one_year)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_FUNNEL_ONE_YEAR));
    behov_plot_add_chance_warnings(&map->ranking->variances, map->ranking->places.n, out);
    behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_NOT_A_VERDICT));
    if (map->ranking->fit_results->study->is_simulated)
        behov_picture_add_note(out, behov_label(out->lang, BEHOV_WORD_SIMULATED_EXPLAINED));
}

static void drop_notes(behov_picture *out, size_t n_kept)
{
    while (out->n_notes > n_kept)
        behov_wording_free(&out->notes[--out->n_notes]);
}

/* All that stands beneath the map. Notes take room from a map of a given height, and so names: until none is lost. */
static behov_status add_beneath(const behov_ratio_map *map, behov_picture *out, behov_error *err)
{
    const behov_drawing_ruler ruler = {behov_font_advances_measure, NULL};
    size_t n_lost = 1, n_before = out->n_notes;
    behov_status status = BEHOV_OK;
    while (n_lost && !status) {
        drop_notes(out, n_before);
        add_notes(map, out);
        status = behov_plot_add_remarks(map->ranking->fit_results, BEHOV_CODES_REMARK, out, err);
        n_lost = 0;
        if (!status && out->width > 0)
            status = behov_picture_settle_labels(out, &ruler, &n_lost, err);
    }
    return status;
}

behov_status behov_plot_map(const behov_ratio_map *ratio_map, behov_picture *out, behov_error *err)
{
    size_t n = ratio_map->n - ratio_map->n_of_class[BEHOV_MAP_NOT_INCLUDED], kind_of_class[BEHOV_N_MAP_CLASSES];
    const behov_fit_results *fit_results = ratio_map->ranking->fit_results;
    behov_plot_begin(fit_results, BEHOV_WORD_PLOT_TITLE_MAP, ratio_map->ranking->choices.year,
                     n == 1 ? BEHOV_WORD_PLOT_DATA_RANKING_ONE : BEHOV_WORD_PLOT_DATA_RANKING, n, out);
    out->n_charts = 0; /* a map in the place of a chart */
    behov_ratio_map_marked(ratio_map, &out->answers[0]);
    behov_ratio_map_answer(ratio_map, &out->answers[1]);
    behov_ratio_map_describe(ratio_map, &out->description);
    for (size_t i = 0; i < BEHOV_PICTURE_ANSWERS; i++)
        if (out->answers[i].length)
            behov_wording_add_after(&out->description, " ", behov_wording_text(&out->answers[i]));
    if (!(out->map = calloc(1, sizeof *out->map)))
        return behov_plot_out_of_memory(err);
    frame frame = frame_of(&ratio_map->borders);
    out->map->width = frame.right - frame.left;
    out->map->height = frame.north - frame.south;
    add_kinds(ratio_map, kind_of_class, out, out->map);
    behov_status status = add_areas(ratio_map, kind_of_class, frame, out->map, err);
    if (status)
        return status;
    add_borders(&ratio_map->borders, frame, out->map);
    return add_beneath(ratio_map, out, err);
}
