/* drawing.c - shapes of a drawing, and words in lines. */
#include <behov/drawing.h>

#include <stdlib.h>
#include <string.h>

static const double leading = 1.3; /* from line to line, in sizes of the font */

unsigned behov_drawing_ink_colour(behov_drawing_ink ink)
{
    static const unsigned colours[] = {
        [BEHOV_INK_BLACK] = 0x000000, [BEHOV_INK_GREY] = 0x555555,   [BEHOV_INK_LIGHT] = 0xDDDDDD,
        [BEHOV_INK_WHITE] = 0xFFFFFF, [BEHOV_INK_BLUE] = 0x0072B2,   [BEHOV_INK_VERMILLION] = 0xD55E00,
        [BEHOV_INK_SKY] = 0x56B4E9,   [BEHOV_INK_ORANGE] = 0xE69F00, [BEHOV_INK_BAR] = 0xA5A29A,
        [BEHOV_INK_BAND] = 0xE2DFD8,  [BEHOV_INK_UNDER] = 0x0B4A7D,  [BEHOV_INK_OVER] = 0xBD7F22,
    };
    return colours[ink];
}

void behov_drawing_free(behov_drawing *drawing)
{
    for (size_t i = 0; i < drawing->n_shapes; i++) {
        free(drawing->shapes[i].text);
        free(drawing->shapes[i].corners);
    }
    free(drawing->shapes);
    *drawing = (behov_drawing){0};
}

void behov_drawing_add(behov_drawing *out, behov_drawing_shape shape, const char *text)
{
    if (out->n_shapes == out->room) {
        size_t room = out->room ? 2 * out->room : 256;
        behov_drawing_shape *more = realloc(out->shapes, room * sizeof *more);
        out->is_out_of_memory = out->is_out_of_memory || !more;
        if (!more)
            return;
        out->shapes = more;
        out->room = room;
    }
    if (text && !(shape.text = strdup(text))) {
        out->is_out_of_memory = true;
        return;
    }
    shape.chart = out->chart;
    out->shapes[out->n_shapes++] = shape;
}

void behov_drawing_add_path(behov_drawing *out, behov_drawing_shape shape, const double *corners, size_t n)
{
    size_t n_before = out->n_shapes;
    if (!(shape.corners = malloc((2 * n + 1) * sizeof *shape.corners))) {
        out->is_out_of_memory = true;
        return;
    }
    memcpy(shape.corners, corners, 2 * n * sizeof *corners);
    shape.n_corners = n;
    behov_drawing_add(out, shape, NULL);
    if (out->n_shapes == n_before)
        free(shape.corners);
}

void behov_drawing_add_line(behov_drawing *out, const char *role, double x, double y, double to_x, double to_y,
                            behov_drawing_ink ink, double thickness)
{
    behov_drawing_add(out,
                      (behov_drawing_shape){.kind = BEHOV_SHAPE_LINE,
                                            .role = role,
                                            .x = x,
                                            .y = y,
                                            .to_x = to_x,
                                            .to_y = to_y,
                                            .ink = ink,
                                            .thickness = thickness},
                      NULL);
}

void behov_drawing_add_text(behov_drawing *out, const char *role, double x, double y, double size, double align,
                            behov_drawing_ink ink, const char *text)
{
    if (text[0])
        behov_drawing_add(
            out,
            (behov_drawing_shape){
                .kind = BEHOV_SHAPE_TEXT, .role = role, .x = x, .y = y, .size = size, .align = align, .ink = ink},
            text);
}

double behov_drawing_width_of(const behov_drawing_ruler *ruler, const char *text, double size, bool is_bold)
{
    return text[0] ? ruler->measure(ruler->context, text, size, is_bold) : 0;
}

enum { LINE_BYTES = 1000 };

static bool fits(const behov_drawing_ruler *ruler, const behov_drawing_words *how, const char *text, size_t n)
{
    char tried_text[LINE_BYTES];
    memcpy(tried_text, text, n);
    tried_text[n] = '\0';
    return behov_drawing_width_of(ruler, tried_text, how->size, how->is_bold) <= how->width;
}

/* How many bytes of the text stand on one line: whole words; of a word that does not fit alone what does, up to a mark
 * where there is one; a character at least. */
static size_t line_length(const behov_drawing_ruler *ruler, const behov_drawing_words *how, const char *text)
{
    size_t length = 0, marked = 0;
    for (size_t next = strcspn(text, " "); next < LINE_BYTES && fits(ruler, how, text, next);) {
        length = next;
        next += strspn(text + next, " ");
        if (!text[next])
            return length;
        next += strcspn(text + next, " ");
    }
    for (size_t index = 0; !length && text[index];) {
        size_t next = index + 1;
        while (((unsigned char)text[next] & 0xC0) == 0x80)
            next++;
        if (index && (next >= LINE_BYTES || !fits(ruler, how, text, next)))
            length = marked ? marked : index;
        else if (strchr("_-^/", text[index]))
            marked = next;
        index = next;
    }
    return length ? length : strlen(text);
}

double behov_drawing_wrap(behov_drawing *out, const behov_drawing_ruler *ruler, const behov_drawing_words *how,
                          const char *text, double y)
{
    while (*text == ' ')
        text++;
    while (*text) {
        size_t n = line_length(ruler, how, text);
        char line[LINE_BYTES];
        memcpy(line, text, n);
        line[n] = '\0';
        if (out)
            behov_drawing_add(out,
                              (behov_drawing_shape){.kind = BEHOV_SHAPE_TEXT,
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
