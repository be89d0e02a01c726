/* write_picture.c - the drawing of a picture through Cairo (.png, .pdf), and as SVG whose words are words.
 *
 * Cairo turns the letters of an SVG into outlines: nobody could search, copy or translate them. So the SVG is written
 * here, from the same drawing; how wide its letters are, Cairo says for all three. The font is what fontconfig has for
 * "sans-serif". */
#include "write_picture.h"

#include <behov/number.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "own_process.h"
#include "target.h"

#define FONT "sans-serif"

enum { DOTS_PER_INCH = 300 };

static const char *ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

bool write_picture_is_known(const char *path)
{
    const char *kind = ending(path);
    return strcasecmp(kind, ".svg") == 0 || strcasecmp(kind, ".png") == 0 || strcasecmp(kind, ".pdf") == 0;
}

/* What the writers are given. */
typedef struct page {
    const picture *of;
    const drawing *drawn;
    long long date;
    const char *path;
} page;

/* ---- Cairo ---------------------------------------------------------------------------------------------------------
 */

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

/* A text as pages show it, from malloc: Cairo refuses noncharacters such as U+FFFE, and with them the whole picture. NULL
 * without memory, which is kept. */
static char *words_shown(const char *text)
{
    size_t most = 3 * strlen(text);
    char *shown = malloc(most + 1);
    if (shown)
        behov_show(text, most, shown);
    has_lost_words = has_lost_words || !shown;
    return shown;
}

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

/* The corners of a mark around (0, 0), in radii. */
static const double diamond[4][2] = {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}},
                    triangle[3][2] = {{0, -1.25}, {1.1, 0.8}, {-1.1, 0.8}}, square[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};

/* How many corners a mark has; a dot has none. */
static size_t corners_of(drawing_mark mark, const double (**corners)[2])
{
    *corners = mark == MARK_DIAMOND ? diamond : mark == MARK_TRIANGLE ? triangle : square;
    return mark == MARK_DOT ? 0 : mark == MARK_TRIANGLE ? 3 : 4;
}

static void draw_mark(cairo_t *on, const drawing_shape *one)
{
    const double(*corners)[2];
    size_t n = corners_of(one->mark, &corners);
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

static behov_status print_pdf(FILE *out, const void *context, behov_error *err)
{
    const page *of = context;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, out, of->drawn->width, of->drawn->height);
    time_t moment = (time_t)of->date;
    struct tm parts;
    char day[40] = "";
    if (gmtime_r(&moment, &parts) && strftime(day, sizeof day, "%Y-%m-%dT00:00:00Z", &parts))
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    set_metadata(surface, CAIRO_PDF_METADATA_TITLE, of->of->title);
    if (of->of->warning[0])
        set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, of->of->warning);
    cairo_t *on = cairo_create(surface);
    draw(on, of->drawn);
    cairo_show_page(on);
    cairo_status_t status = cairo_status(on);
    cairo_destroy(on);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status ? cairo_error(of->path, status, err) : BEHOV_OK;
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

static behov_status print_png(FILE *out, const void *context, behov_error *err)
{
    enum { LARGEST = 32767 }; /* of Cairo */
    const page *of = context;
    double scale = DOTS_PER_INCH / 72.0, width = ceil(of->drawn->width * scale),
           height = ceil(of->drawn->height * scale);
    if (width > LARGEST || height > LARGEST)
        return behov_error_set(err, BEHOV_E_ARGUMENT, of->path,
                               "the picture would be %.0f x %.0f dots, and %d is the most; write .svg or .pdf, or show "
                               "fewer municipalities",
                               width, height, LARGEST);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *on = cairo_create(surface);
    cairo_scale(on, scale, scale);
    draw(on, of->drawn);
    cairo_status_t status = cairo_status(on);
    cairo_destroy(on);
    png_stream to = {.out = out};
    if (!status)
        status = cairo_surface_write_to_png_stream(surface, take_png, &to);
    cairo_surface_destroy(surface);
    return status ? cairo_error(of->path, status, err) : BEHOV_OK;
}

/* ---- SVG -----------------------------------------------------------------------------------------------------------
 */

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
    size_t n = corners_of(one->mark, &corners);
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

static behov_status print_svg(FILE *out, const void *context, behov_error *err)
{
    (void)err;
    const page *of = context;
    char width[BEHOV_NUMBER_SIZE], height[BEHOV_NUMBER_SIZE], wide[BEHOV_NUMBER_SIZE], high[BEHOV_NUMBER_SIZE];
    fprintf(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" lang=\"%s\" width=\"%smm\" height=\"%smm\" viewBox=\"0 0 %s %s\" "
        "font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\">\n<title>",
        language_alone(of->of->lang) == LANGUAGE_EN ? "en" : "nb", length_of(of->drawn->width / 72 * 25.4, width),
        length_of(of->drawn->height / 72 * 25.4, height), length_of(of->drawn->width, wide),
        length_of(of->drawn->height, high));
    print_words(out, of->of->title);
    fputs("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n", out);
    size_t open = 0; /* the group of which chart */
    for (size_t i = 0; i < of->drawn->n_shapes; i++) {
        const drawing_shape *one = &of->drawn->shapes[i];
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

/* ---- all of it -----------------------------------------------------------------------------------------------------
 */

/* What a picture is laid out and drawn from. */
typedef struct picture_job {
    const picture *of;
    long long date;
    const char *path;
    FILE *out;
} picture_job;

static behov_status draw_whole(void *context, behov_error *err)
{
    const picture_job *job = context;
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *ruler = cairo_create(nothing);
    drawing drawn = {0};
    behov_status status = picture_lay_out(job->of, &(drawing_ruler){measure, ruler}, &drawn, err);
    cairo_status_t measured = cairo_status(ruler);
    if (!status && measured)
        status = cairo_error(job->path, measured, err);
    cairo_destroy(ruler);
    cairo_surface_destroy(nothing);
    if (!status) {
        page whole = {job->of, &drawn, job->date, job->path};
        const char *kind = ending(job->path);
        status = strcasecmp(kind, ".svg") == 0   ? print_svg(job->out, &whole, err)
                 : strcasecmp(kind, ".png") == 0 ? print_png(job->out, &whole, err)
                                                 : print_pdf(job->out, &whole, err);
    }
    drawing_free(&drawn);
    if (!status && has_lost_words)
        status = behov_error_set(err, BEHOV_E_MEMORY, job->path, "not enough memory for the picture");
    if (!status && (fflush(job->out) != 0 || ferror(job->out)))
        status = behov_error_set(err, BEHOV_E_FILE, job->path,
                                 "cannot be written: %s; the old file, if any, is untouched", target_reason(errno));
    return status;
}

/* Fontconfig ends without memory in the middle, so Cairo is called in a process of its own; the file is this one's too.
 */
static behov_status draw_apart(FILE *out, const void *context, behov_error *err)
{
    picture_job job = *(const picture_job *)context;
    own_process process;
    job.out = out;
    behov_status status = own_process_start(job.path, draw_whole, &job, &process, err);
    return status ? status : own_process_finish(job.path, &process, NULL, err);
}

behov_status write_picture(const char *path, const picture *of, long long date, behov_error *err)
{
    picture_job job = {.of = of, .date = date, .path = path};
    return target_write(path, draw_apart, &job, err);
}
