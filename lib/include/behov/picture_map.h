/* picture_map.h - a map in a picture: areas of a few kinds, borders, a legend with counts. Its own units are those of the
 * areas, y to the south; the picture gives it its size. */
#ifndef BEHOV_PICTURE_MAP_H
#define BEHOV_PICTURE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "drawing.h"
#include "error.h"
#include "labels.h"
#include "phrase.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What an area has beside its ink, so that kinds differ in grey too.
typedef enum behov_map_texture { BEHOV_TEXTURE_NONE = 0, BEHOV_TEXTURE_HATCH, BEHOV_TEXTURE_DOTS } behov_map_texture;

/// Lines of one or more parts. Zero-initialise, free with behov_map_lines_free.
typedef struct behov_map_lines {
    double *corners; /* x and y of each in turn */
    size_t n_corners, corner_room;
    size_t *part_ends, n_parts, part_room; /* how many corners there are when each part ends */
    bool is_out_of_memory;
} behov_map_lines;

BEHOV_API void behov_map_lines_free(behov_map_lines *lines);
BEHOV_API void behov_map_lines_add(behov_map_lines *lines, double x, double y);
/// Ends the part; one that has no corners is none.
BEHOV_API void behov_map_lines_end(behov_map_lines *lines);
/// Parallel lines across areas (their parts by the even-odd rule), added to `out`: level ones, or slanting up to the right.
/// \param distance  between two of them, above 0
BEHOV_API void behov_map_lines_across(const behov_map_lines *areas, bool is_slanting, double distance,
                                      behov_map_lines *out);

typedef struct behov_map_kind {
    behov_drawing_ink ink;
    behov_map_texture texture;
    behov_wording words, count; /* of the legend */
} behov_map_kind;

typedef struct behov_map_area {
    size_t kind;
    bool is_marked; /* outlined in ink, with its label */
    behov_map_lines outline;
    behov_wording name, label; /* name: under the mouse */
    double label_x, label_y;
    bool is_unlabelled; /* its label had no room (behov_picture_map_settle_labels) */
} behov_map_area;

enum { BEHOV_MAP_KINDS = 6 };

typedef struct behov_picture_map {
    double width, height;
    behov_wording heading, count_heading; /* of the legend */
    behov_map_kind kinds[BEHOV_MAP_KINDS];
    size_t n_kinds;
    behov_map_area *areas; /* from malloc */
    size_t n_areas;
    behov_map_lines borders, strong_borders; /* thin, and less thin */
    bool has_settled_labels;                 /* which have room is known, and drawn so by every ruler */
} behov_picture_map;

/// Frees a map that stands in memory of malloc; NULL is none.
BEHOV_API void behov_picture_map_free(behov_picture_map *picture_map);
/// Whether some of its words or lines could not be added.
BEHOV_API bool behov_picture_map_has_no_memory(const behov_picture_map *picture_map);

/// How high a map is between two edges: as it asks for, at least, and the legend where it stands beneath.
typedef struct behov_picture_map_layout {
    double left, right, plot, least, beneath;
    bool is_legend_beside; /* in the corner that the land leaves empty */
    double lacks;          /* how much wider it must be; 0 = it has room */
} behov_picture_map_layout;

BEHOV_API behov_picture_map_layout behov_picture_map_prepare(const behov_picture_map *picture_map,
                                                             const behov_drawing_ruler *ruler, double left,
                                                             double right);
/// Finds which labels have room on a map drawn so: one that would lie upon one before it has none, nor one that is wider
/// than the map. Returns how many have none that had.
BEHOV_API size_t behov_picture_map_settle_labels(behov_picture_map *picture_map, const behov_drawing_ruler *ruler,
                                                 const behov_picture_map_layout *layout, double top, double plot);
/// Draws it from `top` downwards, `plot` high without what stands beneath.
BEHOV_API void behov_picture_map_draw(const behov_picture_map *picture_map, const behov_drawing_ruler *ruler,
                                      const behov_picture_map_layout *layout, double top, double plot,
                                      behov_drawing *out);

#ifdef __cplusplus
}
#endif
#endif
