/* council_map_areas.c - areas of a map as SVG in whole units: paths with relative steps, hatching as one group of lines
 * that is masked by the areas (a pattern for each area made a document of 36 MB). See council_map_parts.h. */
#include "council_map_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/ratio_map_sentences.h>
#include "page_table.h"

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BORDERS_NO_MEMORY);
}

const char *council_map_class(behov_map_class map_class)
{
    static const char *const names[BEHOV_N_MAP_CLASSES] = {
        [BEHOV_MAP_NOT_INCLUDED] = "m-n", [BEHOV_MAP_UNCLEAR] = "m-u", [BEHOV_MAP_FAR_BELOW] = "m-u2",
        [BEHOV_MAP_BELOW] = "m-u1",       [BEHOV_MAP_ABOVE] = "m-o1",  [BEHOV_MAP_FAR_ABOVE] = "m-o2"};
    return names[map_class];
}

/* ---- rings ------------------------------------------------------------------------------------------------------- */

typedef struct corner {
    double x, y;
} corner;

/* How far a corner lies within the edge of a picture: left, right, top, bottom. */
static double within(corner corner, size_t edge, const map_window *window)
{
    switch (edge) {
    case 0: return corner.x;
    case 1: return window->width - corner.x;
    case 2: return corner.y;
    default: return window->height - corner.y;
    }
}

/* What lies within an edge (Sutherland & Hodgman 1974). \return how many corners, at most twice as many */
static size_t clip(const corner *corners, size_t n, size_t edge, const map_window *window, corner *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        corner before = corners[i ? i - 1 : n - 1], after = corners[i];
        double a = within(before, edge, window), b = within(after, edge, window);
        if ((a >= 0) != (b >= 0)) {
            double share = a / (a - b);
            out[kept++] = (corner){before.x + share * (after.x - before.x), before.y + share * (after.y - before.y)};
        }
        if (b >= 0)
            out[kept++] = after;
    }
    return kept;
}

static size_t clip_all(corner *corners, corner *spare, size_t n, const map_window *window)
{
    for (size_t edge = 0; edge < 4 && n; edge++) {
        n = clip(corners, n, edge, window, spare);
        memcpy(corners, spare, n * sizeof *corners);
    }
    return n;
}

/* Whole units, each place once in turn; fewer than three are none. */
static size_t round_corners(const corner *corners, size_t n, int *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        int x = (int)lround(corners[i].x), y = (int)lround(corners[i].y);
        if (kept && out[2 * kept - 2] == x && out[2 * kept - 1] == y)
            continue;
        /* on the way from the one before to the next: no corner */
        if (kept > 1) {
            int ax = out[2 * kept - 2] - out[2 * kept - 4], ay = out[2 * kept - 1] - out[2 * kept - 3];
            int bx = x - out[2 * kept - 2], by = y - out[2 * kept - 1];
            if ((long)ax * by == (long)ay * bx && (long)ax * bx + (long)ay * by > 0)
                kept--;
        }
        out[2 * kept] = x;
        out[2 * kept++ + 1] = y;
    }
    while (kept > 1 && out[0] == out[2 * kept - 2] && out[1] == out[2 * kept - 1])
        kept--;
    return kept < 3 ? 0 : kept;
}

behov_status council_map_ring(const behov_borders *borders, const behov_border_ring *ring, const map_window *window,
                              int **corners, size_t *n, behov_error *err)
{
    size_t n_points = behov_borders_ring_points(borders, ring, window->is_coarse, NULL, 0);
    /* each of four edges may at most double them */
    size_t room = 16 * n_points + 1;
    behov_border_point *points = malloc((n_points + 1) * sizeof *points);
    corner *placed = malloc(room * sizeof *placed), *spare = malloc(room * sizeof *spare);
    *corners = malloc(2 * room * sizeof **corners);
    behov_status status = points && placed && spare && *corners ? BEHOV_OK : out_of_memory(err);
    if (!status) {
        behov_borders_ring_points(borders, ring, window->is_coarse, points, n_points);
        for (size_t i = 0; i < n_points; i++)
            placed[i] =
                (corner){(points[i].x - window->left) / window->unit, (window->north - points[i].y) / window->unit};
        if (window->is_part)
            n_points = clip_all(placed, spare, n_points, window);
        *n = round_corners(placed, n_points, *corners);
    } else {
        free(*corners);
        *corners = NULL;
    }
    free(points);
    free(placed);
    free(spare);
    return status;
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

/* A path that is begun: where its last ring began, from which the next is counted, and its last command. */
typedef struct begun_path {
    int x, y;
    char command;
    behov_wording *text;
} begun_path;

/* A command is named where it is another than the last. */
static void put_number(begun_path *path, char command, int number)
{
    bool is_new = command != path->command;
    if (is_new)
        behov_wording_add_letter(path->text, command);
    behov_wording_print(path->text, number < 0 || is_new ? "%d" : " %d", number);
    path->command = command;
}

static void put_step(begun_path *path, int x, int y)
{
    if (y == 0) {
        put_number(path, 'h', x);
    } else if (x == 0) {
        put_number(path, 'v', y);
    } else {
        put_number(path, 'l', x);
        put_number(path, 'l', y);
    }
}

/* Steps after a beginning are lines, unnamed. */
static void put_ring(const int *corners, size_t n, begun_path *path)
{
    put_number(path, 'm', corners[0] - path->x);
    put_number(path, 'm', corners[1] - path->y);
    path->x = corners[0], path->y = corners[1];
    path->command = 'l';
    for (size_t i = 1; i < n; i++)
        put_step(path, corners[2 * i] - corners[2 * i - 2], corners[2 * i + 1] - corners[2 * i - 1]);
    behov_wording_add_letter(path->text, 'z');
}

/* An island that would vanish keeps a speck of one unit: every municipality is on the map. */
static void put_speck(const behov_borders *borders, const behov_border_ring *ring, const map_window *window,
                      behov_wording *out)
{
    const behov_border_step step = borders->steps[ring->first_step];
    const behov_border_point *point = &borders->points[borders->arcs[step.arc].first_point];
    behov_wording_print(out, "M%ld %ldh2v2h-2z", lround((point->x - window->left) / window->unit) - 1,
                        lround((window->north - point->y) / window->unit) - 1);
}

/* The rings of a municipality; *has_any says whether something of it is in the picture. */
static behov_status put_path(const behov_ratio_map *map, size_t place, const map_window *window, behov_wording *path,
                             behov_error *err)
{
    const behov_borders *borders = &map->borders;
    const behov_border_ring *first = NULL;
    begun_path begun = {.text = path};
    for (size_t k = 0; k < borders->n_rings; k++) {
        if (borders->rings[k].place != place)
            continue;
        int *corners = NULL;
        size_t n = 0;
        behov_status status = council_map_ring(borders, &borders->rings[k], window, &corners, &n, err);
        if (status)
            return status;
        if (n)
            put_ring(corners, n, &begun);
        free(corners);
        first = first ? first : &borders->rings[k];
    }
    if (!path->length && first && !window->is_part)
        put_speck(borders, first, window, path);
    return BEHOV_OK;
}

static behov_status put_area(const behov_ratio_map *map, size_t place, const map_window *window, behov_wording *out,
                             behov_error *err)
{
    behov_wording path = {0};
    behov_status status = put_path(map, place, window, &path, err);
    if (!status && path.length) {
        behov_wording_print(out, "<path id=%s%s d=\"%s\"", window->id, map->places[place].code,
                            behov_wording_text(&path));
        if (window->has_names) {
            behov_wording_add(out, "><title>");
            behov_page_escape(map->places[place].name, out);
            behov_wording_add(out, "</title></path>");
        } else {
            behov_wording_add(out, "/>");
        }
    }
    behov_wording_spend(out, &path);
    return status;
}

/* ---- classes ----------------------------------------------------------------------------------------------------- */

static bool has_texture(behov_map_class map_class, bool is_hatch)
{
    return is_hatch ? map_class == BEHOV_MAP_UNCLEAR : map_class == BEHOV_MAP_ABOVE || map_class == BEHOV_MAP_FAR_ABOVE;
}

static behov_status put_class(const behov_ratio_map *map, behov_map_class map_class, const map_window *window,
                              const bool *is_shown, behov_wording *out, behov_error *err)
{
    const char *name = council_map_class(map_class);
    behov_wording_print(out, "<g class=%s id=%s-%s>\n", name, window->name, name);
    for (size_t place = 0; place < map->n; place++) {
        if (map->places[place].map_class != map_class || !is_shown[place])
            continue;
        behov_status status = put_area(map, place, window, out, err);
        if (status)
            return status;
    }
    behov_wording_add(out, "</g>\n");
    return BEHOV_OK;
}

/* Lines over all of the picture, none beyond its height: a mask of what is cut off leaves a line on paper. */
static void put_lines(const map_window *window, bool is_hatch, behov_wording *out)
{
    int distance = window->is_part ? 10 : 16;
    behov_wording_print(out, "<path class=%s d=\"", is_hatch ? "m-h" : "m-d");
    if (is_hatch)
        for (int x = 0; x < window->width + window->height; x += distance)
            behov_wording_print(out, "M%d 0l-%d %d", x, window->height, window->height);
    else
        for (int y = 0; y < window->height; y += distance)
            behov_wording_print(out, "M%d %dh%d", y / distance % 2 ? distance / 2 : 0, y, window->width);
    behov_wording_add(out, "\"/>");
}

/* The lines show where the groups of the classes are: a clip path would have to name each area. */
static void put_texture(const behov_ratio_map *map, const map_window *window, const bool *is_shown, bool is_hatch,
                        behov_wording *out)
{
    const char *kind = is_hatch ? "hatch" : "dots";
    size_t n = 0;
    for (size_t i = 0; i < map->n; i++)
        n += is_shown[i] && has_texture(map->places[i].map_class, is_hatch);
    if (!n)
        return;
    behov_wording_print(out, "<mask id=%s-%s>", window->name, kind);
    for (behov_map_class map_class = 0; map_class < BEHOV_N_MAP_CLASSES; map_class++)
        if (has_texture(map_class, is_hatch))
            behov_wording_print(out, "<use href=\"#%s-%s\"/>", window->name, council_map_class(map_class));
    behov_wording_print(out, "</mask><g class=m-t mask=\"url(#%s-%s)\">", window->name, kind);
    put_lines(window, is_hatch, out);
    behov_wording_add(out, "</g>\n");
}

behov_status council_map_put_areas(const behov_ratio_map *map, const map_window *window, const bool *is_shown,
                                   behov_wording *out, behov_error *err)
{
    for (size_t i = 0; i < BEHOV_N_MAP_CLASSES; i++) {
        behov_status status = put_class(map, behov_map_class_in_legend(i), window, is_shown, out, err);
        if (status)
            return status;
    }
    put_texture(map, window, is_shown, true, out);
    put_texture(map, window, is_shown, false, out);
    return behov_wording_status(out, err);
}

void council_map_put_outline(const map_window *window, const char *kind, const char *code, behov_wording *out)
{
    behov_wording_print(out, "<use id=\"%s-%s\" class=\"m-%s\"", window->name, kind, kind);
    if (code)
        behov_wording_print(out, " href=\"#%s%s\"", window->id, code);
    behov_wording_add(out, "/>\n");
}
