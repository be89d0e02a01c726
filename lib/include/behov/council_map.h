/* council_map.h - the map of levels as a piece of an HTML page: inline SVG with classes alone, for a page whose policy
 * forbids styles in elements, and the style that belongs to it.
 *
 * The area of a municipality has the id "mCODE" (m1860). <use id="map-own"> outlines the own one over all others, and
 * <use id="map-pick"> another: a script gives them another href, "#mCODE", or none. */
#ifndef BEHOV_COUNCIL_MAP_H
#define BEHOV_COUNCIL_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "labels.h"
#include "phrase.h"
#include "ratio_map.h"
#include "wording.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What the page says of the map's elements; all of it is borrowed for the call.
typedef struct behov_council_map_text {
    behov_language lang;
    const char *own_code;   /* outlined; NULL = none */
    const char *table_href; /* "#alle": where the table of all municipalities stands; NULL = none is named */
    bool is_without_names;  /* areas have no <title>, 12 kB less: a script gives them theirs */
} behov_council_map_text;

/// Adds <figure class="map" id="map"> with the whole country, the legend as a table with counts, and what stands beneath:
/// what colours mean, who is not on it and why, the source, that data are simulated. About 65 kB for 428 municipalities.
/// BEHOV_E_MEMORY.
BEHOV_API behov_status behov_council_map(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                                         behov_wording *html, behov_error *err) BEHOV_MUST_CHECK;
/// Adds <figure class="map" id="map-inset">: 125 x 100 km about the own municipality, with names. Nothing for one that is
/// not on the map, or without own_code. About 6 kB. BEHOV_E_MEMORY.
BEHOV_API behov_status behov_council_inset(const behov_ratio_map *ratio_map, const behov_council_map_text *text,
                                           behov_wording *html, behov_error *err) BEHOV_MUST_CHECK;
/// The style of both, with the tokens of colour of council_charts.css: --bg, --ink, --ink2, --ink3, --line, --u1, --u2,
/// --o1, --o2, --uf, --uh (static).
BEHOV_API const char *behov_council_map_style(void);

#ifdef __cplusplus
}
#endif
#endif
