/* drawing.h - lines, boxes, marks and letters with their places on the paper: what every writer of pictures draws.
 * Neither files nor fonts: how wide a text is, the caller tells.
 *
 * Lengths are points (1/72 inch) from the upper left corner. Colours are those of Okabe and Ito (2008), which
 * colour-blind readers can tell apart. */
#ifndef BEHOV_CLI_DRAWING_H
#define BEHOV_CLI_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

typedef enum drawing_ink {
    INK_BLACK,
    INK_GREY,
    INK_LIGHT,
    INK_WHITE,
    INK_BLUE,
    INK_VERMILLION,
    INK_SKY,
    INK_ORANGE
} drawing_ink;
typedef enum drawing_mark { MARK_DOT, MARK_DIAMOND, MARK_TRIANGLE, MARK_SQUARE } drawing_mark;
typedef enum drawing_shape_kind { SHAPE_LINE, SHAPE_BOX, SHAPE_MARK, SHAPE_TEXT } drawing_shape_kind;

typedef struct drawing_shape {
    drawing_shape_kind kind;
    const char *role;        /* "tick", "point": what it is of the chart (static) */
    size_t chart;            /* which chart of the picture it belongs to, from 1; 0 = to the whole */
    double x, y, to_x, to_y; /* a line's ends, a box's corners; a mark's middle; where a text's baseline is anchored */
    drawing_ink ink;
    double thickness; /* of a line; of a box's white edge or an open mark's outline (0 = none) */
    bool is_dashed, is_dotted;
    drawing_mark mark; /* of a mark */
    bool is_open;
    double radius;
    double size, align;                  /* of a text: size of the font; 0 begins, 0.5 is in the middle, 1 ends at x */
    bool is_bold, is_upright, is_haloed; /* upright: from below to above; haloed: on white */
    char *text;                          /* of a text; of a mark its name, NULL = none */
} drawing_shape;

typedef struct drawing {
    double width, height;
    drawing_shape *shapes;
    size_t n_shapes, room;
    size_t chart; /* that shapes are added to */
    bool is_out_of_memory;
} drawing;

/* The width of a text in a size of the font. */
typedef double drawing_measure(void *context, const char *text, double size, bool is_bold);

typedef struct drawing_ruler {
    drawing_measure *measure;
    void *context;
} drawing_ruler;

/* How words are set. */
typedef struct drawing_words {
    const char *role;
    double x, width, size, align; /* anchor, room, font; as of a text */
    drawing_ink ink;
    bool is_bold;
} drawing_words;

void drawing_free(drawing *of);
/* A shape with its text (copied; NULL = none). Without memory the drawing says so. */
void drawing_add(drawing *to, drawing_shape shape, const char *text);
void drawing_add_line(drawing *to, const char *role, double x, double y, double to_x, double to_y, drawing_ink ink,
                      double thickness);
void drawing_add_text(drawing *to, const char *role, double x, double y, double size, double align, drawing_ink ink,
                      const char *text);
double drawing_width_of(const drawing_ruler *ruler, const char *text, double size, bool is_bold);
/* Words into lines no wider than their room, the first baseline one size beneath y; a word that is wider itself is
 * parted, after a mark where there is one. Returns where the next text may begin.
 * \param to  NULL = the lines are counted alone */
double drawing_wrap(drawing *to, const drawing_ruler *ruler, const drawing_words *how, const char *text, double y);

/* 0xRRGGBB */
unsigned drawing_ink_colour(drawing_ink ink);

#endif
