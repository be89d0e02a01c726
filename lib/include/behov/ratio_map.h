/* ratio_map.h - the levels of a ranking on a map: which municipality is where, and what can be said of it.
 *
 * The level is that of the ranking's shrunk ratios: the level of the years ahead, or the lasting one (lasting.h). */
#ifndef BEHOV_RATIO_MAP_H
#define BEHOV_RATIO_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "borders.h"
#include "error.h"
#include "municipality_list.h"
#include "phrase.h"
#include "ranking.h"

#ifdef __cplusplus
extern "C" {
#endif

/// By figures as they are printed, in whole per cent: no colour is bolder than the interval beside it.
typedef enum behov_map_class {
    BEHOV_MAP_NOT_INCLUDED = 0, /* on the map, without a level */
    BEHOV_MAP_UNCLEAR,          /* the interval of the level holds 100 */
    BEHOV_MAP_FAR_BELOW,        /* under 75 */
    BEHOV_MAP_BELOW,            /* 75 to 100 */
    BEHOV_MAP_ABOVE,            /* 100 to 125 */
    BEHOV_MAP_FAR_ABOVE,        /* over 125 */
    BEHOV_N_MAP_CLASSES
} behov_map_class;

/// A municipality of the map, in the order of borders.codes.
typedef struct behov_map_place {
    const char *code, *name; /* the panel's name, else that of the history (borrowed) */
    ptrdiff_t place;         /* among ranking->places; BEHOV_NO_PLACE: the panel does not have it */
    behov_lasting lasting;   /* NaN without a level */
    behov_map_class map_class;
    bool is_marked;
} behov_map_place;

typedef struct behov_ratio_map {
    const behov_ranking *ranking; /* borrowed */
    behov_borders borders;
    int year; /* that was asked for, or the last of the panel; 0 without years. borders.year is the map's */
    behov_map_place *places;
    size_t n; /* as borders.n */
    size_t n_of_class[BEHOV_N_MAP_CLASSES];
    size_t n_left_out,
        n_not_in_panel;         /* of those not included: by a condition; the panel does not have them. The others
                                        * lack figures */
    size_t *absent, n_absent;   /* with a level, but not on the map: among ranking->places */
    size_t *lacking, n_lacking; /* marked, without a level or not on the map: among ranking->places */
} behov_ratio_map;

/// The map of a ranking of all municipalities (borrowed, must outlive it: without choices.list, around and top). Free with
/// behov_ratio_map_free in any case.
/// \param texts, history  the bundled files; texts are borrowed for the call, the history must outlive the map
/// \param list            those that are marked (borrowed for the call); NULL = none
/// \return BEHOV_E_TOO_FEW when there are no levels; BEHOV_E_DATA for a panel without codes, and as behov_borders_choose;
/// BEHOV_E_NAME for a marked one that is not in the panel.
BEHOV_API behov_status behov_ratio_map_new(const behov_ranking *ranking, const behov_border_text *texts, size_t n_texts,
                                           const behov_municipality_history *history,
                                           const behov_municipality_names *list, behov_ratio_map *ratio_map,
                                           behov_error *err) BEHOV_MUST_CHECK;
BEHOV_API void behov_ratio_map_free(behov_ratio_map *ratio_map);

/// The class of a level with its interval; NaN: not included.
BEHOV_API behov_map_class behov_map_class_find(behov_lasting lasting);

#ifdef __cplusplus
}
#endif
#endif
