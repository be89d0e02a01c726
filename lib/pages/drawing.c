/* drawing.c - shapes of a drawing, and words in lines. */
#include "drawing.h"

#include <stdlib.h>
#include <string.h>

static const double leading = 1.3; /* from line to line, in sizes of the font */

unsigned drawing_ink_colour(drawing_ink ink)
{
    static const unsigned colours[] = {
        [INK_BLACK] = 0x000000, [INK_GREY] = 0x555555,       [INK_LIGHT] = 0xDDDDDD, [INK_WHITE] = 0xFFFFFF,
        [INK_BLUE] = 0x0072B2,  [INK_VERMILLION] = 0xD55E00, [INK_SKY] = 0x56B4E9,   [INK_ORANGE] = 0xE69F00,
    };
    return colours[ink];
}

void drawing_free(drawing *of)
{
    for (size_t i = 0; i < of->n_shapes; i++)
        free(of->shapes[i].text);
    free(of->shapes);
    *of = (drawing){0};
}

void drawing_add(drawing *to, drawing_shape shape, const char *text)
{
    if (to->n_shapes == to->room) {
        size_t room = to->room ? 2 * to->room : 256;
        drawing_shape *more = realloc(to->shapes, room * sizeof *more);
        to->is_out_of_memory = to->is_out_of_memory || !more;
        if (!more)
            return;
        to->shapes = more;
        to->room = room;
    }
    if (text && !(shape.text = strdup(text))) {
        to->is_out_of_memory = true;
        return;
    }
    shape.chart = to->chart;
    to->shapes[to->n_shapes++] = shape;
}

void drawing_add_line(drawing *to, const char *role, double x, double y, double to_x, double to_y, drawing_ink ink,
                      double thickness)
{
    drawing_add(to,
                (drawing_shape){.kind = SHAPE_LINE,
                                .role = role,
                                .x = x,
                                .y = y,
                                .to_x = to_x,
                                .to_y = to_y,
                                .ink = ink,
                                .thickness = thickness},
                NULL);
}

void drawing_add_text(drawing *to, const char *role, double x, double y, double size, double align, drawing_ink ink,
                      const char *text)
{
    if (text[0])
        drawing_add(
            to,
            (drawing_shape){.kind = SHAPE_TEXT, .role = role, .x = x, .y = y, .size = size, .align = align, .ink = ink},
            text);
}

double drawing_width_of(const drawing_ruler *ruler, const char *text, double size, bool is_bold)
{
    return text[0] ? ruler->measure(ruler->context, text, size, is_bold) : 0;
}

enum { LINE_BYTES = 1000 };

static bool fits(const drawing_ruler *ruler, const drawing_words *how, const char *text, size_t n)
{
    char tried[LINE_BYTES];
    memcpy(tried, text, n);
    tried[n] = '\0';
    return drawing_width_of(ruler, tried, how->size, how->is_bold) <= how->width;
}

/* How many bytes of the text stand on one line: whole words; of a word that does not fit alone what does, up to a mark
 * where there is one; a character at least. */
static size_t line_length(const drawing_ruler *ruler, const drawing_words *how, const char *text)
{
    size_t length = 0, marked = 0;
    for (size_t next = strcspn(text, " "); next < LINE_BYTES && fits(ruler, how, text, next);) {
        length = next;
        next += strspn(text + next, " ");
        if (!text[next])
            return length;
        next += strcspn(text + next, " ");
    }
    for (size_t at = 0; !length && text[at];) {
        size_t next = at + 1;
        while (((unsigned char)text[next] & 0xC0) == 0x80)
            next++;
        if (at && (next >= LINE_BYTES || !fits(ruler, how, text, next)))
            length = marked ? marked : at;
        else if (strchr("_-^/", text[at]))
            marked = next;
        at = next;
    }
    return length ? length : strlen(text);
}

double drawing_wrap(drawing *to, const drawing_ruler *ruler, const drawing_words *how, const char *text, double y)
{
    while (*text == ' ')
        text++;
    while (*text) {
        size_t n = line_length(ruler, how, text);
        char line[LINE_BYTES];
        memcpy(line, text, n);
        line[n] = '\0';
        if (to)
            drawing_add(to,
                        (drawing_shape){.kind = SHAPE_TEXT,
                                        .role = how->role,
                                        .x = how->x,
                                        .y = y + how->size,
                                        .size = how->size,
                                        .align = how->align,
                                        .ink = how->ink,
                                        .is_bold = how->is_bold},
                        line);
        y += leading * how->size;
        text += n;
        while (*text == ' ')
            text++;
    }
    return y;
}
