/* picture.h - a picture: a title and words, one chart or several under each other, notes; and where all that stands on
 * the paper. Lengths are points (1/72 inch). */
#ifndef BEHOV_PICTURE_H
#define BEHOV_PICTURE_H

#include "chart.h"
#include "drawing.h"
#include "error.h"
#include "labels.h"
#include "picture_map.h"
#include "phrase.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { BEHOV_PICTURE_CHARTS = 2, BEHOV_PICTURE_ANSWERS = 2 };

typedef struct behov_picture {
    behov_language lang;
    double width, height;                         /* height 0 = as high as it needs */
    behov_wording title, warning, data;           /* the warning stands out; none = not there */
    behov_wording answers[BEHOV_PICTURE_ANSWERS]; /* under the title; none = not there */
    behov_wording description;                    /* what it shows, for one who does not see it; none = not there */
    behov_wording *notes;                         /* beneath, from malloc */
    size_t n_notes;
    behov_chart charts[BEHOV_PICTURE_CHARTS]; /* from above to below */
    size_t n_charts;
    behov_picture_map *map; /* under the charts, from malloc; NULL = none */
    bool has_no_memory;     /* a sentence could not be made */
} behov_picture;

BEHOV_API void behov_picture_free(behov_picture *picture);
/// A chart more, in the picture's language, for the caller to fill. There are never more than PICTURE_CHARTS.
BEHOV_API behov_chart *behov_picture_add_chart(behov_picture *out);
/// A note beneath those that are there; "" adds none.
BEHOV_API void behov_picture_add_note(behov_picture *out, const char *text);

/// What is told of it to one who does not see it, added to the words: its title and what it warns of, then its
/// description, or else its answers and data.
BEHOV_API void behov_picture_describe(const behov_picture *picture, behov_wording *words);

/// Finds which labels of its map have room (behov_picture_map_settle_labels); errors of behov_picture_lay_out.
/// \param n  how many have none that had
BEHOV_API behov_status behov_picture_settle_labels(behov_picture *picture, const behov_drawing_ruler *ruler, size_t *n,
                                                   behov_error *err) BEHOV_MUST_CHECK;

/// Lays a picture out. Free with behov_drawing_free in any case. BEHOV_E_ARGUMENT for a width or height in which it has
/// no room (where = the option), BEHOV_E_DATA when a chart has nothing to draw.
BEHOV_API behov_status behov_picture_lay_out(const behov_picture *picture, const behov_drawing_ruler *ruler,
                                             behov_drawing *out, behov_error *err) BEHOV_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
