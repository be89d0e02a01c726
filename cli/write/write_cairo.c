/* write_cairo.c - a picture as PNG and PDF, through Cairo. The font is what fontconfig has for "sans-serif". */
#include <behov/error.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "picture_page.h"
#include "target.h"

#define FONT "sans-serif"

enum { DOTS_PER_INCH = 300 };

static behov_status cairo_error(const char *path, cairo_status_t status, behov_error *err)
{
    if (status == CAIRO_STATUS_NO_MEMORY)
        return behov_error_set(err, BEHOV_E_MEMORY, path, "not enough memory for the picture");
    if (status == CAIRO_STATUS_WRITE_ERROR && errno)
        return behov_error_set(err, BEHOV_E_FILE, path, "cannot be written: %s; the old file, if any, is untouched",
                               target_reason(errno));
    return behov_error_set(err, BEHOV_E_FILE, path, "cannot be written: Cairo says: %s",
                           cairo_status_to_string(status));
}

/* Widths that do not depend on the size of a pixel: one layout for all kinds of files. */
static void choose_font(cairo_t *on, double size, bool is_bold)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(on, options);
    cairo_font_options_destroy(options);
    cairo_select_font_face(on, FONT, CAIRO_FONT_SLANT_NORMAL,
                           is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(on, size);
}

/* Memory ended before a text could be shown: there is no picture without its words. Of the process that draws. */
static bool has_lost_words;

/* A text as pages show it, from malloc: Cairo refuses noncharacters such as U+FFFE, and with them the whole picture.
 * NULL without memory, which is kept. */
static char *words_shown(const char *text)
{
    size_t most = 3 * strlen(text);
    char *shown = malloc(most + 1);
    if (shown)
        behov_show(text, most, shown);
    has_lost_words = has_lost_words || !shown;
    return shown;
}

bool write_cairo_has_lost_words(void) { return has_lost_words; }

static double measure(void *context, const char *text, double size, bool is_bold)
{
    cairo_text_extents_t extents = {0};
    char *shown = words_shown(text);
    choose_font(context, size, is_bold);
    cairo_text_extents(context, shown ? shown : "", &extents);
    free(shown);
    return extents.x_advance;
}

static void set_ink(cairo_t *on, drawing_ink ink)
{
    unsigned colour = drawing_ink_colour(ink);
    cairo_set_source_rgb(on, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

static void draw_mark(cairo_t *on, const drawing_shape *one)
{
    const double(*corners)[2];
    size_t n = picture_mark_corners(one->mark, &corners);
    cairo_new_path(on);
    if (!n)
        cairo_arc(on, one->x, one->y, one->radius, 0, 2 * 3.14159265358979323846);
    for (size_t i = 0; i < n; i++)
        cairo_line_to(on, one->x + corners[i][0] * one->radius, one->y + corners[i][1] * one->radius);
    cairo_close_path(on);
    set_ink(on, one->is_open ? INK_WHITE : one->ink);
    cairo_fill_preserve(on);
    if (one->is_open) {
        set_ink(on, one->ink);
        cairo_set_line_width(on, one->thickness);
        cairo_stroke(on);
    }
    cairo_new_path(on);
}

static void draw_text(cairo_t *on, const drawing_shape *one)
{
    double width = measure(on, one->text, one->size, one->is_bold);
    char *shown = words_shown(one->text);
    const char *words = shown ? shown : "";
    cairo_save(on);
    cairo_translate(on, one->x, one->y);
    if (one->is_upright)
        cairo_rotate(on, -3.14159265358979323846 / 2);
    cairo_move_to(on, -one->align * width, 0);
    if (one->is_haloed) {
        cairo_text_path(on, words);
        set_ink(on, INK_WHITE);
        cairo_set_line_width(on, 2.2);
        cairo_set_line_join(on, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(on);
        cairo_move_to(on, -one->align * width, 0);
    }
    set_ink(on, one->ink);
    cairo_show_text(on, words);
    cairo_restore(on);
    cairo_new_path(on);
    free(shown);
}

static void draw(cairo_t *on, const drawing *drawn)
{
    static const double dashes[] = {4, 2.5}, dots[] = {1, 2};
    set_ink(on, INK_WHITE);
    cairo_paint(on);
    for (size_t i = 0; i < drawn->n_shapes; i++) {
        const drawing_shape *one = &drawn->shapes[i];
        set_ink(on, one->ink);
        cairo_set_line_width(on, one->thickness);
        cairo_set_dash(on, one->is_dotted ? dots : dashes, one->is_dashed || one->is_dotted ? 2 : 0, 0);
        switch (one->kind) {
        case SHAPE_LINE:
            cairo_move_to(on, one->x, one->y);
            cairo_line_to(on, one->to_x, one->to_y);
            cairo_stroke(on);
            break;
        case SHAPE_BOX:
            cairo_rectangle(on, one->x, one->y, one->to_x - one->x, one->to_y - one->y);
            cairo_fill_preserve(on);
            set_ink(on, INK_WHITE);
            if (one->thickness > 0)
                cairo_stroke(on);
            cairo_new_path(on);
            break;
        case SHAPE_MARK: draw_mark(on, one); break;
        case SHAPE_TEXT: draw_text(on, one); break;
        }
    }
}

static cairo_status_t take_bytes(void *to, const unsigned char *bytes, unsigned n)
{
    return fwrite(bytes, 1, n, to) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void set_metadata(cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *text)
{
    char *shown = words_shown(text);
    cairo_pdf_surface_set_metadata(surface, key, shown ? shown : "");
    free(shown);
}

behov_status write_cairo_pdf(FILE *out, const picture_page *page, behov_error *err)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, out, page->drawing->width, page->drawing->height);
    time_t moment = (time_t)page->date;
    struct tm parts;
    char day[40] = "";
    if (gmtime_r(&moment, &parts) && strftime(day, sizeof day, "%Y-%m-%dT00:00:00Z", &parts))
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    set_metadata(surface, CAIRO_PDF_METADATA_TITLE, page->picture->title);
    if (page->picture->warning[0])
        set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, page->picture->warning);
    cairo_t *on = cairo_create(surface);
    draw(on, page->drawing);
    cairo_show_page(on);
    cairo_status_t status = cairo_status(on);
    cairo_destroy(on);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status ? cairo_error(page->path, status, err) : BEHOV_OK;
}

/* Puts the resolution behind the header of a PNG, which Cairo leaves out: else a text processor takes the picture for
 * three times as wide as it is meant. */
typedef struct png_stream {
    FILE *out;
    size_t n_written;
} png_stream;

static cairo_status_t take_png(void *context, const unsigned char *bytes, unsigned n)
{
    enum { HEADER = 8 + 25 }; /* signature, and IHDR with length, name and checksum */
    /* pHYs: 11811 dots a metre both ways, that is 300 an inch; then the checksum */
    static const unsigned char resolution[] = {0,    0, 0, 9,    'p',  'H', 'Y',  's',  0,    0,   0x2E,
                                               0x23, 0, 0, 0x2E, 0x23, 1,   0x78, 0xA5, 0x3F, 0x76};
    png_stream *to = context;
    unsigned before = to->n_written < HEADER ? (unsigned)(HEADER - to->n_written) : 0;
    before = before < n ? before : n;
    cairo_status_t status = take_bytes(to->out, bytes, before);
    bool is_first = to->n_written < HEADER && to->n_written + before == HEADER;
    if (!status && is_first)
        status = take_bytes(to->out, resolution, sizeof resolution);
    if (!status)
        status = take_bytes(to->out, bytes + before, n - before);
    to->n_written += n;
    return status;
}

behov_status write_cairo_png(FILE *out, const picture_page *page, behov_error *err)
{
    enum { LARGEST = 32767 }; /* of Cairo */
    double scale = DOTS_PER_INCH / 72.0, width = ceil(page->drawing->width * scale),
           height = ceil(page->drawing->height * scale);
    if (width > LARGEST || height > LARGEST)
        return behov_error_set(err, BEHOV_E_ARGUMENT, page->path,
                               "the picture would be %.0f x %.0f dots, and %d is the most; write .svg or .pdf, or show "
                               "fewer municipalities",
                               width, height, LARGEST);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *on = cairo_create(surface);
    cairo_scale(on, scale, scale);
    draw(on, page->drawing);
    cairo_status_t status = cairo_status(on);
    cairo_destroy(on);
    png_stream to = {.out = out};
    if (!status)
        status = cairo_surface_write_to_png_stream(surface, take_png, &to);
    cairo_surface_destroy(surface);
    return status ? cairo_error(page->path, status, err) : BEHOV_OK;
}

behov_status write_cairo_lay_out(const picture *source, const char *path, drawing *out, behov_error *err)
{
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *ruler = cairo_create(nothing);
    behov_status status = picture_lay_out(source, &(drawing_ruler){measure, ruler}, out, err);
    cairo_status_t measured = cairo_status(ruler);
    if (!status && measured)
        status = cairo_error(path, measured, err);
    cairo_destroy(ruler);
    cairo_surface_destroy(nothing);
    return status;
}
