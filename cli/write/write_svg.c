/* write_svg.c - a picture as SVG.
 *
 * Cairo would turn the letters into outlines: nobody could search, copy or translate them. So it is written here, from
 * the same drawing; how wide its letters are, font_advances.c says. */
#include <behov/number.h>
#include <string.h>

#include "picture_page.h"

/* The corners of a mark around (0, 0), in radii. */
static const double diamond[4][2] = {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}},
                    triangle[3][2] = {{0, -1.25}, {1.1, 0.8}, {-1.1, 0.8}},
                    square[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

size_t picture_mark_corners(drawing_mark mark, const double (**corners)[2])
{
    *corners = mark == MARK_DIAMOND ? diamond : mark == MARK_TRIANGLE ? triangle : square;
    return mark == MARK_DOT ? 0 : mark == MARK_TRIANGLE ? 3 : 4;
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

static void print_attribute(FILE *out, const char *name, double value)
{
    char text[BEHOV_NUMBER_SIZE];
    fprintf(out, " %s=\"%s\"", name, length_of(value, text));
}

static void print_ink(FILE *out, const char *name, drawing_ink ink)
{
    fprintf(out, " %s=\"#%06X\"", name, drawing_ink_colour(ink));
}

/* Characters that mean something to XML; those that it does not allow, or that no eye sees, are shown as replaced. */
static void print_words(FILE *out, const char *text)
{
    behov_shown_letter letter;
    for (size_t n; (n = behov_letter(text, &letter)) > 0; text += n) {
        if (letter.code == '&')
            fputs("&amp;", out);
        else if (letter.code == '<')
            fputs("&lt;", out);
        else if (letter.code == '>')
            fputs("&gt;", out);
        else
            fwrite(letter.bytes, 1, letter.n_bytes, out);
    }
}

static void print_mark(FILE *out, const drawing_shape *one)
{
    const double(*corners)[2];
    size_t n = picture_mark_corners(one->mark, &corners);
    if (!n) {
        fprintf(out, "<circle class=\"%s\"", one->role);
        print_attribute(out, "cx", one->x);
        print_attribute(out, "cy", one->y);
        print_attribute(out, "r", one->radius);
    } else {
        char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
        fprintf(out, "<path class=\"%s\" transform=\"translate(%s %s)\" d=\"", one->role, length_of(one->x, x),
                length_of(one->y, y));
        for (size_t i = 0; i < n; i++)
            fprintf(out, "%s%s %s", i ? "L" : "M", length_of(corners[i][0] * one->radius, x),
                    length_of(corners[i][1] * one->radius, y));
        fputs("Z\"", out);
    }
    print_ink(out, "fill", one->is_open ? INK_WHITE : one->ink);
    if (one->is_open) {
        print_ink(out, "stroke", one->ink);
        print_attribute(out, "stroke-width", one->thickness);
    }
    if (one->text) {
        fputs("><title>", out);
        print_words(out, one->text);
        fprintf(out, "</title></%s>\n", one->mark == MARK_DOT ? "circle" : "path");
    } else {
        fputs("/>\n", out);
    }
}

static void print_text(FILE *out, const drawing_shape *one)
{
    fprintf(out, "<text class=\"%s\"", one->role);
    if (one->is_upright) {
        char x[BEHOV_NUMBER_SIZE], y[BEHOV_NUMBER_SIZE];
        fprintf(out, " transform=\"translate(%s %s) rotate(-90)\"", length_of(one->x, x), length_of(one->y, y));
    } else {
        print_attribute(out, "x", one->x);
        print_attribute(out, "y", one->y);
    }
    print_attribute(out, "font-size", one->size);
    if (one->align > 0)
        fprintf(out, " text-anchor=\"%s\"", one->align < 1 ? "middle" : "end");
    if (one->is_bold)
        fputs(" font-weight=\"bold\"", out);
    if (one->ink != INK_BLACK)
        print_ink(out, "fill", one->ink);
    if (one->is_haloed)
        fputs(" stroke=\"#FFFFFF\" stroke-width=\"2.2\" stroke-linejoin=\"round\" paint-order=\"stroke\"", out);
    fputc('>', out);
    print_words(out, one->text);
    fputs("</text>\n", out);
}

static void print_shape(FILE *out, const drawing_shape *one)
{
    switch (one->kind) {
    case SHAPE_LINE:
        fprintf(out, "<line class=\"%s\"", one->role);
        print_attribute(out, "x1", one->x);
        print_attribute(out, "y1", one->y);
        print_attribute(out, "x2", one->to_x);
        print_attribute(out, "y2", one->to_y);
        print_ink(out, "stroke", one->ink);
        print_attribute(out, "stroke-width", one->thickness);
        fprintf(out, "%s/>\n",
                one->is_dotted   ? " stroke-dasharray=\"1 2\""
                : one->is_dashed ? " stroke-dasharray=\"4 2.5\""
                                 : "");
        break;
    case SHAPE_BOX:
        fprintf(out, "<rect class=\"%s\"", one->role);
        print_attribute(out, "x", one->x);
        print_attribute(out, "y", one->y);
        print_attribute(out, "width", one->to_x - one->x);
        print_attribute(out, "height", one->to_y - one->y);
        print_ink(out, "fill", one->ink);
        if (one->thickness > 0) {
            print_ink(out, "stroke", INK_WHITE);
            print_attribute(out, "stroke-width", one->thickness);
        }
        fputs("/>\n", out);
        break;
    case SHAPE_MARK: print_mark(out, one); break;
    case SHAPE_TEXT: print_text(out, one); break;
    }
}

behov_status write_svg(FILE *out, const picture_page *page, behov_error *err)
{
    (void)err;
    char width[BEHOV_NUMBER_SIZE], height[BEHOV_NUMBER_SIZE], wide[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    fprintf(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"%s\" width=\"%smm\" height=\"%smm\" viewBox=\"0 0 %s %s\" "
        "font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\">\n<title>",
        language_alone(page->picture->lang) == LANGUAGE_EN ? "en" : "nb",
        length_of(page->drawing->width / 72 * 25.4, width), length_of(page->drawing->height / 72 * 25.4, height),
        length_of(page->drawing->width, wide), length_of(page->drawing->height, high));
    print_words(out, page->picture->title);
    fputs("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n", out);
    size_t open = 0; /* the group of which chart */
    for (size_t i = 0; i < page->drawing->n_shapes; i++) {
        const drawing_shape *one = &page->drawing->shapes[i];
        if (one->chart != open && open)
            fputs("</g>\n", out);
        if (one->chart != open && one->chart)
            fprintf(out, "<g class=\"chart-%lu\">\n", (unsigned long)one->chart);
        open = one->chart;
        print_shape(out, one);
    }
    if (open)
        fputs("</g>\n", out);
    fputs("</svg>\n", out);
    return BEHOV_OK;
}
