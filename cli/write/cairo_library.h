/* cairo_library.h - the functions of Cairo that write_cairo.c calls, found when the first of them is needed (library.h). */
#ifndef BEHOV_CLI_CAIRO_LIBRARY_H
#define BEHOV_CLI_CAIRO_LIBRARY_H

#include <cairo-pdf.h>
#include <cairo.h>

#include "library.h"

/* clang-format off */
#define CAIRO_FUNCTIONS(EACH) \
    EACH(cairo_arc) EACH(cairo_close_path) EACH(cairo_create) EACH(cairo_destroy) EACH(cairo_fill) \
    EACH(cairo_fill_preserve) EACH(cairo_font_options_create) EACH(cairo_font_options_destroy) \
    EACH(cairo_font_options_set_antialias) EACH(cairo_font_options_set_hint_metrics) \
    EACH(cairo_font_options_set_hint_style) EACH(cairo_image_surface_create) EACH(cairo_line_to) \
    EACH(cairo_move_to) EACH(cairo_new_path) EACH(cairo_new_sub_path) EACH(cairo_paint) \
    EACH(cairo_pdf_surface_create_for_stream) EACH(cairo_pdf_surface_set_metadata) EACH(cairo_rectangle) \
    EACH(cairo_restore) EACH(cairo_rotate) EACH(cairo_save) EACH(cairo_scale) EACH(cairo_select_font_face) \
    EACH(cairo_set_dash) EACH(cairo_set_fill_rule) EACH(cairo_set_font_options) EACH(cairo_set_font_size) \
    EACH(cairo_set_line_join) EACH(cairo_set_line_width) EACH(cairo_set_source_rgb) EACH(cairo_show_page) \
    EACH(cairo_show_text) EACH(cairo_status) EACH(cairo_status_to_string) EACH(cairo_stroke) \
    EACH(cairo_surface_destroy) EACH(cairo_surface_finish) EACH(cairo_surface_status) \
    EACH(cairo_surface_write_to_png_stream) EACH(cairo_text_extents) EACH(cairo_text_path) EACH(cairo_translate)
/* clang-format on */

typedef struct cairo_library {
    CAIRO_FUNCTIONS(LIBRARY_MEMBER)
} cairo_library;

/* They are valid once this has been BEHOV_OK. */
behov_status cairo_library_open(const cairo_library **library, behov_error *err) BEHOV_MUST_CHECK;

#endif
