/* drawing.c - shapes of a drawing, and words in lines. */
#include <behov/drawing.h>

#include <stdlib.h>
#include <string.h>

static const double leading = 1.3; /* from line to line, in sizes of the font */

unsigned behov_drawing_ink_colour(behov_drawing_ink ink)
{
    static const unsigned colours[] = {
        [BEHOV_INK_BLACK] = 0x000000,      [BEHOV_INK_GREY] = 0x555555,      [BEHOV_INK_LIGHT] = 0xDDDDDD,
        [BEHOV_INK_WHITE] = 0xFFFFFF,      [BEHOV_INK_BLUE] = 0x0072B2,      [BEHOV_INK_VERMILLION] = 0xD55E00,
        [BEHOV_INK_SKY] = 0x56B4E9,        [BEHOV_INK_ORANGE] = 0xE69F00,    [BEHOV_INK_BAR] = 0xA5A29A,
        [BEHOV_INK_BAND] = 0xE2DFD8,       [BEHOV_INK_UNDER] = 0x0B4A7D,     [BEHOV_INK_OVER] = 0xBD7F22,
        [BEHOV_INK_UNDER_LESS] = 0x4F92C9, [BEHOV_INK_OVER_MORE] = 0x7A4A00, [BEHOV_INK_UNCLEAR] = 0xEFEDE7,
        [BEHOV_INK_HATCH] = 0x85837C,
    };
    return colours[ink];
}

void behov_drawing_free(behov_drawing *drawing)
{
    for (size_t i = 0; i < drawing->n_shapes; i++) {
        free(drawing->shapes[i].text);
        free(drawing->shapes[i].corners);
        free(drawing->shapes[i].part_ends);
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

/* A path whose corners, and where its parts end, are copied. */
static void add_corners(behov_drawing *out, behov_drawing_shape shape, const double *corners, size_t n,
                        const size_t *part_ends, const char *text)
{
    size_t n_before = out->n_shapes;
    shape.corners = malloc((2 * n + 1) * sizeof *shape.corners);
    shape.part_ends = part_ends ? malloc((shape.n_parts + 1) * sizeof *shape.part_ends) : NULL;
    bool has_room = shape.corners && (shape.part_ends || !part_ends);
    out->is_out_of_memory = out->is_out_of_memory || !has_room;
    if (has_room) {
        memcpy(shape.corners, corners, 2 * n * sizeof *corners);
        if (part_ends)
            memcpy(shape.part_ends, part_ends, shape.n_parts * sizeof *part_ends);
        shape.n_corners = n;
        behov_drawing_add(out, shape, text);
    }
    if (out->n_shapes == n_before) {
        free(shape.corners);
        free(shape.part_ends);
    }
}

void behov_drawing_add_path(behov_drawing *out, behov_drawing_shape shape, const double *corners, size_t n)
{
    add_corners(out, shape, corners, n, NULL, NULL);
}

void behov_drawing_add_parts(behov_drawing *out, behov_drawing_shape shape, const double *corners,
                             const size_t *part_ends, size_t n_parts, const char *text)
{
    shape.kind = BEHOV_SHAPE_PATH;
    shape.n_parts = n_parts;
    if (n_parts)
        add_corners(out, shape, corners, part_ends[n_parts - 1], part_ends, text);
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
