/* council_map.c - see council_map.h. */
#include <behov/council_map.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <behov/format.h>
#include <behov/level_words.h>
#include <behov/ratio_map_sentences.h>
#include "council_map_parts.h"
#include "council_map_style.h"
#include "page_table.h"

enum { HUNDRED_M_IN_KM = 10, INSET_WIDTH = 500, INSET_HEIGHT = 400 };
/* Units of the inset, 125 km of 500. */
static const double inset_unit = 2.5;

static behov_status out_of_memory(behov_error *err)
{
    return behov_error_say(err, BEHOV_E_MEMORY, "", SAY_BORDERS_NO_MEMORY);
}

const char *behov_council_map_style(void)
{
    return council_map_style;
}

/* ---- around a map ------------------------------------------------------------------------------------------------ */

static void put_words(const char *text, behov_wording *out)
{
    behov_page_escape(text, out);
}

static void put_simulated(const behov_ratio_map *map, behov_language lang, behov_wording *out)
{
    if (!map->ranking->fit_results->study->is_simulated)
        return;
    behov_wording_add(out, "<p class=\"m-s\">");
    put_words(behov_label(lang, BEHOV_WORD_PLOT_SIMULATED), out);
    behov_wording_add(out, "</p>\n");
}

/* A paragraph of a sentence, which is forgotten; nothing for none. */
static void put_paragraph(const char *attributes, behov_wording *sentence, behov_wording *out)
{
    if (sentence->length) {
        behov_wording_print(out, "<p%s>", attributes);
        put_words(behov_wording_text(sentence), out);
        behov_wording_add(out, "</p>\n");
    }
    behov_wording_spend(out, sentence);
}

static void begin_figure(const char *id, behov_wording *title, behov_wording *out)
{
    behov_wording_print(out, "<figure class=\"map\" id=\"%s\">\n<figcaption><h3 id=\"%s-title\">", id, id);
    put_words(behov_wording_text(title), out);
    behov_wording_add(out, "</h3></figcaption>\n");
    behov_wording_spend(out, title);
}

static void begin_svg(const map_window *window, behov_wording *out)
{
    behov_wording_print(out,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title\" "
                        "aria-describedby=\"%s-text\">\n",
                        window->width, window->height, window->name, window->name);
}

static void put_legend(const behov_ratio_map *map, behov_language lang, behov_wording *out)
{
    behov_wording_add(out, "<table><caption>");
    put_words(behov_label(lang, BEHOV_WORD_MAP_LEGEND_TITLE), out);
    behov_wording_add(out, "</caption>\n<thead><tr><th scope=\"col\">");
    put_words(behov_label(lang, BEHOV_WORD_MAP_TABLE_CLASS), out);
    behov_wording_add(out, "</th><th scope=\"col\">");
    put_words(behov_label(lang, BEHOV_WORD_MAP_COUNT), out);
    behov_wording_add(out, "</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < BEHOV_N_MAP_CLASSES; i++) {
        char number[BEHOV_NUMBER_SIZE];
        behov_map_class map_class = behov_map_class_in_legend(i);
        bool is_above = map_class == BEHOV_MAP_ABOVE || map_class == BEHOV_MAP_FAR_ABOVE;
        behov_wording_print(
            out,
            "<tr><th scope=\"row\"><svg viewBox=\"0 0 28 16\" aria-hidden=\"true\"><path class=\"%s\" "
            "d=\"M0 0h28v16h-28z\"/>%s</svg>",
            council_map_class(map_class),
            map_class == BEHOV_MAP_UNCLEAR
                ? "<path class=\"m-h\" d=\"M8 0l-16 16M16 0l-16 16M24 0l-16 16M32 0l-16 16M40 0l-16 16\"/>"
            : is_above ? "<path class=\"m-d\" d=\"M3 4h25M5 8h23M3 12h25\"/>"
                       : "");
        put_words(behov_map_class_words(lang, map_class), out);
        behov_wording_print(out, "</th><td>%s</td></tr>\n",
                            behov_format_cell(BEHOV_Q_COUNT, (double)map->n_of_class[map_class], lang, number));
    }
    behov_wording_add(out, "</tbody></table>\n");
}

static void put_notes(const behov_ratio_map *map, const behov_council_map_text *text, behov_wording *out)
{
    for (size_t i = 0; i < BEHOV_RATIO_MAP_NOTES; i++) {
        behov_wording note = {0};
        behov_ratio_map_note(map, i, &note);
        put_paragraph("", &note, out);
    }
    if (!text->table_href)
        return;
    behov_wording_add(out, "<p><a href=\"");
    put_words(text->table_href, out);
    behov_wording_add(out, "\">");
    put_words(behov_label(text->lang, BEHOV_WORD_MAP_TABLE_LINK), out);
    behov_wording_add(out, "</a></p>\n");
}

/* ---- the country ------------------------------------------------------------------------------------------------- */

/* Whole kilometres between the outermost points, and one beyond them for lines. */
static map_window country_window(const behov_borders *borders)
{
    int left = borders->points[0].x, right = left, north = borders->points[0].y, south = north;
    for (size_t i = 1; i < borders->n_points; i++) {
        const behov_border_point *point = &borders->points[i];
        left = point->x < left ? point->x : left;
        right = point->x > right ? point->x : right;
        south = point->y < south ? point->y : south;
        north = point->y > north ? point->y : north;
    }
    const int edge = HUNDRED_M_IN_KM;
    return (map_window){.left = left - edge,
                        .north = north + edge,
                        .unit = HUNDRED_M_IN_KM,
                        .width = (right - left) / HUNDRED_M_IN_KM + 3,
                        .height = (north - south) / HUNDRED_M_IN_KM + 3,
                        .is_coarse = true,
                        .id = "m",
                        .name = "map"};
}

/* The own code as the map has it; NULL when it is not there. */
static const char *own_code(const behov_ratio_map *map, const behov_council_map_text *text, size_t *place)
{
    ptrdiff_t found = text->own_code ? behov_borders_find(&map->borders, text->own_code) : BEHOV_NO_PLACE;
    *place = found == BEHOV_NO_PLACE ? 0 : (size_t)found;
    return found == BEHOV_NO_PLACE ? NULL : map->places[found].code;
}

behov_status behov_council_map(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                               behov_wording *html, behov_error *err)
{
    map_window window = country_window(&ratio_map->borders);
    window.has_names = !text->is_without_names;
    behov_wording title = {0}, description = {0}, answer = {0};
    bool *is_shown = malloc((ratio_map->n + 1) * sizeof *is_shown);
    size_t place;
    if (!is_shown)
        return out_of_memory(err);
    memset(is_shown, true, ratio_map->n);
    behov_level_fill(&ratio_map->ranking->variances, ratio_map->ranking->fit_results->level_pct, BEHOV_WORD_MAP_TITLE,
                     text->lang, &title);
    begin_figure("map", &title, html);
    put_simulated(ratio_map, text->lang, html);
    behov_ratio_map_describe(ratio_map, &description);
    behov_ratio_map_answer(ratio_map, &answer);
    if (ratio_map->ranking->places.n < BEHOV_FEW_MUNICIPALITIES)
        behov_wording_add_after(&answer, " ", behov_label(text->lang, BEHOV_WORD_MAP_ANSWER_FEW));
    else if (ratio_map->ranking->variances.is_one_year)
        behov_wording_add_after(&answer, " ", behov_label(text->lang, BEHOV_WORD_MAP_ANSWER_ONE_YEAR));
    else if (behov_lasting_is_assumed(&ratio_map->ranking->variances))
        behov_wording_add_after(&answer, " ", behov_label(text->lang, BEHOV_WORD_LASTING_IS_ASSUMED));
    behov_wording_add_after(&description, " ", behov_wording_text(&answer));
    behov_wording_spend(&description, &answer);
    put_paragraph(" id=\"map-text\"", &description, html);
    begin_svg(&window, html);
    behov_status status = council_map_put_areas(ratio_map, &window, is_shown, html, err);
    free(is_shown);
    if (status)
        return status;
    council_map_put_outline(&window, "pick", NULL, html);
    council_map_put_outline(&window, "own", own_code(ratio_map, text, &place), html);
    behov_wording_add(html, "</svg>\n");
    put_legend(ratio_map, text->lang, html);
    put_notes(ratio_map, text, html);
    behov_wording_add(html, "</figure>\n");
    return behov_wording_status(html, err);
}

/* ---- the surroundings -------------------------------------------------------------------------------------------- */

/* About the middle of a municipality: of the box around all its rings. */
static map_window inset_window(const behov_borders *borders, size_t place)
{
    int left = 0, right = 0, north = 0, south = 0;
    bool is_first = true;
    for (size_t i = 0; i < borders->n_arcs; i++) {
        const behov_border_arc *arc = &borders->arcs[i];
        if (arc->left != (int)place && arc->right != (int)place)
            continue;
        for (size_t k = 0; k < arc->n_points; k++) {
            const behov_border_point *point = &borders->points[arc->first_point + k];
            left = is_first || point->x < left ? point->x : left;
            right = is_first || point->x > right ? point->x : right;
            south = is_first || point->y < south ? point->y : south;
            north = is_first || point->y > north ? point->y : north;
            is_first = false;
        }
    }
    return (map_window){.left = (left + right) / 2 - (int)(INSET_WIDTH * inset_unit / 2),
                        .north = (north + south) / 2 + (int)(INSET_HEIGHT * inset_unit / 2),
                        .unit = inset_unit,
                        .width = INSET_WIDTH,
                        .height = INSET_HEIGHT,
                        .is_part = true,
                        .id = "i",
                        .name = "map-inset"};
}

/* A municipality in the inset: where its name may stand. */
typedef struct inset_place {
    bool is_shown;
    double x, y, area; /* the middle of its largest piece in the picture, and how large that is */
} inset_place;

static void find_middle(const int *corners, size_t n, inset_place *out)
{
    double twice = 0, x = 0, y = 0;
    for (size_t i = 0; i < n; i++) {
        size_t next = i + 1 < n ? i + 1 : 0;
        double cross = (double)corners[2 * i] * corners[2 * next + 1] - (double)corners[2 * next] * corners[2 * i + 1];
        twice += cross;
        x += cross * (corners[2 * i] + corners[2 * next]);
        y += cross * (corners[2 * i + 1] + corners[2 * next + 1]);
    }
    if (fabs(twice) / 2 > out->area) {
        out->area = fabs(twice) / 2;
        out->x = x / (3 * twice);
        out->y = y / (3 * twice);
    }
}

static behov_status find_places(const behov_borders *borders, const map_window *window, inset_place *places,
                                behov_error *err)
{
    for (size_t k = 0; k < borders->n_rings; k++) {
        int *corners = NULL;
        size_t n = 0;
        behov_status status = council_map_ring(borders, &borders->rings[k], window, &corners, &n, err);
        if (status)
            return status;
        inset_place *place = &places[borders->rings[k].place];
        place->is_shown = place->is_shown || n;
        if (n)
            find_middle(corners, n, place);
        free(corners);
    }
    return BEHOV_OK;
}

typedef struct label_box {
    double left, right, top, bottom;
} label_box;

enum { MOST_LABELS = 40 };
typedef struct labels {
    label_box boxes[MOST_LABELS];
    size_t n;
} labels;

/* Whether a name has room there: within the picture, on no other. */
static bool take(labels *labels, double x, double y, double width)
{
    const double up = 13, down = 5;
    label_box box = {x - width / 2, x + width / 2, y - up, y + down};
    if (box.left < 2 || box.right > INSET_WIDTH - 2 || box.top < 2 || box.bottom > INSET_HEIGHT - 2 ||
        labels->n == MOST_LABELS)
        return false;
    for (size_t i = 0; i < labels->n; i++) {
        const label_box *other = &labels->boxes[i];
        if (box.left < other->right && box.right > other->left && box.top < other->bottom && box.bottom > other->top)
            return false;
    }
    labels->boxes[labels->n++] = box;
    return true;
}

static size_t count_letters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

/* The name in the middle, else above or beneath; left out where there is no room. */
static bool put_label(const char *name, const inset_place *place, bool is_own, labels *labels, behov_wording *out)
{
    static const double shifts[] = {5, -14, 24, -30, 40};
    double width = (is_own ? 9.6 : 8.6) * (double)count_letters(name) + 6;
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
        double y = place->y + shifts[i];
        if (!take(labels, place->x, y, width))
            continue;
        behov_wording_print(out, "<text x=\"%ld\" y=\"%ld\"%s>", lround(place->x), lround(y),
                            is_own ? " class=\"m-b\"" : "");
        put_words(name, out);
        behov_wording_add(out, "</text>\n");
        return true;
    }
    return false;
}

static double distance(const inset_place *a, const inset_place *b)
{
    return hypot(a->x - b->x, a->y - b->y);
}

/* The own one first, then the others by how near they are. */
static void put_labels(const behov_ratio_map *map, const inset_place *places, size_t own, behov_wording *without,
                       behov_wording *out)
{
    const double least_area = 60;
    labels labels = {.n = 0};
    double before = -1;
    if (places[own].is_shown && !put_label(map->places[own].name, &places[own], true, &labels, out))
        behov_wording_add(without, map->places[own].name);
    for (;;) {
        size_t next = map->n;
        for (size_t i = 0; i < map->n; i++)
            if (i != own && places[i].is_shown && places[i].area >= least_area &&
                distance(&places[i], &places[own]) > before &&
                (next == map->n || distance(&places[i], &places[own]) < distance(&places[next], &places[own])))
                next = i;
        if (next == map->n)
            return;
        before = distance(&places[next], &places[own]);
        if (!put_label(map->places[next].name, &places[next], false, &labels, out))
            behov_wording_add_after(without, ", ", map->places[next].name);
    }
}

/* Of the fine map, or of the coarse one where that is too much for a page: between small municipalities of which there
 * are many. */
static behov_status put_inset_areas(const behov_ratio_map *map, const map_window *window, const bool *is_shown,
                                    behov_wording *html, behov_error *err)
{
    enum { MOST_BYTES = 7000 };
    behov_wording areas = {0};
    behov_status status = council_map_put_areas(map, window, is_shown, &areas, err);
    if (!status && areas.length > MOST_BYTES) {
        map_window coarse = *window;
        coarse.is_coarse = true;
        behov_wording_clear(&areas);
        status = council_map_put_areas(map, &coarse, is_shown, &areas, err);
    }
    behov_wording_add(html, behov_wording_text(&areas));
    behov_wording_spend(html, &areas);
    return status;
}

/* \param without  gets the names that have no room */
static behov_status put_inset(const behov_ratio_map *map, const map_window *window, size_t own, behov_wording *without,
                              behov_wording *html, behov_error *err)
{
    inset_place *places = calloc(map->n + 1, sizeof *places);
    bool *is_shown = malloc((map->n + 1) * sizeof *is_shown);
    behov_status status = places && is_shown ? find_places(&map->borders, window, places, err) : out_of_memory(err);
    if (!status) {
        for (size_t i = 0; i < map->n; i++)
            is_shown[i] = places[i].is_shown;
        status = put_inset_areas(map, window, is_shown, html, err);
    }
    if (!status) {
        council_map_put_outline(window, "own", map->places[own].code, html);
        put_labels(map, places, own, without, html);
    }
    free(places);
    free(is_shown);
    return status;
}

behov_status behov_council_inset(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                                 behov_wording *html, behov_error *err)
{
    size_t own;
    behov_wording title = {0}, description = {0}, without = {0};
    if (!own_code(ratio_map, text, &own))
        return BEHOV_OK;
    map_window window = inset_window(&ratio_map->borders, own);
    const char *name = ratio_map->places[own].name;
    behov_wording_fill(&title, text->lang, BEHOV_WORD_MAP_INSET_TITLE, "name", name, NULL);
    begin_figure("map-inset", &title, html);
    put_simulated(ratio_map, text->lang, html);
    begin_svg(&window, html);
    behov_status status = put_inset(ratio_map, &window, own, &without, html, err);
    if (status) {
        behov_wording_free(&without);
        return status;
    }
    behov_wording_add(html, "</svg>\n");
    behov_wording_fill(&description, text->lang, BEHOV_WORD_MAP_INSET_DESCRIPTION, "name", name, NULL);
    if (without.length) {
        behov_wording_add(&description, " ");
        behov_wording_fill(&description, text->lang, BEHOV_WORD_MAP_UNLABELLED, "names", behov_wording_text(&without),
                           NULL);
    }
    behov_wording_spend(&description, &without);
    put_paragraph(" id=\"map-inset-text\"", &description, html);
    behov_wording_add(html, "</figure>\n");
    return behov_wording_status(html, err);
}
