/* council_map_parts.h - what the map of the country and the map of the surroundings share. */
#ifndef BEHOV_COUNCIL_MAP_PARTS_H
#define BEHOV_COUNCIL_MAP_PARTS_H

#include <behov/council_map.h>

/* From units of 100 m to those of a picture, y downwards. */
typedef struct map_window {
    int left, north;   /* in 100 m */
    double unit;       /* how many times 100 m */
    int width, height; /* of the picture, in its units */
    bool is_coarse;    /* the coarse map, else the fine one */
    bool is_part;      /* clipped to the picture; else all of the map */
    bool has_names;    /* areas have titles */
    const char *id;    /* what ids of areas begin with, "m" */
    const char *name;  /* what other ids begin with, "map" */
} map_window;

/* The areas by class, each class a group, and hatching and dots over them. Places for which is_shown is false are left
 * out. */
behov_status council_map_put_areas(const behov_ratio_map *map, const map_window *window, const bool *is_shown,
                                   behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
/* <use id="NAME-own"> and the like: the outline of one. */
void council_map_put_outline(const map_window *window, const char *kind, const char *code, behov_wording *out);
/* A ring in units of the picture, without points that fall together; clipped where the window says so (x and y in turn,
 * malloc, n may be 0). */
behov_status council_map_ring(const behov_borders *borders, const behov_border_ring *ring, const map_window *window,
                              int **corners, size_t *n, behov_error *err) BEHOV_MUST_CHECK;
const char *council_map_class(behov_map_class map_class);

#endif
