/* picture_map.c - where a map and its legend stand on the paper. See picture_map.h. */
#include <behov/picture_map.h>

#include <math.h>
#include <stdlib.h>

/* Points of 1/72 inch. */
static const double key_size = 8, row_height = 14, swatch_width = 18, swatch_height = 10, gap = 6, least_count = 50,
                    least_map = 150, least_legend = 150, label_size = 8, hatch_distance = 2.6, dot_distance = 2.6;
/* The corner in the south-east, of the map's width: Norway leaves it to Sweden. */
static const double corner_share = 0.42;

void behov_picture_map_free(behov_picture_map *picture_map)
{
    if (!picture_map)
        return;
    for (size_t i = 0; i < picture_map->n_areas; i++) {
        behov_map_lines_free(&picture_map->areas[i].outline);
        behov_wording_free(&picture_map->areas[i].name);
        behov_wording_free(&picture_map->areas[i].label);
    }
    for (size_t i = 0; i < picture_map->n_kinds; i++) {
        behov_wording_free(&picture_map->kinds[i].words);
        behov_wording_free(&picture_map->kinds[i].count);
    }
    free(picture_map->areas);
    behov_map_lines_free(&picture_map->borders);
    behov_map_lines_free(&picture_map->strong_borders);
    behov_wording_free(&picture_map->heading);
    behov_wording_free(&picture_map->count_heading);
    free(picture_map);
}

bool behov_picture_map_has_no_memory(const behov_picture_map *picture_map)
{
    bool answer = picture_map->heading.has_no_memory || picture_map->count_heading.has_no_memory ||
                  picture_map->borders.is_out_of_memory || picture_map->strong_borders.is_out_of_memory;
    for (size_t i = 0; i < picture_map->n_kinds; i++)
        answer = answer || picture_map->kinds[i].words.has_no_memory || picture_map->kinds[i].count.has_no_memory;
    for (size_t i = 0; i < picture_map->n_areas; i++) {
        const behov_map_area *area = &picture_map->areas[i];
        answer = answer || area->outline.is_out_of_memory || area->name.has_no_memory || area->label.has_no_memory;
    }
    return answer;
}

/* ---- the legend -------------------------------------------------------------------------------------------------- */

static behov_drawing_words legend_words(double left, double width, bool is_bold)
{
    return (behov_drawing_words){
        .role = "legend", .x = left, .width = width, .size = key_size, .ink = BEHOV_INK_BLACK, .is_bold = is_bold};
}

/* As wide as its heading, which is one word, while that leaves room for the words beside it. */
static double count_width(const behov_picture_map *picture_map, const behov_drawing_ruler *ruler, double width)
{
    double heading =
        behov_drawing_width_of(ruler, behov_wording_text(&picture_map->count_heading), key_size, true) + 0.5;
    return fmin(fmax(least_count, heading), width / 2);
}

/* Lines over areas of one texture. */
static void add_texture(const behov_map_lines *areas, behov_map_texture texture, behov_drawing *out)
{
    behov_map_lines lines = {0};
    bool is_hatch = texture == BEHOV_TEXTURE_HATCH;
    if (texture == BEHOV_TEXTURE_NONE)
        return;
    behov_map_lines_across(areas, is_hatch, is_hatch ? hatch_distance : dot_distance, &lines);
    behov_drawing_add_parts(out,
                            (behov_drawing_shape){.role = is_hatch ? "hatch" : "dots",
                                                  .ink = is_hatch ? BEHOV_INK_HATCH : BEHOV_INK_WHITE,
                                                  .thickness = is_hatch ? 0.45 : 0.9,
                                                  .is_dotted = !is_hatch},
                            lines.corners, lines.part_ends, lines.n_parts, NULL);
    out->is_out_of_memory = out->is_out_of_memory || lines.is_out_of_memory;
    behov_map_lines_free(&lines);
}

static void add_swatch(const behov_map_kind *kind, double left, double top, behov_drawing *out)
{
    const double corners[] = {
        left, top, left + swatch_width, top, left + swatch_width, top + swatch_height, left, top + swatch_height,
        left, top};
    const size_t end = 4;
    behov_map_lines box = {0};
    for (size_t i = 0; i < end; i++)
        behov_map_lines_add(&box, corners[2 * i], corners[2 * i + 1]);
    behov_map_lines_end(&box);
    behov_drawing_add_parts(out, (behov_drawing_shape){.role = "swatch", .ink = kind->ink, .is_filled = true}, corners,
                            &end, 1, NULL);
    add_texture(&box, kind->texture, out);
    behov_drawing_add_path(
        out, (behov_drawing_shape){.kind = BEHOV_SHAPE_PATH, .role = "swatch", .ink = BEHOV_INK_GREY, .thickness = 0.5},
        corners, 5);
    out->is_out_of_memory = out->is_out_of_memory || box.is_out_of_memory;
    behov_map_lines_free(&box);
}

/* From y downwards; where it ends. \param out  NULL = the height alone */
static double legend(const behov_picture_map *picture_map, const behov_drawing_ruler *ruler, double left, double width,
                     double y, behov_drawing *out)
{
    double counts = count_width(picture_map, ruler, width);
    behov_drawing_words heading = legend_words(left, width - counts - gap, true),
                        count = legend_words(left + width, counts, true),
                        words = legend_words(left + swatch_width + gap, width - swatch_width - 2 * gap - counts, false);
    count.align = 1;
    double end = behov_drawing_wrap(out, ruler, &heading, behov_wording_text(&picture_map->heading), y);
    y = fmax(end, behov_drawing_wrap(out, ruler, &count, behov_wording_text(&picture_map->count_heading), y)) + 3;
    count.is_bold = false;
    for (size_t i = 0; i < picture_map->n_kinds; i++) {
        const behov_map_kind *kind = &picture_map->kinds[i];
        if (out) {
            add_swatch(kind, left, y, out);
            behov_drawing_wrap(out, ruler, &count, behov_wording_text(&kind->count), y);
        }
        y = fmax(y + row_height, behov_drawing_wrap(out, ruler, &words, behov_wording_text(&kind->words), y) + 3);
    }
    return y;
}

/* ---- the map ----------------------------------------------------------------------------------------------------- */

/* From units of the map to the paper. */
typedef struct place_on_paper {
    double left, top, scale;
} place_on_paper;

/* Tenths of a point: 35 micrometres. */
static void put(const behov_map_lines *lines, place_on_paper paper, behov_map_lines *out)
{
    for (size_t part = 0, i = 0; part < lines->n_parts; part++) {
        for (; i < lines->part_ends[part]; i++)
            behov_map_lines_add(out, round(10 * (paper.left + paper.scale * lines->corners[2 * i])) / 10,
                                round(10 * (paper.top + paper.scale * lines->corners[2 * i + 1])) / 10);
        behov_map_lines_end(out);
    }
}

static void draw_lines(const behov_map_lines *lines, place_on_paper paper, behov_drawing_shape shape,
                       behov_drawing *out)
{
    behov_map_lines on_paper = {0};
    put(lines, paper, &on_paper);
    behov_drawing_add_parts(out, shape, on_paper.corners, on_paper.part_ends, on_paper.n_parts, NULL);
    out->is_out_of_memory = out->is_out_of_memory || on_paper.is_out_of_memory;
    behov_map_lines_free(&on_paper);
}

static void draw_areas(const behov_picture_map *picture_map, place_on_paper paper, behov_drawing *out)
{
    behov_map_lines of_texture[BEHOV_TEXTURE_DOTS + 1] = {{0}};
    for (size_t i = 0; i < picture_map->n_areas; i++) {
        const behov_map_area *area = &picture_map->areas[i];
        const behov_map_kind *kind = &picture_map->kinds[area->kind];
        behov_map_lines on_paper = {0};
        put(&area->outline, paper, &on_paper);
        behov_drawing_add_parts(out, (behov_drawing_shape){.role = "area", .ink = kind->ink, .is_filled = true},
                                on_paper.corners, on_paper.part_ends, on_paper.n_parts,
                                area->name.length ? behov_wording_text(&area->name) : NULL);
        if (kind->texture)
            put(&area->outline, paper, &of_texture[kind->texture]);
        out->is_out_of_memory = out->is_out_of_memory || on_paper.is_out_of_memory;
        behov_map_lines_free(&on_paper);
    }
    for (size_t i = BEHOV_TEXTURE_NONE + 1; i <= BEHOV_TEXTURE_DOTS; i++) {
        add_texture(&of_texture[i], (behov_map_texture)i, out);
        behov_map_lines_free(&of_texture[i]);
    }
}

/* A line around it: closed, unlike what is filled. */
static void draw_outline(const behov_map_area *area, place_on_paper paper, behov_drawing *out)
{
    behov_map_lines closed = {0};
    for (size_t part = 0, i = 0; part < area->outline.n_parts; part++) {
        size_t first = i;
        for (; i < area->outline.part_ends[part]; i++)
            behov_map_lines_add(&closed, area->outline.corners[2 * i], area->outline.corners[2 * i + 1]);
        behov_map_lines_add(&closed, area->outline.corners[2 * first], area->outline.corners[2 * first + 1]);
        behov_map_lines_end(&closed);
    }
    draw_lines(&closed, paper, (behov_drawing_shape){.role = "halo", .ink = BEHOV_INK_WHITE, .thickness = 3.2}, out);
    draw_lines(&closed, paper, (behov_drawing_shape){.role = "marked", .ink = BEHOV_INK_BLACK, .thickness = 1.6}, out);
    out->is_out_of_memory = out->is_out_of_memory || closed.is_out_of_memory;
    behov_map_lines_free(&closed);
}

typedef struct label_box {
    double left, right, y;
} label_box;

enum { MOST_LABELS = 40 };
typedef struct label_boxes {
    label_box all[MOST_LABELS];
    size_t n;
} label_boxes;

static place_on_paper place_of(const behov_picture_map *picture_map, const behov_picture_map_layout *layout, double top,
                               double plot)
{
    double width = layout->right - layout->left;
    return (place_on_paper){
        .left = layout->left, .top = top, .scale = fmin(width / picture_map->width, plot / picture_map->height)};
}

static bool has_label(const behov_map_area *area)
{
    return area->is_marked && area->label.length && !area->is_unlabelled;
}

/* Where the label of an area stands; whether it has room there beside those before it. */
static bool find_room(const behov_map_area *area, const behov_drawing_ruler *ruler, place_on_paper paper,
                      const behov_picture_map_layout *layout, label_boxes *boxes, label_box *box)
{
    double half = behov_drawing_width_of(ruler, behov_wording_text(&area->label), label_size, true) / 2,
           x = paper.left + paper.scale * area->label_x, y = paper.top + paper.scale * area->label_y - 4;
    bool is_free = boxes->n < MOST_LABELS && 2 * half <= layout->right - layout->left;
    x = fmin(fmax(x, layout->left + half), layout->right - half);
    *box = (label_box){x - half, x + half, y};
    for (size_t k = 0; k < boxes->n; k++) {
        const label_box *other = &boxes->all[k];
        is_free =
            is_free && (box->left > other->right || box->right < other->left || fabs(y - other->y) > 1.2 * label_size);
    }
    if (is_free)
        boxes->all[boxes->n++] = *box;
    return is_free;
}

size_t behov_picture_map_settle_labels(behov_picture_map *picture_map, const behov_drawing_ruler *ruler,
                                       const behov_picture_map_layout *layout, double top, double plot)
{
    place_on_paper paper = place_of(picture_map, layout, top, plot);
    label_boxes boxes = {.n = 0};
    size_t n = 0;
    for (size_t i = 0; i < picture_map->n_areas; i++) {
        behov_map_area *area = &picture_map->areas[i];
        label_box box;
        if (has_label(area) && !find_room(area, ruler, paper, layout, &boxes, &box)) {
            area->is_unlabelled = true;
            n++;
        }
    }
    picture_map->has_settled_labels = true;
    return n;
}

/* Labels of those that are marked, in their order; one that would lie upon another is left out, for the mark shows. */
static void draw_labels(const behov_picture_map *picture_map, const behov_drawing_ruler *ruler, place_on_paper paper,
                        const behov_picture_map_layout *layout, behov_drawing *out)
{
    label_boxes boxes = {.n = 0};
    for (size_t i = 0; i < picture_map->n_areas; i++) {
        const behov_map_area *area = &picture_map->areas[i];
        label_box box;
        if (!has_label(area) ||
            (!find_room(area, ruler, paper, layout, &boxes, &box) && !picture_map->has_settled_labels))
            continue;
        behov_drawing_add(out,
                          (behov_drawing_shape){.kind = BEHOV_SHAPE_TEXT,
                                                .role = "label",
                                                .x = (box.left + box.right) / 2,
                                                .y = box.y,
                                                .size = label_size,
                                                .align = 0.5,
                                                .ink = BEHOV_INK_BLACK,
                                                .is_bold = true,
                                                .is_haloed = true},
                          behov_wording_text(&area->label));
    }
}

behov_picture_map_layout behov_picture_map_prepare(const behov_picture_map *picture_map,
                                                   const behov_drawing_ruler *ruler, double left, double right)
{
    double width = right - left;
    behov_picture_map_layout layout = {.left = left, .right = right};
    layout.is_legend_beside = corner_share * width >= least_legend;
    layout.plot = width * picture_map->height / picture_map->width;
    layout.least = least_map;
    if (layout.is_legend_beside)
        layout.least = fmax(least_map, legend(picture_map, ruler, 0, corner_share * width, 0, NULL));
    else
        layout.beneath = gap + legend(picture_map, ruler, 0, width, 0, NULL);
    layout.plot = fmax(layout.plot, layout.least);
    layout.lacks = fmax(0, least_legend - width);
    return layout;
}

void behov_picture_map_draw(const behov_picture_map *picture_map, const behov_drawing_ruler *ruler,
                            const behov_picture_map_layout *layout, double top, double plot, behov_drawing *out)
{
    double width = layout->right - layout->left;
    place_on_paper paper = place_of(picture_map, layout, top, plot);
    double land_width = paper.scale * picture_map->width;
    draw_areas(picture_map, paper, out);
    draw_lines(&picture_map->borders, paper,
               (behov_drawing_shape){.role = "border", .ink = BEHOV_INK_GREY, .thickness = 0.25}, out);
    draw_lines(&picture_map->strong_borders, paper,
               (behov_drawing_shape){.role = "county", .ink = BEHOV_INK_GREY, .thickness = 0.7}, out);
    for (size_t i = 0; i < picture_map->n_areas; i++)
        if (picture_map->areas[i].is_marked)
            draw_outline(&picture_map->areas[i], paper, out);
    draw_labels(picture_map, ruler, paper, layout, out);
    if (!layout->is_legend_beside) {
        legend(picture_map, ruler, layout->left, width, top + plot + gap, out);
        return;
    }
    /* where the map is narrower than the paper, there is room on its right */
    double legend_width = corner_share * width, height = legend(picture_map, ruler, 0, legend_width, 0, NULL);
    double legend_left = fmin(layout->right - legend_width, layout->left + land_width + gap);
    legend(picture_map, ruler, legend_left, legend_width, top + plot - height, out);
}
