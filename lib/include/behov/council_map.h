/* council_map.h - the map of levels as a piece of an HTML page: inline SVG with classes alone, for a page whose policy
 * forbids styles in elements, and the style sheet that belongs to it.
 *
 * Elements of the whole map have the ids "mCODE" (m1860): a script may add the class "own" to one, and puts its path into
 * <use id="map-own" href="#mCODE">, which draws the outline of the one that is marked over all others. */
#ifndef BEHOV_COUNCIL_MAP_H
#define BEHOV_COUNCIL_MAP_H

#include <stddef.h>

#include "error.h"
#include "labels.h"
#include "ratio_map.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the page says of the map's elements.
typedef struct behov_council_map_text {
    behov_language lang;
    const char *own_code;   /* outlined; NULL = none */
    const char *table_href; /* "#alle": where the table of all municipalities stands; NULL = none is named */
} behov_council_map_text;

/// Adds <figure class="council-map"> with the whole country, the legend as a table with counts, and what stands beneath:
/// level, interval, year, what is simulated, who is not on the map and why, the source (65 kB for 428 municipalities).
BEHOV_API behov_status behov_council_map(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                                         behov_wording *html, behov_error *err) BEHOV_MUST_CHECK;
/// Adds <figure class="council-inset">: 125 x 100 km about the own municipality, neighbours with their names. Nothing for
/// one that is not on the map, or without own_code (6 kB).
BEHOV_API behov_status behov_council_inset(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                                           behov_wording *html, behov_error *err) BEHOV_MUST_CHECK;
/// The rules for both, with the custom properties --ink, --ink2, --paper, --line, --under-far, --under, --over,
/// --over-far, --unclear that the page gives its colours by (static).
BEHOV_API const char *behov_council_map_css(void);

#ifdef __cplusplus
}
#endif
#endif
