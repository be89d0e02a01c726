/* write_svg.c - a picture as SVG.
 *
 * Cairo would turn the letters into outlines: nobody could search, copy or translate them. So it is written here, from
 * the same drawing; how wide its letters are, font_advances.c says. */
#include <behov/number.h>
#include <behov/wording.h>
#include <string.h>

#include "picture_page.h"

/* The corners of a mark around (0, 0), in radii. */
static const double diamond[4][2] = {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}},
                    triangle[3][2] = {{0, -1.25}, {1.1, 0.8}, {-1.1, 0.8}},
                    square[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

size_t picture_mark_corners(behov_drawing_mark mark, const double (**corners)[2])
{
    *corners = mark == BEHOV_MARK_DIAMOND ? diamond : mark == BEHOV_MARK_TRIANGLE ? triangle : square;
    return mark == BEHOV_MARK_DOT ? 0 : mark == BEHOV_MARK_TRIANGLE ? 3 : 4;
}

/* A length with two decimals, 0.4 micrometres, and no more of them than it needs. */
static const char *length_of(double value, char text[BEHOV_NUMBER_SIZE])
{
    size_t n = behov_number_fixed(value, 2, '.', "", 4, text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[--n] = '\0';
    if (strcmp(text, "-0") == 0)
        memcpy(text, "0", 2);
    return text;
}

static void print_attribute(behov_wording *out, const char *name, double value)
{
    char text[BEHOV_NUMBER_SIZE];
    behov_wording_print(out, " %s=\"%s\"", name, length_of(value, text));
}

static void print_ink(behov_wording *out, const char *name, behov_drawing_ink ink)
{
    behov_wording_print(out, " %s=\"#%06X\"", name, behov_drawing_ink_colour(ink));
}

/* Characters that mean something to XML; those that it does not allow, or that no eye sees, are shown as replaced. */
static void print_words(behov_wording *out, const char *text)
{
    behov_shown_letter letter;
    for (size_t n; (n = behov_letter(text, &letter)) > 0; text += n) {
        if (letter.code == '&')
            behov_wording_add(out, "&amp;");
        else if (letter.code == '<')
            behov_wording_add(out, "&lt;");
        else if (letter.code == '>')
            behov_wording_add(out, "&gt;");
        else
            behov_wording_add_bytes(out, letter.bytes, letter.n_bytes);
    }
}

static void print_mark(behov_wording *out, const behov_drawing_shape *drawing_shape)
{
    const double(*corners)[2];
    size_t n = picture_mark_corners(drawing_shape->mark, &corners);
    if (!n) {
        behov_wording_print(out, "<circle class=\"%s\"", drawing_shape->role);
        print_attribute(out, "cx", drawing_shape->x);
        print_attribute(out, "cy", drawing_shape->y);
        print_attribute(out, "r", drawing_shape->radius);
    } else {
        char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
        behov_wording_print(out, "<path class=\"%s\" transform=\"translate(%s %s)\" d=\"", drawing_shape->role,
                            length_of(drawing_shape->x, x), length_of(drawing_shape->y, y));
        for (size_t i = 0; i < n; i++)
            behov_wording_print(out, "%s%s %s", i ? "L" : "M", length_of(corners[i][0] * drawing_shape->radius, x),
                                length_of(corners[i][1] * drawing_shape->radius, y));
        behov_wording_add(out, "Z\"");
    }
    print_ink(out, "fill", drawing_shape->is_open ? BEHOV_INK_WHITE : drawing_shape->ink);
    if (drawing_shape->is_open) {
        print_ink(out, "stroke", drawing_shape->ink);
        print_attribute(out, "stroke-width", drawing_shape->thickness);
    }
    if (drawing_shape->text) {
        behov_wording_add(out, "><title>");
        print_words(out, drawing_shape->text);
        behov_wording_print(out, "</title></%s>\n", drawing_shape->mark == BEHOV_MARK_DOT ? "circle" : "path");
    } else {
        behov_wording_add(out, "/>\n");
    }
}

static void print_text(behov_wording *out, const behov_drawing_shape *drawing_shape)
{
    behov_wording_print(out, "<text class=\"%s\"", drawing_shape->role);
    if (drawing_shape->is_upright) {
        char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
        behov_wording_print(out, " transform=\"translate(%s %s) rotate(-90)\"", length_of(drawing_shape->x, x),
                            length_of(drawing_shape->y, y));
    } else {
        print_attribute(out, "x", drawing_shape->x);
        print_attribute(out, "y", drawing_shape->y);
    }
    print_attribute(out, "font-size", drawing_shape->size);
    if (drawing_shape->align > 0)
        behov_wording_print(out, " text-anchor=\"%s\"", drawing_shape->align < 1 ? "middle" : "end");
    if (drawing_shape->is_bold)
        behov_wording_add(out, " font-weight=\"bold\"");
    if (drawing_shape->ink != BEHOV_INK_BLACK)
        print_ink(out, "fill", drawing_shape->ink);
    if (drawing_shape->is_haloed)
        behov_wording_add(out,
                          " stroke=\"#FFFFFF\" stroke-width=\"2.2\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
    behov_wording_add_letter(out, '>');
    print_words(out, drawing_shape->text);
    behov_wording_add(out, "</text>\n");
}

static const char *dashes_of(const behov_drawing_shape *drawing_shape)
{
    return drawing_shape->is_dotted   ? " stroke-dasharray=\"1 2\""
           : drawing_shape->is_dashed ? " stroke-dasharray=\"4 2.5\""
                                      : "";
}

/* A path of several parts: holes are left out of what is filled. */
static void print_parts(behov_wording *out, const behov_drawing_shape *drawing_shape)
{
    char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
    behov_wording_print(out, "<path class=\"%s\" d=\"", drawing_shape->role);
    for (size_t part = 0, i = 0; part < drawing_shape->n_parts; part++) {
        for (size_t first = i; i < drawing_shape->part_ends[part]; i++)
            behov_wording_print(out, "%s%s %s",
                                i == first       ? "M"
                                : i == first + 1 ? "L"
                                                 : " ",
                                length_of(drawing_shape->corners[2 * i], x),
                                length_of(drawing_shape->corners[2 * i + 1], y));
        if (drawing_shape->is_filled)
            behov_wording_add(out, "Z");
    }
    behov_wording_add(out, drawing_shape->is_filled ? "\" fill-rule=\"evenodd\"" : "\"");
}

static void print_path(behov_wording *out, const behov_drawing_shape *drawing_shape)
{
    char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
    if (drawing_shape->part_ends) {
        print_parts(out, drawing_shape);
    } else {
        behov_wording_print(out, "<%s class=\"%s\" points=\"", drawing_shape->is_filled ? "polygon" : "polyline",
                            drawing_shape->role);
        for (size_t i = 0; i < drawing_shape->n_corners; i++)
            behov_wording_print(out, "%s%s,%s", i ? " " : "", length_of(drawing_shape->corners[2 * i], x),
                                length_of(drawing_shape->corners[2 * i + 1], y));
        behov_wording_add(out, "\"");
    }
    if (drawing_shape->is_filled) {
        print_ink(out, "fill", drawing_shape->ink);
    } else {
        behov_wording_add(out, " fill=\"none\"");
        print_ink(out, "stroke", drawing_shape->ink);
        print_attribute(out, "stroke-width", drawing_shape->thickness);
        behov_wording_add(out, dashes_of(drawing_shape));
    }
    if (drawing_shape->text) {
        behov_wording_add(out, "><title>");
        print_words(out, drawing_shape->text);
        behov_wording_add(out, "</title></path>\n");
    } else {
        behov_wording_add(out, "/>\n");
    }
}

static void print_shape(behov_wording *out, const behov_drawing_shape *drawing_shape)
{
    switch (drawing_shape->kind) {
    case BEHOV_SHAPE_LINE:
        behov_wording_print(out, "<line class=\"%s\"", drawing_shape->role);
        print_attribute(out, "x1", drawing_shape->x);
        print_attribute(out, "y1", drawing_shape->y);
        print_attribute(out, "x2", drawing_shape->to_x);
        print_attribute(out, "y2", drawing_shape->to_y);
        print_ink(out, "stroke", drawing_shape->ink);
        print_attribute(out, "stroke-width", drawing_shape->thickness);
        behov_wording_print(out, "%s/>\n", dashes_of(drawing_shape));
        break;
    case BEHOV_SHAPE_BOX:
        behov_wording_print(out, "<rect class=\"%s\"", drawing_shape->role);
        print_attribute(out, "x", drawing_shape->x);
        print_attribute(out, "y", drawing_shape->y);
        print_attribute(out, "width", drawing_shape->to_x - drawing_shape->x);
        print_attribute(out, "height", drawing_shape->to_y - drawing_shape->y);
        print_ink(out, "fill", drawing_shape->ink);
        if (drawing_shape->thickness > 0) {
            print_ink(out, "stroke", BEHOV_INK_WHITE);
            print_attribute(out, "stroke-width", drawing_shape->thickness);
        }
        behov_wording_add(out, "/>\n");
        break;
    case BEHOV_SHAPE_MARK: print_mark(out, drawing_shape); break;
    case BEHOV_SHAPE_TEXT: print_text(out, drawing_shape); break;
    case BEHOV_SHAPE_PATH: print_path(out, drawing_shape); break;
    }
}

behov_status write_svg_text(const picture_page *page, behov_wording *out, behov_error *err)
{
    char width[BEHOV_NUMBER_SIZE], height[BEHOV_NUMBER_SIZE], wide[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    behov_wording_print(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"%s\" width=\"%smm\" height=\"%smm\" viewBox=\"0 0 %s %s\" "
        "font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\">\n<title>",
        behov_language_name(page->picture->lang), length_of(page->drawing->width / 72 * 25.4, width),
        length_of(page->drawing->height / 72 * 25.4, height), length_of(page->drawing->width, wide),
        length_of(page->drawing->height, high));
    print_words(out, behov_wording_text(&page->picture->title));
    behov_wording_add(out, "</title>\n");
    if (page->picture->description.length) {
        behov_wording text = {0};
        behov_picture_describe(page->picture, &text);
        behov_wording_add(out, "<desc>");
        print_words(out, behov_wording_text(&text));
        behov_wording_add(out, "</desc>\n");
        behov_wording_spend(out, &text);
    }
    behov_wording_add(out, "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n");
    size_t open = 0; /* the group of which chart */
    for (size_t i = 0; i < page->drawing->n_shapes; i++) {
        const behov_drawing_shape *drawing_shape = &page->drawing->shapes[i];
        if (drawing_shape->chart != open && open)
            behov_wording_add(out, "</g>\n");
        if (drawing_shape->chart != open && drawing_shape->chart)
            behov_wording_print(out, "<g class=\"chart-%lu\">\n", (unsigned long)drawing_shape->chart);
        open = drawing_shape->chart;
        print_shape(out, drawing_shape);
    }
    if (open)
        behov_wording_add(out, "</g>\n");
    behov_wording_add(out, "</svg>\n");
    return behov_wording_status(out, err);
}

behov_status write_svg(FILE *out, const picture_page *page, behov_error *err)
{
    behov_wording text = {0};
    behov_status status = write_svg_text(page, &text, err);
    if (!status)
        fwrite(behov_wording_text(&text), 1, text.length, out);
    behov_wording_free(&text);
    return status;
}
