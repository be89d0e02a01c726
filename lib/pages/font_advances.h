/* font_advances.h - how wide a text is in DejaVu Sans, without the font: what an SVG is laid out by. */
#ifndef BEHOV_FONT_ADVANCES_H
#define BEHOV_FONT_ADVANCES_H

#include <stdbool.h>

/* The width of a UTF-8 text in a size of the font, in the unit of the size; a behov_drawing_ruler's function, context
 * unused. Letters that the table lacks (it has Latin, Greek, Cyrillic, punctuation, arrows and signs) count 0.6 of the
 * size, of East Asia 1, combining marks 0. The same on every machine, whatever fonts it has. */
double behov_font_advances_measure(void *context, const char *text, double size, bool is_bold);

#endif
