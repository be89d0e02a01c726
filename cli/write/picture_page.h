/* picture_page.h - what the writers of pictures share: a drawing with its picture, and the corners of marks. */
#ifndef BEHOV_CLI_PICTURE_PAGE_H
#define BEHOV_CLI_PICTURE_PAGE_H

#include <behov/error.h>
#include <stdbool.h>
#include <stdio.h>

#include <behov/picture.h>
#include <behov/wording.h>

/* A picture that has been laid out. */
typedef struct picture_page {
    const behov_picture *picture;
    const behov_drawing *drawing;
    long long date; /* seconds since 1970 */
    const char *path;
} picture_page;

/* The corners of a mark around (0, 0), in radii: how many, 0 for a dot. */
size_t picture_mark_corners(behov_drawing_mark mark, const double (**corners)[2]);

/* Writes the page as SVG whose words are words: searchable, translatable. */
behov_status write_svg(FILE *out, const picture_page *page, behov_error *err) BEHOV_MUST_CHECK;
/* The same added to a text. */
behov_status write_svg_text(const picture_page *page, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;

/* Through Cairo; write_cairo.c is the only file that calls it, and the build may do without it. */
/* Loads Cairo, before a process of its own does it anew. */
behov_status write_cairo_open(behov_error *err) BEHOV_MUST_CHECK;
behov_status write_cairo_lay_out(const behov_picture *source, const char *path, behov_drawing *out,
                                 behov_error *err) BEHOV_MUST_CHECK;
/* Whether memory ended before a text of a picture could be shown, which then lacks words. */
bool write_cairo_has_lost_words(void);
behov_status write_cairo_png(FILE *out, const picture_page *page, behov_error *err) BEHOV_MUST_CHECK;
/* The same for a document, in memory, with fewer dots. */
behov_status write_cairo_png_bytes(const picture_page *page, behov_wording *out, behov_error *err) BEHOV_MUST_CHECK;
behov_status write_cairo_pdf(FILE *out, const picture_page *page, behov_error *err) BEHOV_MUST_CHECK;

#endif
