/* borders.h - the municipalities of a year as areas of a map, out of the bundled files of borders.
 *
 * A file holds arcs, each with the municipality to its left and to its right, so that a border that two share stands
 * there once; rings are put together of them. Units are 100 m of EPSG:25833 (ETRS89 / UTM zone 33N), x to the east and y
 * to the north. A file is of the list of one year; later lists are made of it where the history of municipalities says
 * that each of its municipalities went whole into one of theirs. datasets/borders/README.md says what a file looks like
 * and where it comes from (Kartverket, CC BY 4.0). */
#ifndef BEHOV_BORDERS_H
#define BEHOV_BORDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "municipality_history.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_NO_PLACE = -1 }; /* the sea, or another country */

typedef struct behov_border_point {
    int x, y;
    bool is_coarse; /* the coarse map has it too */
} behov_border_point;

typedef struct behov_border_arc {
    size_t first_point, n_points; /* two at least */
    int left, right;              /* positions of municipalities, or BEHOV_NO_PLACE; never the same */
} behov_border_arc;

/// An arc as a ring goes along it: the municipality lies to its left.
typedef struct behov_border_step {
    size_t arc;
    bool is_backward;
} behov_border_step;

typedef struct behov_border_ring {
    size_t place; /* whose */
    size_t first_step, n_steps;
} behov_border_ring;

/// A municipality of the history that did not go whole into one, but is drawn in one.
typedef struct behov_border_whole {
    char old_code[5], new_code[5];
} behov_border_whole;

enum { BEHOV_BORDER_WHOLES = 4 };

typedef struct behov_borders {
    int file_year, year; /* of whose list the file is, and the municipalities are */
    char (*codes)[5];    /* in their order */
    const char **names;  /* borrowed from the history; NULL before behov_borders_in_year */
    size_t n;
    behov_border_point *points;
    size_t n_points;
    behov_border_arc *arcs;
    size_t n_arcs;
    behov_border_step *steps;
    size_t n_steps;
    behov_border_ring *rings; /* in the order of their municipalities */
    size_t n_rings;
    behov_border_whole wholes[BEHOV_BORDER_WHOLES];
    size_t n_wholes;
} behov_borders;

/// A bundled file in memory (borrowed for the call).
typedef struct behov_border_text {
    const char *text;
    size_t n_bytes;
    const char *source; /* what messages call it */
} behov_border_text;

/// Reads a file. Free with behov_borders_free in any case.
/// BEHOV_E_DATA, with the line: what is none, or a ring that does not close. O(bytes).
BEHOV_API behov_status behov_borders_read(behov_border_text text, behov_borders *borders,
                                          behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_borders_free(behov_borders *borders);

/// Turns the municipalities into those of 1 January of a year: renumbered, and merged where they were.
/// \param history  borrowed, and must outlive the borders: they have its names
/// \param[out] has_list  whether that gave exactly the list of the year; else the borders are only fit to be freed
BEHOV_API behov_status behov_borders_in_year(behov_borders *borders, const behov_municipality_history *history,
                                             int year, bool *has_list, behov_error *err) BEHOV_MUST_CHECK;

/// The map of a list of codes: of the year nearest to `year` (0 = the latest) whose list has all of them; where none has,
/// of that year itself, or of the year with the most of them where that has less than half.
/// Free with behov_borders_free in any case.
/// \param texts  the files, in the order of their years
/// \return BEHOV_E_DATA where no list has all and there is no map of the year, or none has half of them
BEHOV_API behov_status behov_borders_choose(const behov_border_text *texts, size_t n_texts,
                                            const behov_municipality_history *history, const char *const *codes,
                                            size_t n_codes, int year, behov_borders *borders,
                                            behov_error *err) BEHOV_MUST_CHECK;

/// The position of a code; BEHOV_NO_PLACE when the map does not have it.
BEHOV_API ptrdiff_t behov_borders_find(const behov_borders *borders, const char *code);
/// Whether an arc lies between two counties, by the first two digits of the codes.
BEHOV_API bool behov_borders_is_between_counties(const behov_borders *borders, const behov_border_arc *arc);
/// The points of a ring in turn, the first not repeated at the end: how many; those that do not fit are not written.
/// \param is_coarse  those of the coarse map alone (ends of arcs are always there)
BEHOV_API size_t behov_borders_ring_points(const behov_borders *borders, const behov_border_ring *ring, bool is_coarse,
                                           behov_border_point *points, size_t room);
/// The area of a municipality in km2, of the map as it is simplified; lakes that it draws are no part of it.
BEHOV_API double behov_borders_area_km2(const behov_borders *borders, size_t place);

#ifdef __cplusplus
}
#endif
#endif
