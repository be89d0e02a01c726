/* drawing.h - lines, boxes, marks and letters with their places on the paper: what every writer of pictures draws.
 * Neither files nor fonts: how wide a text is, the caller tells.
 *
 * Lengths are points (1/72 inch) from the upper left corner. Colours are those of Okabe and Ito (2008), which
 * colour-blind readers can tell apart. */
#ifndef BEHOV_DRAWING_H
#define BEHOV_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum behov_drawing_ink {
    BEHOV_INK_BLACK,
    BEHOV_INK_GREY,
    BEHOV_INK_LIGHT,
    BEHOV_INK_WHITE,
    BEHOV_INK_BLUE,
    BEHOV_INK_VERMILLION,
    BEHOV_INK_SKY,
    BEHOV_INK_ORANGE,
    BEHOV_INK_BAR,   /* many lines that lie close */
    BEHOV_INK_BAND,  /* an area behind marks */
    BEHOV_INK_UNDER, /* under 100, and over it: apart in grey too */
    BEHOV_INK_OVER,
    BEHOV_INK_UNDER_LESS, /* a little under 100; far over it */
    BEHOV_INK_OVER_MORE,
    BEHOV_INK_UNCLEAR, /* neither, with its hatching */
    BEHOV_INK_HATCH
} behov_drawing_ink;
typedef enum behov_drawing_mark {
    BEHOV_MARK_DOT,
    BEHOV_MARK_DIAMOND,
    BEHOV_MARK_TRIANGLE,
    BEHOV_MARK_SQUARE
} behov_drawing_mark;
typedef enum behov_drawing_shape_kind {
    BEHOV_SHAPE_LINE,
    BEHOV_SHAPE_BOX,
    BEHOV_SHAPE_MARK,
    BEHOV_SHAPE_TEXT,
    BEHOV_SHAPE_PATH
} behov_drawing_shape_kind;

typedef struct behov_drawing_shape {
    behov_drawing_shape_kind kind;
    const char *role;        /* "tick", "point": what it is of the chart (static) */
    size_t chart;            /* which chart of the picture it belongs to, from 1; 0 = to the whole */
    double x, y, to_x, to_y; /* a line's ends, a box's corners; a mark's middle; where a text's baseline is anchored */
    behov_drawing_ink ink;
    double thickness; /* of a line; of a box's white edge or an open mark's outline (0 = none) */
    bool is_dashed, is_dotted;
    behov_drawing_mark mark; /* of a mark */
    bool is_open;
    double radius;
    double size, align;                  /* of a text: size of the font; 0 begins, 0.5 is in the middle, 1 ends at x */
    bool is_bold, is_upright, is_haloed; /* upright: from below to above; haloed: on white */
    double *corners;                     /* of a path: x and y of each in turn; from malloc */
    size_t n_corners;
    size_t *part_ends; /* of a path of several parts: how many corners there are when each ends; from malloc,
                                      * NULL = one part. What lies within two of them is a hole (even-odd) */
    size_t n_parts;
    bool is_filled; /* a path: filled, else a line along it */
    char *text;     /* of a text; of a mark or a filled path its name, NULL = none */
} behov_drawing_shape;

typedef struct behov_drawing {
    double width, height;
    behov_drawing_shape *shapes;
    size_t n_shapes, room;
    size_t chart; /* that shapes are added to */
    bool is_out_of_memory;
} behov_drawing;

/// The width of a text in a size of the font.
typedef double behov_drawing_measure(void *context, const char *text, double size, bool is_bold);

typedef struct behov_drawing_ruler {
    behov_drawing_measure *measure;
    void *context;
} behov_drawing_ruler;

/// How words are set.
typedef struct behov_drawing_words {
    const char *role;
    double x, width, size, align; /* anchor, room, font; as of a text */
    behov_drawing_ink ink;
    bool is_bold;
} behov_drawing_words;

BEHOV_API void behov_drawing_free(behov_drawing *drawing);
/// A shape with its text (copied; NULL = none). Without memory the drawing says so.
BEHOV_API void behov_drawing_add(behov_drawing *out, behov_drawing_shape shape, const char *text);
BEHOV_API void behov_drawing_add_line(behov_drawing *out, const char *role, double x, double y, double to_x,
                                      double to_y, behov_drawing_ink ink, double thickness);
/// A path through n corners (copied; x and y in turn).
BEHOV_API void behov_drawing_add_path(behov_drawing *out, behov_drawing_shape shape, const double *corners, size_t n);
/// A path of several parts (copied): part_ends as in the shape. \param text  its name (copied), NULL = none
BEHOV_API void behov_drawing_add_parts(behov_drawing *out, behov_drawing_shape shape, const double *corners,
                                       const size_t *part_ends, size_t n_parts, const char *text);
BEHOV_API void behov_drawing_add_text(behov_drawing *out, const char *role, double x, double y, double size,
                                      double align, behov_drawing_ink ink, const char *text);
BEHOV_API double behov_drawing_width_of(const behov_drawing_ruler *ruler, const char *text, double size, bool is_bold);
/// Words into lines no wider than their room, the first baseline one size beneath y; a word that is wider itself is
/// divided, after a mark where there is one. Returns where the next text may begin.
/// \param out  NULL = the lines are counted alone
BEHOV_API double behov_drawing_wrap(behov_drawing *out, const behov_drawing_ruler *ruler,
                                    const behov_drawing_words *how, const char *text, double y);

/// 0xRRGGBB
BEHOV_API unsigned behov_drawing_ink_colour(behov_drawing_ink ink);

#ifdef __cplusplus
}
#endif
#endif
