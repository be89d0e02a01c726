/* map_lines.c - lines of several parts, and parallel ones across areas: hatching that every writer can draw, for it needs
 * no clipping. See picture_map.h. */
#include <behov/picture_map.h>

#include <math.h>
#include <stdlib.h>

void behov_map_lines_free(behov_map_lines *lines)
{
    free(lines->corners);
    free(lines->part_ends);
    *lines = (behov_map_lines){0};
}

void behov_map_lines_add(behov_map_lines *lines, double x, double y)
{
    if (lines->n_corners == lines->corner_room) {
        size_t room = lines->corner_room ? 2 * lines->corner_room : 16;
        double *corners = realloc(lines->corners, 2 * room * sizeof *corners);
        lines->is_out_of_memory = lines->is_out_of_memory || !corners;
        if (!corners)
            return;
        lines->corners = corners;
        lines->corner_room = room;
    }
    lines->corners[2 * lines->n_corners] = x;
    lines->corners[2 * lines->n_corners++ + 1] = y;
}

void behov_map_lines_end(behov_map_lines *lines)
{
    if (lines->n_corners == (lines->n_parts ? lines->part_ends[lines->n_parts - 1] : 0))
        return;
    if (lines->n_parts == lines->part_room) {
        size_t room = lines->part_room ? 2 * lines->part_room : 4;
        size_t *part_ends = realloc(lines->part_ends, room * sizeof *part_ends);
        lines->is_out_of_memory = lines->is_out_of_memory || !part_ends;
        if (!part_ends)
            return;
        lines->part_ends = part_ends;
        lines->part_room = room;
    }
    lines->part_ends[lines->n_parts++] = lines->n_corners;
}

/* Where a line, by its number, meets the edge of an area: how far along. */
typedef struct crossing {
    long line;
    double along;
} crossing;

typedef struct crossings {
    crossing *all;
    size_t n, room;
    bool is_out_of_memory;
} crossings;

static int compare_crossings(const void *a, const void *b)
{
    const crossing *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->along < y->along ? -1 : x->along > y->along;
}

static void add_crossing(crossings *out, long line, double along)
{
    if (out->n == out->room) {
        size_t room = out->room ? 2 * out->room : 256;
        crossing *all = realloc(out->all, room * sizeof *all);
        out->is_out_of_memory = out->is_out_of_memory || !all;
        if (!all)
            return;
        out->all = all;
        out->room = room;
    }
    out->all[out->n++] = (crossing){line, along};
}

/* In a frame whose second axis goes across the lines: (x, y) itself, or turned by 45 degrees (times the root of 2). */
typedef struct turned {
    double along, across;
} turned;

static turned turn(const double *corner, bool is_slanting)
{
    return is_slanting ? (turned){corner[0] - corner[1], corner[0] + corner[1]} : (turned){corner[0], corner[1]};
}

/* The lines across an edge, its lower end included and the upper one not, so that a corner counts once. */
static void cross_edge(turned start, turned end, double distance, crossings *out)
{
    if (start.across > end.across) {
        turned other = start;
        start = end, end = other;
    }
    for (long line = (long)ceil(start.across / distance); (double)line * distance < end.across; line++)
        add_crossing(out, line,
                     start.along + (end.along - start.along) * ((double)line * distance - start.across) /
                                       (end.across - start.across));
}

static void add_piece(const crossing *start, const crossing *end, bool is_slanting, double distance,
                      behov_map_lines *out)
{
    double across = (double)start->line * distance;
    if (!(end->along > start->along))
        return;
    for (size_t i = 0; i < 2; i++) {
        double along = i ? end->along : start->along;
        if (is_slanting)
            behov_map_lines_add(out, (across + along) / 2, (across - along) / 2);
        else
            behov_map_lines_add(out, along, across);
    }
    behov_map_lines_end(out);
}

void behov_map_lines_across(const behov_map_lines *areas, bool is_slanting, double distance, behov_map_lines *out)
{
    crossings found = {0};
    double step = is_slanting ? distance * sqrt(2) : distance;
    for (size_t part = 0, first = 0; part < areas->n_parts; first = areas->part_ends[part++])
        for (size_t i = first; i < areas->part_ends[part]; i++) {
            size_t next = i + 1 < areas->part_ends[part] ? i + 1 : first;
            cross_edge(turn(&areas->corners[2 * i], is_slanting), turn(&areas->corners[2 * next], is_slanting), step,
                       &found);
        }
    if (found.n > 1)
        qsort(found.all, found.n, sizeof *found.all, compare_crossings);
    for (size_t i = 0; i + 1 < found.n; i += 2) {
        size_t last = i + 1;
        /* areas side by side: one line through both */
        while (last + 2 < found.n && found.all[last + 1].line == found.all[i].line &&
               found.all[last + 1].along <= found.all[last].along)
            last += 2;
        add_piece(&found.all[i], &found.all[last], is_slanting, step, out);
        i = last - 1;
    }
    out->is_out_of_memory = out->is_out_of_memory || found.is_out_of_memory || areas->is_out_of_memory;
    free(found.all);
}
