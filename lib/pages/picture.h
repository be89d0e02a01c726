/* picture.h - a picture: a title and words, one chart or several under each other, notes; and where all that stands on
 * the paper. Lengths are points (1/72 inch). */
#ifndef BEHOV_CLI_PICTURE_H
#define BEHOV_CLI_PICTURE_H

#include <behov/error.h>

#include "chart.h"
#include "drawing.h"
#include "labels.h"

enum { PICTURE_CHARTS = 2, PICTURE_ANSWERS = 2, PICTURE_NOTES = 24 };

typedef struct picture {
    behov_language lang;
    double width, height;                     /* height 0 = as high as it needs */
    char title[1200], warning[300], data[1200]; /* the warning stands out; "" = none */
    char answers[PICTURE_ANSWERS][1200];      /* under the title; "" = none */
    char notes[PICTURE_NOTES][1200];          /* beneath; "" = none */
    chart charts[PICTURE_CHARTS];             /* from above to below */
    size_t n_charts;
    bool has_no_memory; /* a sentence could not be made */
} picture;

void picture_free(picture *of);
/* A chart more, in the picture's language, for the caller to fill. There are never more than PICTURE_CHARTS. */
chart *picture_add_chart(picture *to);
/* A note beneath those that are there; "" adds none. */
void picture_add_note(picture *to, const char *text);

/* Lays a picture out. Free with drawing_free in any case. BEHOV_E_ARGUMENT for a width or height in which it has no
 * room (where = the option), BEHOV_E_DATA when a chart has nothing to draw. */
behov_status picture_lay_out(const picture *of, const drawing_ruler *ruler, drawing *out,
                             behov_error *err) BEHOV_MUST_CHECK;

#endif
