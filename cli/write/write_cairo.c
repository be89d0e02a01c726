/* write_cairo.c - a picture as PNG and PDF, through Cairo. The font is what fontconfig has for "sans-serif". */
#include <behov/error.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cairo_library.h"
#include "picture_page.h"
#include "target.h"

#define FONT "sans-serif"

/* In a document, where pictures are many, they take less room. */
enum { DOTS_PER_INCH = 300, DOTS_PER_INCH_IN_DOCUMENT = 200 };

static const cairo_library *drawn_by; /* since write_cairo_open */

behov_status write_cairo_open(behov_error *err)
{
    return cairo_library_open(&drawn_by, err);
}

static behov_status cairo_error(const char *path, cairo_status_t status, behov_error *err)
{
    if (status == CAIRO_STATUS_NO_MEMORY)
        return behov_error_say(err, BEHOV_E_MEMORY, path, SAY_PICTURE_NO_MEMORY);
    if (status == CAIRO_STATUS_WRITE_ERROR && errno)
        return behov_error_say(err, BEHOV_E_FILE, path, SAY_TARGET_CANNOT_BE_WRITTEN_OLD, target_reason(errno));
    behov_said reason = status == CAIRO_STATUS_INVALID_SIZE     ? behov_phrase(SAY_MESSAGE, PHRASE_CAIRO_SIZE)
                        : status == CAIRO_STATUS_INVALID_STRING ? behov_phrase(SAY_MESSAGE, PHRASE_CAIRO_TEXT)
                        : status == CAIRO_STATUS_FONT_TYPE_MISMATCH
                            ? behov_phrase(SAY_CAIRO_FONT, drawn_by->cairo_status_to_string(status))
                            : behov_phrase(SAY_CAIRO_FAILED, (int)status, drawn_by->cairo_status_to_string(status));
    return behov_error_say(err, BEHOV_E_FILE, path, SAY_PICTURE_CAIRO, reason.text);
}

/* Widths that do not depend on the size of a pixel: one layout for all kinds of files. */
static void choose_font(cairo_t *cairo, double size, bool is_bold)
{
    cairo_font_options_t *options = drawn_by->cairo_font_options_create();
    drawn_by->cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    drawn_by->cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    drawn_by->cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    drawn_by->cairo_set_font_options(cairo, options);
    drawn_by->cairo_font_options_destroy(options);
    drawn_by->cairo_select_font_face(cairo, FONT, CAIRO_FONT_SLANT_NORMAL,
                                     is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    drawn_by->cairo_set_font_size(cairo, size);
}

/* Memory ended before a text could be shown: there is no picture without its words. Of the process that draws. */
static bool has_lost_words;

/* A text as pages show it, from malloc: Cairo refuses noncharacters such as U+FFFE, and with them the whole picture.
 * NULL without memory, which is kept. */
static char *words_shown(const char *text)
{
    size_t most = 3 * strlen(text);
    char *shown_text = malloc(most + 1);
    if (shown_text)
        behov_show(text, most, shown_text);
    has_lost_words = has_lost_words || !shown_text;
    return shown_text;
}

bool write_cairo_has_lost_words(void)
{
    return has_lost_words;
}

static double measure(void *context, const char *text, double size, bool is_bold)
{
    cairo_text_extents_t extents = {0};
    char *shown_text = words_shown(text);
    choose_font(context, size, is_bold);
    drawn_by->cairo_text_extents(context, shown_text ? shown_text : "", &extents);
    free(shown_text);
    return extents.x_advance;
}

static void set_ink(cairo_t *cairo, behov_drawing_ink ink)
{
    unsigned colour = behov_drawing_ink_colour(ink);
    drawn_by->cairo_set_source_rgb(cairo, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

static void draw_mark(cairo_t *cairo, const behov_drawing_shape *drawing_shape)
{
    const double(*corners)[2];
    size_t n = picture_mark_corners(drawing_shape->mark, &corners);
    drawn_by->cairo_new_path(cairo);
    if (!n)
        drawn_by->cairo_arc(cairo, drawing_shape->x, drawing_shape->y, drawing_shape->radius, 0,
                            2 * 3.14159265358979323846);
    for (size_t i = 0; i < n; i++)
        drawn_by->cairo_line_to(cairo, drawing_shape->x + corners[i][0] * drawing_shape->radius,
                                drawing_shape->y + corners[i][1] * drawing_shape->radius);
    drawn_by->cairo_close_path(cairo);
    set_ink(cairo, drawing_shape->is_open ? BEHOV_INK_WHITE : drawing_shape->ink);
    drawn_by->cairo_fill_preserve(cairo);
    if (drawing_shape->is_open) {
        set_ink(cairo, drawing_shape->ink);
        drawn_by->cairo_set_line_width(cairo, drawing_shape->thickness);
        drawn_by->cairo_stroke(cairo);
    }
    drawn_by->cairo_new_path(cairo);
}

static void draw_text(cairo_t *cairo, const behov_drawing_shape *drawing_shape)
{
    double width = measure(cairo, drawing_shape->text, drawing_shape->size, drawing_shape->is_bold);
    char *shown_text = words_shown(drawing_shape->text);
    const char *words = shown_text ? shown_text : "";
    drawn_by->cairo_save(cairo);
    drawn_by->cairo_translate(cairo, drawing_shape->x, drawing_shape->y);
    if (drawing_shape->is_upright)
        drawn_by->cairo_rotate(cairo, -3.14159265358979323846 / 2);
    drawn_by->cairo_move_to(cairo, -drawing_shape->align * width, 0);
    if (drawing_shape->is_haloed) {
        drawn_by->cairo_text_path(cairo, words);
        set_ink(cairo, BEHOV_INK_WHITE);
        drawn_by->cairo_set_line_width(cairo, 2.2);
        drawn_by->cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        drawn_by->cairo_stroke(cairo);
        drawn_by->cairo_move_to(cairo, -drawing_shape->align * width, 0);
    }
    set_ink(cairo, drawing_shape->ink);
    drawn_by->cairo_show_text(cairo, words);
    drawn_by->cairo_restore(cairo);
    drawn_by->cairo_new_path(cairo);
    free(shown_text);
}

/* In the ink, width and dashes that are set. */
static void draw_path(cairo_t *cairo, const behov_drawing_shape *drawing_shape)
{
    drawn_by->cairo_new_path(cairo);
    drawn_by->cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    for (size_t i = 0, part = 0; i < drawing_shape->n_corners; i++) {
        drawn_by->cairo_line_to(cairo, drawing_shape->corners[2 * i], drawing_shape->corners[2 * i + 1]);
        if (part < drawing_shape->n_parts && i + 1 == drawing_shape->part_ends[part]) {
            drawn_by->cairo_new_sub_path(cairo);
            part++;
        }
    }
    if (drawing_shape->is_filled)
        drawn_by->cairo_fill(cairo);
    else
        drawn_by->cairo_stroke(cairo);
}

static void draw(cairo_t *cairo, const behov_drawing *drawing)
{
    static const double dashes[] = {4, 2.5}, dots[] = {1, 2};
    set_ink(cairo, BEHOV_INK_WHITE);
    drawn_by->cairo_paint(cairo);
    for (size_t i = 0; i < drawing->n_shapes; i++) {
        const behov_drawing_shape *drawing_shape = &drawing->shapes[i];
        set_ink(cairo, drawing_shape->ink);
        drawn_by->cairo_set_line_width(cairo, drawing_shape->thickness);
        drawn_by->cairo_set_dash(cairo, drawing_shape->is_dotted ? dots : dashes,
                                 drawing_shape->is_dashed || drawing_shape->is_dotted ? 2 : 0, 0);
        switch (drawing_shape->kind) {
        case BEHOV_SHAPE_LINE:
            drawn_by->cairo_move_to(cairo, drawing_shape->x, drawing_shape->y);
            drawn_by->cairo_line_to(cairo, drawing_shape->to_x, drawing_shape->to_y);
            drawn_by->cairo_stroke(cairo);
            break;
        case BEHOV_SHAPE_BOX:
            drawn_by->cairo_rectangle(cairo, drawing_shape->x, drawing_shape->y, drawing_shape->to_x - drawing_shape->x,
                                      drawing_shape->to_y - drawing_shape->y);
            drawn_by->cairo_fill_preserve(cairo);
            set_ink(cairo, BEHOV_INK_WHITE);
            if (drawing_shape->thickness > 0)
                drawn_by->cairo_stroke(cairo);
            drawn_by->cairo_new_path(cairo);
            break;
        case BEHOV_SHAPE_MARK: draw_mark(cairo, drawing_shape); break;
        case BEHOV_SHAPE_TEXT: draw_text(cairo, drawing_shape); break;
        case BEHOV_SHAPE_PATH: draw_path(cairo, drawing_shape); break;
        }
    }
}

static cairo_status_t take_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    return fwrite(bytes, 1, n, out) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void set_metadata(cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *text)
{
    char *shown_text = words_shown(text);
    drawn_by->cairo_pdf_surface_set_metadata(surface, key, shown_text ? shown_text : "");
    free(shown_text);
}

behov_status write_cairo_pdf(FILE *out, const picture_page *page, behov_error *err)
{
    cairo_surface_t *surface =
        drawn_by->cairo_pdf_surface_create_for_stream(take_bytes, out, page->drawing->width, page->drawing->height);
    time_t moment = (time_t)page->date;
    struct tm parts;
    char day[40] = "";
    if (gmtime_r(&moment, &parts) && strftime(day, sizeof day, "%Y-%m-%dT00:00:00Z", &parts))
        drawn_by->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    set_metadata(surface, CAIRO_PDF_METADATA_TITLE, behov_wording_text(&page->picture->title));
    behov_wording subject = {0};
    if (page->picture->description.length)
        behov_picture_describe(page->picture, &subject);
    else
        behov_wording_add(&subject, behov_wording_text(&page->picture->warning));
    if (subject.length)
        set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, behov_wording_text(&subject));
    has_lost_words = has_lost_words || subject.has_no_memory;
    behov_wording_free(&subject);
    cairo_t *cairo = drawn_by->cairo_create(surface);
    draw(cairo, page->drawing);
    drawn_by->cairo_show_page(cairo);
    cairo_status_t status = drawn_by->cairo_status(cairo);
    drawn_by->cairo_destroy(cairo);
    drawn_by->cairo_surface_finish(surface);
    if (!status)
        status = drawn_by->cairo_surface_status(surface);
    drawn_by->cairo_surface_destroy(surface);
    return status ? cairo_error(page->path, status, err) : BEHOV_OK;
}

/* Puts the resolution behind the header of a PNG, which Cairo leaves out: else a text processor takes the picture for
 * three times as wide as it is meant. A document says itself how wide it is. */
typedef struct png_stream {
    FILE *out;            /* NULL = they are kept */
    behov_wording *bytes; /* that are kept */
    behov_wording chunk;  /* goes behind the resolution: what the picture shows; "" = none */
    size_t n_written;
    int dots_per_inch;
} png_stream;

static cairo_status_t take_png_bytes(png_stream *out, const unsigned char *bytes, unsigned n)
{
    if (out->out)
        return take_bytes(out->out, bytes, n);
    behov_wording_add_bytes(out->bytes, (const char *)bytes, n);
    return out->bytes->has_no_memory ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cairo_status_t take_png(void *context, const unsigned char *bytes, unsigned n)
{
    enum { HEADER = 8 + 25 }; /* signature, and IHDR with length, name and checksum */
    /* pHYs: 11811 dots a metre both ways, that is 300 an inch; then the checksum */
    static const unsigned char resolution[] = {0,    0, 0, 9,    'p',  'H', 'Y',  's',  0,    0,   0x2E,
                                               0x23, 0, 0, 0x2E, 0x23, 1,   0x78, 0xA5, 0x3F, 0x76};
    png_stream *out = context;
    unsigned previous_number = out->n_written < HEADER ? (unsigned)(HEADER - out->n_written) : 0;
    previous_number = previous_number < n ? previous_number : n;
    cairo_status_t status = take_png_bytes(out, bytes, previous_number);
    bool is_first =
        out->dots_per_inch == DOTS_PER_INCH && out->n_written < HEADER && out->n_written + previous_number == HEADER;
    if (!status && is_first)
        status = take_png_bytes(out, resolution, sizeof resolution);
    if (!status && is_first && out->chunk.length)
        status =
            take_png_bytes(out, (const unsigned char *)behov_wording_text(&out->chunk), (unsigned)out->chunk.length);
    if (!status)
        status = take_png_bytes(out, bytes + previous_number, n - previous_number);
    out->n_written += n;
    return status;
}

static void add_number(behov_wording *out, unsigned long number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        behov_wording_add_letter(out, (char)(number >> shift & 255));
}

/* The checksum of a chunk (PNG, annex D: CRC-32), bit by bit: a chunk has some hundred bytes. */
static unsigned long checksum(const char *bytes, size_t n)
{
    unsigned long sum = 0xFFFFFFFF;
    for (size_t i = 0; i < n; i++) {
        sum ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
    }
    return sum ^ 0xFFFFFFFF;
}

/* The description as iTXt, in the language of the picture, not compressed; nothing without one. */
static void add_description(const behov_picture *picture, behov_wording *out)
{
    static const char head[] = "iTXtDescription\0\0"; /* name, keyword, no compression; the method is the last 0 */
    behov_wording text = {0}, chunk = {0};
    if (!picture->description.length)
        return;
    behov_picture_describe(picture, &text);
    char *shown_text = words_shown(behov_wording_text(&text));
    behov_wording_add_bytes(&chunk, head, sizeof head);
    behov_wording_add(&chunk, behov_language_name(picture->lang));
    behov_wording_add_bytes(&chunk, "\0\0", 2); /* ends the language; the keyword is not translated */
    behov_wording_add(&chunk, shown_text ? shown_text : "");
    add_number(out, (unsigned long)(chunk.length - 4));
    behov_wording_add_bytes(out, chunk.text ? chunk.text : "", chunk.length);
    add_number(out, checksum(chunk.text ? chunk.text : "", chunk.length));
    has_lost_words = has_lost_words || text.has_no_memory || chunk.has_no_memory || out->has_no_memory;
    free(shown_text);
    behov_wording_free(&text);
    behov_wording_free(&chunk);
}

static behov_status draw_png(const picture_page *page, png_stream *png_stream, behov_error *err)
{
    enum { LARGEST = 32767 }; /* of Cairo */
    double scale = png_stream->dots_per_inch / 72.0, width = ceil(page->drawing->width * scale),
           height = ceil(page->drawing->height * scale);
    if (width > LARGEST || height > LARGEST)
        return behov_error_say(err, BEHOV_E_ARGUMENT, page->path, SAY_PICTURE_TOO_LARGE, (long)width, (long)height,
                               LARGEST);
    if (png_stream->out)
        add_description(page->picture, &png_stream->chunk);
    cairo_surface_t *surface = drawn_by->cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cairo = drawn_by->cairo_create(surface);
    drawn_by->cairo_scale(cairo, scale, scale);
    draw(cairo, page->drawing);
    cairo_status_t status = drawn_by->cairo_status(cairo);
    drawn_by->cairo_destroy(cairo);
    if (!status)
        status = drawn_by->cairo_surface_write_to_png_stream(surface, take_png, png_stream);
    drawn_by->cairo_surface_destroy(surface);
    behov_wording_free(&png_stream->chunk);
    return status ? cairo_error(page->path, status, err) : BEHOV_OK;
}

behov_status write_cairo_png(FILE *out, const picture_page *page, behov_error *err)
{
    return draw_png(page, &(png_stream){.out = out, .dots_per_inch = DOTS_PER_INCH}, err);
}

behov_status write_cairo_png_bytes(const picture_page *page, behov_wording *out, behov_error *err)
{
    return draw_png(page, &(png_stream){.bytes = out, .dots_per_inch = DOTS_PER_INCH_IN_DOCUMENT}, err);
}

behov_status write_cairo_lay_out(const behov_picture *source, const char *path, behov_drawing *out, behov_error *err)
{
    behov_status opened = write_cairo_open(err);
    if (opened)
        return opened;
    cairo_surface_t *nothing = drawn_by->cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *ruler = drawn_by->cairo_create(nothing);
    behov_status status = behov_picture_lay_out(source, &(behov_drawing_ruler){measure, ruler}, out, err);
    cairo_status_t measured_cairo_status = drawn_by->cairo_status(ruler);
    if (!status && measured_cairo_status)
        status = cairo_error(path, measured_cairo_status, err);
    drawn_by->cairo_destroy(ruler);
    drawn_by->cairo_surface_destroy(nothing);
    return status;
}
